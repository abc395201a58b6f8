//! Inlines: what stands in a line of text.

use crate::{Attr, Text};

/// A piece of running text.
#[allow(missing_docs, reason = "a kind's sentence names its fields")]
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text; white space in it is already collapsed to single spaces.
    Text(Text),
    /// A line end in the source that shows as a space.
    SoftBreak,
    /// A line break that shows: `<br>`.
    LineBreak,
    /// `<em>` or `<i>`.
    Emphasis { attr: Attr, content: Vec<Inline> },
    /// `<strong>` or `<b>`.
    Strong { attr: Attr, content: Vec<Inline> },
    /// `<del>` or `<s>`.
    Strikethrough { attr: Attr, content: Vec<Inline> },
    /// `<sup>`
    Superscript { attr: Attr, content: Vec<Inline> },
    /// `<sub>`
    Subscript { attr: Attr, content: Vec<Inline> },
    /// A span of code.
    Code { attr: Attr, text: Text },
    /// A link; `target` is the URL as written, `title` what shows on hovering.
    Link { attr: Attr, target: Text, title: Option<Text>, content: Vec<Inline> },
    /// An image; `alt` is its text alternative (`None` where the author gave no `alt` at all).
    Image { attr: Attr, source: Text, title: Option<Text>, alt: Option<Text> },
    /// A reference to the note of that label (see [`Document::notes`](crate::Document)).
    NoteReference { label: Text },
    /// Mathematics in TeX without its delimiters.
    Math { attr: Attr, tex: Text },
    /// A span without a meaning of its own: `<span>`.
    Span { attr: Attr, content: Vec<Inline> },
    /// An HTML element without a kind of its own (`kbd`, `ruby`, `mark`, `abbr`), children parsed.
    Element { namespace: Namespace, name: Text, attr: Attr, content: Vec<Inline> },
    /// A comment.
    Comment { text: Text },
    /// Source text of another language, as [`Block::Raw`](crate::Block::Raw).
    Raw { format: Text, text: Text },
}

impl Inline {
    /// Makes a text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// Makes a strong text without attributes.
    pub fn strong(content: Vec<Inline>) -> Self {
        Self::Strong { attr: Attr::default(), content }
    }

    /// Makes an emphasised text without attributes.
    pub fn emphasis(content: Vec<Inline>) -> Self {
        Self::Emphasis { attr: Attr::default(), content }
    }

    /// Makes a link without attributes and title.
    pub fn link(target: &str, content: Vec<Inline>) -> Self {
        Self::Link { attr: Attr::default(), target: target.into(), title: None, content }
    }

    /// The inlines inside, where the kind holds any.
    pub fn content(&self) -> Option<&[Inline]> {
        match self {
            Self::Emphasis { content, .. }
            | Self::Strong { content, .. }
            | Self::Strikethrough { content, .. }
            | Self::Superscript { content, .. }
            | Self::Subscript { content, .. }
            | Self::Link { content, .. }
            | Self::Span { content, .. }
            | Self::Element { content, .. } => Some(content),
            Self::Text(_)
            | Self::SoftBreak
            | Self::LineBreak
            | Self::Code { .. }
            | Self::Image { .. }
            | Self::NoteReference { .. }
            | Self::Math { .. }
            | Self::Comment { .. }
            | Self::Raw { .. } => None,
        }
    }

    /// The inlines inside, to be changed.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Self::Emphasis { content, .. }
            | Self::Strong { content, .. }
            | Self::Strikethrough { content, .. }
            | Self::Superscript { content, .. }
            | Self::Subscript { content, .. }
            | Self::Link { content, .. }
            | Self::Span { content, .. }
            | Self::Element { content, .. } => Some(content),
            Self::Text(_)
            | Self::SoftBreak
            | Self::LineBreak
            | Self::Code { .. }
            | Self::Image { .. }
            | Self::NoteReference { .. }
            | Self::Math { .. }
            | Self::Comment { .. }
            | Self::Raw { .. } => None,
        }
    }

    /// The attributes, where the kind has any.
    pub fn attr(&self) -> Option<&Attr> {
        match self {
            Self::Emphasis { attr, .. }
            | Self::Strong { attr, .. }
            | Self::Strikethrough { attr, .. }
            | Self::Superscript { attr, .. }
            | Self::Subscript { attr, .. }
            | Self::Code { attr, .. }
            | Self::Link { attr, .. }
            | Self::Image { attr, .. }
            | Self::Math { attr, .. }
            | Self::Span { attr, .. }
            | Self::Element { attr, .. } => Some(attr),
            Self::Text(_)
            | Self::SoftBreak
            | Self::LineBreak
            | Self::NoteReference { .. }
            | Self::Comment { .. }
            | Self::Raw { .. } => None,
        }
    }
}

/// The namespace of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Namespace {
    /// HTML.
    #[default]
    Html,
    /// SVG.
    Svg,
    /// MathML.
    MathMl,
}
