//! Attributes of XHTML5: the valid ones stay, presentational ones become style, the rest is named and left out.

use std::fmt::Write;

use postferry_doc::Attr;

use super::super::Writer;
use super::{clean_url, style};

impl Writer<'_> {
    /// Gives what of an element's attributes XHTML5 can hold.
    pub(in crate::write) fn clean_attributes(&mut self, element: &str, attr: &Attr) -> Attr {
        let mut out = Attr::default();
        let anchor = if element == "a" { attr.value("name") } else { None };
        if let Some(id) = attr.id().or(anchor).filter(|id| !id.is_empty()) {
            let id = xml_id(id);
            if self.ids.insert(id.clone()) {
                out.set_id(Some(id.into()));
            } else {
                self.note("html/attribute", format!("the id `{id}` is there twice"));
            }
        }
        for class in attr.classes() {
            out.add_class(class);
        }
        let mut css = Vec::new();
        for (name, value) in attr.pairs() {
            if name == "style" {
                let clean = style::clean(value);
                if let Some(direction) = style::direction(value)
                    && attr.value("dir").is_none()
                {
                    out.set("dir", direction);
                }
                if clean.is_empty() && !value.trim().is_empty() {
                    self.note("html/attribute", format!("`style=\"{value}\"` was left out"));
                }
                css.push(clean);
            } else if let Some(value) = valid_value(element, name, value) {
                out.set(name, &value);
            } else if let Some(declarations) = style::of_attribute(element, name, value) {
                css.push(declarations);
            } else if !(element == "a" && name == "name") {
                self.note("html/attribute", format!("the attribute `{name}` of `<{element}>` was left out"));
            }
        }
        css.retain(|declarations| !declarations.is_empty());
        if !css.is_empty() {
            out.set("style", &css.join("; "));
        }
        out
    }
}

/// The value of an attribute that XHTML5 knows on that element, if the value is a good one.
fn valid_value(element: &str, name: &str, value: &str) -> Option<String> {
    let lower = value.trim().to_ascii_lowercase();
    let one_of = |words: &[&str]| words.contains(&lower.as_str()).then(|| lower.clone());
    let is_number = |text: &str| !text.is_empty() && text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit());
    let number = || is_number(&lower).then(|| lower.clone());
    let integer = || is_number(lower.strip_prefix('-').unwrap_or(&lower)).then(|| lower.clone());
    let url = || clean_url(value).ok();
    let same = || Some(value.to_owned());
    if closes_something(value) {
        return None;
    }
    match name {
        "title" => same(),
        "lang" | "xml:lang" => is_language(value).then(|| value.to_owned()),
        "dir" => one_of(&["ltr", "rtl", "auto"]),
        "hidden" => Some("hidden".into()),
        "aria-hidden" => one_of(&["true", "false"]),
        "translate" => one_of(&["yes", "no"]),
        "epub:type" => same(),
        _ if name.starts_with("data-") => is_data_name(name).then(|| value.to_owned()),
        _ => match (element, name) {
            ("a", "href") => url(),
            ("a", "hreflang") => is_language(value).then(|| value.to_owned()),
            ("img", "width" | "height") => {
                let digits = lower.strip_suffix("px").unwrap_or(&lower).trim();
                is_number(digits).then(|| digits.to_owned())
            }
            ("td" | "th", "colspan" | "rowspan") | ("ol", "start") | ("li", "value") => integer(),
            ("th", "scope") => one_of(&["row", "col", "rowgroup", "colgroup"]),
            ("th", "abbr") => same(),
            ("ol", "reversed") => Some("reversed".into()),
            ("ol", "type") => matches!(value, "1" | "a" | "A" | "i" | "I").then(|| value.to_owned()),
            ("blockquote" | "q" | "ins" | "del", "cite") => url(),
            ("ins" | "del" | "time", "datetime") => is_date(value).then(|| value.to_owned()),
            ("details", "open") => Some("open".into()),
            ("data", "value") => same(),
            ("input", "type") => same(),
            ("input", "disabled" | "checked") => Some(name.to_owned()),
            ("table", "border") => None,
            ("col", "span") => number(),
            _ => None,
        },
    }
}

/// Says whether a value would end a comment or an element of plain text: a reader that takes the page for HTML, and
/// these attributes for text inside such an element, would find markup after it.
pub(super) fn closes_something(value: &str) -> bool {
    const RAW: [&str; 8] = ["style", "script", "title", "xmp", "textarea", "noscript", "iframe", "noembed"];
    let lower = value.to_ascii_lowercase();
    lower.contains("-->")
        || lower.contains("]>")
        || lower.split("</").skip(1).any(|tag| RAW.iter().any(|raw| tag.starts_with(raw)))
}

fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_data_name(name: &str) -> bool {
    name.len() > 5 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
}

/// A day, alone or with a time, as HTML spells it.
fn is_date(value: &str) -> bool {
    let day = value.get(..10).unwrap_or_default();
    let is_day = day.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    day.len() == 10 && is_day && (value.len() == 10 || postferry_doc::DateTime::parse(value).is_some())
}

/// An id as XML allows it; what is valid stays as it is, and different ids stay different.
pub(in crate::write) fn xml_id(id: &str) -> String {
    let starts = |c: char| c.is_alphabetic() || c == '_';
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut out = String::with_capacity(id.len());
    for (n, c) in id.chars().enumerate() {
        if n == 0 && !starts(c) {
            out.push('_');
        }
        if goes_on(c) && (c.is_ascii() || is_name_char(c)) {
            out.push(c);
        } else {
            let _ = write!(out, "_{:x}_", u32::from(c));
        }
    }
    out
}

/// The letters beyond ASCII that XML 1.0 allows in names (production 4).
fn is_name_char(c: char) -> bool {
    matches!(c,
        '\u{B7}' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{203F}'..='\u{2040}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_names() {
        assert_eq!(xml_id("中文-1"), "中文-1");
        assert_eq!(xml_id("1abc 2"), "_1abc_20_2");
        assert_eq!(xml_id("fn:1"), "fn_3a_1");
    }

    #[test]
    fn values_are_checked() {
        assert_eq!(valid_value("img", "width", "300px").as_deref(), Some("300"));
        assert_eq!(valid_value("img", "width", "100%"), None);
        assert_eq!(valid_value("time", "datetime", "2020-01-02").as_deref(), Some("2020-01-02"));
        assert_eq!(valid_value("p", "lang", "zh-Hans").as_deref(), Some("zh-Hans"));
        assert_eq!(valid_value("p", "lang", "x y"), None);
        assert_eq!(valid_value("p", "title", "a < b").as_deref(), Some("a < b"));
        assert_eq!(valid_value("p", "title", "</noscript><img src=x onerror=a()>"), None);
        assert_eq!(valid_value("img", "title", "--><img src=1 onerror=a()>"), None);
    }
}
