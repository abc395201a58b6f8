//! Blocks.

use html5ever::ns;
use postferry_doc::{Attr, Block, Inline, Level, Namespace, Text, inline_text};

use super::Lower;
use super::code::unwrap_code;
use super::table::add_caption;
use crate::dom::{Data, Id};
use crate::names;
use crate::read::AutoIds;
use crate::slug;

impl Lower<'_> {
    /// Reads a node that stands between blocks.
    pub(crate) fn flow_node(&mut self, id: Id) {
        let dom = self.dom;
        match &dom.node(id).data {
            Data::Text(text) => self.flow_text(id, text),
            Data::Comment(text) => self.run.push_invisible(Inline::Comment { text: (**text).into() }),
            Data::Element(element) if element.ns == ns!(html) => {
                if self.skipped.contains(&id) || self.notes.is_section(id) || !self.enter(id) {
                    return;
                }
                let name: &str = &element.local;
                if names::is_block(name) {
                    self.block(id, name);
                } else if self.holds_block.get(id as usize).is_some_and(|holds| *holds) {
                    self.inline_around_blocks(id, name);
                } else if !self.flow_math(id, name) {
                    self.inline_element(id);
                }
                self.leave();
            }
            Data::Element(_) => {
                if self.enter(id) {
                    self.inline_element(id);
                    self.leave();
                }
            }
            Data::Document | Data::Contents(_) | Data::Other => {}
        }
    }

    /// An element of running text in which blocks stand.
    fn inline_around_blocks(&mut self, id: Id, name: &str) {
        let anchor = name == "a" && self.dom.attr(id, "href").is_none();
        if !anchor && !names::is_pushed_down(name) {
            self.element(id, name);
            return;
        }
        let opens = !self.is_full();
        if opens {
            let shell = self.shell(id, name);
            self.run.open(shell, anchor);
        }
        for child in self.dom.children(id) {
            self.flow_node(child);
        }
        if opens && !self.run.close() {
            self.lost(name, "stands around nothing that could hold it");
        }
    }

    fn element(&mut self, id: Id, name: &str) {
        let link = name == "a" && self.dom.attr(id, "href").is_some();
        if link && self.in_link {
            self.lost(name, "stands in a link; its content was kept");
            let attr = self.attr(id, &["href", "title", "rel", "target"]);
            let blocks = self.blocks(id);
            self.push_block(Block::Division { attr, blocks });
            return;
        }
        let attr = self.attr(id, &[]);
        let outer = self.in_link;
        self.in_link |= link;
        let blocks = self.blocks(id);
        self.in_link = outer;
        self.push_block(Block::Element { namespace: Namespace::Html, name: names::tag_name(name), attr, blocks });
    }

    fn block(&mut self, id: Id, name: &str) {
        // What comes before the block must be in its place before the block's own text is read.
        self.flush();
        match name {
            "p" => self.paragraph(id),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, name.as_bytes()[1] - b'0'),
            "blockquote" => {
                let attr = self.attr(id, &[]);
                let blocks = self.blocks(id);
                self.push_block(Block::BlockQuote { attr, blocks });
            }
            "pre" | "listing" | "xmp" | "plaintext" => self.preformatted(id),
            "ul" | "ol" | "menu" | "dir" => self.list(id, name),
            "li" => self.stray_item(id),
            "dl" => self.definition_list(id),
            "dt" | "dd" => self.stray_definition(id),
            "table" => self.table(id),
            "figure" => {
                if !self.highlighted(id) {
                    self.figure(id);
                }
            }
            "hr" => {
                let attr = self.attr(id, &[]);
                self.push_block(Block::ThematicBreak { attr });
            }
            "div" | "figcaption" | "caption" | "body" | "html" => self.division(id),
            "colgroup" | "col" => {}
            "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" => self.division(id),
            _ => self.element(id, name),
        }
    }

    fn paragraph(&mut self, id: Id) {
        let attr = self.attr(id, &[]);
        if attr.is_empty()
            && let Some(tex) = self.lone_display_math(id)
        {
            self.push_block(Block::Math { attr, tex });
            return;
        }
        let content = self.inlines(id);
        self.push_block(Block::Paragraph { attr, content });
    }

    fn heading(&mut self, id: Id, level: u8) {
        let attr = self.attr(id, &[]);
        let content = self.inlines(id);
        let generated_id = attr.id().is_some_and(|id| match self.options.auto_ids {
            AutoIds::None => false,
            AutoIds::Rule => slug::is_generated(id, &inline_text(&content)),
            AutoIds::All => true,
        });
        self.push_block(Block::Heading { attr, level: Level::new(level), generated_id, content });
    }

    fn division(&mut self, id: Id) {
        if self.highlighted(id) || self.division_of_math(id) {
            return;
        }
        let attr = self.attr(id, &[]);
        let mut blocks = self.blocks(id);
        if let [Block::Math { attr: own, tex }] = blocks.as_mut_slice()
            && own.is_empty()
            && !attr.is_empty()
        {
            let tex = std::mem::take(tex);
            self.push_block(Block::Math { attr, tex });
            return;
        }
        let block = unwrap_code(&attr, &mut blocks).unwrap_or(Block::Division { attr, blocks });
        self.push_block(block);
    }

    fn figure(&mut self, id: Id) {
        let attr = self.attr(id, &[]);
        let mut caption = Vec::new();
        let dom = self.dom;
        let mut captions: Vec<Id> = Vec::new();
        let mut blocks = self.nested(|lower| {
            for child in dom.children(id) {
                if dom.html_name(child) == "figcaption" {
                    lower.run.block_break();
                    captions.push(child);
                } else {
                    lower.flow_node(child);
                }
            }
        });
        for id in captions {
            if !self.attr(id, &[]).is_empty() {
                self.lost("figcaption", "has attributes that were left out");
            }
            let blocks = self.cell_blocks(id);
            add_caption(&mut caption, blocks);
        }
        let code = if caption.is_empty() { unwrap_code(&attr, &mut blocks) } else { None };
        self.push_block(code.unwrap_or(Block::Figure { attr, blocks, caption }));
    }

    /// The attributes of a block that lends its place to another kind.
    pub(crate) fn attr_without_classes(&mut self, id: Id, without: impl Fn(&str) -> bool) -> Attr {
        let mut attr = self.attr(id, &[]);
        let gone: Vec<Text> = attr.classes().iter().filter(|class| without(class)).cloned().collect();
        for class in gone {
            attr.remove_class(&class);
        }
        attr
    }
}
