//! The rarer forms of ISO 8601.

use super::parts::DateParts;
use super::scan::{Scan, Text, number};

/// The rarer forms of ISO 8601: weeks (of which `Time.parse` takes nothing), `--01-11`, `--0111`, `2022-011`, `-011`.
pub(super) fn take_other_iso(text: &mut Text, parts: &mut DateParts) -> bool {
    let exact = |scan: &mut Scan<'_>, count: usize| {
        let digits = scan.text.as_bytes().get(scan.at..scan.at + count)?;
        digits.iter().all(u8::is_ascii_digit).then(|| {
            scan.at += count;
            number(&scan.text[scan.at - count..scan.at])
        })
    };
    let week = text.take_first(|scan| {
        if !scan.at_word_edge() {
            return None;
        }
        [4, 2, 0].iter().find_map(|digits| {
            let mut scan = scan;
            if *digits > 0 {
                exact(&mut scan, *digits)?;
            }
            scan.optional("-");
            scan.literal("w")?;
            exact(&mut scan, 2)?;
            let mut further = scan;
            further.optional("-");
            if exact(&mut further, 1).is_some() && further.at_word_edge() {
                return Some((further.at, ()));
            }
            scan.at_word_edge().then_some((scan.at, ()))
        })
    });
    let week_day = |mut scan: Scan<'_>| {
        scan.literal("-w-")?;
        exact(&mut scan, 1)?;
        scan.at_word_edge().then_some((scan.at, ()))
    };
    if week.is_some() || text.take_first(week_day).is_some() {
        return true;
    }
    let month_day = text.take_first(|mut scan| {
        scan.literal("--")?;
        let month = exact(&mut scan, 2);
        scan.literal("-")?;
        let day = exact(&mut scan, 2)?;
        scan.at_word_edge().then_some((scan.at, (month, Some(day))))
    });
    let month_day = month_day.or_else(|| {
        text.take_first(|mut scan| {
            scan.literal("--")?;
            let month = Some(exact(&mut scan, 2)?);
            let mut further = scan;
            let day = exact(&mut further, 2);
            if day.is_some() && further.at_word_edge() {
                return Some((further.at, (month, day)));
            }
            scan.at_word_edge().then_some((scan.at, (month, None)))
        })
    });
    if let Some((month, day)) = month_day {
        parts.month = month.or(parts.month);
        parts.day = day.or(parts.day);
        return true;
    }
    let year_and_day = |scan: Scan<'_>, edge: bool| {
        if edge && !scan.at_word_edge() {
            return None;
        }
        [2, 4].iter().find_map(|digits| {
            let mut scan = scan;
            let year = exact(&mut scan, *digits)?;
            scan.literal("-")?;
            let day = exact(&mut scan, 3)?;
            scan.at_word_edge().then_some((scan.at, (year, day)))
        })
    };
    let after_fraction = |text: &Text| {
        text.0.match_indices([',', '.']).any(|(at, _)| year_and_day(Scan { text: &text.0, at: at + 1 }, false).is_some())
    };
    if !after_fraction(text)
        && let Some((year, day)) = text.take_first(|scan| year_and_day(scan, true))
    {
        parts.year = Some(year);
        parts.day_of_year = Some(day);
        return true;
    }
    let day_only = |mut scan: Scan<'_>| {
        if !scan.at_word_edge() {
            return None;
        }
        scan.literal("-")?;
        let day = exact(&mut scan, 3)?;
        scan.at_word_edge().then_some((scan.at, day))
    };
    let after_digit = text.0.match_indices('-').any(|(at, _)| {
        let mut scan = Scan { text: &text.0, at };
        scan.before().is_some_and(|c| c.is_ascii_digit()) && {
            scan.at += 1;
            exact(&mut scan, 3).is_some() && scan.at_word_edge()
        }
    });
    if after_digit {
        return false;
    }
    parts.day_of_year = text.take_first(day_only).or(parts.day_of_year);
    parts.day_of_year.is_some()
}
