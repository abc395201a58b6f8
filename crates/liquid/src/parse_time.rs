//! Dates and times in free text, as Ruby's `Time.parse` reads them.
//!
//! The order of the forms is that of Ruby's `Date._parse`; the first that fits gives the day.

use crate::host::{Clock, local_time, localize};
use crate::time::{Civil, Time, Zone, days_from_civil, days_in_month};

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
    find_day(&rest, &mut found);
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

/// Tries the forms of a day, in Ruby's order.
fn find_day(text: &str, found: &mut Found) {
    let forms: [fn(&str, usize, &mut Found) -> bool; 11] =
        [european, american, iso, imperial, vms_day_first, vms_month_first, slashes, dots, year_day, month_only, day_with_ending];
    for form in forms {
        for place in 0..text.len() {
            if text.is_char_boundary(place) && form(text, place, found) {
                lone_day_or_hour(text, found);
                return;
            }
        }
    }
    for place in 0..text.len() {
        if text.is_char_boundary(place) && digits_only(text, place, found) {
            break;
        }
    }
    lone_day_or_hour(text, found);
}

/// One or two digits that are all of the text are a day beside a time, or an hour beside a day.
fn lone_day_or_hour(text: &str, found: &mut Found) {
    let text = text.trim_matches(' ');
    if text.is_empty() || text.len() > 2 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let Some(value) = number(text) else { return };
    if found.hour.is_some() && found.day.is_none() && (1..=31).contains(&value) {
        found.day = Some(value);
    }
    if found.day.is_some() && found.hour.is_none() && value <= 24 {
        found.hour = Some(value);
    }
}

/// An optional quote, an optional sign, and digits: where they end.
fn quoted_number(text: &str, from: usize, signed: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut place = from + usize::from(bytes.get(from) == Some(&b'\''));
    if signed && matches!(bytes.get(place), Some(b'-' | b'+')) {
        place += 1;
    }
    let end = digits_end(bytes, place);
    (end > place).then_some(end)
}

/// Letters and other characters but no digits, spaces, hyphens: where they end.
fn letters_end(bytes: &[u8], from: usize, stops: &[u8]) -> usize {
    from + bytes[from.min(bytes.len())..].iter().take_while(|byte| !byte.is_ascii_digit() && !stops.contains(byte)).count()
}

fn ordinal_end(text: &str, from: usize) -> usize {
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|ending| text[from..].starts_with(ending));
    if is_ordinal && !is_word_at(text.as_bytes(), from + 2) { from + 2 } else { from }
}

/// `3rd of feb`, `10 january 2020`.
fn european(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    let Some(day_end) = quoted_number(text, place, false) else { return false };
    let month_place = spaces_end(bytes, letters_end(bytes, day_end, b"- "));
    let named = month_at(text, month_place).map(|month| (month_place, month));
    let named = named.or_else(|| (day_end..month_place).find_map(|at| month_at(text, at).map(|month| (at, month))));
    let Some((month_place, month)) = named else { return false };
    let after = letters_end(bytes, month_place + 3, b"- '");
    let year_place = spaces_end(bytes, after);
    let year = quoted_number(text, year_place, true).map(|end| &text[year_place..ordinal_end(text, end)]);
    set_day(year, Some(&month.to_string()), Some(&text[place..day_end]), found);
    true
}

/// `feb 3rd, 2001`, `january 10`.
fn american(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    if !is_boundary(bytes, place) {
        return false;
    }
    let Some(month) = month_at(text, place) else { return false };
    let day_place = spaces_end(bytes, letters_end(bytes, place + 3, b"- '"));
    let Some(day_end) = quoted_number(text, day_place, false) else { return false };
    let mut next = spaces_end(bytes, letters_end(bytes, day_end, b"- '"));
    if bytes.get(next) == Some(&b',') {
        next = spaces_end(bytes, next + 1);
    } else if let Some(comma) = text[day_end..next].find(',') {
        next = spaces_end(bytes, day_end + comma + 1);
    }
    let year = quoted_number(text, next, true).map(|end| &text[next..end]);
    set_day(year, Some(&month.to_string()), Some(&text[day_place..day_end]), found);
    true
}

/// Three numbers with the same separator between them.
fn three_numbers(text: &str, place: usize, separator: u8, signed: bool) -> Option<[&str; 3]> {
    let bytes = text.as_bytes();
    let part = |from: usize, signed: bool| quoted_number(text, from, signed);
    let first_end = part(place, signed)?;
    if bytes.get(first_end) != Some(&separator) {
        return None;
    }
    let second = if separator == b'-' { first_end + 1 } else { spaces_end(bytes, first_end + 1) };
    let second_end = if separator == b'-' {
        let end = digits_end(bytes, second);
        (end > second).then_some(end)?
    } else {
        part(second, false)?
    };
    if bytes.get(second_end) != Some(&separator) {
        return None;
    }
    let third = if separator == b'-' { second_end + 1 } else { spaces_end(bytes, second_end + 1) };
    let third_end = part(third, true)?;
    Some([&text[place..first_end], &text[second..second_end], &text[third..third_end]])
}

