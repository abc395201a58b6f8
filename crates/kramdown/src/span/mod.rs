//! Spans: everything inside a line of text.

mod abbreviation;
mod attempts;
mod code;
mod emphasis;
mod entity;
mod extension;
mod html;
mod link;
mod quote;
mod strike;
mod symbol;

pub(crate) use abbreviation::replace_abbreviations;
pub(crate) use attempts::{Attempt, Attempts, Open};
pub(crate) use entity::reference;

use crate::parser::{MAX_SPAN_DEPTH, Parser};
use crate::scan::tags;
use crate::{Element, Kind};

/// Which spans are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    All,
    CodeAndHtml,
    Html,
}

/// What the spans being read are inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    Other,
    Em,
    Strong,
    Link,
    /// An HTML element whose content is not kramdown text.
    RawHtml,
}

/// What ends the spans being read, other than the end of the text.
pub(crate) enum Stop<'a> {
    Never,
    Emphasis(emphasis::Delimiter, Vec<usize>),
    Bracket(link::Brackets),
    Tag { name: &'a str, any_case: bool },
}

/// What is remembered while one text is read.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub open: Open,
    pub depth: u32,
    pub attempts: Attempts,
    /// How many bytes may still be read before delimiters count as text.
    pub budget: usize,
}

/// Bytes at which a span may begin, or that decide about the byte before.
const SPECIAL: [bool; 256] = special(b"*_`<[!{&$\\\"'-.\n~>]");
const SPECIAL_SMARTY: [bool; 256] = special(b"<&\\\"'-.>");
const SPECIAL_CODE: [bool; 256] = special(b"`<");
const SPECIAL_HTML: [bool; 256] = special(b"<");

const fn special(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
}

impl Parser {
    /// Reads the spans of a text by itself.
    pub(crate) fn parse_text(&mut self, range: (usize, usize), line: u32, mode: Mode) -> Vec<Element> {
        self.spans.attempts.clear();
        self.spans.open = Open::default();
        self.spans.depth = 0;
        self.spans.budget = Parser::span_budget(range.1 - range.0);
        let mut children = Vec::new();
        self.in_region(range, line, |parser| {
            parser.parse_spans(&mut children, Inside::Other, &mut Stop::Never, mode);
        });
        children
    }

    /// Reads spans into `out` up to `stop`; false when the text ended before.
    pub(crate) fn parse_spans(&mut self, out: &mut Vec<Element>, inside: Inside, stop: &mut Stop<'_>, mode: Mode) -> bool {
        let table = match mode {
            Mode::All if self.smarty => &SPECIAL_SMARTY,
            Mode::All => &SPECIAL,
            Mode::CodeAndHtml => &SPECIAL_CODE,
            Mode::Html => &SPECIAL_HTML,
        };
        // Text from `pending` on is not in `out` yet; a span cannot begin before `scan`.
        let mut pending = self.src.pos;
        let mut scan = pending;
        let mut at = pending;
        loop {
            let text = self.text();
            let Some(offset) = text[at..].iter().position(|&byte| table[byte as usize]) else {
                let end = text.len();
                if matches!(stop, Stop::Never) {
                    self.push_text(out, (pending, end));
                    self.src.pos = end;
                } else {
                    self.push_text(out, (pending, scan));
                    self.src.pos = scan;
                }
                return false;
            };
            let found = at + offset;
            self.spans.budget = self.spans.budget.saturating_sub(offset + 1);
            if self.spans.budget == 0 && matches!(stop, Stop::Emphasis(..) | Stop::Bracket(_)) {
                return false;
            }
            let text = self.text();
            let mut start = found;
            match text[found] {
                b'"' | b'\'' if mode == Mode::All && found > scan && text[found - 1] != b'\\' => {
                    start = crate::chars::char_start(text, found);
                }
                b'\\' if self.smarty && !matches!(text.get(found + 1..found + 3), Some(b"<<" | b">>")) => {
                    at = found + 1;
                    continue;
                }
                b'\n' | b'>' | b'!' | b'{' | b'-' | b'.' | b']' => {
                    let Some(position) = self.quiet_start(found, scan, stop) else {
                        at = found + 1;
                        continue;
                    };
                    start = position;
                }
                _ => {}
            }
            self.push_text(out, (pending, start));
            self.src.pos = start;
            if self.stops(out, stop) {
                return true;
            }
            let read = match mode {
                Mode::All => self.parse_span(out, inside),
                Mode::CodeAndHtml | Mode::Html => self.parse_markup(out, inside),
            };
            if read {
                pending = self.src.pos;
            } else {
                self.src.pos = start + crate::chars::char_len(self.text()[start]);
                pending = start;
            }
            scan = self.src.pos;
            at = scan;
        }
    }

    fn push_text(&mut self, out: &mut Vec<Element>, range: (usize, usize)) {
        if range.0 < range.1 {
            let line = 0;
            self.add_text(out, range, line);
        }
    }

