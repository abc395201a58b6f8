//! Random documents for property tests (feature `arbitrary`).
//!
//! Every document that [`document`] gives passes [`Document::validate`]; beyond that it holds whatever the types can
//! hold: empty texts, texts side by side, control characters, tables without rows.
//!
//! ```
//! use postferry_doc::arbitrary;
//! use proptest::{strategy::Strategy, test_runner::TestRunner};
//!
//! let mut runner = TestRunner::deterministic();
//! runner.run(&arbitrary::document(), |document| { assert!(document.validate().is_ok()); Ok(()) }).expect("every document is valid");
//! ```

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::{option, sample::select};

use crate::{
    Alignment, Attr, Block, Cell, DateTime, Definition, DefinitionItem, Document, Inline, Level, List, ListItem, ListKind, Map,
    Meta, Namespace, Note, Origin, Row, Table, TableBody, Term, Text, Value, walk,
};

/// Gives a valid document of any metadata, up to some dozens of nodes, and a note for each label it refers to.
pub fn document() -> BoxedStrategy<Document> {
    let origins = vec((0..40u32, 0..4u32, 1..200u32, 1..30u32), 0..4);
    (meta(), vec(block(), 0..5), vec(block(), 1..3), origins)
        .prop_map(|(meta, blocks, note, origins)| {
            let notes = notes(&blocks, &note);
            let origins = origins.into_iter().map(|(first_block, blocks, first_line, lines)| Origin {
                first_block,
                blocks,
                first_line,
                lines,
            });
            Document { meta, blocks, notes, origins: origins.collect() }
        })
        .boxed()
}

/// Gives metadata with any field there or not.
pub fn meta() -> BoxedStrategy<Meta> {
    let words = || vec(text(), 0..3);
    let one = (option::of(text()), option::of(text()), option::of(text()), option::of(text()), option::of(text()));
    let lists = (words(), words(), words(), words());
    let dates = (option::of(date_time()), option::of(date_time()));
    let rest = (option::of(text()), any::<bool>(), map());
    (one, lists, dates, rest)
        .prop_map(|(one, lists, dates, rest)| Meta {
            title: one.0,
            date: dates.0,
            updated: dates.1,
            url: one.1,
            slug: one.2,
            categories: lists.0,
            tags: lists.1,
            authors: lists.2,
            language: one.3,
            excerpt: one.4,
            description: rest.0,
            aliases: lists.3,
            draft: rest.1,
            extra: rest.2,
        })
        .boxed()
}

/// Gives a metadata value of any type, nested a few levels; never NaN, which is not equal to itself.
pub fn value() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        "-?[1-9][0-9]{19,40}".prop_map(|digits| Value::BigInt(digits.into())),
        any::<f64>().prop_filter("NaN is not equal to itself", |f| !f.is_nan()).prop_map(Value::Float),
        select(vec![0.0, -0.0, 1.0, 1e300, f64::MIN_POSITIVE, f64::INFINITY, f64::NEG_INFINITY]).prop_map(Value::Float),
        text().prop_map(Value::String),
        (-12_000..12_000i32, 1..=12u8, 1..=28u8).prop_map(|(year, month, day)| Value::Date { year, month, day }),
        date_time().prop_map(Value::Time),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let entries = vec((key(), inner.clone()), 0..4).prop_map(|entries| Value::Map(entries.into_iter().collect()));
        prop_oneof![vec(inner, 0..4).prop_map(Value::List), entries]
    })
    .boxed()
}

/// Gives a moment with any offset below a day, to the second.
pub fn date_time() -> BoxedStrategy<DateTime> {
    let nanosecond = prop_oneof![Just(0u32), 0..1_000_000_000u32];
    let offset = prop_oneof![Just(0i32), Just(8 * 3600), Just(-(3 * 3600 + 1800)), -86_399..86_400i32];
    (-200_000_000_000..400_000_000_000i64, nanosecond, offset)
        .prop_map(|(seconds, nanosecond, offset)| DateTime::from_unix(seconds, nanosecond, offset))
        .boxed()
}

