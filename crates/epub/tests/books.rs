//! Whole books: what is in them holds together, and is the same each time.

use postferry_doc::{Attr, Block, DateTime, Document, Inline, Level, List, ListItem, ListKind, Note};
use postferry_epub::{Assets, Book, BookWriter, Chapter, ChapterOptions, Links, Parts, chapter, check_book, unpack};

fn book_of(documents: &[Document], options: &ChapterOptions<'_>, about: impl FnOnce(&mut Book)) -> (Vec<u8>, Vec<&'static str>) {
    let chapters = documents.iter().enumerate().map(|(index, document)| chapter(document, index, options)).collect();
    bind(chapters, about)
}

fn bind(chapters: Vec<Chapter>, about: impl FnOnce(&mut Book)) -> (Vec<u8>, Vec<&'static str>) {
    let mut book = Book::default();
    book.title = "Posts & more".into();
    book.language = "en".into();
    about(&mut book);
    let mut writer = BookWriter::new(Vec::new(), book).expect("memory takes all");
    let mut codes = Vec::new();
    for chapter in chapters {
        codes.extend(chapter.diagnostics.iter().map(|diagnostic| diagnostic.code));
        writer.add(chapter).expect("memory takes all");
    }
    (writer.finish().expect("memory takes all"), codes)
}

fn file(book: &[u8], name: &str) -> String {
    let members = unpack(book).expect("the book can be taken apart");
    let (_, content) = members.into_iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no file `{name}`"));
    String::from_utf8(content).expect("the file is text")
}

fn post(title: &str, url: &str, blocks: Vec<Block>) -> Document {
    let mut document = Document { blocks, ..Document::default() };
    document.meta.title = Some(title.into());
    document.meta.url = Some(url.into());
    document.meta.date = DateTime::parse("2022-01-11T09:16:54+08:00");
    document
}

fn link(target: &str) -> Block {
    Block::paragraph(vec![Inline::link(target, vec![Inline::text("there")])])
}

fn image(source: &str, alt: Option<&str>) -> Block {
    let image = Inline::Image { attr: Attr::default(), source: source.into(), title: None, alt: alt.map(Into::into) };
    Block::paragraph(vec![image])
}

struct Pictures;

const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

impl Assets for Pictures {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        match path {
            "/images/a b.gif" => Some(GIF.to_vec()),
            "/images/text.gif" => Some(b"this is no image at all".to_vec()),
            _ => None,
        }
    }
}

#[test]
fn links_lead_to_chapters_the_web_or_nowhere() {
    let mut links = Links::new(Some("https://example.org"), "/blog");
    links.insert("/2022/01/11/a.html", 0);
    links.insert("/2022/01/12/b/", 1);
    let mut options = ChapterOptions::default();
    options.links = Some(&links);
    let targets = [
        "../12/b/",
        "/blog/2022/01/12/b/#part",
        "/about.html",
        "#here",
        "#gone",
        "javascript:alert(1)",
        "https://example.com/x y",
    ];
    let mut blocks: Vec<Block> = targets.iter().map(|target| link(target)).collect();
    blocks.push(Block::Division { attr: Attr::new("here", [], []), blocks: Vec::new() });
    let documents = [post("A", "/2022/01/11/a.html", blocks), post("B", "/2022/01/12/b/", vec![link("../../11/a")])];
    let (book, codes) = book_of(&documents, &options, |_| {});
    assert_eq!(check_book(&book), Vec::<String>::new());
    assert_eq!(codes, ["link/broken", "lost/element"]);
    let page = file(&book, "EPUB/c0001.xhtml");
    let found: Vec<&str> = page.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let expected = ["c0002.xhtml", "c0002.xhtml", "https://example.org/blog/about.html", "#here", "https://example.com/x%20y"];
    assert_eq!(found, expected);
    assert!(file(&book, "EPUB/c0002.xhtml").contains("<a href=\"c0001.xhtml\">there</a>"));
}

#[test]
fn places_in_other_chapters_are_kept_where_they_are_known() {
    let mut links = Links::new(None, "");
    links.insert("/b", 1);
    let heading = Block::Heading {
        attr: Attr::new("1. part", [], []),
        level: Level::new(2),
        generated_id: true,
        content: vec![Inline::text("Part")],
    };
    let documents = [post("A", "/a", vec![link("/b#1.%20part"), link("/b#none")]), post("B", "/b", vec![heading])];
    let first = chapter(&documents[1], 1, &ChapterOptions::default());
    links.insert_anchors(1, &first.anchors);
    let mut options = ChapterOptions::default();
    options.links = Some(&links);
    let (book, _) = book_of(&documents, &options, |_| {});
    assert_eq!(check_book(&book), Vec::<String>::new());
    let page = file(&book, "EPUB/c0001.xhtml");
    assert!(page.contains("href=\"c0002.xhtml#id-1.-part\"") && page.contains("href=\"c0002.xhtml\""), "{page}");
}

