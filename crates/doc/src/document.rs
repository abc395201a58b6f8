//! A document: metadata, blocks and notes.

use crate::{Block, Meta, Text};

/// A post or page as a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What is known about it.
    pub meta: Meta,
    /// The content.
    pub blocks: Vec<Block>,
    /// The notes that [`Inline::NoteReference`](crate::Inline::NoteReference) names, in the order of their first reference.
    pub notes: Vec<Note>,
    /// Where the top-level blocks come from, in order; empty where nothing is known.
    pub origins: Vec<Origin>,
}

/// A footnote or an endnote.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The name that references use; each label is there once.
    pub label: Text,
    /// The note's content.
    pub blocks: Vec<Block>,
}

/// The lines of the author's file that some top-level blocks were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The index of the first block in [`Document::blocks`].
    pub first_block: u32,
    /// How many blocks came of these lines; may be 0.
    pub blocks: u32,
    /// The first line, counted from 1 in the body (the text after the head).
    pub first_line: u32,
    /// How many lines.
    pub lines: u32,
}
