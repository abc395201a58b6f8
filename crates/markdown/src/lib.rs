//! The document tree to Markdown in every dialect, with proof; CommonMark and GFM to HTML.
//!
//! This crate knows no sites, no heads of posts and no files. A document is written by a writer of our own, the text
//! is read again as the dialect reads it, and what comes back different is respelled: more escapes, a second writer,
//! HTML. What still has no spelling is a `lost/spelling` diagnostic.
//!
//! ```
//! use postferry_doc::{Block, Document, Inline};
//! use postferry_markdown::{WriteOptions, write};
//!
//! let mut document = Document::default();
//! document.blocks.push(Block::paragraph(vec![Inline::text("2*3*4 is "), Inline::strong(vec![Inline::text("24")])]));
//! assert_eq!(write(&document, &WriteOptions::default()).text, "2*3\\*4 is **24**\n");
//! ```

mod assembly;
mod autolink;
mod commonmarker;
mod compare;
mod dialect;
mod element;
mod event_meaning;
mod flanking;
mod html_meaning;
mod inline_text;
mod kramdown_proof;
mod line_start;
mod link;
mod list;
mod markup;
mod meaning;
mod options;
mod prepare;
mod proof;
mod raw;
mod read;
mod respell;
mod scan;
mod second;
mod settings;
mod smart;
mod source;
mod spell;
mod table;
mod tag;
mod text;
mod token;
mod tree_meaning;
mod typography;
mod unit;
mod write;
mod writer;

pub use commonmarker::{CommonMarker, CommonMarkerBlock, CommonMarkerOutput, commonmarker_html};
#[doc(hidden)]
pub use compare::difference;
pub use dialect::Dialect;
pub use options::{AttributePolicy, CjkEmphasis, RawHtml, Style, Typography, WriteOptions};
pub use read::to_html;
pub use source::SourceText;
pub use write::{Written, write, write_with_source};
