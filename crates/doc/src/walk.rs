//! Walking a tree: one place that knows where nodes hold nodes.
//!
//! ```
//! use postferry_doc::{Block, Inline, walk};
//!
//! let mut blocks = vec![Block::paragraph(vec![Inline::link("/a", vec![Inline::text("a")])])];
//! walk::inlines_mut(&mut blocks, &mut |inline| {
//!     if let Inline::Link { target, .. } = inline {
//!         *target = "/b".into();
//!     }
//! });
//! let mut targets = Vec::new();
//! walk::inlines(&blocks, &mut |inline| if let Inline::Link { target, .. } = inline { targets.push(target.clone()) });
//! assert_eq!(targets, ["/b"]);
//! ```

use crate::{Block, Inline};

/// Calls `visit` for each block, parents before children, in the order of the text.
pub fn blocks(blocks: &[Block], visit: &mut dyn FnMut(&Block)) {
    for block in blocks {
        visit(block);
        children(block, &mut |part| match part {
            Part::Blocks(inner) => self::blocks(inner, visit),
            Part::Inlines(_) => {}
        });
    }
}

/// Calls `visit` for each inline of all blocks, parents before children, in the order of the text.
pub fn inlines(blocks: &[Block], visit: &mut dyn FnMut(&Inline)) {
    for block in blocks {
        children(block, &mut |part| match part {
            Part::Blocks(inner) => inlines(inner, visit),
            Part::Inlines(content) => content_of(content, visit),
        });
    }
}

/// Calls `visit` for each block, parents before children; what it changes is then walked.
pub fn blocks_mut(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        children_mut(block, &mut |part| match part {
            PartMut::Blocks(inner) => blocks_mut(inner, visit),
            PartMut::Inlines(_) => {}
        });
    }
}

/// Calls `visit` for each inline, parents before children; what it changes is then walked.
pub fn inlines_mut(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Inline)) {
    for block in blocks {
        children_mut(block, &mut |part| match part {
            PartMut::Blocks(inner) => inlines_mut(inner, visit),
            PartMut::Inlines(content) => content_of_mut(content, visit),
        });
    }
}

/// A run of nodes inside a block.
#[derive(Debug)]
pub enum Part<'a> {
    /// Blocks inside a block.
    Blocks(&'a [Block]),
    /// The text of a block.
    Inlines(&'a [Inline]),
}

/// A run of nodes inside a block, to be changed; nodes may be added and removed.
#[derive(Debug)]
pub enum PartMut<'a> {
    /// Blocks inside a block.
    Blocks(&'a mut Vec<Block>),
    /// The text of a block.
    Inlines(&'a mut Vec<Inline>),
}

/// Calls `visit` for each run of nodes right inside a block, in the order of the text.
pub fn children<'a>(block: &'a Block, visit: &mut dyn FnMut(Part<'a>)) {
    match block {
        Block::Paragraph { content, .. } | Block::Plain { content } | Block::Heading { content, .. } => {
            visit(Part::Inlines(content));
        }
        Block::BlockQuote { blocks, .. } | Block::Division { blocks, .. } | Block::Element { blocks, .. } => {
            visit(Part::Blocks(blocks));
        }
        Block::List(list) => list.items.iter().for_each(|item| visit(Part::Blocks(&item.blocks))),
        Block::DefinitionList { items, .. } => {
            for item in items {
                item.terms.iter().for_each(|term| visit(Part::Inlines(&term.content)));
                item.definitions.iter().for_each(|definition| visit(Part::Blocks(&definition.blocks)));
            }
        }
        Block::Table(table) => {
            visit(Part::Blocks(&table.caption));
            let rows = table.head.iter().chain(table.bodies.iter().flat_map(|b| &b.rows)).chain(&table.foot);
            rows.flat_map(|row| &row.cells).for_each(|cell| visit(Part::Blocks(&cell.blocks)));
        }
        Block::Figure { blocks, caption, .. } => {
            visit(Part::Blocks(blocks));
            visit(Part::Blocks(caption));
        }
        Block::CodeBlock { .. }
        | Block::ThematicBreak { .. }
        | Block::Math { .. }
        | Block::Comment { .. }
        | Block::Raw { .. } => {}
    }
}

/// Calls `visit` for each run of nodes right inside a block, in the order of the text.
pub fn children_mut(block: &mut Block, visit: &mut dyn FnMut(PartMut<'_>)) {
    match block {
        Block::Paragraph { content, .. } | Block::Plain { content } | Block::Heading { content, .. } => {
            visit(PartMut::Inlines(content));
        }
        Block::BlockQuote { blocks, .. } | Block::Division { blocks, .. } | Block::Element { blocks, .. } => {
            visit(PartMut::Blocks(blocks));
        }
        Block::List(list) => list.items.iter_mut().for_each(|item| visit(PartMut::Blocks(&mut item.blocks))),
        Block::DefinitionList { items, .. } => {
            for item in items {
                item.terms.iter_mut().for_each(|term| visit(PartMut::Inlines(&mut term.content)));
                item.definitions.iter_mut().for_each(|definition| visit(PartMut::Blocks(&mut definition.blocks)));
            }
        }
        Block::Table(table) => {
            visit(PartMut::Blocks(&mut table.caption));
            let bodies = table.bodies.iter_mut().flat_map(|b| &mut b.rows);
            let rows = table.head.iter_mut().chain(bodies).chain(&mut table.foot);
            rows.flat_map(|row| &mut row.cells).for_each(|cell| visit(PartMut::Blocks(&mut cell.blocks)));
        }
        Block::Figure { blocks, caption, .. } => {
            visit(PartMut::Blocks(blocks));
            visit(PartMut::Blocks(caption));
        }
        Block::CodeBlock { .. }
        | Block::ThematicBreak { .. }
        | Block::Math { .. }
        | Block::Comment { .. }
        | Block::Raw { .. } => {}
    }
}

/// Calls `visit` for each inline of a run of text, parents before children.
pub fn content_of(content: &[Inline], visit: &mut dyn FnMut(&Inline)) {
    for inline in content {
        visit(inline);
        if let Some(inner) = inline.content() {
            content_of(inner, visit);
        }
    }
}

fn content_of_mut(content: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
    for inline in content {
        visit(inline);
        if let Some(inner) = inline.content_mut() {
            content_of_mut(inner, visit);
        }
    }
}
