//! Reading a date's text: places, steps, words.

pub(super) const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
pub(super) const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The text with what cannot be part of a date replaced by spaces; taking a part leaves a space in its place.
pub(super) struct Text(pub(crate) String);

impl Text {
    pub(super) fn new(text: &str) -> Self {
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
    pub(super) fn take_first<T>(&mut self, form: impl Fn(Scan<'_>) -> Option<(usize, T)>) -> Option<T> {
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
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Says whether a word begins or ends here.
    pub(super) fn at_word_edge(&self) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        is_word(self.before()) != is_word(self.peek())
    }

    pub(super) fn run(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    pub(super) fn spaces(&mut self) -> usize {
        self.run(|c| c == ' ').len()
    }

    pub(super) fn digits(&mut self) -> Option<&'a str> {
        Some(self.run(|c| c.is_ascii_digit())).filter(|d| !d.is_empty())
    }

    pub(super) fn literal(&mut self, word: &str) -> Option<()> {
        let found = self.text.as_bytes().get(self.at..self.at + word.len())?.eq_ignore_ascii_case(word.as_bytes());
        found.then(|| self.at += word.len())
    }

    pub(super) fn optional(&mut self, word: &str) -> bool {
        self.literal(word).is_some()
    }

    /// A comma or a point and digits, if there are any: nanoseconds, the rest cut off.
    pub(super) fn fraction(&mut self) -> Option<u32> {
        if !(self.optional(",") || self.optional(".")) {
            return None;
        }
        let digits = self.run(|c| c.is_ascii_digit()).bytes().chain(std::iter::repeat(b'0'));
        Some(digits.take(9).fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    }

    /// `'?-?\d+`, with the signs that `marks` names, each at most once and in this order.
    pub(super) fn number(&mut self, marks: &[&str]) -> Option<&'a str> {
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

    pub(super) fn one_of(&mut self, words: &[&str]) -> Option<usize> {
        words.iter().position(|word| self.optional(word))
    }

    pub(super) fn month(&mut self) -> Option<i64> {
        self.one_of(&MONTHS).map(|at| at as i64 + 1)
    }

    /// `[ap](m\b|.m.)`; true for the afternoon.
    pub(super) fn half_of_day(&mut self) -> Option<bool> {
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
    pub(super) fn era(&mut self) -> Option<bool> {
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

/// The number that the text's first digits spell; one that is too large for any calendar stays too large.
pub(super) fn number(text: &str) -> i64 {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].bytes().fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')))
}
