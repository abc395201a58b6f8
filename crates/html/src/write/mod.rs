//! The tree to HTML or XHTML.

mod block;
mod inline;
mod notes;
mod text;
mod xhtml;

use std::collections::{HashMap, HashSet};
use std::fmt;

pub(crate) use text::{escape_attribute, escape_text};

use postferry_doc::{Block, Diagnostic, Limits, Namespace, Note};

/// Writes a formula as MathML, or gives `None` where it cannot; the flag says whether it is set apart.
pub type MathWriter<'a> = &'a dyn Fn(&str, bool) -> Option<String>;

/// How HTML is written.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct WriteOptions<'a> {
    /// HTML or XHTML; default HTML.
    pub syntax: Syntax,
    /// How footnotes are written; default as kramdown does.
    pub notes: NoteStyle,
    /// Writes mathematics as markup of its own; by default it stays TeX between `\(…\)` and `\[…\]`.
    pub math: Option<MathWriter<'a>>,
}

impl fmt::Debug for WriteOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteOptions")
            .field("syntax", &self.syntax)
            .field("notes", &self.notes)
            .field("math", &self.math.is_some())
            .finish()
    }
}

/// The language that is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// HTML as browsers read it.
    #[default]
    Html,
    /// XHTML5 as EPUB asks for it: well-formed, and nothing that EPUB forbids.
    Xhtml,
}

/// How footnotes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoteStyle {
    /// A `div.footnotes` with a list at the end, as kramdown writes it.
    #[default]
    Section,
    /// `<aside epub:type="footnote">`, which reading systems show as a popup.
    Asides,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The markup.
    pub html: String,
    /// What could not be written as it is.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes blocks and their notes as a fragment.
///
/// ```
/// use postferry_doc::{Block, Inline};
/// use postferry_html::{WriteOptions, write};
///
/// let blocks = [Block::paragraph(vec![Inline::text("1 < 2")])];
/// assert_eq!(write(&blocks, &[], &WriteOptions::default()).html, "<p>1 &lt; 2</p>\n");
/// ```
pub fn write(blocks: &[Block], notes: &[Note], options: &WriteOptions<'_>) -> Written {
    let mut writer = Writer {
        out: String::new(),
        options,
        diagnostics: Vec::new(),
        noted: HashSet::new(),
        notes,
        numbers: notes.iter().enumerate().map(|(n, note)| (note.label.as_str(), n)).collect(),
        references: vec![0; notes.len()],
        depth: 0,
        deepest: Limits::default().depth + 8,
        exact: false,
        in_link: false,
        formulas: Formulas::default(),
        ids: HashSet::new(),
        namespace: Namespace::Html,
    };
    writer.reserve_note_ids();
    writer.blocks(blocks);
    writer.note_section();
    Written { html: writer.out, diagnostics: writer.diagnostics }
}

/// Where text could become a formula that it is not.
#[derive(Clone, Copy, Debug, Default)]
struct Formulas {
    /// One text holds the beginning of a formula, another its end.
    apart: bool,
    /// The text that comes next stands between blocks, where `\[…\]` is a block.
    between: bool,
    /// Blocks stand in an element of running text, which only a block's own tag makes a container.
    boxed: bool,
}

/// What is under way.
struct Writer<'a> {
    out: String,
    options: &'a WriteOptions<'a>,
    diagnostics: Vec<Diagnostic>,
    /// What was said already: each thing is said once.
    noted: HashSet<(&'static str, String)>,
    notes: &'a [Note],
    /// The place of each label in `notes`.
    numbers: HashMap<&'a str, usize>,
    /// How many references to each note were written.
    references: Vec<usize>,
    depth: usize,
    deepest: usize,
    /// Whether white space stays as it is.
    exact: bool,
    in_link: bool,
    formulas: Formulas,
    /// The ids that are taken, in XHTML.
    ids: HashSet<String>,
    /// The namespace of the element around, in XHTML.
    namespace: Namespace,
}

impl Writer<'_> {
    fn is_xhtml(&self) -> bool {
        self.options.syntax == Syntax::Xhtml
    }

    /// Goes one level down; false where the tree is deeper than any reader makes it.
    fn enter(&mut self) -> bool {
        if self.depth >= self.deepest {
            return false;
        }
        self.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn note(&mut self, code: &'static str, message: String) {
        if self.noted.insert((code, message.clone())) {
            self.diagnostics.push(Diagnostic::warning(code, message));
        }
    }
}
