//! Categories and tags by Jekyll's rules.

use std::collections::HashSet;

use postferry_doc::{Map, Text, Value};

use crate::merge::is_true;
use crate::ruby;

/// Why Jekyll reads a head as if it were invalid: `categories` is neither a text nor a list.
pub(crate) struct NotAList(pub(crate) String);

/// The folders above `_posts` (or the collection's own folder): each is a category.
pub(crate) fn categories_of_path(relative_path: &str, special_folder: &str) -> Vec<Value> {
    if relative_path.starts_with(special_folder) {
        return Vec::new();
    }
    let above = relative_path.find(special_folder).map_or(relative_path, |at| &relative_path[..at]);
    let name = crate::name::base_name(relative_path);
    above.split('/').filter(|part| !part.is_empty() && *part != special_folder && *part != name).map(Value::from).collect()
}

/// Puts a map's `categories` after those that `data` has; they are the only key that is united, not replaced.
pub(crate) fn unite_categories(data: &Map, over: &mut Map) -> Result<(), NotAList> {
    let Some(slot) = over.get_mut("categories") else { return Ok(()) };
    if let Value::String(text) = slot {
        *slot = Value::List(words(text));
    }
    if let (Some(Value::List(old)), false) = (data.get("categories"), *slot == Value::Null) {
        let Value::List(new) = slot else { return Err(NotAList(ruby::to_s(slot))) };
        *slot = Value::List(union(old, new));
    }
    Ok(())
}

/// Fills in `categories` and `tags` from both spellings of either key, once the head is read.
pub(crate) fn populate(data: &mut Map) {
    let mut categories: Vec<Value> = match data.get("categories") {
        Some(Value::List(list)) => list.clone(),
        None | Some(Value::Null) => Vec::new(),
        Some(other) => vec![other.clone()],
    };
    categories.extend(both(data, "category", "categories"));
    let texts: Vec<Value> = categories.iter().map(|category| Value::String(ruby::to_s(category).into())).collect();
    let texts = union(&[], &texts);
    let united = match data.get("categories") {
        Some(Value::List(old)) => union(old, &texts),
        _ => texts,
    };
    data.insert("categories", Value::List(united));
    let tags = both(data, "tag", "tags");
    data.insert("tags", Value::List(tags));
}

/// The values of the singular key, else of the plural one: a text's words there, a list's values; nothing else counts.
fn both(data: &Map, singular: &str, plural: &str) -> Vec<Value> {
    let mut values = Vec::new();
    match (data.get(singular).filter(|value| is_true(Some(value))), data.get(plural)) {
        (Some(value), _) => flatten(value, &mut values, 0),
        (None, Some(Value::String(text))) => values = words(text),
        (None, Some(list @ Value::List(_))) => flatten(list, &mut values, 0),
        (None, _) => {}
    }
    values.retain(|value| *value != Value::Null);
    values
}

fn flatten(value: &Value, out: &mut Vec<Value>, depth: usize) {
    match value {
        Value::List(list) if depth < 256 => list.iter().for_each(|value| flatten(value, out, depth + 1)),
        other => out.push(other.clone()),
    }
}

/// Ruby's `|`: every value once, 1 and 1.0 being two.
fn union(old: &[Value], new: &[Value]) -> Vec<Value> {
    let mut seen = HashSet::new();
    old.iter().chain(new).filter(|value| seen.insert(ruby::inspect(value))).cloned().collect()
}

fn words(text: &str) -> Vec<Value> {
    text.split([' ', '\t', '\n', '\u{b}', '\u{c}', '\r', '\0']).filter(|word| !word.is_empty()).map(Value::from).collect()
}

/// A list's values as texts.
pub(crate) fn texts(list: Option<&Value>) -> Vec<Text> {
    list.and_then(Value::as_list).map(|list| list.iter().map(|value| ruby::to_s(value).into()).collect()).unwrap_or_default()
}
