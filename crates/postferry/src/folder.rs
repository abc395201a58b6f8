//! A folder on disk as the files of a site.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use postferry_jekyll::{FileEntry, SiteFiles};

/// Folders that hold no sources of a site: histories, caches, packages.
const SKIPPED: &[&str] = &[".git", ".hg", ".svn", ".jekyll-cache", ".sass-cache", "node_modules"];

/// The largest file that is read at all, in bytes; a post's own limit is lower.
const LARGEST: u64 = 64 << 20;

/// The files below a folder. A symbolic link is followed only to a file below the same folder, and only plain files are
/// ever opened: what else has a file's name is listed, and reading it is an error. A name that is not UTF-8 is listed
/// with its odd bytes as `%FF`.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    unreadable: Arc<Mutex<Vec<(String, String)>>>,
}

impl Folder {
    /// Opens a folder; reads nothing yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), unreadable: Arc::default() }
    }

    /// The folder's path, as it was given.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folders that the last listing could not look into, each with the reason.
    pub fn unreadable(&self) -> Vec<(String, String)> {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lists one folder: its files into `found`, the folders in it into `open`.
    fn visit(name: &str, folder: &Path, found: &mut Vec<FileEntry>, open: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let part = readable_name(&entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() && SKIPPED.contains(&part.as_str()) {
                continue;
            }
            let path = if name.is_empty() { part } else { format!("{name}/{part}") };
            if kind.is_dir() {
                open.push((path, entry.path()));
                continue;
            }
            // A link that leads nowhere has no size; reading it says why.
            let meta = fs::metadata(entry.path()).ok();
            if meta.as_ref().is_some_and(fs::Metadata::is_dir) {
                continue;
            }
            let modified = meta.as_ref().and_then(|meta| meta.modified().ok());
            let modified = modified.and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map(|d| d.as_secs() as i64);
            found.push(FileEntry { path, size: meta.map_or(0, |meta| meta.len()), modified });
        }
        Ok(())
    }

    /// Where a listed file is.
    fn locate(&self, path: &str) -> PathBuf {
        let full = self.root.join(path);
        if !path.contains('%') || full.symlink_metadata().is_ok() {
            return full;
        }
        let mut found = self.root.clone();
        for part in path.split('/') {
            let next = found.join(part);
            let is_named = |entry: &fs::DirEntry| readable_name(&entry.file_name()) == part;
            found = if next.symlink_metadata().is_ok() {
                next
            } else {
                let mut entries = fs::read_dir(&found).into_iter().flatten().flatten();
                entries.find(is_named).map_or(next, |entry| entry.path())
            };
        }
        found
    }
}

/// The name as text; bytes that are no UTF-8 as `%FF`.
fn readable_name(name: &OsStr) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

impl SiteFiles for Folder {
    fn list(&self) -> io::Result<Vec<FileEntry>> {
        let about = |e: &io::Error| io::Error::new(e.kind(), format!("{}: {e}", self.root.display()));
        let (mut found, mut open, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
        Self::visit("", &self.root, &mut found, &mut open).map_err(|e| about(&e))?;
        while let Some((name, folder)) = open.pop() {
            if let Err(error) = Self::visit(&name, &folder, &mut found, &mut open) {
                unreadable.push((name, error.to_string()));
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        unreadable.sort();
        *self.unreadable.lock().unwrap_or_else(PoisonError::into_inner) = unreadable;
        Ok(found)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let outside = || io::Error::new(io::ErrorKind::NotFound, format!("`{path}` is not below the folder"));
        let relative = Path::new(path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        // The path may come from a template: a link in the middle of it must not lead out of the folder.
        let real = fs::canonicalize(self.locate(path))?;
        if !real.starts_with(fs::canonicalize(&self.root)?) {
            return Err(outside());
        }
        let meta = fs::metadata(&real)?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("`{path}` is no plain file")));
        }
        let mut bytes = Vec::with_capacity(meta.len().min(LARGEST) as usize);
        if meta.len() <= LARGEST {
            // It may grow while it is read.
            fs::File::open(real)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        }
        let size = meta.len().max(bytes.len() as u64);
        if size > LARGEST {
            let message = format!("`{path}` has {size} bytes; no file of more than {LARGEST} is read");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(bytes)
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

    #[cfg(unix)]
    #[test]
    fn odd_files_are_listed_but_not_read() {
        use std::os::unix::ffi::OsStrExt as _;
        let root = std::env::temp_dir().join(format!("postferry-folder-{}", std::process::id()));
        let folders = (0..300).fold(root.clone(), |path, _| path.join("d"));
        fs::create_dir_all(&folders).expect("it can be made");
        fs::write(folders.join("deep.md"), "deep").expect("it can be written");
        let odd = OsStr::from_bytes(b"od\xffd.md");
        fs::write(root.join("d").join(odd), "odd").expect("it can be written");
        fs::write(root.join("100%25.md"), "as it is").expect("it can be written");
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, root.join(name)).expect("it can be made");
        link("100%25.md", "inside.md");
        link("/dev/zero", "endless.md");
        link("nowhere", "dangling.md");
        link("..", "up");

        let folder = Folder::new(&root);
        let names: Vec<String> = folder.list().expect("it can be listed").into_iter().map(|file| file.path).collect();
        assert_eq!(names.iter().filter(|name| name.len() > 100).count(), 1, "the deepest file is there");
        let short: Vec<&str> = names.iter().map(String::as_str).filter(|name| name.len() < 100).collect();
        assert_eq!(short, ["100%25.md", "d/od%FFd.md", "dangling.md", "endless.md", "inside.md"]);
        let read = |name: &str| folder.read(name).map_err(|e| e.kind());
        assert_eq!(read("d/od%FFd.md").as_deref(), Ok(b"odd".as_slice()));
        assert_eq!(read("inside.md").as_deref(), Ok(b"as it is".as_slice()));
        assert!(read("endless.md").is_err() && read("dangling.md").is_err());
        fs::remove_dir_all(&root).expect("it can be removed");
    }
}
