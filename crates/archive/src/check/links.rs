//! The links of one document: each is held against the site.

use std::collections::{HashMap, HashSet};

use postferry::{Block, Inline, Namespace, Post, Source, SourceKind, Value, walk};

use super::address::Address;
use super::document::{Anchor, Context, Seen};
use super::finding::FoundAt;
use super::ids::ids_of;
use super::index::{Found, is_written};
use super::outside::is_file;

/// Links whose lines are looked for in one document.
const LINES: usize = 500;

/// Holds every link of a document against the site; ids of other pages are left for later.
pub(crate) fn check_links(context: &Context<'_>, source: &Source, post: &Post, seen: &mut Seen) {
    let has_page = is_written(context.site, source);
    Links { context, source, post, has_page, ids: None, searches: 0, places: HashMap::new(), seen }.all();
}

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
    fn check(&mut self, link: &str, is_shown: bool, at: Option<u32>) {
        let url = self.post.url.as_str();
        let (path, fragment) = match self.context.hosts.resolve(link, url) {
            Address::Elsewhere => return,
            Address::SamePage(id) => {
                if self.has_page && needs_id(&id) && !self.has_own(&id) {
                    let place = self.place(link, at);
                    self.seen.add("link/anchor", &format!("{url}#{id}"), None, place);
                }
                return;
            }
            Address::WithoutBase(path) => {
                if self.context.index.find(&path) != Found::Nothing {
                    let place = self.place(link, at);
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
        let has_open_end = !url.ends_with('/') && !url.rsplit('/').next().unwrap_or_default().contains('.');
        if found == Found::Nothing
            && is_relative
            && has_open_end
            && let Address::Site { path, .. } = self.context.hosts.resolve(link, &format!("{url}/"))
        {
            found = self.context.index.find(&path);
        }
        match found {
            Found::Source(number) => self.check_anchor(number, fragment, link, at),
            Found::Near(number) => {
                let note = format!("the page is `{}`", self.context.site.sources()[number as usize].url);
                let place = self.place(link, at);
                self.seen.add("link/form", &path, Some(note), place);
            }
            Found::Nothing => {
                let code = if is_shown || is_file(&path) { "asset/missing" } else { "link/broken" };
                let place = self.place(link, at);
                self.seen.add(code, &path, None, place);
            }
        }
    }

    fn check_anchor(&mut self, number: u32, fragment: Option<String>, link: &str, at: Option<u32>) {
        let Some(id) = fragment.filter(|id| needs_id(id)) else { return };
        let target = &self.context.site.sources()[number as usize];
        if target.kind == SourceKind::Asset {
            return;
        }
        if target.path == self.source.path {
            if !self.has_own(&id) {
                let place = self.place(link, at);
                self.seen.add("link/anchor", &format!("{}#{id}", target.url), None, place);
            }
            return;
        }
        let place = self.place(link, at);
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
        let found = if self.searches <= LINES { body[from..].find(link).map(|start| from + start) } else { None };
        if let Some(found) = found {
            self.places.insert(link.to_owned(), found + link.len());
        }
        let exact = found.map(|end| body[..end].split('\n').count() as u32 - 1 + self.post.body_line);
        FoundAt { path: self.post.path.clone(), line: exact.or(block_line), text: Some(link.to_owned()) }
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
