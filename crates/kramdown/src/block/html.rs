//! HTML elements that are blocks, and everything inside them.

use std::borrow::Cow;

use super::Step;
use crate::chars;
use crate::names;
use crate::parser::Parser;
use crate::scan::tags::{self, Tag};
use crate::scan::{lines, memo};
use crate::{Attr, Category, ContentModel, Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_block_html(&mut self, tree: &mut Element) -> Step {
        let pos = self.src.pos;
        let v25 = self.v25;
        let (text, memo) = self.text_and_memo();
        if let Some(end) = tags::comment(text, memo, pos) {
            self.add_markup(tree, (pos, end));
            self.skip_line_rest();
            return Step::Read;
        }
        let (text, memo) = self.text_and_memo();
        let at = lines::skip_spaces(text, pos, 3);
        if let Some(tag) = tags::open_tag(text, memo, at) {
            if names::is_span(self.str(tag.name), v25) {
                return Step::No;
            }
            if self.depth >= crate::parser::MAX_BLOCK_DEPTH {
                return Step::No;
            }
            let line = self.line_at(pos);
            self.parse_element(tree, tag, line, false);
            if self.options.html_to_native
                && let Some(last) = tree.children.last_mut()
            {
                self.make_native(last);
            }
            return Step::Read;
        }
        if let Some((name, end)) = tags::close_tag(text, at) {
            let name = self.str(name);
            let Kind::HtmlElement { name: open, .. } = &tree.kind else {
                return Step::No;
            };
            if !names::is_span(name, v25) && chars::downcase(name) == *open {
                self.src.pos = end;
                return Step::Closed;
            }
        }
        Step::No
    }

    fn add_markup(&mut self, tree: &mut Element, range: (usize, usize)) {
        let line = self.line_at(range.0);
        self.src.pos = range.1;
        tree.children.push(Element::new(Kind::Markup { text: Span::new(range.0, range.1), category: Category::Block }, line));
    }

    /// Skips the rest of the line if it is blank.
    fn skip_line_rest(&mut self) {
        let text = self.text();
        let at = lines::skip_blanks(text, self.src.pos);
        if text.get(at) == Some(&b'\n') {
            self.src.pos = at + 1;
        }
    }

    /// Reads an element whose opening tag was found, and adds it to `tree`.
    fn parse_element(&mut self, tree: &mut Element, tag: Tag, line: u32, in_raw: bool) {
        self.src.pos = tag.end;
        let (name, known) = self.element_name(tag.name);
        let mut attr = self.tag_attributes(tag.attr, line, known);
        let mut closed = tag.closed;
        let mut model = if in_raw || !self.options.parse_block_html { ContentModel::Raw } else { names::model(&name) };
        let ial = self.block_ial.take();
        let verbatim = name == "script" || name == "style";
        let mut handle_body = true;
        let mut children = Vec::new();
        if verbatim {
            closed = false;
            handle_body = false;
            self.take_verbatim(&name, &mut children, line);
        } else if names::is_void(&name) {
            closed = true;
        }
        if let Some(mode) = attr.remove("markdown") {
            match mode.as_str() {
                "0" => model = ContentModel::Raw,
                "1" => model = names::model(&name),
                "span" => model = ContentModel::Span,
                "block" => model = ContentModel::Block,
                _ => {}
            }
        }
        if model == ContentModel::Block {
            self.skip_line_rest();
        }
        let mut element = Element::new(Kind::HtmlElement { name, category: Category::Block, model, closed }, line);
        element.attr = attr;
        element.ial = ial;
        element.children = children;
        if !closed && handle_body {
            match model {
                ContentModel::Block => {
                    if !self.parse_blocks(&mut element) {
                        self.warn_unclosed(&element);
                    }
                }
                ContentModel::Span => self.take_span_content(&mut element),
                ContentModel::Raw => self.parse_raw_html(&mut element),
            }
            if !in_raw {
                self.skip_line_rest();
            }
        }
        tree.children.push(element);
    }

    /// An element's name as it is written, and whether it is one of HTML's.
    pub(crate) fn element_name(&self, range: (usize, usize)) -> (Cow<'static, str>, bool) {
        let name = self.str(range);
        match names::known(name, self.v25) {
            Some(known) => (Cow::Borrowed(known.lower), true),
            None => (Cow::Owned(name.to_owned()), false),
        }
    }

    /// The attributes of a tag.
    pub(crate) fn tag_attributes(&mut self, range: (usize, usize), line: u32, known: bool) -> Attr {
        let mut attr = Attr::default();
        let mut pos = range.0;
        loop {
            let (text, memo) = self.text_and_memo();
            let start = lines::skip_white(text, pos);
            if start >= range.1 {
                return attr;
            }
            let Some(found) = tags::attribute(&text[..range.1], memo, start) else {
                return attr;
            };
            pos = found.end;
            let name = self.str(found.name);
            let name = if known { chars::downcase(name) } else { name.to_owned() };
            let value = found.value.map_or("", |value| self.str(value)).to_owned();
            if attr.get(&name).is_some() {
                self.warn(line, format!("Duplicate HTML attribute '{name}' on line {line} - overwriting previous one"));
            }
            attr.set(name, value);
        }
    }

    /// Reads the text of a script or style element up to and with its closing tag.
    fn take_verbatim(&mut self, name: &str, children: &mut Vec<Element>, line: u32) {
        let pos = self.src.pos;
        let text = self.text();
        let (end, next) = match tags::find_close(text, pos, name) {
            Some(close) => (close, tags::close_tag(text, close).map_or(close, |tag| tag.1)),
            None => (text.len(), text.len()),
        };
        if end == next {
            self.warn(line, format!("Found no end tag for '{name}' - auto-closing it"));
        }
        if pos < end {
            children.push(Element::new(Kind::Verbatim(Span::new(pos, end)), line));
        }
        self.src.pos = next;
    }

    /// Reads the content of an element that holds a line of kramdown text.
    fn take_span_content(&mut self, element: &mut Element) {
        let Kind::HtmlElement { name, .. } = &element.kind else {
            return;
        };
        let pos = self.src.pos;
        let text = self.text();
        let (end, next) = match tags::find_close(text, pos, name) {
            Some(close) => (close, tags::close_tag(text, close).map_or(close, |tag| tag.1)),
            None => (text.len(), text.len()),
        };
        if end == next {
            self.warn_unclosed(element);
        }
        if pos < end {
            element.children.push(Element::new(Kind::Unparsed(Span::new(pos, end)), element.line));
        }
        self.src.pos = next;
    }

    pub(crate) fn warn_unclosed(&mut self, element: &Element) {
        if let Kind::HtmlElement { name, .. } = &element.kind {
            let message = format!("Found no end tag for '{name}' (line {}) - auto-closing it", element.line);
            self.warn(element.line, message);
        }
    }

    /// Reads the content of an element as HTML, up to and with its closing tag.
    fn parse_raw_html(&mut self, element: &mut Element) {
        let Kind::HtmlElement { name, .. } = &element.kind else {
            return;
        };
        let name = name.clone();
        let known = names::known(&name, self.v25).is_some();
        let depth = self.depth;
        self.depth += 1;
        while self.src.pos < self.src.end {
            let pos = self.src.pos;
            let Some(at) = raw_start(self.text(), pos) else {
                let end = self.src.end;
                self.add_text(&mut element.children, (pos, end), element.line);
                self.src.pos = end;
                let message = format!("Found no end tag for '{name}' on line {} - auto-closing it", element.line);
                self.warn(element.line, message);
                break;
            };
            self.add_text(&mut element.children, (pos, at), element.line);
            self.src.pos = at;
            if self.parse_raw_piece(element, &name, known, at) {
                break;
            }
        }
        self.depth = depth;
    }

    /// Reads the markup at `at`; true when it closes the element.
    fn parse_raw_piece(&mut self, element: &mut Element, name: &str, known: bool, at: usize) -> bool {
        let v25 = self.v25;
        let (text, memo) = self.text_and_memo();
        let markup = match text[at + 1] {
            b'!' if text[at + 2..].starts_with(b"[CDATA[") => {
                v25.then(|| memo.find_cdata_end(text, at + 9)).flatten().map(|end| end + 3)
            }
            b'!' => tags::comment(text, memo, at),
            b'?' => tags::instruction(text, memo, at),
            _ => None,
        };
        if let Some(end) = markup {
            if text[at + 1..].starts_with(b"![") {
                self.add_text(&mut element.children, (at + 9, end - 3), element.line);
                self.src.pos = end;
            } else {
                self.add_markup(element, (at, end));
            }
            return false;
        }
        if let Some((found, end)) = tags::close_tag(text, at) {
            self.src.pos = end;
            let found = self.str(found);
            let closes = if known { chars::downcase(found) == name } else { found == name };
            if closes {
                return true;
            }
            let found = found.to_owned();
            let line = self.line_at(at);
            self.add_text(&mut element.children, (at, end), element.line);
            self.warn(line, format!("Found invalidly used HTML closing tag for '{found}' on line {line} - ignoring it"));
            return false;
        }
        if self.depth < crate::parser::MAX_BLOCK_DEPTH {
            let (text, memo) = self.text_and_memo();
            if let Some(tag) = tags::open_tag(text, memo, at) {
                let line = self.line_at(at);
                self.parse_element(element, tag, line, is_raw(element));
                return false;
            }
        }
        self.add_text(&mut element.children, (at, at + 1), element.line);
        self.src.pos = at + 1;
        false
    }
}

fn is_raw(element: &Element) -> bool {
    matches!(element.kind, Kind::HtmlElement { model: ContentModel::Raw, .. })
}

/// The next position at which markup may begin in HTML.
fn raw_start(text: &[u8], mut pos: usize) -> Option<usize> {
    loop {
        let at = memo::find_byte(text, b'<', pos)?;
        match text.get(at + 1) {
            Some(b'/' | b'?') => return Some(at),
            Some(b'!') if text[at + 2..].starts_with(b"--") => return Some(at),
            Some(b'!') if text[at + 2..].starts_with(b"[CDATA[") => return Some(at),
            Some(_) if tags::name(text, at + 1).is_some() => return Some(at),
            _ => pos = at + 1,
        }
    }
}
