//! The meaning of raw HTML in Markdown.

use std::borrow::Cow;

use crate::{
    AttributePolicy,
    element::{is_carrier, is_grouping, is_phrasing, is_raw_text, is_void, keeps},
    meaning::{Mark, Meaning, PARAGRAPH},
    tag::{Piece, decode, for_each_attribute, lower_case, next_piece},
    tree_meaning::{attribute, comment, image, list_fields, open_cell, open_link},
};

/// Pushes HTML text, tag by tag, into a [`Meaning`].
pub(crate) struct HtmlMeaning<'m> {
    pub meaning: &'m mut Meaning,
    policy: AttributePolicy,
    capture: Option<Capture>,
    row_start: usize,
    row_is_header: bool,
    anchors: Vec<bool>,
}

/// An element whose text is collected until its end tag.
struct Capture {
    name: String,
    attributes: Attributes<'static>,
    text: String,
}

#[derive(Default)]
struct Attributes<'h> {
    id: Cow<'h, str>,
    class: Cow<'h, str>,
    pairs: Vec<(Cow<'h, str>, Cow<'h, str>)>,
}

impl<'h> Attributes<'h> {
    fn read(text: &'h str) -> Self {
        let mut attributes = Self::default();
        for_each_attribute(text, &mut |name, value| match &*name {
            "id" => attributes.id = value,
            "class" | "classname" => attributes.class = value,
            "htmlfor" => attributes.pairs.push(("for".into(), value)),
            _ => attributes.pairs.push((name, value)),
        });
        attributes
    }

    fn into_owned(self) -> Attributes<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let pairs = self.pairs.into_iter().map(|(name, value)| (own(name), own(value))).collect();
        Attributes { id: own(self.id), class: own(self.class), pairs }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_ref())
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or("")
    }

    fn span(&self, name: &str) -> u16 {
        self.get(name).and_then(|v| v.parse().ok()).unwrap_or(1)
    }

    /// Whether the attributes are those of a task's box and no others.
    fn is_task(&self) -> bool {
        self.get("type") == Some("checkbox")
            && self.id.is_empty()
            && self.class.is_empty()
            && self.pairs.iter().all(|(name, _)| matches!(&**name, "type" | "checked" | "disabled"))
    }

    fn alignment(&self) -> &str {
        let style = self.text("style");
        let named = style.split(';').find_map(|d| d.trim().strip_prefix("text-align:")).unwrap_or(self.text("align")).trim();
        if matches!(named, "left" | "center" | "right") { named } else { "" }
    }
}

impl<'m> HtmlMeaning<'m> {
    /// Makes one that pushes into `meaning`.
    pub fn new(meaning: &'m mut Meaning, policy: AttributePolicy) -> Self {
        Self { meaning, policy, capture: None, row_start: 0, row_is_header: false, anchors: Vec::new() }
    }

