//! What is said: diagnostics, the report, the tables, the manual.

use crate::place::{Place, post};

fn broken(place: &Place) {
    place.put("posts/a.md", "---\ntitle: a: b: c\nlayout: post\n---\none\n");
    place.put("posts/b.md", post("B", "two"));
}

#[test]
fn diagnostics_read_like_a_compilers() {
    let place = Place::new("human");
    broken(&place);
    let run = place.run("convert posts --to markdown --out out");
    assert!(run.err.contains("warning[yaml/recovered]: "), "{}", run.err);
    assert!(run.err.contains("--> a.md:2\n") && run.err.contains("2 | title: a: b: c\n"), "{}", run.err);
    assert!(!run.err.contains('\u{1b}'), "there are no colours where there is no terminal");
}

#[test]
fn diagnostics_may_be_json_or_none() {
    let place = Place::new("json");
    broken(&place);
    let run = place.run("convert posts --to markdown --out out --diagnostics json --quiet");
    let found = run.diagnostics();
    assert_eq!(found.len(), run.err.lines().count(), "every line is a diagnostic: {}", run.err);
    let first = &found[0];
    assert_eq!(
        (&first["code"], &first["path"], &first["line"]),
        (&"yaml/recovered".into(), &"a.md".into(), &2.into()),
        "{first}"
    );
    assert!(["message", "severity", "snippet"].iter().all(|key| first[key].is_string()), "{first}");
    assert_eq!(place.run("convert posts --to markdown --out out --diagnostics none --quiet").err, "");
}

#[test]
fn the_first_ten_of_a_code_are_shown() {
    let place = Place::new("ten");
    for n in 0..25 {
        place.put(&format!("posts/{n}.md"), "---\ntitle: a: b\nlayout: post\n---\nx\n");
    }
    let shown = |arguments: &str| {
        let run = place.run(&format!("convert posts --to markdown --out out {arguments}"));
        (run.err.matches("warning[yaml/recovered]").count(), run.err.contains("     25  yaml/recovered"))
    };
    assert_eq!(shown(""), (10, true));
    assert_eq!(shown("--diagnostics full"), (25, true));
    assert_eq!(shown("--quiet"), (0, false));
}

#[test]
fn the_report_has_a_line_for_every_input() {
    let place = Place::new("report");
    broken(&place);
    place.put("posts/c.textile", "h1. C\n");
    place.put("posts/d.md", vec![b'x'; (16 << 20) + 1]);
    let run = place.run("convert posts --to markdown --out out --report report.jsonl --quiet");
    assert_eq!(run.status, 1);
    let lines: Vec<serde_json::Value> =
        place.text("report.jsonl").lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let outcomes: Vec<_> = lines.iter().map(|l| (l["path"].as_str(), l["outcome"].as_str())).collect();
    let expected = [("a.md", "converted"), ("b.md", "converted"), ("c.textile", "skipped"), ("d.md", "failed")];
    assert_eq!(outcomes, expected.map(|(path, outcome)| (Some(path), Some(outcome))));
    assert_eq!(lines[0]["codes"], serde_json::json!(["yaml/recovered"]));
    assert_eq!(lines[3]["codes"], serde_json::json!(["limit/bytes"]));
}

#[test]
fn a_post_does_not_steer_the_terminal() {
    let place = Place::new("terminal");
    place.put("a.md", "---\ntitle: a: \u{1b}[2Jb\nlayout: \"\u{1b}]0;x\u{7}\"\n---\n{% no\u{1b}such %}\n");
    for arguments in ["convert a.md --to markdown --out out --diagnostics full", "inspect a.md"] {
        let run = place.run(arguments);
        assert!(!run.err.contains('\u{1b}') && !run.out.contains('\u{1b}'), "{arguments}: {:?} {:?}", run.err, run.out);
    }
}

#[test]
fn every_format_is_in_the_table() {
    let place = Place::new("formats");
    let run = place.run("formats");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    place.put("a.md", post("A", "one"));
    for info in postferry::FORMATS {
        let line = run.out.lines().find(|line| line.split_whitespace().next() == Some(info.name));
        assert!(line.is_some_and(|line| line.contains(info.about)), "{}: {}", info.name, run.out);
        let converted = place.run(&format!("convert a.md --to {} --out {}", info.name, info.name));
        assert_eq!(converted.status, 0, "{}: {}", info.name, converted.err);
        let names = place.names(info.name);
        assert!(names.len() == 1 && names[0].ends_with(&format!(".{}", info.extension)), "{names:?}");
    }
}

#[test]
fn shells_and_the_manual_are_served() {
    let place = Place::new("shells");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = place.run(&format!("completions {shell}"));
        assert_eq!(run.status, 0, "{shell}");
        assert!(run.out.contains("postferry") && run.out.contains("convert"), "{shell}");
    }
    let run = place.run("man");
    assert_eq!(run.status, 0);
    assert!(run.out.contains(".TH postferry"), "{}", run.out);
}

#[test]
fn inspect_shows_one_post() {
    let place = Place::new("inspect");
    place.put("2022-01-11-a.md", "---\ntitle: A title\ntags: [x, y]\nlayout: post\n---\n# Head\n\nSome *text*.\n");
    let run = place.run("inspect 2022-01-11-a.md");
    assert_eq!(run.status, 0, "{}", run.err);
    for said in ["A title", "x, y", "2022-01-11", "2 blocks", "Head"] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    let run = place.run_with("inspect -", b"---\ntitle: a: b\nlayout: post\n---\nx\n");
    assert_eq!(run.status, 0);
    assert!(run.err.contains("yaml/recovered"), "{}", run.err);
}

#[test]
fn export_writes_a_line_for_each_document() {
    let place = Place::new("export");
    place.put("site/_config.yml", "title: S\ntimezone: UTC\n");
    place.put("site/_posts/2022-01-11-a.md", post("A", "one"));
    place.put("site/about.md", "---\ntitle: About\n---\ntwo\n");
    let run = place.run("export site");
    assert_eq!(run.status, 0, "{}", run.err);
    let lines: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(lines.len(), 2, "{}", run.out);
    assert!(run.out.contains("2022-01-11-a.md") && run.out.contains("about.md"));
}
