//! A post, page or file, as templates see it.

use std::cmp::Ordering;
use std::sync::{Arc, PoisonError, Weak};

use postferry_liquid as liquid;

use crate::liquid_value::{map_to_liquid, time_to_liquid};
use crate::merge::is_true;
use crate::site::Core;
use crate::source::{Source, SourceKind};
use crate::templates::{Part, Shelved};
use crate::{name, ruby};

/// A source: what the index does not hold is read when it is asked for.
pub(crate) struct SourceObject {
    core: Weak<Core>,
    number: u32,
}

impl Core {
    /// A source as an object, the same one every time.
    pub(crate) fn object(&self, number: u32) -> liquid::Value {
        let objects = &self.templates.objects;
        if let Some(object) = objects.read().unwrap_or_else(PoisonError::into_inner).get(&number) {
            return liquid::Value::Object(Arc::clone(object));
        }
        let make = || Arc::new(SourceObject { core: self.weak.clone(), number }) as Arc<dyn liquid::Object>;
        liquid::Value::Object(Arc::clone(
            objects.write().unwrap_or_else(PoisonError::into_inner).entry(number).or_insert_with(make),
        ))
    }

    /// A document that was read for templates, from the cache or anew.
    pub(crate) fn shelved(&self, number: u32) -> Option<Arc<Shelved>> {
        let documents = &self.templates.documents;
        if let Some(known) = documents.get(&number) {
            return Some(known);
        }
        let loaded = self.load(self.at(number)).ok()?;
        let size = loaded.body.len() + 1024;
        let shelved = Arc::new(Shelved { loaded, data: std::sync::OnceLock::new() });
        documents.keep(number, Arc::clone(&shelved), size);
        Some(shelved)
    }

    /// A document's data as templates see them.
    fn data_of(&self, number: u32) -> Option<Arc<liquid::Map>> {
        let shelved = self.shelved(number)?;
        let map = || Arc::new(map_to_liquid(&shelved.loaded.data));
        Some(Arc::clone(shelved.data.get_or_init(map)))
    }

    /// A document's body: as HTML if Jekyll has rendered it before the current one.
    fn content_of(&self, number: u32) -> liquid::Value {
        let is_rendered = self.templates.current().is_some_and(|(current, _)| number < current);
        let html = if is_rendered { self.part_html(number, Part::Content) } else { None };
        html.map(liquid::Value::from).or_else(|| self.shelved(number).map(|shelved| shelved.loaded.body.as_str().into())).into()
    }

    /// The next or the previous document of the same collection.
    fn neighbour(&self, number: u32, forward: bool) -> liquid::Value {
        let own = self.at(number);
        let is_own = |source: &Source| {
            let is_document = matches!(source.kind, SourceKind::Post | SourceKind::Draft | SourceKind::Document);
            is_document && source.collection == own.collection && source.is_shown()
        };
        let mut at = number as usize;
        loop {
            at = match if forward { at.checked_add(1) } else { at.checked_sub(1) } {
                Some(at) if at < self.sources.len() => at,
                _ => return liquid::Value::Nil,
            };
            let source = &self.sources[at];
            if is_own(source) {
                return self.object(at as u32);
            }
            if source.collection != own.collection || source.kind == SourceKind::Page {
                return liquid::Value::Nil;
            }
        }
    }

    fn document_value(&self, number: u32, key: &str) -> Option<liquid::Value> {
        let source = self.at(number);
        let relative = self.context.relative_path(self.path_in_source(source));
        let list = |texts: &[postferry_doc::Text]| -> liquid::Value {
            texts.iter().map(|text| liquid::Value::from(text.as_str())).collect::<Vec<_>>().into()
        };
        Some(match key {
            "path" | "relative_path" => relative.into(),
            "url" => source.url.as_str().into(),
            "id" => {
                let folder = source.url.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{folder}/{}", if source.slug.is_empty() { name::stem(&source.path) } else { &source.slug }).into()
            }
            "date" => time_to_liquid(source.date, 0, &self.context.config.zone).into(),
            "collection" => self.collection_of(source).unwrap_or_default().into(),
            "title" if source.is_plain => source.title.as_str().into(),
            "categories" if source.is_plain => list(&source.categories),
            "tags" if source.is_plain => list(&source.tags),
            "name" => {
                let own = self.data_of(number).and_then(|data| data.get("name").cloned()).filter(liquid::Value::is_true);
                own.unwrap_or_else(|| name::base_name(&source.path).into())
            }
            "content" => self.content_of(number),
            "output" => liquid::Value::Nil,
            "excerpt" => self.part_html(number, Part::Excerpt).unwrap_or_default().into(),
            "next" => self.neighbour(number, true),
            "previous" => self.neighbour(number, false),
            key => self.data_of(number)?.get(key)?.clone(),
        })
    }

