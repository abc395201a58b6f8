//! Books of random documents hold together.

use postferry_doc::{Document, arbitrary};
use postferry_epub::{Book, BookWriter, ChapterOptions, Links, Parts, chapter, check_book};
use proptest::prelude::*;

fn book_of(documents: &[Document], options: &ChapterOptions<'_>) -> Vec<u8> {
    let mut book = Book::default();
    book.language = "en".into();
    book.parts = Parts::Category;
    let mut writer = BookWriter::new(Vec::new(), book).expect("memory takes all");
    for (index, document) in documents.iter().enumerate() {
        writer.add(chapter(document, index, options)).expect("memory takes all");
    }
    writer.finish().expect("memory takes all")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_documents_make_a_book_that_holds_together(documents in prop::collection::vec(arbitrary::document(), 0..4)) {
        let mut links = Links::new(Some("https://example.org"), "/blog");
        for (number, document) in documents.iter().enumerate() {
            links.insert(document.meta.url.as_deref().unwrap_or(""), number);
        }
        let mut options = ChapterOptions::default();
        options.links = Some(&links);
        options.file_bytes = Some(1000);
        let book = book_of(&documents, &options);
        prop_assert_eq!(check_book(&book), Vec::<String>::new());
        prop_assert!(book == book_of(&documents, &options));
    }
}
