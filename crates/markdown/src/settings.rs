//! Settings: a dialect and its options, ready for the writer.

use postferry_doc::{Attr, Diagnostic, Text};

use crate::{
    AttributePolicy, CjkEmphasis, RawHtml, Style, Typography, WriteOptions,
    dialect::{AttributeSyntax, MathSyntax, Reader, Traits},
    element::is_attribute_name,
    text::{Reference, special_bytes},
};

/// What the writer asks for at every node.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub traits: Traits,
    pub attributes: AttributePolicy,
    pub cjk_emphasis: CjkEmphasis,
    pub html: RawHtml,
    pub style: Style,
    /// Escape less and let the proof decide.
    pub daring: bool,
    /// Whether the document has notes.
    pub notes: bool,
    /// What happens to typographic characters, where the source is known.
    pub typography: Typography,
    /// Bytes that may be markup in text.
    pub special: [bool; 256],
    /// Whether those bytes are the usual ones, which are found faster.
    pub usual: bool,
}

impl Settings {
    /// Gathers the settings.
    pub fn new(options: &WriteOptions, notes: bool) -> Self {
        let traits = options.dialect.traits();
        Self {
            traits,
            attributes: options.attributes,
            cjk_emphasis: options.cjk_emphasis,
            html: options.html,
            style: options.style.clone(),
            daring: options.proof,
            notes,
            typography: Typography::Write,
            special: special_bytes(&traits),
            usual: !traits.smart && traits.math != MathSyntax::Dollars,
        }
    }

    /// Whether the dialect has attribute lists.
    pub fn writes_lists(&self) -> bool {
        self.traits.attributes == AttributeSyntax::Lists && self.attributes != AttributePolicy::Drop
    }

    /// Whether a wrapper's attributes are written with Markdown inside.
    pub fn wraps(&self, attr: &Attr) -> bool {
        !attr.is_empty() && (self.writes_lists() || self.attributes == AttributePolicy::Html)
    }

    /// Whether kramdown reads the text.
    pub fn is_kramdown(&self) -> bool {
        self.traits.reader == Reader::Kramdown
    }

    /// The end of a tag without an end tag.
    pub fn void_end(&self) -> &'static str {
        if self.traits.jsx { " />" } else { ">" }
    }

    /// A comment.
    pub fn comment(&self, text: &str) -> String {
        if self.traits.jsx {
            // A blank beside each star, or it would be seen as emphasis.
            return format!("{{/* {} */}}", text.trim().replace("*/", "* /"));
        }
        // Older readers end a comment at any two hyphens.
        let mut comment = String::with_capacity(text.len() + 7);
        comment.push_str("<!--");
        if text.starts_with(['>', '-']) {
            comment.push(' ');
        }
        for c in text.chars() {
            if c == '-' && comment.len() > 4 && comment.ends_with('-') {
                comment.push(' ');
            }
            comment.push(c);
        }
        if comment.ends_with('-') && comment.len() > 4 {
            comment.push(' ');
        }
        comment.push_str("-->");
        comment
    }

    /// Writes an attribute with a space before it.
    pub fn push_attribute(&self, tag: &mut String, name: &str, value: &str) {
        if !is_attribute_name(name) {
            return;
        }
        let name = match name {
            "class" if self.traits.jsx => "className",
            "for" if self.traits.jsx => "htmlFor",
            _ => name,
        };
        tag.push(' ');
        tag.push_str(name);
        tag.push_str("=\"");
        let mut done = 0;
        for (at, byte) in value.bytes().enumerate() {
            let spelling = match byte {
                b'&' => "&amp;",
                b'"' => "&quot;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'\n' => "&#10;",
                b'\r' => "&#13;",
                b'\t' => "&#9;",
                _ => continue,
            };
            tag.push_str(&value[done..at]);
            tag.push_str(spelling);
            done = at + 1;
        }
        tag.push_str(&value[done..]);
        tag.push('"');
    }

    /// Writes text inside HTML tags; no character of it is markup for Markdown either.
    pub fn push_text(&self, out: &mut String, text: &str) {
        let mut done = 0;
        for (at, byte) in text.bytes().enumerate() {
            let spelling = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                // Between tags on one line MDX goes on reading Markdown.
                b'{' | b'}' | b'*' | b'_' | b'`' | b'[' | b'~' | b'\\' if self.traits.jsx => "",
                _ => continue,
            };
            out.push_str(&text[done..at]);
            if spelling.is_empty() {
                out.push_str(&Reference::spelling(char::from(byte)));
            } else {
                out.push_str(spelling);
            }
            done = at + 1;
        }
        out.push_str(&text[done..]);
    }

    /// An attribute list, where the dialect has them and there is something to write.
    pub fn attribute_list(&self, attr: &Attr) -> Option<String> {
        if attr.is_empty() || !self.writes_lists() {
            return None;
        }
        let mut list = String::from("{:");
        if let Some(id) = attr.id().filter(|id| is_word(id)) {
            list.push_str(" #");
            list.push_str(id);
        }
        for class in attr.classes().iter().filter(|c| is_word(c)) {
            list.push_str(" .");
            list.push_str(class);
        }
        for (name, value) in attr.pairs() {
            if is_word(name) && !value.contains(['"', '\n', '}']) {
                list.push(' ');
                list.push_str(name);
                list.push_str("=\"");
                list.push_str(value);
                list.push('"');
            }
        }
        list.push('}');
        (list.len() > 3).then_some(list)
    }
}

