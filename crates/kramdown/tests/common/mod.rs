//! What the tests share: cases as JSON, and the folder of shared data.

use std::path::PathBuf;

use kramdown::{Options, Parser};
use serde_json::Value;

#[allow(dead_code, reason = "not every test uses it")]
/// An input with the answer it has to have.
pub struct Case {
    pub name: String,
    pub text: String,
    pub options: Options,
    pub html: String,
}

#[allow(dead_code, reason = "not every test uses it")]
impl Case {
    /// Reads `{"name","parser","options","text","html"}`.
    pub fn from_json(line: &str) -> Self {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let mut options = Options::kramdown();
        options.parser = match case["parser"].as_str() {
            Some("kramdown") => Parser::Kramdown,
            Some("SmartyPants") => Parser::SmartyPants,
            _ => Parser::Gfm,
        };
        for (name, value) in case["options"].as_object().into_iter().flatten() {
            let value = match value {
                Value::String(text) => format!("{text:?}"),
                other => other.to_string(),
            };
            options.set(name, &value).expect("an option of kramdown");
        }
        let field = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        Case { name: field("name"), text: field("text"), html: field("html"), options }
    }
}

/// The folder of shared test data, if it is there.
#[allow(dead_code, reason = "not every test uses it")]
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no shared data at {}: nothing was tested", folder.display());
    None
}
