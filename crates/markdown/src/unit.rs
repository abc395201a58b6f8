//! Units: what a document is written from, one below the other.

use std::collections::HashMap;
use std::ops::Range;

use postferry_doc::{Attr, Block, Document, Note};

use crate::{
    dialect::MathSyntax,
    element::is_grouping,
    options::{RawHtml, Typography},
    respell::UnitLevel,
    settings::Settings,
    source::{Gap, Source},
    typography::StraightKinds,
};

/// A top-level block, a note, or some of the author's lines.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unit<'a> {
    /// A block.
    Block(&'a Block),
    /// What stood around the units that follow, and is left out.
    Wrapper(&'a str, &'a Attr),
    /// A note.
    Note(&'a Note),
    /// The author's lines of some blocks.
    Lines { text: &'a str, blocks: &'a [Block], origin: usize },
    /// The author's lines of a note.
    NoteLines { text: &'a str, note: &'a Note },
    /// Targets of links, which show nothing.
    Definition(&'a str),
}

/// A unit with what is known of its place.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'a> {
    pub unit: Unit<'a>,
    /// Typographic characters that were straight in the source.
    pub straight: StraightKinds,
    /// The author's text between the unit before and this one, where both are the author's lines.
    pub gap: Option<&'a str>,
    /// How the unit is spelled.
    pub level: UnitLevel,
    /// Whether it came back different at first.
    pub touched: bool,
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// Where the tree's meaning of it is.
    pub wanted: Range<usize>,
    /// Where the text's meaning of it is.
    pub got: Range<usize>,
}

/// Levels of wrappers that are looked through; deeper ones stay with what they hold.
const WRAPPERS: usize = 32;

/// Lists the units of a document. `demoted` says which origins are not to be given back, by number; notes likewise.
pub(crate) fn list_units<'a>(
    document: &'a Document,
    source: Option<&Source<'a>>,
    settings: &Settings,
    demoted: &[bool],
    demoted_notes: &[bool],
) -> Vec<Placed<'a>> {
    let mut list = List { units: Vec::with_capacity(document.blocks.len()), settings, straight: StraightKinds::default() };
    let mut kept_notes = vec![false; document.notes.len()];
    let numbers: HashMap<&str, usize> = document.notes.iter().enumerate().rev().map(|(n, note)| (&*note.label, n)).collect();
    let mut next_block = 0;
    if let Some(source) = source {
        let mut last_end = None;
        for (n, origin) in source.origins.iter().enumerate() {
            let first = origin.first_block as usize;
            let end = (first + origin.blocks as usize).min(document.blocks.len());
            if first < next_block || first > end {
                continue;
            }
            for gap in source.gaps(n) {
                match gap {
                    Gap::Definition(text) => list.push(Unit::Definition(text), None),
                    Gap::Note { label, text } => {
                        let note = numbers.get(label).copied();
                        if let Some(at) = note.filter(|at| !demoted_notes[*at] && !kept_notes[*at] && settings.traits.footnotes) {
                            kept_notes[at] = true;
                            list.push(Unit::NoteLines { text, note: &document.notes[at] }, None);
                        }
                    }
                }
                last_end = None;
            }
            list.straight = StraightKinds::default();
            list.blocks(&document.blocks[next_block..first], 0);
            let blocks = &document.blocks[first..end];
            next_block = end;
            let text = source.lines(n, origin);
            if !demoted[n] && !blocks.is_empty() && is_markdown(text, settings) && is_seen(text, blocks, settings) {
                let gap = last_end.filter(|_| !settings.traits.four_columns).and_then(|last| source.blank_between(last, text));
                list.push(Unit::Lines { text, blocks, origin: n }, gap);
                last_end = Some(text);
            } else {
                if settings.typography == Typography::Source {
                    list.straight = StraightKinds::not_in(text);
                }
                list.blocks(blocks, 0);
                last_end = None;
            }
        }
        list.straight = StraightKinds::default();
        for gap in source.gaps(source.origins.len()) {
            if let Gap::Definition(text) = gap {
                list.push(Unit::Definition(text), None);
            } else if let Gap::Note { label, text } = gap {
                let note = document.notes.iter().position(|note| note.label == *label);
                if let Some(at) = note.filter(|at| !demoted_notes[*at] && !kept_notes[*at] && settings.traits.footnotes) {
                    kept_notes[at] = true;
                    list.push(Unit::NoteLines { text, note: &document.notes[at] }, None);
                }
            }
        }
    }
    list.blocks(&document.blocks[next_block..], 0);
    if settings.traits.footnotes {
        for (note, kept) in document.notes.iter().zip(kept_notes) {
            if !kept {
                list.push(Unit::Note(note), None);
            }
        }
    }
    list.units
}

struct List<'a, 's> {
    units: Vec<Placed<'a>>,
    settings: &'s Settings,
    straight: StraightKinds,
}

impl<'a> List<'a, '_> {
    fn push(&mut self, unit: Unit<'a>, gap: Option<&'a str>) {
        self.units.push(Placed {
            unit,
            straight: self.straight,
            gap,
            level: UnitLevel::default(),
            touched: false,
            place: 0..0,
            wanted: 0..0,
            got: 0..0,
        });
    }

    /// Lists the blocks that stand for themselves: what only groups them is looked through.
    fn blocks(&mut self, blocks: &'a [Block], depth: usize) {
        for block in blocks {
            let (name, attr, inner) = match block {
                Block::Division { attr, blocks } => ("div", attr, blocks),
                Block::Element { name, attr, blocks, .. } if is_grouping(name) => (name.as_str(), attr, blocks),
                _ => {
                    self.push(Unit::Block(block), None);
                    continue;
                }
            };
            if depth == WRAPPERS || self.settings.wraps(attr) {
                self.push(Unit::Block(block), None);
            } else {
                self.push(Unit::Wrapper(name, attr), None);
                self.blocks(inner, depth + 1);
            }
        }
    }
}

/// Whether lines are the author's Markdown: an HTML block is not.
fn is_markdown(text: &str, settings: &Settings) -> bool {
    let text = text.trim_start();
    let mut chars = text.chars();
    if settings.html == RawHtml::Keep || chars.next() != Some('<') {
        return !text.is_empty();
    }
    let rest = chars.as_str();
    if rest.starts_with("!--") {
        return !settings.traits.jsx && settings.html != RawHtml::Drop;
    }
    let scheme = rest.find([':', '@', '>', ' ']).and_then(|at| rest[at..].chars().next());
    matches!(scheme, Some(':' | '@'))
}

/// Whether the proof's reader sees all that the dialect would see in the lines.
fn is_seen(text: &str, blocks: &[Block], settings: &Settings) -> bool {
    let traits = &settings.traits;
    let fenced = text.starts_with("```");
    if traits.jsx && !fenced && text.contains(['{', '<']) {
        return false;
    }
    if traits.math == MathSyntax::Dollars && !fenced && ["==", "%%", "[["].iter().any(|mark| text.contains(mark)) {
        return false;
    }
    let nests = |block: &Block| matches!(block, Block::List(_) | Block::BlockQuote { .. } | Block::DefinitionList { .. });
    !traits.four_columns || !blocks.iter().any(nests)
}
