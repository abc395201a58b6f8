//! The document tree to JSON and back, with a numbered schema.
//!
//! This crate does not know where a document comes from, nor files: it makes texts and reads texts.
//!
//! A document is one object. Its metadata stand at the top (`title`, `date`, `tags` …, always all of them), the head's
//! other keys under `extra`, the content under `blocks`: objects with a `type`, as `docs/schema/document-1.json`
//! describes them. What is written reads back equal, at any depth that a tree may have.
//!
//! ```
//! use postferry_doc::{Block, Document, Inline};
//!
//! let mut document = Document::default();
//! document.meta.title = Some("Hello".into());
//! document.blocks.push(Block::paragraph(vec![Inline::text("Hello, world")]));
//! let json = postferry_json::write(&document, &postferry_json::WriteOptions::default());
//! assert!(json.starts_with(r#"{"schema":1,"title":"Hello","date":null,"#));
//! assert!(json.contains(r#""blocks":[{"type":"paragraph","content":[{"type":"text","text":"Hello, world"}]}]"#));
//! assert_eq!(postferry_json::read(&json), Ok(document));
//! ```
//!
//! Values of `extra` that JSON has no type for are objects of one key that begins with `$`:
//! `{"$date": "2022-01-11"}`, `{"$time": "2022-01-11T09:16:54+08:00"}`, `{"$bigint": "12345678901234567890"}`,
//! `{"$float": "inf"}` (also `-inf`, `nan`). A key that begins with `$` itself gets one more `$`.
//! A whole number is an integer, a number with a point or an exponent is a float.

mod attributes;
mod blocks;
mod date;
mod error;
mod fuzz;
mod inlines;
mod meta;
mod output;
mod read;
mod tables;
mod tape;
mod values;
mod write;

pub use error::ReadError;
#[doc(hidden)]
pub use fuzz::check_any_bytes;
pub use read::read;
pub use write::{WriteOptions, write};

/// The number of the schema that is written and read: `docs/schema/document-1.json`.
pub const SCHEMA_VERSION: u32 = 1;
