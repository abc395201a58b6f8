//! The state of parsing, shared by blocks and spans.

use std::collections::HashMap;

use crate::scan::memo::Memo;
use crate::tree::{Abbreviation, Footnote};
use crate::{Document, Element, Ial, Kind, Options, Parser as Dialect, Span, Version, Warning};

/// How deep blocks may be inside each other; deeper ones are text.
pub(crate) const MAX_BLOCK_DEPTH: u32 = 96;
/// How deep spans may be inside each other; deeper ones are text.
pub(crate) const MAX_SPAN_DEPTH: u32 = 96;
/// How many warnings a text has at most.
const MAX_WARNINGS: usize = 10_000;
/// How often the text of a paragraph may be read again after a delimiter found no partner.
const MAX_REREADS: usize = 12;
/// How much text containers may take out of the source, as a multiple of it and in bytes beyond.
const MAX_POOL: (usize, usize) = (48, 1 << 20);

/// A region of the text that is being read, and where in it.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub start: usize,
    pub end: usize,
    pub pos: usize,
    pub memo: Memo,
    line: u32,
    line_pos: usize,
}

/// A link's definition.
#[derive(Clone, Debug)]
pub(crate) struct LinkTarget {
    pub url: String,
    pub title: Option<String>,
    /// Its number among the definitions of the text.
    pub number: Option<u32>,
}

#[allow(clippy::struct_excessive_bools, reason = "each is an option that is asked for often")]
pub(crate) struct Parser {
    /// The source, and after it every text that had to be put together.
    pub pool: String,
    pub src: Source,
    pub options: Options,
    pub gfm: bool,
    pub smarty: bool,
    pub hard_wrap: bool,
    pub paragraph_end: bool,
    pub typographic: bool,
    pub v25: bool,
    pub block_ial: Option<Box<Ial>>,
    pub alds: HashMap<String, Ial>,
    pub link_defs: HashMap<String, LinkTarget>,
    pub longest_link_id: usize,
    /// The attribute lists of link definitions.
    pub link_ials: Vec<Option<Box<Ial>>>,
    pub footnotes: Vec<Footnote>,
    pub footnote_names: HashMap<String, u32>,
    pub abbreviations: Vec<Abbreviation>,
    pub abbreviation_names: HashMap<String, u32>,
    pub warnings: Vec<Warning>,
    pub depth: u32,
    pub spans: crate::span::State,
    /// How many bytes definitions may still add to what refers to them.
    pub expansion: usize,
    pool_limit: usize,
}

impl Parser {
    pub(crate) fn new(text: &str, options: &Options) -> Self {
        let pool = normalize(text);
        let end = pool.len();
        let mut parser = Parser {
            src: Source { end, line: 1, ..Source::default() },
            pool_limit: end * MAX_POOL.0 + MAX_POOL.1,
            expansion: end * 64 + (1 << 20),
            pool,
            options: options.clone(),
            gfm: options.parser == Dialect::Gfm,
            smarty: options.parser == Dialect::SmartyPants,
            hard_wrap: options.parser == Dialect::Gfm && options.hard_wrap,
            paragraph_end: options.parser == Dialect::Gfm && options.paragraph_end,
            typographic: !(options.parser == Dialect::Gfm && options.no_auto_typographic),
            v25: options.version >= Version::V2_5,
            block_ial: None,
            alds: HashMap::new(),
            link_defs: HashMap::new(),
            longest_link_id: 0,
            link_ials: Vec::new(),
            footnotes: Vec::new(),
            footnote_names: HashMap::new(),
            abbreviations: Vec::new(),
            abbreviation_names: HashMap::new(),
            warnings: Vec::new(),
            depth: 0,
            spans: crate::span::State::default(),
        };
        for link in &options.link_defs {
            let target = LinkTarget { url: link.url.clone(), title: link.title.clone(), number: None };
            parser.define_link(&link.id, target);
        }
        parser
    }

    pub(crate) fn run(mut self) -> Document {
        let mut root = Element::new(Kind::Root, 1);
        self.parse_root(&mut root);
        self.finish(&mut root);
        Document {
            root,
            warnings: self.warnings,
            pool: self.pool,
            options: self.options,
            footnotes: self.footnotes,
            abbreviations: self.abbreviations,
        }
    }

    /// The text from its beginning to the end of the region.
    pub(crate) fn text(&self) -> &[u8] {
        &self.pool.as_bytes()[..self.src.end]
    }

    /// The text and the region's memory.
    pub(crate) fn text_and_memo(&mut self) -> (&[u8], &mut Memo) {
        (&self.pool.as_bytes()[..self.src.end], &mut self.src.memo)
    }

    pub(crate) fn str(&self, range: (usize, usize)) -> &str {
        &self.pool[range.0..range.1]
    }

