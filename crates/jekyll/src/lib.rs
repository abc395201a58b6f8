//! Reads a Jekyll site: encodings, configuration, defaults, collections, permalinks, dates; one source file to one document.
//!
//! This crate knows no output and no disk: files come through [`SiteFiles`], the site's time is a value. It marks no tokens
//! of code: where [`SiteOptions::code_frames`] asks for it, content has Rouge's frame around code; a tree has only the code.

mod asset;
mod cache;
mod categories;
mod config;
#[cfg(test)]
mod conformance;
mod data;
mod date;
mod defaults;
mod encoding;
mod engine;
mod excerpt;
mod export;
mod facts;
mod files;
mod filter;
mod glob;
mod host;
mod kept;
mod liquid_value;
mod listing;
mod load;
mod load_page;
mod loose;
mod merge;
mod name;
mod options;
mod order;
mod permalink;
mod post;
mod render;
mod ruby;
mod rules;
mod saved_page;
mod site;
mod site_object;
mod source;
mod source_object;
mod summary;
mod templates;
mod title;
mod toml;
mod tree;
mod zone;

pub use config::{Collection, Config};
pub use date::parse_date;
pub use export::export_line;
pub use files::{FileEntry, MemoryFiles, SiteFiles};
pub use loose::read_loose;
pub use options::{LiquidMode, SiteError, SiteOptions};
pub use post::{Expanded, Outcome, Post};
pub use postferry_liquid::{Facts, SlugMode, TagFate, slugify};
pub use rules::{TagMeaning, TagRule};
pub use site::Site;
pub use source::{Source, SourceKind, SourceState};
pub use title::titleize;
pub use zone::Zone;
