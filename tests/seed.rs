//! The shape this project began with, a real post of a newspaper: HTML paragraphs, then Markdown links. The post itself
//! belongs to the newspaper; where it is at hand (`POSTFERRY_SHARED`) it must come out as Jekyll shows it.

use std::path::PathBuf;

use postferry::{Block, Dialect, Format, Inline, Post, ReadOptions, WriteOptions, inline_text, walk, write};

fn seed() -> Option<Post> {
    let shared =
        std::env::var("POSTFERRY_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").to_owned());
    let folder = PathBuf::from(shared).join("corpora/seed");
    let Ok(mut entries) = std::fs::read_dir(&folder) else {
        println!("no seed post at hand: nothing is checked");
        return None;
    };
    let path = entries.next().expect("the seed is there").expect("it can be listed").path();
    let bytes = std::fs::read(&path).expect("the seed can be read");
    let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
    Some(postferry::read(&name, &bytes, &ReadOptions::default()).post().expect("the seed is a post"))
}

#[test]
fn twenty_one_paragraphs() {
    let Some(post) = seed() else { return };
    let blocks = &post.document.blocks;
    assert_eq!(blocks.len(), 21);
    assert!(blocks.iter().all(|block| matches!(block, Block::Paragraph { .. })));
    assert!(blocks[18].attr().is_some_and(|attr| attr.has_class("em_media")));
    let (mut links, mut strong) = (Vec::new(), 0);
    walk::inlines(blocks, &mut |inline| match inline {
        Inline::Link { target, .. } => links.push(target.to_string()),
        Inline::Strong { .. } => strong += 1,
        Inline::Raw { .. } | Inline::Element { .. } => panic!("no raw HTML is left"),
        _ => {}
    });
    assert_eq!((links.len(), strong), (3, 4));
    assert!(links[0].starts_with("http://") && links[1].starts_with("//"));
    let Block::Paragraph { content, .. } = &blocks[20] else { panic!("the last block is a paragraph") };
    assert!(inline_text(content).contains('｜'));
}

#[test]
fn markdown_is_clean() {
    let Some(post) = seed() else { return };
    let text = write(&post, Format::Markdown(Dialect::Gfm), &WriteOptions::default()).text;
    let (head, body) = text.trim_start_matches("---\n").split_once("---\n").expect("there is a head");
    assert!(
        head.contains("title: ") && head.contains("+08:00") && head.contains("categories:") && head.contains("tags:"),
        "{head}"
    );
    assert!(!body.contains("<p") && !body.contains("\\[") && !body.contains('&'));
    assert_eq!(body.matches("](//").count() + body.matches("<http://").count(), 3);
    assert_eq!(body.matches("**").count(), 8);
}

#[test]
fn json_reads_back_equal() {
    let Some(post) = seed() else { return };
    let json = write(&post, Format::Json, &WriteOptions::default()).text;
    assert!(json.contains("em_media") && json.contains("+08:00"));
    assert_eq!(postferry::read_json(&json), Ok(post.document));
}
