//! Links and images.

use super::{Attempt, Inside, Mode, Stop};
use crate::block::normalize_id;
use crate::chars;
use crate::parser::Parser;
use crate::scan::lines::skip_white;
use crate::scan::memo::find_byte;
use crate::scan::parens::{Target, target};
use crate::{Element, Ial, Kind};

/// The brackets inside the text of a link.
#[derive(Debug)]
pub(crate) struct Brackets {
    open: Vec<usize>,
    count: usize,
    images: usize,
    counted: usize,
}

impl Brackets {
    fn new(content: usize) -> Self {
        Brackets { open: vec![content], count: 1, images: 0, counted: 0 }
    }

    /// Images that were read took their brackets with them.
    fn count_images(&mut self, out: &[Element]) {
        for element in &out[self.counted.min(out.len())..] {
            if element.kind == Kind::Img {
                self.images += 1;
                if self.open.len() > 1 {
                    self.open.pop();
                }
            }
        }
        self.counted = out.len();
    }

    pub(crate) fn open(&mut self, out: &[Element], content: usize) {
        self.count_images(out);
        self.count += 1;
        self.open.push(content);
    }

    /// Closes a bracket; gives the position after the opening one.
    pub(crate) fn close(&mut self, out: &[Element]) -> Option<usize> {
        self.count_images(out);
        self.count = self.count.saturating_sub(1);
        self.open.pop()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.count == self.images
    }
}

/// Where a link leads.
struct Destination {
    href: String,
    title: Option<String>,
    ial: Option<Box<Ial>>,
    end: usize,
}

impl Parser {
    pub(crate) fn parse_link(&mut self, out: &mut Vec<Element>, is_image: bool) -> bool {
        let pos = self.src.pos;
        let content = pos + 1 + usize::from(is_image);
        if self.text().get(content).is_none_or(|&byte| byte == b'^') {
            return false;
        }
        let link = if !is_image && self.spans.open.link { None } else { self.try_link(content, is_image) };
        if let Some(link) = link {
            out.push(link);
        } else {
            self.add_text(out, (pos, content), 0);
            self.src.pos = content;
        }
        true
    }

    fn try_link(&mut self, content: usize, is_image: bool) -> Option<Element> {
        if !self.may_open() {
            return None;
        }
        let outer = self.spans.open;
        let mut open = outer;
        open.link = true;
        if self.spans.attempts.has_failed(content, Attempt::Link, open) {
            return None;
        }
        let mut destination = None;
        if let Some(close) = self.spans.attempts.close(content, open) {
            destination = Some(self.find_destination(content, close)?);
        }
        let (pool, warnings) = (self.pool.len(), self.warnings.len());
        self.spans.open = open;
        self.spans.depth += 1;
        self.src.pos = content;
        let mut children = Vec::new();
        let mut stop = Stop::Bracket(Brackets::new(content));
        let found = self.parse_spans(&mut children, Inside::Link, &mut stop, Mode::All);
        self.spans.depth -= 1;
        self.spans.open = outer;
        let close = self.src.pos;
        let inner_warnings = warnings..self.warnings.len();
        if found && destination.is_none() {
            destination = self.find_destination(content, close);
        }
        let Some(destination) = destination.filter(|_| found) else {
            self.pool.truncate(pool);
            self.warnings.drain(inner_warnings);
            self.spans.attempts.fail(content, Attempt::Link, open);
            if let Stop::Bracket(mut brackets) = stop
                && !found
            {
                brackets.count_images(&children);
                self.spans.budget = self.spans.budget.saturating_sub(brackets.open.len());
                for content in brackets.open {
                    self.spans.attempts.fail(content, Attempt::Link, open);
                }
            }
            return None;
        };
        let kind = if is_image { Kind::Img } else { Kind::A };
        let mut element = Element::new(kind, 0);
        if let Some(ial) = destination.ial {
            self.apply_ial(&mut element.attr, &ial);
            element.ial = Some(ial);
        }
        if is_image {
            let alt = unescape(self.str((content, close)));
            element.attr.set("src", destination.href);
            element.attr.set("alt", alt);
            self.pool.truncate(pool);
        } else {
            element.attr.set("href", destination.href);
            element.children = children;
        }
        if let Some(title) = destination.title {
            element.attr.set("title", title);
        }
        self.src.pos = destination.end;
        Some(element)
    }

