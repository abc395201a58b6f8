//! The folders of a site's source.

use std::collections::{BTreeMap, HashSet};

use crate::FileEntry;

/// A site's files by folder; all paths are relative to the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// Sorted.
    paths: Vec<Box<str>>,
    /// When files outside of `_posts` were changed last.
    modified: BTreeMap<Box<str>, i64>,
}

impl Tree {
    /// Takes the files of a listing that lie below `source`.
    pub(crate) fn new(entries: &[FileEntry], source: &str) -> Self {
        let mut tree = Self::default();
        for entry in entries {
            let path = if source.is_empty() {
                entry.path.as_str()
            } else {
                let Some(path) = entry.path.strip_prefix(source).and_then(|rest| rest.strip_prefix('/')) else { continue };
                path
            };
            tree.paths.push(path.into());
            // Posts have a date of their own.
            if let (Some(modified), false) = (entry.modified, path.contains("_posts/")) {
                tree.modified.insert(path.into(), modified);
            }
        }
        tree.paths.sort_unstable();
        tree.paths.dedup();
        tree.paths.shrink_to_fit();
        tree
    }

    /// The paths below a folder, whole.
    fn below(&self, folder: &str) -> &[Box<str>] {
        if folder.is_empty() {
            return &self.paths;
        }
        let (start, end) = (format!("{folder}/"), format!("{folder}0"));
        let start = self.paths.partition_point(|path| **path < *start);
        // `0` comes right after `/`.
        let end = self.paths.partition_point(|path| **path < *end);
        &self.paths[start..end.max(start)]
    }

    /// The names of the files and of the folders right in a folder, both sorted.
    pub(crate) fn entries(&self, folder: &str) -> (Vec<&str>, Vec<&str>) {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let mut rest = self.below(folder);
        while let Some(path) = rest.first() {
            let inside = &path[skip..];
            match inside.find('/') {
                None => {
                    files.push(inside);
                    rest = &rest[1..];
                }
                Some(slash) => {
                    folders.push(&inside[..slash]);
                    // Over all files of that folder.
                    let end = format!("{}0", &path[..skip + slash]);
                    rest = &rest[rest.partition_point(|path| **path < *end).max(1)..];
                }
            }
        }
        folders.sort_unstable();
        folders.dedup();
        (files, folders)
    }

    /// Forgets files that are known elsewhere.
    pub(crate) fn forget<'p>(&mut self, paths: impl Iterator<Item = &'p str>) {
        let known: HashSet<&str> = paths.collect();
        self.paths.retain(|path| !known.contains(&**path));
        self.paths.shrink_to_fit();
    }

    pub(crate) fn has_folder(&self, folder: &str) -> bool {
        !self.below(folder).is_empty()
    }

    /// The first path that begins so.
    pub(crate) fn first_with(&self, prefix: &str) -> Option<&str> {
        let at = self.paths.partition_point(|path| **path < *prefix);
        self.paths.get(at).map(|path| &**path).filter(|path| path.starts_with(prefix))
    }

    pub(crate) fn has_file(&self, path: &str) -> bool {
        self.paths.binary_search_by(|own| (**own).cmp(path)).is_ok()
    }

    /// When a file outside of `_posts` was changed last, where that is known.
    pub(crate) fn modified(&self, path: &str) -> Option<i64> {
        self.modified.get(path).copied()
    }

    /// The paths of all files below a folder, relative to it, sorted.
    pub(crate) fn files_below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
        self.below(folder).iter().map(move |path| &path[skip..])
    }

    /// The paths of all files and folders, sorted.
    pub(crate) fn all_paths(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for path in &self.paths {
            all.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
            all.push(path.to_string());
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// A path's folder and name.
pub(crate) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A folder's path and a name in it; without a name the folder.
pub(crate) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", path) | (path, "") => path.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_found_in_the_sorted_paths() {
        let paths = ["a.md", "a/b.md", "a/c/d.md", "a-b/x", "b"];
        let entry = |path: &&str| FileEntry { path: format!("src/{path}"), size: 0, modified: None };
        let tree = Tree::new(&paths.iter().map(entry).collect::<Vec<_>>(), "src");
        assert_eq!(tree.entries(""), (vec!["a.md", "b"], vec!["a", "a-b"]));
        assert_eq!(tree.entries("a"), (vec!["b.md"], vec!["c"]));
        assert_eq!(tree.files_below("a").collect::<Vec<_>>(), ["b.md", "c/d.md"]);
        assert!(tree.has_folder("a/c") && !tree.has_folder("b") && tree.has_file("b"));
        assert_eq!(tree.all_paths().len(), 8);
    }
}
