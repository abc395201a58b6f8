//! Values as text: what `{{ }}` writes, Ruby's `to_s` and Ruby's `inspect`.

use std::fmt::Write as _;

use crate::time::format_iso_like;
use crate::value::Value;

/// Writes a value as `{{ value }}` does: lists are joined without a separator.
pub fn write_output(value: &Value, out: &mut String) {
    match value {
        Value::List(list) => {
            for item in list.iter() {
                write_output(item, out);
            }
        }
        other => write_text(other, out),
    }
}

/// Writes a value as Ruby's `to_s`.
pub fn write_text(value: &Value, out: &mut String) {
    match value {
        Value::Nil | Value::Empty | Value::Blank => {}
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Int(number) => push_integer(*number, out),
        Value::Big(number) => out.push_str(&number.to_string()),
        Value::Float(number) => push_float(*number, out),
        Value::Str(text) => out.push_str(text),
        Value::Date(date) => {
            let (year, month, day) = date.civil();
            let _ = write!(out, "{}-{month:02}-{day:02}", crate::time::year_text(year));
        }
        Value::Time(time) => out.push_str(&format_iso_like(time)),
        Value::Range(first, last) => {
            let _ = write!(out, "{first}..{last}");
        }
        Value::List(_) | Value::Hash(_) => write_inspect(value, out),
        Value::Object(object) => out.push_str(&object.to_text()),
    }
}

/// Ruby's `to_s`.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write_text(value, &mut out);
    out
}

/// Ruby's `Float#to_s`: the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on.
pub fn float_text(number: f64) -> String {
    let mut out = String::new();
    push_float(number, &mut out);
    out
}

/// Ruby's `String#inspect`.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_quoted(text, &mut out);
    out
}

/// Ruby's `inspect`.
pub fn inspect(value: &Value) -> String {
    let mut out = String::new();
    write_inspect(value, &mut out);
    out
}

fn write_inspect(value: &Value, out: &mut String) {
    match value {
        Value::Nil => out.push_str("nil"),
        Value::Str(text) => write_quoted(text, out),
        Value::Date(date) => {
            let julian = date.days() + 2_440_588;
            out.push_str("#<Date: ");
            write_text(value, out);
            let _ = write!(out, " (({julian}j,0s,0n),+0s,2299161j)>");
        }
        Value::List(list) => {
            out.push('[');
            for (place, item) in list.iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                write_inspect(item, out);
            }
            out.push(']');
        }
        Value::Hash(map) => {
            out.push('{');
            for (place, (key, value)) in map.entries().iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                write_inspect(key, out);
                out.push_str("=>");
                write_inspect(value, out);
            }
            out.push('}');
        }
        Value::Object(object) => out.push_str(&object.inspect()),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Big(_)
        | Value::Float(_)
        | Value::Time(_)
        | Value::Range(..)
        | Value::Empty
        | Value::Blank => write_text(value, out),
    }
}

fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\u{1b}' => out.push_str("\\e"),
            '#' if matches!(letters.peek(), Some('{' | '$' | '@')) => out.push_str("\\#"),
            _ if is_printable(letter) => out.push(letter),
            _ if (letter as u32) < 0x1_0000 => {
                let _ = write!(out, "\\u{:04X}", letter as u32);
            }
            _ => {
                let _ = write!(out, "\\u{{{:X}}}", letter as u32);
            }
        }
    }
    out.push('"');
}

fn is_printable(letter: char) -> bool {
    use unicode_general_category::{GeneralCategory, get_general_category};
    !letter.is_ascii_control()
        && !matches!(
            get_general_category(letter),
            GeneralCategory::Control
                | GeneralCategory::Unassigned
                | GeneralCategory::Surrogate
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::PrivateUse
        )
}

fn push_integer(number: i64, out: &mut String) {
    if let 0..=9 = number {
        out.push(char::from(b'0' + u8::try_from(number).expect("one digit")));
    } else {
        let _ = write!(out, "{number}");
    }
}

/// Writes a float as Ruby does: shortest digits, with an exponent below 1e-4 and from 1e16.
pub fn push_float(number: f64, out: &mut String) {
    if number.is_nan() {
        out.push_str("NaN");
    } else if number.is_infinite() {
        out.push_str(if number > 0.0 { "Infinity" } else { "-Infinity" });
    } else {
        let scientific = format!("{number:e}");
        let (mantissa, exponent) = scientific.split_once('e').expect("`e` notation has an exponent");
        let exponent: i32 = exponent.parse().expect("an exponent is an integer");
        if number == 0.0 || (-4..16).contains(&exponent) {
            let plain = format!("{number}");
            out.push_str(&plain);
            if !plain.contains('.') {
                out.push_str(".0");
            }
        } else {
            out.push_str(mantissa);
            if !mantissa.contains('.') {
                out.push_str(".0");
            }
            let sign = if exponent < 0 { '-' } else { '+' };
            let _ = write!(out, "e{sign}{:02}", exponent.abs());
        }
    }
}

/// The receiver's description in Ruby's messages.
pub fn class_name(value: &Value) -> &'static str {
    match value {
        Value::Nil => "nil:NilClass",
        Value::Bool(true) => "true:TrueClass",
        Value::Bool(false) => "false:FalseClass",
        _ => class(value),
    }
}

/// The class that Ruby gives a value.
pub fn class(value: &Value) -> &'static str {
    match value {
        Value::Nil => "NilClass",
        Value::Bool(true) => "TrueClass",
        Value::Bool(false) => "FalseClass",
        Value::Int(_) | Value::Big(_) => "Integer",
        Value::Float(_) => "Float",
        Value::Str(_) => "String",
        Value::Date(_) => "Date",
        Value::Time(_) => "Time",
        Value::Range(..) => "Range",
        Value::List(_) => "Array",
        Value::Hash(_) => "Hash",
        Value::Object(_) => "Drop",
        Value::Empty | Value::Blank => "Liquid::Expression::MethodLiteral",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_ruby_does() {
        for (number, expected) in [
            (1.0, "1.0"),
            (1e16, "1.0e+16"),
            (123_456_789_012_345.6, "123456789012345.6"),
            (1e15, "1000000000000000.0"),
            (0.0001, "0.0001"),
            (0.000_012, "1.2e-05"),
            (-0.0, "-0.0"),
            (1e100, "1.0e+100"),
        ] {
            let mut out = String::new();
            push_float(number, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn strings_are_inspected_with_escapes() {
        assert_eq!(inspect(&Value::from("a\"#{b}\n#c\u{1}é\u{200b}")), "\"a\\\"\\#{b}\\n#c\\u0001é\u{200b}\"");
    }
}
