//! The forms that a day may have in free text, in the order in which Ruby's `Date._parse` tries them.

use super::{Found, digits_end, is_boundary, is_word_at, month_at, nanoseconds, number, spaces_end};

/// One way to write a day: answers where it ends when it stands at this place.
type Form = fn(&str, usize, &mut Found) -> Option<usize>;

const FORMS: [Form; 13] = [
    european,
    american,
    iso,
    imperial,
    vms_day_first,
    vms_month_first,
    slashes,
    dots,
    year_day,
    quoted_year,
    month_only,
    day_with_ending,
    digits_only,
];

/// Tries the forms in order; the first that stands anywhere gives the day.
pub(super) fn find_day(text: &mut String, found: &mut Found) {
    for form in FORMS {
        for place in 0..text.len() {
            if text.is_char_boundary(place)
                && let Some(end) = form(text, place, found)
            {
                text.replace_range(place..end, " ");
                lone_day_or_hour(text, found);
                return;
            }
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
fn european(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let day_end = quoted_number(text, place, false)?;
    let month_place = spaces_end(bytes, letters_end(bytes, day_end, b"- "));
    let named = month_at(text, month_place).map(|month| (month_place, month));
    let named = named.or_else(|| (day_end..month_place).find_map(|at| month_at(text, at).map(|month| (at, month))));
    let (month_place, month) = named?;
    let after = letters_end(bytes, month_place + 3, b"- '");
    let year_place = spaces_end(bytes, after);
    let year_end = quoted_number(text, year_place, true).map(|end| ordinal_end(text, end));
    let year = year_end.map(|end| &text[year_place..end]);
    set_day(year, Some(&month.to_string()), Some(&text[place..day_end]), found);
    Some(year_end.unwrap_or(after))
}

/// `feb 3rd, 2001`, `january 10`.
fn american(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    if !is_boundary(bytes, place) {
        return None;
    }
    let month = month_at(text, place)?;
    let day_place = spaces_end(bytes, letters_end(bytes, place + 3, b"- '"));
    let day_end = quoted_number(text, day_place, false)?;
    let after = letters_end(bytes, day_end, b"- '");
    let mut next = spaces_end(bytes, after);
    if bytes.get(next) == Some(&b',') {
        next = spaces_end(bytes, next + 1);
    } else if let Some(comma) = text[day_end..next].find(',') {
        next = spaces_end(bytes, day_end + comma + 1);
    }
    let year_end = quoted_number(text, next, true);
    let year = year_end.map(|end| &text[next..end]);
    set_day(year, Some(&month.to_string()), Some(&text[day_place..day_end]), found);
    Some(year_end.unwrap_or(after))
}

/// Three numbers with the same separator between them.
fn three_numbers(text: &str, place: usize, separator: u8, signed: bool) -> Option<([&str; 3], usize)> {
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
    Some(([&text[place..first_end], &text[second..second_end], &text[third..third_end]], third_end))
}

/// `2001-02-03`.
fn iso(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let ([year, month, day], end) = three_numbers(text, place, b'-', true)?;
    set_day(Some(year), Some(month), Some(day), found);
    Some(end)
}

/// `h13.02.03`: a year of a Japanese era.
fn imperial(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let era = match bytes[place] {
        b'm' => 1867,
        b't' => 1911,
        b's' => 1925,
        b'h' => 1988,
        b'r' => 2018,
        _ => return None,
    };
    if !is_boundary(bytes, place) {
        return None;
    }
    let year_end = digits_end(bytes, place + 1);
    let month_end = digits_end(bytes, year_end + 1);
    let day_end = digits_end(bytes, month_end + 1);
    let points = bytes.get(year_end) == Some(&b'.') && bytes.get(month_end) == Some(&b'.');
    if year_end == place + 1 || !points || month_end == year_end + 1 || day_end == month_end + 1 {
        return None;
    }
    found.year = text[place + 1..year_end].parse::<i64>().ok().map(|year| year.saturating_add(era));
    found.month = number(&text[year_end + 1..month_end]);
    found.day = number(&text[month_end + 1..day_end]);
    Some(day_end)
}

/// `3-feb-2001`.
fn vms_day_first(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let day_end = quoted_number(text, place, true)?;
    if bytes.get(day_end) != Some(&b'-') {
        return None;
    }
    let month = month_at(text, day_end + 1)?;
    let after = day_end + 4 + bytes[day_end + 4..].iter().take_while(|byte| !matches!(byte, b'-' | b'/' | b'.')).count();
    if bytes.get(after) != Some(&b'-') {
        return None;
    }
    let year_end = quoted_number(text, after + 1, true)?;
    set_day(Some(&text[after + 1..year_end]), Some(&month.to_string()), Some(&text[place..day_end]), found);
    Some(year_end)
}

/// `feb-3-2001`.
fn vms_month_first(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    if !is_boundary(bytes, place) {
        return None;
    }
    let month = month_at(text, place)?;
    let after = place + 3 + bytes[place + 3..].iter().take_while(|byte| !matches!(byte, b'-' | b'/' | b'.')).count();
    if bytes.get(after) != Some(&b'-') {
        return None;
    }
    let day_end = quoted_number(text, after + 1, true)?;
    let has_year = bytes.get(day_end) == Some(&b'-');
    let year_end = if has_year { quoted_number(text, day_end + 1, true) } else { None };
    let year = year_end.map(|end| &text[day_end + 1..end]);
    set_day(year, Some(&month.to_string()), Some(&text[after + 1..day_end]), found);
    Some(year_end.unwrap_or(day_end))
}

/// `2001/02/03`, `1/2`.
fn slashes(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let first_end = quoted_number(text, place, true)?;
    if bytes.get(first_end) != Some(&b'/') {
        return None;
    }
    let second = spaces_end(bytes, first_end + 1);
    let second_end = quoted_number(text, second, false)?;
    let mut third = None;
    let mut end = second_end;
    if let Some(separator) = text[second_end..].chars().next()
        && !separator.is_ascii_digit()
    {
        let from = spaces_end(bytes, second_end + separator.len_utf8());
        if let Some(third_end) = quoted_number(text, from, true) {
            third = Some(&text[from..third_end]);
            end = third_end;
        }
    }
    set_day(Some(&text[place..first_end]), Some(&text[second..second_end]), third, found);
    Some(end)
}

/// `2001.02.03`.
fn dots(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let ([year, month, day], end) = three_numbers(text, place, b'.', true)?;
    set_day(Some(year), Some(month), Some(day), found);
    Some(end)
}

/// `2001-034`.
fn year_day(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let year_end = digits_end(bytes, place);
    if !is_boundary(bytes, place) || !matches!(year_end - place, 2 | 4) || bytes.get(year_end) != Some(&b'-') {
        return None;
    }
    let day_end = digits_end(bytes, year_end + 1);
    if day_end - year_end != 4 || is_word_at(bytes, day_end) {
        return None;
    }
    found.year = text[place..year_end].parse().ok();
    found.year_day = number(&text[year_end + 1..day_end]);
    Some(day_end)
}

/// A month's name and nothing else.
fn month_only(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    if !is_boundary(text.as_bytes(), place) {
        return None;
    }
    found.month = Some(month_at(text, place)?);
    Some(place + text[place..].bytes().take_while(|byte| *byte != b' ').count())
}

/// `3rd`.
fn day_with_ending(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let end = digits_end(text.as_bytes(), place);
    if end == place || ordinal_end(text, end) == end {
        return None;
    }
    found.day = number(&text[place..end]);
    Some(end + 2)
}

/// `'98`.
fn quoted_year(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = digits_end(bytes, place + 1);
    if bytes[place] != b'\'' || end == place + 1 || is_word_at(bytes, end) {
        return None;
    }
    found.year = text[place + 1..end].parse().ok();
    Some(end)
}

/// A run of digits: a day, a date, or a date and a time, by its length; before a fraction, a time read from its end.
fn digits_only(text: &str, place: usize, found: &mut Found) -> Option<usize> {
    let bytes = text.as_bytes();
    let negative = bytes[place] == b'-';
    let start = place + usize::from(matches!(bytes[place], b'-' | b'+'));
    let end = digits_end(bytes, start).min(start + 14);
    let digits = text.get(start..end).filter(|digits| digits.len() >= 2)?;
    let mut clock = spaces_end(bytes, end);
    if bytes.get(clock) == Some(&b't') {
        clock = spaces_end(bytes, clock + 1);
    }
    let clock_end = digits_end(bytes, clock).min(clock + 6);
    let time = if clock > end { text.get(clock..clock_end).filter(|time| time.len() >= 2) } else { None };
    let mut after = if time.is_some() { clock_end } else { clock };
    let fraction = if matches!(bytes.get(after), Some(b',' | b'.')) {
        let fraction_end = digits_end(bytes, after + 1);
        let fraction = &text[after + 1..fraction_end];
        after = fraction_end;
        Some(fraction)
    } else {
        if time.is_none() && bytes.get(clock.saturating_sub(1)) != Some(&b't') {
            after = end;
        }
        None
    };
    if time.is_none() && fraction.is_some() {
        set_from_end(digits, found);
    } else {
        set_from_start(digits, negative, found);
    }
    match (time, fraction) {
        (Some(time), Some(_)) => set_from_end(time, found),
        (Some(time), None) => {
            found.hour = number(&time[..2]);
            found.minute = time.get(2..4).and_then(number).or(found.minute);
            found.second = time.get(4..6).and_then(number).or(found.second);
        }
        (None, _) => {}
    }
    if let Some(fraction) = fraction.filter(|fraction| !fraction.is_empty()) {
        found.nanoseconds = nanoseconds(fraction);
    }
    if bytes.get(after) == Some(&b'z') && !is_word_at(bytes, after + 1) {
        found.zone = Some("z".to_owned());
        after += 1;
    } else if matches!(bytes.get(after), Some(b'+' | b'-')) {
        let zone_end = digits_end(bytes, after + 1);
        if (1..=4).contains(&(zone_end - after - 1)) {
            found.zone = Some(text[after..zone_end].to_owned());
            after = zone_end;
        }
    }
    Some(after)
}

fn set_from_start(digits: &str, negative: bool, found: &mut Found) {
    let part = |from: usize, to: usize| number(&digits[from..to]);
    let year = |to: usize| digits[..to].parse::<i64>().ok().map(|year| if negative { -year } else { year });
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
}

/// Seconds, minutes, hours, day, month and year, from the last digits to the first.
fn set_from_end(digits: &str, found: &mut Found) {
    if matches!(digits.len(), 9 | 11 | 13) {
        return;
    }
    let mut end = digits.len();
    let mut take = |width: usize| {
        let start = end.saturating_sub(width);
        let part = digits.get(start..end).filter(|part| !part.is_empty());
        end = start;
        part
    };
    for field in [&mut found.second, &mut found.minute, &mut found.hour, &mut found.day, &mut found.month] {
        if let Some(part) = take(2) {
            *field = number(part);
        }
    }
    if let Some(part) = take(4) {
        found.year = part.parse().ok();
        found.short_year = part.len() < 3;
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
