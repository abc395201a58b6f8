//! The text that a reader would hear: no markup, blocks apart from one another.

use crate::{Block, Cell, Inline};

/// Gives the text of blocks: one line a block, cells apart by tabs. Comments and raw sources have no text.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut writer = Writer { out: String::new() };
    writer.blocks(blocks);
    writer.out
}

/// Gives the text of inlines; breaks are spaces, an image is its alternative.
pub fn inline_text(content: &[Inline]) -> String {
    let mut writer = Writer { out: String::new() };
    writer.inlines(content);
    writer.out
}

/// Depth is bounded by whoever made the tree (see [`Limits::depth`](crate::Limits)), so plain recursion is safe here.
struct Writer {
    out: String,
}

impl Writer {
    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content, .. } | Block::Plain { content } | Block::Heading { content, .. } => {
                self.line();
                self.inlines(content);
            }
            Block::BlockQuote { blocks, .. } | Block::Division { blocks, .. } | Block::Element { blocks, .. } => {
                self.blocks(blocks);
            }
            Block::CodeBlock { text, .. } | Block::Math { tex: text, .. } => {
                self.line();
                self.out.push_str(text);
            }
            Block::List(list) => {
                for item in &list.items {
                    self.line();
                    self.blocks(&item.blocks);
                }
            }
            Block::DefinitionList { items, .. } => {
                for item in items {
                    for term in &item.terms {
                        self.line();
                        self.inlines(&term.content);
                    }
                    for definition in &item.definitions {
                        self.blocks(&definition.blocks);
                    }
                }
            }
            Block::Table(table) => {
                self.blocks(&table.caption);
                let rows = table.head.iter().chain(table.bodies.iter().flat_map(|b| &b.rows)).chain(&table.foot);
                for row in rows {
                    self.line();
                    self.cells(&row.cells);
                }
            }
            Block::Figure { blocks, caption, .. } => {
                self.blocks(blocks);
                self.blocks(caption);
            }
            Block::ThematicBreak { .. } | Block::Comment { .. } | Block::Raw { .. } => self.line(),
        }
    }

    fn cells(&mut self, cells: &[Cell]) {
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.out.push('\t');
            }
            match cell.blocks.as_slice() {
                [Block::Plain { content }] => self.inlines(content),
                blocks => self.blocks(blocks),
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code { text, .. } | Inline::Math { tex: text, .. } => self.out.push_str(text),
                Inline::SoftBreak | Inline::LineBreak => self.out.push(' '),
                Inline::Image { alt, .. } => self.out.push_str(alt.as_deref().unwrap_or("")),
                Inline::Emphasis { content, .. }
                | Inline::Strong { content, .. }
                | Inline::Strikethrough { content, .. }
                | Inline::Superscript { content, .. }
                | Inline::Subscript { content, .. }
                | Inline::Link { content, .. }
                | Inline::Span { content, .. }
                | Inline::Element { content, .. } => self.inlines(content),
                Inline::NoteReference { .. } | Inline::Comment { .. } | Inline::Raw { .. } => {}
            }
        }
    }
}
