//! Finds the parts of a date in any text, by the heuristics of Ruby's `Date._parse`.

use super::digits::take_digits;
use super::iso::take_other_iso;
use super::scan::{Scan, Text, number};
use super::time_of_day::{time, weekday};

/// The parts that were found; a part that is out of range is found all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DateParts {
    pub(super) year: Option<i64>,
    pub(super) day_of_year: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) day: Option<i64>,
    pub(super) hour: Option<i64>,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    pub(super) nanoseconds: Option<u32>,
    pub(super) zone: Option<String>,
    /// Whether a year of two digits means one near 2000.
    pub(super) short_year: bool,
    before_christ: bool,
}

/// Finds the parts of a date.
pub(super) fn find_date_parts(text: &str) -> DateParts {
    let mut parts = DateParts { short_year: true, ..DateParts::default() };
    let mut text = Text::new(text);
    text.take_first(weekday);
    if let Some((time, zone)) = text.take_first(time) {
        parts.hour = Some(time.hour);
        (parts.minute, parts.second, parts.nanoseconds) = (time.minute, time.second, time.nanoseconds);
        parts.zone = zone;
    }
    let forms: [fn(&mut Text, &mut DateParts) -> bool; 12] = [
        take_european,
        take_american,
        take_iso,
        take_japanese,
        take_vms,
        take_slashes,
        take_dots,
        take_other_iso,
        take_year,
        take_month,
        take_day,
        take_digits,
    ];
    // The first form that is there is the date.
    let _ = forms.iter().any(|form| form(&mut text, &mut parts));
    if text.take_first(before_christ).is_some() {
        parts.before_christ = true;
    }
    take_rest(&text, &mut parts);
    if let Some(year) = &mut parts.year {
        if parts.before_christ {
            *year = 1_i64.saturating_sub(*year);
        }
        if parts.short_year && (0..=99).contains(year) {
            *year += if *year >= 69 { 1900 } else { 2000 };
        }
    }
    parts
}

/// `11th Jan 2022`
fn take_european(text: &mut Text, parts: &mut DateParts) -> bool {
    let found = text.take_first(|mut scan| {
        let day = scan.number(&["'"])?.to_owned();
        let suffix = scan.at;
        scan.run(|c| c != '-' && !c.is_ascii_digit() && c != ' ');
        let end = scan.at;
        scan.spaces();
        let month = scan.month().or_else(|| {
            // The name may be part of the run before it.
            (suffix..end).rev().filter(|at| scan.text.is_char_boundary(*at)).find_map(|at| {
                scan.at = at;
                scan.month()
            })
        })?;
        scan.run(|c| c != '-' && !c.is_ascii_digit() && c != ' ' && c != '\'');
        let mut further = scan;
        further.spaces();
        let before = further.era();
        further.spaces();
        let mut year = None;
        if let Some(number) = further.number(&["'", "-"]) {
            let mut ordinal = further;
            year = Some(number.to_owned());
            if ordinal.one_of(&["st", "nd", "rd", "th"]).is_some() && ordinal.at_word_edge() {
                year = Some(format!("{number}th"));
                further = ordinal;
            }
            scan = further;
        }
        Some((scan.at, (day, month, year, before == Some(true))))
    });
    let Some((day, month, year, before)) = found else { return false };
    assign(parts, year, Some(month.to_string()), Some(day));
    parts.before_christ |= before;
    true
}

/// `Jan 11, 2022`
fn take_american(text: &mut Text, parts: &mut DateParts) -> bool {
    let found = text.take_first(|mut scan| {
        if !scan.at_word_edge() {
            return None;
        }
        let month = scan.month()?;
        scan.run(|c| c != '-' && !c.is_ascii_digit() && c != ' ' && c != '\'');
        scan.spaces();
        let day = scan.number(&["'"])?.to_owned();
        scan.run(|c| c != '-' && !c.is_ascii_digit() && c != ' ' && c != '\'');
        let mut further = scan;
        further.spaces();
        further.optional(",");
        further.spaces();
        let before = further.era();
        further.spaces();
        let year = further.number(&["'", "-"]).map(str::to_owned);
        if year.is_some() {
            scan = further;
        }
        Some((scan.at, (day, month, year, before == Some(true))))
    });
    let Some((day, month, year, before)) = found else { return false };
    assign(parts, year, Some(month.to_string()), Some(day));
    parts.before_christ |= before;
    true
}

