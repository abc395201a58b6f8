//! What the tests share: reading of case files.
#![allow(dead_code, reason = "each test uses a part")]

use postferry_doc::DateTime;
use postferry_frontmatter::Mode;
use postferry_jekyll::{LiquidMode, SiteOptions};
use serde_json::Value;

/// Reads a file of this crate's cases, one JSON value a line.
pub fn json_lines(name: &str) -> Vec<Value> {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    parse_lines(&text)
}

/// Reads a file of the shared specification; says so and gives nothing where it is not there.
pub fn shared_text(name: &str) -> Option<String> {
    let root =
        std::env::var("POSTFERRY_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = format!("{root}/spec/jekyll/{name}");
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("{path} is not there; nothing was compared");
    }
    text
}

/// Reads a shared file of JSON lines.
pub fn shared_json_lines(name: &str) -> Vec<Value> {
    shared_text(name).map(|text| parse_lines(&text)).unwrap_or_default()
}

/// Reads a shared JSON file.
pub fn shared_json(name: &str) -> Value {
    shared_text(name).map_or(Value::Null, |text| serde_json::from_str(&text).expect("it is JSON"))
}

fn parse_lines(text: &str) -> Vec<Value> {
    text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

/// Reads as Jekyll reads, at the time of the shared answers.
pub fn strict_options() -> SiteOptions {
    let mut options = SiteOptions::default();
    options.time = DateTime::parse("2026-11-23T00:00:00Z").expect("it is a date");
    options.yaml = Mode::Jekyll;
    options.liquid = LiquidMode::Jekyll;
    options.decode = false;
    options
}

/// A metadata value as plain JSON: dates and times as texts.
pub fn plain(value: &postferry_doc::Value) -> Value {
    use postferry_doc::Value as V;
    match value {
        V::Null => Value::Null,
        V::Bool(value) => (*value).into(),
        V::Int(number) => (*number).into(),
        V::BigInt(digits) => serde_json::from_str(digits).unwrap_or_else(|_| digits.as_str().into()),
        V::Float(number) => (*number).into(),
        V::String(text) => text.as_str().into(),
        V::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}").into(),
        V::Time(time) => time.to_string().into(),
        V::List(list) => list.iter().map(plain).collect(),
        V::Map(map) => map.iter().map(|(key, value)| (key.to_owned(), plain(value))).collect::<serde_json::Map<_, _>>().into(),
    }
}

/// Decodes base64.
pub fn from_base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for c in text.bytes().filter(|c| *c != b'=' && !c.is_ascii_whitespace()) {
        bits = bits << 6 | u32::from(digit(c));
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    out
}