    pub(crate) fn warn(&mut self, line: u32, message: String) {
        if self.warnings.len() >= MAX_WARNINGS {
            return;
        }
        self.warnings.push(Warning { line: Some(line), message });
    }

    /// The line of the source that a position of the region is on.
    pub(crate) fn line_at(&mut self, pos: usize) -> u32 {
        let bytes = self.pool.as_bytes();
        let src = &mut self.src;
        if pos >= src.line_pos {
            src.line += memchr::memchr_iter(b'\n', &bytes[src.line_pos..pos]).count() as u32;
        } else {
            let before = memchr::memchr_iter(b'\n', &bytes[pos..src.line_pos]).count() as u32;
            src.line = src.line.saturating_sub(before);
        }
        src.line_pos = pos;
        src.line
    }

    /// Reads a region of the text by itself; `line` is where it begins in the source.
    pub(crate) fn in_region<T>(&mut self, range: (usize, usize), line: u32, read: impl FnOnce(&mut Self) -> T) -> T {
        let region = Source { start: range.0, end: range.1, pos: range.0, line, line_pos: range.0, memo: Memo::default() };
        let outer = std::mem::replace(&mut self.src, region);
        let result = read(self);
        self.src = outer;
        result
    }

    /// Whether a container may be opened here.
    pub(crate) fn may_nest(&self) -> bool {
        self.depth < MAX_BLOCK_DEPTH && self.pool.len() < self.pool_limit
    }

    /// How many bytes may be read for the spans of a text of this length.
    pub(crate) fn span_budget(len: usize) -> usize {
        len * MAX_REREADS + 4096
    }

    /// Adds text to the last child if that is text too, else as a new child.
    pub(crate) fn add_text(&mut self, children: &mut Vec<Element>, range: (usize, usize), line: u32) {
        if range.0 == range.1 {
            return;
        }
        if let Some(Element { kind: Kind::Text(span), .. }) = children.last_mut() {
            *span = self.join(*span, range);
            return;
        }
        children.push(Element::new(Kind::Text(Span::new(range.0, range.1)), line));
    }

    /// Puts a piece of the pool after another text.
    pub(crate) fn join(&mut self, text: Span, piece: (usize, usize)) -> Span {
        if text.end as usize == piece.0 {
            return Span { start: text.start, end: piece.1 as u32 };
        }
        let text = self.move_to_tail(text);
        self.pool.extend_from_within(piece.0..piece.1);
        Span::new(text.start as usize, self.pool.len())
    }

    /// Puts a string after another text.
    pub(crate) fn join_str(&mut self, text: Span, piece: &str) -> Span {
        let text = self.move_to_tail(text);
        self.pool.push_str(piece);
        Span::new(text.start as usize, self.pool.len())
    }

    fn move_to_tail(&mut self, text: Span) -> Span {
        if text.end as usize == self.pool.len() {
            return text;
        }
        let start = self.pool.len();
        self.pool.extend_from_within(text.range());
        Span::new(start, self.pool.len())
    }

    /// Applies an attribute list, with what it refers to, to attributes.
    pub(crate) fn apply_ial(&mut self, attr: &mut crate::Attr, ial: &Ial) {
        let mut left = MAX_REFERENCES;
        apply(&self.alds, attr, ial, &mut left, &mut self.expansion, 0);
    }
}

/// How many attribute lists one list may refer to, through others too.
const MAX_REFERENCES: u32 = 256;
const MAX_REFERENCE_DEPTH: u32 = 32;

fn apply(alds: &HashMap<String, Ial>, attr: &mut crate::Attr, ial: &Ial, left: &mut u32, expansion: &mut usize, depth: u32) {
    for name in &ial.refs {
        if *left == 0 || depth > MAX_REFERENCE_DEPTH {
            break;
        }
        if let Some(ald) = alds.get(name) {
            *left -= 1;
            apply(alds, attr, ald, left, expansion, depth + 1);
        }
    }
    for (name, value) in ial.attr.iter() {
        if depth > 0 {
            let cost = name.len() + value.len();
            if *expansion < cost {
                return;
            }
            *expansion -= cost;
        }
        if name == "class" {
            attr.push_class(value);
        } else {
            attr.set(name.to_owned(), value);
        }
    }
}

/// Newlines as kramdown has them, with exactly one added at the end.
fn normalize(text: &str) -> String {
    let mut pool = String::with_capacity(text.len() + text.len() / 4 + 16);
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            pool.push_str(&rest[..at]);
            pool.push('\n');
            rest = &rest[at + 1..];
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        pool.push_str(rest);
    } else {
        pool.push_str(text);
    }
    if pool.ends_with('\n') {
        pool.pop();
    }
    pool.push('\n');
    pool
}
