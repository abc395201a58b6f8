//! Bare URLs and addresses in text, as GitHub's autolink extension finds them.

use std::ops::Range;

/// A link that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The bytes of the text that are its text.
    pub range: Range<usize>,
    /// What stands before the text in its target: nothing, `http://` or `mailto:`.
    pub scheme: &'static str,
}

/// Finds bare links: `www.…`, `http://…`, `https://…`, `ftp://…` and addresses of mail.
pub(crate) fn find_links(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Where the last link ended: what comes before it is no longer text.
    let mut done = 0;
    while at < bytes.len() {
        let link = match bytes[at] {
            b'w' => www(text, at, done),
            b':' => url(text, at, done),
            b'@' => mail(text, at, done),
            _ => None,
        };
        match link {
            Some(link) => {
                at = link.range.end;
                done = at;
                found.push(link);
            }
            None => at += 1,
        }
    }
    found
}

fn www(text: &str, at: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map(|before| bytes[before]);
    if at < done || before.is_some_and(|b| !b"*_~(".contains(&b) && !b.is_ascii_whitespace()) || !text[at..].starts_with("www.") {
        return None;
    }
    domain_end(&text[at..], false)?;
    let end = link_end(text, at);
    (end > at).then_some(Found { range: at..end, scheme: "http://" })
}

fn url(text: &str, at: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    if !text[at..].starts_with("://") {
        return None;
    }
    let letters = bytes[done..at].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let start = at - letters;
    let scheme = text[start..at].to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "ftp") {
        return None;
    }
    let next = bytes.get(at + 3)?;
    if next.is_ascii() && !next.is_ascii_alphanumeric() {
        return None;
    }
    domain_end(&text[at + 3..], true)?;
    let end = link_end(text, start);
    (end > at + 3).then_some(Found { range: start..end, scheme: "" })
}

fn mail(text: &str, at: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let name = |b: &&u8| b.is_ascii_alphanumeric() || b".+-_".contains(b);
    let start = at - bytes[done..at].iter().rev().take_while(name).count();
    if start == at {
        return None;
    }
    let mut end = at + 1;
    let mut dots = 0;
    while let Some(b) = bytes.get(end) {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_') {
            end += 1;
        } else if *b == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
            dots += 1;
            end += 1;
        } else {
            break;
        }
    }
    let last = bytes[end - 1];
    (dots > 0 && last.is_ascii_alphabetic()).then_some(Found { range: start..end, scheme: "mailto:" })
}

/// Where the host at the beginning of a text ends; it has a dot unless `short` is allowed, and no underscore in its last two
/// parts.
fn domain_end(text: &str, short: bool) -> Option<usize> {
    let (mut dots, mut last, mut before_last) = (0, 0, 0);
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '_' => last += 1,
            '.' => {
                before_last = last;
                last = 0;
                dots += 1;
            }
            '-' => {}
            c if c.is_ascii_punctuation() || c.is_whitespace() || is_punctuation(c) => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    (last == 0 && before_last == 0 && end > 0 && (short || dots > 0)).then_some(end)
}

/// General punctuation and the punctuation of East Asia.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
        | '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}'
        | '\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff3f}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff65}')
}

/// Where a link ends: at white space or `<`, without the punctuation of the sentence around it.
fn link_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let length = bytes[start..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != 0x0b && **b != b'<').count();
    let mut end = start + length;
    let mut parentheses: Option<(usize, usize)> = None;
    while end > start {
        match bytes[end - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => end -= 1,
            b';' => {
                let letters = bytes[start..end - 1].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
                let entity = end - 1 - letters;
                end = if letters > 0 && entity > start && bytes[entity - 1] == b'&' { entity - 1 } else { end - 1 };
            }
            b')' => {
                let count = |of: char| text[start..end].matches(of).count();
                let (open, close) = parentheses.unwrap_or_else(|| (count('('), count(')')));
                if close <= open {
                    break;
                }
                parentheses = Some((open, close - 1));
                end -= 1;
                continue;
            }
            _ => break,
        }
        parentheses = None;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_githubs() {
        for (text, expected) in [
            ("see http://a.b/c.", vec!["http://a.b/c"]),
            ("(http://a.b/c_(d))", vec!["http://a.b/c_(d)"]),
            ("であるhttps://a.b/をx", vec!["https://a.b/をx"]),
            ("www.a.b www.a xwww.a.b", vec!["www.a.b", "www.a"]),
            ("http://localhost:80 xhttp://a.b", vec!["http://localhost:80"]),
            ("a@b.c, a@b", vec!["a@b.c"]),
            ("http://a_b.c", vec![]),
            ("http://a.b/x&amp;", vec!["http://a.b/x"]),
        ] {
            let found: Vec<&str> = find_links(text).into_iter().map(|link| &text[link.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
