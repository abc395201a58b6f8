//! What must hold for any bytes: the body of the fuzz target.

use crate::{Options, to_html};

/// Converts any bytes, and checks the table of blocks: in order, on character borders, within the text and the HTML.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split('\n').count() as u32 + 1;
    let output = to_html(&text, &Options::jekyll());
    let (mut line, mut at) = (1, 0);
    for block in &output.blocks {
        assert!(block.lines.start >= line && block.lines.end >= block.lines.start, "blocks come in order: {block:?}");
        assert!(block.lines.end <= lines + 1, "a block ends in the text: {block:?} of {lines}");
        assert!(block.html.start >= at && output.html.get(block.html.clone()).is_some(), "a block is a piece: {block:?}");
        (line, at) = (block.lines.start, block.html.end);
    }
}
