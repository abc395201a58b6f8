//! The shared fragments: each is written, read by pulldown-cmark, and must be the tree it came from.
//!
//! `fragments.expect` lists those that are not, each with its reason. Without the shared data the test passes with a note.

use std::collections::BTreeMap;
use std::path::PathBuf;

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{Dialect, WriteOptions, difference, to_html, write};
use serde_json::Value;

fn shared() -> PathBuf {
    std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from)
}

fn document(html: &str) -> Document {
    let reading = read(html, &ReadOptions::default());
    Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() }
}

#[test]
fn fragments_read_back() {
    let expected: BTreeMap<&str, &str> = include_str!("fragments.expect").lines().filter_map(|l| l.split_once(": ")).collect();
    let mut failed = BTreeMap::new();
    for set in ["hard", "cmspec", "english", "rails"] {
        let path = shared().join("corpora/fragments").join(format!("{set}.jsonl"));
        let Ok(lines) = std::fs::read_to_string(&path) else {
            println!("{} is not there: nothing to check", path.display());
            return;
        };
        for line in lines.lines() {
            let fragment: Value = serde_json::from_str(line).expect("each line is a JSON object");
            let (id, html) = (fragment["id"].as_str().expect("an id"), fragment["html"].as_str().expect("HTML"));
            let tree = document(html);
            for dialect in [Dialect::Gfm, Dialect::CommonMark] {
                let written = write(&tree, &WriteOptions::new(dialect));
                let lost = written.diagnostics.iter().any(|d| d.code == "lost/spelling");
                let again = document(&to_html(&written.text, dialect));
                if let Some((wanted, got)) = difference(&tree, &again, dialect).filter(|_| tree.notes.is_empty()) {
                    failed.insert(format!("{}/{id}", dialect.name()), format!("wanted {wanted:?}, got {got:?}"));
                } else if lost {
                    failed.insert(format!("{}/{id}", dialect.name()), "it is said to have no spelling".to_owned());
                }
            }
        }
    }
    let surprises: Vec<_> = failed.iter().filter(|(id, _)| !expected.contains_key(id.as_str())).collect();
    assert!(surprises.is_empty(), "{surprises:#?}");
    let cured: Vec<_> = expected.keys().filter(|id| !failed.contains_key(**id)).collect();
    assert!(cured.is_empty(), "these are the same now: {cured:?}");
}
