//! Parses a template into nodes: blocks and their ends, white space control, and what errors leave behind.

use std::collections::HashSet;
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Warning};
use crate::filtered::Filtered;
use crate::scan;
use crate::tags;
use crate::template::{Body, Mode, Node, NodeKind, ParseOptions};
use crate::token::{Token, TokenKind, Tokens};

/// How deeply blocks may nest, as in Liquid.
const MAX_DEPTH: usize = 100;

/// What parsing a template gives.
pub(crate) struct Parsed {
    pub body: Body,
    pub warnings: Vec<Warning>,
}

/// Parses a template.
pub(crate) fn parse(source: &Arc<str>, options: &ParseOptions) -> Result<Parsed, Error> {
    let mut parser = Parser {
        source,
        tokens: Tokens::new(source),
        options,
        warnings: Vec::new(),
        trim: false,
        depth: 0,
        at_open_end: false,
        never_closed: HashSet::new(),
    };
    let mut body = Body::new();
    parser.parse_into(&mut body, &Block::DOCUMENT)?;
    Ok(Parsed { body, warnings: parser.warnings })
}

impl Body {
    pub(crate) fn new() -> Self {
        Self { nodes: Vec::new(), blank: true }
    }
}

/// The state of parsing one template.
pub(crate) struct Parser<'a> {
    source: &'a str,
    tokens: Tokens<'a>,
    pub options: &'a ParseOptions,
    pub warnings: Vec<Warning>,
    trim: bool,
    depth: usize,
    /// Whether the end of the template was met inside a block.
    at_open_end: bool,
    /// Where the tags stand that open a block without end: each is found out once.
    never_closed: HashSet<usize>,
}

/// A tag: its name, what stands behind it, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    pub name: &'a str,
    pub markup: &'a str,
    pub line: u32,
    pub start: usize,
    pub end: usize,
}

/// The block whose content is parsed: which tags it takes itself.
pub(crate) struct Block {
    /// The name; empty for the whole template.
    pub name: &'static str,
    /// The name where it is a plugin's.
    pub plugin: Option<Box<str>>,
    /// The tags that divide it.
    pub dividers: &'static [&'static str],
    /// Whether unknown tags within are passed over in silence.
    pub ignores_unknown: bool,
}

impl Block {
    const DOCUMENT: Self = Self { name: "", plugin: None, dividers: &[], ignores_unknown: false };

    pub(crate) const fn new(name: &'static str, dividers: &'static [&'static str]) -> Self {
        Self { name, plugin: None, dividers, ignores_unknown: false }
    }

    fn name(&self) -> &str {
        self.plugin.as_deref().unwrap_or(self.name)
    }

    fn is_end(&self, tag: &str) -> bool {
        let name = self.name();
        !name.is_empty() && tag.strip_prefix("end") == Some(name)
    }
}

/// How the content of a block ended.
pub(crate) enum End<'a> {
    /// By a tag that divides the block.
    Divider(Tag<'a>),
    /// By its end tag, or in tolerant mode by the end of the template.
    Closed,
}

impl<'a> Parser<'a> {
    /// Whether errors stay in the text.
    pub(crate) fn is_tolerant(&self) -> bool {
        self.options.mode == Mode::Tolerant
    }

    pub(crate) fn warn(&mut self, error: &Error, line: u32) {
        let line = if error.line == 0 { line } else { error.line };
        self.warnings.push(Warning { code: error.kind.code(), message: error.message.clone(), line, template: None });
    }

    /// Parses nodes into `body` up to a tag that the block takes.
    ///
    /// # Errors
    ///
    /// In strict mode where Liquid raises; in tolerant mode only when blocks nest too deeply.
    pub(crate) fn parse_block(&mut self, body: &mut Body, block: &Block) -> Result<End<'a>, Error> {
        self.depth += 1;
        let end = self.parse_into(body, block);
        self.depth -= 1;
        end
    }

