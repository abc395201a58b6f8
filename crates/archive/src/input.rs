//! What a run is given: sites, folders of posts, single posts, bytes.

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
        if meta.is_file() { Ok(Self::File(path.to_owned())) } else { Err(fail("neither a file nor a folder".into())) }
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
