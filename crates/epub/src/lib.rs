//! Documents to EPUB 3.3 books.
//!
//! This crate does not know Jekyll, nor files: chapters are made of documents, and a book goes into any `Write`.
//!
//! [`chapter`] does the work and is pure, so it can run on any thread; [`BookWriter`] puts chapters one after the other
//! into the container and keeps no more than the table of contents. What goes in gives the same bytes out, always.

mod attributes;
mod book;
mod chapter;
mod check;
mod container;
mod drawing;
mod foreign;
mod formula;
mod identifier;
mod ids;
mod images;
mod labels;
mod links;
mod navigation;
mod package;
mod page;
mod raster;
mod resolve;
mod scan;
mod split;
mod structure;
mod style;
mod title_page;
mod unpack;
mod url;
mod xml;

pub use book::{Book, BookWriter, Parts};
pub use chapter::{Chapter, ChapterOptions, chapter};
pub use check::check_book;
pub use images::Assets;
pub use links::Links;
pub use unpack::unpack;
