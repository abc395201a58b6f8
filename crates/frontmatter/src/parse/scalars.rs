//! Scalars: plain, quoted, block.

use std::borrow::Cow;

use super::cursor::Cursor;
use crate::YamlError;

/// Text that is a piece of the source until something in it must change.
struct Folded<'a> {
    source: &'a str,
    /// Where the piece that is not yet copied begins and ends.
    from: usize,
    to: usize,
    copied: Option<String>,
}

impl<'a> Folded<'a> {
    fn new(cursor: &Cursor<'a>) -> Self {
        Self { source: cursor.text, from: cursor.at, to: cursor.at, copied: None }
    }

    /// Takes in the source up to here as it stands.
    fn keep(&mut self, to: usize) {
        self.to = to;
    }

    /// Adds something that the source does not hold; the source goes on at `from`.
    fn put(&mut self, text: &str, from: usize) {
        let copied = self.copied.get_or_insert_default();
        copied.push_str(&self.source[self.from..self.to]);
        copied.push_str(text);
        self.from = from;
        self.to = from;
    }

    fn finish(self) -> Cow<'a, str> {
        let piece = &self.source[self.from..self.to];
        match self.copied {
            None => Cow::Borrowed(piece),
            Some(mut copied) => {
                copied.push_str(piece);
                Cow::Owned(copied)
            }
        }
    }
}

/// Line breaks between two words: how they read once lines are folded.
#[derive(Default)]
struct Gap {
    /// The first break; empty if it was escaped.
    first: Option<&'static str>,
    more: String,
}

impl Gap {
    /// Notes a line break.
    fn line(&mut self, reads: &'static str) {
        if self.first.is_none() {
            self.first = Some(reads);
        } else {
            self.more.push_str(reads);
        }
    }

    /// A single break is a space, the others stay; a separator (U+2028, U+2029) always stays.
    fn folded(&self) -> String {
        match self.first {
            Some("\n") if self.more.is_empty() => " ".to_owned(),
            Some("\n") | None => self.more.clone(),
            Some(first) => format!("{first}{}", self.more),
        }
    }
}

/// A plain scalar; `lines` says whether it ended behind a line break.
pub(super) struct Plain<'a> {
    pub text: Cow<'a, str>,
    pub end: usize,
    pub lines: bool,
}

/// Reads a plain scalar; `indent` is the column at which its further lines must begin.
pub(super) fn scan_plain<'a>(cursor: &mut Cursor<'a>, flow: bool, indent: usize) -> Result<Plain<'a>, YamlError> {
    let mut out = Folded::new(cursor);
    let mut end = cursor.at;
    let mut gap: Option<Gap> = None;
    loop {
        if cursor.is_document_mark() || cursor.is(b'#') {
            break;
        }
        while !cursor.is_blank_or_end(0) {
            let byte = cursor.byte(0);
            if byte == b':' {
                if flow && b",?[]{}".contains(&cursor.byte(1)) {
                    return cursor.error("found an unexpected `:`");
                }
                if cursor.is_blank_or_end(1) {
                    break;
                }
            } else if flow && b",[]{}".contains(&byte) {
                break;
            }
            if let Some(gap) = gap.take() {
                out.put(&gap.folded(), cursor.at);
            }
            cursor.skip();
            out.keep(cursor.at);
            end = cursor.at;
        }
        if !cursor.is_blank(0) && !cursor.is_break(0) {
            break;
        }
        while cursor.is_blank(0) || cursor.is_break(0) {
            if cursor.is_blank(0) {
                if gap.is_some() && cursor.column < indent && cursor.is(b'\t') {
                    return cursor.error("found a tab where spaces indent");
                }
                cursor.skip();
            } else {
                let reads = cursor.skip_line();
                gap.get_or_insert_default().line(reads);
            }
        }
        if !flow && cursor.column < indent {
            break;
        }
    }
    Ok(Plain { text: out.finish(), end, lines: gap.is_some() })
}

/// Reads a text in quotes.
pub(super) fn scan_quoted<'a>(cursor: &mut Cursor<'a>, single: bool) -> Result<Cow<'a, str>, YamlError> {
    let quote = cursor.byte(0);
    let start = *cursor;
    cursor.skip();
    let mut out = Folded::new(cursor);
    loop {
        if cursor.is_document_mark() {
            return start.error("found `---` or `...` in a quoted text that begins here");
        }
        if cursor.is_end() {
            return start.error("the quoted text that begins here does not end");
        }
        let mut gap: Option<Gap> = None;
        while !cursor.is_blank_or_end(0) {
            let byte = cursor.byte(0);
            if single && byte == b'\'' && cursor.byte(1) == b'\'' {
                cursor.skip();
                out.keep(cursor.at);
                cursor.skip();
                out.put("", cursor.at);
            } else if byte == quote {
                break;
            } else if !single && byte == b'\\' && cursor.is_break(1) {
                cursor.skip();
                cursor.skip_line();
                out.put("", cursor.at);
                gap = Some(Gap { first: Some(""), more: String::new() });
                break;
            } else if !single && byte == b'\\' {
                let c = scan_escape(cursor)?;
                out.put(c.encode_utf8(&mut [0; 4]), cursor.at);
            } else {
                cursor.skip();
                out.keep(cursor.at);
            }
        }
        if cursor.is(quote) {
            break;
        }
        while cursor.is_blank(0) || cursor.is_break(0) {
            if cursor.is_blank(0) {
                cursor.skip();
            } else {
                let reads = cursor.skip_line();
                gap.get_or_insert_default().line(reads);
            }
        }
        match gap {
            Some(gap) => out.put(&gap.folded(), cursor.at),
            None => out.keep(cursor.at),
        }
    }
    cursor.skip();
    Ok(out.finish())
}

