//! The document tree, its metadata, diagnostics and limits: what every room of postferry shares.
//!
//! This crate knows no format, no file and no thread. A reader makes a [`Document`], plain functions
//! change it, a writer spells it; whatever they notice on the way is a [`Diagnostic`].
//!
//! ```
//! use postferry_doc::{Block, Document, Inline, plain_text};
//!
//! let mut document = Document::default();
//! document.blocks.push(Block::paragraph(vec![Inline::text("Hello, "), Inline::strong(vec![Inline::text("world")])]));
//! assert_eq!(plain_text(&document.blocks), "Hello, world");
//! assert!(document.validate().is_ok());
//! ```

#[cfg(any(test, feature = "arbitrary"))]
pub mod arbitrary;
mod attr;
mod block;
mod date;
mod diagnostic;
mod document;
mod inline;
mod limits;
mod meta;
mod plain;
mod table;
mod text;
mod validate;
mod value;
pub mod walk;

pub use attr::Attr;
pub use block::{Block, Definition, DefinitionItem, Level, List, ListItem, ListKind, Term};
pub use date::DateTime;
pub use diagnostic::{CODES, Diagnostic, Place, Severity, Topic};
pub use document::{Document, Note, Origin};
pub use inline::{Inline, Namespace};
pub use limits::Limits;
pub use meta::Meta;
pub use plain::{inline_text, plain_text};
pub use table::{Alignment, Cell, Row, Table, TableBody};
pub use text::{Source, Text};
pub use validate::Fault;
pub use value::{Map, Value};
