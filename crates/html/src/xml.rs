//! A small look at XHTML for checks: well-formed, ids unique, and no block where only text can stand.

use std::collections::HashSet;

/// Finds the first rule of XML that a fragment breaks.
#[doc(hidden)]
pub fn xml_fault(xml: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = xml;
    if let Some(c) = xml.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\u{7f}'..='\u{9f}')) {
        return Some(format!("the character {c:?}"));
    }
    while let Some(at) = rest.find('<') {
        if let Some(fault) = entity_fault(&rest[..at]) {
            return Some(fault);
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("--") else { return Some("a comment without end".into()) };
            if !comment[end..].starts_with("-->") {
                return Some(format!("a comment with two dashes: {}", &comment[..end]));
            }
            rest = &comment[end + 3..];
            continue;
        }
        let Some(end) = rest.find('>') else { return Some("a tag without end".into()) };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut names = HashSet::new();
        let closed = attributes.ends_with('/') || name.ends_with('/');
        attributes = attributes.strip_suffix('/').unwrap_or(attributes).trim();
        while !attributes.is_empty() {
            let Some((key, value)) = attributes.split_once("=\"") else { return Some(format!("attributes {attributes}")) };
            let Some((value, next)) = value.split_once('"') else { return Some(format!("the value of {key}")) };
            if !names.insert(key) {
                return Some(format!("{key} twice in {tag}"));
            }
            if let Some(fault) = entity_fault(value) {
                return Some(fault);
            }
            if key == "id" && (!ids.insert(value) || !value.starts_with(|c: char| c.is_alphabetic() || c == '_')) {
                return Some(format!("the id {value}"));
            }
            attributes = next.trim_start();
        }
        if !closed {
            open.push(name);
        }
    }
    entity_fault(rest).or_else(|| open.pop().map(|name| format!("<{name}> is not closed")))
}

fn entity_fault(text: &str) -> Option<String> {
    text.split('&').skip(1).find_map(|after| {
        let entity = after.split(';').next().unwrap_or_default();
        let known = matches!(entity, "amp" | "lt" | "gt" | "quot") || entity.starts_with('#');
        (!known || !after.contains(';')).then(|| format!("the entity {entity}"))
    })
}

/// Says what XHTML has that EPUB's content model forbids wherever it stands.
#[doc(hidden)]
pub fn nesting_fault(xml: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut bare = String::new();
    for (n, part) in xml.split("<!--").enumerate() {
        bare.push_str(if n == 0 { part } else { part.split_once("-->").map_or("", |(_, after)| after) });
    }
    for tag in bare.split('<').skip(1) {
        let inner = tag.split('>').next().unwrap_or_default();
        if inner.starts_with('/') {
            open.pop();
            continue;
        }
        let name = inner.split([' ', '/']).next().unwrap_or_default();
        let foreign = open.iter().any(|n| matches!(*n, "svg" | "math"));
        let block = matches!(name, "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "dl" | "pre" | "figure" | "h1" | "h2");
        let text_only = open.iter().rfind(|n| !matches!(**n, "a" | "ins" | "del")).copied().unwrap_or_default();
        if !foreign && block && matches!(text_only, "p" | "h1" | "h2" | "span" | "em" | "strong" | "dt" | "sup" | "code") {
            return Some(format!("<{name}> in <{text_only}>"));
        }
        if !foreign && name == "a" && open.contains(&"a") {
            return Some("<a> in <a>".into());
        }
        if !inner.ends_with('/') {
            open.push(name);
        }
    }
    None
}
