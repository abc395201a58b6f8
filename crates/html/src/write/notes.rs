//! Footnotes.

use std::fmt::Write;

use postferry_doc::{Block, Inline};

use super::{NoteStyle, Writer};

impl Writer<'_> {
    pub(super) fn reference(&mut self, label: &str) {
        let Some(n) = self.numbers.get(label).copied() else {
            self.note("lost/element", format!("no note has the label `{label}`"));
            self.text(&format!("[{label}]"));
            return;
        };
        let number = n + 1;
        if self.in_link {
            let _ = write!(self.out, "<sup>{number}</sup>");
            return;
        }
        self.references[n] += 1;
        let id = self.reference_id(n, self.references[n]);
        let target = format!("#{}", self.note_id(n));
        match self.options.notes {
            NoteStyle::Section => {
                self.out.push_str("<sup");
                self.attribute("id", &id);
                self.out.push_str(" role=\"doc-noteref\"><a");
                self.attribute("href", &target);
                let _ = write!(self.out, " class=\"footnote\" rel=\"footnote\">{number}</a></sup>");
            }
            NoteStyle::Asides => {
                self.out.push_str("<a epub:type=\"noteref\" role=\"doc-noteref\"");
                self.attribute("id", &id);
                self.attribute("href", &target);
                let _ = write!(self.out, ">{number}</a>");
            }
        }
    }

    /// Takes the ids of the notes, so that no other element gets them.
    pub(super) fn reserve_note_ids(&mut self) {
        if self.is_xhtml() {
            for n in 0..self.notes.len() {
                let (note, reference) = (self.note_id(n), self.reference_id(n, 1));
                self.ids.extend([note, reference]);
            }
        }
    }

    /// Writes all notes at the end, with the links back.
    pub(super) fn note_section(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let notes = self.notes;
        self.new_line();
        match self.options.notes {
            NoteStyle::Section => {
                self.out.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
                for (n, note) in notes.iter().enumerate() {
                    self.out.push_str("<li");
                    let id = self.note_id(n);
                    self.attribute("id", &id);
                    self.out.push_str(if self.is_xhtml() { ">\n" } else { " role=\"doc-endnote\">\n" });
                    self.note_body(n, &note.blocks);
                    self.out.push_str("</li>\n");
                }
                self.out.push_str("</ol>\n</div>\n");
            }
            NoteStyle::Asides => {
                self.out.push_str("<section class=\"footnotes\" epub:type=\"footnotes\" role=\"doc-endnotes\">\n");
                for (n, note) in notes.iter().enumerate() {
                    self.out.push_str("<aside epub:type=\"footnote\" role=\"doc-footnote\"");
                    let id = self.note_id(n);
                    self.attribute("id", &id);
                    self.out.push('>');
                    if self.references[n] > 0 {
                        let target = format!("#{}", self.reference_id(n, 1));
                        self.out.push_str("\n<p class=\"backlink\"><a role=\"doc-backlink\"");
                        self.attribute("href", &target);
                        let _ = writeln!(self.out, ">{}</a></p>", n + 1);
                    } else {
                        // A reference inside a link is no link itself, so there is no place to go back to.
                        let _ = writeln!(self.out, "\n<p class=\"backlink\">{}</p>", n + 1);
                    }
                    self.blocks(&note.blocks);
                    self.out.push_str("</aside>\n");
                }
                self.out.push_str("</section>\n");
            }
        }
    }

    /// Writes a note's blocks with the links back at the end of its last paragraph, as kramdown does.
    fn note_body(&mut self, n: usize, blocks: &[Block]) {
        let (last, before) = match blocks.split_last() {
            Some((Block::Paragraph { attr, content }, before)) => (Some((attr, content)), before),
            _ => (None, blocks),
        };
        self.blocks(before);
        self.new_line();
        let empty: &[Inline] = &[];
        match last {
            Some((attr, _)) => self.start_tag("p", attr),
            None => self.out.push_str("<p>"),
        }
        self.inlines(last.map_or(empty, |(_, content)| content.as_slice()));
        for reference in 1..=self.references[n].max(1) {
            if last.is_some() || reference > 1 {
                self.out.push('\u{a0}');
            }
            let target = format!("#{}", self.reference_id(n, reference));
            self.out.push_str("<a");
            self.attribute("href", &target);
            self.out.push_str(" class=\"reversefootnote\" role=\"doc-backlink\">&#8617;");
            if reference > 1 {
                let _ = write!(self.out, "<sup>{reference}</sup>");
            }
            self.out.push_str("</a>");
        }
        self.out.push_str("</p>\n");
    }

    fn note_id(&self, n: usize) -> String {
        if self.is_xhtml() { format!("fn-{}", self.xml_label(n)) } else { format!("fn:{}", self.notes[n].label) }
    }

    fn reference_id(&self, n: usize, reference: usize) -> String {
        let (start, label, colon) =
            if self.is_xhtml() { ("fnref-", self.xml_label(n), '-') } else { ("fnref:", self.notes[n].label.to_string(), ':') };
        if reference == 1 { format!("{start}{label}") } else { format!("{start}{label}{colon}{}", reference - 1) }
    }

    /// A label that may be part of an XML name; labels that may not are numbered.
    fn xml_label(&self, n: usize) -> String {
        let label = &self.notes[n].label;
        let plain = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
        if plain { label.to_string() } else { format!("-{}", n + 1) }
    }
}