    fn page_value(&self, number: u32, key: &str) -> Option<liquid::Value> {
        let source = self.at(number);
        Some(match key {
            "url" => source.url.as_str().into(),
            "name" => name::base_name(&source.path).into(),
            "dir" => match source.url.rfind('/') {
                Some(slash) => source.url[..=slash].into(),
                None => "/".into(),
            },
            "path" => {
                let own = self.data_of(number).and_then(|data| data.get("path").cloned());
                own.unwrap_or_else(|| self.path_in_source(source).into())
            }
            "content" => self.content_of(number),
            "excerpt" => {
                let given = self.shelved(number)?.loaded.data.get("excerpt").filter(|value| is_true(Some(value))).map(ruby::to_s);
                match given {
                    Some(given) => given.into(),
                    None if self.has_excerpt(number) => self.part_html(number, Part::Excerpt).into(),
                    None => liquid::Value::Nil,
                }
            }
            "title" if source.is_plain => source.title.as_str().into(),
            key => self.data_of(number)?.get(key)?.clone(),
        })
    }

    /// Says whether an excerpt is made of a page.
    fn has_excerpt(&self, number: u32) -> bool {
        let is_made = self.at(number).is_html && is_true(self.context.config.map.get("page_excerpts"));
        is_made && self.shelved(number).is_some_and(|page| !self.separator(&page.loaded.data).is_empty())
    }

    /// When a file was changed last; the site's time where that is not known.
    fn modified(&self, source: &Source) -> i64 {
        let modified = self.context.tree.modified(self.path_in_source(source));
        modified.unwrap_or_else(|| self.context.now.unix_seconds())
    }

    fn file_value(&self, number: u32, key: &str) -> Option<liquid::Value> {
        let source = self.at(number);
        let path = self.context.relative_path(self.path_in_source(source));
        let kind = self.collection_of(source);
        Some(match key {
            "path" if kind.is_some() => path.into(),
            "path" => format!("/{path}").into(),
            "name" => name::base_name(path).into(),
            "extname" => name::extension(path).into(),
            "basename" => name::stem(path).trim_end_matches('.').into(),
            "collection" => kind.map(liquid::Value::from).into(),
            "modified_time" => time_to_liquid(self.modified(source), 0, &self.context.config.zone).into(),
            key => {
                let defaults = self.context.defaults.all(path, kind).ok()?;
                map_to_liquid(&defaults).get(key)?.clone()
            }
        })
    }
}

const PAGE_KEYS: [&str; 6] = ["content", "dir", "excerpt", "name", "path", "url"];

const DOCUMENT_KEYS: [&str; 15] = [
    "date",
    "id",
    "url",
    "path",
    "relative_path",
    "title",
    "categories",
    "tags",
    "collection",
    "name",
    "excerpt",
    "content",
    "output",
    "next",
    "previous",
];

impl liquid::Object for SourceObject {
    fn get(&self, key: &str) -> Option<liquid::Value> {
        let core = self.core.upgrade()?;
        match core.at(self.number).kind {
            SourceKind::Page => core.page_value(self.number, key),
            SourceKind::Asset => core.file_value(self.number, key),
            SourceKind::Post | SourceKind::Draft | SourceKind::Document => core.document_value(self.number, key),
        }
    }

