//! What must hold for any bytes: the body of the fuzz target.

use crate::{Dialect, Format, Outcome, Post, ReadOptions, WriteOptions, read, read_json, write};

/// Takes any bytes for a post, and writes what comes of it in every format that is one text.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    check("2022-01-11-a.md", bytes);
    check("2022-01-11-a.html", bytes);
}

fn check(path: &str, bytes: &[u8]) {
    let options = WriteOptions::default();
    let post = match read(path, bytes, &ReadOptions::default()) {
        Outcome::Converted(post) => post,
        Outcome::Skipped { reason } => return assert!(!reason.is_empty(), "what is skipped has a reason"),
        Outcome::Failed { diagnostics } => return assert!(!diagnostics.is_empty(), "what fails has a reason"),
    };
    assert_eq!(post.document.validate(), Ok(()), "the tree is valid");
    let json = write(&post, Format::Json, &options).text;
    let mut again: Post = Post::clone(&post);
    again.document = read_json(&json).expect("JSON reads back");
    assert_eq!(write(&again, Format::Json, &options).text, json, "JSON reads back equal");
    for format in [Format::Markdown(Dialect::Gfm), Format::Markdown(Dialect::Kramdown), Format::Html] {
        let written = write(&post, format, &options);
        assert_eq!(write(&post, format, &options), written, "the same bytes come twice");
    }
}
