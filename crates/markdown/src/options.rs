//! What a caller can choose.

use postferry_doc::Limits;

use crate::Dialect;

/// How Markdown is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WriteOptions {
    /// The dialect; default [`Dialect::Gfm`].
    pub dialect: Dialect,
    /// Whether the text is read again and what differs is respelled; default yes.
    pub proof: bool,
    /// One style throughout; see [`Style`].
    pub style: Style,
    /// What happens to `**` between punctuation and a letter; default [`CjkEmphasis::Reference`].
    pub cjk_emphasis: CjkEmphasis,
    /// What happens to HTML; default [`RawHtml::Convert`].
    pub html: RawHtml,
    /// What happens to typographic quotes that a smart engine made; default [`Typography::Source`].
    pub typography: Typography,
    /// What happens to attributes that the dialect cannot write; default [`AttributePolicy::Essential`].
    pub attributes: AttributePolicy,
    /// What one document may cost.
    pub limits: Limits,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            dialect: Dialect::default(),
            proof: true,
            style: Style::default(),
            cjk_emphasis: CjkEmphasis::default(),
            html: RawHtml::default(),
            typography: Typography::default(),
            attributes: AttributePolicy::default(),
            limits: Limits::default(),
        }
    }
}

impl WriteOptions {
    /// The defaults for a dialect.
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, ..Self::default() }
    }
}

/// The look of what the writer spells itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Style {
    /// The bullet: `-` (default), `*` or `+`.
    pub bullet: char,
    /// The fence: a backtick (default) or `~`.
    pub fence: char,
    /// Headings of the first two levels with a line below rather than `#`; default no.
    pub underlined_headings: bool,
    /// The column at which text is wrapped; default none: lines end where they ended in the source.
    pub wrap: Option<usize>,
    /// Links as `[text][1]` with the targets at the end of the document; default no.
    pub reference_links: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { bullet: '-', fence: '`', underlined_headings: false, wrap: None, reference_links: false }
    }
}

/// What to do where CommonMark does not see a delimiter: `甲**推进工作。**提高`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CjkEmphasis {
    /// `<strong>推进工作。</strong>提高`
    Html,
    /// `**推进工作。**&#x63D0;高`
    #[default]
    Reference,
    /// `**推进工作**。提高`: the punctuation leaves the emphasis.
    Move,
}

/// What happens to HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// HTML of the author stays HTML.
    Keep,
    /// Elements without a kind of their own, figures and comments lose their tags, with a diagnostic; tables and lists
    /// that Markdown cannot say stay HTML.
    Drop,
    /// HTML becomes Markdown wherever Markdown can say it.
    #[default]
    Convert,
}

/// What happens to the quotes, dots and dashes that a smart engine made of straight ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typography {
    /// Straight ones stay as they were written.
    #[default]
    Source,
    /// Typographic ones are written into the text.
    Write,
}

/// What happens to attributes that the dialect has no spelling for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AttributePolicy {
    /// Sizes of images, the author's ids of headings or that a link leads to, and all attributes of what must be HTML in any
    /// case stay; the rest is a `lost/attribute` diagnostic.
    #[default]
    Essential,
    /// Every attribute stays, as HTML.
    Html,
    /// All are left out, with a `lost/attribute` diagnostic.
    Drop,
}
