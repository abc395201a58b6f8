//! Liquid's strict expression syntax: a lexer and a parser that gives each expression back as its normal text.

use crate::error::Error;
use crate::scan;

/// How deeply brackets, ranges and paths may nest in one expression.
const MAX_DEPTH: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pipe,
    Dot,
    Colon,
    Comma,
    OpenSquare,
    CloseSquare,
    OpenRound,
    CloseRound,
    Question,
    Dash,
    Comparison,
    Text,
    Number,
    Id,
    DotDot,
    End,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Pipe => "pipe",
            Self::Dot => "dot",
            Self::Colon => "colon",
            Self::Comma => "comma",
            Self::OpenSquare => "open_square",
            Self::CloseSquare => "close_square",
            Self::OpenRound => "open_round",
            Self::CloseRound => "close_round",
            Self::Question => "question",
            Self::Dash => "dash",
            Self::Comparison => "comparison",
            Self::Text => "string",
            Self::Number => "number",
            Self::Id => "id",
            Self::DotDot => "dotdot",
            Self::End => "end_of_string",
        }
    }
}

/// The strict parser over one tag's or output's markup.
pub struct Parser<'a> {
    tokens: Vec<(Kind, &'a str)>,
    place: usize,
}

impl<'a> Parser<'a> {
    /// Cuts the markup into lexemes.
    ///
    /// # Errors
    ///
    /// A character that begins no lexeme.
    pub fn new(markup: &'a str) -> Result<Self, Error> {
        Ok(Self { tokens: lex(markup)?, place: 0 })
    }

    /// Whether the lexeme `ahead` of the next is of this kind.
    pub fn look(&self, kind: Kind, ahead: usize) -> bool {
        self.tokens.get(self.place + ahead).is_some_and(|token| token.0 == kind)
    }

    /// Takes the next lexeme, which must be of this kind.
    ///
    /// # Errors
    ///
    /// Another kind.
    pub fn consume(&mut self, kind: Kind) -> Result<&'a str, Error> {
        let token = self.tokens[self.place.min(self.tokens.len() - 1)];
        if token.0 != kind {
            return Err(Error::syntax(format!("expected {} but found {}", kind.name(), token.0.name())));
        }
        self.place += 1;
        Ok(token.1)
    }

    /// Takes the next lexeme if it is of this kind.
    pub fn consume_if(&mut self, kind: Kind) -> Option<&'a str> {
        self.look(kind, 0).then(|| {
            self.place += 1;
            self.tokens[self.place - 1].1
        })
    }

    /// Takes the next lexeme if it is this word.
    pub fn consume_word(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.place).is_some_and(|token| *token == (Kind::Id, word));
        self.place += usize::from(found);
        found
    }

    /// Takes one expression and gives its text without white space.
    ///
    /// # Errors
    ///
    /// Anything that is no path, string, number or range.
    pub fn expression(&mut self) -> Result<String, Error> {
        let mut out = String::new();
        self.write_expression(&mut out, 0)?;
        Ok(out)
    }

    /// Takes one argument of a filter, which may have a name.
    ///
    /// # Errors
    ///
    /// As [`Parser::expression`].
    pub fn argument(&mut self) -> Result<String, Error> {
        let mut out = String::new();
        if self.look(Kind::Id, 0) && self.look(Kind::Colon, 1) {
            out.push_str(self.consume(Kind::Id)?);
            out.push_str(self.consume(Kind::Colon)?);
            out.push(' ');
        }
        self.write_expression(&mut out, 0)?;
        Ok(out)
    }

    fn write_expression(&mut self, out: &mut String, depth: usize) -> Result<(), Error> {
        if depth > MAX_DEPTH {
            return Err(Error::syntax("an expression nests too deeply"));
        }
        let (kind, text) = self.tokens[self.place.min(self.tokens.len() - 1)];
        match kind {
            Kind::Id => self.write_path(out, depth),
            Kind::Text | Kind::Number => {
                self.place += 1;
                out.push_str(text);
                Ok(())
            }
            Kind::OpenRound => {
                self.place += 1;
                out.push('(');
                self.write_expression(out, depth + 1)?;
                self.consume(Kind::DotDot)?;
                out.push_str("..");
                self.write_expression(out, depth + 1)?;
                self.consume(Kind::CloseRound)?;
                out.push(')');
                Ok(())
            }
            _ => Err(Error::syntax(format!("`{text}` ({}) is not a valid expression", kind.name()))),
        }
    }

    fn write_path(&mut self, out: &mut String, depth: usize) -> Result<(), Error> {
        loop {
            out.push_str(self.consume(Kind::Id)?);
            while self.consume_if(Kind::OpenSquare).is_some() {
                out.push('[');
                self.write_expression(out, depth + 1)?;
                self.consume(Kind::CloseSquare)?;
                out.push(']');
            }
            if self.consume_if(Kind::Dot).is_none() {
                return Ok(());
            }
            out.push('.');
        }
    }
}

