//! HTML elements turned into kramdown's own (option `html_to_native`).

use crate::Element;
use crate::parser::Parser;

impl Parser {
    /// Turns an element and those in it into kramdown's own where there is one.
    pub(crate) fn make_native(&mut self, _element: &mut Element) {}
}
