//! A second reader: what serde_yaml, which follows YAML 1.2's core schema, understands of a text.

use postferry_doc::{DateTime, Value};
use serde_yaml::Value as Second;

/// Reads a text; none if it is an error there.
pub(crate) fn as_second_reader(text: &str) -> Option<Second> {
    serde_yaml::from_str(text).ok()
}

/// Says whether the second reader understands the same value. It has no dates: there the text must say one with the
/// same offset, as readers that know dates take it.
pub(crate) fn agrees(value: &Value, second: &Second) -> bool {
    match (value, second) {
        (Value::Null, Second::Null) => true,
        (Value::Bool(a), Second::Bool(b)) => a == b,
        (Value::Int(a), Second::Number(b)) => b.as_i64() == Some(*a),
        (Value::BigInt(digits), Second::Number(b)) => {
            b.as_u64().map_or_else(|| b.as_f64() == digits.parse().ok(), |b| b.to_string() == *digits)
        }
        (Value::Float(a), Second::Number(b)) => {
            b.is_f64() && b.as_f64().is_some_and(|b| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()))
        }
        (Value::String(a), Second::String(b)) => *a == **b,
        (Value::Date { year, month, day }, Second::String(text)) => *text == format!("{year:04}-{month:02}-{day:02}"),
        (Value::Time(time), Second::String(text)) => reads_as_moment(text, time),
        (Value::List(items), Second::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(a, b)| agrees(a, b))
        }
        (Value::Map(map), Second::Mapping(others)) => {
            map.len() == others.len()
                && map.iter().zip(others).all(|((key, a), (other, b))| other.as_str() == Some(key) && agrees(a, b))
        }
        _ => false,
    }
}

/// Says whether a text names a moment with its offset: `2022-01-11 09:16:54 +0800`, `2022-01-11T09:16:54Z`.
fn reads_as_moment(text: &str, time: &DateTime) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00").or_else(|| shape.strip_prefix("0000-00-00 00:00:00")) else {
        return false;
    };
    let zone = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches('0'));
    let zone = zone.strip_prefix(' ').unwrap_or(zone);
    matches!(zone, "Z" | "+00:00" | "-00:00" | "+0000" | "-0000") && crate::resolve_scalar(text) == Value::Time(*time)
}
