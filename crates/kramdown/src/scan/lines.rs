//! What a line begins with.
//!
//! Every function gets the text up to the end of its region, and a position that counts as the beginning of a line.

use super::memo::{Memo, find_byte};
use crate::chars::{is_alnum, is_space, is_word};
use crate::{names, scan::tags};

/// The position after the newline that ends the line at `pos`, or the end of the text.
pub(crate) fn line_end(text: &[u8], pos: usize) -> usize {
    find_byte(text, b'\n', pos).map_or(text.len(), |newline| newline + 1)
}

/// The end of the line if the rest of it is white space.
pub(crate) fn rest_blank(text: &[u8], mut pos: usize) -> Option<usize> {
    while let Some(&byte) = text.get(pos) {
        pos += 1;
        if byte == b'\n' {
            return Some(pos);
        }
        if !is_space(byte) {
            return None;
        }
    }
    None
}

/// The end of the blank lines at `pos`.
pub(crate) fn blank_lines(text: &[u8], pos: usize) -> Option<usize> {
    let mut last = None;
    for (at, &byte) in text[pos..].iter().enumerate() {
        if byte == b'\n' {
            last = Some(pos + at + 1);
        } else if !is_space(byte) {
            break;
        }
    }
    last
}

/// Skips up to `max` spaces.
pub(crate) fn skip_spaces(text: &[u8], pos: usize, max: usize) -> usize {
    let mut end = pos;
    while end < pos + max && text.get(end) == Some(&b' ') {
        end += 1;
    }
    end
}

/// Skips white space, newlines too.
pub(crate) fn skip_white(text: &[u8], mut pos: usize) -> usize {
    while text.get(pos).copied().is_some_and(is_space) {
        pos += 1;
    }
    pos
}

/// Skips spaces and tabs.
pub(crate) fn skip_blanks(text: &[u8], mut pos: usize) -> usize {
    while matches!(text.get(pos), Some(b' ' | b'\t')) {
        pos += 1;
    }
    pos
}

/// The end of the end-of-block marker's line.
pub(crate) fn end_of_block(text: &[u8], pos: usize) -> Option<usize> {
    (text.get(pos) == Some(&b'^')).then(|| rest_blank(text, pos + 1)).flatten()
}

/// The end of a rule's line.
pub(crate) fn rule(text: &[u8], pos: usize) -> Option<usize> {
    let mut at = skip_spaces(text, pos, 3);
    let mark = *text.get(at)?;
    if !matches!(mark, b'*' | b'-' | b'_') {
        return None;
    }
    let mut marks = 0;
    loop {
        match *text.get(at)? {
            b'\n' if marks >= 3 => return Some(at + 1),
            b' ' | b'\t' => {}
            byte if byte == mark => marks += 1,
            _ => return None,
        }
        at += 1;
    }
}

/// The kinds of list whose items begin with a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListKind {
    Unordered,
    Ordered,
    Definition,
}

/// The position after an item's marker, which is indented by `max` spaces at most.
pub(crate) fn item_start(text: &[u8], pos: usize, kind: ListKind, max: usize) -> Option<usize> {
    let at = skip_spaces(text, pos, max);
    let end = match (kind, *text.get(at)?) {
        (ListKind::Unordered, b'+' | b'*' | b'-') | (ListKind::Definition, b':') => at + 1,
        (ListKind::Ordered, b'0'..=b'9') => {
            let mut end = at + 1;
            while text.get(end).is_some_and(u8::is_ascii_digit) {
                end += 1;
            }
            if text.get(end) != Some(&b'.') {
                return None;
            }
            end + 1
        }
        _ => return None,
    };
    matches!(text.get(end), Some(b' ' | b'\t' | b'|')).then_some(end)
}

/// The kind of list that begins here.
pub(crate) fn list_start(text: &[u8], pos: usize) -> Option<ListKind> {
    [ListKind::Unordered, ListKind::Ordered].into_iter().find(|&kind| item_start(text, pos, kind, 3).is_some())
}

