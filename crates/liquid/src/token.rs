//! Cuts a template into text, `{{ … }}` and `{% … %}`, exactly where Liquid's own pattern does.

/// A piece of a template: its kind by its first two bytes, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What the piece is.
    pub kind: TokenKind,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The line of the first byte, from 1.
    pub line: u32,
}

/// What a piece of a template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Text between tags.
    Text,
    /// What begins with `{{`: it may lack its end.
    Output,
    /// What begins with `{%`: it may lack its end.
    Tag,
}

/// Walks over the pieces of a template, in one pass.
#[derive(Clone)]
pub struct Tokens<'a> {
    source: &'a str,
    place: usize,
    line: u32,
    no_tag_end: bool,
    no_output_end: bool,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of a template.
    pub fn new(source: &'a str) -> Self {
        Self { source, place: 0, line: 1, no_tag_end: false, no_output_end: false }
    }

    /// The line after all pieces that were taken.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The byte after the last piece that was taken.
    pub fn place(&self) -> usize {
        self.place
    }

    fn find_from(&self, from: usize, what: &[u8]) -> Option<usize> {
        memchr::memmem::find(&self.source.as_bytes()[from..], what).map(|place| from + place)
    }

    fn next_opening(&self, from: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        memchr::memchr_iter(b'{', &bytes[from..])
            .map(|place| from + place)
            .find(|place| matches!(bytes.get(place + 1), Some(b'{' | b'%')))
    }

    fn end_of_piece(&mut self) -> (TokenKind, usize) {
        let start = self.place;
        let bytes = self.source.as_bytes();
        if bytes[start] == b'{' && bytes.get(start + 1) == Some(&b'%') {
            if !self.no_tag_end {
                if let Some(close) = self.find_from(start + 2, b"%}") {
                    return (TokenKind::Tag, close + 2);
                }
                self.no_tag_end = true;
            }
            return (TokenKind::Tag, start + 2);
        }
        if bytes[start] == b'{' && bytes.get(start + 1) == Some(&b'{') {
            if !self.no_output_end {
                if let Some(close) = memchr::memchr(b'}', &bytes[start + 2..]) {
                    let close = start + 2 + close;
                    let twice = bytes.get(close + 1) == Some(&b'}');
                    return (TokenKind::Output, close + 1 + usize::from(twice));
                }
                self.no_output_end = true;
            }
            return (TokenKind::Output, start + 2);
        }
        (TokenKind::Text, self.next_opening(start).unwrap_or(bytes.len()))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.place >= self.source.len() {
            return None;
        }
        let (kind, end) = self.end_of_piece();
        let token = Token { kind, start: self.place, end, line: self.line };
        let lines = memchr::memchr_iter(b'\n', &self.source.as_bytes()[self.place..end]).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.place = end;
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(source: &str) -> Vec<&str> {
        Tokens::new(source).map(|token| &source[token.start..token.end]).collect()
    }

    #[test]
    fn pieces_end_where_liquid_ends_them() {
        assert_eq!(pieces("a {{ b }} c{% d %}"), ["a ", "{{ b }}", " c", "{% d %}"]);
        assert_eq!(pieces("{{ 'a}b' }}"), ["{{ 'a}", "b' }}"]);
        assert_eq!(pieces("{{{ a }}}"), ["{{{ a }}", "}"]);
        assert_eq!(pieces("a {{ b"), ["a ", "{{", " b"]);
        assert_eq!(pieces("a {% b {{ c }"), ["a ", "{%", " b ", "{{ c }"]);
        assert_eq!(pieces("{ { } }"), ["{ { } }"]);
    }
}
