//! Abbreviations in finished text.

use crate::chars::{char_start, is_space, is_word};
use crate::parser::Parser;
use crate::{ContentModel, Element, Kind, Span};

/// The names of abbreviations by their first byte, longest first.
struct Names {
    by_first: Vec<Vec<(String, u32)>>,
}

/// How many bytes may be compared for each byte of the text.
const MAX_COMPARED: usize = 64;

/// Marks every abbreviation in the texts below an element.
pub(crate) fn replace_abbreviations(parser: &mut Parser, element: &mut Element) {
    if parser.abbreviation_names.is_empty() {
        return;
    }
    let mut by_first = vec![Vec::new(); 256];
    for (name, number) in &parser.abbreviation_names {
        by_first[usize::from(name.as_bytes()[0])].push((name.clone(), *number));
    }
    for names in &mut by_first {
        names.sort_by(|a, b| {
            let (left, right) = (a.0.chars().count(), b.0.chars().count());
            right.cmp(&left).then_with(|| a.1.cmp(&b.1))
        });
    }
    let names = Names { by_first };
    let mut budget = parser.pool.len() * MAX_COMPARED + (1 << 16);
    names.replace(parser, element, &mut budget);
}

impl Names {
    fn replace(&self, parser: &Parser, element: &mut Element, budget: &mut usize) {
        let is_raw = matches!(element.kind, Kind::HtmlElement { model: ContentModel::Raw, .. });
        let mut children = Vec::with_capacity(element.children.len());
        for mut child in std::mem::take(&mut element.children) {
            if let Kind::Text(span) = child.kind {
                if is_raw {
                    children.push(child);
                } else {
                    self.split(parser, span, child.line, &mut children, budget);
                }
            } else {
                self.replace(parser, &mut child, budget);
                children.push(child);
            }
        }
        element.children = children;
    }

    /// Splits a text at its abbreviations.
    ///
    /// A name is looked for as a word of its own, but what is then taken is the longest name that begins there, or with the
    /// character before, word or not.
    fn split(&self, parser: &Parser, span: Span, line: u32, out: &mut Vec<Element>, budget: &mut usize) {
        let text = &parser.pool.as_bytes()[..span.end as usize];
        let v25 = parser.v25;
        let mut start = span.start as usize;
        let mut pos = start;
        // Where the text is looked at from: a beginning of a line, for kramdown.
        let mut from = start;
        while pos < text.len() && *budget > 0 {
            *budget -= 1;
            let boundary = pos == from || text[pos - 1] == b'\n' || !is_word(text[pos - 1]);
            if boundary && self.find(text, pos, v25, true, budget).is_some() {
                let before = if pos > from { char_start(text, pos) } else { pos };
                let found = [before, pos].into_iter().find_map(|at| Some((at, self.find(text, at, v25, false, budget)?)));
                let Some((at, (end, number))) = found else {
                    break;
                };
                push_text(out, start, at, line);
                out.push(Element::new(Kind::Abbreviation { definition: number, text: Span::new(at, end) }, line));
                start = end;
                pos = end;
                from = end;
            } else {
                pos += 1;
            }
        }
        push_text(out, start, text.len(), line);
    }

    /// The longest abbreviation at a position, which may have to be a `word` that ends there: its end, and its number.
    fn find(&self, text: &[u8], pos: usize, v25: bool, word: bool, budget: &mut usize) -> Option<(usize, u32)> {
        for (name, number) in &self.by_first[usize::from(text[pos])] {
            if *budget == 0 {
                return None;
            }
            let end = matches(text, pos, name.as_bytes(), v25, budget);
            if let Some(end) = end
                && (!word || text.get(end).is_none_or(|&byte| !is_word(byte)))
            {
                return Some((end, *number));
            }
        }
        None
    }
}

/// The end of a name at a position; since 2.5 a space in it stands for any white space.
fn matches(text: &[u8], pos: usize, name: &[u8], v25: bool, budget: &mut usize) -> Option<usize> {
    let mut at = pos;
    for &byte in name {
        *budget = budget.saturating_sub(1);
        let found = *text.get(at)?;
        if v25 && byte == b' ' && is_space(found) {
            while text.get(at).copied().is_some_and(is_space) {
                at += 1;
            }
            continue;
        }
        if found != byte {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn push_text(out: &mut Vec<Element>, start: usize, end: usize, line: u32) {
    if start < end {
        out.push(Element::new(Kind::Text(Span::new(start, end)), line));
    }
}
