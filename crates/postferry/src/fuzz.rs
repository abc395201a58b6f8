//! What must hold for any bytes and any document: the bodies of the fuzz targets.

use postferry_epub::{Book, BookWriter, ChapterOptions, chapter, check_book};

use crate::{Dialect, Document, Format, Outcome, Post, ReadOptions, WriteOptions, read, read_json, write};

/// Takes any bytes for a post, and writes what comes of it in every format.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    check("2022-01-11-a.md", bytes);
    check("2022-01-11-a.html", bytes);
}

fn check(path: &str, bytes: &[u8]) {
    let mut post = match read(path, bytes, &ReadOptions::default()) {
        Outcome::Converted(post) => post,
        Outcome::Skipped { reason } => return assert!(!reason.is_empty(), "what is skipped has a reason"),
        Outcome::Failed { diagnostics } => return assert!(!diagnostics.is_empty(), "what fails has a reason"),
    };
    assert_eq!(post.document.validate(), Ok(()), "the tree is valid");
    check_formats(&post, bytes.len());
    crate::prepare(&mut post);
    assert_eq!(post.document.validate(), Ok(()), "the tree is valid without what is active");
    check_formats(&post, bytes.len());
}

/// Writes any valid document in every format.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_document(document: &Document) {
    let Outcome::Converted(mut post) = read("2022-01-11-a.md", b"x", &ReadOptions::default()) else { return };
    post.document = document.clone();
    // There is no author's text that these blocks could come from.
    post.document.origins.clear();
    post.body.clear();
    let size = postferry_json::write(document, &postferry_json::WriteOptions::default()).len();
    check_formats(&post, size);
    crate::prepare(&mut post);
    assert_eq!(post.document.validate(), Ok(()), "the tree is valid without what is active");
    check_formats(&post, size);
}

/// Every format gives the same bytes twice, not too many of them, and what reads back.
fn check_formats(post: &Post, size: usize) {
    let options = WriteOptions::default();
    let json = write(post, Format::Json, &options).text;
    let mut again: Post = Post::clone(post);
    again.document = read_json(&json).expect("JSON reads back");
    assert_eq!(write(&again, Format::Json, &options).text, json, "JSON reads back equal");
    postferry_frontmatter::check_any_map(&post.document.meta.extra);
    let limit = (size << 6) + (1 << 20);
    let formats = Dialect::ALL.into_iter().map(Format::Markdown).chain([Format::Html]);
    for format in formats {
        let written = write(post, format, &options);
        assert_eq!(write(post, format, &options), written, "the same bytes come twice");
        assert!(written.text.len() <= limit, "{format:?} is bounded: {} bytes of {size}", written.text.len());
    }
    check_markdown(&post.document);
    let book = book_of(&post.document);
    assert_eq!(check_book(&book), Vec::<String>::new(), "the book holds together");
    assert_eq!(book_of(&post.document), book, "the same book comes twice");
    assert!(book.len() <= limit, "the book is bounded: {} bytes of {size}", book.len());
}

/// What is written in Markdown reads back the same, or is said to be lost. The reading is not the writer's own: the text
/// becomes HTML and a tree again.
fn check_markdown(document: &Document) {
    if !document.notes.is_empty() {
        // Every reader writes notes as another HTML.
        return;
    }
    let settled = document_of(&postferry_html::write(&document.blocks, &[], &postferry_html::WriteOptions::default()).html);
    for dialect in [Dialect::CommonMark, Dialect::Gfm] {
        let written = postferry_markdown::write(&settled, &postferry_markdown::WriteOptions::new(dialect));
        if written.diagnostics.iter().any(|diagnostic| diagnostic.code == "lost/spelling") {
            continue;
        }
        let back = document_of(&postferry_markdown::to_html(&written.text, dialect));
        if let Some((wanted, got)) = postferry_markdown::difference(&settled, &back, dialect) {
            panic!("{dialect:?} reads back differently\n wanted {wanted:?}\n    got {got:?}\n{}", written.text);
        }
    }
}

fn document_of(html: &str) -> Document {
    let mut options = postferry_html::ReadOptions::default();
    options.auto_ids = postferry_html::AutoIds::All;
    options.math = false;
    options.notes = false;
    Document { blocks: postferry_html::read(html, &options).blocks, ..Document::default() }
}

fn book_of(document: &Document) -> Vec<u8> {
    let mut writer = BookWriter::new(Vec::new(), Book::default()).expect("memory takes all");
    writer.add(chapter(document, 0, &ChapterOptions::default())).expect("memory takes all");
    writer.finish().expect("memory takes all")
}
