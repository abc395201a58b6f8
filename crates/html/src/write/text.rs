//! Escaping, tags and attributes.

use postferry_doc::Attr;

use super::Writer;
use crate::names;

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        let xhtml = self.is_xhtml();
        escape(&mut self.out, text, false, xhtml);
    }

    pub(super) fn start_tag(&mut self, name: &str, attr: &Attr) {
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(name, attr);
        self.out.push('>');
    }

    pub(super) fn void_tag(&mut self, name: &str, attr: &Attr) {
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(name, attr);
        self.out.push_str(" />");
    }

    pub(super) fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes the attributes of an HTML element.
    pub(super) fn attributes(&mut self, element: &str, attr: &Attr) {
        if self.is_xhtml() && !attr.is_empty() {
            let attr = self.clean_attributes(element, attr);
            self.plain_attributes(&attr);
        } else {
            self.plain_attributes(attr);
        }
    }

    pub(super) fn plain_attributes(&mut self, attr: &Attr) {
        if let Some(id) = attr.id() {
            self.attribute("id", id);
        }
        let classes = attr.classes();
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        for (name, value) in attr.pairs() {
            self.attribute(name, value);
        }
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        if !names::is_attribute_name(name) {
            self.note("html/attribute", format!("`{name}` is no name of an attribute"));
            return;
        }
        let xhtml = self.is_xhtml();
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value, true, xhtml);
        self.out.push('"');
    }

    pub(super) fn comment(&mut self, text: &str) {
        self.out.push_str("<!--");
        let mut dashes = 0;
        let mut bang = false;
        let mut only_dashes = true;
        for c in text.chars() {
            // What would end the comment, or may not stand in it, is kept apart.
            let ends = c == '>' && (dashes >= 2 || bang || only_dashes);
            if ends || (self.is_xhtml() && c == '-' && dashes > 0) {
                self.out.push(' ');
                dashes = 0;
            }
            only_dashes &= c == '-';
            bang = c == '!' && dashes >= 2;
            dashes = if c == '-' { dashes + 1 } else { 0 };
            if !self.is_xhtml() || is_xml(c) {
                self.out.push(c);
            }
        }
        if dashes > 0 && self.is_xhtml() {
            self.out.push(' ');
        }
        self.out.push_str("-->");
    }

    pub(super) fn new_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

/// Adds text, escaped.
pub(crate) fn escape_text(out: &mut String, text: &str, xhtml: bool) {
    escape(out, text, false, xhtml);
}

/// Adds the value of an attribute, escaped.
pub(crate) fn escape_attribute(out: &mut String, text: &str, xhtml: bool) {
    escape(out, text, true, xhtml);
}

/// Adds text with the characters escaped that mean something; leaves out what XML cannot hold.
fn escape(out: &mut String, text: &str, quoted: bool, xhtml: bool) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let with = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if quoted => "&quot;",
            '\r' => "&#13;",
            '\n' if quoted && xhtml => "&#10;",
            '\t' if quoted && xhtml => "&#9;",
            '\0' => "",
            c if xhtml && !is_xml(c) => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(with);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// The characters that XML 1.0 can hold (section 2.2) and a page may have: no controls, nothing that Unicode has as none.
pub(super) fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
        && u32::from(c) & 0xfffe != 0xfffe
        && !matches!(c, '\u{fdd0}'..='\u{fdef}')
}
