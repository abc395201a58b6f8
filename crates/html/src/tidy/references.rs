//! Character references in tidy HTML: those that end with a semicolon.

use html5ever::data::NAMED_ENTITIES;

use crate::dom::Words;

/// Resolves the references in a text or in the value of an attribute; nothing if one is not tidy.
pub(super) fn resolve(text: &str, in_attribute: bool) -> Option<Words<'_>> {
    let Some(mut next) = memchr::memchr(b'&', text.as_bytes()) else { return Some(Words::Source(text)) };
    let mut out = String::new();
    let mut kept = 0;
    loop {
        let rest = &text[next + 1..];
        if let Some((reference, length)) = reference(rest, in_attribute)? {
            out.push_str(&text[kept..next]);
            out.extend(reference.into_iter().flatten());
            kept = next + 1 + length;
            next = kept;
        } else {
            next += 1;
        }
        match memchr::memchr(b'&', &text.as_bytes()[next..]) {
            Some(found) => next += found,
            None => break,
        }
    }
    if kept == 0 {
        return Some(Words::Source(text));
    }
    out.push_str(&text[kept..]);
    Some(Words::Owned(out.into()))
}

/// One or two characters.
type Characters = [Option<char>; 2];

/// The reference at the beginning of what follows a `&`, with its length; `Some(None)` if the `&` is only itself.
#[allow(clippy::option_option, reason = "not certain, no reference, a reference")]
fn reference(rest: &str, in_attribute: bool) -> Option<Option<(Characters, usize)>> {
    let bytes = rest.as_bytes();
    match *bytes.first()? {
        b'#' => numeric(rest).map(Some),
        byte if byte.is_ascii_alphanumeric() => {
            let length = bytes.iter().position(|b| !b.is_ascii_alphanumeric())?;
            match bytes[length] {
                b';' => named(&rest[..=length]).map(|characters| Some((characters, length + 1))),
                // A query, which the standard leaves alone.
                b'=' if in_attribute => Some(None),
                _ => None,
            }
        }
        _ => Some(None),
    }
}

fn named(name: &str) -> Option<Characters> {
    let (first, second) = match name {
        "amp;" => ('&' as u32, 0),
        "lt;" => ('<' as u32, 0),
        "gt;" => ('>' as u32, 0),
        "quot;" => ('"' as u32, 0),
        "nbsp;" => (0xa0, 0),
        _ => *NAMED_ENTITIES.get(name)?,
    };
    let first = char::from_u32(first).filter(|c| *c != '\0')?;
    Some([Some(first), char::from_u32(second).filter(|c| *c != '\0')])
}

fn numeric(rest: &str) -> Option<(Characters, usize)> {
    let end = rest.as_bytes().iter().take(10).position(|b| *b == b';')?;
    let digits = &rest[1..end];
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        _ => return None,
    };
    // What stands for a control character is replaced or left out in places.
    let tidy = matches!(number, 0x20..=0x7e | 0xa0..);
    char::from_u32(number).filter(|_| tidy).map(|c| ([Some(c), None], end + 1))
}
