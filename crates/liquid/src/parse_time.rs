//! Dates and times in free text, as Ruby's `Time.parse` reads them.

use crate::host::{Clock, local_time, localize};
use crate::time::{Civil, Date, Time, Zone};

mod digits;
mod iso;
mod parts;
mod reading;
mod scan;
mod time_of_day;
mod zone;

use parts::{DateParts, find_date_parts};
use reading::{Reading, month_length};
use zone::{is_utc, zone_offset};

/// Bytes of a text that is looked at for a date, as in Ruby.
const LONGEST: usize = 128;

/// Years from 1970 that are not counted beyond, in either direction.
const LAST_YEAR: i64 = 1_000_000;

/// Reads a date and a time; what is not said comes from the clock, as in Ruby.
///
/// A text that names its zone gives a time in that zone, any other one in the site's. `None` where Ruby raises an
/// `ArgumentError`: there is no date in the text, or one of its parts is out of range.
pub fn parse_time(text: &str, clock: &dyn Clock) -> Option<Time> {
    if text.len() > LONGEST {
        return None;
    }
    let parts = find_date_parts(text);
    let named = [parts.year, parts.day_of_year, parts.month, parts.day, parts.hour, parts.minute, parts.second];
    if named.iter().all(Option::is_none) {
        return None;
    }
    let now = localize(clock, &clock.now());
    let zone_year = parts.year.unwrap_or(now.civil().year);
    let offset = parts.zone.as_deref().and_then(|name| zone_offset(name, zone_year, clock));
    let offset = match offset {
        Some(offset) if offset.abs() >= 86_400 => return None,
        Some(offset) => Some(offset as i32),
        None => None,
    };
    let shown = |time: Time| offset.map_or(time.clone(), |offset| time.with_offset(offset, Zone::Fixed));
    let today = shown(now).civil();
    let resolve_on = |month, day| resolve(&parts, month, day, today, offset, clock);
    let time = match parts.day_of_year {
        None => resolve_on(parts.month, parts.day)?,
        Some(day_of_year) => {
            // A day of the year is found by trying one near it: so 24:00 on it is not the day after.
            if !(1..=366).contains(&day_of_year) {
                return None;
            }
            let (mut month, mut day) = ((day_of_year - 1) / 31 + 1, (day_of_year - 1) % 31 + 1);
            let near: Date = shown(resolve_on(Some(month), Some(day))?).date();
            day += day_of_year - i64::from(near.year_day());
            let days = month_length(zone_year, month)?;
            if day > days {
                (month, day) = (month + 1, day - days);
            }
            if month > 12 {
                return None;
            }
            resolve_on(Some(month), Some(day))?
        }
    };
    let mut time = match (offset, parts.zone.as_deref()) {
        (Some(_), Some(name)) if is_utc(name) => Time::utc(time.seconds),
        (Some(offset), _) if offset != time.offset => time.with_offset(offset, Zone::Fixed),
        (Some(_) | None, _) => time,
    };
    time.nanoseconds = parts.nanoseconds.unwrap_or(0);
    Some(time)
}

/// The moment in the site's zone on a month and a day that the text names in one way or another.
///
/// What is missing before the first part that is there is that of today; what is missing after it is the least.
fn resolve(
    parts: &DateParts,
    month: Option<i64>,
    day: Option<i64>,
    today: Civil,
    offset: Option<i32>,
    clock: &dyn Clock,
) -> Option<Time> {
    let mut given = false;
    let mut fill = |part: Option<i64>, today: i64, least: i64| match part {
        Some(value) => {
            given = true;
            value
        }
        None if given => least,
        None => today,
    };
    let reading = Reading {
        year: fill(parts.year, today.year, 1970),
        month: fill(month, i64::from(today.month), 1),
        day: fill(day, i64::from(today.day), 1),
        hour: fill(parts.hour, i64::from(today.hour), 0),
        minute: fill(parts.minute, i64::from(today.minute), 0),
        second: fill(parts.second, i64::from(today.second), 0),
    };
    match offset {
        Some(offset) => Some(localize(clock, &Time::utc(reading.minus(i64::from(offset)).seconds()?))),
        None => Some(local_time(clock, reading.seconds()?)),
    }
}
