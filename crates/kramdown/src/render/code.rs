//! Writing code that a highlighter marks up.

use super::Renderer;
use crate::Attr;

impl Renderer<'_> {
    /// Writes a block of code as the highlighter has it; says whether it did.
    pub(super) fn write_highlighted_block(&mut self, attr: &Attr, code: &str, indent: usize) -> bool {
        let Some(rouge) = self.rouge else { return false };
        let language = attr.get("class").and_then(code_language);
        let Some(html) = rouge.block(code, language) else { return false };
        let mut own = without_language(attr);
        add_highlighter(&mut own, language.or(rouge.default_lang.as_deref()));
        self.indent(indent);
        self.out.push_str("<div");
        self.write_attr(&own);
        self.out.push('>');
        self.out.push_str(&html);
        self.indent(indent);
        self.out.push_str("</div>\n");
        true
    }

    /// Writes code in running text as the highlighter has it; says whether it did.
    pub(super) fn write_highlighted_span(&mut self, attr: &Attr, code: &str) -> bool {
        let Some(rouge) = self.rouge else { return false };
        let language = attr.get("class").and_then(code_language);
        let Some(html) = rouge.span(code, language) else { return false };
        let mut own = attr.clone();
        add_highlighter(&mut own, language.or(rouge.default_lang.as_deref()));
        self.out.push_str("<code");
        self.write_attr(&own);
        self.out.push('>');
        self.out.push_str(&html);
        self.out.push_str("</code>");
        true
    }
}

/// Adds the highlighter to the classes and has the language begin them.
fn add_highlighter(attr: &mut Attr, language: Option<&str>) {
    let class = format!("{} highlighter-rouge", attr.get("class").unwrap_or_default());
    let class = class.trim_start();
    let class = match language {
        Some(language) => match language_range(class) {
            Some((0, end)) => format!("language-{language}{}", &class[end..]),
            _ => format!("language-{language} {class}"),
        },
        None => class.to_owned(),
    };
    attr.set("class", class);
}

/// The attributes without the class that names the language.
pub(super) fn without_language(attr: &Attr) -> Attr {
    let mut attr = attr.clone();
    let class = attr.get("class").unwrap_or_default();
    if let Some((start, end)) = language_range(class) {
        let rest = format!("{}{}", &class[..start], &class[end..]);
        let rest = crate::chars::strip(&rest).to_owned();
        if rest.is_empty() {
            attr.remove("class");
        } else {
            attr.set("class", rest);
        }
    }
    attr
}

/// The place of `language-x` among classes.
pub(super) fn language_range(class: &str) -> Option<(usize, usize)> {
    let mut pos = 0;
    while let Some(at) = class[pos..].find("language-") {
        let start = pos + at;
        let boundary = !class[..start].chars().next_back().is_some_and(crate::chars::is_unicode_word);
        let name = start + "language-".len();
        let end =
            class[name..].find(|c: char| c.is_ascii() && crate::chars::is_space(c as u8)).map_or(class.len(), |at| name + at);
        if boundary && end > name {
            return Some((start, end));
        }
        pos = name;
    }
    None
}

/// The language that a class names.
pub(super) fn code_language(class: &str) -> Option<&str> {
    language_range(class).map(|(start, end)| &class[start + "language-".len()..end])
}
