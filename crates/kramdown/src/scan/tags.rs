//! HTML tags as kramdown recognises them.

use super::lines::skip_white;
use super::memo::Memo;
use crate::chars::{char_at, is_alnum, is_alpha, is_unicode_word};

/// The end of an XML name, with its prefix, that begins at `pos`.
pub(crate) fn name(text: &[u8], pos: usize) -> Option<usize> {
    let end = name_part(text, pos)?;
    if text.get(end) == Some(&b':')
        && let Some(end) = name_part(text, end + 1)
    {
        return Some(end);
    }
    Some(end)
}

fn name_part(text: &[u8], pos: usize) -> Option<usize> {
    let first = char_at(text, pos)?;
    if !(is_alpha(first) || first == '_') {
        return None;
    }
    let mut end = pos + first.len_utf8();
    while let Some(c) = char_at(text, end) {
        if is_alnum(c) || matches!(c, '-' | '.' | '_') {
            end += c.len_utf8();
        } else {
            break;
        }
    }
    Some(end)
}

/// An opening tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag {
    pub name: (usize, usize),
    pub attr: (usize, usize),
    pub closed: bool,
    pub end: usize,
}

/// One attribute: its name, and its value without quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TagAttr {
    pub name: (usize, usize),
    pub value: Option<(usize, usize)>,
    pub end: usize,
}

/// Reads the opening tag that begins at `pos`.
pub(crate) fn open_tag(text: &[u8], memo: &mut Memo, pos: usize) -> Option<Tag> {
    if text.get(pos) != Some(&b'<') {
        return None;
    }
    let name_end = name(text, pos + 1)?;
    let mut at = name_end;
    loop {
        let start = skip_white(text, at);
        if start == at {
            break;
        }
        let Some(attr) = attribute(text, memo, start) else {
            break;
        };
        at = attr.end;
    }
    let attr = (name_end, at);
    at = skip_white(text, at);
    let closed = text.get(at) == Some(&b'/');
    at += usize::from(closed);
    (text.get(at) == Some(&b'>')).then_some(Tag { name: (pos + 1, name_end), attr, closed, end: at + 1 })
}

/// Reads the attribute that begins at `pos`.
pub(crate) fn attribute(text: &[u8], memo: &mut Memo, pos: usize) -> Option<TagAttr> {
    let name_end = name(text, pos)?;
    let without_value = TagAttr { name: (pos, name_end), value: None, end: name_end };
    let equals = skip_white(text, name_end);
    if text.get(equals) != Some(&b'=') {
        return Some(without_value);
    }
    let start = skip_white(text, equals + 1);
    let (value, end) = if let Some(&quote @ (b'"' | b'\'')) = text.get(start) {
        let Some(close) = memo.find_quote(text, quote, start + 1) else {
            return Some(without_value);
        };
        ((start + 1, close), close + 1)
    } else {
        let mut end = start;
        while let Some(c) = char_at(text, end).filter(|&c| is_unicode_word(c)) {
            end += c.len_utf8();
        }
        if end == start {
            return Some(without_value);
        }
        ((start, end), end)
    };
    Some(TagAttr { name: (pos, name_end), value: Some(value), end })
}

/// Reads the closing tag that begins at `pos`: its name and its end.
pub(crate) fn close_tag(text: &[u8], pos: usize) -> Option<((usize, usize), usize)> {
    if text.get(pos..pos + 2) != Some(b"</") {
        return None;
    }
    let end = name(text, pos + 2)?;
    let at = skip_white(text, end);
    (text.get(at) == Some(&b'>')).then_some(((pos + 2, end), at + 1))
}

/// The position of the next closing tag of this name, in any case of letters.
pub(crate) fn find_close(text: &[u8], pos: usize, name: &str) -> Option<usize> {
    let mut at = pos;
    loop {
        at = super::memo::find(text, b"</", at)?;
        if closes(text, at, name, true).is_some() {
            return Some(at);
        }
        at += 2;
    }
}

/// The end of the closing tag at `pos` if it closes this element.
pub(crate) fn closes(text: &[u8], pos: usize, name: &str, any_case: bool) -> Option<usize> {
    if text.get(pos..pos + 2) != Some(b"</") {
        return None;
    }
    let found = text.get(pos + 2..pos + 2 + name.len())?;
    let same = if any_case { found.eq_ignore_ascii_case(name.as_bytes()) } else { found == name.as_bytes() };
    if !same {
        return None;
    }
    let at = skip_white(text, pos + 2 + name.len());
    (text.get(at) == Some(&b'>')).then_some(at + 1)
}

/// Reads the comment that begins at `pos`; gives its end.
pub(crate) fn comment(text: &[u8], memo: &mut Memo, pos: usize) -> Option<usize> {
    if text.get(pos..pos + 4) != Some(b"<!--") {
        return None;
    }
    Some(memo.find_comment_end(text, pos + 4)? + 3)
}

/// Reads the processing instruction that begins at `pos`; gives its end.
pub(crate) fn instruction(text: &[u8], memo: &mut Memo, pos: usize) -> Option<usize> {
    if text.get(pos..pos + 2) != Some(b"<?") {
        return None;
    }
    Some(memo.find_instruction_end(text, pos + 2)? + 2)
}