/// A name that an attribute list can hold.
pub(crate) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic()) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
}

/// What was left out, counted by kind so that a post with a thousand classes gives one diagnostic.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    attributes: Vec<(Text, Text, u32)>,
    elements: Vec<(Text, u32)>,
    /// The tree is deeper than the writer goes.
    pub too_deep: bool,
}

impl Losses {
    /// Notes that the attributes of an element were left out.
    pub fn attributes(&mut self, attr: &Attr, element: &str) {
        if !attr.is_empty() {
            self.attributes_but(attr, element, &[]);
        }
    }

    /// Notes that the attributes of an element were left out, but for some.
    pub fn attributes_but(&mut self, attr: &Attr, element: &str, kept: &[&str]) {
        if attr.id().is_some() && !kept.contains(&"id") {
            self.attribute("id", element);
        }
        if !attr.classes().is_empty() {
            self.attribute("class", element);
        }
        for (name, _) in attr.pairs() {
            if !kept.contains(&name.as_str()) {
                self.attribute(name, element);
            }
        }
    }

    /// Notes that one attribute of an element was left out.
    pub fn attribute(&mut self, name: &str, element: &str) {
        match self.attributes.iter_mut().find(|(n, e, _)| n == name && e == element) {
            Some((.., times)) => *times += 1,
            None => {
                if self.attributes.len() < KINDS {
                    self.attributes.push((name.into(), element.into(), 1));
                }
            }
        }
    }

    /// Notes that an element was left out and its content kept.
    pub fn element(&mut self, name: &str) {
        match self.elements.iter_mut().find(|(n, _)| n == name) {
            Some((_, times)) => *times += 1,
            None => {
                if self.elements.len() < KINDS {
                    self.elements.push((name.into(), 1));
                }
            }
        }
    }

    /// The diagnostics.
    pub fn report(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (name, element, times) in &self.attributes {
            let message = format!("the attribute `{name}` of `{element}` was left out{}", so_often(*times));
            diagnostics.push(Diagnostic::warning("lost/attribute", message));
        }
        for (name, times) in &self.elements {
            diagnostics
                .push(Diagnostic::warning("lost/element", format!("the element `{name}` was left out{}", so_often(*times))));
        }
        if self.too_deep {
            diagnostics.push(Diagnostic::warning("limit/depth", "the document is nested too deep for Markdown"));
        }
    }
}

fn so_often(times: u32) -> String {
    if times == 1 { String::new() } else { format!(", {times} times") }
}

/// So many kinds of losses are told apart; a post with more has lost its attributes wholesale.
const KINDS: usize = 64;
