//! Tables.

use crate::chars;
use crate::parser::Parser;
use crate::scan::lines;
use crate::scan::memo::{find, find_byte};
use crate::scan::ticks::{Code, code_span};
use crate::span::Mode;
use crate::{Alignment, Element, Kind, Span};

/// A table while its lines are read.
struct Builder {
    table: Element,
    rows: Vec<Element>,
    alignment: Vec<Alignment>,
    has_footer: bool,
    columns: usize,
}

impl Builder {
    fn add_part(&mut self, kind: Kind, force: bool) {
        if self.has_footer && kind == Kind::Tbody && !force {
            return;
        }
        let mut part = Element::new(kind, self.table.line);
        part.children = std::mem::take(&mut self.rows);
        self.table.children.push(part);
    }
}

impl Parser {
    pub(crate) fn parse_table(&mut self, tree: &mut Element) -> bool {
        let pos = self.src.pos;
        let text = self.text();
        let at = lines::skip_spaces(text, pos, 3);
        if chars::is_space(text[at]) || !has_pipe(text, at) || !self.after_boundary(tree) {
            return false;
        }
        let line = self.line_at(pos);
        let mut table = Element::new(Kind::Hr, line);
        table.ial = self.block_ial.take();
        let mut builder = Builder { table, rows: Vec::new(), alignment: Vec::new(), has_footer: false, columns: 0 };
        let text = self.text();
        let leading_pipe = text[lines::skip_white(text, pos)] == b'|';
        let end = self.read_rows(&mut builder, pos, leading_pipe);
        if !self.before_boundary(end) || !self.pipe_on_each_line((pos, end - 1), line) {
            return false;
        }
        if !builder.rows.is_empty() {
            let kind = if builder.has_footer { Kind::Tfoot } else { Kind::Tbody };
            builder.add_part(kind, false);
        }
        let mut table = builder.table;
        if !table.children.iter().any(|part| part.kind == Kind::Tbody) {
            self.warn(line, format!("Found table without body on line {line} - ignoring it"));
            return false;
        }
        for row in table.children.iter_mut().flat_map(|part| &mut part.children) {
            while row.children.len() < builder.columns {
                let Some(left) = self.expansion.checked_sub(CELL_COST) else {
                    break;
                };
                self.expansion = left;
                row.children.push(Element::new(Kind::Td, row.line));
            }
        }
        builder.alignment.resize(builder.columns, Alignment::Default);
        table.kind = Kind::Table { alignment: builder.alignment };
        self.src.pos = end;
        tree.children.push(table);
        true
    }

    /// Reads the lines of a table; gives the position after them.
    fn read_rows(&mut self, builder: &mut Builder, start: usize, leading_pipe: bool) -> usize {
        let mut pos = separator(self.text(), start).map_or(start, |(_, end)| end);
        while pos < self.src.end && has_pipe(self.text(), pos) {
            let text = self.text();
            if let Some((line, end)) = separator(text, pos) {
                if !builder.rows.is_empty() {
                    if builder.alignment.is_empty() && !builder.has_footer {
                        builder.alignment = alignments(&text[line.0..line.1]);
                        builder.add_part(Kind::Thead, false);
                    } else {
                        builder.add_part(Kind::Tbody, false);
                    }
                }
                pos = end;
            } else if let Some(end) = footer_line(text, pos) {
                if !builder.rows.is_empty() {
                    builder.add_part(Kind::Tbody, true);
                }
                builder.has_footer = true;
                pos = end;
            } else {
                let end = lines::line_end(text, pos);
                let row = self.read_row((pos, end), leading_pipe, builder.table.line);
                builder.columns = builder.columns.max(row.children.len());
                builder.rows.push(row);
                pos = end;
            }
        }
        pos
    }

    fn read_row(&mut self, range: (usize, usize), leading_pipe: bool, line: u32) -> Element {
        let text = self.str(range);
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.trim_end_matches([' ', '\t']);
        let mut cells = split_cells(text);
        if leading_pipe && cells.first().is_some_and(|cell| chars::strip(cell).is_empty()) {
            cells.remove(0);
        }
        if cells.last().is_some_and(|cell| chars::strip(cell).is_empty()) {
            cells.pop();
        }
        let mut row = Element::new(Kind::Tr, line);
        for cell in cells {
            let mut element = Element::new(Kind::Td, line);
            let start = self.pool.len();
            self.pool.push_str(chars::strip(&cell));
            element.children.push(Element::new(Kind::Unparsed(Span::new(start, self.pool.len())), line));
            row.children.push(element);
        }
        row
    }

    /// Whether every line has a pipe that is not inside code or HTML.
    fn pipe_on_each_line(&mut self, range: (usize, usize), line: u32) -> bool {
        let text = &self.pool.as_bytes()[range.0..range.1];
        let mut children = Vec::new();
        if memchr::memchr2(b'`', b'<', text).is_some() {
            children = self.parse_text(range, line, Mode::CodeAndHtml);
        } else {
            children.push(Element::new(Kind::Text(Span::new(range.0, range.1)), line));
        }
        let mut pipe_on_line = false;
        for child in children {
            let (value, is_code) = match &child.kind {
                Kind::Text(span) | Kind::Markup { text: span, .. } => (&self.pool[span.range()], false),
                Kind::Codespan(span) => (&self.pool[span.range()], true),
                Kind::HtmlElement { name, .. } => (name.as_ref(), false),
                _ => continue,
            };
            let value = value.trim_end_matches('\n');
            let count = if value.is_empty() { 0 } else { memchr::memchr_iter(b'\n', value.as_bytes()).count() + 1 };
            if is_code {
                if count > 2 || count == 2 && !pipe_on_line {
                    break;
                }
                if count == 2 {
                    pipe_on_line = false;
                }
            } else {
                if count > 1 && !pipe_on_line && !has_pipe(value.as_bytes(), 0) {
                    break;
                }
                let last = value.rfind('\n').map_or(0, |newline| newline + 1);
                pipe_on_line = count <= 1 && pipe_on_line || count > 0 && has_pipe(value.as_bytes(), last);
            }
        }
        pipe_on_line
    }
}

