//! Renders templates from JSON Lines, compares each with the answer in its line, and tells the time both took.
//!
//! `render_lines SITE.json TEMPLATES.jsonl…`: SITE.json holds `site` (the variable) and `includes` (name → text); a line
//! holds `name`, `template`, `page`, and of another program `output` or `error` and `seconds`. A hash `{"$time": seconds}`
//! stands for a time. `--show N` prints the first N differences.

use std::fs;
use std::io::{BufRead, BufReader};
use std::sync::Arc;
use std::time::Instant;

use postferry_liquid::{Clock, Error, Host, Included, Includes, Limits, Map, Mode, Object, ParseOptions, Template, Time, Value};

#[path = "../tests/suite/site/json.rs"]
mod json;
#[path = "shared/times.rs"]
mod times;

use json::{get, json};
use times::with_times;

struct Lines {
    files: Value,
    config: Value,
    includes: Includes,
}

struct Globals(Map);

impl Object for Globals {
    fn get(&self, key: &str) -> Option<Value> {
        self.0.get(key).cloned()
    }

    fn keys(&self) -> Vec<Arc<str>> {
        Vec::new()
    }

    fn to_text(&self) -> String {
        String::new()
    }
}

impl Clock for Lines {
    fn local_offset(&self, _seconds: i64) -> (i32, Arc<str>) {
        (0, Arc::from("UTC"))
    }

    fn now(&self) -> Time {
        Time::utc(1_795_392_000)
    }
}

impl Host for Lines {
    fn include(&self, name: &str) -> Option<Included> {
        let read = || get(&self.files, name).as_str().map(str::to_owned);
        self.includes.get(name, &ParseOptions::strict(), read)
    }

    fn include_relative(&self, _name: &str) -> Option<Included> {
        None
    }

    fn link(&self, path: &str) -> Option<String> {
        Some(path.to_owned())
    }

    fn post_url(&self, name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    fn site_url(&self) -> Option<String> {
        get(&self.config, "url").as_str().map(str::to_owned)
    }

    fn base_url(&self) -> Option<String> {
        get(&self.config, "baseurl").as_str().map(str::to_owned)
    }

    fn markdownify(&self, text: &str) -> String {
        text.to_owned()
    }

    fn smartify(&self, text: &str) -> String {
        text.to_owned()
    }

    fn sassify(&self, text: &str, _indented: bool) -> Result<String, Error> {
        Ok(text.to_owned())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut show = 0;
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--show" {
            show = arguments.next().unwrap_or_default().parse()?;
        } else {
            paths.push(argument);
        }
    }
    let [site_path, line_paths @ ..] = paths.as_slice() else {
        return Err("usage: render_lines SITE.json TEMPLATES.jsonl…".into());
    };
    let site = json(&fs::read_to_string(site_path)?);
    let variable = with_times(&get(&site, "site"));
    let lines = Lines { files: get(&site, "includes"), config: get(&site, "site"), includes: Includes::default() };
    let (mut count, mut same, mut ours, mut theirs) = (0_u32, 0_u32, 0.0, 0.0);
    for path in line_paths {
        for line in BufReader::new(fs::File::open(path)?).lines() {
            let case = json(&line?);
            let page = with_times(&get(&case, "page"));
            let text = |key: &str| get(&case, key).as_str().map(str::to_owned);
            let source = text("template").ok_or("a line without a template")?;
            let globals = Globals(Map::from_iter([
                ("site", variable.clone()),
                ("page", page),
                ("highlighter_prefix", Value::from("\n")),
                ("highlighter_suffix", Value::from("\n")),
                ("content", Value::from("CONTENT")),
                ("layout", Value::from(Map::new())),
                ("jekyll", json(r#"{"version": "4.4.1", "environment": "development"}"#)),
            ]));
            let start = Instant::now();
            let answer = Template::parse(&source, &ParseOptions::strict()).and_then(|template| {
                let rendered = template.render(&globals, &lines, Mode::Strict, &Limits::default());
                rendered.error.map_or(Ok(rendered.text), Err)
            });
            ours += start.elapsed().as_secs_f64();
            if let Value::Float(seconds) = get(&case, "seconds") {
                theirs += seconds;
            }
            count += 1;
            let is_same = match (&answer, text("output")) {
                (Ok(answer), Some(output)) => *answer == output,
                (Err(_), None) => true,
                _ => false,
            };
            same += u32::from(is_same);
            if !is_same && show > 0 {
                show -= 1;
                let name = text("name").unwrap_or_default();
                print_difference(&name, &answer, text("output").as_deref(), text("error").as_deref());
            }
        }
    }
    println!("{count} templates, {same} the same; {ours:.4} s here, {theirs:.4} s there: {:.1} times", theirs / ours);
    Ok(())
}

/// Prints where two answers part.
fn print_difference(name: &str, answer: &Result<String, Error>, output: Option<&str>, error: Option<&str>) {
    println!("--- {name}");
    match (answer, output) {
        (Ok(answer), Some(output)) => {
            let same = answer.bytes().zip(output.bytes()).take_while(|(left, right)| left == right).count();
            let around = |text: &str| {
                let bytes = text.as_bytes();
                let part = &bytes[same.saturating_sub(60)..(same + 120).min(bytes.len())];
                String::from_utf8_lossy(part).into_owned()
            };
            println!("here  {:?}\nthere {:?}", around(answer), around(output));
        }
        (Ok(_), None) => println!("here it renders, there: {}", error.unwrap_or_default()),
        (Err(error), _) => println!("here: {error}, there it renders"),
    }
}