    /// Pushes HTML text.
    pub fn feed(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            if let Some(capture) = &mut self.capture {
                let end = find_end_tag(rest, &capture.name).unwrap_or(rest.len());
                capture.text.push_str(&rest[..end]);
                rest = &rest[end..];
                if rest.is_empty() {
                    return;
                }
            }
            let Some((piece, after)) = next_piece(rest) else { return };
            rest = after;
            match piece {
                Piece::Text(text) => self.meaning.push(&decode(text)),
                Piece::Start { name, attributes } => self.start(&lower_case(name), attributes),
                Piece::End(name) => self.end(&lower_case(name)),
                Piece::Comment(text) => comment(self.meaning, text),
            }
        }
    }

    /// Pushes text that is not HTML.
    pub fn text(&mut self, text: &str) {
        match &mut self.capture {
            Some(capture) => capture.text.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
            None => self.meaning.push(text),
        }
    }

    /// Pushes a span of code that is not HTML.
    pub fn code(&mut self, text: &str) {
        self.meaning.code(text);
    }

    fn start(&mut self, name: &str, text: &str) {
        let attributes = Attributes::read(text);
        match name {
            "p" => self.meaning.begin_run(PARAGRAPH, 0),
            "br" => self.meaning.line_break(),
            "em" | "i" => self.meaning.mark(Mark::Emphasis),
            "strong" | "b" => self.meaning.mark(Mark::Strong),
            "del" | "s" | "strike" => self.meaning.mark(Mark::Strikethrough),
            "code" | "pre" => self.capture(name, attributes),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.meaning.open(name);
                if !attributes.id.is_empty() {
                    self.meaning.field(&attributes.id);
                }
            }
            "a" => {
                let link =
                    attributes.get("href").map(|target| open_link(self.meaning, target, attributes.text("title"))).is_some();
                self.anchors.push(link);
                if !link {
                    self.generic(name, &attributes);
                }
            }
            "img" => image(
                self.meaning,
                attributes.text("src"),
                attributes.text("alt"),
                attributes.text("title"),
                attributes.text("width"),
                attributes.text("height"),
            ),
            "input" if attributes.is_task() => {
                self.meaning.open_inline(if attributes.get("checked").is_some() { "done" } else { "todo" });
            }
            "hr" => {
                self.meaning.open("hr");
                self.meaning.close();
            }
            "menu" | "dir" => self.meaning.open("ul"),
            "ul" | "li" | "blockquote" | "dl" | "dt" | "dd" | "figure" | "figcaption" | "table" | "caption" => {
                self.meaning.open(name);
            }
            "ol" => {
                self.meaning.open("ol");
                self.meaning.field(attributes.get("start").unwrap_or("1"));
                list_fields(self.meaning, attributes.get("type"), attributes.get("reversed").is_some());
            }
            "tr" => {
                self.row_start = self.meaning.text.len();
                self.row_is_header = true;
                self.meaning.open("tr");
            }
            "td" | "th" => {
                self.row_is_header &= name == "th";
                let spans = (attributes.span("colspan"), attributes.span("rowspan"));
                open_cell(self.meaning, name == "th", attributes.alignment(), spans.0, spans.1);
            }
            "thead" | "tbody" | "tfoot" | "colgroup" | "col" => self.meaning.end_run(),
            _ if is_grouping(name) => self.meaning.end_run(),
            _ if is_carrier(name) => {}
            _ if is_raw_text(name) => {
                self.generic(name, &attributes);
                self.capture(name, attributes);
            }
            _ => self.generic(name, &attributes),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(capture) = self.capture.take_if(|c| c.name == name) {
            self.captured(&capture);
            return;
        }
        match name {
            "p" => self.meaning.end_run(),
            "em" | "i" => self.meaning.unmark(Mark::Emphasis),
            "strong" | "b" => self.meaning.unmark(Mark::Strong),
            "del" | "s" | "strike" => self.meaning.unmark(Mark::Strikethrough),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "menu" | "dir" | "li" | "blockquote" | "dl" | "dt" | "dd"
            | "figure" | "figcaption" | "table" | "caption" | "td" | "th" => self.meaning.close(),
            "tr" => {
                self.meaning.close();
                self.meaning.drop_empty_row(self.row_start, self.row_is_header);
            }
            "a" => {
                self.anchors.pop();
                self.meaning.close_inline("a");
            }
            "thead" | "tbody" | "tfoot" | "colgroup" => self.meaning.end_run(),
            _ if is_grouping(name) => self.meaning.end_run(),
            _ if is_carrier(name) || is_void(name) => {}
            _ => {
                self.break_at(name);
                self.meaning.close_inline(name);
            }
        }
    }

    fn break_at(&mut self, name: &str) {
        if !is_phrasing(name) {
            self.meaning.break_run();
        }
    }

    fn generic(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.break_at(name);
        self.meaning.open_inline(name);
        let mut push = |name: &str, value: &str| {
            if keeps(self.policy, name) {
                attribute(self.meaning, name, value);
            }
        };
        if !attributes.id.is_empty() {
            push("id", &attributes.id);
        }
        if !attributes.class.is_empty() {
            push("class", &attributes.class);
        }
        for (name, value) in &attributes.pairs {
            push(name, value);
        }
    }

    fn capture(&mut self, name: &str, attributes: Attributes<'_>) {
        self.capture = Some(Capture { name: name.to_owned(), attributes: attributes.into_owned(), text: String::new() });
    }

    fn captured(&mut self, capture: &Capture) {
        match capture.name.as_str() {
            "code" if capture.text.contains('<') => {
                self.generic("code", &capture.attributes);
                self.feed(&capture.text);
                self.meaning.close_inline("code");
            }
            "code" => self.meaning.code(&decode(&capture.text)),
            "pre" => self.preformatted(capture),
            name => {
                self.meaning.push(&capture.text);
                self.break_at(name);
                self.meaning.close_inline(name);
            }
        }
    }
}

impl HtmlMeaning<'_> {
    /// Code, where the element holds nothing but text.
    fn preformatted(&mut self, capture: &Capture) {
        let mut language = language(&capture.attributes.class);
        let mut text = capture.text.strip_prefix('\n').unwrap_or(&capture.text);
        if let Some((Piece::Start { name: "code", attributes }, inner)) = next_piece(text)
            && let Some(inner) = inner.strip_suffix("</code>")
        {
            let class = Attributes::read(attributes).class;
            if language.is_empty() {
                language = self::language(&class);
            }
            text = inner;
        }
        if text.contains('<') {
            self.generic("pre", &capture.attributes);
            self.feed(&capture.text);
            self.meaning.end_run();
            self.meaning.close_inline("pre");
            return;
        }
        self.meaning.open("pre");
        self.meaning.field(&language);
        let text = decode(text);
        self.meaning.field(text.strip_suffix('\n').unwrap_or(&text));
        self.meaning.close();
    }
}

/// The code's language that a class names.
fn language(class: &str) -> String {
    class.split_ascii_whitespace().find_map(|c| c.strip_prefix("language-")).unwrap_or("").to_owned()
}

/// Where the end tag of `name` begins.
fn find_end_tag(html: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = html[from..].find("</") {
        let start = from + at;
        let after = &html.as_bytes()[start + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return Some(start);
        }
        from = start + 2;
    }
    None
}
