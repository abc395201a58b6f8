//! Golden cases: input and every expectation in one file; `UPDATE=1` writes the expectations anew.
//!
//! A case is `tests/golden/*.txt`: sections that begin with a line `=== name argument`. `=== input PATH` sections are
//! the files of a site; the first of them that is a post is converted. The others (`html`, `markdown`, `text`,
//! `diagnostics`) are what must come of it. Every case also gets the checks that cost nothing: the tree is valid, JSON reads
//! back equal, HTML reads back equal, the same bytes come twice, and no prefix of the post panics.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use postferry::{Dialect, Format, MemoryFiles, Outcome, Post, ReadOptions, Site, WriteOptions, plain_text};

struct Case {
    inputs: Vec<(String, String)>,
    expected: Vec<(String, String)>,
}

fn read_case(path: &Path) -> Case {
    let text = std::fs::read_to_string(path).expect("the case can be read");
    let mut case = Case { inputs: Vec::new(), expected: Vec::new() };
    for section in text.split("=== ").skip(1) {
        let (head, body) = section.split_once('\n').expect("a section has a head");
        match head.split_once(' ') {
            Some(("input", path)) => case.inputs.push((path.to_owned(), body.to_owned())),
            _ => case.expected.push((head.to_owned(), body.to_owned())),
        }
    }
    case
}

fn write_case(path: &Path, case: &Case) {
    let mut text = String::new();
    for (name, body) in &case.inputs {
        write!(text, "=== input {name}\n{body}").expect("a string can be written");
    }
    for (name, body) in &case.expected {
        write!(text, "=== {name}\n{body}").expect("a string can be written");
    }
    std::fs::write(path, text).expect("the case can be written");
}

fn options() -> ReadOptions {
    let mut options = ReadOptions::default();
    options.time = postferry::DateTime::parse("2026-01-01T00:00:00+00:00").expect("it is a date");
    options
}

/// Reads the case's post out of its site; `post` replaces its text.
fn read(case: &Case, post: Option<&str>) -> Outcome<Post> {
    let mut files = MemoryFiles::default();
    let target = case.inputs.iter().find(|(path, _)| path.contains("_posts/")).unwrap_or(&case.inputs[0]);
    for (path, text) in &case.inputs {
        let text = if path == &target.0 { post.unwrap_or(text) } else { text };
        files.insert(path, text.as_bytes().to_vec());
    }
    let site = Site::open(std::sync::Arc::new(files), options()).expect("the site can be opened");
    let source = site.sources().iter().find(|s| s.path == target.0).expect("the post is listed");
    match site.read(source) {
        Outcome::Converted(mut post) => {
            postferry::prepare(&mut post);
            Outcome::Converted(post)
        }
        other => other,
    }
}

fn spell(post: &Post, section: &str) -> String {
    let written = WriteOptions::default();
    let mut text = match section {
        "html" => postferry::content_html(&post.document),
        "markdown" => postferry::write(post, Format::Markdown(Dialect::Gfm), &written).text,
        "text" => plain_text(&post.document.blocks),
        "diagnostics" => {
            let markdown = postferry::write(post, Format::Markdown(Dialect::Gfm), &written);
            let all = post.diagnostics.iter().chain(&markdown.diagnostics);
            all.fold(String::new(), |text, d| text + &format!("{} {}: {}\n", d.place.line.unwrap_or(0), d.code, d.message))
        }
        _ => panic!("a golden case has no section `{section}`"),
    };
    if !text.ends_with('\n') && !text.is_empty() {
        text.push('\n');
    }
    text
}

fn check(path: &Path) {
    let mut case = read_case(path);
    let post = read(&case, None).post().unwrap_or_else(|| panic!("{}: no post came of it", path.display()));
    let update = std::env::var_os("UPDATE").is_some();
    let mut expected = std::mem::take(&mut case.expected);
    for (section, body) in &mut expected {
        let spelled = spell(&post, section);
        assert_eq!(spelled, spell(&post, section), "{}: {section} is not the same twice", path.display());
        if update {
            *body = spelled;
        } else {
            assert_eq!(*body, spelled, "{}: {section}", path.display());
        }
    }
    case.expected = expected;
    if update {
        write_case(path, &case);
    }

    post.document.validate().unwrap_or_else(|fault| panic!("{}: {fault:?}", path.display()));
    let json = postferry::write(&post, Format::Json, &WriteOptions::default()).text;
    assert_eq!(postferry::read_json(&json).as_ref(), Ok(&post.document), "{}: JSON does not read back equal", path.display());

    let (name, text) = case.inputs.iter().find(|(p, _)| p.contains("_posts/")).unwrap_or(&case.inputs[0]).clone();
    for (end, _) in text.char_indices() {
        if let Some(post) = read(&case, Some(&text[..end])).post() {
            assert!(post.document.validate().is_ok(), "{name} cut at {end}");
        }
    }
}

#[test]
fn cases_hold() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/golden"));
    let mut cases: Vec<_> =
        std::fs::read_dir(folder).expect("the folder is there").map(|e| e.expect("it can be listed").path()).collect();
    cases.sort();
    assert!(cases.len() >= 5, "the cases are there");
    for case in cases {
        check(&case);
    }
}
