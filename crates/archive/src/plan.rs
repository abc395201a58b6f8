//! The list of a run: every input once, with the name its outputs get.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use postferry::{Folder, Names, Site, SiteFiles as _, SourceKind, SourceState, safe_path};

use crate::{Input, Job, RunError};

/// Where an item is read from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A source of a site: the numbers of both.
    Site { site: usize, source: usize },
    /// A file on disk.
    File(PathBuf),
    /// A file of a folder of posts, by its path in it.
    Below(Arc<Folder>),
    /// A folder that cannot be looked into, and why.
    Unreadable(String),
    /// Bytes of the job's input of that number.
    Bytes(usize),
    /// Left out, and why.
    Skipped(String),
}

/// One input of a run.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub origin: Origin,
    /// The path it goes by.
    pub path: String,
    /// The path of its outputs without the ending; another one than it asked for if `renamed`.
    pub stem: String,
    pub renamed: bool,
}

/// Endings of posts outside a site.
const POSTS: &[&str] = &["md", "markdown", "mkd", "mkdn", "mkdown", "html", "htm", "txt"];

/// Endings of posts that nothing here can read: they are never taken for Markdown.
pub(crate) const WITHOUT_CONVERTER: &[&str] = &["textile", "rst", "adoc", "asciidoc", "org", "haml", "slim"];

/// Lists the items of a job. `sites` are the opened sites of its inputs, in order, `folders_of_sites` where they lie.
///
/// # Errors
/// A folder that cannot be listed.
pub(crate) fn plan(job: &Job, sites: &[Site], folders_of_sites: &[Folder]) -> Result<Vec<Item>, RunError> {
    let mut items = Vec::new();
    let mut names = Names::default();
    let mut folders = Names::default();
    let several = job.inputs.len() > 1;
    let mut site_number = 0;
    for (number, input) in job.inputs.iter().enumerate() {
        let folder = input.folder_name();
        let prefix =
            if several && !folder.is_empty() { format!("{}/", folders.take(&safe_path(&folder))) } else { String::new() };
        let mut add = |origin: Origin, path: String| {
            let wanted = safe_path(&format!("{prefix}{}", without_ending(&path)));
            let skipped = matches!(origin, Origin::Skipped(_) | Origin::Unreadable(_));
            let stem = if skipped { wanted.clone() } else { names.take(&wanted) };
            items.push(Item { renamed: stem != wanted, origin, path, stem });
        };
        match input {
            Input::Site(_) => {
                let site = &sites[site_number];
                for (n, source) in site.sources().iter().enumerate() {
                    let origin = match (&source.state, source.kind) {
                        (_, SourceKind::Asset) => continue,
                        (SourceState::Shown, SourceKind::Page) if !job.pages => {
                            Origin::Skipped("page (--pages brings it)".into())
                        }
                        _ => Origin::Site { site: site_number, source: n },
                    };
                    add(origin, source.path.to_string());
                }
                add_unreadable(&folders_of_sites[site_number], &mut add);
                site_number += 1;
            }
            Input::Folder(path) => {
                let fail = |e: std::io::Error| RunError::Input { path: path.display().to_string(), why: e.to_string() };
                let folder = Arc::new(Folder::new(path));
                for entry in folder.list().map_err(fail)? {
                    let ending = ending(&entry.path);
                    if POSTS.contains(&ending.as_str()) {
                        add(Origin::Below(Arc::clone(&folder)), entry.path);
                    } else if WITHOUT_CONVERTER.contains(&ending.as_str()) {
                        add(Origin::Skipped(format!("no converter for .{ending}")), entry.path);
                    }
                }
                add_unreadable(&folder, &mut add);
            }
            Input::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let ending = ending(&name);
                if WITHOUT_CONVERTER.contains(&ending.as_str()) {
                    add(Origin::Skipped(format!("no converter for .{ending}")), name);
                } else {
                    add(Origin::File(path.clone()), name);
                }
            }
            Input::Bytes { name, .. } => add(Origin::Bytes(number), name.clone()),
        }
    }
    Ok(items)
}

/// What cannot be looked into may hold posts, unless it is hidden.
fn add_unreadable(folder: &Folder, add: &mut impl FnMut(Origin, String)) {
    for (path, why) in folder.unreadable() {
        if !path.split('/').any(|part| part.starts_with('.')) {
            add(Origin::Unreadable(why), path);
        }
    }
}

fn ending(path: &str) -> String {
    Path::new(path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The path without the ending of a text file; the dot of `v1.2-notes` is none.
fn without_ending(path: &str) -> &str {
    let ending = ending(path);
    let known = POSTS.contains(&ending.as_str()) || WITHOUT_CONVERTER.contains(&ending.as_str());
    if known { &path[..path.len() - ending.len() - 1] } else { path }
}
