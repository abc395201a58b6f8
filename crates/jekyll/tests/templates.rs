//! What templates see of a site's files, and in which order: each case is Jekyll's own answer.

mod support;

use std::sync::Arc;

use postferry_doc::Block;
use postferry_jekyll::{MemoryFiles, Outcome, Post, Site, SiteOptions};

fn open(files: &[(&str, &str)]) -> Site {
    open_with(files, support::strict_options())
}

fn open_with(files: &[(&str, &str)], options: SiteOptions) -> Site {
    let mut memory: MemoryFiles = files.iter().copied().collect();
    memory.set_modified(1_600_000_000);
    Site::open(Arc::new(memory), options).expect("the files are in memory")
}

fn outcome(files: &[(&str, &str)], path: &str) -> Outcome<Post> {
    let site = open(files);
    site.read(site.source(path).unwrap_or_else(|| panic!("{path} is not listed")))
}

/// The content of a file, without the line end.
fn content(files: &[(&str, &str)], path: &str) -> String {
    let post = outcome(files, path).post().unwrap_or_else(|| panic!("{path} cannot be read"));
    post.content.trim_end().to_owned()
}

/// What a template makes on a page of its own in a site.
fn rendered(files: &[(&str, &str)], template: &str) -> String {
    let page = format!("---\ntitle: T\n---\n{template}\n");
    let mut all = files.to_vec();
    all.push(("t.html", &page));
    content(&all, "t.html")
}

const HEAD: &str = "---\n---\nx\n";

#[test]
fn documents_without_a_date_go_by_their_path() {
    let files = [
        ("_config.yml", "collections: [notes]\n"),
        ("_notes/b.md", HEAD),
        ("_notes/2020-05-05-dated.md", HEAD),
        ("_notes/a.md", HEAD),
        ("_notes/f.txt", "file"),
        ("_posts/2021-01-01-p.md", HEAD),
    ];
    assert_eq!(rendered(&files, "{% for n in site.notes %}{{ n.slug }} {% endfor %}"), "dated a b");
    let documents = "{% for d in site.documents %}{{ d.path }} {% endfor %}";
    let expected = "_posts/2021-01-01-p.md _notes/2020-05-05-dated.md _notes/a.md _notes/b.md _notes/f.txt";
    assert_eq!(rendered(&files, documents), expected);
}

#[test]
fn a_key_and_an_order_sort_documents() {
    let files = [
        ("_config.yml", "collections: {notes: {sort_by: rank}, recs: {order: [b.md]}}\n"),
        ("_notes/a.md", "---\nrank: 2\n---\n"),
        ("_notes/b.md", "---\nrank: 1\n---\n"),
        ("_notes/c.md", HEAD),
        ("_recs/a.md", HEAD),
        ("_recs/b.md", HEAD),
    ];
    let template = "{% for n in site.notes %}{{ n.slug }}{% endfor %} {% for r in site.recs %}{{ r.slug }},{% endfor %}";
    assert_eq!(rendered(&files, template), "bac b,a,");
}

#[test]
fn pages_of_folders_come_before_those_of_the_same_name() {
    let files = [("index.md", HEAD), ("z/index.md", HEAD), ("z/data.yml", "---\n---\n{{ 1 | plus: 1 }}\n")];
    assert_eq!(rendered(&files, "{% for p in site.pages %}{{ p.path }} {% endfor %}"), "z/data.yml z/index.md index.md t.html");
    assert_eq!(content(&files, "z/data.yml"), "2");
}

#[test]
fn data_and_pages_are_hashes_and_documents_are_not() {
    let files = [
        ("_config.yml", "data_dir: dat\n"),
        ("dat/one.yml", "k: v\n"),
        ("dat/two.json", "[1]"),
        ("_posts/2020-01-01-p.md", "---\ncustom: 1\n---\n{% for k in page %}{{ k }} {% endfor %}\n"),
    ];
    assert_eq!(
        rendered(&files, "{{ site.data | size }} {% for d in site.data %}{{ d[0] }} {% endfor %}{{ site.data.one.k }}"),
        "2 one two v"
    );
    let keys = "{% for k in page %}{{ k[0] }} {% endfor %}{{ page | size }}";
    assert_eq!(rendered(&files, keys), "title content dir excerpt name path url 7");
    assert!(content(&files, "_posts/2020-01-01-p.md").contains(" custom "));
}

