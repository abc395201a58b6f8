//! Metadata values: what a post's head can hold.

use std::collections::HashMap;
use std::fmt;

use crate::{DateTime, Text};

/// A metadata value with its type, as SafeYAML resolves it.
#[allow(missing_docs, reason = "a kind's sentence names its fields")]
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing: `~`, an empty value.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond 64 bits, in decimal digits.
    BigInt(Text),
    /// A number with a fraction, an infinity or not a number.
    Float(f64),
    /// A text.
    String(Text),
    /// A day without a time: year, month, day.
    Date { year: i32, month: u8, day: u8 },
    /// A moment with its offset.
    Time(DateTime),
    /// A list.
    List(Vec<Value>),
    /// Keys and values in their order.
    Map(Map),
}

/// Keys and values in their order; each key is there once.
///
/// Small maps are searched from the front; beyond 32 entries an index is kept, so that a head of 100,000 keys
/// costs no more a key than one of ten.
#[derive(Clone, Default)]
pub struct Map {
    entries: Vec<(Text, Value)>,
    /// The places of all keys; only where there are many.
    index: Option<HashMap<Text, usize>>,
}

impl Map {
    /// Entries up to which a map is searched from the front.
    const SMALL: usize = 32;

    /// Makes an empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.place(key).map(|at| &self.entries[at].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.place(key).map(|at| &mut self.entries[at].1)
    }

    /// Sets a value: at the key's place if it is there, else at the end.
    pub fn insert(&mut self, key: impl Into<Text>, value: Value) {
        let key = key.into();
        match self.place(&key) {
            Some(at) => self.entries[at].1 = value,
            None => self.push(key, value),
        }
    }

    /// Adds an entry whose key the caller knows to be new, without looking.
    pub fn push(&mut self, key: impl Into<Text>, value: Value) {
        let key = key.into();
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.index.is_none() && self.entries.len() > Self::SMALL {
            self.build_index();
        }
    }

    /// Takes a key out; the others keep their order. Costs as much as the map is long.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.place(key)?;
        let (_, value) = self.entries.remove(at);
        if self.index.is_some() {
            self.build_index();
        }
        Some(value)
    }

    /// The entries in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.entries.iter().map(|(k, v)| (k.as_str(), v))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Says whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(k, _)| k == key),
        }
    }

    fn build_index(&mut self) {
        let places = self.entries.iter().enumerate().map(|(at, (key, _))| (key.clone(), at));
        self.index = Some(places.collect());
    }
}

impl PartialEq for Map {
    /// Compares entries and their order; the index follows from them.
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(Text, Value)> for Map {
    /// Collects entries; of a key that comes twice the last value stays, at the first place.
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl Value {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_maps_behave_as_small_ones() {
        let mut map = Map::new();
        for n in 0..100_000 {
            map.insert(format!("k{n}"), Value::Int(n));
        }
        map.insert("k7", Value::Null);
        assert_eq!((map.len(), map.get("k7"), map.get("k99999")), (100_000, Some(&Value::Null), Some(&Value::Int(99_999))));
        assert_eq!(map.remove("k0"), Some(Value::Int(0)));
        assert_eq!((map.get("k0"), map.get("k1")), (None, Some(&Value::Int(1))));
        assert_eq!(map.iter().next(), Some(("k1", &Value::Int(1))));
    }
}
