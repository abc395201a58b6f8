//! One document: what is noticed while it is read, what its templates use, where its links lead.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use postferry::{Block, Diagnostic, Facts, Inline, Namespace, Outcome, Post, Site, Source, SourceKind, TagFate, Value, walk};

use super::address::{Address, Hosts};
use super::finding::FoundAt;
use super::frame::Frames;
use super::ids::ids_of;
use super::index::{Found, Index, is_written, stem};
use super::outside::is_file;
use crate::plan::WITHOUT_CONVERTER;
use crate::post::{catch, read_source};

/// Links whose lines are looked for in one document.
const LINES: usize = 500;

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

    fn add(&mut self, code: &'static str, subject: &str, note: Option<String>, place: FoundAt) {
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
        let uses_github = |paths: &BTreeSet<&str>| paths.contains(path) || (path == post.path && facts.keys.contains("github"));
        if context.github.as_ref().is_some_and(uses_github) {
            diagnostic.message.push_str(" (`site.github`, which a plugin fills, is empty here)");
        }
    }
    seen.read_keys = facts.keys;
    if matches!(post.output_extension.as_str(), ".html" | ".htm" | ".xhtml") {
        Links {
            context,
            source,
            post,
            has_page: is_written(context.site, source),
            ids: None,
            searches: 0,
            places: HashMap::new(),
            seen: &mut seen,
        }
        .all();
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

/// The links of one document.
struct Links<'a, 'c> {
    context: &'a Context<'c>,
    source: &'a Source,
    post: &'a Post,
    /// Whether it has a page of its own, to which relative links are relative.
    has_page: bool,
    /// The ids of its page, once a link asks for them.
    ids: Option<PageIds<'a>>,
    /// Lines that were looked for so far.
    searches: usize,
    /// Where in the body each link was found last.
    places: HashMap<String, usize>,
    seen: &'a mut Seen,
}

impl Links<'_, '_> {
    fn all(&mut self) {
        let document = &self.post.document;
        let mut origins = document.origins.iter().peekable();
        for (number, block) in document.blocks.iter().enumerate() {
            while origins.next_if(|origin| (origin.first_block + origin.blocks) as usize <= number).is_some() {}
            let origin = origins.peek().filter(|origin| origin.first_block as usize <= number);
            let line = origin.map(|origin| origin.first_line + self.post.body_line - 1);
            self.of_blocks(std::slice::from_ref(block), line);
        }
        for note in &document.notes {
            self.of_blocks(&note.blocks, None);
        }
    }

    fn of_blocks(&mut self, blocks: &[Block], line: Option<u32>) {
        let mut links: Vec<(String, bool)> = Vec::new();
        walk::blocks(blocks, &mut |block| {
            if let Block::Element { namespace: Namespace::Html, name, attr, .. } = block {
                links.extend(link_of(name, |key| attr.value(key)));
            }
        });
        walk::inlines(blocks, &mut |inline| match inline {
            Inline::Link { target, .. } => links.push((target.to_string(), false)),
            Inline::Image { source, .. } => links.push((source.to_string(), true)),
            Inline::Element { namespace: Namespace::Html, name, attr, .. } => links.extend(link_of(name, |key| attr.value(key))),
            _ => {}
        });
        for (link, is_shown) in links {
            self.check(&link, is_shown, line);
        }
    }

    /// Holds one link against the site. What is shown in the page is no page itself.
    fn check(&mut self, link: &str, is_shown: bool, line: Option<u32>) {
        let url = self.post.url.as_str();
        let (path, fragment) = match self.context.hosts.resolve(link, url) {
            Address::Elsewhere => return,
            Address::SamePage(id) => {
                if self.has_page && needs_id(&id) && !self.has_own(&id) {
                    let place = self.place(link, line);
                    self.seen.add("link/anchor", &format!("{url}#{id}"), None, place);
                }
                return;
            }
            Address::WithoutBase(path) => {
                if self.context.index.find(&path) != Found::Nothing {
                    let place = self.place(link, line);
                    self.seen.add("link/baseurl", &path, None, place);
                }
                return;
            }
            Address::Site { path, fragment } => (path, fragment),
        };
        let is_relative = !link.trim_start().starts_with('/') && !link.contains("//");
        if is_relative && (!self.has_page || self.context.frames.has_base) {
            return;
        }
        let mut found = self.context.index.find(&path);
        // `/a/b` may be served as `/a/b/`; then relative links lead elsewhere.
        if found == Found::Nothing
            && is_relative
            && !url.ends_with('/')
            && !url.rsplit('/').next().unwrap_or_default().contains('.')
        {
            if let Address::Site { path, .. } = self.context.hosts.resolve(link, &format!("{url}/")) {
                found = self.context.index.find(&path);
            }
        }
        match found {
            Found::Source(number) => self.check_anchor(number, fragment, link, line),
            Found::Near(number) => {
                let note = format!("the page is `{}`", self.context.site.sources()[number as usize].url);
                let place = self.place(link, line);
                self.seen.add("link/form", &path, Some(note), place);
            }
            Found::Nothing => {
                let code = if is_shown || is_file(&path) { "asset/missing" } else { "link/broken" };
                let place = self.place(link, line);
                self.seen.add(code, &path, None, place);
            }
        }
    }

    fn check_anchor(&mut self, number: u32, fragment: Option<String>, link: &str, line: Option<u32>) {
        let Some(id) = fragment.filter(|id| needs_id(id)) else { return };
        let target = &self.context.site.sources()[number as usize];
        if target.kind == SourceKind::Asset {
            return;
        }
        if target.path == self.source.path {
            if !self.has_own(&id) {
                let place = self.place(link, line);
                self.seen.add("link/anchor", &format!("{}#{id}", target.url), None, place);
            }
            return;
        }
        let place = self.place(link, line);
        self.seen.anchors.push(Anchor { target: number, id, place });
    }

    fn has_own(&mut self, id: &str) -> bool {
        let page = self.ids.get_or_insert_with(|| PageIds::of(self.post));
        page.may_have(self.context, id)
    }

    fn place(&mut self, link: &str, block_line: Option<u32>) -> FoundAt {
        let body = self.post.body.as_str();
        let from = self.places.get(link).copied().unwrap_or(0);
        self.searches += 1;
        let at = if self.searches <= LINES { body[from..].find(link).map(|at| from + at) } else { None };
        if let Some(at) = at {
            self.places.insert(link.to_owned(), at + link.len());
        }
        let line = at.map(|at| body[..at].matches('\n').count() as u32 + self.post.body_line);
        FoundAt { path: self.post.path.clone(), line: line.or(block_line), text: Some(link.to_owned()) }
    }
}

/// The ids of a document's page.
pub(crate) struct PageIds<'a> {
    own: HashSet<String>,
    layout: Option<&'a Value>,
    /// Whether the content may have any: it still holds Liquid, or a script.
    is_open: bool,
}

