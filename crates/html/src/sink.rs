//! The sink into which html5ever's tree builder writes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};

use crate::dom::{self, Data, Dom, Element, Id, NONE, ROOT, Words};

/// Builds the arena and keeps what the guard must know: the depth, and which formatting is alive.
#[derive(Debug)]
pub(crate) struct Sink {
    pub(crate) dom: RefCell<Dom<'static>>,
    /// The depth of the place where the last node went in or an element was closed.
    pub(crate) depth: Cell<u32>,
    /// Formatting elements that were started and not ended, between markers.
    pub(crate) live: RefCell<Vec<Live>>,
    /// Where the last node went in.
    pub(crate) parent: Cell<Id>,
    /// Whether the next text must begin a node of its own, for the beginning of a piece.
    pub(crate) split: Cell<bool>,
    attributes: usize,
}

/// An entry of the list of live formatting, as the HTML standard keeps it (13.2.4.3).
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Live {
    /// A formatting element.
    Tag(LocalName),
    /// A cell, caption or the like: what is alive inside dies with it.
    Marker(Id),
}

impl Sink {
    pub(crate) fn new(attributes: usize) -> Self {
        Self {
            dom: RefCell::new(Dom::new(64)),
            depth: Cell::new(0),
            live: RefCell::default(),
            parent: Cell::new(ROOT),
            split: Cell::new(false),
            attributes,
        }
    }

    /// Takes markers off the list, and what is alive since, where their element is closed: html5ever does not tell.
    pub(crate) fn drop_dead(&self) {
        self.drop_dead_at(&self.dom.borrow(), self.parent.get());
    }

    fn drop_dead_at(&self, dom: &Dom, parent: Id) {
        let mut live = self.live.borrow_mut();
        while let Some(at) = live.iter().rposition(|entry| matches!(entry, Live::Marker(_))) {
            let Live::Marker(id) = live[at] else { return };
            let mut up = parent;
            while up != NONE && up != id {
                up = dom.up(up);
            }
            if up == id {
                return;
            }
            live.truncate(at);
        }
    }

    fn place(&self, dom: &mut Dom<'static>, parent: Id, before: Option<Id>, child: NodeOrText<Id>) {
        let previous = before.map_or(dom.node(parent).last, |sibling| dom.node(sibling).previous);
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                self.depth.set(dom.node(parent).depth);
                self.parent.set(parent);
                let split = self.split.replace(false);
                if previous != NONE
                    && !split
                    && let Data::Text(Words::Tendril(old)) = &mut dom.node_mut(previous).data
                {
                    old.push_tendril(&text);
                    return;
                }
                dom.add(Data::Text(Words::Tendril(text)))
            }
        };
        match before {
            Some(sibling) => dom.insert_before(sibling, id),
            None => dom.append(parent, id),
        }
        let node = dom.node(id);
        let Data::Element(element) = &node.data else { return };
        let (depth, contents) = (node.depth, element.contents);
        if element.ns == ns!(html) && is_marker(&element.local) {
            self.drop_dead_at(dom, parent);
            self.live.borrow_mut().push(Live::Marker(id));
        }
        self.depth.set(depth);
        self.parent.set(id);
        self.split.set(false);
        if contents != NONE {
            dom.node_mut(contents).depth = depth;
        }
    }
}

/// The name of an element, owned: a borrow would outlive the next change of the tree.
#[derive(Debug)]
pub(crate) struct Name(Namespace, LocalName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0
    }

    fn local_name(&self) -> &LocalName {
        &self.1
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name(&self, target: &Id) -> Name {
        let dom = self.dom.borrow();
        let name = dom.element(*target).map(|e| Name(e.ns.clone(), e.local.clone()));
        name.unwrap_or_else(|| Name(ns!(), LocalName::default()))
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Id {
        let mut dom = self.dom.borrow_mut();
        let contents = if flags.template { dom.add(Data::Document) } else { NONE };
        let integration_point = flags.mathml_annotation_xml_integration_point;
        let first = dom.attrs.len() as u32;
        dom.attrs.extend(attrs.into_iter().map(own_attribute));
        let attrs = (first, dom.attrs.len() as u32);
        let QualName { ns, local, .. } = name;
        let id = dom.add(Data::Element(Element { ns, local, attrs, contents, integration_point }));
        if contents != NONE {
            dom.node_mut(contents).data = Data::Contents(id);
        }
        id
    }

    fn create_comment(&self, text: StrTendril) -> Id {
        self.dom.borrow_mut().add(Data::Comment(Words::Tendril(text)))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.dom.borrow_mut().add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.place(&mut self.dom.borrow_mut(), *parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let mut dom = self.dom.borrow_mut();
        let parent = dom.node(*element).parent;
        if parent == NONE {
            self.place(&mut dom, *previous, None, child);
        } else {
            self.place(&mut dom, parent, Some(*element), child);
        }
    }

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let mut dom = self.dom.borrow_mut();
        let parent = dom.node(*sibling).parent;
        if parent != NONE {
            self.place(&mut dom, parent, Some(*sibling), child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Id) {
        self.depth.set(self.dom.borrow().node(*node).depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Id) -> Id {
        self.dom.borrow().element(*target).map_or(ROOT, |element| element.contents)
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        let mut dom = self.dom.borrow_mut();
        let Some(old) = dom.element(*target).map(Element::range) else { return };
        let mut all = dom.attrs[old.clone()].to_vec();
        for attr in attrs {
            if all.len() >= self.attributes {
                break;
            }
            if !all.iter().any(|a| a.name == attr.name) {
                all.push(own_attribute(attr));
            }
        }
        if all.len() == old.len() {
            return;
        }
        // An element takes so only as many attributes as the limit lets it, so what is left behind is bounded.
        let first = dom.attrs.len() as u32;
        dom.attrs.append(&mut all);
        let range = (first, dom.attrs.len() as u32);
        if let Data::Element(element) = &mut dom.node_mut(*target).data {
            element.attrs = range;
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut dom = self.dom.borrow_mut();
        let mut child = dom.node(*node).first;
        while child != NONE {
            let next = dom.node(child).next;
            dom.append(*new_parent, child);
            child = next;
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Id) -> bool {
        self.dom.borrow().element(*handle).is_some_and(|element| element.integration_point)
    }
}

fn own_attribute(attr: Attribute) -> dom::Attribute<'static> {
    dom::Attribute { name: attr.name, value: Words::Tendril(attr.value) }
}

fn is_marker(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption" | "applet" | "marquee" | "object" | "template")
}
