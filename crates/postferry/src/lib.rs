//! Carries an archive of Jekyll posts to Markdown, JSON and EPUB.
//!
//! ```
//! use postferry::{Dialect, Format, ReadOptions, WriteOptions};
//!
//! let source = "---\ntitle: 你好\ndate: 2022-01-11 09:16:54 +0800\n---\n<p>一段。</p>\n <p><strong>重点</strong></p>\n\n[link](/a.html)\n";
//! let post = postferry::read("2022-01-11-hello.md", source.as_bytes(), &ReadOptions::default()).post().expect("it is a post");
//! let written = postferry::write(&post, Format::Markdown(Dialect::Gfm), &WriteOptions::default());
//! assert!(written.text.contains("date: 2022-01-11T09:16:54+08:00\n"));
//! assert!(written.text.ends_with("\n一段。\n\n**重点**\n\n[link](/a.html)\n"));
//! assert!(written.diagnostics.is_empty());
//! ```
//!
//! A single post is read by [`read`], a whole site by [`Site`], whose files come from a [`Folder`] or from memory. What is
//! read is a [`Post`]: its [`Document`] is a tree that plain functions may change ([`walk`]), and [`write()`] spells it
//! in any [`Format`] of the table [`FORMATS`]; [`epub`] makes books of many. This crate starts no threads; the archive
//! crate does.

pub mod epub;
mod folder;
mod format;
mod fuzz;
mod head;
mod language;
mod name;
mod prepare;
mod rules;
mod write;

pub use folder::Folder;
pub use format::{FORMATS, Format, FormatInfo};
#[doc(hidden)]
pub use fuzz::{check_any_bytes, check_any_document};
pub use language::guess_language;
pub use name::{Names, safe_path};
pub use postferry_doc::{
    Alignment, Attr, Block, CODES, Cell, DateTime, Definition, DefinitionItem, Diagnostic, Document, Inline, Level, Limits, List,
    ListItem, ListKind, Map, Meta, Namespace, Note, Origin, Place, Row, Severity, Table, TableBody, Term, Text, Value,
    inline_text, plain_text, walk,
};
pub use postferry_frontmatter::Mode as YamlMode;
pub use postferry_jekyll::{
    Config, Facts, FileEntry, LiquidMode, MemoryFiles, Outcome, Post, Site, SiteError, SiteFiles, SiteOptions as ReadOptions,
    Source, SourceKind, SourceState, TagFate, TagMeaning, TagRule, Zone, export_line, read_loose as read,
};
pub use postferry_json::{ReadError, SCHEMA_VERSION, read as read_json};
pub use postferry_markdown::{AttributePolicy, CjkEmphasis, Dialect, RawHtml, Style, Typography};
pub use prepare::{looks_like_html, prepare};
pub use rules::read_rules;
pub use write::{WriteOptions, Written, content_html, write};
