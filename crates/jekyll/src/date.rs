//! Dates as Jekyll reads them: Ruby's `Time.parse(text).localtime`.

use std::sync::Arc;

use postferry_doc::{DateTime, Value};
use postferry_liquid::{Clock, Time, parse_time};

use crate::Zone;
use crate::liquid_value::time_to_liquid;

/// The years that a date may have, in either direction.
const LAST_YEAR: i32 = 9999;

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
    let time = parse_time(text, &ZoneClock { zone, now })?;
    Some(zone.at(time.seconds)).filter(|date| date.year.abs() <= LAST_YEAR)
}

/// A clock in a zone that shows the time of the build.
pub(crate) struct ZoneClock<'a> {
    pub(crate) zone: &'a Zone,
    pub(crate) now: &'a DateTime,
}

impl Clock for ZoneClock<'_> {
    fn local_offset(&self, seconds: i64) -> (i32, Arc<str>) {
        (self.zone.offset(seconds), self.zone.abbreviation(seconds).into())
    }

    fn now(&self) -> Time {
        time_to_liquid(self.now.unix_seconds(), 0, self.zone)
    }
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
