//! `site`, as templates see it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, Weak};

use postferry_liquid as liquid;

use crate::data::{self, DataEntry, DataFolder};
use crate::liquid_value::{map_to_liquid, time_to_liquid, to_liquid};
use crate::site::Core;
use crate::source::{Source, SourceKind, SourceState};
use crate::templates::Part;

/// The site: its lists are made when they are asked for.
pub(crate) struct SiteObject {
    pub(crate) core: Weak<Core>,
}

/// The keys that are not of the configuration.
const OWN_KEYS: [&str; 12] = [
    "time",
    "pages",
    "static_files",
    "tags",
    "categories",
    "data",
    "posts",
    "html_pages",
    "collections",
    "documents",
    "related_posts",
    "config",
];

impl liquid::Object for SiteObject {
    fn get(&self, key: &str) -> Option<liquid::Value> {
        let core = self.core.upgrade()?;
        let collections = &core.context.config.collections;
        if let Some(number) = collections.iter().skip(1).position(|collection| collection.label == key) {
            return Some(core.collection_list(number + 1));
        }
        let lists = &core.templates.lists;
        let list = |slot: &OnceLock<liquid::Value>, of: &dyn Fn(&Source) -> bool| slot.get_or_init(|| core.list(of)).clone();
        Some(match key {
            "posts" => lists.posts.get_or_init(|| core.latest_first(core.posts_as_read())).clone(),
            "pages" => list(&lists.pages, &|source| source.kind == SourceKind::Page),
            "html_pages" => list(&lists.html_pages, &|source| source.kind == SourceKind::Page && Core::is_html(source)),
            "static_files" => list(&lists.static_files, &|source| source.kind == SourceKind::Asset),
            "documents" => lists.documents.get_or_init(|| core.documents()).clone(),
            "tags" => lists.tags.get_or_init(|| core.posts_by(|source| &source.tags)).clone(),
            "categories" => lists.categories.get_or_init(|| core.posts_by(|source| &source.categories)).clone(),
            "collections" => lists.collections.get_or_init(|| core.collection_hashes()).clone(),
            "related_posts" => core.related_posts(),
            "time" => time_to_liquid(core.context.now.unix_seconds(), 0, &core.context.config.zone).into(),
            "data" => match core.context.config.map.get("data") {
                Some(own) if crate::merge::is_true(Some(own)) => to_liquid(own),
                _ => liquid::Value::Object(Arc::new(DataObject { core: self.core.clone() })),
            },
            "config" => liquid::Value::Nil,
            key => to_liquid(core.context.config.map.get(key)?),
        })
    }

    fn keys(&self) -> Vec<Arc<str>> {
        let Some(core) = self.core.upgrade() else { return Vec::new() };
        let own = OWN_KEYS.iter().map(|key| Arc::from(*key));
        own.chain(core.context.config.map.iter().map(|(key, _)| key).filter(|key| !OWN_KEYS.contains(key)).map(Arc::from))
            .collect()
    }

    fn to_text(&self) -> String {
        "Jekyll::Drops::SiteDrop".to_owned()
    }
}

impl Core {
    /// The site as an object, the same one every time.
    pub(crate) fn site_object(&self) -> liquid::Value {
        let make = || Arc::new(SiteObject { core: self.weak.clone() }) as Arc<dyn liquid::Object>;
        liquid::Value::Object(Arc::clone(self.templates.lists.site.get_or_init(make)))
    }

    /// The shown sources that a test picks, as objects in the order of the index.
    fn list(&self, of: &dyn Fn(&Source) -> bool) -> liquid::Value {
        let shown = self.sources.iter().enumerate().filter(|(_, source)| source.state == SourceState::Shown && of(source));
        shown.map(|(number, _)| self.object(number as u32)).collect::<Vec<_>>().into()
    }

    /// Collection by collection its documents, then its files to copy.
    fn documents(&self) -> liquid::Value {
        let count = self.context.config.collections.len();
        let mut of_collection: Vec<Vec<liquid::Value>> = vec![Vec::new(); count];
        // The index has all files to copy after all documents.
        for (number, source) in self.sources.iter().enumerate() {
            if source.kind != SourceKind::Page
                && source.state == SourceState::Shown
                && let Some(list) = of_collection.get_mut(usize::from(source.collection))
            {
                list.push(self.object(number as u32));
            }
        }
        of_collection.into_iter().flatten().collect::<Vec<_>>().into()
    }

    /// The posts in the order of the index.
    fn posts_as_read(&self) -> Vec<u32> {
        let shown = self.sources.iter().enumerate().filter(|(_, source)| is_post(source));
        shown.map(|(number, _)| number as u32).collect()
    }

    /// The posts of that slug in the order of the index.
    pub(crate) fn posts_by_slug(&self, slug: &str) -> &[u32] {
        let all = self.templates.lists.posts_by_slug.get_or_init(|| {
            let mut all: HashMap<String, Vec<u32>> = HashMap::new();
            for number in self.posts_as_read() {
                all.entry(self.at(number).slug.to_string()).or_default().push(number);
            }
            all
        });
        all.get(slug).map_or(&[], Vec::as_slice)
    }

