//! Blocks.

use postferry_doc::{
    Alignment, Attr, Block, Definition, DefinitionItem, Inline, List, ListItem, ListKind, Namespace, Row, Table, Text, plain_text,
};

use super::Writer;
use crate::grid::Grid;
use crate::names;

impl Writer<'_> {
    /// Writes blocks, each from the beginning of a line.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        if !self.enter() {
            self.text(&plain_text(blocks));
            return;
        }
        for block in blocks {
            self.new_line();
            self.block(block);
            self.new_line();
        }
        self.leave();
    }

    /// Writes what stands in a container: text right after its start tag, blocks on lines of their own.
    pub(super) fn inside(&mut self, blocks: &[Block]) {
        match blocks {
            [] => {}
            [Block::Plain { content }] => self.plain(content),
            [Block::Plain { content }, rest @ ..] => {
                self.plain(content);
                self.out.push('\n');
                self.blocks(rest);
            }
            _ => {
                self.out.push('\n');
                self.blocks(blocks);
            }
        }
    }

    fn plain(&mut self, content: &[Inline]) {
        let between = std::mem::replace(&mut self.formulas.between, !self.exact);
        self.inlines(content);
        self.formulas.between = between;
    }

    pub(super) fn container(&mut self, name: &str, attr: &Attr, blocks: &[Block]) {
        self.start_tag(name, attr);
        self.inside(blocks);
        self.end_tag(name);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { attr, content } => {
                self.start_tag("p", attr);
                match content.as_slice() {
                    [Inline::Text(text)] if attr.is_empty() => self.text_between_blocks(text),
                    _ => self.inlines(content),
                }
                self.end_tag("p");
            }
            Block::Plain { content } => self.plain(content),
            Block::Heading { attr, level, content, .. } => {
                let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.get()) - 1];
                self.start_tag(name, attr);
                self.inlines(content);
                self.end_tag(name);
            }
            Block::BlockQuote { attr, blocks } => self.container("blockquote", attr, blocks),
            Block::CodeBlock { attr, language, text } => {
                self.start_tag("pre", attr);
                self.out.push_str("<code");
                if let Some(language) = language {
                    let name: String = language.chars().map(|c| if c.is_ascii_whitespace() { '-' } else { c }).collect();
                    self.attribute("class", &format!("language-{name}"));
                }
                self.out.push('>');
                self.text(text);
                self.out.push_str("\n</code></pre>");
            }
            Block::List(list) => self.list(list),
            Block::DefinitionList { attr, items } => self.definitions(attr, items),
            Block::Table(table) => self.table(table),
            Block::Figure { attr, blocks, caption } => {
                self.start_tag("figure", attr);
                self.inside(blocks);
                if !caption.is_empty() {
                    self.new_line();
                    self.container("figcaption", &Attr::default(), caption);
                }
                self.new_line();
                self.end_tag("figure");
            }
            Block::ThematicBreak { attr } => self.void_tag("hr", attr),
            Block::Math { attr, tex } => self.display_math(attr, tex),
            Block::Division { attr, blocks } => self.container("div", attr, blocks),
            Block::Element { namespace, name, attr, blocks } => self.element(*namespace, name, attr, blocks),
            Block::Comment { text } => self.comment(text),
            Block::Raw { format, text } => {
                if format == "html" && !self.is_xhtml() {
                    self.out.push_str(text);
                } else {
                    self.text(text);
                }
            }
        }
    }

    fn element(&mut self, namespace: Namespace, name: &Text, attr: &Attr, blocks: &[Block]) {
        if namespace == Namespace::Html && name == "pre" {
            self.start_tag("pre", attr);
            let exact = std::mem::replace(&mut self.exact, true);
            // The parser takes away a line end right after the tag.
            self.out.push('\n');
            for block in blocks {
                self.block(block);
            }
            self.exact = exact;
            self.end_tag("pre");
            return;
        }
        if self.is_xhtml() && namespace == Namespace::Html {
            self.xhtml_block(name, attr, blocks);
            return;
        }
        if blocks.is_empty() || names::is_exact(name) || namespace != Namespace::Html {
            let content: &[Inline] = match blocks {
                [Block::Plain { content }] => content,
                _ => &[],
            };
            self.inline_element(namespace, name, attr, content);
            return;
        }
        let boxed = self.formulas.boxed;
        self.formulas.boxed |= !names::is_block(name);
        self.container(name, attr, blocks);
        self.formulas.boxed = boxed;
    }

    fn list(&mut self, list: &List) {
        let mut attr = list.attr.clone();
        if list.items.iter().any(|item| item.checked.is_some()) {
            attr.add_class("task-list");
        }
        let name = match list.kind {
            ListKind::Bullet => "ul",
            ListKind::Ordered { start } => {
                if start != 1 {
                    attr.set("start", &start.to_string());
                }
                "ol"
            }
        };
        self.start_tag(name, &attr);
        for item in &list.items {
            self.new_line();
            self.item(item);
        }
        self.new_line();
        self.end_tag(name);
    }

    fn item(&mut self, item: &ListItem) {
        let Some(checked) = item.checked else {
            self.container("li", &item.attr, &item.blocks);
            return;
        };
        let mut attr = item.attr.clone();
        attr.add_class("task-list-item");
        self.start_tag("li", &attr);
        let mut input = Attr::new("", ["task-list-item-checkbox"], [("type", "checkbox"), ("disabled", "disabled")]);
        if checked {
            input.set("checked", "checked");
        }
        match item.blocks.as_slice() {
            [Block::Paragraph { attr, content }, rest @ ..] => {
                self.out.push('\n');
                self.start_tag("p", attr);
                self.void_tag("input", &input);
                self.inlines(content);
                self.end_tag("p");
                self.out.push('\n');
                self.blocks(rest);
            }
            blocks => {
                self.void_tag("input", &input);
                self.inside(blocks);
            }
        }
        self.end_tag("li");
    }

    fn definitions(&mut self, attr: &Attr, items: &[DefinitionItem]) {
        self.start_tag("dl", attr);
        for DefinitionItem { terms, definitions } in items {
            for term in terms {
                self.new_line();
                self.start_tag("dt", &term.attr);
                self.inlines(&term.content);
                self.end_tag("dt");
            }
            for Definition { attr, blocks } in definitions {
                self.new_line();
                self.container("dd", attr, blocks);
            }
        }
        self.new_line();
        self.end_tag("dl");
    }

    fn table(&mut self, table: &Table) {
        self.start_tag("table", &table.attr);
        self.out.push('\n');
        if !table.caption.is_empty() {
            self.container("caption", &Attr::default(), &table.caption);
            self.out.push('\n');
        }
        if !table.head.is_empty() {
            self.rows("thead", &Attr::default(), &table.head, &table.columns);
        }
        for body in &table.bodies {
            self.rows("tbody", &body.attr, &body.rows, &table.columns);
        }
        if !table.foot.is_empty() {
            self.rows("tfoot", &Attr::default(), &table.foot, &table.columns);
        }
        self.end_tag("table");
    }

    fn rows(&mut self, name: &str, attr: &Attr, rows: &[Row], columns: &[Alignment]) {
        self.start_tag(name, attr);
        self.out.push('\n');
        let mut grid = Grid::default();
        for row in rows {
            grid.next_row();
            self.start_tag("tr", &row.attr);
            self.out.push('\n');
            for cell in &row.cells {
                let at = grid.place(cell.column_span, cell.row_span);
                let column = if cell.column_span == 1 { columns.get(at).copied() } else { None };
                let mut attr = cell.attr.clone();
                for (name, span) in [("colspan", cell.column_span), ("rowspan", cell.row_span)] {
                    if span > 1 {
                        attr.set(name, &span.to_string());
                    }
                }
                align(&mut attr, cell.align.or(column).unwrap_or_default());
                self.container(if cell.header { "th" } else { "td" }, &attr, &cell.blocks);
                self.out.push('\n');
            }
            self.out.push_str("</tr>\n");
        }
        self.end_tag(name);
        self.out.push('\n');
    }
}

/// Says the alignment in the cell's style, as kramdown does.
fn align(attr: &mut Attr, alignment: Alignment) {
    let value = match alignment {
        Alignment::None => return,
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    };
    let style = match attr.value("style") {
        Some(style) => format!("{style}; text-align: {value}"),
        None => format!("text-align: {value}"),
    };
    attr.set("style", &style);
}
