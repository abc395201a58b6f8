//! Blocks as HTML inside Markdown: no blank line in it, so that it is one HTML block for every reader.

use postferry_doc::{Alignment, Attr, Block, Cell, Inline, List, ListKind, Namespace, Row, Table};

use crate::{
    element::{as_code, for_each_attribute, is_block, is_carrier, is_grouping, is_raw_text, is_void},
    options::AttributePolicy,
    settings::{Losses, Settings},
    tree_meaning::{alignment_name, heading_id},
};

/// Writes blocks as HTML.
pub(crate) struct HtmlWriter<'w, 's> {
    pub out: &'w mut String,
    pub prefix: &'w str,
    pub settings: &'s Settings,
    pub losses: &'w mut Losses,
    /// Levels of the tree that may still be entered.
    pub depth: usize,
    /// How many levels the lines are indented.
    pub indent: usize,
}

/// Indents deeper than this only make files grow.
const INDENTS: usize = 16;

impl HtmlWriter<'_, '_> {
    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.prefix);
        self.out.extend(std::iter::repeat_n(' ', 2 * self.indent.min(INDENTS)));
    }

    /// Writes a block.
    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { attr, content } => {
                self.tag("p", attr, &[]);
                self.inlines(content);
                self.end("p");
            }
            Block::Plain { content } => self.inlines(content),
            Block::Heading { attr, level, generated_id, content } => {
                let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.get() - 1)];
                let id = heading_id(attr, *generated_id, self.settings.attributes).map(str::to_owned);
                let mut rest = attr.clone();
                rest.set_id(None);
                self.tag(name, &rest, &[("id", id.as_deref())]);
                self.inlines(content);
                self.end(name);
            }
            Block::BlockQuote { attr, blocks } => self.nested("blockquote", attr, blocks),
            Block::CodeBlock { language, text, .. } => {
                self.out.push_str("<pre><code");
                if let Some(language) = language {
                    self.settings.push_attribute(self.out, "class", &format!("language-{language}"));
                }
                self.out.push('>');
                self.preformatted(text);
                self.out.push_str(if text.is_empty() { "</code></pre>" } else { "\n</code></pre>" });
            }
            Block::List(list) => self.list(list),
            Block::DefinitionList { attr, items } => {
                self.tag("dl", attr, &[]);
                self.indent += 1;
                for item in items {
                    for term in &item.terms {
                        self.new_line();
                        self.tag("dt", &term.attr, &[]);
                        self.inlines(&term.content);
                        self.end("dt");
                    }
                    for definition in &item.definitions {
                        self.new_line();
                        self.nested("dd", &definition.attr, &definition.blocks);
                    }
                }
                self.indent -= 1;
                self.new_line();
                self.end("dl");
            }
            Block::Table(table) => self.table(table),
            Block::Figure { attr, blocks, caption } => {
                self.tag("figure", attr, &[]);
                self.indent += 1;
                for block in blocks {
                    self.new_line();
                    self.bare(block);
                }
                if !caption.is_empty() {
                    self.new_line();
                    self.nested("figcaption", &Attr::default(), caption);
                }
                self.indent -= 1;
                self.new_line();
                self.end("figure");
            }
            Block::ThematicBreak { .. } => {
                self.out.push_str("<hr");
                self.out.push_str(self.settings.void_end());
            }
            Block::Math { tex, .. } => {
                self.out.push_str("<p>\\[");
                self.text(tex);
                self.out.push_str("\\]</p>");
            }
            Block::Division { attr, blocks } => self.nested("div", attr, blocks),
            Block::Element { namespace, name, attr, blocks } => self.element(*namespace, name, attr, blocks),
            Block::Comment { text } => {
                let comment = self.settings.comment(&text.replace("\n\n", "\n \n"));
                self.verbatim(&comment);
            }
            Block::Raw { text, .. } => self.verbatim(text),
        }
    }

    /// A paragraph in a figure is its line.
    fn bare(&mut self, block: &Block) {
        match block {
            Block::Paragraph { attr, content } if attr.is_empty() => self.inlines(content),
            _ => self.block(block),
        }
    }

    fn nested(&mut self, name: &str, attr: &Attr, blocks: &[Block]) {
        self.tag(name, attr, &[]);
        self.children(blocks);
        self.end(name);
    }

    /// Writes blocks between tags: one line of text beside them, others on lines of their own.
    fn children(&mut self, blocks: &[Block]) {
        if self.depth == 0 {
            self.losses.too_deep = true;
            return;
        }
        self.depth -= 1;
        if let [Block::Plain { content }] = blocks {
            self.inlines(content);
        } else if !blocks.is_empty() {
            self.indent += 1;
            for block in blocks {
                self.new_line();
                self.block(block);
            }
            self.indent -= 1;
            self.new_line();
        }
        self.depth += 1;
    }

    fn list(&mut self, list: &List) {
        let name = match list.kind {
            ListKind::Bullet => "ul",
            ListKind::Ordered { .. } => "ol",
        };
        let start = match list.kind {
            ListKind::Ordered { start } if start != 1 => Some(start.to_string()),
            _ => None,
        };
        let style = list.attr.value("type");
        let reversed = list.attr.value("reversed").map(|_| "");
        let mut rest = list.attr.clone();
        rest.remove("type");
        rest.remove("reversed");
        self.tag(name, &rest, &[("start", start.as_deref()), ("type", style), ("reversed", reversed)]);
        self.indent += 1;
        for item in &list.items {
            self.new_line();
            self.tag("li", &item.attr, &[]);
            if let Some(checked) = item.checked {
                self.out.push_str(if checked {
                    "<input type=\"checkbox\" checked disabled"
                } else {
                    "<input type=\"checkbox\" disabled"
                });
                self.out.push_str(self.settings.void_end());
                self.out.push(' ');
            }
            self.children(&item.blocks);
            self.end("li");
        }
        self.indent -= 1;
        self.new_line();
        self.end(name);
    }

    fn table(&mut self, table: &Table) {
        self.tag("table", &table.attr, &[]);
        self.indent += 1;
        if !table.caption.is_empty() {
            self.new_line();
            self.nested("caption", &Attr::default(), &table.caption);
        }
        if !table.head.is_empty() {
            self.group("thead", table.head.iter(), &table.columns);
        }
        for body in &table.bodies {
            self.group("tbody", body.rows.iter(), &table.columns);
        }
        if !table.foot.is_empty() {
            self.group("tfoot", table.foot.iter(), &table.columns);
        }
        self.indent -= 1;
        self.new_line();
        self.end("table");
    }

    fn group<'r>(&mut self, name: &str, rows: impl Iterator<Item = &'r Row>, columns: &[Alignment]) {
        self.new_line();
        self.tag(name, &Attr::default(), &[]);
        self.indent += 1;
        for row in rows {
            self.new_line();
            self.tag("tr", &row.attr, &[]);
            self.indent += 1;
            let mut column = 0;
            for cell in &row.cells {
                self.new_line();
                self.cell(cell, columns.get(column).copied().unwrap_or_default());
                column += usize::from(cell.column_span);
            }
            self.indent -= 1;
            self.new_line();
            self.end("tr");
        }
        self.indent -= 1;
        self.new_line();
        self.end(name);
    }

    fn cell(&mut self, cell: &Cell, column: Alignment) {
        let name = if cell.header { "th" } else { "td" };
        let align = alignment_name(cell.align.unwrap_or(column));
        let spans = [cell.column_span, cell.row_span].map(|n| (n != 1).then(|| n.to_string()));
        let fields =
            [("align", (!align.is_empty()).then_some(align)), ("colspan", spans[0].as_deref()), ("rowspan", spans[1].as_deref())];
        self.tag(name, &cell.attr, &fields);
        self.children(&cell.blocks);
        self.end(name);
    }

    fn element(&mut self, namespace: Namespace, name: &str, attr: &Attr, blocks: &[Block]) {
        // Only names that CommonMark takes for tags can begin an HTML block; inside one every name is fine.
        let begins = self.indent == 0;
        if begins && !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            self.out.push_str("<div>");
            self.indent += 1;
            self.new_line();
            self.element(namespace, name, attr, blocks);
            self.indent -= 1;
            self.new_line();
            self.out.push_str("</div>");
            return;
        }
        if (is_grouping(name) || is_carrier(name)) && self.settings.attributes != AttributePolicy::Html {
            self.losses.attributes(attr, name);
            self.children(blocks);
            return;
        }
        self.start(name, attr);
        if namespace == Namespace::Html && is_void(name) {
            return;
        }
        if is_raw_text(name) {
            let text = postferry_doc::plain_text(blocks);
            self.verbatim(&text);
        } else if matches!(name, "pre" | "template") {
            // A template has no block of its own, beside whose tag text would be read as Markdown; and it keeps blank lines.
            let on_lines = begins && name == "template";
            if on_lines {
                self.new_line();
            }
            for block in blocks {
                match block {
                    Block::Plain { content } | Block::Paragraph { content, .. } => self.preformatted_inlines(content),
                    _ => self.block(block),
                }
            }
            if on_lines {
                self.new_line();
            }
        } else if blocks.is_empty() {
            self.new_line();
        } else if let ([Block::Plain { content }], true) = (blocks, begins && !is_block(name)) {
            // Beside a tag that begins no HTML block of its own, text would be read as Markdown.
            self.new_line();
            self.inlines(content);
            self.new_line();
        } else {
            self.children(blocks);
        }
        self.end(name);
    }

    fn preformatted_inlines(&mut self, content: &[Inline]) {
        let start = self.out.len();
        self.inlines(content);
        let written = self.out.split_off(start);
        self.no_blank_lines(&written);
    }

    /// Writes lines that all count; a blank one would end the HTML block.
    fn no_blank_lines(&mut self, html: &str) {
        for (n, line) in html.split('\n').enumerate() {
            if n > 0 && line.trim().is_empty() {
                self.out.push_str("&#10;");
            } else if n > 0 {
                self.out.push('\n');
                self.out.push_str(self.prefix);
            }
            self.out.push_str(line);
        }
    }

    /// Writes inlines.
    pub fn inlines(&mut self, content: &[Inline]) {
        if self.depth == 0 {
            self.losses.too_deep = true;
            return;
        }
        self.depth -= 1;
        for inline in content {
            self.inline(inline);
        }
        self.depth += 1;
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::SoftBreak => self.out.push(' '),
            Inline::LineBreak => {
                self.out.push_str("<br");
                self.out.push_str(self.settings.void_end());
            }
            Inline::Emphasis { attr, content } => self.marked("em", attr, content),
            Inline::Strong { attr, content } => self.marked("strong", attr, content),
            Inline::Strikethrough { attr, content } => self.marked("del", attr, content),
            Inline::Superscript { attr, content } => self.marked("sup", attr, content),
            Inline::Subscript { attr, content } => self.marked("sub", attr, content),
            Inline::Code { attr, text } => {
                self.tag("code", attr, &[]);
                self.text(text);
                self.end("code");
            }
            Inline::Link { attr, target, title, content } => {
                self.tag("a", attr, &[("href", Some(target)), ("title", title.as_deref())]);
                self.inlines(content);
                self.end("a");
            }
            Inline::Image { attr, source, title, alt } => {
                let mut rest = attr.clone();
                let size =
                    |attr: &mut Attr, name| attr.remove(name).filter(|_| self.settings.attributes != AttributePolicy::Drop);
                let (width, height) = (size(&mut rest, "width"), size(&mut rest, "height"));
                let fields = [
                    ("src", Some(source.as_str())),
                    ("alt", alt.as_deref()),
                    ("title", title.as_deref()),
                    ("width", width.as_deref()),
                    ("height", height.as_deref()),
                ];
                self.tag("img", &rest, &fields);
                if self.settings.traits.jsx {
                    self.out.pop();
                    self.out.push_str(" />");
                }
            }
            Inline::NoteReference { label } => {
                self.out.push_str("<sup><a");
                self.settings.push_attribute(self.out, "href", &format!("#fn:{label}"));
                self.out.push('>');
                self.text(label);
                self.out.push_str("</a></sup>");
            }
            Inline::Math { tex, .. } => {
                self.out.push_str("\\(");
                self.text(tex);
                self.out.push_str("\\)");
            }
            Inline::Span { attr, content } => {
                if self.settings.attributes == AttributePolicy::Html {
                    self.marked("span", attr, content);
                } else {
                    self.losses.attributes(attr, "span");
                    self.inlines(content);
                }
            }
            Inline::Element { namespace, name, attr, content } => {
                if is_carrier(name) && self.settings.attributes != AttributePolicy::Html {
                    self.losses.element(name);
                    self.inlines(content);
                    return;
                }
                if let Some(code) = as_code(name, content) {
                    self.out.push_str("<code>");
                    self.text(&code);
                    self.out.push_str("</code>");
                    return;
                }
                self.start(name, attr);
                if is_raw_text(name) {
                    self.verbatim(&postferry_doc::inline_text(content));
                    self.end(name);
                } else if *namespace != Namespace::Html || !is_void(name) {
                    self.inlines(content);
                    self.end(name);
                }
            }
            Inline::Comment { text } => {
                let comment = self.settings.comment(text);
                self.verbatim(&comment);
            }
            Inline::Raw { text, .. } => self.verbatim(text),
        }
    }

    fn marked(&mut self, name: &str, attr: &Attr, content: &[Inline]) {
        self.tag(name, attr, &[]);
        self.inlines(content);
        self.end(name);
    }

    /// Writes the start tag of a kind of the tree: its own fields, and the attributes if all are to stay.
    fn tag(&mut self, name: &str, attr: &Attr, fields: &[(&str, Option<&str>)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in fields {
            if let Some(value) = value {
                self.settings.push_attribute(self.out, name, value);
            }
        }
        // What is HTML in any case may keep its attributes.
        if self.settings.attributes == AttributePolicy::Drop {
            self.losses.attributes(attr, name);
        } else {
            for_each_attribute(attr, self.settings.attributes, &mut |own, value| {
                // JSX takes a style as an expression only.
                if self.settings.traits.jsx && own == "style" {
                    self.losses.attribute(own, name);
                } else {
                    self.settings.push_attribute(self.out, own, value);
                }
            });
        }
        self.out.push('>');
    }

    /// Writes the start tag of a generic element.
    fn start(&mut self, name: &str, attr: &Attr) {
        self.out.push('<');
        self.out.push_str(name);
        for_each_attribute(attr, self.settings.attributes, &mut |name, value| {
            self.settings.push_attribute(self.out, name, value);
        });
        self.out.push_str(if self.settings.traits.jsx && is_void(name) { " />" } else { ">" });
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn text(&mut self, text: &str) {
        self.settings.push_text(self.out, text);
    }

    fn preformatted(&mut self, text: &str) {
        let mut html = String::with_capacity(text.len());
        self.settings.push_text(&mut html, text);
        self.no_blank_lines(&html);
    }

    /// Writes text as it is, but for blank lines.
    fn verbatim(&mut self, text: &str) {
        let mut first = true;
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            if !first {
                self.out.push('\n');
                self.out.push_str(self.prefix);
            }
            first = false;
            self.out.push_str(line);
        }
    }
}
