//! `relative_url`, `absolute_url` and `strip_index`.

use super::{Filter, filter};
use crate::display::text;
use crate::error::Error;
use crate::uri;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[
    filter("relative_url", 0, 0, |renderer, input, _| match url_of(input) {
        Some(url) => Ok(Value::from(uri::relative_url(&url, renderer.host.base_url().as_deref())?)),
        None => Ok(Value::Nil),
    }),
    filter("absolute_url", 0, 0, |renderer, input, _| match url_of(input) {
        Some(url) => {
            let (site, base) = (renderer.host.site_url(), renderer.host.base_url());
            Ok(Value::from(uri::absolute_url(&url, site.as_deref(), base.as_deref())?))
        }
        None => Ok(Value::Nil),
    }),
    filter("strip_index", 0, 0, |_, input, _| match input {
        Value::Str(url) => Ok(Value::from(strip_index(url))),
        other if text(other).is_empty() => Ok(Value::Nil),
        other => Err(Error::no_method("sub", other)),
    }),
];

fn url_of(input: &Value) -> Option<String> {
    match input {
        Value::Nil => None,
        Value::Object(object) => Some(object.url().unwrap_or_else(|| object.to_text())),
        other => Some(text(other)),
    }
}

/// Replaces the first `/index.html` or `/index.htm` that ends a line.
fn strip_index(url: &str) -> String {
    for (place, _) in url.match_indices("/index.htm") {
        let end = place + "/index.htm".len();
        let end = end + usize::from(url[end..].starts_with('l'));
        if end == url.len() || url[end..].starts_with('\n') {
            return format!("{}/{}", &url[..place], &url[end..]);
        }
    }
    url.to_owned()
}
