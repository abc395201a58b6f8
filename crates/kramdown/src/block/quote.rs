//! Quotes.

use crate::parser::Parser;
use crate::scan::lines;
use crate::{Element, Kind};

impl Parser {
    pub(crate) fn parse_quote(&mut self, tree: &mut Element) -> bool {
        if !self.may_nest() {
            return false;
        }
        let pos = self.src.pos;
        let line = self.line_at(pos);
        let mut end = lines::line_end(self.text(), pos);
        while end < self.src.end && !self.lazy_end(end) {
            end = lines::line_end(self.text(), end);
        }
        let start = self.pool.len();
        let mut at = pos;
        while at < end {
            let text = &self.pool.as_bytes()[..end];
            let next = lines::line_end(text, at);
            let content = lines::quote_start(text, at).unwrap_or(at);
            self.pool.extend_from_within(content..next);
            at = next;
        }
        self.src.pos = end;
        let mut quote = Element::new(Kind::Blockquote, line);
        quote.ial = self.block_ial.take();
        let range = (start, self.pool.len());
        self.parse_region(&mut quote, range, line);
        tree.children.push(quote);
        true
    }
}
