//! Writes TOML.

use postferry_doc::{Diagnostic, Map, Value};

use crate::number::ruby_float;
use crate::tree::scalar_text;
use crate::yaml::{push_escape, whole_minutes};

/// How deep values are written; deeper ones are left out with a diagnostic.
const DEPTH: usize = 64;

/// Writes a map as TOML 1.0 without `+++` lines.
///
/// Keys keep their order, except that tables stand last, as TOML demands. A time is an offset date-time, a date a
/// local date. TOML has no null: such a key is left out; a whole number beyond 64 bits becomes a text. Both are
/// `lost/metadata` diagnostics.
///
/// ```
/// use postferry_doc::{Map, Value};
///
/// let mut map = Map::new();
/// map.insert("title", Value::from("A \"B\""));
/// map.insert("weight", Value::Int(3));
/// assert_eq!(postferry_frontmatter::write_toml(&map).0, "title = \"A \\\"B\\\"\"\nweight = 3\n");
/// ```
pub fn write_toml(map: &Map) -> (String, Vec<Diagnostic>) {
    let mut writer = Writer { out: String::new(), diagnostics: Vec::new() };
    writer.table(map, "", 0);
    (writer.out, writer.diagnostics)
}

struct Writer {
    out: String,
    diagnostics: Vec<Diagnostic>,
}

