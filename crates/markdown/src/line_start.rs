//! Line starts: which text at the start of a line would begin a block.

use crate::{
    element::{is_block, is_raw_text},
    flanking::after,
    token::Token,
};

/// Where a line begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineStart {
    /// It is the first line of its block.
    pub first: bool,
    /// It is the first text of a list item, which may look like a task.
    pub item: bool,
}

/// Where a line that begins with the text at `index` must be escaped so that it begins no block.
pub(crate) fn line_marker(tokens: &[Token<'_>], index: usize, place: LineStart) -> Option<usize> {
    let Token::Text { text, first: false, .. } = &tokens[index] else { return None };
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_alphabetic() || first >= 0x80 {
        return None;
    }
    let only = |allowed: &[u8]| bytes.iter().all(|b| allowed.contains(b)) && rest_is_blank(tokens, index, allowed);
    let run = bytes.iter().take_while(|b| **b == first).count();
    let then = bytes.get(run).copied().unwrap_or_else(|| ascii(after(tokens, index)));
    let second = bytes.get(1).copied().unwrap_or_else(|| ascii(after(tokens, index)));
    let escape = match first {
        b'#' => run <= 6 && then == b' ',
        b'>' => true,
        b'-' => second == b' ' || only(b"- ") || !place.first && (text.contains('|') || only(b"-: ")) && only(b"-|: "),
        b'+' => second == b' ',
        b'*' => second == b' ' || only(b"* ") || second == b'[' && text.contains("]:"),
        b'_' => run >= 3 && only(b"_ "),
        b'=' => !place.first && only(b"= "),
        b'~' => run >= 3,
        // The line after a fence's backticks holds none.
        b'`' => run >= 3 && !line_holds_tick(tokens, index, &bytes[run..]),
        b'<' => opens_block(tokens, index, text),
        b'[' => is_definition(bytes, ends_run(tokens, index)) || place.item && is_task(bytes),
        b':' => second == b' ' || only(b"-|: ") && text.contains('-'),
        b'|' => only(b"-|: ") && text.contains('-'),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            let next = bytes.get(digits + 1).copied().unwrap_or_else(|| ascii(after(tokens, index)));
            let ends = digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')')) && next == b' ';
            return ends.then_some(digits);
        }
        _ => false,
    };
    escape.then_some(0)
}

/// Whether the line goes on with nothing but some characters.
fn rest_is_blank(tokens: &[Token<'_>], index: usize, allowed: &[u8]) -> bool {
    for token in &tokens[index + 1..] {
        match token {
            Token::SoftBreak | Token::Break => return true,
            Token::Space => {}
            Token::Text { text, .. } if text.bytes().all(|b| allowed.contains(&b)) => {}
            _ => return false,
        }
    }
    true
}

/// Whether the line goes on with a backtick after `rest` of its first text.
fn line_holds_tick(tokens: &[Token<'_>], index: usize, rest: &[u8]) -> bool {
    let line = tokens[index + 1..].iter().take_while(|token| !matches!(token, Token::SoftBreak | Token::Break));
    memchr::memchr(b'`', rest).is_some()
        || line.into_iter().any(|token| match token {
            Token::Code(_) => true,
            Token::Text { text, .. } => text.contains('`'),
            _ => false,
        })
}

/// Whether an HTML block begins with this text though no tag need be complete in it.
fn opens_block(tokens: &[Token<'_>], index: usize, text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at).copied().unwrap_or_else(|| ascii(after(tokens, index)));
    if matches!(next(1), b'!' | b'?') {
        return true;
    }
    let start = 1 + usize::from(next(1) == b'/');
    let length = bytes.iter().skip(start).take_while(|b| b.is_ascii_alphanumeric()).count();
    if length == 0 {
        return bytes.len() <= start && next(start).is_ascii_alphabetic();
    }
    let name = text[start..start + length].to_ascii_lowercase();
    let end = next(start + length);
    (is_block(&name) || is_raw_text(&name)) && (end.is_ascii_whitespace() || matches!(end, b'>' | b'/'))
}

/// Whether a line begins the definition of a link's target or a note. `alone` says that nothing follows the text.
fn is_definition(bytes: &[u8], alone: bool) -> bool {
    let Some(end) = memchr::memchr(b']', bytes) else { return false };
    let label = bytes[1..end].trim_ascii();
    let rest = bytes.get(end + 1..).unwrap_or_default();
    rest.first() == Some(&b':') && !label.is_empty() && (label[0] == b'^' || !alone || !rest[1..].trim_ascii().is_empty())
}

fn ends_run(tokens: &[Token<'_>], index: usize) -> bool {
    index + 1 == tokens.len()
}

fn is_task(bytes: &[u8]) -> bool {
    matches!(bytes, [b'[', b' ' | b'x' | b'X', b']', ..])
}

/// A character as a byte; any that is not ASCII's is `0x80`.
pub(crate) fn ascii(c: char) -> u8 {
    u8::try_from(c).unwrap_or(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_a_block_is_marked() {
        let marks = |text: &str, first: bool| {
            let tokens = [Token::Text { text, first: false, last: false }];
            line_marker(&tokens, 0, LineStart { first, item: false }).is_some()
        };
        for (text, first, later) in [
            ("===", false, true),
            ("---", true, true),
            ("# a", true, true),
            ("#a", false, false),
            ("```a", true, true),
            ("```a``", false, false),
            ("<div a", true, true),
            ("<div@", false, false),
            ("<a b", false, false),
            ("<!-- a", true, true),
            ("[a]: b", true, true),
            ("[a]:", false, false),
            ("[a[b]]: c", false, false),
            ("[]: c", false, false),
            ("[^a]:", true, true),
            ("1. a", true, true),
            ("1.a", false, false),
        ] {
            assert_eq!((marks(text, true), marks(text, false)), (first, later), "{text}");
        }
    }
}
