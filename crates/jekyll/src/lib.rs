//! Reads a Jekyll site: encodings, configuration, defaults, collections, permalinks, dates; one source file to one document.
//!
//! This crate knows no output and no disk: files come through [`SiteFiles`], the site's time is a value.

mod date;
mod date_parts;
mod files;
mod name;
mod ruby;
mod slug;
mod zone;

pub use date::parse_date;
pub use files::{FileEntry, MemoryFiles, SiteFiles};
pub use slug::{SlugMode, slugify, titleize};
pub use zone::Zone;
