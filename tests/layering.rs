//! Holds the edges between rooms and the fences around outside crates against the table of ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Room → the rooms it may use. A room that is missing here may not exist.
const EDGES: &[(&str, &[&str])] = &[
    ("doc", &[]),
    ("frontmatter", &["doc"]),
    ("liquid", &["doc"]),
    ("kramdown", &[]),
    ("html", &["doc"]),
    ("markdown", &["doc", "html", "kramdown"]),
    ("json", &["doc"]),
    ("epub", &["doc", "html"]),
    ("jekyll", &["doc", "frontmatter", "liquid", "kramdown", "html", "markdown"]),
    ("migrate", &["doc", "frontmatter", "markdown"]),
    ("verify", &["doc", "html"]),
    (
        "postferry",
        &["doc", "frontmatter", "liquid", "kramdown", "html", "markdown", "json", "epub", "jekyll", "migrate", "verify"],
    ),
    ("archive", &["postferry"]),
    ("cli", &["archive", "postferry"]),
    ("python", &["archive", "postferry"]),
];

/// Outside crate → the only rooms that may use it.
const FENCES: &[(&str, &[&str])] = &[
    ("compact_str", &["doc"]),
    ("serde_yaml", &["frontmatter"]),
    ("html5ever", &["html"]),
    ("markup5ever_rcdom", &["html"]),
    ("pulldown-cmark", &["markdown"]),
    ("pulldown-cmark-to-cmark", &["markdown"]),
    ("libdeflater", &["epub"]),
    ("encoding_rs", &["jekyll"]),
    ("chardetng", &["jekyll"]),
    ("jiff", &["jekyll"]),
    ("rayon", &["archive"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("pyo3", &["python"]),
];

/// The dependencies of each room, without those of its tests.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("the workspace can be read");
    let workspace = metadata.workspace_packages();
    let rooms = workspace.iter().filter(|p| p.manifest_path.as_str().contains("/crates/"));
    rooms
        .map(|package| {
            let normal = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
            let room = package.manifest_path.parent().and_then(|p| p.file_name()).expect("a manifest lies in a folder");
            assert_eq!(package.name.as_str().trim_start_matches("postferry-"), room, "a room's folder has its crate's name");
            (room.to_owned(), normal.map(|d| d.name.clone()).collect())
        })
        .collect()
}

#[test]
fn rooms_use_only_what_they_may() {
    for (room, dependencies) in rooms() {
        let allowed = EDGES.iter().find(|(name, _)| *name == room).map(|(_, uses)| *uses);
        let allowed = allowed.unwrap_or_else(|| panic!("the room `{room}` is not in the table"));
        for dependency in &dependencies {
            let used = if dependency == "postferry" { "postferry" } else { dependency.strip_prefix("postferry-").unwrap_or("") };
            assert!(used.is_empty() || allowed.contains(&used), "`{room}` must not use `{used}`");
        }
    }
}

#[test]
fn outside_crates_stay_behind_their_fences() {
    for (room, dependencies) in rooms() {
        for (outside, inside) in FENCES {
            assert!(!dependencies.contains(*outside) || inside.contains(&room.as_str()), "`{room}` must not use `{outside}`");
        }
    }
}

#[test]
fn the_table_of_the_document_is_this_one() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    for (room, uses) in EDGES.iter().filter(|(room, _)| *room != "postferry") {
        let row = text.lines().find(|l| l.starts_with(&format!("| `{room}` |"))).unwrap_or_else(|| panic!("no row for `{room}`"));
        let cell = row.split('|').nth(4).unwrap_or("").trim();
        let written: Vec<&str> = cell.split(", ").filter(|name| *name != "–").collect();
        assert_eq!(written, *uses, "ARCHITECTURE.md and this test disagree about `{room}`");
    }
}

#[test]
fn each_dependency_of_the_workspace_is_used_by_a_room() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("the workspace can be read");
    let used: BTreeSet<String> =
        metadata.workspace_packages().iter().flat_map(|p| p.dependencies.iter().map(|d| d.name.clone())).collect();
    let text = std::fs::read_to_string(manifest).expect("the manifest can be read");
    let table = text.split("[workspace.dependencies]").nth(1).and_then(|t| t.split("\n[").next()).expect("the table is there");
    for name in table.lines().filter_map(|l| l.split_once(" = ")).map(|(name, _)| name) {
        assert!(used.contains(name), "`{name}` is declared but no room uses it");
    }
}
