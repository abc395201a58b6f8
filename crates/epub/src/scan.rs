//! A look through XML: whether it is well-formed, and its start tags.

use std::collections::HashSet;

use crate::xml::{is_char, is_name_char, is_name_start};

/// A start tag: the name of the element and its attributes as they are spelled.
#[derive(Debug)]
pub struct StartTag<'a> {
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> StartTag<'a> {
    /// The value of an attribute, as it is spelled.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
    }
}

/// Checks that a text is a well-formed XML document without entities of its own: one root element, tags in pairs,
/// attributes quoted and there once, prefixes declared somewhere.
pub fn is_well_formed(text: &str) -> bool {
    scan(text, &mut |_| {}).is_some()
}

/// Calls `visit` for each start tag of a well-formed document; `None` where it is none after all.
pub fn scan<'a>(text: &'a str, visit: &mut dyn FnMut(StartTag<'a>)) -> Option<()> {
    let mut scanner = Scanner { rest: text.trim_start_matches('\u{feff}'), prefixes: HashSet::new() };
    scanner.document(visit)?;
    let declared = |prefix: &&str| matches!(*prefix, "xml" | "xmlns") || text.contains(&format!("xmlns:{prefix}="));
    scanner.prefixes.iter().all(declared).then_some(())
}

struct Scanner<'a> {
    rest: &'a str,
    /// The prefixes of names, which a namespace must be declared for.
    prefixes: HashSet<&'a str>,
}

impl<'a> Scanner<'a> {
    fn document(&mut self, visit: &mut dyn FnMut(StartTag<'a>)) -> Option<()> {
        let mut open: Vec<&'a str> = Vec::new();
        let mut seen_root = false;
        loop {
            let text = self.until("<");
            let good = if open.is_empty() { text.trim().is_empty() } else { is_character_data(text) };
            good.then_some(())?;
            if self.rest.is_empty() {
                return (seen_root && open.is_empty()).then_some(());
            }
            if self.eat("<!--") {
                let comment = self.through("-->")?;
                (!comment.contains("--") && comment.chars().all(is_char)).then_some(())?;
            } else if self.eat("<![CDATA[") {
                let data = self.through("]]>")?;
                (!open.is_empty() && data.chars().all(is_char)).then_some(())?;
            } else if self.eat("<?") {
                self.through("?>")?;
            } else if self.eat("<!DOCTYPE") {
                let doctype = self.through(">")?;
                (!seen_root && !doctype.contains(['[', '<'])).then_some(())?;
            } else if self.eat("</") {
                let name = self.name()?;
                self.space();
                (self.eat(">") && open.pop() == Some(name)).then_some(())?;
            } else {
                self.eat("<").then_some(())?;
                (!open.is_empty() || !seen_root).then_some(())?;
                seen_root = true;
                let (tag, has_content) = self.start_tag()?;
                if has_content {
                    open.push(tag.name);
                }
                visit(tag);
            }
        }
    }

    /// Reads a start tag after its bracket; says whether the element has content.
    fn start_tag(&mut self) -> Option<(StartTag<'a>, bool)> {
        let mut tag = StartTag { name: self.name()?, attributes: Vec::new() };
        let mut names = HashSet::new();
        loop {
            let spaced = self.space();
            if self.eat("/>") {
                return Some((tag, false));
            }
            if self.eat(">") {
                return Some((tag, true));
            }
            let name = self.name()?;
            (spaced && names.insert(name)).then_some(())?;
            self.space();
            self.eat("=").then_some(())?;
            self.space();
            let quote = if self.eat("\"") { "\"" } else { self.eat("'").then_some("'")? };
            let value = self.through(quote)?;
            (!value.contains('<') && is_character_data(value)).then_some(())?;
            tag.attributes.push((name, value));
        }
    }

    fn name(&mut self) -> Option<&'a str> {
        let end = self.rest.find(|c: char| !is_name_char(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if let Some((prefix, local)) = name.split_once(':') {
            (local.starts_with(is_name_start) && !local.contains(':')).then_some(())?;
            self.prefixes.insert(prefix);
        }
        name.starts_with(is_name_start).then_some(name)
    }

    fn space(&mut self) -> bool {
        let trimmed = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let found = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        found
    }

    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn until(&mut self, token: &str) -> &'a str {
        let (before, rest) = self.rest.split_at(self.rest.find(token).unwrap_or(self.rest.len()));
        self.rest = rest;
        before
    }

    fn through(&mut self, token: &str) -> Option<&'a str> {
        let before = self.until(token);
        self.eat(token).then_some(before)
    }
}

fn is_character_data(text: &str) -> bool {
    let mut entities = text.split('&').skip(1);
    !text.contains("]]>")
        && text.chars().all(is_char)
        && entities.all(|rest| rest.split_once(';').is_some_and(|(e, _)| is_entity(e)))
}

fn is_entity(name: &str) -> bool {
    let Some(number) = name.strip_prefix('#') else {
        return matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
    };
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).is_some_and(is_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_well_formed() {
        for text in [
            "<a/>",
            "\u{feff}<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"x\" \"y\">\n<!-- c --><a b='1' xmlns:c='d' c:d=\"&lt;&#x41;\">t<b>é</b><![CDATA[<&]]></a>\n",
        ] {
            assert!(is_well_formed(text), "{text}");
        }
    }

    #[test]
    fn what_is_not() {
        for text in [
            "",
            "x",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "<a b=1/>",
            "<a b='1' b='2'/>",
            "<a b='1'c='2'/>",
            "<a>&nbsp;</a>",
            "<a>& </a>",
            "<a>]]></a>",
            "<a b='<'/>",
            "<1/>",
            "<a><!-- - -- --></a>",
            "<a>\u{b}</a>",
            "<a>&#11;</a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<a",
            "<a b",
            "<a b='",
            "<!--",
            "<![CDATA[x]]>",
            "<a>&#xfffe;</a>",
            "<a b:c=''/>",
        ] {
            assert!(!is_well_formed(text), "{text}");
        }
    }
}
