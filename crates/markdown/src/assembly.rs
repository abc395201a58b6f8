//! Assembly: units are written, read again, and respelled until they come back the same.

use std::collections::{HashMap, HashSet};

use postferry_doc::{Block, Diagnostic, Document};

use crate::{
    WriteOptions, Written,
    kramdown_proof::read_kramdown_units,
    link::Place,
    meaning::{Meaning, first_difference, same_but_for_looseness},
    options::{RawHtml, Typography},
    proof::read_units,
    respell::{LeafLevel, UnitLevel},
    settings::{Losses, Settings},
    source::Source,
    text::Reference,
    tree_meaning::TreeMeaning,
    unit::{Placed, Unit, list_units},
    writer::Writer,
};

/// A document on its way.
pub(crate) struct Assembly<'a> {
    document: &'a Document,
    source: Option<Source<'a>>,
    units: Vec<Placed<'a>>,
    leaves: HashMap<usize, LeafLevel>,
    demoted: Vec<bool>,
    demoted_notes: Vec<bool>,
    settings: Settings,
    options: &'a WriteOptions,
    /// The text so far.
    text: String,
    references: Vec<Reference>,
}

/// Bytes that a unit's text takes, roughly.
const TEXT_OF_UNIT: usize = 256;

/// Rounds of respelling; each costs one more reading of the text.
const ROUNDS: usize = 8;

impl<'a> Assembly<'a> {
    /// Makes one.
    pub fn new(document: &'a Document, source: Option<Source<'a>>, settings: Settings, options: &'a WriteOptions) -> Self {
        let demoted = vec![false; source.as_ref().map_or(0, |source| source.origins.len())];
        let mut assembly = Self {
            document,
            source,
            units: Vec::new(),
            leaves: HashMap::new(),
            demoted,
            demoted_notes: vec![false; document.notes.len()],
            settings,
            options,
            text: String::new(),
            references: Vec::new(),
        };
        assembly.list();
        assembly
    }

    fn list(&mut self) {
        self.units = list_units(self.document, self.source.as_ref(), &self.settings, &self.demoted, &self.demoted_notes);
    }

