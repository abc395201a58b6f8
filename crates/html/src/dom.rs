//! The nodes of a parsed text: an arena with sibling links, dropped right after lowering.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use html5ever::tendril::StrTendril;
use html5ever::{LocalName, Namespace, QualName, local_name, ns};

/// The index of a node.
pub(crate) type Id = u32;

/// No node.
pub(crate) const NONE: Id = Id::MAX;

/// The node of the document itself.
pub(crate) const ROOT: Id = 0;

/// A parsed tree.
#[derive(Debug)]
pub(crate) struct Dom<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
    /// The attributes of all elements; each element knows which are its own.
    pub(crate) attrs: Vec<Attribute<'a>>,
}

/// A node with its links; [`NONE`] where there is no such neighbour.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) parent: Id,
    pub(crate) previous: Id,
    pub(crate) next: Id,
    pub(crate) first: Id,
    pub(crate) last: Id,
    /// The depth at which it was put in; moves of whole subtrees do not keep it up to date.
    pub(crate) depth: u32,
    pub(crate) data: Data<'a>,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data<'a> {
    Document,
    /// What stands in the `<template>` named.
    Contents(Id),
    Element(Element),
    Text(Words<'a>),
    Comment(Words<'a>),
    /// Document types and processing instructions, which show nothing.
    Other,
}

/// An element.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) ns: Namespace,
    pub(crate) local: LocalName,
    /// Where its attributes stand in [`Dom::attrs`].
    pub(crate) attrs: (u32, u32),
    /// The fragment that holds what stands in a `<template>`.
    pub(crate) contents: Id,
    /// Whether HTML may stand in this `<annotation-xml>`.
    pub(crate) integration_point: bool,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: QualName,
    pub(crate) value: Words<'a>,
}

/// A text: part of the source where it stands there letter by letter.
#[derive(Clone, Debug)]
pub(crate) enum Words<'a> {
    Source(&'a str),
    Tendril(StrTendril),
    Owned(Box<str>),
}

impl<'a> Dom<'a> {
    /// Makes a tree of nothing but the document, with room for that many nodes.
    pub(crate) fn new(nodes: usize) -> Self {
        let mut dom = Self { nodes: Vec::with_capacity(nodes), attrs: Vec::new() };
        dom.add(Data::Document);
        dom
    }

    pub(crate) fn add(&mut self, data: Data<'a>) -> Id {
        let id = self.nodes.len() as Id;
        self.nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, depth: 0, data });
        id
    }

    pub(crate) fn node(&self, id: Id) -> &Node<'a> {
        &self.nodes[id as usize]
    }

    pub(crate) fn node_mut(&mut self, id: Id) -> &mut Node<'a> {
        &mut self.nodes[id as usize]
    }

    /// The element at `id`, if it is one.
    pub(crate) fn element(&self, id: Id) -> Option<&Element> {
        match &self.node(id).data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The local name of an HTML element; empty for everything else.
    pub(crate) fn html_name(&self, id: Id) -> &str {
        match self.element(id) {
            Some(element) if element.ns == ns!(html) => &element.local,
            _ => "",
        }
    }

    /// The first node below `id`; for a `<template>` the first of its contents.
    pub(crate) fn first_child(&self, id: Id) -> Id {
        match self.element(id) {
            Some(element) if element.contents != NONE => self.node(element.contents).first,
            _ => self.node(id).first,
        }
    }

    /// The nodes right below `id`, in order.
    pub(crate) fn children(&self, id: Id) -> Children<'_> {
        Children { dom: self, next: self.first_child(id) }
    }

    /// The value of an attribute without namespace.
    pub(crate) fn attr(&self, id: Id, name: &str) -> Option<&str> {
        let element = self.element(id)?;
        self.attrs_of(element).iter().find(|a| a.name.ns == ns!() && &*a.name.local == name).map(|a| &*a.value)
    }

    /// The attributes of an element.
    pub(crate) fn attrs_of(&self, element: &Element) -> &[Attribute<'a>] {
        &self.attrs[element.range()]
    }

    /// The element around a node.
    pub(crate) fn up(&self, id: Id) -> Id {
        match &self.node(id).data {
            Data::Contents(template) => *template,
            _ => self.node(id).parent,
        }
    }

    /// Calls `visit` for the nodes below `id` in the order of the text, and for `id` itself when they end.
    pub(crate) fn descend(&self, id: Id, visit: &mut dyn FnMut(Id, Step)) {
        let mut at = self.first_child(id);
        if at == NONE {
            return;
        }
        loop {
            visit(at, Step::Enter);
            let below = self.first_child(at);
            if below != NONE {
                at = below;
                continue;
            }
            visit(at, Step::Leave);
            while self.node(at).next == NONE {
                at = self.above(at);
                if at == id {
                    return;
                }
                visit(at, Step::Leave);
            }
            at = self.node(at).next;
        }
    }

    /// The parent of a node; for what stands in a `<template>` the template.
    fn above(&self, id: Id) -> Id {
        let parent = self.node(id).parent;
        match self.node(parent).data {
            Data::Contents(template) => template,
            _ => parent,
        }
    }

    /// The text below `id` where nothing else stands there.
    pub(crate) fn lone_text(&self, id: Id) -> Option<&str> {
        match self.nodes.get(self.first_child(id) as usize)? {
            Node { next: NONE, data: Data::Text(text), .. } => Some(text),
            _ => None,
        }
    }

    /// The text below `id`, as it stands in the source.
    pub(crate) fn text(&self, id: Id) -> Cow<'_, str> {
        if let Some(text) = self.lone_text(id) {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        self.descend(id, &mut |node, step| {
            if step == Step::Enter {
                match &self.node(node).data {
                    Data::Text(text) => out.push_str(text),
                    Data::Element(element) if element.local == local_name!("br") => out.push('\n'),
                    _ => {}
                }
            }
        });
        Cow::Owned(out)
    }

    /// Says whether `id` is text that shows nothing between blocks.
    pub(crate) fn is_blank(&self, id: Id) -> bool {
        match &self.node(id).data {
            Data::Text(text) => text.bytes().all(is_space),
            Data::Other => true,
            _ => false,
        }
    }

    /// Takes `id` away from its parent and siblings.
    pub(crate) fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = *self.node(id);
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.node_mut(parent).first = next,
            _ => self.node_mut(previous).next = next,
        }
        match next {
            NONE => self.node_mut(parent).last = previous,
            _ => self.node_mut(next).previous = previous,
        }
        let node = self.node_mut(id);
        node.parent = NONE;
        node.previous = NONE;
        node.next = NONE;
    }

    /// Puts `id` below `parent` as the last child.
    pub(crate) fn append(&mut self, parent: Id, id: Id) {
        self.detach(id);
        let last = self.node(parent).last;
        let depth = self.node(parent).depth + 1;
        let node = self.node_mut(id);
        node.parent = parent;
        node.previous = last;
        node.depth = depth;
        match last {
            NONE => self.node_mut(parent).first = id,
            _ => self.node_mut(last).next = id,
        }
        self.node_mut(parent).last = id;
    }

    /// Puts `id` before `sibling`, which has a parent.
    pub(crate) fn insert_before(&mut self, sibling: Id, id: Id) {
        self.detach(id);
        let Node { parent, previous, depth, .. } = *self.node(sibling);
        let node = self.node_mut(id);
        node.parent = parent;
        node.previous = previous;
        node.next = sibling;
        node.depth = depth;
        match previous {
            NONE => self.node_mut(parent).first = id,
            _ => self.node_mut(previous).next = id,
        }
        self.node_mut(sibling).previous = id;
    }
}

impl Element {
    pub(crate) fn range(&self) -> Range<usize> {
        self.attrs.0 as usize..self.attrs.1 as usize
    }
}

impl Deref for Words<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Source(text) => text,
            Self::Tendril(text) => text,
            Self::Owned(text) => text,
        }
    }
}

impl PartialEq for Words<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// Where a walk is with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Enter,
    Leave,
}

/// See [`Dom::children`].
pub(crate) struct Children<'a> {
    dom: &'a Dom<'a>,
    next: Id,
}

impl Iterator for Children<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next;
        if id == NONE {
            return None;
        }
        self.next = self.dom.node(id).next;
        Some(id)
    }
}

/// HTML's white space: what collapses.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}
