//! Entities, escapes, line breaks, formulas and footnotes' marks.

use crate::chars::is_word;
use crate::entities;
use crate::parser::Parser;
use crate::scan::lines::id_name;
use crate::{Category, Element, Kind, Span};

/// The characters that a backslash escapes.
pub(crate) const ESCAPABLE: &str = "\\.*_+`<>()[]{}#!:|\"'$=-";

/// A reference to a character: what it stands for, if anything, and its end.
pub(crate) fn reference(text: &[u8], pos: usize, v25: bool) -> Option<(Option<u32>, usize)> {
    let body = text.get(pos + 1..)?;
    if body.first() == Some(&b'#') {
        let (digits, radix, skip) = if body.get(1) == Some(&b'x') { (&body[2..], 16, 3) } else { (&body[1..], 10, 2) };
        let len = digits.iter().take_while(|byte| char::from(**byte).is_digit(radix)).count();
        if len == 0 || digits.get(len) != Some(&b';') {
            return None;
        }
        let number = std::str::from_utf8(&digits[..len]).ok()?;
        let code = u32::from_str_radix(number, radix).unwrap_or(u32::MAX);
        return Some((Some(entities::by_number(code)), pos + skip + len + 1));
    }
    let first = *body.first()?;
    if !is_word(first) && first != b':' {
        return None;
    }
    let len = body.iter().take_while(|&&byte| is_word(byte) || matches!(byte, b'-' | b'.' | b':')).count();
    if body.get(len) != Some(&b';') {
        return None;
    }
    let find = if v25 { entities::by_name_since_2_5 } else { entities::by_name };
    let code = std::str::from_utf8(&body[..len]).ok().and_then(find);
    Some((code, pos + len + 2))
}

impl Parser {
    pub(crate) fn parse_entity(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let Some((code, end)) = reference(self.text(), pos, self.v25) else {
            return false;
        };
        self.src.pos = end;
        if let Some(code) = code {
            Parser::push_span(out, Kind::Entity { code, original: Some(Span::new(pos, end)) });
        } else {
            Parser::push_span(out, Kind::Entity { code: u32::from('&'), original: None });
            self.add_text(out, (pos + 1, end), 0);
        }
        true
    }

    pub(crate) fn parse_escape(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let Some(&next) = self.text().get(pos + 1) else {
            return false;
        };
        let escapes = ESCAPABLE.as_bytes().contains(&next) || self.gfm && next == b'~';
        if escapes {
            self.add_text(out, (pos + 1, pos + 2), 0);
            self.src.pos = pos + 2;
        }
        escapes
    }

    pub(crate) fn parse_line_break(&mut self, out: &mut Vec<Element>) -> bool {
        let text = &self.text()[self.src.pos..];
        if self.hard_wrap || !(text.starts_with(b"  \n") || text.starts_with(b"\\\\\n")) {
            return false;
        }
        Parser::push_span(out, Kind::Br);
        self.src.pos += 2;
        true
    }

    pub(crate) fn parse_inline_math(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let (text, memo) = self.text_and_memo();
        if text.get(pos + 1) != Some(&b'$') {
            return false;
        }
        let Some(close) = memo.find_dollars(text, pos + 2) else {
            return false;
        };
        self.src.pos = close + 2;
        let tex = self.strip_range((pos + 2, close));
        Parser::push_span(out, Kind::Math { tex, category: Category::Span });
        true
    }

    pub(crate) fn parse_footnote(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let text = self.text();
        if text.get(pos + 1) != Some(&b'^') {
            return false;
        }
        let Some(name_end) = id_name(text, pos + 2) else {
            return false;
        };
        if text.get(name_end) != Some(&b']') {
            return false;
        }
        let end = name_end + 1;
        let name = self.str((pos + 2, name_end));
        if let Some(&number) = self.footnote_names.get(name) {
            self.footnotes[number as usize].referenced = true;
            Parser::push_span(out, Kind::Footnote(number));
        } else {
            let name = name.to_owned();
            let line = self.line_here();
            self.warn(line, format!("Footnote definition for '{name}' not found on line {line}"));
            self.add_text(out, (pos, end), 0);
        }
        self.src.pos = end;
        true
    }
}
