//! Writing a document: units are written, read again, and respelled until they come back the same.

use std::collections::HashMap;
use std::ops::Range;

use postferry_doc::{Attr, Block, Diagnostic, Document, Note};

use crate::{
    WriteOptions,
    element::is_grouping,
    meaning::{Meaning, first_difference, same_but_for_looseness},
    prepare::prepare,
    proof::read_units,
    respell::{LeafLevel, UnitLevel},
    settings::Settings,
    tree_meaning::TreeMeaning,
    writer::Writer,
};

/// What was written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Written {
    /// The Markdown text; ends with a newline unless it is empty.
    pub text: String,
    /// What could not be kept.
    pub diagnostics: Vec<Diagnostic>,
    /// Top-level blocks that came back different at first and were respelled.
    pub respelled: u32,
    /// Top-level blocks that stand as the author wrote them, byte for byte.
    pub kept: u32,
    /// Top-level blocks that were written.
    pub blocks: u32,
}

/// Writes the content of a document, without its head. Never fails.
pub fn write(document: &Document, options: &WriteOptions) -> Written {
    let settings = Settings::new(options, !document.notes.is_empty());
    let prepared = prepare(document, &settings);
    Assembly::new(prepared.as_ref().unwrap_or(document), settings, options).write()
}

/// A top-level block or a note.
#[derive(Clone, Copy)]
pub(crate) enum Unit<'a> {
    Block(&'a Block),
    /// What stood around the units that follow, and is left out.
    Wrapper(&'a str, &'a Attr),
    Note(&'a Note),
}

/// A document on its way.
struct Assembly<'a> {
    units: Vec<Unit<'a>>,
    levels: Vec<UnitLevel>,
    leaves: HashMap<usize, LeafLevel>,
    settings: Settings,
    options: &'a WriteOptions,
    /// The text so far, and where each unit stands in it.
    text: String,
    places: Vec<Range<usize>>,
}

/// Rounds of respelling; each costs one more reading of the text.
const ROUNDS: usize = 8;

impl<'a> Assembly<'a> {
    fn new(document: &'a Document, settings: Settings, options: &'a WriteOptions) -> Self {
        let mut units = Vec::with_capacity(document.blocks.len());
        push_units(&document.blocks, &settings, 0, &mut units);
        if settings.traits.footnotes {
            units.extend(document.notes.iter().map(Unit::Note));
        }
        let levels = vec![UnitLevel::Written; units.len()];
        Self { units, levels, leaves: HashMap::new(), settings, options, text: String::new(), places: Vec::new() }
    }

    fn write(mut self) -> Written {
        let mut written = Written::default();
        let mut report = self.spell();
        if self.options.proof && !self.units.is_empty() && !self.settings.is_kramdown() {
            let mut expected = Meaning::default();
            let bounds = self.expected(&mut expected);
            let mut found = Meaning::default();
            let mut touched = vec![false; self.units.len()];
            for round in 0.. {
                let places = read_units(&self.text, &self.places, self.options, &mut found);
                let mut clean = true;
                for n in 0..self.units.len() {
                    let wanted = &expected.text[bounds[n].clone()];
                    let got = &found.text[places[n].clone()];
                    if self.levels[n] == UnitLevel::GivenUp || same_but_for_looseness(wanted, got) {
                        continue;
                    }
                    clean = false;
                    touched[n] = true;
                    let at = bounds[n].start + first_difference(wanted, got);
                    if std::env::var("DBG").is_ok() { let d = first_difference(wanted, got); let f=|s:&str| { let mut a=d.saturating_sub(80); while !s.is_char_boundary(a) {a-=1}; let mut b=(d+120).min(s.len()); while !s.is_char_boundary(b) {b+=1}; s[a.min(s.len())..b].to_owned() }; eprintln!("DBG {n} {:?} {:?}\n  want {:?}\n  got  {:?}\n  text {:?}", self.levels[n], self.leaves.values().max(), f(wanted), f(got), &self.text[self.places[n].clone()].chars().take(200).collect::<String>()); }
                    self.respell(n, &expected, at, round >= ROUNDS);
                }
                if clean {
                    break;
                }
                report = self.spell();
            }
            written.respelled = touched.iter().filter(|t| **t).count() as u32;
        }
        for (n, level) in self.levels.iter().enumerate() {
            if *level == UnitLevel::GivenUp {
                written.diagnostics.push(
                    Diagnostic::warning("lost/spelling", "a block has no spelling that reads back the same")
                        .snippet(&self.text[self.places[n].clone()]),
                );
            }
        }
        written.blocks = self.places.iter().filter(|p| !p.is_empty()).count() as u32;
        report.report(&mut written.diagnostics);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        written.text = self.text;
        written
    }

