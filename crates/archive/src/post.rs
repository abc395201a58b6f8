//! One post, with a wall around it: a bug that panics fails the post, not the run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use postferry::{Diagnostic, Folder, Outcome, Post, ReadOptions, Site, SiteFiles as _, Source, prepare};

use crate::file::about;

/// Reads a source of a site and prepares it for writing.
pub(crate) fn read_source(site: &Site, source: &Source) -> Outcome<Post> {
    guarded(|| prepared(site.read(source)))
}

/// Reads a post from bytes and prepares it for writing.
pub fn read_bytes(path: &str, bytes: &[u8], options: &ReadOptions) -> Outcome<Post> {
    guarded(|| prepared(postferry::read(path, bytes, options)))
}

/// Reads a single post from disk and prepares it for writing.
pub fn read_post(path: &Path, options: &ReadOptions) -> Outcome<Post> {
    read_file(path, &path.to_string_lossy(), options)
}

/// Reads a single post from disk; `name` is the path it goes by.
pub(crate) fn read_file(path: &Path, name: &str, options: &ReadOptions) -> Outcome<Post> {
    match read_limited(path, options.limits.post_bytes) {
        Ok(bytes) => read_bytes(name, &bytes, options),
        Err(error) => unreadable(name, &about(path, &error).to_string()),
    }
}

/// Reads a post of a folder of posts.
pub(crate) fn read_below(folder: &Folder, name: &str, options: &ReadOptions) -> Outcome<Post> {
    match folder.read(name) {
        Ok(bytes) => read_bytes(name, &bytes, options),
        Err(error) => unreadable(name, &error.to_string()),
    }
}

/// What becomes of an input that cannot be read.
pub(crate) fn unreadable(name: &str, why: &str) -> Outcome<Post> {
    let mut diagnostic = Diagnostic::error("read/failed", why);
    name.clone_into(&mut diagnostic.place.path);
    Outcome::Failed { diagnostics: vec![diagnostic] }
}

/// Reads a file whole, but never much more than `limit` bytes: reading answers the one byte too many itself.
fn read_limited(path: &Path, limit: usize) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn prepared(outcome: Outcome<Post>) -> Outcome<Post> {
    match outcome {
        Outcome::Converted(mut post) => {
            prepare(&mut post);
            Outcome::Converted(post)
        }
        other => other,
    }
}

/// Runs work on one post; a panic becomes a failed post.
fn guarded(work: impl FnOnce() -> Outcome<Post>) -> Outcome<Post> {
    catch(work).unwrap_or_else(|diagnostic| Outcome::Failed { diagnostics: vec![diagnostic] })
}

/// Runs work; a panic becomes a diagnostic. The work owns what it changes, so nothing half-changed is seen afterwards.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let message = format!("postferry has a bug that this post shows: {}", text.unwrap_or("no message"));
        Diagnostic::error("internal/panic", message).help("please report it, with the post if you can")
    })
}
