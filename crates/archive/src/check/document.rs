//! One document: what is noticed while it is read, what its templates use.

use std::collections::BTreeSet;
use std::sync::Arc;

use postferry::{Diagnostic, Facts, Outcome, Post, Site, Source, TagFate, Value};

use super::address::Hosts;
use super::finding::FoundAt;
use super::frame::Frames;
use super::index::{Index, stem};
use super::links::check_links;
use crate::plan::WITHOUT_CONVERTER;
use crate::post::{catch, read_source};

/// What the documents of a site are held against.
pub(crate) struct Context<'a> {
    pub site: &'a Site,
    pub index: &'a Index,
    pub hosts: &'a Hosts,
    pub frames: &'a Frames,
    /// The names of the site's includes.
    pub includes: &'a BTreeSet<&'a str>,
    /// The theme that may bring layouts, includes and files.
    pub theme: Option<&'a str>,
    /// The includes that look `site.github` up, where a plugin would fill it; nothing where none would.
    pub github: Option<BTreeSet<&'a str>>,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Converted(String),
    Skipped(String),
    Failed,
}

/// What was seen of a document.
pub(crate) struct Seen {
    pub fate: Fate,
    pub found: Vec<Item>,
    pub diagnostics: Vec<Diagnostic>,
    /// The keys of its head that are the site's own.
    pub keys: Vec<(String, u32)>,
    /// Keys that its templates look up.
    pub read_keys: BTreeSet<Arc<str>>,
    /// Other paths at which it was to be found.
    pub aliases: Vec<String>,
    /// Ids of other documents that it links to.
    pub anchors: Vec<Anchor>,
}

/// One thing that was found.
pub(crate) struct Item {
    pub code: &'static str,
    pub subject: String,
    pub note: Option<String>,
    pub place: FoundAt,
}

/// A link to an id of another document.
pub(crate) struct Anchor {
    pub target: u32,
    pub id: String,
    pub place: FoundAt,
}

impl Seen {
    fn new(fate: Fate) -> Self {
        Self {
            fate,
            found: Vec::new(),
            diagnostics: Vec::new(),
            keys: Vec::new(),
            read_keys: BTreeSet::new(),
            aliases: Vec::new(),
            anchors: Vec::new(),
        }
    }

    pub fn add(&mut self, code: &'static str, subject: &str, note: Option<String>, place: FoundAt) {
        self.found.push(Item { code, subject: subject.to_owned(), note, place });
    }

    /// Bytes that wait while this waits for its turn, about.
    pub fn held_bytes(&self) -> usize {
        let items = self.found.len() + self.diagnostics.len() + self.keys.len() + self.anchors.len() + self.aliases.len();
        256 + items * 200 + self.read_keys.len() * 32
    }
}

/// Reads a document and looks through it.
pub(crate) fn look_at(context: &Context<'_>, source: &Source) -> Seen {
    match read_source(context.site, source) {
        Outcome::Skipped { reason } => Seen::new(Fate::Skipped(reason)),
        Outcome::Failed { diagnostics } => {
            let mut seen = Seen::new(Fate::Failed);
            seen.diagnostics = placed(diagnostics, source);
            seen
        }
        Outcome::Converted(post) => catch(|| look_through(context, source, &post)).unwrap_or_else(|panic| {
            let mut seen = Seen::new(Fate::Failed);
            seen.diagnostics = placed(vec![panic], source);
            seen
        }),
    }
}

fn placed(mut diagnostics: Vec<Diagnostic>, source: &Source) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        if diagnostic.place.path.is_empty() {
            diagnostic.place.path = source.path.to_string();
        }
    }
    diagnostics
}

