//! Attribute lists on lines of their own, their definitions, and extensions like `{::comment}`.

use crate::parser::Parser;
use crate::scan::lines;
use crate::scan::memo::find;
use crate::{Category, Element, Ial, Kind, Mark, Span};

/// The tag that opens or closes an extension.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ExtensionTag {
    Open { name: (usize, usize), attributes: Option<(usize, usize)>, closed: bool, end: usize },
    Close { name: Option<(usize, usize)> },
}

impl Parser {
    pub(crate) fn parse_block_extension(&mut self, tree: &mut Element, at: usize) -> bool {
        if self.text().get(at + 1) != Some(&b':') {
            return false;
        }
        if self.parse_ald(tree, at) {
            return true;
        }
        let (text, memo) = self.text_and_memo();
        if let Some(tag) = extension_tag(text, memo, at, |end| lines::rest_blank(text, end)) {
            return self.parse_extension(&mut tree.children, tag, at, Category::Block);
        }
        self.parse_block_ial(tree)
    }

    fn parse_ald(&mut self, tree: &mut Element, at: usize) -> bool {
        let (text, memo) = self.text_and_memo();
        let Some(name_end) = lines::id_name(text, at + 2) else {
            return false;
        };
        if text.get(name_end) != Some(&b':') {
            return false;
        }
        let after = |end| lines::rest_blank(text, end);
        let Some((content, end)) = lines::braced(text, memo, name_end + 1, after) else {
            return false;
        };
        let line = self.line_at(self.src.pos);
        self.src.pos = end;
        let name = self.str((at + 2, name_end)).to_owned();
        let list = self.str(content).to_owned();
        let mut ald = self.alds.remove(&name).unwrap_or_default();
        self.read_ial(&list, &mut ald, line);
        self.alds.insert(name, ald);
        self.add_mark(tree, Mark::Ald);
        true
    }

    fn parse_block_ial(&mut self, tree: &mut Element) -> bool {
        let pos = self.src.pos;
        let (text, memo) = self.text_and_memo();
        let Some((content, end)) = lines::block_ial(text, memo, pos, 3) else {
            return false;
        };
        let another = lines::block_ial(text, memo, end, 3).is_some();
        let line = self.line_at(pos);
        self.src.pos = end;
        let list = self.str(content).to_owned();
        let belongs_to_last = tree.children.last().is_some_and(|last| match last.kind {
            Kind::Blank { .. } => false,
            Kind::Eob(mark) => matches!(mark, Mark::Link(_) | Mark::Abbreviation(_) | Mark::Footnote),
            _ => true,
        });
        if belongs_to_last && let Some(last) = tree.children.last_mut() {
            let mut ial = last.ial.take().unwrap_or_default();
            self.read_ial(&list, &mut ial, line);
            if let Kind::Eob(mark) = last.kind {
                self.apply_to_definition(mark, ial.clone());
            }
            last.ial = Some(ial);
            if !another {
                self.add_mark(tree, Mark::Ial);
            }
        } else {
            let mut ial = self.block_ial.take().unwrap_or_default();
            self.read_ial(&list, &mut ial, line);
            self.block_ial = Some(ial);
        }
        true
    }

    /// Reads an extension whose tag was found at `at`; false when it is none, and then nothing is read.
    pub(crate) fn parse_extension(
        &mut self,
        children: &mut Vec<Element>,
        tag: ExtensionTag,
        at: usize,
        category: Category,
    ) -> bool {
        let line = self.line_at(at);
        let (name, attributes, closed, end) = match tag {
            ExtensionTag::Close { name } => {
                let name = name.map_or(String::new(), |name| format!("for '{}' ", self.str(name)));
                self.warn(line, format!("Invalid extension stop tag {name} found on line {line} - ignoring it"));
                return false;
            }
            ExtensionTag::Open { name, attributes, closed, end } => (self.str(name).to_owned(), attributes, closed, end),
        };
        let mut ial = Ial::default();
        if let Some(range) = attributes {
            let list = self.str(range).to_owned();
            self.read_ial(&list, &mut ial, line);
        }
        if !matches!(name.as_str(), "comment" | "nomarkdown" | "options") {
            self.warn(line, format!("Invalid extension with name '{name}' specified on line {line} - ignoring it"));
            return false;
        }
        let mut body = None;
        let mut next = end;
        if !closed {
            let Some((found, after)) = self.find_stop(&name, end, category) else {
                self.warn(line, format!("No stop tag for extension '{name}' found on line {line} - ignoring it"));
                return false;
            };
            body = Some(found);
            next = after;
        }
        self.src.pos = next;
        match (name.as_str(), body) {
            ("comment", Some(text)) => children.push(Element::new(Kind::Comment { text, category }, line)),
            ("nomarkdown", Some(text)) => {
                let kinds = ial.attr.get("type").unwrap_or_default();
                let html = kinds.trim().is_empty() || kinds.split_ascii_whitespace().any(|kind| kind == "html");
                children.push(Element::new(Kind::Raw { text, category, html }, line));
            }
            ("options", _) => {
                self.set_options(&ial, line);
                if category.is_block() {
                    let mut mark = Element::new(Kind::Eob(Mark::Extension), line);
                    mark.ial = self.block_ial.take();
                    children.push(mark);
                }
            }
            _ => {}
        }
        true
    }

