//! Tables.

use postferry_doc::{Alignment, Block, Cell, Inline, Row, Table};

use crate::{text::Surroundings, writer::Writer};

/// Cells up to so many characters are padded, so that short tables stand in columns and long ones do not grow.
const PADDED: usize = 40;

impl<'a> Writer<'a, '_> {
    /// Writes a table, as HTML where pipes cannot say it.
    pub(crate) fn table(&mut self, block: &'a Block, table: &'a Table) {
        if !self.settings.traits.tables || self.kept_as_html(&table.attr) || !is_pipe_table(table) {
            self.html(block);
            return;
        }
        let mut rows: Vec<&'a Row> = table.head.iter().collect();
        let body = table.bodies.iter().flat_map(|b| &b.rows).chain(&table.foot);
        let mut body: Vec<&'a Row> = body.collect();
        if rows.is_empty() && body.first().is_some_and(|row| row.cells.iter().all(|c| c.header)) {
            rows.push(body.remove(0));
        }
        let columns = rows.first().or(body.first()).map_or(0, |row| row.cells.len());
        let lines: Vec<Vec<String>> =
            rows.iter().chain(&body).map(|row| row.cells.iter().map(|cell| self.cell(cell)).collect()).collect();
        let widths: Vec<usize> = (0..columns)
            .map(|c| {
                lines
                    .iter()
                    .filter_map(|line| line.get(c))
                    .map(|t| width_of(t))
                    .filter(|w| *w <= PADDED)
                    .max()
                    .unwrap_or(0)
                    .max(3)
            })
            .collect();
        let blank = vec![String::new(); columns];
        let head = if rows.is_empty() { &blank } else { &lines[0] };
        // kramdown has tables without a header.
        if !rows.is_empty() || !self.settings.is_kramdown() {
            self.line(head, &widths);
            self.new_line();
        }
        self.out.push('|');
        for (n, width) in widths.iter().enumerate() {
            let align = column_alignment(table, n);
            self.out.push(' ');
            let colons = usize::from(matches!(align, Alignment::Left | Alignment::Center))
                + usize::from(matches!(align, Alignment::Right | Alignment::Center));
            if matches!(align, Alignment::Left | Alignment::Center) {
                self.out.push(':');
            }
            self.out.extend(std::iter::repeat_n('-', width - colons));
            if matches!(align, Alignment::Right | Alignment::Center) {
                self.out.push(':');
            }
            self.out.push_str(" |");
        }
        for line in &lines[rows.len()..] {
            self.new_line();
            self.line(line, &widths);
        }
        self.attributes_after(&table.attr, "table");
    }

    fn line(&mut self, cells: &[String], widths: &[usize]) {
        self.out.push('|');
        for (n, width) in widths.iter().enumerate() {
            let text = cells.get(n).map_or("", String::as_str);
            self.out.push(' ');
            self.out.push_str(text);
            self.out.extend(std::iter::repeat_n(' ', width.saturating_sub(width_of(text))));
            self.out.push_str(" |");
        }
    }

    fn cell(&mut self, cell: &'a Cell) -> String {
        self.losses.attributes(&cell.attr, if cell.header { "th" } else { "td" });
        let start = self.out.len();
        if let Some(content) = line_of(cell) {
            self.run(content, Surroundings::Cell);
        }
        self.out.split_off(start)
    }
}

/// The text of a cell, if it is one line.
fn line_of(cell: &Cell) -> Option<&[Inline]> {
    match cell.blocks.as_slice() {
        [Block::Plain { content } | Block::Paragraph { content, .. }] => Some(content),
        _ => None,
    }
}

/// Whether pipes can say all of a table.
fn is_pipe_table(table: &Table) -> bool {
    let body_rows = || table.bodies.iter().flat_map(|b| &b.rows).chain(&table.foot);
    let first_is_head = table.head.is_empty() && body_rows().next().is_some_and(|row| row.cells.iter().all(|c| c.header));
    let columns = table.head.first().or_else(|| body_rows().next()).map_or(0, |row| row.cells.len());
    let fits = |row: &Row, header: bool| {
        row.cells.len() == columns
            && row.cells.iter().enumerate().all(|(n, cell)| {
                cell.header == header
                    && cell.column_span == 1
                    && cell.row_span == 1
                    && cell.align.is_none_or(|a| a == column_alignment(table, n))
                    && (cell.blocks.is_empty() || line_of(cell).is_some())
            })
    };
    columns > 0
        && table.caption.is_empty()
        && table.head.len() <= 1
        && table.head.iter().all(|row| fits(row, true))
        && body_rows().enumerate().all(|(n, row)| fits(row, first_is_head && n == 0))
}

/// A column's alignment: the table's, or else that of its first cell.
fn column_alignment(table: &Table, column: usize) -> Alignment {
    let stated = table.columns.get(column).copied().unwrap_or_default();
    if stated != Alignment::None {
        return stated;
    }
    let mut rows = table.head.iter().chain(table.bodies.iter().flat_map(|b| &b.rows)).chain(&table.foot);
    rows.next().and_then(|row| row.cells.get(column)).and_then(|cell| cell.align).unwrap_or_default()
}

/// The columns that a text takes on a screen.
fn width_of(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}
