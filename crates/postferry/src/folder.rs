//! A folder on disk as the files of a site.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use postferry_jekyll::{FileEntry, SiteFiles};

/// Folders that hold no sources of a site: histories, caches, packages.
const SKIPPED: &[&str] = &[".git", ".hg", ".svn", ".jekyll-cache", ".sass-cache", "node_modules"];

/// Folders below one another at most, so that no tree of folders, however made, is followed for ever.
const DEPTH: usize = 100;

/// The files below a folder. A symbolic link is followed only to a file below the same folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens a folder; reads nothing yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder's path, as it was given.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn visit(&self, folder: &Path, name: &str, real: &Path, depth: usize, found: &mut Vec<FileEntry>) -> io::Result<()> {
        let entries = fs::read_dir(folder).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", folder.display())))?;
        for entry in entries {
            let entry = entry?;
            let part = entry.file_name();
            // A name that is not UTF-8 cannot be a URL; what it holds is listed under the nearest name and fails to be read.
            let part = part.to_string_lossy();
            let path = if name.is_empty() { part.to_string() } else { format!("{name}/{part}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if depth < DEPTH && !SKIPPED.contains(&&*part) {
                    self.visit(&entry.path(), &path, real, depth + 1, found)?;
                }
                continue;
            }
            let inside = kind.is_file()
                || (kind.is_symlink()
                    && fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(real) && target.is_file()));
            if !inside {
                continue;
            }
            let meta = fs::metadata(entry.path())?;
            let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map(|d| d.as_secs() as i64);
            found.push(FileEntry { path, size: meta.len(), modified });
        }
        Ok(())
    }
}

impl SiteFiles for Folder {
    fn list(&self) -> io::Result<Vec<FileEntry>> {
        let mut found = Vec::new();
        let real = fs::canonicalize(&self.root)?;
        self.visit(&self.root, "", &real, 0, &mut found)?;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let relative = Path::new(path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("`{path}` is not below the folder")));
        }
        let full = self.root.join(relative);
        // The path may come from a template: a link in the middle of it must not lead out of the folder.
        let real = fs::canonicalize(&full)?;
        if !real.starts_with(fs::canonicalize(&self.root)?) || !real.is_file() {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("`{path}` is not below the folder")));
        }
        fs::read(real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_read() {
        let folder = Folder::new(env!("CARGO_MANIFEST_DIR"));
        assert!(folder.read("Cargo.toml").is_ok());
        for path in ["../doc/Cargo.toml", "/etc/hostname", "src/../../doc/Cargo.toml", "src", "no-such"] {
            assert!(folder.read(path).is_err(), "{path}");
        }
    }

    #[test]
    fn files_are_listed_in_order() {
        let files = Folder::new(env!("CARGO_MANIFEST_DIR")).list().expect("the folder is there");
        assert!(files.windows(2).all(|pair| pair[0].path < pair[1].path));
        assert!(files.iter().any(|f| f.path == "src/folder.rs" && f.size > 0));
    }
}
