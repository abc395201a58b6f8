//! Jekyll's tags: `include`, `include_relative`, `link`, `post_url` and `highlight`.

use std::sync::Arc;

use super::{tag_argument, whole_block};
use crate::error::{Error, ErrorKind};
use crate::expression::Expression;
use crate::host::HighlightOptions;
use crate::parse::{Block, Parser, Tag};
use crate::scan;
use crate::template::{Include, NodeKind, ParseOptions, Template, Wording};
use crate::value::Value;

/// Parses `include` and `include_relative`.
pub(super) fn include(tag: Tag<'_>, relative: bool) -> Result<NodeKind, Error> {
    let markup = tag.markup.trim_matches(|letter: char| letter == '\0' || crate::number::is_space(letter));
    let (file, parameters) = if let Some((file, rest)) = variable_file_name(markup) {
        (wording(file.trim(), true), Some(rest.trim()))
    } else {
        let name_end = markup.bytes().position(scan::is_space).unwrap_or(markup.len());
        let rest = scan::skip_spaces(markup, name_end);
        (Wording::Plain(Box::from(&markup[..name_end])), (rest < markup.len()).then(|| &markup[rest..]))
    };
    let parameters = match parameters {
        Some(text) => Some(
            parse_parameters(text)
                .ok_or_else(|| tag_argument(format!("the parameters of `{}` cannot be read: `{text}`", tag.name)))?,
        ),
        None => None,
    };
    Ok(NodeKind::Include(Box::new(Include { file, parameters, relative })))
}

/// Text in which outputs may stand: parsed when it holds some.
fn wording(text: &str, forced: bool) -> Wording {
    if forced || text.contains("{{") || text.contains("{%") {
        Wording::Template(Template::parse(text, &ParseOptions::strict()).map(Box::new))
    } else {
        Wording::Plain(Box::from(text))
    }
}

/// A file name with outputs in it, and what follows it.
fn variable_file_name(markup: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    while let Some(open) = memchr::memmem::find(&markup.as_bytes()[from..], b"{{") {
        let open = from + open;
        if let Some(mut end) = output_end(markup, open) {
            while let Some(next) = output_end(markup, end) {
                end = next;
            }
            let start = markup[..open].rfind('{').map_or(0, |brace| brace + 1);
            return Some((&markup[start..end], &markup[end..]));
        }
        from = open + 1;
    }
    None
}

/// Where `{{ name | … }}` and the word that follows it without a space end.
fn output_end(markup: &str, open: usize) -> Option<usize> {
    let bytes = markup.as_bytes();
    if !markup[open..].starts_with("{{") {
        return None;
    }
    let name = scan::skip_spaces(markup, open + 2);
    let mut place = name;
    while place < bytes.len() && (scan::is_word(bytes[place]) || matches!(bytes[place], b'-' | b'.')) {
        place += 1;
    }
    if place == name {
        return None;
    }
    place = scan::skip_spaces(markup, place);
    if bytes.get(place) == Some(&b'|') {
        place += markup[place..].rfind("}}")?;
    }
    if !markup[place..].starts_with("}}") {
        return None;
    }
    place += 2;
    while place < bytes.len() && !scan::is_space(bytes[place]) && !matches!(bytes[place], b'{' | b'}') {
        place += 1;
    }
    Some(place)
}

/// `name="text"`, `name='text'` and `name=variable`, parted by white space; `None` when anything else stands there.
fn parse_parameters(text: &str) -> Option<Vec<(Arc<str>, Expression)>> {
    let bytes = text.as_bytes();
    let mut parameters: Vec<(Arc<str>, Expression)> = Vec::new();
    let mut place = scan::skip_spaces(text, 0);
    while place < bytes.len() {
        let name_start = place;
        while place < bytes.len() && (scan::is_word(bytes[place]) || bytes[place] == b'-') {
            place += 1;
        }
        let name = &text[name_start..place];
        place = scan::skip_spaces(text, place);
        if name.is_empty() || bytes.get(place) != Some(&b'=') {
            return None;
        }
        place = scan::skip_spaces(text, place + 1);
        let (value, end) = parameter_value(text, place)?;
        place = scan::skip_spaces(text, end);
        if place == end && place < bytes.len() {
            return None;
        }
        match parameters.iter_mut().find(|(known, _)| **known == *name) {
            Some(known) => known.1 = value,
            None => parameters.push((Arc::from(name), value)),
        }
    }
    Some(parameters)
}

fn parameter_value(text: &str, start: usize) -> Option<(Expression, usize)> {
    let bytes = text.as_bytes();
    let quote = *bytes.get(start)?;
    if quote == b'"' || quote == b'\'' {
        let mut place = start + 1;
        while bytes.get(place)? != &quote {
            if bytes[place] == b'\\' {
                if bytes.get(place + 1)? == &b'\n' {
                    return None;
                }
                place += text[place + 1..].chars().next()?.len_utf8();
            }
            place += 1;
        }
        let quote = char::from(quote);
        let value = text[start + 1..place].replace(&format!("\\{quote}"), &quote.to_string());
        return Some((Expression::Literal(Value::from(value)), place + 1));
    }
    let mut place = start;
    while place < bytes.len() && (scan::is_word(bytes[place]) || matches!(bytes[place], b'.' | b'-')) {
        place += 1;
    }
    (place > start).then(|| (Expression::parse(&text[start..place]), place))
}

/// Whether an included file may have this name.
pub(crate) fn is_include_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let repeated = bytes.windows(2).any(|pair| pair.iter().all(|byte| matches!(byte, b'.' | b'/')));
    let allowed = |byte: u8| scan::is_word(byte) || matches!(byte, b'/' | b'.' | b'-' | b'(' | b')' | b'+' | b'~' | b'#' | b'@');
    !repeated && name.split('\n').any(|line| !line.is_empty() && line.bytes().all(allowed))
}

