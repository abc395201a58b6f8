//! A book as it is written: chapters come one by one and go out at once.

use std::collections::HashSet;
use std::io::{self, Write};

use postferry_doc::DateTime;

use crate::chapter::{Chapter, Traits};
use crate::container::{Container, Member};
use crate::identifier::Sha1;
use crate::labels::{labels, language_tag};
use crate::{navigation, package, title_page};

/// What a book says about itself.
///
/// ```
/// let mut book = postferry_epub::Book::default();
/// book.title = "A year of posts".into();
/// book.language = "zh_CN".into();
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Book {
    /// The title; an empty one becomes "Untitled" in the language of the book.
    pub title: String,
    /// The language as a BCP 47 tag (`zh_CN` will do); what is none becomes `und`.
    pub language: String,
    /// The identifier, e.g. `urn:isbn:…`; by default a UUID made from `site_url` and `title`, or from the chapters.
    pub identifier: Option<String>,
    /// The authors in order.
    pub authors: Vec<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// A few sentences about the book.
    pub description: Option<String>,
    /// When it was last changed; by default the date of the newest chapter.
    pub modified: Option<DateTime>,
    /// The address of the site, e.g. `https://example.org`.
    pub site_url: Option<String>,
    /// How the table of contents is parted.
    pub parts: Parts,
    /// The series that this book is a volume of, and its number.
    pub collection: Option<(String, u32)>,
}

/// How a table of contents is parted. A part ends where the next chapter is of another one, so chapters should come
/// in that order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parts {
    /// One list of chapters.
    #[default]
    None,
    /// A part a year.
    Year,
    /// A part a category (the first of each post).
    Category,
}

/// What the index keeps of a chapter.
#[derive(Debug)]
pub struct Entry {
    /// The name of its first file without the extension, e.g. `c0001`.
    pub stem: String,
    pub title: String,
    pub part: Option<String>,
    /// The traits of each of its files.
    pub files: Vec<Traits>,
}

impl Entry {
    /// The name of a file of the chapter without the extension; files count from 0.
    pub fn file_stem(&self, file: usize) -> String {
        file_stem(&self.stem, file)
    }
}

/// The name of a chapter's file without the extension; files count from 0.
pub fn file_stem(stem: &str, file: usize) -> String {
    if file == 0 { stem.to_owned() } else { format!("{stem}-{}", file + 1) }
}

/// Everything that is known when all chapters are there.
#[derive(Debug)]
pub struct Index {
    pub book: Book,
    pub identifier: String,
    pub entries: Vec<Entry>,
    /// Names and media types of images, in the order of their first use.
    pub images: Vec<(String, &'static str)>,
    pub traits: Traits,
    pub oldest: Option<DateTime>,
    pub newest: Option<DateTime>,
}

/// Writes a book; memory grows with the table of contents, not with the text.
///
/// ```
/// use postferry_epub::{Book, BookWriter, ChapterOptions, chapter};
/// use postferry_doc::{Block, Document, Inline};
///
/// let mut document = Document::default();
/// document.meta.title = Some("Hello".into());
/// document.blocks.push(Block::paragraph(vec![Inline::text("Hello, world")]));
/// let mut book = Book::default();
/// book.title = "Posts".into();
/// book.language = "en".into();
///
/// let mut writer = BookWriter::new(Vec::new(), book)?;
/// writer.add(chapter(&document, 0, &ChapterOptions::default()))?;
/// let bytes = writer.finish()?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct BookWriter<W: Write> {
    container: Container<W>,
    index: Index,
    image_names: HashSet<String>,
    content: Sha1,
}

impl<W: Write> BookWriter<W> {
    /// Begins a book.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn new(out: W, mut book: Book) -> io::Result<Self> {
        book.language = language_tag(&book.language).unwrap_or_else(|| "und".into());
        if crate::xml::one_line(&book.title).is_empty() {
            book.title = labels(&book.language).untitled.into();
        }
        let mut container = Container::new(out)?;
        container.add(&Member::compressed("META-INF/container.xml", CONTAINER.as_bytes()))?;
        container.add(&Member::compressed("EPUB/style.css", include_bytes!("style.css")))?;
        let index = Index {
            book,
            identifier: String::new(),
            entries: Vec::new(),
            images: Vec::new(),
            traits: Traits::default(),
            oldest: None,
            newest: None,
        };
        Ok(Self { container, index, image_names: HashSet::new(), content: Sha1::default() })
    }

    /// Adds the next chapter. Its index must be of no other chapter of the book.
    ///
    /// # Errors
    /// What the output reports, or a chapter of 4 GiB.
    pub fn add(&mut self, chapter: Chapter) -> io::Result<()> {
        for member in &chapter.files {
            self.content.update(&member.crc.to_le_bytes());
            self.container.add(member)?;
        }
        for image in chapter.images {
            if self.image_names.insert(image.member.name.clone()) {
                self.container.add(&image.member)?;
                self.index.images.push((image.member.name, image.media_type));
            }
        }
        let part = match self.index.book.parts {
            Parts::None => None,
            Parts::Year => chapter.date.map(|date| format!("{:04}", date.year)),
            Parts::Category => chapter.category,
        };
        for traits in &chapter.traits {
            self.index.traits.add(traits);
        }
        if let Some(date) = chapter.date {
            let seconds = date.unix_seconds();
            if self.index.oldest.is_none_or(|oldest| seconds < oldest.unix_seconds()) {
                self.index.oldest = Some(date);
            }
            if self.index.newest.is_none_or(|newest| seconds > newest.unix_seconds()) {
                self.index.newest = Some(date);
            }
        }
        self.index.entries.push(Entry { stem: chapter.stem, title: chapter.title, part, files: chapter.traits });
        Ok(())
    }

    /// How many bytes have been written so far.
    pub fn bytes_written(&self) -> u64 {
        self.container.bytes_written()
    }

    /// Writes the table of contents and the rest, and gives the output back.
    ///
    /// # Errors
    /// What the output reports.
    pub fn finish(mut self) -> io::Result<W> {
        let index = &mut self.index;
        index.identifier = match (&index.book.identifier, &index.book.site_url) {
            (Some(identifier), _) if !crate::xml::one_line(identifier).is_empty() => identifier.clone(),
            (_, Some(url)) => crate::identifier::uuid_urn(format!("{url}\n{}", index.book.title).as_bytes()),
            (_, None) => {
                let mut name = index.book.title.clone().into_bytes();
                name.extend_from_slice(&self.content.finish());
                crate::identifier::uuid_urn(&name)
            }
        };
        for (name, text) in [
            ("EPUB/title.xhtml", title_page::write(index)),
            ("EPUB/nav.xhtml", navigation::write_nav(index)),
            ("EPUB/toc.ncx", navigation::write_ncx(index)),
            ("EPUB/package.opf", package::write(index)),
        ] {
            self.container.add(&Member::compressed(name, text.as_bytes()))?;
        }
        self.container.finish()
    }
}

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"#;
