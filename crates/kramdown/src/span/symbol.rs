//! Typographic symbols.

use crate::parser::Parser;
use crate::{Element, Kind, Symbol};

impl Parser {
    pub(crate) fn parse_symbol(&mut self, out: &mut Vec<Element>) -> bool {
        if !self.typographic {
            return false;
        }
        let text = &self.text()[self.src.pos..];
        let (kind, len) = if text.starts_with(b"---") {
            (Symbol::EmDash, 3)
        } else if text.starts_with(b"--") {
            (Symbol::EnDash, 2)
        } else if text.starts_with(b"...") {
            (Symbol::Ellipsis, 3)
        } else if text.starts_with(b"\\<<") || text.starts_with(b"\\>>") {
            let code = u32::from(text[1]);
            for _ in 0..2 {
                Parser::push_span(out, Kind::Entity { code, original: None });
            }
            self.src.pos += 3;
            return true;
        } else if text.starts_with(b"<< ") {
            (Symbol::LeftGuillemetSpace, 3)
        } else if text.starts_with(b" >>") {
            (Symbol::RightGuillemetSpace, 3)
        } else if text.starts_with(b"<<") {
            (Symbol::LeftGuillemet, 2)
        } else if text.starts_with(b">>") {
            (Symbol::RightGuillemet, 2)
        } else {
            return false;
        };
        Parser::push_span(out, Kind::Symbol(kind));
        self.src.pos += len;
        true
    }
}
