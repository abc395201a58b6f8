//! Tokens: the signs of YAML, and where blocks begin and end.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::cursor::Cursor;
use super::names::{Directive, Tag, scan_anchor, scan_directive, scan_tag};
use super::scalars::{scan_block, scan_plain, scan_quoted};
use super::{DEPTH, Style};
use crate::YamlError;
use crate::error::TOO_DEEP;

/// The longest key without `?`, in characters.
const SIMPLE_KEY: usize = 1_024;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    Directive(Directive),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'a str),
    Anchor(&'a str),
    Tag(Tag),
    Scalar(Cow<'a, str>, Style),
    StreamEnd,
}

/// A token with the bytes that it covers.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind<'a>,
    pub start: usize,
    pub end: usize,
}

/// Something that is a key if a `:` follows on its line.
#[derive(Clone, Copy, Debug)]
struct SimpleKey {
    /// Whether nothing else can stand there.
    required: bool,
    /// The number of its first token.
    token: usize,
    at: Cursor0,
}

/// The place of a cursor without its text.
#[derive(Clone, Copy, Debug)]
struct Cursor0 {
    byte: usize,
    line: u32,
    column: usize,
}

/// Makes the tokens of a text.
pub(super) struct Scanner<'a> {
    cursor: Cursor<'a>,
    tokens: VecDeque<Token<'a>>,
    /// How many tokens were taken.
    taken: usize,
    /// The columns of the open block collections; -1 is none.
    indents: Vec<isize>,
    indent: isize,
    /// One for each open flow collection, and one for the block around them.
    simple_keys: Vec<Option<SimpleKey>>,
    simple_key_allowed: bool,
    ended: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            cursor: Cursor::new(text),
            tokens: VecDeque::new(),
            taken: 0,
            indents: Vec::new(),
            indent: -1,
            simple_keys: vec![None],
            simple_key_allowed: true,
            ended: false,
        }
    }

    /// The next token, which stays.
    pub(super) fn peek(&mut self) -> Result<&Token<'a>, YamlError> {
        while self.needs_more()? {
            self.fetch()?;
        }
        self.tokens.front().ok_or_else(|| YamlError::new("the text has ended".to_owned(), 1))
    }

    /// Takes the token that was peeked at.
    pub(super) fn take(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.pop_front();
        self.taken += usize::from(token.is_some());
        token
    }

    pub(super) fn text(&self) -> &'a str {
        self.cursor.text
    }

    fn in_flow(&self) -> bool {
        self.simple_keys.len() > 1
    }

    /// Says whether the first token is not yet sure: it may turn out to be a key.
    fn needs_more(&mut self) -> Result<bool, YamlError> {
        if self.ended {
            return Ok(false);
        }
        if self.tokens.is_empty() {
            return Ok(true);
        }
        self.drop_stale_keys()?;
        Ok(self.simple_keys.iter().flatten().any(|key| key.token == self.taken))
    }

    fn fetch(&mut self) -> Result<(), YamlError> {
        self.skip_to_next_token();
        self.drop_stale_keys()?;
        self.unroll_indent(self.cursor.column as isize);
        let cursor = self.cursor;
        if cursor.is_end() {
            return self.fetch_end();
        }
        if cursor.column == 0 && cursor.is(b'%') {
            self.close_blocks()?;
            let start = self.cursor.at;
            let directive = scan_directive(&mut self.cursor)?;
            self.push(Kind::Directive(directive), start);
            return Ok(());
        }
        if cursor.is_document_mark() {
            self.close_blocks()?;
            self.sign(if cursor.is(b'-') { Kind::DocumentStart } else { Kind::DocumentEnd }, 3);
            return Ok(());
        }
        let flow = self.in_flow();
        match cursor.byte(0) {
            b'[' => self.fetch_flow_start(Kind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(Kind::FlowMappingStart),
            b']' => self.fetch_flow_end(Kind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(Kind::FlowMappingEnd),
            b',' => {
                self.remove_simple_key()?;
                self.simple_key_allowed = true;
                self.sign(Kind::FlowEntry, 1);
                Ok(())
            }
            b'-' if cursor.is_blank_or_end(1) => self.fetch_block_entry(),
            b'?' if flow || cursor.is_blank_or_end(1) => self.fetch_key(),
            b':' if flow || cursor.is_blank_or_end(1) => self.fetch_value(),
            sign @ (b'*' | b'&') => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                let name = scan_anchor(&mut self.cursor)?;
                self.push(if sign == b'*' { Kind::Alias(name) } else { Kind::Anchor(name) }, cursor.at);
                Ok(())
            }
            b'!' => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                let tag = scan_tag(&mut self.cursor, flow)?;
                self.push(Kind::Tag(tag), cursor.at);
                Ok(())
            }
            sign @ (b'|' | b'>') if !flow => {
                self.remove_simple_key()?;
                self.simple_key_allowed = true;
                let parent = usize::try_from(self.indent).ok();
                let (text, end) = scan_block(&mut self.cursor, sign == b'|', parent)?;
                self.tokens.push_back(Token { kind: Kind::Scalar(text, Style::Block), start: cursor.at, end });
                Ok(())
            }
            quote @ (b'\'' | b'"') => {
                self.save_simple_key()?;
                self.simple_key_allowed = false;
                let text = scan_quoted(&mut self.cursor, quote == b'\'')?;
                let style = if quote == b'\'' { Style::SingleQuoted } else { Style::DoubleQuoted };
                self.push(Kind::Scalar(text, style), cursor.at);
                Ok(())
            }
            b'-' => self.fetch_plain(),
            b'?' | b':' if !flow => self.fetch_plain(),
            b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => self.cursor.error("found a character that cannot begin anything"),
            _ => self.fetch_plain(),
        }
    }

    /// Goes over white space and comments. A tab is white space only where it cannot be indentation.
    fn skip_to_next_token(&mut self) {
        loop {
            if self.cursor.column == 0 && self.cursor.starts_with("\u{FEFF}") {
                self.cursor.skip();
            }
            let tabs = self.in_flow() || !self.simple_key_allowed;
            while self.cursor.is(b' ') || (tabs && self.cursor.is(b'\t')) {
                self.cursor.skip();
            }
            self.cursor.skip_comment();
            if !self.cursor.is_break(0) {
                return;
            }
            self.cursor.skip_line();
            if !self.in_flow() {
                self.simple_key_allowed = true;
            }
        }
    }

    /// Gives up what can no longer be a key: it ended on an earlier line, or is too long.
    fn drop_stale_keys(&mut self) -> Result<(), YamlError> {
        let cursor = &self.cursor;
        for slot in &mut self.simple_keys {
            let Some(key) = slot else { continue };
            if key.at.line < cursor.line || key.at.column + SIMPLE_KEY < cursor.column {
                if key.required {
                    return key.missing_colon(cursor);
                }
                *slot = None;
            }
        }
        Ok(())
    }

    fn save_simple_key(&mut self) -> Result<(), YamlError> {
        if !self.simple_key_allowed {
            return Ok(());
        }
        let cursor = &self.cursor;
        let required = !self.in_flow() && self.indent == cursor.column as isize;
        let at = Cursor0 { byte: cursor.at, line: cursor.line, column: cursor.column };
        let key = SimpleKey { required, token: self.taken + self.tokens.len(), at };
        self.remove_simple_key()?;
        if let Some(slot) = self.simple_keys.last_mut() {
            *slot = Some(key);
        }
        Ok(())
    }

    fn remove_simple_key(&mut self) -> Result<(), YamlError> {
        match self.simple_keys.last_mut().and_then(Option::take) {
            Some(key) if key.required => key.missing_colon(&self.cursor),
            _ => Ok(()),
        }
    }

    /// Opens a block collection at a column; its token stands before the token of that number, or last.
    fn roll_indent(&mut self, column: usize, token: Option<usize>, kind: Kind<'a>, at: usize) -> Result<(), YamlError> {
        if self.in_flow() || self.indent >= column as isize {
            return Ok(());
        }
        if self.indents.len() >= DEPTH {
            return self.cursor.error(TOO_DEEP);
        }
        self.indents.push(self.indent);
        self.indent = column as isize;
        let place = token.map_or(self.tokens.len(), |token| token - self.taken);
        self.tokens.insert(place, Token { kind, start: at, end: at });
        Ok(())
    }

    /// Closes the block collections that are indented more.
    fn unroll_indent(&mut self, column: isize) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            self.push(Kind::BlockEnd, self.cursor.at);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn close_blocks(&mut self) -> Result<(), YamlError> {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        Ok(())
    }

    fn fetch_end(&mut self) -> Result<(), YamlError> {
        self.close_blocks()?;
        self.push(Kind::StreamEnd, self.cursor.at);
        self.ended = true;
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: Kind<'a>) -> Result<(), YamlError> {
        self.save_simple_key()?;
        if self.simple_keys.len() > DEPTH {
            return self.cursor.error(TOO_DEEP);
        }
        self.simple_keys.push(None);
        self.simple_key_allowed = true;
        self.sign(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: Kind<'a>) -> Result<(), YamlError> {
        self.remove_simple_key()?;
        if self.in_flow() {
            self.simple_keys.pop();
        }
        self.simple_key_allowed = false;
        self.sign(kind, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), YamlError> {
        if !self.in_flow() {
            if !self.simple_key_allowed {
                return self.cursor.error("an item of a list cannot begin here");
            }
            self.roll_indent(self.cursor.column, None, Kind::BlockSequenceStart, self.cursor.at)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.sign(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), YamlError> {
        if !self.in_flow() {
            if !self.simple_key_allowed {
                return self.cursor.error("a key cannot begin here");
            }
            self.roll_indent(self.cursor.column, None, Kind::BlockMappingStart, self.cursor.at)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = !self.in_flow();
        self.sign(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), YamlError> {
        if let Some(key) = self.simple_keys.last_mut().and_then(Option::take) {
            let token = Token { kind: Kind::Key, start: key.at.byte, end: key.at.byte };
            self.tokens.insert(key.token - self.taken, token);
            self.roll_indent(key.at.column, Some(key.token), Kind::BlockMappingStart, key.at.byte)?;
            self.simple_key_allowed = false;
        } else {
            if !self.in_flow() {
                if !self.simple_key_allowed {
                    return self.cursor.error("a `:` with a space after it cannot stand in a text without quotes");
                }
                self.roll_indent(self.cursor.column, None, Kind::BlockMappingStart, self.cursor.at)?;
            }
            self.simple_key_allowed = !self.in_flow();
        }
        self.sign(Kind::Value, 1);
        Ok(())
    }

    fn fetch_plain(&mut self) -> Result<(), YamlError> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let start = self.cursor.at;
        let indent = (self.indent + 1) as usize;
        let flow = self.in_flow();
        let plain = scan_plain(&mut self.cursor, flow, indent)?;
        self.simple_key_allowed |= plain.lines;
        self.tokens.push_back(Token { kind: Kind::Scalar(plain.text, Style::Plain), start, end: plain.end });
        Ok(())
    }

    /// A token of so many ASCII characters.
    fn sign(&mut self, kind: Kind<'a>, length: usize) {
        let start = self.cursor.at;
        for _ in 0..length {
            self.cursor.skip();
        }
        self.push(kind, start);
    }

    fn push(&mut self, kind: Kind<'a>, start: usize) {
        self.tokens.push_back(Token { kind, start, end: self.cursor.at });
    }
}

impl SimpleKey {
    fn missing_colon<T>(&self, cursor: &Cursor) -> Result<T, YamlError> {
        Cursor { at: self.at.byte, ..*cursor }.error("did not find the `:` of a key")
    }
}
