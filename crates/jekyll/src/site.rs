//! A site: its configuration and the index of its files.

use std::sync::{Arc, Weak};

use postferry_doc::{Diagnostic, Text, Value};

use crate::config::{Config, clean_folder};
use crate::defaults::Defaults;
use crate::engine::Engine;
use crate::load::{Context, LoadError, Loaded};
use crate::options::{SiteError, SiteOptions};
use crate::order::{self, Entry};
use crate::source::{Source, SourceKind, SourceState};
use crate::templates::Templates;
use crate::tree::Tree;
use crate::{SiteFiles, categories, listing, ruby};

/// A Jekyll site that was opened: its heads are read, its bodies are not kept. Cloning it is cheap.
#[derive(Clone)]
pub struct Site {
    pub(crate) core: Arc<Core>,
}

/// What a site's documents share; templates hold on to it too.
pub(crate) struct Core {
    pub(crate) context: Context,
    /// Posts first (by date), then the other collections, pages (by name), files to copy.
    pub(crate) sources: Vec<Source>,
    /// The numbers of the sources by path.
    by_path: Vec<u32>,
    /// The numbers of the shown sources by URL.
    by_url: Vec<u32>,
    pub(crate) engine: Engine,
    pub(crate) templates: Templates,
    /// Itself, for what templates see of it.
    pub(crate) weak: Weak<Core>,
    diagnostics: Vec<Diagnostic>,
}

impl Site {
    /// Opens a site: reads its configuration and the heads of its files.
    ///
    /// # Errors
    /// Where its files cannot be listed or a configuration file that was asked for is not there.
    pub fn open(files: Arc<dyn SiteFiles>, options: SiteOptions) -> Result<Self, SiteError> {
        Self::open_with(files, options, Core::read_index)
    }

    /// Opens a site of one post, whatever its name.
    pub(crate) fn open_one(files: Arc<dyn SiteFiles>, path: &str, options: SiteOptions) -> Result<Self, SiteError> {
        let candidate = listing::Candidate { path: path.to_owned(), kind: SourceKind::Document, collection: 0, skipped: None };
        Self::open_with(files, options, |core| {
            let entry = core.read_head(&candidate);
            core.sources.push(entry.source);
            core.by_path.push(0);
        })
    }

    fn open_with(files: Arc<dyn SiteFiles>, options: SiteOptions, read: impl FnOnce(&mut Core)) -> Result<Self, SiteError> {
        let entries = files.list().map_err(SiteError::Files)?;
        let listed = |path: &str| entries.iter().any(|entry| entry.path == path);
        let (config, mut diagnostics) = Config::read(&*files, &listed, &options)?;
        let (engine, found) = Engine::of(&config, options.code_frames);
        diagnostics.extend(found);
        let tree = Tree::new(&entries, &config.source);
        drop(entries);
        let now = config.zone.at(options.time.unix_seconds());
        let defaults = Defaults::read(&config.map, &config.collections_dir, &|| tree.all_paths(), &config.zone, &now);
        let templates = Templates::new(&config, &options);
        let context = Context { files, options, config, defaults, tree, now };
        let core = Arc::new_cyclic(|weak| {
            let (sources, by_path, by_url) = (Vec::new(), Vec::new(), Vec::new());
            let mut core = Core { context, sources, by_path, by_url, engine, templates, weak: weak.clone(), diagnostics };
            read(&mut core);
            core
        });
        Ok(Self { core })
    }

    /// The site's files: posts and drafts by date, the documents of the other collections, pages by name, the files that are
    /// copied; with those that Jekyll leaves out.
    pub fn sources(&self) -> &[Source] {
        &self.core.sources
    }

    /// The site's configuration.
    pub fn config(&self) -> &Config {
        &self.core.context.config
    }

