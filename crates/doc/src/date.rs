//! Dates with their offset.

use std::fmt;

/// A moment on a calendar with its distance from UTC. The time zone's name is not part of it.
///
/// ```
/// use postferry_doc::DateTime;
///
/// let date = DateTime { year: 2022, month: 1, day: 11, hour: 9, minute: 16, second: 54, nanosecond: 0, offset: 8 * 3600 };
/// assert_eq!(date.to_string(), "2022-01-11T09:16:54+08:00");
/// assert_eq!(DateTime::parse("2022-01-11T09:16:54+08:00"), Some(date));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime {
    /// The year, proleptic Gregorian.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60.
    pub second: u8,
    /// 0 to 999,999,999.
    pub nanosecond: u32,
    /// Seconds east of UTC.
    pub offset: i32,
}

impl DateTime {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(&self) -> i64 {
        days_from_civil(self.year, self.month, self.day) * 86_400
            + i64::from(self.hour) * 3600
            + i64::from(self.minute) * 60
            + i64::from(self.second)
            - i64::from(self.offset)
    }

    /// Makes the date that a clock shows at that second, so many seconds east of UTC.
    pub fn from_unix(seconds: i64, nanosecond: u32, offset: i32) -> Self {
        let local = seconds + i64::from(offset);
        let (year, month, day) = civil_from_days(local.div_euclid(86_400));
        let rest = local.rem_euclid(86_400);
        Self {
            year,
            month,
            day,
            hour: (rest / 3600) as u8,
            minute: (rest / 60 % 60) as u8,
            second: (rest % 60) as u8,
            nanosecond,
            offset,
        }
    }

    /// Reads what [`Display`](fmt::Display) writes: RFC 3339 with an offset or `Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |from: usize, to: usize| -> Option<u32> {
            let part = text.get(from..to)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
        };
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if negative {
            return Self::parse(text).map(|d| Self { year: -d.year, ..d });
        }
        let bytes = text.as_bytes();
        if bytes.len() < 20 || bytes[4] != b'-' || bytes[7] != b'-' || bytes[10] != b'T' || bytes[13] != b':' || bytes[16] != b':'
        {
            return None;
        }
        let mut at = 19;
        let mut nanosecond = 0;
        if bytes[at] == b'.' {
            let end = at + 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            let fraction = text.get(at + 1..end)?;
            if fraction.is_empty() || fraction.len() > 9 {
                return None;
            }
            nanosecond = format!("{fraction:0<9}").parse().ok()?;
            at = end;
        }
        let offset = match text.get(at..)? {
            "Z" => 0,
            zone if zone.len() == 6 && zone.as_bytes()[3] == b':' => {
                let seconds = (digits(at + 1, at + 3)? * 3600 + digits(at + 4, at + 6)? * 60) as i32;
                match zone.as_bytes()[0] {
                    b'+' => seconds,
                    b'-' => -seconds,
                    _ => return None,
                }
            }
            _ => return None,
        };
        let date = Self {
            year: digits(0, 4)? as i32,
            month: digits(5, 7)? as u8,
            day: digits(8, 10)? as u8,
            hour: digits(11, 13)? as u8,
            minute: digits(14, 16)? as u8,
            second: digits(17, 19)? as u8,
            nanosecond,
            offset,
        };
        let valid = (1..=12).contains(&date.month)
            && (1..=days_in_month(date.year, date.month)).contains(&date.day)
            && date.hour < 24
            && date.minute < 60
            && date.second <= 60;
        valid.then_some(date)
    }
}

impl fmt::Display for DateTime {
    /// Writes RFC 3339, e.g. `2022-01-11T09:16:54+08:00`; the fraction only where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second, nanosecond, offset } = *self;
        if year < 0 {
            f.write_str("-")?;
        }
        write!(f, "{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", year.unsigned_abs())?;
        if nanosecond > 0 {
            f.write_str(format!(".{nanosecond:09}").trim_end_matches('0'))?;
        }
        let sign = if offset < 0 { '-' } else { '+' };
        let minutes = offset.unsigned_abs() / 60;
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// How many days a month has; `month` is 1 to 12.
fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar. Years begin in March here, so that the
/// leap day comes last.
fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = i64::from(month);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u8;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u8;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year as i32, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_calendar_agree() {
        for seconds in (-80_000_000_000..80_000_000_000_i64).step_by(86_399 * 1_001) {
            let date = DateTime::from_unix(seconds, 0, 5 * 3600 + 1800);
            assert_eq!(date.unix_seconds(), seconds, "{date}");
            if (0..=9999).contains(&date.year) {
                assert_eq!(DateTime::parse(&date.to_string()), Some(date));
            }
        }
    }

    #[test]
    fn what_is_not_a_date_is_none() {
        for text in [
            "",
            "2022-13-01T00:00:00Z",
            "2022-02-29T00:00:00Z",
            "2022-01-01T00:00:00",
            "2022-01-01T00:00:00.Z",
            "2022-01-01T00:00:00 é",
        ] {
            assert_eq!(DateTime::parse(text), None, "{text}");
        }
    }
}
