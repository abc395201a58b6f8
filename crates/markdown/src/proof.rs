//! The proof: reads the finished text again, whole, and says what each unit of it means.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::{WriteOptions, event_meaning::EventMeaning, meaning::Meaning};

/// Reads `text` into `found`; gives for each unit where its meaning begins and ends. What begins in the gap before a
/// unit belongs to it.
pub(crate) fn read_units(text: &str, units: &[Range<usize>], options: &WriteOptions, found: &mut Meaning) -> Vec<Range<usize>> {
    found.clear();
    found.text.clear();
    let mut places = Vec::with_capacity(units.len());
    let mut start = 0;
    let mut depth = 0_usize;
    let mut reader = EventMeaning::new(found, options.attributes);
    for (event, range) in Parser::new_ext(text, options.dialect.parser_options()).into_offset_iter() {
        if depth == 0 {
            while places.len() < units.len() && units[places.len()].end <= range.start {
                reader.meaning().end_run();
                let end = reader.meaning().text.len();
                places.push(start..end);
                start = end;
            }
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        reader.event(event);
    }
    reader.meaning().end_run();
    let end = reader.meaning().text.len();
    while places.len() < units.len() {
        places.push(start..end);
        start = end;
    }
    places
}
