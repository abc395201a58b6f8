//! From nodes to the tree.
//!
//! Recursion is bounded: [`Lower::enter`] counts, and what lies deeper than the limit is read as text.

mod attrs;
mod block;
mod code;
mod inline;
mod list;
mod math;
mod notes;
mod run;
mod table;

use std::collections::HashSet;
use std::mem;

use html5ever::ns;
use postferry_doc::{Block, Diagnostic, Inline, Namespace, Note, Origin, Source};

use crate::dom::{Data, Dom, Id, NONE, Step};
use crate::names;
use crate::parse::Parsed;
use crate::read::{Piece, ReadOptions, Reading};
pub(crate) use math::split_math;
use notes::Notes;
use run::{Room, Run, trim_end, trim_start};

/// The tree may be a little deeper than the nodes, where a run of text gets a block of its own.
const ROOM: usize = 8;

/// Copies of formatting around the blocks that stand in it: how many for a node, and how many are free.
const COPIES_A_NODE: usize = 4;
const FREE_COPIES: usize = 10_000;

/// Lowers everything below the root; long texts that stand in the source as they are share one copy of it.
pub(crate) fn lower(parsed: &Parsed, source: &str, pieces: &[Piece], options: &ReadOptions) -> Reading {
    let dom = &parsed.dom;
    let notes = if options.notes { Notes::find(dom, parsed.root) } else { Notes::default() };
    let mut lower = Lower {
        dom,
        source: Source::new(source),
        options,
        holds_block: mark_blocks(dom, parsed.root, &notes),
        notes,
        skipped: HashSet::new(),
        flow: Flow::default(),
        run: Run::new(),
        room: Room::default(),
        depth: 0,
        in_link: false,
        copies: 0,
        met: Met::default(),
        diagnostics: Vec::new(),
    };
    let (blocks, origins) = lower.top(parsed, pieces);
    let notes = lower.take_notes();
    let mut diagnostics = parsed.diagnostics.clone();
    if lower.met.depth && !diagnostics.iter().any(|d| d.code == "limit/depth") {
        diagnostics.push(crate::limits::depth(options.limits.depth));
    }
    if lower.met.attributes && !diagnostics.iter().any(|d| d.code == "limit/attributes") {
        diagnostics.push(crate::limits::attributes(options.limits.attributes));
    }
    if lower.met.copies {
        diagnostics.push(crate::limits::nodes());
    }
    diagnostics.append(&mut lower.diagnostics);
    Reading { blocks, notes, origins, diagnostics }
}

/// What is under way.
pub(crate) struct Lower<'a> {
    dom: &'a Dom<'a>,
    source: Source<'a>,
    options: &'a ReadOptions,
    /// For each node that is no block, whether one stands somewhere below it; empty where that is nowhere so.
    holds_block: Vec<bool>,
    notes: Notes,
    /// Nodes that were already read as part of something else.
    skipped: HashSet<Id>,
    flow: Flow,
    run: Run,
    room: Room,
    depth: usize,
    /// Whether the nodes stand in a link.
    in_link: bool,
    /// Elements that were put around a run a second time.
    copies: usize,
    met: Met,
    diagnostics: Vec<Diagnostic>,
}

/// Blocks that grow.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    /// Whether text between blocks is a paragraph, as at the top of the document.
    top: bool,
}

/// The limits that were met.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    depth: bool,
    attributes: bool,
    copies: bool,
}

