//! What is done once all blocks are known: spans are read, attribute lists applied, abbreviations and ids set.

use std::collections::HashMap;

use crate::chars::is_unicode_word;
use crate::parser::Parser;
use crate::span::{Mode, replace_abbreviations};
use crate::{ContentModel, Element, Kind, Quote, Span, Symbol, entities};

impl Parser {
    /// Finishes the tree below the root, and the footnotes.
    pub(crate) fn finish(&mut self, root: &mut Element) {
        self.finish_children(root);
        for number in 0..self.abbreviations.len() {
            if let Some(ial) = self.abbreviations[number].ial.take() {
                let mut attr = std::mem::take(&mut self.abbreviations[number].attr);
                self.apply_ial(&mut attr, &ial);
                self.abbreviations[number].attr = attr;
            }
        }
        replace_abbreviations(self, root);
        for number in 0..self.footnotes.len() {
            let empty = Element::new(Kind::Root, 0);
            let mut content = std::mem::replace(&mut self.footnotes[number].content, empty);
            self.finish_children(&mut content);
            replace_abbreviations(self, &mut content);
            self.footnotes[number].content = content;
        }
        for number in 0..self.footnotes.len() {
            let footnote = &self.footnotes[number];
            if !footnote.referenced {
                let line = footnote.content.line;
                let message = format!("Footnote definition for '{}' on line {line} is unreferenced - ignoring", footnote.name);
                self.warn(line, message);
            }
        }
        if self.gfm {
            self.finish_gfm(root, &mut HashMap::new());
        }
    }

    fn finish_children(&mut self, element: &mut Element) {
        if let [Element { kind: Kind::Unparsed(span), line, .. }] = element.children.as_slice() {
            let line = if *line == 0 { element.line } else { *line };
            let range = (span.start as usize, span.end as usize);
            element.children = self.parse_text(range, line, Mode::All);
            if element.kind == Kind::Root {
                for span in &mut element.children {
                    span.line = span.line.max(line);
                }
            }
            return;
        }
        let mut children: Vec<Element> = Vec::with_capacity(element.children.len());
        let mut blank_seen = false;
        for mut child in std::mem::take(&mut element.children) {
            match child.kind {
                Kind::Unparsed(span) => {
                    blank_seen = false;
                    let range = (span.start as usize, span.end as usize);
                    let mut spans = self.parse_text(range, child.line, Mode::All);
                    // Spans that stand where blocks do are found by their lines.
                    for span in &mut spans {
                        span.line = span.line.max(child.line);
                    }
                    children.extend(spans);
                }
                Kind::Eob(_) => {}
                Kind::Blank { .. } => {
                    if !blank_seen {
                        children.push(child);
                    }
                    blank_seen = true;
                }
                _ => {
                    blank_seen = false;
                    self.finish_element(&mut child);
                    children.push(child);
                }
            }
        }
        element.children = children;
    }

    fn finish_element(&mut self, element: &mut Element) {
        self.finish_children(element);
        if let Some(ial) = element.ial.take() {
            self.apply_ial(&mut element.attr, &ial);
            element.ial = Some(ial);
        }
        let strips = match element.kind {
            Kind::Dt { .. } => true,
            Kind::Header { .. } => self.options.strips_ids(),
            _ => false,
        };
        if strips {
            let mut text = String::new();
            self.push_text_of(&element.children, &mut text);
            match &mut element.kind {
                Kind::Header { raw_text, .. } | Kind::Dt { raw_text } => *raw_text = text,
                _ => {}
            }
        }
    }

    /// The text that an id is made of.
    fn push_text_of(&self, children: &[Element], out: &mut String) {
        for child in children {
            match &child.kind {
                Kind::Text(span) => out.push_str(&self.pool[span.range()]),
                Kind::Codespan(span) | Kind::Math { tex: span, .. } if self.gfm => {
                    out.push_str(&self.pool[span.range()]);
                }
                Kind::Entity { code, .. } if self.gfm => {
                    out.extend(char::from_u32(*code));
                }
                Kind::SmartQuote(quote) if self.gfm => out.push(quote_char(*quote)),
                Kind::Symbol(symbol) if self.gfm => out.push_str(symbol_text(*symbol)),
                _ => self.push_text_of(&child.children, out),
            }
        }
    }

