//! Definitions of links and abbreviations.

use crate::chars;
use crate::parser::{LinkTarget, Parser};
use crate::scan::lines;
use crate::scan::memo::{find, find_byte};
use crate::tree::Abbreviation;
use crate::{Attr, Element, Mark};

impl Parser {
    pub(crate) fn parse_link_definition(&mut self, tree: &mut Element, at: usize) -> bool {
        let text = self.text();
        let Some(definition) = link_definition(text, at) else {
            return false;
        };
        let url = self.str(definition.url);
        if !definition.bracketed && has_title_in(url) {
            return false;
        }
        let line = self.line_at(self.src.pos);
        let id = self.str(definition.id).to_owned();
        let target = LinkTarget {
            url: self.str(definition.url).to_owned(),
            title: definition.title.map(|title| self.str(title).to_owned()),
            number: Some(self.link_ials.len() as u32),
        };
        self.src.pos = definition.end;
        self.link_ials.push(None);
        let normalized = normalize_id(&id);
        if self.link_defs.contains_key(&normalized) {
            self.warn(line, format!("Duplicate link ID '{normalized}' on line {line} - overwriting"));
        }
        let number = self.link_ials.len() as u32 - 1;
        self.define_link(&id, target);
        self.add_mark(tree, Mark::Link(number));
        true
    }

    pub(crate) fn define_link(&mut self, id: &str, target: LinkTarget) {
        let id = normalize_id(id);
        self.longest_link_id = self.longest_link_id.max(id.len());
        self.link_defs.insert(id, target);
    }

    pub(crate) fn parse_abbreviation_definition(&mut self, tree: &mut Element, at: usize) -> bool {
        let text = self.text();
        if text.get(at + 1) != Some(&b'[') {
            return false;
        }
        let end = lines::line_end(text, at);
        let Some(close) = find(&text[..end], b"]:", at + 3) else {
            return false;
        };
        let name = self.str((at + 2, close)).to_owned();
        let title = chars::strip(self.str((close + 2, end))).to_owned();
        let line = self.line_at(self.src.pos);
        self.src.pos = end;
        let key = if self.v25 { squeeze(&name) } else { name.clone() };
        if self.abbreviation_names.contains_key(&key) {
            self.warn(line, format!("Duplicate abbreviation ID '{name}' on line {line} - overwriting"));
        }
        let number = self.abbreviations.len() as u32;
        self.abbreviations.push(Abbreviation { title, attr: Attr::default(), ial: None });
        self.abbreviation_names.insert(key, number);
        self.add_mark(tree, Mark::Abbreviation(number));
        true
    }
}

/// White space runs as one space each, in lower case.
pub(crate) fn normalize_id(id: &str) -> String {
    chars::downcase(&squeeze(id))
}

/// White space runs as one space each.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_space = false;
    for c in text.chars() {
        let space = c.is_ascii() && chars::is_space(c as u8);
        if !space {
            out.push(c);
        } else if !in_space {
            out.push(' ');
        }
        in_space = space;
    }
    out
}

/// Whether white space and a quote follow each other.
fn has_title_in(url: &str) -> bool {
    url.as_bytes().windows(2).any(|pair| matches!(pair[0], b' ' | b'\t') && matches!(pair[1], b'"' | b'\''))
}

struct LinkDefinition {
    id: (usize, usize),
    url: (usize, usize),
    title: Option<(usize, usize)>,
    bracketed: bool,
    end: usize,
}

fn link_definition(text: &[u8], at: usize) -> Option<LinkDefinition> {
    let line_end = lines::line_end(text, at);
    let close = find_byte(&text[..line_end], b']', at + 1)?;
    if close == at + 1 || text.get(close + 1) != Some(&b':') {
        return None;
    }
    let id = (at + 1, close);
    let start = lines::skip_blanks(text, close + 2);
    if text.get(start) == Some(&b'<') {
        let mut pos = start + 1;
        while let Some(angle) = find_byte(&text[..line_end], b'>', pos) {
            let found = title_on_line(text, angle + 1, angle + 1, line_end)
                .filter(|(_, _, from)| *from == angle + 1)
                .map(|(title, end, _)| (Some(title), end))
                .or_else(|| after_url(text, angle + 1));
            if let Some((title, end)) = found {
                return Some(LinkDefinition { id, url: (start + 1, angle), title, bracketed: true, end });
            }
            pos = angle + 1;
        }
    }
    if text[start..line_end].iter().all(|&byte| chars::is_space(byte)) {
        return None;
    }
    let first = (start..line_end).find(|&pos| !chars::is_space(text[pos]))? + 1;
    let plain = |url_end: usize, title, end| Some(LinkDefinition { id, url: (start, url_end), title, bracketed: false, end });
    if let Some((title, end, from)) = title_on_line(text, first, line_end, line_end) {
        return plain(from, Some(title), end);
    }
    let mut url_end = line_end;
    while url_end > first && matches!(text[url_end - 1], b'\n' | b' ' | b'\t') {
        url_end -= 1;
    }
    let (title, end) = after_url(text, url_end)?;
    plain(url_end, title, end)
}

/// A title at the end of a line: its range, the end of the line, and the position of the white space before it.
///
/// The white space begins between `from` and `to`.
fn title_on_line(text: &[u8], from: usize, to: usize, line_end: usize) -> Option<((usize, usize), usize, usize)> {
    if text.get(line_end.wrapping_sub(1)) != Some(&b'\n') {
        return None;
    }
    let mut last = line_end - 1;
    while last > from && matches!(text[last - 1], b' ' | b'\t') {
        last -= 1;
    }
    let last = last.checked_sub(1)?;
    let quote = *text.get(last)?;
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    let mut pos = from;
    while pos <= to && pos < last {
        if matches!(text[pos], b' ' | b'\t') {
            let open = lines::skip_blanks(text, pos);
            if text[open] == quote && open + 1 < last {
                return Some(((open + 1, last), line_end, pos));
            }
            pos = open;
        } else {
            pos += 1;
        }
    }
    None
}

/// What follows a link's target to the end of the line, with the title that may be on the next line.
fn after_url(text: &[u8], pos: usize) -> Option<(Option<(usize, usize)>, usize)> {
    let newline = lines::skip_blanks(text, pos);
    if text.get(newline) != Some(&b'\n') {
        return None;
    }
    let next = newline + 1;
    let open = lines::skip_blanks(text, next);
    let line_end = lines::line_end(text, next);
    if let Some(&quote @ (b'"' | b'\'')) = text.get(open)
        && text[line_end - 1] == b'\n'
    {
        let mut last = line_end - 1;
        while last > open && matches!(text[last - 1], b' ' | b'\t') {
            last -= 1;
        }
        if last > open + 2 && text[last - 1] == quote {
            return Some((Some((open + 1, last - 1)), line_end));
        }
    }
    Some((None, next))
}