/// `2001-02-03`.
fn iso(text: &str, place: usize, found: &mut Found) -> bool {
    let Some([year, month, day]) = three_numbers(text, place, b'-', true) else { return false };
    set_day(Some(year), Some(month), Some(day), found);
    true
}

/// `h13.02.03`: a year of a Japanese era.
fn imperial(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    let era = match bytes[place] {
        b'm' => 1867,
        b't' => 1911,
        b's' => 1925,
        b'h' => 1988,
        b'r' => 2018,
        _ => return false,
    };
    if !is_boundary(bytes, place) {
        return false;
    }
    let year_end = digits_end(bytes, place + 1);
    let month_end = digits_end(bytes, year_end + 1);
    let day_end = digits_end(bytes, month_end + 1);
    let points = bytes.get(year_end) == Some(&b'.') && bytes.get(month_end) == Some(&b'.');
    if year_end == place + 1 || !points || month_end == year_end + 1 || day_end == month_end + 1 {
        return false;
    }
    found.year = text[place + 1..year_end].parse::<i64>().ok().map(|year| year.saturating_add(era));
    found.month = number(&text[year_end + 1..month_end]);
    found.day = number(&text[month_end + 1..day_end]);
    true
}

/// `3-feb-2001`.
fn vms_day_first(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    let Some(day_end) = quoted_number(text, place, true) else { return false };
    if bytes.get(day_end) != Some(&b'-') {
        return false;
    }
    let Some(month) = month_at(text, day_end + 1) else { return false };
    let after = day_end + 4 + bytes[day_end + 4..].iter().take_while(|byte| !matches!(byte, b'-' | b'/' | b'.')).count();
    if bytes.get(after) != Some(&b'-') {
        return false;
    }
    let Some(year_end) = quoted_number(text, after + 1, true) else { return false };
    set_day(Some(&text[after + 1..year_end]), Some(&month.to_string()), Some(&text[place..day_end]), found);
    true
}

/// `feb-3-2001`.
fn vms_month_first(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    if !is_boundary(bytes, place) {
        return false;
    }
    let Some(month) = month_at(text, place) else { return false };
    let after = place + 3 + bytes[place + 3..].iter().take_while(|byte| !matches!(byte, b'-' | b'/' | b'.')).count();
    if bytes.get(after) != Some(&b'-') {
        return false;
    }
    let Some(day_end) = quoted_number(text, after + 1, true) else { return false };
    let year = if bytes.get(day_end) == Some(&b'-') {
        quoted_number(text, day_end + 1, true).map(|end| &text[day_end + 1..end])
    } else {
        None
    };
    set_day(year, Some(&month.to_string()), Some(&text[after + 1..day_end]), found);
    true
}

/// `2001/02/03`, `1/2`.
fn slashes(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    let Some(first_end) = quoted_number(text, place, true) else { return false };
    if bytes.get(first_end) != Some(&b'/') {
        return false;
    }
    let second = spaces_end(bytes, first_end + 1);
    let Some(second_end) = quoted_number(text, second, false) else { return false };
    let mut third = None;
    if let Some(separator) = text[second_end..].chars().next()
        && !separator.is_ascii_digit()
    {
        let from = spaces_end(bytes, second_end + separator.len_utf8());
        third = quoted_number(text, from, true).map(|end| &text[from..end]);
    }
    set_day(Some(&text[place..first_end]), Some(&text[second..second_end]), third, found);
    true
}

/// `2001.02.03`.
fn dots(text: &str, place: usize, found: &mut Found) -> bool {
    let Some([year, month, day]) = three_numbers(text, place, b'.', true) else { return false };
    set_day(Some(year), Some(month), Some(day), found);
    true
}

/// `2001-034`.
fn year_day(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    let year_end = digits_end(bytes, place);
    if !is_boundary(bytes, place) || !matches!(year_end - place, 2 | 4) || bytes.get(year_end) != Some(&b'-') {
        return false;
    }
    let day_end = digits_end(bytes, year_end + 1);
    if day_end - year_end != 4 || is_word_at(bytes, day_end) {
        return false;
    }
    found.year = text[place..year_end].parse().ok();
    found.year_day = number(&text[year_end + 1..day_end]);
    true
}

