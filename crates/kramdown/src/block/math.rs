//! Formulas that stand by themselves.

use crate::chars;
use crate::parser::Parser;
use crate::scan::lines;
use crate::{Category, Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_block_math(&mut self, tree: &mut Element, at: usize) -> bool {
        let (text, memo) = self.text_and_memo();
        let escaped = text[at] == b'\\';
        let open = at + usize::from(escaped);
        if text.get(open..open + 2) != Some(b"$$") {
            return false;
        }
        let Some(close) = memo.find_dollars(text, open + 2) else {
            return false;
        };
        let whole_line = lines::rest_blank(text, close + 2);
        if !self.after_boundary(tree) {
            return false;
        }
        if escaped {
            if whole_line.is_some() {
                self.src.pos = at + 1;
            }
            return false;
        }
        let end = whole_line.unwrap_or(close + 2);
        if !self.before_boundary(end) {
            return false;
        }
        let pos = self.src.pos;
        let line = self.line_at(pos);
        self.src.pos = end;
        let tex = self.strip_range((open + 2, close));
        self.add_block(tree, Element::new(Kind::Math { tex, category: Category::Block }, line));
        true
    }

    /// A range without the white space around it.
    pub(crate) fn strip_range(&self, range: (usize, usize)) -> Span {
        let text = self.str(range);
        let start = range.1 - chars::lstrip(text).len();
        let end = start + chars::strip(text).len();
        Span::new(start, end.max(start))
    }
}
