//! URLs as Jekyll's filters make them: the normal form of the Addressable library, and form encoding.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::error::Error;

/// The parts of a URI reference, as RFC 3986's pattern parts them.
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn parse(text: &'a str) -> Result<Self, Error> {
        let (rest, fragment) = match text.split_once('#') {
            // Addressable's pattern of a fragment ends with the line.
            Some((rest, fragment)) => (rest, Some(fragment.split('\n').next().unwrap_or_default())),
            None => (text, None),
        };
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, rest)) if !scheme.is_empty() && !scheme.contains('/') => (Some(scheme), rest),
            _ => (None, rest),
        };
        if let Some(scheme) = scheme {
            let bytes = scheme.as_bytes();
            let valid = bytes[0].is_ascii_alphabetic()
                && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
            if !valid {
                return Err(Error::argument(format!("`{scheme}` is no scheme of a URL")));
            }
        }
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find('/').unwrap_or(rest.len());
                (Some(&rest[..end]), &rest[end..])
            }
            None => (None, rest),
        };
        Ok(Self { scheme, authority, path, query, fragment })
    }

    fn is_absolute(&self) -> bool {
        self.scheme.is_some()
    }

    fn normalize(&self) -> String {
        let mut out = String::new();
        let scheme = self.scheme.map(str::to_ascii_lowercase);
        if let Some(scheme) = &scheme {
            out.push_str(scheme);
            out.push(':');
        }
        if let Some(authority) = self.authority {
            out.push_str("//");
            push_authority(authority, scheme.as_deref(), &mut out);
        }
        let web = matches!(scheme.as_deref(), Some("http" | "https" | "ftp" | "tftp"));
        let path = normalize_path(self.path, self.scheme.is_none());
        if path.is_empty() && web {
            out.push('/');
        }
        out.push_str(&path);
        if let Some(query) = self.query {
            let pairs: Vec<String> = query.split('&').map(normalize_query).collect();
            let query = pairs.join("&");
            if !query.is_empty() {
                out.push('?');
                out.push_str(&query);
            }
        }
        if let Some(fragment) = self.fragment.filter(|fragment| !fragment.is_empty()) {
            out.push('#');
            push_encoded(&decode(fragment, false), |byte| is_path_character(byte) || matches!(byte, b'/' | b'?'), &mut out);
        }
        out
    }
}

fn push_authority(authority: &str, scheme: Option<&str>, out: &mut String) {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    if let Some(user) = user {
        out.push_str(user);
        out.push('@');
    }
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
        _ => (host, None),
    };
    let host = decode(host.trim(), false);
    let host = String::from_utf8_lossy(&host).to_lowercase();
    let host = if host.len() > 1 { host.strip_suffix('.').unwrap_or(&host) } else { &host };
    let labels: Vec<String> = host.split('.').map(punycode_label).collect();
    push_encoded(labels.join(".").as_bytes(), |byte| is_path_character(byte) && byte != b'@' || matches!(byte, b'[' | b']'), out);
    let default = match scheme {
        Some("http") => "80",
        Some("https") => "443",
        Some("ftp") => "21",
        _ => "",
    };
    if let Some(port) = port.filter(|port| !port.is_empty() && *port != default) {
        out.push(':');
        out.push_str(port);
    }
}

/// A label of a host's name in ASCII: `xn--` and RFC 3492's encoding where it is not already.
fn punycode_label(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    let letters: Vec<u32> = label.nfkc().map(u32::from).collect();
    let mut out = String::from("xn--");
    let basic: Vec<u32> = letters.iter().copied().filter(|letter| *letter < 0x80).collect();
    out.extend(basic.iter().filter_map(|letter| char::from_u32(*letter)));
    if !basic.is_empty() {
        out.push('-');
    }
    let (mut code, mut delta, mut bias) = (0x80_u32, 0_u32, 72_u32);
    let mut handled = u32::try_from(basic.len()).unwrap_or(u32::MAX);
    let first_count = handled;
    while (handled as usize) < letters.len() {
        let next = letters.iter().copied().filter(|letter| *letter >= code).min().unwrap_or(code);
        delta = delta.saturating_add((next - code).saturating_mul(handled + 1));
        code = next;
        for letter in &letters {
            if *letter < code {
                delta = delta.saturating_add(1);
            }
            if *letter == code {
                push_variable_length(delta, bias, &mut out);
                bias = adapt(delta, handled + 1, handled == first_count);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.saturating_add(1);
        code += 1;
    }
    out
}

fn push_variable_length(delta: u32, bias: u32, out: &mut String) {
    let digit = |value: u32| {
        let value = u8::try_from(value).expect("a digit of base 36");
        char::from(if value < 26 { b'a' + value } else { b'0' + value - 26 })
    };
    let mut rest = delta;
    let mut step = 36;
    loop {
        let threshold = if step <= bias { 1 } else { (step - bias).min(26) };
        if rest < threshold {
            break;
        }
        out.push(digit(threshold + (rest - threshold) % (36 - threshold)));
        rest = (rest - threshold) / (36 - threshold);
        step += 36;
    }
    out.push(digit(rest));
}

fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}

fn normalize_path(path: &str, relative: bool) -> String {
    let path = path.trim_matches(|letter: char| letter == '\0' || crate::number::is_space(letter));
    let path: Cow<'_, str> = match path.find(':') {
        Some(colon) if relative && !path[..colon].contains('/') => Cow::Owned(path.replacen(':', "%2F", 1)),
        _ => Cow::Borrowed(path),
    };
    let mut out = String::with_capacity(path.len() + 16);
    for (place, segment) in path.split('/').enumerate() {
        if place > 0 {
            out.push('/');
        }
        push_encoded(&decode(segment, false), is_path_character, &mut out);
    }
    if out.starts_with('.') || out.contains("/.") { remove_dots(&out) } else { out }
}

