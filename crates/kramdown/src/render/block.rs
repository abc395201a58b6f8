//! Writing blocks, HTML elements and comments.

use super::Renderer;
use super::code::{code_language, language_range, without_language};
use super::escape::{Escape, escape};
use crate::{Alignment, Attr, Category, ContentModel, Element, Kind, names};

impl<'a> Renderer<'a> {
    pub(super) fn block(&mut self, element: &'a Element, indent: usize) {
        match &element.kind {
            Kind::Blank { .. } => self.out.push('\n'),
            Kind::Paragraph { transparent: true } => self.inner(element, indent + 2),
            Kind::Paragraph { transparent: false } => self.write_paragraph(element, indent),
            Kind::Header { level, raw_text } => self.write_header(element, *level, raw_text, indent),
            Kind::Blockquote => self.write_indented("blockquote", element, indent),
            Kind::Codeblock { code } => self.write_codeblock(&element.attr, *code, indent),
            Kind::Ul | Kind::Ol => self.write_list(element, indent),
            Kind::Li => self.write_item("li", element, indent),
            Kind::Dd => self.write_item("dd", element, indent),
            Kind::Dl => self.write_indented("dl", element, indent),
            Kind::Dt { raw_text } => self.write_term(element, raw_text, indent),
            Kind::Hr => {
                self.indent(indent);
                self.out.push_str("<hr");
                self.write_attr(&element.attr);
                self.out.push_str(" />\n");
            }
            Kind::Table { .. } => self.write_indented("table", element, indent),
            Kind::Thead => self.write_indented("thead", element, indent),
            Kind::Tbody => self.write_indented("tbody", element, indent),
            Kind::Tfoot => self.write_indented("tfoot", element, indent),
            Kind::Tr => self.write_row(element, indent),
            Kind::Td => self.write_cell(element, 0, indent),
            Kind::Math { tex, category } => {
                let tex = self.text(*tex);
                self.write_math(&element.attr, tex, *category, indent);
            }
            Kind::HtmlElement { .. } => self.write_html(element, indent),
            Kind::Markup { text, category } => {
                let text = self.text(*text);
                if category.is_block() && !self.in_raw_html() {
                    self.indent(indent);
                    self.out.push_str(text);
                    self.out.push('\n');
                } else {
                    self.out.push_str(text);
                }
            }
            Kind::Comment { text, category } => {
                let block = category.is_block();
                self.indent(if block { indent } else { 0 });
                self.out.push_str("<!-- ");
                let text = self.text(*text);
                self.out.push_str(text);
                self.out.push_str(" -->");
                self.out.push_str(if block { "\n" } else { "" });
            }
            Kind::Raw { text, category, html: true } => {
                let text = self.text(*text);
                self.out.push_str(text);
                self.out.push_str(if category.is_block() { "\n" } else { "" });
            }
            _ => {}
        }
    }

    /// Writes `<name …>` on a line with the content and the closing tag.
    fn write_line(&mut self, name: &str, attr: &Attr, element: &'a Element, indent: usize) {
        self.open(name, attr, indent);
        self.inner(element, indent + 2);
        self.close(name);
    }

