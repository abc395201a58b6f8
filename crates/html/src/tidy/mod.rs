//! Reads tidy HTML straight into the nodes, without html5ever.
//!
//! Most bodies are tidy: known elements, properly nested, their attributes quoted. For them html5ever's general
//! machinery is most of the cost of reading (ARCHITECTURE.md has the figures). This reader knows what the HTML
//! standard says for tidy input only; at the first thing about which it is not certain it gives up, and the whole text
//! is left to html5ever. What it does read is node for node what html5ever makes: tests hold it against html5ever.

mod elements;
mod references;
mod tables;
mod tags;
#[cfg(test)]
mod tests;

use html5ever::{LocalName, local_name, ns};
use postferry_doc::Limits;

use crate::dom::{Data, Dom, Element, Id, NONE, ROOT, Words, is_space};
use crate::parse::Parsed;
use elements::Kind;

/// Open elements at most; more are not tidy.
const DEPTH: usize = 128;

/// Comments and pieces at most: they make nodes without tags, and the guard counts nodes against tags.
const FREE_NODES: usize = 4_000;

/// Reads the content of a `<body>`, piece by piece, as [`parse_fragment`](crate::parse::parse_fragment) does; nothing
/// if it is not tidy.
pub(crate) fn read<'a>(pieces: impl Iterator<Item = &'a str> + Clone, limits: &Limits) -> Option<Parsed<'a>> {
    let mut tags = 0;
    for piece in pieces.clone() {
        let bytes = piece.as_bytes();
        if memchr::memchr2(b'\0', b'\r', bytes).is_some() || piece.starts_with('\u{feff}') {
            return None;
        }
        tags += memchr::memchr_iter(b'<', bytes).count();
    }
    let mut reader = Reader::new(tags + tags / 2 + 8, limits);
    let mut before = Vec::new();
    for (n, piece) in pieces.enumerate() {
        // html5ever holds back what may go on: white space in tables, and a reference at the end of a piece.
        if reader.stack.last().is_some_and(|open| open.kind.is_structure()) || reader.source.ends_with(';') {
            return None;
        }
        if n > 0 {
            before.push(reader.dom.node(reader.root).last);
        }
        reader.source = piece;
        reader.at = 0;
        reader.free += 1;
        reader.piece()?;
    }
    Some(Parsed { dom: reader.dom, root: reader.root, before, diagnostics: Vec::new() })
}

/// What is under way.
struct Reader<'a> {
    dom: Dom<'a>,
    root: Id,
    stack: Vec<Open>,
    /// The piece that is being read, and how far.
    source: &'a str,
    at: usize,
    /// Whether a line end that comes next is left out, as after `<pre>`.
    skips_line_end: bool,
    /// How many formatting elements are open.
    formatting: usize,
    /// How many comments and pieces there were.
    free: usize,
    limits: Limits,
}

/// An open element.
#[derive(Debug)]
struct Open {
    id: Id,
    name: LocalName,
    kind: Kind,
    /// Whether a `<p>` is in button scope here (HTML standard, 13.2.4.2).
    in_paragraph: bool,
}

impl<'a> Reader<'a> {
    fn new(nodes: usize, limits: &Limits) -> Self {
        let mut dom = Dom::new(nodes);
        // The context, and the root of the fragment.
        element(&mut dom, local_name!("body"), (0, 0));
        let root = element(&mut dom, local_name!("html"), (0, 0));
        dom.append(ROOT, root);
        dom.attrs.reserve(nodes / 8);
        Self {
            dom,
            root,
            stack: Vec::with_capacity(16),
            source: "",
            at: 0,
            skips_line_end: false,
            formatting: 0,
            free: 0,
            limits: limits.clone(),
        }
    }

