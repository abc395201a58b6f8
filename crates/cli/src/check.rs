//! `postferry check`: what a conversion of a site will meet.

use std::fmt::Write as _;

use postferry::CODES;
use postferry_archive::{Check, FINDINGS, Finding, FoundAt, Input, RunError, meaning_of};

use crate::args;
use crate::message::printable;
use crate::{Status, options, print};

/// Subjects of a code that are shown, unless all are asked for.
const SUBJECTS: usize = 20;

/// Places of a subject that are shown, unless all are asked for.
const PLACES: usize = 5;

/// Looks through a site and tells what is found.
pub(crate) fn check(args: &args::Check) -> Result<Status, RunError> {
    for code in &args.deny {
        let mut known = CODES.iter().chain(FINDINGS).map(|(code, _)| *code);
        if !known.any(|known| known == code || known.split('/').next() == Some(code)) {
            return Err(RunError::Usage(format!("`{code}` is no finding and no topic of findings")));
        }
    }
    if let Input::File(path) | Input::Folder(path) = Input::find(&args.site)? {
        let what = if path.is_dir() { "holds neither `_config.yml` nor `_posts`" } else { "is a file" };
        return Err(RunError::Usage(format!("`{}` {what}; `check` looks through a site", path.display())));
    }
    let found = postferry_archive::check(&args.site, options::read(&args.read)?, args.threads)?;
    print(&if args.json { json(&found) } else { table(&found, args.all) })?;
    Ok(if args.deny.iter().any(|code| found.has(code)) {
        Status::Denied
    } else if found.failed > 0 {
        Status::SomeFailed
    } else {
        Status::Done
    })
}

/// Spells what was found as one JSON object; `docs/check.md` describes it.
fn json(check: &Check) -> String {
    let place = |place: &FoundAt| {
        let mut object = serde_json::json!({ "path": place.path });
        if let Some(line) = place.line {
            object["line"] = line.into();
        }
        if let Some(text) = &place.text {
            object["text"] = text.as_str().into();
        }
        object
    };
    let finding = |finding: &Finding| {
        serde_json::json!({
            "code": finding.code,
            "subject": finding.subject,
            "note": finding.note,
            "count": finding.count,
            "places": finding.places.iter().map(place).collect::<Vec<_>>(),
        })
    };
    let plugin = |plugin: &postferry_archive::Plugin| serde_json::json!({ "name": plugin.name, "asked_by": plugin.asked_by, "does": plugin.does, "here": plugin.here });
    let object = serde_json::json!({
        "version": 1,
        "converted": check.converted,
        "skipped": check.skipped,
        "failed": check.failed,
        "files": check.files,
        "plugins": check.plugins.iter().map(plugin).collect::<Vec<_>>(),
        "findings": check.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    format!("{object}\n")
}

/// Spells what was found for a terminal.
fn table(check: &Check, all: bool) -> String {
    let mut out = String::from("documents\n");
    for (collection, count) in &check.converted {
        line(&mut out, *count, collection);
    }
    for (reason, count) in &check.skipped {
        line(&mut out, *count, &format!("left out: {reason}"));
    }
    if check.failed > 0 {
        line(&mut out, check.failed, "cannot be converted");
    }
    line(&mut out, check.files, "files are copied as they are");
    if !check.plugins.is_empty() {
        out += "\nplugins that the site asks for\n";
        let width = check.plugins.iter().map(|plugin| plugin.name.chars().count()).max().unwrap_or(0);
        for plugin in &check.plugins {
            let does = plugin.does.unwrap_or("not known");
            let here = plugin.here.map(|here| format!(" -> {here}")).unwrap_or_default();
            let _ = writeln!(out, "  {:width$}  {does}{here} ({})", printable(&plugin.name), plugin.asked_by);
        }
    }
    for findings in check.findings.chunk_by(|a, b| a.code == b.code) {
        let code = findings[0].code;
        let count: usize = findings.iter().map(|finding| finding.count).sum();
        let _ = writeln!(out, "\n{code}: {} ({count})", meaning_of(code));
        let shown = if all { findings.len() } else { SUBJECTS };
        for finding in findings.iter().take(shown) {
            subject(&mut out, finding, all);
        }
        if findings.len() > shown {
            let _ = writeln!(out, "  … and {} more (--all shows them)", findings.len() - shown);
        }
    }
    out
}

fn line(out: &mut String, count: usize, what: &str) {
    let _ = writeln!(out, "  {count:>6}  {}", printable(what));
}

fn subject(out: &mut String, finding: &Finding, all: bool) {
    if !finding.subject.is_empty() {
        let note = finding.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        line(out, finding.count, &format!("{}{note}", finding.subject));
    }
    let shown = if all { finding.places.len() } else { PLACES };
    for place in finding.places.iter().take(shown) {
        let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
        // What is only another spelling of the subject says nothing new.
        let text =
            place.text.as_ref().filter(|text| **text != finding.subject).map(|text| format!("  {text}")).unwrap_or_default();
        let _ = writeln!(out, "          {}", printable(&format!("{}{line}{text}", place.path)));
    }
    if finding.count > shown {
        let more = if all && finding.count > finding.places.len() { "kept" } else { "shown" };
        let _ = writeln!(out, "          … {} more are not {more}", finding.count - shown.min(finding.places.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found() -> Check {
        let place = |line| FoundAt { path: "_posts/a.md".into(), line: Some(line), text: Some("../x".into()) };
        let finding = Finding {
            code: "link/broken",
            subject: "/x\u{1b}[2J".into(),
            note: Some("why".into()),
            count: 7,
            places: (1..=7).map(place).collect(),
        };
        Check { converted: [("posts".to_owned(), 3)].into(), findings: vec![finding], ..Check::default() }
    }

    #[test]
    fn the_table_shows_the_first_places_and_how_many_more() {
        let text = table(&found(), false);
        assert!(text.starts_with("documents\n       3  posts\n"), "{text}");
        assert!(
            text.contains("link/broken: links to pages that are not in the site (7)\n       7  /x\u{fffd}[2J (why)\n"),
            "{text}"
        );
        assert!(text.ends_with("          _posts/a.md:5  ../x\n          … 2 more are not shown\n"), "{text}");
        assert!(table(&found(), true).ends_with("_posts/a.md:7  ../x\n"));
    }

    #[test]
    fn the_object_has_every_place() {
        let object: serde_json::Value = serde_json::from_str(&json(&found())).expect("it is JSON");
        assert_eq!(object["findings"][0]["places"][6]["line"], 7);
        assert_eq!(object["converted"]["posts"], 3);
    }
}
