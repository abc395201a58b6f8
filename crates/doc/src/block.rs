//! Blocks: what stands below one another.

use crate::{Attr, Inline, Namespace, Table, Text};

/// A block of a document.
///
/// Exhaustive on purpose: a writer that forgets a kind does not compile. [`Block::Plain`] and
/// [`Block::Paragraph`] tell tight list items from loose ones, item by item, as kramdown does.
#[allow(missing_docs, reason = "a kind's sentence names its fields")]
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph: `<p>`.
    Paragraph { attr: Attr, content: Vec<Inline> },
    /// Text that stands in a container without a paragraph around it: `<li>text</li>`.
    Plain { content: Vec<Inline> },
    /// A heading. `generated_id` says that the id was made from its text, not written by the author.
    Heading { attr: Attr, level: Level, generated_id: bool, content: Vec<Inline> },
    /// A quotation: `<blockquote>`.
    BlockQuote { attr: Attr, blocks: Vec<Block> },
    /// Preformatted code; `text` ends without the final newline, `language` is the info word.
    CodeBlock { attr: Attr, language: Option<Text>, text: Text },
    /// A bullet or numbered list.
    List(Box<List>),
    /// A definition list: `<dl>`.
    DefinitionList { attr: Attr, items: Vec<DefinitionItem> },
    /// A table.
    Table(Box<Table>),
    /// A figure with its caption (empty where there is none).
    Figure { attr: Attr, blocks: Vec<Block>, caption: Vec<Block> },
    /// A line across: `<hr>`.
    ThematicBreak { attr: Attr },
    /// Display mathematics in TeX, without its delimiters.
    Math { attr: Attr, tex: Text },
    /// A container without a meaning of its own: `<div>`.
    Division { attr: Attr, blocks: Vec<Block> },
    /// An HTML element without a kind of its own (`details`, `iframe`, `video`, unknown ones), children parsed.
    Element { namespace: Namespace, name: Text, attr: Attr, blocks: Vec<Block> },
    /// A comment: `<!--more-->` means something.
    Comment { text: Text },
    /// Source text of another language that no reader of ours understands, e.g. an unknown Liquid tag
    /// (`format` = `liquid`).
    Raw { format: Text, text: Text },
}

impl Block {
    /// Makes a paragraph without attributes.
    pub fn paragraph(content: Vec<Inline>) -> Self {
        Self::Paragraph { attr: Attr::default(), content }
    }

    /// The attributes, where the kind has any.
    pub fn attr(&self) -> Option<&Attr> {
        match self {
            Self::Paragraph { attr, .. }
            | Self::Heading { attr, .. }
            | Self::BlockQuote { attr, .. }
            | Self::CodeBlock { attr, .. }
            | Self::DefinitionList { attr, .. }
            | Self::Figure { attr, .. }
            | Self::ThematicBreak { attr }
            | Self::Math { attr, .. }
            | Self::Division { attr, .. }
            | Self::Element { attr, .. } => Some(attr),
            Self::List(list) => Some(&list.attr),
            Self::Table(table) => Some(&table.attr),
            Self::Plain { .. } | Self::Comment { .. } | Self::Raw { .. } => None,
        }
    }
}

/// The level of a heading, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(u8);

impl Level {
    /// Makes a level; what is out of range becomes the nearest level.
    pub fn new(level: u8) -> Self {
        Self(level.clamp(1, 6))
    }

    /// The number, 1 to 6.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A bullet or numbered list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The list's attributes.
    pub attr: Attr,
    /// Bullets or numbers.
    pub kind: ListKind,
    /// The items in order.
    pub items: Vec<ListItem>,
}

/// Bullets or numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// `<ul>`
    Bullet,
    /// `<ol>`, with the number of its first item.
    Ordered {
        /// The first number.
        start: i32,
    },
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListItem {
    /// The item's attributes.
    pub attr: Attr,
    /// The state of a task's box, where the item has one.
    pub checked: Option<bool>,
    /// The content: a [`Block::Plain`] first in a tight item, a [`Block::Paragraph`] in a loose one.
    pub blocks: Vec<Block>,
}

/// A group of terms with their definitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefinitionItem {
    /// The terms: `<dt>`.
    pub terms: Vec<Term>,
    /// The definitions: `<dd>`.
    pub definitions: Vec<Definition>,
}

/// A term of a definition list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// The term's attributes.
    pub attr: Attr,
    /// The term itself.
    pub content: Vec<Inline>,
}

/// A definition of a definition list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definition {
    /// The definition's attributes.
    pub attr: Attr,
    /// Its content, tight or loose as a list item's.
    pub blocks: Vec<Block>,
}
