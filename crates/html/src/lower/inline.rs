//! Running text.

use html5ever::ns;
use postferry_doc::{Inline, Namespace, Text};

use super::Lower;
use crate::dom::{Data, Element, Id};
use crate::names;

impl Lower<'_> {
    /// Reads a node that stands in text.
    pub(crate) fn inline_node(&mut self, id: Id) {
        let dom = self.dom;
        match &dom.node(id).data {
            Data::Text(text) => self.inline_text(text),
            Data::Comment(text) => self.run.push_invisible(Inline::Comment { text: (**text).into() }),
            Data::Element(_) => {
                if self.skipped.contains(&id) || self.notes.is_section(id) || !self.enter(id) {
                    return;
                }
                if names::is_block(dom.html_name(id)) {
                    self.block_in_text(id);
                } else {
                    self.inline_element(id);
                }
                self.leave();
            }
            Data::Document | Data::Contents(_) | Data::Other => {}
        }
    }

    /// A block where only text can stand becomes lines of it.
    fn block_in_text(&mut self, id: Id) {
        let name = self.dom.html_name(id);
        if !matches!(name, "p" | "div") {
            self.lost(name, "stands where only text can; its text was kept");
        }
        self.run.block_break();
        for child in self.dom.children(id) {
            self.inline_node(child);
        }
        self.run.block_break();
    }

    /// Reads an element that is not a block.
    pub(crate) fn inline_element(&mut self, id: Id) {
        let Some(element) = self.dom.element(id) else { return };
        if let Some(label) = self.notes.reference(id) {
            let label = label.clone();
            self.run.push(Inline::NoteReference { label });
            return;
        }
        if self.inline_math(id) {
            return;
        }
        if element.ns != ns!(html) {
            let inline = self.exact_element(id, element);
            self.run.push(inline);
            return;
        }
        let name: &str = &element.local;
        match name {
            "br" => {
                let inline = if self.dom.attrs_of(element).is_empty() { Inline::LineBreak } else { self.shell(id, name) };
                self.run.line_break(inline);
            }
            "img" => self.image(id),
            "code" if self.only_text(id) => {
                let mut text = self.dom.text(id);
                if !self.run.is_exact() && text.contains(['\n', '\r']) {
                    text = text.replace(['\n', '\r'], " ").into();
                }
                let mut attr = self.attr(id, &[]);
                if attr.has_class("highlighter-rouge") {
                    attr.remove_class("highlighter-rouge");
                    attr.remove_class("language-plaintext");
                }
                let text = self.source.text(&text);
                self.run.push(Inline::Code { attr, text });
            }
            _ if names::is_exact(name) => {
                let inline = self.exact_element(id, element);
                if names::is_invisible(name) {
                    self.run.push_invisible(inline);
                } else {
                    self.run.push(inline);
                }
            }
            _ if names::is_void(name) => {
                let inline = self.shell(id, name);
                if names::is_invisible(name) {
                    self.run.push_invisible(inline);
                } else {
                    self.run.push(inline);
                }
            }
            _ => {
                let shell = self.shell(id, name);
                let outer = self.in_link;
                self.in_link |= name == "a";
                self.run.open(shell, false);
                for child in self.dom.children(id) {
                    self.inline_node(child);
                }
                self.run.close();
                self.in_link = outer;
            }
        }
    }

    /// An element of text without its content.
    pub(crate) fn shell(&mut self, id: Id, name: &str) -> Inline {
        let content = Vec::new();
        match name {
            "em" | "i" => Inline::Emphasis { attr: self.attr(id, &[]), content },
            "strong" | "b" => Inline::Strong { attr: self.attr(id, &[]), content },
            "del" | "s" | "strike" => Inline::Strikethrough { attr: self.attr(id, &[]), content },
            "sup" => Inline::Superscript { attr: self.attr(id, &[]), content },
            "sub" => Inline::Subscript { attr: self.attr(id, &[]), content },
            "span" => Inline::Span { attr: self.attr(id, &[]), content },
            "a" if self.in_link => {
                if self.dom.attr(id, "href").is_some() {
                    self.lost(name, "stands in a link; its text was kept");
                }
                let mut attr = self.attr(id, &["href", "title", "rel", "target", "name"]);
                if attr.id().is_none() {
                    attr.set_id(self.dom.attr(id, "name").filter(|name| !name.is_empty()).map(Text::from));
                }
                Inline::Span { attr, content }
            }
            "a" if self.dom.attr(id, "href").is_some() => {
                let target = self.source.text(self.dom.attr(id, "href").unwrap_or_default());
                let title = self.dom.attr(id, "title").map(|title| self.source.text(title));
                Inline::Link { attr: self.attr(id, &["href", "title"]), target, title, content }
            }
            _ => Inline::Element { namespace: Namespace::Html, name: names::tag_name(name), attr: self.attr(id, &[]), content },
        }
    }

    fn image(&mut self, id: Id) {
        let mut attr = self.attr(id, &["src", "alt", "title"]);
        let mut source = self.dom.attr(id, "src").unwrap_or_default();
        if is_placeholder(source)
            && let Some((name, lazy)) =
                LAZY.iter().find_map(|name| self.dom.attr(id, name).filter(|v| !v.is_empty()).map(|v| (*name, v)))
        {
            source = lazy;
            attr.remove(name);
        }
        let title = self.dom.attr(id, "title").map(|title| self.source.text(title));
        let alt = self.dom.attr(id, "alt").map(|alt| self.source.text(alt));
        let source = self.source.text(source);
        self.run.push(Inline::Image { attr, source, title, alt });
    }

    /// Says whether there is only text below a node.
    fn only_text(&self, id: Id) -> bool {
        self.dom.children(id).all(|child| matches!(self.dom.node(child).data, Data::Text(_)))
    }

    /// An element whose content is kept node by node.
    fn exact_element(&mut self, id: Id, element: &Element) -> Inline {
        let namespace = match element.ns {
            ns!(svg) => Namespace::Svg,
            ns!(mathml) => Namespace::MathMl,
            _ => Namespace::Html,
        };
        let attr = self.attr(id, &[]);
        let mut content = Vec::new();
        if self.depth + super::ROOM >= self.options.limits.depth {
            self.met.depth = true;
            let text = self.dom.text(id);
            if !text.is_empty() {
                content.push(Inline::Text(text.into()));
            }
        } else {
            self.depth += 1;
            for child in self.dom.children(id) {
                match &self.dom.node(child).data {
                    Data::Text(text) => content.push(Inline::Text((**text).into())),
                    Data::Comment(text) => content.push(Inline::Comment { text: (**text).into() }),
                    Data::Element(inner) => content.push(self.exact_element(child, inner)),
                    Data::Document | Data::Contents(_) | Data::Other => {}
                }
            }
            self.depth -= 1;
        }
        Inline::Element { namespace, name: names::tag_name(&element.local), attr, content }
    }
}

/// Where scripts that load images late look for the real source, in the order of trust.
const LAZY: &[&str] = &["data-src", "data-original", "data-lazy-src", "data-echo", "data-lazyload", "data-url"];

/// Says whether a source shows nothing until a script puts another in its place.
fn is_placeholder(source: &str) -> bool {
    let source = source.trim();
    source.is_empty()
        || source == "#"
        || source.starts_with("data:image/gif")
        || source.starts_with("data:image/svg")
        || source.rsplit('/').next().is_some_and(|file| {
            let stem = file.split('.').next().unwrap_or(file).to_ascii_lowercase();
            matches!(stem.as_str(), "blank" | "placeholder" | "lazy" | "loading" | "spacer" | "transparent" | "grey" | "pixel")
        })
}