impl Writer {
    /// The pairs of a table, then the tables in it. `path` is its name in brackets.
    fn table(&mut self, map: &Map, path: &str, depth: usize) {
        for (key, value) in map.iter().filter(|(_, value)| !is_table(value) && !is_tables(value)) {
            let name = spell_key(key);
            let at = join(path, &name);
            let before = self.out.len();
            self.out.push_str(&name);
            self.out.push_str(" = ");
            if self.value(value, &at, depth) {
                self.out.push('\n');
            } else {
                self.out.truncate(before);
            }
        }
        for (key, value) in map.iter() {
            let name = join(path, &spell_key(key));
            if depth >= DEPTH && (is_table(value) || is_tables(value)) {
                self.lose(&name, "nested too deep");
                continue;
            }
            match value {
                Value::Map(inner) => {
                    self.heading(&format!("[{name}]"));
                    self.table(inner, &name, depth + 1);
                }
                Value::List(items) if is_tables(value) => {
                    for item in items.iter().filter_map(Value::as_map) {
                        self.heading(&format!("[[{name}]]"));
                        self.table(item, &name, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, heading: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(heading);
        self.out.push('\n');
    }

    /// Writes a value on the line; says whether there is anything that TOML can hold.
    fn value(&mut self, value: &Value, at: &str, depth: usize) -> bool {
        if depth >= DEPTH && matches!(value, Value::List(_) | Value::Map(_)) {
            self.lose(at, "nested too deep");
            return false;
        }
        match value {
            Value::Null => {
                self.lose(at, "null");
                return false;
            }
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(number) => self.out.push_str(&number.to_string()),
            Value::BigInt(digits) => {
                self.lose(at, "a whole number beyond 64 bits, written as a text");
                self.out.push_str(&spell_text(digits));
            }
            Value::Float(number) if number.is_nan() => self.out.push_str("nan"),
            Value::Float(number) if number.is_infinite() => self.out.push_str(if *number > 0.0 { "inf" } else { "-inf" }),
            Value::Float(number) => self.out.push_str(&ruby_float(*number)),
            Value::String(text) => self.out.push_str(&spell_text(text)),
            Value::Date { .. } => self.out.push_str(&scalar_text(value)),
            Value::Time(time) => self.out.push_str(&whole_minutes(*time).to_string()),
            Value::List(items) => {
                self.out.push('[');
                let mut first = true;
                for item in items {
                    let before = self.out.len();
                    self.out.push_str(if first { "" } else { ", " });
                    if self.value(item, at, depth + 1) {
                        first = false;
                    } else {
                        self.out.truncate(before);
                    }
                }
                self.out.push(']');
            }
            Value::Map(map) => {
                self.out.push('{');
                let mut first = true;
                for (key, value) in map.iter() {
                    let before = self.out.len();
                    let name = spell_key(key);
                    self.out.push_str(if first { " " } else { ", " });
                    self.out.push_str(&name);
                    self.out.push_str(" = ");
                    if self.value(value, &join(at, &name), depth + 1) {
                        first = false;
                    } else {
                        self.out.truncate(before);
                    }
                }
                self.out.push_str(if first { "}" } else { " }" });
            }
        }
        true
    }

    fn lose(&mut self, at: &str, what: &str) {
        self.diagnostics.push(Diagnostic::warning("lost/metadata", format!("TOML cannot hold the value of `{at}`: {what}")));
    }
}

fn is_table(value: &Value) -> bool {
    matches!(value, Value::Map(_))
}

/// A list of maps only: an array of tables.
fn is_tables(value: &Value) -> bool {
    value.as_list().is_some_and(|items| !items.is_empty() && items.iter().all(is_table))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn spell_key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { key.to_owned() } else { basic(key) }
}

/// A text of many lines stands in three quotes.
fn spell_text(text: &str) -> String {
    if !text.trim_end_matches('\n').contains('\n') {
        return basic(text);
    }
    let mut out = "\"\"\"\n".to_owned();
    escape(text, &mut out, true);
    out.push_str("\"\"\"");
    out
}

fn basic(text: &str) -> String {
    let mut out = "\"".to_owned();
    escape(text, &mut out, false);
    out.push('"');
    out
}

fn escape(text: &str, out: &mut String, lines: bool) {
    for c in text.chars() {
        match c {
            '\n' if lines => out.push('\n'),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => push_escape(out, 'u', c),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(value: &toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text.as_str()),
            toml::Value::Integer(number) => Value::Int(*number),
            toml::Value::Float(number) => Value::Float(*number),
            toml::Value::Boolean(value) => Value::Bool(*value),
            toml::Value::Datetime(time) => crate::resolve_scalar(&time.to_string()),
            toml::Value::Array(items) => Value::List(items.iter().map(read_back).collect()),
            toml::Value::Table(table) => Value::Map(table.iter().map(|(k, v)| (k.as_str().into(), read_back(v))).collect()),
        }
    }

    /// The keys of every map in their alphabetical order, as the checking reader keeps them.
    fn sorted(value: Value) -> Value {
        match value {
            Value::Map(map) => {
                let mut pairs: Vec<_> = map.iter().map(|(k, v)| (k.into(), sorted(v.clone()))).collect();
                pairs.sort_by(|a: &(postferry_doc::Text, Value), b| a.0.cmp(&b.0));
                Value::Map(pairs.into_iter().collect())
            }
            Value::List(items) => Value::List(items.into_iter().map(sorted).collect()),
            other => other,
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let yaml = concat!(
            "title: \"A \\\"quoted\\\" \\\\ title\\u0001\"\n",
            "extra: {note: x, \"a b\": 1, inner: {y: [1, two, 3.5]}}\n",
            "date: 2022-01-11 09:16:54 +0800\nday: 2022-01-11\nbig: 1.0e+20\nempty: ''\n",
            "list: [1, [2, a], {b: c}]\nposts: [{a: 1}, {a: 2, t: {z: no}}]\nnone: []\nnomap: {}\n",
            "text: |\n  one\n  \"\"\"two\\\n\n  three\nf: -.inf\n",
        );
        let value = crate::read_yaml(yaml).expect("valid");
        let (text, diagnostics) = write_toml(value.as_map().expect("a map"));
        assert!(diagnostics.is_empty());
        let table: toml::Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(sorted(read_back(&toml::Value::Table(table))), sorted(value), "{text}");
    }

    #[test]
    fn what_toml_cannot_hold_is_said() {
        let value = crate::read_yaml("a:\nb: [1, ~, 2]\nc: 123456789012345678901234567890\n").expect("valid");
        let (text, diagnostics) = write_toml(value.as_map().expect("a map"));
        assert_eq!(text, "b = [1, 2]\nc = \"123456789012345678901234567890\"\n");
        assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["lost/metadata"; 3]);
    }
}
