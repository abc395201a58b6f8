//! Finds the parts of a date in any text, by the heuristics of Ruby's `Date._parse`.

/// The parts that were found; a part that is out of range is found all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateParts {
    pub(crate) year: Option<i64>,
    pub(crate) day_of_year: Option<i64>,
    pub(crate) month: Option<i64>,
    pub(crate) day: Option<i64>,
    pub(crate) hour: Option<i64>,
    pub(crate) minute: Option<i64>,
    pub(crate) second: Option<i64>,
    pub(crate) zone: Option<String>,
    /// Whether a year of two digits means one near 2000.
    short_year: bool,
    before_christ: bool,
}

const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Finds the parts of a date.
pub(crate) fn find_date_parts(text: &str) -> DateParts {
    let mut parts = DateParts { short_year: true, ..DateParts::default() };
    let mut text = Text::new(text);
    text.take_first(weekday);
    if let Some((time, zone)) = text.take_first(time) {
        (parts.hour, parts.minute, parts.second) = time;
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
            *year = 1 - *year;
        }
        if parts.short_year && (0..=99).contains(year) {
            *year += if *year >= 69 { 1900 } else { 2000 };
        }
    }
    parts
}

/// The text with what cannot be part of a date replaced by spaces; taking a part leaves a space in its place.
struct Text(String);

impl Text {
    fn new(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut in_run = false;
        for c in text.chars() {
            if c.is_alphanumeric() || "-+',./:@[]".contains(c) {
                out.push(c);
                in_run = false;
            } else if !in_run {
                out.push(' ');
                in_run = true;
            }
        }
        Self(out)
    }

    /// Takes the first place that a form fits.
    fn take_first<T>(&mut self, form: impl Fn(Scan<'_>) -> Option<(usize, T)>) -> Option<T> {
        let found = (0..self.0.len())
            .filter(|at| self.0.is_char_boundary(*at))
            .find_map(|at| form(Scan { text: &self.0, at }).map(|(end, value)| (at, end, value)));
        let (start, end, value) = found?;
        self.0.replace_range(start..end, " ");
        Some(value)
    }
}

/// A place in the text; every step moves it on.
#[derive(Clone, Copy)]
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Says whether a word begins or ends here.
    fn at_word_edge(&self) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        is_word(self.before()) != is_word(self.peek())
    }

    fn run(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn spaces(&mut self) -> usize {
        self.run(|c| c == ' ').len()
    }

    fn digits(&mut self) -> Option<&'a str> {
        Some(self.run(|c| c.is_ascii_digit())).filter(|d| !d.is_empty())
    }

    fn literal(&mut self, word: &str) -> Option<()> {
        let found = self.text.as_bytes().get(self.at..self.at + word.len())?.eq_ignore_ascii_case(word.as_bytes());
        found.then(|| self.at += word.len())
    }

    fn optional(&mut self, word: &str) -> bool {
        self.literal(word).is_some()
    }

    /// `'?-?\d+`, with the signs that `marks` names, each at most once and in this order.
    fn number(&mut self, marks: &[&str]) -> Option<&'a str> {
        let start = self.at;
        for mark in marks {
            if mark.chars().any(|c| self.peek() == Some(c)) {
                self.at += 1;
            }
        }
        if self.digits().is_none() {
            self.at = start;
            return None;
        }
        Some(&self.text[start..self.at])
    }

    fn one_of(&mut self, words: &[&str]) -> Option<usize> {
        words.iter().position(|word| self.optional(word))
    }

    fn month(&mut self) -> Option<i64> {
        self.one_of(&MONTHS).map(|at| at as i64 + 1)
    }

    /// `[ap](m\b|.m.)`; true for the afternoon.
    fn half_of_day(&mut self) -> Option<bool> {
        let start = self.at;
        let afternoon = match self.peek()? {
            'a' | 'A' => false,
            'p' | 'P' => true,
            _ => return None,
        };
        self.at += 1;
        if self.optional(".m.") || (self.optional("m") && self.at_word_edge()) {
            return Some(afternoon);
        }
        self.at = start;
        None
    }

    /// An era; `Some(true)` before Christ.
    fn era(&mut self) -> Option<bool> {
        let eras = [
            ("ce", false),
            ("c.e.", false),
            ("bce", true),
            ("b.c.e.", true),
            ("ad", false),
            ("a.d.", false),
            ("bc", true),
            ("b.c.", true),
        ];
        eras.iter().find(|(word, _)| self.optional(word)).map(|(_, before)| *before)
    }
}

fn weekday(mut scan: Scan<'_>) -> Option<(usize, ())> {
    if !scan.at_word_edge() {
        return None;
    }
    scan.one_of(&DAYS)?;
    scan.run(|c| c != '-' && c != '/' && !c.is_ascii_digit() && c != ' ');
    Some((scan.at, ()))
}

type Time = (Option<i64>, Option<i64>, Option<i64>);

