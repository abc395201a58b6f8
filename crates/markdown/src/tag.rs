//! Tags: cuts HTML text into tags, comments and text, as far as the proof needs it.
//!
//! This is no HTML parser: it reads well-formed markup as the writer spells it. What it does not understand comes out
//! different from the tree, and the proof then has it respelled.

use std::borrow::Cow;

/// A piece of HTML text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text between tags, references not yet decoded.
    Text(&'a str),
    /// A start tag: its name as written and the text of its attributes.
    Start { name: &'a str, attributes: &'a str },
    /// An end tag's name as written.
    End(&'a str),
    /// A comment's text.
    Comment(&'a str),
}

/// Cuts the first piece off `html`; gives it and the rest.
pub(crate) fn next_piece(html: &str) -> Option<(Piece<'_>, &str)> {
    if html.is_empty() {
        return None;
    }
    if let Some(after) = html.strip_prefix("<!--") {
        let end = after.find("-->").unwrap_or(after.len());
        return Some((Piece::Comment(&after[..end]), after.get(end + 3..).unwrap_or("")));
    }
    let bytes = html.as_bytes();
    if bytes[0] == b'<' {
        let closing = bytes.get(1) == Some(&b'/');
        let name_start = 1 + usize::from(closing);
        if bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
            let end = tag_end(html, name_start);
            let inner = &html[name_start..end];
            let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
            let rest = html.get(end + 1..).unwrap_or("");
            let name = &inner[..name_end];
            let piece = if closing {
                Piece::End(name)
            } else {
                Piece::Start { name, attributes: inner[name_end..].trim_end_matches('/') }
            };
            return Some((piece, rest));
        }
    }
    let first = html.chars().next().map_or(0, char::len_utf8);
    let end = html[first..].find('<').map_or(html.len(), |at| at + first);
    Some((Piece::Text(&html[..end]), &html[end..]))
}

/// The position of the `>` that ends a tag, quotes respected.
fn tag_end(html: &str, from: usize) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Calls `visit` for each attribute: its name in lower case, its value with references decoded.
pub(crate) fn for_each_attribute<'h>(attributes: &'h str, visit: &mut dyn FnMut(Cow<'h, str>, Cow<'h, str>)) {
    let mut rest = attributes.trim_ascii_start();
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let name = lower_case(&rest[..name_end]);
        rest = rest[name_end..].trim_ascii_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_ascii_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let Some(quote) = quote {
                let inner = &after[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                value = &inner[..end];
                rest = inner.get(end + 1..).unwrap_or("");
            } else {
                let end = after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len());
                value = &after[..end];
                rest = &after[end..];
            }
        }
        rest = rest.trim_ascii_start();
        if name.is_empty() {
            return;
        }
        visit(name, decode(value));
    }
}

/// A name in lower case.
pub(crate) fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// Decodes the references that HTML writers use; others stay as they are.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.as_bytes().iter().take(12).position(|b| *b == b';') else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        let decoded = match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            name => number(name),
        };
        if let Some(c) = decoded {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.into()
}

fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut() {
        let mut rest = "a <b class=\"x>y\">c</b><!-- d --> < e";
        let mut pieces = Vec::new();
        while let Some((piece, after)) = next_piece(rest) {
            pieces.push(piece);
            rest = after;
        }
        assert_eq!(
            pieces,
            [
                Piece::Text("a "),
                Piece::Start { name: "b", attributes: " class=\"x>y\"" },
                Piece::Text("c"),
                Piece::End("b"),
                Piece::Comment(" d "),
                Piece::Text(" "),
                Piece::Text("< e"),
            ]
        );
    }

    #[test]
    fn attributes_are_read() {
        let mut seen = Vec::new();
        for_each_attribute(" A=1 b='x &amp; y' c", &mut |n, v| seen.push((n.into_owned(), v.into_owned())));
        let expected = [("a", "1"), ("b", "x & y"), ("c", "")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(seen, expected);
    }
}