fn look_through(context: &Context<'_>, source: &Source, post: &Post) -> Seen {
    let mut seen = Seen::new(Fate::Converted(post.collection.clone()));
    seen.aliases = post.document.meta.aliases.iter().map(ToString::to_string).collect();
    let at = |line: Option<u32>| FoundAt { path: post.path.clone(), line, text: None };
    let ending = post.extension.trim_start_matches('.').to_lowercase();
    if WITHOUT_CONVERTER.contains(&ending.as_str()) && !context.site.config().is_markdown(&ending) {
        seen.add("post/converter", &post.extension, None, at(None));
    }
    for entry in &post.head.entries {
        if !KNOWN_KEYS.contains(&entry.key.as_str()) {
            seen.keys.push((entry.key.to_string(), entry.line));
        }
    }
    let is_rendered = post.data.get("render_with_liquid") != Some(&Value::Bool(false));
    let facts = if is_rendered { context.site.template_facts(&post.body) } else { Facts::default() };
    seen.found.extend(uses(context, &facts, &post.path, post.body_line));
    // Unknown tags, filters and includes are counted once, by the text that holds them.
    let missing: BTreeSet<Option<u32>> =
        seen.found.iter().filter(|found| found.code.ends_with("-include")).map(|found| found.place.line).collect();
    seen.diagnostics = placed(post.diagnostics.clone(), source);
    seen.diagnostics.retain(|diagnostic| match diagnostic.code {
        "liquid/unknown-tag" | "liquid/unknown-filter" => false,
        "liquid/error" => {
            let is_told = diagnostic.place.path == post.path && missing.contains(&diagnostic.place.line);
            !is_told && !is_end_of_unknown(&facts, &diagnostic.message)
        }
        _ => true,
    });
    for diagnostic in seen.diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == "liquid/error") {
        let path = diagnostic.place.path.as_str();
        let uses_github =
            |paths: &BTreeSet<&str>| paths.contains(path) || (path == post.path.as_str() && facts.keys.contains("github"));
        if context.github.as_ref().is_some_and(uses_github) {
            diagnostic.message.push_str(" (`site.github`, which a plugin fills, is empty here)");
        }
    }
    seen.read_keys = facts.keys;
    if matches!(post.output_extension.as_str(), ".html" | ".htm" | ".xhtml") {
        check_links(context, source, post, &mut seen);
    } else {
        // A feed or a style is no content: what its tree would lose says nothing.
        seen.diagnostics.retain(|diagnostic| !matches!(diagnostic.topic(), "html" | "lost"));
    }
    seen
}

/// Whether a message is about the end of a block whose tag is told as unknown.
fn is_end_of_unknown(facts: &Facts, message: &str) -> bool {
    let end = message.strip_prefix("`end").and_then(|rest| rest.strip_suffix("` closes no block"));
    end.is_some_and(|name| facts.unknown_tags.iter().any(|tag| &*tag.name == name))
}

/// What a template uses that is worth telling. `first_line` is the line of the file where the template begins.
pub(crate) fn uses(context: &Context<'_>, facts: &Facts, path: &str, first_line: u32) -> Vec<Item> {
    let place = |line: u32| FoundAt { path: path.to_owned(), line: Some(line + first_line - 1), text: None };
    let mut found = Vec::new();
    let mut add = |code, name: &str, note: Option<&str>, line| {
        found.push(Item { code, subject: name.to_owned(), note: note.map(str::to_owned), place: place(line) });
    };
    facts.unknown_tags.iter().for_each(|tag| add("liquid/unknown-tag", &tag.name, None, tag.line));
    facts.unknown_filters.iter().for_each(|filter| add("liquid/unknown-filter", &filter.name, None, filter.line));
    for (tag, fate) in &facts.plugin_tags {
        let note = match fate {
            TagFate::Dropped => "writes nothing",
            TagFate::Kept => "stays in the text",
            TagFate::Replaced => "HTML is written in its place",
            TagFate::Rendered => "is rendered",
        };
        add("liquid/plugin-tag", &tag.name, Some(note), tag.line);
    }
    for include in &facts.includes {
        if !context.includes.contains(&*include.name) {
            let code = if context.theme.is_some() { "liquid/theme-include" } else { "liquid/missing-include" };
            add(code, &include.name, None, include.line);
        }
    }
    found
}

/// The keys that mean something to Jekyll, to its plugins that everyone uses, or here.
const KNOWN_KEYS: [&str; 29] = [
    "layout",
    "title",
    "date",
    "category",
    "categories",
    "tag",
    "tags",
    "permalink",
    "published",
    "draft",
    "excerpt",
    "excerpt_separator",
    "slug",
    "ext",
    "description",
    "author",
    "authors",
    "lang",
    "language",
    "redirect_from",
    "redirect_to",
    "last_modified_at",
    "updated",
    "modified",
    "lastmod",
    "render_with_liquid",
    "sitemap",
    "id",
    "path",
];

/// The path that an alias stands for, without what servers may add or leave out.
pub(crate) fn alias_stem(alias: &str) -> String {
    let path = super::address::decode(alias);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    format!("/{}", stem(path).trim_start_matches('/'))
}
