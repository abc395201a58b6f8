//! The package document (EPUB 3.3, section 5).

use std::fmt::Write;

use postferry_doc::DateTime;

use crate::book::Index;
use crate::chapter::Traits;
use crate::labels::{is_right_to_left, labels};
use crate::navigation;
use crate::xml::{escape, one_line};

const INFALLIBLE: &str = "writing to a String cannot fail";

/// Writes the package document.
pub fn write(index: &Index) -> String {
    let language = escape(&index.book.language);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"book-id\" xml:lang=\"{language}\">\n"
    );
    metadata(&mut out, index);
    manifest(&mut out, index);
    spine(&mut out, index);
    out.push_str("</package>\n");
    out
}

fn metadata(out: &mut String, index: &Index) {
    let book = &index.book;
    out.push_str("<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    element(out, "dc:identifier id=\"book-id\"", &index.identifier);
    element(out, "dc:title id=\"book-title\"", &book.title);
    element(out, "dc:language", &book.language);
    for (number, author) in book.authors.iter().filter(|author| !one_line(author).is_empty()).enumerate() {
        let id = format!("creator-{}", number + 1);
        element(out, &format!("dc:creator id=\"{id}\""), author);
        element(out, &format!("meta refines=\"#{id}\" property=\"role\" scheme=\"marc:relators\""), "aut");
    }
    element(out, "dc:publisher", book.publisher.as_deref().unwrap_or(""));
    element(out, "dc:description", book.description.as_deref().unwrap_or(""));
    element(out, "dc:source", book.site_url.as_deref().unwrap_or(""));
    let modified = book.modified.or(index.newest).unwrap_or(FIRST_ZIP_DAY);
    let modified = spell_utc(&modified);
    element(out, "dc:date", &index.newest.map(|newest| spell_utc(&newest)).unwrap_or_default());
    element(out, "meta property=\"dcterms:modified\"", &modified);
    if let Some((series, number)) = &book.collection
        && !one_line(series).is_empty()
    {
        element(out, "meta property=\"belongs-to-collection\" id=\"series\"", series);
        element(out, "meta refines=\"#series\" property=\"collection-type\"", "series");
        element(out, "meta refines=\"#series\" property=\"group-position\"", &number.to_string());
    }
    accessibility(out, index);
    out.push_str("</metadata>\n");
}

/// Says what is true of this book (EPUB Accessibility 1.1, section 3): each claim is derived from the chapters, and
/// conformance is never claimed.
fn accessibility(out: &mut String, index: &Index) {
    let traits = index.traits;
    let mut meta = |property: &str, value: &str| element(out, &format!("meta property=\"schema:{property}\""), value);
    meta("accessMode", "textual");
    if traits.has_visuals() {
        meta("accessMode", "visual");
        meta("accessModeSufficient", "textual,visual");
    }
    let all_described = traits.undescribed == 0;
    if all_described {
        meta("accessModeSufficient", "textual");
    }
    for (feature, holds) in [
        ("tableOfContents", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("displayTransformability", true),
        ("alternativeText", traits.has_visuals() && all_described),
        ("MathML", traits.mathml),
        ("rubyAnnotations", traits.ruby),
    ] {
        if holds {
            meta("accessibilityFeature", feature);
        }
    }
    meta("accessibilityHazard", if traits.moving { "unknown" } else { "none" });
    let [always, described, undescribed] = labels(&index.book.language).summary;
    let summary = match (traits.has_visuals(), all_described) {
        (false, _) => always.to_owned(),
        (true, true) => format!("{always} {described}"),
        (true, false) => format!("{always} {undescribed}"),
    };
    meta("accessibilitySummary", &summary);
}

fn manifest(out: &mut String, index: &Index) {
    out.push_str("<manifest>\n");
    let mut item = |id: &str, href: &str, media_type: &str, properties: &str| {
        write!(out, "<item id=\"{id}\" href=\"{href}\" media-type=\"{media_type}\"").expect(INFALLIBLE);
        if !properties.is_empty() {
            write!(out, " properties=\"{properties}\"").expect(INFALLIBLE);
        }
        out.push_str("/>\n");
    };
    item("nav", "nav.xhtml", XHTML, "nav");
    item("ncx", "toc.ncx", "application/x-dtbncx+xml", "");
    item("style", "style.css", "text/css", "");
    item("title-page", "title.xhtml", XHTML, "");
    for entry in &index.entries {
        for (file, traits) in entry.files.iter().enumerate() {
            let stem = entry.file_stem(file);
            item(&stem, &format!("{stem}.xhtml"), XHTML, properties(traits));
        }
    }
    for (number, (name, media_type)) in index.images.iter().enumerate() {
        let href = name.strip_prefix("EPUB/").unwrap_or(name);
        item(&format!("image-{}", number + 1), href, media_type, "");
    }
    out.push_str("</manifest>\n");
}

fn properties(traits: &Traits) -> &'static str {
    match (traits.mathml, traits.svg) {
        (false, false) => "",
        (true, false) => "mathml",
        (false, true) => "svg",
        (true, true) => "mathml svg",
    }
}

fn spine(out: &mut String, index: &Index) {
    let direction = if is_right_to_left(&index.book.language) { " page-progression-direction=\"rtl\"" } else { "" };
    writeln!(out, "<spine toc=\"ncx\"{direction}>").expect(INFALLIBLE);
    out.push_str("<itemref idref=\"title-page\"/>\n");
    if navigation::is_page(index) {
        out.push_str("<itemref idref=\"nav\"/>\n");
    }
    for entry in &index.entries {
        for file in 0..entry.files.len() {
            writeln!(out, "<itemref idref=\"{}\"/>", entry.file_stem(file)).expect(INFALLIBLE);
        }
    }
    out.push_str("</spine>\n");
    if let Some(first) = index.entries.first() {
        let words = labels(&index.book.language);
        out.push_str("<guide>\n");
        writeln!(out, "<reference type=\"toc\" title=\"{}\" href=\"nav.xhtml\"/>", words.contents).expect(INFALLIBLE);
        writeln!(out, "<reference type=\"text\" title=\"{}\" href=\"{}.xhtml\"/>", words.beginning, first.stem)
            .expect(INFALLIBLE);
        out.push_str("</guide>\n");
    }
}

const XHTML: &str = "application/xhtml+xml";

/// What a book without any date was changed last: the first day that its container can tell.
const FIRST_ZIP_DAY: DateTime =
    DateTime { year: 1980, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: 0 };

/// Spells a moment as `dcterms:modified` wants it: UTC, to the second; years that it cannot spell become the nearest.
fn spell_utc(time: &DateTime) -> String {
    let utc = DateTime::from_unix(time.unix_seconds(), 0, 0);
    let DateTime { year, month, day, hour, minute, second, .. } = utc;
    match year {
        ..1 => "0001-01-01T00:00:00Z".into(),
        1..10_000 => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
        _ => "9999-12-31T23:59:59Z".into(),
    }
}

/// Writes an element with a text, unless the text is empty.
fn element(out: &mut String, start: &str, text: &str) {
    let text = one_line(text);
    if !text.is_empty() {
        let name = start.split(' ').next().unwrap_or(start);
        writeln!(out, "<{start}>{}</{name}>", escape(&text)).expect(INFALLIBLE);
    }
}
