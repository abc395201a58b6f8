//! Why a text is not YAML.

use std::fmt;

/// Why a text cannot be read as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The reason, lower case, without a place.
    pub message: String,
    /// The line of the text, counted from 1.
    pub line: u32,
}

impl YamlError {
    pub(crate) fn new(message: String, line: u32) -> Self {
        Self { message, line }
    }
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for YamlError {}
