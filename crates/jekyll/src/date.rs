//! Dates as Jekyll reads them: Ruby's `Time.parse(text).localtime`.

use jiff::civil;
use postferry_doc::{DateTime, Value};

use crate::Zone;
use crate::date_parts::{DateParts, find_date_parts};

/// Bytes of a text that is looked at for a date, as in Ruby.
const LONGEST: usize = 128;

/// Reads a date out of a text; `now` gives what the text leaves out. Without an offset the text means the zone's clock.
///
/// Nothing comes back where Ruby raises an error: there is no date in the text, or one of its parts is out of range.
///
/// ```
/// use postferry_jekyll::{Zone, parse_date};
///
/// let zone = Zone::by_name("Asia/Shanghai").expect("it is in the database");
/// let now = zone.at(0);
/// let read = |text| parse_date(text, &zone, &now).map(|date| date.to_string());
/// assert_eq!(read("2022-01-11 09:16").as_deref(), Some("2022-01-11T09:16:00+08:00"));
/// assert_eq!(read("2022-01-11 09:16:54 UTC").as_deref(), Some("2022-01-11T17:16:54+08:00"));
/// assert_eq!(read("01/11/2022").as_deref(), Some("2022-11-01T00:00:00+08:00"));
/// assert_eq!(read("2022-01"), None);
/// ```
pub fn parse_date(text: &str, zone: &Zone, now: &DateTime) -> Option<DateTime> {
    if text.len() > LONGEST {
        return None;
    }
    let parts = find_date_parts(text);
    let seconds = resolve(parts, zone, now)?;
    Some(zone.at(seconds))
}

/// The text that Ruby's `to_s` makes of a date in a head, which Jekyll then reads again; dates and times lose their
/// fraction, times are in UTC.
pub(crate) fn date_text(value: &Value) -> String {
    match value {
        Value::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
        Value::Time(time) => {
            let utc = DateTime::from_unix(time.unix_seconds(), 0, 0);
            let DateTime { year, month, day, hour, minute, second, .. } = utc;
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
        }
        other => crate::ruby::to_s(other),
    }
}

fn resolve(parts: DateParts, zone: &Zone, now: &DateTime) -> Option<i64> {
    let DateParts { year, day_of_year, month, day, hour, minute, second, zone: zone_name, .. } = parts;
    if [year, day_of_year, month, day, hour, minute, second].iter().all(Option::is_none) {
        return None;
    }
    let zone_year = year.unwrap_or(i64::from(now.year));
    let offset = zone_name.and_then(|name| zone_offset(&name, zone_year, zone));
    if offset.is_some_and(|offset| offset.abs() >= 86_400) {
        return None;
    }
    let now = DateTime::from_unix(now.unix_seconds(), 0, offset.map_or_else(|| zone.offset(now.unix_seconds()), |o| o as i32));
    let resolve_on = |month: Option<i64>, day: Option<i64>| {
        // What is missing before the first part that is there is that of now; what is missing after it is the least.
        let mut given = false;
        let mut fill = |part: Option<i64>, now: i64, least: i64| match part {
            Some(value) => {
                given = true;
                value
            }
            None if given => least,
            None => now,
        };
        let clock = Clock {
            year: fill(year, i64::from(now.year), 1970),
            month: fill(month, i64::from(now.month), 1),
            day: fill(day, i64::from(now.day), 1),
            hour: fill(hour, i64::from(now.hour), 0),
            minute: fill(minute, i64::from(now.minute), 0),
            second: fill(second, i64::from(now.second), 0),
        };
        match offset {
            Some(offset) => clock.minus(offset).seconds(&Zone::utc()),
            None => clock.seconds(zone),
        }
    };
    let Some(day_of_year) = day_of_year else { return resolve_on(month, day) };
    // A day of the year is found by trying one near it: so 24:00 on it is not the day after.
    if !(1..=366).contains(&day_of_year) {
        return None;
    }
    let (mut month, mut day) = ((day_of_year - 1) / 31 + 1, (day_of_year - 1) % 31 + 1);
    let near = resolve_on(Some(month), Some(day))?;
    let near = offset.map_or_else(|| zone.at(near), |offset| DateTime::from_unix(near, 0, offset as i32));
    let tried = civil::Date::new(i16::try_from(near.year).ok()?, near.month as i8, near.day as i8).ok()?;
    day += day_of_year - i64::from(tried.day_of_year());
    let days = days_in_month(zone_year, month)?;
    if day > days {
        (month, day) = (month + 1, day - days);
    }
    if month > 12 {
        return None;
    }
    resolve_on(Some(month), Some(day))
}

