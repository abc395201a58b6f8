//! What every tree must hold to, whoever made it.

use std::collections::HashSet;

use crate::{Block, Document, Inline, Limits, walk};

/// A rule that a tree breaks; names the rule and the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl Document {
    /// Checks the rules that no type holds: depth, one note a label, a note for each reference, spans of at least 1,
    /// element names that can be written.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), Fault> {
        let depth = Limits::default().depth;
        depth_of_blocks(&self.blocks, depth)?;
        let mut labels = HashSet::new();
        for note in &self.notes {
            depth_of_blocks(&note.blocks, depth)?;
            if !labels.insert(note.label.as_str()) {
                return Err(Fault(format!("two notes have the label `{}`", note.label)));
            }
        }
        let mut fault = None;
        for blocks in std::iter::once(&self.blocks).chain(self.notes.iter().map(|n| &n.blocks)) {
            walk::inlines(blocks, &mut |inline| match inline {
                Inline::NoteReference { label } if !labels.contains(label.as_str()) => {
                    fault.get_or_insert_with(|| Fault(format!("no note has the label `{label}`")));
                }
                Inline::Element { name, .. } if !is_name(name) => {
                    fault.get_or_insert_with(|| Fault(format!("`{name}` is no name of an element")));
                }
                _ => {}
            });
            walk::blocks(blocks, &mut |block| match block {
                Block::Element { name, .. } if !is_name(name) => {
                    fault.get_or_insert_with(|| Fault(format!("`{name}` is no name of an element")));
                }
                Block::Table(table) => {
                    let rows = table.head.iter().chain(table.bodies.iter().flat_map(|b| &b.rows)).chain(&table.foot);
                    if rows.flat_map(|r| &r.cells).any(|c| c.column_span == 0 || c.row_span == 0) {
                        fault.get_or_insert_with(|| Fault("a cell covers nothing".into()));
                    }
                }
                _ => {}
            });
        }
        fault.map_or(Ok(()), Err)
    }
}

/// A name that a start tag can spell, so that what is written can be read again.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<' | '\0' | '"' | '\''))
}

fn depth_of_blocks(blocks: &[Block], left: usize) -> Result<(), Fault> {
    let Some(left) = left.checked_sub(usize::from(!blocks.is_empty())) else {
        return Err(Fault("the tree is too deep".into()));
    };
    let mut result = Ok(());
    for block in blocks {
        walk::children(block, &mut |part| {
            let inner = match part {
                walk::Part::Blocks(blocks) => depth_of_blocks(blocks, left),
                walk::Part::Inlines(content) => depth_of_inlines(content, left),
            };
            if result.is_ok() {
                result = inner;
            }
        });
    }
    result
}

fn depth_of_inlines(content: &[Inline], left: usize) -> Result<(), Fault> {
    let Some(left) = left.checked_sub(usize::from(!content.is_empty())) else {
        return Err(Fault("the tree is too deep".into()));
    };
    content.iter().filter_map(Inline::content).try_for_each(|inner| depth_of_inlines(inner, left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Attr;

    #[test]
    fn too_deep_is_found() {
        let mut block = Block::paragraph(vec![Inline::text("x")]);
        for _ in 0..600 {
            block = Block::BlockQuote { attr: Attr::default(), blocks: vec![block] };
        }
        let document = Document { blocks: vec![block], ..Document::default() };
        assert_eq!(document.validate(), Err(Fault("the tree is too deep".into())));
    }

    #[test]
    fn reference_without_note_is_found() {
        let block = Block::paragraph(vec![Inline::NoteReference { label: "1".into() }]);
        let document = Document { blocks: vec![block], ..Document::default() };
        assert!(document.validate().is_err());
    }
}
