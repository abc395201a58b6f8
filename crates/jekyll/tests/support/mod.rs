//! What the tests share: reading of case files.
#![allow(dead_code, reason = "each test uses a part")]

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
