//! Elements without a kind of their own, in XHTML5.

use postferry_doc::{Attr, Block, Inline, Namespace, Text, inline_text, plain_text};

use super::super::Writer;
use super::clean_url;
use crate::names;
use crate::sanitize::{is_bad, is_image_data};

/// What becomes of an element.
enum Plan {
    Keep,
    /// Another name, with declarations that say what the old one meant.
    Rename(&'static str, &'static str),
    /// A link stands for it.
    Media,
    /// Its content alone.
    Unwrap,
    /// Nothing, and the code that says why.
    Drop(&'static str),
    /// Nothing, because nothing is lost.
    Omit,
    /// Nobody knows it.
    Unknown,
}

fn plan(name: &str) -> Plan {
    match name {
        "abbr" | "bdi" | "cite" | "dfn" | "ins" | "kbd" | "mark" | "q" | "rt" | "ruby" | "samp" | "small" | "u" | "var"
        | "wbr" | "a" | "br" | "code" => Plan::Keep,
        "article" | "aside" | "section" | "nav" => Plan::Keep,
        "acronym" => Plan::Rename("abbr", ""),
        "big" => Plan::Rename("span", "font-size: larger"),
        "tt" => Plan::Rename("span", "font-family: monospace"),
        "nobr" => Plan::Rename("span", "white-space: nowrap"),
        "font" | "blink" | "label" | "button" | "output" | "meter" | "progress" | "data" | "time" | "bdo" | "rb" | "rtc"
        | "map" | "textarea" | "picture" => Plan::Rename("span", ""),
        "center" => Plan::Rename("div", "text-align: center"),
        "main" | "header" | "footer" | "dialog" | "search" | "form" | "fieldset" | "legend" | "hgroup" | "address"
        | "summary" | "details" | "marquee" => Plan::Rename("div", ""),
        "iframe" | "video" | "audio" | "embed" | "object" | "applet" | "canvas" => Plan::Media,
        "noscript" | "noembed" | "noframes" | "body" | "html" | "template" | "title" => Plan::Unwrap,
        // Only for programs that know no ruby; reading systems do, and EPUB discourages it.
        "rp" => Plan::Omit,
        "script" => Plan::Drop("html/sanitized"),
        "style" | "link" | "meta" | "base" | "param" | "source" | "track" | "area" | "input" | "select" | "datalist"
        | "frame" | "frameset" | "basefont" | "bgsound" | "keygen" => Plan::Drop("lost/element"),
        _ => Plan::Unknown,
    }
}

impl Writer<'_> {
    /// Writes an HTML element between blocks.
    pub(in crate::write) fn xhtml_block(&mut self, name: &Text, attr: &Attr, blocks: &[Block]) {
        if name == "details" && is_summary(blocks.first()) {
            self.start_tag("details", attr);
            for (n, block) in blocks.iter().enumerate() {
                match block {
                    Block::Element { name, attr, blocks, .. } if n == 0 && name == "summary" => {
                        self.new_line();
                        self.start_tag("summary", attr);
                        self.inside(blocks);
                        self.end_tag("summary");
                        self.new_line();
                    }
                    block => self.blocks(std::slice::from_ref(block)),
                }
            }
            self.end_tag("details");
            return;
        }
        match plan(name) {
            Plan::Keep if matches!(&**name, "article" | "aside" | "section" | "nav") => {
                self.container(name, attr, blocks);
            }
            Plan::Keep if name == "a" && attr.value("href").is_some() && !self.in_link => {
                self.in_link = true;
                self.container("a", attr, blocks);
                self.in_link = false;
            }
            Plan::Keep => self.container("div", attr, blocks),
            Plan::Rename(_, css) => {
                let attr = with_style(attr, css);
                self.container("div", &attr, blocks);
            }
            Plan::Media => {
                self.out.push_str("<p class=\"media\">");
                let source = attr_source(attr).or_else(|| source_of_blocks(blocks));
                let text = if is_text_of_code(name) { String::new() } else { plain_text(blocks) };
                self.media(name, attr, source, &text);
                self.out.push_str("</p>");
            }
            Plan::Unwrap => self.blocks(blocks),
            Plan::Omit => {}
            Plan::Drop(code) => self.note(code, format!("`<{name}>` was left out")),
            Plan::Unknown => {
                self.note("lost/element", format!("nothing in a book understands `<{name}>`; its content was kept"));
                self.container("div", attr, blocks);
            }
        }
    }

