//! The values of a document as SafeYAML's event handler builds them, keys with their types.

use std::collections::HashMap;

use postferry_doc::{Map, Text, Value};

use crate::error::{ENDLESS, TOO_DEEP, TOO_MUCH};
use crate::parse::{DEPTH, Event, Events, Spanned, line_of};
use crate::scalar::{decode_base64, try_resolve};
use crate::{Style, YamlError};

/// How many nodes aliases may add to a document's own.
const ALIAS_NODES: usize = 10_000;

/// How many bytes of text aliases may add to a document's own.
const ALIAS_BYTES: usize = 4 << 20;

/// What the name of a key that is a list or a map may cost, in nodes and bytes.
const KEY_BUDGET: Budget = Budget { nodes: 100, bytes: 1_000 };

/// The tags whose texts SafeYAML decodes; it ignores all others.
const BINARY: [&str; 3] = ["tag:yaml.org,2002:binary", "!binary", "x-private:binary"];

/// From how many keys on a map keeps an index of them.
const INDEXED_FROM: usize = 16;

/// A node of a [`Tree`], by its place in the arena: what an alias repeats is there once.
pub(crate) type Id = usize;

/// What copying a tree out may still cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    nodes: usize,
    bytes: usize,
}

impl Budget {
    fn spend(&mut self, bytes: usize, depth: usize) -> Result<(), String> {
        let nodes = self.nodes.checked_sub(1).filter(|_| depth <= 2 * DEPTH);
        let (Some(nodes), Some(bytes)) = (nodes, self.bytes.checked_sub(bytes)) else {
            return Err(TOO_MUCH.to_owned());
        };
        *self = Self { nodes, bytes };
        Ok(())
    }
}

/// One node.
#[derive(Debug)]
pub(crate) enum Node {
    /// Anything but a list or a map.
    Scalar(Value),
    /// A list.
    List(Vec<Id>),
    /// A map: keys and values, and the place of each key once there are many.
    Map(Vec<(Id, Id)>, HashMap<String, usize>),
}

/// The first document of a text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The document's value; none if it is empty.
    pub root: Option<Id>,
    /// How many bytes of text its nodes hold, at most.
    bytes: usize,
    /// The pairs of the top level as they were set, in the order of the text.
    pub pairs: Vec<Pair>,
    /// Whether the top level is a map in braces.
    pub flow: bool,
}

/// A pair of the top level: where its key and its value stand, in bytes, and how the value is written.
#[derive(Debug)]
pub(crate) struct Pair {
    pub key: Id,
    pub key_start: usize,
    pub value_start: usize,
    pub value_end: usize,
    pub style: Style,
}

/// Reads YAML text as SafeYAML 1.0.5 does, only its first document: a site's configuration, a data file. One leading
/// byte order mark is skipped. An empty text is null.
///
/// # Errors
/// Says why and where the text is not YAML; also when aliases repeat more than 10,000 nodes, when collections are
/// nested more than 255 deep, or when an alias stands inside what it names.
pub fn read_yaml(text: &str) -> Result<Value, YamlError> {
    build(crate::strip_bom(text))?.root_value().map_err(|message| YamlError::new(message, 1))
}

/// Builds the tree of a text's first document.
pub(crate) fn build(text: &str) -> Result<Tree, YamlError> {
    check_characters(text)?;
    let mut builder = Builder::default();
    let mut events = Events::new(text);
    while let Some(Spanned { event, start, end }) = events.next_event()? {
        let fail = |message: String| YamlError::new(message, line_of(text, start));
        builder.here = (start, end);
        match event {
            Event::Scalar { text, style, guess, tag, anchor } => {
                let value = if tag.is_some_and(|tag| BINARY.contains(&tag.as_str())) {
                    Value::String(decode_base64(&text))
                } else if guess {
                    try_resolve(&text).map_err(fail)?
                } else {
                    Value::String(Text::from(&*text))
                };
                let id = builder.tree.add(Node::Scalar(value));
                builder.place(id, anchor, style).map_err(fail)?;
            }
            Event::ListStart { anchor } => builder.open(Node::List(Vec::new()), anchor).map_err(fail)?,
            Event::MapStart { anchor, flow } => {
                builder.tree.flow |= flow && builder.stack.is_empty();
                builder.open(Node::Map(Vec::new(), HashMap::new()), anchor).map_err(fail)?;
            }
            Event::End => builder.close(),
            Event::Alias(name) => {
                let id = builder.alias(name).map_err(fail)?;
                builder.place(id, None, Style::Structure).map_err(fail)?;
            }
            Event::DocumentEnd => break,
        }
    }
    Ok(builder.tree)
}

