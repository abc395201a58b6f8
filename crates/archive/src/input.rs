//! What a run is given: sites, folders of posts, single posts, bytes.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::RunError;

/// Something to convert.
#[derive(Clone, Debug)]
pub enum Input {
    /// A Jekyll site: a folder with a configuration or with `_posts`.
    Site(PathBuf),
    /// A folder of posts that is no site.
    Folder(PathBuf),
    /// A single post.
    File(PathBuf),
    /// A post in memory, with a name whose ending says how it is read.
    Bytes {
        /// The name, e.g. `post.md`.
        name: String,
        /// The file's bytes.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// Looks what a path is.
    ///
    /// # Errors
    /// [`RunError::Input`] where there is nothing that could be read.
    pub fn find(path: &Path) -> Result<Self, RunError> {
        let fail = |why: String| RunError::Input { path: path.display().to_string(), why };
        let meta = std::fs::metadata(path).map_err(|e| fail(e.to_string()))?;
        if meta.is_dir() {
            let configured = ["_config.yml", "_config.yaml", "_config.toml"].iter().any(|name| path.join(name).is_file());
            let site = configured || path.join("_posts").is_dir();
            return Ok(if site { Self::Site(path.to_owned()) } else { Self::Folder(path.to_owned()) });
        }
        if !meta.is_file() {
            return Err(fail("neither a file nor a folder".into()));
        }
        if is_archive(path).map_err(|e| fail(e.to_string()))? {
            return Err(fail("it is an archive; unpack it and give the folder".into()));
        }
        Ok(Self::File(path.to_owned()))
    }

    /// The folder that a run's outputs of this input go to, when there are several inputs.
    pub(crate) fn folder_name(&self) -> String {
        match self {
            Self::Site(path) | Self::Folder(path) => {
                let full = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
                full.file_name().map_or_else(|| "input".to_owned(), |name| name.to_string_lossy().into_owned())
            }
            Self::File(_) | Self::Bytes { .. } => String::new(),
        }
    }
}

/// Tells an archive or a compressed file by its ending and by its first bytes, which no post begins with.
fn is_archive(path: &Path) -> io::Result<bool> {
    const ENDINGS: &[&str] = &["zip", "tar", "tgz", "gz", "tbz", "tbz2", "bz2", "txz", "xz", "tzst", "zst", "7z", "rar"];
    const BEGINNINGS: &[&[u8]] = &[
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
    ];
    if path.extension().is_some_and(|e| ENDINGS.iter().any(|ending| e.eq_ignore_ascii_case(ending))) {
        return Ok(true);
    }
    let mut start = Vec::new();
    std::fs::File::open(path)?.take(512).read_to_end(&mut start)?;
    let is_tar = start.get(257..262) == Some(b"ustar");
    Ok(is_tar || BEGINNINGS.iter().any(|beginning| start.starts_with(beginning)))
}
