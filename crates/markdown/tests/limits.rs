//! Whatever the depth and size of a tree, it is written, and the time grows no faster than the text.

use std::time::{Duration, Instant};

use postferry_doc::{Attr, Block, Document, Inline, List, ListItem, ListKind, Origin};
use postferry_html::{ReadOptions, read};
use postferry_markdown::{Dialect, SourceText, WriteOptions, write, write_with_source};

fn document(html: &str) -> Document {
    let reading = read(html, &ReadOptions::default());
    Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() }
}

#[test]
fn deep_trees_are_written_with_their_text() {
    for (open, close) in [("<blockquote>", "</blockquote>"), ("<ul><li>", "</li></ul>"), ("<div>", "</div>"), ("<kbd>", "</kbd>")]
    {
        let html = format!("{}deepest{}", open.repeat(3000), close.repeat(3000));
        let tree = document(&html);
        for dialect in Dialect::ALL {
            assert!(write(&tree, &WriteOptions::new(dialect)).text.contains("deepest"), "{open} {}", dialect.name());
        }
    }
}

#[test]
fn containers_beyond_the_cap_become_html() {
    let mut block = Block::paragraph(vec![Inline::text("deepest")]);
    for n in 0..300 {
        block = if n % 2 == 0 {
            Block::BlockQuote { attr: Attr::default(), blocks: vec![block] }
        } else {
            let items = vec![ListItem { blocks: vec![block], ..ListItem::default() }];
            Block::List(Box::new(List { attr: Attr::default(), kind: ListKind::Bullet, items }))
        };
    }
    let document = Document { blocks: vec![block], ..Document::default() };
    let written = write(&document, &WriteOptions::default());
    assert!(written.text.contains("deepest"));
    assert_eq!(written.text.matches("<blockquote>").count(), 150);
    let mut options = WriteOptions::default();
    options.proof = false;
    assert!(write(&document, &options).diagnostics.iter().any(|d| d.code == "limit/depth"));
}

/// Hostile texts whose reading could be quadratic: eight times the text may take no more than forty times the time.
#[test]
fn time_grows_with_the_text() {
    let families: [&dyn Fn(usize) -> String; 10] = [
        &|n| format!("<p>{}</p>", "*a ".repeat(n)),
        &|n| format!("<p>{}</p>", "[a](".repeat(n)),
        &|n| format!("<p>{}</p>", "` `` ".repeat(n)),
        &|n| format!("<p>{}</p>", "&lt;a ".repeat(n)),
        &|n| format!("<p>{}</p>", "<b>a</b>。".repeat(n)),
        &|n| format!("<p>{}</p>", "&amp;a".repeat(n)),
        &|n| format!("<p>{}</p>", "&amp;".repeat(8 * n)),
        &|n| format!("<p>{}</p>", "&lt;".repeat(8 * n)),
        &|n| format!("<ul>{}</ul>", "<li><p>a</p></li>".repeat(n)),
        &|n| format!("<table>{}</table>", "<tr><td>a|b</td><td>c</td></tr>".repeat(n)),
    ];
    for (n, family) in families.iter().enumerate() {
        let time = |size: usize| {
            let tree = document(&family(size));
            (0..3)
                .map(|_| {
                    let start = Instant::now();
                    write(&tree, &WriteOptions::default());
                    start.elapsed()
                })
                .min()
                .unwrap_or_default()
        };
        let (small, large) = (time(500), time(4000));
        assert!(large < small * 40 + Duration::from_millis(50), "family {n}: {small:?}, then {large:?}");
    }
}

/// Lines that kramdown takes for definitions and the target for text: they go all at once, not one for each reading.
#[test]
fn definitions_that_would_show_go_together() {
    let time = |lines: usize| {
        let source = format!("x\n\n{}", "[a]: <b\n".repeat(lines));
        let document = document("<p>x</p>");
        let origins = [Origin { first_block: 0, blocks: 1, first_line: 1, lines: 1 }];
        let start = Instant::now();
        let source = SourceText { text: &source, origins: &origins };
        let written = write_with_source(&document, source, &WriteOptions::default());
        assert_eq!(written.text, "x\n");
        start.elapsed()
    };
    let (small, large) = (time(200), time(3200));
    assert!(large < small * 80 + Duration::from_millis(50), "{small:?}, then {large:?}");
}
