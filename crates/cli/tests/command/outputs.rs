//! What is written, where, and that nothing is there by half.

use std::fs;
use std::io::Read;

use crate::place::{Place, post};

const TEMPORARY: &str = ".postferry-";

#[test]
fn one_format_that_makes_one_file_may_name_it() {
    let place = Place::new("one-file");
    place.put("a.md", post("A", "one"));
    place.put("b.md", post("B", "two"));
    for (arguments, file) in [
        ("a.md --to markdown --out deep/er/new.md", "deep/er/new.md"),
        ("a.md --to json --out new.json", "new.json"),
        ("a.md b.md --to jsonl --out all.jsonl", "all.jsonl"),
        ("a.md b.md --to epub --out book.epub", "book.epub"),
    ] {
        let run = place.run(&format!("convert {arguments}"));
        assert_eq!(run.status, 0, "{arguments}: {}", run.err);
        assert!(place.path(file).is_file(), "{arguments}: {:?}", place.names("."));
    }
    assert_eq!(place.text("all.jsonl").lines().count(), 2);
    let run = place.run("convert a.md b.md --to markdown --out some.md");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.names("some.md"), ["a.md", "b.md"], "several files need a folder");
}

#[test]
fn markdown_is_in_the_style_asked_for() {
    let place = Place::new("style");
    place.put(
        "a.md",
        post("A", "# H\n\n- one\n- [two](/t)\n\n```\ncode\n```\n\n<p class=\"big\">some words that go on and on</p>"),
    );
    let styles = "--style bullet=*,fence=~,headings=underlined,wrap=20 --style links=reference --attributes html";
    let run = place.run(&format!("convert a.md --to gfm --reformat {styles} --diagnostics none --out -"));
    assert_eq!(run.status, 0, "{}", run.err);
    let content = run.out.splitn(3, "---\n").nth(2).expect("there is a head");
    let expected =
        "\nH\n===\n\n* one\n* [two][1]\n\n~~~\ncode\n~~~\n\n<p class=\"big\">some words that go on and on</p>\n\n[1]: /t\n";
    assert_eq!(content, expected);
}

#[test]
fn standard_output_is_only_data() {
    let place = Place::new("stdout");
    place.put("site/_config.yml", "title: S\n");
    for n in 1..=20 {
        place.put(&format!("site/_posts/2022-01-{n:02}-p.md"), "---\ntitle: a: b\nlayout: post\n---\nx\n");
    }
    let run = place.run("convert site --to jsonl --out - --diagnostics full");
    assert_eq!(run.status, 0, "{}", run.err);
    let titles = run.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"));
    let paths: Vec<String> = titles.map(|post| post["path"].as_str().expect("a post has a path").to_owned()).collect();
    assert_eq!(paths.len(), 20);
    assert!(paths.is_sorted(), "{paths:?}");
    let book = place.command("convert site --to epub --out -").output().expect("the command ends");
    assert!(book.status.success() && book.stdout.starts_with(b"PK"));
}

#[test]
fn two_posts_never_land_on_one_name() {
    let place = Place::new("collisions");
    place.put("posts/a.md", post("A", "first"));
    place.put("posts/a.html", post("A", "<p>second</p>"));
    place.put("posts/a.markdown", post("A", "third"));
    place.put("posts/A.md", post("A", "fourth"));
    let run = place.run("convert posts --to markdown,json --out out --diagnostics json");
    assert_eq!(run.status, 0, "{}", run.err);
    let files = place.files("out");
    let folded: std::collections::BTreeSet<String> = files.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!((files.len(), folded.len()), (8, 8), "{:?}", files.keys());
    let all: String = files.iter().filter(|(n, _)| !n.ends_with("json")).map(|(_, b)| String::from_utf8_lossy(b)).collect();
    for word in ["first", "second", "third", "fourth"] {
        assert!(all.contains(word), "{word}: {all}");
    }
    assert_eq!(run.diagnostics().iter().filter(|d| d["code"] == "output/collision").count(), 3, "{}", run.err);
}

#[test]
fn names_stay_below_the_folder() {
    let place = Place::new("names");
    place.put("posts/con.md", post("A", "one"));
    place.put("posts/a?b*c.md", post("B", "two"));
    place.put("posts/.. .md", post("C", "three"));
    place.put(&format!("posts/{}.md", "长".repeat(80)), post("D", "four"));
    let run = place.run("convert posts --to markdown --out out");
    assert_eq!(run.status, 0, "{}", run.err);
    let names = place.names("out");
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(names.iter().all(|name| !name.contains(['?', '*']) && name.len() <= 255 && name != "con.md"), "{names:?}");
    assert_eq!(place.names(".").len(), 8, "nothing was written elsewhere");
}

