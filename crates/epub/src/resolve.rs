//! Links, images and attributes of a post become those of a book.

use std::collections::HashMap;
use std::path::Path;

use postferry_doc::{Attr, Block, Diagnostic, Inline, Namespace, Text, inline_text, walk};

use crate::attributes::each_attr;
use crate::chapter::ChapterOptions;
use crate::ids::Ids;
use crate::images::{self, Image};
use crate::labels::{Labels, language_tag};
use crate::links::{Links, Target};
use crate::{foreign, structure, style, url};

/// Attributes that name other elements by id.
pub const REFERENCES: [&str; 9] =
    ["for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"];

/// Attributes whose URLs a book has no use for.
const USELESS: [&str; 9] = ["srcset", "sizes", "longdesc", "usemap", "ping", "background", "action", "formaction", "data-src"];

/// What is collected while a post is made a chapter.
pub struct Resolver<'a> {
    pub options: &'a ChapterOptions<'a>,
    pub links: &'a Links,
    pub words: Labels,
    /// The path of the post on its site.
    pub page: &'a str,
    /// What the ids of the post became.
    pub ids: Ids,
    pub images: Vec<Image>,
    /// Images whose text alternative is not the author's.
    pub undescribed: u32,
    /// Comments that were left out: they are for authors, and some shops refuse books that have any.
    comments: usize,
    pub diagnostics: Vec<Diagnostic>,
    sources: HashMap<String, Option<String>>,
}

impl<'a> Resolver<'a> {
    pub fn new(options: &'a ChapterOptions<'a>, links: &'a Links, words: Labels, page: &'a str, ids: Ids) -> Self {
        Self {
            options,
            links,
            words,
            page,
            ids,
            images: Vec::new(),
            undescribed: 0,
            comments: 0,
            diagnostics: Vec::new(),
            sources: HashMap::new(),
        }
    }

    /// Makes links and images of a tree those of a book.
    pub fn blocks(&mut self, blocks: &mut Vec<Block>) {
        self.drop_comments(blocks);
        foreign::settle(blocks, &mut self.diagnostics);
        structure::settle(blocks);
        each_attr(blocks, &mut |tag, attr| self.attributes(tag, attr));
        self.contents(blocks);
    }

    /// Says once for the post what is not in it any more, or was never there.
    pub fn report(&mut self) {
        let counted = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
        if self.comments > 0 {
            let message = format!("{} left out", counted(self.comments, "comment"));
            self.diagnostics.push(Diagnostic::note("lost/comment", message));
        }
        if self.undescribed > 0 {
            let message = format!("{} without a text alternative", counted(self.undescribed as usize, "image"));
            let help = "write `![what is seen](…)`, or `alt=\"\"` where it only decorates; the file's name stands for it";
            self.diagnostics.push(Diagnostic::note("asset/undescribed", message).help(help));
        }
    }

    fn drop_comments(&mut self, blocks: &mut Vec<Block>) {
        let before = blocks.len();
        blocks.retain(|block| !matches!(block, Block::Comment { .. }));
        self.comments += before - blocks.len();
    }

    fn contents(&mut self, blocks: &mut Vec<Block>) {
        for block in blocks {
            if let Block::Element { namespace, name, attr, .. } = block {
                self.element(*namespace, name, attr);
            }
            walk::children_mut(block, &mut |part| match part {
                walk::PartMut::Blocks(inner) => {
                    self.drop_comments(inner);
                    self.contents(inner);
                }
                walk::PartMut::Inlines(content) => self.inlines(content, false),
            });
        }
    }

    fn inlines(&mut self, content: &mut Vec<Inline>, in_link: bool) {
        let before = content.len();
        content.retain(|inline| !matches!(inline, Inline::Comment { .. }));
        self.comments += before - content.len();
        for inline in content {
            match inline {
                Inline::Image { .. } => self.image(inline, in_link),
                Inline::Link { .. } => self.link(inline, in_link),
                Inline::Element { namespace, name, attr, .. } => self.element(*namespace, name, attr),
                _ => {}
            }
            let inside = in_link || matches!(inline, Inline::Link { .. });
            if let Some(inner) = inline.content_mut() {
                self.inlines(inner, inside);
            }
        }
    }

