//! Writes YAML in readable block style.
//!
//! The spelling is our own, because no library's is enough: serde_yaml writes the texts `2022-01-11`, `12:30` and
//! `1,000` without quotes, and SafeYAML would read a date and two numbers. serde_yaml is the second reader that checks
//! what was written ([`crate::write_head`], and the tests of this file).

use postferry_doc::{DateTime, Map, Value};

use crate::number::ruby_float;
use crate::scalar::try_resolve;

/// How deep values are written; what is nested deeper is written as null. Readers take 255.
const DEPTH: usize = 250;

/// The longest key that stands before its colon on one line, in bytes; YAML allows 1,024 characters.
const KEY: usize = 1_000;

/// Writes a map as YAML without `---` lines, in its order.
///
/// SafeYAML and readers of YAML 1.1 and 1.2 read it back the same: a text has quotes where any of them would take it
/// for something else. A time is written as RFC 3339 with its offset. An empty map is an empty text.
///
/// ```
/// use postferry_doc::{Map, Value};
///
/// let mut map = Map::new();
/// map.insert("title", Value::from("Foo: bar"));
/// map.insert("tags", Value::List(vec![Value::from("a"), Value::from("1.10")]));
/// assert_eq!(postferry_frontmatter::write_yaml(&map), "title: \"Foo: bar\"\ntags:\n  - a\n  - \"1.10\"\n");
/// ```
pub fn write_yaml(map: &Map) -> String {
    let mut writer = Writer { out: String::new() };
    for (key, value) in map.iter() {
        writer.pair(key, value, 0, 0);
    }
    writer.out
}

/// Writes one entry of the top level.
pub(crate) fn write_pair(key: &str, value: &Value) -> String {
    let mut writer = Writer { out: String::new() };
    writer.pair(key, value, 0, 0);
    writer.out
}

/// A value that fits on the line of its key; none for lists, maps and texts of many lines.
pub(crate) fn inline(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(digits) => digits.to_string(),
        Value::Float(number) if number.is_nan() => ".nan".to_owned(),
        Value::Float(number) if number.is_infinite() => if *number > 0.0 { ".inf" } else { "-.inf" }.to_owned(),
        Value::Float(number) => ruby_float(*number),
        Value::String(text) if fits_block(text) => return None,
        Value::String(text) if is_plain(text) => text.to_string(),
        Value::String(text) => quoted(text),
        Value::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
        Value::Time(time) => whole_minutes(*time).to_string(),
        Value::List(items) if items.is_empty() => "[]".to_owned(),
        Value::Map(map) if map.is_empty() => "{}".to_owned(),
        Value::List(_) | Value::Map(_) => return None,
    })
}

/// The same moment at an offset of whole minutes, which is all that can be written.
pub(crate) fn whole_minutes(time: DateTime) -> DateTime {
    if time.offset % 60 == 0 {
        return time;
    }
    DateTime::from_unix(time.unix_seconds(), time.nanosecond, time.offset / 60 * 60)
}

struct Writer {
    out: String,
}

impl Writer {
    /// A pair whose key begins at the end of what is written, at column `indent`.
    fn pair(&mut self, key: &str, value: &Value, indent: usize, depth: usize) {
        let key = if is_plain(key) { key.to_owned() } else { quoted(key) };
        if key.len() > KEY {
            self.out.push_str("? ");
            self.out.push_str(&key);
            self.out.push('\n');
            self.indent(indent);
        } else {
            self.out.push_str(&key);
        }
        self.out.push(':');
        self.value(value, indent, depth);
    }

    /// A value after `:`, with its line feed.
    fn value(&mut self, value: &Value, indent: usize, depth: usize) {
        if depth >= DEPTH && matches!(value, Value::List(_) | Value::Map(_)) {
            self.out.push_str(" null\n");
            return;
        }
        if let Some(text) = inline(value) {
            self.out.push(' ');
            self.out.push_str(&text);
            self.out.push('\n');
            return;
        }
        match value {
            Value::List(items) => {
                self.out.push('\n');
                for item in items {
                    self.indent(indent + 2);
                    self.item(item, indent + 2, depth + 1);
                }
            }
            Value::Map(map) => {
                self.out.push('\n');
                for (key, value) in map.iter() {
                    self.indent(indent + 2);
                    self.pair(key, value, indent + 2, depth + 1);
                }
            }
            _ => {
                self.out.push(' ');
                self.block_text(value.as_str().unwrap_or_default(), indent + 2);
            }
        }
    }

