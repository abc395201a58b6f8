//! Names, defaults, categories, tags, dates and URLs, held against the shared specification's cases.

mod support;

use std::sync::Arc;

use postferry_jekyll::{LiquidMode, MemoryFiles, Outcome, Post, Site};
use serde_json::{Value, json};
use support::{plain, shared_json_lines, strict_options};

fn read(case: &Value) -> Outcome<Post> {
    let mut files = MemoryFiles::default();
    files.insert("_config.yml", case["config"].as_str().unwrap_or_default());
    let path = case["path"].as_str().expect("every case has a path");
    files.insert(path, case["text"].as_str().expect("every case has a text"));
    files.set_modified(1_600_000_000);
    let site = Site::open(Arc::new(files), strict_options()).expect("the files are in memory");
    match site.source(path) {
        Some(source) => site.read(source),
        None => Outcome::Skipped { reason: "not read".to_owned() },
    }
}

/// The differences between what was read and what Jekyll has.
fn differences(case: &Value, outcome: &Outcome<Post>) -> Vec<String> {
    let post = match outcome {
        Outcome::Converted(post) if post.url_error.is_some() && case["error"].is_string() => return Vec::new(),
        Outcome::Converted(post) => post,
        Outcome::Skipped { reason } if case["skipped"].is_string() || case["collection"] == "static_files" => {
            let _ = reason;
            return Vec::new();
        }
        Outcome::Failed { .. } if case["error"].is_string() => return Vec::new(),
        Outcome::Skipped { reason } => return vec![format!("skipped: {reason}")],
        Outcome::Failed { diagnostics } => return vec![format!("failed: {diagnostics:?}")],
    };
    if case["skipped"].is_string() || case["error"].is_string() {
        return vec![format!("read, but Jekyll says {} {}", case["skipped"], case["error"])];
    }
    let is_page = post.collection == "pages";
    let list = |values: &[postferry_doc::Value]| Value::Array(values.iter().map(plain).collect());
    let mut found = json!({
        "collection": post.collection,
        "slug": plain(&post.slug),
        "title": plain(&post.title),
        "categories": post.data.get("categories").map_or_else(|| list(&post.categories), plain),
        "tags": post.data.get("tags").map_or_else(|| list(&post.tags), plain),
        "output_ext": post.output_extension,
        "url": post.url,
        "dest": post.destination,
    });
    if !is_page {
        found["date"] = json!(post.date.map(|date| date.to_string()));
        found["ext"] = json!(post.extension);
        found["id"] = json!(post.id);
        found["draft"] = json!(post.is_draft);
        found["data"] = plain(&postferry_doc::Value::Map(post.data.clone()));
    }
    let empty = |value: &Value| {
        value.is_null() || *value == json!([]) || *value == json!("") || *value == json!({}) || *value == json!(false)
    };
    let found = found.as_object().expect("it was made as one");
    found
        .iter()
        .filter(|(key, value)| **value != case[key] && !(empty(value) && empty(&case[key])))
        .map(|(key, value)| format!("{key}: {value}, Jekyll has {}", case[key]))
        .collect()
}

