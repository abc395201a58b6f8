//! Why a run cannot go on.

use std::fmt;
use std::io;

/// The run cannot go on. (A post that cannot be converted is no such error: see [`Outcome::Failed`](crate::Outcome).)
#[derive(Debug)]
pub enum RunError {
    /// An input cannot be read at all.
    Input {
        /// The path as it was given.
        path: String,
        /// Why.
        why: String,
    },
    /// The output cannot be written.
    Output(io::Error),
    /// What was asked for does not fit together.
    Usage(String),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { path, why } => write!(f, "cannot read `{path}`: {why}"),
            Self::Output(error) => write!(f, "cannot write: {error}"),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for RunError {}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