    /// Whether one more block may be opened.
    ///
    /// # Errors
    ///
    /// More than 100 blocks are open.
    pub(crate) fn check_depth(&self) -> Result<(), Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Error::new(ErrorKind::StackLevel, "blocks nest too deeply"));
        }
        Ok(())
    }

    fn parse_into(&mut self, body: &mut Body, block: &Block) -> Result<End<'a>, Error> {
        // Tags that were kept: their ends are kept too.
        let mut kept: Vec<&str> = Vec::new();
        while let Some(token) = self.tokens.next() {
            let text = &self.source[token.start..token.end];
            match token.kind {
                TokenKind::Text => self.push_text(body, token),
                TokenKind::Output => {
                    self.control_spaces(body, text);
                    self.push_output(body, token, text)?;
                }
                TokenKind::Tag => {
                    self.control_spaces(body, text);
                    let Some(tag) = full_token(text, token) else {
                        let error = Error::syntax("a tag without its end `%}` or without a name").at(token.line);
                        self.keep(body, token, error)?;
                        continue;
                    };
                    if let Some(name) = tag.name.strip_prefix("end")
                        && let Some(place) = kept.iter().rposition(|kept| *kept == name)
                    {
                        kept.truncate(place);
                        push_kept(body, token, tag.name);
                        continue;
                    }
                    if block.is_end(tag.name) {
                        return Ok(End::Closed);
                    }
                    if block.dividers.contains(&tag.name) {
                        return Ok(End::Divider(tag));
                    }
                    self.push_tag(body, block, tag, &mut kept)?;
                }
            }
        }
        if block.name().is_empty() {
            return Ok(End::Closed);
        }
        let error = Error::syntax(format!("the block `{}` is never closed", block.name())).at(self.tokens.line());
        self.at_open_end = true;
        Err(error)
    }

    fn push_tag(&mut self, body: &mut Body, block: &Block, tag: Tag<'a>, kept: &mut Vec<&'a str>) -> Result<(), Error> {
        let token = Token { kind: TokenKind::Tag, start: tag.start, end: tag.end, line: tag.line };
        if self.never_closed.contains(&tag.start) {
            let error = Error::syntax(format!("the block `{}` is never closed", tag.name));
            return self.keep(body, token, error.at(tag.line));
        }
        let (after, warned) = (self.tokens.clone(), self.warnings.len());
        match tags::parse(self, tag) {
            Some(Err(error)) if self.is_tolerant() && (self.at_open_end || error.kind == ErrorKind::StackLevel) => {
                // What follows the tag is no block's content: it is read again, without this tag.
                if std::mem::take(&mut self.at_open_end) {
                    self.tokens = after;
                    self.warnings.truncate(warned);
                }
                self.never_closed.insert(tag.start);
                self.keep(body, token, error.at(tag.line))
            }
            Some(Ok(kind)) => {
                body.blank &= is_blank(&kind);
                body.nodes.push(Node { kind, line: tag.line, start: tag.start, end: self.end_of_last(tag.end) });
                Ok(())
            }
            Some(Err(error)) => {
                if self.is_tolerant() && tags::is_block(tag.name, self.options) {
                    kept.push(tag.name);
                }
                self.keep(body, token, error.at(tag.line))
            }
            None if block.ignores_unknown => Ok(()),
            None => {
                let kind = if tag.name.starts_with("end") { ErrorKind::Syntax } else { ErrorKind::UnknownTag };
                let message = if tag.name.starts_with("end") {
                    format!("`{}` closes no block", tag.name)
                } else {
                    kept.push(tag.name);
                    format!("unknown tag `{}`", tag.name)
                };
                self.keep(body, token, Error::new(kind, message).at(tag.line))
            }
        }
    }

    fn end_of_last(&self, at_least: usize) -> usize {
        self.tokens.place().max(at_least)
    }

    fn push_text(&mut self, body: &mut Body, token: Token) {
        let text = &self.source[token.start..token.end];
        let mut start = token.start;
        if std::mem::take(&mut self.trim) {
            start = token.end - text.trim_start_matches(is_stripped).len();
        }
        body.blank &= text.bytes().all(scan::is_space);
        body.nodes.push(Node { kind: NodeKind::Text, line: token.line, start, end: token.end });
    }

    fn push_output(&mut self, body: &mut Body, token: Token, text: &'a str) -> Result<(), Error> {
        let inside = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let Some(inside) = inside else {
            let error = Error::syntax("an output without its end `}}`").at(token.line);
            if !self.is_tolerant() {
                return Err(error);
            }
            self.warn(&error, token.line);
            body.blank = false;
            body.nodes.push(Node { kind: NodeKind::Text, line: token.line, start: token.start, end: token.end });
            return Ok(());
        };
        let inside = inside.strip_prefix('-').unwrap_or(inside);
        let inside = inside.strip_suffix('-').unwrap_or(inside);
        let filtered = Filtered::parse(inside, token.line, &mut self.warnings);
        self.warn_of_unknown_filters(&filtered, token.line);
        body.blank = false;
        body.nodes.push(Node { kind: NodeKind::Output(filtered), line: token.line, start: token.start, end: token.end });
        Ok(())
    }

    /// Notes the filters that nobody knows: their input passes unchanged.
    pub(crate) fn warn_of_unknown_filters(&mut self, filtered: &Filtered, line: u32) {
        for call in filtered.filters.iter().filter(|call| call.filter.is_none()) {
            self.warnings.push(Warning {
                code: "liquid/unknown-filter",
                message: format!("unknown filter `{}`", call.name),
                line,
                template: None,
            });
        }
    }

    /// In tolerant mode keeps the construct as it is written, with a warning.
    fn keep(&mut self, body: &mut Body, token: Token, error: Error) -> Result<(), Error> {
        if !self.is_tolerant() {
            return Err(error);
        }
        self.warn(&error, token.line);
        let name = full_token(&self.source[token.start..token.end], token).map_or("", |tag| tag.name);
        push_kept(body, token, name);
        Ok(())
    }

    fn control_spaces(&mut self, body: &mut Body, text: &str) {
        let bytes = text.as_bytes();
        if bytes.get(2) == Some(&b'-')
            && let Some(Node { kind: NodeKind::Text, start, end, .. }) = body.nodes.last_mut()
        {
            let kept = self.source[*start..*end].trim_end_matches(is_stripped);
            *end = *start + kept.len();
        }
        self.trim = bytes.len() >= 3 && bytes[bytes.len() - 3] == b'-';
    }

    /// Takes the tokens up to `endraw` as text, with the pattern that Liquid has for it.
    pub(crate) fn take_raw(&mut self) -> Result<String, Error> {
        let mut out = String::new();
        for token in self.tokens.by_ref() {
            let text = &self.source[token.start..token.end];
            if let Some((before, name)) = last_tag(text) {
                out.push_str(before);
                if name == "endraw" {
                    return Ok(out);
                }
            }
            out.push_str(text);
        }
        let error = Error::syntax("the block `raw` is never closed").at(self.tokens.line());
        if !self.is_tolerant() {
            return Err(error);
        }
        self.warn(&error, 0);
        Ok(out)
    }
}

