//! Values of heads and configurations as templates see them.

use std::sync::Arc;

use postferry_doc::{DateTime, Map, Value};
use postferry_liquid::{self as liquid, Date, Time};

use crate::Zone;

/// A value as a template sees it; times are shown in the site's zone.
pub(crate) fn to_liquid(value: &Value, zone: &Zone) -> liquid::Value {
    match value {
        Value::Null => liquid::Value::Nil,
        Value::Bool(value) => (*value).into(),
        Value::Int(number) => (*number).into(),
        Value::BigInt(digits) => digits.parse().map_or(liquid::Value::Nil, liquid::Value::integer),
        Value::Float(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Date { year, month, day } => Date::new(i64::from(*year), u32::from(*month), u32::from(*day)).into(),
        Value::Time(time) => time_to_liquid(time.unix_seconds(), time.nanosecond, zone).into(),
        Value::List(list) => list.iter().map(|value| to_liquid(value, zone)).collect::<Vec<_>>().into(),
        Value::Map(map) => map_to_liquid(map, zone).into(),
    }
}

/// A map as a template sees it.
pub(crate) fn map_to_liquid(map: &Map, zone: &Zone) -> liquid::Map {
    map.iter().map(|(key, value)| (key, to_liquid(value, zone))).collect()
}

/// A moment in the site's zone.
pub(crate) fn time_to_liquid(seconds: i64, nanoseconds: u32, zone: &Zone) -> Time {
    let name = Arc::from(zone.abbreviation(seconds));
    Time { seconds, nanoseconds, offset: zone.offset(seconds), zone: liquid::Zone::Named(name) }
}

/// A moment in the site's zone, of a date.
pub(crate) fn date_to_liquid(date: &DateTime, zone: &Zone) -> liquid::Value {
    time_to_liquid(date.unix_seconds(), date.nanosecond, zone).into()
}