    fn link(&mut self, inline: &mut Inline, in_link: bool) {
        let Inline::Link { attr, target, content, .. } = inline else { return };
        let resolved = if in_link { None } else { self.target(target) };
        match resolved {
            Some(place) => *target = place,
            None => *inline = Inline::Span { attr: std::mem::take(attr), content: std::mem::take(content) },
        }
    }

    /// The URL in the book for a URL of the post, where there is one; says so where there is none.
    fn target(&mut self, target: &Text) -> Option<Text> {
        match self.links.find(target, self.page) {
            Target::Here(fragment) => {
                if let Some(id) = self.ids.find(&fragment) {
                    return Some(format!("#{id}").into());
                }
                if !fragment.is_empty() {
                    let message = format!("the post has no place with the id `{fragment}`");
                    self.diagnostics.push(Diagnostic::warning("link/broken", message));
                }
                None
            }
            Target::Chapter(chapter, None) => Some(format!("{}.xhtml", stem(chapter)).into()),
            Target::Chapter(chapter, Some(id)) => Some(format!("{}.xhtml#{id}", stem(chapter)).into()),
            Target::Web(url) => Some(url.into()),
            Target::Nowhere => {
                let diagnostic = Diagnostic::warning("link/broken", format!("`{target}` is no post of the book"));
                self.diagnostics.push(diagnostic.help("say what the address of the site is, and the link leads there"));
                None
            }
            Target::Refused => {
                let message = format!("a book cannot hold a link to `{target}`; its text was kept");
                self.diagnostics.push(Diagnostic::warning("lost/element", message));
                None
            }
        }
    }

