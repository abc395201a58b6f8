//! Attribute lists after spans, and extensions inside a line.

use crate::block::extension_tag;
use crate::parser::Parser;
use crate::scan::lines::braced;
use crate::{Category, Element, Ial, Kind};

impl Parser {
    pub(crate) fn parse_span_extension(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let (text, memo) = self.text_and_memo();
        if let Some(tag) = extension_tag(text, memo, pos, Some) {
            if !self.parse_extension(out, tag, pos, Category::Span) {
                self.add_text(out, (pos, pos + 1), 0);
                self.src.pos = pos + 1;
            }
            return true;
        }
        let Some((content, end)) = braced(text, memo, pos + 2, Some) else {
            return false;
        };
        let line = self.line_at(pos);
        if out.last().is_none_or(|last| matches!(last.kind, Kind::Text(_))) {
            self.warn(line, "Found span IAL after text - ignoring it".to_owned());
            return false;
        }
        self.src.pos = end;
        let mut ial = Ial::default();
        let list = self.str(content).to_owned();
        self.read_ial(&list, &mut ial, line);
        if let Some(last) = out.last_mut() {
            self.apply_ial(&mut last.attr, &ial);
            let known = last.ial.get_or_insert_default();
            known.refs.append(&mut ial.refs);
            for (name, value) in ial.attr.iter() {
                if name == "class" {
                    known.attr.push_class(value);
                } else {
                    known.attr.set(name.to_owned(), value);
                }
            }
        }
        true
    }
}
