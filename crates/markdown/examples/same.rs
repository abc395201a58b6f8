//! Compares two HTML texts by what they mean to the writer, for checks.
//!
//! Reads JSON Lines `{"id","html","again"}` on stdin, prints where the two part, and how many are the same.

use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{Dialect, difference};
use serde_json::Value;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("same: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Box<dyn std::error::Error>> {
    let (mut all, mut same, mut noted) = (0_u32, 0_u32, 0_u32);
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let document = |key: &str| {
            let reading = read(line[key].as_str().unwrap_or(""), &ReadOptions::default());
            Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() }
        };
        let (a, b) = (document("html"), document("again"));
        if !a.notes.is_empty() {
            // Every engine writes notes as another HTML.
            noted += 1;
            continue;
        }
        all += 1;
        match difference(&a, &b, Dialect::Gfm) {
            None => same += 1,
            Some((a, b)) => writeln!(out, "{}\n  wanted {a:?}\n  got    {b:?}", line["id"])?,
        }
    }
    writeln!(out, "{same} of {all} the same; {noted} with notes left aside")?;
    Ok(same == all)
}