/// Refuses what YAML allows nowhere, as libyaml's reader does before anything is parsed.
fn check_characters(text: &str) -> Result<(), YamlError> {
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
    match text.find(bad) {
        Some(at) => Err(YamlError::new("control characters are not allowed".to_owned(), line_of(text, at))),
        None => Ok(()),
    }
}

/// The state of SafeYAML's `PsychHandler`: one pending key for all levels, so that a map as a key takes its own
/// first scalar for the value of a pair that is lost.
#[derive(Default)]
struct Builder<'a> {
    tree: Tree,
    anchors: HashMap<&'a str, Id>,
    stack: Vec<Id>,
    current_key: Option<Id>,
    /// The bytes of the event that is being heard.
    here: (usize, usize),
    /// Where the pending key begins.
    key_start: usize,
    /// How many bytes of text aliases repeated.
    repeated: usize,
    /// How many pairs `<<` copied.
    merged: usize,
}

impl<'a> Builder<'a> {
    fn open(&mut self, node: Node, anchor: Option<&'a str>) -> Result<(), String> {
        if self.stack.len() >= DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
        let id = self.tree.add(node);
        self.place(id, anchor, Style::Structure)?;
        self.stack.push(id);
        Ok(())
    }

    fn close(&mut self) {
        self.stack.pop();
        if self.stack.len() == 1
            && let Some(pair) = self.tree.pairs.last_mut()
        {
            pair.value_end = pair.value_end.max(self.here.1);
        }
    }

    fn alias(&mut self, name: &str) -> Result<Id, String> {
        let Some(&id) = self.anchors.get(name) else {
            return Ok(self.tree.add(Node::Scalar(Value::Null)));
        };
        if self.stack.contains(&id) {
            return Err(ENDLESS.to_owned());
        }
        // SafeYAML guesses the type of a text once more where it is repeated, quoted or not.
        if let Node::Scalar(Value::String(text)) = &self.tree.nodes[id] {
            self.repeated += text.len();
            if self.repeated > ALIAS_BYTES {
                return Err(TOO_MUCH.to_owned());
            }
            let value = try_resolve(text)?;
            return Ok(self.tree.add(Node::Scalar(value)));
        }
        Ok(id)
    }

    fn place(&mut self, id: Id, anchor: Option<&'a str>, style: Style) -> Result<(), String> {
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, id);
        }
        let Some(&parent) = self.stack.last() else {
            self.tree.root = Some(id);
            return Ok(());
        };
        if let Node::List(items) = &mut self.tree.nodes[parent] {
            items.push(id);
            return Ok(());
        }
        match self.current_key.take() {
            None if self.tree.is_null(id) => {}
            None => {
                self.current_key = Some(id);
                self.key_start = self.here.0;
            }
            Some(key) if self.tree.is_merge(key) => {
                let Node::Map(pairs, _) = &self.tree.nodes[id] else {
                    return Err("what `<<` merges is not a map".to_owned());
                };
                let pairs = pairs.clone();
                self.merged += pairs.len();
                if self.merged > ALIAS_NODES {
                    return Err(TOO_MUCH.to_owned());
                }
                for (key, value) in pairs {
                    self.tree.set(parent, key, value);
                }
            }
            Some(key) => {
                if self.stack.len() == 1 {
                    let (value_start, value_end) = self.here;
                    self.tree.pairs.push(Pair { key, key_start: self.key_start, value_start, value_end, style });
                }
                self.tree.set(parent, key, id);
            }
        }
        Ok(())
    }
}

