//! A post as a chapter: its pages compressed, its images beside them.

use postferry_doc::{DateTime, Diagnostic, Document, Meta};

use crate::book::file_stem;
use crate::container::Member;
use crate::ids::Ids;
use crate::images::{Assets, Image};
use crate::labels::{Labels, labels, language_tag, spell_day};
use crate::links::Links;
use crate::page;
use crate::resolve::{Resolver, is_heading_of, stem};
use crate::split;
use crate::xml::{escape, one_line, push_escaped};

/// The id of a chapter's heading.
const TITLE_ID: &str = "chapter-title";

/// How posts become chapters.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct ChapterOptions<'a> {
    /// Which page of the site is which chapter; default none.
    pub links: Option<&'a Links>,
    /// The files of the site; default none, so that every image is missing.
    pub assets: Option<&'a dyn Assets>,
    /// The language of posts that do not name theirs (`zh_CN` will do); default `und`.
    pub language: &'a str,
    /// A post of more bytes of XHTML than this becomes several files; default 250,000.
    pub file_bytes: Option<usize>,
}

impl std::fmt::Debug for ChapterOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { links, assets, language, file_bytes } = self;
        f.debug_struct("ChapterOptions")
            .field("links", links)
            .field("assets", &assets.is_some())
            .field("language", language)
            .field("file_bytes", file_bytes)
            .finish()
    }
}

/// A chapter, ready to be added to a book.
#[derive(Debug)]
pub struct Chapter {
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// The places of the chapter's first file that links may lead to: their ids in the post and in the book. For
    /// [`Links::insert_anchors`], where a caller renders posts twice.
    pub anchors: Vec<(String, String)>,
    pub(crate) stem: String,
    pub(crate) title: String,
    pub(crate) date: Option<DateTime>,
    pub(crate) category: Option<String>,
    pub(crate) files: Vec<Member>,
    pub(crate) traits: Vec<Traits>,
    pub(crate) images: Vec<Image>,
}

impl Chapter {
    /// How many bytes it adds to a book, about.
    pub fn packed_size(&self) -> usize {
        self.files.iter().chain(self.images.iter().map(|image| &image.member)).map(Member::packed_size).sum()
    }
}

/// What a file holds, as far as a book must say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a claim of its own in the package document")]
pub struct Traits {
    pub images: u32,
    /// Images whose text alternative is not the author's.
    pub undescribed: u32,
    pub mathml: bool,
    pub svg: bool,
    pub ruby: bool,
    /// Whether something may move or flash.
    pub moving: bool,
}

impl Traits {
    pub fn add(&mut self, other: &Self) {
        self.images += other.images;
        self.undescribed += other.undescribed;
        self.mathml |= other.mathml;
        self.svg |= other.svg;
        self.ruby |= other.ruby;
        self.moving |= other.moving;
    }

    pub fn has_visuals(&self) -> bool {
        self.images > 0 || self.svg
    }

    /// Reads the traits off a page: `<` is a tag's beginning only, as text has it escaped.
    fn of_page(page: &str) -> Self {
        Self {
            images: page.matches("<img").count() as u32,
            undescribed: 0,
            mathml: page.contains("<math"),
            svg: page.contains("<svg"),
            ruby: page.contains("<ruby"),
            moving: page.contains(".gif\""),
        }
    }
}

