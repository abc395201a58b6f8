//! One style throughout, as the options say it.

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{AttributePolicy, CjkEmphasis, Dialect, RawHtml, Style, WriteOptions, write};

fn written(html: &str, options: &WriteOptions) -> String {
    let reading = read(html, &ReadOptions::default());
    write(&Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() }, options).text
}

fn styled(html: &str, change: impl FnOnce(&mut Style)) -> String {
    let mut options = WriteOptions::default();
    change(&mut options.style);
    written(html, &options)
}

#[test]
fn bullets_and_fences() {
    assert_eq!(styled("<ul><li>a</li></ul>", |style| style.bullet = '*'), "* a\n");
    assert_eq!(styled("<pre><code>a</code></pre>", |style| style.fence = '~'), "~~~\na\n~~~\n");
}

#[test]
fn underlined_headings() {
    let html = "<h1>Title</h1><h2>Next</h2><h3>Deep</h3>";
    assert_eq!(styled(html, |style| style.underlined_headings = true), "Title\n=====\n\nNext\n----\n\n### Deep\n");
}

#[test]
fn text_is_wrapped_where_no_line_begins_a_block() {
    let html = "<p>one two three four - five six seven 8. nine</p>";
    assert_eq!(styled(html, |style| style.wrap = Some(12)), "one two\nthree four -\nfive six\nseven 8.\nnine\n");
}

#[test]
fn targets_at_the_end() {
    let html = "<p><a href=\"/a\">a</a> <a href=\"/b\" title=\"t\">b</a> [1] <a href=\"/a\">c</a></p>";
    let expected = "[a][1] [b][2] \\[1] [c][1]\n\n[1]: /a\n[2]: /b \"t\"\n";
    assert_eq!(styled(html, |style| style.reference_links = true), expected);
}

#[test]
fn emphasis_beside_letters() {
    let html = "<p>甲<strong>推进。</strong>提高</p>";
    let with = |cjk_emphasis| {
        let mut options = WriteOptions::default();
        options.cjk_emphasis = cjk_emphasis;
        written(html, &options)
    };
    assert_eq!(with(CjkEmphasis::Reference), "甲**推进。**&#x63D0;高\n");
    assert_eq!(with(CjkEmphasis::Html), "甲<strong>推进。</strong>提高\n");
    assert_eq!(with(CjkEmphasis::Move), "甲**推进**。提高\n");
}

#[test]
fn html_that_markdown_cannot_say() {
    let html = "<p><kbd>a</kbd></p><details><p>b</p></details>";
    let mut options = WriteOptions::default();
    options.html = RawHtml::Drop;
    assert_eq!(written(html, &options), "a\n\nb\n");
}

#[test]
fn attributes() {
    let html = "<p class=\"c\">a</p><h2 id=\"own\">b</h2>";
    let with = |attributes| {
        let mut options = WriteOptions::default();
        options.attributes = attributes;
        written(html, &options)
    };
    assert_eq!(with(AttributePolicy::Essential), "a\n\n<h2 id=\"own\">b</h2>\n");
    assert_eq!(with(AttributePolicy::Html), "<p class=\"c\">a</p>\n\n<h2 id=\"own\">b</h2>\n");
    assert_eq!(with(AttributePolicy::Drop), "a\n\n## b\n");
}

#[test]
fn the_text_ends_in_one_newline_after_raw_text_too() {
    let raw = |text: &str| Document {
        blocks: vec![postferry_doc::Block::Raw { format: "markdown".into(), text: text.into() }],
        ..Document::default()
    };
    for text in ["a", "a\n", "a\n\n"] {
        assert_eq!(write(&raw(text), &WriteOptions::default()).text, "a\n");
    }
}

#[test]
fn styles_that_jsx_cannot_hold_are_diagnostics() {
    let html = "<details style=\"color: red\"><p>a <kbd style=\"b\">c</kbd></p></details>";
    let document = Document { blocks: read(html, &ReadOptions::default()).blocks, ..Document::default() };
    let lost = |dialect| {
        let written = write(&document, &WriteOptions::new(dialect));
        written.diagnostics.iter().filter(|d| d.code == "lost/attribute" && d.message.contains("2 times")).count()
    };
    assert_eq!((lost(Dialect::Mdx), lost(Dialect::Gfm)), (1, 0));
}