    /// Writes the document.
    pub fn write(mut self) -> Written {
        let mut written = Written::default();
        let mut losses = self.spell();
        if self.options.proof && !self.units.is_empty() {
            let fold = self.source.is_some() && self.settings.typography == Typography::Source;
            let mut expected = Meaning::new(fold, true);
            let mut found = Meaning::new(fold, false);
            expected.reserve(self.text.len());
            found.reserve(self.text.len());
            self.expected(&mut expected);
            for round in 0.. {
                self.read(&mut found);
                let mut clean = true;
                let mut relist = false;
                let mut last_failed = false;
                let mut shown = HashSet::new();
                let mut swallows = false;
                for n in 0..self.units.len() {
                    let placed = &mut self.units[n];
                    let wanted = &expected.text[placed.wanted.clone()];
                    let got = &found.text[placed.got.clone()];
                    if placed.level == UnitLevel::GivenUp {
                        continue;
                    }
                    match placed.unit {
                        Unit::Lines { .. } | Unit::NoteLines { .. } if wanted != got => {
                            // What left nothing was swallowed by the lines before, which go first.
                            if !last_failed || !got.is_empty() || round >= ROUNDS {
                                self.demote(n);
                            }
                            relist = true;
                            last_failed = true;
                        }
                        Unit::Lines { .. } | Unit::NoteLines { .. } => last_failed = false,
                        // One that shows swallows those after it, which show in their turn when it is gone.
                        Unit::Definition(text) if !got.is_empty() || round >= ROUNDS && swallows => {
                            shown.insert(text.as_ptr());
                            relist = true;
                            last_failed = true;
                            swallows = true;
                            continue;
                        }
                        Unit::Definition(_) => {}
                        Unit::Block(_) | Unit::Wrapper(..) | Unit::Note(_) => {
                            if same_but_for_looseness(wanted, got) {
                                continue;
                            }
                            clean = false;
                            placed.touched = true;
                            let at = placed.wanted.start + first_difference(wanted, got);
                            // A neighbour that is the author's may have swallowed this one: it goes first.
                            if !relist {
                                self.respell(n, &expected, at, round >= ROUNDS);
                            }
                        }
                    }
                    swallows = false;
                }
                if let Some(source) = self.source.as_mut().filter(|_| !shown.is_empty()) {
                    source.drop_definitions(&shown);
                }
                if relist {
                    self.list();
                    self.leaves.clear();
                    expected.clear();
                    self.expected(&mut expected);
                } else if clean {
                    break;
                }
                losses = self.spell();
            }
            written.respelled = self.units.iter().filter(|placed| placed.touched).count() as u32;
        }
        for placed in self.units.iter().filter(|placed| placed.level == UnitLevel::GivenUp) {
            let diagnostic = Diagnostic::warning("lost/spelling", "a block has no spelling that reads back the same");
            written.diagnostics.push(diagnostic.snippet(&self.text[placed.place.clone()]));
        }
        for placed in &self.units {
            match placed.unit {
                Unit::Lines { blocks, .. } => {
                    written.kept += blocks.len() as u32;
                    written.blocks += blocks.len() as u32;
                    if !self.settings.writes_lists() {
                        blocks.iter().filter_map(Block::attr).for_each(|attr| losses.attributes(attr, "block"));
                    }
                }
                Unit::Block(_) => written.blocks += u32::from(!placed.place.is_empty()),
                Unit::Wrapper(..) | Unit::Note(_) | Unit::NoteLines { .. } | Unit::Definition(_) => {}
            }
        }
        losses.report(&mut written.diagnostics);
        if self.settings.traits.lenient_flanking && !self.settings.is_kramdown() {
            self.text = without_references(&self.text, &self.references);
        }
        if self.settings.traits.shortcodes {
            self.text = comment_shortcodes(self.text);
        }
        // Raw text may end with lines of its own.
        self.text.truncate(self.text.trim_end_matches('\n').len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        written.text = self.text;
        written
    }

    fn demote(&mut self, unit: usize) {
        match self.units[unit].unit {
            Unit::Lines { origin, .. } => self.demoted[origin] = true,
            Unit::NoteLines { note, .. } => {
                if let Some(at) = self.document.notes.iter().position(|n| std::ptr::eq(n, note)) {
                    self.demoted_notes[at] = true;
                }
            }
            Unit::Block(_) | Unit::Wrapper(..) | Unit::Note(_) | Unit::Definition(_) => {}
        }
    }

    fn read(&mut self, found: &mut Meaning) {
        if self.settings.is_kramdown() {
            read_kramdown_units(&self.text, &mut self.units, self.options, found);
        } else {
            read_units(&self.text, &mut self.units, self.options, found);
        }
    }

    /// Spells another way what came back different: the run at the place of the difference, then the whole unit.
    fn respell(&mut self, unit: usize, expected: &Meaning, at: usize, hurry: bool) {
        let run = expected.runs.partition_point(|run| run.start <= at).checked_sub(1).map(|n| expected.runs[n].key);
        let leaf = run.filter(|key| *key != 0 && !hurry && self.units[unit].level == UnitLevel::Written);
        if let Some(key) = leaf
            && let Some(next) = self.leaves.get(&key).copied().unwrap_or_default().next()
        {
            self.leaves.insert(key, next);
            return;
        }
        let level = &mut self.units[unit].level;
        *level = match level {
            UnitLevel::Written => UnitLevel::Html,
            UnitLevel::Html | UnitLevel::GivenUp => UnitLevel::GivenUp,
        };
    }

    /// Spells all units; gives what was lost.
    fn spell(&mut self) -> Losses {
        let mut writer = Writer::new(&self.settings, &self.leaves, self.options.limits.depth);
        writer.definitions.taken = self.source.as_ref().map_or(0, Source::highest_label);
        writer.out = std::mem::take(&mut self.text);
        writer.out.clear();
        writer.out.reserve(self.units.len() * TEXT_OF_UNIT);
        let mut last: Option<Unit<'a>> = None;
        for placed in &mut self.units {
            let before = writer.out.len();
            match (last, placed.unit) {
                (None, _) | (Some(_), Unit::Wrapper(..)) => {}
                (Some(Unit::Lines { .. }), Unit::Lines { .. }) if placed.gap.is_some() => {
                    writer.out.push_str(placed.gap.unwrap_or("\n\n"));
                }
                (Some(Unit::Definition(_)), Unit::Definition(_)) => writer.new_line(),
                (Some(last), next) => match (last_block(last), first_block(next)) {
                    (Some(last), Some(next)) => writer.separate(last, next, false),
                    _ => writer.blank_line(),
                },
            }
            let start = writer.out.len();
            writer.straight = placed.straight;
            match placed.unit {
                Unit::Block(block) if placed.level >= UnitLevel::Html => writer.html(block),
                Unit::Block(block) => writer.block(block),
                Unit::Lines { text, .. } | Unit::NoteLines { text, .. } | Unit::Definition(text) => writer.out.push_str(text),
                Unit::Wrapper(name, attr) => {
                    if name != "div" {
                        writer.losses.element(name);
                    }
                    writer.losses.attributes(attr, name);
                }
                Unit::Note(note) => {
                    writer.out.push_str("[^");
                    writer.out.push_str(&note.label);
                    writer.out.push_str("]: ");
                    writer.indented(4, |writer| writer.blocks(&note.blocks, false));
                }
            }
            if writer.out.len() == start {
                writer.out.truncate(before);
                placed.place = before..before;
            } else {
                placed.place = start..writer.out.len();
                last = Some(placed.unit);
            }
        }
        let place = if self.settings.is_kramdown() { Place::Kramdown } else { Place::Line };
        writer.definitions.write(&mut writer.out, place);
        self.references = writer.references;
        self.text = writer.out;
        writer.losses
    }

    /// Collects what each unit means.
    fn expected(&mut self, meaning: &mut Meaning) {
        for placed in &mut self.units {
            let start = meaning.text.len();
            let mut tree = TreeMeaning {
                meaning,
                traits: self.settings.traits,
                policy: self.settings.attributes,
                drop: self.settings.html == RawHtml::Drop,
                depth: self.options.limits.depth,
            };
            match placed.unit {
                Unit::Block(block) => tree.block(block),
                Unit::Lines { blocks, .. } => tree.blocks(blocks),
                Unit::Note(note) | Unit::NoteLines { note, .. } => tree.note(note),
                Unit::Wrapper(..) | Unit::Definition(_) => {}
            }
            meaning.end_run();
            placed.wanted = start..meaning.text.len();
        }
    }
}

/// Writes the characters themselves, for readers that see a delimiter beside a letter.
fn without_references(text: &str, references: &[Reference]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for reference in references {
        let spelling = Reference::spelling(reference.character);
        if reference.start >= done && text.get(reference.start..).is_some_and(|rest| rest.starts_with(&spelling)) {
            out.push_str(&text[done..reference.start]);
            out.push(reference.character);
            done = reference.start + spelling.len();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Writes what looks like a shortcode of Hugo's in the form that Hugo shows as it is.
fn comment_shortcodes(mut text: String) -> String {
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
        if !text.contains(open) {
            continue;
        }
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text.as_str();
        while let Some(at) = rest.find(open) {
            let inner = at + open.len();
            let Some(end) = rest[inner..].find(close) else { break };
            out.push_str(&rest[..inner]);
            out.push_str("/*");
            out.push_str(&rest[inner..inner + end]);
            out.push_str("*/");
            out.push_str(close);
            rest = &rest[inner + end + close.len()..];
        }
        out.push_str(rest);
        text = out;
    }
    text
}

fn last_block(unit: Unit<'_>) -> Option<&Block> {
    match unit {
        Unit::Block(block) => Some(block),
        Unit::Lines { blocks, .. } => blocks.last(),
        Unit::Wrapper(..) | Unit::Note(_) | Unit::NoteLines { .. } | Unit::Definition(_) => None,
    }
}

fn first_block(unit: Unit<'_>) -> Option<&Block> {
    match unit {
        Unit::Block(block) => Some(block),
        Unit::Lines { blocks, .. } => blocks.first(),
        Unit::Wrapper(..) | Unit::Note(_) | Unit::NoteLines { .. } | Unit::Definition(_) => None,
    }
}
