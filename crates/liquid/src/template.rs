//! A parsed template: its nodes, and what parsing it found.

use std::sync::Arc;

use crate::condition::Condition;
use crate::error::{Error, Warning};
use crate::expression::Expression;
use crate::filtered::Filtered;
use crate::host::HighlightOptions;
use crate::parse;
use crate::plugin::{Arguments, PluginTag, TagTable};

/// A template, parsed once and rendered as often as wanted, by any number of threads.
pub struct Template {
    pub(crate) name: String,
    pub(crate) source: Arc<str>,
    pub(crate) body: Body,
    pub(crate) has_tags: bool,
    warnings: Vec<Warning>,
}

/// What to do where Jekyll would end the build.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The error ends the parsing or the rendering.
    #[default]
    Strict,
    /// The construct stays as it is written, with a warning, and the rest goes on.
    Tolerant,
}

/// How to parse templates.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ParseOptions {
    /// What to do with errors; by default they end the parsing.
    pub mode: Mode,
    /// The plugins' tags that are known; by default none.
    pub tags: Arc<TagTable>,
}

impl ParseOptions {
    /// As Jekyll without plugins does it.
    pub fn strict() -> Self {
        Self::default()
    }

    /// What goes wrong stays in the text; the plugins' tags of the table have their meaning.
    pub fn tolerant(tags: Arc<TagTable>) -> Self {
        Self { mode: Mode::Tolerant, tags }
    }
}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// In strict mode where Liquid raises a syntax error; in tolerant mode never.
    pub fn parse(source: &str, options: &ParseOptions) -> Result<Self, Error> {
        Self::parse_named(source, "", options)
    }

    /// Parses a template whose name errors and warnings carry.
    ///
    /// # Errors
    ///
    /// As [`Template::parse`].
    pub fn parse_named(source: &str, name: &str, options: &ParseOptions) -> Result<Self, Error> {
        let source: Arc<str> = Arc::from(source);
        let parsed = parse::parse(&source, options).map_err(|error| error.within(name))?;
        let mut warnings = parsed.warnings;
        if !name.is_empty() {
            for warning in &mut warnings {
                warning.template.get_or_insert_with(|| name.to_owned());
            }
        }
        let has_tags = parsed.body.nodes.iter().any(|node| !matches!(node.kind, NodeKind::Text));
        Ok(Self { name: name.to_owned(), source, body: parsed.body, has_tags, warnings })
    }

    /// What parsing found: lax syntax, unknown tags and, in tolerant mode, what would be errors.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Whether the template is more than text.
    pub fn has_tags(&self) -> bool {
        self.has_tags
    }

    /// The text that was parsed.
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// The nodes between a tag and its end.
#[derive(Default)]
pub(crate) struct Body {
    pub nodes: Vec<Node>,
    pub blank: bool,
}

/// A piece of a template; `start..end` is the source it was made from.
pub(crate) struct Node {
    pub kind: NodeKind,
    pub line: u32,
    pub start: usize,
    pub end: usize,
}

pub(crate) enum NodeKind {
    Text,
    Raw(Box<str>),
    Output(Filtered),
    Assign { name: Arc<str>, value: Filtered },
    Capture { name: Arc<str>, body: Body },
    Comment,
    If { negated: bool, branches: Vec<Branch>, blank: bool },
    Case(Box<Case>),
    For(Box<For>),
    TableRow(Box<TableRow>),
    Cycle(Box<Cycle>),
    Count { name: Arc<str>, down: bool },
    IfChanged(Body),
    Break,
    Continue,
    Include(Box<Include>),
    Link(Wording),
    PostUrl(Box<str>),
    Highlight { language: Box<str>, options: Box<HighlightOptions>, body: Body },
    Plugin(Box<Plugin>),
    Kept(Box<str>),
}

pub(crate) struct Branch {
    /// `None` is `else`.
    pub condition: Option<Condition>,
    pub body: Body,
}

pub(crate) struct Case {
    pub value: Expression,
    pub arms: Vec<Arm>,
    pub blank: bool,
}

pub(crate) struct Arm {
    /// `None` is `else`; the body is written once for each value that fits.
    pub values: Option<Vec<Expression>>,
    pub body: Body,
}

pub(crate) struct For {
    pub variable: Arc<str>,
    pub name: Arc<str>,
    pub collection: Expression,
    pub reversed: bool,
    pub offset: Offset,
    pub limit: Option<Expression>,
    pub body: Body,
    pub otherwise: Option<Body>,
    pub blank: bool,
}

pub(crate) enum Offset {
    None,
    Continue,
    At(Expression),
}

pub(crate) struct TableRow {
    pub variable: Arc<str>,
    pub collection: Expression,
    pub columns: Option<Expression>,
    pub offset: Option<Expression>,
    pub limit: Option<Expression>,
    pub body: Body,
}

pub(crate) struct Cycle {
    pub name: CycleName,
    pub values: Vec<Expression>,
}

pub(crate) enum CycleName {
    /// An expression before a colon.
    Given(Expression),
    /// All values are literals: every cycle over the same ones is the same.
    Literals(Arc<str>),
    /// Some value is a variable: the cycle is its own.
    Own,
}

pub(crate) struct Include {
    pub file: Wording,
    pub parameters: Option<Vec<(Arc<str>, Expression)>>,
    pub relative: bool,
}

/// Text of a tag in which `{{ }}` may stand.
pub(crate) enum Wording {
    Plain(Box<str>),
    Template(Result<Box<Template>, Error>),
}

pub(crate) struct Plugin {
    pub name: Box<str>,
    pub markup: Box<str>,
    pub arguments: Arguments,
    pub tag: PluginTag,
    pub body: Option<Body>,
}
