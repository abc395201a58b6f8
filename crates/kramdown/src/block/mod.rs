//! Blocks: paragraphs, headings, lists and everything else that takes whole lines.

mod code;
mod definition;
mod extension;
mod heading;
mod html;
mod link;
mod list;
mod math;
mod note;
mod paragraph;
mod quote;
mod table;

pub(crate) use extension::extension_tag;
pub(crate) use link::{normalize_id, squeeze};

use crate::parser::Parser;
use crate::scan::lines::{self, ListKind};
use crate::{Element, Kind, Mark, Span};

/// What became of the block that was tried at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Something was read.
    Read,
    /// It is something else.
    No,
    /// The closing tag of the element around the blocks was read.
    Closed,
}

impl From<bool> for Step {
    fn from(read: bool) -> Self {
        if read { Step::Read } else { Step::No }
    }
}

impl Parser {
    /// Reads the blocks of the whole text, and notes the lines that each child of the root takes.
    pub(crate) fn parse_root(&mut self, root: &mut Element) {
        let mut ial_line = None;
        while self.src.pos < self.src.end {
            let start = self.src.pos;
            let first = self.line_at(start);
            self.parse_block(root);
            let read = crate::chars::rstrip(self.str((start, self.src.pos))).len();
            if read == 0 {
                continue;
            }
            if self.block_ial.is_some() {
                ial_line.get_or_insert(first);
                continue;
            }
            let end = self.line_at(start + read) + 1;
            for child in root.children.iter_mut().rev() {
                match child.kind {
                    Kind::Blank { .. } | Kind::Eob(Mark::Ial) => {}
                    _ => {
                        child.end_line = end;
                        if let Some(line) = ial_line.take() {
                            child.first_line = line;
                        }
                        break;
                    }
                }
            }
        }
    }

    /// Reads blocks up to the end of the region; true when the closing tag of `tree` was found before.
    pub(crate) fn parse_blocks(&mut self, tree: &mut Element) -> bool {
        let outer_ial = self.block_ial.take();
        self.depth += 1;
        let mut closed = false;
        while self.src.pos < self.src.end {
            if self.parse_block(tree) == Step::Closed {
                closed = true;
                break;
            }
        }
        self.depth -= 1;
        self.block_ial = outer_ial;
        closed
    }

    /// Reads the blocks of a region into `tree`.
    pub(crate) fn parse_region(&mut self, tree: &mut Element, range: (usize, usize), line: u32) {
        self.in_region(range, line, |parser| parser.parse_blocks(tree));
    }

    /// Tries what can begin here, in kramdown's order.
    fn parse_block(&mut self, tree: &mut Element) -> Step {
        if self.smarty {
            return self.parse_content(tree);
        }
        let pos = self.src.pos;
        let text = self.text();
        let first = text[pos];
        if crate::chars::is_space(first)
            && let Some(end) = lines::blank_lines(text, pos)
        {
            let bare = end == pos + 1;
            self.src.pos = end;
            self.add_blank(tree, bare);
            return Step::Read;
        }
        let at = lines::skip_spaces(text, pos, 4);
        if first == b'\t' || at == pos + 4 {
            if !self.parse_codeblock(tree) {
                return self.parse_odd_line(tree);
            }
            return Step::Read;
        }
        let Some(&mark) = text.get(at) else {
            return self.parse_odd_line(tree);
        };
        let step = match mark {
            b'~' | b'`' => self.parse_fenced(tree).into(),
            b'>' => self.parse_quote(tree).into(),
            b'#' if at == pos => self.parse_atx_heading(tree).into(),
            b'*' | b'-' | b'_' | b'+' => (self.parse_rule(tree) || self.parse_list(tree, ListKind::Unordered)).into(),
            b'0'..=b'9' => self.parse_list(tree, ListKind::Ordered).into(),
            b':' => self.parse_definition_list(tree).into(),
            b'<' => self.parse_block_html(tree),
            _ => Step::No,
        };
        if step != Step::No {
            return step;
        }
        if self.parse_setext_heading(tree, at) {
            return Step::Read;
        }
        if (mark == b'$' || mark == b'\\') && self.parse_block_math(tree, at) {
            return Step::Read;
        }
        let read = self.parse_table(tree)
            || match mark {
                b'[' => self.parse_footnote_definition(tree, at) || self.parse_link_definition(tree, at),
                b'*' => self.parse_abbreviation_definition(tree, at),
                b'{' => self.parse_block_extension(tree, at),
                b'^' => self.parse_end_of_block(tree),
                _ => false,
            };
        if read {
            return Step::Read;
        }
        if mark == b'\t' {
            return self.parse_odd_line(tree);
        }
        self.parse_paragraph(tree);
        Step::Read
    }

