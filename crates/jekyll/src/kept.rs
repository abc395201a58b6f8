//! Liquid that was not rendered: from marks in the text back to what its author wrote.

use postferry_doc::walk::{PartMut, children_mut};
use postferry_doc::{Block, Inline, Origin, Text};
use postferry_liquid::{Kept, Marker, Piece};

/// The format of [`Block::Raw`] and [`Inline::Raw`] that hold Liquid.
const FORMAT: &str = "liquid";

/// The marks of a text that Liquid rendered, with what each stands for.
pub(crate) struct Marks {
    pub(crate) marker: Marker,
    pub(crate) kept: Vec<Kept>,
}

impl Marks {
    /// A text with what its marks stand for.
    pub(crate) fn spelled_out(&self, text: &str) -> String {
        let pieces = self.marker.pieces(text, self.kept.len());
        pieces.into_iter().map(|piece| self.source_of(piece)).collect()
    }

    /// Counts lines of a text with marks anew, for the text with what the marks stand for.
    pub(crate) fn shift_lines(&self, text: &str, origins: &mut [Origin]) {
        // What is to be added to each line's number, counted from 1.
        let (mut added, mut shifts) = (0, vec![0, 0]);
        for piece in self.marker.pieces(text, self.kept.len()) {
            match piece {
                Piece::Text(text) => shifts.resize(shifts.len() + text.matches('\n').count(), added),
                Piece::Kept(number) => added += self.kept[number].source.matches('\n').count() as u32,
            }
        }
        let moved = |line: u32| line + shifts.get(line as usize).copied().unwrap_or(added);
        for origin in origins {
            let end = moved(origin.first_line + origin.lines);
            origin.first_line = moved(origin.first_line);
            origin.lines = end - origin.first_line;
        }
    }

    fn source_of<'t>(&'t self, piece: Piece<'t>) -> &'t str {
        match piece {
            Piece::Text(text) => text,
            Piece::Kept(number) => &self.kept[number].source,
        }
    }

    /// Puts nodes of Liquid in the place of the marks.
    pub(crate) fn restore(&self, blocks: &mut [Block]) {
        for block in blocks {
            children_mut(block, &mut |part| match part {
                PartMut::Blocks(inner) => self.restore(inner),
                PartMut::Inlines(content) => self.restore_inlines(content),
            });
            match block {
                Block::CodeBlock { text, .. }
                | Block::Comment { text }
                | Block::Math { tex: text, .. }
                | Block::Raw { text, .. } => {
                    self.restore_text(text);
                }
                Block::Paragraph { attr, content } if attr.is_empty() => {
                    if let [Inline::Raw { format, text }] = content.as_slice()
                        && format == FORMAT
                    {
                        *block = Block::Raw { format: FORMAT.into(), text: text.clone() };
                    }
                }
                _ => {}
            }
        }
    }

    fn restore_inlines(&self, content: &mut Vec<Inline>) {
        let mut restored = Vec::with_capacity(content.len());
        for mut inline in content.drain(..) {
            if let Some(inner) = inline.content_mut() {
                self.restore_inlines(inner);
            }
            match &mut inline {
                Inline::Text(text) if self.marker.occurs_in(text) => {
                    for piece in self.marker.pieces(text, self.kept.len()) {
                        restored.push(match piece {
                            Piece::Text(text) => Inline::text(text),
                            Piece::Kept(number) => {
                                Inline::Raw { format: FORMAT.into(), text: self.kept[number].source.as_str().into() }
                            }
                        });
                    }
                    continue;
                }
                Inline::Code { text, .. }
                | Inline::Comment { text }
                | Inline::Math { tex: text, .. }
                | Inline::Raw { text, .. } => {
                    self.restore_text(text);
                }
                Inline::Link { target, .. } => self.restore_text(target),
                Inline::Image { source, alt, .. } => {
                    self.restore_text(source);
                    if let Some(alt) = alt {
                        self.restore_text(alt);
                    }
                }
                _ => {}
            }
            restored.push(inline);
        }
        *content = restored;
    }

    fn restore_text(&self, text: &mut Text) {
        if self.marker.occurs_in(text) {
            *text = self.spelled_out(text).into();
        }
    }
}
