//! Finds the files of a site in Jekyll's own order of reading.

use crate::config::clean_folder;
use crate::filter::EntryFilter;
use crate::load::Context;
use crate::name;
use crate::source::SourceKind;
use crate::tree::{join, split};

/// A file that Jekyll looks at; its path is relative to the source.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) path: String,
    pub(crate) kind: SourceKind,
    pub(crate) collection: u16,
    /// Why it is left out, where its name says so.
    pub(crate) skipped: Option<&'static str>,
}

/// Lists everything: posts and drafts, the documents of the other collections, pages, files that are copied.
pub(crate) fn list(context: &Context) -> Vec<Candidate> {
    let mut listing = Listing { context, filter: EntryFilter { config: &context.config }, found: Vec::new() };
    listing.list_folders();
    for number in 1..context.config.collections.len() {
        listing.list_collection(number as u16);
    }
    listing.found
}

struct Listing<'c> {
    context: &'c Context,
    filter: EntryFilter<'c>,
    found: Vec<Candidate>,
}

impl Listing<'_> {
    /// Goes through the folders of the source; each may hold `_posts` and `_drafts`.
    fn list_folders(&mut self) {
        let config = &self.context.config;
        let destination = clean_folder(&config.text("destination").unwrap_or_default());
        let tree = &self.context.tree;
        let mut open = vec![String::new()];
        while let Some(folder) = open.pop() {
            self.list_posts(&folder);
            let (files, folders) = tree.entries(&folder);
            for file in files {
                if self.filter.keeps(&folder, file, false) {
                    self.add_page(&join(&folder, file));
                }
            }
            let below: Vec<String> = folders
                .into_iter()
                .filter(|name| self.filter.keeps(&folder, name, true))
                .map(|name| join(&folder, name))
                .filter(|path| join(&config.source, path) != destination)
                .collect();
            open.extend(below.into_iter().rev());
        }
        for entry in &self.context.config.include {
            let entry = entry.trim_start_matches('/');
            if tree.has_file(entry) && !self.found.iter().any(|candidate| candidate.path == entry) {
                self.add_page(entry);
            }
        }
    }

    fn list_posts(&mut self, folder: &str) {
        let collections = &self.context.config.collections_dir;
        // Jekyll compares beginnings of paths here, not folders.
        if !collections.is_empty() && !folder.starts_with(collections.as_str()) {
            return;
        }
        for (special, kind) in [("_posts", SourceKind::Post), ("_drafts", SourceKind::Draft)] {
            let base = join(folder, special);
            if !self.context.tree.has_folder(&base) {
                continue;
            }
            for entry in self.context.tree.files_below(&base) {
                let (inside, file) = split(entry);
                // A shell pattern's stars see no hidden files and folders.
                let hidden = inside.split('/').any(|part| part.starts_with('.')) || file.starts_with('.');
                let named = match kind {
                    SourceKind::Draft => name::dateless_name(entry).is_some(),
                    _ => name::dated_name(entry).is_some(),
                };
                let skipped = if hidden || !self.keeps_below(&base, entry) {
                    Some("excluded, hidden or a backup")
                } else if kind == SourceKind::Draft && !self.context.config.drafts {
                    Some("draft")
                } else if !named {
                    Some(if kind == SourceKind::Draft {
                        "the file's name has no extension"
                    } else {
                        "the file's name is not YYYY-MM-DD-title.ext"
                    })
                } else {
                    None
                };
                self.found.push(Candidate { path: join(&base, entry), kind, collection: 0, skipped });
            }
        }
    }

    fn keeps_below(&self, base: &str, entry: &str) -> bool {
        self.filter.keeps(base, entry, false)
    }

    fn list_collection(&mut self, number: u16) {
        let config = &self.context.config;
        let label = &config.collections[usize::from(number)].label;
        if label == "data" {
            return;
        }
        let own = format!("_{label}");
        let folder = join(&config.collections_dir, &own);
        for entry in self.context.tree.files_below(&folder) {
            if !self.filter.keeps(&own, entry, false) {
                continue;
            }
            let path = join(&folder, entry);
            let kind = if self.has_yaml_header(&path) { SourceKind::Document } else { SourceKind::Asset };
            self.found.push(Candidate { path, kind, collection: number, skipped: None });
        }
    }

    fn add_page(&mut self, path: &str) {
        let kind = if self.has_yaml_header(path) { SourceKind::Page } else { SourceKind::Asset };
        self.found.push(Candidate { path: path.to_owned(), kind, collection: u16::MAX, skipped: None });
    }

    /// `\A---\s*\r?\n` on the first line's bytes.
    fn has_yaml_header(&self, path: &str) -> bool {
        let Ok(bytes) = self.context.files.read(&join(&self.context.config.source, path)) else { return false };
        let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return false };
        std::str::from_utf8(&bytes[..=end]).is_ok_and(postferry_frontmatter::has_yaml_header)
    }
}
