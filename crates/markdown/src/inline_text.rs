//! The running text between CommonMark's own constructs: bare links and typography, by what stands in the source.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::autolink::{Found, find_links};
use crate::smart::Quotes;

/// Gives the events of a text with its bare links found and its quotes made typographic, as asked.
pub(crate) fn read_inlines<'a>(
    source: &'a str,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    smart: bool,
    autolinks: bool,
) -> Vec<Event<'a>> {
    let mut pass =
        Pass { source, smart, autolinks, out: Vec::new(), run: Vec::new(), quotes: Quotes::default(), links: 0, brackets: 0 };
    let mut in_code = false;
    for (event, range) in events {
        if let Event::Text(text) = &event
            && !in_code
        {
            pass.add(text.clone(), range);
            continue;
        }
        pass.finish_run();
        match &event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                pass.quotes.enter_link();
                pass.links += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                pass.quotes.leave_link();
                pass.links = pass.links.saturating_sub(1);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => {
                pass.quotes = Quotes::default();
                pass.brackets = 0;
            }
            _ => {}
        }
        pass.out.push(event);
    }
    pass.finish_run();
    pass.out
}

struct Pass<'a> {
    source: &'a str,
    smart: bool,
    autolinks: bool,
    out: Vec<Event<'a>>,
    /// Texts that stand right behind one another in the source.
    run: Vec<(CowStr<'a>, Range<usize>)>,
    quotes: Quotes,
    /// Links and images that are open.
    links: usize,
    /// Brackets that are open in the text of a block: no bare link begins within them.
    brackets: usize,
}

impl<'a> Pass<'a> {
    fn add(&mut self, text: CowStr<'a>, range: Range<usize>) {
        let follows = self.run.last().is_some_and(|(_, before)| {
            // A backslash between them makes the next character text.
            before.end == range.start || self.source.get(before.end..range.start) == Some("\\")
        });
        if !follows {
            self.finish_run();
        }
        self.run.push((text, range));
    }

    fn finish_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (Some((_, first)), Some((_, last))) = (run.first(), run.last()) else { return };
        let start = first.start;
        let links = self.links_in(start, last.end);
        let mut links = links.into_iter().peekable();
        for (text, range) in run {
            let is_source = self.source.get(range.clone()) == Some(&*text);
            let mut from = range.start;
            while from < range.end {
                match links.peek() {
                    Some(link) if link.range.start < range.end => {
                        if link.range.start > from && is_source {
                            self.push_text(CowStr::Borrowed(&self.source[from..link.range.start]), from..link.range.start, true);
                        }
                        from = link.range.end.min(range.end).max(from);
                        if link.range.end > range.end {
                            // The rest of it stands in the next texts.
                            from = range.end;
                        } else if let Some(link) = links.next() {
                            self.push_link(&link);
                        }
                    }
                    _ => {
                        let text =
                            if from == range.start { text.clone() } else { CowStr::Borrowed(&self.source[from..range.end]) };
                        self.push_text(text, from..range.end, is_source);
                        from = range.end;
                    }
                }
            }
        }
    }

    /// The bare links of a part of the source, in its own places; counts brackets on the way.
    fn links_in(&mut self, start: usize, end: usize) -> Vec<Found> {
        if !self.autolinks || self.links > 0 {
            return Vec::new();
        }
        let text = &self.source[start..end];
        let mut seen = 0;
        let mut found = Vec::new();
        for link in find_links(text) {
            self.count_brackets(&text[seen..link.range.start]);
            seen = link.range.start;
            if self.brackets == 0 {
                seen = link.range.end;
                found.push(Found { range: start + link.range.start..start + link.range.end, scheme: link.scheme });
            }
        }
        self.count_brackets(&text[seen..]);
        found
    }

    fn count_brackets(&mut self, text: &str) {
        let mut escaped = false;
        for byte in text.bytes() {
            match byte {
                b'[' if !escaped => self.brackets += 1,
                b']' if !escaped => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
        }
    }

    /// A bare link shows its source: nothing in it is typographic, an escape or an entity.
    fn push_link(&mut self, link: &Found) {
        let shown = &self.source[link.range.clone()];
        self.out.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: format!("{}{shown}", link.scheme).into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
        self.out.push(Event::Text(CowStr::Borrowed(shown)));
        self.out.push(Event::End(TagEnd::Link));
    }

    fn push_text(&mut self, text: CowStr<'a>, range: Range<usize>, is_source: bool) {
        // A character that was spelled as an entity stays as it is.
        if !self.smart || !is_source {
            self.out.push(Event::Text(text));
            return;
        }
        let number = self.out.len();
        let (text, openers) = self.quotes.write(self.source, range, number);
        self.out.push(Event::Text(text.into()));
        for (number, at) in openers {
            if let Some(Event::Text(text)) = self.out.get_mut(number) {
                let mut changed = text.to_string();
                changed.replace_range(at..at + '’'.len_utf8(), "‘");
                *text = changed.into();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let events = read_inlines(source, Parser::new_ext(source, Options::empty()).into_offset_iter(), true, true);
        let text = |event: Event<'_>| match event {
            Event::Text(text) => Some(text.to_string()),
            _ => None,
        };
        events.into_iter().filter_map(text).collect()
    }

    #[test]
    fn links_show_their_source() {
        assert_eq!(texts("x \"http://a.b/c\\_d?e=\"f\" y").concat(), "x “http://a.b/c\\_d?e=\"f” y");
        assert_eq!(texts("[ http://a.b/ ] 'c' d's").concat(), "[ http://a.b/ ] ‘c’ d’s");
    }
}