    /// Writes an HTML element in text.
    pub(in crate::write) fn xhtml_inline(&mut self, name: &Text, attr: &Attr, content: &[Inline]) {
        match plan(name) {
            Plan::Keep if matches!(&**name, "article" | "aside" | "section" | "nav") => self.span("span", attr, content),
            Plan::Keep if name == "a" => {
                // A place in the text: what was its name is an id.
                let attr = self.attributes_as("a", attr);
                self.span("span", &attr, content);
            }
            Plan::Keep if matches!(&**name, "wbr" | "br") => self.void_tag(name, attr),
            Plan::Keep => self.span(name, attr, content),
            Plan::Rename(_, _) if name == "time" && attr.value("datetime").is_some() => {
                let clean = self.clean_attributes("time", attr);
                let to = if clean.value("datetime").is_some() { "time" } else { "span" };
                self.forget_id(&clean);
                self.span(to, attr, content);
            }
            Plan::Rename(_, _) if name == "bdo" && attr.value("dir").is_some_and(|d| d == "ltr" || d == "rtl") => {
                self.span("bdo", attr, content);
            }
            Plan::Rename(_, _) if name == "picture" => {
                content.iter().filter(|i| matches!(i, Inline::Image { .. })).for_each(|image| self.inline(image));
            }
            Plan::Rename(to, css) => {
                let attr = with_style(attr, css);
                let to = if to == "div" { "span" } else { to };
                let attr = self.attributes_as(name, &attr);
                self.span(to, &attr, content);
            }
            Plan::Media => {
                let source = attr_source(attr).or_else(|| source_of_inlines(content));
                let text = if is_text_of_code(name) { String::new() } else { inline_text(content) };
                self.media(name, attr, source, &text);
            }
            Plan::Unwrap => self.inlines(content),
            Plan::Omit => {}
            Plan::Drop(code) => self.note(code, format!("`<{name}>` was left out")),
            Plan::Unknown => {
                self.note("lost/element", format!("nothing in a book understands `<{name}>`; its content was kept"));
                self.span("span", attr, content);
            }
        }
    }

