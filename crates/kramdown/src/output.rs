//! The two ways in: text to HTML, and text to a tree.

use std::ops::Range;

use crate::{Document, Options, parser, render};

/// HTML, and what there is to say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The HTML.
    pub html: String,
    /// What kramdown warns about, in the order it was found.
    pub warnings: Vec<Warning>,
    /// The blocks of the text that are in no other block, in order; none for the parser `SmartyPants`, which has text instead.
    pub blocks: Vec<BlockSpan>,
}

/// One of kramdown's warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line of the text, 1 for the first.
    pub line: Option<u32>,
    /// What was found, in kramdown's words.
    pub message: String,
}

/// A top-level block: its source lines (1-based, end exclusive) and its byte range in `html`.
///
/// Lines of attribute lists before and after belong to their block; blank lines to none. Two blocks may share a line,
/// as what follows an HTML element on its line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockSpan {
    /// The lines it came from.
    pub lines: Range<u32>,
    /// Where it is in the HTML.
    pub html: Range<usize>,
}

/// Turns kramdown text into HTML.
///
/// Every text has HTML; what kramdown finds odd is in the warnings.
pub fn to_html(text: &str, options: &Options) -> Output {
    let document = parser::Parser::new(text, options).run();
    let (html, mut warnings, blocks) = render::render(&document);
    let mut all = document.warnings;
    all.append(&mut warnings);
    Output { html, warnings: all, blocks }
}

/// Turns kramdown text into HTML without a highlighter's marks, and into HTML with them where they make a difference.
///
/// The first says what the text holds, such as the language of a block of code; the second is what kramdown writes.
pub fn to_html_with_marks(text: &str, options: &Options) -> (Output, Option<String>) {
    let mut document = parser::Parser::new(text, options).run();
    let highlighter = document.options.syntax_highlighter.take();
    let (html, mut warnings, blocks) = render::render(&document);
    let mut all = std::mem::take(&mut document.warnings);
    all.append(&mut warnings);
    let marked = if highlighter.is_some() && html.contains("<code") {
        document.options.syntax_highlighter = highlighter;
        Some(document.to_html()).filter(|marked| *marked != html)
    } else {
        None
    };
    (Output { html, warnings: all, blocks }, marked)
}

/// Reads kramdown text into a tree.
pub fn parse(text: &str, options: &Options) -> Document {
    parser::Parser::new(text, options).run()
}

impl Document {
    /// Writes the tree as HTML.
    pub fn to_html(&self) -> String {
        render::render(self).0
    }
}
