//! The head of a Markdown file: what the author wrote where it still says the truth, the rest spelled anew.

use std::collections::HashSet;

use postferry_doc::{DateTime, Meta, Text, Value};
use postferry_frontmatter::{Entry, HeadPart, write_head};
use postferry_jekyll::Post;

/// Keys by which Jekyll's plugins know the date of the last change.
const UPDATED: &[&str] = &["last_modified_at", "updated", "modified", "lastmod"];

/// Keys of the head that the metadata do not hold as they stand, and that nothing but the head says.
const JEKYLLS_OWN: &[&str] = &["permalink", "slug", "excerpt", "ext"];

/// Writes the head of a post as YAML, without its `---` lines.
///
/// An entry stays at its place and as it was written if it says what the metadata say. `date` always gets its offset,
/// `category` and `tag` become the lists that Jekyll makes of them, `published: false` becomes `draft: true`; what the
/// head does not say (a title from the file name, the URL, values of the site's defaults) comes behind.
pub(crate) fn write(post: &Post) -> String {
    let mut writer = Writer { meta: &post.document.meta, parts: Vec::new(), said: HashSet::new() };
    for entry in &post.head.entries {
        writer.entry(entry);
    }
    writer.add_the_rest();
    writer.parts.push(HeadPart::Rest(&post.head.rest));
    write_head(&writer.parts).text
}

struct Writer<'a> {
    meta: &'a Meta,
    parts: Vec<HeadPart<'a>>,
    /// The keys that are written, under the names that the metadata know them by.
    said: HashSet<&'a str>,
}

impl<'a> Writer<'a> {
    fn entry(&mut self, entry: &'a Entry) {
        let meta = self.meta;
        match entry.key.as_str() {
            // A time is spelled anew so that its offset is always there and always the site's.
            "date" => self.anew("date", meta.date.map(Value::Time)),
            "title" => self.same(entry, "title", meta.title.as_ref().map(|title| Value::String(title.clone()))),
            "categories" | "category" => self.list(entry, "categories", &meta.categories),
            "tags" | "tag" => self.list(entry, "tags", &meta.tags),
            "published" if entry.value == Value::Bool(true) => self.parts.push(HeadPart::Source(entry)),
            "published" | "draft" => self.same(entry, "draft", meta.draft.then_some(Value::Bool(true))),
            "description" => self.same(entry, "description", meta.description.as_ref().map(|text| Value::String(text.clone()))),
            "redirect_from" => self.one_or_list(entry, "redirect_from", &meta.aliases),
            "author" | "authors" if !meta.authors.is_empty() => self.one_or_list(entry, "authors", &meta.authors),
            key if UPDATED.contains(&key) && meta.extra.get(key).is_none() => self.updated(entry, meta.updated),
            key if JEKYLLS_OWN.contains(&key) => self.parts.push(HeadPart::Source(entry)),
            key => self.same(entry, key, meta.extra.get(key).cloned()),
        }
    }

    /// What stands nowhere in the author's head.
    fn add_the_rest(&mut self) {
        let meta = self.meta;
        let text = |text: &Option<Text>| text.clone().map(Value::String);
        let list = |texts: &[Text]| (!texts.is_empty()).then(|| list_of(texts));
        self.anew("title", text(&meta.title));
        self.anew("date", meta.date.map(Value::Time));
        if !self.said.contains("updated") {
            self.anew("updated", meta.updated.map(Value::Time));
        }
        self.anew("categories", list(&meta.categories));
        self.anew("tags", list(&meta.tags));
        self.anew("authors", list(&meta.authors));
        self.anew("description", text(&meta.description));
        self.anew("url", text(&meta.url));
        self.anew("redirect_from", list(&meta.aliases));
        self.anew("draft", meta.draft.then_some(Value::Bool(true)));
        for (key, value) in meta.extra.iter() {
            self.anew(key, Some(value.clone()));
        }
    }

    /// Writes a key anew, unless it is written already or has no value.
    fn anew(&mut self, key: &'a str, value: Option<Value>) {
        if self.said.contains(key) {
            return;
        }
        if let Some(value) = value {
            self.said.insert(key);
            self.parts.push(HeadPart::Written { key: key.into(), value });
        }
    }

    /// Leaves an entry as it is if it has this key and this value, else writes the value.
    fn same(&mut self, entry: &'a Entry, key: &'a str, value: Option<Value>) {
        match value {
            Some(value) if entry.key == key && !self.said.contains(key) && says(&entry.value, &value) => {
                self.said.insert(key);
                self.parts.push(HeadPart::Source(entry));
            }
            value => self.anew(key, value),
        }
    }

    fn list(&mut self, entry: &'a Entry, key: &'a str, texts: &[Text]) {
        self.same(entry, key, (!texts.is_empty()).then(|| list_of(texts)));
    }

    /// As [`Writer::list`], but a single text may stay one.
    fn one_or_list(&mut self, entry: &'a Entry, key: &'a str, texts: &[Text]) {
        let single = matches!((&entry.value, texts), (Value::String(one), [only]) if one == only);
        if !self.said.contains(key) && (single || entry.value == list_of(texts)) {
            self.said.insert(key);
            self.parts.push(HeadPart::Source(entry));
        } else {
            self.list(entry, key, texts);
        }
    }

    fn updated(&mut self, entry: &'a Entry, updated: Option<DateTime>) {
        let Some(updated) = updated else { return };
        if self.said.contains("updated") {
            return;
        }
        self.said.insert("updated");
        let same = matches!(&entry.value, Value::Time(time) if time.unix_seconds() == updated.unix_seconds() && time.offset != 0);
        let written = HeadPart::Written { key: entry.key.clone(), value: Value::Time(updated) };
        self.parts.push(if same { HeadPart::Source(entry) } else { written });
    }
}

fn list_of(texts: &[Text]) -> Value {
    Value::List(texts.iter().cloned().map(Value::String).collect())
}

/// Says whether an entry's value is the metadata's. A title may be a number there and a text here: it shows the same.
fn says(entry: &Value, wanted: &Value) -> bool {
    match (entry, wanted) {
        (Value::Int(number), Value::String(text)) => *text == number.to_string(),
        _ => entry == wanted,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Dialect, Format, ReadOptions, WriteOptions};

    fn head(source: &str) -> String {
        let post = crate::read("2024-01-02-a.md", source.as_bytes(), &ReadOptions::default()).post().expect("it is a post");
        let text = crate::write(&post, Format::Markdown(Dialect::Gfm), &WriteOptions::default()).text;
        text.split("---\n").nth(1).expect("there is a head").to_owned()
    }

    #[test]
    fn what_is_true_stays_as_written() {
        let source = "---\n# a comment\ntitle:   'It''s'  # why\nauthor: Ann\nversion: 1.10\npublished: true\n---\nx\n";
        let expected = "# a comment\ntitle:   'It''s'  # why\nauthor: Ann\nversion: 1.10\npublished: true\n";
        assert!(head(source).starts_with(expected), "{}", head(source));
    }

    #[test]
    fn what_others_would_misread_is_spelled_anew() {
        let head = head(
            "---\ntitle: A\ndate: 2024-01-02 10:00:00\ncategory: a\ntags: b c\nid: 0012\nok: yes\npublished: false\n---\nx\n",
        );
        assert!(head.contains("date: 2024-01-02T10:00:00+00:00\ncategories:\n  - a\ntags:\n  - b\n  - c\n"), "{head}");
        assert!(head.contains("id: 10\nok: true\ndraft: true\n"), "{head}");
    }
}
