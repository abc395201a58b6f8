//! Renders templates in the small site of the tests, one JSON object a line.
//!
//! Reads `{"template", "page"}` from stdin and writes `{"output"}` or `{"error"}` for each, in order. A hash `{"$time":
//! seconds}` in a page stands for a time.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use postferry_liquid::{Limits, Map, Mode, ParseOptions, Template, Time, Value, Zone};

#[path = "../tests/suite/site/mod.rs"]
#[allow(dead_code, reason = "the site of other tests is not needed here")]
mod site;

use site::Site;
use site::json::{get, json};

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

/// The value with its times: hashes with the key `$time` become times.
fn with_times(value: &Value) -> Value {
    match value {
        Value::List(list) => Value::list(list.iter().map(with_times).collect()),
        Value::Hash(map) => match map.get("$time") {
            Some(Value::Int(seconds)) => Value::time(Time { zone: Zone::Named(Arc::from("UTC")), ..Time::utc(*seconds) }),
            _ => Value::from(map.entries().iter().map(|(key, value)| (key.clone(), with_times(value))).collect::<Map>()),
        },
        other => other.clone(),
    }
}
