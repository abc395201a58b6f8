//! Tokens: a run of inlines laid out flat, with white space and breaks moved out of marks and links.

use std::borrow::Cow;

use postferry_doc::{Attr, Inline, Namespace, inline_text};

use crate::{
    element::{as_code, for_each_attribute, is_carrier, is_raw_text, is_span_to_kramdown, is_void},
    meaning::Mark,
    options::{AttributePolicy, RawHtml},
    raw::HtmlWriter,
    respell::LeafLevel,
    settings::{Losses, Settings},
};

/// A piece of a run.
#[derive(Clone, Debug)]
pub(crate) enum Token<'a> {
    /// Text; its first or last character may have to be written as a reference.
    Text { text: &'a str, first: bool, last: bool },
    /// Unicode white space, which no delimiter may touch.
    Blank(&'a str),
    /// A space.
    Space,
    /// A line end of the source.
    SoftBreak,
    /// A line break that shows.
    Break,
    /// The start of a mark.
    Open(Mark, Delimiter),
    /// The end of a mark.
    Close(Mark, Delimiter),
    /// A span of code.
    Code(Cow<'a, str>),
    /// A tag, a comment or other text that is written as it is.
    Verbatim(String),
    /// The start of a link.
    LinkOpen,
    /// The end of a link.
    LinkClose { target: &'a str, title: Option<&'a str> },
    /// An image.
    Image { source: &'a str, title: Option<&'a str>, alt: &'a str },
    /// A reference to a note.
    Note(&'a str),
    /// Mathematics.
    Math(&'a str),
}

/// How a mark is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// `*` or `**`, `~~`
    Star,
    /// `_` or `__`
    Underscore,
    /// `<em>`
    Tag,
}

/// Lays out runs.
pub(crate) struct Tokenizer<'a, 's> {
    pub tokens: Vec<Token<'a>>,
    pub settings: &'s Settings,
    pub losses: &'s mut Losses,
    pub level: LeafLevel,
    pub depth: usize,
    active: [u16; 3],
}

impl<'a, 's> Tokenizer<'a, 's> {
    /// Makes one that fills `tokens`.
    pub fn new(tokens: Vec<Token<'a>>, settings: &'s Settings, losses: &'s mut Losses, level: LeafLevel, depth: usize) -> Self {
        Self { tokens, settings, losses, level, depth, active: [0; 3] }
    }

    /// Lays out a run; gives its tokens, without blanks and breaks at the edges.
    pub fn run(mut self, content: &'a [Inline]) -> Vec<Token<'a>> {
        self.inlines(content);
        while matches!(self.tokens.last(), Some(Token::Space | Token::SoftBreak | Token::Break)) {
            self.tokens.pop();
        }
        self.tokens
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        if self.depth == 0 {
            self.losses.too_deep = true;
            return;
        }
        self.depth -= 1;
        for inline in content {
            self.inline(inline);
        }
        self.depth += 1;
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::SoftBreak => self.blank(Token::SoftBreak),
            Inline::LineBreak => self.blank(Token::Break),
            Inline::Emphasis { attr, content } => self.mark(Mark::Emphasis, attr, content),
            Inline::Strong { attr, content } => self.mark(Mark::Strong, attr, content),
            Inline::Strikethrough { attr, content } => self.mark(Mark::Strikethrough, attr, content),
            Inline::Superscript { content, .. } | Inline::Subscript { content, .. } if self.settings.html == RawHtml::Drop => {
                self.losses.element(if matches!(inline, Inline::Superscript { .. }) { "sup" } else { "sub" });
                self.inlines(content);
            }
            Inline::Superscript { attr, content } => self.element("sup", Namespace::Html, Some(attr), content),
            Inline::Subscript { attr, content } => self.element("sub", Namespace::Html, Some(attr), content),
            Inline::Code { attr, text } => self.code(attr, text),
            Inline::Link { attr, target, title, content } => self.link(attr, target, title.as_deref(), content),
            Inline::Image { attr, source, title, alt } => self.image(attr, source, title.as_deref(), alt.as_deref()),
            Inline::NoteReference { label } => self.tokens.push(Token::Note(label)),
            Inline::Math { tex, .. } => self.tokens.push(Token::Math(tex)),
            Inline::Span { attr, content } => {
                if !attr.is_empty() && self.settings.attributes == AttributePolicy::Html {
                    self.element("span", Namespace::Html, Some(attr), content);
                } else {
                    self.losses.attributes(attr, "span");
                    self.inlines(content);
                }
            }
            Inline::Element { name, attr, .. } if name == "br" => {
                self.losses.attributes(attr, "br");
                self.blank(Token::Break);
            }
            Inline::Element { namespace, name, attr, content } => {
                let dropped = self.settings.html == RawHtml::Drop;
                if is_carrier(name) && self.settings.attributes != AttributePolicy::Html || dropped {
                    self.losses.element(name);
                    self.inlines(content);
                } else {
                    self.element(name, *namespace, Some(attr), content);
                }
            }
            Inline::Comment { text } => {
                if self.settings.html != RawHtml::Drop {
                    let comment = self.settings.comment(text);
                    self.tokens.push(Token::Verbatim(comment));
                }
            }
            Inline::Raw { text, .. } => self.tokens.push(Token::Verbatim(text.to_string())),
        }
    }

    fn text(&mut self, text: &'a str) {
        let bytes = text.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return };
        if is_plain_edge(*first) && is_plain_edge(*last) {
            self.words(text);
            return;
        }
        let core_start = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
        let core_end = text.trim_end().len().max(core_start);
        self.blanks(&text[..core_start]);
        if core_start < core_end {
            self.words(&text[core_start..core_end]);
        }
        self.blanks(&text[core_end..]);
    }

    /// Text is one token, or one for each word where lines are to be wrapped.
    fn words(&mut self, text: &'a str) {
        if self.settings.style.wrap.is_none() {
            self.tokens.push(Token::Text { text, first: false, last: false });
            return;
        }
        for (n, text) in text.split(' ').enumerate() {
            if n > 0 {
                self.blank(Token::Space);
            }
            if !text.is_empty() {
                self.tokens.push(Token::Text { text, first: false, last: false });
            }
        }
    }

    fn blanks(&mut self, text: &'a str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let ascii = first.is_ascii_whitespace();
            let end = rest.find(|c: char| c.is_ascii_whitespace() != ascii).unwrap_or(rest.len());
            self.blank(if ascii { Token::Space } else { Token::Blank(&rest[..end]) });
            rest = &rest[end..];
        }
    }

    /// Puts a blank before the marks and links that have just been opened.
    fn blank(&mut self, token: Token<'a>) {
        let mut at = self.tokens.len();
        while at > 0 && matches!(self.tokens[at - 1], Token::Open(..) | Token::LinkOpen) {
            at -= 1;
        }
        let before = at.checked_sub(1).and_then(|n| self.tokens.get_mut(n));
        match (&token, before) {
            (Token::Space | Token::SoftBreak | Token::Break, None) => {}
            (Token::Space | Token::SoftBreak, Some(Token::Space | Token::SoftBreak | Token::Break)) => {}
            (Token::Break, Some(before @ (Token::Space | Token::SoftBreak))) => *before = token,
            (_, _) => self.tokens.insert(at, token),
        }
    }

    fn mark(&mut self, mark: Mark, attr: &'a Attr, content: &'a [Inline]) {
        let name = ["em", "strong", "del"][mark as usize];
        if self.settings.attributes == AttributePolicy::Html && !attr.is_empty() {
            self.element(name, Namespace::Html, Some(attr), content);
            return;
        }
        self.losses.attributes(attr, name);
        if mark == Mark::Strikethrough && !self.settings.traits.strikethrough {
            self.element(name, Namespace::Html, None, content);
            return;
        }
        let delimiter = if self.level >= LeafLevel::Tags { Delimiter::Tag } else { Delimiter::Star };
        self.active[mark as usize] += 1;
        let outermost = self.active[mark as usize] == 1;
        if outermost {
            if matches!(self.tokens.last(), Some(Token::Close(last, _)) if *last == mark) {
                self.tokens.pop();
            } else {
                self.tokens.push(Token::Open(mark, delimiter));
            }
        }
        self.inlines(content);
        if outermost {
            self.close(Token::Close(mark, delimiter), |t| matches!(t, Token::Open(last, _) if *last == mark));
        }
        self.active[mark as usize] -= 1;
    }

    /// Closes a mark or link before the blanks at its end; opens and closes without content are nothing.
    fn close(&mut self, close: Token<'a>, is_open: impl Fn(&Token<'a>) -> bool) {
        let mut at = self.tokens.len();
        while at > 0 && matches!(self.tokens[at - 1], Token::Space | Token::SoftBreak | Token::Break | Token::Blank(_)) {
            at -= 1;
        }
        if at > 0 && is_open(&self.tokens[at - 1]) {
            self.tokens.remove(at - 1);
        } else {
            self.tokens.insert(at, close);
        }
    }

    fn link(&mut self, attr: &'a Attr, target: &'a str, title: Option<&'a str>, content: &'a [Inline]) {
        if self.settings.attributes == AttributePolicy::Html && !attr.is_empty() || self.level >= LeafLevel::Tags {
            let mut tag = String::from("<a");
            self.settings.push_attribute(&mut tag, "href", target);
            if let Some(title) = title {
                self.settings.push_attribute(&mut tag, "title", title);
            }
            self.attributes(&mut tag, attr);
            tag.push('>');
            self.tokens.push(Token::Verbatim(tag));
            self.inlines(content);
            self.tokens.push(Token::Verbatim("</a>".into()));
            return;
        }
        self.losses.attributes(attr, "a");
        let start = self.tokens.len();
        self.tokens.push(Token::LinkOpen);
        self.inlines(content);
        let close = Token::LinkClose { target, title };
        if self.tokens[start..].iter().all(|t| matches!(t, Token::LinkOpen | Token::Space | Token::SoftBreak | Token::Break)) {
            self.tokens.push(close);
        } else {
            self.close(close, |_| false);
        }
    }

    fn image(&mut self, attr: &'a Attr, source: &'a str, title: Option<&'a str>, alt: Option<&'a str>) {
        let sized = attr.value("width").is_some() || attr.value("height").is_some();
        let tag = match self.settings.attributes {
            AttributePolicy::Essential => sized && !self.settings.writes_lists(),
            AttributePolicy::Html => !attr.is_empty() && !self.settings.writes_lists(),
            AttributePolicy::Drop => false,
        };
        if !tag {
            if !self.settings.writes_lists() || self.settings.attributes == AttributePolicy::Drop {
                self.losses.attributes(attr, "img");
            }
            self.tokens.push(Token::Image { source, title, alt: alt.unwrap_or("") });
            self.attribute_list(attr);
            return;
        }
        let mut out = String::from("<img");
        self.settings.push_attribute(&mut out, "src", source);
        self.settings.push_attribute(&mut out, "alt", alt.unwrap_or(""));
        if let Some(title) = title {
            self.settings.push_attribute(&mut out, "title", title);
        }
        if self.settings.attributes == AttributePolicy::Html {
            self.attributes(&mut out, attr);
        } else {
            for name in ["width", "height"] {
                if let Some(value) = attr.value(name) {
                    self.settings.push_attribute(&mut out, name, value);
                }
            }
            self.losses.attributes_but(attr, "img", &["width", "height"]);
        }
        out.push_str(self.settings.void_end());
        self.tokens.push(Token::Verbatim(out));
    }

    fn code(&mut self, attr: &'a Attr, text: &'a str) {
        if text.trim_ascii().is_empty() {
            if !text.is_empty() {
                self.blank(Token::Space);
            }
            return;
        }
        if self.settings.attributes == AttributePolicy::Html && !attr.is_empty() && !self.settings.writes_lists() {
            let mut tag = String::from("<code");
            self.attributes(&mut tag, attr);
            tag.push('>');
            self.settings.push_text(&mut tag, text);
            tag.push_str("</code>");
            self.tokens.push(Token::Verbatim(tag));
            return;
        }
        self.losses.attributes(attr, "code");
        if !self.settings.is_kramdown() {
            self.tokens.push(Token::Code(text.into()));
            return;
        }
        // kramdown takes a backtick with blanks around it for text: they go outside.
        let core = text.trim_ascii();
        if text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.blank(Token::Space);
        }
        self.tokens.push(Token::Code(core.into()));
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.blank(Token::Space);
        }
    }

    fn element(&mut self, name: &'a str, namespace: Namespace, attr: Option<&'a Attr>, content: &'a [Inline]) {
        if let Some(code) = as_code(name, content) {
            self.tokens.push(Token::Code(code));
            return;
        }
        let mut tag = String::with_capacity(name.len() + 2);
        tag.push('<');
        tag.push_str(name);
        if let Some(attr) = attr {
            self.attributes(&mut tag, attr);
        }
        if namespace == Namespace::Html && is_void(name) {
            tag.push_str(self.settings.void_end());
            self.tokens.push(Token::Verbatim(tag));
            return;
        }
        tag.push('>');
        if is_raw_text(name) {
            tag.push_str(&inline_text(content));
        }
        let start = self.tokens.len();
        let bare = attr.is_none_or(Attr::is_empty) && !is_raw_text(name);
        if self.settings.is_kramdown() && !is_raw_text(name) && !is_span_to_kramdown(name) {
            let empty = tag.len();
            HtmlWriter {
                out: &mut tag,
                prefix: "",
                settings: self.settings,
                losses: &mut *self.losses,
                depth: self.depth,
                indent: 0,
            }
            .inlines(content);
            if !bare || tag.len() > empty {
                self.tokens.push(Token::Verbatim(format!("{tag}</{name}>")));
            }
            return;
        }
        self.tokens.push(Token::Verbatim(tag));
        if !is_raw_text(name) {
            self.inlines(content);
        }
        if bare && self.tokens.len() == start + 1 {
            self.tokens.pop();
            return;
        }
        self.tokens.push(Token::Verbatim(format!("</{name}>")));
    }

    fn attributes(&self, tag: &mut String, attr: &Attr) {
        for_each_attribute(attr, self.settings.attributes, &mut |name, value| self.settings.push_attribute(tag, name, value));
    }

    /// Writes attributes as kramdown's and Python-Markdown's lists, right after a span.
    fn attribute_list(&mut self, attr: &Attr) {
        if let Some(list) = self.settings.attribute_list(attr) {
            self.tokens.push(Token::Verbatim(list));
        }
    }
}

/// A byte that no white space starts or ends with.
fn is_plain_edge(byte: u8) -> bool {
    byte > b' ' && (byte < 0x80 || !matches!(byte, 0xc2 | 0xe1..=0xe3 | 0x80..=0x8a | 0xa0 | 0xa8 | 0xa9 | 0xaf | 0x9f))
}
