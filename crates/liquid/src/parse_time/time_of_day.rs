//! The weekday and the time of day in a date's text, with its zone.

use super::scan::{DAYS, Scan, number};

pub(super) fn weekday(mut scan: Scan<'_>) -> Option<(usize, ())> {
    if !scan.at_word_edge() {
        return None;
    }
    scan.one_of(&DAYS)?;
    scan.run(|c| c != '-' && c != '/' && !c.is_ascii_digit() && c != ' ');
    Some((scan.at, ()))
}

/// A time of day; a part that is out of range is there all the same.
pub(super) struct TimeOfDay {
    pub(super) hour: i64,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    pub(super) nanoseconds: Option<u32>,
}

/// A time of day with its zone.
pub(super) fn time(mut scan: Scan<'_>) -> Option<(usize, (TimeOfDay, Option<String>))> {
    let hour = number(scan.digits()?);
    let (mut time, end) = clock(scan, hour).or_else(|| hours(scan, hour)).unwrap_or((TimeOfDay::of_hour(hour, None), scan.at));
    let with_parts = end > scan.at;
    scan.at = end;
    let mut after = scan;
    after.spaces();
    match after.half_of_day() {
        Some(afternoon) => {
            scan = after;
            time.hour = hour % 12 + if afternoon { 12 } else { 0 };
        }
        None if with_parts => {}
        None => return None,
    }
    let zone = zone(&mut scan);
    Some((scan.at, (time, zone)))
}

impl TimeOfDay {
    fn of_hour(hour: i64, minute: Option<i64>) -> Self {
        Self { hour, minute, second: None, nanoseconds: None }
    }
}

/// `:09:16.5` after an hour.
fn clock(mut scan: Scan<'_>, hour: i64) -> Option<(TimeOfDay, usize)> {
    scan.spaces();
    scan.literal(":")?;
    scan.spaces();
    let minute = Some(number(scan.digits()?));
    let mut further = scan;
    further.spaces();
    if further.optional(":") {
        further.spaces();
        if let Some(second) = further.digits() {
            let nanoseconds = further.fraction();
            return Some((TimeOfDay { hour, minute, second: Some(number(second)), nanoseconds }, further.at));
        }
    }
    Some((TimeOfDay::of_hour(hour, minute), scan.at))
}

/// `h 30m 5s` after an hour.
fn hours(mut scan: Scan<'_>, hour: i64) -> Option<(TimeOfDay, usize)> {
    scan.spaces();
    scan.literal("h")?;
    let mut minutes = scan;
    minutes.spaces();
    let Some(minute) = minutes.digits().map(number) else { return Some((TimeOfDay::of_hour(hour, None), scan.at)) };
    minutes.optional("m");
    let mut seconds = minutes;
    seconds.spaces();
    let Some(second) = seconds.digits().map(number) else {
        return Some((TimeOfDay::of_hour(hour, Some(minute)), minutes.at));
    };
    seconds.optional("s");
    Some((TimeOfDay { second: Some(second), ..TimeOfDay::of_hour(hour, Some(minute)) }, seconds.at))
}

/// The zone after a time; the place moves on only if there is one.
fn zone(scan: &mut Scan<'_>) -> Option<String> {
    let mut here = *scan;
    here.spaces();
    let end = offset_zone(here).or_else(|| long_zone(here)).or_else(|| short_zone(here))?;
    let zone = here.text[here.at..end].to_owned();
    scan.at = end;
    Some(zone)
}

/// `(gmt|utc?)?[-+]\d+([,.:]\d+(:\d+)?)?`
fn offset_zone(mut scan: Scan<'_>) -> Option<usize> {
    let _ = scan.optional("gmt") || scan.optional("utc") || scan.optional("ut");
    if !(scan.optional("+") || scan.optional("-")) {
        return None;
    }
    scan.digits()?;
    let mut further = scan;
    if (further.optional(",") || further.optional(".") || further.optional(":")) && further.digits().is_some() {
        scan = further;
        if further.optional(":") && further.digits().is_some() {
            scan = further;
        }
    }
    Some(scan.at)
}

/// `[[:alpha:].\s]+(standard|daylight)\stime\b`
fn long_zone(scan: Scan<'_>) -> Option<usize> {
    let mut run = scan;
    let words = run.run(|c| c.is_alphabetic() || c == '.' || c == ' ');
    let lower = words.to_ascii_lowercase();
    [" time"].iter().flat_map(|time| ["standard", "daylight"].map(|kind| format!("{kind}{time}"))).find_map(|name| {
        let at = lower.rfind(&name).filter(|at| *at > 0)?;
        let end = Scan { text: scan.text, at: scan.at + at + name.len() };
        end.at_word_edge().then_some(end.at)
    })
}

/// `[[:alpha:]]+(\sdst)?\b`
fn short_zone(mut scan: Scan<'_>) -> Option<usize> {
    let word = scan.run(char::is_alphabetic);
    if word.is_empty() {
        return None;
    }
    let mut dst = scan;
    if dst.spaces() == 1 && dst.optional("dst") && dst.at_word_edge() {
        return Some(dst.at);
    }
    scan.at_word_edge().then_some(scan.at)
}
