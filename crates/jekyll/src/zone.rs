//! Time zones by their IANA names, from a database that is part of the program.

use jiff::Timestamp;
use jiff::civil;
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

    /// The second since 1970 at which a clock shows this. A time that a clock change skips is taken as after the
    /// change, of one that comes twice the second is taken, as Ruby's `Time.local` does.
    pub(crate) fn seconds_of(&self, clock: civil::DateTime) -> Option<i64> {
        let known = self.0.to_ambiguous_timestamp(clock).later().map(Timestamp::as_second);
        // The database ends a day before the year 10000 does; what holds there goes on to hold.
        known.ok().or_else(|| {
            let as_utc = clock.duration_since(civil::date(1970, 1, 1).at(0, 0, 0, 0)).as_secs();
            Some(as_utc - i64::from(self.offset(as_utc)))
        })
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

    #[test]
    fn clock_changes_are_read_as_ruby_reads_them() {
        let zone = Zone::by_name("America/New_York").expect("it is in the database");
        let skipped = zone.seconds_of(civil::datetime(2022, 3, 13, 2, 30, 0, 0)).expect("in range");
        assert_eq!(zone.at(skipped).to_string(), "2022-03-13T03:30:00-04:00");
        let twice = zone.seconds_of(civil::datetime(2022, 11, 6, 1, 30, 0, 0)).expect("in range");
        assert_eq!(zone.at(twice).to_string(), "2022-11-06T01:30:00-05:00");
    }

    #[test]
    fn the_last_day_of_all_is_a_date() {
        let seconds = Zone::utc().seconds_of(civil::date(9999, 12, 31).at(0, 0, 0, 0)).expect("it is a date");
        assert_eq!(Zone::utc().at(seconds).to_string(), "9999-12-31T00:00:00+00:00");
    }

    #[test]
    fn names_are_those_of_tz() {
        assert!(Zone::by_name("US/Eastern").is_some());
        assert_eq!(Zone::by_name("EST5EDT").map(|z| z.offset(1_641_863_814)), Some(-18_000));
        assert!(Zone::by_name("No/Where").is_none());
    }
}
