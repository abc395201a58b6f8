//! Times in values that come as JSON.

use std::sync::Arc;

use postferry_liquid::{Map, Time, Value, Zone};

/// The value with its times: hashes with the key `$time` become times.
pub fn with_times(value: &Value) -> Value {
    match value {
        Value::List(list) => Value::list(list.iter().map(with_times).collect()),
        Value::Hash(map) => match map.get("$time") {
            Some(Value::Int(seconds)) => Value::time(Time { zone: Zone::Named(Arc::from("UTC")), ..Time::utc(*seconds) }),
            _ => Value::from(map.entries().iter().map(|(key, value)| (key.clone(), with_times(value))).collect::<Map>()),
        },
        other => other.clone(),
    }
}
