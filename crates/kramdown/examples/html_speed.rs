//! Measures the crate beside pulldown-cmark on the same texts.
//!
//! `html_speed kramdown|pulldown|read TIMES < REQUESTS.jsonl` reads the lines that the example `html_lines` reads, turns each text into HTML so
//! many times, and writes the bytes and seconds; `read` only reads the lines. Run under `valgrind --tool=callgrind` it counts
//! instructions: those of `read` are to be taken off.

use std::io::{self, BufRead};
use std::time::Instant;

use kramdown::Options;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let engine = arguments.next().unwrap_or_else(|| "kramdown".to_owned());
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let mut texts = Vec::new();
    for line in io::stdin().lock().lines() {
        if let Ok(request) = serde_json::from_str::<serde_json::Value>(&line?)
            && let Some(text) = request["text"].as_str()
        {
            texts.push(text.to_owned());
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let options = Options::jekyll();
    let started = Instant::now();
    let mut written = 0;
    for _ in 0..times {
        for text in &texts {
            written += match engine.as_str() {
                "kramdown" => kramdown::to_html(text, &options).html.len(),
                "pulldown" => pulldown(text).len(),
                _ => 0,
            };
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let total = bytes * times;
    println!("{engine}: {total} bytes in, {written} out, {seconds:.3} s");
    Ok(())
}

fn pulldown(text: &str) -> String {
    use pulldown_cmark::Options as Extensions;
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_SMART_PUNCTUATION;
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, extensions));
    html
}