#[test]
fn images_come_along_once_or_leave_their_text() {
    let mut options = ChapterOptions::default();
    options.assets = Some(&Pictures);
    let data = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";
    let linked = Inline::link(
        "https://example.com/",
        vec![Inline::Image {
            attr: Attr::default(),
            source: "https://example.com/i.png".into(),
            title: None,
            alt: Some("inner".into()),
        }],
    );
    let blocks = vec![
        image("/images/a%20b.gif?x", None),
        image("../images/a b.gif", Some("")),
        image(data, Some("data")),
        image("/images/none.png", Some("gone")),
        image("/images/text.gif", None),
        image("https://example.com/r.png", Some("remote")),
        Block::paragraph(vec![linked]),
    ];
    let (book, codes) = book_of(&[post("A", "/posts/a.html", blocks)], &options, |_| {});
    assert_eq!(check_book(&book), Vec::<String>::new());
    assert_eq!(codes, ["asset/missing", "asset/missing", "lost/remote-image", "lost/remote-image", "asset/undescribed"]);
    let page = file(&book, "EPUB/c0001.xhtml");
    let package = file(&book, "EPUB/package.opf");
    assert_eq!(package.matches("image/gif").count(), 1);
    for part in [
        " alt=\"a b\" />",
        " alt=\"\" />",
        " alt=\"data\" />",
        "<span class=\"image\">gone</span>",
        "<span class=\"image\">text</span>",
        "<a href=\"https://example.com/r.png\" class=\"image\">remote</a>",
        "<a href=\"https://example.com/\"><span class=\"image\">inner</span></a>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!package.contains("alternativeText") && package.contains("<meta property=\"schema:accessMode\">visual</meta>"));
    assert!(package.contains("<meta property=\"schema:accessibilityHazard\">unknown</meta>"));
}

#[test]
fn claims_vanish_with_what_they_are_about() {
    let mut options = ChapterOptions::default();
    options.assets = Some(&Pictures);
    let (described, _) = book_of(&[post("A", "/a", vec![image("/images/a b.gif", Some("a dot"))])], &options, |_| {});
    assert!(file(&described, "EPUB/package.opf").contains("alternativeText"));
    let (plain, _) = book_of(&[post("A", "/a", vec![link("https://example.com/")])], &options, |_| {});
    let package = file(&plain, "EPUB/package.opf");
    for claim in ["visual", "alternativeText", "MathML", "ruby", "unknown"] {
        assert!(!package.contains(claim), "{claim}");
    }
}

