//! Writes so many random documents as JSON Lines to standard output, always the same ones: input for checks of the
//! schema with other programs.
//!
//! `cargo run -p postferry-json --example random_documents -- 200`

use std::io::Write;

use postferry_doc::arbitrary;
use postferry_json::{WriteOptions, write};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(100), |count| count.parse())?;
    let strategy = arbitrary::document();
    let mut runner = TestRunner::deterministic();
    let mut out = std::io::stdout().lock();
    for _ in 0..count {
        let document = strategy.new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        writeln!(out, "{}", write(&document, &WriteOptions::default()))?;
    }
    Ok(())
}