/// Renders a post as a chapter; pure, for any thread. `index` counts the chapters of the book from 0.
///
/// The names of files come of `index` (`c0001.xhtml` for 0), so links between chapters need no other chapter to be there.
pub fn chapter(document: &Document, index: usize, options: &ChapterOptions<'_>) -> Chapter {
    let meta = &document.meta;
    let language = meta.language.as_deref().and_then(language_tag).or_else(|| language_tag(options.language));
    let language = language.unwrap_or_else(|| "und".into());
    let words = labels(&language);
    let title = title_of(meta, &words);
    let page = meta.url.as_deref().unwrap_or("/");

    let mut blocks = document.blocks.clone();
    let mut notes = document.notes.clone();
    let mut ids = Ids::default();
    ids.reserve(TITLE_ID);
    // A post that begins with its own title says it once.
    if blocks.first().is_some_and(|block| is_heading_of(block, &title)) {
        let heading = blocks.remove(0);
        if let Some(id) = heading.attr().and_then(|attr| attr.id()) {
            ids.redirect(id, TITLE_ID);
        }
    }
    ids.rename(&mut blocks, &mut notes);
    let no_links = Links::default();
    let mut resolver = Resolver::new(options, options.links.unwrap_or(&no_links), words, page, ids);
    resolver.blocks(&mut blocks);
    for note in &mut notes {
        resolver.blocks(&mut note.blocks);
    }
    resolver.report();
    let Resolver { ids, images, undescribed, mut diagnostics, .. } = resolver;

    let stem = stem(index);
    let limit = options.file_bytes.unwrap_or(250_000);
    let mut pieces = split::split(blocks, &notes, limit);
    split::point_links(&mut pieces, &mut notes, &stem);
    let mut traits = Vec::new();
    let mut files = Vec::new();
    let mut anchors = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        let some_notes = (pieces.len() > 1).then(|| split::notes_of(piece, &notes));
        let written = split::write_fragment(piece, some_notes.as_ref().unwrap_or(&notes));
        diagnostics.extend(written.diagnostics);
        let body = if number == 0 {
            first_body(meta, &title, &words, &written.html)
        } else {
            format!("<section class=\"continued\" aria-label=\"{}\">\n{}</section>\n", escape(&title), written.html)
        };
        if number == 0 {
            anchors = ids.on_page(&body);
        }
        traits.push(Traits::of_page(&body));
        let page = page::write(&language, &title, &body);
        files.push(Member::compressed(format!("EPUB/{}.xhtml", file_stem(&stem, number)), page.as_bytes()));
    }
    traits[0].undescribed = undescribed;
    let category = meta.categories.first().map(|category| one_line(category)).filter(|category| !category.is_empty());
    Chapter { diagnostics, anchors, stem, title, date: meta.date, category, files, traits, images }
}

fn title_of(meta: &Meta, words: &Labels) -> String {
    let candidates = [&meta.title, &meta.slug, &meta.url];
    let mut titles = candidates.into_iter().flatten().map(|text| one_line(text));
    titles.find(|title| !title.is_empty()).unwrap_or_else(|| words.untitled.into())
}

fn first_body(meta: &Meta, title: &str, words: &Labels, html: &str) -> String {
    let mut body = String::with_capacity(html.len() + 512);
    body.push_str("<section epub:type=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"");
    body.push_str(TITLE_ID);
    body.push_str("\">\n<header>\n<h1 class=\"chapter-title\" id=\"");
    body.push_str(TITLE_ID);
    body.push_str("\">");
    push_escaped(&mut body, title);
    body.push_str("</h1>\n");
    let lead = lead_line(meta, words);
    if !lead.is_empty() {
        body.push_str("<p class=\"lead\">");
        body.push_str(&lead);
        body.push_str("</p>\n");
    }
    body.push_str("</header>\n");
    body.push_str(html);
    if !html.ends_with('\n') {
        body.push('\n');
    }
    body.push_str("</section>\n");
    body
}

/// The date, the authors and the categories, as XHTML.
fn lead_line(meta: &Meta, words: &Labels) -> String {
    let mut parts = Vec::new();
    if let Some(date) = meta.date {
        let day = spell_day(words.date, date.year, date.month, date.day);
        let midnight = (date.hour, date.minute, date.second) == (0, 0, 0);
        let shown = if midnight { day } else { format!("{day} {:02}:{:02}", date.hour, date.minute) };
        // HTML knows years of four digits and up, and offsets to the minute.
        let machine = if (1..10_000).contains(&date.year) && date.second < 60 {
            format!(" datetime=\"{}\"", DateTime { nanosecond: 0, ..date })
        } else {
            String::new()
        };
        if machine.is_empty() {
            parts.push(escape(&shown));
        } else {
            parts.push(format!("<time{machine}>{}</time>", escape(&shown)));
        }
    }
    for names in [&meta.authors, &meta.categories] {
        let names: Vec<String> = names.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            parts.push(escape(&names.join(", ")));
        }
    }
    parts.join(" · ")
}