    /// What `SmartyPants` knows: block HTML, and lines of text.
    fn parse_content(&mut self, tree: &mut Element) -> Step {
        let at = lines::skip_spaces(self.text(), self.src.pos, 3);
        let step = if self.text().get(at) == Some(&b'<') { self.parse_block_html(tree) } else { Step::No };
        if step == Step::No { self.parse_line(tree) } else { step }
    }

    /// A line that is no block at all: kramdown warns, and puts it where the block would be.
    fn parse_odd_line(&mut self, tree: &mut Element) -> Step {
        let line = self.line_at(self.src.pos);
        self.warn(line, "Warning: this should not occur - no block parser handled the line".to_owned());
        self.parse_line(tree)
    }

    /// Adds a line to the text that stands where a block would be.
    fn parse_line(&mut self, tree: &mut Element) -> Step {
        let pos = self.src.pos;
        let end = lines::line_end(self.text(), pos);
        let line = self.line_at(pos);
        self.src.pos = end;
        if let Some(Element { kind: Kind::Unparsed(span), .. }) = tree.children.last_mut() {
            *span = self.join(*span, (pos, end));
        } else {
            tree.children.push(Element::new(Kind::Unparsed(Span::new(pos, end)), line));
        }
        Step::Read
    }

    fn add_blank(&mut self, tree: &mut Element, bare: bool) {
        if let Some(Element { kind: Kind::Blank { bare }, .. }) = tree.children.last_mut() {
            *bare = false;
            return;
        }
        let mut blank = Element::new(Kind::Blank { bare }, 0);
        blank.ial = self.block_ial.take();
        tree.children.push(blank);
    }

    fn parse_end_of_block(&mut self, tree: &mut Element) -> bool {
        let Some(end) = lines::end_of_block(self.text(), self.src.pos) else {
            return false;
        };
        self.src.pos = end;
        self.add_mark(tree, Mark::EndOfBlock);
        true
    }

    /// Adds a line that has no output of its own.
    pub(crate) fn add_mark(&mut self, tree: &mut Element, mark: Mark) {
        let mut element = Element::new(Kind::Eob(mark), 0);
        element.ial = self.block_ial.take();
        if let Some(ial) = &element.ial {
            self.apply_to_definition(mark, ial.clone());
        }
        tree.children.push(element);
    }

    fn parse_rule(&mut self, tree: &mut Element) -> bool {
        let pos = self.src.pos;
        let Some(end) = lines::rule(self.text(), pos) else {
            return false;
        };
        let line = self.line_at(pos);
        self.src.pos = end;
        self.add_block(tree, Element::new(Kind::Hr, line));
        true
    }

    /// Adds a block that takes the attribute list before it.
    pub(crate) fn add_block(&mut self, tree: &mut Element, mut block: Element) {
        block.ial = self.block_ial.take();
        tree.children.push(block);
    }

    pub(crate) fn after_boundary(&self, tree: &Element) -> bool {
        match tree.children.last() {
            None => true,
            Some(last) => matches!(last.kind, Kind::Blank { .. } | Kind::Eob(Mark::EndOfBlock)) || self.block_ial.is_some(),
        }
    }

    pub(crate) fn before_boundary(&mut self, pos: usize) -> bool {
        let (text, memo) = self.text_and_memo();
        pos >= text.len()
            || lines::blank_lines(text, pos).is_some()
            || lines::end_of_block(text, pos).is_some()
            || lines::block_ial(text, memo, pos, 3).is_some()
    }

    /// Whether a lazy line cannot begin here.
    pub(crate) fn lazy_end(&mut self, pos: usize) -> bool {
        let v25 = self.v25;
        let (text, memo) = self.text_and_memo();
        let Some(&mark) = text.get(lines::skip_spaces(text, pos, 3)) else {
            return true;
        };
        match mark {
            b'{' => lines::block_ial(text, memo, pos, 3).is_some(),
            b'<' => lines::lazy_html(text, pos, 3, v25),
            b'^' => lines::end_of_block(text, pos).is_some(),
            byte if crate::chars::is_space(byte) => lines::blank_lines(text, pos).is_some(),
            _ => false,
        }
    }

    /// Whether a paragraph ends before the line that begins here.
    pub(crate) fn paragraph_ends(&mut self, pos: usize) -> bool {
        if self.lazy_end(pos) {
            return true;
        }
        let text = self.text();
        let at = lines::skip_spaces(text, pos, 3);
        match text[at] {
            b':' => lines::item_start(text, pos, ListKind::Definition, 3).is_some(),
            _ if !self.paragraph_end => false,
            b'*' | b'+' | b'-' => lines::item_start(text, pos, ListKind::Unordered, 3).is_some(),
            b'0'..=b'9' => lines::item_start(text, pos, ListKind::Ordered, 3).is_some(),
            b'#' => at == pos && lines::atx_start(text, pos, true).is_some(),
            b'>' => true,
            b'~' | b'`' => crate::scan::fence::fence_run(text, pos, true).is_some(),
            _ => false,
        }
    }
}
