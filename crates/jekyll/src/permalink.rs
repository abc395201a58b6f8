//! URLs: templates, placeholders, escaping.

use std::collections::HashSet;
use std::fmt::Write as _;

use postferry_doc::{DateTime, Value};
use postferry_liquid::{SlugMode, slugify};

use crate::{name, ruby};

/// What a document's placeholders are made of.
pub(crate) struct UrlParts<'a> {
    /// The path within the collections' folder.
    pub(crate) relative_path: &'a str,
    pub(crate) collection: &'a str,
    /// `slug` of the document's data; none if its head could not be read.
    pub(crate) slug: Option<&'a Value>,
    pub(crate) categories: &'a [Value],
    pub(crate) date: DateTime,
    pub(crate) output_extension: &'a str,
}

/// The template of a style that Jekyll knows by name, or the text itself.
pub(crate) fn template_of_style(style: &str) -> &str {
    match style {
        "none" => "/:categories/:title:output_ext",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        template => template,
    }
}

/// Gives a template the ending of the site's style.
pub(crate) fn with_ending_of(template: &str, style: &str) -> String {
    let ending = match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        style if style.ends_with('/') => "/",
        style if style.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("{template}{ending}")
}

/// Fills in a document's template.
///
/// # Errors
/// Names the placeholder that there is not, at which Jekyll ends the build.
pub(crate) fn document_url(template: &str, parts: &UrlParts<'_>) -> Result<String, String> {
    let mut url = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(at) = rest.find(':') {
        url.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.bytes().position(|b| !(b.is_ascii_lowercase() || b == b'_')).unwrap_or(after.len());
        if end == 0 {
            url.push(':');
            rest = after;
            continue;
        }
        let key = &after[..end];
        // `:month_:day`: a trailing underscore may be part of the template.
        let found = value_of(key, parts).map(|value| (value, key.len())).or_else(|| {
            let key = key.strip_suffix('_')?;
            value_of(key, parts).map(|value| (value, key.len()))
        });
        let Some((value, length)) = found else { return Err(key.trim_end_matches('_').to_owned()) };
        url.push_str(&escape_path(&value));
        rest = &after[length..];
    }
    url.push_str(rest);
    Ok(sanitize(&url))
}

/// Fills in a page's template: it knows only `:path`, `:basename` and `:output_ext`, other placeholders stay.
pub(crate) fn page_url(template: &str, folder: &str, base_name: &str, output_extension: &str) -> String {
    let mut url = template.to_owned();
    for (key, value) in [(":path", folder), (":basename", base_name), (":output_ext", output_extension)] {
        if url.contains(':') {
            url = url.replace(key, &escape_path(value));
        }
    }
    sanitize(&url)
}

fn value_of(key: &str, parts: &UrlParts<'_>) -> Option<String> {
    let date = &parts.date;
    Some(match key {
        "collection" => parts.collection.to_owned(),
        "path" => cleaned_path(parts.relative_path, parts.collection),
        "name" => slugify(name::stem(parts.relative_path), SlugMode::Default, false),
        "output_ext" => parts.output_extension.to_owned(),
        "title" => slugify(&slug_text(parts), SlugMode::Pretty, true),
        "slug" => slugify(&slug_text(parts), SlugMode::Default, false),
        "categories" => joined(parts.categories.iter().map(|category| ruby::to_s(category).to_lowercase())),
        "slugified_categories" => {
            joined(parts.categories.iter().map(|category| slugify(&ruby::to_s(category), SlugMode::Default, false)))
        }
        "year" => format!("{:04}", date.year),
        "month" => format!("{:02}", date.month),
        "day" => format!("{:02}", date.day),
        "hour" => format!("{:02}", date.hour),
        "minute" => format!("{:02}", date.minute),
        "second" => format!("{:02}", date.second),
        "i_day" => date.day.to_string(),
        "i_month" => date.month.to_string(),
        "short_month" => MONTHS[usize::from(date.month.clamp(1, 12)) - 1][..3].to_owned(),
        "long_month" => MONTHS[usize::from(date.month.clamp(1, 12)) - 1].to_owned(),
        "short_year" => format!("{:02}", date.year.rem_euclid(100)),
        "w_year" => format!("{:04}", week_date(date).0),
        "week" => format!("{:02}", week_date(date).1),
        "w_day" => weekday(date).to_string(),
        "short_day" => DAYS[weekday(date) as usize - 1][..3].to_owned(),
        "long_day" => DAYS[weekday(date) as usize - 1].to_owned(),
        "y_day" => format!("{:03}", day_of_year(date)),
        _ => return None,
    })
}

/// `slug`, or the whole name with its date where the head could not be read.
fn slug_text(parts: &UrlParts<'_>) -> String {
    match parts.slug {
        None | Some(Value::Null) => name::stem(parts.relative_path).to_owned(),
        Some(slug) => ruby::to_s(slug),
    }
}

/// Each text once, with slashes between them.
fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut seen = HashSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect::<Vec<_>>().join("/")
}

/// The path without the collection's folder, the extension and dots at the end.
fn cleaned_path(path: &str, collection: &str) -> String {
    let path = &path[..path.len() - name::extension(path).len()];
    let folder = format!("_{collection}");
    path.replacen(&folder, "", 1).trim_end_matches('.').to_owned()
}

/// Percent-encodes what cannot stand in a path.
pub(crate) fn escape_path(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-');
    // `^[a-zA-Z0-9./-]+$` is tried on each line.
    if path.is_empty() || path.split('\n').any(|line| !line.is_empty() && line.bytes().all(plain)) {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len() + 16);
    for byte in path.bytes() {
        let kept = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
        // `?` is escaped where the library's own rule would leave it.
        if kept && byte != b'?' {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Decodes `%20` and the like.
pub(crate) fn unescape_path(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        let code = code.filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

/// A leading slash, no `..`, no `./`, no two slashes in a row.
pub(crate) fn sanitize(url: &str) -> String {
    let url = format!("/{url}").replace("..", "/").replace("./", "");
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// Where the page is written, below the destination.
pub(crate) fn destination(url: &str, output_extension: &str) -> String {
    let mut path = unescape_path(url);
    if url.ends_with('/') {
        path.push_str("index.html");
    } else if !path.ends_with(output_extension) {
        path.push_str(output_extension);
    }
    path
}

pub(crate) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

pub(crate) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn local_days(date: &DateTime) -> i64 {
    (date.unix_seconds() + i64::from(date.offset)).div_euclid(86_400)
}

/// 1 for Monday to 7 for Sunday.
fn weekday(date: &DateTime) -> i64 {
    (local_days(date) + 3).rem_euclid(7) + 1
}

fn day_of_year(date: &DateTime) -> i64 {
    let first = DateTime { month: 1, day: 1, ..*date };
    local_days(date) - local_days(&first) + 1
}

/// The year and the week of ISO 8601: those of the week's Thursday.
fn week_date(date: &DateTime) -> (i32, i64) {
    let thursday = DateTime::from_unix((local_days(date) + 4 - weekday(date)) * 86_400, 0, 0);
    (thursday.year, (day_of_year(&thursday) - 1) / 7 + 1)
}