/// A clock's reading that may be out of range.
#[derive(Clone, Copy)]
struct Clock {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Clock {
    /// Takes an offset away, part by part: this is done before the parts are checked, and sets right an hour of 25.
    fn minus(mut self, offset: i64) -> Self {
        let (hours, minutes, seconds) = (offset / 3600, offset / 60 % 60, offset % 60);
        let carry = |value: &mut i64, by: i64, size: i64| {
            if by == 0 {
                return 0;
            }
            *value -= by;
            let carry = value.div_euclid(size);
            *value = value.rem_euclid(size);
            carry
        };
        let minutes = minutes - carry(&mut self.second, seconds, 60);
        let hours = hours - carry(&mut self.minute, minutes, 60);
        let days = carry(&mut self.hour, hours, 24);
        self.day += days;
        if days < 0 && self.day < 1 {
            self.month -= 1;
            if self.month < 1 {
                (self.year, self.month) = (self.year - 1, 12);
            }
            self.day = days_in_month(self.year, self.month).unwrap_or(0);
        } else if offset < 0 && days != 0 && days_in_month(self.year, self.month).is_some_and(|days| days < self.day) {
            self.month += 1;
            if self.month > 12 {
                (self.year, self.month) = (self.year + 1, 1);
            }
            self.day = 1;
        }
        self
    }

    /// Seconds since 1970; nothing where a part is out of range. The 30th of February is the 2nd of March, 24:00 the
    /// next day.
    fn seconds(self, zone: &Zone) -> Option<i64> {
        let Self { year, month, day, hour, minute, second } = self;
        let in_range = (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && (0..=24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..=60).contains(&second)
            && (hour < 24 || (minute == 0 && second == 0));
        if !in_range {
            return None;
        }
        let first = civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
        let midnight = first.at(0, 0, 0, 0);
        let span = jiff::Span::new().days(day - 1).hours(hour).minutes(minute).seconds(second);
        zone.seconds_of(midnight.checked_add(span).ok()?)
    }
}

/// How many days a month has; the month before January is December.
fn days_in_month(year: i64, month: i64) -> Option<i64> {
    let month = if month == 0 { 12 } else { month };
    let first = civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
    Some(i64::from(first.days_in_month()))
}

/// Ruby's `Time.zone_offset`: digits, the names of RFC 822, the military letters, the site's own zone; no other name.
fn zone_offset(name: &str, year: i64, zone: &Zone) -> Option<i64> {
    let name = name.to_uppercase();
    if name.starts_with(['+', '-']) {
        return digits_offset(&name);
    }
    let hours = match name.as_str() {
        "UTC" | "Z" | "UT" | "GMT" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => match name.as_bytes() {
            [letter @ b'A'..=b'I'] => i64::from(letter - b'A') + 1,
            [letter @ b'K'..=b'M'] => i64::from(letter - b'K') + 10,
            [letter @ b'N'..=b'Y'] => -(i64::from(letter - b'N') + 1),
            _ => return own_offset(&name, year, zone),
        },
    };
    Some(hours * 3600)
}

/// `+08`, `+0800`, `+08:00`, `+08:00:00`, `+080000`.
fn digits_offset(name: &str) -> Option<i64> {
    let (sign, rest) = (if name.starts_with('-') { -1 } else { 1 }, &name[1..]);
    let digits: Vec<&str> = if rest.contains(':') {
        rest.split(':').collect()
    } else if rest.len() % 2 == 0 && rest.is_ascii() {
        (0..rest.len() / 2).map(|at| &rest[at * 2..at * 2 + 2]).collect()
    } else {
        return None;
    };
    let fits = (1..=3).contains(&digits.len()) && digits.iter().all(|d| d.len() == 2 && d.bytes().all(|b| b.is_ascii_digit()));
    if !fits {
        return None;
    }
    let seconds = digits.iter().zip([3600, 60, 1]).filter_map(|(d, unit)| Some(d.parse::<i64>().ok()? * unit)).sum::<i64>();
    Some(sign * seconds)
}

/// The offset of a name that the site's zone has in January or July of that year.
fn own_offset(name: &str, year: i64, zone: &Zone) -> Option<i64> {
    [1, 7].into_iter().find_map(|month| {
        let first = civil::Date::new(i16::try_from(year).ok()?, month, 1).ok()?;
        let seconds = zone.seconds_of(first.at(0, 0, 0, 0))?;
        (zone.abbreviation(seconds).to_uppercase() == name).then(|| i64::from(zone.offset(seconds)))
    })
}
