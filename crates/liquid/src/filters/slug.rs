//! The filter `slugify`.

use super::{Filter, filter};
use crate::display::text;
use crate::error::Error;
use crate::render::Renderer;
use crate::slug::{SlugMode, slugify};
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[filter("slugify", 0, 1, slugify_filter)];

fn slugify_filter(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Value::Str(input) = input else {
        return if input.is_nil() { Ok(Value::Nil) } else { Err(Error::no_method("gsub", input)) };
    };
    let mode = match arguments.first() {
        None | Some(Value::Nil | Value::Bool(false)) => SlugMode::Default,
        Some(mode) => SlugMode::by_name(&text(mode)),
    };
    Ok(Value::from(slugify(input, mode, false)))
}
