//! A post that was read: metadata, source text, content, tree.

use postferry_doc::{DateTime, Diagnostic, Document, Map, Meta, Origin, Text, Value};
use postferry_frontmatter::{Head, Status};

use crate::load::{LoadError, Loaded};
use crate::merge::is_true;
use crate::site::{Core, Site};
use crate::source::{Source, SourceKind, SourceState};
use crate::{categories, name, permalink, ruby, saved_page, summary};

/// What becomes of one file.
#[derive(Clone, Debug)]
pub enum Outcome<T> {
    /// It was read.
    Converted(Box<T>),
    /// Jekyll leaves it out.
    Skipped {
        /// Why.
        reason: String,
    },
    /// It cannot be read.
    Failed {
        /// Why, and what was noticed before.
        diagnostics: Vec<Diagnostic>,
    },
}

impl<T> Outcome<T> {
    /// What was read, if anything was.
    pub fn post(self) -> Option<T> {
        match self {
            Self::Converted(post) => Some(*post),
            Self::Skipped { .. } | Self::Failed { .. } => None,
        }
    }
}

/// A body after Liquid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expanded {
    /// The text; Liquid that was not rendered stands in it as its author wrote it.
    pub text: String,
    /// The lines of the document's blocks, counted in `text`.
    pub origins: Vec<Origin>,
}

/// A post, page or document that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Post {
    /// The path within the site.
    pub path: String,
    /// The label of its collection: `posts`, another name, or `pages`.
    pub collection: String,
    /// The tree with its metadata.
    pub document: Document,
    /// The head as its author wrote it.
    pub head: Head,
    /// The body as its author wrote it; the document's origins count lines in it.
    pub body: String,
    /// The body after Liquid, where it was rendered; the document has no origins then.
    pub expanded: Option<Expanded>,
    /// The size of the file, in bytes.
    pub source_bytes: usize,
    /// The line of the file where the body begins, counted from 1.
    pub body_line: u32,
    /// The HTML after Liquid and Markdown, before layouts.
    pub content: String,
    /// The excerpt as HTML; what the head says is taken as it stands.
    pub excerpt_html: Option<String>,
    /// The excerpt without a highlighter's marks, where they make a difference.
    pub(crate) excerpt_without_marks: Option<String>,
    /// Whether the excerpt stands in the head.
    pub excerpt_is_given: bool,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether Jekyll fills in title, slug and the like: the head could be read.
    pub(crate) is_filled_in: bool,
    /// Whether the head is broken and was read entry by entry.
    pub recovered: bool,
    /// The path on the site.
    pub url: String,
    /// Why Jekyll cannot make a URL and ends the build; only where the options ask to read as Jekyll does.
    pub url_error: Option<String>,
    /// Jekyll's identifier: the URL's folder and the slug.
    pub id: String,
    /// The path of the written file, below the site's destination.
    pub destination: String,
    /// The title with its type; null only where the head could not be read.
    pub title: Value,
    /// The date; pages have one only if the head gives it.
    pub date: Option<DateTime>,
    /// Whether the date is only the site's time.
    pub date_is_build_time: bool,
    /// The slug with its type.
    pub slug: Value,
    /// The extension of the file with its dot.
    pub extension: String,
    /// The extension of the written file with its dot.
    pub output_extension: String,
    /// The categories with their types.
    pub categories: Vec<Value>,
    /// The tags with their types.
    pub tags: Vec<Value>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// The rest of the head after defaults; of a page all of it but the title and the excerpt.
    pub data: Map,
}

impl Site {
    /// Reads a source whole: head, body, content, tree.
    pub fn read(&self, source: &Source) -> Outcome<Post> {
        self.core.read(source)
    }
}

