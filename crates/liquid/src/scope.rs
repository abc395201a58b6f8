//! The variables of a rendering: inner scopes, assigned names, counters and what the caller gives.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// How many scopes may be open, as in Liquid: blocks and includes count together.
const MAX_SCOPES: usize = 100;

/// All variables that a template sees.
pub(crate) struct Scopes<'a> {
    globals: &'a dyn Object,
    assigned: HashMap<Arc<str>, Value>,
    counters: HashMap<Arc<str>, i64>,
    inner: Vec<(Arc<str>, Value)>,
    frames: Vec<usize>,
}

impl<'a> Scopes<'a> {
    /// Variables of a rendering that has not begun.
    pub fn new(globals: &'a dyn Object) -> Self {
        Self { globals, assigned: HashMap::new(), counters: HashMap::new(), inner: Vec::new(), frames: Vec::new() }
    }

    /// Opens a scope.
    ///
    /// # Errors
    ///
    /// 100 scopes are open.
    pub fn open(&mut self) -> Result<(), Error> {
        if self.frames.len() >= MAX_SCOPES {
            return Err(Error::new(ErrorKind::StackLevel, "blocks and includes nest too deeply"));
        }
        self.frames.push(self.inner.len());
        Ok(())
    }

    /// Closes the innermost scope.
    pub fn close(&mut self) {
        if let Some(start) = self.frames.pop() {
            self.inner.truncate(start);
        }
    }

    /// Sets a variable of the innermost scope.
    pub fn set(&mut self, name: &Arc<str>, value: Value) {
        let Some(&start) = self.frames.last() else {
            self.assign(name, value);
            return;
        };
        let same = |known: &Arc<str>| Arc::ptr_eq(known, name) || known == name;
        match self.inner[start..].iter_mut().find(|(known, _)| same(known)) {
            Some(known) => known.1 = value,
            None => self.inner.push((Arc::clone(name), value)),
        }
    }

    /// Sets a variable of the innermost scope whose name is not kept anywhere yet.
    pub fn set_word(&mut self, name: &str, value: Value) {
        let start = self.frames.last().copied().unwrap_or(0);
        match self.inner[start..].iter_mut().find(|(known, _)| **known == *name) {
            Some(known) => known.1 = value,
            None => self.set(&Arc::from(name), value),
        }
    }

    /// Sets a variable for the rest of the template, as `assign` and `capture` do.
    pub fn assign(&mut self, name: &Arc<str>, value: Value) {
        if let Some(known) = self.assigned.get_mut(&**name) {
            *known = value;
        } else {
            self.assigned.insert(Arc::clone(name), value);
        }
    }

    /// The value of a variable; `nil` when there is none.
    pub fn find(&self, name: &str) -> Value {
        if let Some((_, value)) = self.inner.iter().rev().find(|(known, _)| **known == *name) {
            return value.clone();
        }
        if let Some(value) = self.assigned.get(name) {
            return value.clone();
        }
        if let Some(count) = self.counters.get(name) {
            return Value::Int(*count);
        }
        self.globals.get(name).unwrap_or_default()
    }

    /// The counter that `increment` and `decrement` share.
    pub fn counter(&mut self, name: &Arc<str>) -> &mut i64 {
        self.counters.entry(Arc::clone(name)).or_insert(0)
    }
}
