//! The guard between html5ever's tokenizer and its tree builder.
//!
//! html5ever takes quadratic time, or makes quadratically many nodes, for some families of input. Four limits make
//! it linear, and no text is lost: the depth of open elements, the number of live formatting elements, the nodes a
//! tag may cause, and the attributes of one tag. html5ever's own `Tag` values go through unchanged otherwise.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::tokenizer::{EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};
use postferry_doc::{Diagnostic, Limits};

use crate::dom::Id;
use crate::limits;
use crate::names;
use crate::sink::{Live, Sink};

/// Nodes that every tag may cause on average, and nodes that are free.
const NODES_A_TAG: usize = 4;
const FREE_NODES: usize = 10_000;

/// Passes tokens on, or swallows them.
pub(crate) struct Guard {
    pub(crate) builder: TreeBuilder<Id, Sink>,
    limits: Limits,
    /// How many tags were seen.
    seen: Cell<usize>,
    /// Start tags that were swallowed and whose end tags are still to come.
    swallowed: RefCell<HashMap<LocalName, u32>>,
    /// Whether the budget of nodes was used up.
    overrun: Cell<bool>,
    met: RefCell<Vec<Met>>,
}

/// A limit that was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    Attributes,
    Depth,
    Formatting,
    Nodes,
}

impl Guard {
    pub(crate) fn document(sink: Sink, limits: &Limits) -> Self {
        Self::around(TreeBuilder::new(sink, builder_options()), limits)
    }

    pub(crate) fn fragment(sink: Sink, context: Id, limits: &Limits) -> Self {
        Self::around(TreeBuilder::new_for_fragment(sink, context, None, builder_options()), limits)
    }

    fn around(builder: TreeBuilder<Id, Sink>, limits: &Limits) -> Self {
        Self {
            builder,
            limits: limits.clone(),
            seen: Cell::new(0),
            swallowed: RefCell::default(),
            overrun: Cell::new(false),
            met: RefCell::default(),
        }
    }

    /// What was left out, in the order in which it was noticed.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let limit = self.limits.formatting;
        let of = |met: &Met| match met {
            Met::Attributes => limits::attributes(self.limits.attributes),
            Met::Depth => limits::depth(self.limits.depth),
            Met::Formatting => limits::formatting(limit),
            Met::Nodes => limits::nodes(),
        };
        self.met.borrow().iter().map(of).collect()
    }

    fn note(&self, met: Met) {
        let mut all = self.met.borrow_mut();
        if !all.contains(&met) {
            all.push(met);
        }
    }

    fn sink(&self) -> &Sink {
        &self.builder.sink
    }

    fn start_tag(&self, mut tag: Tag, line: u64) -> TokenSinkResult<Id> {
        if tag.attrs.len() > self.limits.attributes {
            tag.attrs.truncate(self.limits.attributes);
            self.note(Met::Attributes);
        }
        let formatting = names::is_formatting(&tag.name);
        if self.sink().depth.get() as usize >= self.limits.depth && !names::takes_no_elements(&tag.name) {
            self.note(Met::Depth);
            return self.swallow(tag.name, line);
        }
        if formatting {
            if self.overrun.get() {
                return self.swallow(tag.name, line);
            }
            let replaces = matches!(tag.name, local_name!("a") | local_name!("nobr"));
            if self.sink().live.borrow().len() >= self.limits.formatting {
                self.sink().drop_dead();
            }
            let mut alive = self.sink().live.borrow_mut();
            let old = if replaces { last_live(&alive, &tag.name) } else { None };
            if let Some(at) = old {
                alive.remove(at);
            } else if alive.iter().filter(|entry| matches!(entry, Live::Tag(_))).count() >= self.limits.formatting {
                drop(alive);
                self.note(Met::Formatting);
                return self.swallow(tag.name, line);
            }
            alive.push(Live::Tag(tag.name.clone()));
        }
        self.builder.process_token(Token::TagToken(tag), line)
    }

    fn end_tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Id> {
        if let Some(count) = self.swallowed.borrow_mut().get_mut(&tag.name)
            && *count > 0
        {
            *count -= 1;
            return self.line_break(&tag.name, line);
        }
        if names::is_formatting(&tag.name) {
            if last_live(&self.sink().live.borrow(), &tag.name).is_none() {
                self.sink().drop_dead();
            }
            let mut alive = self.sink().live.borrow_mut();
            if let Some(at) = last_live(&alive, &tag.name) {
                alive.remove(at);
            } else if self.overrun.get() {
                return TokenSinkResult::Continue;
            }
        }
        self.builder.process_token(Token::TagToken(tag), line)
    }

    fn swallow(&self, name: LocalName, line: u64) -> TokenSinkResult<Id> {
        let result = self.line_break(&name, line);
        *self.swallowed.borrow_mut().entry(name).or_default() += 1;
        result
    }

    /// A block that is not made leaves a line end, or words would run together.
    fn line_break(&self, name: &str, line: u64) -> TokenSinkResult<Id> {
        if names::is_block(name) {
            return self.builder.process_token(Token::CharacterTokens("\n".into()), line);
        }
        TokenSinkResult::Continue
    }

    /// Ends all live formatting once the nodes are out of proportion to the tags.
    fn check_budget(&self, line: u64) {
        let nodes = self.sink().dom.borrow().nodes.len();
        if self.overrun.get() || nodes <= NODES_A_TAG * self.seen.get() + FREE_NODES {
            return;
        }
        self.overrun.set(true);
        self.note(Met::Nodes);
        let alive: Vec<Live> = self.sink().live.borrow_mut().drain(..).collect();
        for entry in alive.into_iter().rev() {
            if let Live::Tag(name) = entry {
                // An end tag of formatting asks nothing of the tokenizer.
                let _ = self.builder.process_token(Token::TagToken(end_tag(name)), line);
            }
        }
    }
}

impl TokenSink for Guard {
    type Handle = Id;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Id> {
        self.check_budget(line);
        match token {
            Token::TagToken(tag) => {
                self.seen.set(self.seen.get() + 1);
                match tag.kind {
                    StartTag => self.start_tag(tag, line),
                    EndTag => self.end_tag(tag, line),
                }
            }
            other => self.builder.process_token(other, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn builder_options() -> TreeBuilderOpts {
    TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }
}

/// Looks back to the last marker only, as the tree builder does.
fn last_live(live: &[Live], name: &LocalName) -> Option<usize> {
    let from = live.iter().rposition(|entry| matches!(entry, Live::Marker(_))).map_or(0, |at| at + 1);
    live[from..].iter().rposition(|entry| matches!(entry, Live::Tag(n) if n == name)).map(|at| from + at)
}

fn end_tag(name: LocalName) -> Tag {
    Tag { kind: EndTag, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}
