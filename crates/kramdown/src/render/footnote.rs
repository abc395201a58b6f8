//! Footnotes: their marks in the text, and the list of them.

use std::collections::HashMap;

use super::Renderer;
use super::escape::{Escape, escape};
use crate::{BlockSpan, Element, Kind, Version};

/// The footnotes that were referred to.
pub(super) struct Notes {
    /// Where the list goes, if not to the end.
    pub place: Option<usize>,
    used: Vec<Note>,
    by_number: HashMap<u32, usize>,
    next: i64,
    first: i64,
}

struct Note {
    definition: u32,
    shown: i64,
    /// How often it was referred to again.
    repeats: u32,
}

impl Notes {
    pub(super) fn new(first: i64) -> Self {
        Notes { place: None, used: Vec::new(), by_number: HashMap::new(), next: first, first }
    }
}

/// How the link back is put into a footnote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backlink {
    /// At the end of a paragraph or heading that is there: the way to it through last children.
    At { depth: usize },
    /// In a paragraph of its own.
    Own,
}

impl<'a> Renderer<'a> {
    pub(super) fn write_reference(&mut self, definition: u32) {
        let Some(footnote) = self.document.footnotes.get(definition as usize) else {
            return;
        };
        let notes = &mut self.footnotes;
        let (shown, repeat) = if let Some(&index) = notes.by_number.get(&definition) {
            let note = &mut notes.used[index];
            note.repeats += 1;
            (note.shown, format!(":{}", note.repeats))
        } else {
            let shown = notes.next;
            notes.next += 1;
            notes.by_number.insert(definition, notes.used.len());
            notes.used.push(Note { definition, shown, repeats: 0 });
            (shown, String::new())
        };
        let name = format!("{}{}", self.options.footnote_prefix, footnote.name);
        if self.options.version >= Version::V2_5 {
            let text = self.options.footnote_link_text.replacen("%s", &shown.to_string(), 1);
            self.push(format_args!(
                "<sup id=\"fnref:{name}{repeat}\"><a href=\"#fn:{name}\" class=\"footnote\" rel=\"footnote\" role=\"doc-noteref\">{text}</a></sup>"
            ));
        } else {
            self.push(format_args!(
                "<sup id=\"fnref:{name}{repeat}\" role=\"doc-noteref\"><a href=\"#fn:{name}\" class=\"footnote\" rel=\"footnote\">{shown}</a></sup>"
            ));
        }
    }

    /// Writes the list of footnotes at its place.
    pub(super) fn insert_footnotes(&mut self, blocks: &mut [BlockSpan]) {
        let place = self.footnotes.place;
        if self.footnotes.used.is_empty() {
            if let Some(at) = place {
                self.fill_place(at, "", blocks);
                self.move_toc(at, 0);
            }
            return;
        }
        let toc_before = self.toc.is_some();
        // A list inside a footnote cannot be the place of the footnotes.
        self.footnotes.place = Some(0);
        let outer = std::mem::take(&mut self.out);
        self.out.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol");
        if self.footnotes.first != 1 {
            let first = self.footnotes.first;
            self.push(format_args!(" start=\"{first}\""));
        }
        self.out.push_str(">\n");
        let mut index = 0;
        while index < self.footnotes.used.len() {
            self.write_footnote(index);
            index += 1;
        }
        self.out.push_str("  </ol>\n</div>\n");
        let html = std::mem::replace(&mut self.out, outer);
        let at = place.unwrap_or(self.out.len());
        if place.is_some() {
            self.fill_place(at, &html, blocks);
            if toc_before {
                self.move_toc(at, html.len());
            }
        } else {
            self.out.push_str(&html);
        }
        if let Some(toc) = &mut self.toc
            && !toc_before
        {
            toc.move_by(at);
        }
    }

