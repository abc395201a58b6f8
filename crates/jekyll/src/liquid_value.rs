//! Values of heads and configurations as templates see them.

use std::sync::Arc;

use postferry_doc::{Map, Value};
use postferry_liquid::{self as liquid, Date, Time};

use crate::Zone;

/// A value as a template sees it; times keep the offset they are written with.
pub(crate) fn to_liquid(value: &Value) -> liquid::Value {
    match value {
        Value::Null => liquid::Value::Nil,
        Value::Bool(value) => (*value).into(),
        Value::Int(number) => (*number).into(),
        Value::BigInt(digits) => digits.parse().map_or(liquid::Value::Nil, liquid::Value::integer),
        Value::Float(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Date { year, month, day } => Date::new(i64::from(*year), u32::from(*month), u32::from(*day)).into(),
        Value::Time(time) => {
            let (seconds, nanoseconds, offset) = (time.unix_seconds(), time.nanosecond, time.offset);
            Time { seconds, nanoseconds, offset, zone: liquid::Zone::Fixed }.into()
        }
        Value::List(list) => list.iter().map(to_liquid).collect::<Vec<_>>().into(),
        Value::Map(map) => map_to_liquid(map).into(),
    }
}

/// A map as a template sees it.
pub(crate) fn map_to_liquid(map: &Map) -> liquid::Map {
    map.iter().map(|(key, value)| (key, to_liquid(value))).collect()
}

/// A moment in the site's zone.
pub(crate) fn time_to_liquid(seconds: i64, nanoseconds: u32, zone: &Zone) -> Time {
    let name = Arc::from(zone.abbreviation(seconds));
    Time { seconds, nanoseconds, offset: zone.offset(seconds), zone: liquid::Zone::Named(name) }
}