impl Lower<'_> {
    fn top(&mut self, parsed: &Parsed, pieces: &[Piece]) -> (Vec<Block>, Vec<Origin>) {
        self.flow.top = true;
        let blocks = self.dom.children(parsed.root).filter(|child| self.dom.element(*child).is_some()).count();
        self.flow.blocks.reserve_exact(blocks);
        let mut origins: Vec<Origin> = Vec::new();
        let mut starts = parsed.before.iter().zip(pieces).peekable();
        let mut previous = NONE;
        for child in self.dom.children(parsed.root) {
            while let Some((_, piece)) = starts.next_if(|(before, _)| **before == previous) {
                self.flush();
                begin_origin(&mut origins, piece, self.flow.blocks.len());
            }
            self.flow_node(child);
            previous = child;
        }
        self.flush();
        for (_, piece) in starts {
            begin_origin(&mut origins, piece, self.flow.blocks.len());
        }
        let end = self.flow.blocks.len() as u32;
        if let Some(last) = origins.last_mut() {
            last.blocks = end - last.first_block;
        }
        (mem::take(&mut self.flow).blocks, origins)
    }

    fn take_notes(&mut self) -> Vec<Note> {
        let items = mem::take(&mut self.notes.items);
        items.into_iter().map(|(id, label)| Note { label, blocks: self.note_blocks(id) }).collect()
    }

    /// Reads the blocks below a node.
    fn blocks(&mut self, id: Id) -> Vec<Block> {
        self.nested(|lower| {
            for child in lower.dom.children(id) {
                lower.flow_node(child);
            }
        })
    }

    /// Collects the blocks that `read` makes.
    fn nested(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        let flow = mem::take(&mut self.flow);
        let run = self.run_below();
        let run = mem::replace(&mut self.run, run);
        read(self);
        self.flush();
        let below = mem::replace(&mut self.run, run);
        self.run.note_use(&below);
        self.room = below.into_room();
        mem::replace(&mut self.flow, flow).blocks
    }

    /// Reads the text below a node; blocks in it become lines.
    fn inlines(&mut self, id: Id) -> Vec<Inline> {
        let run = self.run_below();
        self.inlines_in(run, id)
    }

    /// Reads the text below a node into a run made for it.
    fn inlines_in(&mut self, run: Run, id: Id) -> Vec<Inline> {
        let run = mem::replace(&mut self.run, run);
        for child in self.dom.children(id) {
            self.inline_node(child);
        }
        let mut below = mem::replace(&mut self.run, run);
        let content = below.finish();
        self.run.note_use(&below);
        self.room = below.into_room();
        content
    }

    /// Makes a run in which the elements that are open around it are open too, as long as that stays in proportion.
    fn run_below(&mut self) -> Run {
        let open = self.run.open_elements();
        if open > 0 && self.is_full() {
            return Run::new();
        }
        self.copies += open;
        self.run.below(mem::take(&mut self.room))
    }

    fn is_full(&mut self) -> bool {
        let full = self.copies > COPIES_A_NODE * self.dom.nodes.len() + FREE_COPIES;
        self.met.copies |= full;
        full
    }

    /// Ends the run of text between two blocks.
    fn flush(&mut self) {
        let content = self.run.cut();
        if content.is_empty() {
            return;
        }
        self.copies += self.run.open_elements();
        self.flow.blocks.append(&mut blocks_of_run(content, self.flow.top));
    }

    fn push_block(&mut self, block: Block) {
        self.flush();
        self.flow.blocks.push(block);
    }

    /// Goes one level down, if the limit lets it; [`Lower::leave`] goes up again.
    fn enter(&mut self, id: Id) -> bool {
        if self.depth + ROOM >= self.options.limits.depth {
            self.met.depth = true;
            self.flat_text(id);
            return false;
        }
        self.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Adds the text below a node to the run, and breaks where blocks begin and end.
    fn flat_text(&mut self, id: Id) {
        let dom = self.dom;
        let (run, source) = (&mut self.run, &mut self.source);
        let at_block = |node| dom.element(node).is_some_and(|e| names::is_block(&e.local));
        if at_block(id) {
            run.block_break();
        }
        dom.descend(id, &mut |node, step| match (&dom.node(node).data, step) {
            (Data::Text(text), Step::Enter) => run.text(source, text),
            (Data::Element(_), _) if at_block(node) => run.block_break(),
            _ => {}
        });
        if at_block(id) {
            run.block_break();
        }
    }

    fn lost(&mut self, name: &str, what: &str) {
        let message = format!("`<{name}>` {what}");
        if !self.diagnostics.iter().any(|d| d.message == message) {
            self.diagnostics.push(Diagnostic::warning("lost/element", message));
        }
    }
}

fn begin_origin(origins: &mut Vec<Origin>, piece: &Piece, blocks: usize) {
    let first_block = blocks as u32;
    if let Some(last) = origins.last_mut() {
        last.blocks = first_block - last.first_block;
    }
    origins.push(Origin { first_block, blocks: 0, first_line: piece.first_line, lines: piece.lines });
}

/// Makes blocks of a run of text: elements that stand alone are blocks, comments at its edges are too.
fn blocks_of_run(mut content: Vec<Inline>, top: bool) -> Vec<Block> {
    if content.iter().all(stands_alone) {
        return content.into_iter().filter_map(block_of_inline).collect();
    }
    let shows = |inline: &Inline| !is_unseen(inline);
    let lead = content.iter().position(shows).unwrap_or(content.len());
    let tail = content.iter().rposition(shows).map_or(lead, |at| at + 1);
    let after = content.split_off(tail);
    let mut middle = content.split_off(lead);
    trim_start(&mut middle);
    trim_end(&mut middle);
    let mut blocks: Vec<Block> = content.into_iter().filter_map(block_of_inline).collect();
    if !middle.is_empty() {
        blocks.push(if top { Block::paragraph(middle) } else { Block::Plain { content: middle } });
    }
    blocks.extend(after.into_iter().filter_map(block_of_inline));
    blocks
}

fn stands_alone(inline: &Inline) -> bool {
    match inline {
        Inline::Element { namespace: Namespace::Html, name, .. } => !names::is_phrasing(name),
        other => is_unseen(other),
    }
}

/// Whether nothing is seen of it at the edge of a run.
fn is_unseen(inline: &Inline) -> bool {
    match inline {
        Inline::Comment { .. } | Inline::SoftBreak => true,
        Inline::Text(text) => text.trim_matches(' ').is_empty(),
        _ => false,
    }
}

fn block_of_inline(inline: Inline) -> Option<Block> {
    match inline {
        Inline::Comment { text } => Some(Block::Comment { text }),
        Inline::Element { namespace, name, attr, content } => {
            let blocks = if content.is_empty() {
                Vec::new()
            } else if names::is_exact(&name) {
                vec![Block::Plain { content }]
            } else {
                blocks_of_run(content, false)
            };
            Some(Block::Element { namespace, name, attr, blocks })
        }
        _ => None,
    }
}

/// Finds for each node that is no block whether one stands below it, nothing where that is nowhere so; foreign content and templates keep theirs to themselves.
fn mark_blocks(dom: &Dom, root: Id, notes: &Notes) -> Vec<bool> {
    let mut marks = Vec::new();
    dom.descend(root, &mut |id, step| {
        if step == Step::Enter && names::is_block(dom.html_name(id)) && !notes.is_section(id) {
            let mut up = dom.node(id).parent;
            // A block that was entered before has marked what is around it.
            while up != NONE && !names::is_block(dom.html_name(up)) && !marks.get(up as usize).is_some_and(|mark| *mark) {
                let closed = dom.element(up).is_none_or(|e| e.ns != ns!(html) || names::is_exact(&e.local));
                if closed || notes.is_section(up) {
                    break;
                }
                marks.resize(dom.nodes.len(), false);
                marks[up as usize] = true;
                up = dom.node(up).parent;
            }
        }
    });
    marks
}
