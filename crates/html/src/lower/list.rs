//! Lists of items, tasks and definitions.

use postferry_doc::{Block, Definition, DefinitionItem, Inline, List, ListItem, ListKind, Term};

use super::Lower;
use crate::dom::{Data, Id};
use crate::names;

impl Lower<'_> {
    pub(crate) fn list(&mut self, id: Id, name: &str) {
        let (kind, mut attr) = if name == "ol" {
            let start = self.dom.attr(id, "start").and_then(|text| text.trim().parse::<i32>().ok());
            (ListKind::Ordered { start: start.unwrap_or(1) }, self.attr(id, &["start"]))
        } else {
            (ListKind::Bullet, self.attr(id, &[]))
        };
        let mut items: Vec<ListItem> = Vec::new();
        let mut stray = Vec::new();
        self.list_items(id, &mut items, &mut stray);
        self.add_stray(&mut items, &mut stray);
        if items.iter().any(|item| item.checked.is_some()) {
            attr.remove_class("task-list");
            attr.remove_class("contains-task-list");
        }
        self.push_block(Block::List(Box::new(List { attr, kind, items })));
    }

    fn list_items(&mut self, id: Id, items: &mut Vec<ListItem>, stray: &mut Vec<Id>) {
        let dom = self.dom;
        for child in dom.children(id) {
            let name = dom.html_name(child);
            match name {
                "li" => {
                    self.add_stray(items, stray);
                    items.push(self.item(child));
                }
                _ if dom.is_blank(child) => {}
                _ if self.holds_items(child, name) && self.enter(child) => {
                    self.add_stray(items, stray);
                    let shell = self.shell(child, name);
                    self.run.open(shell, false);
                    self.list_items(child, items, stray);
                    self.add_stray(items, stray);
                    if !self.run.close() {
                        self.lost(name, "stands around nothing that could hold it");
                    }
                    self.leave();
                }
                _ => stray.push(child),
            }
        }
    }

    /// Says whether an element sets the text of items that stand right in it, as in `<ol><code><li>`.
    fn holds_items(&mut self, id: Id, name: &str) -> bool {
        let dom = self.dom;
        names::is_pushed_down(name) && !self.is_full() && dom.children(id).any(|child| dom.html_name(child) == "li")
    }

    /// What stands between items goes to the item before it, where browsers show it.
    fn add_stray(&mut self, items: &mut Vec<ListItem>, stray: &mut Vec<Id>) {
        if stray.is_empty() {
            return;
        }
        let nodes = std::mem::take(stray);
        let mut blocks = self.nested(|lower| nodes.into_iter().for_each(|id| lower.flow_node(id)));
        if blocks.is_empty() {
            return;
        }
        // Text right after an item's text would run together with it.
        if let Some(Block::Plain { content }) = blocks.first_mut()
            && items.last().is_some_and(|item| matches!(item.blocks.last(), Some(Block::Plain { .. })))
        {
            blocks[0] = Block::paragraph(std::mem::take(content));
        }
        if let Some(item) = items.last_mut() {
            item.blocks.append(&mut blocks);
        } else {
            let mut item = ListItem { blocks, ..ListItem::default() };
            take_box(&mut item);
            items.push(item);
        }
    }

    fn item(&mut self, id: Id) -> ListItem {
        let mut item = ListItem { attr: self.attr(id, &[]), ..ListItem::default() };
        if self.enter(id) {
            item.blocks = self.blocks(id);
            self.leave();
        } else {
            item.blocks = self.nested(|lower| lower.flat_text(id));
        }
        take_box(&mut item);
        item
    }

    /// An item outside a list begins a list of its own, or goes on with the one before.
    pub(crate) fn stray_item(&mut self, id: Id) {
        let follows = self.follows(id, &["li"]);
        let item = self.item(id);
        match self.flow.blocks.last_mut() {
            Some(Block::List(list)) if follows => list.items.push(item),
            _ => {
                let list = List { attr: postferry_doc::Attr::default(), kind: ListKind::Bullet, items: vec![item] };
                self.push_block(Block::List(Box::new(list)));
            }
        }
    }

    pub(crate) fn definition_list(&mut self, id: Id) {
        let attr = self.attr(id, &[]);
        let mut items = Vec::new();
        self.definition_items(id, &mut items);
        items.iter_mut().for_each(complete);
        self.push_block(Block::DefinitionList { attr, items });
    }

    fn definition_items(&mut self, id: Id, items: &mut Vec<DefinitionItem>) {
        let dom = self.dom;
        let mut stray = Vec::new();
        for child in dom.children(id) {
            let name = dom.html_name(child);
            if matches!(name, "dt" | "dd" | "div") {
                self.add_stray_definition(items, &mut stray);
            }
            match name {
                "dt" | "dd" => self.add_definition(child, items),
                "div" => {
                    if self.enter(child) {
                        self.definition_items(child, items);
                        self.leave();
                    }
                }
                _ if dom.is_blank(child) => {}
                _ => stray.push(child),
            }
        }
        self.add_stray_definition(items, &mut stray);
    }

    fn add_stray_definition(&mut self, items: &mut Vec<DefinitionItem>, stray: &mut Vec<Id>) {
        if stray.is_empty() {
            return;
        }
        let nodes = std::mem::take(stray);
        let blocks = self.nested(|lower| nodes.into_iter().for_each(|id| lower.flow_node(id)));
        if !blocks.is_empty() {
            last_item(items).definitions.push(Definition { blocks, ..Definition::default() });
        }
    }

    fn add_definition(&mut self, id: Id, items: &mut Vec<DefinitionItem>) {
        let attr = self.attr(id, &[]);
        if self.dom.html_name(id) == "dt" {
            let content = self.inlines(id);
            if items.last().is_none_or(|item| !item.definitions.is_empty()) {
                items.push(DefinitionItem::default());
            }
            last_item(items).terms.push(Term { attr, content });
            return;
        }
        let blocks = if self.enter(id) {
            let blocks = self.blocks(id);
            self.leave();
            blocks
        } else {
            self.nested(|lower| lower.flat_text(id))
        };
        last_item(items).definitions.push(Definition { attr, blocks });
    }

    /// A term or definition outside a list, as a stray item.
    pub(crate) fn stray_definition(&mut self, id: Id) {
        let follows = self.follows(id, &["dt", "dd"]);
        let mut items = match self.flow.blocks.last_mut() {
            Some(Block::DefinitionList { items, .. }) if follows => std::mem::take(items),
            _ => Vec::new(),
        };
        let fresh = items.is_empty();
        if let Some(last) = items.last_mut()
            && last.definitions.iter().all(|d| d == &Definition::default())
        {
            last.definitions.clear();
        }
        self.add_definition(id, &mut items);
        complete(last_item(&mut items));
        match self.flow.blocks.last_mut() {
            Some(Block::DefinitionList { items: old, .. }) if !fresh => *old = items,
            _ => self.push_block(Block::DefinitionList { attr: postferry_doc::Attr::default(), items }),
        }
    }

    /// Says whether the element before a node is one of these.
    fn follows(&self, id: Id, names: &[&str]) -> bool {
        let dom = self.dom;
        let mut previous = dom.node(id).previous;
        while previous != crate::dom::NONE && dom.is_blank(previous) {
            previous = dom.node(previous).previous;
        }
        previous != crate::dom::NONE
            && matches!(dom.node(previous).data, Data::Element(_))
            && names.contains(&dom.html_name(previous))
    }
}

