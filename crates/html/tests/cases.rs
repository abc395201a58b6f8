//! What each construct becomes, case by case: HTML in, the tree, HTML out.

use postferry_doc::{Alignment, Attr, Block, Inline, ListKind, Namespace, plain_text};
use postferry_html::{AutoIds, NoteStyle, Piece, ReadOptions, Syntax, WriteOptions, read, read_pieces, write};

fn blocks(html: &str) -> Vec<Block> {
    read(html, &ReadOptions::default()).blocks
}

fn block(html: &str) -> Block {
    let mut all = blocks(html);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn content(html: &str) -> Vec<Inline> {
    match block(html) {
        Block::Paragraph { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn html(html: &str) -> String {
    let reading = read(html, &ReadOptions::default());
    write(&reading.blocks, &reading.notes, &WriteOptions::default()).html
}

fn xhtml(html: &str) -> (String, Vec<&'static str>) {
    let reading = read(html, &ReadOptions::default());
    let mut options = WriteOptions::default();
    options.syntax = Syntax::Xhtml;
    options.notes = NoteStyle::Asides;
    let written = write(&reading.blocks, &reading.notes, &options);
    (written.html.trim_end().to_owned(), written.diagnostics.iter().map(|d| d.code).collect())
}

fn text(text: &str) -> Inline {
    Inline::text(text)
}

#[test]
fn white_space_is_what_browsers_show() {
    assert_eq!(content("<p> a \n b<b> c </b> d </p>")[..2], [text("a"), Inline::SoftBreak]);
    assert_eq!(html("<p> a  b <b> c </b> d </p>"), "<p>a b <strong>c </strong>d</p>\n");
    assert_eq!(html("<p>a <br> b<br></p>"), "<p>a<br />\nb<br />\n</p>\n");
    assert_eq!(content("<p>\u{a0}a\u{3000}</p>"), [text("\u{a0}a\u{3000}")]);
    assert_eq!(html("<p>a<!-- c --> </p>"), "<p>a<!-- c --></p>\n");
}

#[test]
fn text_between_blocks_is_a_paragraph_or_plain() {
    assert_eq!(html("a<p>b</p>c <i>d</i>"), "<p>a</p>\n<p>b</p>\n<p>c <em>d</em></p>\n");
    assert_eq!(html("<div>a<p>b</p></div>"), "<div>a\n<p>b</p>\n</div>\n");
    assert_eq!(html("<li>a<li>b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
}

#[test]
fn what_stands_alone_is_a_block() {
    assert!(matches!(block("<iframe src=x></iframe>"), Block::Element { .. }));
    assert!(matches!(blocks("<!--more--><my-el>x</my-el>")[..], [Block::Comment { .. }, Block::Element { .. }]));
    assert!(matches!(content("a <my-el>x</my-el>")[1], Inline::Element { .. }));
    assert!(matches!(block("<img src=x>"), Block::Paragraph { .. }));
}

#[test]
fn formatting_around_blocks_goes_into_them() {
    assert_eq!(
        html("<b>a<p>b</p><ul><li>c</ul></b>"),
        "<p><strong>a</strong></p>\n<p><strong>b</strong></p>\n<ul>\n<li><strong>c</strong></li>\n</ul>\n"
    );
    assert_eq!(
        html("<span id=s><div>a</div><div>b</div></span>"),
        "<div><span id=\"s\">a</span></div>\n<div><span>b</span></div>\n"
    );
    assert_eq!(html("<a name=n><h2>a</h2><p>b</p>"), "<h2><a name=\"n\"></a>a</h2>\n<p>b</p>\n");
    assert_eq!(html("<a href=u><div>a</div></a>"), "<a href=\"u\">\n<div>a</div>\n</a>\n");
}

#[test]
fn lists_are_tight_or_loose_item_by_item() {
    let Block::List(list) = block("<ol start=3 type=a><li>a<li><p>b</p></ol>") else { panic!() };
    assert_eq!(list.kind, ListKind::Ordered { start: 3 });
    assert_eq!(list.attr.value("type"), Some("a"));
    assert!(matches!(list.items[0].blocks[..], [Block::Plain { .. }]));
    assert!(matches!(list.items[1].blocks[..], [Block::Paragraph { .. }]));
}

#[test]
fn stray_content_of_a_list_goes_to_the_item_before() {
    let Block::List(list) = block("<ul><li>a<ul><li>b</ul><ul><li>c</ul></ul>") else { panic!() };
    assert_eq!(list.items.len(), 1);
    assert_eq!(list.items[0].blocks.len(), 3);
}

#[test]
fn tasks_are_known() {
    let source = "<ul class=\"task-list\">\n<li class=\"task-list-item\"><input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"disabled\" checked=\"checked\" />a</li>\n</ul>";
    let Block::List(list) = block(source) else { panic!() };
    assert_eq!((list.items[0].checked, list.attr.is_empty(), list.items[0].attr.is_empty()), (Some(true), true, true));
    let Block::List(list) = block("<ul><li><p><input type=checkbox disabled> a</p></ul>") else { panic!() };
    assert_eq!(list.items[0].checked, Some(false));
    let Block::List(list) = block("<ul><li><input type=checkbox> a</ul>") else { panic!() };
    assert_eq!(list.items[0].checked, None);
}

#[test]
fn code_has_its_language() {
    let code = |language: Option<&str>, class: &[&str]| Block::CodeBlock {
        attr: Attr::new("", class.iter().copied(), []),
        language: language.map(Into::into),
        text: "x\ny".into(),
    };
    assert_eq!(block("<pre><code class=\"language-ruby\">x\ny\n</code></pre>"), code(Some("ruby"), &[]));
    assert_eq!(block("<pre class=c><code class=\"language-ruby\">x\ny\n</code></pre>"), code(Some("ruby"), &["c"]));
    let rouge = |language| {
        format!(
            "<div class=\"language-{language} k highlighter-rouge\"><div class=\"highlight\"><pre class=\"highlight\"><code><span class=\"n\">x</span>\ny\n</code></pre></div></div>"
        )
    };
    assert_eq!(block(&rouge("js")), code(Some("js"), &["k"]));
    assert_eq!(block(&rouge("plaintext")), code(None, &["k"]));
    assert_eq!(
        block("<figure class=highlight><pre><code class=language-c data-lang=c>x\ny</code></pre></figure>"),
        code(Some("c"), &[])
    );
    assert_eq!(block("<div class=\"highlight highlight-source-js\"><pre>x\ny</pre></div>"), code(Some("js"), &[]));
    assert_eq!(block("<pre class=\"brush: php;\">x<br>y</pre>"), code(Some("php"), &[]));
    assert_eq!(block("<pre>\nx\ny\n</pre>"), code(None, &[]));
}

#[test]
fn line_numbers_are_not_code() {
    let source = "<div class=\"language-c highlighter-rouge\"><div class=\"highlight\"><pre class=\"highlight\"><code><table class=\"rouge-table\"><tbody><tr><td class=\"rouge-gutter gl\"><pre class=\"lineno\">1\n2\n</pre></td><td class=\"rouge-code\"><pre>a\nb\n</pre></td></tr></tbody></table></code></pre></div></div>";
    let Block::CodeBlock { language, text, .. } = block(source) else { panic!() };
    assert_eq!((language.as_deref(), text.as_str()), (Some("c"), "a\nb"));
}

#[test]
fn preformatted_text_with_links_stays_an_element() {
    let source = "<pre>\na  <a href=\"u\">b</a>\n <b>c</b></pre>";
    assert!(matches!(block(source), Block::Element { .. }));
    assert_eq!(html(source), "<pre>\na  <a href=\"u\">b</a>\n <strong>c</strong></pre>\n");
}

#[test]
fn tables_have_groups_spans_and_alignment() {
    let source = "<table><caption>c</caption><thead><tr><th style='text-align: left'>a<th style='text-align: right'>b</thead>\
        <tr><td align=left>1<td>2<tr><td colspan=2>3</table>";
    let Block::Table(table) = block(source) else { panic!() };
    assert_eq!(table.columns, [Alignment::Left, Alignment::Right]);
    assert_eq!(plain_text(&table.caption), "c");
    assert!(table.head[0].cells[0].header);
    let cells = &table.bodies[0].rows[0].cells;
    assert_eq!((cells[0].align, cells[1].align), (None, Some(Alignment::None)));
    assert!(cells[0].attr.is_empty());
    assert_eq!(table.bodies[0].rows[1].cells[0].column_span, 2);
}

#[test]
fn kramdowns_footnotes_are_notes() {
    let source = "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" rel=\"footnote\">1</a></sup></p>\n\
        <div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn:1\" role=\"doc-endnote\">\n<p>n\u{a0}<a href=\"#fnref:1\" class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n</li>\n</ol>\n</div>\n";
    let reading = read(source, &ReadOptions::default());
    assert_eq!(reading.blocks, [Block::paragraph(vec![text("a"), Inline::NoteReference { label: "1".into() }])]);
    assert_eq!(reading.notes[0].blocks, [Block::paragraph(vec![text("n")])]);
    assert_eq!(html(source), source);
    let reading = read(&xhtml(source).0, &ReadOptions::default());
    assert_eq!((reading.notes.len(), &*reading.notes[0].label), (1, "1"));
}

#[test]
fn other_footnotes_are_notes_too() {
    for source in [
        "<p>a<a href=#fn1 class=footnote-ref id=fnref1><sup>1</sup></a></p><section class=footnotes><hr><ol><li id=fn1><p>n<a href=#fnref1 class=footnote-back>b</a></p></ol></section>",
        "<p>a<sup class=footnote-ref><a href=#fn-1 id=fnref-1 data-footnote-ref>1</a></sup></p><section class=footnotes data-footnotes><ol><li id=fn-1><p>n <a href=#fnref-1 class=footnote-backref>b</a></p></ol></section>",
    ] {
        let reading = read(source, &ReadOptions::default());
        assert_eq!(reading.blocks, [Block::paragraph(vec![text("a"), Inline::NoteReference { label: "1".into() }])]);
        assert_eq!(reading.notes[0].blocks, [Block::paragraph(vec![text("n")])]);
    }
    // A list that nothing refers to is a list.
    assert_eq!(read("<div class=footnotes><ol><li id=fn1>n</ol></div>", &ReadOptions::default()).notes, []);
}

#[test]
fn mathematics_is_tex_again() {
    let inline = |tex: &str| vec![Inline::Math { attr: Attr::default(), tex: tex.into() }];
    let display = |tex: &str| Block::Math { attr: Attr::default(), tex: tex.into() };
    assert_eq!(content("<p>\\(a_1 &lt; b\\)</p>"), inline("a_1 < b"));
    assert_eq!(content("<p><span class=kdmath>$a$</span></p>"), inline("a"));
    assert_eq!(content("<p><script type=\"math/tex\">a<b</script></p>"), inline("a<b"));
    let annotated = "<math><semantics><mi>a</mi><annotation encoding=\"application/x-tex\">a</annotation></semantics></math>";
    assert_eq!(content(&format!("<p>{annotated}</p>")), inline("a"));
    assert_eq!(
        content(&format!(
            "<p><span class=katex><span class=katex-mathml>{annotated}</span><span class=katex-html>a</span></span></p>"
        )),
        inline("a")
    );
    assert_eq!(blocks("\\[a\\]\n\n\\[b\nc\\]\n"), [display("a"), display("b\nc")]);
    assert_eq!(block("<script type=\"math/tex; mode=display\">% <![CDATA[\na %]]></script>"), display("a"));
    assert_eq!(block("<div class=\"kdmath\">$$\na\n$$</div>"), display("a"));
    assert_eq!(html("<a href=u><p>\\[a\\]</p></a>"), "<a href=\"u\">\n<div class=\"kdmath\">$$\na\n$$</div>\n</a>\n");
    assert_eq!(content("<p>\\(not closed</p>"), [text("\\(not closed")]);
}

#[test]
fn headings_say_whether_their_id_is_generated() {
    let generated = |html: &str, auto_ids| {
        let mut options = ReadOptions::default();
        options.auto_ids = auto_ids;
        matches!(read(html, &options).blocks[..], [Block::Heading { generated_id: true, .. }])
    };
    assert!(generated("<h2 id=a-b>A B</h2>", AutoIds::Rule));
    assert!(!generated("<h2 id=own>A B</h2>", AutoIds::Rule));
    assert!(!generated("<h2 id=a-b>A B</h2>", AutoIds::None));
    assert!(generated("<h2 id=own>A B</h2>", AutoIds::All));
}

#[test]
fn images_have_their_real_source() {
    let source = |html: &str| match &content(html)[..] {
        [Inline::Image { source, .. }] => source.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(source("<img src=data:image/gif;base64,R0 data-src=real.png>"), "real.png");
    assert_eq!(source("<img src=a.png data-src=b.png>"), "a.png");
    assert_eq!(source("<img data-original=b.png>"), "b.png");
}

#[test]
fn foreign_elements_keep_their_namespace() {
    let source = "<p><svg viewBox=\"0 0 1 1\"><title>t</title><path d=\"M0\"></path></svg></p>\n";
    let [Inline::Element { namespace: Namespace::Svg, attr, .. }] = &content(source)[..] else { panic!() };
    assert_eq!(attr.value("viewBox"), Some("0 0 1 1"));
    assert_eq!(html(source), source);
}

#[test]
fn figures_have_captions() {
    let Block::Figure { blocks, caption, .. } = block("<figure><img src=a><figcaption>c</figcaption></figure>") else { panic!() };
    assert!(matches!(blocks[..], [Block::Plain { .. }]));
    assert_eq!(plain_text(&caption), "c");
}

#[test]
fn further_captions_stay_apart() {
    for page in [
        "<table><caption>a</caption><tr><td>x</td></tr><caption>b</caption></table>",
        "<figure><img src=x><figcaption>a</figcaption><figcaption>b</figcaption></figure>",
    ] {
        let written = html(page);
        assert!(written.contains("<p>a</p>\n<p>b</p>"), "{written}");
        assert_eq!(html(&written), written);
    }
}

#[test]
fn pieces_say_where_blocks_come_from() {
    let html = "<p>a</p>\n<!-- c -->\n\n<p>b</p><p>c</p>\n\ntail";
    let starts = [0, 9, 21, 39];
    let pieces: Vec<Piece> = starts
        .iter()
        .enumerate()
        .map(|(n, from)| Piece {
            html: *from..*starts.get(n + 1).unwrap_or(&html.len()),
            first_line: 10 * n as u32 + 1,
            lines: 2,
        })
        .collect();
    let reading = read_pieces(html, &pieces, &ReadOptions::default());
    let origins: Vec<(u32, u32, u32)> = reading.origins.iter().map(|o| (o.first_block, o.blocks, o.first_line)).collect();
    assert_eq!(origins, [(0, 1, 1), (1, 1, 11), (2, 2, 21), (4, 1, 31)]);
    assert_eq!(reading.blocks, blocks(html));
}

#[test]
fn books_get_valid_elements() {
    assert_eq!(
        xhtml("<center><font color=red size=5>x</font></center>").0,
        "<div style=\"text-align: center\"><span style=\"color: red; font-size: x-large\">x</span></div>"
    );
    assert_eq!(
        xhtml("<table width=100% border=1><tr><td bgcolor=#FFF valign=top>x</table>").0,
        "<table style=\"width: 100%; border: 1px solid\">\n<tbody>\n<tr>\n<td style=\"background-color: #FFF; vertical-align: top\">x</td>\n</tr>\n</tbody>\n</table>"
    );
    assert_eq!(
        xhtml("<iframe src='https://v.example/1' title=T></iframe>"),
        ("<p class=\"media\"><a class=\"media\" href=\"https://v.example/1\">T</a></p>".into(), vec!["lost/media"])
    );
    assert_eq!(
        xhtml("<video><source src=a.mp4></video>").0,
        "<p class=\"media\"><a class=\"media\" href=\"a.mp4\">a.mp4</a></p>"
    );
    assert_eq!(
        xhtml("<p foo=1 onclick=x>a<o:p>b</o:p></p>"),
        ("<p>a<span>b</span></p>".into(), vec!["html/attribute", "html/attribute", "lost/element"])
    );
    assert_eq!(xhtml("<p id='1 a'>x</p><a href='#1 a'>y</a>").0, "<p id=\"_1_20_a\">x</p>\n<p><a href=\"#_1_20_a\">y</a></p>");
    assert_eq!(xhtml("<p>a\u{b}b</p><!-- c -- d -->").0, "<p>ab</p>\n<!-- c - - d -->");
    assert_eq!(xhtml("<img src=a>").0, "<p><img src=\"a\" alt=\"\" /></p>");
    assert_eq!(xhtml("<p style='direction: rtl; color: red'>x</p>").0, "<p dir=\"rtl\" style=\"color: red\">x</p>");
    assert_eq!(
        xhtml("<details open><summary>s</summary>x</details>").0,
        "<details open=\"open\">\n<summary>s</summary>\nx\n</details>"
    );
    assert_eq!(xhtml("<a href='javascript:x'>y</a>"), ("<p><span>y</span></p>".into(), vec!["html/sanitized"]));
}

#[test]
fn mathematics_can_be_markup() {
    let math = |tex: &str, display: bool| (!tex.contains('!')).then(|| format!("<m d=\"{display}\">{tex}</m>"));
    let reading = read("<p>\\(a\\) \\(!\\)</p>", &ReadOptions::default());
    let mut options = WriteOptions::default();
    options.math = Some(&math);
    assert_eq!(write(&reading.blocks, &[], &options).html, "<p><m d=\"false\">a</m> \\(!\\)</p>\n");
}

#[test]
fn a_class_that_ends_in_a_semicolon_names_a_language_only_if_something_is_left() {
    let language = |html: &str| match block(html) {
        Block::CodeBlock { attr, language, .. } => (language.map(|l| l.to_string()), attr.classes().len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(language("<pre class=\"brush:php;\">a</pre>"), (Some("php".to_owned()), 0));
    assert_eq!(language("<pre class=\"brush:;\">a</pre>"), (None, 1));
    assert_eq!(language("<pre><code class=\"language-;\">a</code></pre>"), (None, 1));
}

#[test]
fn mathematics_begins_at_its_own_backslash() {
    assert_eq!(
        content("<p>\\a \\(x\\) \\\\(y\\) b</p>"),
        [text("\\a "), Inline::Math { attr: Attr::default(), tex: "x".into() }, text(" \\\\(y\\) b")]
    );
}

#[test]
fn formatting_around_items_goes_into_them() {
    assert_eq!(
        html("<ol><code>\n<li>a</li>\n<li>b</li>\n</code><li>c</li></ol>"),
        "<ol>\n<li><code>a</code></li>\n<li><code>b</code></li>\n<li>c</li>\n</ol>\n"
    );
}

#[test]
fn display_mathematics_beside_text_stays_in_its_line() {
    let items = |html: &str| match block(html) {
        Block::List(list) => list.items[0].blocks.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(items("<ul><li>a \\[x\\] b</li></ul>"), [Block::Plain { content: vec![text("a \\[x\\] b")] }]);
    assert_eq!(items("<ul><li>\\[x\\]<b>b</b></li></ul>").len(), 1);
    assert!(matches!(items("<ul><li>\\[x\\] \\[y\\]</li></ul>").as_slice(), [Block::Math { .. }, Block::Math { .. }]));
    assert!(matches!(items("<ul><li>\\[x\\]<p>a</p></li></ul>").as_slice(), [Block::Math { .. }, Block::Paragraph { .. }]));
}

#[test]
fn blocks_in_code_begin_lines_that_the_text_does_not_begin() {
    let code = |html: &str| match block(html) {
        Block::CodeBlock { text, .. } => text.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code("<pre><div>a</div><div>b</div></pre>"), "a\nb");
    assert_eq!(code("<pre><div>a</div>\n<div>b</div></pre>"), "a\nb");
    assert_eq!(code("<pre><code>a<p></p>\n<ol>\n\t<li>b<br>\n</li></ol></code></pre>"), "a\n\n\tb\n");
    assert_eq!(code("<pre><code>a<p>b</p>c</code></pre>"), "a\nb\nc");
}
