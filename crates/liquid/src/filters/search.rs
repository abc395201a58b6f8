//! `where`, `find` and the filters that take an expression.

use std::sync::Arc;

use super::property::{item_property, selectable};
use super::{Filter, filter};
use crate::condition::Condition;
use crate::display::{class, text};
use crate::error::Error;
use crate::evaluate::holds;
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("where", 2, 2, |renderer, input, arguments| by_property(renderer, input, arguments, false)),
    filter("find", 2, 2, |renderer, input, arguments| by_property(renderer, input, arguments, true)),
    filter("where_exp", 2, 2, |renderer, input, arguments| by_expression(renderer, input, arguments, false)),
    filter("find_exp", 2, 2, |renderer, input, arguments| by_expression(renderer, input, arguments, true)),
];

fn by_property(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value], first_only: bool) -> Result<Value, Error> {
    let (name, target) = (&arguments[0], &arguments[1]);
    if !name.is_true() || matches!(target, Value::List(_) | Value::Hash(_)) {
        return Ok(input.clone());
    }
    let Some(items) = selectable(renderer, input)? else {
        return Ok(input.clone());
    };
    let name = text(name);
    let wanted = text(target);
    let mut found = Vec::new();
    for item in items {
        if fits(&item_property(&item, &name)?, target, &wanted) {
            if first_only {
                return Ok(item);
            }
            found.push(item);
        }
    }
    Ok(if first_only { Value::Nil } else { Value::list(found) })
}

/// Jekyll's `compare_property_vs_target`; `wanted` is the target as text.
fn fits(property: &Value, target: &Value, wanted: &str) -> bool {
    match (property, target) {
        (_, Value::Nil) => property.is_nil(),
        (Value::Str(property), _) => **property == *wanted,
        (Value::Nil, Value::Empty | Value::Blank) => true,
        (Value::Nil, _) => false,
        (Value::List(list), Value::Empty | Value::Blank) => list.iter().all(|item| text(item).is_empty()),
        (Value::List(list), _) => list.iter().any(|item| match item {
            Value::Str(item) => **item == *wanted,
            item => text(item) == wanted,
        }),
        (Value::Hash(map), Value::Empty | Value::Blank) => map.is_empty(),
        (Value::Hash(_), _) => false,
        (other, _) => text(other) == wanted,
    }
}

fn by_expression(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value], first_only: bool) -> Result<Value, Error> {
    let Some(items) = selectable(renderer, input)? else {
        return Ok(input.clone());
    };
    let variable: Arc<str> = Arc::from(text(&arguments[0]));
    let Value::Str(expression) = &arguments[1] else {
        return Err(Error::argument(format!("no implicit conversion of {} into String", class(&arguments[1]))));
    };
    let condition = Condition::parse_strictly(expression)?;
    renderer.in_scope(|renderer| {
        let mut found = Vec::new();
        for item in items {
            renderer.spend(condition.parts.len())?;
            renderer.scopes.set(&variable, item.clone());
            if holds(&condition, &renderer.scopes)? {
                if first_only {
                    return Ok(item);
                }
                found.push(item);
            }
        }
        Ok(if first_only { Value::Nil } else { Value::list(found) })
    })
}