/// A time of day with its zone.
fn time(mut scan: Scan<'_>) -> Option<(usize, (Time, Option<String>))> {
    let hour = number(scan.digits()?);
    let (minute, second, end) = clock(scan).or_else(|| hours(scan)).unwrap_or((None, None, scan.at));
    let with_parts = end > scan.at;
    scan.at = end;
    let mut after = scan;
    after.spaces();
    let half = after.half_of_day();
    let hour = match half {
        Some(afternoon) => {
            scan = after;
            hour % 12 + if afternoon { 12 } else { 0 }
        }
        None if with_parts => hour,
        None => return None,
    };
    let zone = zone(&mut scan);
    Some((scan.at, ((Some(hour), minute, second), zone)))
}

/// `:09:16.5` after an hour.
fn clock(mut scan: Scan<'_>) -> Option<(Option<i64>, Option<i64>, usize)> {
    scan.spaces();
    scan.literal(":")?;
    scan.spaces();
    let minute = number(scan.digits()?);
    let mut further = scan;
    further.spaces();
    if further.optional(":") {
        further.spaces();
        if let Some(second) = further.digits() {
            if further.optional(",") || further.optional(".") {
                further.digits();
            }
            return Some((Some(minute), Some(number(second)), further.at));
        }
    }
    Some((Some(minute), None, scan.at))
}

/// `h 30m 5s` after an hour.
fn hours(mut scan: Scan<'_>) -> Option<(Option<i64>, Option<i64>, usize)> {
    scan.spaces();
    scan.literal("h")?;
    let mut minutes = scan;
    minutes.spaces();
    let Some(minute) = minutes.digits() else { return Some((None, None, scan.at)) };
    minutes.optional("m");
    let mut seconds = minutes;
    seconds.spaces();
    let Some(second) = seconds.digits() else { return Some((Some(number(minute)), None, minutes.at)) };
    seconds.optional("s");
    Some((Some(number(minute)), Some(number(second)), seconds.at))
}

/// The zone after a time; the place moves on only if there is one.
fn zone(scan: &mut Scan<'_>) -> Option<String> {
    let mut here = *scan;
    here.spaces();
    let end = offset_zone(here).or_else(|| long_zone(here)).or_else(|| short_zone(here))?;
    let zone = here.text[here.at..end].to_owned();
    scan.at = end;
    Some(zone)
}

/// `(gmt|utc?)?[-+]\d+([,.:]\d+(:\d+)?)?`
fn offset_zone(mut scan: Scan<'_>) -> Option<usize> {
    let _ = scan.optional("gmt") || scan.optional("utc") || scan.optional("ut");
    if !(scan.optional("+") || scan.optional("-")) {
        return None;
    }
    scan.digits()?;
    let mut further = scan;
    if further.optional(",") || further.optional(".") || further.optional(":") {
        if further.digits().is_some() {
            scan = further;
            if further.optional(":") && further.digits().is_some() {
                scan = further;
            }
        }
    }
    Some(scan.at)
}

/// `[[:alpha:].\s]+(standard|daylight)\stime\b`
fn long_zone(scan: Scan<'_>) -> Option<usize> {
    let mut run = scan;
    let words = run.run(|c| c.is_alphabetic() || c == '.' || c == ' ');
    let lower = words.to_ascii_lowercase();
    [" time"].iter().flat_map(|time| ["standard", "daylight"].map(|kind| format!("{kind}{time}"))).find_map(|name| {
        let at = lower.rfind(&name).filter(|at| *at > 0)?;
        let end = Scan { text: scan.text, at: scan.at + at + name.len() };
        end.at_word_edge().then_some(end.at)
    })
}

