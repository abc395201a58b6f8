//! Files that are either whole or not there.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file under a temporary name beside its target; [`Pending::finish`] gives it its name.
///
/// Dropped unfinished, it removes the temporary file again, so that nothing is ever there by half.
pub(crate) struct Pending {
    out: Option<BufWriter<File>>,
    temporary: PathBuf,
    target: PathBuf,
    done: bool,
}

impl Pending {
    /// Creates the folders above `target` and the temporary file.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn create(target: &Path) -> io::Result<Self> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|e| about(folder, &e))?;
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        // Names may be as long as the file system allows: the temporary one must not be longer.
        let short: String = name.chars().take(40).collect();
        let temporary = target.with_file_name(format!(".postferry-{:016x}-{short}.tmp", hash(&name)));
        let out = File::create(&temporary).map_err(|e| about(&temporary, &e))?;
        Ok(Self { out: Some(BufWriter::new(out)), temporary, target: target.to_owned(), done: false })
    }

    /// Writes out what is buffered and renames the file to its target.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            out.into_inner().map_err(|e| about(&self.temporary, e.error()))?;
        }
        fs::rename(&self.temporary, &self.target).map_err(|e| about(&self.target, &e))?;
        self.done = true;
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Some(out) => out.write(bytes).map_err(|e| about(&self.target, &e)),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.done {
            self.out = None;
            // Nothing can be done about a temporary file that cannot be removed; its name says what it is.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Writes a whole file, atomically.
///
/// # Errors
/// What the file system says, with the path.
pub(crate) fn write_file(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Pending::create(target)?;
    file.write_all(bytes)?;
    file.finish()
}

/// Puts the path into an error's message.
pub(crate) fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// FNV-1a: the same name for the same target in each run, so that a left-over file is overwritten, not multiplied.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