/// What a cell costs that a row does not have; one long row would make a short table huge otherwise.
const CELL_COST: usize = 256;

/// Whether a pipe divides cells on the line at `pos`.
fn has_pipe(text: &[u8], pos: usize) -> bool {
    let mut at = pos;
    while let Some(found) = memchr::memchr2(b'|', b'\n', &text[at..]) {
        let found = at + found;
        if text[found] == b'\n' {
            return false;
        }
        if found == pos || text[found - 1] != b'\\' {
            return true;
        }
        at = found + 1;
    }
    false
}

/// A line between the head and the body: its text, and where it ends.
fn separator(text: &[u8], pos: usize) -> Option<((usize, usize), usize)> {
    let mut end = pos;
    let mut dashes = false;
    loop {
        match *text.get(end)? {
            b'\n' => break,
            b'-' => dashes = true,
            b'+' | b'|' | b':' | b' ' | b'\t' => {}
            _ => return None,
        }
        end += 1;
    }
    dashes.then_some(((pos, end), end + 1))
}

fn footer_line(text: &[u8], pos: usize) -> Option<usize> {
    let mut end = pos;
    let mut found = false;
    loop {
        match *text.get(end)? {
            b'\n' => break,
            b'=' => found = true,
            b'+' | b'|' | b':' | b' ' | b'\t' => {}
            _ => return None,
        }
        end += 1;
    }
    found.then_some(end + 1)
}

fn alignments(line: &[u8]) -> Vec<Alignment> {
    let mut alignments = Vec::new();
    let mut pos = 0;
    while let Some(start) = find_byte(line, b'-', pos) {
        let left = start > pos && line[start - 1] == b':';
        let mut end = start;
        while line.get(end) == Some(&b'-') {
            end += 1;
        }
        let right = line.get(end) == Some(&b':');
        alignments.push(match (left, right) {
            (false, false) => Alignment::Default,
            (true, false) => Alignment::Left,
            (false, true) => Alignment::Right,
            (true, true) => Alignment::Center,
        });
        pos = end + usize::from(right);
    }
    alignments
}

/// The cells of a row; pipes in code do not divide.
fn split_cells(row: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let mut pos = 0;
    loop {
        let element = code_element(row, pos);
        let end = element.map_or(row.len(), |(start, _)| start);
        split_text(&row[pos..end], &mut cells);
        let Some((start, end)) = element else {
            return cells;
        };
        if cells.is_empty() {
            cells.push(String::new());
        }
        if let Some(last) = cells.last_mut() {
            last.push_str(&row[start..end]);
        }
        pos = end;
    }
}

/// The next `<code>…</code>`.
fn code_element(row: &str, pos: usize) -> Option<(usize, usize)> {
    let text = row.as_bytes();
    let start = find(text, b"<code", pos)?;
    let inner = find_byte(text, b'>', start + 5)? + 1;
    let close = find(text, b"</code>", inner)?;
    Some((start, close + 7))
}

fn split_text(text: &str, cells: &mut Vec<String>) {
    let bytes = text.as_bytes();
    let mut ticks = None;
    let (mut pos, mut pending) = (0, 0);
    while let Some(at) = find_byte(bytes, b'`', pos) {
        match code_span(bytes, &mut ticks, 0, at) {
            Code::Text(end) => pos = end,
            Code::Span { content, end } => {
                split_pipes(&text[pending..at], cells);
                push_code(&text[content.0..content.1], cells);
                pos = end;
                pending = end;
            }
        }
    }
    split_pipes(&text[pending..], cells);
}

/// Puts a code span back into its cell, with a delimiter that fits.
fn push_code(code: &str, cells: &mut Vec<String>) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let delimiter = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    if cells.is_empty() {
        cells.push(String::new());
    }
    if let Some(last) = cells.last_mut() {
        for part in [&delimiter, space, code, space, &delimiter] {
            last.push_str(part);
        }
    }
}

fn split_pipes(text: &str, cells: &mut Vec<String>) {
    if text.is_empty() {
        return;
    }
    let bytes = text.as_bytes();
    let (mut start, mut pos) = (0, 0);
    let mut first = true;
    loop {
        let at = find_byte(bytes, b'|', pos);
        if let Some(at) = at
            && at > 0
            && bytes[at - 1] == b'\\'
        {
            pos = at + 1;
            continue;
        }
        let cell = text[start..at.unwrap_or(text.len())].replace("\\|", "|");
        if first && !cells.is_empty() {
            if let Some(last) = cells.last_mut() {
                last.push_str(&cell);
            }
        } else {
            cells.push(cell);
        }
        first = false;
        let Some(at) = at else { return };
        start = at + 1;
        pos = at + 1;
    }
}
