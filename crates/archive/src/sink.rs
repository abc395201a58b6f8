//! Where files go: below a folder, into one file, to standard output.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::file::{Pending, write_file};
use crate::{RunError, Target};

/// The place that all outputs of a run go to.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// Below a folder, each under its name.
    Folder(PathBuf),
    /// Into one file, whatever its name would be.
    File(PathBuf),
    /// To standard output.
    Stdout,
}

impl Place {
    /// Decides what a target is. `single` is the ending of the only file that the run makes, if there is only one.
    ///
    /// # Errors
    /// A target that can hold just one file where there are several, or an existing file where a folder is needed.
    pub fn decide(target: &Target, single: Option<&str>) -> Result<Self, RunError> {
        match (target, single) {
            (Target::Stdout, Some(_)) => Ok(Self::Stdout),
            (Target::Stdout, None) => Err(RunError::Usage("standard output can hold only one file; name a folder".into())),
            (Target::Path(path), Some(ending)) if !path.is_dir() && has_ending(path, ending) => Ok(Self::File(path.clone())),
            (Target::Path(path), _) if path.is_file() => {
                Err(RunError::Usage(format!("`{}` is a file; a folder is needed for what this run writes", path.display())))
            }
            (Target::Path(path), _) => Ok(Self::Folder(path.clone())),
        }
    }

    /// Writes a whole file under a name relative to the folder.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Folder(folder) => write_file(&folder.join(name), bytes),
            Self::File(path) => write_file(path, bytes),
            Self::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                out.flush()
            }
        }
    }

    /// Opens a file to be written piece by piece; it has its name only when it is finished.
    pub fn open(&self, name: &str) -> io::Result<Stream> {
        match self {
            Self::Folder(folder) => Pending::create(&folder.join(name)).map(Stream::File),
            Self::File(path) => Pending::create(path).map(Stream::File),
            Self::Stdout => Ok(Stream::Stdout(io::stdout())),
        }
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending))
}

/// A file that is written piece by piece.
pub(crate) enum Stream {
    File(Pending),
    Stdout(io::Stdout),
}

impl Stream {
    /// Ends the file.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::File(file) => file.finish(),
            Self::Stdout(mut out) => out.flush(),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Stdout(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Stdout(out) => out.flush(),
        }
    }
}
