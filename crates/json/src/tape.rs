//! JSON text as a flat list of its values, made without recursion.

use std::borrow::Cow;

use crate::ReadError;

/// The place of a value on the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At(u32);

impl At {
    /// The outermost value.
    pub const ROOT: Self = Self(0);
}

/// A value as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    True,
    False,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The kind in words, for messages.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::True | Self::False => "a truth value",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

struct Entry {
    kind: Kind,
    /// Bytes of the text; of a string without its quotes.
    start: u32,
    end: u32,
    /// The entry after this value and all that is inside it.
    next: u32,
}

/// All values of a JSON text in the order of their beginnings; an object holds keys and values in turn.
pub struct Tape<'a> {
    text: &'a str,
    entries: Vec<Entry>,
}

impl<'a> Tape<'a> {
    /// Reads a whole text that holds one value.
    pub fn new(text: &'a str) -> Result<Self, ReadError> {
        if u32::try_from(text.len()).is_err() {
            return Err(ReadError::at(text, 0, "the text is longer than 4 GiB"));
        }
        let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, entries: Vec::with_capacity(text.len() / 24) };
        scanner.scan()?;
        Ok(Self { text, entries: scanner.entries })
    }

    pub fn kind(&self, at: At) -> Kind {
        self.entry(at).kind
    }

    /// The number or literal as it is spelled.
    pub fn spelling(&self, at: At) -> &'a str {
        let entry = self.entry(at);
        &self.text[entry.start as usize..entry.end as usize]
    }

    /// The text of a string.
    pub fn string(&self, at: At) -> Result<Cow<'a, str>, ReadError> {
        let raw = self.spelling(at);
        if raw.contains('\\') { self.unescape(at, raw).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }

    /// The values right inside an array or object (there keys and values in turn).
    pub fn children(&self, at: At) -> impl Iterator<Item = At> {
        let end = self.entry(at).next;
        let mut next = at.0 + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = At(next);
                next = self.entry(child).next;
                child
            })
        })
    }

    /// The keys and values of an object.
    pub fn members(&self, at: At) -> impl Iterator<Item = (At, At)> {
        let mut children = self.children(at);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// Makes an error about a value.
    pub fn error(&self, at: At, message: impl Into<String>) -> ReadError {
        ReadError::at(self.text, self.entry(at).start as usize, message)
    }

    fn entry(&self, at: At) -> &Entry {
        &self.entries[at.0 as usize]
    }

    fn unescape(&self, at: At, raw: &str) -> Result<String, ReadError> {
        let fail =
            |rest: &str, message: &str| ReadError::at(self.text, self.entry(at).start as usize + raw.len() - rest.len(), message);
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(backslash) = rest.find('\\') {
            out.push_str(&rest[..backslash]);
            rest = &rest[backslash..];
            let simple = match rest.as_bytes()[1] {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => {
                    let (c, length) = unicode_escape(rest).ok_or_else(|| fail(rest, "an escape that is no character"))?;
                    out.push(c);
                    rest = &rest[length..];
                    continue;
                }
                other @ (b'"' | b'\\' | b'/') => char::from(other),
                _ => return Err(fail(rest, "an unknown escape")),
            };
            out.push(simple);
            rest = &rest[2..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// The character of `\uXXXX`, or of two of them that are a surrogate pair, and how many bytes it takes.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let unit = |from: usize| -> Option<u32> {
        let digits = text.get(from..from + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let high = unit(0)?;
    if !(0xd800..0xdc00).contains(&high) {
        return Some((char::from_u32(high)?, 6));
    }
    let low = unit(6).filter(|low| (0xdc00..0xe000).contains(low))?;
    Some((char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))?, 12))
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    entries: Vec<Entry>,
}

impl Scanner<'_> {
    fn scan(&mut self) -> Result<(), ReadError> {
        let mut open: Vec<usize> = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    let is_object = bracket == b'{';
                    open.push(self.entries.len());
                    self.push(if is_object { Kind::Object } else { Kind::Array }, self.at, self.at + 1);
                    self.at += 1;
                    self.skip_space();
                    if self.peek() != Some(bracket + 2) {
                        if is_object {
                            self.key()?;
                        }
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.literal("true", Kind::True)?,
                Some(b'f') => self.literal("false", Kind::False)?,
                Some(b'n') => self.literal("null", Kind::Null)?,
                _ => return Err(self.fail("expected a value")),
            }
            // A value has ended: the next one follows a comma, after all brackets that close here.
            loop {
                self.skip_space();
                let Some(&container) = open.last() else {
                    return if self.at == self.bytes.len() { Ok(()) } else { Err(self.fail("something after the end")) };
                };
                let is_object = self.entries[container].kind == Kind::Object;
                let closing = if is_object { b'}' } else { b']' };
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        self.skip_space();
                        if is_object {
                            self.key()?;
                        }
                        break;
                    }
                    Some(byte) if byte == closing => {
                        self.at += 1;
                        self.entries[container].next = self.entries.len() as u32;
                        open.pop();
                    }
                    _ => return Err(self.fail(if is_object { "expected `,` or `}`" } else { "expected `,` or `]`" })),
                }
            }
        }
    }

    fn key(&mut self) -> Result<(), ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.fail("expected a key"));
        }
        self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.fail("expected `:`"));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), ReadError> {
        let start = self.at + 1;
        self.at = start;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(0..0x20) => return Err(self.fail("a control character in a string")),
                Some(_) => self.at += 1,
                None => return Err(self.fail("a string without an end")),
            }
        }
        self.push(Kind::String, start, self.at);
        self.at += 1;
        Ok(())
    }

    fn number(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut good = whole == 1 || (whole > 1 && !leading_zero);
        if self.peek() == Some(b'.') {
            self.at += 1;
            good &= self.digits() > 0;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            good &= self.digits() > 0;
        }
        if !good {
            return Err(self.fail("a number that JSON does not know"));
        }
        self.push(Kind::Number, start, self.at);
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<(), ReadError> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.fail("expected a value"));
        }
        self.push(kind, self.at, self.at + word.len());
        self.at += word.len();
        Ok(())
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.entries.len() as u32 + 1;
        self.entries.push(Entry { kind, start: start as u32, end: end as u32, next });
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn fail(&self, message: &str) -> ReadError {
        ReadError::at(self.text, self.at, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Says whether all of a text can be read, strings included.
    fn is_json(text: &str) -> bool {
        Tape::new(text).is_ok_and(|tape| {
            let mut all = (0..tape.entries.len()).map(|at| At(at as u32));
            all.all(|at| tape.kind(at) != Kind::String || tape.string(at).is_ok())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn another_reader_agrees_on_what_is_json(
            text in "([\\[\\]{}\",:0-9eE+. -]|true|fals|null|e|\"a\"|\\\\[udn\"/]|[0-9a-f]{4}|\\\\ud83d|\\\\ude00|é){0,9}"
        ) {
            prop_assert_eq!(is_json(&text), serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
    }

    #[test]
    fn escapes_are_read() {
        let tape = Tape::new(r#""\ud83d\ude00 \u00e9\n\"\/\\""#).expect("it is JSON");
        assert_eq!(tape.string(At::ROOT).as_deref(), Ok("😀 é\n\"/\\"));
        assert!(!is_json(r#""\ud83d""#) && !is_json(r#""\ude00\ud83d""#) && !is_json(r#""\u00g0""#));
    }

    #[test]
    fn children_are_those_right_inside() {
        let tape = Tape::new("[[1,[2]],{\"a\":[3]},[]]").expect("it is JSON");
        let kinds: Vec<Kind> = tape.children(At::ROOT).map(|at| tape.kind(at)).collect();
        assert_eq!(kinds, [Kind::Array, Kind::Object, Kind::Array]);
    }
}