#[test]
fn a_page_says_its_title_date_and_language() {
    let mut document = post(
        "Tom & <Jerry>",
        "/a",
        vec![Block::Heading {
            attr: Attr::new("tom", [], []),
            level: Level::new(1),
            generated_id: true,
            content: vec![Inline::text("Tom & "), Inline::strong(vec![Inline::text("<Jerry>")])],
        }],
    );
    document.blocks.push(link("#tom"));
    document.meta.authors = vec!["Ann".into(), "Bob".into()];
    document.meta.categories = vec!["news".into()];
    document.meta.language = Some("zh_CN".into());
    let (book, _) = book_of(&[document], &ChapterOptions::default(), |_| {});
    assert_eq!(check_book(&book), Vec::<String>::new());
    let page = file(&book, "EPUB/c0001.xhtml");
    for part in [
        "lang=\"zh-CN\" xml:lang=\"zh-CN\"",
        "<title>Tom &amp; &lt;Jerry&gt;</title>",
        "<time datetime=\"2022-01-11T09:16:54+08:00\">2022年1月11日 09:16</time> · Ann, Bob · news</p>",
        "<a href=\"#chapter-title\">",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn contents_are_parted_by_year_or_category() {
    let mut documents = Vec::new();
    for (year, category) in [(2021, "a"), (2021, "b"), (2022, "b")] {
        let mut document = post(&format!("{year} {category}"), "/", Vec::new());
        document.meta.date = DateTime::parse(&format!("{year}-06-01T00:00:00Z"));
        document.meta.categories = vec![category.into()];
        documents.push(document);
    }
    for (parts, first, second) in [(Parts::Year, "2021", "2022"), (Parts::Category, "a", "b")] {
        let (book, _) = book_of(&documents, &ChapterOptions::default(), |book| book.parts = parts);
        assert_eq!(check_book(&book), Vec::<String>::new());
        let nav = file(&book, "EPUB/nav.xhtml");
        let second_file = if parts == Parts::Year { "c0003" } else { "c0002" };
        assert!(nav.contains(&format!("<li><a href=\"c0001.xhtml\">{first}</a>\n<ol>")), "{nav}");
        assert!(nav.contains(&format!("<li><a href=\"{second_file}.xhtml\">{second}</a>\n<ol>")), "{nav}");
    }
}

#[test]
fn long_posts_are_split_between_blocks() {
    let paragraph =
        |n: usize| Block::Paragraph { attr: Attr::new(&format!("p{n}"), [], []), content: vec![Inline::text(&"x".repeat(500))] };
    let items = (0..10).map(|n| ListItem { blocks: vec![paragraph(100 + n)], ..ListItem::default() }).collect();
    let list = Block::List(Box::new(List { attr: Attr::new("list", [], []), kind: ListKind::Ordered { start: 5 }, items }));
    let mut blocks: Vec<Block> = (0..8).map(paragraph).collect();
    blocks = vec![Block::Division { attr: Attr::new("all", ["wrap"], []), blocks }, list];
    let reference = || Inline::NoteReference { label: "1".into() };
    blocks.insert(0, Block::paragraph(vec![reference(), Inline::link("#p7", vec![Inline::text("down")])]));
    blocks.push(Block::paragraph(vec![reference(), Inline::link("#p0", vec![Inline::text("up")])]));
    let mut document = post("Long", "/long", blocks);
    document.notes = vec![Note { label: "1".into(), blocks: vec![link("#p7")] }];
    let mut options = ChapterOptions::default();
    options.file_bytes = Some(2500);
    let (book, _) = book_of(&[document], &options, |_| {});
    assert_eq!(check_book(&book), Vec::<String>::new());
    let members = unpack(&book).expect("the book can be taken apart");
    let pages: Vec<_> = members.iter().filter(|(name, _)| name.starts_with("EPUB/c0001")).collect();
    assert_eq!(pages.len(), 5, "{:?}", pages.iter().map(|(name, page)| (name, page.len())).collect::<Vec<_>>());
    assert!(pages.iter().all(|(_, page)| page.len() < 4000));
    let all: String = pages.iter().map(|(_, page)| String::from_utf8_lossy(page)).collect();
    for n in (0..8).chain(100..110) {
        assert_eq!(all.matches(&format!("id=\"p{n}\"")).count(), 1);
    }
    assert_eq!((all.matches("id=\"all\"").count(), all.matches("class=\"wrap\"").count()), (1, 2));
    assert!(all.contains("<ol id=\"list\" start=\"5\">") && all.contains("<ol start=\"9\">"), "{all}");
    assert_eq!(file(&book, "EPUB/nav.xhtml").matches("c0001").count(), 2);
}

#[test]
fn a_book_needs_no_clock_and_no_luck() {
    let documents = [post("A", "/a", vec![link("/b")]), post("B", "/b", Vec::new())];
    let make = |about: fn(&mut Book)| book_of(&documents, &ChapterOptions::default(), about).0;
    let book = make(|_| {});
    assert!(book == make(|_| {}));
    let package = file(&book, "EPUB/package.opf");
    assert!(package.contains("<meta property=\"dcterms:modified\">2022-01-11T01:16:54Z</meta>"), "{package}");
    let identifier = |book: &[u8]| file(book, "EPUB/package.opf").split("urn:uuid:").nth(1).map(|rest| rest[..36].to_owned());
    let with_site = make(|book| book.site_url = Some("https://example.org".into()));
    assert!(identifier(&book).is_some() && identifier(&book) != identifier(&with_site));
    let other = make(|book| book.identifier = Some("urn:isbn:9780000000002".into()));
    assert!(file(&other, "EPUB/toc.ncx").contains("urn:isbn:9780000000002") && identifier(&other).is_none());
}

#[test]
fn a_book_without_anything_is_a_book() {
    let (empty, _) = bind(Vec::new(), |book| *book = Book::default());
    assert_eq!(check_book(&empty), Vec::<String>::new());
    let (blank, _) = book_of(&[Document::default()], &ChapterOptions::default(), |_| {});
    assert_eq!(check_book(&blank), Vec::<String>::new());
}

#[test]
fn faults_are_found() {
    let (book, _) = book_of(&[post("A", "/a", vec![link("https://example.com/")])], &ChapterOptions::default(), |_| {});
    assert_eq!(check_book(&book), Vec::<String>::new());
    assert!(!check_book(&book[..book.len() / 2]).is_empty());
    assert!(!check_book(&book[38..]).is_empty());
    let mut changed = book.clone();
    changed[160] ^= 1;
    assert!(!check_book(&changed).is_empty());
}

#[test]
fn what_a_book_leaves_out_is_told_once() {
    let comment = || Block::Comment { text: "more".into() };
    let inner = Block::paragraph(vec![Inline::text("a"), Inline::Comment { text: "b".into() }]);
    let blocks = vec![comment(), Block::BlockQuote { attr: Attr::default(), blocks: vec![comment(), inner] }];
    let told = chapter(&post("A", "/a", blocks), 0, &ChapterOptions::default()).diagnostics;
    assert_eq!(told.iter().map(|d| (d.code, d.message.as_str())).collect::<Vec<_>>(), [("lost/comment", "3 comments left out")]);

    let mut options = ChapterOptions::default();
    options.assets = Some(&Pictures);
    let blocks = vec![image("/images/a%20b.gif", None), image("/images/a%20b.gif", Some(""))];
    let told = chapter(&post("B", "/b", blocks), 0, &options).diagnostics;
    let codes: Vec<_> = told.iter().map(|d| (d.code, d.message.as_str())).collect();
    assert_eq!(codes, [("asset/undescribed", "1 image without a text alternative")]);
}