#[test]
fn files_have_their_own_time_and_path() {
    let files = [
        ("_config.yml", "collections: [notes]\n"),
        ("a.png", ""),
        ("_notes/b.png", ""),
        ("_notes/d.md", "---\ndraft: true\n---\n"),
    ];
    let template = "{% for f in site.static_files %}{{ f.path }} {{ f.modified_time | date: '%s' }} {% endfor %}";
    assert_eq!(rendered(&files, template), "/a.png 1600000000 _notes/b.png 1600000000");
    assert_eq!(rendered(&files, "{{ site.notes[0].date | date: '%s' }}"), "1600000000");
}

#[test]
fn html_pages_go_by_what_is_written() {
    let files = [("_config.yml", "permalink: /:title\n"), ("x.y.md", HEAD), ("a.md", HEAD), ("b.xml", HEAD)];
    assert_eq!(rendered(&files, "{% for p in site.html_pages %}{{ p.url }} {% endfor %}"), "/a /t /x.y");
}

#[test]
fn excerpts_have_no_related_posts() {
    let post = "---\n---\n[{{ site.related_posts | size }}]\n\nmore\n";
    let files = [("_posts/2020-01-01-a.md", post), ("_posts/2020-01-02-b.md", HEAD)];
    let found = outcome(&files, "_posts/2020-01-01-a.md").post().expect("it is a post");
    assert_eq!(found.content, "<p>[1]</p>\n\n<p>more</p>\n");
    assert_eq!(found.excerpt_html.as_deref(), Some("<p>[0]</p>\n"));
}

#[test]
fn pages_have_excerpts_where_the_site_says_so() {
    let files = [("_config.yml", "page_excerpts: true\n"), ("a.md", "---\n---\nOne *two*\n\nmore\n"), ("b.xml", HEAD)];
    assert_eq!(
        rendered(&files, "{% for p in site.pages %}[{{ p.excerpt | strip }}]{% endfor %}").split("][").next(),
        Some("[<p>One <em>two</em></p>")
    );
}

#[test]
fn a_site_below_its_root_finds_its_posts() {
    let files = [
        ("_config.yml", "source: src\ndestination: docs\n"),
        ("src/_posts/2020-01-01-a.md", HEAD),
        ("src/news/_posts/2020-01-02-b.md", HEAD),
        ("src/docs/p.md", "---\n---\n{% post_url 2020-01-01-a %} {% post_url 2020-01-02-b %} {% link docs/p.md %}\n"),
    ];
    assert_eq!(content(&files, "src/docs/p.md"), "<p>/2020/01/01/a.html /news/2020/01/02/b.html /docs/p.html</p>");
}

#[test]
fn strict_filters_end_the_build() {
    let page = "---\n---\n{{ 1 | nosuch }}";
    assert_eq!(content(&[("p.html", page)], "p.html"), "1");
    let files = [("_config.yml", "liquid: {strict_filters: true}\n"), ("p.html", page)];
    assert!(matches!(outcome(&files, "p.html"), Outcome::Failed { .. }));
}

#[test]
fn a_configuration_in_toml_is_read() {
    let files = [("_config.toml", "permalink = \"/x/:title/\"\ntitle = \"S\"\n"), ("_posts/2020-01-01-a.md", HEAD)];
    assert_eq!(rendered(&files, "{{ site.title }} {{ site.posts[0].url }}"), "S /x/a/");
}

#[test]
fn content_has_rouges_frame_where_it_is_asked_for_and_the_tree_the_code() {
    let files = [
        ("_config.yml", "kramdown: {syntax_highlighter_opts: {block: {line_numbers: true}}}\n"),
        ("_posts/2020-01-01-a.md", "---\n---\n`c`\n\n```plaintext\na\n```\n\n{% highlight c linenos %}\nx\n{% endhighlight %}\n"),
    ];
    let path = "_posts/2020-01-01-a.md";
    assert!(!content(&files, path).contains("rouge"));
    let mut options = support::strict_options();
    options.code_frames = true;
    let site = open_with(&files, options);
    let post = site.read(site.source(path).expect("it is listed")).post().expect("it is a post");
    assert!(post.content.contains("<code class=\"language-plaintext highlighter-rouge\">c</code>"), "{}", post.content);
    assert!(post.content.contains("<td class=\"rouge-code\"><pre>a\n</pre>"), "{}", post.content);
    assert!(post.content.contains("<td class=\"code\"><pre>x\n</pre>"), "{}", post.content);
    let code = post.document.blocks.iter().filter_map(|block| match block {
        Block::CodeBlock { language, text, .. } => Some((language.as_deref(), text.as_str())),
        _ => None,
    });
    assert_eq!(code.collect::<Vec<_>>(), [(Some("plaintext"), "a"), (Some("c"), "x")]);
    assert_eq!(post.document.meta.excerpt.as_deref(), Some("<p><code>c</code></p>\n"));
}
