//! The conditions of `if`, `elsif`, `unless`, `case` and `where_exp`.

use crate::error::{Error, Warning};
use crate::expression::Expression;
use crate::filtered::lax_warning;
use crate::scan;
use crate::syntax::{Kind, Parser};

/// Comparisons joined by `and` and `or`, evaluated from the left without precedence: the rest decides.
pub struct Condition {
    /// The comparisons in order; each but the last says how the next is joined to it.
    pub parts: Vec<(Comparison, Option<Join>)>,
}

/// One comparison, or one value taken for its truth.
pub struct Comparison {
    /// The left side.
    pub left: Expression,
    /// The operator and the right side.
    pub right: Option<(Operator, Expression)>,
}

/// `and` or `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// `and`.
    And,
    /// `or`.
    Or,
}

/// What compares two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operator {
    /// `==`.
    Equal,
    /// `!=` and `<>`.
    Unequal,
    /// `<`.
    Less,
    /// `>`.
    Greater,
    /// `<=`.
    LessOrEqual,
    /// `>=`.
    GreaterOrEqual,
    /// `contains`.
    Contains,
    /// Anything else: an error when it is evaluated.
    Unknown(String),
}

impl Operator {
    fn parse(text: &str) -> Self {
        match text {
            "==" => Self::Equal,
            "!=" | "<>" => Self::Unequal,
            "<" => Self::Less,
            ">" => Self::Greater,
            "<=" => Self::LessOrEqual,
            ">=" => Self::GreaterOrEqual,
            "contains" => Self::Contains,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl Condition {
    /// Reads markup strictly and, where that fails, laxly with a warning.
    ///
    /// # Errors
    ///
    /// Markup in which even the lax patterns find no condition.
    pub fn parse(markup: &str, line: u32, warnings: &mut Vec<Warning>) -> Result<Self, Error> {
        match Self::parse_strictly(markup) {
            Ok(condition) => Ok(condition),
            Err(error) => {
                let condition = Self::parse_laxly(markup)?;
                warnings.push(lax_warning(&error, markup, line));
                Ok(condition)
            }
        }
    }

    /// Reads markup by Liquid's strict syntax.
    ///
    /// # Errors
    ///
    /// What is no condition.
    pub fn parse_strictly(markup: &str) -> Result<Self, Error> {
        let mut parser = Parser::new(markup)?;
        let mut parts = vec![(Comparison::parse(&mut parser)?, None)];
        loop {
            let join = if parser.consume_word("and") {
                Join::And
            } else if parser.consume_word("or") {
                Join::Or
            } else {
                break;
            };
            let next = Comparison::parse(&mut parser)?;
            if let Some(last) = parts.last_mut() {
                last.1 = Some(join);
            }
            parts.push((next, None));
        }
        parser.consume(Kind::End)?;
        Ok(Self { parts })
    }

    fn parse_laxly(markup: &str) -> Result<Self, Error> {
        let invalid = || Error::syntax("a condition without an expression");
        let pieces = expressions_and_operators(markup);
        let mut parts: Vec<(Comparison, Option<Join>)> = Vec::new();
        let mut pieces = pieces.into_iter().rev();
        parts.push((lax_comparison(pieces.next().ok_or_else(invalid)?).ok_or_else(invalid)?, None));
        while let Some(joint) = pieces.next() {
            let comparison = pieces.next().and_then(lax_comparison).ok_or_else(invalid)?;
            let join = match joint.trim() {
                "and" => Join::And,
                "or" => Join::Or,
                _ => return Err(invalid()),
            };
            parts.push((comparison, Some(join)));
        }
        parts.reverse();
        Ok(Self { parts })
    }
}

impl Comparison {
    fn parse(parser: &mut Parser<'_>) -> Result<Self, Error> {
        let left = Expression::parse(&parser.expression()?);
        let right = match parser.consume_if(Kind::Comparison) {
            Some(operator) => Some((Operator::parse(operator), Expression::parse(&parser.expression()?))),
            None => None,
        };
        Ok(Self { left, right })
    }
}

/// The lax pattern of one comparison: a fragment, perhaps an operator, perhaps another fragment.
fn lax_comparison(text: &str) -> Option<Comparison> {
    let (from, to) = scan::find_fragment(text, 0)?;
    let left = Expression::parse(&text[from..to]);
    let bytes = text.as_bytes();
    let start = scan::skip_spaces(text, to);
    let mut end = start;
    while end < bytes.len() && (matches!(bytes[end], b'=' | b'!' | b'<' | b'>' | b'_') || bytes[end].is_ascii_lowercase()) {
        end += 1;
    }
    if end == start {
        return Some(Comparison { left, right: None });
    }
    let operator = Operator::parse(&text[start..end]);
    let value = scan::skip_spaces(text, end);
    let right = scan::quoted_fragment(text, value).map_or("", |value_end| &text[value..value_end]);
    Some(Comparison { left, right: Some((operator, Expression::parse(right))) })
}

/// The pieces between and including `and` and `or`, each with the white space around it.
fn expressions_and_operators(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut place = 0;
    while place < text.len() {
        if let Some(end) = joint(text, place) {
            pieces.push(&text[place..end]);
            place = end;
            continue;
        }
        let start = place;
        while let Some(end) = operand(text, place) {
            place = end;
        }
        if place > start {
            pieces.push(&text[start..place]);
        } else {
            place = scan::skip_spaces(text, place).max(place + 1);
            while !text.is_char_boundary(place) {
                place += 1;
            }
        }
    }
    pieces
}

/// `\b(?:\s?and\s?|\s?or\s?)\b` at this place.
fn joint(text: &str, place: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let boundary = |place: usize| {
        let before = place > 0 && scan::is_word(bytes[place - 1]);
        let after = bytes.get(place).is_some_and(|byte| scan::is_word(*byte));
        before != after
    };
    if !boundary(place) {
        return None;
    }
    let start = place + usize::from(bytes.get(place).is_some_and(|byte| scan::is_space(*byte)));
    for word in ["and", "or"] {
        if bytes[start..].starts_with(word.as_bytes()) {
            let end = start + word.len();
            if bytes.get(end).is_some_and(|byte| scan::is_space(*byte)) && boundary(end + 1) {
                return Some(end + 1);
            }
            if boundary(end) {
                return Some(end);
            }
        }
    }
    None
}

/// White space, then a fragment or a run of other characters that is no `and` or `or`, then white space.
fn operand(text: &str, place: usize) -> Option<usize> {
    let most = scan::skip_spaces(text, place);
    let start = (place..=most).rev().find(|start| joint(text, *start).is_none())?;
    let end = scan::quoted_fragment(text, start).unwrap_or_else(|| {
        let rest = &text.as_bytes()[start..];
        start + rest.iter().take_while(|byte| !scan::is_space(**byte)).count()
    });
    if end == start {
        return None;
    }
    Some(scan::skip_spaces(text, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lax_pieces_are_parted_at_and_and_or() {
        assert_eq!(expressions_and_operators("a == 1 and b or c"), ["a == 1 ", "and ", "b ", "or ", "c"]);
        assert_eq!(expressions_and_operators("(a or b) and c"), ["(a ", "or ", "b) ", "and ", "c"]);
        assert_eq!(expressions_and_operators("band = orc"), ["band = orc"]);
    }
}
