//! The inside of attribute lists: `#id .class key="value" reference`.

use super::lines::id_name;
use crate::Ial;
use crate::chars::{is_space, is_word, strip};

/// Adds what a list says to `ial`; false when it says nothing that could be understood.
pub(crate) fn parse_list(list: &str, ial: &mut Ial) -> bool {
    let stripped = strip(list);
    if stripped.is_empty() || stripped == ":" {
        return true;
    }
    let text = list.as_bytes();
    let mut found = false;
    let mut pos = 0;
    while pos < text.len() {
        let starts = [(pos == 0).then_some(pos), is_space(text[pos]).then_some(pos + 1)];
        let end = starts.into_iter().flatten().find_map(|start| item(list, start, ial));
        if let Some(end) = end {
            found = true;
            pos = end;
        } else {
            pos += 1;
        }
    }
    found
}

fn at_end(text: &[u8], pos: usize) -> bool {
    text.get(pos).is_none_or(|&byte| is_space(byte))
}

fn item(list: &str, start: usize, ial: &mut Ial) -> Option<usize> {
    let text = list.as_bytes();
    if let Some(name_end) = id_name(text, start) {
        if let Some((value, end)) = key_value(text, name_end) {
            let separator = char::from(text[name_end + 1]);
            let value = unescape(&list[value.0..value.1], separator);
            let key = list[start..name_end].to_owned();
            ial.attr.set(key, value);
            return Some(end);
        }
        if at_end(text, name_end) {
            ial.refs.push(list[start..name_end].to_owned());
            return Some(name_end);
        }
    }
    id_or_classes(list, start, ial)
}

/// `="value"` after a key: the value without its quotes, and the end.
fn key_value(text: &[u8], pos: usize) -> Option<((usize, usize), usize)> {
    if text.get(pos) != Some(&b'=') {
        return None;
    }
    let quote = *text.get(pos + 1)?;
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    let start = pos + 2;
    let mut at = start;
    let mut escaped = None;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'\\' if text.get(at + 1) == Some(&b'}') => at += 1,
            b'\\' if text.get(at + 1) == Some(&quote) => {
                at += 1;
                if at_end(text, at + 1) {
                    escaped = Some(at);
                }
            }
            b'}' | 2 => break,
            _ if byte == quote && at_end(text, at + 1) => {
                return Some(((start, at), at + 1));
            }
            _ => {}
        }
        at += 1;
    }
    escaped.map(|at| ((start, at), at + 1))
}

fn unescape(value: &str, separator: char) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\'
            && let Some(&next) = chars.peek()
            && (next == '}' || next == separator)
        {
            continue;
        }
        out.push(c);
    }
    out
}

fn id_or_classes(list: &str, start: usize, ial: &mut Ial) -> Option<usize> {
    let text = list.as_bytes();
    let mut parts = Vec::new();
    let mut at = start;
    loop {
        let name = at + 1;
        let mut end = name;
        match text.get(at) {
            Some(b'#') => {
                if !text.get(name).is_some_and(u8::is_ascii_alphabetic) {
                    return None;
                }
                while text.get(end).is_some_and(|&byte| is_word(byte) || matches!(byte, b':' | b'-')) {
                    end += 1;
                }
            }
            Some(b'.') => {
                while text.get(end).is_some_and(|&byte| !is_space(byte) && !matches!(byte, b'.' | b'#')) {
                    end += 1;
                }
                if end == name {
                    return None;
                }
            }
            _ if at > start && at_end(text, at) => break,
            _ => return None,
        }
        parts.push((text[at] == b'#', &list[name..end]));
        at = end;
    }
    for (is_id, name) in parts {
        if is_id {
            ial.attr.set("id", name);
        } else {
            ial.attr.push_class(name);
        }
    }
    Some(at)
}
