//! A place in the text, and what stands there.

use crate::YamlError;

#[cfg(test)]
thread_local! {
    /// How many characters the cursors of this thread went over: what tests count instead of time.
    pub(crate) static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Walks through a text character by character; knows line and column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    /// In bytes.
    pub at: usize,
    /// Counted from 0; every line break of YAML 1.1 counts.
    pub line: u32,
    /// In characters, counted from 0.
    pub column: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 0, column: 0 }
    }

    /// The byte so many bytes ahead; 0 behind the end (the text holds no NUL).
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn is(&self, byte: u8) -> bool {
        self.byte(0) == byte
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    /// A line break of YAML 1.1: also next line, line separator, paragraph separator.
    pub(super) fn is_break(&self, ahead: usize) -> bool {
        match self.byte(ahead) {
            b'\r' | b'\n' => true,
            0xC2 => self.byte(ahead + 1) == 0x85,
            0xE2 => self.byte(ahead + 1) == 0x80 && matches!(self.byte(ahead + 2), 0xA8 | 0xA9),
            _ => false,
        }
    }

    pub(super) fn is_break_or_end(&self, ahead: usize) -> bool {
        self.at + ahead >= self.text.len() || self.is_break(ahead)
    }

    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    /// A letter, digit, `_` or `-`: what names are made of.
    pub(super) fn is_name(&self) -> bool {
        self.byte(0).is_ascii_alphanumeric() || matches!(self.byte(0), b'_' | b'-')
    }

    /// Says whether `---` or `...` stands here at the start of a line, alone.
    pub(super) fn is_document_mark(&self) -> bool {
        self.column == 0 && (self.starts_with("---") || self.starts_with("...")) && self.is_blank_or_end(3)
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.text.as_bytes()[self.at.min(self.text.len())..].starts_with(text.as_bytes())
    }

    /// Goes one character on, on the same line.
    pub(super) fn skip(&mut self) {
        #[cfg(test)]
        STEPS.with(|steps| steps.set(steps.get() + 1));
        self.at += match self.byte(0) {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        self.at = self.at.min(self.text.len());
        self.column += 1;
    }

    /// Goes over a line break, if one is here; says how it reads: a line feed, but the separators stay themselves.
    pub(super) fn skip_line(&mut self) -> &'static str {
        let (width, reads) = match self.byte(0) {
            b'\r' if self.byte(1) == b'\n' => (2, "\n"),
            b'\r' | b'\n' => (1, "\n"),
            0xC2 => (2, "\n"),
            0xE2 if self.byte(2) == 0xA8 => (3, "\u{2028}"),
            0xE2 => (3, "\u{2029}"),
            _ => return "",
        };
        self.at += width;
        self.line += 1;
        self.column = 0;
        reads
    }

    /// Goes on to the end of the line.
    pub(super) fn skip_comment(&mut self) {
        if self.is(b'#') {
            while !self.is_break_or_end(0) {
                self.skip();
            }
        }
    }

    /// Goes over spaces and tabs.
    pub(super) fn skip_blanks(&mut self) {
        while self.is_blank(0) {
            self.skip();
        }
    }

    /// Goes over blanks and a comment to the next line; none if something else stands there.
    pub(super) fn skip_rest_of_line(&mut self) -> Option<()> {
        self.skip_blanks();
        self.skip_comment();
        if !self.is_break_or_end(0) {
            return None;
        }
        self.skip_line();
        Some(())
    }

    pub(super) fn error<T>(&self, message: &str) -> Result<T, YamlError> {
        Err(YamlError::new(message.to_owned(), super::line_of(self.text, self.at)))
    }
}