/// `[[:alpha:]]+(\sdst)?\b`
fn short_zone(mut scan: Scan<'_>) -> Option<usize> {
    let word = scan.run(char::is_alphabetic);
    if word.is_empty() {
        return None;
    }
    let mut dst = scan;
    if dst.spaces() == 1 && dst.optional("dst") && dst.at_word_edge() {
        return Some(dst.at);
    }
    scan.at_word_edge().then_some(scan.at)
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
        let year = number(scan.digits()?) + before;
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

/// The rarer forms of ISO 8601: weeks (of which `Time.parse` takes nothing), `--01-11`, `--0111`, `2022-011`, `-011`.
fn take_other_iso(text: &mut Text, parts: &mut DateParts) -> bool {
    let exact = |scan: &mut Scan<'_>, count: usize| {
        let digits = scan.text.as_bytes().get(scan.at..scan.at + count)?;
        digits.iter().all(u8::is_ascii_digit).then(|| {
            scan.at += count;
            number(&scan.text[scan.at - count..scan.at])
        })
    };
    let week = text.take_first(|mut scan| {
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
    let year_and_day = |mut scan: Scan<'_>, edge: bool| {
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
    if !after_fraction(text) {
        if let Some((year, day)) = text.take_first(|scan| year_and_day(scan, true)) {
            parts.year = Some(year);
            parts.day_of_year = Some(day);
            return true;
        }
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

/// Digits without separators: `20220111T091654Z`.
fn take_digits(text: &mut Text, parts: &mut DateParts) -> bool {
    let found = text.take_first(|mut scan| {
        let negative = scan.optional("-");
        let _ = negative || scan.optional("+");
        let bytes = &scan.text.as_bytes()[scan.at..];
        let count = bytes.iter().take(14).take_while(|b| b.is_ascii_digit()).count();
        if count < 2 {
            return None;
        }
        let date = scan.text[scan.at..scan.at + count].to_owned();
        scan.at += count;
        let mut further = scan;
        further.spaces();
        further.optional("t");
        further.spaces();
        let rest = &further.text.as_bytes()[further.at..];
        let count = rest.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
        let time = (count >= 2).then(|| further.text[further.at..further.at + count].to_owned());
        further.at += time.as_ref().map_or(0, String::len);
        let fraction = further.optional(",") || further.optional(".");
        if fraction {
            further.digits();
        }
        scan = further;
        let zone = digits_zone(&mut scan);
        Some((scan.at, (negative, date, time, fraction, zone)))
    });
    let Some((negative, date, time, fraction, zone)) = found else { return false };
    if time.is_none() && fraction {
        assign_from_the_right(parts, &date, negative);
    } else {
        assign_from_the_left(parts, &date, negative);
    }
    if let Some(time) = time.filter(|t| t.len() % 2 == 0) {
        let at = |index: usize| time.get(index * 2..index * 2 + 2).map(number);
        if fraction {
            let pairs = time.len() / 2;
            let from_end = |back: usize| pairs.checked_sub(back).and_then(at);
            (parts.second, parts.minute, parts.hour) =
                (from_end(1).or(parts.second), from_end(2).or(parts.minute), from_end(3).or(parts.hour));
        } else {
            (parts.hour, parts.minute, parts.second) = (at(0).or(parts.hour), at(1).or(parts.minute), at(2).or(parts.second));
        }
    }
    parts.zone = zone.or(parts.zone.take());
    true
}

/// `z`, `+0800` or `[+8:name]` after digits.
fn digits_zone(scan: &mut Scan<'_>) -> Option<String> {
    let mut here = *scan;
    here.spaces();
    let start = here.at;
    if here.optional("z") && here.at_word_edge() {
        *scan = here;
        return Some("Z".to_owned());
    }
    here.at = start;
    if here.optional("+") || here.optional("-") {
        let count = here.run(|c| c.is_ascii_digit()).len();
        if (1..=4).contains(&count) && here.at_word_edge() {
            *scan = here;
            return Some(here.text[start..here.at].to_owned());
        }
    }
    here.at = start;
    here.literal("[")?;
    let _ = here.optional("+") || here.optional("-");
    if !here.peek()?.is_ascii_digit() {
        return None;
    }
    let close = here.text[start..].find(']')? + start;
    let inside = &here.text[start + 1..close];
    scan.at = close + 1;
    Some(inside.split_once(':').map_or(inside, |(_, name)| name).to_owned())
}

fn assign_from_the_left(parts: &mut DateParts, date: &str, negative: bool) {
    let two = |at: usize| date.get(at..at + 2).map(number);
    let year = |digits: usize| Some(number(&date[..digits]) * if negative { -1 } else { 1 });
    match date.len() {
        2 => parts.day = two(0),
        3 => parts.day_of_year = Some(number(date)),
        4 => (parts.month, parts.day) = (two(0), two(2)),
        5 => (parts.year, parts.day_of_year) = (year(2), Some(number(&date[2..]))),
        6 => (parts.year, parts.month, parts.day) = (year(2), two(2), two(4)),
        7 => (parts.year, parts.day_of_year) = (year(4), Some(number(&date[4..]))),
        8 | 10 | 12 | 14 => {
            (parts.year, parts.month, parts.day) = (year(4), two(4), two(6));
            (parts.hour, parts.minute, parts.second) =
                (two(8).or(parts.hour), two(10).or(parts.minute), two(12).or(parts.second));
            parts.short_year = false;
        }
        _ => {}
    }
}

/// Digits with a fraction after them end in seconds.
fn assign_from_the_right(parts: &mut DateParts, date: &str, negative: bool) {
    let len = date.len();
    let sign = if negative { -1 } else { 1 };
    let pair = |back: usize| (len >= back).then(|| number(&date[len - back..len - back + 2]));
    let one = |back: usize| number(&date[len - back..=len - back]);
    match len {
        9 | 11 | 13 => return,
        _ => {}
    }
    parts.second = pair(2);
    match len {
        3 => parts.minute = Some(one(3)),
        5 => (parts.minute, parts.hour) = (pair(4), Some(one(5))),
        7 => (parts.minute, parts.hour, parts.day) = (pair(4), pair(6), Some(one(7))),
        _ => {
            parts.minute = pair(4).or(parts.minute);
            parts.hour = pair(6).or(parts.hour);
            parts.day = pair(8).or(parts.day);
            parts.month = pair(10).or(parts.month);
        }
    }
    if len == 12 {
        parts.year = Some(number(&date[..2]) * sign);
    }
    if len == 14 {
        parts.year = Some(number(&date[..4]) * sign);
        parts.short_year = false;
    }
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

/// The number that the text's first digits spell; one that is too large for any calendar stays too large.
fn number(text: &str) -> i64 {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].bytes().fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')))
}
