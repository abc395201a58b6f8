//! What must hold for any bytes: the body of the fuzz target.

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
        _ => assert_eq!(strict, recovered, "there is nothing to recover"),
    }
    let lines: String = recovered.entries.iter().map(|entry| entry.raw.as_str()).collect::<String>() + &recovered.rest;
    if recovered.status == Status::Parsed && recovered.entries.iter().all(|entry| !entry.raw.is_empty()) {
        assert!(text.ends_with(&lines), "every line belongs to one entry or to the rest");
    }
    let parts: Vec<HeadPart> = recovered.entries.iter().map(HeadPart::Source).collect();
    let _ = write_head(&parts);
    let data = recovered.data();
    let _ = write_yaml(&data);
    let _ = write_toml(&data);
}