    /// An item of a list whose `-` stands at column `indent`.
    fn item(&mut self, value: &Value, indent: usize, depth: usize) {
        self.out.push('-');
        match value {
            Value::List(items) if !items.is_empty() && depth < DEPTH => {
                for (at, item) in items.iter().enumerate() {
                    if at == 0 {
                        self.out.push(' ');
                    } else {
                        self.indent(indent + 2);
                    }
                    self.item(item, indent + 2, depth + 1);
                }
            }
            Value::Map(map) if !map.is_empty() && depth < DEPTH => {
                for (at, (key, value)) in map.iter().enumerate() {
                    if at == 0 {
                        self.out.push(' ');
                    } else {
                        self.indent(indent + 2);
                    }
                    self.pair(key, value, indent + 2, depth + 1);
                }
            }
            _ => self.value(value, indent, depth),
        }
    }

    /// `|` and the lines of a text.
    fn block_text(&mut self, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        self.out.push_str(match text.len() - body.len() {
            0 => "|-\n",
            1 => "|\n",
            _ => "|+\n",
        });
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }

    fn indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }
}

/// Says whether a text of many lines can be written as a literal block and read back by every reader.
fn fits_block(text: &str) -> bool {
    let inner = text.trim_end_matches('\n');
    text.contains('\n')
        && inner.chars().next().is_some_and(|c| !c.is_whitespace())
        && text.chars().all(|c| c == '\n' || is_printable(c))
        && !inner.split('\n').any(|line| !line.is_empty() && line.trim().is_empty())
}

/// Says whether a text can be written without quotes: no reader of YAML 1.1 or 1.2, nor SafeYAML, takes it for
/// anything but this text.
pub(crate) fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let edges = first.is_whitespace() || text.ends_with(char::is_whitespace);
    if edges || "-?:,[]{}#&*!|>'\"%@`=~".contains(first) || text == "<<" || !text.chars().all(is_printable) {
        return false;
    }
    let bytes = text.as_bytes();
    let space = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\t'));
    // As a key of the top level it would end the document.
    if text.starts_with("...") && space(3) {
        return false;
    }
    let splits = bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' => space(at + 1),
        b'#' => space(at.wrapping_sub(1)),
        _ => false,
    });
    !splits && !looks_special(text)
}

/// Says whether some reader may take a plain text for a number, a date, a truth value or nothing: SafeYAML, readers
/// of YAML 1.1 (PyYAML, js-yaml 3, go-yaml) and of YAML 1.2.
pub(crate) fn looks_special(text: &str) -> bool {
    const WORDS: [&str; 4] = ["y", "n", "+.inf", "-.nan"];
    if !matches!(try_resolve(text), Ok(Value::String(_))) || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | ',')) {
        return false;
    }
    let cleaned: String = unsigned.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    let lower = cleaned.to_ascii_lowercase();
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)]
        .iter()
        .any(|(prefix, radix)| lower.strip_prefix(prefix).is_some_and(|digits| digits.chars().all(|c| c.is_digit(*radix))));
    let sixties = cleaned.contains(':') && cleaned.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    radix || sixties || cleaned.parse::<f64>().is_ok() || begins_with_moment(text)
}

/// `2022-1-11` alone, or with hour, minute and second behind it.
fn begins_with_moment(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let (Some(year), Some(month), Some(rest)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let day = rest.bytes().take_while(u8::is_ascii_digit).count();
    let time = rest[day..].trim_start_matches(['T', 't', ' ', '\t']);
    let colons = time.split([' ', 'Z', 'z', '+', '-']).next().unwrap_or("").matches(':').count();
    year.len() == 4 && digits(year, 4) && digits(month, 2) && (1..=2).contains(&day) && (day == rest.len() || colons == 2)
}

/// A text in quotes: single ones where that saves escapes, else double ones.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) && text.chars().all(is_printable) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c => push_escape(&mut out, 'U', c),
        }
    }
    out.push('"');
    out
}

