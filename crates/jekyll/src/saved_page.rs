//! Web pages saved to a file, which are read whole: their own head says what they are.

use postferry_doc::{Diagnostic, Document, Meta, Value};
use postferry_html::{ReadOptions, read_page};

use crate::post::Post;

/// Says whether HTML is a page of its own rather than a part of one.
pub(crate) fn is_page(html: &str) -> bool {
    let mut rest = html.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            ">"
        } else {
            break;
        };
        let Some(at) = rest.find(end) else { return false };
        rest = rest[at + end.len()..].trim_start();
    }
    let starts_with = |tag: &str| {
        let after = rest.as_bytes().get(tag.len()).copied();
        rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && after.is_none_or(|byte| byte == b'>' || byte.is_ascii_whitespace())
    };
    starts_with("<!doctype") || starts_with("<html")
}

/// Reads a page into a post: its content, its title over that of the file's name, and what [`add_meta`] is to add.
pub(crate) fn read_into(post: &mut Post, html: &str, options: &ReadOptions) -> Vec<Diagnostic> {
    let (document, diagnostics) = read_page(html, options);
    if let Some(title) = document.meta.title.as_ref().filter(|_| post.head.entries.iter().all(|entry| entry.key != "title")) {
        post.title = Value::String(title.clone());
    }
    post.document = Document { origins: Vec::new(), ..document };
    diagnostics
}

/// Adds what a page's own head says to what is known of the post.
pub(crate) fn add_meta(meta: &mut Meta, page: Meta, date_is_known: bool) {
    if !date_is_known {
        meta.date = page.date.or(meta.date);
    }
    meta.updated = meta.updated.or(page.updated);
    meta.language = page.language.or(meta.language.take());
    meta.description = meta.description.take().or(page.description);
    if meta.authors.is_empty() {
        meta.authors = page.authors;
    }
    if meta.tags.is_empty() {
        meta.tags = page.tags;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_parts() {
        for page in
            ["<!DOCTYPE html>\n<p>x", "<HTML lang=en>", "\u{feff}<?xml version=\"1.0\"?>\n<!-- saved -->\n<html>", "<html"]
        {
            assert!(is_page(page), "{page}");
        }
        for part in ["", "<p>x</p>", "<htmlx>", "<!-- <html> ", "<title>x</title>", "x <html>"] {
            assert!(!is_page(part), "{part}");
        }
    }
}
