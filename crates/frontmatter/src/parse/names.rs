//! Anchors, aliases, tags and directives.

use super::cursor::Cursor;
use crate::YamlError;

/// A tag as it is written: the handle (`!`, `!!`, `!e!`; empty for `!<…>` and a lone `!`) and the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub handle: String,
    pub suffix: String,
}

/// Reads the name after `&` or `*`.
pub(super) fn scan_anchor<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, YamlError> {
    cursor.skip();
    let start = cursor.at;
    while cursor.is_name() {
        cursor.skip();
    }
    let name = &cursor.text[start..cursor.at];
    let ends = cursor.is_blank_or_end(0) || b"?:,]}%@`".contains(&cursor.byte(0));
    if name.is_empty() || !ends {
        return cursor.error("did not find the letters and digits of an anchor or alias");
    }
    Ok(name)
}

/// Reads a tag.
pub(super) fn scan_tag(cursor: &mut Cursor, flow: bool) -> Result<Tag, YamlError> {
    let tag = if cursor.byte(1) == b'<' {
        cursor.skip();
        cursor.skip();
        let suffix = scan_uri(cursor, true, "")?;
        if !cursor.is(b'>') {
            return cursor.error("did not find the `>` of a tag");
        }
        cursor.skip();
        Tag { handle: String::new(), suffix }
    } else {
        let handle = scan_handle(cursor)?;
        if handle.len() > 1 && handle.ends_with('!') {
            let suffix = scan_uri(cursor, false, "")?;
            Tag { handle, suffix }
        } else {
            let suffix = scan_uri(cursor, false, &handle)?;
            if suffix.is_empty() {
                Tag { handle: String::new(), suffix: "!".to_owned() }
            } else {
                Tag { handle: "!".to_owned(), suffix }
            }
        }
    };
    let ends = cursor.is_blank_or_end(0) || (flow && cursor.is(b','));
    if !ends {
        return cursor.error("did not find a space or line break after a tag");
    }
    Ok(tag)
}

/// `!`, `!name` or `!name!`.
fn scan_handle(cursor: &mut Cursor) -> Result<String, YamlError> {
    let start = cursor.at;
    if !cursor.is(b'!') {
        return cursor.error("did not find the `!` of a tag");
    }
    cursor.skip();
    while cursor.is_name() {
        cursor.skip();
    }
    if cursor.is(b'!') {
        cursor.skip();
    }
    Ok(cursor.text[start..cursor.at].to_owned())
}

/// Reads the rest of a tag; `head` is what was read of it, its `!` included.
fn scan_uri(cursor: &mut Cursor, brackets: bool, head: &str) -> Result<String, YamlError> {
    let mut bytes = head.as_bytes().get(1..).unwrap_or_default().to_vec();
    let start = cursor.at;
    loop {
        let byte = cursor.byte(0);
        let fits = cursor.is_name() || b";/?:@&=+$.%!~*'()".contains(&byte) || (brackets && b",[]".contains(&byte));
        if !fits || cursor.is_end() {
            break;
        }
        if byte == b'%' {
            let digit = |ahead: usize| char::from(cursor.byte(ahead)).to_digit(16);
            let (Some(high), Some(low)) = (digit(1), digit(2)) else {
                return cursor.error("did not find the two digits of an escape in a tag");
            };
            bytes.push((high * 16 + low) as u8);
            cursor.skip();
            cursor.skip();
        } else {
            bytes.push(byte);
        }
        cursor.skip();
    }
    if head.is_empty() && cursor.at == start {
        return cursor.error("did not find the name of a tag");
    }
    match String::from_utf8(bytes) {
        Ok(uri) => Ok(uri),
        Err(_) => cursor.error("an escape in a tag is not UTF-8"),
    }
}

/// A directive line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    /// `%YAML 1.1`.
    Version(u32, u32),
    /// `%TAG !e! prefix`.
    Tag(Tag),
}

/// Reads a line that begins with `%`.
pub(super) fn scan_directive(cursor: &mut Cursor) -> Result<Directive, YamlError> {
    cursor.skip();
    let start = cursor.at;
    while cursor.is_name() {
        cursor.skip();
    }
    let name = &cursor.text[start..cursor.at];
    if name.is_empty() || !cursor.is_blank_or_end(0) {
        return cursor.error("did not find the name of a directive");
    }
    let directive = match name {
        "YAML" => {
            cursor.skip_blanks();
            let major = scan_number(cursor)?;
            if !cursor.is(b'.') {
                return cursor.error("did not find the `.` of a YAML version");
            }
            cursor.skip();
            Directive::Version(major, scan_number(cursor)?)
        }
        "TAG" => {
            cursor.skip_blanks();
            let handle = scan_handle(cursor)?;
            if handle.len() > 1 && !handle.ends_with('!') {
                return cursor.error("did not find the `!` of a tag directive");
            }
            if !cursor.is_blank(0) {
                return cursor.error("did not find a space in a tag directive");
            }
            cursor.skip_blanks();
            let suffix = scan_uri(cursor, true, "")?;
            if !cursor.is_blank_or_end(0) {
                return cursor.error("did not find a space or line break after a tag directive");
            }
            Directive::Tag(Tag { handle, suffix })
        }
        _ => return cursor.error("found a directive of unknown name"),
    };
    match cursor.skip_rest_of_line() {
        Some(()) => Ok(directive),
        None => cursor.error("did not find a comment or line break after a directive"),
    }
}

/// A version's number of at most nine digits.
fn scan_number(cursor: &mut Cursor) -> Result<u32, YamlError> {
    let start = cursor.at;
    while cursor.byte(0).is_ascii_digit() && cursor.at - start < 10 {
        cursor.skip();
    }
    match cursor.text[start..cursor.at].parse() {
        Ok(number) if cursor.at - start < 10 => Ok(number),
        _ => cursor.error("did not find a YAML version"),
    }
}
