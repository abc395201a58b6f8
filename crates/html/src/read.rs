//! HTML to the tree: what the crate's readers take and give.

use std::ops::Range;

use postferry_doc::{Block, Diagnostic, Limits, Note, Origin};

use crate::lower;
use crate::parse;

/// How HTML is read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// What one text may cost; default [`Limits::default`].
    pub limits: Limits,
    /// Which ids of headings were made from their text; default [`AutoIds::Rule`].
    pub auto_ids: AutoIds,
    /// Whether `\(…\)` and `\[…\]` are mathematics, as kramdown writes it; default true.
    pub math: bool,
    /// Whether footnotes are recognised; default true.
    pub notes: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { limits: Limits::default(), auto_ids: AutoIds::Rule, math: true, notes: true }
    }
}

/// Which ids of headings were made from their text, not written by the author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AutoIds {
    /// None of them.
    None,
    /// Those that kramdown or its GFM parser makes of the heading's text.
    #[default]
    Rule,
    /// All of them.
    All,
}

/// A part of the HTML that came of one block of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes of the HTML.
    pub html: Range<usize>,
    /// The first line of the source, counted from 1.
    pub first_line: u32,
    /// How many lines.
    pub lines: u32,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The content.
    pub blocks: Vec<Block>,
    /// The footnotes, in the order in which they stand.
    pub notes: Vec<Note>,
    /// For each piece, the blocks that came of it.
    pub origins: Vec<Origin>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads an HTML fragment: the content of a `<body>`. Never fails.
///
/// ```
/// use postferry_doc::{Block, Inline};
/// use postferry_html::{ReadOptions, read};
///
/// let reading = read("<p>Hello, <b>world</b></p>", &ReadOptions::default());
/// let content = vec![Inline::text("Hello, "), Inline::strong(vec![Inline::text("world")])];
/// assert_eq!(reading.blocks, [Block::paragraph(content)]);
/// ```
pub fn read(html: &str, options: &ReadOptions) -> Reading {
    let parsed = parse::parse_fragment(std::iter::once(html), &options.limits);
    lower::lower(&parsed, html, &[], options)
}

/// Reads an HTML fragment that is fed piece by piece, and notes which blocks came of which piece.
///
/// The pieces are in order and do not overlap; what lies between them is read as well, as part of the piece before it.
/// A piece that ends on no boundary of a character is cut there.
pub fn read_pieces(html: &str, pieces: &[Piece], options: &ReadOptions) -> Reading {
    let mut cuts: Vec<usize> = pieces.iter().map(|piece| boundary(html, piece.html.start)).collect();
    for at in 1..cuts.len() {
        cuts[at] = cuts[at].max(cuts[at - 1]);
    }
    let head = cuts.first().map_or(html.len(), |first| *first);
    let parts = cuts.iter().enumerate().map(|(n, from)| {
        let to = cuts.get(n + 1).map_or(html.len(), |next| *next);
        &html[*from..to]
    });
    let parsed = parse::parse_fragment(std::iter::once(&html[..head]).chain(parts), &options.limits);
    lower::lower(&parsed, html, pieces, options)
}

/// The nearest boundary of a character at or before `at`.
fn boundary(html: &str, at: usize) -> usize {
    let mut at = at.min(html.len());
    while !html.is_char_boundary(at) {
        at -= 1;
    }
    at
}
