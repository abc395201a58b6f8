//! `check` on small sites: what is told, and what is not.

use std::fs;
use std::path::{Path, PathBuf};

use postferry::{DateTime, ReadOptions};
use postferry_archive::{Check, Finding, check};

/// Writes a site into a folder of its own.
fn site(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    if root.exists() {
        fs::remove_dir_all(&root).expect("the folder is the test's own");
    }
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("it is below the root")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    root
}

fn look(root: &Path, threads: usize) -> Check {
    let mut options = ReadOptions::default();
    options.time = DateTime::parse("2026-01-01T00:00:00Z").expect("it is a time");
    check(root, options, Some(threads)).expect("the site can be opened")
}

/// The findings as lines: code, subject, count, the first place.
fn told(check: &Check) -> Vec<String> {
    let line = |finding: &Finding| {
        let place = &finding.places[0];
        let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{} {} {} {}{line}", finding.code, finding.subject, finding.count, place.path)
    };
    check.findings.iter().map(line).collect()
}

fn told_of(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    told(&look(&site(name, files), 2))
}

#[test]
fn links_that_lead_somewhere_are_not_told() {
    let links = "[a](/2022/01/02/a.html) [b](../02/a) [c](/files/x.pdf) [d](/old/) [e](/feed.xml) [f](/page2/) [g](#here)\n\
        [h](https://example.org/about/#there) [i](//example.org/about) [j](mailto:a@b.c) [k](/about/#framed) [l](/about/#post-7)\n\
        [m](/sitemap.xml) [n](https://example.com/nowhere) [o](/moved) [p](?q=1) [q](#top) ![r](/files/x.png)\n\n# here\n";
    let found = told_of(
        "sound",
        &[
            ("_config.yml", "url: https://example.org\npaginate: 5\nplugins: [jekyll-feed, jekyll-sitemap, jekyll-paginate]\n"),
            ("_layouts/page.html", "<main id='framed'><p id=\"post-{{ page.id }}\">{{ content }}"),
            ("_posts/2022-01-02-a.md", &format!("---\nredirect_from: /old\n---\n{links}")),
            ("about.md", "---\nlayout: page\npermalink: /about/\n---\n## There {#there}\n"),
            ("files/x.pdf", ""),
            ("files/x.png", ""),
            ("moved.html", "---\n---\n"),
        ],
    );
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn links_that_lead_nowhere_are_told_with_their_lines() {
    let found = told_of(
        "broken",
        &[
            ("_config.yml", "url: https://example.org\n"),
            (
                "_posts/2022-01-02-a.md",
                "---\n---\n\n[a](/2022/x) [a](gone)\n\n![b](/img/b.png)\n\n[c](#none) [d](/ABOUT/) [e](/about.html)\n",
            ),
            (
                "_posts/2022-01-03-b.md",
                "---\n---\n[f](https://example.org/2022/x) [g](/about/#none) [h](/other/y/) [i](/_posts/2022-01-02-a.md)\n",
            ),
            ("about.md", "---\npermalink: /about/\n---\n"),
        ],
    );
    let expected = [
        "link/anchor /2022/01/02/a.html#none 1 _posts/2022-01-02-a.md:8",
        "link/anchor /about/#none 1 _posts/2022-01-03-b.md:3",
        "link/broken /2022/x 2 _posts/2022-01-02-a.md:4",
        "link/broken /2022/01/02/gone 1 _posts/2022-01-02-a.md:4",
        "link/broken /_posts/2022-01-02-a.md 1 _posts/2022-01-03-b.md:3",
        "link/case /ABOUT/ 1 _posts/2022-01-02-a.md:8",
        "link/form /about.html 1 _posts/2022-01-02-a.md:8",
        "link/maybe /other/y/ 1 _posts/2022-01-03-b.md:3",
        "asset/missing /img/b.png 1 _posts/2022-01-02-a.md:6",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_plugins_themes_and_servers_make_is_told_apart() {
    let files = [
        ("_config.yml", "plugins: [jekyll-archives]\nremote_theme: a/b\n"),
        ("_redirects", "/2022/old /new 301\n"),
        (
            "_posts/2022-01-02-a.md",
            "---\nlayout: theirs\n---\n[a](/2022/tag/x/) [b](/2022/old/) ![c](/assets/c.png) [d](#theirs)\n{% include no.html %}\n",
        ),
    ];
    let found = look(&site("made", &files), 2);
    let notes: Vec<String> = found
        .findings
        .iter()
        .map(|finding| format!("{} {} {}", finding.code, finding.subject, finding.note.as_deref().unwrap_or("-")))
        .collect();
    let expected = [
        "liquid/theme-include no.html -",
        "link/maybe /2022/old/ may be made by the redirects in _redirects",
        "link/maybe /2022/tag/x/ may be made by jekyll-archives",
        "asset/missing /assets/c.png nothing of the site lies in `/assets/`",
    ];
    assert_eq!(notes, expected);
    assert_eq!(found.plugins[0].name, "jekyll-archives");
}

#[test]
fn a_base_url_bounds_the_site() {
    let found = told_of(
        "base",
        &[
            ("_config.yml", "url: https://example.org\nbaseurl: /blog\n"),
            (
                "_posts/2022-01-02-a.md",
                "---\n---\n[a]({{ '/about/' | relative_url }}) [b](/about/) [c](/elsewhere/) [d](/blog/none)\n",
            ),
            ("about.md", "---\npermalink: /about/\n---\n"),
        ],
    );
    assert_eq!(found, ["link/baseurl /about/ 1 _posts/2022-01-02-a.md:3", "link/broken /none 1 _posts/2022-01-02-a.md:3"]);
}

#[test]
fn templates_heads_and_collisions_are_told() {
    let files = [
        ("_config.yml", "collections: [hidden]\n"),
        ("_layouts/post.html", "---\ntitle: x\n---\n{{ page.mood | sparkle }}\n{% include gone.html %}"),
        ("_includes/here.html", "{% strange %}"),
        (
            "_posts/2022-01-02-a.md",
            "---\nlayout: post\nmood: good\nunread: 1\n---\n{% include here.html %}\n{% strange %}x{% endstrange %}\n{% gist 1 %}\n",
        ),
        ("_posts/2022-01-03-b.textile", "---\npermalink: /2022/01/02/a.html\n---\nh1. x\n"),
        ("_posts/2022-01-04-c.md", "---\ntitle: a: b\n---\n"),
        ("_posts/2099-01-04-d.md", "---\n---\n"),
        ("_hidden/h.md", "---\npermalink: /2022/01/02/a.html\n---\n"),
    ];
    let found = look(&site("templates", &files), 2);
    let expected = [
        "yaml/recovered  1 _posts/2022-01-04-c.md:2",
        "post/converter .textile 1 _posts/2022-01-03-b.textile",
        "post/empty  1 _posts/2022-01-04-c.md",
        "url/collision /2022/01/02/a.html 2 _posts/2022-01-02-a.md",
        "liquid/missing-include gone.html 1 _layouts/post.html:5",
        "liquid/plugin-tag gist 1 _posts/2022-01-02-a.md:8",
        "liquid/unknown-filter sparkle 1 _layouts/post.html:4",
        "liquid/unknown-tag strange 2 _includes/here.html:1",
        "head/key mood 1 _posts/2022-01-02-a.md:3",
        "head/key unread 1 _posts/2022-01-02-a.md:4",
    ];
    let lines = told(&found);
    let without_notes: Vec<&String> =
        lines.iter().filter(|line| !line.starts_with("html/") && !line.starts_with("kramdown/")).collect();
    assert_eq!(without_notes, expected);
    let note = |subject: &str| {
        found.findings.iter().find(|finding| finding.subject == subject).and_then(|finding| finding.note.as_deref())
    };
    assert_eq!(note("mood"), Some("templates of the site use it"));
    assert_eq!(note("unread"), Some("no template of the site uses it"));
    assert_eq!(found.skipped.values().sum::<usize>(), 1);
    assert_eq!((found.converted["posts"], found.converted["hidden"], found.failed), (3, 1, 0));
    assert!(found.has("url") && found.has("liquid/unknown-tag") && !found.has("link"));
}

#[test]
fn the_answer_is_the_same_for_any_number_of_threads() {
    let posts: Vec<(String, String)> = (1..60)
        .map(|n| {
            (
                format!("_posts/2022-01-{:02}-p{n}.md", n % 28 + 1),
                format!("---\nk{}: 1\n---\n[x](/gone/{}) {{% t{} %}}\n", n % 3, n % 5, n % 4),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let root = site("threads", &files);
    let one = look(&root, 1);
    assert!(one.findings.len() > 10);
    assert_eq!(look(&root, 2), one);
    assert_eq!(look(&root, 8), one);
}