/// Writes an escape of the four digits of `\u`, or of eight after `long` where a character needs more.
pub(crate) fn push_escape(out: &mut String, long: char, c: char) {
    let code = c as u32;
    let (letter, digits) = if code < 0x1_0000 { ('u', 4) } else { (long, 8) };
    out.push('\\');
    out.push(letter);
    out.extend((0..digits).rev().filter_map(|digit| char::from_digit(code >> (4 * digit) & 15, 16)));
}

/// Says whether a character may stand in YAML as itself and is no line break of any version.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::second::{agrees, as_second_reader};

    fn values() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            "[ -~]{0,12}",
            "[-0-9.,:_+xeTZ ]{0,12}",
            "[a-z:# \n\t'\"\\\\]{0,20}",
            "\\PC{0,8}",
            any::<String>().prop_map(|s| s.chars().take(8).collect()),
            prop::sample::select(vec![
                "yes", "No", "y", "null", "~", ".inf", "-.INF", "1e3", "0o17", "0x1F", "2022-1-1", "<<", "=", "---", "...",
                "- a", "? a", "a: b", "a #b"
            ])
            .prop_map(str::to_owned),
        ];
        let leaf = prop_oneof![
            1 => Just(Value::Null),
            1 => any::<bool>().prop_map(Value::Bool),
            1 => any::<i64>().prop_map(Value::Int),
            1 => any::<f64>().prop_filter("NaN is not itself", |f| !f.is_nan()).prop_map(Value::Float),
            4 => text.prop_map(|s| Value::String(s.into())),
            1 => (0_i64..4_000_000_000, -14_i32..14, 0_u32..1_000_000_000)
                .prop_map(|(s, o, n)| Value::Time(DateTime::from_unix(s, n, o * 1800))),
            1 => (0_i64..4_000_000_000).prop_map(|s| {
                let day = DateTime::from_unix(s, 0, 0);
                Value::Date { year: day.year, month: day.month, day: day.day }
            }),
        ];
        leaf.prop_recursive(4, 24, 5, |inner| {
            prop_oneof![prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List), maps(inner).prop_map(Value::Map)]
        })
    }

    fn maps(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map> {
        let key = prop_oneof![4 => "[a-z_]{1,8}", 1 => "[ -~]{1,8}", 1 => "\\PC{0,6}"];
        prop::collection::vec((key, value), 0..5).prop_map(|pairs| {
            // `<<` merges whatever its quotes: no spelling makes it a key.
            pairs.into_iter().filter(|(key, _)| key != "<<").map(|(key, value)| (key.into(), value)).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back_the_same(map in maps(values())) {
            let text = write_yaml(&map);
            let want = if map.is_empty() { Value::Null } else { Value::Map(map.clone()) };
            prop_assert_eq!(crate::read_yaml(&text), Ok(want), "{}", &text);
            prop_assert!(map.is_empty() || agrees(&Value::Map(map.clone()), &as_second_reader(&text).expect("readable")), "{}", &text);
        }
    }

    #[test]
    fn quotes_only_where_needed() {
        let plain = [
            "A title",
            "C#",
            "a:b",
            "中文：测试",
            "100% sure",
            "v1.0",
            "it's",
            "a - b",
            "3 posts",
            "1.1.1",
            "2013-08-22 21:58",
            "01d1a1c1-b3ab",
            "2022-01",
            "http://x.com/?a=b#c",
        ];
        let not_plain = [
            "",
            " a",
            "a ",
            "yes",
            "1",
            "1.10",
            "2022-01-11",
            "12:30",
            "1,000",
            "a: b",
            "a #b",
            "@a",
            "a:",
            "- a",
            "0x1F",
            "1e3",
            "y",
            "... and so on",
        ];
        assert_eq!(plain.iter().filter(|text| !is_plain(text)).collect::<Vec<_>>(), Vec::<&&str>::new());
        assert_eq!(not_plain.iter().filter(|text| is_plain(text)).collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    #[test]
    fn nesting_is_bounded() {
        let mut value = Value::Null;
        for _ in 0..2_000 {
            value = Value::List(vec![value]);
        }
        let text = write_pair("a", &value);
        assert!(crate::read_yaml(&text).is_ok());
        // Dropping it is not our recursion; a shallow end keeps this test to what is written.
        while let Value::List(mut items) = value {
            value = items.pop().unwrap_or_default();
        }
    }
}