impl<'a> PageIds<'a> {
    /// Collects the ids of a document's content.
    pub fn of(post: &'a Post) -> Self {
        let is_open = post.content.contains("{%") || post.content.contains("<script");
        Self { own: ids_of(&post.content), layout: post.data.get("layout"), is_open }
    }

    /// Whether the page has or may have an id: in its content or in what stands around it.
    pub fn may_have(&self, context: &Context<'_>, id: &str) -> bool {
        self.is_open || self.own.contains(id) || context.frames.may_have(self.layout, id)
    }
}

/// Whether an id has to be on the page for a link to it to work.
fn needs_id(id: &str) -> bool {
    let is_route = id.starts_with(['/', '!', ':']) || id.contains(['=', '&']);
    let is_made_here = id.starts_with("fn:") || id.starts_with("fnref:");
    !id.is_empty() && !id.eq_ignore_ascii_case("top") && !is_route && !is_made_here
}

/// The link of an element that has no kind of its own, and whether it is shown in the page.
fn link_of<'t>(name: &str, value: impl Fn(&str) -> Option<&'t str>) -> Option<(String, bool)> {
    let (key, is_shown) = match name {
        "img" | "video" | "audio" | "source" | "track" | "embed" => ("src", true),
        "iframe" => ("src", false),
        "object" => ("data", true),
        "a" | "area" => ("href", false),
        _ => return None,
    };
    value(key).map(|link| (link.to_owned(), is_shown))
}

/// The path that an alias stands for, without what servers may add or leave out.
pub(crate) fn alias_stem(alias: &str) -> String {
    let path = super::address::decode(alias);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    format!("/{}", stem(path).trim_start_matches('/'))
}
