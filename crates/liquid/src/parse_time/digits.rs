//! Dates of digits without separators.

use super::parts::DateParts;
use super::scan::{Scan, Text, number};

/// Digits without separators: `20220111T091654Z`.
pub(super) fn take_digits(text: &mut Text, parts: &mut DateParts) -> bool {
    let found = text.take_first(|mut scan| {
        let negative = scan.optional("-");
        let _ = negative || scan.optional("+");
        let bytes = &scan.text.as_bytes()[scan.at..];
        let count = bytes.iter().take(14).take_while(|b| b.is_ascii_digit()).count();
        if count < 2 {
            return None;
        }
        let date = scan.text[scan.at..scan.at + count].to_owned();
        scan.at += count;
        let mut further = scan;
        further.spaces();
        further.optional("t");
        further.spaces();
        let rest = &further.text.as_bytes()[further.at..];
        let count = rest.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
        let time = (count >= 2).then(|| further.text[further.at..further.at + count].to_owned());
        further.at += time.as_ref().map_or(0, String::len);
        let fraction = further.fraction();
        scan = further;
        let zone = digits_zone(&mut scan);
        Some((scan.at, (negative, date, time, fraction, zone)))
    });
    let Some((negative, date, time, fraction, zone)) = found else { return false };
    parts.nanoseconds = fraction.or(parts.nanoseconds);
    if time.is_none() && fraction.is_some() {
        assign_from_the_right(parts, &date, negative);
    } else {
        assign_from_the_left(parts, &date, negative);
    }
    if let Some(time) = time.filter(|t| t.len() % 2 == 0) {
        let at = |index: usize| time.get(index * 2..index * 2 + 2).map(number);
        if fraction.is_some() {
            let pairs = time.len() / 2;
            let from_end = |back: usize| pairs.checked_sub(back).and_then(at);
            (parts.second, parts.minute, parts.hour) =
                (from_end(1).or(parts.second), from_end(2).or(parts.minute), from_end(3).or(parts.hour));
        } else {
            (parts.hour, parts.minute, parts.second) = (at(0).or(parts.hour), at(1).or(parts.minute), at(2).or(parts.second));
        }
    }
    parts.zone = zone.or(parts.zone.take());
    true
}

/// `z`, `+0800` or `[+8:name]` after digits.
fn digits_zone(scan: &mut Scan<'_>) -> Option<String> {
    let mut here = *scan;
    here.spaces();
    let start = here.at;
    if here.optional("z") && here.at_word_edge() {
        *scan = here;
        return Some("Z".to_owned());
    }
    here.at = start;
    if here.optional("+") || here.optional("-") {
        let count = here.run(|c| c.is_ascii_digit()).len();
        if (1..=4).contains(&count) && here.at_word_edge() {
            *scan = here;
            return Some(here.text[start..here.at].to_owned());
        }
    }
    here.at = start;
    here.literal("[")?;
    let _ = here.optional("+") || here.optional("-");
    if !here.peek()?.is_ascii_digit() {
        return None;
    }
    let close = here.text[start..].find(']')? + start;
    let inside = &here.text[start + 1..close];
    scan.at = close + 1;
    Some(inside.split_once(':').map_or(inside, |(_, name)| name).to_owned())
}

fn assign_from_the_left(parts: &mut DateParts, date: &str, negative: bool) {
    let two = |at: usize| date.get(at..at + 2).map(number);
    let year = |digits: usize| Some(number(&date[..digits]) * if negative { -1 } else { 1 });
    match date.len() {
        2 => parts.day = two(0),
        3 => parts.day_of_year = Some(number(date)),
        4 => (parts.month, parts.day) = (two(0), two(2)),
        5 => (parts.year, parts.day_of_year) = (year(2), Some(number(&date[2..]))),
        6 => (parts.year, parts.month, parts.day) = (year(2), two(2), two(4)),
        7 => (parts.year, parts.day_of_year) = (year(4), Some(number(&date[4..]))),
        8 | 10 | 12 | 14 => {
            (parts.year, parts.month, parts.day) = (year(4), two(4), two(6));
            (parts.hour, parts.minute, parts.second) =
                (two(8).or(parts.hour), two(10).or(parts.minute), two(12).or(parts.second));
            parts.short_year = false;
        }
        _ => {}
    }
}

/// Digits with a fraction after them end in seconds.
fn assign_from_the_right(parts: &mut DateParts, date: &str, negative: bool) {
    let len = date.len();
    let sign = if negative { -1 } else { 1 };
    let pair = |back: usize| (len >= back).then(|| number(&date[len - back..len - back + 2]));
    let one = |back: usize| number(&date[len - back..=len - back]);
    match len {
        9 | 11 | 13 => return,
        _ => {}
    }
    parts.second = pair(2);
    match len {
        3 => parts.minute = Some(one(3)),
        5 => (parts.minute, parts.hour) = (pair(4), Some(one(5))),
        7 => (parts.minute, parts.hour, parts.day) = (pair(4), pair(6), Some(one(7))),
        _ => {
            parts.minute = pair(4).or(parts.minute);
            parts.hour = pair(6).or(parts.hour);
            parts.day = pair(8).or(parts.day);
            parts.month = pair(10).or(parts.month);
        }
    }
    if len == 12 {
        parts.year = Some(number(&date[..2]) * sign);
    }
    if len == 14 {
        parts.year = Some(number(&date[..4]) * sign);
        parts.short_year = false;
    }
}
