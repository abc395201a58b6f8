//! Expressions: literals, ranges and the paths of variables.

use std::sync::Arc;

use crate::number;
use crate::scan;
use crate::value::Value;

/// How deeply ranges and brackets may nest.
const MAX_DEPTH: usize = 40;

/// An expression, ready to be evaluated.
#[derive(Clone)]
pub enum Expression {
    /// A literal, or a range of literals.
    Literal(Value),
    /// A range whose ends are found when it is evaluated.
    Range(Box<(Expression, Expression)>),
    /// A variable and what is looked up in it.
    Path(Box<Path>),
}

/// A variable's name and the keys after it.
#[derive(Clone)]
pub struct Path {
    /// The variable.
    pub name: Key,
    /// The keys, from left to right.
    pub keys: Vec<Key>,
}

/// One part of a path.
#[derive(Clone)]
pub enum Key {
    /// A word, as in `page.title`.
    Word(Arc<str>),
    /// One of `size`, `first` and `last`, which also stand for what the value itself answers.
    Command(Arc<str>),
    /// What stood in square brackets.
    Bracket(Expression),
}

impl Expression {
    /// Reads an expression as Liquid's `Expression.parse`; every text is one.
    pub fn parse(markup: &str) -> Self {
        Self::parse_nested(markup, 0)
    }

    fn parse_nested(markup: &str, depth: usize) -> Self {
        match markup {
            "" | "nil" | "null" => return Self::Literal(Value::Nil),
            "true" => return Self::Literal(Value::Bool(true)),
            "false" => return Self::Literal(Value::Bool(false)),
            "blank" => return Self::Literal(Value::Blank),
            "empty" => return Self::Literal(Value::Empty),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Self::Literal(Value::Nil);
        }
        let bytes = markup.as_bytes();
        let (first, last) = (bytes[0], bytes[bytes.len() - 1]);
        if bytes.len() >= 2 && first == last && (first == b'\'' || first == b'"') {
            return Self::Literal(Value::from(&markup[1..markup.len() - 1]));
        }
        if (first == b'-' || first.is_ascii_digit())
            && let Some(number) = parse_number(markup)
        {
            return Self::Literal(number);
        }
        if let Some((first, last)) = split_range(markup) {
            let first = Self::parse_nested(first, depth + 1);
            let last = Self::parse_nested(last, depth + 1);
            if let (Self::Literal(first), Self::Literal(last)) = (&first, &last) {
                return Self::Literal(Value::Range(range_end(first), range_end(last)));
            }
            return Self::Range(Box::new((first, last)));
        }
        Self::parse_path(markup, depth)
    }

    fn parse_path(markup: &str, depth: usize) -> Self {
        let bracketed = |segment: &str| {
            segment
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
                .map(|inside| Key::Bracket(Self::parse_nested(inside, depth + 1)))
        };
        let mut segments = scan::variable_segments(markup).into_iter();
        let Some(name) = segments.next() else {
            return Self::Literal(Value::Nil);
        };
        let name = bracketed(name).unwrap_or_else(|| Key::Word(Arc::from(name)));
        let keys = segments
            .map(|segment| {
                bracketed(segment).unwrap_or_else(|| match segment {
                    "size" | "first" | "last" => Key::Command(Arc::from(segment)),
                    _ => Key::Word(Arc::from(segment)),
                })
            })
            .collect();
        Self::Path(Box::new(Path { name, keys }))
    }
}

fn parse_number(markup: &str) -> Option<Value> {
    let digits = markup.strip_prefix('-').unwrap_or(markup);
    if !digits.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Value::integer(number::leading_integer(markup)));
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    Some(Value::Float(leading_float(markup)))
}

/// Ruby's `to_f` of digits and points.
fn leading_float(text: &str) -> f64 {
    let mut end = text.len();
    let mut points = text.match_indices('.').map(|(place, _)| place);
    if let Some(point) = points.next() {
        let fraction = text[point + 1..].bytes().take_while(u8::is_ascii_digit).count();
        end = if fraction == 0 { point } else { point + 1 + fraction };
    }
    text[..end].parse().unwrap_or(0.0)
}

/// The two ends of `(a..b)`: neither holds white space, and the last `..` parts them.
fn split_range(markup: &str) -> Option<(&str, &str)> {
    let inside = markup.strip_prefix('(')?.strip_suffix(')')?;
    if inside.bytes().any(scan::is_space) {
        return None;
    }
    let last_letter = inside.char_indices().next_back()?.0;
    let dots = inside[..last_letter].rfind("..")?;
    (dots > 0).then(|| (&inside[..dots], &inside[dots + 2..]))
}

/// The integer that an end of a range stands for: what is no number is 0.
pub fn range_end(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        Value::Str(text) => i64::try_from(number::leading_integer(text)).unwrap_or(i64::MAX),
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
        Value::Float(number) => *number as i64,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(markup: &str) -> Option<String> {
        match Expression::parse(markup) {
            Expression::Literal(value) => Some(crate::display::inspect(&value)),
            _ => None,
        }
    }

    #[test]
    fn literals_are_recognised() {
        assert_eq!(literal("'a\"b'").as_deref(), Some("\"a\\\"b\""));
        assert_eq!(literal("-5").as_deref(), Some("-5"));
        assert_eq!(literal("1.5").as_deref(), Some("1.5"));
        assert_eq!(literal("1.2.3").as_deref(), Some("1.2"));
        assert_eq!(literal("(1..3)").as_deref(), Some("1..3"));
        assert_eq!(literal("('1'..'3')").as_deref(), Some("1..3"));
        assert_eq!(literal("1e3"), None);
        assert_eq!(literal("(1..n)"), None);
        assert_eq!(literal("[[[[[").as_deref(), Some("nil"));
    }
}
