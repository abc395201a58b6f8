//! How the command ends: 0, 1, 2 or 3.

use std::fs;

use crate::place::{Place, post};

#[test]
fn all_converted_is_0() {
    let place = Place::new("all-converted");
    place.put("a.md", post("A", "one"));
    let run = place.run("convert a.md --to markdown --out out");
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(place.names("out"), ["a.md"]);
}

#[test]
fn a_failed_post_is_1_and_stops_no_other() {
    let place = Place::new("failed-post");
    place.put("posts/a.md", post("A", "one"));
    place.put("posts/b.md", "---\ntitle: a: b: c\n---\ntwo\n");
    place.put("posts/c.md", post("C", "three"));
    let run = place.run("convert posts --to markdown,json,epub --out out --yaml strict --diagnostics json");
    assert_eq!(run.status, 1);
    assert_eq!(place.names("out"), ["a.json", "a.md", "c.json", "c.md", "posts.epub"]);
    let found = run.diagnostics();
    assert!(found.iter().any(|d| d["code"] == "yaml/invalid" && d["path"] == "b.md" && d["severity"] == "error"), "{found:?}");
    assert!(run.err.contains("2 converted, 0 skipped, 1 failed"), "{}", run.err);
}

#[test]
fn a_post_over_the_limit_fails_alone() {
    let place = Place::new("too-large");
    place.put("posts/a.md", post("A", "one"));
    place.put("posts/big.md", vec![b'x'; (16 << 20) + 1]);
    let run = place.run("convert posts --to markdown --out out --diagnostics json");
    assert_eq!((run.status, place.names("out")), (1, vec!["a.md".to_owned()]));
    assert!(run.diagnostics().iter().any(|d| d["code"] == "limit/bytes" && d["path"] == "big.md"), "{}", run.err);
}

#[test]
fn nothing_to_convert_is_no_failure() {
    let place = Place::new("nothing");
    fs::create_dir(place.path("empty")).expect("it can be made");
    for formats in ["markdown", "jsonl", "epub", "markdown,json,epub"] {
        let run = place.run(&format!("convert empty --to {formats} --out out"));
        assert_eq!(run.status, 0, "{formats}: {}", run.err);
        assert!(run.err.contains("0 converted, 0 skipped, 0 failed"), "{}", run.err);
    }
}

#[test]
fn wrong_usage_is_2() {
    let place = Place::new("usage");
    place.put("a.md", post("A", "one"));
    place.put("posts/b.md", post("B", "two"));
    place.put("posts/c.md", post("C", "three"));
    for (arguments, said) in [
        ("", "Usage"),
        ("convert", "required"),
        ("convert a.md --to docx --out out", "`docx` is no format"),
        ("convert a.md --to markdown", "--out"),
        ("convert no-such.md --to markdown --out out", "cannot read `no-such.md`"),
        ("convert a.md --to markdown --out out --deny no/such", "`no/such` is no diagnostic"),
        ("convert a.md --to markdown --out out --time yesterday", "`yesterday` is no time"),
        ("convert a.md --to markdown --out out --style bullet=x", "`bullet=+`"),
        ("convert a.md --to markdown --out out --style wrap=3", "`wrap=80`"),
        ("convert a.md --to markdown --out out --style colour=red", "`headings`"),
        ("convert a.md posts --to markdown --out -", "only one file"),
        ("convert a.md --to markdown,json --out -", "only one file"),
        ("convert posts --to markdown --out a.md", "is a file"),
        ("convert a.md --to markdown --out out --report no/such/folder/r.jsonl", "r.jsonl"),
        ("convert a.md --to markdown --out out --threads many", "--threads"),
        ("inspect posts", "shows one post"),
        ("inspect no-such.md", "no-such.md"),
        ("export no-such", "cannot read `no-such`"),
        ("no-such-command", "no-such-command"),
    ] {
        let run = place.run(arguments);
        assert_eq!(run.status, 2, "{arguments}: {}", run.err);
        assert!(run.err.contains(said), "{arguments}: {}", run.err);
        assert_eq!(run.out, "", "{arguments}");
    }
    assert_eq!(place.names("."), ["a.md", "posts/b.md", "posts/c.md"], "nothing was written");
}

#[test]
fn a_denied_diagnostic_is_3() {
    let place = Place::new("denied");
    place.put("a.md", post("A", "one"));
    place.put("b.md", "---\ntitle: a: b: c\nlayout: post\n---\ntwo\n");
    for (deny, status) in [("yaml/recovered", 3), ("yaml", 3), ("lost,yaml", 3), ("lost", 0), ("encoding/decoded", 0)] {
        let run = place.run(&format!("convert a.md b.md --to markdown --out out --deny {deny}"));
        assert_eq!(run.status, status, "{deny}: {}", run.err);
        assert_eq!(place.names("out"), ["a.md", "b.md"], "everything is written all the same");
    }
}

#[test]
fn help_and_version_are_0() {
    let place = Place::new("help");
    for (arguments, said) in
        [("--help", "Usage"), ("--version", "postferry 0."), ("convert --help", "--volumes"), ("help export", "site")]
    {
        let run = place.run(arguments);
        assert_eq!(run.status, 0, "{arguments}");
        assert!(run.out.contains(said), "{arguments}: {}", run.out);
    }
}
