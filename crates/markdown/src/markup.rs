//! Markup: whether text that begins with `<` or `&` would be read as a tag, a comment, an autolink or a reference.

/// Whether the text after a `<` could be a tag, a comment or an autolink to any reader. `goes_on` says that what follows the
/// text holds a `>`; `careful` takes all that looks like it.
pub(crate) fn opens_markup(rest: &str, goes_on: bool, careful: bool) -> bool {
    let bytes = rest.as_bytes();
    match bytes.first() {
        Some(b'/') => {
            let name = name_end(bytes, 1);
            let end = skip_blanks(bytes, name);
            bytes.get(1).is_none_or(u8::is_ascii_alphabetic)
                && (careful || bytes.get(end).map_or(goes_on, |byte| *byte == b'>') || is_like_tag(rest))
        }
        Some(b'!') => true,
        Some(b'?') => careful || rest.get(1..).is_some_and(|rest| rest.contains("?>")),
        Some(first) if first.is_ascii_alphabetic() => {
            let name = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
            match bytes.get(name) {
                // An autolink goes on to its end without a space, but to kramdown.
                Some(b':' | b'@' | b'.' | b'+' | b'_') => {
                    let loose = matches!(&rest[..=name], "http:" | "https:" | "ftp:" | "ftps:" | "mailto:");
                    let end = if loose { rest.find('>') } else { rest.find([' ', '<', '>']) };
                    careful || end.map_or(goes_on, |end| bytes[end] == b'>') || is_tag(bytes, goes_on)
                }
                _ => careful || is_tag(bytes, goes_on) || is_like_tag(rest),
            }
        }
        Some(_) => false,
        None => true,
    }
}

/// Whether a `>` ends what begins here, as in `<a b!>`. By the standards it is text; Python-Markdown takes it for a tag, and
/// so does a person.
fn is_like_tag(rest: &str) -> bool {
    rest.find(['<', '>', '\n']).is_some_and(|end| rest.as_bytes()[end] == b'>')
}

/// What stands after a `<`.
enum Tag {
    /// An open tag that ends before this place.
    Whole(usize),
    /// The beginning of one.
    Begun,
    /// None.
    None,
}

/// Looks for an open tag, without its `<`. Names are XML's, as kramdown takes them, the rest is as in CommonMark.
fn read_tag(bytes: &[u8]) -> Tag {
    let mut at = name_end(bytes, 0);
    loop {
        let start = at;
        at = skip_blanks(bytes, at);
        match bytes.get(at) {
            None => return Tag::Begun,
            Some(b'>') => return Tag::Whole(at + 1),
            Some(b'/') => {
                return match bytes.get(at + 1) {
                    None => Tag::Begun,
                    Some(b'>') => Tag::Whole(at + 2),
                    Some(_) => Tag::None,
                };
            }
            Some(byte) if at > start && (byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':')) => {}
            Some(_) => return Tag::None,
        }
        at = name_end(bytes, at);
        let equals = skip_blanks(bytes, at);
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = skip_blanks(bytes, equals + 1);
        match bytes.get(at) {
            None => return Tag::Begun,
            Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, &bytes[at + 1..]) {
                Some(length) => at += length + 2,
                None => return Tag::Begun,
            },
            Some(_) => {
                let value = &bytes[at..];
                let length = value.iter().take_while(|b| !b.is_ascii_whitespace() && !b"\"'=<>`".contains(b)).count();
                if length == 0 {
                    return Tag::None;
                }
                at += length;
            }
        }
    }
}

fn is_tag(bytes: &[u8], goes_on: bool) -> bool {
    match read_tag(bytes) {
        Tag::Whole(_) => true,
        Tag::Begun => goes_on,
        Tag::None => false,
    }
}

/// Whether the first line is one open tag and nothing else.
pub(crate) fn is_lone_tag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    let line = rest.split('\n').next().unwrap_or("").trim_end().as_bytes();
    let name = line.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let named =
        line.first().is_some_and(u8::is_ascii_alphabetic) && !line.get(name).is_some_and(|b| matches!(b, b':' | b'.' | b'_'));
    named && matches!(read_tag(line), Tag::Whole(end) if end == line.len())
}

fn name_end(bytes: &[u8], start: usize) -> usize {
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
    start + bytes.iter().skip(start).take_while(in_name).count()
}

fn skip_blanks(bytes: &[u8], start: usize) -> usize {
    start + bytes.iter().skip(start).take_while(|b| b.is_ascii_whitespace()).count()
}

/// Whether a character reference begins here.
pub(crate) fn is_reference(bytes: &[u8]) -> bool {
    let inner = &bytes[1..bytes.len().min(40)];
    let Some(end) = memchr::memchr(b';', inner) else { return false };
    let name = &inner[..end];
    match name {
        [b'#', b'x' | b'X', hex @ ..] => !hex.is_empty() && hex.len() <= 8 && hex.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.len() <= 8 && digits.iter().all(u8::is_ascii_digit),
        [first, ..] => first.is_ascii_alphabetic() && name.len() > 1 && name.iter().all(u8::is_ascii_alphanumeric),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        for (text, markup) in [
            ("a>", true),
            ("a href=\"x\">", true),
            ("a href='x' b c=d />", true),
            ("b.c d>", true),
            ("/a >", true),
            ("http://a.b>", true),
            ("a@b.c>", true),
            ("https://a b>", true),
            ("x://a b>", false),
            ("!-- x -->", true),
            ("a h*#ref=\"hi\">", true),
            ("a href='bar'title=title>", true),
            ("a href=\"\"\">", true),
            ("/a href=\"foo\">", true),
            ("b / c>", true),
            ("a b: c = d>", true),
            ("x <y and y > z", false),
            ("x!\ny>", false),
            ("a href=\"x", false),
        ] {
            assert_eq!(opens_markup(text, false, false), markup, "{text}");
        }
        assert!(opens_markup("a href=\"x", true, false), "what follows may end it");
        assert!(is_lone_tag("<a b='c>d'>\ne"));
        assert!(!is_lone_tag("<a b='c'd>\ne") && !is_lone_tag("<a> b") && !is_lone_tag("<http:a>"));
    }
}
