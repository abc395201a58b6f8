//! Filters that calculate.

use std::cmp::Ordering;

use super::{Filter, filter};
use crate::error::Error;
use crate::number::{Operation, Rounding, calculate, has_minus, leading_integer, round, to_number};
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("plus", 1, 1, |_, input, arguments| calculate(input, &arguments[0], Operation::Add)),
    filter("minus", 1, 1, |_, input, arguments| calculate(input, &arguments[0], Operation::Subtract)),
    filter("times", 1, 1, |_, input, arguments| calculate(input, &arguments[0], Operation::Multiply)),
    filter("divided_by", 1, 1, |_, input, arguments| calculate(input, &arguments[0], Operation::Divide)),
    filter("modulo", 1, 1, |_, input, arguments| calculate(input, &arguments[0], Operation::Modulo)),
    filter("abs", 0, 0, |_, input, _| Ok(to_number(input).absolute().into_value())),
    filter("round", 0, 1, round_to),
    filter("ceil", 0, 0, |_, input, _| round(input, 0, Rounding::Ceiling).map(|number| whole(number.into_value()))),
    filter("floor", 0, 0, |_, input, _| round(input, 0, Rounding::Floor).map(|number| whole(number.into_value()))),
    filter("at_least", 1, 1, |_, input, arguments| Ok(bound(input, &arguments[0], Ordering::Less))),
    filter("at_most", 1, 1, |_, input, arguments| Ok(bound(input, &arguments[0], Ordering::Greater))),
    filter("to_integer", 0, 0, to_integer),
];

fn whole(value: Value) -> Value {
    match value {
        Value::Float(number) => Value::integer(crate::compare::float_to_integer(number)),
        other => other,
    }
}

fn round_to(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let places = match arguments.first() {
        Some(places) => match whole(round(places, 0, Rounding::Floor)?.into_value()) {
            Value::Int(places) => places,
            _ => return Err(Error::argument("too many digits to round to")),
        },
        None => 0,
    };
    let rounded = round(input, places, Rounding::Nearest)?.into_value();
    Ok(match rounded {
        rounded if places == 0 => whole(rounded),
        Value::Float(0.0) if has_minus(input) => Value::Float(-0.0),
        rounded => rounded,
    })
}

fn bound(input: &Value, limit: &Value, replaced_when: Ordering) -> Value {
    let (number, limit) = (to_number(input), to_number(limit));
    if number.order(&limit) == Some(replaced_when) { limit } else { number }.into_value()
}

fn to_integer(_: &mut Renderer<'_>, input: &Value, _: &[Value]) -> Result<Value, Error> {
    Ok(match input {
        Value::Bool(truth) => Value::Int(i64::from(*truth)),
        Value::Nil => Value::Int(0),
        Value::Str(text) => Value::integer(leading_integer(text)),
        Value::Float(number) if number.is_finite() => whole(Value::Float(*number)),
        Value::Time(time) => Value::Int(time.seconds),
        Value::Int(_) | Value::Big(_) => input.clone(),
        other => return Err(Error::no_method("to_i", other)),
    })
}
