//! A look at the bytes before the tokenizer: tags with too many attributes are cut.
//!
//! html5ever's tokenizer compares each attribute of a tag with all before it, and no sink can stop it.

use std::borrow::Cow;

use crate::dom::is_space;
use crate::names;

/// Cuts the attributes after the first `limit` out of every tag; says whether any was cut.
pub(crate) fn cut_attributes(html: &str, limit: usize) -> (Cow<'_, str>, bool) {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        match bytes.get(at) {
            Some(b'!') if bytes[at..].starts_with(b"!--") => at = end_of_comment(bytes, at + 3),
            Some(b) if b.is_ascii_alphabetic() || *b == b'/' => {
                let name_end = end_of_name(bytes, at);
                let tag = scan_tag(bytes, name_end, limit);
                if let Some(from) = tag.cut {
                    out.push_str(&html[kept..from]);
                    kept = tag.end;
                }
                let name = &html[at..name_end];
                at = tag.end;
                if names::is_raw_text(&name.to_ascii_lowercase()) {
                    at = end_of_raw_text(bytes, at, name);
                }
            }
            _ => {}
        }
    }
    if kept == 0 {
        return (Cow::Borrowed(html), false);
    }
    out.push_str(&html[kept..]);
    (Cow::Owned(out), true)
}

/// A tag's end, and where the attributes begin that are too many.
struct Scanned {
    /// The position of its `>`, or the end of the text.
    end: usize,
    cut: Option<usize>,
}

fn scan_tag(bytes: &[u8], mut at: usize, limit: usize) -> Scanned {
    let mut count = 0;
    let mut cut = None;
    loop {
        while bytes.get(at).is_some_and(|b| is_space(*b) || *b == b'/') {
            at += 1;
        }
        if matches!(bytes.get(at), None | Some(b'>')) {
            return Scanned { end: at, cut };
        }
        if count == limit {
            cut = Some(at);
        }
        count += 1;
        at = end_of_attribute(bytes, at);
    }
}

fn end_of_attribute(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while bytes.get(at).is_some_and(|b| !is_space(*b) && !matches!(b, b'/' | b'>' | b'=')) {
        at += 1;
    }
    let mut value = at;
    while bytes.get(value).is_some_and(|b| is_space(*b)) {
        value += 1;
    }
    if bytes.get(value) != Some(&b'=') {
        return at;
    }
    value += 1;
    while bytes.get(value).is_some_and(|b| is_space(*b)) {
        value += 1;
    }
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(value) {
        let inner = value + 1;
        return memchr::memchr(*quote, &bytes[inner..]).map_or(bytes.len(), |end| inner + end + 1);
    }
    while bytes.get(value).is_some_and(|b| !is_space(*b) && *b != b'>') {
        value += 1;
    }
    value
}

fn end_of_name(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|b| !is_space(*b) && *b != b'>' && (*b != b'/' || bytes[at - 1] == b'<')) {
        at += 1;
    }
    at
}

fn end_of_comment(bytes: &[u8], from: usize) -> usize {
    let from = from.saturating_sub(2);
    memchr::memmem::find(&bytes[from.min(bytes.len())..], b"-->").map_or(bytes.len(), |end| from + end + 3)
}

/// The position of the end tag of that name, or the end of the text.
fn end_of_raw_text(bytes: &[u8], mut at: usize, name: &str) -> usize {
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        let start = at + found;
        let rest = &bytes[start + 2..];
        if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return start;
        }
        at = start + 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_attributes_stay() {
        let html = "<p a=1 b='>' c=\">\">x</p><br/>";
        assert_eq!(cut_attributes(html, 3), (Cow::Borrowed(html), false));
    }

    #[test]
    fn many_attributes_are_cut() {
        assert_eq!(cut_attributes("a<p a=1 b c='>'>x", 2).0, "a<p a=1 b >x");
        assert_eq!(cut_attributes("<p a b", 1).0, "<p a ");
    }

    #[test]
    fn comments_and_scripts_are_left_alone() {
        let html = "<!-- <p a b c> --><script>if (a <b && c d e f) {}</script><!--><p a>";
        assert_eq!(cut_attributes(html, 1).0, html);
    }
}
