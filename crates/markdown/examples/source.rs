//! Converts Markdown bodies as Jekyll reads them, keeping the author's lines, for scripts and checks.
//!
//! Reads JSON Lines `{"id","text"}` on stdin and writes `{"id","md","html","kept","blocks"}` on stdout, in order; `html`
//! is what kramdown makes of the body, `kept` counts the top-level blocks that stand byte for byte.
//!
//! ```text
//! source --to DIALECT [--stats]
//! ```

use std::io::{BufRead, BufWriter, Write, stderr, stdin, stdout};
use std::process::ExitCode;

use postferry_doc::{Block, Document};
use postferry_html::{Piece, ReadOptions, read_pieces};
use postferry_markdown::{Dialect, SourceText, WriteOptions, write_with_source};
use serde_json::{Value, json};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("source: {error}");
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
            "--stats" => stats = true,
            other => return Err(format!("`{other}` is no option").into()),
        }
    }
    let (mut markdown, mut kept, mut html_blocks) = (0_u32, 0_u32, 0_u32);
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let text = line["text"].as_str().ok_or("a line has no `text`")?;
        let output = kramdown::to_html(text, &kramdown::Options::jekyll());
        let piece = |block: &kramdown::BlockSpan| Piece {
            html: block.html.clone(),
            first_line: block.lines.start,
            lines: block.lines.end.saturating_sub(block.lines.start),
        };
        let pieces: Vec<Piece> = output.blocks.iter().map(piece).collect();
        let reading = read_pieces(&output.html, &pieces, &ReadOptions::default());
        let document = Document { blocks: reading.blocks, notes: reading.notes, origins: reading.origins, ..Document::default() };
        let from_html = document
            .origins
            .iter()
            .filter(|o| text.lines().nth(o.first_line as usize - 1).is_some_and(|l| l.trim_start().starts_with('<')))
            .map(|o| o.blocks)
            .sum::<u32>();
        let written = write_with_source(&document, SourceText { text, origins: &document.origins }, &options);
        let shown = document.blocks.iter().filter(|b| !matches!(b, Block::Comment { .. })).count() as u32;
        markdown += shown.saturating_sub(from_html);
        html_blocks += from_html;
        kept += written.kept;
        serde_json::to_writer(
            &mut out,
            &json!({"id": line["id"], "md": written.text, "html": output.html, "kept": written.kept, "blocks": shown}),
        )?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    if stats {
        let share = f64::from(kept) * 100.0 / f64::from(markdown.max(1));
        writeln!(stderr(), "{markdown} blocks of Markdown, {kept} kept ({share:.1} %); {html_blocks} of HTML")?;
    }
    Ok(())
}
