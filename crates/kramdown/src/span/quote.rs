//! Smart quotes.

use crate::chars::{char_at, char_len, is_space, is_unicode_word, is_word};
use crate::parser::Parser;
use crate::{Element, Kind, Quote};

impl Parser {
    /// Reads a quote, with the character before it if that was not read yet.
    pub(crate) fn parse_quote_mark(&mut self, out: &mut Vec<Element>) {
        let pos = self.src.pos;
        let (prefix, first, second, end) = quotes(self.text(), pos);
        self.add_text(out, (pos, prefix), 0);
        Parser::push_span(out, Kind::SmartQuote(first));
        if let Some(second) = second {
            Parser::push_span(out, Kind::SmartQuote(second));
        }
        self.src.pos = end;
    }
}

fn opening(quote: u8) -> Quote {
    if quote == b'"' { Quote::LeftDouble } else { Quote::LeftSingle }
}

fn closing(quote: u8) -> Quote {
    if quote == b'"' { Quote::RightDouble } else { Quote::RightSingle }
}

fn is_quote(byte: u8) -> bool {
    byte == b'"' || byte == b'\''
}

/// The end of the text before the quotes, one or two quotes, and the position after them.
///
/// The rules are tried in kramdown's order; each looks at the text from `pos` on.
fn quotes(text: &[u8], pos: usize) -> (usize, Quote, Option<Quote>, usize) {
    let first = text[pos];
    if is_quote(first) {
        if marks_emphasis(text, pos + 1) {
            return (pos, opening(first), None, pos + 1);
        }
        if before_punctuation(text, pos + 1) {
            return (pos, closing(first), None, pos + 1);
        }
    }
    let space = usize::from(is_space(first));
    for at in [pos + space, pos] {
        let Some(&quote) = text.get(at) else { continue };
        let Some(&next) = text.get(at + 1) else { continue };
        if is_quote(quote) && is_quote(next) && quote != next && word_at(text, at + 2) {
            return (at, opening(quote), Some(opening(next)), at + 2);
        }
    }
    for at in [pos + space, pos] {
        if text.get(at) == Some(&b'\'') && is_decade(text, at + 1) {
            return (at, closing(b'\''), None, at + 1);
        }
    }
    let len = char_len(first);
    if let Some(&quote) = text.get(pos + len)
        && is_quote(quote)
    {
        if is_space(first) && word_at(text, pos + len + 1) {
            return (pos + len, opening(quote), None, pos + len + 1);
        }
        if !matches!(first, b' ' | b'\\' | b'\t' | b'\r' | b'\n' | b'[' | b'{' | b'(' | b'-') {
            return (pos + len, closing(quote), None, pos + len + 1);
        }
    }
    if is_quote(first) && ends_word(text, pos + 1) {
        return (pos, closing(first), None, pos + 1);
    }
    // What is left is an opening quote, single ones first.
    let second = text.get(pos + len).copied();
    if second == Some(b'\'') {
        return (pos + len, Quote::LeftSingle, None, pos + len + 1);
    }
    if first == b'\'' {
        return (pos, Quote::LeftSingle, None, pos + 1);
    }
    if second == Some(b'"') {
        return (pos + len, Quote::LeftDouble, None, pos + len + 1);
    }
    (pos, Quote::LeftDouble, None, pos + 1)
}

/// One or two stars or underscores with something after them.
fn marks_emphasis(text: &[u8], pos: usize) -> bool {
    let is_mark = |pos: usize| matches!(text.get(pos), Some(b'*' | b'_'));
    let is_visible = |pos: usize| text.get(pos).is_some_and(|&byte| !is_space(byte));
    is_mark(pos) && (is_mark(pos + 1) && is_visible(pos + 2) || is_visible(pos + 1))
}

/// Punctuation that is not followed by a word or by two dots.
fn before_punctuation(text: &[u8], pos: usize) -> bool {
    let Some(&mark) = text.get(pos) else {
        return false;
    };
    if !mark.is_ascii_punctuation() || mark == b'&' || text[pos + 1..].starts_with(b"..") {
        return false;
    }
    let word_follows = char_at(text, pos + 1).is_some_and(is_unicode_word);
    word_follows == (mark == b'_')
}

fn word_at(text: &[u8], pos: usize) -> bool {
    text.get(pos).copied().is_some_and(is_word)
}

/// `90s` and the like.
fn is_decade(text: &[u8], pos: usize) -> bool {
    text.get(pos).is_some_and(u8::is_ascii_digit)
        && text.get(pos + 1).is_some_and(u8::is_ascii_digit)
        && text.get(pos + 2) == Some(&b's')
}

/// White space, an `s` that ends a word, or the end of the line.
fn ends_word(text: &[u8], pos: usize) -> bool {
    match text.get(pos) {
        None => true,
        Some(b's') => !char_at(text, pos + 1).is_some_and(is_unicode_word),
        Some(&byte) => is_space(byte),
    }
}
