//! Headings, with `#` before or a line below.

use crate::chars;
use crate::parser::Parser;
use crate::scan::lines;
use crate::{Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_atx_heading(&mut self, tree: &mut Element) -> bool {
        let pos = self.src.pos;
        let quirk = self.paragraph_end;
        if !quirk && !self.after_boundary(tree) {
            return false;
        }
        let text = self.text();
        let Some((level, start)) = lines::atx_start(text, pos, self.gfm) else {
            return false;
        };
        let mut end = lines::line_end(text, start);
        if !self.gfm && text.get(start) == Some(&b'\n') {
            // kramdown's expression lets a heading without text take the next line.
            if end >= text.len() {
                return false;
            }
            end = lines::line_end(text, end);
        }
        let ((from, mut to), id) = self.heading_contents((start, end));
        let contents = self.str((from, to));
        let marks = contents.len() - contents.trim_end_matches('#').len();
        let before = contents[..contents.len() - marks].chars().next_back();
        let strip = if quirk { marks > 0 && matches!(before, Some(' ' | '\t')) } else { marks > 0 };
        if strip {
            // A number sign after a backslash stays when only the others are taken away.
            let kept = usize::from(!quirk && before == Some('\\'));
            if kept < marks {
                to = from + chars::rstrip(&contents[..contents.len() - marks + kept]).len();
            }
        }
        if from == to {
            return false;
        }
        self.add_heading(tree, level, (from, to), id, end);
        true
    }

    pub(crate) fn parse_setext_heading(&mut self, tree: &mut Element, at: usize) -> bool {
        let text = self.text();
        let end = lines::line_end(text, at);
        let Some(&mark) = text.get(end) else {
            return false;
        };
        if mark != b'-' && mark != b'=' || text[at] == b'\t' {
            return false;
        }
        let mut under = end;
        while matches!(text.get(under), Some(b'-' | b'=')) {
            under += 1;
        }
        while matches!(text.get(under), Some(b' ' | b'\t' | b'\r' | 0x0b | 0x0c)) {
            under += 1;
        }
        if text.get(under) != Some(&b'\n') || !self.after_boundary(tree) {
            return false;
        }
        let (contents, id) = self.heading_contents((at, end));
        if contents.0 == contents.1 {
            return false;
        }
        let level = if mark == b'-' { 2 } else { 1 };
        self.add_heading(tree, level, contents, id, under + 1);
        true
    }

    /// A heading's text without white space at its end and without its id, and the id.
    fn heading_contents(&self, range: (usize, usize)) -> ((usize, usize), Option<String>) {
        let contents = chars::rstrip(self.str(range));
        let to = range.0 + contents.len();
        if let Some(inner) = contents.strip_suffix('}')
            && let Some(open) = inner.rfind("{#")
            && matches!(inner[..open].chars().next_back(), Some(' ' | '\t'))
            && is_xml_name(&inner[open + 2..])
        {
            let text = chars::rstrip(&contents[..open - 1]);
            return ((range.0, range.0 + text.len()), Some(inner[open + 2..].to_owned()));
        }
        ((range.0, to), None)
    }

    fn add_heading(&mut self, tree: &mut Element, level: u8, text: (usize, usize), id: Option<String>, end: usize) {
        let line = self.line_at(self.src.pos);
        self.src.pos = end;
        let raw_text = self.str(text).to_owned();
        let mut heading = Element::new(Kind::Header { level, raw_text }, line);
        heading.children.push(Element::new(Kind::Unparsed(Span::new(text.0, text.1)), line));
        if let Some(id) = id {
            heading.attr.set("id", id);
        }
        self.add_block(tree, heading);
    }
}

/// Whether a text is a name as XML defines it.
fn is_xml_name(text: &str) -> bool {
    let start = |c: char| {
        matches!(c, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
            | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}')
    };
    let mut chars = text.chars();
    chars.next().is_some_and(start)
        && chars
            .all(|c| start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}'))
}
