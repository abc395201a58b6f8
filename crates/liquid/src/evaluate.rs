//! Evaluates expressions and conditions.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::compare;
use crate::condition::{Comparison, Condition, Join, Operator};
use crate::display;
use crate::error::Error;
use crate::expression::{Expression, Key, Path, range_end};
use crate::number;
use crate::scope::Scopes;
use crate::value::Value;

/// The value of an expression.
///
/// # Errors
///
/// An end of a range that is no integer.
pub(crate) fn evaluate(expression: &Expression, scopes: &Scopes<'_>) -> Result<Value, Error> {
    match expression {
        Expression::Literal(value) => Ok(value.clone()),
        Expression::Range(ends) => {
            let first = evaluate_range_end(&ends.0, scopes)?;
            Ok(Value::Range(first, evaluate_range_end(&ends.1, scopes)?))
        }
        Expression::Path(path) => evaluate_path(path, scopes),
    }
}

fn evaluate_range_end(expression: &Expression, scopes: &Scopes<'_>) -> Result<i64, Error> {
    let value = evaluate(expression, scopes)?;
    match value {
        Value::Int(_) | Value::Nil | Value::Str(_) => Ok(range_end(&value)),
        other => number::strict_integer(&other),
    }
}

fn evaluate_path(path: &Path, scopes: &Scopes<'_>) -> Result<Value, Error> {
    let mut value = match &path.name {
        Key::Word(name) | Key::Command(name) => scopes.find(name),
        Key::Bracket(expression) => match evaluate(expression, scopes)? {
            Value::Str(name) => scopes.find(&name),
            _ => Value::Nil,
        },
    };
    for key in &path.keys {
        if value.is_nil() {
            return Ok(Value::Nil);
        }
        value = match key {
            Key::Word(word) => look_up_word(&value, word).unwrap_or_default(),
            Key::Command(word) => look_up_word(&value, word).unwrap_or_else(|| command(&value, word)),
            Key::Bracket(expression) => {
                let key = evaluate(expression, scopes)?;
                look_up(&value, &key).unwrap_or_default()
            }
        };
    }
    Ok(value)
}

fn look_up_word(value: &Value, word: &str) -> Option<Value> {
    match value {
        Value::Hash(map) => map.get(word).cloned(),
        Value::Object(object) => object.get(word),
        _ => None,
    }
}

/// What square brackets find in a value.
pub(crate) fn look_up(value: &Value, key: &Value) -> Option<Value> {
    match (value, key) {
        (_, Value::Str(word)) => look_up_word(value, word),
        (Value::List(list), Value::Int(place)) => item_at(list, *place),
        (Value::Hash(map), key) => map.get_value(key).cloned(),
        (Value::Object(object), key @ Value::Int(_)) => object.items().and_then(|items| look_up(&items, key)),
        _ => None,
    }
}

fn item_at(list: &[Value], place: i64) -> Option<Value> {
    let place = if place < 0 { i64::try_from(list.len()).ok()? + place } else { place };
    list.get(usize::try_from(place).ok()?).cloned()
}

/// What `size`, `first` and `last` answer on a value that has no such key.
fn command(value: &Value, word: &str) -> Value {
    match word {
        "size" => match value {
            Value::Str(text) => Value::Int(length(text.chars().count())),
            Value::Int(_) => Value::Int(8),
            Value::Big(number) => Value::Int(i64::try_from(number.bits().div_ceil(64) * 8).unwrap_or(i64::MAX)),
            Value::List(list) => Value::Int(length(list.len())),
            Value::Hash(map) => Value::Int(length(map.len())),
            Value::Range(first, last) => Value::Int(last.saturating_sub(*first).saturating_add(1).max(0)),
            Value::Object(object) => object.items().map_or(Value::Nil, |items| command(&items, word)),
            _ => Value::Nil,
        },
        _ => end_of(value, word == "first"),
    }
}

/// A count as an integer of Liquid.
pub(crate) fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The first or the last item of what has items.
pub(crate) fn end_of(value: &Value, first: bool) -> Value {
    match value {
        Value::List(list) => if first { list.first() } else { list.last() }.cloned().unwrap_or_default(),
        Value::Range(start, end) => Value::Int(if first { *start } else { *end }),
        Value::Hash(map) if first => match map.entries().first() {
            Some((key, value)) => Value::list(vec![key.clone(), value.clone()]),
            None => Value::Nil,
        },
        Value::Object(object) => object.items().map_or(Value::Nil, |items| end_of(&items, first)),
        _ => Value::Nil,
    }
}

