//! HTML elements and comments inside a line.

use super::{Inside, Mode, Stop};
use crate::names;
use crate::parser::{MAX_SPAN_DEPTH, Parser};
use crate::scan::memo::find_byte;
use crate::scan::tags;
use crate::{Category, ContentModel, Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_span_html(&mut self, out: &mut Vec<Element>, inside: Inside) -> bool {
        let pos = self.src.pos;
        let v25 = self.v25;
        let (text, memo) = self.text_and_memo();
        match text.get(pos + 1) {
            Some(b'!') => {
                if v25 && text[pos..].starts_with(b"<![CDATA[") {
                    let Some(end) = memo.find_cdata_end(text, pos + 9) else {
                        return false;
                    };
                    self.add_text(out, (pos + 9, end), 0);
                    self.src.pos = end + 3;
                    return true;
                }
                let Some(end) = tags::comment(text, memo, pos) else {
                    return false;
                };
                Parser::push_span(out, Kind::Markup { text: Span::new(pos, end), category: Category::Span });
                self.src.pos = end;
                true
            }
            Some(b'/') => {
                let Some((name, end)) = tags::close_tag(text, pos) else {
                    return false;
                };
                let name = self.str(name).to_owned();
                let line = self.line_at(pos);
                self.warn(line, format!("Found invalidly used HTML closing tag for '{name}' on line {line}"));
                self.add_text(out, (pos, end), 0);
                self.src.pos = end;
                true
            }
            Some(_) => match tags::open_tag(text, memo, pos) {
                Some(tag) => {
                    self.parse_span_element(out, inside, tag);
                    true
                }
                None => false,
            },
            None => false,
        }
    }

    fn parse_span_element(&mut self, out: &mut Vec<Element>, inside: Inside, tag: tags::Tag) {
        let pos = self.src.pos;
        self.src.pos = tag.end;
        self.spans.budget = self.spans.budget.saturating_sub(ELEMENT_COST);
        let (name, known) = self.element_name(tag.name);
        if names::is_block(&name) || self.spans.depth >= MAX_SPAN_DEPTH {
            let line = self.line_at(pos);
            self.warn(line, format!("Found block HTML tag '{name}' in span-level text on line {line}"));
            self.add_text(out, (pos, tag.end), 0);
            return;
        }
        let line = self.line_at(pos);
        let mut attr = self.tag_attributes(tag.attr, line, known);
        if find_byte(&self.text()[..tag.end], b'\n', pos).is_some() {
            attr.each_value(join_lines);
        }
        let is_raw = names::model(&name) == ContentModel::Raw;
        let mut parses = !is_raw && inside != Inside::RawHtml && self.options.parse_span_html;
        if let Some(mode) = attr.remove("markdown") {
            match mode.as_str() {
                "0" => parses = false,
                "1" => parses = !is_raw,
                "span" => parses = true,
                "block" => self.warn(
                    line,
                    format!("Cannot use block-level parsing in span-level HTML tag (line {line}) - using default mode"),
                ),
                _ => {}
            }
        }
        let has_body = !tag.closed && !names::is_void(&name);
        let mut element = Element::new(
            Kind::HtmlElement {
                name: name.clone(),
                category: Category::Span,
                model: if parses { ContentModel::Span } else { ContentModel::Raw },
                closed: tag.closed,
            },
            line,
        );
        element.attr = attr;
        if has_body {
            let mode = if parses { Mode::All } else { Mode::Html };
            let inner = if parses { Inside::Other } else { Inside::RawHtml };
            let mut stop = Stop::Tag { name: &name, any_case: known };
            self.spans.depth += 1;
            let found = self.parse_spans(&mut element.children, inner, &mut stop, mode);
            self.spans.depth -= 1;
            let pos = self.src.pos;
            if found {
                self.src.pos = tags::closes(self.text(), pos, &name, known).unwrap_or(pos);
            } else {
                self.warn_unclosed(&element);
                let end = self.src.end;
                self.add_text(&mut element.children, (pos, end), 0);
                self.src.pos = end;
            }
        }
        if self.options.html_to_native {
            self.make_native(&mut element);
        }
        out.push(element);
    }
}

/// What an element costs beside its bytes, in bytes read.
const ELEMENT_COST: usize = 16;

/// Makes one space of each run of newlines.
fn join_lines(value: &mut String) {
    if !value.contains('\n') {
        return;
    }
    let mut joined = String::with_capacity(value.len());
    let mut last = ' ';
    for c in value.chars() {
        if c != '\n' {
            joined.push(c);
        } else if last != '\n' {
            joined.push(' ');
        }
        last = c;
    }
    *value = joined;
}