/// Gives a block with blocks and inlines inside, a few levels deep.
pub fn block() -> BoxedStrategy<Block> {
    let leaf = prop_oneof![
        4 => (attr(), content()).prop_map(|(attr, content)| Block::Paragraph { attr, content }),
        2 => content().prop_map(|content| Block::Plain { content }),
        2 => (attr(), 1..=6u8, any::<bool>(), content()).prop_map(|(attr, level, generated_id, content)| Block::Heading {
            attr, level: Level::new(level), generated_id, content
        }),
        1 => (attr(), option::of(text()), text()).prop_map(|(attr, language, text)| Block::CodeBlock { attr, language, text }),
        1 => attr().prop_map(|attr| Block::ThematicBreak { attr }),
        1 => (attr(), text()).prop_map(|(attr, tex)| Block::Math { attr, tex }),
        1 => text().prop_map(|text| Block::Comment { text }),
        1 => text().prop_map(|text| Block::Raw { format: "liquid".into(), text }),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let blocks = vec(inner, 0..4).boxed();
        prop_oneof![
            (attr(), blocks.clone()).prop_map(|(attr, blocks)| Block::BlockQuote { attr, blocks }),
            (attr(), blocks.clone()).prop_map(|(attr, blocks)| Block::Division { attr, blocks }),
            (attr(), blocks.clone(), blocks.clone()).prop_map(|(attr, blocks, caption)| Block::Figure { attr, blocks, caption }),
            (namespace(), name(), attr(), blocks.clone()).prop_map(|(namespace, name, attr, blocks)| Block::Element {
                namespace,
                name,
                attr,
                blocks
            }),
            list(blocks.clone()).prop_map(|list| Block::List(Box::new(list))),
            definition_list(blocks.clone()),
            table(blocks).prop_map(|table| Block::Table(Box::new(table))),
        ]
    })
    .boxed()
}

/// Gives an inline with inlines inside, a few levels deep.
pub fn inline() -> BoxedStrategy<Inline> {
    let leaf = prop_oneof![
        6 => text().prop_map(Inline::Text),
        1 => Just(Inline::SoftBreak),
        1 => Just(Inline::LineBreak),
        1 => (attr(), text()).prop_map(|(attr, text)| Inline::Code { attr, text }),
        1 => (attr(), text(), option::of(text()), option::of(text()))
            .prop_map(|(attr, source, title, alt)| Inline::Image { attr, source, title, alt }),
        1 => select(vec!["1", "2", "a note", "*"]).prop_map(|label| Inline::NoteReference { label: label.into() }),
        1 => (attr(), text()).prop_map(|(attr, tex)| Inline::Math { attr, tex }),
        1 => text().prop_map(|text| Inline::Comment { text }),
        1 => text().prop_map(|text| Inline::Raw { format: "liquid".into(), text }),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let content = vec(inner, 0..4).boxed();
        prop_oneof![
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Emphasis { attr, content }),
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Strong { attr, content }),
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Strikethrough { attr, content }),
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Superscript { attr, content }),
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Subscript { attr, content }),
            (attr(), content.clone()).prop_map(|(attr, content)| Inline::Span { attr, content }),
            (attr(), text(), option::of(text()), content.clone()).prop_map(|(attr, target, title, content)| Inline::Link {
                attr,
                target,
                title,
                content
            }),
            (namespace(), name(), attr(), content).prop_map(|(namespace, name, attr, content)| Inline::Element {
                namespace,
                name,
                attr,
                content
            }),
        ]
    })
    .boxed()
}

/// Gives attributes: mostly none.
pub fn attr() -> BoxedStrategy<Attr> {
    let parts = (option::of(text()), vec(text(), 0..3), vec((key(), text()), 0..3));
    prop_oneof![
        3 => Just(Attr::default()),
        1 => parts.prop_map(|(id, classes, pairs)| {
            let mut attr = Attr::default();
            attr.set_id(id);
            for class in &classes {
                attr.add_class(class);
            }
            for (name, value) in &pairs {
                attr.set(name, value);
            }
            attr
        }),
    ]
    .boxed()
}

/// Gives a short text: words, other scripts, markup, control characters, nothing at all.
pub fn text() -> BoxedStrategy<Text> {
    prop_oneof![
        6 => "[a-z]{1,8}( [a-z]{1,8}){0,3}".prop_map(Text::from),
        2 => "[一-龥]{1,6}[，。]?".prop_map(Text::from),
        2 => "[ -~]{0,12}".prop_map(Text::from),
        1 => any::<String>().prop_map(Text::from),
        1 => select(vec!["", " ", "\"\\/", "\n\r\t\u{8}\u{c}\0", "\u{85}\u{2028}\u{2029}\u{feff}", "<!-- --> & &amp;", "]]>", "😀é"])
            .prop_map(Text::from),
    ].boxed()
}

