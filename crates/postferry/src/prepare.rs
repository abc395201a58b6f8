//! What happens to a post between reading and writing.

use postferry_jekyll::Post;

/// Takes active content out of a post: scripts, event handlers, `javascript:` links. What was taken out is a diagnostic of
/// the post.
pub fn prepare(post: &mut Post) {
    // The lines of blocks that go are to be known of a text after Liquid, too.
    let swap = |post: &mut Post| {
        if let Some(expanded) = &mut post.expanded {
            std::mem::swap(&mut expanded.origins, &mut post.document.origins);
        }
    };
    swap(post);
    let mut found = postferry_html::sanitize(&mut post.document, &postferry_html::Policy::default());
    swap(post);
    for diagnostic in &mut found {
        post.path.clone_into(&mut diagnostic.place.path);
    }
    post.diagnostics.append(&mut found);
}

/// Says whether bytes without a name are a page of HTML rather than a post in Markdown (which may begin with HTML, too): a
/// doctype or an `<html>` tag comes first, behind the head if there is one.
///
/// ```
/// assert!(postferry::looks_like_html(b"---\ntitle: x\n---\n<!DOCTYPE html>\n<p>y"));
/// assert!(!postferry::looks_like_html(b"<p>A post in Markdown may begin like this.</p>\n\n*too*"));
/// ```
pub fn looks_like_html(bytes: &[u8]) -> bool {
    // The head's fences are ASCII; what a broken encoding does behind the first bytes does not matter here.
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 16)]);
    let body = postferry_frontmatter::split(postferry_frontmatter::strip_bom(&text)).body.trim_start();
    let starts = |word: &str| body.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    starts("<!doctype html") || starts("<html")
}
