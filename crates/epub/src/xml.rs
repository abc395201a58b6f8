//! XML text: escaping, and a check of well-formedness.

use std::collections::HashSet;

/// Adds `text` as character data or the value of an attribute in double quotes; what XML cannot hold is left out.
pub fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if is_char(c) => out.push(c),
            _ => {}
        }
    }
}

/// Gives `text` as character data or the value of an attribute in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Says whether XML 1.0 can hold a character and Unicode has it as one.
pub fn is_char(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
        && u32::from(c) & 0xfffe != 0xfffe
        && !matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Gives the text on one line: white space is single spaces, ends are trimmed, what XML cannot hold is left out.
pub fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| is_char(*c)).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Checks that a text is a well-formed XML document without a document type of its own: one root element, tags in
/// pairs, attributes quoted and there once, entities of XML itself only, prefixes declared somewhere.
pub fn is_well_formed(text: &str) -> bool {
    let mut checker = Checker { rest: text.trim_start_matches('\u{feff}'), prefixes: HashSet::from(["xml", "xmlns"]) };
    let declared = |prefix: &&str| matches!(*prefix, "xml" | "xmlns") || text.contains(&format!("xmlns:{prefix}="));
    checker.document().is_some() && checker.prefixes.iter().all(declared)
}

struct Checker<'a> {
    rest: &'a str,
    /// The prefixes of names, which a namespace must be declared for.
    prefixes: HashSet<&'a str>,
}

impl<'a> Checker<'a> {
    fn document(&mut self) -> Option<()> {
        let mut open: Vec<&'a str> = Vec::new();
        let mut seen_root = false;
        loop {
            let text = self.until("<");
            if open.is_empty() {
                text.trim().is_empty().then_some(())?
            } else {
                character_data(text)?
            }
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
                let name = self.name()?;
                if self.attributes()? {
                    open.push(name);
                }
            }
        }
    }

    /// Reads the rest of a start tag; says whether the element has content.
    fn attributes(&mut self) -> Option<bool> {
        let mut names = HashSet::new();
        loop {
            let spaced = self.space();
            if self.eat("/>") {
                return Some(false);
            }
            if self.eat(">") {
                return Some(true);
            }
            (spaced && names.insert(self.name()?)).then_some(())?;
            self.space();
            self.eat("=").then_some(())?;
            self.space();
            let quote = if self.eat("\"") { "\"" } else { self.eat("'").then_some("'")? };
            let value = self.through(quote)?;
            (!value.contains('<')).then_some(())?;
            character_data(value)?;
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
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
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

fn character_data(text: &str) -> Option<()> {
    if text.contains("]]>") || !text.chars().all(is_char) {
        return None;
    }
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        rest = &rest[at + 1..];
        let (entity, after) = rest.split_once(';')?;
        match entity.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?).filter(|c| is_char(*c))?;
            }
            None => matches!(entity, "amp" | "lt" | "gt" | "quot" | "apos").then_some(())?,
        }
        rest = after;
    }
    Some(())
}

/// The first character of a name (XML 1.0, production 4).
pub fn is_name_start(c: char) -> bool {
    matches!(c, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// A further character of a name (XML 1.0, production 4a).
pub fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
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

    #[test]
    fn escaping_leaves_out_what_xml_cannot_hold() {
        assert_eq!(escape("a<b>&\"c\"\u{0}\u{b}\u{ffff}\n"), "a&lt;b&gt;&amp;&quot;c&quot;\n");
        assert_eq!(one_line(" a\n\t b\u{1}c "), "a bc");
    }
}