    /// Where a link leads whose text is between brackets.
    fn find_destination(&mut self, content: usize, close: usize) -> Option<Destination> {
        let after = close + 1;
        let (text, memo) = self.text_and_memo();
        let open = skip_white(text, after);
        let id = (text.get(open) == Some(&b'[')).then(|| memo.bracket.find(open + 1, |pos| find_byte(text, b']', pos))).flatten();
        if id.is_none() && text.get(after) == Some(&b'(') {
            return self.inline_destination(after);
        }
        let (range, end) = match id {
            Some(id_end) if id_end > open + 1 => ((open + 1, id_end), id_end + 1),
            Some(id_end) => ((content, close), id_end + 1),
            None => ((content, close), after),
        };
        let is_own_text = range.0 == content;
        // The text is no label if it is longer than any, however much white space is in it.
        let longest = self.longest_link_id;
        let visible =
            self.pool.as_bytes()[range.0..range.1].iter().filter(|&&byte| !chars::is_space(byte)).take(2 * longest + 2).count();
        let mut key = None;
        if visible <= 2 * longest + 1 {
            let text = if is_own_text { unescape(self.str(range)) } else { self.str(range).to_owned() };
            key = Some(normalize_id(&text));
        }
        let Some(target) = key.as_ref().and_then(|key| self.link_defs.get(key)) else {
            if is_own_text {
                let line = self.line_at(content);
                let key = key.unwrap_or_else(|| normalize_id(beginning(self.str(range))));
                self.warn(line, format!("No link definition for link ID '{key}' found on line {line}"));
            }
            return None;
        };
        let cost = target.url.len() + target.title.as_ref().map_or(0, String::len);
        if cost > MAX_FREE_TARGET {
            self.expansion = self.expansion.checked_sub(cost)?;
        }
        let target = target.clone();
        let ial = target.number.and_then(|number| self.link_ials[number as usize].clone());
        Some(Destination { href: target.url, title: target.title, ial, end })
    }

    /// The target and title in parentheses that open at `open`.
    fn inline_destination(&mut self, open: usize) -> Option<Destination> {
        let (text, memo) = self.text_and_memo();
        let angle = (text.get(open + 1) == Some(&b'<'))
            .then(|| {
                let end = memo.angle.find(open + 2, |pos| find_byte(text, b'>', pos))?;
                let newline = memo.newline.find(open + 2, |pos| find_byte(text, b'\n', pos));
                newline.is_none_or(|newline| end < newline).then_some(end)
            })
            .flatten();
        let (href, after, closed) = if let Some(angle) = angle {
            let closed = text.get(angle + 1) == Some(&b')');
            ((open + 2, angle), angle + 1, closed)
        } else {
            let (end, closed) = match target(text, &mut memo.parens, open) {
                Target::Open => return None,
                Target::Closed(close) => (close, true),
                Target::Title(space) => (space, false),
            };
            let href = self.strip_range((open + 1, end));
            let after = if closed { end } else { end + 1 };
            ((href.start as usize, href.end as usize), after, closed)
        };
        let (title, end) = if closed {
            (None, after + 1)
        } else {
            let (title, end) = self.inline_title(after)?;
            (Some(self.str(title).to_owned()), end)
        };
        Some(Destination { href: self.str(href).to_owned(), title, ial: None, end })
    }

    /// A title before a closing parenthesis: its range, and the position after the parenthesis.
    fn inline_title(&mut self, pos: usize) -> Option<((usize, usize), usize)> {
        let (text, memo) = self.text_and_memo();
        let open = skip_white(text, pos);
        let quote = *text.get(open)?;
        let next = match quote {
            b'"' => &mut memo.title_end[0],
            b'\'' => &mut memo.title_end[1],
            _ => return None,
        };
        let close = next.find(open + 2, |mut pos| {
            loop {
                pos = find_byte(text, quote, pos)?;
                if text.get(skip_white(text, pos + 1)) == Some(&b')') {
                    return Some(pos);
                }
                pos += 1;
            }
        })?;
        Some(((open + 1, close), skip_white(text, close + 1) + 1))
    }
}

/// The length of a link's target and title that may be repeated without limit.
const MAX_FREE_TARGET: usize = 256;

/// The longest label that a warning repeats in full.
const MAX_LABEL: usize = 400;

/// As much of a label as a warning needs.
fn beginning(label: &str) -> &str {
    let end = label.char_indices().map(|(at, _)| at).take_while(|&at| at <= MAX_LABEL).last();
    if label.len() > MAX_LABEL { &label[..end.unwrap_or_default()] } else { label }
}

/// Takes the backslashes away that are before characters they escape.
fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&next) if c == '\\' && super::entity::ESCAPABLE.contains(next) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}
