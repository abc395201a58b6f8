//! Text struck through, as the GFM parser has it.

use std::borrow::Cow;

use super::{Inside, Mode, Stop};
use crate::chars::is_space;
use crate::parser::Parser;
use crate::scan::memo::find;
use crate::{Category, ContentModel, Element, Kind};

impl Parser {
    pub(crate) fn parse_strike(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let (text, memo) = self.text_and_memo();
        let start = pos + 2;
        if text.get(pos + 1) != Some(&b'~') || text.get(start).is_none_or(|&byte| is_space(byte) || byte == b'~') {
            return false;
        }
        let close = memo.strike_end.find(start + 1, |mut pos| {
            loop {
                pos = find(text, b"~~", pos)?;
                if !is_space(text[pos - 1]) && text[pos - 1] != b'~' {
                    return Some(pos);
                }
                pos += 1;
            }
        });
        let Some(close) = close else { return false };
        if !self.may_open() {
            return false;
        }
        let line = self.line_at(start);
        let mut element = Element::new(
            Kind::HtmlElement { name: Cow::Borrowed("del"), category: Category::Span, model: ContentModel::Span, closed: false },
            line,
        );
        let budget = self.spans.budget;
        let depth = self.spans.depth + 1;
        let outer = std::mem::take(&mut self.spans);
        self.spans.budget = budget.min(Parser::span_budget(close - start));
        self.spans.depth = depth;
        let given = self.spans.budget;
        self.in_region((start, close), line, |parser| {
            parser.parse_spans(&mut element.children, Inside::Other, &mut Stop::Never, Mode::All);
        });
        let spent = given - self.spans.budget;
        self.spans = outer;
        self.spans.budget = self.spans.budget.saturating_sub(spent);
        out.push(element);
        self.src.pos = close + 2;
        true
    }
}