/// Removes the segments `.` and `..`, as RFC 3986 section 5.2.4 does.
fn remove_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    let last = segments.len() - 1;
    for (place, segment) in segments.into_iter().enumerate() {
        match segment {
            "." | ".." => {
                let above_root = out.len() > 1 || out.first().is_some_and(|first| !first.is_empty());
                if segment == ".." && above_root {
                    out.pop();
                }
                if place == last && !out.is_empty() {
                    out.push("");
                }
            }
            other => out.push(other),
        }
    }
    out.join("/")
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn is_path_character(byte: u8) -> bool {
    is_unreserved(byte)
        || matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@')
}

fn normalize_query(pair: &str) -> String {
    let mut out = String::new();
    let decoded = decode(pair, true);
    let mut start = 0;
    let allowed = |byte| byte != b'&' && byte != b';' && is_path_character(byte) || matches!(byte, b'/' | b'?');
    for plus in memchr::memmem::find_iter(&decoded, b"%2B") {
        push_encoded(&decoded[start..plus], allowed, &mut out);
        out.push_str("%2B");
        start = plus + 3;
    }
    push_encoded(&decoded[start..], allowed, &mut out);
    out
}

/// Percent-decodes; `keep_plus` leaves `%2B` as it is.
fn decode(text: &str, keep_plus: bool) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        if bytes[place] == b'%'
            && let Some(byte) = bytes.get(place + 1..place + 3).and_then(hex_byte)
        {
            if keep_plus && byte == b'+' {
                out.extend_from_slice(b"%2B");
            } else {
                out.push(byte);
            }
            place += 3;
        } else {
            out.push(bytes[place]);
            place += 1;
        }
    }
    out
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()
}

fn push_encoded(bytes: &[u8], allowed: impl Fn(u8) -> bool, out: &mut String) {
    let composed: Cow<'_, [u8]> = match std::str::from_utf8(bytes) {
        Ok(text) if !text.is_ascii() => Cow::Owned(text.nfc().collect::<String>().into_bytes()),
        _ => Cow::Borrowed(bytes),
    };
    for byte in composed.iter() {
        if allowed(*byte) {
            out.push(char::from(*byte));
        } else {
            push_percent(*byte, out);
        }
    }
}

fn push_percent(byte: u8, out: &mut String) {
    const DIGITS: [u8; 16] = *b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// Addressable's `normalize_component` with all reserved and unreserved characters.
pub(crate) fn normalize_component(text: &str) -> String {
    let mut out = String::new();
    let allowed = |byte| is_path_character(byte) || matches!(byte, b'/' | b'?' | b'#' | b'[' | b']');
    push_encoded(&decode(text, false), allowed, &mut out);
    out
}

/// Ruby's `CGI.escape`.
pub(crate) fn form_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            _ if is_unreserved(byte) => out.push(char::from(byte)),
            _ => push_percent(byte, &mut out),
        }
    }
    out
}

/// Ruby's `CGI.unescape`; `None` when the bytes are not UTF-8.
pub(crate) fn form_decode(text: &str) -> Option<String> {
    String::from_utf8(decode(&text.replace('+', " "), false)).ok()
}

/// `relative_url`: the path below the site's root, with `baseurl` before it.
///
/// # Errors
///
/// What is no URL: a scheme with characters that no scheme has.
pub fn relative_url(input: &str, base_url: Option<&str>) -> Result<String, Error> {
    if Parts::parse(input)?.is_absolute() {
        return Ok(input.to_owned());
    }
    let with_slash = |text: &str| {
        if text.is_empty() || text.starts_with('/') { text.to_owned() } else { format!("/{text}") }
    };
    let base = base_url.unwrap_or_default();
    let base = base.strip_suffix('/').unwrap_or(base);
    let joined = with_slash(base) + &with_slash(input);
    Ok(Parts::parse(&joined)?.normalize())
}

/// `absolute_url`: the relative URL with `url` before it, when the site has one.
///
/// # Errors
///
/// As [`relative_url`].
pub fn absolute_url(input: &str, site_url: Option<&str>, base_url: Option<&str>) -> Result<String, Error> {
    if Parts::parse(input)?.is_absolute() {
        return Ok(input.to_owned());
    }
    let relative = relative_url(input, base_url)?;
    match site_url {
        None | Some("") => Ok(relative),
        Some(site) => Ok(Parts::parse(&format!("{site}{relative}"))?.normalize()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_normalised() {
        assert_eq!(relative_url("/x y/é.html", Some("/b")).as_deref(), Ok("/b/x%20y/%C3%A9.html"));
        assert_eq!(relative_url("a/../c/./d", Some("/b")).as_deref(), Ok("/b/c/d"));
        assert_eq!(relative_url("/a?x=1&y=a b%2B", None).as_deref(), Ok("/a?x=1&y=a%20b%2B"));
        assert_eq!(absolute_url("x", Some("https://BÜCHER.example"), None).as_deref(), Ok("https://xn--bcher-kva.example/x"));
        assert!(relative_url("a b: c", None).is_err());
    }
}
