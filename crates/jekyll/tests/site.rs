//! A small site of our own: what each file becomes, and what templates see of the others.

mod support;

use std::sync::Arc;

use postferry_doc::{Block, DateTime, Inline};
use postferry_frontmatter::Mode;
use postferry_jekyll::{
    LiquidMode, MemoryFiles, Outcome, Post, Site, SiteOptions, SourceKind, SourceState, export_line, read_loose,
};

/// Reads as people convert: tolerant, in 2026.
fn options() -> SiteOptions {
    let mut options = SiteOptions::default();
    options.time = DateTime::parse("2026-11-23T00:00:00Z").expect("it is a date");
    options
}

fn open(files: &[(&str, &str)], options: SiteOptions) -> Site {
    let files: MemoryFiles = files.iter().copied().collect();
    Site::open(Arc::new(files), options).expect("the files are in memory")
}

fn read(site: &Site, path: &str) -> Post {
    match site.read(site.source(path).unwrap_or_else(|| panic!("{path} is not listed"))) {
        Outcome::Converted(post) => *post,
        other => panic!("{path}: {other:?}"),
    }
}

const SITE: &[(&str, &str)] = &[
    (
        "_config.yml",
        "title: News\nurl: https://x.example\nbaseurl: /b\ntimezone: Asia/Shanghai\ncollections: {notes: {output: true}}\n",
    ),
    ("_posts/2022-01-11-first.md", "---\ntags: a b\nrank: 2\n---\nFirst *one*\n\nmore\n"),
    (
        "news/_posts/2022-02-12-second.md",
        "---\ntitle: Second\ndate: 2022-02-12 23:30:00\n---\n{{ page.title }} {{ page.previous.title }}\n",
    ),
    ("_notes/n.md", "---\ntitle: A note\n---\n[p]({% post_url 2022-01-11-first %}) {% link about.md %}\n"),
    (
        "about.md",
        "---\ntitle: About\n---\n{% for p in site.posts %}{{ p.title }}:{{ p.rank }}:{{ p.excerpt | strip_html | strip }};{% endfor %}\n",
    ),
    ("_includes/x.html", "[{{ include.a }}]"),
    ("data.html", "---\n---\n{% include x.html a=site.data.people.first.name %}{{ site.tags.a.size }}\n"),
    ("_data/people.csv", "name,age\nAnn,31\n"),
    ("assets/p.png", "png"),
];

#[test]
fn files_are_what_jekyll_takes_them_for() {
    let site = open(SITE, options());
    let kinds: Vec<_> = site.sources().iter().map(|source| (source.path.as_str(), source.kind, source.url.as_str())).collect();
    let expected = [
        ("_posts/2022-01-11-first.md", SourceKind::Post, "/2022/01/11/first.html"),
        ("news/_posts/2022-02-12-second.md", SourceKind::Post, "/news/2022/02/13/second.html"),
        ("_notes/n.md", SourceKind::Document, "/notes/n.html"),
        ("about.md", SourceKind::Page, "/about.html"),
        ("data.html", SourceKind::Page, "/data.html"),
        ("assets/p.png", SourceKind::Asset, "/assets/p.png"),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(site.source_at_url("/about.html").map(|source| source.path.as_str()), Some("about.md"));
}

#[test]
fn a_post_has_all_that_jekyll_knows() {
    let site = open(SITE, options());
    let post = read(&site, "_posts/2022-01-11-first.md");
    assert_eq!(post.content, "<p>First <em>one</em></p>\n\n<p>more</p>\n");
    assert_eq!(post.excerpt_html.as_deref(), Some("<p>First <em>one</em></p>\n"));
    let meta = &post.document.meta;
    assert_eq!(meta.title.as_deref(), Some("First"));
    assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some("2022-01-11T00:00:00+08:00"));
    assert_eq!(meta.tags, ["a", "b"]);
    assert_eq!(meta.extra.len(), 1);
    assert_eq!(post.document.origins.len(), 2);
    let second = read(&site, "news/_posts/2022-02-12-second.md");
    assert_eq!(second.content, "<p>Second First</p>\n");
    assert_eq!(second.date.map(|date| date.to_string()).as_deref(), Some("2022-02-13T07:30:00+08:00"));
    assert_eq!(second.document.meta.categories, ["news"]);
}

