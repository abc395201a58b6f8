//! A head and its entries.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use postferry_doc::{Diagnostic, Limits, Map, Text, Value};

use crate::recover::recover;
use crate::tree::{Pair, Tree, build};
use crate::{Style, YamlError};

/// What to make of a head that is not valid YAML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// Each entry is read alone, and what can be read is kept; default.
    #[default]
    Recover,
    /// All of it is thrown away, with a warning.
    Jekyll,
    /// All of it is thrown away, with an error: the post fails.
    Strict,
}

/// A head that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The entries in their order; of a key that comes twice the last value, at the first place.
    pub entries: Vec<Entry>,
    /// The lines that belong to no entry: comments and blank lines after the last one, or all lines of a head whose
    /// entries do not stand on lines of their own.
    pub rest: String,
    /// What became of it.
    pub status: Status,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// There is nothing in it.
    Empty,
    /// It is a map.
    Parsed,
    /// It is not valid YAML; the entries are those that could be read.
    Recovered,
    /// It is not valid YAML: the reason and the line of the file.
    Invalid {
        /// The reason.
        message: String,
        /// The line, counted from 1 in the file.
        line: u32,
    },
    /// It is a list or a single value.
    NotAMap,
}

/// A pair of the top level of a head.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key; one that is not a text as Ruby writes it.
    pub key: Text,
    /// The value, as SafeYAML resolves it.
    pub value: Value,
    /// The entry's own lines, exactly, with the comments above it; empty where it does not stand on lines of its own.
    pub raw: String,
    /// Where the value stands in `raw`, in bytes; empty where that is not known.
    pub value_at: Range<usize>,
    /// How the value is written.
    pub style: Style,
    /// The line of the key, counted from 1 in the file.
    pub line: u32,
    /// Whether the value is a guess from a broken head.
    pub recovered: bool,
}

impl Head {
    /// The entries as a map.
    pub fn data(&self) -> Map {
        let mut map = Map::new();
        for entry in &self.entries {
            map.push(entry.key.clone(), entry.value.clone());
        }
        map
    }
}

/// Reads a head as SafeYAML 1.0.5 does. A head over a limit has an error among its diagnostics, in every mode. `head` is what [`split`](crate::split) gives, with or without its `---` line;
/// `first_line` is the line of the file where it begins.
///
/// ```
/// use postferry_doc::Value;
/// use postferry_frontmatter::{Mode, Status, read};
///
/// let head = read("---\nid: 0012\ntitle: Foo: bar\n", Mode::Recover, 1);
/// assert_eq!(head.status, Status::Recovered);
/// assert_eq!(head.data().get("title"), Some(&Value::from("Foo: bar")));
/// assert_eq!(head.data().get("id"), Some(&Value::Int(10)));
/// ```
pub fn read(head: &str, mode: Mode, first_line: u32) -> Head {
    let limit = Limits::default().head_bytes;
    if head.len() > limit {
        let message = format!("the head is larger than {limit} bytes");
        let diagnostic = Diagnostic::error("limit/bytes", message.clone()).at_line(first_line);
        return without_entries(head, Status::Invalid { message, line: first_line }, Some(diagnostic));
    }
    let text = Document::new(head, first_line);
    let error = match text.read_all() {
        Ok(found) => return found,
        Err(error) => error,
    };
    let line = text.line_in_file(error.line);
    let snippet = head.lines().nth((line - first_line) as usize).unwrap_or("");
    let status = Status::Invalid { message: error.message.clone(), line };
    if error.is_limit() {
        let message = format!("the head asks for too much: {}", error.message);
        let diagnostic = Diagnostic::error("limit/yaml", message).at_line(line).snippet(snippet);
        return without_entries(head, status, Some(diagnostic));
    }
    if mode == Mode::Recover {
        let entries = recover(text.body(), text.line_in_file(2));
        if !entries.is_empty() {
            let message =
                format!("the head is not valid YAML ({}): {} of its entries were recovered", error.message, entries.len());
            let diagnostic = Diagnostic::warning("yaml/recovered", message)
                .at_line(line)
                .snippet(snippet)
                .help("correct this line; Jekyll throws all of the head away");
            return Head { entries, rest: String::new(), status: Status::Recovered, diagnostics: vec![diagnostic] };
        }
    }
    let message = format!("the head is not valid YAML: {}", error.message);
    let diagnostic = match mode {
        Mode::Recover | Mode::Jekyll => Diagnostic::warning("yaml/invalid", message),
        Mode::Strict => Diagnostic::error("yaml/invalid", message),
    };
    without_entries(head, status, Some(diagnostic.at_line(line).snippet(snippet)))
}

fn without_entries(head: &str, status: Status, diagnostic: Option<Diagnostic>) -> Head {
    Head { entries: Vec::new(), rest: head.to_owned(), status, diagnostics: diagnostic.into_iter().collect() }
}

/// The text that the YAML parser gets: a head with its `---` line.
pub(crate) struct Document<'a> {
    text: Cow<'a, str>,
    /// How many lines of the text stand before the head.
    added: u32,
    first_line: u32,
}

