//! Dates and times in a head, as SafeYAML reads them.

use postferry_doc::{DateTime, Value};

/// Reads `2022-01-11` as a date and `2022-01-11 09:16:54 +0800` as a time; without an offset a time is UTC. None
/// if the text has not one of the two forms or is no day of the calendar.
pub(crate) fn resolve_time(text: &str) -> Option<Value> {
    let bytes = text.as_bytes();
    if bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        let (year, month, day) = (number(&text[..4], 4)?, number(text.get(5..7)?, 2)?, number(&text[8..], 2)?);
        return calendar_day(year, month, day).map(|(year, month, day)| Value::Date { year, month, day });
    }
    read_moment(text).map(Value::Time)
}

/// `\d{4}-\d{1,2}-\d{1,2}([Tt]|\s+)\d{1,2}:\d\d:\d\d(\.\d*)?\s*(Z|[-+]\d{1,2}(:?\d\d)?)?`, then Ruby's calendar.
fn read_moment(text: &str) -> Option<DateTime> {
    let mut scan = Scan(text);
    let year = scan.digits(4, 4)?;
    scan.byte(b'-')?;
    let month = scan.digits(1, 2)?;
    scan.byte(b'-')?;
    let day = scan.digits(1, 2)?;
    if scan.byte(b'T').is_none() && scan.byte(b't').is_none() && scan.spaces() == 0 {
        return None;
    }
    let hour = scan.digits(1, 2)?;
    scan.byte(b':')?;
    let minute = scan.digits(2, 2)?;
    scan.byte(b':')?;
    let second = scan.digits(2, 2)?;
    let mut nanosecond = 0;
    if scan.byte(b'.').is_some() {
        let count = scan.0.bytes().take_while(u8::is_ascii_digit).count();
        nanosecond = format!("{:0<9.9}", &scan.0[..count]).parse().ok()?;
        scan.0 = &scan.0[count..];
    }
    scan.spaces();
    let offset = match scan.0.as_bytes().first() {
        None => 0,
        Some(b'Z') if scan.0.len() == 1 => 0,
        Some(sign @ (b'+' | b'-')) => {
            let seconds = read_offset(&scan.0[1..])?;
            if *sign == b'-' { -seconds } else { seconds }
        }
        Some(_) => return None,
    };
    let (year, month, day) = calendar_day(year, month, day)?;
    if hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute, second) != (0, 0)) {
        return None;
    }
    // Ruby's DateTime knows no leap second, and hour 24 is the next midnight.
    let clock = DateTime { year, month, day, hour: 0, minute: minute as u8, second: second.min(59) as u8, nanosecond, offset };
    Some(DateTime::from_unix(clock.unix_seconds() + i64::from(hour) * 3600, nanosecond, offset))
}

/// The seconds of `8`, `08`, `080` (8 minutes less: three digits are one of the hour and two of the minute), `0800`
/// and `08:00`.
fn read_offset(text: &str) -> Option<i32> {
    let mut scan = Scan(text);
    let (hours, minutes): (u32, u32) = match text.len() {
        1 | 2 => (scan.digits(1, 2)?, 0),
        3 => (scan.digits(1, 1)?, scan.digits(2, 2)?),
        4 if !text.contains(':') => (scan.digits(2, 2)?, scan.digits(2, 2)?),
        4 | 5 => {
            let hours = scan.digits(1, 2)?;
            scan.byte(b':')?;
            (hours, scan.digits(2, 2)?)
        }
        _ => return None,
    };
    if !scan.0.is_empty() {
        return None;
    }
    // Ruby takes a zone beyond a day for none, and fails at exactly one.
    match hours * 60 + minutes {
        total @ 0..1440 => Some((total * 60) as i32),
        1440 => None,
        _ => Some(0),
    }
}

fn calendar_day(year: u32, month: u32, day: u32) -> Option<(i32, u8, u8)> {
    let (year, month, day) = (year as i32, month as u8, day as u8);
    let midnight = DateTime { year, month, day, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: 0 };
    let same = (1..=12).contains(&month) && DateTime::from_unix(midnight.unix_seconds(), 0, 0) == midnight;
    same.then_some((year, month, day))
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let mut scan = Scan(text);
    let number = scan.digits(digits, digits)?;
    scan.0.is_empty().then_some(number)
}

/// What is left of a text to be read.
struct Scan<'a>(&'a str);

impl Scan<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let number = self.0[..count].parse().ok().filter(|_| count >= least)?;
        self.0 = &self.0[count..];
        Some(number)
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        let rest = self.0.as_bytes().strip_prefix(&[byte])?.len();
        self.0 = &self.0[self.0.len() - rest..];
        Some(())
    }

    fn spaces(&mut self) -> usize {
        let count = self.0.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0x0B | 0x0C)).count();
        self.0 = &self.0[count..];
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_offset() {
        for (text, want) in [
            ("2022-01-11 09:16:54 +0800", "2022-01-11T09:16:54+08:00"),
            ("2022-01-11 09:16:54", "2022-01-11T09:16:54+00:00"),
            ("2022-1-1 1:02:03 -5", "2022-01-01T01:02:03-05:00"),
            ("2022-01-11 09:16:54.5+080", "2022-01-11T09:16:54.5+01:20"),
            ("2022-01-11T24:00:00Z", "2022-01-12T00:00:00+00:00"),
            ("2022-01-11 09:16:60", "2022-01-11T09:16:59+00:00"),
            ("2022-01-11 09:16:54 +99:00", "2022-01-11T09:16:54+00:00"),
        ] {
            assert_eq!(
                resolve_time(text).map(|value| if let Value::Time(time) = value { time.to_string() } else { String::new() }),
                Some(want.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_is_a_text() {
        for text in [
            "2022-1-1",
            "2022-02-29",
            "2022-13-01 00:00:00",
            "2022-01-11 9:6:54",
            "2022-01-11 25:00:00",
            "2022-01-11 09:16:54 UTC",
            "2022-01-11é",
        ] {
            assert_eq!(resolve_time(text), None, "{text}");
        }
    }
}
