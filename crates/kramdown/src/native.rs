//! HTML elements turned into kramdown's own (option `html_to_native`).

mod code;
mod table;

use std::borrow::Cow;

use crate::chars::{self, is_space};
use crate::parser::Parser;
use crate::{Category, ContentModel, Element, Kind, Quote, Span, Symbol, names};

/// Elements in which text means nothing.
const WITHOUT_TEXT: &[&str] =
    &["html", "head", "hgroup", "ol", "ul", "dl", "table", "colgroup", "tbody", "thead", "tfoot", "tr", "select", "optgroup"];
/// Elements whose text is put into paragraphs.
const WITH_PARAGRAPHS: &[&str] = &[
    "body",
    "section",
    "nav",
    "article",
    "aside",
    "header",
    "footer",
    "address",
    "div",
    "li",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "fieldset",
    "form",
];
/// Elements whose white space between blocks is dropped.
const WITHOUT_SPACE: &[&str] = &[
    "body",
    "section",
    "nav",
    "article",
    "aside",
    "header",
    "footer",
    "address",
    "div",
    "li",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "td",
    "th",
    "fieldset",
    "form",
];
/// Elements whose white space at both ends is dropped.
const STRIPPED: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "form",
    "footer",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "legend",
    "li",
    "nav",
    "p",
    "section",
    "td",
    "th",
];

/// How the content of an element is taken over.
#[derive(Clone, Copy)]
struct Mode {
    /// Whether elements become kramdown's own.
    convert: bool,
    /// Whether white space stays as it is.
    preserve: bool,
}

impl Mode {
    const DEFAULT: Mode = Mode { convert: true, preserve: false };
}

impl Parser {
    /// Turns an element and those in it into kramdown's own where there is one.
    pub(crate) fn make_native(&mut self, element: &mut Element) {
        let mode = Mode { convert: true, preserve: false };
        self.native(element, mode, None);
    }

