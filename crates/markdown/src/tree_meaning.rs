//! The meaning of a tree.

use postferry_doc::{Alignment, Attr, Block, Cell, Inline, List, ListKind, Note, Row, Table};

use crate::{
    AttributePolicy,
    dialect::{MathSyntax, Traits},
    element::{as_code, for_each_attribute, is_carrier, is_grouping, is_phrasing, is_raw_text, is_void},
    meaning::{Mark, Meaning, PARAGRAPH, PLAIN},
    tag::lower_case,
};

/// Pushes trees into a [`Meaning`]. The key of a run is the address of its content, which names it in the tree.
pub(crate) struct TreeMeaning<'m> {
    pub meaning: &'m mut Meaning,
    pub traits: Traits,
    pub policy: AttributePolicy,
    /// Elements without a kind of their own lose their tags.
    pub drop: bool,
    /// Levels of the tree that may still be entered.
    pub depth: usize,
}

/// The key of a run: the address of its content.
pub(crate) fn key_of(content: &[Inline]) -> usize {
    content.as_ptr() as usize
}

impl TreeMeaning<'_> {
    /// Pushes a note's definition.
    pub fn note(&mut self, note: &Note) {
        self.meaning.open("note");
        self.meaning.field(&note.label);
        self.blocks(&note.blocks);
        self.meaning.close();
    }

    /// Pushes blocks.
    pub fn blocks(&mut self, blocks: &[Block]) {
        if self.depth == 0 {
            return;
        }
        self.depth -= 1;
        for block in blocks {
            self.block(block);
        }
        self.depth += 1;
    }

    /// Pushes a block.
    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content, .. } => self.run(PARAGRAPH, content),
            Block::Plain { content } => self.run(PLAIN, content),
            Block::Heading { attr, level, generated_id, content } => {
                self.meaning.open("h");
                self.meaning.verbatim(["1", "2", "3", "4", "5", "6"][usize::from(level.get() - 1)]);
                if let Some(id) = heading_id(attr, *generated_id, self.policy) {
                    self.meaning.field(id);
                }
                self.run(PLAIN, content);
                self.meaning.close();
            }
            Block::BlockQuote { blocks, .. } => self.nested("blockquote", blocks),
            Block::CodeBlock { language, text, .. } => {
                self.meaning.open("pre");
                self.meaning.field(language.as_deref().unwrap_or(""));
                self.meaning.field(text);
                self.meaning.close();
            }
            Block::List(list) => self.list(list),
            Block::DefinitionList { items, .. } => {
                self.meaning.open("dl");
                for item in items {
                    for term in &item.terms {
                        self.meaning.open("dt");
                        self.run(PLAIN, &term.content);
                        self.meaning.close();
                    }
                    for definition in &item.definitions {
                        self.nested("dd", &definition.blocks);
                    }
                }
                self.meaning.close();
            }
            Block::Table(table) => self.table(table),
            Block::Figure { blocks, caption, .. } if self.drop => {
                self.blocks(blocks);
                self.blocks(caption);
            }
            Block::Figure { blocks, caption, .. } => {
                self.meaning.open("figure");
                self.blocks(blocks);
                if !caption.is_empty() {
                    self.nested("figcaption", caption);
                }
                self.meaning.close();
            }
            Block::ThematicBreak { .. } => {
                self.meaning.open("hr");
                self.meaning.close();
            }
            Block::Math { tex, .. } => {
                self.meaning.begin_run(PARAGRAPH, 0);
                self.math("display-math", ["\\[", tex, "\\]"]);
                self.meaning.end_run();
            }
            Block::Division { blocks, .. } => {
                self.meaning.end_run();
                self.blocks(blocks);
                self.meaning.end_run();
            }
            Block::Element { name, attr, blocks, .. } => {
                self.meaning.end_run();
                let shown = !is_grouping(name) && !is_carrier(name) && !self.drop;
                if self.drop && is_raw_text(name) {
                    return;
                }
                if shown {
                    self.open_element(name, attr);
                }
                self.blocks(blocks);
                self.meaning.end_run();
                if shown && !is_void(name) {
                    self.meaning.close_inline(&lower_case(name));
                }
            }
            Block::Comment { text } => {
                if self.traits.jsx {
                    self.meaning.begin_run(PARAGRAPH, 0);
                }
                self.comment(text);
                self.meaning.end_run();
            }
            Block::Raw { text, .. } => {
                self.meaning.begin_run(PARAGRAPH, 0);
                self.meaning.push(text);
                self.meaning.end_run();
            }
        }
    }

    fn nested(&mut self, name: &str, blocks: &[Block]) {
        self.meaning.open(name);
        self.blocks(blocks);
        self.meaning.close();
    }

    fn list(&mut self, list: &List) {
        match list.kind {
            ListKind::Bullet => self.meaning.open("ul"),
            ListKind::Ordered { start } => {
                self.meaning.open("ol");
                self.meaning.field(&start.to_string());
                list_fields(self.meaning, list.attr.value("type"), list.attr.value("reversed").is_some());
            }
        }
        for item in &list.items {
            self.meaning.open("li");
            if let Some(checked) = item.checked {
                self.meaning.open_inline(if checked { "done" } else { "todo" });
            }
            self.blocks(&item.blocks);
            self.meaning.close();
        }
        self.meaning.close();
    }

    fn table(&mut self, table: &Table) {
        self.meaning.open("table");
        if !table.caption.is_empty() {
            self.nested("caption", &table.caption);
        }
        for row in table.head.iter().chain(table.bodies.iter().flat_map(|b| &b.rows)).chain(&table.foot) {
            self.row(row, &table.columns);
        }
        self.meaning.close();
    }

    fn row(&mut self, row: &Row, columns: &[Alignment]) {
        let start = self.meaning.text.len();
        let mut column = 0;
        self.meaning.open("tr");
        for cell in &row.cells {
            let align = cell.align.or_else(|| columns.get(column).copied()).unwrap_or_default();
            open_cell(self.meaning, cell.header, alignment_name(align), cell.column_span, cell.row_span);
            self.cell(cell);
            self.meaning.close();
            column += usize::from(cell.column_span);
        }
        self.meaning.close();
        self.meaning.drop_empty_row(start, row.cells.iter().all(|c| c.header));
    }

    fn cell(&mut self, cell: &Cell) {
        match cell.blocks.as_slice() {
            [Block::Plain { content } | Block::Paragraph { content, .. }] => self.run(PLAIN, content),
            blocks => self.blocks(blocks),
        }
    }

    fn run(&mut self, kind: char, content: &[Inline]) {
        self.meaning.begin_run(kind, key_of(content));
        self.inlines(content);
        self.meaning.end_run();
    }

    fn inlines(&mut self, content: &[Inline]) {
        if self.depth == 0 {
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
            Inline::Text(text) => self.meaning.push(text),
            Inline::SoftBreak => self.meaning.space(),
            Inline::LineBreak => self.meaning.line_break(),
            Inline::Emphasis { content, .. } => self.marked(Mark::Emphasis, content),
            Inline::Strong { content, .. } => self.marked(Mark::Strong, content),
            Inline::Strikethrough { content, .. } => self.marked(Mark::Strikethrough, content),
            Inline::Superscript { attr, content } => self.element("sup", attr, content),
            Inline::Subscript { attr, content } => self.element("sub", attr, content),
            Inline::Code { text, .. } => self.meaning.code(text),
            Inline::Link { target, title, content, .. } => {
                open_link(self.meaning, target, title.as_deref().unwrap_or(""));
                self.inlines(content);
                self.meaning.close_inline("a");
            }
            Inline::Image { attr, source, title, alt } => {
                let size = |name| if self.policy == AttributePolicy::Drop { "" } else { attr.value(name).unwrap_or("") };
                image(
                    self.meaning,
                    source,
                    alt.as_deref().unwrap_or(""),
                    title.as_deref().unwrap_or(""),
                    size("width"),
                    size("height"),
                );
            }
            Inline::NoteReference { label } => {
                self.meaning.atom("note");
                self.meaning.field(label);
            }
            Inline::Math { tex, .. } => self.math("math", ["\\(", tex, "\\)"]),
            Inline::Span { content, .. } => self.inlines(content),
            Inline::Element { name, attr, content, .. } => {
                if is_carrier(name) {
                    self.inlines(content);
                } else if name == "br" {
                    self.meaning.line_break();
                } else {
                    self.element(&lower_case(name), attr, content);
                }
            }
            Inline::Comment { text } => self.comment(text),
            Inline::Raw { text, .. } => self.meaning.push(text),
        }
    }

    fn marked(&mut self, mark: Mark, content: &[Inline]) {
        self.meaning.mark(mark);
        self.inlines(content);
        self.meaning.unmark(mark);
    }

    fn element(&mut self, name: &str, attr: &Attr, content: &[Inline]) {
        if self.drop {
            self.inlines(content);
            return;
        }
        if let Some(code) = as_code(name, content) {
            self.meaning.code(&code);
            return;
        }
        if !is_phrasing(name) {
            self.meaning.break_run();
        }
        self.open_element(name, attr);
        self.inlines(content);
        if !is_phrasing(name) {
            self.meaning.break_run();
        }
        if !is_void(name) {
            self.meaning.close_inline(name);
        }
    }

    fn open_element(&mut self, name: &str, attr: &Attr) {
        if let Some(target) = attr.value("href").filter(|_| name == "a") {
            open_link(self.meaning, target, attr.value("title").unwrap_or(""));
            return;
        }
        self.meaning.open_inline(&lower_case(name));
        for_each_attribute(attr, self.policy, &mut |name, value| attribute(self.meaning, &lower_case(name), value));
    }

    fn math(&mut self, kind: &str, [open, tex, close]: [&str; 3]) {
        if self.traits.math == MathSyntax::Text {
            self.meaning.push(open);
            self.meaning.push(tex);
            self.meaning.push(close);
        } else {
            self.meaning.math(kind, tex);
        }
    }

    fn comment(&mut self, text: &str) {
        if self.drop {
            return;
        }
        if self.traits.jsx {
            self.meaning.push("{/* ");
            self.meaning.push(text.trim());
            self.meaning.push(" */}");
        } else {
            comment(self.meaning, text);
        }
    }
}

