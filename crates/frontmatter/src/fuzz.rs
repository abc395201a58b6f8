//! What must hold for any bytes and any value: the bodies of the fuzz targets.

use postferry_doc::{Map, Value};

use crate::{HeadPart, Mode, Split, Status, has_yaml_header, read, read_yaml, split, write_head, write_toml, write_yaml};

/// Cuts, reads and writes any bytes, and checks what must hold for each of them.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Split { head, body, body_line, .. } = split(&text);
    assert!(text.ends_with(body), "a body is the end of its text");
    assert_eq!(head.is_some(), body_line > 1, "a body begins on a later line if there is a head");
    assert!(head.is_none() || has_yaml_header(&text), "what has a head has its first line");
    let _ = read_yaml(&text);
    let text = head.unwrap_or(&text);
    let strict = read(text, Mode::Strict, 1);
    let recovered = read(text, Mode::Recover, 1);
    match strict.status {
        Status::Invalid { .. } => assert!(strict.entries.is_empty(), "strictness keeps nothing"),
        _ => assert_eq!(format!("{strict:?}"), format!("{recovered:?}"), "there is nothing to recover"),
    }
    let lines: String = recovered.entries.iter().map(|entry| entry.raw.as_str()).collect::<String>() + &recovered.rest;
    if recovered.status == Status::Parsed && recovered.entries.iter().all(|entry| !entry.raw.is_empty()) {
        assert!(text.ends_with(&lines), "every line belongs to one entry or to the rest");
    }
    let parts: Vec<HeadPart> = recovered.entries.iter().map(HeadPart::Source).collect();
    let written = write_head(&parts);
    if is_plain(&recovered.data(), 0) {
        assert!(read_yaml(&written.text).is_ok(), "a head that is written is one:\n{}", written.text);
    }
    check_any_map(&recovered.data());
}

/// Writes any map, and checks that it reads back the same.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_map(map: &Map) {
    let text = write_yaml(map);
    if !map.is_empty() && is_plain(map, 0) {
        let written = read_yaml(&text).unwrap_or_else(|error| panic!("what is written is YAML: {error:?}\n{text}"));
        // Compared as texts: a float that is no number equals nothing.
        assert_eq!(format!("{:?}", Value::Map(map.clone())), format!("{written:?}"), "YAML reads back the same:\n{text}");
    }
    let _ = write_toml(map);
}

/// Whether YAML can hold a map: no key that merges whatever its quotes, nothing nested so deep that it is left out.
fn is_plain(map: &Map, depth: usize) -> bool {
    map.iter().all(|(key, value)| key != "<<" && is_shallow(value, depth))
}

fn is_shallow(value: &Value, depth: usize) -> bool {
    match value {
        Value::List(items) => depth < 40 && items.iter().all(|item| is_shallow(item, depth + 1)),
        Value::Map(map) => depth < 40 && is_plain(map, depth + 1),
        // YAML's years have four digits, and its offsets no seconds.
        Value::Time(time) => (0..=9999).contains(&time.year) && time.offset % 60 == 0,
        Value::Date { year, .. } => (0..=9999).contains(year),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::String(_) => true,
    }
}
