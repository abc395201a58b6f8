//! Makes a book of posts that stand in JSON Lines: `{"title", "date", "url", "content"}` and, if there, `"categories"`;
//! `content` is HTML. Prints what was noticed, counted by code.
//!
//! `cargo run -p postferry-epub --example jsonl_to_epub -- POSTS.jsonl BOOK.epub [LANGUAGE [SITE_URL [FOLDER]]]`

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::PathBuf;

use postferry_doc::{DateTime, Document, Text};
use postferry_epub::{Assets, Book, BookWriter, ChapterOptions, Links, Parts, chapter};
use serde_json::Value;

struct Folder(PathBuf);

impl Assets for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let inside = path.split('/').all(|part| part != "..");
        inside.then(|| fs::read(self.0.join(path.trim_start_matches('/'))).ok()).flatten()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, rest @ ..] = arguments.as_slice() else {
        return Err("usage: jsonl_to_epub POSTS.jsonl BOOK.epub [LANGUAGE [SITE_URL [FOLDER]]]".into());
    };
    let option = |at: usize| rest.get(at).map(String::as_str).filter(|text| !text.is_empty());
    let text = fs::read_to_string(input)?;
    let posts = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;

    let mut links = Links::new(option(1), "");
    for (number, post) in posts.iter().enumerate() {
        links.insert(post["url"].as_str().unwrap_or(""), number);
    }
    let assets = option(2).map(|folder| Folder(folder.into()));
    let mut options = ChapterOptions::default();
    options.language = option(0).unwrap_or("und");
    options.links = Some(&links);
    options.assets = assets.as_ref().map(|assets| assets as &dyn Assets);

    let mut book = Book::default();
    book.title = PathBuf::from(output).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    book.language = options.language.into();
    book.site_url = option(1).map(Into::into);
    book.parts = Parts::Year;

    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut writer = BookWriter::new(BufWriter::new(File::create(output)?), book)?;
    for (number, post) in posts.iter().enumerate() {
        let chapter = chapter(&document(post), number, &options);
        for diagnostic in &chapter.diagnostics {
            *codes.entry(diagnostic.code).or_default() += 1;
        }
        writer.add(chapter)?;
    }
    writer.finish()?;
    println!("{} posts, {codes:?}", posts.len());
    Ok(())
}

fn document(post: &Value) -> Document {
    let reading = postferry_html::read(post["content"].as_str().unwrap_or(""), &postferry_html::ReadOptions::default());
    let mut document = Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() };
    let text = |key: &str| post[key].as_str().map(Text::from);
    document.meta.title = text("title");
    document.meta.url = text("url");
    document.meta.date = post["date"].as_str().and_then(DateTime::parse);
    let categories = post["categories"].as_array().into_iter().flatten();
    document.meta.categories = categories.filter_map(Value::as_str).map(Text::from).collect();
    document
}
