//! Definition lists.

use super::list::ItemIndent;
use crate::parser::Parser;
use crate::scan::lines::{self, ListKind};
use crate::{Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_definition_list(&mut self, tree: &mut Element) -> bool {
        if lines::item_start(self.text(), self.src.pos, ListKind::Definition, 3).is_none() || !self.may_nest() {
            return false;
        }
        let is_paragraph = |element: &Element| matches!(element.kind, Kind::Paragraph { .. });
        let mut as_paragraph = false;
        match tree.children.as_slice() {
            [.., last] if is_paragraph(last) => {}
            [.., before, last] if last.kind == (Kind::Blank { bare: true }) && is_paragraph(before) => {
                as_paragraph = true;
                tree.children.pop();
            }
            _ => return false,
        }
        let Some(paragraph) = tree.children.pop() else {
            return false;
        };
        let mut list = Element::new(Kind::Dl, paragraph.line);
        self.block_ial = None;
        self.add_terms(&mut list, &paragraph);
        list.ial = paragraph.ial;
        let terms = list.children.len();
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        let mut as_paragraphs = Vec::new();
        let mut indent = ItemIndent { columns: 0 };
        let mut marker_indent = 3;
        let mut last_blank = false;
        while self.src.pos < self.src.end {
            let pos = self.src.pos;
            if let Some(marker_end) = lines::item_start(self.text(), pos, ListKind::Definition, marker_indent) {
                let line = self.line_at(pos);
                let mut element = Element::new(Kind::Dd, line);
                let (piece, new_indent) = self.first_item_line(&mut element, pos, marker_end);
                indent = new_indent;
                marker_indent = indent.columns.clamp(1, 4) - 1;
                pieces.push(piece);
                as_paragraphs.push(as_paragraph);
                list.children.push(element);
                as_paragraph = false;
                last_blank = false;
            } else if lines::end_of_block(self.text(), pos).is_some() {
                break;
            } else if let Some(line) = self.item_line(pos, indent, !last_blank) {
                self.pool.extend(std::iter::repeat_n(' ', line.spaces));
                self.pool.extend_from_within(line.start..line.end);
                self.src.pos = line.end;
                as_paragraph = false;
                last_blank = false;
            } else if let Some(end) = lines::blank_lines(self.text(), pos) {
                self.pool.extend_from_within(pos..end);
                self.src.pos = end;
                as_paragraph = true;
                last_blank = true;
            } else {
                break;
            }
            if let Some(piece) = pieces.last_mut() {
                piece.1 = self.pool.len();
            }
        }
        let blank = self.parse_definitions(&mut list.children[terms..], &pieces, &as_paragraphs);
        add_definitions(tree, list);
        tree.children.extend(blank);
        true
    }

    /// Makes a term of each line of the paragraph before the definitions.
    fn add_terms(&mut self, list: &mut Element, paragraph: &Element) {
        let Some(Element { kind: Kind::Unparsed(span) | Kind::Text(span), .. }) = paragraph.children.first() else {
            return;
        };
        let line = self.line_at(self.src.pos);
        let mut at = span.start as usize;
        let end = span.end as usize;
        while at < end {
            let text = &self.pool.as_bytes()[..end];
            let next = lines::line_end(text, at);
            let stop = if text[next - 1] == b'\n' { next - 1 } else { next };
            let mut term = Element::new(Kind::Dt { raw_text: String::new() }, line);
            let start = self.pool.len();
            self.take_line(&mut term, (at, stop));
            let range = (start, self.pool.len());
            if range.0 < range.1 {
                term.children.push(Element::new(Kind::Unparsed(Span::new(range.0, range.1)), line));
            }
            list.children.push(term);
            at = next;
        }
    }

    /// Parses what each definition holds; gives the blank after the last.
    fn parse_definitions(
        &mut self,
        definitions: &mut [Element],
        pieces: &[(usize, usize)],
        as_paragraphs: &[bool],
    ) -> Option<Element> {
        let mut blank = None;
        for ((element, &piece), &as_paragraph) in definitions.iter_mut().zip(pieces).zip(as_paragraphs) {
            let line = element.line;
            self.parse_region(element, piece, line);
            if element.children.is_empty() {
                continue;
            }
            let ends_blank = element.children.last().is_some_and(|child| matches!(child.kind, Kind::Blank { .. }));
            blank = if ends_blank { element.children.pop() } else { None };
            let has_more = element.children.len() > 1;
            if let Some(first) = element.children.first_mut()
                && matches!(first.kind, Kind::Paragraph { .. })
                && !as_paragraph
            {
                if has_more {
                    self.end_line(first);
                }
                first.kind = Kind::Paragraph { transparent: true };
            }
        }
        blank
    }
}

/// Adds a definition list, to the one before it if there is one.
fn add_definitions(tree: &mut Element, list: Element) {
    let children = &mut tree.children;
    let before = match children.as_slice() {
        [.., end] if end.kind == Kind::Dl => Some(children.len() - 1),
        [.., list, end] if matches!(end.kind, Kind::Blank { .. }) && list.kind == Kind::Dl => Some(children.len() - 2),
        _ => None,
    };
    if let Some(index) = before {
        children.truncate(index + 1);
        children[index].children.extend(list.children);
    } else {
        children.push(list);
    }
}
