//! Definitions of footnotes.

use crate::parser::Parser;
use crate::scan::lines;
use crate::tree::Footnote;
use crate::{Element, Kind, Mark};

impl Parser {
    pub(crate) fn parse_footnote_definition(&mut self, tree: &mut Element, at: usize) -> bool {
        let text = self.text();
        if text.get(at + 1) != Some(&b'^') {
            return false;
        }
        let Some(name_end) = lines::id_name(text, at + 2) else {
            return false;
        };
        if text.get(name_end..name_end + 2) != Some(b"]:") || !self.may_nest() {
            return false;
        }
        let name = self.str((at + 2, name_end)).to_owned();
        let line = self.line_at(self.src.pos);
        let first = name_end + 2;
        let first_end = lines::line_end(self.text(), first);
        let end = self.code_lines(first_end);
        let start = self.pool.len();
        let mut pos = first;
        while pos < end {
            let text = &self.pool.as_bytes()[..end];
            let next = lines::line_end(text, pos);
            let content = super::code::indented(text, pos).unwrap_or(pos);
            self.pool.extend_from_within(content..next);
            pos = next;
        }
        self.src.pos = end;
        let mut content = Element::new(Kind::Root, line);
        let range = (start, self.pool.len());
        self.parse_region(&mut content, range, line);
        let footnote = Footnote { name: name.clone(), content, referenced: false };
        if let Some(&number) = self.footnote_names.get(&name) {
            self.warn(line, format!("Duplicate footnote name '{name}' on line {line} - overwriting"));
            self.footnotes[number as usize] = footnote;
        } else {
            self.footnote_names.insert(name, self.footnotes.len() as u32);
            self.footnotes.push(footnote);
        }
        self.add_mark(tree, Mark::Footnote);
        true
    }
}
