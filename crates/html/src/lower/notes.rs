//! Footnotes: a section of items at the end, and the references that lead there.

use std::collections::{HashMap, HashSet};

use html5ever::ns;
use postferry_doc::{Block, Inline, Text};

use super::Lower;
use super::run::trim_end;
use crate::dom::{Data, Dom, Id, NONE, Step};
use crate::names;

/// The footnotes of a text, as far as their references and items fit together.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The items with their labels, in order.
    pub(crate) items: Vec<(Id, Text)>,
    references: HashMap<Id, Text>,
    sections: HashSet<Id>,
}

impl Notes {
    /// Finds the sections all of whose items something refers to: kramdown's `div.footnotes`, GitHub's and pandoc's
    /// `section.footnotes`, and what this crate writes.
    pub(crate) fn find(dom: &Dom, root: Id) -> Self {
        let mut sections = Vec::new();
        let mut targets: HashMap<&str, Vec<Id>> = HashMap::new();
        // What is kept node by node holds no notes.
        let mut closed = 0_usize;
        dom.descend(root, &mut |id, step| {
            let exact = dom.element(id).is_some_and(|e| e.ns != ns!(html) || names::is_exact(&e.local));
            if step == Step::Leave {
                closed -= usize::from(exact);
                return;
            }
            closed += usize::from(exact);
            if closed > 0 {
                return;
            }
            if is_section(dom, id) {
                sections.push(id);
            } else if let Some(target) = reference_target(dom, id) {
                targets.entry(target).or_default().push(id);
            }
        });
        let mut notes = Self::default();
        if targets.is_empty() {
            return notes;
        }
        let mut labels = HashSet::new();
        let mut groups = Vec::new();
        // Where two sections claim a label, the last has it: that is where notes are written.
        for section in sections.into_iter().rev() {
            let Some(items) = items_of(dom, section) else { continue };
            let named: Vec<(Id, &str, Text)> = items
                .iter()
                .filter_map(|id| dom.attr(*id, "id").map(|name| (*id, name, label_of(name))))
                .filter(|(_, name, label)| targets.contains_key(name) && labels.insert(label.clone()))
                .collect();
            if named.is_empty() || named.len() != items.len() {
                continue;
            }
            notes.sections.insert(section);
            groups.push(named);
        }
        for group in groups.into_iter().rev() {
            for (id, name, label) in group {
                for link in &targets[name] {
                    notes.references.insert(whole_reference(dom, *link), label.clone());
                }
                notes.items.push((id, label));
            }
        }
        notes
    }

    /// Says whether a node is a section whose items are notes.
    pub(crate) fn is_section(&self, id: Id) -> bool {
        self.sections.contains(&id)
    }

    /// The label of the note that a node refers to.
    pub(crate) fn reference(&self, id: Id) -> Option<&Text> {
        self.references.get(&id)
    }
}

impl Lower<'_> {
    /// Reads the blocks of a note without the links back.
    pub(crate) fn note_blocks(&mut self, id: Id) -> Vec<Block> {
        let dom = self.dom;
        let skipped = &mut self.skipped;
        let mut linked = false;
        dom.descend(id, &mut |node, step| {
            if step == Step::Enter && is_backlink(dom, node) {
                skipped.insert(node);
                linked = true;
            }
        });
        let mut blocks = self.blocks(id);
        if linked {
            trim_last(&mut blocks);
        }
        blocks
    }
}

/// Takes away the space before a link back that was taken away, and the paragraph that held nothing else.
fn trim_last(blocks: &mut Vec<Block>) {
    let Some(Block::Paragraph { content, .. } | Block::Plain { content }) = blocks.last_mut() else { return };
    loop {
        trim_end(content);
        match content.last_mut() {
            Some(Inline::Text(text)) if text.ends_with('\u{a0}') => {
                text.pop();
                if text.is_empty() {
                    content.pop();
                }
            }
            _ => break,
        }
    }
    if content.is_empty() {
        blocks.pop();
    }
}

fn is_section(dom: &Dom, id: Id) -> bool {
    matches!(dom.html_name(id), "div" | "section" | "ol" | "aside")
        && (has_class(dom, id, &["footnotes"])
            || dom.attr(id, "role") == Some("doc-endnotes")
            || dom.attr(id, "epub:type") == Some("footnotes"))
}

/// The items of a section: those of its one list, or its asides.
fn items_of(dom: &Dom, section: Id) -> Option<Vec<Id>> {
    if dom.html_name(section) == "ol" {
        return list_items(dom, section);
    }
    let mut found = None;
    let mut asides = Vec::new();
    for child in dom.children(section).filter(|child| !dom.is_blank(*child)) {
        match dom.html_name(child) {
            "ol" if found.is_none() => found = Some(list_items(dom, child)?),
            "aside" => asides.push(child),
            "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {}
            _ => return None,
        }
    }
    match found {
        Some(items) if asides.is_empty() => Some(items),
        None if !asides.is_empty() => Some(asides),
        _ => None,
    }
}

fn list_items(dom: &Dom, list: Id) -> Option<Vec<Id>> {
    let items: Vec<Id> = dom.children(list).filter(|child| !dom.is_blank(*child)).collect();
    items.iter().all(|id| dom.html_name(*id) == "li").then_some(items)
}

/// The id that a link refers to, where the link says that it is a reference to a note.
fn reference_target<'a>(dom: &'a Dom<'a>, id: Id) -> Option<&'a str> {
    if dom.html_name(id) != "a" {
        return None;
    }
    let target = dom.attr(id, "href")?.strip_prefix('#')?;
    let marked = has_class(dom, id, &["footnote", "footnote-ref"])
        || dom.attr(id, "role") == Some("doc-noteref")
        || dom.attr(id, "epub:type") == Some("noteref")
        || dom.attr(id, "data-footnote-ref").is_some();
    let parent = dom.node(id).parent;
    let in_mark = parent != NONE
        && dom.html_name(parent) == "sup"
        && (has_class(dom, parent, &["footnote-ref", "footnote-reference"])
            || dom.attr(parent, "role") == Some("doc-noteref")
            || dom.attr(parent, "id").is_some_and(|id| id.starts_with("fnref")));
    (marked || in_mark).then_some(target)
}

/// The `<sup>` around a reference, where it holds nothing else.
fn whole_reference(dom: &Dom, link: Id) -> Id {
    let parent = dom.node(link).parent;
    let alone = parent != NONE
        && dom.html_name(parent) == "sup"
        && dom.children(parent).filter(|child| !dom.is_blank(*child)).count() == 1;
    if alone { parent } else { link }
}

fn is_backlink(dom: &Dom, id: Id) -> bool {
    dom.html_name(id) == "a"
        && (has_class(dom, id, &["reversefootnote", "footnote-back", "footnote-backref"])
            || dom.attr(id, "role") == Some("doc-backlink")
            || dom.attr(id, "data-footnote-backref").is_some())
}

fn label_of(id: &str) -> Text {
    let id = id.strip_prefix("user-content-").unwrap_or(id);
    ["fn:", "fn-", "footnote-", "fn"]
        .iter()
        .find_map(|prefix| id.strip_prefix(prefix))
        .filter(|label| !label.is_empty())
        .unwrap_or(id)
        .into()
}

fn has_class(dom: &Dom, id: Id, names: &[&str]) -> bool {
    matches!(dom.node(id).data, Data::Element(_))
        && dom.attr(id, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|c| names.contains(&c)))
}
