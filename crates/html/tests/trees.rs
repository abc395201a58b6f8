//! Random trees, as other readers may make them: whatever is written is XML for books, and settles when it is read.

use postferry_doc::{
    Attr, Block, Definition, DefinitionItem, Inline, Level, List, ListItem, ListKind, Namespace, Note, Term, plain_text,
};
use postferry_html::{NoteStyle, ReadOptions, Syntax, WriteOptions, nesting_fault, read, write, xml_fault};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn word() -> impl Strategy<Value = String> {
    let words = ["a", "b c", "\\(x", "y\\)", "\\[z\\]", "<p>", "&amp;", "--", "]]>", "中", "\u{b}", " ", "\n", "\"", "$", "\\"];
    prop::sample::select(words.to_vec()).prop_map(String::from)
}

fn attr() -> impl Strategy<Value = Attr> {
    prop::sample::select(vec![
        Attr::default(),
        Attr::default(),
        Attr::new("1 x", ["k"], []),
        Attr::new("i", [], [("style", "color: red; x"), ("align", "center"), ("<b", "=")]),
        Attr::new("", ["l", "m"], [("lang", "en"), ("onclick", "x()")]),
    ])
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        word().prop_map(|text| Inline::Text(text.into())),
        Just(Inline::SoftBreak),
        Just(Inline::LineBreak),
        (attr(), word()).prop_map(|(attr, text)| Inline::Code { attr, text: text.into() }),
        (attr(), word()).prop_map(|(attr, tex)| Inline::Math { attr, tex: tex.into() }),
        (attr(), word()).prop_map(|(attr, source)| Inline::Image { attr, source: source.into(), title: None, alt: None }),
        word().prop_map(|text| Inline::Comment { text: text.into() }),
        Just(Inline::NoteReference { label: "n m".into() }),
        word().prop_map(|text| Inline::Raw { format: "liquid".into(), text: text.into() }),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let content = prop::collection::vec(inner, 0..4);
        let names = prop::sample::select(vec!["kbd", "a", "script", "iframe", "o:p", "video", "label", "textarea", "pre"]);
        prop_oneof![
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Strong { attr, content }),
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Span { attr, content }),
            (attr(), word(), content.clone()).prop_map(|(attr, target, content)| Inline::Link {
                attr,
                target: target.into(),
                title: None,
                content
            }),
            (names, attr(), content).prop_map(|(name, attr, content)| Inline::Element {
                namespace: Namespace::Html,
                name: name.into(),
                attr,
                content
            }),
        ]
    })
}

fn block() -> impl Strategy<Value = Block> {
    let content = || prop::collection::vec(inline(), 0..4);
    let leaf = prop_oneof![
        (attr(), content()).prop_map(|(attr, content)| Block::Paragraph { attr, content }),
        content().prop_map(|content| Block::Plain { content }),
        (attr(), content()).prop_map(|(attr, content)| Block::Heading {
            attr,
            level: Level::new(2),
            generated_id: false,
            content
        }),
        (attr(), word()).prop_map(|(attr, text)| Block::CodeBlock {
            attr,
            language: Some(text.clone().into()),
            text: text.into()
        }),
        (attr(), word()).prop_map(|(attr, tex)| Block::Math { attr, tex: tex.into() }),
        word().prop_map(|text| Block::Comment { text: text.into() }),
        attr().prop_map(|attr| Block::ThematicBreak { attr }),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        let blocks = prop::collection::vec(inner, 0..4);
        let names = prop::sample::select(vec!["details", "section", "video", "center", "my-el", "style", "a", "noscript"]);
        prop_oneof![
            (attr(), blocks.clone()).prop_map(|(attr, blocks)| Block::Division { attr, blocks }),
            (attr(), blocks.clone()).prop_map(|(attr, blocks)| Block::BlockQuote { attr, blocks }),
            (attr(), blocks.clone(), any::<Option<bool>>()).prop_map(|(attr, blocks, checked)| {
                let items = vec![ListItem { attr: attr.clone(), checked, blocks }];
                Block::List(Box::new(List { attr, kind: ListKind::Ordered { start: 2 }, items }))
            }),
            (attr(), blocks.clone(), blocks.clone()).prop_map(|(attr, blocks, caption)| Block::Figure { attr, blocks, caption }),
            (attr(), blocks.clone()).prop_map(|(attr, blocks)| Block::DefinitionList {
                attr: attr.clone(),
                items: vec![DefinitionItem { terms: vec![Term::default()], definitions: vec![Definition { attr, blocks }] }]
            }),
            (names, attr(), blocks).prop_map(|(name, attr, blocks)| Block::Element {
                namespace: Namespace::Html,
                name: name.into(),
                attr,
                blocks
            }),
        ]
    })
}

fn options(syntax: Syntax) -> WriteOptions<'static> {
    let mut options = WriteOptions::default();
    options.syntax = syntax;
    options.notes = if syntax == Syntax::Html { NoteStyle::Section } else { NoteStyle::Asides };
    options
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: RngSeed::Fixed(2), ..ProptestConfig::default() })]

    #[test]
    fn random_trees_become_xml(blocks in prop::collection::vec(block(), 0..5)) {
        let notes = [Note { label: "n m".into(), blocks: vec![Block::paragraph(vec![Inline::text("n")])] }];
        let written = write(&blocks, &notes, &options(Syntax::Xhtml)).html;
        prop_assert_eq!(xml_fault(&written), None, "{}", written);
        prop_assert_eq!(nesting_fault(&written), None, "{}", written);
    }

    #[test]
    fn random_trees_settle(blocks in prop::collection::vec(block(), 0..5)) {
        let notes = [Note { label: "n m".into(), blocks: vec![Block::paragraph(vec![Inline::text("n")])] }];
        let mut html = write(&blocks, &notes, &options(Syntax::Html)).html;
        let mut texts = Vec::new();
        for _ in 0..3 {
            let reading = read(&html, &ReadOptions::default());
            html = write(&reading.blocks, &reading.notes, &options(Syntax::Html)).html;
            texts.push(plain_text(&reading.blocks));
        }
        prop_assert_eq!(&texts[1], &texts[2], "{}", html);
    }
}

#[test]
fn no_text_ends_its_raw_element() {
    for text in ["a</style>", "a</STYLE ><script>b</script>", "</style", "</style/x"] {
        let content = vec![Inline::Text(text.into())];
        let style = Inline::Element { namespace: Namespace::Html, name: "style".into(), attr: Attr::default(), content };
        let written = write(&[Block::paragraph(vec![style])], &[], &WriteOptions::default()).html;
        let end = written.find("</style>").expect("it ends");
        assert!(!written[..end].to_ascii_lowercase().contains("</style"), "{written}");
        assert_eq!(&written[end..], "</style></p>\n", "{written}");
    }
}
