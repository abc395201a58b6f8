//! The ids that a piece of HTML or a template of HTML has.

use std::collections::{BTreeSet, HashSet};

/// Bytes of the longest id that is looked at.
const LONGEST: usize = 1000;

/// The ids of templates: those that are written out, and those that hold an output.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    known: BTreeSet<String>,
    /// What stands before and behind the outputs of an id.
    open: BTreeSet<(String, String)>,
}

impl Ids {
    /// Adds the ids of a text.
    pub fn add(&mut self, html: &str) {
        each(html, &mut |id| match (id.find("{{").or_else(|| id.find("{%")), id.rfind("}}").max(id.rfind("%}"))) {
            (Some(start), end) => {
                let behind = end.map_or("", |end| &id[(end + 2).max(start)..]);
                self.open.insert((id[..start].to_owned(), behind.to_owned()));
            }
            (None, _) => drop(self.known.insert(super::address::decode(id))),
        });
    }

    /// Adds all ids of others.
    pub fn extend(&mut self, other: &Self) {
        self.known.extend(other.known.iter().cloned());
        self.open.extend(other.open.iter().cloned());
    }

    /// Says whether there is or may be such an id.
    pub fn may_have(&self, id: &str) -> bool {
        self.known.contains(id)
            || self.open.iter().any(|(before, behind)| {
                id.len() >= before.len() + behind.len() && id.starts_with(before.as_str()) && id.ends_with(behind.as_str())
            })
    }
}

/// The ids of the elements of some HTML, and the names of its anchors.
pub(crate) fn ids_of(html: &str) -> HashSet<String> {
    let mut ids = HashSet::new();
    each(html, &mut |id| {
        let plain = unescape(id);
        ids.insert(super::address::decode(&plain));
        ids.insert(plain);
    });
    ids
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Calls `take` for the value of each `id` and `name` attribute. What only looks like an attribute is taken too: nobody is told
/// of a missing id because of it.
fn each(html: &str, take: &mut dyn FnMut(&str)) {
    let bytes = html.as_bytes();
    for (at, _) in html.match_indices('=') {
        let name = html[..at].trim_end();
        let is_attribute = ["id", "name"].iter().any(|wanted| {
            let start = name.len().wrapping_sub(wanted.len());
            name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(wanted))
                && start > 0
                && (bytes[start - 1].is_ascii_whitespace() || matches!(bytes[start - 1], b'"' | b'\'' | b'}'))
        });
        if !is_attribute {
            continue;
        }
        let value = html[at + 1..].trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => closed(&value[1..], quote),
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next(),
        };
        value.filter(|value| !value.is_empty() && value.len() < LONGEST).into_iter().for_each(&mut *take);
    }
}

/// A quoted value up to its end; quotes within Liquid do not end it.
fn closed(text: &str, quote: char) -> Option<&str> {
    let mut longest = text.len().min(LONGEST);
    while !text.is_char_boundary(longest) {
        longest -= 1;
    }
    let text = &text[..longest];
    let mut from = 0;
    loop {
        let end = from + text[from..].find(quote)?;
        let open = text[from..end].find("{{").or_else(|| text[from..end].find("{%"));
        match open {
            Some(open) => {
                let inside = &text[from + open..];
                let close = inside.find("}}").into_iter().chain(inside.find("%}")).min()?;
                from += open + close + 2;
            }
            None => return Some(&text[..end]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_html_are_found_however_they_are_written() {
        let html = "<p id=\"a\" class=b><a name='c'>x</a><i ID = d>y</i> data-id=\"e\" <b id=\"x&amp;y\">";
        let ids = ids_of(html);
        assert!(["a", "c", "d", "x&y"].iter().all(|id| ids.contains(*id)), "{ids:?}");
        assert!(["b", "e", "x"].iter().all(|id| !ids.contains(*id)), "{ids:?}");
    }

    #[test]
    fn ids_with_outputs_may_be_any() {
        let mut ids = Ids::default();
        ids.add("<p id=\"post-{{ page.id | default: \"x\" }}-end\"><div id='main'>");
        assert!(ids.may_have("post-1-end") && ids.may_have("main"));
        assert!(!ids.may_have("post-1") && !ids.may_have("end"));
    }
}
