//! The offsets of the zones that a text may name.

use crate::host::{Clock, local_time};
use crate::time::{Zone, days_from_civil};

/// Ruby's `Time.zone_offset`, in seconds: digits, the names of RFC 822, the military letters, the site's own zone; no
/// other name.
pub(super) fn zone_offset(name: &str, year: i64, clock: &dyn Clock) -> Option<i64> {
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
            _ => return own_offset(&name, year, clock),
        },
    };
    Some(hours * 3600)
}

/// Says whether a time in this zone is one in UTC to Ruby, rather than one that happens to have its offset.
pub(super) fn is_utc(name: &str) -> bool {
    ["-00:00", "-0000", "-00", "UTC", "Z", "UT"].iter().any(|utc| utc.eq_ignore_ascii_case(name))
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
fn own_offset(name: &str, year: i64, clock: &dyn Clock) -> Option<i64> {
    if year.abs() > super::LAST_YEAR {
        return None;
    }
    [1, 7].into_iter().find_map(|month| {
        let time = local_time(clock, days_from_civil(year, month, 1) * 86_400);
        match &time.zone {
            Zone::Named(own) if own.to_uppercase() == name => Some(i64::from(time.offset)),
            Zone::Named(_) | Zone::Fixed | Zone::Utc => None,
        }
    })
}
