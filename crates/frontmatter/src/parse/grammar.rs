//! Events out of tokens: libyaml's table of states.

use std::borrow::Cow;

use super::names::{Directive, Tag};
use super::scanner::{Kind, Scanner, Token};
use super::{Event, Spanned, Style};
use crate::YamlError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirstEntry,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirstKey,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirstEntry,
    FlowSequenceEntry,
    FlowSequenceMappingKey,
    FlowSequenceMappingValue,
    FlowSequenceMappingEnd,
    FlowMappingFirstKey,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// Reads the events of the first document of a text.
pub(crate) struct Events<'a> {
    scanner: Scanner<'a>,
    state: State,
    states: Vec<State>,
    tags: Vec<Tag>,
}

type Next<'a> = Result<Spanned<'a>, YamlError>;

impl<'a> Events<'a> {
    /// Begins to read a text, which must not hold a NUL nor begin with a byte order mark.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { scanner: Scanner::new(text), state: State::DocumentStart, states: Vec::new(), tags: Vec::new() }
    }

    /// The next event; none after the first document.
    pub(crate) fn next_event(&mut self) -> Result<Option<Spanned<'a>>, YamlError> {
        if self.state == State::DocumentStart && !self.start_document()? {
            self.state = State::End;
        }
        match self.state {
            State::DocumentStart | State::End => return Ok(None),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceFirstEntry => self.first(Self::block_sequence_entry),
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingFirstKey => self.first(Self::block_mapping_key),
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirstEntry => self.first(|events| events.flow_sequence_entry(true)),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowSequenceMappingKey => self.flow_sequence_mapping_key(),
            State::FlowSequenceMappingValue => self.flow_sequence_mapping_value(),
            State::FlowSequenceMappingEnd => self.flow_sequence_mapping_end(),
            State::FlowMappingFirstKey => self.first(|events| events.flow_mapping_key(true)),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.flow_mapping_value(true),
        }
        .map(Some)
    }

    /// Says whether nothing comes after the first document, once that has ended.
    #[cfg(test)]
    pub(crate) fn is_last_document(&mut self) -> bool {
        self.peek().is_ok_and(|kind| matches!(kind, Kind::StreamEnd))
    }

    /// Goes into the first document; says whether there is one.
    fn start_document(&mut self) -> Result<bool, YamlError> {
        match self.peek()? {
            Kind::StreamEnd => return Ok(false),
            Kind::Directive(_) | Kind::DocumentStart => {}
            _ => {
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                self.add_default_tags();
                return Ok(true);
            }
        }
        let mut version = false;
        while let Kind::Directive(directive) = self.peek()?.clone() {
            match directive {
                Directive::Version(..) if version => return self.error("found a second YAML version"),
                Directive::Version(1, 1 | 2) => version = true,
                Directive::Version(..) => return self.error("found a YAML version that is not known"),
                Directive::Tag(tag) if self.tags.iter().any(|other| other.handle == tag.handle) => {
                    return self.error("found a second directive for a tag");
                }
                Directive::Tag(tag) => self.tags.push(tag),
            }
            self.scanner.take();
        }
        self.add_default_tags();
        if *self.peek()? != Kind::DocumentStart {
            return self.error("did not find the `---` after a directive");
        }
        self.scanner.take();
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(true)
    }

    fn add_default_tags(&mut self) {
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.tags.iter().any(|tag| tag.handle == handle) {
                self.tags.push(Tag { handle: handle.to_owned(), suffix: prefix.to_owned() });
            }
        }
    }

    fn document_content(&mut self) -> Next<'a> {
        match self.peek()? {
            Kind::Directive(_) | Kind::DocumentStart | Kind::DocumentEnd | Kind::StreamEnd => {
                let at = self.scanner.peek()?.start;
                let state = self.pop();
                Ok(self.empty_scalar(state, at))
            }
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Next<'a> {
        let at = self.scanner.peek()?.start;
        self.state = State::End;
        Ok(Spanned { event: Event::DocumentEnd, start: at, end: at })
    }

    /// A node with what stands before it: an anchor, a tag.
    fn node(&mut self, block: bool, indentless: bool) -> Next<'a> {
        let first = self.scanner.peek()?;
        let (start, mut end) = (first.start, first.start);
        if let Kind::Alias(name) = first.kind {
            end = first.end;
            self.scanner.take();
            self.state = self.pop();
            return Ok(Spanned { event: Event::Alias(name), start, end });
        }
        let mut anchor = None;
        let mut tag: Option<Tag> = None;
        loop {
            let token = self.scanner.peek()?;
            match &token.kind {
                Kind::Anchor(name) if anchor.is_none() => anchor = Some(*name),
                Kind::Tag(found) if tag.is_none() => tag = Some(found.clone()),
                _ => break,
            }
            end = token.end;
            self.scanner.take();
        }
        let tag = tag.map(|tag| self.resolve_tag(tag)).transpose()?;
        let token = self.scanner.peek()?;
        let (event, state) = match &token.kind {
            Kind::BlockEntry if indentless => (Event::ListStart { anchor }, State::IndentlessSequenceEntry),
            Kind::Scalar(..) => {
                let Some(Token { kind: Kind::Scalar(text, style), end, .. }) = self.scanner.take() else {
                    return self.error("did not find a value");
                };
                self.state = self.pop();
                let guess = style == Style::Plain || tag.is_some();
                return Ok(Spanned { event: Event::Scalar { text, style, guess, tag, anchor }, start, end });
            }
            Kind::FlowSequenceStart => (Event::ListStart { anchor }, State::FlowSequenceFirstEntry),
            Kind::FlowMappingStart => (Event::MapStart { anchor, flow: true }, State::FlowMappingFirstKey),
            Kind::BlockSequenceStart if block => (Event::ListStart { anchor }, State::BlockSequenceFirstEntry),
            Kind::BlockMappingStart if block => (Event::MapStart { anchor, flow: false }, State::BlockMappingFirstKey),
            _ if anchor.is_some() || tag.is_some() => {
                self.state = self.pop();
                let text = Cow::Borrowed("");
                return Ok(Spanned { event: Event::Scalar { text, style: Style::Plain, guess: true, tag, anchor }, start, end });
            }
            _ => return self.error("did not find a value"),
        };
        let end = token.end;
        self.state = state;
        Ok(Spanned { event, start, end })
    }

    fn resolve_tag(&mut self, tag: Tag) -> Result<String, YamlError> {
        if tag.handle.is_empty() {
            return Ok(tag.suffix);
        }
        match self.tags.iter().find(|known| known.handle == tag.handle) {
            Some(known) => Ok(format!("{}{}", known.suffix, tag.suffix)),
            None => self.error("found a tag whose beginning is not defined"),
        }
    }

    /// Goes over the sign that opened a collection.
    fn first(&mut self, go_on: impl Fn(&mut Self) -> Next<'a>) -> Next<'a> {
        self.scanner.peek()?;
        self.scanner.take();
        go_on(self)
    }

    fn block_sequence_entry(&mut self) -> Next<'a> {
        match self.peek()? {
            Kind::BlockEntry => {
                let at = self.take()?.end;
                if matches!(self.peek()?, Kind::BlockEntry | Kind::BlockEnd) {
                    return Ok(self.empty_scalar(State::BlockSequenceEntry, at));
                }
                self.states.push(State::BlockSequenceEntry);
                self.node(true, false)
            }
            Kind::BlockEnd => self.end_collection(),
            _ => self.error("did not find the `-` of the next item"),
        }
    }

    fn indentless_sequence_entry(&mut self) -> Next<'a> {
        if *self.peek()? != Kind::BlockEntry {
            let at = self.scanner.peek()?.start;
            self.state = self.pop();
            return Ok(Spanned { event: Event::End, start: at, end: at });
        }
        let at = self.take()?.end;
        if matches!(self.peek()?, Kind::BlockEntry | Kind::Key | Kind::Value | Kind::BlockEnd) {
            return Ok(self.empty_scalar(State::IndentlessSequenceEntry, at));
        }
        self.states.push(State::IndentlessSequenceEntry);
        self.node(true, false)
    }

    fn block_mapping_key(&mut self) -> Next<'a> {
        match self.peek()? {
            Kind::Key => {
                let at = self.take()?.end;
                if matches!(self.peek()?, Kind::Key | Kind::Value | Kind::BlockEnd) {
                    return Ok(self.empty_scalar(State::BlockMappingValue, at));
                }
                self.states.push(State::BlockMappingValue);
                self.node(true, true)
            }
            Kind::BlockEnd => self.end_collection(),
            _ => self.error("did not find the next key"),
        }
    }

    fn block_mapping_value(&mut self) -> Next<'a> {
        if *self.peek()? != Kind::Value {
            let at = self.scanner.peek()?.start;
            return Ok(self.empty_scalar(State::BlockMappingKey, at));
        }
        let at = self.take()?.end;
        if matches!(self.peek()?, Kind::Key | Kind::Value | Kind::BlockEnd) {
            return Ok(self.empty_scalar(State::BlockMappingKey, at));
        }
        self.states.push(State::BlockMappingKey);
        self.node(true, true)
    }

    fn flow_sequence_entry(&mut self, first: bool) -> Next<'a> {
        if *self.peek()? == Kind::FlowSequenceEnd {
            return self.end_collection();
        }
        if !first {
            if *self.peek()? != Kind::FlowEntry {
                return self.error("did not find the `,` or `]` of a list");
            }
            self.take()?;
        }
        match self.peek()? {
            Kind::Key => {
                let token = self.take()?;
                self.state = State::FlowSequenceMappingKey;
                Ok(Spanned { event: Event::MapStart { anchor: None, flow: true }, start: token.start, end: token.end })
            }
            Kind::FlowSequenceEnd => self.end_collection(),
            _ => {
                self.states.push(State::FlowSequenceEntry);
                self.node(false, false)
            }
        }
    }

    fn flow_sequence_mapping_key(&mut self) -> Next<'a> {
        if matches!(self.peek()?, Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd) {
            // libyaml takes this token too, and so loses the value: `[? : a]`.
            let at = self.take()?.end;
            return Ok(self.empty_scalar(State::FlowSequenceMappingValue, at));
        }
        self.states.push(State::FlowSequenceMappingValue);
        self.node(false, false)
    }

    fn flow_sequence_mapping_value(&mut self) -> Next<'a> {
        let mut at = self.scanner.peek()?.start;
        if *self.peek()? == Kind::Value {
            at = self.take()?.end;
            if !matches!(self.peek()?, Kind::FlowEntry | Kind::FlowSequenceEnd) {
                self.states.push(State::FlowSequenceMappingEnd);
                return self.node(false, false);
            }
        }
        Ok(self.empty_scalar(State::FlowSequenceMappingEnd, at))
    }

    fn flow_sequence_mapping_end(&mut self) -> Next<'a> {
        let at = self.scanner.peek()?.start;
        self.state = State::FlowSequenceEntry;
        Ok(Spanned { event: Event::End, start: at, end: at })
    }

    fn flow_mapping_key(&mut self, first: bool) -> Next<'a> {
        if *self.peek()? == Kind::FlowMappingEnd {
            return self.end_collection();
        }
        if !first {
            if *self.peek()? != Kind::FlowEntry {
                return self.error("did not find the `,` or `}` of a map");
            }
            self.take()?;
        }
        match self.peek()? {
            Kind::Key => {
                let at = self.take()?.end;
                if matches!(self.peek()?, Kind::Value | Kind::FlowEntry | Kind::FlowMappingEnd) {
                    return Ok(self.empty_scalar(State::FlowMappingValue, at));
                }
                self.states.push(State::FlowMappingValue);
                self.node(false, false)
            }
            Kind::FlowMappingEnd => self.end_collection(),
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                self.node(false, false)
            }
        }
    }

    fn flow_mapping_value(&mut self, empty: bool) -> Next<'a> {
        let mut at = self.scanner.peek()?.start;
        if !empty && *self.peek()? == Kind::Value {
            at = self.take()?.end;
            if !matches!(self.peek()?, Kind::FlowEntry | Kind::FlowMappingEnd) {
                self.states.push(State::FlowMappingKey);
                return self.node(false, false);
            }
        }
        Ok(self.empty_scalar(State::FlowMappingKey, at))
    }

    fn end_collection(&mut self) -> Next<'a> {
        let token = self.take()?;
        self.state = self.pop();
        Ok(Spanned { event: Event::End, start: token.start, end: token.end })
    }

    /// A scalar that is not there: behind the sign that announced it.
    fn empty_scalar(&mut self, state: State, at: usize) -> Spanned<'a> {
        self.state = state;
        let event = Event::Scalar { text: Cow::Borrowed(""), style: Style::Plain, guess: true, tag: None, anchor: None };
        Spanned { event, start: at, end: at }
    }

    fn peek(&mut self) -> Result<&Kind<'a>, YamlError> {
        self.scanner.peek().map(|token| &token.kind)
    }

    fn take(&mut self) -> Result<Token<'a>, YamlError> {
        self.scanner.peek()?;
        self.scanner.take().ok_or_else(|| YamlError::new("the text has ended".to_owned(), 1))
    }

    fn pop(&mut self) -> State {
        self.states.pop().unwrap_or(State::End)
    }

    fn error<T>(&mut self, message: &str) -> Result<T, YamlError> {
        let at = self.scanner.peek().map_or(0, |token| token.start);
        Err(YamlError::new(message.to_owned(), super::line_of(self.scanner.text(), at)))
    }
}
