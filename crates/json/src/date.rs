//! Dates in JSON: RFC 3339, widened so that every date of the tree has a spelling.
//!
//! A year beyond 9999 has a sign and more digits, a year before 0 the sign, an offset of odd seconds has them at its end.

use std::fmt::Write;

use postferry_doc::DateTime;

/// Spells a day, e.g. `2022-01-11`.
pub fn spell_date(year: i32, month: u8, day: u8) -> String {
    let sign = match year {
        ..0 => "-",
        0..10_000 => "",
        _ => "+",
    };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}

/// Spells a moment, e.g. `2022-01-11T09:16:54+08:00`.
pub fn spell_time(time: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, nanosecond, offset } = *time;
    let mut out = spell_date(year, month, day);
    let mut add = |part: std::fmt::Arguments<'_>| out.write_fmt(part).expect("writing to a String cannot fail");
    add(format_args!("T{hour:02}:{minute:02}:{second:02}"));
    if nanosecond > 0 {
        let fraction = format!("{nanosecond:09}");
        add(format_args!(".{}", fraction.trim_end_matches('0')));
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let seconds = offset.unsigned_abs();
    add(format_args!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60));
    if seconds % 60 > 0 {
        add(format_args!(":{:02}", seconds % 60));
    }
    out
}

/// Reads what [`spell_date`] spells.
pub fn parse_date(text: &str) -> Option<(i32, u8, u8)> {
    let mut cursor = Cursor(text);
    let date = cursor.date()?;
    cursor.0.is_empty().then_some(date)
}

/// Reads what [`spell_time`] spells, and `Z`.
pub fn parse_time(text: &str) -> Option<DateTime> {
    let mut cursor = Cursor(text);
    let (year, month, day) = cursor.date()?;
    cursor.eat('T')?;
    let (hour, minute, second) = (cursor.number(2)?, cursor.after(':')?, cursor.after(':')?);
    let mut nanosecond = 0;
    if cursor.eat('.').is_some() {
        let digits = cursor.digits();
        if !(1..=9).contains(&digits.len()) {
            return None;
        }
        nanosecond = format!("{digits:0<9}").parse().ok()?;
    }
    let offset = if cursor.0 == "Z" {
        0
    } else {
        let sign = if cursor.eat('-').is_some() { -1 } else { cursor.eat('+').map(|()| 1)? };
        let (hours, minutes) = (cursor.number(2)?, cursor.after(':')?);
        let seconds = if cursor.0.is_empty() { 0 } else { cursor.after(':')? };
        if !cursor.0.is_empty() || hours > 23 || minutes > 59 || seconds > 59 {
            return None;
        }
        sign * (hours * 3600 + minutes * 60 + seconds) as i32
    };
    let fits = hour < 24 && minute < 60 && second <= 60;
    fits.then_some(DateTime {
        year,
        month,
        day,
        hour: hour as u8,
        minute: minute as u8,
        second: second as u8,
        nanosecond,
        offset,
    })
}

struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn eat(&mut self, c: char) -> Option<()> {
        self.0 = self.0.strip_prefix(c)?;
        Some(())
    }

    fn digits(&mut self) -> &'a str {
        let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits
    }

    /// A number of exactly so many digits.
    fn number(&mut self, length: usize) -> Option<u32> {
        let digits = self.digits();
        (digits.len() == length).then(|| digits.parse().ok()).flatten()
    }

    fn after(&mut self, c: char) -> Option<u32> {
        self.eat(c)?;
        self.number(2)
    }

    /// A day that the calendar has.
    fn date(&mut self) -> Option<(i32, u8, u8)> {
        let negative = self.eat('-').is_some();
        let long = !negative && self.eat('+').is_some();
        let digits = self.digits();
        if digits.len() < 4 || (digits.len() > 4 && (digits.starts_with('0') || !(negative || long))) {
            return None;
        }
        let year: i64 = digits.parse().ok()?;
        let year = i32::try_from(if negative { -year } else { year }).ok()?;
        let (month, day) = (self.after('-')? as u8, self.after('-')? as u8);
        let noon = DateTime { year, month, day, hour: 12, minute: 0, second: 0, nanosecond: 0, offset: 0 };
        let exists = (1..=12).contains(&month) && DateTime::from_unix(noon.unix_seconds(), 0, 0) == noon;
        exists.then_some((year, month, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_dates_read_back() {
        for text in [
            "2022-01-11T09:16:54+08:00",
            "0000-02-29T00:00:00.000000001+00:00",
            "-0044-03-15T12:00:00+00:49:56",
            "+12022-12-31T23:59:60.5-00:00:30",
            "+2147483647-01-01T00:00:00+23:59:59",
        ] {
            assert_eq!(parse_time(text).map(|t| spell_time(&t)).as_deref(), Some(text));
        }
        assert_eq!(parse_time("2022-01-11T09:16:54Z"), parse_time("2022-01-11T09:16:54+00:00"));
    }

    #[test]
    fn what_is_not_a_date_is_none() {
        for text in
            ["", "2022-13-01", "2022-02-29", "12022-01-01", "+02022-01-01", "2022-1-01", "2022-01-01T", "-2147483649-01-01"]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
        for text in
            ["2022-01-01", "2022-01-01T24:00:00Z", "2022-01-01T00:00:00", "2022-01-01T00:00:00.Z", "2022-01-01T00:00:00+8:00"]
        {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }
}
