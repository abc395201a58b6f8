//! Reads HTML bodies and writes them as Markdown, for measuring: instructions and allocations are counted from outside.
//!
//! `speed FILE [read|write|proof]`; the file holds JSON Lines with `html`. Without proof unless it is asked for.

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{WriteOptions, write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("a file of JSON Lines is needed")?;
    let what = std::env::args().nth(2).unwrap_or_else(|| "write".to_owned());
    let mut options = WriteOptions::default();
    options.proof = what == "proof";
    let mut bodies = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        bodies.push(value["html"].as_str().unwrap_or_default().to_owned());
    }
    let bytes: usize = bodies.iter().map(String::len).sum();
    let start = std::time::Instant::now();
    let mut made = 0;
    for body in &bodies {
        let reading = read(body, &ReadOptions::default());
        if what == "read" {
            made += reading.blocks.len();
            continue;
        }
        let document = Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() };
        made += write(&document, &options).text.len();
    }
    let time = start.elapsed().as_millis();
    println!("{what}: {} texts, {bytes} bytes, {made} made, {time} ms", bodies.len());
    Ok(())
}
