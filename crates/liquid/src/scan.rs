//! The patterns of Liquid's lax syntax, matched by hand.
//!
//! Names are those of Liquid's source: a *quoted fragment* is a run of characters without white space, comma, pipe and
//! quotes, in which whole quoted strings may stand.

/// Ruby's `\s`.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Ruby's `\w`.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where white space that begins at `from` ends.
pub fn skip_spaces(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut place = from;
    while place < bytes.len() && is_space(bytes[place]) {
        place += 1;
    }
    place
}

/// Where a run of `\w` that begins at `from` ends.
pub fn skip_word(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut place = from;
    while place < bytes.len() && is_word(bytes[place]) {
        place += 1;
    }
    place
}

/// Where the quoted string that begins at `from` ends.
fn quoted_string(bytes: &[u8], from: usize) -> Option<usize> {
    let quote = *bytes.get(from)?;
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    memchr::memchr(quote, &bytes[from + 1..]).map(|place| from + 1 + place + 1)
}

/// Where the quoted fragment that begins at `from` ends, `None` when none begins there.
pub fn quoted_fragment(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if let Some(end) = quoted_string(bytes, from) {
        return Some(end);
    }
    let mut place = from;
    while let Some(&byte) = bytes.get(place) {
        if let b'"' | b'\'' = byte {
            match quoted_string(bytes, place) {
                Some(end) => place = end,
                None => break,
            }
        } else if is_space(byte) || byte == b',' || byte == b'|' {
            break;
        } else {
            place += 1;
        }
    }
    (place > from).then_some(place)
}

/// Where each unit of the fragment that begins at `from` ends: quoted strings are one unit, other characters one each.
pub fn fragment_units(text: &str, from: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut ends = Vec::new();
    let mut place = from;
    while let Some(&byte) = bytes.get(place) {
        place = if let b'"' | b'\'' = byte {
            match quoted_string(bytes, place) {
                Some(end) => end,
                None => break,
            }
        } else if is_space(byte) || byte == b',' || byte == b'|' {
            break;
        } else {
            place + 1
        };
        if text.is_char_boundary(place) {
            ends.push(place);
        }
    }
    ends
}

/// The first quoted fragment at or after `from`: where it starts and ends.
pub fn find_fragment(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut unclosed = [false; 2];
    let bytes = text.as_bytes();
    let mut place = from;
    while place < bytes.len() {
        let quote = match bytes[place] {
            b'"' => Some(0),
            b'\'' => Some(1),
            _ => None,
        };
        if let Some(quote) = quote {
            if !unclosed[quote] {
                if let Some(end) = quoted_fragment(text, place) {
                    return Some((place, end));
                }
                unclosed[quote] = true;
            }
        } else if let Some(end) = quoted_fragment(text, place) {
            return Some((place, end));
        }
        place += 1;
    }
    None
}

/// All `name: value` pairs of a tag, in order, wherever they stand.
pub fn tag_attributes(text: &str) -> Vec<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut pairs = Vec::new();
    let mut place = 0;
    while place < bytes.len() {
        if !is_word(bytes[place]) {
            place += 1;
            continue;
        }
        let name_end = skip_word(text, place);
        let colon = skip_spaces(text, name_end);
        if bytes.get(colon) == Some(&b':') {
            let value = skip_spaces(text, colon + 1);
            if let Some(end) = quoted_fragment(text, value) {
                pairs.push((&text[place..name_end], &text[value..end]));
                place = end;
                continue;
            }
        }
        place = name_end;
    }
    pairs
}

/// The one `name: value` pair that is the whole text.
pub fn just_tag_attribute(text: &str) -> Option<(&str, &str)> {
    let name_end = skip_word(text, 0);
    let colon = skip_spaces(text, name_end);
    if name_end == 0 || text.as_bytes().get(colon) != Some(&b':') {
        return None;
    }
    let value = skip_spaces(text, colon + 1);
    (quoted_fragment(text, value)? == text.len()).then(|| (&text[..name_end], &text[value..]))
}

/// The first run of characters that `assign` and `capture` take for a name.
pub fn find_variable_signature(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find_map(|from| {
        let end = variable_signature(bytes, from);
        (end > from).then_some((from, end))
    })
}

fn is_signature(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b'.' | b'[' | b']')
}

/// Where the run of signature characters that begins at `from` ends.
pub fn variable_signature(bytes: &[u8], from: usize) -> usize {
    let mut place = from;
    loop {
        let inner = place + usize::from(bytes.get(place) == Some(&b'('));
        if !bytes.get(inner).is_some_and(|byte| is_signature(*byte)) {
            return place;
        }
        place = inner + 1;
        if bytes.get(place) == Some(&b')') {
            place += 1;
        }
    }
}

/// Where the run of signature characters that ends before `end` begins.
pub fn signature_start(bytes: &[u8], end: usize) -> usize {
    let mut start = end;
    loop {
        let mut place = start;
        place -= usize::from(place > 0 && bytes[place - 1] == b')');
        if place == 0 || !is_signature(bytes[place - 1]) {
            return start;
        }
        place -= 1;
        place -= usize::from(place > 0 && bytes[place - 1] == b'(');
        start = place;
    }
}

/// The segments of a variable's path: words with hyphens and an optional `?`, and bracketed parts.
pub fn variable_segments(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut segments = Vec::new();
    let mut place = 0;
    let mut no_bracket = false;
    while place < bytes.len() {
        let byte = bytes[place];
        if byte == b'[' && !no_bracket {
            match memchr::memchr(b']', &bytes[place + 1..]) {
                Some(0) => {}
                Some(inside) => {
                    let end = place + 1 + inside + 1;
                    segments.push(&text[place..end]);
                    place = end;
                    continue;
                }
                None => no_bracket = true,
            }
        } else if is_word(byte) || byte == b'-' {
            let start = place;
            while place < bytes.len() && (is_word(bytes[place]) || bytes[place] == b'-') {
                place += 1;
            }
            place += usize::from(bytes.get(place) == Some(&b'?'));
            segments.push(&text[start..place]);
            continue;
        }
        place += 1;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_hold_whole_strings() {
        assert_eq!(quoted_fragment("a='b c' d", 0), Some(7));
        assert_eq!(quoted_fragment("'b c'd", 0), Some(5));
        assert_eq!(quoted_fragment("a'b c", 0), Some(1));
        assert_eq!(find_fragment(" 'abc ", 0), Some((2, 5)));
        assert_eq!(find_fragment(" | , ", 0), None);
    }

    #[test]
    fn attributes_are_found_anywhere() {
        assert_eq!(tag_attributes("i in x limit:2 offset: a.b"), [("limit", "2"), ("offset", "a.b")]);
        assert_eq!(just_tag_attribute("a: 'b c'"), Some(("a", "'b c'")));
        assert_eq!(just_tag_attribute("'a: b'"), None);
    }

    #[test]
    fn paths_fall_into_segments() {
        assert_eq!(variable_segments("a.b-c?[d.e].f"), ["a", "b-c?", "[d.e]", "f"]);
        assert_eq!(variable_segments("a..b[]c[x"), ["a", "b", "c", "x"]);
    }
}
