//! An expression and the filters after it: what stands in `{{ }}` and behind `assign x =`.

use std::sync::Arc;

use crate::error::{Error, Warning};
use crate::expression::Expression;
use crate::filters::{self, Filter};
use crate::scan;
use crate::syntax::{Kind, Parser};

/// An expression with its filters.
pub struct Filtered {
    /// What the first filter is given.
    pub start: Expression,
    /// The filters, in order.
    pub filters: Vec<FilterCall>,
}

/// One filter and its arguments.
pub struct FilterCall {
    /// The name as written.
    pub name: Arc<str>,
    /// The filter of that name, when it is one of Liquid's or Jekyll's.
    pub filter: Option<&'static Filter>,
    /// The arguments without names.
    pub arguments: Vec<Expression>,
    /// The arguments with names.
    pub named: Vec<(Arc<str>, Expression)>,
}

impl Filtered {
    /// Reads markup strictly and, where that fails, laxly with a warning.
    pub fn parse(markup: &str, line: u32, warnings: &mut Vec<Warning>) -> Self {
        match Self::parse_strictly(markup) {
            Ok(filtered) => filtered,
            Err(error) => {
                warnings.push(lax_warning(&error, markup, line));
                Self::parse_laxly(markup)
            }
        }
    }

    /// Reads markup by Liquid's strict syntax.
    ///
    /// # Errors
    ///
    /// What is no expression followed by filters.
    pub fn parse_strictly(markup: &str) -> Result<Self, Error> {
        let mut parser = Parser::new(markup)?;
        let start = Expression::parse(&parser.expression()?);
        let mut filters = Vec::new();
        while parser.consume_if(Kind::Pipe).is_some() {
            let name = parser.consume(Kind::Id)?;
            let mut arguments = Vec::new();
            if parser.consume_if(Kind::Colon).is_some() {
                arguments.push(parser.argument()?);
                while parser.consume_if(Kind::Comma).is_some() {
                    arguments.push(parser.argument()?);
                }
            }
            filters.push(FilterCall::new(name, arguments.iter().map(String::as_str)));
        }
        parser.consume(Kind::End)?;
        Ok(Self { start, filters })
    }

    /// Reads markup by Liquid's lax patterns, which find something in every text.
    pub fn parse_laxly(markup: &str) -> Self {
        let Some((from, to)) = scan::find_fragment(markup, 0) else {
            return Self { start: Expression::parse(""), filters: Vec::new() };
        };
        let start = Expression::parse(&markup[from..to]);
        let rest = &markup[to..];
        let filters = match rest.find('|') {
            Some(pipe) => filter_parts(&rest[pipe + 1..]).into_iter().filter_map(parse_filter_laxly).collect(),
            None => Vec::new(),
        };
        Self { start, filters }
    }
}

impl FilterCall {
    fn new<'a>(name: &str, parts: impl Iterator<Item = &'a str>) -> Self {
        let mut arguments = Vec::new();
        let mut named = Vec::new();
        for part in parts {
            match scan::just_tag_attribute(part) {
                Some((name, value)) => named.push((Arc::from(name), Expression::parse(value))),
                None => arguments.push(Expression::parse(part)),
            }
        }
        Self { name: Arc::from(name), filter: filters::find(name), arguments, named }
    }
}

/// The warning that a lax reading leaves.
pub fn lax_warning(error: &Error, markup: &str, line: u32) -> Warning {
    Warning { code: "liquid/lax-syntax", message: format!("{} in `{}`", error.message, markup.trim()), line, template: None }
}

/// Runs of white space, fragments and commas: everything but pipes and quotes without a partner.
fn filter_parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut place = 0;
    while place < bytes.len() {
        let start = place;
        loop {
            match bytes.get(place) {
                Some(byte) if scan::is_space(*byte) || *byte == b',' => place += 1,
                Some(_) => match scan::quoted_fragment(text, place) {
                    Some(end) => place = end,
                    None => break,
                },
                None => break,
            }
        }
        if place > start {
            parts.push(&text[start..place]);
        } else {
            place += 1;
        }
    }
    parts
}

fn parse_filter_laxly(part: &str) -> Option<FilterCall> {
    let start = part.bytes().position(scan::is_word)?;
    let end = scan::skip_word(part, start);
    Some(FilterCall::new(&part[start..end], lax_arguments(part).into_iter()))
}

/// Everything that follows a colon or a comma, with a name before it if it has one.
fn lax_arguments(part: &str) -> Vec<&str> {
    let bytes = part.as_bytes();
    let mut arguments = Vec::new();
    let mut place = 0;
    while place < bytes.len() {
        if bytes[place] != b':' && bytes[place] != b',' {
            place += 1;
            continue;
        }
        let start = scan::skip_spaces(part, place + 1);
        let Some(end) = lax_argument_end(part, start) else {
            place += 1;
            continue;
        };
        arguments.push(&part[start..end]);
        place = end;
    }
    arguments
}

fn lax_argument_end(part: &str, start: usize) -> Option<usize> {
    let name = scan::skip_word(part, start);
    let colon = scan::skip_spaces(part, name);
    if name > start && part.as_bytes().get(colon) == Some(&b':') {
        let value = scan::skip_spaces(part, colon + 1);
        if let Some(end) = scan::quoted_fragment(part, value) {
            return Some(end);
        }
    }
    scan::quoted_fragment(part, start)
}
