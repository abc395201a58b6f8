//! Running text.

use postferry_doc::{Attr, Inline, Namespace, Text, inline_text};

use super::Writer;
use crate::lower::split_math;
use crate::names;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        if !self.enter() {
            self.text(&inline_text(content));
            return;
        }
        // A beginning in one text and an end in another would meet once they are written.
        let holds = |part: &str| content.iter().any(|i| matches!(i, Inline::Text(text) if text.contains(part)));
        let apart = std::mem::replace(&mut self.formulas.apart, holds("\\(") && holds("\\)"));
        let between = std::mem::replace(&mut self.formulas.between, false);
        for inline in content {
            match inline {
                Inline::Text(text) if between => self.text_between_blocks(text),
                _ => self.inline(inline),
            }
        }
        self.formulas.apart = apart;
        self.leave();
    }

    pub(super) fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.running_text(text),
            Inline::SoftBreak => self.out.push('\n'),
            Inline::LineBreak => {
                self.out.push_str("<br />");
                if !self.exact {
                    self.out.push('\n');
                }
            }
            Inline::Emphasis { attr, content } => self.span("em", attr, content),
            Inline::Strong { attr, content } => self.span("strong", attr, content),
            Inline::Strikethrough { attr, content } => self.span("del", attr, content),
            Inline::Superscript { attr, content } => self.span("sup", attr, content),
            Inline::Subscript { attr, content } => self.span("sub", attr, content),
            Inline::Span { attr, content } => self.span("span", attr, content),
            Inline::Code { attr, text } => {
                self.start_tag("code", attr);
                self.text(text);
                self.end_tag("code");
            }
            Inline::Link { attr, target, title, content } => {
                if self.in_link {
                    self.note("lost/element", "a link stands in a link".into());
                    self.span("span", attr, content);
                    return;
                }
                self.link(attr, target, title.as_deref(), content);
            }
            Inline::Image { attr, source, title, alt } => self.image(attr, source, title.as_deref(), alt.as_deref()),
            Inline::NoteReference { label } => self.reference(label),
            Inline::Math { attr, tex } => self.inline_math(attr, tex),
            Inline::Element { namespace, name, attr, content } => self.inline_element(*namespace, name, attr, content),
            Inline::Comment { text } => self.comment(text),
            Inline::Raw { format, text } => {
                if format == "html" && !self.is_xhtml() {
                    self.out.push_str(text);
                } else {
                    self.text(text);
                }
            }
        }
    }

    fn link(&mut self, attr: &Attr, target: &str, title: Option<&str>, content: &[Inline]) {
        let target = if self.is_xhtml() {
            match self.xhtml_target(target) {
                Some(target) => target,
                None => return self.span("span", attr, content),
            }
        } else {
            target.to_owned()
        };
        self.out.push_str("<a");
        self.attribute("href", &target);
        if let Some(title) = title {
            self.attribute("title", title);
        }
        self.attributes("a", attr);
        self.out.push('>');
        self.in_link = true;
        self.inlines(content);
        self.in_link = false;
        self.end_tag("a");
    }

    fn image(&mut self, attr: &Attr, source: &str, title: Option<&str>, alt: Option<&str>) {
        let mut source = source.to_owned();
        let mut alt = alt;
        if self.is_xhtml() {
            alt = alt.or(Some(""));
            match self.xhtml_source(&source) {
                Some(clean) => source = clean,
                None => return self.text(alt.unwrap_or_default()),
            }
        }
        self.out.push_str("<img");
        self.attribute("src", &source);
        if let Some(alt) = alt {
            self.attribute("alt", alt);
        }
        if let Some(title) = title {
            self.attribute("title", title);
        }
        self.attributes("img", attr);
        self.out.push_str(" />");
    }

    pub(super) fn span(&mut self, name: &str, attr: &Attr, content: &[Inline]) {
        self.start_tag(name, attr);
        self.inlines(content);
        self.end_tag(name);
    }

    pub(super) fn inline_element(&mut self, namespace: Namespace, name: &Text, attr: &Attr, content: &[Inline]) {
        if self.is_xhtml() {
            // Inside SVG and MathML even HTML is kept as it stands.
            if namespace != Namespace::Html || self.namespace != Namespace::Html {
                let exact = std::mem::replace(&mut self.exact, true);
                self.foreign(namespace, name, attr, content);
                self.exact = exact;
            } else {
                self.xhtml_inline(name, attr, content);
            }
            return;
        }
        if namespace == Namespace::Html && names::is_void(name) {
            self.void_tag(name, attr);
            return;
        }
        let raw = namespace == Namespace::Html && names::is_raw_text(name) && !matches!(&**name, "textarea" | "title");
        self.start_tag(name, attr);
        if raw {
            self.raw_text(name, &inline_text_exact(content));
        } else {
            if namespace == Namespace::Html
                && matches!(&**name, "textarea" | "pre")
                && inline_text_exact(content).starts_with('\n')
            {
                self.out.push('\n');
            }
            let exact = self.exact;
            self.exact |= namespace != Namespace::Html || names::is_exact(name);
            self.inlines(content);
            self.exact = exact;
        }
        self.end_tag(name);
    }

    /// Text that the tokenizer does not look into but for the end tag of `name`: nothing else may look like one.
    fn raw_text(&mut self, name: &str, text: &str) {
        let mut parts = text.split("</");
        self.out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let ends = part.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !part[name.len()..].starts_with(|c: char| !c.is_ascii_whitespace() && !matches!(c, '/' | '>'));
            self.out.push_str(if ends { "<\\/" } else { "</" });
            self.out.push_str(part);
        }
    }

    /// Text in which nothing may look like mathematics.
    fn running_text(&mut self, text: &str) {
        let formula = split_math(text, "\\(", "\\)").is_some() || (self.formulas.apart && text.contains("\\("));
        if !self.exact && formula {
            self.broken_text(text, "\\(");
        } else {
            self.text(text);
        }
    }

    /// Text that is all there is between two blocks.
    pub(super) fn text_between_blocks(&mut self, text: &str) {
        if split_math(text, "\\[", "\\]").is_some() {
            self.broken_text(text, "\\[");
        } else {
            self.running_text(text);
        }
    }

    /// Puts an empty element, which shows nothing, where text would become something else.
    fn broken_text(&mut self, text: &str, at: &str) {
        for (n, part) in text.split(at).enumerate() {
            if n > 0 {
                self.out.push_str("\\<span></span>");
                self.text(&at[1..]);
            }
            self.text(part);
        }
    }

    fn inline_math(&mut self, attr: &Attr, tex: &str) {
        if let Some(math) = self.options.math
            && let Some(markup) = math(tex, false)
        {
            self.out.push_str(&markup);
            return;
        }
        let plain = split_math(&format!("\\({tex}\\)"), "\\(", "\\)").is_some_and(|(_, inner, _)| inner == tex);
        let escaped = self.out.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        if plain && !escaped && attr.is_empty() && !self.exact {
            self.out.push_str("\\(");
            self.text(tex);
            self.out.push_str("\\)");
            return;
        }
        let mut attr = attr.clone();
        attr.add_class("kdmath");
        self.start_tag("span", &attr);
        self.out.push('$');
        self.text(tex);
        self.out.push_str("$</span>");
    }

    pub(super) fn display_math(&mut self, attr: &Attr, tex: &str) {
        if let Some(math) = self.options.math
            && let Some(markup) = math(tex, true)
        {
            self.start_tag("div", attr);
            self.out.push_str(&markup);
            self.out.push_str("</div>");
            return;
        }
        let plain = split_math(&format!("\\[{tex}\\]"), "\\[", "\\]").is_some_and(|(_, inner, _)| inner == tex);
        if plain && attr.is_empty() && !self.formulas.boxed {
            self.out.push_str("\\[");
            self.text(tex);
            self.out.push_str("\\]");
            return;
        }
        let mut attr = attr.clone();
        attr.add_class("kdmath");
        self.start_tag("div", &attr);
        self.out.push_str("$$\n");
        self.text(tex);
        self.out.push_str("\n$$</div>");
    }
}

/// The text of content that is kept letter by letter.
fn inline_text_exact(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::SoftBreak | Inline::LineBreak => out.push('\n'),
            _ => {}
        }
    }
    out
}
