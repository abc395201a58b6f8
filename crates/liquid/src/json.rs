//! Values as JSON, spelled as Ruby's generator does.

use std::fmt::Write as _;

use crate::display::{push_float, text};
use crate::error::Error;
use crate::value::Value;

/// Ruby's generator nests no deeper.
const MAX_DEPTH: usize = 100;

/// More text is not generated.
const MAX_BYTES: usize = 64 << 20;

/// The JSON of a value.
///
/// # Errors
///
/// Nesting of more than 100 levels, NaN, infinity, and more than 64 MiB of text.
pub fn to_json(value: &Value) -> Result<String, Error> {
    let mut out = String::new();
    write(value, 0, &mut out)?;
    Ok(out)
}

fn write(value: &Value, depth: usize, out: &mut String) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        return Err(Error::argument("nesting of 101 is too deep"));
    }
    if out.len() > MAX_BYTES {
        return Err(Error::limit("the JSON of a value is too long"));
    }
    match value {
        Value::Nil => out.push_str("null"),
        Value::Bool(_) | Value::Int(_) | Value::Big(_) => crate::display::write_text(value, out),
        Value::Float(number) if number.is_finite() => push_float(*number, out),
        Value::Float(_) => return Err(Error::argument(format!("{} is not allowed in JSON", text(value)))),
        Value::Str(text) => write_string(text, out),
        Value::Date(_) | Value::Time(_) | Value::Range(..) | Value::Empty | Value::Blank => {
            write_string(&text(value), out);
        }
        Value::List(list) => {
            out.push('[');
            for (place, item) in list.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Hash(map) => {
            out.push('{');
            for (place, (key, value)) in map.entries().iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_string(&text(key), out);
                out.push(':');
                write(value, depth + 1, out)?;
            }
            out.push('}');
        }
        Value::Object(object) => write(&object.to_json_value(depth), depth + 1, out)?,
    }
    Ok(())
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", letter as u32);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}
