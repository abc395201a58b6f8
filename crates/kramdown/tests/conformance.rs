//! kramdown's own suite, from the shared data: every case is equal but those the expectations file names.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kramdown::{Options, Parser, Version};
use serde_json::Value;

/// The cases that differ with 2.5's behaviour and with 2.4's, each with the reason.
const EXPECTATIONS: &str = include_str!("conformance.json");

#[test]
fn kramdowns_own_suite_with_2_5() {
    check(Version::V2_5, "2.5");
}

#[test]
fn kramdowns_own_suite_with_2_4() {
    check(Version::V2_4, "2.4");
}

fn check(version: Version, name: &str) {
    let Some(shared) = common::shared() else { return };
    let expectations: Value = serde_json::from_str(EXPECTATIONS).expect("JSON");
    let expected: BTreeMap<String, String> = ["always", name]
        .iter()
        .flat_map(|part| expectations[part].as_object().expect("cases with reasons"))
        .map(|(case, reason)| (case.clone(), reason.to_string()))
        .collect();
    let folder = shared.join("conformance/kramdown");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let mut differing = Vec::new();
    let mut count = 0;
    for file in files {
        let html = file.with_extension("html");
        let Ok(html) = std::fs::read_to_string(html) else { continue };
        count += 1;
        let case = file.strip_prefix(&folder).expect("below the folder").with_extension("");
        let case = case.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).expect("text");
        let options = options(&file, &case, version);
        if kramdown::to_html(&text, &options).html != html {
            differing.push(case);
        }
    }
    println!("{count} cases, {} differ", differing.len());
    let unexpected: Vec<&String> = differing.iter().filter(|case| !expected.contains_key(*case)).collect();
    let repaired: Vec<&String> = expected.keys().filter(|case| !differing.contains(case)).collect();
    assert!(unexpected.is_empty(), "differ: {unexpected:#?}");
    assert!(repaired.is_empty(), "are equal by now: {repaired:#?}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "text") {
            files.push(path);
        }
    }
}

/// The options of a case: its own, its folder's, or the suite's.
fn options(file: &Path, case: &str, version: Version) -> Options {
    let mut options = Options::kramdown();
    options.version = version;
    if case.starts_with("gfm") {
        options.parser = Parser::Gfm;
    }
    let own = std::fs::read_to_string(file.with_extension("options"))
        .or_else(|_| std::fs::read_to_string(file.with_file_name("options")));
    let own = own.unwrap_or_else(|_| ":auto_ids: false\n:footnote_nr: 1\n".to_owned());
    for (name, value) in pairs(&own) {
        options.set(&name, &value).expect("an option of kramdown");
    }
    options
}

/// The pairs of a YAML map; maps below it become flow maps.
fn pairs(yaml: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = yaml.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut found = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        let (name, value) = line.trim().trim_start_matches(':').split_once(':').expect("a pair");
        let depth = |line: &str| line.len() - line.trim_start().len();
        let (below, after) = after.split_at(after.iter().take_while(|below| depth(below) > depth(line)).count());
        let value = if below.is_empty() {
            value.trim().to_owned()
        } else {
            let inner = pairs(&below.join("\n"));
            let inner: Vec<_> = inner.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
            format!("{{{}}}", inner.join(", "))
        };
        found.push((name.to_owned(), value));
        rest = after;
    }
    found
}
