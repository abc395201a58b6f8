//! Filters on strings.

use std::sync::Arc;

use super::{Filter, filter};
use crate::case::capitalize;
use crate::display::text;
use crate::error::Error;
use crate::number::{is_space, strict_integer};
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("downcase", 0, 0, |_, input, _| Ok(Value::from(text(input).to_lowercase()))),
    filter("upcase", 0, 0, |_, input, _| Ok(Value::from(text(input).to_uppercase()))),
    filter("capitalize", 0, 0, |_, input, _| Ok(Value::from(capitalize(&text(input))))),
    filter("strip", 0, 0, |_, input, _| Ok(Value::from(text(input).trim_matches(is_stripped)))),
    filter("lstrip", 0, 0, |_, input, _| Ok(Value::from(text(input).trim_start_matches(is_stripped)))),
    filter("rstrip", 0, 0, |_, input, _| Ok(Value::from(text(input).trim_end_matches(is_stripped)))),
    filter("strip_newlines", 0, 0, |_, input, _| Ok(Value::from(text(input).replace("\r\n", "").replace('\n', "")))),
    filter("newline_to_br", 0, 0, |renderer, input, _| replace_all(renderer, &text(input), "\n", "<br />\n").map(Value::from)),
    filter("append", 1, 1, append),
    filter("prepend", 1, 1, |renderer, input, arguments| append(renderer, &arguments[0], std::slice::from_ref(input))),
    filter("replace", 1, 2, |renderer, input, arguments| {
        let replacement = arguments.get(1).map(text).unwrap_or_default();
        replace_all(renderer, &text(input), &text(&arguments[0]), &expand(&replacement, &text(&arguments[0]))).map(Value::from)
    }),
    filter("replace_first", 1, 2, |_, input, arguments| {
        let replacement = arguments.get(1).map(text).unwrap_or_default();
        let searched = text(&arguments[0]);
        Ok(Value::from(text(input).replacen(&searched, &expand(&replacement, &searched), 1)))
    }),
    filter("remove", 1, 1, |_, input, arguments| Ok(Value::from(text(input).replace(&text(&arguments[0]), "")))),
    filter("remove_first", 1, 1, |_, input, arguments| Ok(Value::from(text(input).replacen(&text(&arguments[0]), "", 1)))),
    filter("truncate", 0, 2, truncate),
    filter("truncatewords", 0, 2, truncate_words),
    filter("split", 1, 1, |renderer, input, arguments| {
        let parts = split(&text(input), &text(&arguments[0]));
        renderer.spend(parts.len())?;
        Ok(Value::list(parts))
    }),
    filter("slice", 1, 2, slice),
    filter("normalize_whitespace", 0, 0, |_, input, _| {
        let input = text(input);
        let words: Vec<&str> = input.split(is_space).filter(|word| !word.is_empty()).collect();
        Ok(Value::from(words.join(" ").trim_matches('\0')))
    }),
];

fn is_stripped(letter: char) -> bool {
    letter == '\0' || is_space(letter)
}

fn append(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let mut out = text(input);
    out.push_str(&text(&arguments[0]));
    renderer.check_bytes(out.len())?;
    Ok(Value::from(out))
}

/// What a replacement's backslashes stand for in Ruby's `gsub` with a string: `\0` and `\&` the match, `\\` one backslash.
fn expand(replacement: &str, matched: &str) -> String {
    if !replacement.contains('\\') {
        return replacement.to_owned();
    }
    let mut out = String::with_capacity(replacement.len());
    let mut letters = replacement.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.peek() {
            Some('0' | '&') => out.push_str(matched),
            Some('1'..='9') => {}
            Some('\\') => out.push('\\'),
            _ => {
                out.push('\\');
                continue;
            }
        }
        letters.next();
    }
    out
}

fn replace_all(renderer: &Renderer<'_>, input: &str, searched: &str, replacement: &str) -> Result<String, Error> {
    if replacement.len() > searched.len() {
        let count = if searched.is_empty() { input.len() + 1 } else { input.matches(searched).count() };
        renderer.check_bytes(input.len().saturating_add(count.saturating_mul(replacement.len())))?;
    }
    Ok(input.replace(searched, replacement))
}

fn truncate(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    if input.is_nil() {
        return Ok(Value::Nil);
    }
    let input = text(input);
    let length = arguments.first().map_or(Ok(50), strict_integer)?;
    let ending = arguments.get(1).map_or_else(|| "...".to_owned(), text);
    let kept = length.saturating_sub(crate::evaluate::length(ending.chars().count())).max(0);
    if crate::evaluate::length(input.chars().count()) <= length {
        return Ok(Value::from(input));
    }
    let mut out: String = input.chars().take(usize::try_from(kept).unwrap_or(usize::MAX)).collect();
    out.push_str(&ending);
    Ok(Value::from(out))
}

fn truncate_words(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    if input.is_nil() {
        return Ok(Value::Nil);
    }
    let whole = text(input);
    let words: Vec<&str> = split_words(&whole);
    let last = arguments.first().map_or(Ok(15), strict_integer)?.saturating_sub(1).max(0);
    let last = usize::try_from(last).unwrap_or(usize::MAX);
    if words.len() <= last {
        return Ok(input.clone());
    }
    let mut out = words[..=last.min(words.len() - 1)].join(" ");
    out.push_str(&arguments.get(1).map_or_else(|| "...".to_owned(), text));
    Ok(Value::from(out))
}

/// Ruby's `split` without an argument.
pub(super) fn split_words(input: &str) -> Vec<&str> {
    input.split(is_stripped).filter(|word| !word.is_empty()).collect()
}

/// Ruby's `split` with a string: empty parts at the end are dropped.
fn split(input: &str, separator: &str) -> Vec<Value> {
    if separator == " " {
        return split_words(input).into_iter().map(Value::from).collect();
    }
    if separator.is_empty() {
        let mut buffer = [0; 4];
        return input.chars().map(|letter| Value::from(&*letter.encode_utf8(&mut buffer))).collect();
    }
    let mut parts: Vec<&str> = input.split(separator).collect();
    while parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    parts.into_iter().map(Value::from).collect()
}

fn slice(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let offset = strict_integer(&arguments[0])?;
    let length = match arguments.get(1) {
        Some(length) if length.is_true() => strict_integer(length)?,
        _ => 1,
    };
    let bounds = |count: usize| {
        let count = crate::evaluate::length(count);
        let start = if offset < 0 { offset + count } else { offset };
        if start < 0 || start > count || length < 0 {
            return None;
        }
        let end = start.saturating_add(length).min(count);
        Some((usize::try_from(start).ok()?, usize::try_from(end).ok()?))
    };
    if let Value::List(list) = input {
        let items = bounds(list.len()).map_or_else(Vec::new, |(start, end)| list[start..end].to_vec());
        return Ok(Value::list(items));
    }
    let input = text(input);
    Ok(match bounds(input.chars().count()) {
        Some((start, end)) => Value::from(input.chars().skip(start).take(end - start).collect::<String>()),
        None => Value::Str(Arc::from("")),
    })
}
