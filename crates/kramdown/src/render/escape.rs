//! Escaping, attributes and entities.

use super::Renderer;
use crate::{Attr, EntityOutput, Span, entities};

/// What a text is escaped for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Code: every reference is escaped.
    All,
    /// Text: references to characters stay.
    Text,
    /// An attribute's value: quotes too are escaped.
    Attribute,
}

/// Appends a text, escaped.
pub(crate) fn escape(out: &mut String, text: &str, escape: Escape) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut pos = 0;
    while let Some(at) = next_special(bytes, pos, escape) {
        let replacement = match bytes[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&amp;",
        };
        if bytes[at] == b'&'
            && escape != Escape::All
            && let Some(end) = reference_end(bytes, at)
        {
            pos = end;
            continue;
        }
        out.push_str(&text[start..at]);
        out.push_str(replacement);
        pos = at + 1;
        start = pos;
    }
    out.push_str(&text[start..]);
}

/// The next byte that may have to be escaped.
fn next_special(text: &[u8], pos: usize, escape: Escape) -> Option<usize> {
    let rest = &text[pos..];
    let found = if rest.len() < 32 || escape == Escape::Attribute {
        rest.iter().position(|&byte| matches!(byte, b'<' | b'>' | b'&') || byte == b'"' && escape == Escape::Attribute)
    } else {
        memchr::memchr3(b'<', b'>', b'&', rest)
    };
    found.map(|offset| pos + offset)
}

/// The end of what looks like a reference to a character.
fn reference_end(text: &[u8], pos: usize) -> Option<usize> {
    crate::span_reference(text, pos, false).map(|(_, end)| end)
}

impl Renderer<'_> {
    pub(super) fn write_text(&mut self, text: &str) {
        if self.options.remove_line_breaks_for_cjk && text.contains('\n') {
            let joined = join_cjk_lines(text);
            escape(&mut self.out, &joined, Escape::Text);
        } else {
            escape(&mut self.out, text, Escape::Text);
        }
    }

    pub(super) fn write_attr(&mut self, attr: &Attr) {
        for (name, value) in attr.iter() {
            if name == "id" && crate::chars::strip(value).is_empty() {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&mut self.out, value, Escape::Attribute);
            self.out.push('"');
        }
    }

    pub(super) fn write_entity(&mut self, code: u32, original: Option<Span>) {
        let c = char::from_u32(code);
        let special = matches!(c, Some('<' | '>' | '&' | '"'));
        let output = self.options.entity_output;
        if output == EntityOutput::AsChar
            && let Some(c) = c
            && (c == '"' || !special)
        {
            self.out.push(c);
            return;
        }
        if matches!(output, EntityOutput::AsInput | EntityOutput::AsChar)
            && let Some(original) = original
        {
            let original = self.document.text(original);
            self.out.push_str(original);
            return;
        }
        match entities::name_of(code) {
            Some(name) if output == EntityOutput::Symbolic || special => {
                self.out.push('&');
                self.out.push_str(name);
                self.out.push(';');
            }
            _ => {
                self.out.push_str("&#");
                self.out.push_str(&code.to_string());
                self.out.push(';');
            }
        }
    }
}

/// Drops the newlines between Chinese or Japanese characters.
fn join_cjk_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut last = None;
    while let Some(c) = chars.next() {
        let joins = c == '\n' && last.is_some_and(is_cjk) && chars.peek().copied().is_some_and(is_cjk);
        if !joins {
            out.push(c);
        }
        last = Some(c);
    }
    out
}

/// Han, Hiragana or Katakana.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2E99}' | '\u{2E9B}'..='\u{2EF3}' | '\u{2F00}'..='\u{2FD5}' | '\u{3005}' | '\u{3007}'
        | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303B}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{32D0}'..='\u{32FE}'
        | '\u{3300}'..='\u{3357}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FA6D}'
        | '\u{FA70}'..='\u{FAD9}' | '\u{FF66}'..='\u{FF6F}' | '\u{FF71}'..='\u{FF9D}' | '\u{1B000}'..='\u{1B122}'
        | '\u{1B150}'..='\u{1B167}' | '\u{1F200}' | '\u{20000}'..='\u{2FA1D}' | '\u{30000}'..='\u{3134A}')
}
