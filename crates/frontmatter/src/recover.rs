//! What can be read of a broken head, entry by entry.

use std::collections::HashMap;

use postferry_doc::{Text, Value};

use crate::tree::build;
use crate::{Entry, Style};

/// How long the pieces may be, all together, whose anchors other pieces can repeat, in bytes.
const ANCHORS: usize = 4_096;

/// How often a piece may hold other pieces by mistake of its indentation.
const LEVELS: u32 = 3;

/// Reads each entry of a head alone. `line` is the line of the file where the text begins.
///
/// A head is cut at the lines that begin with a key at column 0. A piece that is valid YAML gives its pairs; of one
/// that is not, a mended spelling is tried, at last the text behind the colon as it stands.
pub(crate) fn recover(text: &str, line: u32) -> Vec<Entry> {
    let mut reader = Reader::default();
    reader.read(text, line, 0);
    reader.entries
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    places: HashMap<Text, usize>,
    /// Valid pieces that hold anchors.
    anchors: String,
}

impl Reader {
    fn read(&mut self, text: &str, line: u32, level: u32) {
        for piece in cut(text, line) {
            if let Some(entries) = self.read_alone(piece.text, &piece) {
                if piece.text.contains('&') && self.anchors.len() + piece.text.len() < ANCHORS {
                    self.anchors.push_str(piece.text);
                }
                self.add(entries);
            } else if level < LEVELS
                && let Some((first, rest, rest_line)) = split_indented(&piece)
            {
                self.read(first, piece.line, LEVELS);
                self.read(&rest, rest_line, level + 1);
            } else {
                let mended = mended(piece.text).iter().find_map(|text| self.read_alone(text, &piece));
                let mut entries = mended.unwrap_or_else(|| guess(&piece).into_iter().collect());
                for entry in &mut entries {
                    entry.recovered = true;
                }
                self.add(entries);
            }
        }
    }

    fn add(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            match self.places.get(&entry.key) {
                Some(&at) if entry.recovered && !self.entries[at].recovered => {}
                Some(&at) => self.entries[at] = Entry { raw: String::new(), ..entry },
                None => {
                    self.places.insert(entry.key.clone(), self.entries.len());
                    self.entries.push(entry);
                }
            }
        }
    }

    /// The pairs of a text that is valid YAML and a map; other pieces may define its anchors.
    fn read_alone(&self, text: &str, piece: &Piece) -> Option<Vec<Entry>> {
        let anchors = if text.contains('*') { self.anchors.as_str() } else { "" };
        let tree = build(&format!("---\n{anchors}{text}")).ok()?;
        let Ok(Value::Map(mut map)) = tree.root_value() else { return None };
        if !anchors.is_empty() {
            let own = tree.pairs.iter().filter(|pair| pair.key_start >= anchors.len() + 4);
            let own: Vec<Text> = own.map(|pair| tree.key_name(pair.key)).collect();
            map = own.into_iter().filter_map(|key| map.get(&key).cloned().map(|value| (key, value))).collect();
        }
        let whole = map.len() == 1 && text.len() == piece.text.len();
        let style = tree.pairs.last().map_or(Style::Structure, |pair| pair.style);
        let entry = |(key, value): (&str, &Value)| Entry {
            key: key.into(),
            value: value.clone(),
            raw: if whole { text.to_owned() } else { String::new() },
            value_at: 0..0,
            style,
            line: piece.line,
            recovered: false,
        };
        (!map.is_empty()).then(|| map.iter().map(entry).collect())
    }
}

/// Cuts a piece before an indented line that begins with a key, where the entry has its value already: the
/// indentation is a mistake. Gives the lines before it, those from it on without its indentation, and its line.
fn split_indented<'a>(piece: &Piece<'a>) -> Option<(&'a str, String, u32)> {
    let (first, rest) = piece.text.split_once('\n')?;
    let value = first[key_length(first)?..].trim_start_matches(':').trim();
    if value.is_empty() || value.starts_with(['|', '>', '#', '&', '!']) {
        return None;
    }
    let mut at = first.len() + 1;
    for (count, line) in rest.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if indent > 0 && key_length(&line[indent..]).is_some() {
            let dedent = |line: &'a str| &line[line.bytes().take(indent).take_while(|b| matches!(b, b' ' | b'\t')).count()..];
            let rest = piece.text[at..].split_inclusive('\n').map(dedent).collect();
            return Some((&piece.text[..at], rest, piece.line + 1 + count as u32));
        }
        at += line.len();
    }
    None
}