    /// The body of an extension, and the position after the tag that closes it.
    fn find_stop(&mut self, name: &str, from: usize, category: Category) -> Option<(Span, usize)> {
        let missing = &self.src.memo.missing_stops;
        if missing.iter().any(|(missing, pos)| missing == name && *pos <= from) {
            return None;
        }
        let text = self.text();
        let mut pos = from;
        while let Some(at) = find(text, b"{:/", pos) {
            pos = at + 3;
            let after_name = if text[pos..].starts_with(name.as_bytes()) { pos + name.len() } else { pos };
            if text.get(after_name) != Some(&b'}') {
                continue;
            }
            let end = after_name + 1;
            if !category.is_block() {
                return Some((Span::new(from, at), end));
            }
            let mut start = at;
            while start > from && at - start < 3 && text[start - 1] == b' ' {
                start -= 1;
            }
            let at_line_start = start == from || text[start - 1] == b'\n';
            // Only spaces may follow: kramdown's pattern says `\s` in a string, where it is a space.
            let line_end = lines::skip_spaces(text, end, text.len());
            if at_line_start && text.get(line_end) == Some(&b'\n') {
                let end = line_end + 1;
                let body_end = if start > from { start - 1 } else { start };
                return Some((Span::new(from, body_end), end));
            }
        }
        self.src.memo.missing_stops.push((name.to_owned(), from));
        None
    }

    fn set_options(&mut self, ial: &Ial, line: u32) {
        for (name, value) in ial.attr.iter() {
            if !crate::options::is_known(name) {
                self.warn(line, format!("Unknown kramdown option '{name}'"));
                continue;
            }
            let forbidden = &self.options.forbidden_inline_options;
            if name == "forbidden_inline_options" || forbidden.iter().any(|option| option == name) {
                self.warn(line, format!("Option {name} may not be set inline"));
                continue;
            }
            // A value that an option cannot have is passed over without a word, as kramdown does.
            let quoted = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
            let _ = self.options.set(name, &quoted);
        }
    }
}

/// Reads the tag of an extension at `at`; `after` gets the position after its brace.
pub(crate) fn extension_tag(
    text: &[u8],
    memo: &mut crate::scan::memo::Memo,
    at: usize,
    after: impl Fn(usize) -> Option<usize>,
) -> Option<ExtensionTag> {
    match text.get(at + 2)? {
        b'/' => {
            let name_end = lines::id_name(text, at + 3);
            let end = name_end.unwrap_or(at + 3);
            if text.get(end) != Some(&b'}') {
                return None;
            }
            after(end + 1)?;
            Some(ExtensionTag::Close { name: name_end.map(|end| (at + 3, end)) })
        }
        b':' => {
            let start = at + 3;
            let mut name_end = start;
            while text.get(name_end).is_some_and(|&byte| crate::chars::is_word(byte)) {
                name_end += 1;
            }
            if name_end == start {
                return None;
            }
            let name = (start, name_end);
            let open = |attributes, closed, end| Some(ExtensionTag::Open { name, attributes, closed, end });
            match text.get(name_end)? {
                b'}' => open(None, false, after(name_end + 1)?),
                b'/' if text.get(name_end + 1) == Some(&b'}') => open(None, true, after(name_end + 2)?),
                &byte if crate::chars::is_space(byte) => {
                    let list = name_end + 1;
                    if text.get(list) == Some(&b'}') {
                        return open(Some((list, list)), false, after(list + 1)?);
                    }
                    let ((from, to), end) = lines::braced(text, memo, list, after)?;
                    let closed = to > from && text[to - 1] == b'/';
                    open(Some((from, to - usize::from(closed))), closed, end)
                }
                _ => None,
            }
        }
        _ => None,
    }
}
