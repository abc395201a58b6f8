//! What was looked for and where it was found, so that nothing is looked for twice.

use memchr::memmem;

/// The next place of one thing: valid for every position between where it was asked and where it was found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Next {
    known: Option<(usize, Option<usize>)>,
}

impl Next {
    pub(crate) fn find(&mut self, pos: usize, search: impl FnOnce(usize) -> Option<usize>) -> Option<usize> {
        if let Some((from, found)) = self.known
            && from <= pos
            && found.is_none_or(|found| pos <= found)
        {
            return found;
        }
        let found = search(pos);
        self.known = Some((pos, found));
        found
    }
}

/// The memory of one region of text.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    pub brace: Next,
    pub escaped_brace: Next,
    pub double_quote: Next,
    pub single_quote: Next,
    pub bracket: Next,
    pub angle: Next,
    pub newline: Next,
    pub comment_end: Next,
    pub instruction_end: Next,
    pub cdata_end: Next,
    pub dollars: Next,
    pub strike_end: Next,
    pub title_end: [Next; 2],
    pub last_star: Option<usize>,
    pub last_underscore: Option<usize>,
    pub fences: Option<super::fence::Fences>,
    pub ticks: Option<super::ticks::Ticks>,
    pub parens: Option<super::parens::Parens>,
    pub missing_stops: Vec<(String, usize)>,
}

impl Memo {
    pub(crate) fn find_quote(&mut self, text: &[u8], quote: u8, pos: usize) -> Option<usize> {
        let next = if quote == b'"' { &mut self.double_quote } else { &mut self.single_quote };
        next.find(pos, |pos| find_byte(text, quote, pos))
    }

    pub(crate) fn find_comment_end(&mut self, text: &[u8], pos: usize) -> Option<usize> {
        self.comment_end.find(pos, |pos| find(text, b"-->", pos))
    }

    pub(crate) fn find_instruction_end(&mut self, text: &[u8], pos: usize) -> Option<usize> {
        self.instruction_end.find(pos, |pos| find(text, b"?>", pos))
    }

    pub(crate) fn find_cdata_end(&mut self, text: &[u8], pos: usize) -> Option<usize> {
        self.cdata_end.find(pos, |pos| find(text, b"]]>", pos))
    }

    pub(crate) fn find_dollars(&mut self, text: &[u8], pos: usize) -> Option<usize> {
        self.dollars.find(pos, |pos| find(text, b"$$", pos))
    }
}

/// The first place of a byte at or after `pos`.
pub(crate) fn find_byte(text: &[u8], byte: u8, pos: usize) -> Option<usize> {
    memchr::memchr(byte, text.get(pos..)?).map(|offset| pos + offset)
}

/// The first place of a string at or after `pos`.
pub(crate) fn find(text: &[u8], needle: &[u8], pos: usize) -> Option<usize> {
    memmem::find(text.get(pos..)?, needle).map(|offset| pos + offset)
}
