//! Renders templates in the small site of the tests, one JSON object a line.
//!
//! Reads `{"template", "page"}` from stdin and writes `{"output"}` or `{"error"}` for each, in order. A hash `{"$time":
//! seconds}` in a page stands for a time.

use std::io::{self, BufRead, Write};

use postferry_liquid::{Limits, Mode, ParseOptions, Template, Value};

#[path = "../tests/suite/site/mod.rs"]
#[allow(dead_code, reason = "the site of other tests is not needed here")]
mod site;

#[path = "shared/times.rs"]
mod times;

use site::Site;
use site::json::{get, json};
use times::with_times;

fn main() -> io::Result<()> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let request = json(&line?);
        let site = Site::of_templates(&Value::Nil, &with_times(&get(&request, "page")));
        let answer = match render(&site, get(&request, "template").as_str().unwrap_or_default()) {
            Ok(text) => serde_json::json!({"output": text}),
            Err(error) => serde_json::json!({"error": error}),
        };
        serde_json::to_writer(&mut stdout, &answer)?;
        stdout.write_all(b"\n")?;
        stdout.flush()?;
    }
    Ok(())
}

fn render(site: &Site, template: &str) -> Result<String, String> {
    let template = Template::parse(template, &ParseOptions::strict()).map_err(|error| error.to_string())?;
    let rendered = template.render(site, site, Mode::Strict, &Limits::default());
    rendered.error.map_or(Ok(rendered.text), |error| Err(error.to_string()))
}