    /// Where a span begins because of a byte that is often only text; `None` when it is.
    fn quiet_start(&self, found: usize, scan: usize, stop: &Stop<'_>) -> Option<usize> {
        let text = self.text();
        let next = text.get(found + 1).copied();
        match text[found] {
            b'\n' => {
                let spaces = found >= scan + 2 && text[found - 2..found] == *b"  ";
                (spaces && !self.hard_wrap).then(|| found - 2)
            }
            b'>' if next == Some(b'>') && self.typographic => {
                let space = found > scan && text[found - 1] == b' ';
                Some(found - usize::from(space))
            }
            b'!' if next == Some(b'[') => Some(found),
            b'{' if next == Some(b':') => Some(found),
            b'-' if next == Some(b'-') && self.typographic => Some(found),
            b'.' if text[found..].starts_with(b"...") && self.typographic => Some(found),
            b']' if matches!(stop, Stop::Bracket(_)) => Some(found),
            _ => None,
        }
    }

    /// Whether the spans end at the current position.
    fn stops(&mut self, out: &[Element], stop: &mut Stop<'_>) -> bool {
        let pos = self.src.pos;
        match stop {
            Stop::Never => false,
            Stop::Emphasis(delimiter, passed) => {
                let delimiter = *delimiter;
                if !delimiter.is_at(self.text(), pos) {
                    return false;
                }
                if !out.is_empty() && delimiter.closes(self.text(), pos, self.src.start) {
                    return true;
                }
                passed.push(pos);
                false
            }
            Stop::Bracket(brackets) => {
                let text = self.text();
                match text[pos] {
                    b']' => {
                        let opened = brackets.close(out);
                        if brackets.is_closed() {
                            return true;
                        }
                        if let Some(opened) = opened {
                            self.spans.attempts.set_close(opened, self.spans.open, pos);
                        }
                    }
                    b'[' => brackets.open(out, pos + 1),
                    b'!' if text.get(pos + 1) == Some(&b'[') => brackets.open(out, pos + 2),
                    _ => {}
                }
                false
            }
            Stop::Tag { name, any_case } => tags::closes(self.text(), pos, name, *any_case).is_some(),
        }
    }

    /// Tries what can begin at the current position, in kramdown's order.
    fn parse_span(&mut self, out: &mut Vec<Element>, inside: Inside) -> bool {
        if self.smarty {
            return self.parse_smarty_span(out, inside);
        }
        let pos = self.src.pos;
        let text = self.text();
        let next = text.get(pos + 1).copied();
        match text[pos] {
            b'*' | b'_' => self.parse_emphasis(out, inside),
            b'`' => self.parse_code(out),
            b'<' => {
                if self.parse_autolink(out) || self.parse_span_html(out, inside) {
                    return true;
                }
                if matches!(next, Some(b'"' | b'\'')) {
                    self.parse_quote_mark(out);
                    return true;
                }
                self.parse_symbol(out)
            }
            b'[' => self.parse_footnote(out) || self.parse_link(out, false),
            b'!' if next == Some(b'[') => self.parse_link(out, true),
            b'"' | b'\'' => {
                self.parse_quote_mark(out);
                true
            }
            byte if byte != b'\\' && self.quote_follows(pos) => {
                self.parse_quote_mark(out);
                true
            }
            b'$' => self.parse_inline_math(out),
            b'{' => self.parse_span_extension(out),
            b'&' => self.parse_entity(out),
            b'-' | b'.' | b'>' => self.parse_symbol(out),
            b' ' => self.parse_symbol(out) || self.parse_line_break(out),
            b'\\' => self.parse_symbol(out) || self.parse_line_break(out) || self.parse_escape(out),
            b'~' => self.gfm && self.parse_strike(out),
            _ => false,
        }
    }

    /// The same for what `SmartyPants` knows.
    fn parse_smarty_span(&mut self, out: &mut Vec<Element>, inside: Inside) -> bool {
        let pos = self.src.pos;
        let first = self.text()[pos];
        if matches!(first, b'"' | b'\'') || first != b'\\' && self.quote_follows(pos) {
            self.parse_quote_mark(out);
            return true;
        }
        match first {
            b'&' => self.parse_entity(out),
            b'<' => self.parse_symbol(out) || self.parse_span_html(out, inside),
            b'-' | b'.' | b'>' | b' ' | b'\\' => self.parse_symbol(out),
            _ => false,
        }
    }

    fn quote_follows(&self, pos: usize) -> bool {
        let text = self.text();
        let next = pos + crate::chars::char_len(text[pos]);
        matches!(text.get(next), Some(b'"' | b'\''))
    }

    fn parse_markup(&mut self, out: &mut Vec<Element>, inside: Inside) -> bool {
        match self.text()[self.src.pos] {
            b'`' => self.parse_code(out),
            b'<' => self.parse_span_html(out, inside),
            _ => false,
        }
    }

    /// Whether another span may be opened inside the one being read.
    pub(crate) fn may_open(&self) -> bool {
        self.spans.depth < MAX_SPAN_DEPTH && self.spans.budget > 0
    }

    /// The line that the current position is on.
    pub(crate) fn line_here(&mut self) -> u32 {
        self.line_at(self.src.pos)
    }

    pub(crate) fn push_span(out: &mut Vec<Element>, kind: Kind) {
        out.push(Element::new(kind, 0));
    }
}