    fn native(&mut self, element: &mut Element, mode: Mode, parent: Option<&Kind>) {
        if let Kind::Markup { category, .. } = &mut element.kind {
            let name = match parent {
                Some(Kind::HtmlElement { name, .. }) => name.as_ref(),
                Some(Kind::Header { .. }) => "h1",
                Some(kind) => simple_name(kind),
                None => "div",
            };
            *category = if names::model(name) == ContentModel::Span { Category::Span } else { Category::Block };
            return;
        }
        let Some(name) = html_name(element) else {
            return;
        };
        if !mode.convert {
            self.keep_element(element, mode);
            return;
        }
        match name.as_ref() {
            "a" => self.native_link(element),
            "em" | "strong" | "b" | "i" => self.native_emphasis(element, &name),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let raw_text = self.text_in(element);
                let level = name.as_bytes()[1] - b'0';
                set_kind(element, Kind::Header { level, raw_text });
                self.native_children(element, Mode::DEFAULT);
            }
            "code" | "pre" => self.native_code(element, &name),
            "textarea" => self.keep_element(element, Mode { convert: true, preserve: true }),
            "table" => self.native_table(element),
            "script" => self.native_script(element),
            name => self.native_simple(element, name, mode),
        }
    }

    /// Turns an element with no rule of its own.
    fn native_simple(&mut self, element: &mut Element, name: &str, mode: Mode) {
        if WITHOUT_TEXT.contains(&name) {
            remove_text(element);
        }
        if let Some(kind) = simple_kind(name) {
            set_kind(element, kind);
            self.native_children(element, mode);
        } else {
            self.keep_element(element, mode);
        }
        if STRIPPED.contains(&name) {
            self.strip_ends(element);
        }
        if WITHOUT_SPACE.contains(&name) {
            self.remove_space(element);
        }
        if WITH_PARAGRAPHS.contains(&name) {
            wrap_text(element);
        }
    }

    /// An element that stays one of HTML.
    fn keep_element(&mut self, element: &mut Element, mode: Mode) {
        element.ial = None;
        if let Kind::HtmlElement { name, category, model, closed } = &mut element.kind {
            *category = if names::is_span(name, self.v25) { Category::Span } else { Category::Block };
            *model = if mode.convert { names::model(name) } else { ContentModel::Raw };
            *closed = false;
        }
        self.native_children(element, mode);
    }

    fn native_children(&mut self, element: &mut Element, mode: Mode) {
        let mut children = Vec::with_capacity(element.children.len());
        for mut child in std::mem::take(&mut element.children) {
            if let Kind::Text(span) = child.kind {
                self.native_text(span, mode.preserve || !mode.convert, child.line, &mut children);
            } else {
                self.native(&mut child, mode, Some(&element.kind));
                children.push(child);
            }
        }
        element.children = children;
    }

    /// Splits a text of HTML at its entities.
    fn native_text(&mut self, span: Span, preserve: bool, line: u32, out: &mut Vec<Element>) {
        let span = if preserve { span } else { self.squeeze_space(span) };
        let (mut start, end) = (span.start as usize, span.end as usize);
        let mut pos = start;
        while let Some(at) = crate::scan::memo::find_byte(&self.pool.as_bytes()[..end], b'&', pos) {
            let Some((code, after)) = crate::span_reference(&self.pool.as_bytes()[..end], at, self.v25) else {
                pos = at + 1;
                continue;
            };
            out.push(Element::new(Kind::Text(Span::new(start, at)), line));
            let name = self.str((at + 1, after - 1));
            let mut next = after;
            let kind = match (quote(name), symbol(name), code) {
                (Some(quote), ..) => Kind::SmartQuote(quote),
                (_, Some(symbol), _) => Kind::Symbol(symbol),
                (.., Some(code)) => Kind::Entity { code, original: Some(Span::new(at, after)) },
                (.., None) => {
                    next = at + 1;
                    Kind::Entity { code: u32::from('&'), original: None }
                }
            };
            out.push(Element::new(kind, line));
            start = next;
            pos = next;
        }
        if start < end {
            out.push(Element::new(Kind::Text(Span::new(start, end)), line));
        }
    }

    /// Makes one space of each run of white space.
    fn squeeze_space(&mut self, span: Span) -> Span {
        let text = &self.pool[span.range()];
        let bytes = text.as_bytes();
        let is_squeezed =
            bytes.iter().enumerate().all(|(at, &byte)| !is_space(byte) || byte == b' ' && bytes.get(at + 1) != Some(&b' '));
        if is_squeezed {
            return span;
        }
        let squeezed = crate::block::squeeze(text);
        let start = self.pool.len();
        self.pool.push_str(&squeezed);
        Span::new(start, self.pool.len())
    }

    fn native_link(&mut self, element: &mut Element) {
        let convert = element.attr.get("href").is_some();
        let mode = Mode { convert, preserve: false };
        if convert {
            set_kind(element, Kind::A);
            self.native_children(element, mode);
        } else {
            self.keep_element(element, mode);
        }
    }

    fn native_emphasis(&mut self, element: &mut Element, name: &str) {
        let text = self.text_in(element);
        let outer_space = text.starts_with(|c: char| c.is_ascii() && is_space(c as u8))
            || text.ends_with(|c: char| c.is_ascii() && is_space(c as u8));
        let mode = Mode { convert: !outer_space, preserve: false };
        if outer_space {
            self.keep_element(element, mode);
        } else {
            let kind = if matches!(name, "em" | "i") { Kind::Em } else { Kind::Strong };
            set_kind(element, kind);
            self.native_children(element, mode);
        }
    }

    fn native_script(&mut self, element: &mut Element) {
        let kind = element.attr.get("type").unwrap_or_default().to_owned();
        let is_math = kind.match_indices("math/tex").any(|(at, word)| {
            let is_word = chars::is_unicode_word;
            !kind[..at].chars().next_back().is_some_and(is_word) && !kind[at + word.len()..].chars().next().is_some_and(is_word)
        });
        let first = element.children.first().filter(|_| is_math);
        let text = match first.map(|child| &child.kind) {
            Some(
                Kind::Verbatim(span)
                | Kind::Text(span)
                | Kind::Codespan(span)
                | Kind::Markup { text: span, .. }
                | Kind::Math { tex: span, .. },
            ) => self.pool[span.range()].to_owned(),
            Some(Kind::HtmlElement { name, .. }) => name.as_ref().to_owned(),
            _ => {
                self.keep_element(element, Mode::DEFAULT);
                return;
            }
        };
        let tex = cdata_content(&text);
        let start = self.pool.len();
        self.pool.push_str(tex);
        let category = if kind.contains("mode=display") { Category::Block } else { Category::Span };
        let tex = Span::new(start, self.pool.len());
        set_kind(element, Kind::Math { tex, category });
        element.children.remove(0);
        element.attr.remove("type");
    }

    /// All text in an element.
    fn text_in(&self, element: &Element) -> String {
        let mut text = String::new();
        self.push_text_in(element, &mut text);
        text
    }

    fn push_text_in(&self, element: &Element, out: &mut String) {
        if let Kind::Text(span) = element.kind {
            out.push_str(&self.pool[span.range()]);
        }
        for child in &element.children {
            self.push_text_in(child, out);
        }
    }

    fn strip_ends(&self, element: &mut Element) {
        if let Some(Element { kind: Kind::Text(span), .. }) = element.children.first_mut() {
            let rest = chars::lstrip(&self.pool[span.range()]).len();
            span.start = span.end - rest as u32;
        }
        if let Some(Element { kind: Kind::Text(span), .. }) = element.children.last_mut() {
            let rest = chars::rstrip(&self.pool[span.range()]).len();
            span.end = span.start + rest as u32;
        }
    }

    /// Drops white space at the ends and between blocks.
    fn remove_space(&self, element: &mut Element) {
        let blocks: Vec<bool> = element.children.iter().map(is_block).collect();
        let last = blocks.len().saturating_sub(1);
        let mut index = 0;
        element.children.retain(|child| {
            let at = index;
            index += 1;
            let Kind::Text(span) = child.kind else {
                return true;
            };
            let between = at == 0 || at == last || blocks[at - 1] && blocks[at + 1];
            !(between && chars::strip(&self.pool[span.range()]).is_empty())
        });
    }
}

