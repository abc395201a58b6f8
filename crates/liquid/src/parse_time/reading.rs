//! A clock's reading that may be out of range.

use crate::time::{days_from_civil, days_in_month};

/// Year to second, as a text or the present gives them.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
}

impl Reading {
    /// Takes an offset away, part by part: this is done before the parts are checked, and sets right an hour of 25.
    pub(super) fn minus(mut self, offset: i64) -> Self {
        let (hours, minutes, seconds) = (offset / 3600, offset / 60 % 60, offset % 60);
        let carry = |value: &mut i64, by: i64, size: i64| {
            if by == 0 {
                return 0;
            }
            *value = value.saturating_sub(by);
            let carry = value.div_euclid(size);
            *value = value.rem_euclid(size);
            carry
        };
        let minutes = minutes - carry(&mut self.second, seconds, 60);
        let hours = hours - carry(&mut self.minute, minutes, 60);
        let days = carry(&mut self.hour, hours, 24);
        self.day = self.day.saturating_add(days);
        if days < 0 && self.day < 1 {
            self.month -= 1;
            if self.month < 1 {
                (self.year, self.month) = (self.year.saturating_sub(1), 12);
            }
            self.day = month_length(self.year, self.month).unwrap_or(0);
        } else if offset < 0 && days != 0 && month_length(self.year, self.month).is_some_and(|days| days < self.day) {
            self.month += 1;
            if self.month > 12 {
                (self.year, self.month) = (self.year.saturating_add(1), 1);
            }
            self.day = 1;
        }
        self
    }

    /// Seconds since 1970-01-01T00:00:00 on the same clock; nothing where a part is out of range. The 30th of February
    /// is the 2nd of March, 24:00 the next day.
    pub(super) fn seconds(self) -> Option<i64> {
        let Self { year, month, day, hour, minute, second } = self;
        let in_range = year.abs() <= super::LAST_YEAR
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && (0..=24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..=60).contains(&second)
            && (hour < 24 || (minute == 0 && second == 0));
        in_range.then(|| {
            let days = days_from_civil(year, month as u32, 1) + day - 1;
            days * 86_400 + hour * 3600 + minute * 60 + second
        })
    }
}

/// How many days a month has; the month before January is December.
pub(super) fn month_length(year: i64, month: i64) -> Option<i64> {
    let month = if month == 0 { 12 } else { month };
    (1..=12).contains(&month).then(|| i64::from(days_in_month(year, month as u32)))
}
