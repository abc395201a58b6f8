//! HTML to the document tree and back, XHTML for books, and sanitising.
//!
//! This crate does not know where the HTML came from, nor any file.

mod check;
mod dom;
#[cfg(test)]
mod families;
mod grid;
mod guard;
mod limits;
mod lower;
mod names;
#[cfg(test)]
mod oracle;
mod page;
mod parse;
mod read;
mod sanitize;
mod scan;
mod sink;
mod slug;
mod tidy;
mod write;
mod xml;

#[doc(hidden)]
pub use check::check_any_bytes;
pub use page::{PageOptions, read_page, write_page};
pub use read::{AutoIds, Piece, ReadOptions, Reading, read, read_pieces};
pub use sanitize::{Policy, sanitize};
pub use write::{MathWriter, NoteStyle, Syntax, WriteOptions, Written, write};
#[doc(hidden)]
pub use xml::{nesting_fault, xml_fault};
