//! The table of contents.

use super::Renderer;
use crate::{Attr, BlockSpan, Element, Kind};

/// A heading that the table of contents lists.
pub(super) struct Heading<'a> {
    level: u8,
    id: String,
    children: &'a [Element],
}

/// Where the table of contents goes.
pub(super) struct Place<'a> {
    at: usize,
    list: &'a Element,
}

impl Place<'_> {
    /// The place is so many bytes further on.
    pub(super) fn move_by(&mut self, len: usize) {
        self.at += len;
    }

    /// The place is so many bytes further back.
    pub(super) fn move_back(&mut self, len: usize) {
        self.at -= len;
    }

    /// Whether the place is after a position.
    pub(super) fn is_after(&self, at: usize) -> bool {
        self.at > at
    }
}

/// An entry of the table, with the entries below it.
struct Entry {
    heading: usize,
    children: Vec<Entry>,
}

impl<'a> Renderer<'a> {
    /// Keeps a place for the table of contents; false when there is one already.
    pub(super) fn keep_toc_place(&mut self, list: &'a Element) -> bool {
        if self.toc.is_some() {
            return false;
        }
        let at = self.keep_place();
        self.toc = Some(Place { at, list });
        true
    }

    pub(super) fn add_heading(&mut self, element: &'a Element, level: u8, id: String) {
        let class = element.attr.get("class").unwrap_or_default();
        let excluded = class.match_indices("no_toc").any(|(at, word)| {
            let is_word = crate::chars::is_unicode_word;
            !class[..at].chars().next_back().is_some_and(is_word) && !class[at + word.len()..].chars().next().is_some_and(is_word)
        });
        if !excluded && self.options.toc_levels.contains(&level) {
            self.headings.push(Heading { level, id, children: &element.children });
        }
    }

    /// Writes the table of contents at its place.
    pub(super) fn insert_toc(&mut self, blocks: &mut [BlockSpan]) {
        let Some(Place { at, list }) = self.toc.take() else {
            return;
        };
        let headings = std::mem::take(&mut self.headings);
        let entries = build(&headings);
        if entries.is_empty() {
            self.fill_place(at, "", blocks);
            return;
        }
        let mut attr = list.attr.clone();
        if attr.get("id").is_none() {
            attr.set("id", "markdown-toc");
        }
        let prefix = attr.get("id").unwrap_or_default().to_owned();
        let name = if list.kind == Kind::Ul { "ul" } else { "ol" };
        let outer = std::mem::take(&mut self.out);
        self.write_entries(&headings, &entries, name, &attr, &prefix, 0);
        let html = std::mem::replace(&mut self.out, outer);
        self.fill_place(at, &html, blocks);
    }

    fn write_entries(
        &mut self,
        headings: &[Heading<'a>],
        entries: &[Entry],
        name: &str,
        attr: &Attr,
        prefix: &str,
        indent: usize,
    ) {
        self.indent(indent);
        self.out.push('<');
        self.out.push_str(name);
        self.write_attr(attr);
        self.out.push_str(">\n");
        for entry in entries {
            let heading = &headings[entry.heading];
            let mut link = Attr::default();
            link.set("href", format!("#{}", heading.id));
            link.set("id", format!("{prefix}-{}", heading.id));
            self.indent(indent + 2);
            self.out.push_str("<li><a");
            self.write_attr(&link);
            self.out.push('>');
            self.write_entry_text(heading.children);
            self.out.push_str("</a>");
            if !entry.children.is_empty() {
                self.write_entries(headings, &entry.children, name, &Attr::default(), prefix, indent + 4);
                self.indent(indent + 2);
            }
            self.out.push_str("</li>\n");
        }
        self.indent(indent);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// Writes a heading's text without its links and footnotes.
    fn write_entry_text(&mut self, children: &'a [Element]) {
        for child in children {
            match &child.kind {
                Kind::A => self.write_entry_text(&child.children),
                Kind::Footnote(_) => {}
                Kind::Em => self.write_entry_element("em", child),
                Kind::Strong => self.write_entry_element("strong", child),
                Kind::HtmlElement { name, .. } if !child.children.is_empty() => {
                    self.write_entry_element(name, child);
                }
                _ => self.element(child, 0),
            }
        }
    }

    fn write_entry_element(&mut self, name: &str, element: &'a Element) {
        self.out.push('<');
        self.out.push_str(name);
        self.write_attr(&element.attr);
        self.out.push('>');
        self.write_entry_text(&element.children);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// Puts each heading below the last one of a lower level.
fn build(headings: &[Heading<'_>]) -> Vec<Entry> {
    let mut top = Vec::new();
    let mut stack: Vec<Entry> = Vec::new();
    let attach = |stack: &mut Vec<Entry>, top: &mut Vec<Entry>| {
        if let Some(entry) = stack.pop() {
            match stack.last_mut() {
                Some(parent) => parent.children.push(entry),
                None => top.push(entry),
            }
        }
    };
    for (index, heading) in headings.iter().enumerate() {
        while stack.last().is_some_and(|last| headings[last.heading].level >= heading.level) {
            attach(&mut stack, &mut top);
        }
        stack.push(Entry { heading: index, children: Vec::new() });
    }
    while !stack.is_empty() {
        attach(&mut stack, &mut top);
    }
    top
}
