//! Templates in a whole site, held against the shared specification's answers.

use std::sync::Arc;

use postferry_doc::DateTime;
use postferry_frontmatter::Mode;
use serde_json::Value;

use crate::{LiquidMode, MemoryFiles, Site, SiteOptions};

fn shared(name: &str) -> Option<String> {
    let root =
        std::env::var("POSTFERRY_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = format!("{root}/spec/jekyll/{name}");
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("{path} is not there; nothing was compared");
    }
    text
}

/// The cases that answer otherwise, and why.
const EXPECTED: [(&str, &str); 1] =
    [("site_first_post", "the answers were made without rendering the posts first, as a build does before its pages")];

/// A configuration with other values for some keys, each of which stands on lines of its own.
fn config(text: &str, over: &Value) -> String {
    let Some(over) = over.as_object() else { return text.to_owned() };
    let mut out = String::new();
    let mut is_replaced = false;
    for line in text.lines() {
        if !line.starts_with([' ', '-']) {
            is_replaced = line.split(':').next().is_some_and(|key| over.contains_key(key));
        }
        if !is_replaced {
            out.push_str(line);
            out.push('\n');
        }
    }
    over.iter().fold(out, |out, (key, value)| format!("{out}{key}: {value}\n"))
}

/// What Liquid makes of a template on the page `t.md`, or the error.
fn render(files: &Value, case: &Value) -> Result<String, String> {
    let mut memory = MemoryFiles::default();
    for (path, text) in files.as_object().expect("files by path") {
        memory.insert(path, text.as_str().expect("a text"));
    }
    let template = case["template"].as_str().expect("every case has a template");
    memory.insert("t.md", format!("---\n{}\n---\n{template}", case["page"]));
    memory.insert("_config.yml", config(files["_config.yml"].as_str().expect("a text"), &case["site"]));
    memory.set_modified(1_600_000_000);
    let time = DateTime::parse("2026-11-23T00:00:00Z").expect("it is a date");
    let options = SiteOptions { time, yaml: Mode::Jekyll, liquid: LiquidMode::Jekyll, ..SiteOptions::default() };
    let site = Site::open(Arc::new(memory), options).expect("the files are in memory");
    let number = site.core.number_of("t.md").expect("the page is there");
    let page = site.core.object(number);
    let data = postferry_doc::Map::new();
    let text = template.trim_start_matches('\n');
    let expanded = site.core.expand(number, page, text, &data, ".md", &mut Vec::new());
    expanded.map(|expanded| expanded.map_or_else(|| text.to_owned(), |expanded| expanded.text)).map_err(|error| error.message)
}

#[test]
fn templates_are_jekylls() {
    let (Some(cases), Some(files)) = (shared("liquid.jsonl"), shared("liquid_site.json")) else { return };
    let files: Value = serde_json::from_str(&files).expect("it is JSON");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("each line is JSON");
        count += 1;
        let found = render(&files, &case);
        let right = match &found {
            Ok(text) => case["output"].as_str() == Some(text),
            Err(_) => case["error"].is_string(),
        };
        let expected = EXPECTED.iter().find(|(name, _)| case["name"] == *name);
        if let (true, Some((name, reason))) = (right, expected) {
            wrong.push(format!("{name} is right, although {reason}"));
        }
        if !right && expected.is_none() {
            wrong.push(format!("{}: {found:?}, Jekyll has {} {}", case["name"], case["output"], case["error"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
