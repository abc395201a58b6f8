//! What must hold for any bytes: the body of the fuzz target.

use std::collections::HashSet;

use crate::{Options, to_html};

/// What may take words away: definitions, attribute lists, abbreviations, HTML, entities, extensions, escaped line ends.
const HIDES: &[&str] = &["]:", "{", "*[", "<", "&", "\\", "\0"];

/// Converts any bytes, and checks the table of blocks: in order, on character borders, within the text and the HTML. Where
/// the text has nothing that hides words, each of its words is shown.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split(['\n', '\r']).count() as u32 + 1;
    let output = to_html(&text, &Options::jekyll());
    let (mut line, mut at) = (1, 0);
    for block in &output.blocks {
        assert!(block.lines.start >= line && block.lines.end >= block.lines.start, "blocks come in order: {block:?}");
        assert!(block.lines.end <= lines + 1, "a block ends in the text: {block:?} of {lines}");
        assert!(block.html.start >= at && output.html.get(block.html.clone()).is_some(), "a block is a piece: {block:?}");
        (line, at) = (block.lines.start, block.html.end);
    }
    if !HIDES.iter().any(|mark| text.contains(mark)) {
        let shown: HashSet<&str> = words(&output.html).collect();
        for word in words(&text) {
            // A number may be a list's, and a list counts for itself.
            let is_number = word.bytes().all(|b| b.is_ascii_digit());
            assert!(is_number || shown.contains(word), "`{word}` is lost in\n{}", output.html);
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