    /// Sorts posts anew, the latest first: those without a date of their own have one by now.
    fn latest_first(&self, mut numbers: Vec<u32>) -> liquid::Value {
        numbers.sort_by(|a, b| {
            let (a, b) = (self.at(*a), self.at(*b));
            b.date.cmp(&a.date).then_with(|| b.path.cmp(&a.path))
        });
        numbers.into_iter().map(|number| self.object(number)).collect::<Vec<_>>().into()
    }

    fn collection_list(&self, number: usize) -> liquid::Value {
        let count = self.context.config.collections.len();
        let lists = self.templates.lists.of_collection.get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        let is_own = |source: &Source| usize::from(source.collection) == number && source.kind == SourceKind::Document;
        lists.get(number).map_or(liquid::Value::Nil, |list| list.get_or_init(|| self.list(&is_own)).clone())
    }

    /// Posts by tag or category, the latest first; the keys in the order in which they come first.
    fn posts_by<'s>(&'s self, key: impl Fn(&'s Source) -> &'s [postferry_doc::Text]) -> liquid::Value {
        let mut order: Vec<&str> = Vec::new();
        let mut posts: HashMap<&str, Vec<u32>> = HashMap::new();
        for (number, source) in self.sources.iter().enumerate().filter(|(_, source)| is_post(source)) {
            for name in key(source) {
                posts
                    .entry(name.as_str())
                    .or_insert_with(|| {
                        order.push(name.as_str());
                        Vec::new()
                    })
                    .push(number as u32);
            }
        }
        let pair = |name: &str| (liquid::Value::from(name), self.latest_first(posts.remove(name).unwrap_or_default()));
        order.into_iter().map(pair).collect::<liquid::Map>().into()
    }

    fn collection_hashes(&self) -> liquid::Value {
        let mut collections: Vec<_> = self.context.config.collections.iter().enumerate().collect();
        collections.sort_by(|(_, a), (_, b)| a.label.cmp(&b.label));
        let hash = |(number, collection): (usize, &crate::config::Collection)| {
            let mut map = map_to_liquid(&collection.metadata);
            let is_file = |source: &Source| usize::from(source.collection) == number && source.kind == SourceKind::Asset;
            let docs = if number == 0 {
                self.posts_as_read().into_iter().map(|number| self.object(number)).collect::<Vec<_>>().into()
            } else {
                self.collection_list(number)
            };
            map.set("output", collection.output);
            map.set("label", collection.label.as_str());
            map.set("docs", docs);
            map.set("files", self.list(&is_file));
            map.set("relative_directory", format!("_{}", collection.label));
            map.set("directory", format!("_{}", collection.label));
            liquid::Value::from(map)
        };
        collections.into_iter().map(hash).collect::<Vec<_>>().into()
    }

    /// The ten latest posts but the current one; in excerpts and pages there are none.
    fn related_posts(&self) -> liquid::Value {
        let is_document = |current: &(u32, Part)| current.1 == Part::Content && self.at(current.0).kind != SourceKind::Page;
        let Some((current, _)) = self.templates.current().filter(is_document) else { return liquid::Value::Nil };
        let latest = self.sources.iter().enumerate().rev().filter(|(_, source)| is_post(source)).map(|(number, _)| number as u32);
        let latest: Vec<u32> = latest.take(11).collect();
        if latest.len() < 2 {
            return Vec::new().into();
        }
        let others = latest.into_iter().filter(|number| *number != current).take(10);
        others.map(|number| self.object(number)).collect::<Vec<_>>().into()
    }

    fn is_html(page: &Source) -> bool {
        page.is_html || page.url.ends_with('/')
    }

    fn data_folder(&self) -> &DataFolder {
        let folder = self.context.config.text("data_dir").unwrap_or_default();
        self.templates.lists.data_folder.get_or_init(|| data::list(&self.context, folder.trim_matches('/')))
    }

    /// A data file as templates see it; each is read once.
    fn data_file(&self, path: &str) -> liquid::Value {
        let known = &self.templates.lists.data;
        if let Some(value) = known.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return value.clone();
        }
        let value = to_liquid(&data::read(&self.context, path));
        known.lock().unwrap_or_else(PoisonError::into_inner).entry(path.to_owned()).or_insert(value).clone()
    }

    fn data_entry(&self, entry: &DataEntry) -> liquid::Value {
        match entry {
            DataEntry::File(path) => self.data_file(path),
            DataEntry::Folder(folder) => {
                let pairs = folder.entries.iter().map(|(key, entry)| (key.as_str(), self.data_entry(entry)));
                pairs.collect::<liquid::Map>().into()
            }
        }
    }
}

fn is_post(source: &Source) -> bool {
    matches!(source.kind, SourceKind::Post | SourceKind::Draft) && source.state == SourceState::Shown
}

/// `site.data`: files are read when they are asked for.
struct DataObject {
    core: Weak<Core>,
}

impl liquid::Object for DataObject {
    fn get(&self, key: &str) -> Option<liquid::Value> {
        let core = self.core.upgrade()?;
        core.data_folder().get(key).map(|entry| core.data_entry(entry))
    }

    fn keys(&self) -> Vec<Arc<str>> {
        let Some(core) = self.core.upgrade() else { return Vec::new() };
        core.data_folder().entries.iter().map(|(key, _)| Arc::from(key.as_str())).collect()
    }

    fn to_text(&self) -> String {
        liquid::text(&liquid::object_pairs(self))
    }

    fn items(&self) -> Option<liquid::Value> {
        Some(liquid::object_pairs(self))
    }
}
