//! Which files Jekyll reads: its `EntryFilter`.

use crate::config::Config;
use crate::{glob, name};

/// Decides which entries of a folder are read.
pub(crate) struct EntryFilter<'a> {
    pub(crate) config: &'a Config,
}

impl EntryFilter<'_> {
    /// Says whether an entry is read. `entry` is its path within `base`, `base` the path of a folder within the source.
    pub(crate) fn keeps(&self, base: &str, entry: &str, is_folder: bool) -> bool {
        if entry.ends_with('.') {
            return false;
        }
        let name = name::base_name(entry);
        let included = matches_any(&self.config.include, entry, is_folder) || matches_any(&self.config.include, name, is_folder);
        if included {
            return true;
        }
        let path = if base.is_empty() { entry.to_owned() } else { format!("{base}/{entry}") };
        !matches_any(&self.config.exclude, &path, is_folder) && !is_special(entry) && !is_special(name) && !entry.ends_with('~')
    }
}

/// A pattern matches as a shell pattern whose stars cross slashes, or as the beginning of the path.
fn matches_any(patterns: &[String], path: &str, is_folder: bool) -> bool {
    patterns.iter().any(|pattern| {
        let pattern = pattern.trim_start_matches('/');
        path.starts_with(pattern)
            || (is_folder && pattern.strip_suffix('/') == Some(path))
            || (pattern.contains(['*', '?', '[', '\\']) && glob::matches(pattern, path))
    })
}

fn is_special(entry: &str) -> bool {
    entry.starts_with(['.', '_', '#', '~'])
}
