//! The element tree as HTML.

mod block;
mod code;
mod escape;
mod footnote;
mod span;
mod toc;

pub(crate) use escape::{Escape, escape};

use crate::tree::Document;
use crate::{BlockSpan, Element, Kind, Options, Warning};

/// What is written where HTML goes that is not known yet: an element with it is not empty.
const PLACE: char = '\u{1}';

/// HTML being written.
pub(crate) struct Renderer<'a> {
    document: &'a Document,
    options: &'a Options,
    out: String,
    /// Ids that were made, with how often.
    ids: std::collections::HashMap<String, u32>,
    /// Headings for the table of contents.
    headings: Vec<toc::Heading<'a>>,
    toc: Option<toc::Place<'a>>,
    footnotes: footnote::Notes,
    warnings: Vec<Warning>,
    /// How code is marked up, if it is.
    rouge: Option<&'a crate::Rouge>,
    /// What the element being written is in, from the outside in.
    parents: Vec<&'a Element>,
}

/// Writes a document; gives the HTML, warnings, and each top-level block.
pub(crate) fn render(document: &Document) -> (String, Vec<Warning>, Vec<BlockSpan>) {
    let options = &document.options;
    let mut renderer = Renderer {
        document,
        options,
        out: String::with_capacity(document.pool.len() + document.pool.len() / 4),
        ids: std::collections::HashMap::new(),
        headings: Vec::new(),
        toc: None,
        footnotes: footnote::Notes::new(options.footnote_nr),
        warnings: Vec::new(),
        rouge: options.rouge(),
        parents: Vec::new(),
    };
    let mut blocks = Vec::with_capacity(document.root.children.len());
    renderer.parents.push(&document.root);
    for child in &document.root.children {
        let start = renderer.out.len();
        renderer.element(child, 0);
        if !matches!(child.kind, Kind::Blank { .. }) && options.parser != crate::Parser::SmartyPants {
            let line = if child.first_line > 0 { child.first_line } else { child.line.max(1) };
            blocks.push(BlockSpan { lines: line..child.end_line.max(line + 1), html: start..renderer.out.len() });
        }
    }
    renderer.parents.pop();
    renderer.insert_footnotes(&mut blocks);
    renderer.insert_toc(&mut blocks);
    (renderer.out, renderer.warnings, blocks)
}

impl<'a> Renderer<'a> {
    fn text(&self, span: crate::Span) -> &'a str {
        self.document.text(span)
    }

    /// Writes an element indented by so many spaces.
    fn element(&mut self, element: &'a Element, indent: usize) {
        match &element.kind {
            Kind::Text(span) => self.write_text(self.text(*span)),
            Kind::Unparsed(span) | Kind::Verbatim(span) => self.out.push_str(self.text(*span)),
            kind if kind.is_span() => self.span(element, indent),
            _ => self.block(element, indent),
        }
    }

    /// Writes what is inside an element.
    fn inner(&mut self, element: &'a Element, indent: usize) {
        self.parents.push(element);
        for child in &element.children {
            self.element(child, indent);
        }
        self.parents.pop();
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    /// Keeps a place for HTML that is written later.
    fn keep_place(&mut self) -> usize {
        self.out.push(PLACE);
        self.out.len() - PLACE.len_utf8()
    }

    /// Puts HTML at a place that was kept, and moves the blocks after it.
    fn fill_place(&mut self, at: usize, html: &str, blocks: &mut [BlockSpan]) {
        let old = PLACE.len_utf8();
        self.out.replace_range(at..at + old, html);
        for block in blocks {
            if block.html.end > at {
                block.html.end = block.html.end + html.len() - old;
            }
            if block.html.start > at {
                block.html.start = block.html.start + html.len() - old;
            }
        }
    }
}

impl Kind {
    fn is_span(&self) -> bool {
        matches!(
            self,
            Kind::A
                | Kind::Img
                | Kind::Codespan(_)
                | Kind::Br
                | Kind::Em
                | Kind::Strong
                | Kind::Footnote(_)
                | Kind::Entity { .. }
                | Kind::Symbol(_)
                | Kind::SmartQuote(_)
                | Kind::Abbreviation { .. }
        )
    }
}
