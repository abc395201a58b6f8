//! The author's text: cut into the lines of blocks and what stands between them.

use std::collections::HashSet;

use postferry_doc::Origin;

/// What a document was read from: a text of Markdown, and which of its lines gave which blocks.
#[derive(Clone, Copy, Debug)]
pub struct SourceText<'a> {
    /// The text.
    pub text: &'a str,
    /// The lines of the document's blocks, counted in `text`.
    pub origins: &'a [Origin],
}

/// The body's text with what lies between the origins.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    text: &'a str,
    pub origins: &'a [Origin],
    starts: Vec<usize>,
    /// For each origin the line after its last.
    ends: Vec<u32>,
    /// What stands before each origin; the last is what stands after all.
    gaps: Vec<Vec<Gap<'a>>>,
    strip_lists: bool,
}

/// Lines between blocks that matter though they show nothing where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap<'a> {
    /// Targets of links.
    Definition(&'a str),
    /// A note.
    Note { label: &'a str, text: &'a str },
}

impl<'a> Source<'a> {
    /// Cuts a text. `strip_lists` leaves kramdown's attribute lists out, for dialects that would show them.
    pub fn new(SourceText { text, origins }: SourceText<'a>, strip_lists: bool) -> Self {
        let mut starts = vec![0];
        // A lone carriage return ends a line as well, for kramdown and CommonMark both.
        let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
        let bytes = text.as_bytes();
        starts.extend(ends.map(|at| at + 1).filter(|start| bytes[start - 1] == b'\n' || bytes.get(*start) != Some(&b'\n')));
        let mut source = Self {
            text,
            origins,
            starts,
            ends: Vec::with_capacity(origins.len()),
            gaps: Vec::with_capacity(origins.len() + 1),
            strip_lists,
        };
        let last_line = source.starts.len() as u32 + 1;
        let mut line = 1;
        for (n, origin) in origins.iter().enumerate() {
            let gap = if origin.first_line > line { source.cut_gap(line, origin.first_line) } else { Vec::new() };
            source.gaps.push(gap);
            let limit = origins.get(n + 1).map_or(last_line, |next| next.first_line);
            let end = source.end_of(origin, limit);
            source.ends.push(end);
            line = line.max(end);
        }
        let gap = source.cut_gap(line, last_line);
        source.gaps.push(gap);
        source
    }

    /// The line after the last one of an origin: what stands before the next belongs to it, but for blank lines,
    /// definitions and attribute lists at the end.
    fn end_of(&self, origin: &Origin, limit: u32) -> u32 {
        let stated = (origin.first_line + origin.lines).min(limit.max(origin.first_line));
        let mut end = stated;
        let mut line = stated;
        let mut in_note = false;
        while line < limit {
            let text = self.line(line);
            line += 1;
            let indented = text.starts_with([' ', '\t']);
            if text.trim().is_empty() || in_note && indented {
                continue;
            }
            let definition = definition_label(text);
            in_note = definition.is_some_and(|(_, note)| note);
            if !self.strip_lists && is_attribute_list(text) && end + 1 == line {
                end = line;
            }
            if definition.is_none() && !text.starts_with("*[") && !text.starts_with("{:") && text.trim() != "^" {
                end = line;
            }
        }
        end
    }

    /// What stands before the origin of that number.
    pub fn gaps(&self, origin: usize) -> &[Gap<'a>] {
        self.gaps.get(origin).map_or(&[], Vec::as_slice)
    }

