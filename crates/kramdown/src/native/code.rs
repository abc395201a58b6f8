//! Code of HTML as code spans and code blocks.

use super::{Mode, is_element, set_kind};
use crate::parser::Parser;
use crate::{Attr, Element, Kind, Span};

impl Parser {
    pub(super) fn native_code(&mut self, element: &mut Element, name: &str) {
        let raw = self.text_in(element);
        let start = self.pool.len();
        self.pool.push_str(&raw);
        let span = Span::new(start, self.pool.len());
        let mut parts = Vec::new();
        self.native_text(span, true, element.line, &mut parts);
        let mut code = String::new();
        for part in &parts {
            match &part.kind {
                Kind::Text(span) => code.push_str(&self.pool[span.range()]),
                Kind::Entity { code: number, .. } => {
                    let Some(c) = char::from_u32(*number) else {
                        let mode = Mode { convert: false, preserve: true };
                        self.keep_element(element, mode);
                        return;
                    };
                    code.push(c);
                }
                Kind::SmartQuote(quote) => code.push(crate::finish::quote_char(*quote)),
                Kind::Symbol(symbol) => code.push_str(crate::finish::symbol_text(*symbol)),
                _ => {}
            }
        }
        let start = self.pool.len();
        self.pool.push_str(&code);
        let code = Span::new(start, self.pool.len());
        if name == "code" {
            set_kind(element, Kind::Codespan(code));
            drop_highlighter(&mut element.attr);
        } else {
            if let [child] = element.children.as_slice()
                && is_element(child, "code")
                && let Some(language) = child.attr.get("class").and_then(language_class)
            {
                let class = element.attr.get("class").unwrap_or_default();
                let class = format!("{language} {class}");
                element.attr.set("class", crate::chars::rstrip(&class));
            }
            set_kind(element, Kind::Codeblock { code });
        }
        element.children.clear();
    }
}

/// Takes a highlighter's mark from the classes.
fn drop_highlighter(attr: &mut Attr) {
    let Some(class) = attr.get("class") else {
        return;
    };
    if !class.contains("highlighter-") {
        return;
    }
    let kept: Vec<&str> = class.split_ascii_whitespace().filter(|name| !name.starts_with("highlighter-")).collect();
    attr.set("class", kept.join(" "));
}

fn language_class(class: &str) -> Option<&str> {
    class.split_ascii_whitespace().find(|name| name.starts_with("language-") && name.len() > "language-".len())
}
