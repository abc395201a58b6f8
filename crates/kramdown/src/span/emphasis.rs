//! Emphasis and strong emphasis.

use super::{Attempt, Inside, Mode, Stop};
use crate::chars::{char_before, is_alpha, is_space};
use crate::parser::Parser;
use crate::scan::lines::alnum_at;
use crate::{Element, Kind};

/// One or two stars or underscores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delimiter {
    byte: u8,
    len: usize,
}

impl Delimiter {
    pub(crate) fn is_at(self, text: &[u8], pos: usize) -> bool {
        text[pos] == self.byte && (self.len == 1 || text.get(pos + 1) == Some(&self.byte))
    }

    /// A number for each delimiter, from 2 on.
    pub(crate) fn number(self) -> u64 {
        2 + u64::from(self.byte == b'_') * 2 + u64::from(self.len == 2)
    }

    /// Whether the delimiter that is at `pos` closes what the same one opened.
    pub(crate) fn closes(self, text: &[u8], pos: usize, start: usize) -> bool {
        if pos > start && is_space(text[pos - 1]) {
            return false;
        }
        let run = text[pos..].iter().take(3).take_while(|&&byte| byte == self.byte).count();
        if self.len == 1 && run == 2 {
            return false;
        }
        self.byte != b'_' || !alnum_at(text, pos + self.len)
    }
}

impl Parser {
    pub(crate) fn parse_emphasis(&mut self, out: &mut Vec<Element>, inside: Inside) -> bool {
        let pos = self.src.pos;
        let text = self.text();
        let byte = text[pos];
        let len = 1 + usize::from(text.get(pos + 1) == Some(&byte));
        let after = pos + len;
        let is_strong = len == 2;
        let is_open = if is_strong { self.spans.open.strong } else { self.spans.open.em };
        let in_word = byte == b'_' && follows_letter(text, pos, self.src.start);
        if in_word || is_open || text.get(after).copied().is_some_and(is_space) {
            self.add_text(out, (pos, after), 0);
            self.src.pos = after;
            return true;
        }
        let mut found = self.try_emphasis(Delimiter { byte, len }, after);
        if found.is_none() && is_strong && inside != Inside::Em {
            found = self.try_emphasis(Delimiter { byte, len: 1 }, pos + 1);
        }
        if let Some(element) = found {
            out.push(element);
        } else {
            self.add_text(out, (pos, after), 0);
            self.src.pos = after;
        }
        true
    }

    /// Reads emphasis whose opening delimiter ends at `after`.
    fn try_emphasis(&mut self, delimiter: Delimiter, after: usize) -> Option<Element> {
        let last = self.last_place(delimiter.byte);
        if last < after || !self.may_open() {
            return None;
        }
        let outer = self.spans.open;
        let mut open = outer;
        let (kind, inside) = if delimiter.len == 2 {
            open.strong = true;
            (Kind::Strong, Inside::Strong)
        } else {
            open.em = true;
            (Kind::Em, Inside::Em)
        };
        let attempt = Attempt::Emphasis(delimiter);
        if self.spans.attempts.has_failed(after, attempt, open) {
            return None;
        }
        let (pool, warnings) = (self.pool.len(), self.warnings.len());
        self.spans.open = open;
        self.spans.depth += 1;
        self.src.pos = after;
        let mut element = Element::new(kind, 0);
        let mut stop = Stop::Emphasis(delimiter, Vec::new());
        let found = self.parse_spans(&mut element.children, inside, &mut stop, Mode::All);
        self.spans.depth -= 1;
        self.spans.open = outer;
        if found {
            self.src.pos += delimiter.len;
            return Some(element);
        }
        self.forget(pool, warnings);
        self.spans.attempts.fail(after, attempt, open);
        if let Stop::Emphasis(_, passed) = stop {
            self.spans.budget = self.spans.budget.saturating_sub(passed.len());
            let text = &self.pool.as_bytes()[..self.src.end];
            for pos in passed {
                // Reading from here would be reading the same text again.
                if delimiter.len == 2 || text.get(pos + 1) != Some(&delimiter.byte) {
                    self.spans.attempts.fail(pos + delimiter.len, attempt, open);
                }
            }
        }
        None
    }

    /// Takes back what a span left that turned out to be none.
    pub(crate) fn forget(&mut self, pool: usize, warnings: usize) {
        self.pool.truncate(pool);
        self.warnings.truncate(warnings);
    }

    /// The last place of a delimiter's byte in the text.
    fn last_place(&mut self, byte: u8) -> usize {
        let (text, memo) = self.text_and_memo();
        let last = if byte == b'*' { &mut memo.last_star } else { &mut memo.last_underscore };
        *last.get_or_insert_with(|| memchr::memrchr(byte, text).unwrap_or_default())
    }
}

/// Whether a letter, or a letter and a hyphen, comes before.
fn follows_letter(text: &[u8], pos: usize, start: usize) -> bool {
    let text = &text[start..pos];
    match char_before(text, text.len()) {
        Some('-') => char_before(text, text.len() - 1).is_some_and(is_alpha),
        Some(c) => is_alpha(c),
        None => false,
    }
}
