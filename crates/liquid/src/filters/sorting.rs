//! `sort` and `sort_natural`.

use std::cmp::Ordering;

use super::property::{item_property, items, selectable};
use super::{Filter, filter};
use crate::compare::{compare, merge_sort};
use crate::display::{class, text};
use crate::error::Error;
use crate::evaluate::property;
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[filter("sort", 0, 2, sort), filter("sort_natural", 0, 1, sort_natural)];

fn sort(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    if input.is_nil() {
        return Err(Error::argument("cannot sort a null object"));
    }
    let mut list = match input {
        Value::Hash(map) => map.entries().iter().map(|(key, value)| Value::list(vec![key.clone(), value.clone()])).collect(),
        _ => selectable(renderer, input)?.ok_or_else(|| Error::no_method("sort", input))?,
    };
    spend_on_sorting(renderer, list.len())?;
    let name = match arguments.first() {
        None | Some(Value::Nil) => {
            merge_sort(&mut list, &mut |left, right| {
                compare(left, right)
                    .ok_or_else(|| Error::argument(format!("comparison of {} with {} failed", class(left), class(right))))
            })?;
            return Ok(Value::list(list));
        }
        Some(name) => text(name),
    };
    let nils = match arguments.get(1).map_or_else(|| "first".to_owned(), text).as_str() {
        "first" => Ordering::Less,
        "last" => Ordering::Greater,
        other => return Err(Error::argument(format!("invalid nils order: `{other}` is neither `first` nor `last`"))),
    };
    let mut keyed = Vec::with_capacity(list.len());
    for item in list {
        keyed.push((item_property(&item, &name)?, item));
    }
    merge_sort(&mut keyed, &mut |left, right| {
        Ok(match (left.0.is_nil(), right.0.is_nil()) {
            (false, true) => nils.reverse(),
            (true, false) => nils,
            _ => compare(&left.0, &right.0).unwrap_or_else(|| text(&left.0).as_bytes().cmp(text(&right.0).as_bytes())),
        })
    })?;
    Ok(Value::list(keyed.into_iter().map(|(_, item)| item).collect()))
}

fn spend_on_sorting(renderer: &mut Renderer<'_>, length: usize) -> Result<(), Error> {
    renderer.spend(length.saturating_mul(usize::try_from(length.max(1).ilog2()).unwrap_or(0) / 4 + 1))
}

fn sort_natural(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let list = items(renderer, input)?;
    spend_on_sorting(renderer, list.len())?;
    let name = arguments.first().filter(|name| !name.is_nil()).map(text);
    let has_keys = |item: &Value| {
        !matches!(item, Value::Nil | Value::Bool(_) | Value::Float(_) | Value::Time(_) | Value::Date(_) | Value::Range(..))
    };
    if !list.is_empty() && name.is_some() && !list.iter().all(has_keys) {
        return Ok(Value::Nil);
    }
    if list.len() <= 1 {
        return Ok(Value::list(list));
    }
    let mut keyed = Vec::with_capacity(list.len());
    for item in list {
        let key = match &name {
            None => item.clone(),
            Some(name) => property(&item, name).map_err(|_| Error::argument(format!("cannot select the property `{name}`")))?,
        };
        let key = (!key.is_nil()).then(|| text(&key).to_ascii_lowercase());
        keyed.push((key, item));
    }
    merge_sort(&mut keyed, &mut |left, right| {
        Ok(match (&left.0, &right.0) {
            (Some(left), Some(right)) => left.as_bytes().cmp(right.as_bytes()),
            (None, _) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
        })
    })?;
    Ok(Value::list(keyed.into_iter().map(|(_, item)| item).collect()))
}
