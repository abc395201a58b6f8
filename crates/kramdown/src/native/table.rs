//! Tables of HTML as kramdown's, if they are simple enough.

use super::{Mode, html_name, is_element, is_text, remove_text, set_kind};
use crate::parser::Parser;
use crate::{Alignment, Element, Kind, names};

impl Parser {
    pub(super) fn native_table(&mut self, element: &mut Element) {
        if !is_simple(element) {
            let mode = Mode { convert: false, preserve: false };
            self.keep_element(element, mode);
            return;
        }
        remove_text(element);
        let mode = Mode { convert: true, preserve: false };
        self.native_children(element, mode);
        let mut alignment = Vec::new();
        take_alignment(element, &mut alignment);
        set_kind(element, Kind::Table { alignment });
        element.children.retain(|child| !matches!(child.kind, Kind::HtmlElement { .. }));
        if element.children.first().is_some_and(|first| first.kind == Kind::Tr) {
            let mut body = Element::new(Kind::Tbody, element.line);
            body.children = std::mem::take(&mut element.children);
            element.children.push(body);
        }
    }
}

/// Takes the alignment of the cells out of their styles; that of the last row counts.
fn take_alignment(element: &mut Element, alignment: &mut Vec<Alignment>) {
    if element.kind != Kind::Tr {
        for child in &mut element.children {
            take_alignment(child, alignment);
        }
        return;
    }
    alignment.clear();
    for cell in &mut element.children {
        let mut found = Alignment::Default;
        if let Some(style) = cell.attr.get("style")
            && let Some((start, end, side)) = text_align(style)
        {
            found = match side {
                "center" => Alignment::Center,
                "left" => Alignment::Left,
                _ => Alignment::Right,
            };
            let start = if style[..start].trim_end().ends_with(';') { style[..start].trim_end().len() - 1 } else { start };
            let rest = format!("{}{}", &style[..start], &style[end..]);
            if rest.trim().is_empty() {
                cell.attr.remove("style");
            } else {
                cell.attr.set("style", rest);
            }
        }
        alignment.push(found);
    }
}

/// The place of `text-align: …` in a style, and the side.
fn text_align(style: &str) -> Option<(usize, usize, &str)> {
    let sides = ["center", "left", "right"];
    style.match_indices("text-align:").find_map(|(start, name)| {
        let rest = &style[start + name.len()..];
        let side = rest.trim_ascii_start();
        if side.len() == rest.len() {
            return None;
        }
        let side = sides.into_iter().find(|name| side.starts_with(name))?;
        let end = start + name.len() + (rest.len() - rest.trim_ascii_start().len()) + side.len();
        Some((start, end, &style[end - side.len()..end]))
    })
}

/// Whether kramdown's own tables can say what a table says.
fn is_simple(table: &Element) -> bool {
    let mut rows = Vec::new();
    if !only_spans_in_cells(table) {
        return false;
    }
    collect_rows(table, &mut rows);
    let cells = |row: &Element| row.children.iter().filter(|cell| is_cell(cell)).count();
    if let Some(first) = rows.first() {
        let count = cells(first);
        let alignment = row_alignment(first);
        let same = rows.iter().all(|row| (count == 0 || cells(row) == count) && row_alignment(row) == alignment);
        if !same || alignment.is_none() {
            return false;
        }
    }
    let has_body = table.children.iter().any(|part| is_element(part, "tbody"));
    has_rows_of(table, "td")
        || has_body
            && table.children.iter().all(|part| {
                is_text(part)
                    || is_element(part, "thead") && has_rows_of(part, "th")
                    || (is_element(part, "tfoot") || is_element(part, "tbody")) && has_rows_of(part, "td")
            })
}

fn is_cell(element: &Element) -> bool {
    is_element(element, "th") || is_element(element, "td")
}

fn only_spans_in_cells(element: &Element) -> bool {
    element.children.iter().all(|child| if is_cell(child) { only_spans(child) } else { only_spans_in_cells(child) })
}

fn only_spans(element: &Element) -> bool {
    element.children.iter().all(|child| {
        let is_block = html_name(child).is_some_and(|name| names::is_block(&name));
        !is_block && only_spans(child)
    })
}

fn collect_rows<'a>(element: &'a Element, rows: &mut Vec<&'a Element>) {
    for child in &element.children {
        if is_element(child, "tr") {
            rows.push(child);
        } else {
            collect_rows(child, rows);
        }
    }
}

/// What each cell of a row says about its alignment; `None` when kramdown has no word for it.
fn row_alignment(row: &Element) -> Option<Vec<Option<&str>>> {
    row.children
        .iter()
        .filter(|cell| is_cell(cell))
        .map(|cell| {
            let style = cell.attr.get("style").unwrap_or_default();
            if ["justify", "inherit"].into_iter().any(|side| style.contains(&format!("text-align: {side}"))) {
                return None;
            }
            Some(text_align(style).map(|(.., side)| side))
        })
        .collect()
}

fn has_rows_of(part: &Element, cell: &str) -> bool {
    part.children.iter().all(|row| {
        is_text(row) || is_element(row, "tr") && row.children.iter().all(|child| is_text(child) || is_element(child, cell))
    })
}