#[test]
fn templates_see_the_whole_site() {
    let site = open(SITE, options());
    assert_eq!(read(&site, "about.md").content, "<p>Second::Second First;First:2:First one;</p>\n");
    assert_eq!(read(&site, "_notes/n.md").content, "<p><a href=\"/b/2022/01/11/first.html\">p</a> /b/about.html</p>\n");
    assert_eq!(read(&site, "data.html").content, "[Ann]1\n");
}

#[test]
fn liquid_that_nobody_knows_stays_a_node() {
    let text = "A {% nope x %} b\n\n{% image y.png %}\n";
    let site = open(&[("_posts/2022-01-11-a.md", text)], options());
    let post = read(&site, "_posts/2022-01-11-a.md");
    assert_eq!(post.content, "<p>A {% nope x %} b</p>\n\n<p>{% image y.png %}</p>\n");
    let [Block::Paragraph { content, .. }, Block::Raw { format, text }] = post.document.blocks.as_slice() else {
        panic!("{:?}", post.document.blocks)
    };
    assert_eq!((format.as_str(), text.as_str()), ("liquid", "{% image y.png %}"));
    assert!(content.iter().any(|inline| matches!(inline, Inline::Raw { text, .. } if text == "{% nope x %}")));
    assert!(post.diagnostics.iter().any(|diagnostic| diagnostic.code == "liquid/unknown-tag"));

    let mut strict = options();
    strict.liquid = LiquidMode::Jekyll;
    let site = open(&[("_posts/2022-01-11-a.md", text)], strict);
    assert!(matches!(site.read(&site.sources()[0]), Outcome::Failed { .. }));
}

#[test]
fn what_jekyll_hides_is_skipped_with_its_reason() {
    let files = [
        ("_posts/2030-01-11-later.md", "x"),
        ("_posts/2022-01-11-hidden.md", "---\npublished: false\n---\nx"),
        ("_posts/notes.md", "x"),
        ("_drafts/idea.md", "x"),
    ];
    let site = open(&files, options());
    let reasons: Vec<String> = site
        .sources()
        .iter()
        .map(|source| match &source.state {
            SourceState::Skipped(reason) => format!("{}: {reason}", source.path),
            state => panic!("{}: {state:?}", source.path),
        })
        .collect();
    assert_eq!(reasons.len(), 4, "{reasons:?}");
    let mut shown = options();
    (shown.future, shown.unpublished, shown.drafts) = (true, true, true);
    let site = open(&files, shown);
    assert_eq!(site.sources().iter().filter(|source| source.is_shown()).count(), 3);
    assert!(read(&site, "_posts/2022-01-11-hidden.md").document.meta.draft);
}

#[test]
fn a_broken_head_is_recovered_or_thrown_away() {
    let files = [("_posts/2022-01-11-a.md", "---\ntitle: Foo: bar\ntags: x\n---\nText\n")];
    let post = read(&open(&files, options()), files[0].0);
    assert!(post.recovered);
    assert_eq!(post.document.meta.title.as_deref(), Some("Foo: bar"));
    assert_eq!(post.document.meta.tags, ["x"]);
    let mut jekyll = options();
    jekyll.yaml = Mode::Jekyll;
    let post = read(&open(&files, jekyll), files[0].0);
    assert_eq!((post.document.meta.title.as_deref(), post.date_is_build_time), (None, true));
    assert_eq!(post.document.meta.date, None, "the moment of building is not the post's date");
    assert_eq!(post.url, "/2026/11/23/2022-01-11-a.html");
}

#[test]
fn a_loop_over_posts_that_show_posts_ends() {
    let body = "---\n---\n{% for p in site.posts %}{{ p.content }}{{ p.excerpt }}{% endfor %}\n";
    let names: Vec<String> = (1..=20).map(|day| format!("_posts/2022-01-{day:02}-a.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), body)).collect();
    let mut few = options();
    few.limits.liquid_steps = 10_000;
    few.limits.liquid_bytes = 100_000;
    let site = open(&files, few);
    for source in site.sources() {
        assert!(matches!(site.read(source), Outcome::Converted(_)));
    }
}

#[test]
fn threads_read_the_same() {
    let site = open(SITE, options());
    let lines = |site: &Site| -> Vec<String> {
        site.sources().iter().map(|source| export_line(site, source, &site.read(source))).collect()
    };
    let alone = lines(&site);
    let shared = open(SITE, options());
    let together: Vec<Vec<String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| lines(&shared))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
    });
    assert!(together.iter().all(|lines| *lines == alone));
}