    /// What the GFM parser adds: ids of headings, and line breaks at ends of lines.
    fn finish_gfm(&mut self, element: &mut Element, ids: &mut HashMap<String, u32>) {
        let mut has_breaks = false;
        for child in &mut element.children {
            match &child.kind {
                Kind::Text(span) => has_breaks |= self.has_line_break(*span),
                Kind::HtmlElement { .. } => {}
                Kind::Header { raw_text, .. } if self.options.auto_ids && child.attr.get("id").is_none() => {
                    let id = gfm_id(raw_text, ids);
                    child.attr.set("id", format!("{}{id}", self.options.auto_id_prefix));
                }
                _ if child.children.is_empty() => {}
                _ => self.finish_gfm(child, ids),
            }
        }
        if !has_breaks {
            return;
        }
        let is_block = is_block(&element.kind);
        let count = element.children.len();
        let mut children: Vec<Element> = Vec::with_capacity(count + 2);
        for (index, child) in std::mem::take(&mut element.children).into_iter().enumerate() {
            if let Kind::Text(span) = child.kind {
                let at_end = is_block && index + 1 == count;
                self.break_lines(span, child.line, at_end, &mut children);
            } else {
                children.push(child);
            }
        }
        element.children = children;
    }

    fn has_line_break(&self, span: Span) -> bool {
        let text = &self.pool.as_bytes()[span.range()];
        if self.hard_wrap {
            return memchr::memchr(b'\n', text).is_some();
        }
        memchr::memchr_iter(b'\\', text).any(|at| text.get(at + 1) == Some(&b'\n'))
    }

    /// Puts line breaks into a text: at every newline, or at those after a backslash.
    fn break_lines(&self, span: Span, line: u32, at_end: bool, out: &mut Vec<Element>) {
        let text = &self.pool[span.range()];
        let mark = if self.hard_wrap { "\n" } else { "\\\n" };
        let whole = Element::new(Kind::Text(span), line);
        let mut rest = text;
        let Some(_) = rest.find(mark) else {
            out.push(whole);
            return;
        };
        let mut start = span.start as usize;
        let base = span.end as usize;
        while let Some(at) = rest.find(mark) {
            let end = base - rest.len() + at;
            if start < end {
                out.push(Element::new(Kind::Text(Span::new(start, end)), line));
            }
            rest = &rest[at + mark.len()..];
            if !(rest.is_empty() && at_end) {
                out.push(Element::new(Kind::Br, line));
            }
            start = end + mark.len() - 1;
        }
        out.push(Element::new(Kind::Text(Span::new(start, base)), line));
    }
}

/// Whether kramdown counts the kind as a block.
pub(crate) fn is_block(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Blank { .. }
            | Kind::Paragraph { .. }
            | Kind::Header { .. }
            | Kind::Blockquote
            | Kind::Codeblock { .. }
            | Kind::Ul
            | Kind::Ol
            | Kind::Li
            | Kind::Dl
            | Kind::Dt { .. }
            | Kind::Dd
            | Kind::Table { .. }
            | Kind::Td
            | Kind::Hr
            | Kind::HtmlElement {
                category: crate::Category::Block,
                model: ContentModel::Block | ContentModel::Raw | ContentModel::Span,
                ..
            }
    )
}

/// The id of a heading as GitHub makes it.
fn gfm_id(text: &str, ids: &mut HashMap<String, u32>) -> String {
    let mut id = String::with_capacity(text.len());
    for c in crate::chars::downcase(text).chars() {
        match c {
            ' ' | '\t' => id.push('-'),
            '-' => id.push('-'),
            c if is_unicode_word(c) => id.push(c),
            _ => {}
        }
    }
    let count = ids.entry(id.clone()).or_insert(0);
    if *count > 0 {
        id.push('-');
        id.push_str(&count.to_string());
    }
    *count += 1;
    id
}

pub(crate) fn quote_char(quote: Quote) -> char {
    match quote {
        Quote::LeftSingle => '‘',
        Quote::RightSingle => '’',
        Quote::LeftDouble => '“',
        Quote::RightDouble => '”',
    }
}

pub(crate) fn symbol_text(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::EmDash => "—",
        Symbol::EnDash => "–",
        Symbol::Ellipsis => "…",
        Symbol::LeftGuillemet => "«",
        Symbol::RightGuillemet => "»",
        Symbol::LeftGuillemetSpace => "«\u{a0}",
        Symbol::RightGuillemetSpace => "\u{a0}»",
    }
}

/// The code point of a quote's entity.
pub(crate) fn quote_code(entity: &crate::QuoteEntity) -> Option<u32> {
    match entity {
        crate::QuoteEntity::Name(name) => entities::by_name(name),
        crate::QuoteEntity::Code(code) => Some(entities::by_number(*code)),
    }
}
