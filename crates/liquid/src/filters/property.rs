//! How Jekyll's filters read a property of an item, and how Liquid's filters take a list apart.

use std::sync::Arc;

use crate::display::text;
use crate::error::Error;
use crate::evaluate;
use crate::number::{is_space, leading_integer};
use crate::render::Renderer;
use crate::time::{Time, Zone};
use crate::value::Value;

/// Liquid's input iterator: lists are flattened, a hash is one item, `nil` is none.
pub(super) fn items(renderer: &mut Renderer<'_>, input: &Value) -> Result<Vec<Value>, Error> {
    let mut out = Vec::new();
    match input {
        Value::List(list) => flatten(renderer, list, &mut out)?,
        Value::Nil => {}
        Value::Range(first, last) => {
            let count = usize::try_from(last.saturating_sub(*first).saturating_add(1)).unwrap_or(0);
            renderer.spend(count)?;
            out.extend((*first..=*last).map(Value::Int));
        }
        Value::Object(object) => match object.items() {
            Some(Value::List(list)) => flatten(renderer, &list, &mut out)?,
            _ => out.push(input.clone()),
        },
        Value::Time(time) => out.extend(time_parts(time)),
        // What a literal turns into when it is taken out of a list.
        Value::Empty | Value::Blank => out.push(Value::from("")),
        other => out.push(other.clone()),
    }
    Ok(out)
}

/// Ruby's `Time#to_a`, which makes a list of a time.
fn time_parts(time: &Time) -> [Value; 10] {
    let (civil, date) = (time.civil(), time.date());
    let number = |number: u32| Value::Int(i64::from(number));
    let zone = match &time.zone {
        Zone::Utc => Value::from("UTC"),
        Zone::Named(name) => Value::Str(Arc::clone(name)),
        Zone::Fixed => Value::Nil,
    };
    [
        number(civil.second),
        number(civil.minute),
        number(civil.hour),
        number(civil.day),
        number(civil.month),
        Value::Int(civil.year),
        number(date.weekday()),
        number(date.year_day()),
        Value::Bool(false),
        zone,
    ]
}

fn flatten(renderer: &mut Renderer<'_>, list: &[Value], out: &mut Vec<Value>) -> Result<(), Error> {
    renderer.spend(list.len())?;
    for item in list {
        match item {
            Value::List(inner) => flatten(renderer, inner, out)?,
            other => out.push(other.clone()),
        }
    }
    Ok(())
}

/// What Ruby can select from: the items of lists, the values of hashes; `None` for all else.
pub(super) fn selectable(renderer: &mut Renderer<'_>, input: &Value) -> Result<Option<Vec<Value>>, Error> {
    let items = match input {
        Value::List(list) => list.to_vec(),
        Value::Hash(map) => map.entries().iter().map(|(_, value)| value.clone()).collect(),
        Value::Range(..) => items(renderer, input)?,
        Value::Object(object) => match object.items() {
            Some(Value::List(list)) => list.to_vec(),
            Some(Value::Hash(map)) => map.entries().iter().map(|(_, value)| value.clone()).collect(),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    renderer.spend(items.len())?;
    Ok(Some(items))
}

/// Jekyll's `item_property`: what looks like a number is one.
pub(super) fn item_property(item: &Value, property: &str) -> Result<Value, Error> {
    let mut value;
    if property.contains('.') {
        value = item.clone();
        let mut parts: Vec<&str> = property.split('.').collect();
        while parts.last().is_some_and(|part| part.is_empty()) {
            parts.pop();
        }
        for part in parts {
            value = match value {
                // Ruby's `respond_to?` answers for what has no keys.
                Value::Nil | Value::Bool(_) | Value::Float(_) | Value::Date(_) | Value::Time(_) | Value::Range(..) => {
                    return Ok(Value::Bool(false));
                }
                other => evaluate::property(&other, part)?,
            };
        }
    } else {
        value = evaluate::property(item, property)?;
    }
    Ok(as_number(value))
}

fn as_number(value: Value) -> Value {
    let text: Arc<str> = match &value {
        Value::Str(text) => Arc::clone(text),
        Value::List(_) | Value::Hash(_) | Value::Nil | Value::Bool(_) => return value,
        Value::Float(number) if number.is_finite() && number.abs() < 1e15 => return value,
        Value::Int(_) | Value::Big(_) => return value,
        other => Arc::from(text(other)),
    };
    let digits = text.trim_start_matches(is_space);
    let digits = digits.trim_end_matches(is_space);
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return Value::integer(leading_integer(digits));
    }
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if unsigned.contains('.') && is_digits(whole) && is_digits(fraction) && whole.len() + fraction.len() > 0 {
        let number = format!("{whole}.{}", if fraction.is_empty() { "0" } else { fraction });
        let number = if whole.is_empty() { format!("0{number}") } else { number };
        let number: f64 = number.parse().unwrap_or(0.0);
        return Value::Float(if digits.starts_with('-') { -number } else { number });
    }
    value
}
