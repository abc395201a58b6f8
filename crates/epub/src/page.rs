//! The frame of every page of a book.

use crate::labels::is_right_to_left;
use crate::xml::push_escaped;

/// Writes an XHTML page around a body that is XHTML already.
pub fn write(language: &str, title: &str, body: &str) -> String {
    let mut out = String::with_capacity(body.len() + 512);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"");
    out.push_str(" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"");
    push_escaped(&mut out, language);
    out.push_str("\" xml:lang=\"");
    push_escaped(&mut out, language);
    out.push_str(if is_right_to_left(language) { "\" dir=\"rtl\">\n" } else { "\">\n" });
    out.push_str("<head>\n<title>");
    push_escaped(&mut out, title);
    out.push_str("</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body>\n");
    out.push_str(body);
    out.push_str("</body>\n</html>\n");
    out
}
