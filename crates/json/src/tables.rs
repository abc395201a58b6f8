//! Tables as objects with a `type`.

use postferry_doc::{Alignment, Block, Cell, Row, Table, TableBody};

use crate::output::Output;
use crate::read::Reader;
use crate::tape::At;
use crate::{ReadError, attributes, blocks};

/// Writes a table.
pub fn write(out: &mut Output, table: &Table) {
    out.object(|out| {
        out.node_type("table");
        attributes::write(out, &table.attr);
        blocks::write_unless_empty(out, "caption", &table.caption, blocks::write_one);
        out.key("columns");
        out.strings(table.columns.iter().map(|column| alignment_name(*column)));
        blocks::write_unless_empty(out, "head", &table.head, write_row);
        out.key("bodies");
        out.array(&table.bodies, |out, body| {
            out.object(|out| {
                attributes::write(out, &body.attr);
                out.key("rows");
                out.array(&body.rows, write_row);
            });
        });
        blocks::write_unless_empty(out, "foot", &table.foot, write_row);
    });
}

/// Reads a table.
pub fn read(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let ([caption, columns, head, bodies, foot], fields) = reader.node(at, ["caption", "columns", "head", "bodies", "foot"])?;
    let rows = |reader: &Reader<'_>, at| reader.list(at, |reader, row| read_row(reader, row, depth_left));
    let bodies = reader.list(bodies, |reader, at| {
        let ([body_rows], fields) = reader.node(at, ["rows"])?;
        Ok(TableBody { attr: attributes::read(reader, &fields)?, rows: rows(reader, body_rows)? })
    })?;
    Ok(Block::Table(Box::new(Table {
        attr: attributes::read(reader, &fields)?,
        caption: blocks::read(reader, caption, depth_left)?,
        columns: reader.list(columns, read_alignment)?,
        head: rows(reader, head)?,
        bodies,
        foot: rows(reader, foot)?,
    })))
}

fn write_row(out: &mut Output, row: &Row) {
    out.object(|out| {
        attributes::write(out, &row.attr);
        out.key("cells");
        out.array(&row.cells, write_cell);
    });
}

fn write_cell(out: &mut Output, cell: &Cell) {
    out.object(|out| {
        if cell.header {
            out.key("header");
            out.literal("true");
        }
        attributes::write(out, &cell.attr);
        out.optional("align", cell.align.map(alignment_name));
        for (key, span) in [("column_span", cell.column_span), ("row_span", cell.row_span)] {
            if span != 1 {
                out.key(key);
                out.literal(&span.to_string());
            }
        }
        out.key("blocks");
        blocks::write(out, &cell.blocks);
    });
}

fn alignment_name(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "none",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}

fn read_row(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Row, ReadError> {
    let ([cells], fields) = reader.node(at, ["cells"])?;
    let cells = reader.list(cells, |reader, at| read_cell(reader, at, depth_left))?;
    Ok(Row { attr: attributes::read(reader, &fields)?, cells })
}

fn read_cell(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Cell, ReadError> {
    let names = ["header", "align", "column_span", "row_span", "blocks"];
    let ([header, align, column_span, row_span, blocks], fields) = reader.node(at, names)?;
    let span = |at: Option<At>| at.map_or(Ok(1), |at| reader.number(at));
    Ok(Cell {
        attr: attributes::read(reader, &fields)?,
        header: reader.truth(header)?.unwrap_or(false),
        align: align.map(|at| read_alignment(reader, at)).transpose()?,
        column_span: span(column_span)?,
        row_span: span(row_span)?,
        blocks: blocks::read(reader, blocks, depth_left)?,
    })
}

fn read_alignment(reader: &Reader<'_>, at: At) -> Result<Alignment, ReadError> {
    match reader.text(at)?.as_str() {
        "none" => Ok(Alignment::None),
        "left" => Ok(Alignment::Left),
        "center" => Ok(Alignment::Center),
        "right" => Ok(Alignment::Right),
        other => Err(reader.error(at, format!("`{other}` is no alignment"))),
    }
}