    fn image(&mut self, inline: &mut Inline, in_link: bool) {
        let Inline::Image { attr, source, title, alt } = inline else { return };
        let described = alt.is_some();
        let name = || file_name(source);
        let text: Text = match alt.as_ref().filter(|alt| !alt.trim().is_empty()).or(title.as_ref()) {
            Some(text) if !text.trim().is_empty() => text.clone(),
            _ => name().unwrap_or_else(|| self.words.image.into()),
        };
        if let Some(path) = self.image_path(source) {
            if !described {
                *alt = Some(text);
                self.undescribed += 1;
            }
            *source = path.into();
            for side in ["width", "height"] {
                if attr.value(side).is_some_and(|length| length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit())) {
                    attr.remove(side);
                }
            }
            return;
        }
        let content = vec![Inline::Text(text)];
        let attr = Attr::new(attr.id().unwrap_or(""), ["image"], []);
        let web = match self.links.find(source, self.page) {
            Target::Web(url) if !in_link => Some(url),
            _ => None,
        };
        *inline = match web {
            Some(url) => Inline::Link { attr, target: url.into(), title: None, content },
            None => Inline::Span { attr, content },
        };
    }

    /// The path in the book of an image of the post; takes the image in where it is new.
    fn image_path(&mut self, source: &str) -> Option<String> {
        if let Some(known) = self.sources.get(source) {
            return known.clone();
        }
        let path = self.take_image(source);
        self.sources.insert(source.to_owned(), path.clone());
        path
    }

    fn take_image(&mut self, source: &str) -> Option<String> {
        let trimmed = url::trim(source);
        let is_data = trimmed.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
        let data = if is_data {
            images::decode_data_url(&trimmed)
        } else if let Some(path) = self.links.site_path(&trimmed, self.page) {
            let path = url::decode(path.split(['?', '#']).next().unwrap_or(""));
            self.options.assets.and_then(|assets| assets.read(&path))
        } else {
            let message = format!("the image `{trimmed}` is on another machine; a link stands for it");
            self.diagnostics.push(Diagnostic::warning("lost/remote-image", message));
            return None;
        };
        let shown: String = trimmed.chars().take(100).collect();
        let Some(data) = data else {
            self.diagnostics.push(Diagnostic::warning("asset/missing", format!("the image `{shown}` is not in the site")));
            return None;
        };
        let Some(image) = images::make(&data) else {
            let message = format!("`{shown}` is no image that a book can hold (GIF, JPEG, PNG, SVG, WebP)");
            self.diagnostics.push(Diagnostic::warning("asset/missing", message));
            return None;
        };
        let path = image.member.name.trim_start_matches("EPUB/").to_owned();
        if !self.images.iter().any(|known| known.member.name == image.member.name) {
            self.images.push(image);
        }
        Some(path)
    }

    /// URLs of elements other than links and images: absolute, or not there.
    fn element(&mut self, namespace: Namespace, name: &str, attr: &mut Attr) {
        for key in ["src", "href", "data", "poster", "xlink:href"] {
            let Some(value) = attr.value(key).map(Text::from) else { continue };
            let kept: Option<Text> = match (namespace, self.links.find(&value, self.page)) {
                (Namespace::Svg | Namespace::MathMl, Target::Here(id)) => self.ids.find(&id).map(|id| format!("#{id}").into()),
                (Namespace::Svg | Namespace::MathMl, _) => None,
                (Namespace::Html, Target::Web(url)) => Some(url.into()),
                (Namespace::Html, _) if name == "a" => self.target(&value),
                (Namespace::Html, _) => None,
            };
            match kept {
                Some(value) => attr.set(key, &value),
                None => {
                    attr.remove(key);
                }
            }
        }
    }

    fn attributes(&mut self, tag: &str, attr: &mut Attr) {
        if attr.pairs().is_empty() {
            return;
        }
        if let Some(text) = attr.value("style") {
            let style = style::read(text);
            if style.lost {
                let message = format!("the style `{text}` of `{tag}` was left to the reader's program");
                self.diagnostics.push(Diagnostic::note("html/attribute", message));
            }
            if style.kept.is_empty() {
                attr.remove("style");
            } else {
                attr.set("style", &style.kept);
            }
            if let Some(direction) = style.direction {
                attr.set("dir", direction);
            }
        }
        let language = attr.remove("xml:lang");
        if let Some(language) = attr.remove("lang").or(language).as_deref().and_then(language_tag) {
            attr.set("lang", &language);
        }
        if let Some(cite) = attr.value("cite") {
            // Readers take it for a resource of the book, so it must be one that may be elsewhere.
            match self.links.find(cite, self.page) {
                Target::Web(url) if url.starts_with("https:") => attr.set("cite", &url),
                _ => {
                    let message = format!("the source `{cite}` of a quotation was left out");
                    self.diagnostics.push(Diagnostic::note("lost/attribute", message));
                    attr.remove("cite");
                }
            }
        }
        for name in USELESS {
            attr.remove(name);
        }
        // The words of `epub:type` are for the book to say.
        attr.remove("epub:type");
        for name in REFERENCES {
            let Some(value) = attr.value(name) else { continue };
            let known: Vec<&str> = value.split_whitespace().filter_map(|id| self.ids.find(id)).map(Text::as_str).collect();
            let known = known.join(" ");
            if known.is_empty() {
                attr.remove(name);
            } else {
                attr.set(name, &known);
            }
        }
    }
}

/// The name of a chapter's first file without its extension.
pub fn stem(chapter: usize) -> String {
    format!("c{:04}", chapter + 1)
}

/// Says whether a heading has that text.
pub fn is_heading_of(block: &Block, title: &str) -> bool {
    let Block::Heading { level, content, .. } = block else { return false };
    level.get() == 1 && crate::xml::one_line(&inline_text(content)) == title
}

/// The name of a file in a URL without its extension, where it has one.
fn file_name(source: &str) -> Option<Text> {
    let path = source.split(['?', '#']).next().filter(|path| !path.starts_with("data:"))?;
    let decoded = url::decode(path);
    let stem = Path::new(&decoded).file_stem()?.to_str()?.trim();
    (!stem.is_empty()).then(|| stem.into())
}