    fn keys(&self) -> Vec<Arc<str>> {
        let Some(core) = self.core.upgrade() else { return Vec::new() };
        let own: &[&str] = match core.at(self.number).kind {
            SourceKind::Page => &PAGE_KEYS,
            SourceKind::Asset => {
                return ["extname", "name", "path", "modified_time", "basename", "collection"].map(Arc::from).into();
            }
            SourceKind::Post | SourceKind::Draft | SourceKind::Document => &DOCUMENT_KEYS,
        };
        let data = core.data_of(self.number).unwrap_or_default();
        let rest = data.entries().iter().filter_map(|(key, _)| key.as_str()).filter(|key| !own.contains(key));
        if core.at(self.number).kind == SourceKind::Page {
            // A page is a hash: its head, over which its own keys are merged.
            let head = data.entries().iter().filter_map(|(key, _)| key.as_str());
            let excerpt = Some("excerpt").filter(|key| core.has_excerpt(self.number) && data.get(key).is_none());
            let own = own.iter().filter(|key| excerpt.is_none() || **key != "excerpt");
            return head.chain(excerpt).chain(own.copied().filter(|key| data.get(key).is_none())).map(Arc::from).collect();
        }
        own.iter().copied().chain(rest).map(Arc::from).collect()
    }

    fn items(&self) -> Option<liquid::Value> {
        let core = self.core.upgrade()?;
        (core.at(self.number).kind == SourceKind::Page).then(|| liquid::object_pairs(self))
    }

    fn to_text(&self) -> String {
        let Some(core) = self.core.upgrade() else { return String::new() };
        match core.at(self.number).kind {
            SourceKind::Page | SourceKind::Asset => self.inspect(),
            _ => liquid::text(&core.content_of(self.number)),
        }
    }

    fn inspect(&self) -> String {
        liquid::inspect(&self.to_json_value(2))
    }

    fn url(&self) -> Option<String> {
        self.core.upgrade().map(|core| core.at(self.number).url.to_string())
    }

    fn compare(&self, other: &dyn liquid::Object) -> Option<Ordering> {
        let core = self.core.upgrade()?;
        let own = core.at(self.number);
        let (date, path) = (other.get("date")?, other.get("path")?);
        let other_date = match date {
            liquid::Value::Time(time) => time.seconds,
            _ => return None,
        };
        let own_path = core.context.relative_path(core.path_in_source(own));
        Some(own.date.cmp(&other_date).then_with(|| own_path.cmp(path.as_str().unwrap_or_default())))
    }

    fn to_json_value(&self, depth: usize) -> liquid::Value {
        let nested = ["content", "output", "excerpt", "next", "previous"];
        let pairs = self.keys().into_iter().filter(|key| depth < 2 || !nested.contains(&&**key)).map(|key| {
            let value = match (&*key, self.get(&key).unwrap_or_default()) {
                ("next" | "previous", liquid::Value::Object(object)) => object.to_json_value(2),
                (_, value) => value,
            };
            (liquid::Value::Str(key), value)
        });
        pairs.collect::<liquid::Map>().into()
    }
}

/// The excerpt of a document while it is rendered itself.
pub(crate) struct ExcerptObject {
    pub(crate) document: liquid::Value,
    pub(crate) text: String,
}

impl liquid::Object for ExcerptObject {
    fn get(&self, key: &str) -> Option<liquid::Value> {
        let liquid::Value::Object(document) = &self.document else { return None };
        let suffixed =
            |key: &str, suffix: &str| document.get(key).map(|value| format!("{}{suffix}", liquid::text(&value)).into());
        match key {
            "content" => Some(self.text.as_str().into()),
            "excerpt" => Some(liquid::Value::Nil),
            "id" => suffixed("id", "#excerpt"),
            "path" | "relative_path" => suffixed(key, "/#excerpt"),
            key => document.get(key),
        }
    }

    fn keys(&self) -> Vec<Arc<str>> {
        match &self.document {
            liquid::Value::Object(document) => document.keys(),
            _ => Vec::new(),
        }
    }

    fn to_text(&self) -> String {
        self.text.clone()
    }
}
