//! The tags of Liquid and of Jekyll, parsed.

use std::sync::Arc;

use crate::condition::Condition;
use crate::error::{Error, ErrorKind};
use crate::expression::Expression;
use crate::filtered::{Filtered, lax_warning};
use crate::parse::{Block, End, Parser, Tag};
use crate::plugin::{Arguments, Meaning, PluginTag};
use crate::scan;
use crate::syntax::{self, Kind};
use crate::template::{Arm, Body, Branch, Case, Cycle, CycleName, For, NodeKind, Offset, ParseOptions, Plugin, TableRow};

mod jekyll;

pub(crate) use jekyll::is_include_name;

/// Parses a tag with all that belongs to it; `None` when no tag has that name.
pub(crate) fn parse<'a>(parser: &mut Parser<'a>, tag: Tag<'a>) -> Option<Result<NodeKind, Error>> {
    Some(match tag.name {
        "assign" => assign(parser, tag),
        "capture" => capture(parser, tag),
        "comment" => comment(parser),
        "raw" => raw(parser, tag),
        "if" => conditional(parser, tag, &Block::new("if", &["elsif", "else"])),
        "unless" => conditional(parser, tag, &Block::new("unless", &["elsif", "else"])),
        "case" => case(parser, tag),
        "for" => for_loop(parser, tag),
        "tablerow" => table_row(parser, tag),
        "cycle" => cycle(tag),
        "increment" => Ok(NodeKind::Count { name: Arc::from(tag.markup.trim()), down: false }),
        "decrement" => Ok(NodeKind::Count { name: Arc::from(tag.markup.trim()), down: true }),
        "ifchanged" => whole_block(parser, &Block::new("ifchanged", &[])).map(NodeKind::IfChanged),
        "break" => Ok(NodeKind::Break),
        "continue" => Ok(NodeKind::Continue),
        "include" => jekyll::include(tag, false),
        "include_relative" => jekyll::include(tag, true),
        "link" => Ok(jekyll::link(tag)),
        "post_url" => jekyll::post_url(tag),
        "highlight" => jekyll::highlight(parser, tag),
        name => return parser.options.tags.get(name).cloned().map(|plugin_tag| plugin(parser, tag, plugin_tag)),
    })
}

/// Whether a tag of this name goes on to an end tag.
pub(crate) fn is_block(name: &str, options: &ParseOptions) -> bool {
    matches!(name, "capture" | "comment" | "raw" | "if" | "unless" | "case" | "for" | "tablerow" | "ifchanged" | "highlight")
        || options.tags.get(name).is_some_and(|tag| tag.block)
}

/// The content of a block that nothing divides.
fn whole_block(parser: &mut Parser<'_>, block: &Block) -> Result<Body, Error> {
    parser.check_depth()?;
    let mut body = Body::new();
    parser.parse_block(&mut body, block)?;
    Ok(body)
}

fn assign(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    let bytes = tag.markup.as_bytes();
    for equals in memchr::memchr_iter(b'=', bytes) {
        let mut name_end = equals;
        while name_end > 0 && scan::is_space(bytes[name_end - 1]) {
            name_end -= 1;
        }
        let name_start = scan::signature_start(bytes, name_end);
        if name_start == name_end {
            continue;
        }
        let value_start = scan::skip_spaces(tag.markup, equals + 1);
        let value = Filtered::parse(&tag.markup[value_start..], tag.line, &mut parser.warnings);
        parser.warn_of_unknown_filters(&value, tag.line);
        return Ok(NodeKind::Assign { name: Arc::from(&tag.markup[name_start..name_end]), value });
    }
    Err(Error::syntax("`assign` without a name and a value"))
}

fn capture(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    let (from, to) = scan::find_variable_signature(tag.markup).ok_or_else(|| Error::syntax("`capture` without a name"))?;
    let name = Arc::from(&tag.markup[from..to]);
    let body = whole_block(parser, &Block::new("capture", &[]))?;
    Ok(NodeKind::Capture { name, body })
}