/// Parses `link`.
pub(super) fn link(tag: Tag<'_>) -> NodeKind {
    NodeKind::Link(wording(tag.markup.trim(), false))
}

/// Parses `post_url`, whose name must hold a date.
pub(super) fn post_url(tag: Tag<'_>) -> Result<NodeKind, Error> {
    let name = tag.markup.trim();
    let relative = name.strip_prefix('/').unwrap_or(name);
    let starts = std::iter::once(0).chain(relative.match_indices('/').map(|(slash, _)| slash + 1));
    if starts.into_iter().any(|start| has_date(&relative.as_bytes()[start..])) {
        return Ok(NodeKind::PostUrl(Box::from(name)));
    }
    Err(Error::new(ErrorKind::MissingPost, format!("`{name}` in `post_url` is no post's name")))
}

fn has_date(name: &[u8]) -> bool {
    let mut rest = name;
    for _ in 0..3 {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || rest.get(digits) != Some(&b'-') {
            return false;
        }
        rest = &rest[digits + 1..];
    }
    true
}

/// Parses `highlight`: a language, then options that only a highlighter would read.
pub(super) fn highlight(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    let markup = tag.markup.trim();
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', markup.as_bytes()).map(|newline| newline + 1));
    let language = starts.map(|start| &markup[start..]).find_map(highlight_language).ok_or_else(|| {
        Error::new(ErrorKind::TagSyntax, format!("`highlight` without a language or with bad options: `{markup}`"))
    })?;
    let options = Box::new(highlight_options(markup));
    let body = whole_block(parser, &Block::new("highlight", &[]))?;
    Ok(NodeKind::Highlight { language: language.to_lowercase().into_boxed_str(), options, body })
}

/// Reads the options after the language; those of older highlighters have no effect.
fn highlight_options(markup: &str) -> HighlightOptions {
    let mut options = HighlightOptions::default();
    let mut rest = markup.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    while !rest.is_empty() {
        let name_end = scan::skip_word(rest, 0);
        let (name, after) = rest.split_at(name_end);
        let value = after.strip_prefix('=');
        let quoted = value.and_then(|value| value.strip_prefix('"')?.split_once('"'));
        let numbers = quoted.map_or("", |(numbers, _)| numbers);
        match name {
            "linenos" => options.line_numbers = true,
            "mark_lines" => options.marked_lines = numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect(),
            _ => {}
        }
        let after = match (quoted, value) {
            (Some((_, after)), _) => after,
            (None, Some(value)) => &value[scan::skip_word(value, 0)..],
            (None, None) => after,
        };
        let next = after.trim_start();
        if next.len() == rest.len() {
            break;
        }
        rest = next;
    }
    options
}

/// The language at the beginning of a line, if what follows it are options up to the end of this line or a later one.
fn highlight_language(markup: &str) -> Option<&str> {
    let bytes = markup.as_bytes();
    let end = bytes
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'+' | b'#' | b'_' | b'-'))
        .unwrap_or(bytes.len());
    if end == 0 {
        return None;
    }
    let mut place = end;
    while bytes.get(place).is_some_and(|byte| *byte != b'\n') {
        let name = scan::skip_spaces(markup, place);
        let name_end = scan::skip_word(markup, name);
        if name == place || name_end == name {
            return None;
        }
        place = name_end;
        if bytes.get(place) == Some(&b'=') {
            place = highlight_value_end(markup, place + 1)?;
        }
    }
    Some(&markup[..end])
}

fn highlight_value_end(markup: &str, start: usize) -> Option<usize> {
    let bytes = markup.as_bytes();
    if bytes.get(start) != Some(&b'"') {
        let end = scan::skip_word(markup, start);
        return (end > start).then_some(end);
    }
    let close = start + 1 + memchr::memchr(b'"', &bytes[start + 1..])?;
    let numbers = &bytes[start + 1..close];
    let valid =
        numbers.split(|byte| scan::is_space(*byte)).all(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit));
    valid.then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_may_hold_outputs() {
        assert_eq!(variable_file_name("{{ f }}.html a=1"), Some(("{{ f }}.html", " a=1")));
        assert_eq!(variable_file_name("d/{{ f | append: '}}' }}x a=1"), Some(("d/{{ f | append: '}}' }}x", " a=1")));
        assert_eq!(variable_file_name("x.html a=\"{{ b c }}\""), None);
    }

    #[test]
    fn parameters_are_read_whole_or_not_at_all() {
        assert_eq!(parse_parameters("a=\"1\" b = x.y").map(|list| list.len()), Some(2));
        assert!(parse_parameters("a=\"1\", b=\"2\"").is_none());
        assert!(parse_parameters("a=").is_none());
        assert!(parse_parameters("with x").is_none());
    }

    #[test]
    fn highlight_options_are_read() {
        let options = highlight_options("c++ hl_lines=\"1 2\" linenos=table mark_lines=\"3 5\"");
        assert_eq!(options, HighlightOptions { line_numbers: true, marked_lines: vec![3, 5] });
        assert_eq!(highlight_options("c"), HighlightOptions::default());
    }

    #[test]
    fn highlight_options_are_checked() {
        assert_eq!(highlight_language("c++ linenos hl_lines=\"1 2\""), Some("c++"));
        assert_eq!(highlight_language("ruby hl_lines=\"1"), None);
        assert_eq!(highlight_language("{{ x }}"), None);
        assert_eq!(highlight_language("ruby \n s=\"2\""), Some("ruby"));
        assert_eq!(highlight_language("ruby\n{{ x }}"), Some("ruby"));
    }
}