/// The position after a quote's marker and one space.
pub(crate) fn quote_start(text: &[u8], pos: usize) -> Option<usize> {
    let at = skip_spaces(text, pos, 3);
    if text.get(at) != Some(&b'>') {
        return None;
    }
    Some(at + 1 + usize::from(text.get(at + 1) == Some(&b' ')))
}

/// The level of a heading whose line begins here, and where its text begins.
pub(crate) fn atx_start(text: &[u8], pos: usize, gfm: bool) -> Option<(u8, usize)> {
    let marks = text[pos..].iter().take(6).take_while(|&&byte| byte == b'#').count();
    if marks == 0 {
        return None;
    }
    let blanks = skip_blanks(text, pos + marks);
    if gfm && blanks == pos + marks {
        return None;
    }
    Some((marks as u8, blanks))
}

/// Whether a line of block HTML begins here, which ends lazy lines.
pub(crate) fn lazy_html(text: &[u8], pos: usize, max: usize, time: bool) -> bool {
    let at = skip_spaces(text, pos, max);
    if text.get(at) != Some(&b'<') {
        return false;
    }
    let closing = text.get(at + 1) == Some(&b'/');
    let name_start = at + 1 + usize::from(closing);
    let Some(end) = tags::name(text, name_start) else {
        return false;
    };
    if closing {
        let after = skip_white(text, end);
        if text.get(after) != Some(&b'>') {
            return false;
        }
    }
    !names::stays_in_line(text, name_start, time)
}

/// An attribute list on a line of its own: its content and the end of the line.
pub(crate) fn block_ial(text: &[u8], memo: &mut Memo, pos: usize, max: usize) -> Option<((usize, usize), usize)> {
    let at = skip_spaces(text, pos, max);
    if text.get(at..at + 2) != Some(b"{:") || matches!(text.get(at + 2), Some(b':' | b'/')) {
        return None;
    }
    braced(text, memo, at + 2, |end| rest_blank(text, end))
}

/// The most closing braces that are tried for one opening one.
const MAX_BRACES: usize = 32;

/// The content of braces that opened before `start`, and what `after` makes of the position after the closing one.
///
/// A brace after a backslash does not close, unless nothing else does.
pub(crate) fn braced(
    text: &[u8],
    memo: &mut Memo,
    start: usize,
    after: impl Fn(usize) -> Option<usize>,
) -> Option<((usize, usize), usize)> {
    if text.get(start) == Some(&b'}') {
        return None;
    }
    let close = memo.brace.find(start, |mut pos| {
        loop {
            pos = find_byte(text, b'}', pos)?;
            if pos == 0 || text[pos - 1] != b'\\' {
                return Some(pos);
            }
            pos += 1;
        }
    });
    if let Some(close) = close
        && let Some(end) = after(close + 1)
    {
        return Some(((start, close), end));
    }
    let limit = close.unwrap_or(text.len());
    let first = memo.escaped_brace.find(start, |pos| find_byte(text, b'}', pos))?;
    if first >= limit {
        return None;
    }
    let mut escaped = memchr::memrchr_iter(b'}', &text[start..limit]);
    for _ in 0..MAX_BRACES {
        let close = start + escaped.next()?;
        if let Some(end) = after(close + 1) {
            return Some(((start, close), end));
        }
    }
    None
}

/// The end of a name as attribute lists, footnotes and extensions have it: `\w[\w-]*`.
pub(crate) fn id_name(text: &[u8], pos: usize) -> Option<usize> {
    if !text.get(pos).copied().is_some_and(is_word) {
        return None;
    }
    let mut end = pos + 1;
    while text.get(end).is_some_and(|&byte| is_word(byte) || byte == b'-') {
        end += 1;
    }
    Some(end)
}

/// Whether the character at `pos` is a letter or digit in any script.
pub(crate) fn alnum_at(text: &[u8], pos: usize) -> bool {
    crate::chars::char_at(text, pos).is_some_and(is_alnum)
}
