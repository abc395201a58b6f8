//! Filters on dates.

use super::{Filter, filter};
use crate::display::{inspect, text};
use crate::error::{Error, ErrorKind};
use crate::host::{Host, local_time, localize};
use crate::parse_time::parse_time;
use crate::render::Renderer;
use crate::strftime::{strftime, strftime_date};
use crate::time::{Time, offset_text, year_text};
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("date", 1, 1, date),
    filter("date_to_xmlschema", 0, 0, |renderer, input, _| {
        with_time(renderer, input, |time| {
            let civil = time.civil();
            Ok(format!(
                "{}-{:02}-{:02}T{:02}:{:02}:{:02}{}",
                year_text(civil.year),
                civil.month,
                civil.day,
                civil.hour,
                civil.minute,
                civil.second,
                offset_text(time.offset, true)
            ))
        })
    }),
    filter("date_to_rfc822", 0, 0, |renderer, input, _| with_time(renderer, input, |time| strftime(time, "%a, %d %b %Y %T %z"))),
    filter("date_to_string", 0, 2, |renderer, input, arguments| {
        with_time(renderer, input, |time| day_in_words(time, "%b", arguments))
    }),
    filter("date_to_long_string", 0, 2, |renderer, input, arguments| {
        with_time(renderer, input, |time| day_in_words(time, "%B", arguments))
    }),
];

/// Liquid's `to_date`: times and days pass, numbers are seconds, and other text is read.
fn to_date(host: &dyn Host, input: &Value) -> Value {
    let at = |seconds: i64| Value::time(localize(host, &Time::utc(seconds)));
    match input {
        Value::Time(_) | Value::Date(_) => input.clone(),
        Value::Int(seconds) => at(*seconds),
        Value::Str(text) => {
            let text = text.to_lowercase();
            if text == "now" || text == "today" {
                return Value::time(localize(host, &host.now()));
            }
            if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
                return text.parse().map_or(Value::Nil, at);
            }
            parse_time(&text, host).map_or(Value::Nil, Value::time)
        }
        _ => Value::Nil,
    }
}

fn date(renderer: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let format = text(&arguments[0]);
    if format.is_empty() {
        return Ok(input.clone());
    }
    match to_date(renderer.host, input) {
        Value::Time(time) => strftime(&time, &format).map(Value::from),
        Value::Date(date) => strftime_date(date, &format).map(Value::from),
        _ => Ok(input.clone()),
    }
}

/// Formats what Jekyll's date filters are given, in the site's zone; what is empty passes.
fn with_time(
    renderer: &Renderer<'_>,
    input: &Value,
    format: impl FnOnce(&Time) -> Result<String, Error>,
) -> Result<Value, Error> {
    if text(input).is_empty() {
        return Ok(input.clone());
    }
    let time = match to_date(renderer.host, input) {
        Value::Time(time) => localize(renderer.host, &time),
        Value::Date(date) => local_time(renderer.host, date.days() * 86_400),
        _ => {
            return Err(Error::new(ErrorKind::InvalidDate, format!("`{}` is no date", inspect(input))));
        }
    };
    format(&time).map(Value::from)
}

fn day_in_words(time: &Time, month: &str, arguments: &[Value]) -> Result<String, Error> {
    if arguments.first().and_then(Value::as_str) != Some("ordinal") {
        return strftime(time, &format!("%d {month} %Y"));
    }
    let day = time.civil().day;
    let ending = match (day % 100, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    if arguments.get(1).and_then(Value::as_str) == Some("US") {
        strftime(time, &format!("{month} {day}{ending}, %Y"))
    } else {
        strftime(time, &format!("{day}{ending} {month} %Y"))
    }
}
