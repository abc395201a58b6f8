//! Books: many documents in one file. [`chapter`] is pure and may run on any thread, [`BookWriter`] takes chapters in order.

pub use postferry_epub::{Assets, Book, BookWriter, Chapter, ChapterOptions, Links, Parts, chapter};
