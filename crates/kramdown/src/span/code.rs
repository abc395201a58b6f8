//! Code spans and autolinks.

use crate::chars::{char_at, is_alnum};
use crate::parser::Parser;
use crate::scan::memo::find_byte;
use crate::scan::ticks::{Code, code_span};
use crate::{Element, Kind, Span};

impl Parser {
    pub(crate) fn parse_code(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let start = self.src.start;
        let (text, memo) = self.text_and_memo();
        match code_span(text, &mut memo.ticks, start, pos) {
            Code::Text(end) => {
                self.add_text(out, (pos, end), 0);
                self.src.pos = end;
            }
            Code::Span { content, end } => {
                Parser::push_span(out, Kind::Codespan(Span::new(content.0, content.1)));
                self.src.pos = end;
            }
        }
        true
    }

    pub(crate) fn parse_autolink(&mut self, out: &mut Vec<Element>) -> bool {
        let pos = self.src.pos;
        let (text, memo) = self.text_and_memo();
        let start = pos + 1;
        let scheme = ["mailto:", "https:", "http:", "ftps:", "ftp:"]
            .into_iter()
            .find(|scheme| text[start..].starts_with(scheme.as_bytes()));
        let mut end = None;
        if let Some(scheme) = scheme {
            let body = start + scheme.len();
            let newline = memo.newline.find(start, |pos| find_byte(text, b'\n', pos));
            end = memo
                .angle
                .find(body + 1, |pos| find_byte(text, b'>', pos))
                .filter(|&angle| newline.is_none_or(|newline| angle < newline));
        }
        let is_url = end.is_some();
        if end.is_none() {
            end = address_end(text, start);
        }
        let Some(end) = end else { return false };
        let address = self.str((start, end));
        let href = if is_url { address.to_owned() } else { format!("mailto:{address}") };
        let shown = end - address.strip_prefix("mailto:").unwrap_or(address).len();
        let mut link = Element::new(Kind::A, 0);
        link.attr.set("href", href);
        self.add_text(&mut link.children, (shown, end), 0);
        out.push(link);
        self.src.pos = end + 1;
        true
    }
}

/// The end of a mail address that an angle bracket closes.
fn address_end(text: &[u8], start: usize) -> Option<usize> {
    let at = address_part(text, start);
    if at == start || text.get(at) != Some(&b'@') {
        return None;
    }
    let end = address_part(text, at + 1);
    (end > at + 1 && text.get(end) == Some(&b'>')).then_some(end)
}

fn address_part(text: &[u8], mut pos: usize) -> usize {
    while let Some(c) = char_at(text, pos) {
        if !(is_alnum(c) || matches!(c, '-' | '_' | '.')) {
            break;
        }
        pos += c.len_utf8();
    }
    pos
}
