//! Why a text is not YAML.

use std::fmt;

pub(crate) const TOO_DEEP: &str = "nested too deep";
pub(crate) const TOO_MUCH: &str = "aliases repeat too much";
pub(crate) const ENDLESS: &str = "an alias stands inside what it names";

/// Why a text cannot be read as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The reason, lower case, without a place.
    pub message: String,
    /// The line of the text, counted from 1.
    pub line: u32,
}

impl YamlError {
    /// Says whether the text is YAML but asks for more than it may: a limit on nesting or on what aliases repeat.
    pub fn is_limit(&self) -> bool {
        [TOO_DEEP, TOO_MUCH, ENDLESS].contains(&self.message.as_str())
    }

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
