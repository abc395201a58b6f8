//! Ruby's `strftime`, with its flags and widths.

use std::fmt::Write as _;

use crate::error::Error;
use crate::time::{Date, Time, Zone, offset_text, year_text};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The widest field that is written.
const MAX_WIDTH: usize = 1024;

/// Formats a time.
///
/// # Errors
///
/// A format that ends within a directive.
pub fn strftime(time: &Time, format: &str) -> Result<String, Error> {
    write_format(&Source { time: time.clone(), is_date: false }, format)
}

/// Formats a day, as Ruby's `Date` does.
///
/// # Errors
///
/// None that Ruby's `Date` does not raise.
pub fn strftime_date(date: Date, format: &str) -> Result<String, Error> {
    let time = Time { seconds: date.days() * 86_400, nanoseconds: 0, offset: 0, zone: Zone::Fixed };
    write_format(&Source { time, is_date: true }, format)
}

struct Source {
    time: Time,
    is_date: bool,
}

#[derive(Default, Clone, Copy)]
struct Flags {
    no_padding: bool,
    padding: Option<char>,
    upper: bool,
    change_case: bool,
    colons: usize,
    width: Option<usize>,
}

fn write_format(source: &Source, format: &str) -> Result<String, Error> {
    let mut out = String::with_capacity(format.len() * 2);
    let mut rest = format;
    while let Some(percent) = rest.find('%') {
        out.push_str(&rest[..percent]);
        let directive = &rest[percent..];
        let (flags, length) = read_flags(directive);
        let Some(letter) = directive[length..].chars().next() else {
            if source.is_date {
                out.push_str(directive);
                return Ok(out);
            }
            return Err(Error::argument(format!("invalid format: {format}")));
        };
        let end = length + letter.len_utf8();
        match field(source, letter, flags)? {
            Some(text) => out.push_str(&text),
            None => out.push_str(&directive[..end]),
        }
        rest = &directive[end..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The flags and the width after a `%`, and where they end.
fn read_flags(directive: &str) -> (Flags, usize) {
    let mut flags = Flags::default();
    let bytes = directive.as_bytes();
    let mut place = 1;
    while let Some(byte) = bytes.get(place) {
        match byte {
            b'-' => flags.no_padding = true,
            b'_' => flags.padding = Some(' '),
            b'0' => flags.padding = Some('0'),
            b'^' => flags.upper = true,
            b'#' => flags.change_case = true,
            b':' => flags.colons += 1,
            b'E' | b'O' if bytes.get(place + 1).is_some_and(u8::is_ascii_alphabetic) => {}
            b'1'..=b'9' => {
                let digits = bytes[place..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let width = directive[place..place + digits].parse().unwrap_or(MAX_WIDTH);
                flags.width = Some(width.min(MAX_WIDTH));
                place += digits;
                continue;
            }
            _ => break,
        }
        place += 1;
    }
    (flags, place)
}

fn field(source: &Source, letter: char, flags: Flags) -> Result<Option<String>, Error> {
    let time = &source.time;
    let civil = time.civil();
    let date = time.date();
    let number = |value: i64, width: usize, padding: char| Some(pad_number(value, width, padding, flags));
    let word = |text: &str| Some(pad_word(text, flags));
    let twelve = (civil.hour + 11) % 12 + 1;
    // Only `^` changes the words of a field made of others, and `-` does not take its width away.
    let whole = Flags { change_case: false, no_padding: false, ..flags };
    let composite = |format: &str| write_format(source, format).map(|text| Some(pad_word(&text, whole)));
    let sign = |text: &str| Some(pad_word(text, Flags { change_case: false, ..flags }));
    let weekday = DAYS[usize::try_from(date.weekday()).unwrap_or(0)];
    let month = MONTHS[usize::try_from(civil.month - 1).unwrap_or(0)];
    Ok(match letter {
        'Y' => {
            if flags.width.is_none() && flags.padding.is_none() && !flags.no_padding {
                Some(year_text(civil.year))
            } else {
                number(civil.year, 4, '0')
            }
        }
        'C' => number(civil.year.div_euclid(100), 2, '0'),
        'y' => number(civil.year.rem_euclid(100), 2, '0'),
        'm' => number(i64::from(civil.month), 2, '0'),
        'B' => word(month),
        'b' | 'h' => word(&month[..3]),
        'd' => number(i64::from(civil.day), 2, '0'),
        'e' => number(i64::from(civil.day), 2, ' '),
        'j' => number(i64::from(date.year_day()), 3, '0'),
        'H' => number(i64::from(civil.hour), 2, '0'),
        'k' => number(i64::from(civil.hour), 2, ' '),
        'I' => number(i64::from(twelve), 2, '0'),
        'l' => number(i64::from(twelve), 2, ' '),
        'P' => word(if civil.hour < 12 { "am" } else { "pm" }),
        'p' => {
            let text = match (civil.hour < 12, flags.change_case) {
                (true, false) => "AM",
                (true, true) => "am",
                (false, false) => "PM",
                (false, true) => "pm",
            };
            Some(pad_word(text, Flags { change_case: false, upper: flags.upper && !flags.change_case, ..flags }))
        }
        'M' => number(i64::from(civil.minute), 2, '0'),
        'S' => number(i64::from(civil.second), 2, '0'),
        'L' | 'N' => {
            let digits = flags.width.unwrap_or(if letter == 'L' { 3 } else { 9 });
            let mut text = format!("{:09}", time.nanoseconds);
            text.truncate(digits);
            while text.len() < digits {
                text.push('0');
            }
            Some(text)
        }
        'z' => offset_field(time.offset, flags),
        'Z' => {
            let name = match &time.zone {
                Zone::Utc => "UTC",
                Zone::Named(name) => name,
                Zone::Fixed if source.is_date => "+00:00",
                Zone::Fixed => "",
            };
            if flags.change_case {
                Some(pad_word(&name.to_lowercase(), Flags { change_case: false, upper: false, ..flags }))
            } else {
                word(name)
            }
        }
        'A' => word(weekday),
        'a' => word(&weekday[..3]),
        'u' => number(i64::from(if date.weekday() == 0 { 7 } else { date.weekday() }), 1, '0'),
        'w' => number(i64::from(date.weekday()), 1, '0'),
        'G' => number(date.iso_week().0, 4, '0'),
        'g' => number(date.iso_week().0.rem_euclid(100), 2, '0'),
        'V' => number(i64::from(date.iso_week().1), 2, '0'),
        'U' => number(i64::from((date.year_day() + 6 - date.weekday()) / 7), 2, '0'),
        'W' => number(i64::from((date.year_day() + 6 - (date.weekday() + 6) % 7) / 7), 2, '0'),
        's' => number(time.seconds, 1, '0'),
        'Q' if source.is_date => number(time.seconds.saturating_mul(1000), 1, '0'),
        'n' => sign("\n"),
        't' => sign("\t"),
        '%' => sign("%"),
        'c' => composite("%a %b %e %H:%M:%S %Y")?,
        'D' | 'x' => composite("%m/%d/%y")?,
        'F' => composite("%Y-%m-%d")?,
        'v' => composite("%e-%^b-%Y")?,
        'r' => composite("%I:%M:%S %p")?,
        'R' => composite("%H:%M")?,
        'T' | 'X' => composite("%H:%M:%S")?,
        '+' if source.is_date => composite("%a %b %e %H:%M:%S %Z %Y")?,
        _ => None,
    })
}

fn offset_field(offset: i32, flags: Flags) -> Option<String> {
    let mut text = match flags.colons {
        0 => offset_text(offset, false),
        1 => offset_text(offset, true),
        2 => format!("{}:{:02}", offset_text(offset, true), offset.abs() % 60),
        _ => return None,
    };
    if let Some(width) = flags.width {
        let missing = width.saturating_sub(text.len());
        text.insert_str(1, &"0".repeat(missing));
    }
    Some(text)
}

fn pad_number(value: i64, width: usize, padding: char, flags: Flags) -> String {
    let padding = flags.padding.unwrap_or(padding);
    let width = if flags.no_padding { 0 } else { flags.width.unwrap_or(width) };
    let mut out = String::new();
    if padding == '0' {
        if value < 0 {
            out.push('-');
        }
        let width = width.saturating_sub(out.len());
        let _ = write!(out, "{:0width$}", value.unsigned_abs());
    } else {
        let _ = write!(out, "{value:width$}");
    }
    out
}

fn pad_word(text: &str, flags: Flags) -> String {
    let text = if flags.upper || flags.change_case { text.to_uppercase() } else { text.to_owned() };
    match flags.width {
        Some(width) if !flags.no_padding => {
            let padding = flags.padding.unwrap_or(' ').to_string();
            padding.repeat(width.saturating_sub(text.chars().count())) + &text
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_change_fields() {
        let time = Time { seconds: 1_583_298_367, nanoseconds: 0, offset: 0, zone: Zone::Named("UTC".into()) };
        let text = |format: &str| strftime(&time, format).expect("a valid format");
        assert_eq!(text("%10Y|%^a|%_m|%-H|%3N|%:z|%5e|%#p"), "0000002020|WED| 3|5|000|+00:00|    4|am");
        assert_eq!(text("%Q %k%U%W%V"), "%Q  5090910");
        assert!(strftime(&time, "%").is_err());
    }
}
