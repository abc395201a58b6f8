//! The YAML parser behind one narrow door: what it says, in the words that SafeYAML's handler hears.

use std::borrow::Cow;

use granit_parser::{Event as Granit, Parser, ScalarStyle, ScanError};

use crate::YamlError;

/// How deep collections may be nested.
pub(crate) const DEPTH: usize = 255;

/// An event of the parser.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// A scalar. `guess` says whether SafeYAML guesses its type: it is plain, or has a tag.
    Scalar { text: Cow<'a, str>, style: Style, guess: bool, binary: bool, anchor: usize },
    /// A list begins.
    ListStart { anchor: usize },
    /// A map begins; `flow` says whether it stands in braces.
    MapStart { anchor: usize, flow: bool },
    /// The innermost list or map ends.
    End,
    /// What an anchor names stands here again; none if there is no such anchor.
    Alias(Option<usize>),
    /// The first document ends.
    DocumentEnd,
}

/// How a scalar is written.
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
pub(crate) struct Spanned<'a> {
    pub event: Event<'a>,
    pub start: usize,
    pub end: usize,
}

/// Reads the events of the first document of a text.
pub(crate) struct Events<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    text: &'a str,
}

impl<'a> Events<'a> {
    /// Begins to read.
    pub(crate) fn new(text: &'a str) -> Self {
        let options = granit_parser::options! {
            bom_inside_document_as_content: true,
            block_scalar_eof_without_line_feed: true,
            emit_unresolved_aliases: true,
            emit_comments: false,
            flow_nesting_limit: DEPTH,
            block_nesting_limit: DEPTH,
        };
        Self { parser: Parser::new_from_str_with_options(text, options), text }
    }

    /// The next event; none at the end of the text.
    pub(crate) fn next_event(&mut self) -> Result<Option<Spanned<'a>>, YamlError> {
        loop {
            let Some(next) = self.parser.next_event() else { return Ok(None) };
            let (event, span) = next.map_err(|error| self.error(&error))?;
            let event = match event {
                Granit::Scalar(text, style, anchor, tag) => {
                    let name = tag.as_ref().map(|tag| (tag.handle(), tag.suffix()));
                    let binary =
                        matches!(name, Some(("tag:yaml.org,2002:", "binary") | ("!", "binary") | ("x-private:", "binary")));
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted => Style::SingleQuoted,
                        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                    };
                    let guess = style == Style::Plain || name.is_some();
                    Event::Scalar { text, style, guess, binary, anchor }
                }
                Granit::SequenceStart(_, anchor, _) => Event::ListStart { anchor },
                Granit::MappingStart(style, anchor, _) => {
                    Event::MapStart { anchor, flow: style == granit_parser::StructureStyle::Flow }
                }
                Granit::SequenceEnd | Granit::MappingEnd => Event::End,
                Granit::Alias(anchor) => Event::Alias(Some(anchor)),
                Granit::UnresolvedAlias(_) => Event::Alias(None),
                Granit::DocumentEnd => Event::DocumentEnd,
                _ => continue,
            };
            let start = span.start.byte_offset().unwrap_or(0).min(self.text.len());
            let end = span.end.byte_offset().unwrap_or(start).min(self.text.len());
            return Ok(Some(Spanned { event, start, end }));
        }
    }

    fn error(&self, error: &ScanError) -> YamlError {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        YamlError::new(error.info(), line_of(self.text, at))
    }
}

/// The line of a byte, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> u32 {
    1 + text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() as u32
}
