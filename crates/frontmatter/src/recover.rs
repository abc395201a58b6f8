//! What can be read of a broken head, entry by entry.

use std::collections::HashMap;

use postferry_doc::{Text, Value};

use crate::tree::build;
use crate::{Entry, Style};

/// Reads each entry of a head alone. `line` is the line of the file where the text begins.
///
/// A head is cut at the lines that begin with a key at column 0. A piece that is valid YAML gives its pairs; of one
/// that is not, the first line or a mended spelling is tried, at last the text behind the colon as it stands.
pub(crate) fn recover(text: &str, line: u32) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: HashMap<Text, usize> = HashMap::new();
    for piece in cut(text, line) {
        for entry in read_piece(&piece) {
            match places.get(&entry.key) {
                Some(&at) if entry.recovered && !entries[at].recovered => {}
                Some(&at) => entries[at] = Entry { raw: String::new(), ..entry },
                None => {
                    places.insert(entry.key.clone(), entries.len());
                    entries.push(entry);
                }
            }
        }
    }
    entries
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

fn read_piece(piece: &Piece) -> Vec<Entry> {
    if let Some(entries) = read_alone(piece.text, piece) {
        return entries;
    }
    let marked = |mut entries: Vec<Entry>| {
        for entry in &mut entries {
            entry.recovered = true;
        }
        entries
    };
    mended(piece.text).iter().find_map(|text| read_alone(text, piece)).map_or_else(|| guess(piece).into_iter().collect(), marked)
}

/// The pairs of a text that is valid YAML and a map.
fn read_alone(text: &str, piece: &Piece) -> Option<Vec<Entry>> {
    let tree = build(&format!("---\n{text}")).ok()?;
    let Ok(Value::Map(map)) = tree.root_value() else { return None };
    let whole = map.len() == 1 && text.len() == piece.text.len();
    let style = tree.pairs.first().map_or(Style::Structure, |pair| pair.style);
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
            let text = crate::yaml::quoted(unquoted(content[2..].trim()));
            out.push_str(&format!("- {text}\n"));
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
