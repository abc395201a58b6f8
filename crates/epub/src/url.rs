//! URLs as a book may hold them: spelled so that every reader, and the URL standard, takes them.

/// Schemes that links of a book may have (registered ones that an author of posts would write).
const SCHEMES: [&str; 12] = ["http", "https", "ftp", "mailto", "tel", "irc", "news", "nntp", "sip", "sips", "urn", "xmpp"];

/// Splits a URL into its scheme in lower case and what follows the colon; `None` where it is relative.
pub fn split_scheme(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// Takes out what browsers take out: white space around, line ends and tabs within.
pub fn trim(url: &str) -> String {
    url.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// Spells an absolute URL as the standard wants it; `None` where no link can be made of it.
pub fn clean_absolute(url: &str) -> Option<String> {
    let (scheme, rest) = split_scheme(url)?;
    if !SCHEMES.contains(&scheme.as_str()) {
        return None;
    }
    if !matches!(scheme.as_str(), "http" | "https" | "ftp") {
        let rest = encode(rest, "/?#");
        return (!rest.trim_matches('/').is_empty()).then(|| format!("{scheme}:{rest}"));
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (format!("{}@", encode(user, "").replace('@', "%40")), host),
        None => (String::new(), authority),
    };
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.ends_with(']') => (host, port),
        _ => (host, ""),
    };
    let port = if port.is_empty() { String::new() } else { format!(":{}", port.parse::<u16>().ok()?) };
    let host = clean_host(host)?;
    Some(format!("{scheme}://{user}{host}{port}{}", clean_path(&tail.replace('\\', "/"))))
}

/// Spells a path with its query and fragment.
pub fn clean_path(path: &str) -> String {
    let (before, fragment) = match path.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment)),
        None => (path, None),
    };
    let mut out = encode(before, "/?");
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(&encode(fragment, "/?"));
    }
    out
}

/// Percent-encodes all but what every part of a URL may hold, and `also`; an escape that is one already stays.
pub fn encode(text: &str, also: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) || also.as_bytes().contains(&byte);
        let escape = byte == b'%' && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        if plain || escape {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
    }
    out
}

/// Undoes percent-encoding; what is no UTF-8 then stays as it is.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    String::from_utf8(decode_bytes(text)).unwrap_or_else(|_| text.to_owned())
}

/// Undoes percent-encoding.
pub fn decode_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|hex| bytes[at] == b'%' && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

/// Joins a relative path with the path of the page that it stands on; `..` at the root stays at the root.
pub fn join(page: &str, relative: &str) -> String {
    let end = relative.find(['?', '#']).unwrap_or(relative.len());
    let (path, tail) = relative.split_at(end);
    let page = page.split(['?', '#']).next().unwrap_or("");
    if path.is_empty() {
        return format!("{page}{tail}");
    }
    let mut segments: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        segments.extend(page.split('/').filter(|s| !s.is_empty()));
        if !page.ends_with('/') {
            segments.pop();
        }
    }
    let mut directory = false;
    for segment in path.split('/') {
        directory = matches!(segment, "" | "." | "..");
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let slash = if directory && !segments.is_empty() { "/" } else { "" };
    format!("/{}{slash}{tail}", segments.join("/"))
}

fn clean_host(host: &str) -> Option<String> {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().ok().map(|address| format!("[{address}]"));
    }
    let host = host.strip_suffix('.').unwrap_or(host).to_lowercase();
    let good = host.split('.').all(|label| {
        let letters = label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || is_host_letter(c));
        (1..=63).contains(&label.len()) && letters && !label.starts_with('-') && !label.starts_with("xn--")
            || label.strip_prefix("xn--").is_some_and(is_punycode)
    });
    (good && host.len() <= 253).then_some(host)
}

/// Letters of scripts that host names are made of; others (full-width forms, say) would be mapped to something else.
fn is_host_letter(c: char) -> bool {
    c.is_alphanumeric()
        && matches!(c, '\u{df}'..='\u{24f}' | '\u{3b1}'..='\u{45f}' | '\u{3041}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Says whether Punycode (RFC 3492) can be decoded.
fn is_punycode(text: &str) -> bool {
    let (basic, digits) = text.rsplit_once('-').unwrap_or(("", text));
    let (mut n, mut i, mut bias, mut length) = (128u32, 0u32, 72u32, basic.len() as u32);
    let mut first = true;
    let mut bytes = digits.bytes().peekable();
    if bytes.peek().is_none() {
        return false;
    }
    while bytes.peek().is_some() {
        let before = i;
        let mut weight = 1u32;
        for k in (36..).step_by(36) {
            let digit = match bytes.next() {
                Some(byte @ b'a'..=b'z') => u32::from(byte - b'a'),
                Some(byte @ b'0'..=b'9') => u32::from(byte - b'0') + 26,
                _ => return false,
            };
            let threshold = if k <= bias { 1 } else { (k - bias).min(26) };
            let Some(next) = digit.checked_mul(weight).and_then(|add| i.checked_add(add)) else { return false };
            i = next;
            if digit < threshold {
                break;
            }
            let Some(next) = weight.checked_mul(36 - threshold) else { return false };
            weight = next;
        }
        length += 1;
        let mut delta = (i - before) / if first { 700 } else { 2 };
        first = false;
        delta += delta / length;
        let mut k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        bias = k + 36 * delta / (delta + 38);
        n += i / length;
        i %= length;
        if char::from_u32(n).is_none_or(|c| !c.is_alphanumeric()) {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_urls_are_spelled_cleanly() {
        for (url, clean) in [
            ("http://example.com/a b?q=[x]|{y}#a#b", Some("http://example.com/a%20b?q=%5Bx%5D%7C%7By%7D#a%23b")),
            ("HTTP:\\\\Example.COM\\a", Some("http://example.com/a")),
            ("http:///example.com", Some("http://example.com")),
            ("https://example.com/50%/%E4%B8%AD/中", Some("https://example.com/50%25/%E4%B8%AD/%E4%B8%AD")),
            ("https://user@x:pw@example.com:8080/", Some("https://user%40x:pw@example.com:8080/")),
            ("http://[::1]:80/", Some("http://[::1]:80/")),
            ("http://中文.com/", Some("http://中文.com/")),
            ("http://xn--fiq228c.com/", Some("http://xn--fiq228c.com/")),
            ("http://xn--zzzz.com/", None),
            ("http://exa mple.com/a b", None),
            ("http://example.com，然后", None),
            ("http://example..com/", None),
            ("http://example.com:port/", None),
            ("http://{{ site.url }}/", None),
            ("http://", None),
            ("mailto:a b@c", Some("mailto:a%20b@c")),
            ("mailto:", None),
            ("javascript:void(0)", None),
            ("file:///etc/passwd", None),
            ("/relative", None),
        ] {
            assert_eq!(clean_absolute(url).as_deref(), clean, "{url}");
        }
    }

    #[test]
    fn relative_paths_are_joined() {
        for (page, relative, joined) in [
            ("/a/b.html", "c.html#x", "/a/c.html#x"),
            ("/a/b/", "../c/", "/a/c/"),
            ("/a/b/", "?q=../x", "/a/b/?q=../x"),
            ("/a/b", "/x//y/./z", "/x/y/z"),
            ("/a", "../../..", "/"),
            ("", "c", "/c"),
        ] {
            assert_eq!(join(page, relative), joined, "{page} {relative}");
        }
    }

    #[test]
    fn decoding_keeps_what_is_no_text() {
        assert_eq!(decode("%E4%B8%AD%zz%"), "中%zz%");
        assert_eq!(decode("%ff"), "%ff");
    }
}