/// `2022-01-11`
fn take_iso(text: &mut Text, parts: &mut DateParts) -> bool {
    take_three(text, parts, |scan| {
        let year = scan.number(&["'", "-+"])?;
        scan.literal("-")?;
        let month = scan.digits()?;
        scan.literal("-")?;
        Some((year.to_owned(), month.to_owned(), Some(scan.number(&["'", "-"])?.to_owned())))
    })
}

/// `H31.04.30`, years of a reign.
fn take_japanese(text: &mut Text, parts: &mut DateParts) -> bool {
    let found = text.take_first(|mut scan| {
        if !scan.at_word_edge() {
            return None;
        }
        let before = [("m", 1867), ("t", 1911), ("s", 1925), ("h", 1988)].iter().find(|(era, _)| scan.optional(era))?.1;
        let year = number(scan.digits()?).saturating_add(before);
        scan.literal(".")?;
        let month = number(scan.digits()?);
        scan.literal(".")?;
        let day = number(scan.digits()?);
        Some((scan.at, (year, month, day)))
    });
    let Some((year, month, day)) = found else { return false };
    (parts.year, parts.month, parts.day) = (Some(year), Some(month), Some(day));
    true
}

/// `11-Jan-2022`, `Jan-11-2022`
fn take_vms(text: &mut Text, parts: &mut DateParts) -> bool {
    let name = |scan: &mut Scan<'_>| {
        let month = scan.month()?;
        scan.run(|c| c != '-' && c != '/' && c != '.');
        Some(month.to_string())
    };
    let day_first = take_three(text, parts, |scan| {
        let day = scan.number(&["'", "-"])?.to_owned();
        scan.literal("-")?;
        let month = name(scan)?;
        scan.literal("-")?;
        Some((scan.number(&["'", "-"])?.to_owned(), month, Some(day)))
    });
    if day_first {
        return true;
    }
    let found = text.take_first(|mut scan| {
        if !scan.at_word_edge() {
            return None;
        }
        let month = name(&mut scan)?;
        scan.literal("-")?;
        let day = scan.number(&["'", "-"])?.to_owned();
        let mut further = scan;
        let year = further.literal("-").and_then(|()| further.number(&["'", "-"])).map(str::to_owned);
        if year.is_some() {
            scan = further;
        }
        Some((scan.at, (year, month, day)))
    });
    let Some((year, month, day)) = found else { return false };
    assign(parts, year, Some(month), Some(day));
    true
}

/// `2022/01/11`, `11/1`
fn take_slashes(text: &mut Text, parts: &mut DateParts) -> bool {
    take_three(text, parts, |scan| {
        let year = scan.number(&["'", "-"])?.to_owned();
        scan.literal("/")?;
        scan.spaces();
        let month = scan.number(&["'"])?.to_owned();
        let mut further = *scan;
        let mut day = None;
        if further.peek().is_some_and(|c| !c.is_ascii_digit()) {
            further.at += further.peek().map_or(0, char::len_utf8);
            further.spaces();
            day = further.number(&["'", "-"]).map(str::to_owned);
            if day.is_some() {
                *scan = further;
            }
        }
        Some((year, month, day))
    })
}

/// `2022.01.11`
fn take_dots(text: &mut Text, parts: &mut DateParts) -> bool {
    take_three(text, parts, |scan| {
        let year = scan.number(&["'", "-"])?.to_owned();
        scan.literal(".")?;
        scan.spaces();
        let month = scan.number(&["'"])?.to_owned();
        scan.literal(".")?;
        scan.spaces();
        Some((year, month, Some(scan.number(&["'", "-"])?.to_owned())))
    })
}

