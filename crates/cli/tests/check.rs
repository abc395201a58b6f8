//! How `postferry check` ends and what it prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Writes a site of one post into a folder of the test's own: tests run side by side.
fn site(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    fs::create_dir_all(root.join("_posts")).expect("the folder can be made");
    fs::write(root.join("_posts/2022-01-02-a.md"), "---\n---\n[a](/gone)\n").expect("the file can be written");
    root
}

fn run(name: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
    command.arg("check").arg(site(name)).args(arguments).output().expect("the command runs")
}

#[test]
fn findings_alone_are_no_failure() {
    let output = run("alone", &[]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("it is UTF-8");
    assert!(
        text.contains(
            "link/broken: links to pages that are not in the site (1)\n       1  /gone\n          _posts/2022-01-02-a.md:3\n"
        ),
        "{text}"
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn a_gate_ends_with_3_and_an_unknown_code_with_2() {
    assert_eq!(run("gate", &["--deny", "link/broken"]).status.code(), Some(3));
    assert_eq!(run("gate", &["--deny", "asset,link"]).status.code(), Some(3));
    assert_eq!(run("gate", &["--deny", "asset"]).status.code(), Some(0));
    assert_eq!(run("gate", &["--deny", "no/such"]).status.code(), Some(2));
}

#[test]
fn the_object_is_one_line_of_json() {
    let output = run("json", &["--json"]);
    let text = String::from_utf8(output.stdout).expect("it is UTF-8");
    assert_eq!(text.lines().count(), 1);
    let object: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(object["version"], 1);
    assert_eq!(object["findings"][0]["subject"], "/gone");
}

#[test]
fn what_is_no_site_is_refused() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postferry"));
    let output =
        command.arg("check").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}