#[test]
fn other_encodings_are_decoded_with_a_diagnostic() {
    let (gbk, _, _) = encoding_rs::GBK.encode("---\ntitle: 关于思考\n---\n关于双碳的思考：中文标题测试，第一期。\n");
    let files = MemoryFiles::from_iter([("_posts/2022-01-11-a.md", gbk.into_owned())]);
    let site = Site::open(Arc::new(files), options()).expect("the files are in memory");
    let post = read(&site, "_posts/2022-01-11-a.md");
    assert_eq!(post.document.meta.title.as_deref(), Some("关于思考"));
    assert!(post.diagnostics.iter().any(|diagnostic| diagnostic.code == "encoding/decoded"));
}

#[test]
fn odd_configurations_and_names_are_read() {
    let configs = [
        "collections: [1, {a: b}, notes]\n",
        "collections: {'': {}, 'a/b': ~, posts: 5}\ncollections_dir: 7\n",
        "defaults: [1, {values: {a: 1}}, {scope: 5, values: {b: 2}}, {scope: {path: '[*', type: 3}, values: {c: 3}}]\n",
        "source: ../x\n",
        "permalink: [a]\nmarkdown: 5\nkramdown: []\nmarkdown_ext: ~\n",
        "exclude: ''\ninclude: {a: b}\nlimit_posts: -1\ntimezone: 5\nexcerpt_separator: [x]\n",
        "permalink: ':'\nencoding: nope\nincludes_dir: /\ndata_dir: ''\nplugins: {}\n",
        "- a\n",
        "a: [\n",
    ];
    let names = [
        "_posts/2022-01-11-.md",
        "_posts/2022-01-11-é.",
        "_posts/1-1-1-x.md",
        "_notes/....md",
        "_/x",
        "...",
        "a/../b",
        "_posts/é/2022-1-1-\u{1f600}.md",
    ];
    let heads = [
        "",
        "---\npermalink: /:title_:é:/:/%zz/\nslug: [a]\nlayout: '/'\ntags: {a: b}\n---\n{{ page | jsonify }}{% include ../x %}",
        "---\n",
    ];
    for config in configs {
        for head in heads {
            let mut files: MemoryFiles = names.iter().map(|name| (*name, head)).collect();
            files.insert("_config.yml", config);
            let site = Site::open(Arc::new(files), options()).expect("the files are in memory");
            for source in site.sources() {
                let _ = export_line(&site, source, &site.read(source));
            }
        }
    }
}

#[test]
fn a_saved_page_is_read_whole() {
    let page = "<!DOCTYPE html>\n<html lang=\"de\"><head><title>Its title</title><meta name=\"author\" content=\"A. Uthor\">\
        <meta name=\"date\" content=\"2020-02-03T00:00:00Z\"></head><body><p>Text</p></body></html>";
    let read =
        |path: &str, text: &str| read_loose(path, text.as_bytes(), &SiteOptions::default()).post().expect("it can be read");
    let post = read("saved.html", page);
    let meta = &post.document.meta;
    assert_eq!(meta.title.as_deref(), Some("Its title"));
    assert_eq!(meta.language.as_deref(), Some("de"));
    assert_eq!(meta.authors, ["A. Uthor"]);
    assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some("2020-02-03T00:00:00+00:00"));
    assert_eq!(post.document.blocks, read("part.html", "<p>Text</p>").document.blocks);
    let dated = read("2021-01-02-saved.html", &format!("---\ntitle: Ours\n---\n{page}"));
    assert_eq!(dated.document.meta.title.as_deref(), Some("Ours"));
    assert_eq!(dated.document.meta.date.map(|date| date.year), Some(2021));
}