fn comment(parser: &mut Parser<'_>) -> Result<NodeKind, Error> {
    let mut block = Block::new("comment", &[]);
    block.ignores_unknown = true;
    let warnings = parser.warnings.len();
    whole_block(parser, &block)?;
    parser.warnings.truncate(warnings);
    Ok(NodeKind::Comment)
}

fn raw(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    if !tag.markup.bytes().all(scan::is_space) {
        return Err(Error::syntax("`raw` takes no arguments"));
    }
    Ok(NodeKind::Raw(parser.take_raw()?.into_boxed_str()))
}

fn conditional(parser: &mut Parser<'_>, tag: Tag<'_>, block: &Block) -> Result<NodeKind, Error> {
    let mut condition = Some(Condition::parse(tag.markup, tag.line, &mut parser.warnings)?);
    parser.check_depth()?;
    let mut branches = Vec::new();
    loop {
        let mut body = Body::new();
        let mut next = None;
        while let End::Divider(divider) = parser.parse_block(&mut body, block)? {
            if divider.name == "else" {
                next = Some(None);
                break;
            }
            match Condition::parse(divider.markup, divider.line, &mut parser.warnings) {
                Ok(condition) => {
                    next = Some(Some(condition));
                    break;
                }
                Err(error) if parser.is_tolerant() => parser.warn(&error, divider.line),
                Err(error) => return Err(error.at(divider.line)),
            }
        }
        branches.push(Branch { condition: condition.take(), body });
        match next {
            Some(following) => condition = following,
            None => break,
        }
    }
    let blank = branches.iter().all(|branch| branch.body.blank);
    Ok(NodeKind::If { negated: tag.name == "unless", branches, blank })
}

fn case(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    let (from, to) = scan::find_fragment(tag.markup, 0).ok_or_else(|| Error::syntax("`case` without a value"))?;
    let value = Expression::parse(&tag.markup[from..to]);
    parser.check_depth()?;
    let block = Block::new("case", &["when", "else"]);
    let mut before = Body::new();
    let mut end = parser.parse_block(&mut before, &block)?;
    let mut arms: Vec<Arm> = Vec::new();
    while let End::Divider(divider) = end {
        let values = match divider.name {
            "when" => when_values(divider.markup).map(Some),
            _ if divider.markup.trim().is_empty() => Ok(None),
            _ => Err(Error::syntax("`else` of `case` takes no arguments")),
        };
        let values = match values {
            Ok(values) => values,
            Err(error) if parser.is_tolerant() => {
                parser.warn(&error, divider.line);
                Some(Vec::new())
            }
            Err(error) => return Err(error.at(divider.line)),
        };
        let mut body = Body::new();
        end = parser.parse_block(&mut body, &block)?;
        arms.push(Arm { values, body });
    }
    let blank = before.blank && arms.iter().all(|arm| arm.body.blank);
    Ok(NodeKind::Case(Box::new(Case { value, arms, blank })))
}

/// The values of `when`, parted by `or` and commas.
fn when_values(markup: &str) -> Result<Vec<Expression>, Error> {
    let mut values = Vec::new();
    let mut rest = markup;
    loop {
        let (from, to) = scan::find_fragment(rest, 0).ok_or_else(|| Error::syntax("`when` without a value"))?;
        values.push(Expression::parse(&rest[from..to]));
        let Some(next) = after_when_separator(rest, to) else { return Ok(values) };
        rest = &rest[next..];
    }
}

/// Where the next value of `when` begins, if a separator and a fragment follow.
fn after_when_separator(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = scan::skip_spaces(text, from);
    let next = if bytes.get(start) == Some(&b',') {
        scan::skip_spaces(text, start + 1)
    } else if start > from && text[start..].starts_with("or") {
        let next = scan::skip_spaces(text, start + 2);
        if next == start + 2 {
            return None;
        }
        next
    } else {
        return None;
    };
    scan::quoted_fragment(text, next).map(|_| next)
}