/// The lines of one entry.
struct Piece<'a> {
    text: &'a str,
    line: u32,
}

/// Cuts a head at its keys. Lines before the first key are left out.
fn cut(text: &str, line: u32) -> Vec<Piece<'_>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for (count, content) in text.split_inclusive('\n').enumerate() {
        if key_length(content).is_some() {
            starts.push((at, line + count as u32));
        }
        at += content.len();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    starts.iter().zip(ends).map(|((start, line), end)| Piece { text: &text[*start..end], line: *line }).collect()
}

/// The length of a line's key, which ends before a colon; none if the line begins no entry.
fn key_length(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if let quote @ ('"' | '\'') = first {
        let end = line[1..].find(quote)? + 2;
        let colon = line[end..].trim_start_matches([' ', '\t']);
        let spaced = colon.strip_prefix(':').is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']) || rest.is_empty());
        return spaced.then_some(end);
    }
    if first.is_whitespace() || "#-[]{}&*!|>%@`,?:".contains(first) {
        return None;
    }
    for (at, _) in line.match_indices(':') {
        let rest = &line[at + 1..];
        if rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']) {
            return Some(at);
        }
        // `title:Foo`, with the space forgotten; not `http://…`.
        let name = &line[..at];
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') && !rest.starts_with('/');
        if is_name && first.is_ascii_alphabetic() {
            return Some(at);
        }
    }
    None
}

/// Other spellings of a piece that may be what its author meant.
fn mended(text: &str) -> Vec<String> {
    let mut texts = Vec::new();
    if text.contains(char::is_control) {
        let clean = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        texts.push(text.chars().filter(clean).collect());
    }
    if text.contains('\t') {
        texts.push(text.replace('\t', "  "));
    }
    let first = text.split_inclusive('\n').next().unwrap_or("");
    if let Some(list) = aligned_list(text) {
        texts.push(list);
    }
    let stray = |line: &&str| line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
    let kept: String =
        text.split_inclusive('\n').enumerate().filter(|(at, line)| *at == 0 || stray(line)).map(|(_, l)| l).collect();
    if kept.len() < text.len() {
        texts.push(kept);
    }
    let line = first.trim_end();
    if let Some(at) = key_length(line) {
        let value = line[at + 1..].trim_start_matches(':').trim();
        if value.starts_with('[') && !value.ends_with(']') {
            texts.push(format!("{line}]\n"));
        }
        if !line[at..].starts_with(": ") && !value.is_empty() {
            texts.push(format!("{}: {value}\n", &line[..at]));
        }
    }
    texts
}

/// A list whose items stand at different columns, with all items at one.
fn aligned_list(text: &str) -> Option<String> {
    let (first, rest) = text.split_once('\n')?;
    let mut out = format!("{first}\n");
    for line in rest.lines() {
        let content = line.trim();
        if content.is_empty() {
            continue;
        }
        if !content.starts_with("- ") {
            return None;
        }
        let item = format!("- {}\n", content[2..].trim());
        if build(&item).is_ok_and(|tree| tree.root_value().is_ok()) {
            out.push_str(&item);
        } else {
            out.push_str("- ");
            out.push_str(&crate::yaml::quoted(unquoted(content[2..].trim())));
            out.push('\n');
        }
    }
    Some(out)
}

/// The text behind the key's colon as it stands: the last resort.
fn guess(piece: &Piece) -> Option<Entry> {
    let (first, rest) = piece.text.split_once('\n').unwrap_or((piece.text, ""));
    let at = key_length(first)?;
    let key = unquoted(first[..at].trim());
    let after = first[at..].trim_start_matches([' ', '\t']);
    let mut value = after.strip_prefix(':').unwrap_or(after).trim().to_owned();
    for line in rest.lines().take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(line.trim());
    }
    let clean: String = value.chars().filter(|c| !c.is_control()).collect();
    let value = unquoted(clean.trim());
    Some(Entry {
        key: Text::from(key),
        value: Value::from(value),
        raw: String::new(),
        value_at: 0..0,
        style: Style::Plain,
        line: piece.line,
        recovered: true,
    })
}

/// A text without the quotes around it; a quote that only opens or only closes goes too.
fn unquoted(text: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.strip_suffix(quote).unwrap_or(inner);
        }
    }
    text
}
