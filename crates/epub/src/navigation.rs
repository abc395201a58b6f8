//! The table of contents: the navigation document (EPUB 3.3, section 7) and the NCX that older readers want.

use std::fmt::Write;

use crate::book::{Entry, Index};
use crate::labels::labels;
use crate::page;
use crate::xml::{escape, one_line};

/// A book of more chapters than this does not show its table of contents as a page: readers have their own view of it.
const PAGE_LIMIT: usize = 1000;

/// Says whether the table of contents is a page of the book.
pub fn is_page(index: &Index) -> bool {
    index.entries.len() <= PAGE_LIMIT
}

/// Writes the navigation document: the table of contents and the landmarks.
pub fn write_nav(index: &Index) -> String {
    let words = labels(&index.book.language);
    let mut body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n<h1 id=\"toc-title\">{}</h1>\n<ol>\n",
        words.contents
    );
    for run in runs(index) {
        let Some(part) = &run[0].part else {
            push_items(&mut body, run);
            continue;
        };
        let label = escape(&one_line(part));
        writeln!(body, "<li><a href=\"{}.xhtml\">{label}</a>\n<ol>", run[0].stem).expect(INFALLIBLE);
        push_items(&mut body, run);
        body.push_str("</ol>\n</li>\n");
    }
    if index.entries.is_empty() {
        writeln!(body, "<li><a href=\"title.xhtml\">{}</a></li>", words.title_page).expect(INFALLIBLE);
    }
    body.push_str("</ol>\n</nav>\n");
    writeln!(body, "<nav epub:type=\"landmarks\" hidden=\"hidden\" aria-label=\"{}\">\n<ol>", words.landmarks).expect(INFALLIBLE);
    writeln!(body, "<li><a epub:type=\"titlepage\" href=\"title.xhtml\">{}</a></li>", words.title_page).expect(INFALLIBLE);
    if is_page(index) {
        writeln!(body, "<li><a epub:type=\"toc\" href=\"nav.xhtml#toc\">{}</a></li>", words.contents).expect(INFALLIBLE);
    }
    if let Some(first) = index.entries.first() {
        writeln!(body, "<li><a epub:type=\"bodymatter\" href=\"{}.xhtml\">{}</a></li>", first.stem, words.beginning)
            .expect(INFALLIBLE);
    }
    body.push_str("</ol>\n</nav>\n");
    page::write(&index.book.language, &one_line(&index.book.title), &body)
}

/// Writes the NCX.
pub fn write_ncx(index: &Index) -> String {
    let words = labels(&index.book.language);
    let language = escape(&index.book.language);
    let depth = if index.entries.iter().any(|entry| entry.part.is_some()) { 2 } else { 1 };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{language}\">\n<head>\n\
         <meta name=\"dtb:uid\" content=\"{}\"/>\n<meta name=\"dtb:depth\" content=\"{depth}\"/>\n\
         <meta name=\"dtb:totalPageCount\" content=\"0\"/>\n<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n</head>\n\
         <docTitle><text>{}</text></docTitle>\n<navMap>\n",
        escape(&one_line(&index.identifier)),
        escape(&one_line(&index.book.title)),
    );
    let mut points = Points { out: &mut out, count: 0 };
    points.open(words.title_page, "title");
    points.close();
    for (number, run) in runs(index).enumerate() {
        if let Some(part) = &run[0].part {
            points.open_part(number, &one_line(part), &run[0].stem);
        }
        for entry in run {
            points.open(&entry.title, &entry.stem);
            points.close();
        }
        if run[0].part.is_some() {
            points.close();
        }
    }
    out.push_str("</navMap>\n</ncx>\n");
    out
}

const INFALLIBLE: &str = "writing to a String cannot fail";

/// Chapters that follow one another and are of one part.
fn runs(index: &Index) -> impl Iterator<Item = &[Entry]> {
    index.entries.chunk_by(|a, b| a.part == b.part)
}

fn push_items(out: &mut String, entries: &[Entry]) {
    for entry in entries {
        writeln!(out, "<li><a href=\"{}.xhtml\">{}</a></li>", entry.stem, escape(&entry.title)).expect(INFALLIBLE);
    }
}

struct Points<'a> {
    out: &'a mut String,
    count: usize,
}

impl Points<'_> {
    fn open(&mut self, title: &str, stem: &str) {
        self.point(&format!("ncx-{stem}"), title, stem);
    }

    fn open_part(&mut self, number: usize, title: &str, stem: &str) {
        self.point(&format!("ncx-part-{}", number + 1), title, stem);
        // A part begins where its first chapter does: both share the place in the order of play.
        self.count -= 1;
    }

    fn point(&mut self, id: &str, title: &str, stem: &str) {
        self.count += 1;
        writeln!(
            self.out,
            "<navPoint id=\"{id}\" playOrder=\"{}\">\n<navLabel><text>{}</text></navLabel>\n<content src=\"{stem}.xhtml\"/>",
            self.count,
            escape(title),
        )
        .expect(INFALLIBLE);
    }

    fn close(&mut self) {
        self.out.push_str("</navPoint>\n");
    }
}