    /// Moves the place of the table of contents, if it is after a place that was filled.
    fn move_toc(&mut self, at: usize, len: usize) {
        if let Some(toc) = &mut self.toc
            && toc.is_after(at)
        {
            toc.move_by(len);
            toc.move_back(super::PLACE.len_utf8());
        }
    }

    fn push(&mut self, html: std::fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut self.out, html);
    }

    fn write_footnote(&mut self, index: usize) {
        // A footnote that refers to itself has no link back to that place.
        let repeats = self.footnotes.used[index].repeats;
        let definition = self.footnotes.used[index].definition;
        let document = self.document;
        let footnote = &document.footnotes[definition as usize];
        let name = format!("{}{}", self.options.footnote_prefix, footnote.name);
        let role = if self.options.version >= Version::V2_5 { "" } else { " role=\"doc-endnote\"" };
        self.push(format_args!("    <li id=\"fn:{name}\"{role}>"));
        let content = &footnote.content;
        let place = backlink_place(content, self.options.footnote_backlink_inline);
        let tight = content.children.first().is_some_and(|first| first.kind == Kind::Paragraph { transparent: true });
        if !tight {
            self.out.push('\n');
        }
        let start = self.out.len();
        match place {
            Backlink::At { depth } => self.write_with_backlink(content, depth, repeats, &name),
            Backlink::Own => {
                self.inner(content, 6);
                self.out.push_str("      <p>");
                self.write_backlinks(repeats, &name, false);
                self.out.push_str("</p>\n");
            }
        }
        if !tight || self.out[start..].ends_with('\n') {
            self.out.push_str("    ");
        }
        self.out.push_str("</li>\n");
    }

    /// Writes the content of a footnote, with the link back at the end of the last element so deep.
    fn write_with_backlink(&mut self, content: &'a Element, depth: usize, repeats: u32, name: &str) {
        if !self.options.footnote_backlink.is_empty() {
            self.linked_back = (0..depth).try_fold(content, |element, _| element.children.last());
        }
        self.inner(content, 6);
        self.linked_back = None;
        // The link goes before the closing tags of the last elements.
        let mut end = self.out.len();
        let mut element = content;
        for _ in 0..depth {
            let Some(last) = element.children.last() else {
                break;
            };
            if last.kind != (Kind::Paragraph { transparent: true }) {
                end = self.out[..end].rfind("</").unwrap_or(end);
            }
            element = last;
        }
        let tail = self.out.split_off(end);
        self.write_backlinks(repeats, name, true);
        self.out.push_str(&tail);
    }

    fn write_backlinks(&mut self, repeats: u32, name: &str, space: bool) {
        let text = &self.options.footnote_backlink;
        if text.is_empty() {
            return;
        }
        let mut escaped = String::new();
        escape(&mut escaped, text, Escape::Text);
        for repeat in 0..=repeats {
            if space || repeat > 0 {
                self.write_entity(0xa0, None);
            }
            let (mark, number) = if repeat == 0 {
                (String::new(), String::new())
            } else {
                (format!(":{repeat}"), format!("<sup>{}</sup>", repeat + 1))
            };
            self.push(format_args!(
                "<a href=\"#fnref:{name}{mark}\" class=\"reversefootnote\" role=\"doc-backlink\">{escaped}{number}</a>"
            ));
        }
    }
}

/// Where the link back of a footnote goes.
fn backlink_place(content: &Element, inline: bool) -> Backlink {
    let is_text = |element: &Element| matches!(element.kind, Kind::Paragraph { .. } | Kind::Header { .. });
    let last_is_paragraph = content.children.last().is_some_and(|last| matches!(last.kind, Kind::Paragraph { .. }));
    if !last_is_paragraph && !inline {
        return Backlink::Own;
    }
    let mut depth = 1;
    let mut element = content;
    while let Some(last) = element.children.last() {
        if is_text(last) {
            return Backlink::At { depth };
        }
        element = last;
        depth += 1;
    }
    Backlink::Own
}
