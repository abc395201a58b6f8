//! Link destinations and titles.

use std::collections::HashMap;

/// The targets of links that stand at the end of the document.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    targets: Vec<(String, Option<String>)>,
    numbers: HashMap<(String, Option<String>), usize>,
    /// Numbers up to this one are the author's.
    pub taken: usize,
}

impl Definitions {
    /// The number of a target; a target has one number wherever it is linked to.
    pub fn number(&mut self, target: &str, title: Option<&str>) -> usize {
        let key = (target.to_owned(), title.map(str::to_owned));
        *self.numbers.entry(key).or_insert_with_key(|key| {
            self.targets.push(key.clone());
            self.targets.len() + self.taken
        })
    }

    /// Writes the targets, one a line.
    pub fn write(&self, out: &mut String, place: Place) {
        for (n, (target, title)) in self.targets.iter().enumerate() {
            out.push_str(if n == 0 { "\n\n[" } else { "\n[" });
            out.push_str(&(n + 1 + self.taken).to_string());
            out.push_str("]: ");
            write_destination(out, target, place);
            if let Some(title) = title {
                out.push(' ');
                write_title(out, title, place);
            }
        }
    }
}

/// Where a link stands, as far as its target and title are spelled for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a line of text.
    Line,
    /// In a cell of a pipe table.
    Cell,
    /// Anywhere in kramdown, which sees no escapes here and makes a table of a line with a bar in it.
    Kramdown,
}

/// Writes a destination so that every reader finds the same URL.
pub(crate) fn write_destination(out: &mut String, target: &str, place: Place) {
    let target = target.trim_ascii();
    if !target.is_empty() && !target.bytes().any(is_delicate) {
        out.push_str(target);
        return;
    }
    let pointed = is_pointed(target);
    if pointed {
        out.push('<');
    }
    let bytes = target.as_bytes();
    for (at, c) in target.char_indices() {
        match c {
            ' ' => out.push_str("%20"),
            '\n' | '\r' | '\t' => {}
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' if place == Place::Cell => out.push_str("\\|"),
            '|' if place == Place::Kramdown => out.push_str("%7C"),
            '\\' if bytes.get(at + 1).is_none_or(u8::is_ascii_punctuation) => out.push_str("\\\\"),
            '&' if looks_like_reference(&bytes[at + 1..]) => out.push_str("&amp;"),
            c if c.is_ascii_control() => {
                use std::fmt::Write as _;
                write!(out, "%{:02X}", u32::from(c)).expect("writing to a string cannot fail");
            }
            _ => out.push(c),
        }
    }
    if pointed {
        out.push('>');
    }
}

/// Writes a title in the quotes that need no escape, if there are such.
pub(crate) fn write_title(out: &mut String, title: &str, place: Place) {
    let quote = if title.contains('"') && !title.contains('\'') { '\'' } else { '"' };
    out.push(quote);
    let bytes = title.as_bytes();
    for (at, c) in title.char_indices() {
        match c {
            '\n' | '\r' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                continue;
            }
            '\\' if place == Place::Kramdown => {}
            '|' if place == Place::Kramdown => {
                out.push_str("&#124;");
                continue;
            }
            c if c == quote && place == Place::Kramdown => {
                out.push_str(if quote == '"' { "&quot;" } else { "&#39;" });
                continue;
            }
            // Before the last quote cmark-gfm would take it for the quote's escape.
            '\\' if at + 1 == bytes.len() => {
                out.push_str("&#92;");
                continue;
            }
            '\\' if bytes[at + 1].is_ascii_punctuation() => out.push('\\'),
            '|' if place == Place::Cell => out.push('\\'),
            '&' if looks_like_reference(&bytes[at + 1..]) => {
                out.push_str("&amp;");
                continue;
            }
            c if c == quote => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out.push(quote);
}

/// Whether a destination stands between angle brackets.
pub(crate) fn is_pointed(target: &str) -> bool {
    let target = target.trim_ascii();
    target.is_empty() || !is_balanced(target)
}

/// Bytes that are looked at twice in a destination.
fn is_delicate(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'(' | b')' | b'<' | b'>' | b'|' | b'\\' | b'&' | 0x7f)
}

/// Whether parentheses are balanced, so that the destination needs no brackets around it.
fn is_balanced(target: &str) -> bool {
    let mut depth = 0_u32;
    for byte in target.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => match depth.checked_sub(1) {
                Some(left) => depth = left,
                None => return false,
            },
            _ => {}
        }
        if depth > 30 {
            return false;
        }
    }
    depth == 0
}

fn looks_like_reference(after: &[u8]) -> bool {
    after.iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'#')).is_some_and(|end| end > 0 && after[end] == b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(target: &str) -> String {
        let mut out = String::new();
        write_destination(&mut out, target, Place::Line);
        out
    }

    #[test]
    fn destinations_are_portable() {
        assert_eq!(destination("/a(b)c"), "/a(b)c");
        assert_eq!(destination("/a(b"), "</a(b>");
        assert_eq!(destination(""), "<>");
        assert_eq!(destination("/a b"), "/a%20b");
        assert_eq!(destination("/?a=1&amp;=3&b"), "/?a=1&amp;amp;=3&b");
        assert_eq!(destination("a\\_b\\c"), "a\\\\_b\\c");
    }

    #[test]
    fn titles_take_the_quieter_quote() {
        let mut out = String::new();
        write_title(&mut out, "a \"q\" (b) \\ c", Place::Line);
        assert_eq!(out, "'a \"q\" (b) \\ c'");
        out.clear();
        write_title(&mut out, "\\a\\", Place::Line);
        assert_eq!(out, "\"\\a&#92;\"");
        out.clear();
        write_title(&mut out, "a\\\"'|", Place::Kramdown);
        assert_eq!(out, "\"a\\&quot;'&#124;\"");
    }
}
