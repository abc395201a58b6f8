//! URLs as RFC 3986 spells them.

use std::fmt::Write;

/// Spells a URL so that every checker takes it, or says in a word why it cannot be a link in a book.
pub(in crate::write) fn clean_url(url: &str) -> Result<String, &'static str> {
    let url = url.trim_matches(|c: char| c.is_ascii_whitespace() || c.is_control());
    let scheme = scheme_of(url);
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("javascript" | "vbscript" | "livescript" | "data") => return Err("active"),
        Some("file") => return Err("local"),
        Some("http" | "https" | "ftp") => {
            let rest = &url[scheme.map_or(0, str::len) + 1..];
            let Some(rest) = rest.strip_prefix("//") else { return Err("broken") };
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            if !is_authority(host) {
                return Err("broken");
            }
        }
        _ => {
            if let Some(rest) = url.strip_prefix("//")
                && !is_authority(rest.split(['/', '?', '#']).next().unwrap_or_default())
            {
                return Err("broken");
            }
        }
    }
    let mut out = String::with_capacity(url.len());
    if scheme.is_none() && url.split(['/', '?', '#']).next().is_some_and(|segment| segment.contains(':')) {
        out.push_str("./");
    }
    let mut in_fragment = false;
    let bytes = url.as_bytes();
    // Brackets may stand in a host only.
    let path = authority_end(url);
    for (at, c) in url.char_indices() {
        let keep = match c {
            '%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
            '#' => !std::mem::replace(&mut in_fragment, true),
            '[' | ']' => at < path,
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            c if c.is_control() || c.is_whitespace() => false,
            c => super::super::text::is_xml(c),
        };
        if keep {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Ok(out)
}

/// Reads `%XX` back; what is no UTF-8 then stays as it is.
pub(super) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(byte)) = (bytes[at], hex) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn scheme_of(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let plain = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (plain && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

fn authority_end(url: &str) -> usize {
    url.find("//").map_or(0, |at| url[at + 2..].find(['/', '?', '#']).map_or(url.len(), |end| at + 2 + end))
}

fn is_authority(text: &str) -> bool {
    let host = text.rsplit('@').next().unwrap_or(text);
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (host, ""),
    };
    !host.is_empty()
        && port.bytes().all(|b| b.is_ascii_digit())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '[' | ']' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_spelled_right() {
        assert_eq!(clean_url(" a b.html#c d#e ").as_deref(), Ok("a%20b.html#c%20d%23e"));
        assert_eq!(clean_url("http://x.y/%zz?a|b").as_deref(), Ok("http://x.y/%25zz?a%7Cb"));
        assert_eq!(clean_url("中文/页").as_deref(), Ok("中文/页"));
        assert_eq!(clean_url("a b:c").as_deref(), Ok("./a%20b:c"));
        assert_eq!(clean_url("http://exa mple.com/"), Err("broken"));
        assert_eq!(clean_url("JavaScript:x"), Err("active"));
        assert_eq!(clean_url("mailto:a@b").as_deref(), Ok("mailto:a@b"));
    }
}
