//! Dates and times in free text, as Ruby's `Time.parse` reads them.
//!
//! The order of the forms is that of Ruby's `Date._parse`; the first that fits gives the day.

use crate::host::{Clock, local_time, localize};
use crate::time::{Civil, Time, Zone, days_from_civil, days_in_month};

mod day;

use day::find_day;

/// What was found in a text.
#[derive(Debug, Default)]
struct Found {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    year_day: Option<u32>,
    hour: Option<u32>,
    minute: Option<u32>,
    second: Option<u32>,
    nanoseconds: Option<u32>,
    zone: Option<String>,
    short_year: bool,
}

/// Reads a date and a time; what is not said comes from the clock, as in Ruby.
///
/// `None` where Ruby raises an `ArgumentError`.
pub fn parse_time(text: &str, clock: &dyn Clock) -> Option<Time> {
    let mut rest = clean(text);
    let mut found = Found { short_year: true, ..Found::default() };
    find_weekday(&mut rest);
    find_clock(&mut rest, &mut found);
    find_day(&mut rest, &mut found);
    if found.short_year
        && let Some(year) = found.year
        && (0..100).contains(&year)
    {
        found.year = Some(if year >= 69 { year + 1900 } else { year + 2000 });
    }
    make_time(found, clock)
}

/// Lower case, and one space for each run of characters that no form has.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().take(256) {
        let known = letter.is_alphanumeric() || "-+',./:@[]".contains(letter);
        if known {
            out.extend(letter.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

fn month_at(text: &str, place: usize) -> Option<u32> {
    let name = text.get(place..place + 3)?;
    MONTHS.iter().position(|month| *month == name).and_then(|month| u32::try_from(month + 1).ok())
}

fn is_word_at(bytes: &[u8], place: usize) -> bool {
    bytes.get(place).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80)
}

fn is_boundary(bytes: &[u8], place: usize) -> bool {
    (place > 0 && is_word_at(bytes, place - 1)) != is_word_at(bytes, place)
}

fn digits_end(bytes: &[u8], from: usize) -> usize {
    from + bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn spaces_end(bytes: &[u8], from: usize) -> usize {
    from + bytes[from.min(bytes.len())..].iter().take_while(|byte| **byte == b' ').count()
}

fn find_weekday(text: &mut String) {
    let bytes = text.as_bytes();
    for place in 0..bytes.len() {
        let starts = is_boundary(bytes, place) && text.get(place..place + 3).is_some_and(|name| WEEKDAYS.contains(&name));
        if starts {
            let end = place
                + 3
                + bytes[place + 3..]
                    .iter()
                    .take_while(|byte| !matches!(byte, b'-' | b'/' | b' ') && !byte.is_ascii_digit())
                    .count();
            text.replace_range(place..end, " ");
            return;
        }
    }
}

/// Takes the time of day and its zone out of the text.
fn find_clock(text: &mut String, found: &mut Found) {
    let bytes = text.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        if !bytes[place].is_ascii_digit() {
            place += 1;
            continue;
        }
        let run = digits_end(bytes, place);
        if let Some(end) = clock_at(text, place, found) {
            let end = zone_at(text, end, found);
            text.replace_range(place..end, " ");
            return;
        }
        place = run;
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn clock_at(text: &str, start: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let hour_end = digits_end(bytes, start);
    let hour = number(&text[start..hour_end]);
    let after = spaces_end(bytes, hour_end);
    let (mut minute, mut second, mut fraction) = (None, None, None);
    let mut end = hour_end;
    let mut is_clock = false;
    let colon = bytes.get(after) == Some(&b':');
    let h = bytes.get(after) == Some(&b'h');
    if colon || h {
        let from = spaces_end(bytes, after + 1);
        let minute_end = digits_end(bytes, from);
        if minute_end > from {
            minute = number(&text[from..minute_end]);
            end = minute_end;
            is_clock = true;
            if h && bytes.get(end) == Some(&b'm') {
                end += 1;
            }
            let next = spaces_end(bytes, end);
            let from = if colon { (bytes.get(next) == Some(&b':')).then(|| spaces_end(bytes, next + 1)) } else { Some(next) };
            if let Some(from) = from {
                let second_end = digits_end(bytes, from);
                if second_end > from {
                    second = number(&text[from..second_end]);
                    end = second_end;
                    if matches!(bytes.get(end), Some(b',' | b'.')) && colon {
                        let fraction_end = digits_end(bytes, end + 1);
                        fraction = Some(text[end + 1..fraction_end].to_owned());
                        end = fraction_end;
                    }
                    if h && bytes.get(end) == Some(&b's') {
                        end += 1;
                    }
                }
            }
        } else if h {
            is_clock = true;
            end = after + 1;
        }
    }
    let mut hour = hour;
    let next = spaces_end(bytes, end);
    if let Some(half) = bytes.get(next).filter(|byte| matches!(byte, b'a' | b'p')) {
        let rest = &text[next + 1..];
        let length = if rest.starts_with(".m.") {
            Some(4)
        } else if rest.starts_with('m') && !is_word_at(bytes, next + 2) {
            Some(2)
        } else {
            None
        };
        if let Some(length) = length {
            is_clock = true;
            end = next + length;
            hour = hour.map(|hour| hour % 12 + if *half == b'p' { 12 } else { 0 });
        }
    }
    if !is_clock {
        return None;
    }
    found.hour = Some(hour.unwrap_or(99));
    found.minute = minute;
    found.second = second;
    found.nanoseconds = fraction.as_deref().filter(|digits| !digits.is_empty()).and_then(nanoseconds);
    Some(end)
}

fn nanoseconds(digits: &str) -> Option<u32> {
    let mut digits: String = digits.chars().take(9).collect();
    while digits.len() < 9 {
        digits.push('0');
    }
    digits.parse().ok()
}

/// The zone after a time of day; answers where it ends.
fn zone_at(text: &str, from: usize, found: &mut Found) -> usize {
    let bytes = text.as_bytes();
    let start = spaces_end(bytes, from);
    let prefix = ["gmt", "utc", "ut"].iter().find(|name| text[start..].starts_with(**name)).map_or(0, |name| name.len());
    let sign = start + prefix;
    if matches!(bytes.get(sign), Some(b'+' | b'-')) {
        let mut end = digits_end(bytes, sign + 1);
        if end > sign + 1 {
            if matches!(bytes.get(end), Some(b',' | b'.' | b':')) {
                let more = digits_end(bytes, end + 1);
                if more > end + 1 {
                    let colon = bytes[end] == b':';
                    end = more;
                    if colon && bytes.get(end) == Some(&b':') {
                        let seconds = digits_end(bytes, end + 1);
                        end = if seconds > end + 1 { seconds } else { end };
                    }
                }
            }
            found.zone = Some(text[start..end].to_owned());
            return end;
        }
    }
    let letters = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let mut end = start + letters;
    if letters > 0 && !is_word_at(bytes, end) {
        if text[end..].starts_with(" dst") && !is_word_at(bytes, end + 4) {
            end += 4;
        }
        found.zone = Some(text[start..end].to_owned());
        return end;
    }
    from
}

/// The offset of a zone's name in seconds.
fn zone_offset(zone: &str) -> Option<i32> {
    let bytes = zone.as_bytes();
    if let Some(sign @ (b'+' | b'-')) = bytes.first() {
        let digits: String = zone[1..].chars().filter(char::is_ascii_digit).collect();
        let shape = zone[1..].replace(|letter: char| letter.is_ascii_digit(), "0");
        if !matches!(shape.as_str(), "00" | "0000" | "00:00" | "000000" | "00:00:00") {
            return None;
        }
        let part = |from: usize| digits.get(from..from + 2).and_then(|part| part.parse::<i32>().ok()).unwrap_or(0);
        let seconds = part(0) * 3600 + part(2) * 60 + part(4);
        return Some(if *sign == b'-' { -seconds } else { seconds });
    }
    let hours = match zone {
        "utc" | "z" | "ut" | "gmt" => 0,
        "est" | "cdt" => -5,
        "edt" => -4,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => match bytes {
            [letter @ b'a'..=b'i'] => i32::from(letter - b'a') + 1,
            [letter @ b'k'..=b'm'] => i32::from(letter - b'a'),
            [letter @ b'n'..=b'y'] => -(i32::from(letter - b'n') + 1),
            _ => return None,
        },
    };
    Some(hours * 3600)
}

fn make_time(mut found: Found, clock: &dyn Clock) -> Option<Time> {
    let nothing = found.year.is_none()
        && found.year_day.is_none()
        && found.month.is_none()
        && found.day.is_none()
        && found.hour.is_none()
        && found.minute.is_none()
        && found.second.is_none()
        && found.nanoseconds.is_none();
    if nothing {
        return None;
    }
    let now = localize(clock, &clock.now());
    let offset = found
        .zone
        .as_deref()
        .and_then(|zone| zone_offset(zone).or_else(|| local_zone_offset(zone, found.year.unwrap_or(now.civil().year), clock)));
    let today = offset.map_or(now.clone(), |offset| now.with_offset(offset, Zone::Fixed)).civil();
    if let Some(day) = found.year_day {
        let year = found.year.unwrap_or(today.year);
        let limit = 365 + (days_in_month(year, 2) - 28);
        if !(1..=limit).contains(&day) {
            return None;
        }
        let civil = Civil::from_seconds((days_from_civil(year, 1, 1) + i64::from(day) - 1) * 86_400);
        (found.year, found.month, found.day) = (Some(civil.year), Some(civil.month), Some(civil.day));
    }
    let day = fill_in(&found, today);
    if !(1..=12).contains(&day.month) || !(1..=31).contains(&day.day) || day.year.abs() > 1_000_000 {
        return None;
    }
    let midnight_after = day.hour == 24 && day.minute == 0 && day.second == 0;
    if day.hour > 24 || day.hour == 24 && !midnight_after || day.minute > 59 || day.second > 60 {
        return None;
    }
    let clock_seconds = day.to_seconds();
    let mut time = match offset {
        Some(offset) => {
            let utc = Time::utc(clock_seconds - i64::from(offset));
            let is_utc = matches!(found.zone.as_deref(), Some("z" | "utc" | "-00:00" | "-0000"));
            let local = localize(clock, &utc);
            if is_utc {
                utc
            } else if local.offset == offset {
                local
            } else {
                utc.with_offset(offset, Zone::Fixed)
            }
        }
        None => local_time(clock, clock_seconds),
    };
    time.nanoseconds = found.nanoseconds.unwrap_or(0);
    Some(time)
}

/// Takes from today what stands before the first part that was found.
fn fill_in(found: &Found, today: Civil) -> Civil {
    let has_year = found.year.is_some();
    let has_month = has_year || found.month.is_some();
    let has_day = has_month || found.day.is_some();
    Civil {
        year: found.year.unwrap_or(today.year),
        month: found.month.unwrap_or(if has_year { 1 } else { today.month }),
        day: found.day.unwrap_or(if has_month { 1 } else { today.day }),
        hour: found.hour.unwrap_or(if has_day { 0 } else { today.hour }),
        minute: found.minute.unwrap_or(0),
        second: found.second.unwrap_or(0),
    }
}

/// The offset of the site's own zone in winter or summer, when the name is one of its abbreviations.
fn local_zone_offset(zone: &str, year: i64, clock: &dyn Clock) -> Option<i32> {
    [(1, 1), (7, 1)].into_iter().find_map(|(month, day)| {
        let time = local_time(clock, days_from_civil(year, month, day) * 86_400);
        match &time.zone {
            Zone::Named(name) if name.eq_ignore_ascii_case(zone) => Some(time.offset),
            _ => None,
        }
    })
}
