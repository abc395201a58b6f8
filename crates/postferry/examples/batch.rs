//! Converts HTML fragments to Markdown, for scripts and checks.
//!
//! Reads JSON Lines `{"id","html"}` on stdin and writes `{"id","md"}` on stdout, in order.
//!
//! ```text
//! batch --to DIALECT [--no-proof] [--stats]
//! ```

use std::io::{BufRead, BufWriter, Write, stderr, stdin, stdout};
use std::process::ExitCode;

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{Dialect, WriteOptions, write};
use serde_json::{Value, json};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("batch: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut options = WriteOptions::default();
    let mut stats = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--to" => {
                let name = arguments.next().ok_or("--to needs a dialect")?;
                options.dialect = Dialect::from_name(&name).ok_or_else(|| format!("`{name}` is no dialect"))?;
            }
            "--no-proof" => options.proof = false,
            "--stats" => stats = true,
            other => return Err(format!("`{other}` is no option").into()),
        }
    }
    let (mut documents, mut respelled, mut blocks, mut lost) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line = line?;
        let fragment: Value = serde_json::from_str(&line)?;
        let html = fragment["html"].as_str().ok_or("a line has no `html`")?;
        let reading = read(html, &ReadOptions::default());
        let document = Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() };
        let written = write(&document, &options);
        documents += u32::from(written.respelled > 0);
        respelled += written.respelled;
        blocks += written.blocks;
        for diagnostic in written.diagnostics.iter().filter(|d| d.code == "lost/spelling") {
            lost += 1;
            if stats {
                writeln!(stderr(), "{}: {}: {:?}", fragment["id"], diagnostic.message, diagnostic.place.snippet)?;
            }
        }
        serde_json::to_writer(&mut out, &json!({"id": fragment["id"], "md": written.text}))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    if stats {
        writeln!(stderr(), "{blocks} blocks, {respelled} of them respelled in {documents} documents, {lost} without a spelling")?;
    }
    Ok(())
}
