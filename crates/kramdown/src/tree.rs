//! The element tree: what kramdown text says, before it is written as HTML.

use std::borrow::Cow;

use crate::Kind;

/// A parsed text: the element tree, the strings it points into, and the warnings of the parser.
///
/// Elements do not own their texts; a [`Span`] is a range of [`Document::text`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The tree; its kind is [`Kind::Root`].
    pub root: Element,
    /// What the parser warns about, in the order it was found.
    pub warnings: Vec<crate::Warning>,
    pub(crate) pool: String,
    pub(crate) options: crate::Options,
    pub(crate) footnotes: Vec<Footnote>,
    pub(crate) abbreviations: Vec<Abbreviation>,
}

impl Document {
    /// Returns the text a span of this document stands for.
    pub fn text(&self, span: Span) -> &str {
        &self.pool[span.range()]
    }
}

/// The definition of a footnote.
#[derive(Clone, Debug)]
pub(crate) struct Footnote {
    pub name: String,
    pub content: Element,
    pub referenced: bool,
}

/// The definition of an abbreviation.
#[derive(Clone, Debug)]
pub(crate) struct Abbreviation {
    pub title: String,
    pub attr: Attr,
    pub ial: Option<Box<Ial>>,
}

/// A range of the strings of a [`Document`], in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the text is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One element of the tree.
#[derive(Clone, Debug)]
pub struct Element {
    /// What the element is, with the data of its kind.
    pub kind: Kind,
    /// HTML attributes, in the order they were given.
    pub attr: Attr,
    /// The attribute list that was applied to the element: its references say `toc`, `footnotes`, `standalone`…
    pub ial: Option<Box<Ial>>,
    /// What is inside.
    pub children: Vec<Element>,
    /// The line of the source on which the element begins; 1 for the first.
    pub line: u32,
    /// For a child of the root: the line of an attribute list before it, or 0.
    pub(crate) first_line: u32,
    /// For a child of the root: the line after its last one.
    pub(crate) end_line: u32,
}

impl Element {
    pub(crate) fn new(kind: Kind, line: u32) -> Self {
        Element { kind, attr: Attr::default(), ial: None, children: Vec::new(), line, first_line: 0, end_line: 0 }
    }

    /// Whether an attribute list of the element names this reference.
    pub(crate) fn has_ref(&self, name: &str) -> bool {
        self.ial.as_ref().is_some_and(|ial| ial.refs.iter().any(|r| r == name))
    }
}

/// HTML attributes in order; a name occurs once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attr(Vec<(Cow<'static, str>, String)>);

impl Attr {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute; one that is there keeps its place.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some(pair) => pair.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// Removes an attribute and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let index = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(index).1)
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// Whether there is no attribute.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn each_value(&mut self, change: impl Fn(&mut String)) {
        for (_, value) in &mut self.0 {
            change(value);
        }
    }

    /// Adds classes after those that are there. White space before the first goes, as in `"#{old} #{new}".lstrip`.
    pub(crate) fn push_class(&mut self, class: &str) {
        match self.0.iter_mut().find(|(key, _)| key == "class") {
            Some((_, value)) => {
                value.push(' ');
                value.push_str(class);
                let blank = value.len() - value.trim_start_matches(is_lstripped).len();
                value.drain(..blank);
            }
            None => self.0.push((Cow::Borrowed("class"), class.trim_start_matches(is_lstripped).to_owned())),
        }
    }
}

fn is_lstripped(c: char) -> bool {
    matches!(c, '\0' | '\t'..='\r' | ' ')
}

/// An inline attribute list: attributes and the names of the lists it refers to.
#[derive(Clone, Debug, Default)]
pub struct Ial {
    /// Names of attribute list definitions, and the words kramdown itself knows.
    pub refs: Vec<String>,
    /// The attributes given in the list.
    pub attr: Attr,
}

/// Where a [`Kind::HtmlElement`] or a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Among blocks.
    Block,
    /// Inside a line of text.
    Span,
}

/// How the content of an HTML element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentModel {
    /// As blocks of kramdown text.
    Block,
    /// As a line of kramdown text.
    Span,
    /// As HTML.
    Raw,
}

/// The alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Nothing was said.
    Default,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// The quotes that smart quotes become, in the order of the option `smart_quotes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// ‘
    LeftSingle,
    /// ’
    RightSingle,
    /// “
    LeftDouble,
    /// ”
    RightDouble,
}

/// A typographic symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// `---`
    EmDash,
    /// `--`
    EnDash,
    /// `...`
    Ellipsis,
    /// `<<`
    LeftGuillemet,
    /// `>>`
    RightGuillemet,
    /// `<< ` with the space after it
    LeftGuillemetSpace,
    /// ` >>` with the space before it
    RightGuillemetSpace,
}

/// What a line without output was, which decides what an attribute list after it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The end-of-block marker `^`.
    EndOfBlock,
    /// An attribute list.
    Ial,
    /// The definition of an attribute list.
    Ald,
    /// `{::options /}`
    Extension,
    /// A link definition; its number among them.
    Link(u32),
    /// An abbreviation's definition; its number among them.
    Abbreviation(u32),
    /// A footnote's definition.
    Footnote,
}
