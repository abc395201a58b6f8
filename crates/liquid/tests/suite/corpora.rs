//! Templates of real sites parse, or fail, as they do in Jekyll.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postferry_liquid::{Meaning, ParseOptions, TagTable, Template, Value};

use crate::site::json::{get, json};

/// What stands for the tags of plugins in the answers that the templates are compared with.
fn stubs(document: &Value) -> Arc<TagTable> {
    let mut tags = TagTable::empty();
    // The only plugin whose tags in documents were rendered.
    tags.set("gist", Meaning::Drop, false);
    if let Value::List(names) = get(document, "stubbed") {
        for name in names.iter().filter_map(Value::as_str) {
            let block = matches!(name, "tabs" | "tab" | "codeblock" | "blockquote" | "pullquote");
            tags.set(name, if block { Meaning::Content } else { Meaning::Drop }, block);
        }
    }
    Arc::new(tags)
}

/// The text behind the front matter, cut as Jekyll cuts it.
fn body(text: &str) -> &str {
    let Some(rest) = text.trim_start_matches('\u{feff}').strip_prefix("---") else { return text };
    let mut place = 0;
    for line in rest.split_inclusive('\n').skip(1) {
        place += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let first = rest.split_inclusive('\n').next().map_or(0, str::len);
            return &rest[first + place..];
        }
    }
    text
}

/// Parses the documents of one site; answers how many have tags, and those that part from Jekyll.
fn parse_site(folder: &Path) -> (usize, Vec<String>) {
    let (mut count, mut wrong) = (0, Vec::new());
    let oracle = fs::read_to_string(folder.join("oracle.jsonl")).unwrap_or_default();
    for line in oracle.lines() {
        let document = json(line);
        let text = |key: &str| get(&document, key).as_str().map(str::to_owned);
        let path = text("path").unwrap_or_default();
        let Ok(source) = fs::read_to_string(folder.join("site").join(&path)) else { continue };
        let source = body(&source);
        if !source.contains("{{") && !source.contains("{%") || !matches!(get(&document, "skipped"), Value::Nil) {
            continue;
        }
        count += 1;
        let mut options = ParseOptions::strict();
        options.tags = stubs(&document);
        let parsed = Template::parse(source, &options).map(|_| ()).map_err(|error| error.to_string());
        let fails = text("error").is_some_and(|error| error.starts_with("Liquid::SyntaxError"));
        if parsed.is_err() != fails {
            wrong.push(format!("{}: {parsed:?}, in Jekyll {:?}", folder.join(&path).display(), text("error")));
        }
        let tolerant = Template::parse(source, &ParseOptions::tolerant(Arc::new(TagTable::common())));
        assert!(tolerant.is_ok(), "{path}");
    }
    (count, wrong)
}

#[test]
fn documents_of_real_sites_parse_as_in_jekyll() {
    let shared = std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let Ok(sites) = fs::read_dir(shared.join("corpora/dev")) else {
        println!("the real sites are not here: nothing is compared");
        return;
    };
    let (mut count, mut wrong) = (0, Vec::new());
    for site in sites.filter_map(Result::ok) {
        let (site_count, site_wrong) = parse_site(&site.path());
        count += site_count;
        wrong.extend(site_wrong);
    }
    println!("{} of {count} templates parse as in Jekyll", count - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