    /// Reads a piece; nothing if it is not tidy.
    fn piece(&mut self) -> Option<()> {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            let from = self.at;
            let to = memchr::memchr(b'<', &bytes[from..]).map_or(bytes.len(), |found| from + found);
            if to > from {
                self.at = to;
                self.text(&self.source[from..to])?;
                continue;
            }
            match *bytes.get(from + 1)? {
                b'/' => self.end_tag()?,
                b'!' => self.comment()?,
                byte if byte.is_ascii_alphabetic() => self.start_tag()?,
                _ => return None,
            }
        }
        Some(())
    }

    fn text(&mut self, text: &'a str) -> Option<()> {
        let skips = std::mem::take(&mut self.skips_line_end);
        let text = if skips { text.strip_prefix('\n').unwrap_or(text) } else { text };
        if text.is_empty() {
            return Some(());
        }
        if self.top_kind().is_some_and(Kind::is_structure) && !text.bytes().all(is_space) {
            return None;
        }
        let words = references::resolve(text, false)?;
        self.put(Data::Text(words));
        Some(())
    }

    /// Reads a comment in which nothing is like an end of one.
    fn comment(&mut self) -> Option<()> {
        let rest = self.source[self.at..].strip_prefix("<!--")?;
        let end = memchr::memmem::find(rest.as_bytes(), b"--")?;
        if rest.as_bytes().get(end + 2) != Some(&b'>') || rest.starts_with('>') || rest.starts_with("->") {
            return None;
        }
        self.free += 1;
        if self.free > FREE_NODES {
            return None;
        }
        self.at += 4 + end + 3;
        self.skips_line_end = false;
        self.put(Data::Comment(Words::Source(&rest[..end])));
        Some(())
    }

    fn top_kind(&self) -> Option<Kind> {
        self.stack.last().map(|open| open.kind)
    }

    fn put(&mut self, data: Data<'a>) -> Id {
        let id = self.dom.add(data);
        let parent = self.stack.last().map_or(self.root, |open| open.id);
        self.dom.append(parent, id);
        id
    }

    /// Puts an element in; its attributes are the last of [`Dom::attrs`], from `first` on.
    fn insert(&mut self, name: LocalName, first: usize) -> Id {
        let attrs = (first as u32, self.dom.attrs.len() as u32);
        let data = Data::Element(Element { ns: ns!(html), local: name, attrs, contents: NONE, integration_point: false });
        self.put(data)
    }

    /// Puts an element in and opens it.
    fn open(&mut self, name: LocalName, kind: Kind, first: usize) -> Option<()> {
        if self.stack.len() >= DEPTH || self.stack.len() + 4 >= self.limits.depth {
            return None;
        }
        let id = self.insert(name.clone(), first);
        let around = self.stack.last().is_some_and(|open| open.in_paragraph);
        let in_paragraph = match kind {
            Kind::Paragraph => true,
            Kind::Table | Kind::Caption | Kind::Cell => false,
            _ => around,
        };
        self.formatting += usize::from(kind.is_formatting());
        self.stack.push(Open { id, name, kind, in_paragraph });
        Some(())
    }

    fn close(&mut self) {
        if let Some(open) = self.stack.pop() {
            self.formatting -= usize::from(open.kind.is_formatting());
        }
    }

    /// Closes elements whose end tags may be left out.
    fn close_implied(&mut self) {
        while self.top_kind().is_some_and(Kind::is_implied) {
            self.close();
        }
    }

    /// Closes an open `<p>`; nothing if something else is open in it.
    fn close_paragraph(&mut self) -> Option<()> {
        let Some(top) = self.stack.last() else { return Some(()) };
        if top.in_paragraph {
            if top.kind != Kind::Paragraph {
                return None;
            }
            self.close();
        }
        Some(())
    }

    fn start(&mut self, name: LocalName, kind: Kind, first: usize) -> Option<()> {
        self.skips_line_end = false;
        if kind.is_part_of_table() {
            return self.start_in_table(name, kind, first);
        }
        if self.top_kind().is_some_and(Kind::is_structure) {
            return None;
        }
        match kind {
            Kind::Void => {
                self.insert(name, first);
            }
            Kind::Rule => {
                self.close_paragraph()?;
                self.insert(name, first);
            }
            // The guard may count formatting around a table as open when it is closed.
            Kind::Table if self.formatting > 0 => return None,
            Kind::Paragraph | Kind::Block | Kind::Division | Kind::Table => {
                self.close_paragraph()?;
                self.open(name, kind, first)?;
            }
            Kind::Heading => {
                self.close_paragraph()?;
                if self.top_kind() == Some(Kind::Heading) {
                    return None;
                }
                self.open(name, kind, first)?;
            }
            Kind::Preformatted => {
                self.close_paragraph()?;
                self.open(name, kind, first)?;
                self.skips_line_end = true;
            }
            Kind::Item | Kind::Definition => {
                self.close_item(kind)?;
                self.close_paragraph()?;
                self.open(name, kind, first)?;
            }
            Kind::Formatting | Kind::Link => {
                let live = self.stack.iter().rev().take_while(|open| !open.kind.is_marker());
                let same = live.filter(|open| open.name == name).count();
                // A link in a link ends it, and the fourth of a kind is forgotten.
                if same >= if kind == Kind::Link { 1 } else { 3 } || self.formatting >= self.limits.formatting {
                    return None;
                }
                self.open(name, kind, first)?;
            }
            Kind::Special | Kind::Plain => self.open(name, kind, first)?,
            Kind::RubyPart => {
                if self.stack.last()?.name != local_name!("ruby") {
                    return None;
                }
                self.open(name, kind, first)?;
            }
            Kind::Raw => {
                self.open(name, kind, first)?;
                self.raw_text()?;
                self.close();
            }
            Kind::Caption | Kind::Section | Kind::Row | Kind::Cell | Kind::Columns | Kind::Column => return None,
        }
        Some(())
    }

    /// Closes the item before a new one, if one is open in the same list.
    fn close_item(&mut self, kind: Kind) -> Option<()> {
        for (above, open) in self.stack.iter().rev().enumerate() {
            if open.kind == kind {
                let top = self.top_kind();
                if above > 1 || (above == 1 && top != Some(Kind::Paragraph)) {
                    return None;
                }
                for _ in 0..=above {
                    self.close();
                }
                return Some(());
            }
            if open.kind.ends_search_for_item() {
                return Some(());
            }
        }
        Some(())
    }

    fn end(&mut self, name: &LocalName, kind: Kind) -> Option<()> {
        self.skips_line_end = false;
        match kind {
            Kind::Paragraph if !self.stack.last().is_some_and(|open| open.in_paragraph || open.kind.is_structure()) => {
                // An end tag alone is an empty paragraph.
                self.insert(name.clone(), self.dom.attrs.len());
                return Some(());
            }
            Kind::Paragraph | Kind::Formatting | Kind::Link | Kind::Plain | Kind::Special | Kind::RubyPart => {}
            Kind::Item | Kind::Definition => {
                if self.top_kind() == Some(Kind::Paragraph) {
                    self.close();
                }
            }
            Kind::Block | Kind::Division | Kind::Heading | Kind::Preformatted => {
                self.close_implied();
            }
            Kind::Table | Kind::Caption | Kind::Section | Kind::Row | Kind::Cell | Kind::Columns => self.end_in_table(kind)?,
            Kind::Void | Kind::Rule | Kind::Raw | Kind::Column => return None,
        }
        if self.stack.last()?.name != *name {
            return None;
        }
        self.close();
        Some(())
    }

    /// Reads the text of an element that the tokenizer does not look into, and its end tag.
    fn raw_text(&mut self) -> Option<()> {
        let name = self.stack.last()?.name.clone();
        let rest = &self.source[self.at..];
        let mut at = 0;
        loop {
            at += memchr::memmem::find(&rest.as_bytes()[at..], b"</")?;
            let tag = &rest.as_bytes()[at + 2..];
            if tag.len() > name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
                if tag[name.len()] != b'>' {
                    return None;
                }
                break;
            }
            at += 2;
        }
        let text = &rest[..at];
        // In a script a comment may hold its end tag.
        if text.contains("<!--") {
            return None;
        }
        if !text.is_empty() {
            self.put(Data::Text(Words::Source(text)));
        }
        self.at += at + 2 + name.len() + 1;
        Some(())
    }
}

/// Adds an element that stands nowhere yet.
fn element(dom: &mut Dom, name: LocalName, attrs: (u32, u32)) -> Id {
    dom.add(Data::Element(Element { ns: ns!(html), local: name, attrs, contents: NONE, integration_point: false }))
}