/// A month's name and nothing else.
fn month_only(text: &str, place: usize, found: &mut Found) -> bool {
    if !is_boundary(text.as_bytes(), place) {
        return false;
    }
    found.month = month_at(text, place);
    found.month.is_some()
}

/// `3rd`.
fn day_with_ending(text: &str, place: usize, found: &mut Found) -> bool {
    let end = digits_end(text.as_bytes(), place);
    if end == place || ordinal_end(text, end) == end {
        return false;
    }
    found.day = number(&text[place..end]);
    true
}

/// A run of digits: a day, a date, or a date and a time, by its length.
fn digits_only(text: &str, place: usize, found: &mut Found) -> bool {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes[place], b'-' | b'+'));
    let start = place + sign;
    let end = digits_end(bytes, start).min(start + 14);
    let digits = &text[start.min(end)..end];
    if digits.len() < 2 {
        return false;
    }
    let part = |from: usize, to: usize| number(&digits[from..to]);
    let year = |to: usize| digits[..to].parse::<i64>().ok().map(|year| if bytes[place] == b'-' { -year } else { year });
    match digits.len() {
        2 => found.day = part(0, 2),
        3 => found.year_day = part(0, 3),
        4 => {
            found.month = part(0, 2);
            found.day = part(2, 4);
        }
        5 => {
            found.year = year(2);
            found.year_day = part(2, 5);
        }
        6 => {
            found.year = year(2);
            found.month = part(2, 4);
            found.day = part(4, 6);
        }
        7 => {
            found.year = year(4);
            found.year_day = part(4, 7);
        }
        8 | 10 | 12 | 14 => {
            found.year = year(4);
            found.month = part(4, 6);
            found.day = part(6, 8);
            found.hour = if digits.len() >= 10 { part(8, 10) } else { found.hour };
            found.minute = if digits.len() >= 12 { part(10, 12) } else { found.minute };
            found.second = if digits.len() == 14 { part(12, 14) } else { found.second };
            found.short_year = false;
        }
        _ => {}
    }
    compact_clock(text, end, found);
    true
}

/// A time of day without colons after a run of digits: `t091654z`.
fn compact_clock(text: &str, from: usize, found: &mut Found) {
    let bytes = text.as_bytes();
    let mut place = spaces_end(bytes, from);
    if bytes.get(place) == Some(&b't') {
        place = spaces_end(bytes, place + 1);
    }
    let end = digits_end(bytes, place).min(place + 6);
    let digits = &text[place.min(end)..end];
    let mut zone = from;
    if digits.len() >= 2 && place > from {
        found.hour = number(&digits[..2]);
        found.minute = digits.get(2..4).and_then(number).or(found.minute);
        found.second = digits.get(4..6).and_then(number).or(found.second);
        zone = end;
    }
    if bytes.get(zone) == Some(&b'z') && !is_word_at(bytes, zone + 1) {
        found.zone = Some("z".to_owned());
    } else if matches!(bytes.get(zone), Some(b'+' | b'-')) {
        let end = digits_end(bytes, zone + 1);
        if (1..=4).contains(&(end - zone - 1)) {
            found.zone = Some(text[zone..end].to_owned());
        }
    }
}

/// Which of three parts is the year, the month and the day: Ruby's `s3e`.
fn set_day(year: Option<&str>, month: Option<&str>, day: Option<&str>, found: &mut Found) {
    let (mut year, mut month, mut day) = (year, month, day);
    let is_year = |part: &str| part.starts_with('\'') || part.len() > 2;
    if year.is_some() && month.is_some() && day.is_none() {
        (year, month, day) = (day, year, month);
    }
    if year.is_none() && day.is_some_and(is_year) {
        (year, day) = (day, year);
    }
    if let Some(text) = year {
        let start = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(text.len());
        let end = digits_end(text.as_bytes(), start);
        if end < text.len() {
            (year, day) = (day, Some(&text[start..end]));
        }
    }
    if month.is_some_and(is_year) {
        (year, month, day) = (month, day, year);
    }
    if day.is_some_and(is_year) {
        (year, day) = (day, year);
    }
    if let Some(text) = year {
        let digits = text.trim_start_matches('\'');
        let unsigned = digits.trim_start_matches(['-', '+']);
        if digits.len() != unsigned.len() || unsigned.len() > 2 {
            found.short_year = false;
        }
        found.year = unsigned.parse::<i64>().ok().map(|year| if digits.starts_with('-') { -year } else { year });
    }
    let digits = |text: &str| number(text.trim_start_matches(['\'', '-', '+']));
    found.month = month.and_then(digits);
    found.day = day.and_then(digits);
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
