//! Metadata values: JSON's own types, and objects of one `$` key for what JSON has no type for.

use std::collections::HashSet;

use postferry_doc::{DateTime, Limits, Map, Text, Value};

use crate::output::Output;
use crate::read::Reader;
use crate::tape::{At, Kind};
use crate::{ReadError, date};

/// Writes a value.
pub fn write(out: &mut Output, value: &Value) {
    match value {
        Value::Null => out.literal("null"),
        Value::Bool(value) => out.literal(if *value { "true" } else { "false" }),
        Value::Int(value) => out.literal(&value.to_string()),
        Value::BigInt(digits) => out.flat_object(|out| out.member("$bigint", digits)),
        // `{:?}` gives the shortest spelling that reads back the same, always with a point or an exponent.
        Value::Float(value) if value.is_finite() => out.literal(&format!("{value:?}")),
        Value::Float(value) => out.flat_object(|out| {
            out.member(
                "$float",
                if value.is_nan() {
                    "nan"
                } else if *value > 0.0 {
                    "inf"
                } else {
                    "-inf"
                },
            );
        }),
        Value::String(text) => out.string(text),
        Value::Date { year, month, day } => {
            out.flat_object(|out| out.member("$date", &date::spell_date(*year, *month, *day)));
        }
        Value::Time(time) => out.flat_object(|out| out.member("$time", &date::spell_time(time))),
        Value::List(items) => out.array(items, write),
        Value::Map(map) => write_map(out, map),
    }
}

/// Writes a map; a key that begins with `$` gets one more.
pub fn write_map(out: &mut Output, map: &Map) {
    out.object(|out| {
        for (key, value) in map.iter() {
            let escape = if key.starts_with('$') { "$" } else { "" };
            out.any_key(&format!("{escape}{key}"));
            write(out, value);
        }
    });
}

/// Reads a map of values.
pub fn read_map(reader: &Reader<'_>, at: At) -> Result<Map, ReadError> {
    map(reader, at, Limits::default().depth)
}

/// Reads a moment that stands in a string.
pub fn read_time(reader: &Reader<'_>, at: At) -> Result<DateTime, ReadError> {
    let text = reader.text(at)?;
    date::parse_time(&text).ok_or_else(|| reader.error(at, format!("`{text}` is not a date with time and offset")))
}

fn value(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Value, ReadError> {
    match reader.kind(at) {
        Kind::Null => Ok(Value::Null),
        Kind::True => Ok(Value::Bool(true)),
        Kind::False => Ok(Value::Bool(false)),
        Kind::Number => number(reader, at),
        Kind::String => reader.text(at).map(Value::String),
        Kind::Array => list(reader, at, depth_left),
        Kind::Object => match typed(reader, at)? {
            Some(value) => Ok(value),
            None => map(reader, at, depth_left).map(Value::Map),
        },
    }
}

fn number(reader: &Reader<'_>, at: At) -> Result<Value, ReadError> {
    let spelling = reader.spelling(at);
    if spelling.contains(['.', 'e', 'E']) {
        let number: f64 = spelling.parse().map_err(|_| reader.error(at, "a number that cannot be read"))?;
        return Ok(Value::Float(number));
    }
    Ok(spelling.parse().map_or_else(|_| Value::BigInt(spelling.into()), Value::Int))
}

fn list(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Value, ReadError> {
    let depth_left = deeper(reader, at, depth_left)?;
    let items: Result<Vec<Value>, ReadError> = reader.array(at)?.map(|item| value(reader, item, depth_left)).collect();
    items.map(Value::List)
}

fn map(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Map, ReadError> {
    let depth_left = deeper(reader, at, depth_left)?;
    let mut seen = HashSet::new();
    let mut map = Map::new();
    for (name, item) in reader.members(at)? {
        let key = reader.text(name)?;
        let key = match key.strip_prefix('$') {
            None => key,
            Some(rest) if rest.starts_with('$') => Text::from(rest),
            Some(_) => return Err(reader.error(name, format!("`{key}` is no type of ours"))),
        };
        if !seen.insert(key.clone()) {
            return Err(reader.error(name, format!("`{key}` is there twice")));
        }
        map.push(key, value(reader, item, depth_left)?);
    }
    Ok(map)
}

/// The value of an object of one key that names a type, if it is one.
fn typed(reader: &Reader<'_>, at: At) -> Result<Option<Value>, ReadError> {
    let mut members = reader.members(at)?;
    let Some((name, content)) = members.next() else { return Ok(None) };
    let name = reader.text(name)?;
    if members.next().is_some() || !name.starts_with('$') || name.starts_with("$$") {
        return Ok(None);
    }
    let text = reader.text(content)?;
    let value = match name.as_str() {
        "$date" => date::parse_date(&text).map(|(year, month, day)| Value::Date { year, month, day }),
        "$time" => date::parse_time(&text).map(Value::Time),
        "$bigint" => is_whole(&text).then(|| Value::BigInt(text.clone())),
        "$float" => match text.as_str() {
            "inf" => Some(Value::Float(f64::INFINITY)),
            "-inf" => Some(Value::Float(f64::NEG_INFINITY)),
            "nan" => Some(Value::Float(f64::NAN)),
            _ => None,
        },
        _ => None,
    };
    value.map(Some).ok_or_else(|| reader.error(content, format!("`{text}` is not a value of the type `{name}`")))
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn deeper(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<usize, ReadError> {
    depth_left.checked_sub(1).ok_or_else(|| reader.error(at, "values are nested too deep"))
}
