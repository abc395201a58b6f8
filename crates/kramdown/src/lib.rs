//! kramdown text to HTML, exactly as kramdown 2.x with its GFM parser does.
//!
//! It knows nothing of sites, front matter, Liquid, or any tree but its own; of syntax highlighting only what Rouge
//! puts around code, not how tokens are marked.
//!
//! ```
//! let output = kramdown::to_html("A *word*, \"quoted\"\n{: .note}\n", &kramdown::Options::jekyll());
//! assert_eq!(output.html, "<p class=\"note\">A <em>word</em>, “quoted”</p>\n");
//! ```

mod block;
mod chars;
mod entities;
mod finish;
mod fuzz;
mod kind;
mod names;
mod native;
mod options;
mod output;
mod parser;
mod render;
mod rouge;
mod scan;
mod span;
mod tree;
mod yaml;

#[doc(hidden)]
pub use fuzz::check_any_bytes;
pub use kind::Kind;
pub use options::{EntityOutput, LinkDefinition, OptionError, Options, Parser, QuoteEntity, Version};
pub use output::{BlockSpan, Output, Warning, parse, to_html, to_html_with_marks};
pub use rouge::{Rouge, RougeFrame};
pub use tree::{Alignment, Attr, Category, ContentModel, Document, Element, Ial, Mark, Quote, Span, Symbol};

use span::reference as span_reference;
