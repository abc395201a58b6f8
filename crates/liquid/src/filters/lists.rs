//! Filters on lists.

use std::collections::HashSet;

use super::property::items;
use super::{Filter, filter};
use crate::display::{class, inspect, text};
use crate::error::Error;
use crate::evaluate::{end_of, length, property};
use crate::number::strict_integer;
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("size", 0, 0, |_, input, _| Ok(size(input))),
    filter("join", 0, 1, join),
    filter("first", 0, 0, |_, input, _| Ok(end_of(input, true))),
    filter("last", 0, 0, |_, input, _| Ok(end_of(input, false))),
    filter("reverse", 0, 0, |renderer, input, _| {
        let mut items = items(renderer, input)?;
        items.reverse();
        Ok(Value::list(items))
    }),
    filter("map", 1, 1, map),
    filter("compact", 0, 1, compact),
    filter("uniq", 0, 1, uniq),
    filter("concat", 1, 1, concat),
    filter("push", 1, 1, |renderer, input, arguments| {
        edit(renderer, input, |list| {
            list.push(arguments[0].clone());
            Ok(())
        })
    }),
    filter("unshift", 1, 1, |renderer, input, arguments| {
        edit(renderer, input, |list| {
            list.insert(0, arguments[0].clone());
            Ok(())
        })
    }),
    filter("pop", 0, 1, |renderer, input, arguments| {
        edit(renderer, input, |list| {
            let count = count(arguments)?;
            list.truncate(list.len().saturating_sub(count));
            Ok(())
        })
    }),
    filter("shift", 0, 1, |renderer, input, arguments| {
        edit(renderer, input, |list| {
            let count = count(arguments)?;
            list.drain(..count.min(list.len()));
            Ok(())
        })
    }),
    filter("sample", 0, 1, sample),
    filter("array_to_sentence_string", 0, 1, sentence),
    filter("default", 0, 1, |_, input, arguments| {
        let empty = match input {
            Value::Str(text) => text.is_empty(),
            Value::List(list) => list.is_empty(),
            Value::Hash(map) => map.is_empty(),
            other => !other.is_true(),
        };
        Ok(if empty { arguments.first().cloned().unwrap_or_else(|| Value::from("")) } else { input.clone() })
    }),
];

fn size(input: &Value) -> Value {
    match input {
        Value::Str(text) => Value::Int(length(text.chars().count())),
        Value::Int(_) => Value::Int(8),
        Value::Big(number) => Value::Int(i64::try_from(number.bits().div_ceil(64) * 8).unwrap_or(i64::MAX)),
        Value::List(list) => Value::Int(length(list.len())),
        Value::Hash(map) => Value::Int(length(map.len())),
        Value::Range(first, last) => Value::Int(last.saturating_sub(*first).saturating_add(1).max(0)),
        Value::Object(object) => object.items().map_or(Value::Int(0), |items| size(&items)),
        _ => Value::Int(0),
    }
}

fn join(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let glue = arguments.first().map_or_else(|| " ".to_owned(), text);
    let items = items(renderer, input)?;
    let mut out = String::new();
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push_str(&glue);
        }
        crate::display::write_text(item, &mut out);
        renderer.check_bytes(out.len())?;
    }
    Ok(Value::from(out))
}

/// A property as Liquid's own filters read it: what has no properties has `nil`.
fn read(item: &Value, name: &Value) -> Result<Value, Error> {
    let fail = || Error::argument(format!("cannot select the property `{}`", text(name)));
    match (item, name) {
        (Value::List(_) | Value::Hash(_), name @ Value::Int(_)) => Ok(crate::evaluate::look_up(item, name).unwrap_or_default()),
        // A place between two is the one before.
        (Value::Str(_) | Value::Int(_) | Value::List(_), Value::Float(place)) if place.is_finite() => {
            read(item, &Value::integer(crate::compare::float_to_integer(*place)))
        }
        (Value::Str(text), Value::Int(place)) => Ok(letter_at(text, *place)),
        (Value::Int(number), Value::Int(place)) => {
            let bit = u32::try_from(*place).map_or(0, |place| (number >> place.min(63)) & 1);
            Ok(Value::Int(bit))
        }
        (Value::Hash(map), name) => Ok(map.get_value(name).cloned().unwrap_or_default()),
        (_, Value::Str(name)) => property(item, name).map_err(|_| fail()),
        (Value::Object(_), _) => Ok(Value::Nil),
        _ => Err(fail()),
    }
}

/// Ruby's `[]` of a string with an integer.
fn letter_at(text: &str, place: i64) -> Value {
    let letter = match usize::try_from(place) {
        Ok(place) => text.chars().nth(place),
        Err(_) => usize::try_from(-(place + 1)).ok().and_then(|place| text.chars().rev().nth(place)),
    };
    letter.map(|letter| Value::from(letter.to_string())).into()
}

fn has_properties(item: &Value) -> bool {
    matches!(item, Value::Str(_) | Value::Int(_) | Value::Big(_) | Value::List(_) | Value::Hash(_) | Value::Object(_))
}