fn push_kept(body: &mut Body, token: Token, name: &str) {
    body.blank = false;
    body.nodes.push(Node { kind: NodeKind::Kept(Box::from(name)), line: token.line, start: token.start, end: token.end });
}

/// What Ruby's `strip` takes away.
fn is_stripped(letter: char) -> bool {
    matches!(letter, '\0' | ' ' | '\t'..='\r')
}

/// The name and the markup of a complete tag.
fn full_token(text: &str, token: Token) -> Option<Tag<'_>> {
    let inside = text.strip_prefix("{%")?.strip_suffix("%}")?;
    let inside = inside.strip_prefix('-').unwrap_or(inside);
    let name_start = scan::skip_spaces(inside, 0);
    let name_end = scan::skip_word(inside, name_start);
    if name_end == name_start {
        return None;
    }
    let markup_start = scan::skip_spaces(inside, name_end);
    let markup = &inside[markup_start..];
    let markup = markup.strip_suffix('-').unwrap_or(markup);
    Some(Tag { name: &inside[name_start..name_end], markup, line: token.line, start: token.start, end: token.end })
}

/// The last `{% name` in a token that ends in `%}`, and what stands before it.
fn last_tag(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix("%}")?;
    memchr::memmem::rfind_iter(inside.as_bytes(), b"{%").find_map(|open| {
        let name_start = scan::skip_spaces(inside, open + 2);
        let name_end = scan::skip_word(inside, name_start);
        (name_end > name_start).then(|| (&inside[..open], &inside[name_start..name_end]))
    })
}

/// Whether a block that holds only this and white space writes nothing.
fn is_blank(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Assign { .. } | NodeKind::Capture { .. } | NodeKind::Comment => true,
        NodeKind::Raw(text) => text.is_empty(),
        NodeKind::If { blank, .. } => *blank,
        NodeKind::Case(case) => case.blank,
        NodeKind::For(tag) => tag.blank,
        NodeKind::TableRow(tag) => tag.body.blank,
        NodeKind::IfChanged(body) | NodeKind::Highlight { body, .. } => body.blank,
        NodeKind::Text
        | NodeKind::Output(_)
        | NodeKind::Cycle(_)
        | NodeKind::Count { .. }
        | NodeKind::Break
        | NodeKind::Continue
        | NodeKind::Include(_)
        | NodeKind::Link(_)
        | NodeKind::PostUrl(_)
        | NodeKind::Plugin(_)
        | NodeKind::Kept(_) => false,
    }
}