impl Core {
    fn read(&self, source: &Source) -> Outcome<Post> {
        match &source.state {
            SourceState::Skipped(reason) => return Outcome::Skipped { reason: reason.to_string() },
            _ if source.kind == SourceKind::Asset => {
                return Outcome::Skipped { reason: "the file is copied as it is".to_owned() };
            }
            SourceState::Shown | SourceState::Failed(_) => {}
        }
        let outcome = match self.load(source) {
            Ok(loaded) => self.finish(source, loaded),
            Err(LoadError::Skipped(reason)) => return Outcome::Skipped { reason },
            Err(LoadError::Failed(diagnostic)) => Err(vec![*diagnostic]),
        };
        match outcome {
            Ok(mut post) => {
                place(&mut post.diagnostics, &source.path);
                Outcome::Converted(post)
            }
            Err(mut diagnostics) => {
                place(&mut diagnostics, &source.path);
                Outcome::Failed { diagnostics }
            }
        }
    }

    fn finish(&self, source: &Source, loaded: Loaded) -> Result<Box<Post>, Vec<Diagnostic>> {
        let mut post = without_content(source, self.collection_of(source).unwrap_or_default(), loaded);
        let number = self.number_of(&source.path).unwrap_or_default();
        self.render(number, &mut post)?;
        let meta = self.meta(&post);
        let page = std::mem::replace(&mut post.document.meta, meta);
        saved_page::add_meta(&mut post.document.meta, page, !post.date_is_build_time);
        Ok(Box::new(post))
    }

    /// The post's date. Where the site sets no `timezone`, the machine's zone says nothing about the post: the date keeps
    /// the offset that its author wrote. The moment is the same. A document that nobody dated has Jekyll's moment of
    /// building for templates only.
    fn date_as_written(&self, post: &Post) -> Option<DateTime> {
        let date = post.date.filter(|_| !post.date_is_build_time)?;
        if self.context.config.text("timezone").is_some() {
            return Some(date);
        }
        let written = post.head.entries.iter().find(|entry| entry.key == "date").map(|entry| &entry.value);
        match written {
            Some(Value::Time(own)) if own.offset != 0 && own.unix_seconds() == date.unix_seconds() => Some(*own),
            _ => Some(date),
        }
    }

    /// What formats understand of the metadata; the rest goes into `extra`.
    fn meta(&self, post: &Post) -> Meta {
        let text = |value: &Value| Some(ruby::to_s(value)).filter(|text| !text.is_empty()).map(Text::from);
        let key = |key: &str| post.data.get(key).and_then(text);
        let mut extra = post.data.clone();
        let aliases = texts_of(extra.remove("redirect_from").as_ref());
        let authors = match extra.get("authors").or_else(|| extra.get("author")) {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::List(list)) if list.iter().all(|author| author.as_str().is_some()) => {
                texts_of(Some(&Value::List(list.clone())))
            }
            _ => Vec::new(),
        };
        if !authors.is_empty() {
            for key in ["author", "authors"] {
                if extra.get(key).is_some_and(|value| texts_of(Some(value)) == authors) {
                    extra.remove(key);
                }
            }
        }
        let updated = ["last_modified_at", "updated", "modified", "lastmod"].iter().find_map(|key| {
            let value = post.data.get(key)?;
            let date = crate::parse_date(&crate::date::date_text(value), &self.context.config.zone, &self.context.now)?;
            Some((*key, date))
        });
        if let Some((key, _)) = updated {
            extra.remove(key);
        }
        let description = key("description");
        if description.is_some() {
            extra.remove("description");
        }
        for key in ["category", "categories", "tag", "tags", "date", "permalink", "published"] {
            extra.remove(key);
        }
        Meta {
            title: text(&post.title),
            date: self.date_as_written(post),
            updated: updated.map(|(_, date)| date),
            url: Some(post.url.as_str()).filter(|url| !url.is_empty()).map(Text::from),
            slug: text(&post.slug),
            categories: post.categories.iter().map(|category| ruby::to_s(category).into()).collect(),
            tags: post.tags.iter().map(|tag| ruby::to_s(tag).into()).collect(),
            authors,
            language: key("lang").or_else(|| key("language")).or_else(|| self.context.config.text("lang").map(Text::from)),
            excerpt: summary::excerpt(post),
            description,
            aliases,
            draft: post.is_draft || post.data.get("published").is_some_and(|value| !is_true(Some(value))),
            extra,
        }
    }
}