/// The parts of `for`, as its strict or its lax syntax finds them.
struct Loop<'a> {
    variable: &'a str,
    collection: String,
    reversed: bool,
    attributes: Vec<(&'a str, String)>,
}

fn for_loop(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    let parts = match for_strictly(tag.markup) {
        Ok(parts) => parts,
        Err(error) => {
            let parts = for_laxly(tag.markup).ok_or_else(|| Error::syntax("`for` without `in`"))?;
            parser.warnings.push(lax_warning(&error, tag.markup, tag.line));
            parts
        }
    };
    let mut offset = Offset::None;
    let mut limit = None;
    for (name, value) in &parts.attributes {
        match *name {
            "offset" if value == "continue" => offset = Offset::Continue,
            "offset" => offset = Offset::At(Expression::parse(value)),
            "limit" => limit = Some(Expression::parse(value)),
            _ => {}
        }
    }
    parser.check_depth()?;
    let mut body = Body::new();
    let mut otherwise = None;
    let mut end = parser.parse_block(&mut body, &Block::new("for", &["else"]))?;
    while let End::Divider(_) = end {
        let mut else_body = Body::new();
        end = parser.parse_block(&mut else_body, &Block::new("for", &["else"]))?;
        otherwise = Some(else_body);
    }
    let blank = body.blank && otherwise.as_ref().is_none_or(|body| body.blank);
    Ok(NodeKind::For(Box::new(For {
        variable: Arc::from(parts.variable),
        name: Arc::from(format!("{}-{}", parts.variable, parts.collection)),
        collection: Expression::parse(&parts.collection),
        reversed: parts.reversed,
        offset,
        limit,
        body,
        otherwise,
        blank,
    })))
}

fn for_strictly(markup: &str) -> Result<Loop<'_>, Error> {
    let mut parser = syntax::Parser::new(markup)?;
    let variable = parser.consume(Kind::Id)?;
    if !parser.consume_word("in") {
        return Err(Error::syntax("`for` without `in`"));
    }
    let collection = parser.expression()?;
    let reversed = parser.consume_word("reversed");
    let mut attributes = Vec::new();
    while parser.look(Kind::Id, 0) && parser.look(Kind::Colon, 1) {
        let name = parser.consume(Kind::Id)?;
        if name != "limit" && name != "offset" {
            return Err(Error::syntax(format!("`{name}` is no attribute of `for`")));
        }
        parser.consume(Kind::Colon)?;
        attributes.push((name, parser.expression()?));
    }
    parser.consume(Kind::End)?;
    Ok(Loop { variable, collection, reversed, attributes })
}

fn for_laxly(markup: &str) -> Option<Loop<'_>> {
    let bytes = markup.as_bytes();
    let variable_end = bytes.iter().position(|byte| !scan::is_word(*byte) && *byte != b'-')?;
    let (start, end) = in_collection(markup, variable_end)?;
    if variable_end == 0 {
        return None;
    }
    let rest = scan::skip_spaces(markup, end);
    Some(Loop {
        variable: &markup[..variable_end],
        collection: markup[start..end].to_owned(),
        reversed: markup[rest..].starts_with("reversed"),
        attributes: scan::tag_attributes(markup).into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
    })
}

/// The fragments behind ` in `, when that stands here.
fn in_collection(markup: &str, from: usize) -> Option<(usize, usize)> {
    let word = scan::skip_spaces(markup, from);
    if word == from || !markup[word..].starts_with("in") {
        return None;
    }
    let start = scan::skip_spaces(markup, word + 2);
    if start == word + 2 {
        return None;
    }
    let mut end = scan::quoted_fragment(markup, start)?;
    while let Some(next) = scan::quoted_fragment(markup, end) {
        end = next;
    }
    Some((start, end))
}