fn take_three(
    text: &mut Text,
    parts: &mut DateParts,
    form: impl Fn(&mut Scan<'_>) -> Option<(String, String, Option<String>)>,
) -> bool {
    let found = text.take_first(|mut scan| {
        let three = form(&mut scan)?;
        Some((scan.at, three))
    });
    let Some((year, month, day)) = found else { return false };
    assign(parts, Some(year), Some(month), day);
    true
}

/// `'99`
fn take_year(text: &mut Text, parts: &mut DateParts) -> bool {
    let year = text.take_first(|mut scan| {
        scan.literal("'")?;
        let year = number(scan.digits()?);
        scan.at_word_edge().then_some((scan.at, year))
    });
    parts.year = year.or(parts.year);
    year.is_some()
}

/// The name of a month alone.
fn take_month(text: &mut Text, parts: &mut DateParts) -> bool {
    let month = text.take_first(|mut scan| {
        if !scan.at_word_edge() {
            return None;
        }
        let month = scan.month()?;
        scan.run(|c| c != ' ');
        Some((scan.at, month))
    });
    parts.month = month.or(parts.month);
    month.is_some()
}

/// `11th`
fn take_day(text: &mut Text, parts: &mut DateParts) -> bool {
    let day = text.take_first(|mut scan| {
        let day = number(scan.digits()?);
        scan.one_of(&["st", "nd", "rd", "th"])?;
        scan.at_word_edge().then_some((scan.at, day))
    });
    parts.day = day.or(parts.day);
    day.is_some()
}

fn before_christ(mut scan: Scan<'_>) -> Option<(usize, ())> {
    if !scan.at_word_edge() {
        return None;
    }
    for word in ["bc", "bce"] {
        let mut here = scan;
        if here.optional(word) && here.at_word_edge() {
            return Some((here.at, ()));
        }
    }
    (scan.optional("b.c.e.") || scan.optional("b.c.")).then_some((scan.at, ()))
}

/// One or two digits that are all that is left: the missing day or hour.
fn take_rest(text: &Text, parts: &mut DateParts) {
    let rest = text.0.trim_matches(' ');
    if rest.is_empty() || rest.len() > 2 || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    let value = number(rest);
    if parts.hour.is_some() && parts.day.is_none() && (1..=31).contains(&value) {
        parts.day = Some(value);
    }
    if parts.day.is_some() && parts.hour.is_none() && (0..=24).contains(&value) {
        parts.hour = Some(value);
    }
}

/// Sorts out which of three numbers is the year: one with an apostrophe or of more than two digits.
fn assign(parts: &mut DateParts, mut year: Option<String>, mut month: Option<String>, mut day: Option<String>) {
    let is_year = |text: &Option<String>| text.as_ref().is_some_and(|t| t.starts_with('\'') || t.len() > 2);
    if year.is_some() && month.is_some() && day.is_none() {
        (year, month, day) = (None, year, month);
    }
    if year.is_none() && is_year(&day) {
        (year, day) = (day, None);
    }
    if let Some(text) = year.clone() {
        let number = text.trim_start_matches(|c: char| c != '-' && c != '+' && !c.is_ascii_digit());
        let digits = number.trim_start_matches(['-', '+']);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        if end < digits.len() {
            let first = number[..number.len() - digits.len() + end].to_owned();
            year = day;
            day = Some(first);
        }
    }
    if is_year(&month) {
        (year, month, day) = (month, day, year);
    }
    if is_year(&day) {
        (year, day) = (day, year);
    }
    if let Some(text) = year {
        let signed = text.trim_start_matches(|c: char| c != '-' && c != '+' && !c.is_ascii_digit());
        let digits = signed.trim_start_matches(['-', '+']);
        if signed.len() > digits.len() || digits.len() > 2 {
            parts.short_year = false;
        }
        parts.year = Some(number(digits) * if signed.starts_with('-') { -1 } else { 1 });
    }
    let digits = |text: &str| number(text.trim_start_matches(|c: char| !c.is_ascii_digit()));
    parts.month = month.map(|m| digits(&m)).or(parts.month);
    parts.day = day.map(|d| digits(&d)).or(parts.day);
}
