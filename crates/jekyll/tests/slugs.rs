//! Slugs in every mode, held against the shared specification's table.

mod support;

use postferry_jekyll::{SlugMode, slugify};

#[test]
fn slugs_are_jekylls() {
    let Some(text) = support::shared_text("slugify.txt") else { return };
    let (mut input, mut count, mut wrong) = (String::new(), 0, Vec::new());
    for line in text.lines() {
        if !line.starts_with(' ') {
            input = serde_json::from_str(&line.replace("\\#", "#").replace("\\e", "\\u001b")).expect("a quoted text");
            continue;
        }
        let (mode, expected) = line.trim().split_once(' ').expect("a mode and a slug");
        let expected: String = serde_json::from_str(expected.trim().replace("\\#", "#").as_str()).expect("a quoted text");
        let (mode, cased) = match mode.trim_matches('"') {
            "nil" => (SlugMode::Default, false),
            "cased/pretty" => (SlugMode::Pretty, true),
            name => (SlugMode::by_name(name), false),
        };
        count += 1;
        let found = slugify(&input, mode, cased);
        if found != expected {
            wrong.push(format!("{input:?} {mode:?}: {found:?}, Jekyll has {expected:?}"));
        }
    }
    assert!(count >= 28 * 7, "{count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
