//! The values that templates see: Ruby's, as far as Liquid can hold them.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use num_bigint::BigInt;

use crate::time::{Date, Time};

/// The deepest nesting of lists and hashes that a template may build.
pub const MAX_VALUE_DEPTH: u16 = 120;

/// A value of a template; cloning is cheap.
#[derive(Clone, Default)]
pub enum Value {
    /// Ruby's `nil`: also what every undefined variable is.
    #[default]
    Nil,
    /// `true` or `false`.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// An integer that does not fit 64 bits.
    Big(Arc<BigInt>),
    /// A float.
    Float(f64),
    /// A string.
    Str(Arc<str>),
    /// A calendar day, without a time of day.
    Date(Date),
    /// An instant with its offset.
    Time(Arc<Time>),
    /// An inclusive range of integers.
    Range(i64, i64),
    /// A list.
    List(Arc<List>),
    /// An ordered hash.
    Hash(Arc<Map>),
    /// Something whose keys are found when they are asked for: a site, a page, a post.
    Object(Arc<dyn Object>),
    /// The literal `empty`.
    Empty,
    /// The literal `blank`.
    Blank,
}

/// What a template sees of something that lives outside: Liquid's "drop".
///
/// Two objects are equal when they are the same object in memory.
pub trait Object: Send + Sync {
    /// The value of a key, `None` when there is no such key.
    fn get(&self, key: &str) -> Option<Value>;

    /// The keys in order, for iteration and `jsonify`.
    fn keys(&self) -> Vec<Arc<str>>;

    /// The text of `{{ object }}`.
    fn to_text(&self) -> String;

    /// The text of Ruby's `inspect`.
    fn inspect(&self) -> String {
        self.to_text()
    }

    /// The URL that `relative_url` and `absolute_url` take when they are given the object itself.
    fn url(&self) -> Option<String> {
        None
    }

    /// The order among objects of the same kind, as Ruby's `<=>`; `None` when there is none.
    fn compare(&self, _other: &dyn Object) -> Option<std::cmp::Ordering> {
        None
    }

    /// What `jsonify` writes for the object, `depth` levels below the value it was given.
    ///
    /// An object that leads to itself must stop at some depth, as Jekyll's posts do.
    fn to_json_value(&self, _depth: usize) -> Value {
        let pairs = self.keys().into_iter().map(|key| {
            let value = self.get(&key).unwrap_or_default();
            (Value::Str(key), value)
        });
        Value::from(pairs.collect::<Map>())
    }

    /// What `first`, `last`, `size` and `for` see when the object is a list.
    fn items(&self) -> Option<Value> {
        None
    }
}

/// All keys of an object with their values, as a hash.
pub fn object_pairs(object: &dyn Object) -> Value {
    let pairs = object.keys().into_iter().map(|key| {
        let value = object.get(&key).unwrap_or_default();
        (Value::Str(key), value)
    });
    Value::from(pairs.collect::<Map>())
}

/// A list that knows how deeply it nests.
#[derive(Default)]
pub struct List {
    items: Vec<Value>,
    depth: u16,
}

impl List {
    /// Makes a list of these items.
    pub fn new(items: Vec<Value>) -> Self {
        let depth = items.iter().map(Value::depth).max().unwrap_or(0).saturating_add(1);
        Self { items, depth }
    }

    /// How deeply lists and hashes nest, this one counted.
    pub fn depth(&self) -> u16 {
        self.depth
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items
    }
}

/// An ordered hash: keys are any values, most often strings.
#[derive(Default)]
pub struct Map {
    entries: Vec<(Value, Value)>,
    index: HashMap<Arc<str>, usize>,
    depth: u16,
}

/// Below this many entries a hash is searched from its start.
const INDEXED_FROM: usize = 9;

impl Map {
    /// Makes an empty hash.
    pub fn new() -> Self {
        Self { entries: Vec::new(), index: HashMap::new(), depth: 1 }
    }

    /// Sets a key: at its old place when it is there, else at the end.
    pub fn insert(&mut self, key: Value, value: Value) {
        self.depth = self.depth.max(value.depth().saturating_add(1));
        if let Some(place) = self.position(&key) {
            self.entries[place].1 = value;
            return;
        }
        self.entries.push((key, value));
        if self.entries.len() == INDEXED_FROM {
            for (place, (key, _)) in self.entries.iter().enumerate() {
                if let Value::Str(key) = key {
                    self.index.insert(Arc::clone(key), place);
                }
            }
        } else if self.entries.len() > INDEXED_FROM
            && let Some((Value::Str(key), _)) = self.entries.last()
        {
            self.index.insert(Arc::clone(key), self.entries.len() - 1);
        }
    }

    /// Sets a string key.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.insert(Value::from(key), value.into());
    }

    fn position(&self, key: &Value) -> Option<usize> {
        match key {
            Value::Str(key) => self.position_of(key),
            other => self.entries.iter().position(|(key, _)| crate::compare::eql(key, other)),
        }
    }

    fn position_of(&self, key: &str) -> Option<usize> {
        if self.entries.len() < INDEXED_FROM {
            return self.entries.iter().position(|(other, _)| matches!(other, Value::Str(other) if **other == *key));
        }
        self.index.get(key).copied()
    }

    /// The value of a string key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.position_of(key).map(|place| &self.entries[place].1)
    }

    /// The value of any key.
    pub fn get_value(&self, key: &Value) -> Option<&Value> {
        self.position(key).map(|place| &self.entries[place].1)
    }

    /// The pairs in order.
    pub fn entries(&self) -> &[(Value, Value)] {
        &self.entries
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<'a> FromIterator<(&'a str, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (&'a str, Value)>>(pairs: I) -> Self {
        let mut map = Self::new();
        for (key, value) in pairs {
            map.insert(Value::from(key), value);
        }
        map
    }
}

impl FromIterator<(Value, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (Value, Value)>>(pairs: I) -> Self {
        let mut map = Self::new();
        for (key, value) in pairs {
            map.insert(key, value);
        }
        map
    }
}

impl Value {
    /// Makes a list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(List::new(items)))
    }

    /// Makes a time.
    pub fn time(time: Time) -> Self {
        Self::Time(Arc::new(time))
    }

    /// Makes an integer of any size: the small kind when it fits.
    pub fn integer(number: BigInt) -> Self {
        match i64::try_from(&number) {
            Ok(small) => Self::Int(small),
            Err(_) => Self::Big(Arc::new(number)),
        }
    }

    /// Ruby's truth: all but `nil` and `false`.
    pub fn is_true(&self) -> bool {
        !matches!(self, Self::Nil | Self::Bool(false))
    }

    /// Whether this is `nil`.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// The string, when this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// How deeply lists and hashes nest in this value.
    pub fn depth(&self) -> u16 {
        match self {
            Self::List(list) => list.depth,
            Self::Hash(map) => map.depth,
            _ => 0,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(Arc::from(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(Arc::from(text))
    }
}

impl From<Arc<str>> for Value {
    fn from(text: Arc<str>) -> Self {
        Self::Str(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<Vec<Self>> for Value {
    fn from(items: Vec<Self>) -> Self {
        Self::list(items)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Hash(Arc::new(map))
    }
}

impl From<Time> for Value {
    fn from(time: Time) -> Self {
        Self::time(time)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nil, Into::into)
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&crate::display::inspect(self))
    }
}
