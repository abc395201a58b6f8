//! Turns kramdown texts into HTML, one JSON object a line.
//!
//! Reads `{"id","text","parser":"GFM"|"kramdown"|"SmartyPants","version":"2.4"|"2.5","options":{…}}` from stdin, and writes
//! `{"id","html","warnings"}` for each, in order. All but `text` may be left out: the parser is GFM then, the version 2.4, and
//! options have kramdown's own defaults (`hard_wrap` is true there, and false in Jekyll).

use std::io::{self, BufRead, Write};

use kramdown::{Options, Parser, Version};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let stdin = io::stdin().lock();
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    for line in stdin.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Value>(&line) {
            Ok(request) => answer(&request),
            Err(error) => json!({"id": null, "error": error.to_string()}),
        };
        serde_json::to_writer(&mut stdout, &answer)?;
        stdout.write_all(b"\n")?;
        stdout.flush()?;
    }
    Ok(())
}

fn answer(request: &Value) -> Value {
    let id = &request["id"];
    let options = match options(request) {
        Ok(options) => options,
        Err(error) => return json!({"id": id, "error": error}),
    };
    let text = request["text"].as_str().unwrap_or_default();
    let output = kramdown::to_html(text, &options);
    let warnings: Vec<&str> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    json!({"id": id, "html": output.html, "warnings": warnings})
}

fn options(request: &Value) -> Result<Options, String> {
    let mut options = Options::kramdown();
    options.parser = match request["parser"].as_str() {
        Some("kramdown") => Parser::Kramdown,
        Some("SmartyPants") => Parser::SmartyPants,
        None | Some("GFM") => Parser::Gfm,
        Some(other) => return Err(format!("no parser `{other}`")),
    };
    options.version = match request["version"].as_str() {
        Some("2.5") => Version::V2_5,
        _ => Version::V2_4,
    };
    if let Some(given) = request["options"].as_object() {
        for (name, value) in given {
            let value = match value {
                Value::String(text) => quote(text),
                other => other.to_string(),
            };
            let name = name.trim_start_matches(':');
            options.set(name, &value).map_err(|error| error.to_string())?;
        }
    }
    Ok(options)
}

/// A string as YAML has it between quotes.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