    /// Spells another way what came back different: the run at the place of the difference, then the whole unit.
    fn respell(&mut self, unit: usize, expected: &Meaning, at: usize, hurry: bool) {
        let run = expected.runs.partition_point(|run| run.start <= at).checked_sub(1).map(|n| expected.runs[n].key);
        let leaf = run.filter(|key| *key != 0 && !hurry && self.levels[unit] == UnitLevel::Written);
        if let Some(next) = leaf.and_then(|key| self.leaves.get(&key).copied().unwrap_or_default().next()) {
            if let Some(key) = leaf {
                self.leaves.insert(key, next);
                return;
            }
        }
        self.levels[unit] = match self.levels[unit] {
            UnitLevel::Source => UnitLevel::Written,
            UnitLevel::Written => UnitLevel::Html,
            UnitLevel::Html | UnitLevel::GivenUp => UnitLevel::GivenUp,
        };
    }

    /// Spells all units; gives what was lost.
    fn spell(&mut self) -> crate::settings::Losses {
        let mut writer = Writer::new(&self.settings, &self.leaves, self.options.limits.depth);
        writer.out = std::mem::take(&mut self.text);
        writer.out.clear();
        self.places.clear();
        let mut last: Option<Unit<'a>> = None;
        for (unit, level) in self.units.iter().zip(&self.levels) {
            let before = writer.out.len();
            match (last, unit) {
                (None, _) => {}
                (Some(Unit::Block(last)), Unit::Block(next)) => writer.separate(last, next, false),
                (Some(_), Unit::Wrapper(..)) => {}
                (Some(_), _) => writer.blank_line(),
            }
            let start = writer.out.len();
            match unit {
                Unit::Block(block) if *level >= UnitLevel::Html => writer.html(block),
                Unit::Block(block) => writer.block(block),
                Unit::Wrapper(name, attr) => {
                    if *name != "div" {
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
                self.places.push(before..before);
            } else {
                self.places.push(start..writer.out.len());
                last = Some(*unit);
            }
        }
        self.text = writer.out;
        writer.losses
    }

    /// Collects what each unit means; gives where each begins and ends.
    fn expected(&self, meaning: &mut Meaning) -> Vec<Range<usize>> {
        let mut bounds = Vec::with_capacity(self.units.len());
        for unit in &self.units {
            let start = meaning.text.len();
            let mut tree = TreeMeaning {
                meaning,
                traits: self.settings.traits,
                policy: self.settings.attributes,
                depth: self.options.limits.depth,
            };
            match unit {
                Unit::Block(block) => tree.block(block),
                Unit::Wrapper(..) => {}
                Unit::Note(note) => tree.note(note),
            }
            meaning.end_run();
            bounds.push(start..meaning.text.len());
        }
        bounds
    }
}

/// Levels of wrappers that are looked through; deeper ones stay with what they hold.
const WRAPPERS: usize = 32;

/// Lists the blocks that stand for themselves: what only groups them is looked through.
fn push_units<'a>(blocks: &'a [Block], settings: &Settings, depth: usize, units: &mut Vec<Unit<'a>>) {
    for block in blocks {
        let (name, attr, inner) = match block {
            Block::Division { attr, blocks } => ("div", attr, blocks),
            Block::Element { name, attr, blocks, .. } if is_grouping(name) => (name.as_str(), attr, blocks),
            _ => {
                units.push(Unit::Block(block));
                continue;
            }
        };
        if depth == WRAPPERS || settings.wraps(attr) {
            units.push(Unit::Block(block));
        } else {
            units.push(Unit::Wrapper(name, attr));
            push_units(inner, settings, depth + 1, units);
        }
    }
}
