//! A file outside of any site.

use std::sync::Arc;

use postferry_doc::Diagnostic;

use crate::options::SiteOptions;
use crate::post::{Outcome, Post};
use crate::site::Site;
use crate::{MemoryFiles, name};

/// Endings that are HTML; every other one is read as Markdown.
const HTML: [&str; 4] = [".html", ".htm", ".xhtml", ".xml"];

/// Reads a file outside of any site as Jekyll would read it among the posts of a site without configuration. `path` gives its
/// name: the ending decides between HTML and Markdown, a date at its beginning is the post's. Without a date it has none, and
/// without a date or a permalink no URL. HTML that is a page of its own, with `<!DOCTYPE` or `<html>`, is read as one: its
/// head gives title, authors and the like, its body the content. Nothing hides it: neither `published: false` nor a date to come.
///
/// ```
/// use postferry_jekyll::{Outcome, SiteOptions, read_loose};
///
/// let outcome = read_loose("notes/a-note.md", b"---\ntags: x y\n---\nSome *text*\n", &SiteOptions::default());
/// let Outcome::Converted(post) = outcome else { panic!("it can be read") };
/// assert_eq!(post.document.meta.title.as_deref(), Some("A Note"));
/// assert_eq!(post.content, "<p>Some <em>text</em></p>\n");
/// ```
pub fn read_loose(path: &str, bytes: &[u8], options: &SiteOptions) -> Outcome<Post> {
    let file = name::base_name(path);
    let inside = format!("_posts/{file}");
    let extension = name::extension(file).to_lowercase();
    let mut files = MemoryFiles::default();
    files.insert(&inside, bytes);
    if !HTML.contains(&extension.as_str()) && extension.len() > 1 {
        let known = crate::config::MARKDOWN_EXTENSIONS;
        files.insert("_config.yml", format!("markdown_ext: \"{known},{}\"\n", extension.trim_start_matches('.')));
    }
    let mut options = options.clone();
    options.config.clear();
    options.unpublished = true;
    options.whole_pages = HTML.contains(&extension.as_str());
    let site = match Site::open_one(Arc::new(files), &inside, options) {
        Ok(site) => site,
        Err(error) => return Outcome::Skipped { reason: error.to_string() },
    };
    let mut outcome = site.read(&site.sources()[0]);
    match &mut outcome {
        Outcome::Converted(post) => {
            path.clone_into(&mut post.path);
            if post.date_is_build_time {
                // A saved page may have a date of its own.
                post.date = post.document.meta.date;
                if post.data.get("permalink").is_none() {
                    post.url.clear();
                    post.document.meta.url = None;
                }
            }
            place(&mut post.diagnostics, path);
        }
        Outcome::Failed { diagnostics } => place(diagnostics, path),
        Outcome::Skipped { .. } => {}
    }
    outcome
}

fn place(diagnostics: &mut [Diagnostic], path: &str) {
    for diagnostic in diagnostics {
        path.clone_into(&mut diagnostic.place.path);
    }
}
