//! Merging maps as Jekyll's `Utils.deep_merge_hashes` does.

use postferry_doc::{Map, Value};

/// Puts `over` on top of `target`: maps are merged, null keeps what is there, everything else replaces it.
pub(crate) fn merge(target: &mut Map, over: &Map) {
    merge_within(target, over, 0);
}

fn merge_within(target: &mut Map, over: &Map, depth: usize) {
    for (key, value) in over.iter() {
        match (target.get_mut(key), value) {
            (Some(_), Value::Null) => {}
            (Some(Value::Map(old)), Value::Map(new)) if depth < 256 => merge_within(old, new, depth + 1),
            (Some(slot), value) => *slot = value.clone(),
            (None, value) => target.push(key, value.clone()),
        }
    }
}

/// Ruby's truth: everything but `nil` and `false`.
pub(crate) fn is_true(value: Option<&Value>) -> bool {
    !matches!(value, None | Some(Value::Null | Value::Bool(false)))
}

/// The value unless it is missing, null or false.
pub(crate) fn truthy<'a>(map: &'a Map, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|value| is_true(Some(value)))
}
