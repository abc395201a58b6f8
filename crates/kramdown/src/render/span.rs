//! Writing spans.

use super::Renderer;
use super::escape::{Escape, escape};
use crate::finish::quote_code;
use crate::{Attr, Element, Kind, Quote, Symbol};

const NBSP: u32 = 0xa0;

impl<'a> Renderer<'a> {
    pub(super) fn span(&mut self, element: &'a Element, indent: usize) {
        match &element.kind {
            Kind::A => self.wrap("a", element, indent),
            Kind::Em => self.wrap("em", element, indent),
            Kind::Strong => self.wrap("strong", element, indent),
            Kind::Img => {
                self.out.push_str("<img");
                self.write_attr(&element.attr);
                self.out.push_str(" />");
            }
            Kind::Br => self.out.push_str("<br />"),
            Kind::Codespan(span) => {
                let code = self.text(*span);
                if self.write_highlighted_span(&element.attr, code) {
                    return;
                }
                self.out.push_str("<code");
                self.write_attr(&element.attr);
                self.out.push('>');
                escape(&mut self.out, code, Escape::All);
                self.out.push_str("</code>");
            }
            Kind::Footnote(number) => self.write_reference(*number),
            Kind::Entity { code, original } => self.write_entity(*code, *original),
            Kind::Symbol(symbol) => self.write_symbol(*symbol),
            Kind::SmartQuote(quote) => self.write_quote(*quote),
            Kind::Abbreviation { definition, text } => self.write_abbreviation(*definition, self.text(*text)),
            _ => {}
        }
    }

    fn wrap(&mut self, name: &str, element: &'a Element, indent: usize) {
        self.out.push('<');
        self.out.push_str(name);
        self.write_attr(&element.attr);
        self.out.push('>');
        self.inner(element, indent + 2);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn write_symbol(&mut self, symbol: Symbol) {
        let (name, codes): (&str, &[u32]) = match symbol {
            Symbol::EmDash => ("mdash", &[8212]),
            Symbol::EnDash => ("ndash", &[8211]),
            Symbol::Ellipsis => ("hellip", &[8230]),
            Symbol::LeftGuillemet => ("laquo", &[171]),
            Symbol::RightGuillemet => ("raquo", &[187]),
            Symbol::LeftGuillemetSpace => ("laquo_space", &[171, NBSP]),
            Symbol::RightGuillemetSpace => ("raquo_space", &[NBSP, 187]),
        };
        let given = self.options.typographic_symbols.iter().find(|(symbol, _)| symbol == name);
        if let Some((_, text)) = given {
            escape(&mut self.out, text, Escape::Text);
            return;
        }
        for &code in codes {
            self.write_entity(code, None);
        }
    }

    fn write_quote(&mut self, quote: Quote) {
        let entity = &self.options.smart_quotes[quote as usize];
        if let Some(code) = quote_code(entity) {
            self.write_entity(code, None);
        }
    }

    fn write_abbreviation(&mut self, number: u32, text: &str) {
        let document = self.document;
        let Some(abbreviation) = document.abbreviations.get(number as usize) else {
            return;
        };
        let mut attr: Attr = abbreviation.attr.clone();
        if !abbreviation.title.is_empty() {
            attr.set("title", abbreviation.title.clone());
        }
        self.out.push_str("<abbr");
        self.write_attr(&attr);
        self.out.push('>');
        self.out.push_str(text);
        self.out.push_str("</abbr>");
    }
}
