//! Tables.

use crate::{Attr, Block};

/// A table with its header, body and footer groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The table's attributes.
    pub attr: Attr,
    /// The caption; empty where there is none.
    pub caption: Vec<Block>,
    /// The alignment of each column, as far as the table says one for the column.
    pub columns: Vec<Alignment>,
    /// Rows of the header group: `<thead>`.
    pub head: Vec<Row>,
    /// The body groups: `<tbody>`.
    pub bodies: Vec<TableBody>,
    /// Rows of the footer group: `<tfoot>`.
    pub foot: Vec<Row>,
}

/// A body group of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableBody {
    /// The group's attributes.
    pub attr: Attr,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The row's attributes.
    pub attr: Attr,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The cell's attributes, without its spans and its alignment.
    pub attr: Attr,
    /// Whether it is a `<th>`.
    pub header: bool,
    /// The cell's own alignment where it differs from its column's.
    pub align: Option<Alignment>,
    /// Columns it covers, at least 1.
    pub column_span: u16,
    /// Rows it covers, at least 1.
    pub row_span: u16,
    /// The content; a [`Block::Plain`] where it is a line of text.
    pub blocks: Vec<Block>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { attr: Attr::default(), header: false, align: None, column_span: 1, row_span: 1, blocks: Vec::new() }
    }
}

/// How a column or a cell is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// As the reader's program does it.
    #[default]
    None,
    /// `text-align: left`
    Left,
    /// `text-align: center`
    Center,
    /// `text-align: right`
    Right,
}