fn map(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let name = &arguments[0];
    let mut out = Vec::new();
    for item in items(renderer, input)? {
        out.push(if name.as_str() == Some("to_liquid") {
            item
        } else if has_properties(&item) {
            read(&item, name)?
        } else {
            Value::Nil
        });
    }
    Ok(Value::list(out))
}

fn compact(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let mut items = items(renderer, input)?;
    match arguments.first() {
        None | Some(Value::Nil) => items.retain(|item| !item.is_nil()),
        Some(_) if items.is_empty() => {}
        Some(name) if items.first().is_some_and(has_properties) => {
            let mut kept = Vec::new();
            for item in items {
                if !read(&item, name)?.is_nil() {
                    kept.push(item);
                }
            }
            items = kept;
        }
        Some(_) => return Ok(Value::Nil),
    }
    Ok(Value::list(items))
}

fn uniq(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let items = items(renderer, input)?;
    let name = arguments.first().filter(|name| !name.is_nil());
    if name.is_some() && items.first().is_some_and(|item| !has_properties(item)) {
        return Ok(Value::Nil);
    }
    if items.len() <= 1 {
        return Ok(Value::list(items));
    }
    let mut seen = Distinct::default();
    let mut kept = Vec::new();
    for item in items {
        let key = match name {
            Some(name) => read(&item, name)?,
            None => item.clone(),
        };
        if seen.insert(&key) {
            kept.push(item);
        }
    }
    Ok(Value::list(kept))
}

/// Values that were met, compared as Ruby's hashes compare keys.
#[derive(Default)]
struct Distinct {
    texts: HashSet<String>,
    objects: HashSet<usize>,
}

impl Distinct {
    /// Adds a value; whether it was not there.
    fn insert(&mut self, value: &Value) -> bool {
        match value {
            Value::Object(object) => self.objects.insert(std::sync::Arc::as_ptr(object).cast::<()>() as usize),
            other => self.texts.insert(format!("{} {}", class(other), inspect(other))),
        }
    }
}

fn concat(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Value::List(other) = &arguments[0] else {
        return Err(Error::argument("concat filter requires an array argument"));
    };
    let mut items = items(renderer, input)?;
    renderer.spend(other.len())?;
    items.extend(other.iter().cloned());
    Ok(Value::list(items))
}

fn edit(
    renderer: &mut Renderer<'_>,
    input: &Value,
    change: impl FnOnce(&mut Vec<Value>) -> Result<(), Error>,
) -> Result<Value, Error> {
    let Value::List(list) = input else {
        return Ok(input.clone());
    };
    renderer.spend(list.len())?;
    let mut items = list.to_vec();
    change(&mut items)?;
    Ok(Value::list(items))
}

fn count(arguments: &[Value]) -> Result<usize, Error> {
    let count = arguments.first().map_or(Ok(1), strict_integer)?;
    usize::try_from(count).map_err(|_| Error::argument("negative array size"))
}

/// Ruby takes random items; the same input must give the same output, so these are the first ones.
fn sample(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Value::List(list) = input else {
        return Ok(input.clone());
    };
    let count = arguments.first().map_or(1, |count| strict_integer(count).unwrap_or(1));
    if count == 1 {
        return Ok(list.first().cloned().unwrap_or_default());
    }
    let count = usize::try_from(count).map_err(|_| Error::argument("negative sample number"))?;
    Ok(Value::list(list[..count.min(list.len())].to_vec()))
}

fn sentence(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let parts: Vec<String> = match input {
        Value::List(list) => {
            renderer.spend(list.len())?;
            let within = list.len().saturating_sub(if list.len() > 2 { 1 } else { list.len() });
            list.iter().enumerate().map(|(place, item)| if place < within { joined(item) } else { text(item) }).collect()
        }
        // Two letters have ends as a list has them; more cannot be joined.
        Value::Str(word) if word.chars().count() <= 2 => word.chars().map(String::from).collect(),
        Value::Hash(map) if map.len() <= 2 => vec![String::new(); map.len()],
        Value::Str(_) | Value::Hash(_) => return Err(Error::no_method("join", input)),
        other => return Err(Error::no_method("length", other)),
    };
    let connector = arguments.first().map_or_else(|| "and".to_owned(), text);
    Ok(Value::from(match parts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} {connector} {second}"),
        [before @ .., last] => format!("{}, {connector} {last}", before.join(", ")),
    }))
}

/// Ruby's `join` with commas, which takes lists in lists apart.
fn joined(value: &Value) -> String {
    match value {
        Value::List(list) => list.iter().map(joined).collect::<Vec<_>>().join(", "),
        other => text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_are_met_once() {
        let mut seen = Distinct::default();
        assert!(seen.insert(&Value::Int(1)));
        assert!(seen.insert(&Value::Float(1.0)));
        assert!(seen.insert(&Value::from("1")));
        assert!(!seen.insert(&Value::Int(1)));
    }
}
