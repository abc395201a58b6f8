//! Time zones by their IANA names, from a database that is part of the program.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use postferry_doc::DateTime;

/// A time zone: what a clock shows at any moment.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// Finds a zone as the environment variable `TZ` names it: `Asia/Shanghai`, or POSIX rules such as `EST5EDT`.
    ///
    /// ```
    /// use postferry_jekyll::Zone;
    ///
    /// let zone = Zone::by_name("America/New_York").expect("it is in the database");
    /// assert_eq!(zone.at(1_641_863_814).to_string(), "2022-01-10T20:16:54-05:00");
    /// ```
    pub fn by_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix(':').unwrap_or(name);
        TimeZone::get(name).or_else(|_| TimeZone::posix(name)).ok().map(Self)
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// What a clock shows at that second since 1970.
    pub fn at(&self, seconds: i64) -> DateTime {
        DateTime::from_unix(seconds, 0, self.offset(seconds))
    }

    /// Seconds east of UTC at that second since 1970.
    pub fn offset(&self, seconds: i64) -> i32 {
        self.0.to_offset(timestamp(seconds)).seconds()
    }

    /// The zone's short name at that second since 1970, e.g. `EST`.
    pub(crate) fn abbreviation(&self, seconds: i64) -> String {
        self.0.to_offset_info(timestamp(seconds)).abbreviation().to_owned()
    }
}

/// The nearest moment that the calendar of the time zone database holds (the years -9999 to 9999).
fn timestamp(seconds: i64) -> Timestamp {
    let seconds = seconds.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_date;

    #[test]
    fn clock_changes_are_read_as_ruby_reads_them() {
        let zone = Zone::by_name("America/New_York").expect("it is in the database");
        let read = |text| parse_date(text, &zone, &zone.at(0)).map(|date| date.to_string());
        assert_eq!(read("2022-03-13 02:30").as_deref(), Some("2022-03-13T03:30:00-04:00"));
        assert_eq!(read("2022-11-06 01:30").as_deref(), Some("2022-11-06T01:30:00-05:00"));
        assert_eq!(read("2022-11-06 00:30").as_deref(), Some("2022-11-06T00:30:00-04:00"));
    }

    #[test]
    fn the_last_day_of_the_calendar_is_a_day() {
        let zone = Zone::by_name("America/New_York").expect("it is in the database");
        let last = parse_date("9999-12-31", &zone, &zone.at(0)).expect("it has a moment");
        assert_eq!(last.to_string(), "9999-12-31T00:00:00-05:00");
    }

    #[test]
    fn names_are_those_of_tz() {
        assert!(Zone::by_name("US/Eastern").is_some());
        assert_eq!(Zone::by_name("EST5EDT").map(|z| z.offset(1_641_863_814)), Some(-18_000));
        assert!(Zone::by_name("No/Where").is_none());
    }
}
