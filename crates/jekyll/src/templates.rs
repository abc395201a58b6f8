//! What rendering Liquid keeps for the whole site: how templates are read, includes, what templates have asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::thread::ThreadId;

use postferry_doc::Value;
use postferry_liquid::{self as liquid, Includes, Limits, Meaning, Mode, ParseOptions, TagTable};

use crate::cache::Cache;
use crate::config::Config;
use crate::data::DataFolder;
use crate::load::Loaded;
use crate::options::{LiquidMode, SiteOptions};
use crate::rules;

/// Bytes of heads and bodies, and of rendered texts, that are kept for templates.
const KEPT_BYTES: usize = 32 << 20;

/// How deeply documents whose templates show other documents are rendered within one another; beyond this a body shows as it
/// is written.
const DEPTH: usize = 8;

/// The state of a site's templates.
pub(crate) struct Templates {
    pub(crate) options: ParseOptions,
    pub(crate) mode: Mode,
    pub(crate) limits: Limits,
    pub(crate) includes: Includes,
    /// Documents that were read for templates.
    pub(crate) documents: Cache<u32, Arc<Shelved>>,
    /// Contents and excerpts that were rendered for templates.
    pub(crate) rendered: Cache<(u32, Part), Arc<str>>,
    pub(crate) objects: RwLock<HashMap<u32, Arc<dyn liquid::Object>>>,
    pub(crate) lists: Lists,
    /// The documents that each thread is rendering, innermost last.
    rendering: Mutex<HashMap<ThreadId, Vec<(u32, Part)>>>,
}

/// A document that was read, with its data as templates see them.
pub(crate) struct Shelved {
    pub(crate) loaded: Loaded,
    pub(crate) data: OnceLock<Arc<liquid::Map>>,
}

/// What of a document is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Content,
    Excerpt,
}

/// Lists that are made when a template asks for them first.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) posts: OnceLock<liquid::Value>,
    pub(crate) pages: OnceLock<liquid::Value>,
    pub(crate) html_pages: OnceLock<liquid::Value>,
    pub(crate) static_files: OnceLock<liquid::Value>,
    pub(crate) documents: OnceLock<liquid::Value>,
    /// The numbers of the posts by their slugs.
    pub(crate) posts_by_slug: OnceLock<HashMap<String, Vec<u32>>>,
    pub(crate) collections: OnceLock<liquid::Value>,
    pub(crate) tags: OnceLock<liquid::Value>,
    pub(crate) categories: OnceLock<liquid::Value>,
    pub(crate) of_collection: OnceLock<Vec<OnceLock<liquid::Value>>>,
    pub(crate) data_folder: OnceLock<DataFolder>,
    pub(crate) data: Mutex<HashMap<String, liquid::Value>>,
    pub(crate) site: OnceLock<Arc<dyn liquid::Object>>,
}

impl Templates {
    pub(crate) fn new(config: &Config, options: &SiteOptions) -> Self {
        let strict = options.liquid == LiquidMode::Jekyll;
        let mut parse = ParseOptions::default();
        parse.mode = if strict { Mode::Strict } else { Mode::Tolerant };
        let mut tags = if strict { tags_of_plugins(config) } else { TagTable::common() };
        rules::apply(&options.tags, &mut tags);
        parse.tags = Arc::new(tags);
        let mut limits = Limits::default();
        limits.steps = options.limits.liquid_steps;
        limits.bytes = options.limits.liquid_bytes;
        Self {
            mode: parse.mode,
            options: parse,
            limits,
            includes: Includes::default(),
            documents: Cache::new(KEPT_BYTES),
            rendered: Cache::new(KEPT_BYTES),
            objects: RwLock::default(),
            lists: Lists::default(),
            rendering: Mutex::default(),
        }
    }

    /// Says that this thread renders a document, until the answer is dropped; nothing where it is too deep in others.
    pub(crate) fn enter(&self, number: u32, part: Part) -> Option<Entered<'_>> {
        let mut rendering = self.rendering.lock().unwrap_or_else(PoisonError::into_inner);
        let stack = rendering.entry(std::thread::current().id()).or_default();
        if stack.len() >= DEPTH || stack.iter().filter(|(own, _)| *own == number).count() > 1 {
            return None;
        }
        stack.push((number, part));
        Some(Entered(self))
    }

    /// The document that this thread is rendering, and which part of it.
    pub(crate) fn current(&self) -> Option<(u32, Part)> {
        let rendering = self.rendering.lock().unwrap_or_else(PoisonError::into_inner);
        rendering.get(&std::thread::current().id()).and_then(|stack| stack.last().copied())
    }
}

/// A document that is being rendered.
pub(crate) struct Entered<'a>(&'a Templates);

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let mut rendering = self.0.rendering.lock().unwrap_or_else(PoisonError::into_inner);
        let thread = std::thread::current().id();
        let is_done = rendering.get_mut(&thread).is_none_or(|stack| {
            stack.pop();
            stack.is_empty()
        });
        if is_done {
            rendering.remove(&thread);
        }
    }
}

/// What `jekyll-gist` writes where it cannot ask GitHub for the text.
const GIST: &str = "<script src=\"https://gist.github.com/{{ tag.words[0] }}.js\
{% if tag.words[1] %}?file={{ tag.words[1] }}{% endif %}\"> </script>";

/// The tags of the plugins that the configuration names: Jekyll knows no others.
fn tags_of_plugins(config: &Config) -> TagTable {
    let common = TagTable::common();
    let mut table = TagTable::empty();
    for key in ["plugins", "gems"] {
        for plugin in config.map.get(key).and_then(Value::as_list).unwrap_or_default() {
            let tag = match plugin.as_str() {
                Some("jekyll-seo-tag") => "seo",
                Some("jekyll-feed") => "feed_meta",
                Some("jekyll-gist") => {
                    table.set("gist", Meaning::template(GIST), false);
                    continue;
                }
                Some("jekyll-avatar") => "avatar",
                Some("jekyll-include-cache") => "include_cached",
                Some("jekyll-oembed") => "oembed",
                Some("jekyll-youtube") => "youtube",
                Some("jekyll-last-modified-at") => "last_modified_at",
                Some("jekyll-toc") => "toc",
                _ => continue,
            };
            if let Some(known) = common.get(tag) {
                table.set(tag, known.meaning.clone(), known.block);
            }
        }
    }
    table
}