#[test]
fn the_same_run_twice_gives_the_same_bytes() {
    let place = Place::new("twice");
    place.put("posts/a.md", post("A", "one [b](b.md)"));
    place.put("posts/b.md", post("B", "two"));
    let arguments = "convert posts --to markdown,json,jsonl,html,epub --out";
    assert_eq!(place.run(&format!("{arguments} one")).status, 0);
    assert_eq!(place.run(&format!("{arguments} two --threads 1")).status, 0);
    assert_eq!(place.run(&format!("{arguments} one")).status, 0, "what is there is written anew");
    assert!(place.files("one") == place.files("two"));
}

#[test]
fn an_output_that_cannot_be_written_ends_the_run() {
    let place = Place::new("unwritable");
    place.put("a.md", post("A", "one"));
    place.put("out/a.md/in-the-way", "a folder of the output's name");
    place.put("file", "");
    for formats in ["markdown", "jsonl", "epub"] {
        let run = place.run(&format!("convert a.md --to {formats} --out file/deeper"));
        assert_eq!(run.status, 2, "{formats}: {}", run.err);
        assert!(run.err.contains("cannot write") && run.err.contains("file"), "{}", run.err);
    }
    let run = place.run("convert a.md --to markdown --out out");
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(run.err.contains("out/a.md"), "{}", run.err);
    assert_eq!(place.names("."), ["a.md", "file", "out/a.md/in-the-way"], "no temporary file is left");
}

#[test]
fn a_full_disk_ends_the_run_and_leaves_nothing_by_half() {
    let place = Place::new("full");
    place.put("posts/a.md", post("A", &"many words ".repeat(100)));
    if !fs::exists("/dev/full").unwrap_or(false) {
        println!("there is no /dev/full: nothing is checked");
        return;
    }
    for (arguments, input) in [("convert posts --to jsonl --out -", ""), ("export site", ""), ("formats", ""), ("man", "")] {
        place.put("site/_config.yml", "title: S\n");
        place.put("site/_posts/2022-01-01-a.md", post("A", "one"));
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it can be opened");
        let run = place.command(arguments).stdout(full).output().expect("the command ends");
        let err = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{arguments} {input}: {err}");
        assert!(err.contains("cannot write"), "{arguments}: {err}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error_worth_a_message() {
    let place = Place::new("pipe");
    place.put("site/_config.yml", "title: S\n");
    for n in 1..=300 {
        place.put(&format!("site/_posts/2022-01-01-p{n}.md"), post("P", &"many words ".repeat(100)));
    }
    for arguments in ["convert site --to jsonl --out - --quiet", "export site", "convert site --to epub --out - --quiet"] {
        let mut child = place.command(arguments).spawn().expect("the command starts");
        let mut first = [0; 1];
        child.stdout.take().expect("it was asked for").read_exact(&mut first).expect("something comes");
        let done = child.wait_with_output().expect("the command ends");
        let err = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(2) || done.status.code() == Some(0), "{arguments}: {:?}", done.status);
        assert_eq!(err, "", "{arguments}");
    }
}

#[test]
fn standard_error_may_be_closed() {
    let place = Place::new("stderr");
    place.put("a.md", "---\ntitle: a: b\nlayout: post\n---\nx\n");
    if !fs::exists("/dev/full").unwrap_or(false) {
        println!("there is no /dev/full: nothing is checked");
        return;
    }
    for (arguments, status) in [
        ("convert a.md --to markdown --out out --diagnostics full", 0),
        ("convert no-such.md --to markdown --out out", 2),
        ("inspect a.md", 0),
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it can be opened");
        let run = place.command(arguments).stderr(full).output().expect("the command ends");
        assert_eq!(run.status.code(), Some(status), "{arguments}");
    }
    assert_eq!(place.names("out"), ["a.md"]);
}

#[test]
fn volumes_are_a_book_each() {
    let place = Place::new("volumes");
    place.put("site/_config.yml", "title: S\n");
    place.put("site/_posts/2021-05-01-a.md", "---\ntitle: A\ncategories: x\n---\none\n");
    place.put("site/_posts/2022-05-01-b.md", "---\ntitle: B\ncategories: y/z\n---\ntwo\n");
    for (volumes, books) in [
        ("none", vec!["site.epub"]),
        ("year", vec!["site-2021.epub", "site-2022.epub"]),
        ("category", vec!["site-x.epub", "site-y-z.epub"]),
        ("post", vec!["_posts/2021-05-01-a.epub", "_posts/2022-05-01-b.epub"]),
    ] {
        let run = place.run(&format!("convert site --to epub --out {volumes} --volumes {volumes}"));
        assert_eq!(run.status, 0, "{}", run.err);
        assert_eq!(place.names(volumes), books);
    }
}

#[test]
fn no_run_leaves_a_temporary_file() {
    let place = Place::new("temporary");
    place.put("posts/a.md", post("A", "one"));
    place.put("posts/b.md", "---\ntitle: a: b\n---\nx\n");
    place.run("convert posts --to markdown,json,jsonl,html,epub --out out --yaml strict");
    place.run("convert posts --to epub --out book.epub");
    let names = place.names(".");
    assert!(names.iter().all(|name| !name.contains(TEMPORARY)), "{names:?}");
}
