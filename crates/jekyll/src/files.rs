//! Where a site's files come from.

use std::collections::BTreeMap;
use std::io;

/// The files of a site: a folder, memory, an archive.
pub trait SiteFiles: Send + Sync {
    /// Lists every file below the site's root, in any order.
    ///
    /// # Errors
    /// Where the listing cannot be had.
    fn list(&self) -> io::Result<Vec<FileEntry>>;

    /// Reads one of the listed files whole.
    ///
    /// # Errors
    /// Where there is no such file or it cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// The path relative to the site's root, with `/` between its parts.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed last, in seconds since 1970, where that is known. A draft takes its date from it.
    pub modified: Option<i64>,
}

/// Files that are held in memory.
///
/// ```
/// use postferry_jekyll::{MemoryFiles, SiteFiles};
///
/// let files = MemoryFiles::from_iter([("_posts/2022-01-11-a.md", "Hello")]);
/// assert_eq!(files.read("_posts/2022-01-11-a.md").expect("it is there"), b"Hello");
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
    modified: Option<i64>,
}

impl MemoryFiles {
    /// Adds a file or replaces it.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), bytes.into());
    }

    /// Says when every file was changed last, in seconds since 1970.
    pub fn set_modified(&mut self, seconds: i64) {
        self.modified = Some(seconds);
    }
}

impl<'a, B: Into<Vec<u8>>> FromIterator<(&'a str, B)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (&'a str, B)>>(files: I) -> Self {
        let mut all = Self::default();
        for (path, bytes) in files {
            all.insert(path, bytes);
        }
        all
    }
}

impl SiteFiles for MemoryFiles {
    fn list(&self) -> io::Result<Vec<FileEntry>> {
        let entry = |(path, bytes): (&String, &Vec<u8>)| FileEntry {
            path: path.clone(),
            size: bytes.len() as u64,
            modified: self.modified,
        };
        Ok(self.files.iter().map(entry).collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("no file `{path}`")))
    }
}
