//! CommonMark and its kin to HTML, for sites that ask for such an engine.

use pulldown_cmark::{Parser, html::push_html};

use crate::Dialect;

/// Converts CommonMark or GFM text to HTML. Never fails.
///
/// ```
/// use postferry_markdown::{Dialect, to_html};
///
/// assert_eq!(to_html("~~a~~ *b*\n", Dialect::Gfm), "<p><del>a</del> <em>b</em></p>\n");
/// ```
pub fn to_html(text: &str, dialect: Dialect) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 2);
    push_html(&mut html, Parser::new_ext(text, dialect.parser_options()));
    html
}