/// Reads an escape in a text in double quotes.
fn scan_escape(cursor: &mut Cursor) -> Result<char, YamlError> {
    let digits = match cursor.byte(1) {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        other => {
            let c = match other {
                b'0' => '\0',
                b'a' => '\u{7}',
                b'b' => '\u{8}',
                b't' | b'\t' => '\t',
                b'n' => '\n',
                b'v' => '\u{B}',
                b'f' => '\u{C}',
                b'r' => '\r',
                b'e' => '\u{1B}',
                b' ' => ' ',
                b'"' => '"',
                b'/' => '/',
                b'\\' => '\\',
                b'N' => '\u{85}',
                b'_' => '\u{A0}',
                b'L' => '\u{2028}',
                b'P' => '\u{2029}',
                _ => return cursor.error("found an unknown escape in a quoted text"),
            };
            cursor.skip();
            cursor.skip();
            return Ok(c);
        }
    };
    cursor.skip();
    cursor.skip();
    let mut value = 0_u32;
    for _ in 0..digits {
        let Some(digit) = char::from(cursor.byte(0)).to_digit(16) else {
            return cursor.error("did not find the digits of an escape in a quoted text");
        };
        value = value << 4 | digit;
        cursor.skip();
    }
    match char::from_u32(value) {
        Some(c) => Ok(c),
        None => cursor.error("an escape in a quoted text is no character"),
    }
}

/// Reads a block scalar; `parent` is the column of the collection that it stands in, if any. Gives the text and where
/// it ends.
pub(super) fn scan_block<'a>(
    cursor: &mut Cursor<'a>,
    literal: bool,
    parent: Option<usize>,
) -> Result<(Cow<'a, str>, usize), YamlError> {
    let start = *cursor;
    cursor.skip();
    let (chomping, increment) = scan_block_header(cursor)?;
    if cursor.skip_rest_of_line().is_none() {
        return cursor.error("did not find a comment or line break after `|` or `>`");
    }
    let mut indent = increment.map(|increment| parent.unwrap_or(0) + increment);
    let mut end = cursor.at;
    let mut out = String::new();
    let mut leading = "";
    let mut leading_blank = false;
    let mut trailing = String::new();
    let column = scan_breaks(cursor, &mut indent, parent, &mut trailing, &mut end, &start)?;
    while cursor.column == column && !cursor.is_end() {
        let trailing_blank = cursor.is_blank(0);
        if !literal && leading == "\n" && !leading_blank && !trailing_blank {
            if trailing.is_empty() {
                out.push(' ');
            }
        } else {
            out.push_str(leading);
        }
        out.push_str(&trailing);
        trailing.clear();
        leading_blank = cursor.is_blank(0);
        let from = cursor.at;
        while !cursor.is_break_or_end(0) {
            cursor.skip();
        }
        out.push_str(&cursor.text[from..cursor.at]);
        leading = cursor.skip_line();
        end = cursor.at;
        scan_breaks(cursor, &mut indent, parent, &mut trailing, &mut end, &start)?;
    }
    if chomping != Some(b'-') {
        out.push_str(leading);
    }
    if chomping == Some(b'+') {
        out.push_str(&trailing);
    }
    Ok((Cow::Owned(out), end))
}

/// The signs after `|` or `>`: how it ends (`+`, `-`) and how far it is indented.
fn scan_block_header(cursor: &mut Cursor) -> Result<(Option<u8>, Option<usize>), YamlError> {
    let mut chomping = None;
    let mut increment = None;
    for _ in 0..2 {
        match cursor.byte(0) {
            sign @ (b'+' | b'-') if chomping.is_none() => chomping = Some(sign),
            b'0' if increment.is_none() => return cursor.error("a block text cannot be indented by 0"),
            digit @ b'1'..=b'9' if increment.is_none() => increment = Some(usize::from(digit - b'0')),
            _ => break,
        }
        cursor.skip();
    }
    Ok((chomping, increment))
}

/// Goes over empty lines and the indentation of the next; finds out the indentation where it is not known.
fn scan_breaks(
    cursor: &mut Cursor,
    indent: &mut Option<usize>,
    parent: Option<usize>,
    breaks: &mut String,
    end: &mut usize,
    start: &Cursor,
) -> Result<usize, YamlError> {
    let mut deepest = 0;
    *end = cursor.at;
    loop {
        let inside = |cursor: &Cursor| indent.is_none_or(|indent| cursor.column < indent);
        while inside(cursor) && cursor.is(b' ') {
            cursor.skip();
        }
        deepest = deepest.max(cursor.column);
        if inside(cursor) && cursor.is(b'\t') {
            return start.error("found a tab where spaces indent a block text");
        }
        if !cursor.is_break(0) {
            break;
        }
        breaks.push_str(cursor.skip_line());
        *end = cursor.at;
    }
    let least = parent.map_or(1, |parent| parent + 1);
    Ok(*indent.get_or_insert(deepest.max(least)))
}
