//! YAML text as a stream of events, exactly as libyaml 0.2.5 sees it.
//!
//! Jekyll reads heads with SafeYAML on Psych on libyaml, so what is valid and what is not is libyaml's answer: tabs,
//! next-line characters as line breaks, quoted texts and lists continued at column 0, the 1,024 characters of a key.
//! This is libyaml's own division of labour (`scanner.c`, `parser.c`; LICENSE-libyaml) written anew in safe Rust: a
//! scanner that makes tokens and decides afterwards that something was a key, and a grammar that makes events. Only the first document
//! is read, as SafeYAML does. Nesting is bounded, so time is linear and memory small.

mod cursor;
mod grammar;
mod names;
mod scalars;
mod scanner;

use std::borrow::Cow;

#[cfg(test)]
pub(crate) use cursor::STEPS;
pub(crate) use grammar::Events;

/// How deep collections may be nested.
pub(crate) const DEPTH: usize = 255;

/// An event of the first document.
#[derive(Debug, PartialEq)]
pub(crate) enum Event<'a> {
    /// A scalar; `tag` is its whole name, `guess` says whether SafeYAML guesses its type: it is plain or has a tag.
    Scalar { text: Cow<'a, str>, style: Style, guess: bool, tag: Option<String>, anchor: Option<&'a str> },
    /// A list begins.
    ListStart { anchor: Option<&'a str> },
    /// A map begins; `flow` says whether it stands in braces.
    MapStart { anchor: Option<&'a str>, flow: bool },
    /// The innermost list or map ends.
    End,
    /// What an anchor of that name marks stands here again.
    Alias(&'a str),
    /// The document ends.
    DocumentEnd,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// A block scalar, `|` or `>`.
    Block,
    /// A list or a map, or another name for a value (`*alias`).
    Structure,
}

/// An event with the bytes of the text that it covers.
#[derive(Debug)]
pub(crate) struct Spanned<'a> {
    pub event: Event<'a>,
    pub start: usize,
    pub end: usize,
}

/// The line of a byte, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> u32 {
    1 + text.as_bytes()[..at].split(|byte| *byte == b'\n').skip(1).count() as u32
}
