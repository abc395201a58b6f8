//! A document as one line of JSON: what Jekyll knows of it, its own answers to compare with.

use std::fmt::Write as _;

use postferry_doc::Value;
use postferry_liquid::float_text;

use crate::Site;
use crate::post::{Outcome, Post};
use crate::ruby;
use crate::source::Source;

/// Writes what became of a source as one JSON object without a line feed: `path` and `collection`, then `url`, `title`, `date`,
/// `slug`, `ext`, `output_ext`, `categories`, `tags`, `data`, `content` and `excerpt`, or `error`, or `skipped`, with the
/// reason. Values of the head keep their types; dates and times are texts.
pub fn export_line(site: &Site, source: &Source, outcome: &Outcome<Post>) -> String {
    let mut line = String::from("{\"path\":");
    write_text(&mut line, &source.path);
    if let Some(collection) = site.collection_of(source) {
        line.push_str(",\"collection\":");
        write_text(&mut line, collection);
    }
    match outcome {
        Outcome::Converted(post) => write_post(&mut line, post),
        Outcome::Skipped { reason } => {
            line.push_str(",\"skipped\":");
            write_text(&mut line, reason);
        }
        Outcome::Failed { diagnostics } => {
            let reasons: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
            line.push_str(",\"error\":");
            write_text(&mut line, &reasons.join("; "));
        }
    }
    line.push('}');
    line
}

fn write_post(line: &mut String, post: &Post) {
    let is_page = post.collection == "pages";
    let mut field = |name: &str, write: &dyn Fn(&mut String)| {
        let _ = write!(line, ",\"{name}\":");
        write(line);
    };
    match &post.url_error {
        None => field("url", &|line| write_text(line, &post.url)),
        Some(error) => field("url_error", &|line| write_text(line, error)),
    }
    field("title", &|line| write_value(line, &post.title));
    let date = post.date.filter(|_| !post.date_is_build_time || post.collection == "posts");
    field("date", &|line| match date {
        Some(date) => write_text(line, &date.to_string()),
        None => line.push_str("null"),
    });
    field("slug", &|line| write_value(line, &post.slug));
    field("ext", &|line| write_text(line, &post.extension));
    field("output_ext", &|line| write_text(line, &post.output_extension));
    if is_page {
        for key in ["categories", "tags"] {
            if let Some(value) = post.data.get(key) {
                field(key, &|line| write_value(line, value));
            }
        }
    } else {
        field("categories", &|line| write_list(line, &post.categories));
        field("tags", &|line| write_list(line, &post.tags));
    }
    if post.is_draft {
        field("draft", &|line| line.push_str("true"));
    }
    if post.date_is_build_time {
        field("date_is_build_time", &|line| line.push_str("true"));
    }
    field("data", &|line| {
        line.push('{');
        let shown = post.data.iter().filter(|(key, _)| !is_page || !matches!(*key, "categories" | "tags" | "date"));
        for (at, (key, value)) in shown.enumerate() {
            line.push_str(if at > 0 { "," } else { "" });
            write_text(line, key);
            line.push(':');
            write_value(line, value);
        }
        line.push('}');
    });
    field("content", &|line| write_text(line, &post.content));
    if let Some(excerpt) = &post.excerpt_html {
        field("excerpt", &|line| write_text(line, excerpt));
        if post.excerpt_is_given {
            field("excerpt_from", &|line| line.push_str("\"front matter\""));
        }
    }
}

fn write_list(line: &mut String, values: &[Value]) {
    line.push('[');
    for (at, value) in values.iter().enumerate() {
        line.push_str(if at > 0 { "," } else { "" });
        write_value(line, value);
    }
    line.push(']');
}

fn write_value(line: &mut String, value: &Value) {
    match value {
        Value::Null => line.push_str("null"),
        Value::Bool(value) => line.push_str(if *value { "true" } else { "false" }),
        Value::Int(number) => {
            let _ = write!(line, "{number}");
        }
        Value::BigInt(digits) => line.push_str(digits),
        Value::Float(number) if number.is_finite() => line.push_str(&float_text(*number)),
        Value::Float(number) => write_text(line, &float_text(*number)),
        Value::String(text) => write_text(line, text),
        Value::Date { .. } => write_text(line, &ruby::to_s(value)),
        Value::Time(time) => write_text(line, &time.to_string()),
        Value::List(list) => write_list(line, list),
        Value::Map(map) => {
            line.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                line.push_str(if at > 0 { "," } else { "" });
                write_text(line, key);
                line.push(':');
                write_value(line, value);
            }
            line.push('}');
        }
    }
}

fn write_text(line: &mut String, text: &str) {
    // A text can always be spelled in JSON.
    line.push_str(&serde_json::to_string(text).unwrap_or_default());
}
