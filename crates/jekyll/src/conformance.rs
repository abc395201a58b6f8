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
    let options =
        SiteOptions { time, yaml: Mode::Jekyll, liquid: LiquidMode::Jekyll, code_frames: true, ..SiteOptions::default() };
    let site = Site::open(Arc::new(memory), options).expect("the files are in memory");
    let number = site.core.number_of("t.md").expect("the page is there");
    let page = site.core.object(number);
    let data = postferry_doc::Map::new();
    let text = template.trim_start_matches('\n');
    let expanded = site.core.expand((number, crate::templates::Part::Content), page, text, &data, ".md", &mut Vec::new());
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

/// The site of `liquid_truth.txt` around a post with a template as its body.
fn site_of_truth(name: &str, template: &str) -> Site {
    let mut memory = MemoryFiles::default();
    let switch = if name == "rwl" { "render_with_liquid: false\n" } else { "" };
    let post = format!("---\ntitle: T\ntags: [a]\nfm: \"{{{{ 1 }}}}\"\n{switch}---\n{template}\n");
    for (path, text) in [
        ("_config.yml", "url: https://x.com\nbaseurl: /b\n"),
        ("_includes/x.html", "INC[{{ include.a }}|{{ include.b }}|{{ page.title }}]\n"),
        ("_includes/sub/y.html", "S\n"),
        ("_posts/rel.txt", "REL\n"),
        ("assets/p.png", ""),
        ("_posts/2020-01-02-other.md", "---\ntitle: O\n---\nother\n"),
        ("_posts/2020-01-01-p.md", &post),
    ] {
        memory.insert(path, text);
    }
    let time = DateTime::parse("2026-11-23T00:00:00Z").expect("it is a date");
    let options =
        SiteOptions { time, yaml: Mode::Jekyll, liquid: LiquidMode::Jekyll, code_frames: true, ..SiteOptions::default() };
    Site::open(Arc::new(memory), options).expect("the files are in memory")
}

/// HTML without what Rouge puts around single tokens.
fn without_tokens(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<span class=\"") {
        out.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        rest = rest.split_once('>').map_or("", |(_, inside)| inside);
    }
    (out + rest).replace("</span>", "")
}

#[test]
fn pages_are_the_html_of_jekyll() {
    let Some(cases) = shared("liquid_truth.txt") else { return };
    let literal = |text: &str| -> String { serde_json::from_str(&text.replace("\\#", "#")).expect("a text") };
    let lines: Vec<&str> = cases.lines().filter(|line| !line.is_empty()).collect();
    let mut wrong = Vec::new();
    for case in lines.chunks_exact(2) {
        let (name, template) = case[0].split_once(' ').expect("a name and a template");
        let expected = case[1].trim().strip_prefix("=> ").expect("an answer");
        let site = site_of_truth(name, &literal(template.trim()));
        let found = site.read(site.source("_posts/2020-01-01-p.md").expect("the post is there"));
        let found = found.post().map(|post| post.content);
        let right = match &found {
            Some(html) => !expected.starts_with("ABORT") && without_tokens(html) == without_tokens(&literal(expected)),
            None => expected.starts_with("ABORT"),
        };
        if !right {
            wrong.push(format!("{name}: {template}\n  Jekyll {expected}\n  here   {found:?}"));
        }
    }
    println!("{} of {} pages are the same", lines.len() / 2 - wrong.len(), lines.len() / 2);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
