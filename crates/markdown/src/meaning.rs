//! Meaning: a document as one flat text in a normal form, so that two readings of it can be compared.
//!
//! The tree and the events of a parser both push into a [`Meaning`]; where the two texts are equal, the Markdown means
//! what the tree means. White space is collapsed and stands before a change of marks, breaks at the edges of a run are
//! nothing, `em`, `strong` and `del` are flags of characters rather than nested nodes.

use crate::{scan::is_collapsed, typography::straight};

/// The start of a run of text in [`Meaning::text`], with the key that its maker gave it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Where the run begins.
    pub start: usize,
    /// The maker's key.
    pub key: usize,
}

/// A mark that is a flag of each character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
}

/// Collects the normal form.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "the state of a run")]
pub(crate) struct Meaning {
    /// The normal form so far.
    pub text: String,
    /// The runs of text so far, if they are noted.
    pub runs: Vec<Run>,
    fold: bool,
    notes_runs: bool,
    kind: char,
    key: usize,
    in_run: bool,
    open: bool,
    space: bool,
    breaks: u32,
    depth: [u16; 3],
    shown: u8,
}

const RUN: char = '\u{e}';
const MARKS: char = '\u{1}';
const OPEN: char = '\u{10}';
const CLOSE: char = '\u{11}';
const BREAK: char = '\u{8}';
const ATOM: char = '\u{2}';
const FIELD: char = '\u{3}';
/// Stands for a paragraph's run in the normal form.
pub(crate) const PARAGRAPH: char = '\u{4}';
/// Stands for a run without a paragraph around it.
pub(crate) const PLAIN: char = '\u{5}';

impl Meaning {
    /// Makes one. `fold` makes typographic characters straight, `notes_runs` notes where runs begin.
    pub fn new(fold: bool, notes_runs: bool) -> Self {
        Self { fold, notes_runs, ..Self::default() }
    }