    /// The highest number among the labels of the definitions.
    pub fn highest_label(&self) -> usize {
        let number = |gap: &Gap<'_>| match gap {
            Gap::Definition(text) => definition_label(text).and_then(|(label, _)| label.parse().ok()),
            Gap::Note { .. } => None,
        };
        self.gaps.iter().flatten().filter_map(number).filter(|n| *n < 1_000_000).max().unwrap_or(0)
    }

    /// Leaves out definitions that the dialect takes for text; `shown` has where they begin in memory.
    pub fn drop_definitions(&mut self, shown: &HashSet<*const u8>) {
        for gaps in &mut self.gaps {
            gaps.retain(|gap| !matches!(gap, Gap::Definition(text) if shown.contains(&text.as_ptr())));
        }
    }

    /// The lines of the origin of that number, without blank lines around and, where they would show, attribute lists.
    pub fn lines(&self, number: usize, origin: &Origin) -> &'a str {
        let mut first = origin.first_line;
        let mut last = self.ends.get(number).copied().unwrap_or(first);
        let drops = |line: &str| line.trim().is_empty() || self.strip_lists && is_attribute_list(line);
        while first < last && drops(self.line(first)) {
            first += 1;
        }
        while last > first && drops(self.line(last - 1)) {
            last -= 1;
        }
        let start = self.start_of(first);
        let end = self.start_of(last).max(start);
        let text = &self.text[start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text)
    }

    /// The text between two slices of the source, if it is blank.
    pub fn blank_between(&self, before: &str, after: &str) -> Option<&'a str> {
        let base = self.text.as_ptr() as usize;
        let start = (before.as_ptr() as usize).checked_sub(base)? + before.len();
        let end = (after.as_ptr() as usize).checked_sub(base)?;
        let gap = self.text.get(start..end)?;
        (gap.contains('\n') && gap.trim().is_empty()).then_some(gap)
    }

    fn start_of(&self, line: u32) -> usize {
        (line as usize).checked_sub(1).and_then(|n| self.starts.get(n)).copied().unwrap_or(self.text.len())
    }

    fn line(&self, line: u32) -> &'a str {
        self.text[self.start_of(line)..self.start_of(line + 1)].trim_end_matches(['\n', '\r'])
    }

    fn cut_gap(&self, first: u32, end: u32) -> Vec<Gap<'a>> {
        let mut gaps = Vec::new();
        let mut line = first;
        while line < end {
            let text = self.line(line);
            let start = line;
            line += 1;
            let Some((label, note)) = definition_label(text) else { continue };
            if note {
                while line < end && (self.line(line).starts_with([' ', '\t']) || self.line(line).trim().is_empty()) {
                    line += 1;
                }
            } else if line < end
                && self.line(line).starts_with([' ', '\t'])
                && self.line(line).trim_start().starts_with(['"', '\'', '('])
            {
                line += 1;
            }
            let text = self.text[self.start_of(start)..self.start_of(line)].trim_end();
            gaps.push(if note { Gap::Note { label, text } } else { Gap::Definition(text) });
        }
        gaps
    }
}

/// The label of a line that defines a link's target, or a note.
fn definition_label(line: &str) -> Option<(&str, bool)> {
    let rest = line.trim_start_matches(' ');
    if line.len() - rest.len() > 3 {
        return None;
    }
    let rest = rest.strip_prefix('[')?;
    let end = rest.find(']')?;
    if !rest[end + 1..].starts_with(':') {
        return None;
    }
    match rest[..end].strip_prefix('^') {
        Some(label) => Some((label, true)),
        None => Some((&rest[..end], false)),
    }
}

/// A line that is an attribute list and nothing else.
fn is_attribute_list(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{:") && line.ends_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(first_line: u32, lines: u32) -> Origin {
        Origin { first_block: 0, blocks: 1, first_line, lines }
    }

    #[test]
    fn lines_and_gaps_are_cut() {
        let text = "a\nb\n{: .c}\n\n[x]: /u\n[^1]: note\n    more\n\nd\n";
        let origins = [origin(1, 3), origin(9, 1)];
        let source = Source::new(SourceText { text, origins: &origins }, true);
        assert_eq!(source.lines(0, &origins[0]), "a\nb");
        assert_eq!(source.lines(1, &origins[1]), "d");
        let gaps = [Gap::Definition("[x]: /u"), Gap::Note { label: "1", text: "[^1]: note\n    more" }];
        assert_eq!(source.gaps(1), gaps);
        assert_eq!(source.gaps(0), []);
    }
}
