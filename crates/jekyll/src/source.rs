//! The files of a site and what Jekyll takes each for.

use postferry_doc::Text;

/// What Jekyll takes a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A file of `_posts`.
    Post,
    /// A file of `_drafts`.
    Draft,
    /// A document of another collection.
    Document,
    /// A page: a file elsewhere that begins with `---`.
    Page,
    /// A file that is copied as it is.
    Asset,
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// It is part of the site.
    Shown,
    /// Jekyll leaves it out, for this reason.
    Skipped(Box<str>),
    /// It cannot be read, or Jekyll would end the build at it, for this reason.
    Failed(Box<str>),
}

/// A file of a site: what is known of it without keeping its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path within the site.
    pub path: Text,
    /// What Jekyll takes it for.
    pub kind: SourceKind,
    /// The number of its collection in the configuration; posts and drafts are of the first one.
    pub(crate) collection: u16,
    /// What becomes of it.
    pub state: SourceState,
    /// The path of its page on the site; empty where it has none.
    pub url: Text,
    /// The title as a text; empty where there is none.
    pub title: Text,
    /// The name of the page in its URL.
    pub slug: Text,
    /// Its date in seconds since 1970, in the site's zone; of pages 0.
    pub date: i64,
    /// Whether title, categories and tags are texts and nothing else.
    pub(crate) is_plain: bool,
    /// Whether what is written is HTML, by its extension.
    pub(crate) is_html: bool,
    pub(crate) categories: Box<[Text]>,
    pub(crate) tags: Box<[Text]>,
}

impl Source {
    /// The categories in order.
    pub fn categories(&self) -> &[Text] {
        &self.categories
    }

    /// Says whether it is part of the site as a document or page.
    pub fn is_shown(&self) -> bool {
        self.state == SourceState::Shown && self.kind != SourceKind::Asset
    }
}