    fn open(&mut self, name: &str, attr: &Attr, indent: usize) {
        self.indent(indent);
        self.out.push('<');
        self.out.push_str(name);
        self.write_attr(attr);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn write_indented(&mut self, name: &str, element: &'a Element, indent: usize) {
        self.open(name, &element.attr, indent);
        self.out.push('\n');
        self.inner(element, indent + 2);
        self.indent(indent);
        self.close(name);
    }

    fn write_paragraph(&mut self, element: &'a Element, indent: usize) {
        if let [image] = element.children.as_slice()
            && image.kind == Kind::Img
            && image.has_ref("standalone")
        {
            self.write_figure(element, image, indent);
        } else {
            self.write_line("p", &element.attr, element, indent);
        }
    }

    fn write_figure(&mut self, paragraph: &Element, image: &Element, indent: usize) {
        let mut figure = paragraph.attr.clone();
        let mut attr = image.attr.clone();
        for name in ["class", "id"] {
            if figure.get(name).is_none()
                && let Some(value) = attr.remove(name)
            {
                figure.set(name, value);
            }
        }
        self.open("figure", &figure, indent);
        self.out.push('\n');
        self.indent(indent + 2);
        self.out.push_str("<img");
        self.write_attr(&attr);
        self.out.push_str(" />\n");
        self.indent(indent + 2);
        self.out.push_str("<figcaption>");
        self.out.push_str(attr.get("alt").unwrap_or_default());
        self.out.push_str("</figcaption>\n");
        self.indent(indent);
        self.close("figure");
    }

    fn write_header(&mut self, element: &'a Element, level: u8, raw_text: &str, indent: usize) {
        let mut made = None;
        if self.options.auto_ids && element.attr.get("id").is_none() {
            made = Some(self.make_id(raw_text));
        }
        let mut attr = element.attr.clone();
        if let Some(id) = made {
            attr.set("id", id);
        }
        if let Some(id) = attr.get("id") {
            self.add_heading(element, level, id.to_owned());
        }
        let shown = (i64::from(level) + self.options.header_offset).clamp(1, 6);
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"][shown as usize - 1];
        self.write_line(name, &attr, element, indent);
    }

    fn make_id(&mut self, text: &str) -> String {
        let mut id = basic_id(text);
        if id.is_empty() {
            "section".clone_into(&mut id);
        }
        match self.ids.get_mut(&id) {
            Some(count) => {
                *count += 1;
                id = format!("{id}-{count}");
            }
            None => {
                self.ids.insert(id.clone(), 0);
            }
        }
        format!("{}{id}", self.options.auto_id_prefix)
    }

    fn write_codeblock(&mut self, attr: &Attr, code: crate::Span, indent: usize) {
        if self.write_highlighted_block(attr, self.text(code), indent) {
            return;
        }
        let class = attr.get("class").unwrap_or_default();
        let show_spaces = has_word(class, "show-whitespaces");
        self.indent(indent);
        self.out.push_str("<pre");
        let language = code_language(class).map(str::to_owned);
        if language_range(class).is_some() {
            self.write_attr(&without_language(attr));
        } else {
            self.write_attr(attr);
        }
        self.out.push_str("><code");
        if let Some(language) = language {
            let mut attr = Attr::default();
            attr.set("class", format!("language-{language}"));
            self.write_attr(&attr);
        }
        self.out.push('>');
        let code = self.text(code);
        let code = code.strip_suffix('\n').unwrap_or(code);
        if show_spaces {
            let mut escaped = String::new();
            escape(&mut escaped, code, Escape::All);
            write_spaces(&mut self.out, &escaped);
        } else {
            escape(&mut self.out, code, Escape::All);
        }
        self.out.push_str("\n</code></pre>\n");
    }

    fn write_list(&mut self, element: &'a Element, indent: usize) {
        if element.has_ref("toc") && self.keep_toc_place(element) {
            return;
        }
        if element.has_ref("footnotes") && self.footnotes.place.is_none() {
            self.footnotes.place = Some(self.keep_place());
            return;
        }
        let name = if element.kind == Kind::Ul { "ul" } else { "ol" };
        self.write_indented(name, element, indent);
    }

    fn write_item(&mut self, name: &str, element: &'a Element, indent: usize) {
        self.open(name, &element.attr, indent);
        let tight = element.children.first().is_none_or(|first| first.kind == Kind::Paragraph { transparent: true });
        if !tight {
            self.out.push('\n');
        }
        let start = self.out.len();
        self.inner(element, indent + 2);
        if !tight || self.out[start..].ends_with('\n') {
            self.indent(indent);
        }
        self.close(name);
    }

    fn write_term(&mut self, element: &'a Element, raw_text: &str, indent: usize) {
        let list = self.parents.last().and_then(|list| list.ial.as_ref());
        let prefix = list.and_then(|ial| ial.refs.iter().find_map(|name| name.strip_prefix("auto_ids")));
        if let Some(prefix) = prefix
            && element.attr.get("id").is_none()
        {
            let mut attr = element.attr.clone();
            let prefix = prefix.strip_prefix('-').unwrap_or_default();
            attr.set("id", format!("{prefix}{}", basic_id(raw_text)));
            self.write_line("dt", &attr, element, indent);
        } else {
            self.write_line("dt", &element.attr, element, indent);
        }
    }

    fn write_row(&mut self, element: &'a Element, indent: usize) {
        self.open("tr", &element.attr, indent);
        self.out.push('\n');
        self.parents.push(element);
        for (column, cell) in element.children.iter().enumerate() {
            if cell.kind == Kind::Td {
                self.write_cell(cell, column, indent + 2);
            } else {
                self.element(cell, indent + 2);
            }
        }
        self.parents.pop();
        self.indent(indent);
        self.close("tr");
    }

    fn write_cell(&mut self, element: &'a Element, column: usize, indent: usize) {
        let mut parents = self.parents.iter().rev().skip(1);
        let in_head = parents.next().is_some_and(|part| part.kind == Kind::Thead);
        let name = if in_head { "th" } else { "td" };
        let alignment = match parents.next().map(|table| &table.kind) {
            Some(Kind::Table { alignment }) => alignment.get(column).copied(),
            _ => None,
        };
        let style = match alignment {
            Some(Alignment::Left) => Some("text-align: left"),
            Some(Alignment::Center) => Some("text-align: center"),
            Some(Alignment::Right) => Some("text-align: right"),
            Some(Alignment::Default) | None => None,
        };
        if let Some(style) = style {
            let mut attr = element.attr.clone();
            let style = match attr.get("style") {
                Some(given) => format!("{given}; {style}"),
                None => style.to_owned(),
            };
            attr.set("style", style);
            self.open(name, &attr, indent);
        } else {
            self.open(name, &element.attr, indent);
        }
        let start = self.out.len();
        self.inner(element, indent + 2);
        if self.out.len() == start {
            self.write_entity(0xa0, None);
        }
        self.close(name);
    }

    fn write_math(&mut self, attr: &Attr, tex: &str, category: Category, indent: usize) {
        let block = category.is_block();
        if self.options.math_engine.as_deref() == Some("mathjax") {
            match (block, attr.is_empty()) {
                (true, true) => self.push_math("\\[", tex, "\\]\n"),
                (false, true) => self.push_math("\\(", tex, "\\)"),
                (true, false) => {
                    self.open("div", attr, indent);
                    self.push_math("\\[", tex, "\\]\n");
                    self.close("div");
                }
                (false, false) => {
                    self.out.push_str("<span");
                    self.write_attr(attr);
                    self.out.push_str(">$");
                    self.out.push_str(tex);
                    self.out.push_str("$</span>");
                }
            }
            return;
        }
        if let Some(engine) = &self.options.math_engine {
            self.warnings
                .push(crate::Warning { line: None, message: format!("The configured math engine {engine} is not available.") });
        }
        let mut attr = attr.clone();
        let class = format!("{} kdmath", attr.get("class").unwrap_or_default());
        attr.set("class", class.trim_start());
        if block {
            self.open("div", &attr, indent);
            self.out.push_str("$$\n");
            self.out.push_str(tex);
            self.out.push_str("\n$$");
            self.close("div");
        } else {
            self.open("span", &attr, 0);
            self.out.push('$');
            self.out.push_str(tex);
            self.out.push_str("$</span>");
        }
    }

    fn push_math(&mut self, before: &str, tex: &str, after: &str) {
        self.out.push_str(before);
        escape(&mut self.out, tex, Escape::All);
        self.out.push_str(after);
    }

    fn in_raw_html(&self) -> bool {
        self.parents.last().is_some_and(|parent| matches!(parent.kind, Kind::HtmlElement { model: ContentModel::Raw, .. }))
    }

    fn write_html(&mut self, element: &'a Element, indent: usize) {
        let Kind::HtmlElement { name, category, model, closed } = &element.kind else {
            return;
        };
        let alone = category.is_block() && !self.in_raw_html();
        if alone {
            self.indent(indent);
        }
        self.out.push('<');
        self.out.push_str(name);
        self.write_attr(&element.attr);
        let before = self.out.len();
        self.out.push('>');
        let is_block_model = category.is_block() && *model == ContentModel::Block;
        if is_block_model {
            self.out.push('\n');
        }
        let start = self.out.len();
        self.inner(element, indent + 2);
        let is_empty = self.out.len() == start;
        if category.is_block() && *closed && *model == ContentModel::Raw {
            self.out.truncate(before);
            self.out.push_str(" />");
        } else if is_empty {
            self.out.truncate(before);
            if names::is_void(name) {
                self.out.push_str(" />");
            } else {
                self.out.push_str("></");
                self.out.push_str(name);
                self.out.push('>');
            }
        } else {
            if is_block_model {
                if self.out.ends_with('\n') {
                    self.out.pop();
                }
                self.out.push('\n');
                self.indent(indent);
            }
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        if alone {
            self.out.push('\n');
        }
    }
}

/// What kramdown's own parser makes an id of.
fn basic_id(text: &str) -> String {
    let start = text.split_inclusive('\n').map(|line| line.trim_start_matches(|c: char| !c.is_ascii_alphabetic()));
    start
        .flat_map(str::chars)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' => Some('-'),
            c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

/// Whether a word is in a text with no letters around it.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(crate::chars::is_unicode_word) && !after.is_some_and(crate::chars::is_unicode_word)
    })
}

/// Writes code with its spaces and tabs marked.
fn write_spaces(out: &mut String, code: &str) {
    let mut first = true;
    for line in code.split('\n') {
        if !first {
            out.push('\n');
        }
        first = false;
        let mut rest = line;
        let mut at_start = true;
        while !rest.is_empty() {
            let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if spaces == 0 {
                let end = rest.find([' ', '\t']).unwrap_or(rest.len());
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            } else {
                let suffix = if at_start {
                    "-l"
                } else if spaces == rest.len() {
                    "-r"
                } else {
                    ""
                };
                for c in rest[..spaces].chars() {
                    let (kind, shown) = if c == '\t' { ("tab", "\t") } else { ("space", "&#8901;") };
                    for part in ["<span class=\"ws-", kind, suffix, "\">", shown, "</span>"] {
                        out.push_str(part);
                    }
                }
                rest = &rest[spaces..];
            }
            at_start = false;
        }
    }
}
