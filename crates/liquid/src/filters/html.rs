//! Filters that escape, strip and convert for HTML and URLs.

use super::{Filter, filter};
use crate::display::{inspect, text};
use crate::error::Error;
use crate::json::to_json;
use crate::render::Renderer;
use crate::uri;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("escape", 0, 0, |_, input, _| Ok(escape(input))),
    filter("h", 0, 0, |_, input, _| Ok(escape(input))),
    filter("escape_once", 0, 0, |_, input, _| Ok(Value::from(escape_once(&text(input))))),
    filter("xml_escape", 0, 0, |_, input, _| Ok(Value::from(xml_escape(&text(input))))),
    filter("strip_html", 0, 0, |_, input, _| Ok(Value::from(strip_html(&text(input))))),
    filter("inspect", 0, 0, |_, input, _| Ok(Value::from(xml_escape(&inspect(input))))),
    filter("jsonify", 0, 0, |renderer, input, _| {
        let json = to_json(input)?;
        renderer.check_bytes(json.len())?;
        Ok(Value::from(json))
    }),
    filter("url_encode", 0, 0, |_, input, _| {
        Ok(if input.is_nil() { Value::Nil } else { Value::from(uri::form_encode(&text(input))) })
    }),
    filter("url_decode", 0, 0, |_, input, _| {
        if input.is_nil() {
            return Ok(input.clone());
        }
        uri::form_decode(&text(input)).map(Value::from).ok_or_else(|| Error::argument("invalid byte sequence in UTF-8"))
    }),
    filter("cgi_escape", 0, 0, |_, input, _| match input {
        Value::Str(input) => Ok(Value::from(uri::form_encode(input))),
        other => Err(Error::type_error(format!("no implicit conversion of {} into String", crate::display::class(other)))),
    }),
    filter("uri_escape", 0, 0, |_, input, _| match input {
        Value::Nil => Ok(Value::Nil),
        Value::Str(input) => Ok(Value::from(uri::normalize_component(input))),
        other => Err(Error::type_error(format!("can't convert {} into String", crate::display::class(other)))),
    }),
    filter("markdownify", 0, 0, |renderer, input, _| {
        let markdown = text(input);
        renderer.spend(markdown.len() / 16)?;
        Ok(Value::from(renderer.host.markdownify(&markdown)))
    }),
    filter("smartify", 0, 0, |renderer, input, _| {
        let line = text(input);
        renderer.spend(line.len() / 16)?;
        Ok(Value::from(renderer.host.smartify(&line)))
    }),
    filter("sassify", 0, 0, |renderer, input, _| sassify(renderer, input, true)),
    filter("scssify", 0, 0, |renderer, input, _| sassify(renderer, input, false)),
];

fn escape(input: &Value) -> Value {
    if input.is_nil() { Value::Nil } else { Value::from(escape_html(&text(input))) }
}

fn sassify(renderer: &mut Renderer<'_>, input: &Value, indented: bool) -> Result<Value, Error> {
    if matches!(input, Value::Nil | Value::Bool(_) | Value::Int(_) | Value::Float(_)) {
        return Err(Error::no_method("empty?", input));
    }
    let source = text(input);
    renderer.spend(source.len() / 16)?;
    renderer.host.sassify(&source, indented).map(Value::from)
}

/// Ruby's `CGI.escapeHTML`.
pub(crate) fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match entity(letter) {
            Some(entity) => out.push_str(entity),
            None => out.push(letter),
        }
    }
    out
}

fn entity(letter: char) -> Option<&'static str> {
    Some(match letter {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    })
}

fn xml_escape(text: &str) -> String {
    escape_html(text).replace("&#39;", "&apos;")
}

/// Escapes all but what is an entity already.
fn escape_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, letter) in text.char_indices() {
        match entity(letter) {
            Some("&amp;") if is_entity(&text.as_bytes()[place + 1..]) => out.push('&'),
            Some(entity) => out.push_str(entity),
            None => out.push(letter),
        }
    }
    out
}

/// `[a-zA-Z]+;` or `#\d+;`
fn is_entity(rest: &[u8]) -> bool {
    let (start, belongs): (usize, fn(&u8) -> bool) =
        if rest.first() == Some(&b'#') { (1, u8::is_ascii_digit) } else { (0, u8::is_ascii_alphabetic) };
    let length = rest[start..].iter().take(64).take_while(|byte| belongs(byte)).count();
    length > 0 && rest.get(start + length) == Some(&b';')
}

/// Liquid's `strip_html`: scripts, comments and styles with their content, then all that stands in `<>`.
fn strip_html(text: &str) -> String {
    let without = strip_between(text, &[("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")]);
    strip_between(&without, &[("<", ">")])
}

fn strip_between(text: &str, pairs: &[(&str, &str)]) -> String {
    let mut unclosed = vec![false; pairs.len()];
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'<', &text.as_bytes()[from..]) {
        let open = from + open;
        from = open + 1;
        for (place, (opening, closing)) in pairs.iter().enumerate() {
            if unclosed[place] || !text[open..].starts_with(opening) {
                continue;
            }
            let inside = open + opening.len();
            if let Some(close) = memchr::memmem::find(&text.as_bytes()[inside..], closing.as_bytes()) {
                out.push_str(&text[start..open]);
                start = inside + close + closing.len();
                from = start;
                break;
            }
            unclosed[place] = true;
        }
    }
    out.push_str(&text[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_stripped() {
        assert_eq!(strip_html("<p>a<br>b</p><!-- c --><script>d</script><style>e</style>f"), "abf");
        assert_eq!(strip_html("a < b > c < d"), "a  c < d");
    }

    #[test]
    fn entities_are_escaped_once() {
        assert_eq!(escape_once("&amp; & &lt; &#39; '"), "&amp; &amp; &lt; &#39; &#39;");
    }
}
