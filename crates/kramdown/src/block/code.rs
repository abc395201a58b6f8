//! Code blocks, by indentation or fence.

use crate::parser::Parser;
use crate::scan::{fence, lines};
use crate::{Element, Kind, Span};

impl Parser {
    /// Reads indented code. Behind the indentation another white space than blanks may stand, which is no code: kramdown
    /// then reads nothing forever.
    pub(crate) fn parse_codeblock(&mut self, tree: &mut Element) -> bool {
        let pos = self.src.pos;
        let line = self.line_at(pos);
        let end = self.code_lines(pos);
        if end == pos {
            return false;
        }
        let start = self.pool.len();
        let mut at = pos;
        while at < end {
            let text = &self.pool.as_bytes()[..end];
            let next = lines::line_end(text, at);
            let content = indented(text, at).unwrap_or(at);
            let indent = lines::skip_spaces(text, at, 4);
            let lazy = at > pos && indent < at + 4 && text.get(indent).is_some_and(|&byte| !crate::chars::is_space(byte));
            if lazy && self.pool.ends_with('\n') {
                self.pool.pop();
                self.pool.push(' ');
            }
            self.pool.extend_from_within(content..next);
            at = next;
        }
        self.src.pos = end;
        let code = Span::new(start, self.pool.len());
        self.add_block(tree, Element::new(Kind::Codeblock { code }, line));
        true
    }

    /// The end of the indented code, with its lazy lines, that may begin here.
    pub(crate) fn code_lines(&mut self, pos: usize) -> usize {
        let mut end = pos;
        let mut after_code = false;
        loop {
            let text = self.text();
            let at = if after_code { end } else { lines::blank_lines(text, end).unwrap_or(end) };
            if at >= text.len() {
                return end;
            }
            if code_line(text, at) {
                end = lines::line_end(text, at);
                after_code = true;
            } else if after_code && self.lazy_code_line(at) {
                end = lines::line_end(self.text(), at);
            } else if after_code {
                after_code = false;
            } else {
                return end;
            }
        }
    }

    fn lazy_code_line(&mut self, pos: usize) -> bool {
        let text = self.text();
        let at = lines::skip_blanks(text, pos);
        if text.get(at).is_none_or(|&byte| crate::chars::is_space(byte)) {
            return false;
        }
        !self.lazy_end(pos)
    }

    pub(crate) fn parse_fenced(&mut self, tree: &mut Element) -> bool {
        let pos = self.src.pos;
        let gfm = self.gfm;
        let (text, memo) = self.text_and_memo();
        let Some(block) = fence::fenced(text, &mut memo.fences, pos, gfm) else {
            return false;
        };
        let line = self.line_at(pos);
        self.src.pos = block.end;
        let code = Span::new(block.code.0, block.code.1);
        let mut element = Element::new(Kind::Codeblock { code }, line);
        let info = self.str(block.info);
        if !info.is_empty() {
            let first = info.chars().next().map_or(0, char::len_utf8);
            let end = info[first..].find('?').map_or(info.len(), |at| first + at);
            element.attr.set("class", format!("language-{}", &info[..end]));
        }
        self.add_block(tree, element);
        true
    }
}

/// The position after the indentation of a code line.
pub(crate) fn indented(text: &[u8], pos: usize) -> Option<usize> {
    if text.get(pos) == Some(&b'\t') {
        return Some(pos + 1);
    }
    let end = lines::skip_spaces(text, pos, 4);
    (end == pos + 4).then_some(end)
}

fn code_line(text: &[u8], pos: usize) -> bool {
    indented(text, pos).is_some_and(|at| {
        let at = lines::skip_blanks(text, at);
        text.get(at).is_some_and(|&byte| !crate::chars::is_space(byte))
    })
}
