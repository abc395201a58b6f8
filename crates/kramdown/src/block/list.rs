//! Ordered and unordered lists.

use crate::chars;
use crate::parser::Parser;
use crate::scan::attributes::parse_list;
use crate::scan::lines::{self, ListKind};
use crate::scan::memo::Memo;
use crate::{Element, Ial, Kind, Mark, Span};

/// What the first line of an item says about the lines after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemIndent {
    /// How far its content is indented.
    pub columns: usize,
}

/// A line that belongs to an item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemLine {
    /// Spaces that take the place of tabs before `start`.
    pub spaces: usize,
    pub start: usize,
    pub end: usize,
    /// Whether it was indented as the item is.
    pub indented: bool,
}

/// The text of one item: pieces that are parsed one after the other.
struct Item {
    element: Element,
    pieces: Vec<(usize, usize)>,
}

impl Parser {
    pub(crate) fn parse_list(&mut self, tree: &mut Element, kind: ListKind) -> bool {
        let pos = self.src.pos;
        if lines::item_start(self.text(), pos, kind, 3).is_none() || !self.may_nest() {
            return false;
        }
        let line = self.line_at(pos);
        let list_kind = if kind == ListKind::Unordered { Kind::Ul } else { Kind::Ol };
        let mut list = Element::new(list_kind, line);
        list.ial = self.block_ial.take();
        let mut items: Vec<Item> = Vec::new();
        let mut indent = ItemIndent { columns: 0 };
        let mut marker_indent = 3;
        let (mut eob_found, mut nested_found, mut last_blank) = (false, false, false);
        while self.src.pos < self.src.end {
            let pos = self.src.pos;
            let text = self.text();
            if last_blank && lines::rule(text, pos).is_some() {
                break;
            }
            if let Some(end) = lines::end_of_block(text, pos) {
                self.src.pos = end;
                eob_found = true;
                break;
            }
            if let Some(marker_end) = lines::item_start(text, pos, kind, marker_indent) {
                let line = self.line_at(pos);
                let mut element = Element::new(Kind::Li, line);
                let (piece, new_indent) = self.first_item_line(&mut element, pos, marker_end);
                indent = new_indent;
                marker_indent = indent.columns.clamp(1, 4) - 1;
                nested_found = lines::list_start(&self.pool.as_bytes()[..piece.1], piece.0).is_some();
                last_blank = false;
                items.push(Item { element, pieces: vec![piece] });
                continue;
            }
            if let Some(item_line) = self.item_line(pos, indent, !last_blank) {
                let starts = self.line_starts_list(item_line);
                let Some(item) = items.last_mut() else { break };
                let mut spaces = item_line.spaces;
                if !nested_found && item_line.indented && starts {
                    item.pieces.push((self.pool.len(), self.pool.len()));
                    nested_found = true;
                } else if nested_found && !item_line.indented && starts {
                    spaces += indent.columns + 4;
                }
                self.pool.extend(std::iter::repeat_n(' ', spaces));
                self.pool.extend_from_within(item_line.start..item_line.end);
                if let Some(piece) = item.pieces.last_mut() {
                    piece.1 = self.pool.len();
                }
                self.src.pos = item_line.end;
                last_blank = false;
                continue;
            }
            let Some(end) = lines::blank_lines(self.text(), pos) else {
                break;
            };
            nested_found = true;
            last_blank = true;
            self.pool.extend_from_within(pos..end);
            self.src.pos = end;
            if let Some(piece) = items.last_mut().and_then(|item| item.pieces.last_mut()) {
                piece.1 = self.pool.len();
            }
        }
        for item in items {
            let mut element = item.element;
            let mut line = element.line;
            for piece in item.pieces {
                self.parse_region(&mut element, piece, line);
                let newlines = memchr::memchr_iter(b'\n', self.str(piece).as_bytes()).count();
                line += newlines as u32;
            }
            list.children.push(element);
        }
        let blank = self.tighten(&mut list, eob_found);
        if self.gfm {
            self.mark_tasks(&mut list);
        }
        tree.children.push(list);
        if !eob_found && let Some(blank) = blank {
            tree.children.push(blank);
        }
        true
    }