fn content() -> BoxedStrategy<Vec<Inline>> {
    vec(inline(), 0..4).boxed()
}

fn map() -> BoxedStrategy<Map> {
    vec((key(), value()), 0..4).prop_map(|entries| entries.into_iter().collect()).boxed()
}

fn key() -> BoxedStrategy<Text> {
    prop_oneof![4 => "[a-z_]{1,8}".prop_map(Text::from), 1 => "\\$?\\$(date|time|float|bigint|x)?".prop_map(Text::from), 1 => text()].boxed()
}

fn namespace() -> BoxedStrategy<Namespace> {
    select(vec![Namespace::Html, Namespace::Svg, Namespace::MathMl]).boxed()
}

fn name() -> BoxedStrategy<Text> {
    prop_oneof![
        select(vec!["details", "kbd", "ruby", "video", "circle", "mi"]).prop_map(Text::from),
        "[a-zA-Z][a-z0-9:.-]{0,6}".prop_map(Text::from)
    ]
    .boxed()
}

fn list(blocks: BoxedStrategy<Vec<Block>>) -> BoxedStrategy<List> {
    let item = (attr(), option::of(any::<bool>()), blocks).prop_map(|(attr, checked, blocks)| ListItem { attr, checked, blocks });
    let kind = prop_oneof![Just(ListKind::Bullet), any::<i32>().prop_map(|start| ListKind::Ordered { start })];
    (attr(), kind, vec(item, 0..4)).prop_map(|(attr, kind, items)| List { attr, kind, items }).boxed()
}

fn definition_list(blocks: BoxedStrategy<Vec<Block>>) -> BoxedStrategy<Block> {
    let term = (attr(), content()).prop_map(|(attr, content)| Term { attr, content });
    let definition = (attr(), blocks).prop_map(|(attr, blocks)| Definition { attr, blocks });
    let item = (vec(term, 0..3), vec(definition, 0..3)).prop_map(|(terms, definitions)| DefinitionItem { terms, definitions });
    (attr(), vec(item, 0..3)).prop_map(|(attr, items)| Block::DefinitionList { attr, items }).boxed()
}

fn table(blocks: BoxedStrategy<Vec<Block>>) -> BoxedStrategy<Table> {
    let cell = (attr(), any::<bool>(), option::of(alignment()), 1..4u16, 1..4u16, blocks.clone()).prop_map(
        |(attr, header, align, column_span, row_span, blocks)| Cell { attr, header, align, column_span, row_span, blocks },
    );
    let row = (attr(), vec(cell, 0..3)).prop_map(|(attr, cells)| Row { attr, cells });
    let rows = vec(row, 0..3).boxed();
    let body = (attr(), rows.clone()).prop_map(|(attr, rows)| TableBody { attr, rows });
    (attr(), blocks, vec(alignment(), 0..3), rows.clone(), vec(body, 0..2), rows)
        .prop_map(|(attr, caption, columns, head, bodies, foot)| Table { attr, caption, columns, head, bodies, foot })
        .boxed()
}

fn alignment() -> BoxedStrategy<Alignment> {
    select(vec![Alignment::None, Alignment::Left, Alignment::Center, Alignment::Right]).boxed()
}

/// Makes a note for each label that `blocks` refer to, with the blocks of `pattern` but for their references.
fn notes(blocks: &[Block], pattern: &[Block]) -> Vec<Note> {
    let mut labels: Vec<Text> = Vec::new();
    walk::inlines(blocks, &mut |inline| {
        if let Inline::NoteReference { label } = inline
            && !labels.contains(label)
        {
            labels.push(label.clone());
        }
    });
    let mut pattern = pattern.to_vec();
    walk::inlines_mut(&mut pattern, &mut |inline| {
        if let Inline::NoteReference { .. } = inline {
            *inline = Inline::LineBreak;
        }
    });
    labels.into_iter().map(|label| Note { label, blocks: pattern.clone() }).collect()
}
