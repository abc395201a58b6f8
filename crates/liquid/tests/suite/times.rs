//! Dates in free text, each with what Ruby's `Time.parse` makes of it on 2026-11-23 in New York.

use std::sync::Arc;

use postferry_liquid::{Civil, Clock, Time, Zone, parse_time, strftime};

struct NewYork;

impl Clock for NewYork {
    fn local_offset(&self, seconds: i64) -> (i32, Arc<str>) {
        if (4..=10).contains(&Civil::from_seconds(seconds).month) {
            (-4 * 3600, Arc::from("EDT"))
        } else {
            (-5 * 3600, Arc::from("EST"))
        }
    }

    fn now(&self) -> Time {
        Time::utc(1_795_392_000 + 43_200)
    }
}

const CASES: &[(&str, Option<&str>)] = &[
    ("2022-01-11 09:16 +8", Some("2022-01-11 09:16:00 -0500")),
    ("2022-01-11 09:16 cst", Some("2022-01-11 09:16:00 -0600")),
    ("2022-01-11 09:16:54.5z", Some("2022-01-11 09:16:54 +0000")),
    ("10 jan", Some("2026-01-10 00:00:00 -0500")),
    ("may 2020", Some("2020-05-01 00:00:00 -0400")),
    ("5th", Some("2026-11-05 00:00:00 -0500")),
    ("2022-01", None),
    ("20220111t091654z", Some("2022-01-11 09:16:54 +0000")),
    ("9pm", Some("2026-11-23 21:00:00 -0500")),
    ("sat aug 28 02:55:00 2000", Some("2000-08-28 02:55:00 -0400")),
    ("h31.04.30", Some("2019-04-30 00:00:00 -0400")),
    ("2022-011", Some("2022-01-11 00:00:00 -0500")),
    ("3 feb 2001 10:20:30 pm", Some("2001-02-03 22:20:30 -0500")),
    ("2022-01-11 24:00:00", Some("2022-01-12 00:00:00 -0500")),
    ("2022-01-11 25:00", None),
    ("2022-01-11 09:16:60", Some("2022-01-11 09:17:00 -0500")),
    ("2022-02-30", Some("2022-03-02 00:00:00 -0500")),
    ("1/2/3", Some("2001-02-03 00:00:00 -0500")),
    ("01/11/2022", Some("2022-11-01 00:00:00 -0500")),
    ("23-01-2017", Some("2017-01-23 00:00:00 -0500")),
    ("fri, 3 jul '98", Some("1998-07-03 00:00:00 -0400")),
    ("dec.-28-'85", Some("1985-01-01 00:00:00 -0500")),
    ("19880817, 21:11:17", None),
    ("2021年3月4日", None),
    ("mon", None),
    ("zzz", None),
    ("", None),
    ("-9999999999999999999-01-01 bc", None),
    ("h9999999999999999999.01.01", None),
    ("99999999999999999999:00 +01:00", None),
];

#[test]
fn fractions_and_zones_are_kept() {
    let read = |text| parse_time(text, &NewYork).expect("it is a date");
    assert_eq!(read("2022-01-11 09:16:54.0123z").nanoseconds, 12_300_000);
    assert_eq!(read("20220111T091654.5").nanoseconds, 500_000_000);
    assert_eq!(read("2022-01-11 09:16:54 ut").zone, Zone::Utc);
    assert_eq!(read("2022-01-11 09:16:54 +0000").zone, Zone::Fixed);
    assert_eq!(read("2022-01-11 09:16:54 est").zone, Zone::Named("EST".into()));
}

#[test]
fn free_text_is_read_as_in_ruby() {
    for (text, expected) in CASES {
        let time = parse_time(text, &NewYork);
        let shown = time.map(|time| strftime(&time, "%Y-%m-%d %H:%M:%S %z").expect("a valid format"));
        assert_eq!(shown.as_deref(), *expected, "{text}");
    }
}