    /// Makes room for the meaning of a text of that many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes + bytes / 4);
        if self.notes_runs {
            self.runs.reserve(bytes / 256 + 4);
        }
    }

    /// Forgets everything but the buffers.
    pub fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.in_run = false;
        self.open = false;
        self.space = false;
        self.breaks = 0;
        self.depth = [0; 3];
        self.shown = 0;
    }

    /// Begins a run of text; it is written with its first visible character.
    pub fn begin_run(&mut self, kind: char, key: usize) {
        self.end_run();
        self.in_run = true;
        self.kind = kind;
        self.key = key;
    }

    /// Ends the run of text, if one is open.
    pub fn end_run(&mut self) {
        self.in_run = false;
        self.open = false;
        self.space = false;
        self.breaks = 0;
        self.shown = 0;
    }

    /// Ends the run of text and begins another of the same kind.
    pub fn break_run(&mut self) {
        if self.in_run {
            self.begin_run(self.kind, self.key);
        }
    }

    /// Opens a block.
    pub fn open(&mut self, name: &str) {
        self.end_run();
        self.text.push(OPEN);
        self.text.push_str(name);
    }

    /// Adds to the name of the block that was opened, or to an atom.
    pub fn field(&mut self, value: &str) {
        self.text.push(FIELD);
        self.text.push_str(value);
    }

    /// Adds mathematics in TeX, to which white space is a blank unless a comment ends there.
    pub fn math(&mut self, kind: &str, tex: &str) {
        self.atom(kind);
        if tex.contains('%') {
            self.field(tex.trim());
            return;
        }
        self.text.push(FIELD);
        for (n, word) in tex.split_whitespace().enumerate() {
            if n > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Adds text as it is to the block that was opened.
    pub fn verbatim(&mut self, value: &str) {
        self.text.push_str(value);
    }

    /// Forgets the line end that ends the text of a code block.
    pub fn drop_line_end(&mut self) {
        if self.text.ends_with('\n') {
            self.text.pop();
        }
    }

    /// Closes a block.
    pub fn close(&mut self) {
        self.end_run();
        self.text.push(CLOSE);
    }

    /// Forgets a table's row that began at `start` if it is a header without text.
    pub fn drop_empty_row(&mut self, start: usize, header: bool) {
        if header && !self.text[start..].contains(RUN) {
            self.text.truncate(start);
        }
    }

    /// Sets a mark.
    pub fn mark(&mut self, mark: Mark) {
        self.depth[mark as usize] += 1;
    }

    /// Takes a mark back.
    pub fn unmark(&mut self, mark: Mark) {
        let depth = &mut self.depth[mark as usize];
        *depth = depth.saturating_sub(1);
    }

    /// A line break that shows.
    pub fn line_break(&mut self) {
        if self.open {
            self.breaks += 1;
        }
        self.space = false;
    }

    /// White space.
    pub fn space(&mut self) {
        self.space = true;
    }

    /// An inline that is neither text nor a mark; fields follow.
    pub fn atom(&mut self, name: &str) {
        self.show();
        self.text.push(ATOM);
        self.text.push_str(name);
    }

    /// Opens an inline element; fields may follow.
    pub fn open_inline(&mut self, name: &str) {
        self.text.push(OPEN);
        self.text.push_str(name);
    }

    /// Closes an inline element.
    pub fn close_inline(&mut self, name: &str) {
        // Without attributes and content it shows nothing.
        if self.text.strip_suffix(name).is_some_and(|rest| rest.ends_with(OPEN)) {
            self.text.truncate(self.text.len() - name.len() - OPEN.len_utf8());
            return;
        }
        self.text.push(CLOSE);
        self.text.push_str(name);
    }

    /// Text with its white space not yet collapsed.
    pub fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_whitespace() {
                self.space = true;
                rest = &rest[1..];
            } else if !first.is_ascii() && first.is_whitespace() {
                self.show_unmarked();
                self.text.push(first);
                rest = &rest[first.len_utf8()..];
            } else {
                break;
            }
        }
        if rest.is_empty() {
            return;
        }
        self.show();
        if is_collapsed(rest) {
            let core = rest.strip_suffix(' ').unwrap_or(rest);
            self.word(core);
            self.space = core.len() < rest.len();
            return;
        }
        loop {
            let end = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
            self.word(&rest[..end]);
            rest = rest[end..].trim_ascii_start();
            if rest.is_empty() {
                self.space = text.ends_with(|c: char| c.is_ascii_whitespace());
                return;
            }
            self.text.push(' ');
        }
    }

    /// Text in which the white space is part of the meaning, as a code's; it is collapsed like any other.
    pub fn code(&mut self, text: &str) {
        if text.trim_ascii().is_empty() {
            self.space |= !text.is_empty();
            return;
        }
        self.show();
        self.text.push(ATOM);
        self.text.push('`');
        self.collapsed(text);
        self.text.push(FIELD);
    }

    /// Adds text with its white space collapsed, and none at its edges.
    pub fn collapsed(&mut self, text: &str) {
        let text = text.trim_ascii();
        if is_collapsed(text) {
            self.text.push_str(text);
            return;
        }
        for (n, word) in text.split_ascii_whitespace().enumerate() {
            if n > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    fn word(&mut self, word: &str) {
        if !self.fold || word.is_ascii() {
            self.text.push_str(word);
            return;
        }
        for c in word.chars() {
            match straight(c) {
                Some(straight) => self.text.push_str(straight),
                None => self.text.push(c),
            }
        }
    }

    /// Writes what is pending before something visible.
    fn show(&mut self) {
        self.show_unmarked();
        let wanted = self.depth.iter().enumerate().fold(0, |bits, (n, d)| bits | (u8::from(*d > 0) << n));
        if wanted != self.shown {
            self.text.push(MARKS);
            self.text.push(char::from(b'0' + wanted));
            self.shown = wanted;
        }
    }

    fn show_unmarked(&mut self) {
        if !self.in_run {
            self.begin_run(PLAIN, 0);
        }
        if self.open {
            if self.breaks > 0 {
                for _ in 0..self.breaks {
                    self.text.push(BREAK);
                }
            } else if self.space {
                self.text.push(' ');
            }
        } else {
            self.open = true;
            if self.notes_runs {
                self.runs.push(Run { start: self.text.len(), key: self.key });
            }
            self.text.push(RUN);
            self.text.push(self.kind);
        }
        self.breaks = 0;
        self.space = false;
    }
}

/// Says whether two normal forms mean the same when a paragraph's run and a plain one do.
pub(crate) fn same_but_for_looseness(a: &str, b: &str) -> bool {
    let plain = |c: u8| if c == PARAGRAPH as u8 { PLAIN as u8 } else { c };
    a == b || a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| plain(a) == plain(b))
}

/// Where two normal forms part, looseness aside.
pub(crate) fn first_difference(a: &str, b: &str) -> usize {
    let plain = |c: u8| if c == PARAGRAPH as u8 { PLAIN as u8 } else { c };
    a.bytes().zip(b.bytes()).position(|(a, b)| plain(a) != plain(b)).unwrap_or(a.len().min(b.len()))
}
