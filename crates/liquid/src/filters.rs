//! The filters of Liquid and of Jekyll: the table, and how one is called.

use crate::error::Error;
use crate::evaluate::evaluate;
use crate::filtered::FilterCall;
use crate::render::Renderer;
use crate::value::{MAX_VALUE_DEPTH, Map, Value};

mod date;
mod groups;
pub(crate) mod html;
mod lists;
mod maths;
mod property;
mod search;
mod slug;
mod sorting;
mod strings;
mod urls;
mod words;

/// A filter: its name, how many arguments it takes besides its input, and what it does.
pub(crate) struct Filter {
    pub name: &'static str,
    pub least: usize,
    pub most: usize,
    pub function: Function,
}

/// What a filter does with its input and its arguments.
pub(crate) type Function = fn(&mut Renderer<'_>, &Value, &[Value]) -> Result<Value, Error>;

const fn filter(name: &'static str, least: usize, most: usize, function: Function) -> Filter {
    Filter { name, least, most, function }
}

const TABLES: [&[Filter]; 11] = [
    strings::FILTERS,
    html::FILTERS,
    lists::FILTERS,
    maths::FILTERS,
    date::FILTERS,
    search::FILTERS,
    groups::FILTERS,
    sorting::FILTERS,
    urls::FILTERS,
    slug::FILTERS,
    words::FILTERS,
];

/// The filter of a name.
pub(crate) fn find(name: &str) -> Option<&'static Filter> {
    TABLES.iter().copied().flatten().find(|filter| filter.name == name)
}

/// Applies a filter to its input; an unknown one lets it pass.
///
/// # Errors
///
/// A wrong number of arguments, and what the filter raises.
pub(crate) fn apply(renderer: &mut Renderer<'_>, call: &FilterCall, input: &Value) -> Result<Value, Error> {
    renderer.spend(1)?;
    let mut arguments = Vec::with_capacity(call.arguments.len() + usize::from(!call.named.is_empty()));
    for argument in &call.arguments {
        arguments.push(evaluate(argument, &renderer.scopes)?);
    }
    if !call.named.is_empty() {
        let mut named = Map::new();
        for (name, expression) in &call.named {
            named.insert(Value::Str(name.clone()), evaluate(expression, &renderer.scopes)?);
        }
        arguments.push(Value::from(named));
    }
    let Some(filter) = call.filter else {
        return renderer.host.filter(&call.name, input, &arguments).unwrap_or_else(|| Ok(input.clone()));
    };
    if arguments.len() < filter.least || arguments.len() > filter.most {
        let expected = if filter.least == filter.most {
            (filter.least + 1).to_string()
        } else {
            format!("{}..{}", filter.least + 1, filter.most + 1)
        };
        return Err(Error::argument(format!(
            "wrong number of arguments for `{}` (given {}, expected {expected})",
            filter.name,
            arguments.len() + 1
        )));
    }
    let answer = (filter.function)(renderer, input, &arguments)?;
    if let Value::Str(text) = &answer {
        renderer.spend(text.len() / 256)?;
        renderer.check_bytes(text.len())?;
    }
    if answer.depth() > MAX_VALUE_DEPTH {
        return Err(Error::limit("lists nest more deeply than the limit allows"));
    }
    Ok(answer)
}
