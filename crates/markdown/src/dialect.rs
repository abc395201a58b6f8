//! The dialects: what each adds to CommonMark, in one table.

use pulldown_cmark::Options;

/// A Markdown dialect: how Markdown is spelled and read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// CommonMark 0.31 and nothing else.
    CommonMark,
    /// GitHub's: tables, strikethrough, task lists, footnotes.
    #[default]
    Gfm,
    /// Hugo's goldmark with its default extensions; shortcodes are broken up.
    Goldmark,
    /// kramdown with its GFM parser, as Jekyll sets it.
    Kramdown,
    /// Obsidian: GitHub's with math; lenient about `**` beside punctuation.
    Obsidian,
    /// MDX 2 and later with remark-gfm: tags are JSX, braces are expressions.
    Mdx,
    /// Python-Markdown with `extra`.
    PythonMarkdown,
    /// markdown-it with HTML allowed, as Eleventy sets it.
    MarkdownIt,
}

/// How attributes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttributeSyntax {
    /// Not at all.
    None,
    /// `{#id .class}` after a heading.
    Headings,
    /// `{: #id .class key="value"}` after blocks and spans.
    Lists,
}

/// How mathematics is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MathSyntax {
    /// As the text that MathJax looks for in the page: `\(…\)` and `\[…\]`.
    Text,
    /// `$…$` and `$$…$$`.
    Dollars,
    /// `$$…$$` for both.
    DoubleDollars,
}

/// Which program reads the text again for the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// pulldown-cmark.
    CommonMark,
    /// Our kramdown.
    Kramdown,
}

/// What a dialect can say and what it needs escaped.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "a table of yes and no")]
pub(crate) struct Traits {
    /// Pipe tables.
    pub tables: bool,
    /// `~~del~~`.
    pub strikethrough: bool,
    /// `- [ ] task`.
    pub tasks: bool,
    /// `[^1]` and `[^1]: …`.
    pub footnotes: bool,
    /// `term` and `: definition`.
    pub definitions: bool,
    /// How attributes are written.
    pub attributes: AttributeSyntax,
    /// How mathematics is written.
    pub math: MathSyntax,
    /// `**` may stand between punctuation and a letter.
    pub lenient_flanking: bool,
    /// Tags are JSX and braces are expressions.
    pub jsx: bool,
    /// `{{<` and `{{%` are shortcodes.
    pub shortcodes: bool,
    /// Straight quotes, dots and dashes become typographic ones.
    pub smart: bool,
    /// A list keeps its number only with an attribute.
    pub starts_at_one: bool,
    /// The content of a list item is indented by four columns.
    pub four_columns: bool,
    /// A backslash at the end of a line breaks it.
    pub backslash_break: bool,
    /// Which program reads the text again.
    pub reader: Reader,
}

const COMMON: Traits = Traits {
    tables: false,
    strikethrough: false,
    tasks: false,
    footnotes: false,
    definitions: false,
    attributes: AttributeSyntax::None,
    math: MathSyntax::Text,
    lenient_flanking: false,
    jsx: false,
    shortcodes: false,
    smart: false,
    starts_at_one: false,
    four_columns: false,
    backslash_break: true,
    reader: Reader::CommonMark,
};

const GITHUB: Traits = Traits { tables: true, strikethrough: true, tasks: true, footnotes: true, ..COMMON };

impl Dialect {
    /// All dialects, in the order of their table.
    pub const ALL: [Dialect; 8] = [
        Dialect::CommonMark,
        Dialect::Gfm,
        Dialect::Goldmark,
        Dialect::Kramdown,
        Dialect::Obsidian,
        Dialect::Mdx,
        Dialect::PythonMarkdown,
        Dialect::MarkdownIt,
    ];

    /// The dialect's name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::CommonMark => "commonmark",
            Dialect::Gfm => "gfm",
            Dialect::Goldmark => "goldmark",
            Dialect::Kramdown => "kramdown",
            Dialect::Obsidian => "obsidian",
            Dialect::Mdx => "mdx",
            Dialect::PythonMarkdown => "python-markdown",
            Dialect::MarkdownIt => "markdown-it",
        }
    }

    /// The dialect of a name, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.name() == name)
    }

    /// What the dialect adds.
    pub(crate) fn traits(self) -> Traits {
        match self {
            Dialect::CommonMark => COMMON,
            Dialect::Gfm => GITHUB,
            Dialect::Goldmark => Traits { definitions: true, attributes: AttributeSyntax::Headings, shortcodes: true, ..GITHUB },
            Dialect::Kramdown => Traits {
                tasks: true,
                definitions: true,
                attributes: AttributeSyntax::Lists,
                math: MathSyntax::DoubleDollars,
                lenient_flanking: true,
                smart: true,
                starts_at_one: true,
                reader: Reader::Kramdown,
                ..GITHUB
            },
            Dialect::Obsidian => Traits { math: MathSyntax::Dollars, lenient_flanking: true, ..GITHUB },
            Dialect::Mdx => Traits { jsx: true, ..GITHUB },
            Dialect::PythonMarkdown => Traits {
                tables: true,
                footnotes: true,
                definitions: true,
                // It has attribute lists, but the proof's reader would take them for text.
                attributes: AttributeSyntax::Headings,
                four_columns: true,
                backslash_break: false,
                starts_at_one: true,
                ..COMMON
            },
            Dialect::MarkdownIt => Traits { tables: true, strikethrough: true, ..COMMON },
        }
    }

    /// The extensions with which pulldown-cmark reads the dialect.
    pub(crate) fn parser_options(self) -> Options {
        let traits = self.traits();
        let mut options = Options::empty();
        options.set(Options::ENABLE_TABLES, traits.tables);
        options.set(Options::ENABLE_STRIKETHROUGH, traits.strikethrough);
        options.set(Options::ENABLE_TASKLISTS, traits.tasks);
        options.set(Options::ENABLE_FOOTNOTES, traits.footnotes);
        options.set(Options::ENABLE_DEFINITION_LIST, traits.definitions);
        options.set(Options::ENABLE_HEADING_ATTRIBUTES, traits.attributes != AttributeSyntax::None);
        options.set(Options::ENABLE_MATH, traits.math == MathSyntax::Dollars);
        options
    }
}
