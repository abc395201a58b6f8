//! What a run is asked to do.

use std::path::{Path, PathBuf};

use postferry::{Format, ReadOptions, WriteOptions};

use crate::Input;

/// What a run is asked to do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Job {
    /// What to convert.
    pub inputs: Vec<Input>,
    /// What to write; each post is read once, however many formats there are.
    pub formats: Vec<Format>,
    /// Where to.
    pub target: Target,
    /// How posts are read.
    pub read: ReadOptions,
    /// How posts are written.
    pub write: WriteOptions,
    /// How posts are put into books; default one book.
    pub volumes: Volumes,
    /// Whether the pages of a site are converted too; default no.
    pub pages: bool,
    /// Threads; default as many as there are processors.
    pub threads: Option<usize>,
}

impl Job {
    /// Makes a job without inputs and formats.
    pub fn new(target: Target) -> Self {
        Self {
            inputs: Vec::new(),
            formats: Vec::new(),
            target,
            read: ReadOptions::default(),
            write: WriteOptions::default(),
            volumes: Volumes::default(),
            pages: false,
            threads: None,
        }
    }

    pub(crate) fn threads(&self) -> usize {
        threads(self.threads)
    }
}

/// The number that was asked for, or as many as there are processors.
pub(crate) fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).clamp(1, 256)
}

/// Where the output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A folder; or a file, where one format makes just one and the path has its ending.
    Path(PathBuf),
    /// Standard output, where one format makes just one file.
    Stdout,
}

impl Target {
    /// The target that a path on the command line names: `-` is standard output.
    pub fn from_path(path: &Path) -> Self {
        if path == Path::new("-") { Self::Stdout } else { Self::Path(path.to_owned()) }
    }
}

/// How posts are put into books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Volumes {
    /// One book of all posts.
    #[default]
    None,
    /// A book a post.
    Post,
    /// A book a year.
    Year,
    /// A book for each first category.
    Category,
}
