//! What real posts come to: they read back the same from what is written.
//!
//! The posts are not part of the project; where they are not there, these tests pass and say so.

use std::fs;
use std::path::PathBuf;

use postferry_doc::{Block, Document};
use postferry_html::{NoteStyle, ReadOptions, Syntax, WriteOptions, nesting_fault, read, write, xml_fault};

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no shared data at {}: nothing to do", folder.display());
    None
}

/// The rendered content of every document of the development sites.
fn contents() -> Vec<(String, String)> {
    let Some(folder) = shared() else { return Vec::new() };
    let mut sites: Vec<PathBuf> = fs::read_dir(folder.join("corpora/dev"))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|e| e.path().join("oracle.jsonl")))
        .filter(|path| path.is_file())
        .collect();
    sites.sort();
    let mut out = Vec::new();
    for site in sites {
        let text = fs::read_to_string(&site).unwrap_or_default();
        for line in text.lines() {
            let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            if let (Some(path), Some(content)) = (value["path"].as_str(), value["content"].as_str()) {
                let name = site.parent().and_then(|p| p.file_name()).unwrap_or_default().to_string_lossy();
                out.push((format!("{name}/{path}"), content.to_owned()));
            }
        }
    }
    out
}

#[test]
fn written_content_reads_back_the_same_and_is_xml() {
    let read_options = ReadOptions::default();
    let mut faults = Vec::new();
    for (path, content) in contents() {
        let reading = read(&content, &read_options);
        let document = Document { blocks: reading.blocks.clone(), notes: reading.notes.clone(), ..Document::default() };
        if let Err(fault) = document.validate() {
            faults.push(format!("{path}: {fault:?}"));
        }
        let written = write(&reading.blocks, &reading.notes, &WriteOptions::default());
        let again = read(&written.html, &read_options);
        let mut options = WriteOptions::default();
        options.syntax = Syntax::Xhtml;
        options.notes = NoteStyle::Asides;
        let book = write(&reading.blocks, &reading.notes, &options).html;
        if let Some(fault) = xml_fault(&book).or_else(|| nesting_fault(&book)) {
            faults.push(format!("{path}: {fault}"));
        }
        if (&again.blocks, &again.notes) != (&reading.blocks, &reading.notes) {
            faults.push(format!("{path}: {}", difference(&reading.blocks, &again.blocks)));
            for (one, two) in reading.notes.iter().zip(&again.notes).filter(|(one, two)| one != two) {
                faults.push(format!("{path}, note {}: {}", one.label, difference(&one.blocks, &two.blocks)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

fn difference(one: &[Block], two: &[Block]) -> String {
    for (n, (a, b)) in one.iter().zip(two).enumerate() {
        if a != b {
            let (a, b) = (format!("{a:?}"), format!("{b:?}"));
            let at = a.bytes().zip(b.bytes()).position(|(x, y)| x != y).unwrap_or(0);
            let cut = |s: &str| -> String {
                let from = (0..=at.saturating_sub(80)).rev().find(|i| s.is_char_boundary(*i)).unwrap_or(0);
                s[from..].chars().take(200).collect()
            };
            return format!("block {n}\n    {}\n    {}", cut(&a), cut(&b));
        }
    }
    format!("{} and {} blocks, or notes", one.len(), two.len())
}

#[test]
fn the_seed_is_twenty_one_paragraphs() {
    let Some(folder) = shared() else { return };
    let path = folder.join("corpora/seed/2022-01-11-NW202201112242935384.md");
    let Ok(text) = fs::read_to_string(path) else { return };
    // The part that is HTML; the two Markdown paragraphs after it are written as kramdown writes them.
    let html: String = text.lines().skip_while(|line| !line.trim_start().starts_with("<p")).collect::<Vec<_>>().join("\n");
    let html = html.split("\n<http").next().unwrap_or_default();
    let html = format!(
        "{html}\n\n<p><a href=\"http://x/\">http://x/</a></p>\n\n<p><a href=\"//x/\">x</a>｜<a href=\"//y/\">y</a></p>\n"
    );
    let reading = read(&html, &ReadOptions::default());
    assert_eq!(reading.blocks.len(), 21);
    assert!(reading.blocks.iter().all(|block| matches!(block, Block::Paragraph { .. })));
    assert!(reading.blocks.iter().any(|block| block.attr().is_some_and(|attr| attr.has_class("em_media"))));
}
