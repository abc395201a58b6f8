//! From text to nodes: html5ever with the guard, fed in pieces.

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::{QualName, local_name, ns};
use postferry_doc::{Diagnostic, Limits};

use crate::dom::{Dom, Id, ROOT};
use crate::guard::Guard;
use crate::scan::cut_attributes;
use crate::sink::Sink;
use crate::tidy;

/// A parsed fragment or document.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    pub(crate) dom: Dom<'a>,
    /// The element whose children are the content.
    pub(crate) root: Id,
    /// For each piece but the first, the last child of the root before it; [`NONE`](crate::dom::NONE) where there was
    /// none.
    pub(crate) before: Vec<Id>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Parses the content of a `<body>`, piece by piece.
pub(crate) fn parse_fragment<'a>(pieces: impl Iterator<Item = &'a str> + Clone, limits: &Limits) -> Parsed<'a> {
    tidy::read(pieces.clone(), limits).unwrap_or_else(|| parse_any_fragment(pieces, limits))
}

/// Parses the content of a `<body>` with html5ever, piece by piece.
pub(crate) fn parse_any_fragment<'a>(pieces: impl Iterator<Item = &'a str>, limits: &Limits) -> Parsed<'static> {
    let sink = Sink::new(limits.attributes);
    let context = create_element(&sink, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let tokenizer = Tokenizer::new(Guard::fragment(sink, context, limits), TokenizerOpts::default());
    let root = tokenizer.sink.builder.sink.dom.borrow().node(ROOT).first;
    run(tokenizer, root, pieces, limits)
}

/// Parses a whole document; the root is its `<html>`.
pub(crate) fn parse_document(html: &str, limits: &Limits) -> Parsed<'static> {
    let tokenizer = Tokenizer::new(Guard::document(Sink::new(limits.attributes), limits), TokenizerOpts::default());
    let mut parsed = run(tokenizer, ROOT, std::iter::once(html), limits);
    parsed.root = parsed.dom.children(ROOT).find(|id| parsed.dom.html_name(*id) == "html").unwrap_or(ROOT);
    parsed
}

fn run<'a>(tokenizer: Tokenizer<Guard>, root: Id, pieces: impl Iterator<Item = &'a str>, limits: &Limits) -> Parsed<'static> {
    let mut before = Vec::new();
    let mut cut_any = false;
    for (n, piece) in pieces.enumerate() {
        let sink = &tokenizer.sink.builder.sink;
        if n > 0 {
            before.push(sink.dom.borrow().node(root).last);
        }
        sink.split.set(true);
        let (html, cut) = cut_attributes(piece, limits.attributes);
        cut_any |= cut;
        feed(&tokenizer, &html);
    }
    tokenizer.end();
    let mut diagnostics = tokenizer.sink.diagnostics();
    if cut_any && !diagnostics.iter().any(|d| d.code == "limit/attributes") {
        diagnostics.insert(0, crate::limits::attributes(limits.attributes));
    }
    Parsed { dom: tokenizer.sink.builder.sink.dom.into_inner(), root, before, diagnostics }
}

/// Feeds until the tokenizer is done: it stops after each script and at each `<meta charset>`.
fn feed(tokenizer: &Tokenizer<Guard>, html: &str) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
}
