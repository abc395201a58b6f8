//! The head of a Markdown file: what the author wrote where it still says the truth, the rest spelled anew.

use postferry_doc::{Diagnostic, Map, Meta, Text, Value};
use postferry_frontmatter::{Entry, HeadPart, write_head};
use postferry_jekyll::Post;

/// Writes the head of a post as YAML, without its `---` lines.
///
/// An entry stays at its place and as it was written if it says what the metadata say. `date` always gets its offset,
/// `category` and `tag` become the lists that Jekyll makes of them, `published: false` becomes `draft: true`; what the
/// head does not say (a title from the file name, the URL, values of the site's defaults) comes behind.
pub(crate) fn write(post: &Post) -> (String, Vec<Diagnostic>) {
    let meta = &post.document.meta;
    let mut wanted = wanted(meta);
    let mut parts: Vec<HeadPart<'_>> = Vec::new();
    for entry in &post.head.entries {
        let name = target_name(&entry.key);
        if let Some(value) = wanted.remove(name) {
            parts.push(part(entry, name, value));
        }
    }
    for (key, value) in wanted.iter() {
        parts.push(HeadPart::Written { key: key.into(), value: value.clone() });
    }
    (write_head(&parts).text, Vec::new())
}

/// The key that a key of Jekyll's goes by elsewhere.
fn target_name(key: &str) -> &str {
    match key {
        "category" => "categories",
        "tag" => "tags",
        "published" => "draft",
        "redirect_from" => "aliases",
        key => key,
    }
}

fn part<'a>(entry: &'a Entry, name: &str, value: Value) -> HeadPart<'a> {
    // A time is spelled anew so that its offset is always there and always the site's.
    let same = entry.key == name && entry.value == value && !matches!(value, Value::Time(_));
    if same { HeadPart::Source(entry) } else { HeadPart::Written { key: name.into(), value } }
}

/// All that the head should say, in the order for what the author's head does not have.
fn wanted(meta: &Meta) -> Map {
    let list = |texts: &[Text]| Value::List(texts.iter().cloned().map(Value::String).collect());
    let text = |text: &Option<Text>| text.clone().map(Value::String);
    let mut map = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.push(key, value);
        }
    };
    put("title", text(&meta.title));
    put("date", meta.date.map(Value::Time));
    put("updated", meta.updated.map(Value::Time));
    put("categories", (!meta.categories.is_empty()).then(|| list(&meta.categories)));
    put("tags", (!meta.tags.is_empty()).then(|| list(&meta.tags)));
    put("authors", (!meta.authors.is_empty()).then(|| list(&meta.authors)));
    put("description", text(&meta.description));
    put("url", text(&meta.url));
    put("aliases", (!meta.aliases.is_empty()).then(|| list(&meta.aliases)));
    put("draft", meta.draft.then_some(Value::Bool(true)));
    for (key, value) in meta.extra.iter() {
        if map.get(key).is_none() {
            map.push(key, value.clone());
        }
    }
    map
}