    /// What was noticed while the site was opened.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.core.diagnostics
    }

    /// The source of that path within the site.
    pub fn source(&self, path: &str) -> Option<&Source> {
        self.core.number_of(path).map(|number| self.core.at(number))
    }

    /// The document or page that is shown at a path of the site.
    pub fn source_at_url(&self, url: &str) -> Option<&Source> {
        let core = &self.core;
        let at = core.by_url.binary_search_by(|number| core.at(*number).url.as_str().cmp(url)).ok()?;
        Some(core.at(core.by_url[at]))
    }

    /// The path on the site of a file of the site, if it has one.
    pub fn url_of(&self, path: &str) -> Option<&str> {
        self.source(path).map(|source| source.url.as_str()).filter(|url| !url.is_empty())
    }

    /// The label of a source's collection: `posts`, another collection's name, `pages`; nothing for files to copy outside
    /// of collections.
    pub fn collection_of(&self, source: &Source) -> Option<&str> {
        self.core.collection_of(source)
    }
}

impl Core {
    pub(crate) fn collection_of(&self, source: &Source) -> Option<&str> {
        match source.kind {
            SourceKind::Page => Some("pages"),
            _ => self.context.config.collections.get(usize::from(source.collection)).map(|collection| collection.label.as_str()),
        }
    }

    /// The number of the source of that path within the site.
    pub(crate) fn number_of(&self, path: &str) -> Option<u32> {
        let at = self.by_path.binary_search_by(|number| self.at(*number).path.as_str().cmp(path)).ok()?;
        Some(self.by_path[at])
    }

