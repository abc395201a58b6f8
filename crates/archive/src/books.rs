//! Shelves of books: which post is a chapter of which volume, and the volumes as they are written.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use postferry::epub::{Assets, Book, BookWriter, Chapter, ChapterOptions, Links, Parts, chapter};
use postferry::{Block, Diagnostic, Document, Folder, Format, Inline, Post, SiteFiles, guess_language, plain_text, safe_path};

use crate::convert::Run;
use crate::plan::Origin;
use crate::sink::Stream;
use crate::{Input, RunError, Volumes};

/// A volume: the group of inputs it belongs to (a site, or all loose posts) and its name within that.
type Key = (usize, String);

/// What a post gives to a book.
pub(crate) enum BookPiece {
    /// A chapter of a volume.
    Chapter(Key, Box<Chapter>),
    /// A whole book of one post, with its name; the worker writes it.
    Book(String, Vec<u8>),
}

impl BookPiece {
    /// Bytes that wait while the piece waits for its turn.
    pub fn held_bytes(&self) -> usize {
        match self {
            Self::Chapter(_, chapter) => chapter.packed_size(),
            Self::Book(_, bytes) => bytes.len(),
        }
    }
}

/// What is known of the books before any post is read; shared by the workers.
pub(crate) struct Shelf {
    /// A group a site, and one more for loose posts, last.
    groups: Vec<Group>,
    /// The pages that links may lead to, by volume.
    links: HashMap<Key, Links>,
    /// The group of each item.
    group_of: Vec<usize>,
}

struct Group {
    book: Book,
    /// The name of its books without the ending.
    name: String,
    assets: SiteAssets,
}

/// The files of a site or of a folder of posts.
struct SiteAssets(Option<Folder>);

impl Assets for SiteAssets {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.as_ref()?.read(path.trim_start_matches('/')).ok()
    }
}

/// The books of a run as they are written.
pub(crate) struct Books {
    shelf: Arc<Shelf>,
    open: BTreeMap<Key, BookWriter<Stream>>,
}

impl Books {
    /// Looks which books there will be; a book is opened when its first chapter comes.
    pub fn plan(run: &Run<'_>) -> Self {
        let loose = run.sites.len();
        let group_of: Vec<usize> = run
            .items
            .iter()
            .map(|item| match item.origin {
                Origin::Site { site, .. } => site,
                Origin::File(_) | Origin::Below(_) | Origin::Bytes(_) | Origin::Skipped(_) | Origin::Unreadable(_) => loose,
            })
            .collect();
        let groups = (0..=loose).map(|group| Group::describe(run, group, &group_of)).collect();
        let mut links: HashMap<Key, Links> = HashMap::new();
        for (number, item) in run.items.iter().enumerate() {
            let Origin::Site { site, source } = item.origin else { continue };
            let (site, source) = (&run.sites[site], &run.sites[site].sources()[source]);
            if !source.is_shown() || source.url.is_empty() {
                continue;
            }
            let year = site.config().zone.at(source.date).year;
            let key = (
                group_of[number],
                volume(run.job.volumes, number, Some(year), source.categories().first().map(|category| &**category)),
            );
            let config = site.config();
            let links = links
                .entry(key)
                .or_insert_with(|| Links::new(config.text("url").as_deref(), config.text("baseurl").as_deref().unwrap_or("")));
            links.insert(&source.url, number);
        }
        Self { shelf: Arc::new(Shelf { groups, links, group_of }), open: BTreeMap::new() }
    }

    /// What the workers need to know.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf)
    }

    /// Adds what item `number` gave. An item that links may lead to but that gave nothing becomes a chapter that says so.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn add(&mut self, run: &Run<'_>, number: usize, piece: Option<BookPiece>) -> Result<(), RunError> {
        let (key, chapter) = match piece {
            Some(BookPiece::Chapter(key, chapter)) => (key, *chapter),
            Some(BookPiece::Book(..)) => return Ok(()),
            None => match self.shelf.stand_in(run, number) {
                Some(stand_in) => stand_in,
                None => return Ok(()),
            },
        };
        if !self.open.contains_key(&key) {
            let group = &self.shelf.groups[key.0];
            let stem = if key.1.is_empty() {
                group.name.clone()
            } else {
                format!("{}-{}", group.name, safe_path(&key.1.replace('/', "-")))
            };
            let out = run.place.open(&run.layout.name(Format::Epub, &stem))?;
            let mut book = group.book.clone();
            if !key.1.is_empty() {
                book.title = format!("{} – {}", book.title, key.1);
            }
            self.open.insert(key.clone(), BookWriter::new(out, book)?);
        }
        if let Some(book) = self.open.get_mut(&key) {
            book.add(chapter)?;
        }
        Ok(())
    }

    /// Ends all books.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn finish(self) -> Result<(), RunError> {
        for book in self.open.into_values() {
            book.finish()?.finish()?;
        }
        Ok(())
    }
}

