//! Templates with Jekyll's own answers: every one must be the same, except those that are listed with a reason.

use std::fs;
use std::path::PathBuf;

use postferry_liquid::{Limits, Mode, ParseOptions, Template, Value};

use crate::site::Site;
use crate::site::json::{get, json};

/// Cases that differ: name, reason.
const DIFFERING: &[(&str, &str)] = &[];

fn shared(path: &str) -> Option<String> {
    let folder = std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let text = fs::read_to_string(folder.join(path)).ok();
    if text.is_none() {
        println!("{path} is not here: nothing is compared");
    }
    text
}

/// What a template gives: its text, or the error that ends it.
fn render(site: &Site, template: &str) -> Result<String, String> {
    let template = Template::parse(template, &ParseOptions::strict()).map_err(|error| error.to_string())?;
    let rendered = template.render(site, site, Mode::Strict, &Limits::default());
    match rendered.error {
        Some(error) => Err(error.to_string()),
        None => Ok(rendered.text),
    }
}

#[test]
fn templates_render_as_in_jekyll() {
    let Some(cases) = shared("spec/jekyll/liquid.jsonl") else { return };
    let (mut equal, mut wrong) = (0, Vec::new());
    for line in cases.lines() {
        let case = json(line);
        let text = |key: &str| get(&case, key).as_str().map(str::to_owned);
        let (name, template) = (text("name").expect("a name"), text("template").expect("a template"));
        let site = Site::of_templates(&get(&case, "site"), &get(&case, "page"));
        let answer = render(&site, &template);
        let same = match (&answer, text("output"), &get(&case, "error")) {
            (Ok(text), Some(output), _) => *text == output,
            (Err(_), None, Value::Str(_)) => true,
            _ => false,
        };
        let listed = DIFFERING.iter().any(|(listed, _)| *listed == name);
        if same == listed {
            wrong.push(format!(
                "{name}: {template:?}\n  expected {:?} {:?}\n  got      {answer:?}",
                text("output"),
                text("error")
            ));
        }
        equal += usize::from(same);
    }
    println!("{equal} of {} templates are the same", cases.lines().count());
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