    /// Takes the first line of an item into the pool: its attribute list goes to the element.
    pub(crate) fn first_item_line(
        &mut self,
        element: &mut Element,
        pos: usize,
        marker_end: usize,
    ) -> ((usize, usize), ItemIndent) {
        let end = lines::line_end(self.text(), marker_end);
        let start = self.pool.len();
        let mut columns = marker_end - pos;
        let text = &self.pool.as_bytes()[..end];
        if only_ial(text, marker_end) {
            columns = 4;
        } else {
            let (mut width, mut at) = (0, marker_end);
            loop {
                match text.get(at) {
                    Some(b' ') => width += 1,
                    Some(b'\t') => width += 4 - (width + columns) % 4,
                    _ => break,
                }
                at += 1;
            }
            columns += width;
        }
        let content = lines::skip_white(text, marker_end);
        self.take_line(element, (content, end));
        self.src.pos = end;
        ((start, self.pool.len()), ItemIndent { columns })
    }

    /// Takes a line into the pool without the attribute list before it, which goes to the element.
    pub(crate) fn take_line(&mut self, element: &mut Element, range: (usize, usize)) {
        let text = &self.pool.as_bytes()[..range.1];
        let at = lines::skip_white(text, range.0);
        let Some((inner, after)) = item_ial(text, at) else {
            self.pool.extend_from_within(range.0..range.1);
            return;
        };
        let list = self.str(inner).to_owned();
        self.pool.extend_from_within(after..range.1);
        let mut ial = element.ial.take().unwrap_or_default();
        self.read_ial(&list, &mut ial, element.line);
        element.ial = Some(ial);
    }

    /// The line at `pos` if it belongs to an item, by its indentation or as a lazy line.
    pub(crate) fn item_line(&mut self, pos: usize, indent: ItemIndent, lazy: bool) -> Option<ItemLine> {
        let columns = indent.columns;
        let v25 = self.v25;
        let (text, memo) = self.text_and_memo();
        let end = lines::line_end(text, pos);
        let first = lines::skip_blanks(text, pos);
        if first >= end || text[first..end].iter().all(|&byte| chars::is_space(byte)) {
            return None;
        }
        let belongs = is_indented(text, pos, columns) || lazy && lazy_item_line(text, memo, pos, columns, v25);
        if !belongs {
            return None;
        }
        let mut tabs = pos;
        while text[tabs] == b'\t' {
            tabs += 1;
        }
        let width = (tabs - pos) * 4;
        if width >= columns {
            return Some(ItemLine { spaces: width - columns, start: tabs, end, indented: true });
        }
        let inner = lines::skip_spaces(text, tabs, columns - width);
        if width + inner - tabs == columns {
            return Some(ItemLine { spaces: 0, start: inner, end, indented: true });
        }
        Some(ItemLine { spaces: width, start: tabs, end, indented: false })
    }

    /// Whether a line of an item would begin a list.
    fn line_starts_list(&self, line: ItemLine) -> bool {
        if line.spaces > 3 {
            return false;
        }
        let text = &self.pool.as_bytes()[..line.end];
        let at = lines::skip_spaces(text, line.start, 3 - line.spaces);
        [ListKind::Unordered, ListKind::Ordered].into_iter().any(|kind| lines::item_start(text, at, kind, 0).is_some())
    }

    /// Decides for each item whether its first paragraph is written as one; gives the blank after the last item.
    fn tighten(&mut self, list: &mut Element, eob_found: bool) -> Option<Element> {
        let count = list.children.len();
        let mut blank = None;
        // Whether an item before the last one has no paragraph first, or one without `<p>`.
        let mut tight_before = false;
        for index in 0..count {
            let is_last = index + 1 == count;
            let item = &mut list.children[index];
            let children = &mut item.children;
            if children.is_empty() {
                tight_before = true;
                continue;
            }
            let is_paragraph = matches!(children[0].kind, Kind::Paragraph { .. });
            if is_paragraph && children.len() >= 2 && matches!(children[1].kind, Kind::Eob(_)) && children[0].ial.is_some() {
                children.remove(1);
            }
            let second_blank = children.get(1).map(|child| matches!(child.kind, Kind::Blank { .. }));
            let mut transparent = false;
            if is_paragraph
                && (second_blank != Some(true) || is_last && children.len() == 2 && !eob_found)
                && (!is_last || count == 1 || tight_before)
            {
                transparent = true;
                if second_blank == Some(false) {
                    self.end_line(&mut children[0]);
                }
                children[0].kind = Kind::Paragraph { transparent: true };
            }
            if !is_paragraph || transparent {
                tight_before = true;
            }
            let ends_blank = children.last().is_some_and(|child| matches!(child.kind, Kind::Blank { .. }));
            blank = if ends_blank { children.pop() } else { None };
        }
        blank
    }

