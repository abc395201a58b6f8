//! What SafeYAML and Jekyll answered, case by case.

use std::path::PathBuf;

use postferry_doc::Value;
use serde_json::Value as Json;

use crate::tree::{Id, Node, Tree, build};

/// A file of the shared data; none, with a note, where that is not there.
pub(crate) fn shared(name: &str) -> Option<String> {
    let root =
        std::env::var("POSTFERRY_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = PathBuf::from(root).join("spec/jekyll").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("{} is not there: nothing compared", path.display());
    }
    text
}

/// The typed JSON of the data files, as one line of text.
fn typed(tree: &Tree, id: Id, depth: usize) -> String {
    if depth > 600 {
        return "cyclic".to_owned();
    }
    match tree.node(id) {
        Node::Scalar(value) => scalar(value),
        Node::List(items) => format!("[{}]", items.iter().map(|i| typed(tree, *i, depth + 1)).collect::<Vec<_>>().join(", ")),
        Node::Map(pairs, _) => {
            let pair = |(key, value): &(Id, Id)| format!("{}: {}", typed(tree, *key, depth + 1), typed(tree, *value, depth + 1));
            format!("{{{}}}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("bool {value}"),
        Value::Int(number) => format!("int {number}"),
        Value::BigInt(digits) => format!("int {digits}"),
        Value::Float(number) if number.is_nan() => "float nan".to_owned(),
        Value::Float(number) => format!("float {number:?}"),
        Value::String(text) => format!("str {text:?}"),
        Value::Date { year, month, day } => format!("date {year:04}-{month:02}-{day:02}"),
        Value::Time(time) => format!("time {}.{:09}", time.unix_seconds(), time.nanosecond),
        Value::List(_) | Value::Map(_) => unreachable!("a scalar"),
    }
}

/// The same line from the data.
fn expected(json: &Json) -> String {
    let text = |at: usize| json[at].as_str().expect("the data holds a text here");
    match text(0) {
        "map" => {
            let pair = |pair: &Json| format!("{}: {}", expected(&pair[0]), expected(&pair[1]));
            format!("{{{}}}", json[1].as_array().expect("pairs").iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        "seq" => format!("[{}]", json[1].as_array().expect("items").iter().map(expected).collect::<Vec<_>>().join(", ")),
        "str" => format!("str {:?}", text(1)),
        "bytes" => format!("str {:?}", crate::scalar::decode_base64(text(1))),
        "int" => format!("int {}", text(1)),
        "float" if text(1) == "nan" => "float nan".to_owned(),
        "float" => format!("float {:?}", text(1).parse::<f64>().expect("a number")),
        "bool" => format!("bool {}", json[1]),
        "null" => "null".to_owned(),
        "date" => format!("date {}", text(1)),
        "time" => {
            let time = postferry_doc::DateTime::parse(text(1)).expect("a time");
            format!("time {}.{:09}", time.unix_seconds(), time.nanosecond)
        }
        other => panic!("{other} is no type of the data"),
    }
}

fn answer(text: &str) -> Result<String, String> {
    let tree = build(text).map_err(|error| error.to_string())?;
    Ok(tree.root.map_or_else(|| "null".to_owned(), |root| typed(&tree, root, 0)))
}

/// Says how ours differs; none if it agrees. An empty document is `false` for one program and null for the other.
fn difference(text: &str, want: Option<&Json>) -> Option<String> {
    let ours = answer(text);
    let theirs = want.map(expected).map(|line| if line == "bool false" { "null".to_owned() } else { line });
    match (&ours, theirs) {
        (Ok(ours), Some(theirs)) if *ours == theirs || (ours == "bool false" && theirs == "null") => None,
        (Err(_), None) => None,
        (ours, theirs) => Some(format!("ours {ours:?}\n  theirs {theirs:?}")),
    }
}

#[test]
fn yaml_cases() {
    let Some(text) = shared("yaml_cases.json") else { return };
    let data: Json = serde_json::from_str(&text).expect("the data is JSON");
    let mut wrong = Vec::new();
    for group in ["scalars", "docs"] {
        for case in data[group].as_array().expect("cases") {
            let answer = &case["safeyaml_1_0_5"];
            let want = (answer[0] == "ok").then(|| &answer[1]);
            if let Some(difference) = difference(case["yaml"].as_str().expect("a text"), want) {
                wrong.push(case["name"].as_str().expect("a name").to_owned());
                println!("{group} {} {:?}\n  {difference}", case["name"], case["yaml"]);
            }
        }
    }
    let names: Vec<&str> = wrong.iter().map(String::as_str).collect();
    assert_eq!(names, Vec::<&str>::new());
}

#[test]
fn mutated_heads() {
    let Some(text) = shared("mutated_heads.jsonl") else { return };
    compare_heads(&text);
}

/// Heads of one's own, which tests/heads.rb makes: the file that `POSTFERRY_HEADS` names.
#[test]
fn other_heads() {
    let Ok(path) = std::env::var("POSTFERRY_HEADS") else {
        println!("POSTFERRY_HEADS names no file: nothing compared");
        return;
    };
    compare_heads(&std::fs::read_to_string(path).expect("the file that POSTFERRY_HEADS names"));
}

fn compare_heads(text: &str) {
    let mut wrong = 0;
    let mut all = 0;
    for line in text.lines() {
        all += 1;
        let case: Json = serde_json::from_str(line).expect("a line of the data is JSON");
        let head = format!("---\n{}", case["text"].as_str().expect("a text"));
        let want = case.get("error").is_none_or(Json::is_null).then(|| &case["data"]);
        if let Some(difference) = difference(&head, want) {
            wrong += 1;
            println!("{head:?}\n  {difference}\n  {}", case["error"]);
        }
    }
    assert!(wrong == 0, "{wrong} of {all}");
}

#[test]
fn frontmatter_delims() {
    let Some(text) = shared("frontmatter_delims.jsonl") else { return };
    let mut wrong = Vec::new();
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).expect("a line of the data is JSON");
        let Some(file) = case["text"].as_str() else { continue };
        let kind = case["kind"].as_str().expect("a kind");
        let in_posts = case["file"].as_str().is_some_and(|file| file.starts_with('_'));
        let ours = ours(file, in_posts);
        let data = match &case["data"] {
            Json::Null => "none".to_owned(),
            data => expected(data),
        };
        let theirs = match kind {
            "static" => ("static".to_owned(), String::new()),
            _ => (data, case["content"].as_str().unwrap_or_default().to_owned()),
        };
        if ours != theirs {
            println!("{} {file:?}\n  ours {ours:?}\n  theirs {theirs:?}", case["name"]);
            wrong.push(case["name"].to_string());
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The head's data and the body.
fn ours(file: &str, in_posts: bool) -> (String, String) {
    if !in_posts && !crate::has_yaml_header(file) {
        return ("static".to_owned(), String::new());
    }
    let split = crate::split(if in_posts { crate::strip_bom(file) } else { file });
    let data = split.head.map_or_else(|| "none".to_owned(), |head| answer(head).unwrap_or_else(|_| "none".to_owned()));
    (data, split.body.to_owned())
}

#[test]
fn a_byte_order_mark_does_not_indent() {
    let value = crate::read_yaml("\u{FEFF}a: 1\nb: 2\n").expect("valid");
    assert_eq!(value.as_map().map(postferry_doc::Map::len), Some(2));
}
