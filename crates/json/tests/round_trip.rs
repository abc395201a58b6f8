//! What is written reads back equal: random documents, and the deepest ones.

use postferry_doc::{Attr, Block, Cell, Document, Inline, Limits, Row, Table, TableBody, Value, arbitrary};
use postferry_json::{WriteOptions, read, write};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn random_documents_read_back_equal(document in arbitrary::document(), pretty: bool) {
        let mut options = WriteOptions::default();
        options.pretty = pretty;
        options.fields = vec![("path".into(), Value::from("a.md")), ("title".into(), Value::from("not this one"))];
        let json = write(&document, &options);
        prop_assert_eq!(&json, &write(&document, &options));
        let stays_one_line = json.lines().count() == 1 && !json.contains(['\u{85}', '\u{2028}', '\u{2029}', '\r']);
        prop_assert!(pretty || stays_one_line);
        prop_assert_eq!(read(&json), Ok(document));
        let value: serde_json::Value = serde_json::from_str(&json).expect("another reader knows it as JSON");
        prop_assert_eq!(&value["path"], "a.md");
        prop_assert_ne!(&value["title"], "not this one");
    }

    #[test]
    fn any_prefix_is_an_error_not_a_panic(document in arbitrary::document(), cut: prop::sample::Index) {
        let json = write(&document, &WriteOptions::default());
        if let Some(prefix) = json.get(..cut.index(json.len())) {
            prop_assert!(read(prefix).is_err());
        }
    }
}

#[test]
fn nan_keeps_its_type() {
    let mut document = Document::default();
    document.meta.extra.insert("n", Value::Float(f64::NAN));
    let back = read(&write(&document, &WriteOptions::default())).expect("it was written here");
    assert!(matches!(back.meta.extra.get("n"), Some(Value::Float(n)) if n.is_nan()));
}

/// A worker's stack of 8 MiB must do for what the limits allow.
fn on_a_worker(run: impl FnOnce() + Send + 'static) {
    let worker = std::thread::Builder::new().stack_size(8 << 20).spawn(run).expect("a thread can be made");
    worker.join().expect("the thread did not panic");
}

fn nested(wrap: impl Fn(Vec<Block>) -> Block, levels: usize) -> Document {
    let mut blocks = vec![Block::ThematicBreak { attr: Attr::default() }];
    for _ in 0..levels {
        blocks = vec![wrap(blocks)];
    }
    Document { blocks, ..Document::default() }
}

fn table(blocks: Vec<Block>) -> Block {
    let row = Row { cells: vec![Cell { blocks, ..Cell::default() }], ..Row::default() };
    let body = TableBody { rows: vec![row], ..TableBody::default() };
    Block::Table(Box::new(Table { bodies: vec![body], ..Table::default() }))
}

#[test]
fn deepest_trees_read_back_and_deeper_ones_are_refused() {
    on_a_worker(|| {
        let limit = Limits::default().depth;
        let quote = |blocks| Block::BlockQuote { attr: Attr::default(), blocks };
        for wrap in [quote, table] {
            for pretty in [false, true] {
                let mut options = WriteOptions::default();
                options.pretty = pretty;
                let document = nested(wrap, limit - 1);
                assert_eq!(read(&write(&document, &options)).as_ref(), Ok(&document));
                let error = read(&write(&nested(wrap, limit), &options)).expect_err("one level too many");
                assert_eq!(error.message, "the tree is too deep");
            }
        }
    });
}

#[test]
fn deepest_text_reads_back() {
    on_a_worker(|| {
        let mut content = vec![Inline::text("x")];
        for _ in 0..Limits::default().depth - 2 {
            content = vec![Inline::emphasis(content)];
        }
        let document = Document { blocks: vec![Block::paragraph(content)], ..Document::default() };
        assert_eq!(read(&write(&document, &WriteOptions::default())), Ok(document));
    });
}

#[test]
fn a_million_brackets_are_an_error() {
    for text in ["[".repeat(1_000_000), format!("{{\"schema\":1,\"extra\":{}", "{\"a\":".repeat(1_000_000))] {
        assert!(read(&text).is_err());
    }
    let deep = format!("{{\"schema\":1,\"extra\":{{\"a\":{}{}}}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read(&deep).expect_err("too deep").message, "values are nested too deep");
}