/// The heading's id, if it must be written.
pub(crate) fn heading_id(attr: &Attr, generated: bool, policy: AttributePolicy) -> Option<&str> {
    attr.id().filter(|_| !generated && policy != AttributePolicy::Drop)
}

/// The alignment's name in HTML; empty for none.
pub(crate) fn alignment_name(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}

/// A numbered list's fields beyond its start.
pub(crate) fn list_fields(meaning: &mut Meaning, style: Option<&str>, reversed: bool) {
    meaning.field(style.filter(|s| *s != "1").unwrap_or(""));
    meaning.field(if reversed { "reversed" } else { "" });
}

/// Opens a table's cell.
pub(crate) fn open_cell(meaning: &mut Meaning, header: bool, align: &str, columns: u16, rows: u16) {
    meaning.open(if header { "th" } else { "td" });
    meaning.field(align);
    if columns != 1 || rows != 1 {
        meaning.field(&columns.to_string());
        meaning.field(&rows.to_string());
    }
}

/// Opens a link.
pub(crate) fn open_link(meaning: &mut Meaning, target: &str, title: &str) {
    meaning.open_inline("a");
    url(meaning, target);
    meaning.field(title);
}

/// An image.
pub(crate) fn image(meaning: &mut Meaning, source: &str, alt: &str, title: &str, width: &str, height: &str) {
    meaning.atom("img");
    url(meaning, source);
    meaning.field("");
    meaning.collapsed(alt);
    meaning.field(title);
    meaning.field(width);
    meaning.field(height);
}