fn table_row(parser: &mut Parser<'_>, tag: Tag<'_>) -> Result<NodeKind, Error> {
    let mut found = None;
    let mut place = 0;
    while place < tag.markup.len() {
        let end = scan::skip_word(tag.markup, place);
        if end > place {
            if let Some(collection) = in_collection(tag.markup, end) {
                found = Some((place, end, collection));
                break;
            }
            place = end;
        } else {
            place += 1;
        }
    }
    let Some((from, to, (start, end))) = found else {
        return Err(Error::syntax("`tablerow` without `in`"));
    };
    let attributes = scan::tag_attributes(tag.markup);
    let attribute =
        |wanted: &str| attributes.iter().rev().find(|(name, _)| *name == wanted).map(|(_, value)| Expression::parse(value));
    let body = whole_block(parser, &Block::new("tablerow", &[]))?;
    Ok(NodeKind::TableRow(Box::new(TableRow {
        variable: Arc::from(&tag.markup[from..to]),
        collection: Expression::parse(&tag.markup[start..end]),
        columns: attribute("cols"),
        offset: attribute("offset"),
        limit: attribute("limit"),
        body,
    })))
}

fn cycle(tag: Tag<'_>) -> Result<NodeKind, Error> {
    let markup = tag.markup;
    if scan::quoted_fragment(markup, 0).is_none() {
        return Err(Error::syntax("`cycle` without a value"));
    }
    let named = cycle_name_end(markup).map(|(end, colon)| (&markup[..end], &markup[colon + 1..]));
    let (name, list) = named.map_or((None, markup), |(name, list)| (Some(name), list));
    let values: Vec<Expression> = list
        .split(',')
        .filter_map(|part| scan::find_fragment(part, 0).map(|(from, to)| Expression::parse(&part[from..to])))
        .filter(|value| !matches!(value, Expression::Literal(crate::value::Value::Nil)))
        .collect();
    let name = match name {
        Some(name) => CycleName::Given(Expression::parse(name)),
        None => literals(&values).map_or(CycleName::Own, CycleName::Literals),
    };
    Ok(NodeKind::Cycle(Box::new(Cycle { name, values })))
}

/// Where the fragment that a colon follows ends, and where the colon is.
fn cycle_name_end(markup: &str) -> Option<(usize, usize)> {
    let colon_after = |end: usize| {
        let colon = scan::skip_spaces(markup, end);
        (markup.as_bytes().get(colon) == Some(&b':')).then_some((end, colon))
    };
    let units = scan::fragment_units(markup, 0);
    let first_is_quoted = markup.starts_with(['"', '\'']);
    let quoted = units.first().filter(|_| first_is_quoted).and_then(|end| colon_after(*end));
    quoted.or_else(|| units.iter().rev().find_map(|end| colon_after(*end)))
}

/// A name for values that are all literals.
fn literals(values: &[Expression]) -> Option<Arc<str>> {
    let mut text = String::new();
    for value in values {
        match value {
            Expression::Literal(value) => text.push_str(&crate::display::inspect(value)),
            Expression::Range(_) | Expression::Path(_) => return None,
        }
        text.push(',');
    }
    Some(Arc::from(text))
}

fn plugin(parser: &mut Parser<'_>, tag: Tag<'_>, plugin_tag: PluginTag) -> Result<NodeKind, Error> {
    if matches!(plugin_tag.meaning, Meaning::Include) {
        return jekyll::include(tag, false);
    }
    let body = if plugin_tag.block {
        let mut block = Block::new("", &[]);
        block.plugin = Some(Box::from(tag.name));
        Some(whole_block(parser, &block)?)
    } else {
        None
    };
    Ok(NodeKind::Plugin(Box::new(Plugin {
        name: Box::from(tag.name),
        markup: Box::from(tag.markup.trim()),
        arguments: Arguments::parse(tag.markup),
        tag: plugin_tag,
        body,
    })))
}

/// An error of Jekyll's own tags.
pub(crate) fn tag_argument(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::TagArgument, message)
}
