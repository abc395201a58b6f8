//! The author's own text stays where the dialect reads it as Jekyll does, and nowhere else.

use postferry_doc::Document;
use postferry_html::{Piece, ReadOptions, read_pieces};
use postferry_markdown::{Dialect, SourceText, Typography, WriteOptions, Written, write_with_source};

fn written_as(text: &str, options: &WriteOptions) -> Written {
    let output = kramdown::to_html(text, &kramdown::Options::jekyll());
    let piece = |block: &kramdown::BlockSpan| Piece {
        html: block.html.clone(),
        first_line: block.lines.start,
        lines: block.lines.end.saturating_sub(block.lines.start),
    };
    let pieces: Vec<Piece> = output.blocks.iter().map(piece).collect();
    let reading = read_pieces(&output.html, &pieces, &ReadOptions::default());
    let document = Document { blocks: reading.blocks, notes: reading.notes, origins: reading.origins, ..Document::default() };
    write_with_source(&document, SourceText { text, origins: &document.origins }, options)
}

fn gfm(text: &str) -> String {
    written_as(text, &WriteOptions::default()).text
}

#[track_caller]
fn stays(text: &str) {
    assert_eq!(gfm(text), text);
}

#[test]
fn plain_text_stays() {
    stays("Title\n=====\n\nA __strong__ word, `code`  \nand a *break*.\n\n\n\n* one\n* two\n    * three\n\n1. five\n2. six\n");
}

#[test]
fn straight_quotes_stay_or_are_written() {
    stays("\"It's\" -- so...\n");
    let mut options = WriteOptions::default();
    options.typography = Typography::Write;
    assert_eq!(written_as("\"It's\" -- so...\n", &options).text, "“It’s” – so…\n");
}

#[test]
fn straight_quotes_stay_in_a_block_that_is_respelled() {
    assert_eq!(gfm("\"It's\" **bold。**said\n"), "\"It's\" **bold。**&#x73;aid\n");
    assert_eq!(gfm("\"It's\" **bold。**said &amp; done – so...\n"), "\"It's\" **bold。**&#x73;aid & done – so...\n");
    assert_eq!(gfm("\"It's\" **bold。**said &rdquo;\n"), "“It's” **bold。**&#x73;aid ”\n");
}

#[test]
fn link_definitions_stay() {
    stays("See [there][1] and [here].\n\n[1]: /there \"There\"\n[here]: /here\n");
}

#[test]
fn a_definition_that_would_show_goes() {
    let text = "See [a] and [b].\n\n[a]: /a \"\"odd\" title\"\n[b]: /b\n";
    assert_eq!(gfm(text), "See [a](/a '\"odd\" title') and [b](/b).\n\n[b]: /b\n");
}

#[test]
fn notes_stay_where_they_stand() {
    stays("A note[^a] here.\n\n[^a]: The *note*.\n\nAfter.\n");
}

#[test]
fn attribute_lists_go() {
    let written = written_as("para\n{: .note}\n\n# Head\n", &WriteOptions::default());
    assert_eq!(written.text, "para\n\n# Head\n");
    assert!(written.diagnostics.iter().any(|d| d.code == "lost/attribute"));
    assert_eq!(written.kept, 2);
}

#[test]
fn what_the_dialect_reads_otherwise_is_respelled() {
    assert_eq!(gfm("a | b\n"), "|     |     |\n| --- | --- |\n| a   | b   |\n");
    assert_eq!(gfm("term\n: definition\n"), "<dl>\n  <dt>term</dt>\n  <dd>definition</dd>\n</dl>\n");
    assert_eq!(gfm("中文**加粗。**文字\n"), "中文**加粗。**&#x6587;字\n");
    assert_eq!(gfm("# Head {#own}\n"), "<h2 id=\"own\">Head</h2>\n".replace("h2", "h1"));
    assert_eq!(gfm("costs $$a*b*c$$\n"), "costs \\\\(a\\*b\\*c\\\\)\n");
}

#[test]
fn html_becomes_markdown() {
    assert_eq!(gfm("<p>one <b>two</b></p>\n\n*three*\n"), "one **two**\n\n*three*\n");
    let mut options = WriteOptions::default();
    options.html = postferry_markdown::RawHtml::Keep;
    assert_eq!(written_as("<p>one <b>two</b></p>\n\n*three*\n", &options).text, "<p>one <b>two</b></p>\n\n*three*\n");
}

#[test]
fn an_open_fence_takes_only_its_own_block_along() {
    let text = "*one*\n\n```\nnot closed\n\n_two_\n\n_three_\n";
    let written = written_as(text, &WriteOptions::default());
    assert!(written.text.starts_with("*one*\n\n") && written.text.contains("_two_\n\n_three_\n"), "{}", written.text);
}

#[test]
fn kramdown_keeps_all() {
    let text = "para\n{: .note}\n\nterm\n: definition\n\na | b\n\n$$x$$\n\n* a\n\n* b\n* c\n";
    assert_eq!(written_as(text, &WriteOptions::new(Dialect::Kramdown)).text, text);
}

#[test]
fn shortcodes_in_the_text_are_shown() {
    let written = written_as("`{{< x >}}`\n", &WriteOptions::new(Dialect::Goldmark));
    assert_eq!(written.text, "`{{</* x */>}}`\n");
}