/// Names the file in the diagnostics that name none.
fn place(diagnostics: &mut [Diagnostic], path: &str) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.place.path.is_empty()) {
        path.clone_into(&mut diagnostic.place.path);
    }
}

fn without_content(source: &Source, collection: &str, loaded: Loaded) -> Post {
    let is_page = source.kind == SourceKind::Page;
    let mut data = loaded.data;
    let mut take = |key: &str| data.remove(key).unwrap_or_default();
    let mut title = take("title");
    let list = |value: Value| match value {
        Value::List(list) => list,
        _ => Vec::new(),
    };
    let (slug, date, excerpt, mut categories, mut tags, draft);
    if is_page {
        // A page's head is taken as it stands; only these two are read as a document's are.
        let mut lists = Map::new();
        for key in ["category", "categories", "tag", "tags"] {
            if let Some(value) = data.get(key) {
                lists.push(key, value.clone());
            }
        }
        categories::populate(&mut lists);
        categories = list(lists.remove("categories").unwrap_or_default());
        tags = list(lists.remove("tags").unwrap_or_default());
        slug = Value::Null;
        data.remove("excerpt");
        date = loaded.date;
        excerpt = source_excerpt(&loaded.head);
        if loaded.head.entries.iter().any(|entry| entry.key == "title" && entry.value == Value::Null) {
            // What the head says counts, even if that is nothing.
            title = Value::Null;
        }
        draft = false;
    } else {
        slug = take("slug");
        excerpt = Some(take("excerpt")).filter(|excerpt| is_true(Some(excerpt)));
        categories = list(take("categories"));
        tags = list(take("tags"));
        for key in ["draft", "date", "ext"] {
            take(key);
        }
        date = loaded.date;
        draft = loaded.is_draft;
    }
    categories.shrink_to_fit();
    tags.shrink_to_fit();
    let folder = loaded.url.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = match &slug {
        Value::Null => name::stem(&source.path).to_owned(),
        slug => ruby::to_s(slug),
    };
    Post {
        path: source.path.to_string(),
        collection: collection.to_owned(),
        document: Document::default(),
        is_filled_in: loaded.is_filled_in,
        recovered: loaded.head.status == Status::Recovered,
        head: loaded.head,
        source_bytes: loaded.source_bytes,
        body: loaded.body,
        body_line: loaded.body_line,
        expanded: None,
        content: String::new(),
        excerpt_is_given: excerpt.is_some(),
        excerpt_without_marks: None,
        excerpt_html: excerpt.as_ref().map(ruby::to_s),
        diagnostics: loaded.diagnostics,
        id: format!("{folder}/{name}"),
        destination: permalink::destination(&loaded.url, &loaded.output_extension),
        url: loaded.url,
        url_error: loaded.url_error,
        title,
        date,
        date_is_build_time: loaded.date_is_build_time,
        slug,
        extension: loaded.extension,
        output_extension: loaded.output_extension,
        categories,
        tags,
        is_draft: draft,
        data,
    }
}

/// What the head of a page gives as its excerpt.
fn source_excerpt(head: &Head) -> Option<Value> {
    head.entries.iter().find(|entry| entry.key == "excerpt").map(|entry| entry.value.clone()).filter(|value| is_true(Some(value)))
}

/// A text, or a list's texts.
fn texts_of(value: Option<&Value>) -> Vec<Text> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::List(list)) => {
            list.iter().filter(|value| **value != Value::Null).map(|value| ruby::to_s(value).into()).collect()
        }
        _ => Vec::new(),
    }
}
