//! The folders of a site's source.

use std::collections::{BTreeMap, BTreeSet};

use crate::FileEntry;

/// A site's files by folder; all paths are relative to the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    folders: BTreeMap<String, Folder>,
    files: BTreeMap<String, Option<i64>>,
}

#[derive(Clone, Debug, Default)]
struct Folder {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Tree {
    /// Sorts the files of a listing that lie below `source` into folders.
    pub(crate) fn new(entries: &[FileEntry], source: &str) -> Self {
        let mut tree = Self::default();
        tree.folders.insert(String::new(), Folder::default());
        for entry in entries {
            let path = if source.is_empty() {
                entry.path.as_str()
            } else {
                let Some(path) = entry.path.strip_prefix(source).and_then(|rest| rest.strip_prefix('/')) else { continue };
                path
            };
            tree.add(path, entry.modified);
        }
        tree
    }

    fn add(&mut self, path: &str, modified: Option<i64>) {
        self.files.insert(path.to_owned(), modified);
        let (mut folder, mut name) = split(path);
        self.folders.entry(folder.to_owned()).or_default().files.insert(name.to_owned());
        while !folder.is_empty() {
            let below = folder;
            (folder, name) = split(below);
            if !self.folders.entry(folder.to_owned()).or_default().folders.insert(name.to_owned()) {
                break;
            }
        }
    }

    /// The names of the files right in a folder, sorted.
    pub(crate) fn files_in(&self, folder: &str) -> impl Iterator<Item = &str> {
        self.folders.get(folder).into_iter().flat_map(|folder| folder.files.iter().map(String::as_str))
    }

    /// The names of the folders right in a folder, sorted.
    pub(crate) fn folders_in(&self, folder: &str) -> impl Iterator<Item = &str> {
        self.folders.get(folder).into_iter().flat_map(|folder| folder.folders.iter().map(String::as_str))
    }

    pub(crate) fn has_folder(&self, folder: &str) -> bool {
        self.folders.contains_key(folder)
    }

    pub(crate) fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// When a file was changed last, where that is known.
    pub(crate) fn modified(&self, path: &str) -> Option<i64> {
        self.files.get(path).copied().flatten()
    }

    /// The paths of all files below a folder, relative to it, sorted.
    pub(crate) fn files_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let start = prefix.clone();
        self.files
            .range::<str, _>((std::ops::Bound::Included(start.as_str()), std::ops::Bound::Unbounded))
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(&prefix))
            .map(move |path| if folder.is_empty() { path } else { &path[folder.len() + 1..] })
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The paths of all files and folders.
    pub(crate) fn all_paths(&self) -> Vec<String> {
        self.folders.keys().filter(|path| !path.is_empty()).chain(self.files.keys()).cloned().collect()
    }
}

/// A path's folder and name.
pub(crate) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A folder's path and a name in it.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