/// An attribute of a generic element.
pub(crate) fn attribute(meaning: &mut Meaning, name: &str, value: &str) {
    meaning.field(name);
    meaning.field(value);
}

/// A comment, but for the hyphens and spaces that a writer must move in it; a blank one only keeps lists apart.
pub(crate) fn comment(meaning: &mut Meaning, text: &str) {
    if !text.trim_ascii().is_empty() {
        meaning.open_inline("!");
        meaning.field("");
        text.split_ascii_whitespace().flat_map(|word| word.split('-')).for_each(|part| meaning.verbatim(part));
    }
}

/// Bytes that stand in a URL as they are.
static SAFE: [bool; 256] = {
    let mut safe = [false; 256];
    let bytes = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+!*'(),#@?=;:/&$~";
    let mut at = 0;
    while at < bytes.len() {
        safe[bytes[at] as usize] = true;
        at += 1;
    }
    safe
};

/// A URL in one spelling of many: what browsers escape is escaped, in capitals.
fn url(meaning: &mut Meaning, url: &str) {
    let url = url.trim_ascii();
    meaning.field("");
    let safe = |byte: u8| SAFE[usize::from(byte)];
    if url.bytes().all(safe) {
        meaning.verbatim(url);
        return;
    }
    let mut rest = url.as_bytes();
    let mut out = String::with_capacity(url.len() + 16);
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            // Browsers take them out.
            (b'\n' | b'\r' | b'\t', _) => {}
            (b'%', [high, low, ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push('%');
                out.push(char::from(high.to_ascii_uppercase()));
                out.push(char::from(low.to_ascii_uppercase()));
                rest = &after[2..];
            }
            _ if safe(byte) || byte == b'%' => out.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    meaning.verbatim(&out);
}