    /// Adds a newline to the text of a paragraph.
    pub(crate) fn end_line(&mut self, paragraph: &mut Element) {
        if let Some(Element { kind: Kind::Unparsed(span), .. }) = paragraph.children.first_mut() {
            let end = span.end as usize;
            *span = if self.pool.as_bytes().get(end) == Some(&b'\n') {
                Span { start: span.start, end: span.end + 1 }
            } else {
                self.join_str(*span, "\n")
            };
        }
    }

    /// Turns `[ ]` and `[x]` at the beginning of items into boxes.
    fn mark_tasks(&mut self, list: &mut Element) {
        let mut is_task_list = false;
        for item in &mut list.children {
            let Some(Element { kind: Kind::Paragraph { .. }, children, .. }) = item.children.first_mut() else {
                continue;
            };
            if let Some(Element { kind: Kind::Unparsed(span), .. }) = children.first_mut() {
                let text = &self.pool[span.range()];
                if let Some((rest, checked)) = task(text) {
                    let rest = span.end as usize - rest.len();
                    let boxed = Span::new(self.pool.len(), self.pool.len());
                    let boxed = self.join_str(boxed, BOX[usize::from(checked)]);
                    *span = self.join(boxed, (rest, span.end as usize));
                    is_task_list = true;
                }
            }
            if is_task_list {
                item.attr.set("class", "task-list-item");
            }
        }
        if is_task_list {
            list.attr.set("class", "task-list");
        }
    }

    /// Reads an attribute list and warns when it says nothing.
    pub(crate) fn read_ial(&mut self, list: &str, ial: &mut Ial, line: u32) {
        if !parse_list(list, ial) {
            self.warn(line, format!("No or invalid attributes found in IAL/ALD content: {list}"));
        }
    }

    /// Gives an attribute list to the definition that a line without output was.
    pub(crate) fn apply_to_definition(&mut self, mark: Mark, ial: Box<Ial>) {
        match mark {
            Mark::Link(number) => self.link_ials[number as usize] = Some(ial),
            Mark::Abbreviation(number) => self.abbreviations[number as usize].ial = Some(ial),
            Mark::EndOfBlock | Mark::Ial | Mark::Ald | Mark::Extension | Mark::Footnote => {}
        }
    }
}

const BOX: [&str; 2] = [
    r#"<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />"#,
    r#"<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />"#,
];

/// What follows the box of a task, and whether the box is checked.
fn task(text: &str) -> Option<(&str, bool)> {
    let text = chars::lstrip(text);
    let (rest, checked) = if let Some(rest) = text.strip_prefix("[ ]") {
        (rest, false)
    } else {
        (text.strip_prefix("[x]").or_else(|| text.strip_prefix("[X]"))?, true)
    };
    let after = chars::lstrip(rest);
    (after.len() < rest.len()).then_some((after, checked))
}

/// Whether a line is indented by as many columns, each tab counting four.
fn is_indented(text: &[u8], pos: usize, columns: usize) -> bool {
    let mut at = pos;
    for _ in 0..columns / 4 {
        match one_indent(text, at) {
            Some(next) => at = next,
            None => return false,
        }
    }
    let rest = columns % 4;
    lines::skip_spaces(text, at, rest) == at + rest || one_indent(text, at).is_some()
}

fn one_indent(text: &[u8], pos: usize) -> Option<usize> {
    super::code::indented(text, pos)
}

fn lazy_item_line(text: &[u8], memo: &mut Memo, pos: usize, columns: usize, v25: bool) -> bool {
    let max = columns.min(3);
    lines::block_ial(text, memo, pos, max).is_none() && !lines::lazy_html(text, pos, max, v25)
}

/// An attribute list at the beginning of an item: its content, and the position of what follows.
fn item_ial(text: &[u8], pos: usize) -> Option<((usize, usize), usize)> {
    if text.get(pos..pos + 2) != Some(b"{:") {
        return None;
    }
    if matches!(text.get(pos + 2), Some(b':' | b'/')) {
        return None;
    }
    if let Some(end) = lines::id_name(text, pos + 2)
        && text.get(end) == Some(&b':')
    {
        return None;
    }
    let (inner, end) = lines::braced(text, &mut Memo::default(), pos + 2, Some)?;
    Some((inner, lines::skip_white(text, end)))
}

/// Whether there is nothing after an item's marker but an attribute list.
fn only_ial(text: &[u8], pos: usize) -> bool {
    let at = lines::skip_white(text, pos);
    at == text.len() || item_ial(text, at).is_some_and(|(_, end)| end == text.len())
}