/// Takes the box of a task out of an item: a disabled check box that comes before everything else in it.
fn take_box(item: &mut ListItem) {
    let Some(Block::Plain { content } | Block::Paragraph { content, .. }) = item.blocks.first_mut() else { return };
    let Some(Inline::Element { name, attr, .. }) = content.first() else { return };
    let check_box = name == "input" && attr.value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
    if !check_box || !(attr.value("disabled").is_some() || item.attr.has_class("task-list-item")) {
        return;
    }
    item.checked = Some(attr.value("checked").is_some());
    item.attr.remove_class("task-list-item");
    content.remove(0);
    match content.first_mut() {
        Some(Inline::SoftBreak) => {
            content.remove(0);
        }
        Some(Inline::Text(text)) if text.starts_with(' ') => {
            text.remove(0);
            if text.is_empty() {
                content.remove(0);
            }
        }
        _ => {}
    }
    if let Some(Block::Plain { content }) = item.blocks.first()
        && content.is_empty()
    {
        item.blocks.remove(0);
    }
}

fn last_item(items: &mut Vec<DefinitionItem>) -> &mut DefinitionItem {
    if items.is_empty() {
        items.push(DefinitionItem::default());
    }
    let last = items.len() - 1;
    &mut items[last]
}

/// A group has a term and a definition, as HTML asks for; what is missing is empty.
fn complete(item: &mut DefinitionItem) {
    if item.terms.is_empty() {
        item.terms.push(Term::default());
    }
    if item.definitions.is_empty() {
        item.definitions.push(Definition::default());
    }
}