impl<'a> Document<'a> {
    pub(crate) fn new(head: &'a str, first_line: u32) -> Self {
        if head.starts_with("---") {
            return Self { text: Cow::Borrowed(head), added: 0, first_line };
        }
        Self { text: Cow::Owned(format!("---\n{head}")), added: 1, first_line }
    }

    /// The line of the file of a line of the text.
    fn line_in_file(&self, line: u32) -> u32 {
        (line + self.first_line).saturating_sub(1 + self.added).max(self.first_line)
    }

    /// The text after its `---` line.
    fn body(&self) -> &str {
        self.text.split_once('\n').map_or("", |(_, body)| body)
    }

    /// Reads the whole as Jekyll does.
    pub(crate) fn read_all(&self) -> Result<Head, YamlError> {
        let tree = build(&self.text)?;
        let value = tree.root_value().map_err(|message| YamlError::new(message, 1))?;
        let map = match value {
            Value::Map(map) => map,
            Value::Null | Value::Bool(false) => return Ok(without_entries(self.body(), Status::Empty, None)),
            _ => {
                let diagnostic = Diagnostic::warning("yaml/not-a-map", "the head is a list or a single value");
                let diagnostic = diagnostic.at_line(self.first_line).snippet(self.body());
                return Ok(without_entries(self.body(), Status::NotAMap, Some(diagnostic)));
            }
        };
        let pieces = Pieces::cut(&self.text, &tree);
        let mut places: HashMap<Text, Option<usize>> = HashMap::with_capacity(tree.pairs.len());
        for (at, pair) in tree.pairs.iter().enumerate() {
            let name = tree.key_name(pair.key);
            // A key that comes twice has no lines of its own.
            places.entry(name).and_modify(|place| *place = None).or_insert(Some(at));
        }
        let mut entries = Vec::with_capacity(map.len());
        for (key, value) in map.iter() {
            let place = places.get(key).copied().flatten();
            entries.push(Entry {
                key: key.into(),
                value: value.clone(),
                raw: place.map_or_else(String::new, |at| pieces.raw(&self.text, at).to_owned()),
                value_at: place.map_or(0..0, |at| pieces.value_at(&tree.pairs[at], at)),
                style: place.map_or(Style::Structure, |at| tree.pairs[at].style),
                line: place.map_or(self.first_line, |at| self.line_in_file(pieces.lines[at])),
                recovered: false,
            });
        }
        Ok(Head { entries, rest: pieces.rest(&self.text).to_owned(), status: Status::Parsed, diagnostics: Vec::new() })
    }
}

/// Where the lines of each pair of the top level begin and end.
struct Pieces {
    /// The bytes where each piece begins, then where the last one ends; empty if pairs share lines.
    bounds: Vec<usize>,
    /// The line of each key, counted from 1 in the text.
    lines: Vec<u32>,
}

impl Pieces {
    fn cut(text: &str, tree: &Tree) -> Self {
        let mut bounds = Vec::with_capacity(tree.pairs.len() + 1);
        let mut lines = Vec::with_capacity(tree.pairs.len());
        let mut apart = !tree.flow;
        let mut line = 1;
        let mut counted = 0;
        let mut previous_end = text.find('\n').map_or(text.len(), |at| at + 1);
        for (at, pair) in tree.pairs.iter().enumerate() {
            line += text[counted..pair.key_start.max(counted)].matches('\n').count() as u32;
            counted = pair.key_start.max(counted);
            lines.push(line);
            if !apart {
                continue;
            }
            let start = line_start(text, pair.key_start);
            apart &= start >= previous_end;
            let begin = if at == 0 { previous_end } else { with_comments_above(text, previous_end.min(start), start) };
            bounds.push(begin);
            previous_end = line_end(text, pair.value_end).max(start);
        }
        bounds.push(previous_end);
        if !apart || !bounds.is_sorted() {
            bounds.clear();
        }
        Self { bounds, lines }
    }

    fn raw<'a>(&self, text: &'a str, at: usize) -> &'a str {
        self.bounds.get(at..at + 2).map_or("", |range| &text[range[0]..range[1]])
    }

    /// Where a pair's value stands in its piece.
    fn value_at(&self, pair: &Pair, at: usize) -> Range<usize> {
        self.bounds.get(at..at + 2).map_or(0..0, |range| pair.value_start - range[0]..pair.value_end - range[0])
    }

    fn rest<'a>(&self, text: &'a str) -> &'a str {
        self.bounds.last().map_or("", |end| &text[*end..])
    }
}

/// The start of the line in which a byte stands.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line in which something ends, with its line feed; a thing that ends at the start of a line ends
/// before it.
fn line_end(text: &str, at: usize) -> usize {
    if at > 0 && text.as_bytes().get(at - 1) == Some(&b'\n') {
        return at;
    }
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The start of the lines from `from` to `start` that are comments, up from `start`: they belong to the entry below.
fn with_comments_above(text: &str, from: usize, start: usize) -> usize {
    let mut begin = start;
    while begin > from {
        let above = line_start(text, begin - 1);
        if above < from || !text[above..].starts_with('#') {
            break;
        }
        begin = above;
    }
    begin
}
