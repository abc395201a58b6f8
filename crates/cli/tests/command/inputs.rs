//! What can be converted: posts, folders, sites, standard input, several of them.

use crate::place::{Place, post};

#[test]
fn standard_input_is_a_post() {
    let place = Place::new("stdin");
    let run = place.run_with("convert - --to markdown --out -", post("Hello", "Some *text*.").as_bytes());
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.starts_with("---\ntitle: Hello\ndate: 2022-01-11T09:16:54+08:00\n"), "{}", run.out);
    assert!(run.out.ends_with("---\n\nSome *text*.\n"), "{}", run.out);
    assert_eq!(place.names("."), [""; 0], "nothing is left in the folder");
}

#[test]
fn standard_input_may_be_a_page() {
    let place = Place::new("stdin-html");
    let page = "<!DOCTYPE html><html><head><title>T</title></head><body><h2>One</h2><p>2 * 3</p></body></html>";
    let run = place.run_with("convert - --to markdown --out -", page.as_bytes());
    assert!(run.out.contains("## One\n\n2 * 3\n"), "{}", run.out);
    let run = place.run_with("convert - --to markdown --out - --input-format html", b"<p>*a*</p>");
    assert!(run.out.contains("*a\\*"), "{}", run.out);
    let run = place.run_with("convert - --to markdown --out - --input-format markdown", b"*a*\n");
    assert!(run.out.ends_with("*a*\n"), "{}", run.out);
}

#[test]
fn empty_input_is_a_post_without_content() {
    let place = Place::new("stdin-empty");
    let run = place.run_with("convert - --to json --out -", b"");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("\"blocks\": []"), "{}", run.out);
}

#[test]
fn a_folder_of_loose_posts_is_no_site() {
    let place = Place::new("loose");
    place.put("posts/2022-01-11-a.md", post("A", "one"));
    place.put("posts/deep/er/b.html", post("B", "<p>two</p>"));
    place.put("posts/2999-01-01-later.md", "---\ntitle: Later\n---\nthree\n");
    place.put("posts/draft.md", "---\ntitle: Draft\npublished: false\n---\nfour\n");
    place.put("posts/note.txt", "no head\n");
    place.put("posts/picture.png", "no post");
    let run = place.run("convert posts --to markdown --out out");
    assert_eq!(run.status, 0, "{}", run.err);
    let expected = ["2022-01-11-a.md", "2999-01-01-later.md", "deep/er/b.md", "draft.md", "note.md"];
    assert_eq!(place.names("out"), expected, "loose posts are all wanted");
}

#[test]
fn what_jekyll_leaves_out_of_a_site_is_skipped_with_its_reason() {
    let place = Place::new("site");
    place.put("site/_config.yml", "title: S\ntimezone: UTC\n");
    place.put("site/_posts/2022-01-11-a.md", post("A", "one"));
    place.put("site/_posts/2999-01-01-later.md", "---\ntitle: Later\n---\ntwo\n");
    place.put("site/_posts/2022-01-12-hidden.md", "---\ntitle: Hidden\npublished: false\n---\nthree\n");
    place.put("site/_posts/no-date.md", post("No date", "four"));
    place.put("site/_drafts/idea.md", "---\ntitle: Idea\n---\nfive\n");
    place.put("site/about.md", "---\ntitle: About\n---\nsix\n");
    let run = place.run("convert site --to markdown --out out --report report.jsonl");
    assert_eq!((run.status, place.names("out")), (0, vec!["_posts/2022-01-11-a.md".to_owned()]), "{}", run.err);
    let report = place.text("report.jsonl");
    let outcome = |path: &str| {
        let mut lines = report.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"));
        lines.find(|line| line["path"] == path).map(|line| (line["outcome"].clone(), line["reason"].clone()))
    };
    for path in ["_posts/2999-01-01-later.md", "_posts/2022-01-12-hidden.md", "about.md"] {
        let (outcome, reason) = outcome(path).unwrap_or_else(|| panic!("{path} has an outcome in\n{report}"));
        assert!(outcome == "skipped" && reason.as_str().is_some_and(|r| !r.is_empty()), "{path}: {outcome} {reason}");
    }
    let run = place.run("convert site --to markdown --out all --future --unpublished --drafts --pages");
    assert_eq!(run.status, 0, "{}", run.err);
    let all = place.names("all");
    for name in ["_posts/2999-01-01-later.md", "_posts/2022-01-12-hidden.md", "_drafts/idea.md", "about.md"] {
        assert!(all.iter().any(|n| n == name), "{name}: {all:?}");
    }
}

#[test]
fn several_inputs_lie_in_folders_of_their_own() {
    let place = Place::new("several");
    place.put("one/_config.yml", "title: One\n");
    place.put("one/_posts/2022-01-11-a.md", post("A", "one"));
    place.put("deep/one/a.md", post("A", "other"));
    place.put("alone.md", post("Alone", "alone"));
    let run = place.run("convert one deep/one alone.md --to markdown --out out");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.names("out"), ["alone.md", "one-2/a.md", "one/_posts/2022-01-11-a.md"]);
}

#[test]
fn what_nothing_here_reads_is_skipped() {
    let place = Place::new("textile");
    place.put("posts/a.textile", "h1. A\n");
    place.put("posts/b.md", post("B", "two"));
    let run = place.run("convert posts posts/a.textile --to markdown --out out --report report.jsonl");
    assert_eq!((run.status, place.names("out")), (0, vec!["posts/b.md".to_owned()]), "{}", run.err);
    let skipped = place.text("report.jsonl").lines().filter(|l| l.contains("no converter for .textile")).count();
    assert_eq!(skipped, 2);
}

#[test]
fn an_archive_is_refused() {
    let place = Place::new("archive");
    for name in ["site.zip", "site.tar", "site.tar.gz", "site.tgz"] {
        place.put(name, b"PK\x03\x04");
        let run = place.run(&format!("convert {name} --to markdown --out out"));
        assert_eq!(run.status, 2, "{name}: {}", run.err);
        assert!(run.err.contains(name), "{}", run.err);
        assert_eq!(place.names("out"), [""; 0], "{name}");
    }
}

#[test]
fn a_post_in_another_encoding_is_decoded() {
    let place = Place::new("encoding");
    place.put("posts/a.md", b"---\ntitle: T\n---\nCaf\xe9 cr\xe8me, na\xefve, d\xe9j\xe0 vu, \x93quoted\x94\n");
    place.put("posts/b.md", b"\xff\xfea\0b\0c\0");
    let run = place.run("convert posts --to markdown --out out --diagnostics json");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(place.text("out/a.md").contains("Café crème"), "{}", place.text("out/a.md"));
    assert!(place.text("out/b.md").contains("abc"));
    assert!(run.diagnostics().iter().any(|d| d["code"] == "encoding/decoded"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn nothing_outside_a_site_is_read() {
    let place = Place::new("links");
    place.put("secret.md", post("Secret", "SECRET"));
    place.put("site/_posts/2022-01-11-a.md", post("A", "{% include secret.md %}{% include_relative ../../secret.md %}"));
    std::fs::create_dir_all(place.path("site/_includes")).expect("it can be made");
    std::os::unix::fs::symlink("../../secret.md", place.path("site/_includes/secret.md")).expect("it can be made");
    std::os::unix::fs::symlink("../../secret.md", place.path("site/_posts/2022-01-12-b.md")).expect("it can be made");
    std::os::unix::fs::symlink("..", place.path("site/_posts/up")).expect("it can be made");
    place.run("convert site --to markdown,json,epub,html --out out");
    for (name, bytes) in place.files("out") {
        assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{name}");
    }
}