/// What kramdown calls the kind, as far as HTML has an element of that name.
fn simple_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Paragraph { .. } => "p",
        Kind::Em => "em",
        Kind::Strong => "strong",
        Kind::A => "a",
        Kind::Li => "li",
        Kind::Dt { .. } => "dt",
        Kind::Dd => "dd",
        Kind::Td => "td",
        Kind::Codespan(_) => "code_span",
        _ => "",
    }
}

fn html_name(element: &Element) -> Option<Cow<'static, str>> {
    match &element.kind {
        Kind::HtmlElement { name, .. } => Some(name.clone()),
        _ => None,
    }
}

/// Whether an element is of HTML and has this name.
fn is_element(element: &Element, wanted: &str) -> bool {
    matches!(&element.kind, Kind::HtmlElement { name, .. } if name == wanted)
}

fn is_text(element: &Element) -> bool {
    matches!(element.kind, Kind::Text(_))
}

fn set_kind(element: &mut Element, kind: Kind) {
    element.kind = kind;
    // kramdown forgets the attribute list that stood before the element.
    element.ial = None;
}

/// kramdown's own kind for an element that it has too.
fn simple_kind(name: &str) -> Option<Kind> {
    Some(match name {
        "blockquote" => Kind::Blockquote,
        "hr" => Kind::Hr,
        "br" => Kind::Br,
        "img" => Kind::Img,
        "p" => Kind::Paragraph { transparent: false },
        "thead" => Kind::Thead,
        "tbody" => Kind::Tbody,
        "tfoot" => Kind::Tfoot,
        "tr" => Kind::Tr,
        "td" | "th" => Kind::Td,
        "ul" => Kind::Ul,
        "ol" => Kind::Ol,
        "dl" => Kind::Dl,
        "li" => Kind::Li,
        "dt" => Kind::Dt { raw_text: String::new() },
        "dd" => Kind::Dd,
        _ => return None,
    })
}

fn remove_text(element: &mut Element) {
    element.children.retain(|child| !is_text(child));
}

/// Puts text and spans between blocks into paragraphs without tags.
fn wrap_text(element: &mut Element) {
    let mut children: Vec<Element> = Vec::new();
    let mut in_paragraph = false;
    for child in std::mem::take(&mut element.children) {
        if is_block(&child) && !is_text(&child) {
            in_paragraph = false;
            children.push(child);
            continue;
        }
        if !in_paragraph {
            children.push(Element::new(Kind::Paragraph { transparent: true }, child.line));
            in_paragraph = true;
        }
        if let Some(paragraph) = children.last_mut() {
            paragraph.children.push(child);
        }
    }
    element.children = children;
}

/// Whether an element is a block for kramdown.
fn is_block(element: &Element) -> bool {
    match &element.kind {
        Kind::HtmlElement { category, .. }
        | Kind::Markup { category, .. }
        | Kind::Comment { category, .. }
        | Kind::Raw { category, .. }
        | Kind::Math { category, .. } => category.is_block(),
        kind => crate::finish::is_block(kind),
    }
}

fn quote(name: &str) -> Option<Quote> {
    Some(match name {
        "lsquo" => Quote::LeftSingle,
        "rsquo" => Quote::RightSingle,
        "ldquo" => Quote::LeftDouble,
        "rdquo" => Quote::RightDouble,
        _ => return None,
    })
}

fn symbol(name: &str) -> Option<Symbol> {
    Some(match name {
        "mdash" => Symbol::EmDash,
        "ndash" => Symbol::EnDash,
        "hellip" => Symbol::Ellipsis,
        "laquo" => Symbol::LeftGuillemet,
        "raquo" => Symbol::RightGuillemet,
        _ => return None,
    })
}

/// The formula inside the CDATA section that hides it from old browsers.
fn cdata_content(text: &str) -> &str {
    let unmarked = text.strip_prefix('%').map_or(text, |rest| chars::lstrip(rest));
    let Some(inner) = unmarked.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>")) else {
        return text;
    };
    let inner = inner.strip_prefix('\n').unwrap_or(inner);
    match inner.strip_suffix('%') {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii() && is_space(c as u8)) => &rest[..rest.len() - 1],
        _ => inner,
    }
}