fn compare(name: &str, least: usize) {
    let cases = shared_json_lines(name);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = differences(case, &read(case));
        if !found.is_empty() {
            wrong.push(format!("{} {} {}: {}", case["name"], case["style"], case["path"], found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.is_empty() || cases.len() >= least);
}

#[test]
fn names_are_jekylls() {
    compare("naming.jsonl", 297);
}

#[test]
fn permalinks_are_jekylls() {
    let cases = shared_json_lines("permalinks.jsonl");
    let mut wrong = Vec::new();
    for case in &cases {
        let outcome = read(case);
        let found = match &outcome {
            Outcome::Converted(post) if post.url_error.is_some() => json!("error"),
            Outcome::Converted(post) => json!([post.url, post.destination]),
            Outcome::Failed { .. } => json!("error"),
            Outcome::Skipped { reason } => json!(reason),
        };
        let expected = if case["error"].is_string() { json!("error") } else { json!([case["url"], case["dest"]]) };
        if found != expected {
            wrong.push(format!("{} {}: {found}, Jekyll has {expected}", case["style"], case["path"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn dates_of_heads_are_jekylls() {
    let cases = support::shared_json("dates.json");
    let mut wrong = Vec::new();
    for case in cases.as_array().map(Vec::as_slice).unwrap_or_default() {
        for zone in ["UTC", "Asia/Shanghai", "America/New_York"] {
            let text = format!("---\ndate: {}\n---\n", case["date"].as_str().expect("a spelling"));
            let site =
                json!({"config": format!("timezone: {zone}\nfuture: true\n"), "path": "_posts/2020-01-01-x.md", "text": text});
            let found = match read(&site) {
                Outcome::Converted(post) => post.date.map(|date| date.to_string()),
                _ => None,
            };
            let expected = case[zone].as_str().expect("an answer");
            // `TODAY` and `HH` stand for the clock at the time of the run.
            let right = match &found {
                None => expected.starts_with("ABORT"),
                Some(date) => {
                    let date = format!("{} {} {}{}", &date[..10], &date[11..19], &date[19..22], &date[23..]);
                    let today = expected.starts_with("TODAY");
                    let hour = expected.contains("HH:");
                    if hour {
                        date[13..] == expected[8..]
                    } else if today {
                        date[10..] == expected[5..]
                    } else {
                        date == expected
                    }
                }
            };
            if !right {
                wrong.push(format!("{} in {zone}: {found:?}, Jekyll has {expected}", case["date"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_with_odd_delimiters_are_what_jekyll_takes_them_for() {
    let mut wrong = Vec::new();
    for case in shared_json_lines("frontmatter_delims.jsonl") {
        let path = case["file"].as_str().expect("every case has a file");
        let bytes = match case["text"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => support::from_base64(case["base64"].as_str().expect("text or bytes")),
        };
        let files = MemoryFiles::from_iter([(path, bytes)]);
        let site = Site::open(Arc::new(files), strict_options()).expect("the files are in memory");
        let source = site.source(path).expect("every file is listed");
        let (found, post) = match site.read(source) {
            Outcome::Converted(post) if post.collection == "pages" => (json!("page"), Some(post)),
            Outcome::Converted(post) => (json!("post"), Some(post)),
            Outcome::Skipped { .. } if source.kind == postferry_jekyll::SourceKind::Asset => (json!("static"), None),
            Outcome::Skipped { .. } => (json!("skipped"), None),
            Outcome::Failed { .. } => (json!("error"), None),
        };
        let expected = if case["error"].is_string() { json!("error") } else { case["kind"].clone() };
        if found != expected {
            wrong.push(format!("{}: {found}, Jekyll has {expected}", case["name"]));
        }
        let Some(post) = post else { continue };
        if case["url"].as_str() != Some(post.url.as_str()) || case["title"] != plain(&post.title) {
            wrong.push(format!("{}: {} {:?}, Jekyll has {} {}", case["name"], post.url, post.title, case["url"], case["title"]));
        }
        if case["content"].is_string() && case["content"].as_str() != Some(post.body.as_str()) {
            wrong.push(format!("{}: {:?}, Jekyll has {}", case["name"], post.body, case["content"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_tolerant_reading_goes_on_where_jekyll_ends_the_build() {
    for (text, url) in [
        ("---\ndate: ~\n---\nx\n", "/2020/01/02/x.html"),
        ("---\ndate: nope\n---\nx\n", "/2020/01/02/x.html"),
        ("---\nslug: 42\n---\nx\n", "/2020/01/02/42.html"),
        ("---\npermalink: /:nope/\n---\nx\n", "/2020/01/02/x.html"),
        ("---\ncategories: 5\n---\nx\n", "/5/2020/01/02/x.html"),
    ] {
        let files = MemoryFiles::from_iter([("_posts/2020-01-02-x.md", text)]);
        let mut options = strict_options();
        options.liquid = LiquidMode::Tolerant;
        let site = Site::open(Arc::new(files), options).expect("the files are in memory");
        let Outcome::Converted(post) = site.read(&site.sources()[0]) else { panic!("{text:?} is not read") };
        assert_eq!(post.url, url, "{text:?}");
        assert_eq!(post.diagnostics.len(), 1, "{text:?}");
    }
}
