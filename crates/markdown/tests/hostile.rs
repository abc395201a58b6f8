//! Whatever a tree holds, what is written reads back the same, or says that it does not.

use postferry_doc::{Attr, Block, Document, Inline, Level, List, ListItem, ListKind};
use postferry_html::{AutoIds, ReadOptions, read};
use postferry_markdown::{Dialect, WriteOptions, difference, to_html, write};
use proptest::prelude::*;

/// Words that mean something to some Markdown reader, or stand beside what does.
const WORDS: &[&str] = &[
    "a",
    "b1",
    "中文",
    "。",
    "“q”",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "[",
    "]",
    "[x]",
    "](",
    "(u)",
    "![",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<?",
    "http://x.y",
    "<http://x.y>",
    "a@b.co",
    "&amp;",
    "&#35;",
    "&",
    "#",
    "##",
    "-",
    "---",
    "+",
    "=",
    "===",
    ">",
    "1.",
    "12)",
    "|",
    "| --- |",
    "\\",
    "\\*",
    "~",
    "~~",
    "~~~",
    "```",
    ":",
    ": d",
    "{:.c}",
    "{{< x >}}",
    "$",
    "$$",
    "^",
    "[^1]",
    "[^1]:",
    "[r]: /u",
    "\u{a0}",
    "\u{3000}",
    "\"",
    "'",
    "...",
    "--",
    "!",
    "?",
    ".",
    "é",
    "\u{200d}",
    "==",
    "%%",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec((0..WORDS.len(), any::<bool>()), 1..6).prop_map(|words| {
        let mut text = String::new();
        for (word, space) in words {
            text.push_str(WORDS[word]);
            if space {
                text.push(' ');
            }
        }
        text
    })
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        6 => text().prop_map(|t| Inline::text(&t)),
        1 => Just(Inline::SoftBreak),
        1 => Just(Inline::LineBreak),
        2 => text().prop_map(|t| Inline::Code { attr: Attr::default(), text: t.trim().into() }),
        1 => text().prop_map(|t| Inline::Image { attr: Attr::default(), source: "/i.png".into(), title: None, alt: Some(t.as_str().into()) }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let content = proptest::collection::vec(inner, 1..4);
        prop_oneof![
            content.clone().prop_map(Inline::emphasis),
            content.clone().prop_map(Inline::strong),
            content.clone().prop_map(|content| Inline::Strikethrough { attr: Attr::default(), content }),
            content.clone().prop_map(|content| Inline::Superscript { attr: Attr::default(), content }),
            (text(), content.clone()).prop_map(|(title, content)| Inline::Link {
                attr: Attr::default(),
                target: "/a_(b)?c=*&d".into(),
                title: Some(title.trim().into()),
                content,
            }),
        ]
    })
}

fn block() -> impl Strategy<Value = Block> {
    let content = || proptest::collection::vec(inline(), 1..5);
    let leaf = prop_oneof![
        6 => content().prop_map(Block::paragraph),
        1 => (1..7_u8, content()).prop_map(|(level, content)| Block::Heading {
            attr: Attr::default(),
            level: Level::new(level),
            generated_id: true,
            content,
        }),
        1 => text().prop_map(|t| Block::CodeBlock { attr: Attr::default(), language: None, text: t.as_str().into() }),
        1 => Just(Block::ThematicBreak { attr: Attr::default() }),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let blocks = proptest::collection::vec(inner, 1..4);
        prop_oneof![
            blocks.clone().prop_map(|blocks| Block::BlockQuote { attr: Attr::default(), blocks }),
            (any::<bool>(), 0..12_i32, proptest::collection::vec(blocks, 1..4)).prop_map(|(bullets, start, items)| {
                let items = items.into_iter().map(|blocks| ListItem { blocks, ..ListItem::default() }).collect();
                let kind = if bullets { ListKind::Bullet } else { ListKind::Ordered { start } };
                Block::List(Box::new(List { attr: Attr::default(), kind, items }))
            }),
        ]
    })
}

/// The tree as HTML would give it: through HTML once, so that white space stands as readers leave it.
fn settled(blocks: &[Block]) -> Document {
    let html = postferry_html::write(blocks, &[], &postferry_html::WriteOptions::default()).html;
    document(&html)
}

fn document(html: &str) -> Document {
    let mut options = ReadOptions::default();
    options.auto_ids = AutoIds::All;
    options.math = false;
    options.notes = false;
    Document { blocks: read(html, &options).blocks, ..Document::default() }
}

fn check(blocks: &[Block], dialect: Dialect) -> Result<(), TestCaseError> {
    let document = settled(blocks);
    let written = write(&document, &WriteOptions::new(dialect));
    if written.diagnostics.iter().any(|d| d.code == "lost/spelling") {
        return Ok(());
    }
    let again = self::document(&to_html(&written.text, dialect));
    if let Some((wanted, got)) = difference(&document, &again, dialect) {
        return Err(TestCaseError::fail(format!("wanted {wanted:?}\n   got {got:?}\n{}", written.text)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gfm_reads_back(blocks in proptest::collection::vec(block(), 1..4)) {
        check(&blocks, Dialect::Gfm)?;
    }

    #[test]
    fn commonmark_reads_back(blocks in proptest::collection::vec(block(), 1..4)) {
        check(&blocks, Dialect::CommonMark)?;
    }

    #[test]
    fn no_dialect_panics_or_changes_its_mind(blocks in proptest::collection::vec(block(), 1..3)) {
        let document = settled(&blocks);
        for dialect in Dialect::ALL {
            let written = write(&document, &WriteOptions::new(dialect));
            prop_assert_eq!(&written.text, &write(&document, &WriteOptions::new(dialect)).text);
            let mut options = WriteOptions::new(dialect);
            options.proof = false;
            write(&document, &options);
        }
    }
}
