//! Paragraphs.

use crate::chars;
use crate::parser::Parser;
use crate::scan::lines;
use crate::{Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_paragraph(&mut self, tree: &mut Element) {
        let pos = self.src.pos;
        let line = self.line_at(pos);
        let mut end = lines::line_end(self.text(), pos);
        while end < self.src.end && !self.paragraph_ends(end) {
            end = lines::line_end(self.text(), end);
        }
        self.src.pos = end;
        let content = chars::rstrip(self.str((pos, end))).len();
        if let Some(last) = tree.children.last_mut()
            && matches!(last.kind, Kind::Paragraph { .. })
        {
            let piece = (pos, pos + content);
            let joiner = if pos >= 3 && self.pool.as_bytes()[pos - 3..pos] == *b"  \n" { "  \n" } else { "\n" };
            if let Some(Element { kind: Kind::Unparsed(span), .. }) = last.children.last_mut() {
                *span = self.join_line(*span, joiner, piece);
            } else {
                last.children.push(Element::new(Kind::Unparsed(Span::new(piece.0, piece.1)), line));
            }
            return;
        }
        let start = pos + content - chars::lstrip(self.str((pos, pos + content))).len();
        let mut paragraph = Element::new(Kind::Paragraph { transparent: false }, line);
        if start < pos + content {
            paragraph.children.push(Element::new(Kind::Unparsed(Span::new(start, pos + content)), line));
        }
        self.add_block(tree, paragraph);
    }

    /// Puts a line after a text.
    fn join_line(&mut self, text: Span, joiner: &str, piece: (usize, usize)) -> Span {
        let end = text.end as usize;
        if end + joiner.len() == piece.0 && self.str((end, piece.0)) == joiner {
            return Span { start: text.start, end: piece.1 as u32 };
        }
        let text = self.join_str(text, joiner);
        self.join(text, piece)
    }
}