    /// The numbers of the sources whose paths begin so, by path.
    pub(crate) fn numbers_below<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = u32> + 's {
        let start = self.by_path.partition_point(|number| self.at(*number).path.as_str() < prefix);
        self.by_path[start..].iter().copied().take_while(move |number| self.at(*number).path.starts_with(prefix))
    }

    /// The path of a source within the folder that the configuration names as `source`.
    pub(crate) fn path_in_source<'s>(&self, source: &'s Source) -> &'s str {
        let folder = &self.context.config.source;
        if folder.is_empty() { &source.path } else { source.path.get(folder.len() + 1..).unwrap_or(&source.path) }
    }

    pub(crate) fn at(&self, number: u32) -> &Source {
        &self.sources[number as usize]
    }

    /// Reads a source's head and body again.
    pub(crate) fn load(&self, source: &Source) -> Result<Loaded, LoadError> {
        let path = self.path_in_source(source);
        match source.kind {
            SourceKind::Page => self.context.load_page(path),
            kind => self.context.load_document(path, kind, self.collection_of(source).unwrap_or("posts")),
        }
    }

    fn read_index(&mut self) {
        let candidates = listing::list(&self.context);
        let entries = candidates.iter().map(|candidate| self.read_head(candidate)).collect();
        let sources = order::sort(entries, &self.context.config);
        let config = &self.context.config;
        let kept = ["data_dir", "layouts_dir"].map(|key| clean_folder(&config.text(key).unwrap_or_default()));
        let is_kept =
            |path: &str| kept.iter().any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|p| p.starts_with('/')));
        let known = sources.iter().filter(|source: &&Source| source.kind != SourceKind::Draft);
        let known = known.map(|source| path_below(&source.path, &config.source)).filter(|path| !is_kept(path));
        self.context.tree.forget(known);
        self.sources = sources;
        self.limit_posts();
        self.by_path = (0..self.sources.len() as u32).collect();
        let mut by_path = std::mem::take(&mut self.by_path);
        by_path.sort_by(|a, b| self.at(*a).path.cmp(&self.at(*b).path));
        self.by_path = by_path;
        let mut by_url: Vec<u32> = (0..self.sources.len() as u32)
            .filter(|number| self.at(*number).state == SourceState::Shown && !self.at(*number).url.is_empty())
            .collect();
        by_url.sort_by(|a, b| self.at(*a).url.cmp(&self.at(*b).url).then(a.cmp(b)));
        self.find_collisions(&by_url);
        by_url.dedup_by(|later, first| self.at(*later).url == self.at(*first).url);
        by_url.shrink_to_fit();
        self.by_url = by_url;
    }

    /// Reads of a file what the index keeps, and what it is sorted by.
    fn read_head(&self, candidate: &listing::Candidate) -> Entry {
        let path = crate::tree::join(&self.context.config.source, &candidate.path);
        let mut source = Source {
            path: path.into(),
            kind: candidate.kind,
            collection: candidate.collection,
            state: candidate.skipped.map_or(SourceState::Shown, |reason| SourceState::Skipped(reason.into())),
            url: Text::default(),
            title: Text::default(),
            slug: Text::default(),
            date: 0,
            is_plain: false,
            is_html: false,
            categories: Box::default(),
            tags: Box::default(),
        };
        let (mut date, mut key) = (None, None);
        if source.kind == SourceKind::Asset {
            source.url = crate::asset::url(&self.context, candidate).into();
        } else if source.is_shown() {
            match self.load(&source) {
                Ok(loaded) => {
                    let collection = self.context.config.collections.get(usize::from(candidate.collection));
                    let sort_by = collection.and_then(|collection| collection.sort_by.as_ref());
                    // Jekyll fills dates in where it looks whether posts are of the future, before it sorts them.
                    let is_filled_in = candidate.kind != SourceKind::Document && !self.context.config.future;
                    let is_dated = !loaded.date_is_filled_in || is_filled_in;
                    date = loaded.date.filter(|_| is_dated).map(|date| date.unix_seconds());
                    key = sort_by.filter(|key| is_dated || *key != "date").and_then(|key| loaded.data.get(key)).cloned();
                    index(&mut source, loaded);
                }
                Err(LoadError::Skipped(reason)) => source.state = SourceState::Skipped(reason.into()),
                Err(LoadError::Failed(diagnostic)) => source.state = SourceState::Failed(diagnostic.message.into()),
            }
        }
        Entry { source, date, key }
    }

    /// Keeps only the latest posts where the configuration says how many.
    fn limit_posts(&mut self) {
        let limit = self.context.config.limit_posts;
        if limit == 0 {
            return;
        }
        let is_post = |source: &Source| matches!(source.kind, SourceKind::Post | SourceKind::Draft) && source.is_shown();
        let count = self.sources.iter().filter(|source| is_post(source)).count();
        for source in self.sources.iter_mut().filter(|source| is_post(source)).take(count.saturating_sub(limit)) {
            source.state = SourceState::Skipped("beyond `limit_posts`".into());
        }
    }

    fn find_collisions(&mut self, by_url: &[u32]) {
        for pair in by_url.windows(2) {
            let (first, second) = (self.at(pair[0]), self.at(pair[1]));
            if first.url == second.url {
                let message = format!("`{}` and `{}` have the same URL `{}`", first.path, second.path, first.url);
                let mut diagnostic = Diagnostic::warning("url/collision", message);
                diagnostic.place.path = second.path.to_string();
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

fn path_below<'p>(path: &'p str, folder: &str) -> &'p str {
    if folder.is_empty() { path } else { path.get(folder.len() + 1..).unwrap_or(path) }
}

/// Keeps of a file what the index needs.
fn index(source: &mut Source, loaded: Loaded) {
    let text = |key: &str| loaded.data.get(key).filter(|value| **value != Value::Null).map(ruby::to_s).unwrap_or_default();
    let is_text = |value: Option<&Value>| value.is_some_and(|value| value.as_str().is_some());
    let are_texts =
        |value: Option<&Value>| value.and_then(Value::as_list).is_some_and(|list| list.iter().all(|value| is_text(Some(value))));
    source.is_plain = is_text(loaded.data.get("title"))
        && (source.kind == SourceKind::Page || (are_texts(loaded.data.get("categories")) && are_texts(loaded.data.get("tags"))));
    source.title = text("title").into();
    source.slug = text("slug").into();
    source.categories = categories::texts(loaded.data.get("categories")).into();
    source.tags = categories::texts(loaded.data.get("tags")).into();
    source.is_html = matches!(loaded.output_extension.as_str(), ".html" | ".xhtml" | ".htm");
    source.date = loaded.date.map_or(0, |date| date.unix_seconds());
    source.url = loaded.url.as_str().into();
    if let Some(reason) = loaded.skipped {
        source.state = SourceState::Skipped(reason.into());
    }
}
