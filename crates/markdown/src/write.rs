//! Writing a document: what goes in and what comes out.

use postferry_doc::{Diagnostic, Document};

use crate::settings::Settings;
use crate::source::{Source, SourceText};
use crate::{
    WriteOptions,
    assembly::Assembly,
    prepare::{count_styles, prepare},
};

/// What was written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Written {
    /// The Markdown text; ends with a newline unless it is empty.
    pub text: String,
    /// What could not be kept.
    pub diagnostics: Vec<Diagnostic>,
    /// Top-level blocks that came back different at first and were respelled.
    pub respelled: u32,
    /// Top-level blocks that stand as the author wrote them, byte for byte.
    pub kept: u32,
    /// Top-level blocks that were written.
    pub blocks: u32,
}

/// Writes the content of a document, without its head. Never fails.
///
/// ```
/// use postferry_doc::{Block, Document, Inline};
/// use postferry_markdown::{CjkEmphasis, WriteOptions, write};
///
/// let content = vec![Inline::strong(vec![Inline::text("推进工作。")]), Inline::text("提高")];
/// let document = Document { blocks: vec![Block::paragraph(content)], ..Document::default() };
/// let mut options = WriteOptions::default();
/// assert_eq!(write(&document, &options).text, "**推进工作。**&#x63D0;高\n");
/// options.cjk_emphasis = CjkEmphasis::Html;
/// assert_eq!(write(&document, &options).text, "<strong>推进工作。</strong>提高\n");
/// ```
pub fn write(document: &Document, options: &WriteOptions) -> Written {
    let settings = Settings::new(options, !document.notes.is_empty());
    assemble(document, None, settings, options)
}

/// The same, giving the author's own lines back where the dialect reads them as Jekyll does.
///
/// Without origins, or without the proof, this is [`write()`].
///
/// ```
/// use postferry_doc::{Block, Document, Inline, Origin};
/// use postferry_markdown::{SourceText, WriteOptions, write_with_source};
///
/// let mut document = Document::default();
/// document.blocks.push(Block::paragraph(vec![Inline::emphasis(vec![Inline::text("a")])]));
/// let origins = [Origin { first_block: 0, blocks: 1, first_line: 1, lines: 1 }];
/// let source = SourceText { text: "_a_\n", origins: &origins };
/// let written = write_with_source(&document, source, &WriteOptions::default());
/// assert_eq!(written.text, "_a_\n");
/// assert_eq!(written.kept, 1);
/// ```
pub fn write_with_source(document: &Document, source: SourceText<'_>, options: &WriteOptions) -> Written {
    if source.origins.is_empty() || !options.proof {
        return write(document, options);
    }
    let mut settings = Settings::new(options, !document.notes.is_empty());
    settings.typography = options.typography;
    let source = Source::new(source, !settings.writes_lists());
    assemble(document, Some(source), settings, options)
}

fn assemble(document: &Document, source: Option<Source<'_>>, settings: Settings, options: &WriteOptions) -> Written {
    let styles = if settings.traits.jsx { count_styles(document) } else { 0 };
    let prepared = prepare(document, &settings);
    let mut written = Assembly::new(prepared.as_ref().unwrap_or(document), source, settings, options).write();
    if styles > 0 {
        let message =
            format!("the attribute `style` of elements was left out, {styles} times; JSX takes it as an expression only");
        written.diagnostics.push(Diagnostic::warning("lost/attribute", message));
    }
    written
}