    /// Writes SVG or MathML, and HTML inside it.
    pub(in crate::write) fn foreign(&mut self, namespace: Namespace, name: &Text, attr: &Attr, content: &[Inline]) {
        if name.eq_ignore_ascii_case("script") || (namespace == Namespace::Html && names::is_raw_text(name)) {
            self.note("html/sanitized", format!("`<{name}>` was left out"));
            return;
        }
        if !is_xml_name(name) {
            self.inlines(content);
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if self.namespace != namespace {
            let uri = match namespace {
                Namespace::Html => "http://www.w3.org/1999/xhtml",
                Namespace::Svg => "http://www.w3.org/2000/svg",
                Namespace::MathMl => "http://www.w3.org/1998/Math/MathML",
            };
            self.attribute("xmlns", uri);
            if namespace == Namespace::Svg {
                self.attribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
            }
        }
        let mut kept = Attr::default();
        kept.set_id(attr.id().map(|id| xml_id_of(self, id)).filter(|id| !id.is_empty()).map(Text::from));
        attr.classes().iter().for_each(|class| kept.add_class(class));
        for (name, value) in attr.pairs() {
            let known = match name.split_once(':') {
                None => is_xml_name(name) && name != "xmlns",
                Some((prefix, local)) => matches!(prefix, "xlink" | "xml") && is_xml_name(local),
            };
            let active = is_bad(name, value) && !is_image_data(value) || super::attributes::closes_something(value);
            if known && !active {
                kept.set(name, value);
            } else if !name.starts_with("xmlns") {
                self.note("html/attribute", format!("the attribute `{name}` of `<{}>` was left out", &**name));
            }
        }
        self.plain_attributes(&kept);
        // Browsers read only foreign elements as closed when they say so.
        if content.is_empty() && (namespace != Namespace::Html || names::is_void(name)) {
            self.out.push_str(" />");
            return;
        }
        self.out.push('>');
        let outer = std::mem::replace(&mut self.namespace, namespace);
        self.inlines(content);
        self.namespace = outer;
        self.end_tag(name);
    }

    /// Writes a link to a film, a sound or a frame.
    fn media(&mut self, name: &str, attr: &Attr, source: Option<&str>, fallback: &str) {
        self.note("lost/media", format!("a book cannot hold `<{name}>`; a link stands for it"));
        let title = attr.value("title").map(str::trim).filter(|t| !t.is_empty());
        let url = source.and_then(|url| clean_url(url).ok()).filter(|url| !url.is_empty());
        let text = title.or(Some(fallback.trim()).filter(|t| !t.is_empty())).or(url.as_deref()).unwrap_or(name).to_owned();
        match url {
            Some(url) if !self.in_link => {
                self.out.push_str("<a class=\"media\"");
                self.attribute("href", &url);
                self.out.push('>');
                self.text(&text);
                self.out.push_str("</a>");
            }
            _ => self.text(&text),
        }
    }

    /// Reads the attributes as those of the element that they stood on.
    fn attributes_as(&mut self, element: &str, attr: &Attr) -> Attr {
        let clean = self.clean_attributes(element, attr);
        self.forget_id(&clean);
        clean
    }

    /// Gives an id back that was taken for attributes which are still to be written.
    fn forget_id(&mut self, attr: &Attr) {
        if let Some(id) = attr.id() {
            self.ids.remove(id);
        }
    }
}

fn xml_id_of(writer: &mut Writer<'_>, id: &str) -> String {
    let id = super::xml_id(id);
    if writer.ids.insert(id.clone()) { id } else { String::new() }
}

fn is_summary(block: Option<&Block>) -> bool {
    matches!(block, Some(Block::Element { name, .. }) if name == "summary")
}

fn with_style(attr: &Attr, css: &str) -> Attr {
    let mut attr = attr.clone();
    if !css.is_empty() {
        let style = attr.value("style").map_or(css.to_owned(), |style| format!("{css}; {style}"));
        attr.set("style", &style);
    }
    attr
}

/// Elements whose content is markup that was never read.
fn is_text_of_code(name: &str) -> bool {
    matches!(name, "iframe" | "embed")
}

fn attr_source(attr: &Attr) -> Option<&str> {
    ["src", "data-src", "data"].iter().find_map(|name| attr.value(name)).filter(|v| !v.trim().is_empty())
}

fn source_of_inlines(content: &[Inline]) -> Option<&str> {
    content.iter().find_map(|inline| match inline {
        Inline::Element { name, attr, .. } if matches!(&**name, "source" | "embed" | "iframe") => attr_source(attr),
        Inline::Element { name, attr, .. } if name == "param" => attr
            .value("name")
            .filter(|n| n.eq_ignore_ascii_case("movie") || n.eq_ignore_ascii_case("src"))
            .and_then(|_| attr.value("value")),
        _ => None,
    })
}

fn source_of_blocks(blocks: &[Block]) -> Option<&str> {
    blocks.iter().find_map(|block| match block {
        Block::Plain { content } | Block::Paragraph { content, .. } => source_of_inlines(content),
        Block::Element { name, attr, .. } if matches!(&**name, "source" | "embed" | "iframe") => attr_source(attr),
        Block::Element { name, attr, .. } if name == "param" => attr
            .value("name")
            .filter(|n| n.eq_ignore_ascii_case("movie") || n.eq_ignore_ascii_case("src"))
            .and_then(|_| attr.value("value")),
        _ => None,
    })
}

fn is_xml_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}
