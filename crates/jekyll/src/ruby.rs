//! What Ruby makes of values where Jekyll asks for their text.

use std::fmt::Write as _;

use postferry_doc::{DateTime, Value};

/// Ruby's `to_s`.
pub(crate) fn to_s(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(digits) => digits.to_string(),
        Value::Float(number) => float(*number),
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
        Value::String(text) => write_quoted(out, text),
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
                write_quoted(out, key);
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

fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\x1b' => out.push_str("\\e"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0b' => out.push_str("\\v"),
            '\x0c' => out.push_str("\\f"),
            '#' if matches!(chars.peek(), Some('{' | '$' | '@')) => out.push_str("\\#"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Ruby's `Float#to_s`: the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on.
pub(crate) fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let text = format!("{number:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = if digits.contains('.') { digits.to_owned() } else { format!("{digits}.0") };
        return match exponent.strip_prefix('-') {
            Some(exponent) => format!("{digits}e-{exponent:0>2}"),
            None => format!("{digits}e+{exponent:0>2}"),
        };
    }
    let text = number.to_string();
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// Ruby's `Time#to_s`, e.g. `2022-01-11 09:16:54 +0800`; UTC is `UTC`.
pub(crate) fn time_text(time: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, offset, .. } = *time;
    let zone = if offset == 0 { "UTC".to_owned() } else { offset_text(offset) };
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} {zone}")
}

/// `+0800`.
pub(crate) fn offset_text(offset: i32) -> String {
    let minutes = offset.unsigned_abs() / 60;
    format!("{}{:02}{:02}", if offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_rubys() {
        for (number, text) in
            [(1.1, "1.1"), (750.0, "750.0"), (1e16, "1.0e+16"), (1.5e-5, "1.5e-05"), (0.0001, "0.0001"), (1e100, "1.0e+100")]
        {
            assert_eq!(float(number), text);
        }
    }

    #[test]
    fn lists_show_what_is_in_them() {
        let list = Value::List(vec![Value::from("a\"#{"), Value::Null, Value::Int(2)]);
        assert_eq!(to_s(&list), r#"["a\"\#{", nil, 2]"#);
    }
}
