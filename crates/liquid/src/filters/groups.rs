//! `group_by` and `group_by_exp`.

use std::collections::HashMap;
use std::sync::Arc;

use super::property::{item_property, selectable};
use super::{Filter, filter};
use crate::compare::eql;
use crate::display::{class, inspect, text};
use crate::error::Error;
use crate::evaluate::length;
use crate::filtered::Filtered;
use crate::render::Renderer;
use crate::value::{Map, Value};

pub(super) const FILTERS: &[Filter] = &[filter("group_by", 1, 1, group_by), filter("group_by_exp", 2, 2, group_by_expression)];

/// Groups in the order of their first items.
#[derive(Default)]
struct Groups {
    groups: Vec<(Value, Vec<Value>)>,
    places: HashMap<String, Vec<usize>>,
}

impl Groups {
    fn add(&mut self, name: Value, item: Value) {
        let places = self.places.entry(format!("{} {}", class(&name), inspect(&name))).or_default();
        if let Some(place) = places.iter().find(|place| eql(&self.groups[**place].0, &name)) {
            self.groups[*place].1.push(item);
        } else {
            places.push(self.groups.len());
            self.groups.push((name, vec![item]));
        }
    }

    fn into_value(self) -> Value {
        let hash = |(name, items): (Value, Vec<Value>)| {
            let mut map = Map::new();
            let size = length(items.len());
            map.set("name", name);
            map.set("items", Value::list(items));
            map.set("size", size);
            Value::from(map)
        };
        Value::list(self.groups.into_iter().map(hash).collect())
    }
}

/// What Ruby's `group_by` goes over: of a hash, its pairs.
fn groupable(renderer: &mut Renderer<'_>, input: &Value) -> Result<Option<Vec<Value>>, Error> {
    if let Value::Hash(map) = input {
        renderer.spend(map.len())?;
        let pairs = map.entries().iter().map(|(key, value)| Value::list(vec![key.clone(), value.clone()]));
        return Ok(Some(pairs.collect()));
    }
    selectable(renderer, input)
}

fn group_by(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Some(items) = groupable(renderer, input)? else {
        return Ok(input.clone());
    };
    let name = text(&arguments[0]);
    let mut groups = Groups::default();
    for item in items {
        groups.add(Value::from(text(&item_property(&item, &name)?)), item);
    }
    Ok(groups.into_value())
}

fn group_by_expression(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Some(items) = groupable(renderer, input)? else {
        return Ok(input.clone());
    };
    let variable: Arc<str> = Arc::from(text(&arguments[0]));
    let Value::Str(markup) = &arguments[1] else {
        return Err(Error::argument(format!("no implicit conversion of {} into String", class(&arguments[1]))));
    };
    let expression = Filtered::parse_strictly(markup).unwrap_or_else(|_| Filtered::parse_laxly(markup));
    renderer.in_scope(|renderer| {
        let mut groups = Groups::default();
        for item in items {
            renderer.scopes.set(&variable, item.clone());
            let name = renderer.evaluate_filtered(&expression)?;
            groups.add(name, item);
        }
        Ok(groups.into_value())
    })
}
