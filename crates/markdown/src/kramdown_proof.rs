//! The proof for kramdown: our kramdown reads the text, our HTML reader what it makes of it.

use postferry_html::{Piece, ReadOptions, read_pieces};

use crate::{
    RawHtml, WriteOptions,
    meaning::Meaning,
    tree_meaning::TreeMeaning,
    unit::{Placed, Unit},
};

/// Reads `text` into `found`; notes for each unit where its meaning begins and ends.
pub(crate) fn read_kramdown_units(text: &str, units: &mut [Placed<'_>], options: &WriteOptions, found: &mut Meaning) {
    found.clear();
    let output = kramdown::to_html(text, &kramdown::Options::jekyll());
    let pieces: Vec<Piece> = output
        .blocks
        .iter()
        .map(|block| Piece {
            html: block.html.clone(),
            first_line: block.lines.start,
            lines: block.lines.end.saturating_sub(block.lines.start),
        })
        .collect();
    let mut read_options = ReadOptions::default();
    read_options.limits = options.limits.clone();
    let reading = read_pieces(&output.html, &pieces, &read_options);
    let first_lines = lines_of(text, units);
    let traits = options.dialect.traits();
    let mut origins = reading.origins.iter().peekable();
    for (n, unit) in units.iter_mut().enumerate() {
        let start = found.text.len();
        let mut tree = TreeMeaning {
            meaning: found,
            traits,
            policy: options.attributes,
            drop: options.html == RawHtml::Drop,
            depth: options.limits.depth,
        };
        let next_line = first_lines[n + 1..].iter().copied().find(|line| *line > first_lines[n]).unwrap_or(u32::MAX);
        if let Unit::Note(own) | Unit::NoteLines { note: own, .. } = unit.unit {
            if let Some(note) = reading.notes.iter().find(|note| note.label == own.label) {
                tree.note(note);
            }
        } else {
            while let Some(origin) = origins.next_if(|origin| origin.first_line < next_line && !unit.place.is_empty()) {
                let first = origin.first_block as usize;
                let last = (first + origin.blocks as usize).min(reading.blocks.len());
                tree.blocks(reading.blocks.get(first..last).unwrap_or(&[]));
            }
        }
        found.end_run();
        unit.got = start..found.text.len();
    }
}

/// The line on which each unit begins, counted from 1.
fn lines_of(text: &str, units: &[Placed<'_>]) -> Vec<u32> {
    let mut line = 1;
    let mut at = 0;
    let mut lines = Vec::with_capacity(units.len());
    for unit in units {
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..unit.place.start]).count() as u32;
        at = unit.place.start;
        lines.push(line);
    }
    lines
}
