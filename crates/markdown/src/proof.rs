//! The proof: reads the finished text again, whole, and says what each unit of it means.

use pulldown_cmark::{Event, Parser};

use crate::{WriteOptions, event_meaning::EventMeaning, meaning::Meaning, unit::Placed};

/// Reads `text` into `found`; notes for each unit where its meaning begins and ends. What begins in the gap before a unit
/// belongs to it.
pub(crate) fn read_units(text: &str, units: &mut [Placed<'_>], options: &WriteOptions, found: &mut Meaning) {
    found.clear();
    let mut units = units.iter_mut().peekable();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut reader = EventMeaning::new(found, options.attributes);
    for (event, range) in Parser::new_ext(text, options.dialect.parser_options()).into_offset_iter() {
        if depth == 0 {
            while let Some(unit) = units.next_if(|unit| unit.place.end <= range.start) {
                reader.meaning().end_run();
                let end = reader.meaning().text.len();
                unit.got = start..end;
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
    for unit in units {
        unit.got = start..end;
        start = end;
    }
}
