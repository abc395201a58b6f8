//! `stages STAGE COUNT FOLDER`: does one stage's work on the posts of a folder COUNT times, for `benches/bench.py` to count.
//!
//! All posts are read before, in every stage alike: the difference between two counts is the stage's own cost.

use std::hint::black_box;

use postferry::epub::{ChapterOptions, chapter};
use postferry::{Dialect, Format, Post, ReadOptions, WriteOptions, prepare, read, write};

/// A post with what the stages start from.
struct Input {
    name: String,
    bytes: Vec<u8>,
    head: String,
    body: String,
    post: Post,
}

fn inputs(folder: &str) -> Vec<Input> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the folder is there").flatten().map(|e| e.path()).collect();
    paths.sort();
    let input = |path: std::path::PathBuf| {
        let bytes = std::fs::read(&path).expect("the post can be read");
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        let mut post = read(&name, &bytes, &ReadOptions::default()).post().expect("it is a post");
        prepare(&mut post);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let split = postferry_frontmatter::split(&text);
        Input { name, head: split.head.unwrap_or_default().to_owned(), body: split.body.to_owned(), bytes, post }
    };
    paths.into_iter().map(input).collect()
}

fn run(stage: &str, input: &Input) {
    let mut options = WriteOptions::default();
    options.reformat = true;
    match stage {
        "frontmatter" => {
            black_box(postferry_frontmatter::read(&input.head, postferry_frontmatter::Mode::Recover, 1));
        }
        "kramdown" => {
            black_box(kramdown::to_html(&input.body, &kramdown::Options::jekyll()));
        }
        "html" => {
            black_box(postferry_html::read(&input.post.content, &postferry_html::ReadOptions::default()));
        }
        "read" => {
            black_box(read(&input.name, &input.bytes, &ReadOptions::default()));
        }
        "markdown" => {
            black_box(write(&input.post, Format::Markdown(Dialect::Gfm), &options));
        }
        "markdown-without-proof" => {
            options.markdown.proof = false;
            black_box(write(&input.post, Format::Markdown(Dialect::Gfm), &options));
        }
        "json" => {
            let json = write(&input.post, Format::JsonLines, &options).text;
            black_box(postferry::read_json(&json).expect("it reads back"));
        }
        "epub" => {
            black_box(chapter(&input.post.document, 0, &ChapterOptions::default()));
        }
        _ => panic!("there is no stage `{stage}`"),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [stage, count, folder] = arguments.as_slice() else { panic!("usage: stages STAGE COUNT FOLDER") };
    let count: usize = count.parse().expect("COUNT is a number");
    let inputs = inputs(folder);
    for _ in 0..count {
        for input in &inputs {
            run(stage, input);
        }
    }
}
