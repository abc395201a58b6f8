//! Writes a book of so many random documents, always the same ones: input for checks of books with other programs.
//!
//! `cargo run -p postferry-epub --example random_book -- 100 BOOK.epub`

use std::fs::File;
use std::io::BufWriter;

use postferry_doc::arbitrary;
use postferry_epub::{Book, BookWriter, ChapterOptions, Links, Parts, chapter};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, output] = arguments.as_slice() else { return Err("usage: random_book COUNT BOOK.epub".into()) };
    let strategy = arbitrary::document();
    let mut runner = TestRunner::deterministic();
    let links = Links::new(Some("https://example.org"), "/blog");
    let mut options = ChapterOptions::default();
    options.links = Some(&links);
    options.file_bytes = Some(3000);
    let mut book = Book::default();
    book.title = "Random documents".into();
    book.language = "ar".into();
    book.authors = vec!["Ann & Bob".into(), " ".into(), "Cid".into()];
    book.publisher = Some("Press <1>".into());
    book.description = Some("Every field\u{b}of a book.".into());
    book.site_url = Some("https://example.org".into());
    book.collection = Some(("Volumes".into(), 3));
    book.parts = Parts::Category;
    let mut writer = BookWriter::new(BufWriter::new(File::create(output)?), book)?;
    for index in 0..count.parse()? {
        let document = strategy.new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        writer.add(chapter(&document, index, &options))?;
    }
    writer.finish()?;
    Ok(())
}
