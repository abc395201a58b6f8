//! Days and instants: the proleptic Gregorian calendar, without time zones.

use std::sync::Arc;

/// A calendar day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    days: i64,
}

/// What Ruby says of a time's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// UTC, as `Time.utc` makes it: `to_s` ends in `UTC`.
    Utc,
    /// A zone with an abbreviation, as local times have: `to_s` ends in the offset.
    Named(Arc<str>),
    /// An offset and nothing else.
    Fixed,
}

/// An instant and the offset it is shown in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Nanoseconds within the second.
    pub nanoseconds: u32,
    /// Seconds east of UTC.
    pub offset: i32,
    /// The zone's name, if any.
    pub zone: Zone,
}

/// A day and a time of day, as a clock on the wall shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// The year; 0 is 1 BC.
    pub year: i64,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month, 1 to 31.
    pub day: u32,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// The minute, 0 to 59.
    pub minute: u32,
    /// The second, 0 to 59.
    pub second: u32,
}

const DAY: i64 = 86_400;

impl Date {
    /// Makes a day from the days since 1970-01-01.
    pub fn from_days(days: i64) -> Self {
        Self { days }
    }

    /// Makes a day from year, month and day; `None` when there is no such day.
    pub fn new(year: i64, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) || year.abs() > 1_000_000 {
            return None;
        }
        Some(Self { days: days_from_civil(year, month, day) })
    }

    /// The days since 1970-01-01.
    pub fn days(self) -> i64 {
        self.days
    }

    /// Year, month and day.
    pub fn civil(self) -> (i64, u32, u32) {
        civil_from_days(self.days)
    }

    /// The day of the week, Sunday is 0.
    pub fn weekday(self) -> u32 {
        to_u32((self.days + 4).rem_euclid(7))
    }

    /// The day of the year, from 1.
    pub fn year_day(self) -> u32 {
        let (year, _, _) = self.civil();
        to_u32(self.days - days_from_civil(year, 1, 1) + 1)
    }

    /// The year and the week of ISO 8601.
    pub fn iso_week(self) -> (i64, u32) {
        let weekday = (self.days + 3).rem_euclid(7);
        let thursday = Self { days: self.days - weekday + 3 };
        let (year, _, _) = thursday.civil();
        (year, (thursday.year_day() - 1) / 7 + 1)
    }
}

impl Time {
    /// Makes an instant shown in UTC.
    pub fn utc(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0, offset: 0, zone: Zone::Utc }
    }

    /// What orders instants: seconds and nanoseconds.
    pub fn instant(&self) -> (i64, u32) {
        (self.seconds, self.nanoseconds)
    }

    /// The day that the clock shows.
    pub fn date(&self) -> Date {
        Date { days: self.local_seconds().div_euclid(DAY) }
    }

    /// Seconds since 1970-01-01T00:00:00 on the clock.
    pub fn local_seconds(&self) -> i64 {
        self.seconds.saturating_add(i64::from(self.offset))
    }

    /// What the clock shows.
    pub fn civil(&self) -> Civil {
        Civil::from_seconds(self.local_seconds())
    }

    /// The same instant with another offset.
    #[must_use]
    pub fn with_offset(&self, offset: i32, zone: Zone) -> Self {
        Self { seconds: self.seconds, nanoseconds: self.nanoseconds, offset, zone }
    }
}

impl Civil {
    /// The clock at these seconds since 1970-01-01T00:00:00 on the same clock.
    pub fn from_seconds(seconds: i64) -> Self {
        let (year, month, day) = civil_from_days(seconds.div_euclid(DAY));
        let rest = to_u32(seconds.rem_euclid(DAY));
        Self { year, month, day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60 }
    }

    /// Seconds since 1970-01-01T00:00:00 on the same clock.
    pub fn to_seconds(self) -> i64 {
        days_from_civil(self.year, self.month, self.day) * DAY
            + i64::from(self.hour) * 3600
            + i64::from(self.minute) * 60
            + i64::from(self.second)
    }
}

/// How many days a month has.
pub fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days from 1970-01-01 to a day; days beyond the month's end run on into the next.
pub fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let shifted = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = to_u32(day_of_year - (153 * shifted + 2) / 5 + 1);
    let month = to_u32(if shifted < 10 { shifted + 3 } else { shifted - 9 });
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// A small number that is known not to be negative.
fn to_u32(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// A year with at least four digits.
pub fn year_text(year: i64) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

/// An offset as `+hhmm` or, with a colon, `+hh:mm`.
pub fn offset_text(offset: i32, colon: bool) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    let between = if colon { ":" } else { "" };
    format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
}

/// Ruby's `Time#to_s`.
pub fn format_iso_like(time: &Time) -> String {
    let civil = time.civil();
    let zone = match time.zone {
        Zone::Utc => "UTC".to_owned(),
        Zone::Named(_) | Zone::Fixed => offset_text(time.offset, false),
    };
    format!(
        "{}-{:02}-{:02} {:02}:{:02}:{:02} {zone}",
        year_text(civil.year),
        civil.month,
        civil.day,
        civil.hour,
        civil.minute,
        civil.second
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_runs_both_ways() {
        for days in [-719_528, -141_428, -1, 0, 59, 11_016, 18_321, 2_932_896] {
            let (year, month, day) = Date::from_days(days).civil();
            assert_eq!(Date::new(year, month, day), Some(Date::from_days(days)));
        }
        assert_eq!(Date::new(2020, 3, 4).map(Date::weekday), Some(3));
        assert_eq!(Date::new(2020, 3, 4).map(Date::year_day), Some(64));
        assert_eq!(Date::new(2021, 1, 3).map(Date::iso_week), Some((2020, 53)));
        assert_eq!(Date::new(2019, 2, 29), None);
    }
}