fn lex(text: &str) -> Result<Vec<(Kind, &str)>, Error> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(8);
    let mut place = 0;
    loop {
        place = scan::skip_spaces(text, place);
        let Some(&byte) = bytes.get(place) else { break };
        let rest = &bytes[place..];
        let (kind, end) = if let Some(length) = comparison(rest) {
            (Kind::Comparison, place + length)
        } else if let Some(length) = quoted(rest) {
            (Kind::Text, place + length)
        } else if let Some(length) = number(rest) {
            (Kind::Number, place + length)
        } else if byte.is_ascii_alphabetic() || byte == b'_' {
            let mut end = place + 1;
            while end < bytes.len() && (scan::is_word(bytes[end]) || bytes[end] == b'-') {
                end += 1;
            }
            end += usize::from(bytes.get(end) == Some(&b'?'));
            (Kind::Id, end)
        } else if rest.starts_with(b"..") {
            (Kind::DotDot, place + 2)
        } else {
            let kind = match byte {
                b'|' => Kind::Pipe,
                b'.' => Kind::Dot,
                b':' => Kind::Colon,
                b',' => Kind::Comma,
                b'[' => Kind::OpenSquare,
                b']' => Kind::CloseSquare,
                b'(' => Kind::OpenRound,
                b')' => Kind::CloseRound,
                b'?' => Kind::Question,
                b'-' => Kind::Dash,
                _ => {
                    let letter = text[place..].chars().next().unwrap_or(' ');
                    return Err(Error::syntax(format!("unexpected character `{letter}`")));
                }
            };
            (kind, place + 1)
        };
        tokens.push((kind, &text[place..end]));
        place = end;
    }
    tokens.push((Kind::End, ""));
    Ok(tokens)
}

fn comparison(rest: &[u8]) -> Option<usize> {
    let two = rest.get(..2);
    if matches!(two, Some(b"==" | b"!=" | b"<>" | b"<=" | b">=")) {
        return Some(2);
    }
    if matches!(rest[0], b'<' | b'>') {
        return Some(1);
    }
    (rest.starts_with(b"contains") && rest.get(8).is_some_and(|byte| scan::is_space(*byte))).then_some(8)
}

fn quoted(rest: &[u8]) -> Option<usize> {
    let quote = rest[0];
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    memchr::memchr(quote, &rest[1..]).map(|place| place + 2)
}

fn number(rest: &[u8]) -> Option<usize> {
    let digits = |from: usize| rest[from.min(rest.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let start = usize::from(rest[0] == b'-');
    let whole = digits(start);
    if whole == 0 {
        return None;
    }
    let end = start + whole;
    if rest.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if fraction > 0 {
            return Some(end + 1 + fraction);
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(markup: &str) -> Result<String, Error> {
        let mut parser = Parser::new(markup)?;
        let text = parser.expression()?;
        parser.consume(Kind::End)?;
        Ok(text)
    }

    #[test]
    fn expressions_lose_their_spaces() {
        assert_eq!(one("a . b [ 'c d' ] "), Ok("a.b['c d']".to_owned()));
        assert_eq!(one("(1 .. n)"), Ok("(1..n)".to_owned()));
        assert!(one("a b").is_err());
        assert!(one("a..b").is_err());
        assert!(one(&"(".repeat(10_000)).is_err());
    }
}
