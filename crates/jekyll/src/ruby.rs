//! What Ruby makes of values where Jekyll asks for their text.

use std::fmt::Write as _;

use postferry_doc::{DateTime, Value};
use postferry_liquid::{float_text, offset_text, quoted};

/// Ruby's `to_s`.
pub(crate) fn to_s(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(digits) => digits.to_string(),
        Value::Float(number) => float_text(*number),
        Value::String(text) => text.to_string(),
        Value::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
        Value::Time(time) => time_text(time),
        Value::List(_) | Value::Map(_) => inspect(value),
    }
}

/// Ruby's `inspect`.
pub(crate) fn inspect(value: &Value) -> String {
    let mut out = String::new();
    write_inspected(&mut out, value);
    out
}

fn write_inspected(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("nil"),
        Value::String(text) => out.push_str(&quoted(text)),
        Value::List(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                write_inspected(out, value);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                out.push_str(&quoted(key));
                out.push_str("=>");
                write_inspected(out, value);
            }
            out.push('}');
        }
        Value::Date { year, month, day } => {
            let _ = write!(out, "#<Date: {year:04}-{month:02}-{day:02}>");
        }
        Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Time(_) => out.push_str(&to_s(value)),
    }
}

/// Ruby's `Time#to_s`, e.g. `2022-01-11 09:16:54 +0800`; UTC is `UTC`.
fn time_text(time: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, offset, .. } = *time;
    let zone = if offset == 0 { "UTC".to_owned() } else { offset_text(offset, false) };
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} {zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_show_what_is_in_them() {
        let list = Value::List(vec![Value::from("a\"#{"), Value::Null, Value::Int(2)]);
        assert_eq!(to_s(&list), r#"["a\"\#{", nil, 2]"#);
    }
}
