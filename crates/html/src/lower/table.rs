//! Tables.

use postferry_doc::{Alignment, Block, Cell, Row, Table, TableBody};

use super::Lower;
use super::attrs::take_style;
use crate::dom::Id;
use crate::grid::{COLUMNS, Grid};

impl Lower<'_> {
    pub(crate) fn table(&mut self, id: Id) {
        let mut table = Table { attr: self.attr(id, &[]), ..Table::default() };
        let mut given = Vec::new();
        let mut loose: Vec<Row> = Vec::new();
        let dom = self.dom;
        for child in dom.children(id) {
            match dom.html_name(child) {
                "caption" => {
                    let blocks = self.cell_blocks(child);
                    add_caption(&mut table.caption, blocks);
                }
                "colgroup" => given.extend(self.columns(child)),
                name @ ("thead" | "tbody" | "tfoot") => {
                    end_body(&mut table, &mut loose);
                    let body = TableBody { attr: self.attr(child, &[]), rows: self.rows(child) };
                    match name {
                        "thead" if table.head.is_empty() && table.bodies.is_empty() => {
                            self.lose_attributes(name, &body);
                            table.head = body.rows;
                        }
                        "tfoot" if table.foot.is_empty() => {
                            self.lose_attributes(name, &body);
                            table.foot = body.rows;
                        }
                        _ => table.bodies.push(body),
                    }
                }
                "tr" => loose.push(self.row(child)),
                _ if dom.is_blank(child) => {}
                "" => {}
                name => self.lost(name, "stands right in a table and was left out"),
            }
        }
        end_body(&mut table, &mut loose);
        align(&mut table, &given);
        self.push_block(Block::Table(Box::new(table)));
    }

    fn lose_attributes(&mut self, name: &str, body: &TableBody) {
        if !body.attr.is_empty() {
            self.lost(name, "has attributes that were left out");
        }
    }

    fn columns(&mut self, id: Id) -> Vec<Alignment> {
        let dom = self.dom;
        let mut columns = Vec::new();
        let mut cols = dom.children(id).filter(|child| dom.html_name(*child) == "col").peekable();
        let alone = cols.peek().is_none().then_some(id);
        for col in alone.into_iter().chain(cols) {
            let span = span(dom.attr(col, "span"), COLUMNS).min(COLUMNS - columns.len().min(COLUMNS));
            let mut attr = self.attr(col, &["span"]);
            let align = take_alignment(&mut attr).unwrap_or_default();
            if !attr.is_empty() {
                self.lost("col", "has attributes that were left out");
            }
            columns.extend(std::iter::repeat_n(align, span));
        }
        columns
    }

    fn rows(&mut self, id: Id) -> Vec<Row> {
        let dom = self.dom;
        let mut rows = Vec::new();
        for child in dom.children(id) {
            match dom.html_name(child) {
                "tr" => rows.push(self.row(child)),
                "" => {}
                name => self.lost(name, "stands right in a table and was left out"),
            }
        }
        rows
    }

    fn row(&mut self, id: Id) -> Row {
        let dom = self.dom;
        let mut row = Row { attr: self.attr(id, &[]), cells: Vec::new() };
        for child in dom.children(id) {
            match dom.html_name(child) {
                name @ ("td" | "th") => {
                    let mut attr = self.attr(child, &["colspan", "rowspan"]);
                    let align = take_alignment(&mut attr);
                    row.cells.push(Cell {
                        attr,
                        header: name == "th",
                        align,
                        column_span: span(dom.attr(child, "colspan"), COLUMNS) as u16,
                        row_span: span(dom.attr(child, "rowspan"), usize::from(u16::MAX) - 1) as u16,
                        blocks: self.cell_blocks(child),
                    });
                }
                "" => {}
                name => self.lost(name, "stands right in a table and was left out"),
            }
        }
        row
    }

    /// Reads what stands in a cell or a caption; too deep, its text alone.
    pub(super) fn cell_blocks(&mut self, id: Id) -> Vec<Block> {
        if self.enter(id) {
            let blocks = self.blocks(id);
            self.leave();
            blocks
        } else {
            self.nested(|lower| lower.flat_text(id))
        }
    }
}

/// Puts a further caption behind those before it; each is a box of its own, so texts without a paragraph get one.
pub(super) fn add_caption(caption: &mut Vec<Block>, mut blocks: Vec<Block>) {
    let seam = caption.last_mut().into_iter().zip(blocks.first_mut());
    for block in seam.flat_map(|(before, after)| [before, after]) {
        if let Block::Plain { content } = block {
            *block = Block::paragraph(std::mem::take(content));
        }
    }
    caption.append(&mut blocks);
}

/// Rows without a group of their own are a body.
fn end_body(table: &mut Table, loose: &mut Vec<Row>) {
    if !loose.is_empty() {
        table.bodies.push(TableBody { rows: std::mem::take(loose), ..TableBody::default() });
    }
}

/// Makes each column's alignment out of its first cell's, where no `<col>` says it; cells keep what differs.
fn align(table: &mut Table, given: &[Alignment]) {
    let mut columns: Vec<Option<Alignment>> = Vec::new();
    let groups = std::iter::once(&mut table.head)
        .chain(table.bodies.iter_mut().map(|body| &mut body.rows))
        .chain(std::iter::once(&mut table.foot));
    for rows in groups {
        let mut grid = Grid::default();
        for row in rows {
            grid.next_row();
            for cell in &mut row.cells {
                let at = grid.place(cell.column_span, cell.row_span);
                let end = (at + usize::from(cell.column_span)).min(COLUMNS);
                if columns.len() < end {
                    columns.resize(end, None);
                }
                if cell.column_span == 1 && at < COLUMNS {
                    let given = given.get(at).copied().unwrap_or_default();
                    let own = cell.align.unwrap_or(given);
                    let column = *columns[at].get_or_insert(own);
                    cell.align = (own != column).then_some(own);
                }
            }
        }
    }
    table.columns = columns.into_iter().map(Option::unwrap_or_default).collect();
}

fn span(value: Option<&str>, most: usize) -> usize {
    let digits = value.unwrap_or("1").trim();
    digits.parse::<usize>().unwrap_or(1).clamp(1, most)
}

/// Takes the alignment out of `style` or `align`.
fn take_alignment(attr: &mut postferry_doc::Attr) -> Option<Alignment> {
    let old = attr.remove("align").map(|a| a.trim().to_ascii_lowercase());
    let style = take_style(attr, "text-align");
    let value = style.or(old)?;
    match value.as_str() {
        "left" | "start" => Some(Alignment::Left),
        "center" | "middle" => Some(Alignment::Center),
        "right" | "end" => Some(Alignment::Right),
        _ => {
            let rest = attr.value("style").map_or(String::new(), |style| format!("{style}; "));
            attr.set("style", &format!("{rest}text-align: {value}"));
            None
        }
    }
}
