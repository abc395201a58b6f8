//! Whole pages: a document as a page of its own, and a saved page as a document.

use postferry_doc::{DateTime, Diagnostic, Document, Text};

use crate::dom::{Data, Dom, Id, NONE, Step};
use crate::lower;
use crate::names;
use crate::parse;
use crate::read::ReadOptions;
use crate::write::{Syntax, WriteOptions, Written, escape_attribute, escape_text, write};

/// How a page is written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PageOptions<'a> {
    /// How the content is written; the page has the same syntax. Default: HTML.
    pub content: WriteOptions<'a>,
    /// Whether the small style sheet is put in; default true.
    pub style: bool,
}

impl Default for PageOptions<'_> {
    fn default() -> Self {
        Self { content: WriteOptions::default(), style: true }
    }
}

/// Readable on paper and screen, light and dark, and nothing else.
const STYLE: &str = "\
body { max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.6; font-family: serif; color-scheme: light dark; }
img, table, pre { max-width: 100%; }
pre { overflow: auto; padding: 0.75em; border: 1px solid #8888; }
code { font-family: monospace; font-size: 0.9em; }
table { border-collapse: collapse; }
th, td { padding: 0.25em 0.75em; border: 1px solid #8888; }
blockquote { margin-left: 0; padding-left: 1em; border-left: 3px solid #8888; }
header time { color: #777; }
.footnotes { margin-top: 3em; border-top: 1px solid #8888; font-size: 0.9em; }
.task-list { list-style: none; padding-left: 1em; }
";

/// Writes a document as a page: title, language, date and the content in an `<article>`.
pub fn write_page(document: &Document, options: &PageOptions<'_>) -> Written {
    let xhtml = options.content.syntax == Syntax::Xhtml;
    let meta = &document.meta;
    let content = write(&document.blocks, &document.notes, &options.content);
    let title = meta.title.as_deref().unwrap_or("");
    let mut out = String::new();
    if xhtml {
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }
    out.push_str("<!DOCTYPE html>\n<html");
    if xhtml {
        out.push_str(" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
    }
    if let Some(language) = &meta.language {
        attribute(&mut out, "lang", language, xhtml);
        if xhtml {
            attribute(&mut out, "xml:lang", language, xhtml);
        }
    }
    out.push_str(">\n<head>\n<meta charset=\"utf-8\" />\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>");
    escape_text(&mut out, title, xhtml);
    out.push_str("</title>\n");
    let date = meta.date.map(|date| date.to_string());
    let authors: Vec<(&str, &str)> = meta.authors.iter().map(|author| ("author", author.as_str())).collect();
    let keywords = meta.tags.join(", ");
    let fields = authors
        .into_iter()
        .chain(meta.description.as_deref().map(|text| ("description", text)))
        .chain(date.as_deref().map(|date| ("date", date)))
        .chain((!keywords.is_empty()).then_some(("keywords", keywords.as_str())));
    for (name, value) in fields {
        out.push_str("<meta");
        attribute(&mut out, "name", name, xhtml);
        attribute(&mut out, "content", value, xhtml);
        out.push_str(" />\n");
    }
    if options.style {
        out.push_str("<style>\n");
        out.push_str(STYLE);
        out.push_str("</style>\n");
    }
    out.push_str("</head>\n<body>\n<article>\n");
    if !title.is_empty() || date.is_some() {
        out.push_str("<header>\n");
        if !title.is_empty() {
            out.push_str("<h1>");
            escape_text(&mut out, title, xhtml);
            out.push_str("</h1>\n");
        }
        if let Some(date) = &date {
            out.push_str("<p><time");
            attribute(&mut out, "datetime", date, xhtml);
            out.push('>');
            out.push_str(date.get(..10).unwrap_or(date));
            out.push_str("</time></p>\n");
        }
        out.push_str("</header>\n");
    }
    out.push_str(&content.html);
    out.push_str("</article>\n</body>\n</html>\n");
    Written { html: out, diagnostics: content.diagnostics }
}

fn attribute(out: &mut String, name: &str, value: &str, xhtml: bool) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_attribute(out, value, xhtml);
    out.push('"');
}

/// Reads a whole page: what its head says becomes metadata, its one `<article>` or `<main>`, else its body, the content.
pub fn read_page(html: &str, options: &ReadOptions) -> (Document, Vec<Diagnostic>) {
    let mut parsed = parse::parse_document(html, &options.limits);
    let dom = &parsed.dom;
    let root = parsed.root;
    let mut document = Document::default();
    document.meta.language =
        dom.attr(root, "lang").or_else(|| dom.attr(root, "xml:lang")).filter(|l| !l.is_empty()).map(Text::from);
    let head = dom.children(root).find(|id| dom.html_name(*id) == "head");
    let body = dom.children(root).find(|id| dom.html_name(*id) == "body").unwrap_or(root);
    if let Some(head) = head {
        read_head(dom, head, &mut document);
    }
    let content = only(dom, body, "article").or_else(|| only(dom, body, "main")).unwrap_or(body);
    let outside = letters(dom, body) - letters(dom, content);
    if let Some(header) = header_of(dom, content, document.meta.title.as_deref()) {
        parsed.dom.detach(header);
    }
    parsed.root = content;
    parsed.before.clear();
    let mut reading = lower::lower(&parsed, html, &[], options);
    document.blocks = reading.blocks;
    document.notes = reading.notes;
    if outside > 0 {
        let message = format!("{outside} letters stand outside of the page's article and were left out");
        reading.diagnostics.push(Diagnostic::note("html/outside", message));
    }
    (document, reading.diagnostics)
}

/// Counts the letters and digits that a node shows.
fn letters(dom: &Dom, id: Id) -> usize {
    let mut count = 0;
    dom.descend(id, &mut |node, step| {
        if let (Data::Text(text), Step::Enter) = (&dom.node(node).data, step)
            && !names::is_invisible(dom.html_name(dom.up(node)))
        {
            count += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
    });
    count
}

fn read_head(dom: &Dom, head: Id, document: &mut Document) {
    let meta = &mut document.meta;
    let mut title = None;
    for id in dom.children(head) {
        match dom.html_name(id) {
            "title" => title = title.or(Some(dom.text(id))),
            "link" if dom.attr(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                meta.url = meta.url.take().or_else(|| dom.attr(id, "href").map(Text::from));
            }
            "meta" => {
                let key = dom.attr(id, "name").or_else(|| dom.attr(id, "property")).unwrap_or_default();
                let value = dom.attr(id, "content").unwrap_or_default().trim();
                if value.is_empty() {
                    continue;
                }
                match key.to_ascii_lowercase().as_str() {
                    "og:title" => meta.title = Some(value.into()),
                    "description" => meta.description = Some(value.into()),
                    "og:description" => meta.description = meta.description.take().or(Some(value.into())),
                    "author" | "article:author" => meta.authors.push(value.into()),
                    "keywords" => meta.tags.extend(value.split(',').map(|t| t.trim().into()).filter(|t: &Text| !t.is_empty())),
                    "date" | "article:published_time" => meta.date = meta.date.or_else(|| DateTime::parse(value)),
                    "article:modified_time" => meta.updated = meta.updated.or_else(|| DateTime::parse(value)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let plain = title.map(|t| t.split_ascii_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty());
    meta.title = meta.title.take().or(plain.map(Text::from));
}

/// The only element of that name below a node.
fn only(dom: &Dom, id: Id, name: &str) -> Option<Id> {
    let mut found = NONE;
    let mut count = 0;
    dom.descend(id, &mut |node, step| {
        if step == Step::Enter && dom.html_name(node) == name {
            found = node;
            count += 1;
        }
    });
    (count == 1).then_some(found)
}

/// The header that only repeats the title.
fn header_of(dom: &Dom, content: Id, title: Option<&str>) -> Option<Id> {
    let first = dom.children(content).find(|child| !dom.is_blank(*child)).filter(|id| dom.html_name(*id) == "header")?;
    let heading = dom.children(first).find(|child| dom.html_name(*child) == "h1")?;
    (title == Some(dom.text(heading).trim())).then_some(first)
}

#[cfg(test)]
mod tests {
    use postferry_doc::{Block, Inline, Meta};

    use super::*;

    #[test]
    fn a_page_reads_back() {
        let meta = Meta {
            title: Some("1 < 2".into()),
            date: DateTime::parse("2022-01-11T09:16:54+08:00"),
            language: Some("zh".into()),
            tags: vec!["a".into(), "b".into()],
            ..Meta::default()
        };
        let blocks = vec![Block::paragraph(vec![Inline::text("x")])];
        let document = Document { meta, blocks, ..Document::default() };
        let page = write_page(&document, &PageOptions::default());
        assert_eq!(read_page(&page.html, &ReadOptions::default()), (document, vec![]));
    }

    #[test]
    fn what_stands_around_the_article_is_told() {
        let page = "<title>a</title><nav>one two</nav><script>x</script><article><p>b</p></article>";
        let (document, diagnostics) = read_page(page, &ReadOptions::default());
        assert_eq!(document.blocks, [Block::paragraph(vec![Inline::text("b")])]);
        let told: Vec<_> = diagnostics.iter().map(|d| (d.code, d.message.as_str())).collect();
        assert_eq!(told, [("html/outside", "6 letters stand outside of the page's article and were left out")]);
    }

    #[test]
    fn a_fragment_is_a_page_too() {
        let (document, _) = read_page("<title> a\n b</title><p>x", &ReadOptions::default());
        assert_eq!(document.meta.title.as_deref(), Some("a b"));
        assert_eq!(document.blocks, [Block::paragraph(vec![Inline::text("x")])]);
    }
}