impl Tree {
    /// The document's value without the types of keys; see [`Tree::to_value`].
    pub(crate) fn root_value(&self) -> Result<Value, String> {
        let mut budget = Budget { nodes: 2 * self.nodes.len() + ALIAS_NODES, bytes: self.bytes + ALIAS_BYTES };
        self.root.map_or(Ok(Value::Null), |root| self.to_value(root, &mut budget, 0))
    }

    /// The node of an id.
    pub(crate) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// Copies a node out. Keys become texts as Ruby writes them. Errors when aliases multiply beyond the budget.
    pub(crate) fn to_value(&self, id: Id, budget: &mut Budget, depth: usize) -> Result<Value, String> {
        budget.spend(self.text_bytes(id), depth)?;
        Ok(match self.node(id) {
            Node::Scalar(value) => value.clone(),
            Node::List(items) => {
                Value::List(items.iter().map(|item| self.to_value(*item, budget, depth + 1)).collect::<Result<_, _>>()?)
            }
            Node::Map(pairs, _) => {
                let mut map = MapBuilder::default();
                for (key, value) in pairs {
                    let typed = !matches!(self.node(*key), Node::Scalar(Value::String(_)));
                    let name = self.key_name(*key);
                    budget.spend(name.len(), depth)?;
                    map.insert(name, typed, self.to_value(*value, budget, depth + 1)?);
                }
                Value::Map(map.finish())
            }
        })
    }

    /// A key as a text, as Ruby writes it; a list or a map that is too long is cut off.
    pub(crate) fn key_name(&self, key: Id) -> Text {
        if let Node::Scalar(value) = self.node(key) {
            return scalar_text(value);
        }
        let mut text = String::new();
        // What was written until the budget was spent will do for a name.
        let _ = self.inspect(key, &mut text, &mut { KEY_BUDGET }, 0);
        text.into()
    }