/// Whether a condition holds.
///
/// # Errors
///
/// Operators that do not exist and values that cannot be compared.
pub(crate) fn holds(condition: &Condition, scopes: &Scopes<'_>) -> Result<bool, Error> {
    let mut truth = false;
    for (comparison, join) in &condition.parts {
        truth = compare_once(comparison, scopes)?;
        match join {
            Some(Join::Or) if truth => return Ok(true),
            Some(Join::And) if !truth => return Ok(false),
            _ => {}
        }
    }
    Ok(truth)
}

fn compare_once(comparison: &Comparison, scopes: &Scopes<'_>) -> Result<bool, Error> {
    let left = evaluate(&comparison.left, scopes)?;
    let Some((operator, right)) = &comparison.right else {
        return Ok(left.is_true());
    };
    let right = evaluate(right, scopes)?;
    match operator {
        Operator::Equal => Ok(equal(&left, &right)),
        Operator::Unequal => Ok(!equal(&left, &right)),
        Operator::Contains => contains(&left, &right),
        Operator::Less => order(&left, &right, "<", |order| order == Ordering::Less),
        Operator::Greater => order(&left, &right, ">", |order| order == Ordering::Greater),
        Operator::LessOrEqual => order(&left, &right, "<=", |order| order != Ordering::Greater),
        Operator::GreaterOrEqual => order(&left, &right, ">=", |order| order != Ordering::Less),
        Operator::Unknown(operator) => Err(Error::argument(format!("unknown operator `{operator}`"))),
    }
}

/// Liquid's `==`, for which `empty` is every empty string, list and hash, and `blank` is nothing.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    let is_empty = |value: &Value| match value {
        Value::Str(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Hash(map) => map.is_empty(),
        _ => false,
    };
    match (left, right) {
        (Value::Empty, other) | (other, Value::Empty) => is_empty(other),
        (Value::Blank, _) | (_, Value::Blank) => false,
        _ => compare::equal(left, right),
    }
}

fn contains(left: &Value, right: &Value) -> Result<bool, Error> {
    if !left.is_true() || !right.is_true() {
        return Ok(false);
    }
    Ok(match left {
        Value::Str(text) => match right {
            Value::Str(part) => text.contains(&**part),
            other => text.contains(&display::text(other)),
        },
        Value::List(list) => list.iter().any(|item| compare::equal(item, right)),
        Value::Hash(map) => map.get_value(right).is_some(),
        Value::Range(first, last) => match right {
            Value::Int(number) => (first..=last).contains(&number),
            Value::Float(_) => {
                let is_within = |end: i64, wanted: Ordering| {
                    compare(&Value::Int(end), right).is_some_and(|order| order == wanted || order == Ordering::Equal)
                };
                is_within(*first, Ordering::Less) && is_within(*last, Ordering::Greater)
            }
            _ => false,
        },
        Value::Object(object) => match object.items() {
            Some(items) => return contains(&items, right),
            None => right.as_str().is_some_and(|key| object.get(key).is_some()),
        },
        _ => false,
    })
}

fn order(left: &Value, right: &Value, operator: &str, wanted: fn(Ordering) -> bool) -> Result<bool, Error> {
    let is_ordered = |value: &Value| {
        matches!(value, Value::Int(_) | Value::Big(_) | Value::Float(_) | Value::Str(_) | Value::Date(_) | Value::Time(_))
    };
    if !is_ordered(left) || !is_ordered(right) {
        return Ok(false);
    }
    match compare(left, right) {
        Some(order) => Ok(wanted(order)),
        None if display::class(left) == display::class(right) || is_number(left) && is_number(right) => Ok(false),
        None => Err(Error::argument(format!(
            "comparison of {} with {} failed (`{operator}`)",
            display::class(left),
            display::class(right)
        ))),
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Big(_) | Value::Float(_))
}

/// Ruby's `[]` with a property's name, as filters read items.
///
/// # Errors
///
/// Values that have no such access: `TypeError` or `NoMethodError`.
pub(crate) fn property(item: &Value, name: &str) -> Result<Value, Error> {
    match item {
        Value::Hash(map) => Ok(map.get(name).cloned().unwrap_or_default()),
        Value::Object(object) => Ok(object.get(name).unwrap_or_default()),
        Value::Str(text) => Ok(if text.contains(name) { Value::Str(Arc::from(name)) } else { Value::Nil }),
        Value::Int(_) | Value::Big(_) | Value::List(_) => Err(Error::type_error("no implicit conversion of String into Integer")),
        other => Err(Error::no_method("[]", other)),
    }
}
