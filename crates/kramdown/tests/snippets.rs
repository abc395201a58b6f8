//! Inputs on which readers of Markdown differ, from the shared data, with kramdown's answers for both parsers.

mod common;

use kramdown::{Options, Parser};
use serde_json::Value;

#[test]
fn every_snippet_has_the_answer_of_both_parsers() {
    let Some(shared) = common::shared() else { return };
    let file = shared.join("spec/jekyll/kramdown_snippets.json");
    let text = std::fs::read_to_string(file).expect("the snippets");
    let snippets: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for snippet in &snippets {
        let text = snippet["in"].as_str().expect("an input");
        for (parser, column) in [(Parser::Gfm, "kram"), (Parser::Kramdown, "kram_plain")] {
            let mut options = Options::jekyll();
            options.parser = parser;
            let html = kramdown::to_html(text, &options).html;
            assert_eq!(html, snippet[column].as_str().expect("an answer"), "{}", snippet["n"]);
        }
    }
}