impl Shelf {
    /// Makes a post's chapter, or its book where each post is one.
    pub fn piece(&self, run: &Run<'_>, number: usize, post: &Post) -> (BookPiece, Vec<Diagnostic>) {
        let meta = &post.document.meta;
        let group = self.group_of[number];
        let key = (
            group,
            volume(run.job.volumes, number, meta.date.map(|d| d.year), meta.categories.first().map(|category| &**category)),
        );
        let mut chapter = self.chapter(&key, number, &post.document);
        let mut diagnostics = std::mem::take(&mut chapter.diagnostics);
        for diagnostic in &mut diagnostics {
            diagnostic.place.path.clone_from(&post.path);
        }
        if run.job.volumes != Volumes::Post {
            return (BookPiece::Chapter(key, Box::new(chapter)), diagnostics);
        }
        let mut book = self.groups[group].book.clone();
        meta.title.as_deref().unwrap_or(&post.path).clone_into(&mut book.title);
        book.authors = meta.authors.iter().map(ToString::to_string).collect();
        if let Some(language) = &meta.language {
            book.language = language.to_string();
        }
        let bytes = BookWriter::new(Vec::new(), book).and_then(|mut writer| writer.add(chapter).and_then(|()| writer.finish()));
        let name = run.layout.name(Format::Epub, &run.items[number].stem);
        (BookPiece::Book(name, bytes.expect("writing into memory cannot fail")), diagnostics)
    }

    fn chapter(&self, key: &Key, number: usize, document: &Document) -> Chapter {
        let group = &self.groups[key.0];
        let mut options = ChapterOptions::default();
        options.links = self.links.get(key);
        options.assets = Some(&group.assets);
        options.language = &group.book.language;
        chapter(document, number, &options)
    }

    /// A chapter in the place of a post that could not be converted, so that links to it lead somewhere.
    fn stand_in(&self, run: &Run<'_>, number: usize) -> Option<(Key, Chapter)> {
        let Origin::Site { site, source } = run.items[number].origin else { return None };
        let (site, source) = (&run.sites[site], &run.sites[site].sources()[source]);
        if !source.is_shown() || source.url.is_empty() || run.job.volumes == Volumes::Post {
            return None;
        }
        let mut document = Document::default();
        document.meta.title = Some(source.title.clone());
        document.meta.url = Some(source.url.clone());
        document.meta.date = Some(site.config().zone.at(source.date));
        document
            .blocks
            .push(Block::paragraph(vec![Inline::text(&format!("{}: this post could not be converted.", source.path))]));
        let year = document.meta.date.map(|d| d.year);
        let key = (
            self.group_of[number],
            volume(run.job.volumes, number, year, source.categories().first().map(|category| &**category)),
        );
        let chapter = self.chapter(&key, number, &document);
        Some((key, chapter))
    }
}

/// The name of a volume within its group; empty for the only one.
fn volume(volumes: Volumes, number: usize, year: Option<i32>, category: Option<&str>) -> String {
    match volumes {
        Volumes::None => String::new(),
        Volumes::Post => number.to_string(),
        Volumes::Year => year.map_or_else(|| "undated".to_owned(), |year| year.to_string()),
        Volumes::Category => category.unwrap_or("uncategorized").to_owned(),
    }
}

impl Group {
    fn describe(run: &Run<'_>, group: usize, group_of: &[usize]) -> Self {
        let mut book = Book::default();
        book.parts = if run.job.volumes == Volumes::None { Parts::Year } else { Parts::None };
        let (mut name, mut assets) = ("posts".to_owned(), None);
        let mut inputs = run.job.inputs.iter();
        if let Some(site) = run.sites.get(group) {
            let config = site.config();
            if let Some(input) = inputs.clone().filter(|input| matches!(input, Input::Site(_))).nth(group) {
                name = safe_path(&input.folder_name());
                assets = root(input);
            }
            book.title = config.text("title").or_else(|| config.text("name")).unwrap_or_else(|| name.clone());
            book.description = config.text("description");
            book.authors = config.text("author").into_iter().collect();
            book.site_url = config.text("url").filter(|url| !url.is_empty());
            book.language = ["lang", "language", "locale"].iter().find_map(|key| config.text(key)).unwrap_or_default();
        } else if let Some(input) = inputs.find(|input| !matches!(input, Input::Site(_))) {
            assets = root(input);
            if let Input::Folder(_) = input {
                name = safe_path(&input.folder_name());
            } else if let [item] = run.items {
                name.clone_from(&item.stem);
            }
            book.title.clone_from(&name);
        }
        let mut readable = (0..group_of.len()).filter(|n| group_of[*n] == group);
        let alone = readable.clone().count() == 1;
        let is_loose = group == run.sites.len();
        if (book.language.is_empty() || (alone && is_loose))
            && let Some(post) = readable.find_map(|n| run.read(&run.items[n]).post())
        {
            let meta = &post.document.meta;
            let guess = || guess_language(&plain_text(&post.document.blocks)).map(str::to_owned);
            book.language = meta.language.as_ref().map(ToString::to_string).or_else(guess).unwrap_or_default();
            if alone && is_loose {
                meta.title.as_deref().unwrap_or(&name).clone_into(&mut book.title);
                book.authors = meta.authors.iter().map(ToString::to_string).collect();
            }
        }
        Self { book, name, assets: SiteAssets(assets.map(Folder::new)) }
    }
}

/// The folder that images of an input are looked for in.
fn root(input: &Input) -> Option<PathBuf> {
    match input {
        Input::Site(path) | Input::Folder(path) => Some(path.clone()),
        Input::File(path) => {
            path.parent().map(|parent| if parent.as_os_str().is_empty() { ".".into() } else { parent.to_owned() })
        }
        Input::Bytes { .. } => None,
    }
}
