//! Character classes as Ruby's regular expressions mean them.

use unicode_general_category::{GeneralCategory, get_general_category};

/// `\s`
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// `\w`
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// `[[:alpha:]]`
pub(crate) fn is_alpha(c: char) -> bool {
    c.is_alphabetic()
}

/// `[[:alnum:]]`
pub(crate) fn is_alnum(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphabetic() || get_general_category(c) == GeneralCategory::DecimalNumber
}

/// `\p{Word}`, which is also what `\b` looks at
pub(crate) fn is_unicode_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic()
        || matches!(
            get_general_category(c),
            GeneralCategory::DecimalNumber
                | GeneralCategory::ConnectorPunctuation
                | GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
        )
}

/// Decodes the character that begins at `pos`.
pub(crate) fn char_at(text: &[u8], pos: usize) -> Option<char> {
    let first = *text.get(pos)?;
    if first < 0x80 {
        return Some(char::from(first));
    }
    let len = char_len(first);
    let bytes = text.get(pos..pos + len)?;
    std::str::from_utf8(bytes).ok()?.chars().next()
}

/// Decodes the character that ends before `pos`.
pub(crate) fn char_before(text: &[u8], pos: usize) -> Option<char> {
    if pos == 0 {
        return None;
    }
    char_at(text, char_start(text, pos))
}

/// The start of the character that ends before `pos`, which is not 0.
pub(crate) fn char_start(text: &[u8], pos: usize) -> usize {
    let mut start = pos - 1;
    while start > 0 && text[start] & 0xc0 == 0x80 {
        start -= 1;
    }
    start
}

/// The length of the character with this first byte.
pub(crate) fn char_len(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Ruby's `strip`: white space on both sides, NUL on the right.
pub(crate) fn strip(text: &str) -> &str {
    rstrip(lstrip(text))
}

/// Ruby's `lstrip`.
pub(crate) fn lstrip(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8))
}

/// Ruby's `rstrip`.
pub(crate) fn rstrip(text: &str) -> &str {
    text.trim_end_matches(|c: char| c == '\0' || c.is_ascii() && is_space(c as u8))
}

/// Ruby's `downcase`.
pub(crate) fn downcase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.to_lowercase()
}
