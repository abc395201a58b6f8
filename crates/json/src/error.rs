//! Why a text is not a document.

use std::fmt;

/// Says what is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What was found, lower case, values in backticks.
    pub message: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
}

impl ReadError {
    /// Makes an error at a byte of `text`; a byte inside a character counts as that character.
    pub(crate) fn at(text: &str, byte: usize, message: impl Into<String>) -> Self {
        let before = &text.as_bytes()[..byte.min(text.len())];
        let line = 1 + before.split(|b| *b == b'\n').skip(1).count();
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let column = 1 + before[start..].iter().filter(|b| **b & 0xc0 != 0x80).count();
        Self { message: message.into(), line, column }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ReadError {}
