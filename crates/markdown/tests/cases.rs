//! Golden cases: HTML and the Markdown that each dialect gets. `UPDATE=1` rewrites what is expected.

use std::fmt::Write as _;
use std::path::Path;

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{Dialect, WriteOptions, difference, to_html, write};
use serde_json::{Value, json};

fn document(html: &str) -> Document {
    let reading = read(html, &ReadOptions::default());
    Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() }
}

#[test]
fn cases_are_written_as_expected() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/writer.jsonl");
    let cases = std::fs::read_to_string(&path).expect("the cases are part of the crate");
    let (mut out, mut failures) = (String::new(), String::new());
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("each line is a JSON object");
        let [name, dialect, html, expected] = ["name", "dialect", "html", "md"].map(|key| case[key].as_str().expect("a text"));
        let dialect = Dialect::from_name(dialect).expect("a dialect");
        let tree = document(html);
        let written = write(&tree, &WriteOptions::new(dialect));
        writeln!(out, "{}", json!({"name": name, "dialect": dialect.name(), "html": html, "md": written.text}))
            .expect("a string");
        if written.text != expected {
            writeln!(failures, "{name} ({})\nwanted {expected:?}\ngot    {:?}", dialect.name(), written.text).expect("a string");
        }
        if let Some(lost) = written.diagnostics.iter().find(|d| d.code == "lost/spelling") {
            writeln!(failures, "{name} ({}): {}", dialect.name(), lost.message).expect("a string");
        }
        assert_eq!(written.text, write(&tree, &WriteOptions::new(dialect)).text, "{name}: same input, same bytes");
        if matches!(dialect, Dialect::CommonMark | Dialect::Gfm) && tree.notes.is_empty() {
            let again = document(&to_html(&written.text, dialect));
            if let Some((wanted, got)) = difference(&tree, &again, dialect) {
                writeln!(failures, "{name} reads back as another tree\nwanted {wanted:?}\ngot    {got:?}").expect("a string");
            }
        }
        for end in (0..html.len()).filter(|end| html.is_char_boundary(*end)) {
            write(&document(&html[..end]), &WriteOptions::new(dialect));
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, out).expect("the cases can be written");
    } else {
        assert!(failures.is_empty(), "{failures}");
    }
}