    /// Ruby's `inspect`: `["x"]`, `{"a"=>1}`.
    fn inspect(&self, id: Id, out: &mut String, budget: &mut Budget, depth: usize) -> Result<(), String> {
        budget.spend(self.text_bytes(id), depth)?;
        match self.node(id) {
            Node::Scalar(Value::Null) => out.push_str("nil"),
            Node::Scalar(Value::String(text)) => {
                out.push('"');
                out.push_str(&text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
                out.push('"');
            }
            Node::Scalar(value) => out.push_str(&scalar_text(value)),
            Node::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.inspect(*item, out, budget, depth + 1)?;
                }
                out.push(']');
            }
            Node::Map(pairs, _) => {
                out.push('{');
                for (index, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.inspect(*key, out, budget, depth + 1)?;
                    out.push_str("=>");
                    self.inspect(*value, out, budget, depth + 1)?;
                }
                out.push('}');
            }
        }
        Ok(())
    }

    fn add(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        let id = self.nodes.len() - 1;
        self.bytes += self.text_bytes(id);
        id
    }

    fn text_bytes(&self, id: Id) -> usize {
        match self.node(id) {
            Node::Scalar(Value::String(text) | Value::BigInt(text)) => text.len(),
            Node::Scalar(_) | Node::List(_) | Node::Map(..) => 0,
        }
    }

    fn is_null(&self, id: Id) -> bool {
        matches!(self.nodes[id], Node::Scalar(Value::Null))
    }

    fn is_merge(&self, id: Id) -> bool {
        matches!(&self.nodes[id], Node::Scalar(Value::String(text)) if text == "<<")
    }

    /// Sets a pair; a key that is there keeps its place.
    fn set(&mut self, map: Id, key: Id, value: Id) {
        let found = self.find(map, key);
        let names = self.names_to_index(map, key, found);
        let Node::Map(pairs, index) = &mut self.nodes[map] else { return };
        if let Some(at) = found {
            pairs[at].1 = value;
            return;
        }
        pairs.push((key, value));
        let from = pairs.len() - names.len();
        for (at, name) in names.into_iter().enumerate() {
            index.entry(name).or_insert(from + at);
        }
    }

    /// The place of a key in a map.
    fn find(&self, map: Id, key: Id) -> Option<usize> {
        let Node::Map(pairs, index) = self.node(map) else { return None };
        if index.is_empty() {
            return pairs.iter().position(|(other, _)| self.is_same_key(*other, key));
        }
        index.get(&self.identity(key)).copied()
    }

    /// The names that a map's index lacks once a key is added: none while the map is small.
    fn names_to_index(&self, map: Id, key: Id, found: Option<usize>) -> Vec<String> {
        match self.node(map) {
            Node::Map(pairs, index) if found.is_none() && pairs.len() >= INDEXED_FROM => {
                let others = if index.is_empty() { &pairs[..] } else { &[] };
                others.iter().map(|(other, _)| *other).chain([key]).map(|key| self.identity(key)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_same_key(&self, a: Id, b: Id) -> bool {
        match (self.node(a), self.node(b)) {
            (Node::Scalar(Value::String(a)), Node::Scalar(Value::String(b))) => a == b,
            (Node::Scalar(Value::String(_)), _) | (_, Node::Scalar(Value::String(_))) => false,
            _ => self.identity(a) == self.identity(b),
        }
    }

    /// What makes two keys one: type and content.
    fn identity(&self, key: Id) -> String {
        match self.node(key) {
            Node::Scalar(Value::String(text)) => format!("s{text}"),
            Node::Scalar(Value::Float(number)) => format!("f{}", number.to_bits()),
            Node::Scalar(value) => format!("v{}", scalar_text(value)),
            Node::List(_) | Node::Map(..) => {
                let mut text = "c".to_owned();
                // One that holds itself, or very much, is only itself.
                if self.inspect(key, &mut text, &mut { KEY_BUDGET }, 0).is_err() {
                    text = format!("i{key}");
                }
                text
            }
        }
    }
}

/// Collects pairs whose keys became texts. Where two keys became one text, the one that was a text wins: only it
/// can be asked for by name.
#[derive(Default)]
struct MapBuilder {
    pairs: Vec<(Text, bool, Value)>,
    typed: bool,
}

impl MapBuilder {
    fn insert(&mut self, name: Text, typed: bool, value: Value) {
        self.typed |= typed;
        self.pairs.push((name, typed, value));
    }

    fn finish(self) -> Map {
        let mut map = Map::new();
        let mut places: HashMap<Text, usize> = HashMap::new();
        let mut kept: Vec<(Text, bool, Value)> = Vec::with_capacity(self.pairs.len());
        for (name, typed, value) in self.pairs {
            if self.typed {
                if let Some(&at) = places.get(&name) {
                    if kept[at].1 {
                        kept[at] = (name, typed, value);
                    }
                    continue;
                }
                places.insert(name.clone(), kept.len());
            }
            kept.push((name, typed, value));
        }
        for (name, _, value) in kept {
            map.push(name, value);
        }
        map
    }
}

/// A scalar as Ruby's `to_s` writes it.
pub(crate) fn scalar_text(value: &Value) -> Text {
    match value {
        Value::Null => Text::default(),
        Value::Bool(value) => Text::from(if *value { "true" } else { "false" }),
        Value::Int(number) => number.to_string().into(),
        Value::BigInt(digits) => digits.clone(),
        Value::Float(number) => crate::number::ruby_float(*number).into(),
        Value::String(text) => text.clone(),
        Value::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}").into(),
        Value::Time(time) => time.to_string().into(),
        Value::List(_) | Value::Map(_) => Text::default(),
    }
}
