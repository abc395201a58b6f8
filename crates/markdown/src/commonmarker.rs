//! CommonMark as the Ruby library commonmarker (cmark-gfm 0.29) writes it, with its options and extensions.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::html::push_html;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::inline_text::read_inlines;

/// The options and extensions of commonmarker that change what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is one of the library's own switches")]
pub struct CommonMarker {
    /// `SMART`: typographic quotes, dashes and dots; default false.
    pub smart: bool,
    /// `FOOTNOTES`; default false.
    pub footnotes: bool,
    /// `UNSAFE`: raw HTML and every URL is written; default false.
    pub unsafe_html: bool,
    /// `HARDBREAKS`: a line end is a break; default false.
    pub hard_breaks: bool,
    /// `NOBREAKS`: a line end is a space; default false.
    pub no_breaks: bool,
    /// The extension `table`; default false.
    pub tables: bool,
    /// The extension `strikethrough`; default false.
    pub strikethrough: bool,
    /// The extension `autolink`; default false.
    pub autolinks: bool,
    /// The extension `tasklist`; default false.
    pub tasks: bool,
}

impl CommonMarker {
    /// Turns an option or extension on by its name, in any case; says whether there is one of that name.
    pub fn set(&mut self, name: &str) -> bool {
        match name.to_ascii_uppercase().as_str() {
            "SMART" => self.smart = true,
            "FOOTNOTES" => self.footnotes = true,
            "UNSAFE" => self.unsafe_html = true,
            "HARDBREAKS" => self.hard_breaks = true,
            "NOBREAKS" => self.no_breaks = true,
            "TABLE" => self.tables = true,
            "STRIKETHROUGH" => self.strikethrough = true,
            "AUTOLINK" => self.autolinks = true,
            "TASKLIST" => self.tasks = true,
            _ => return false,
        }
        true
    }
}

/// The HTML of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommonMarkerOutput {
    /// The HTML.
    pub html: String,
    /// The blocks that are in no other; notes are in none.
    pub blocks: Vec<CommonMarkerBlock>,
}

/// Where a block came from and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonMarkerBlock {
    /// The lines it came from, counted from 1.
    pub lines: Range<u32>,
    /// Where it is in the HTML.
    pub html: Range<usize>,
}

/// Converts CommonMark to HTML. Never fails.
///
/// ```
/// use postferry_markdown::{CommonMarker, commonmarker_html};
///
/// let mut options = CommonMarker::default();
/// options.smart = true;
/// options.autolinks = true;
/// let output = commonmarker_html("\"See\" www.example.com.\n", &options);
/// assert_eq!(output.html, "<p>“See” <a href=\"http://www.example.com\">www.example.com</a>.</p>\n");
/// ```
pub fn commonmarker_html(text: &str, options: &CommonMarker) -> CommonMarkerOutput {
    let mut parser_options = Options::empty();
    parser_options.set(Options::ENABLE_TABLES, options.tables);
    parser_options.set(Options::ENABLE_STRIKETHROUGH, options.strikethrough);
    parser_options.set(Options::ENABLE_TASKLISTS, options.tasks);
    parser_options.set(Options::ENABLE_FOOTNOTES, options.footnotes);
    let text = text.replace('\0', "\u{fffd}");
    let mut top = TopBlocks::default();
    let events = Parser::new_ext(&text, parser_options).into_offset_iter().inspect(|(event, range)| top.see(event, range));
    let events = read_inlines(&text, events, options.smart, options.autolinks);
    let mut pass = Pass { options, out: Vec::new(), notes: Notes::default() };
    let mut html = String::with_capacity(text.len() + text.len() / 2);
    let mut blocks = Vec::new();
    let mut lines = Lines { text: &text, at: 0, line: 1 };
    let mut sources = top.blocks.into_iter();
    let mut depth = 0;
    for event in events {
        depth = depth_after(depth, &event);
        pass.take(event);
        let Some(source) = (depth == 0).then(|| sources.next()).flatten() else { continue };
        let start = html.len();
        push_html(&mut html, pass.out.drain(..));
        if html.len() > start {
            let end = source.start + text[source.clone()].trim_end().len();
            let first = lines.line_of(source.start);
            blocks.push(CommonMarkerBlock { lines: first..lines.line_of(end) + 1, html: start..html.len() });
        }
    }
    pass.notes.write(&mut html);
    CommonMarkerOutput { html, blocks }
}

/// How many blocks and marks are open after an event.
fn depth_after(depth: usize, event: &Event<'_>) -> usize {
    match event {
        Event::Start(_) => depth + 1,
        Event::End(_) => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The bytes of the blocks that are in no other.
#[derive(Default)]
struct TopBlocks {
    depth: usize,
    blocks: Vec<Range<usize>>,
}

impl TopBlocks {
    fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.depth == 0 {
            self.blocks.push(range.clone());
        }
        self.depth = depth_after(self.depth, event);
    }
}

/// Counts lines up to places that are asked for in order.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn line_of(&mut self, at: usize) -> u32 {
        let at = at.max(self.at);
        self.line += self.text[self.at..at].matches('\n').count() as u32;
        self.at = at;
        self.line
    }
}

/// One walk over the events of a text.
struct Pass<'a> {
    options: &'a CommonMarker,
    out: Vec<Event<'a>>,
    notes: Notes<'a>,
}

impl<'a> Pass<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.notes.outer.push((label, std::mem::take(&mut self.out)));
                return;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, outer)) = self.notes.outer.pop() {
                    let content = std::mem::replace(&mut self.out, outer);
                    self.notes.definitions.entry(label.into_string()).or_insert(content);
                }
                return;
            }
            Event::FootnoteReference(label) => {
                let html = self.notes.reference(&label);
                self.out.push(Event::InlineHtml(html.into()));
                return;
            }
            Event::Html(_) | Event::InlineHtml(_) if !self.options.unsafe_html => {
                self.out.push(Event::Html("<!-- raw HTML omitted -->".into()));
                return;
            }
            Event::SoftBreak if self.options.hard_breaks => {
                self.out.push(Event::HardBreak);
                return;
            }
            Event::SoftBreak if self.options.no_breaks => {
                self.out.push(Event::Text(" ".into()));
                return;
            }
            _ => {}
        }
        self.out.push(self.safe(event));
    }

    /// A link or image whose URL is not safe leads nowhere.
    fn safe(&self, event: Event<'a>) -> Event<'a> {
        if self.options.unsafe_html {
            return event;
        }
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) if is_dangerous(&dest_url) => {
                Event::Start(Tag::Link { link_type, dest_url: CowStr::Borrowed(""), title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) if is_dangerous(&dest_url) => {
                Event::Start(Tag::Image { link_type, dest_url: CowStr::Borrowed(""), title, id })
            }
            event => event,
        }
    }
}

fn is_dangerous(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let is_image = ["png", "gif", "jpeg", "webp"].iter().any(|kind| url.starts_with(&format!("data:image/{kind}")));
    !is_image && ["javascript:", "vbscript:", "file:", "data:"].iter().any(|scheme| url.starts_with(scheme))
}

/// Footnotes: numbered by their first references, written at the end.
#[derive(Default)]
struct Notes<'a> {
    /// Definitions that are open, with what was written before each.
    outer: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
    definitions: HashMap<String, Vec<Event<'a>>>,
    order: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Notes<'_> {
    fn reference(&mut self, label: &str) -> String {
        let next = self.order.len() + 1;
        let number = *self.numbers.entry(label.to_owned()).or_insert_with(|| {
            self.order.push(label.to_owned());
            next
        });
        format!("<sup class=\"footnote-ref\"><a href=\"#fn{number}\" id=\"fnref{number}\">{number}</a></sup>")
    }

    fn write(mut self, html: &mut String) {
        if self.order.is_empty() {
            return;
        }
        html.push_str("<section class=\"footnotes\">\n<ol>\n");
        for (at, label) in self.order.iter().enumerate() {
            let number = at + 1;
            let mut content = String::new();
            push_html(&mut content, self.definitions.remove(label).unwrap_or_default().into_iter());
            let back = format!("<a href=\"#fnref{number}\" class=\"footnote-backref\">↩</a>");
            match content.strip_suffix("</p>\n") {
                Some(start) => content = format!("{start} {back}</p>\n"),
                None => content.push_str(&format!("{back}\n")),
            }
            html.push_str(&format!("<li id=\"fn{number}\">\n{content}</li>\n"));
        }
        html.push_str("</ol>\n</section>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_those_of_the_library() {
        let plain = commonmarker_html("a <b>c</b>\n[x](javascript:y)\n", &CommonMarker::default()).html;
        let omitted = "<!-- raw HTML omitted -->";
        assert_eq!(plain, format!("<p>a {omitted}c{omitted}\n<a href=\"\">x</a></p>\n"));
        let mut options = CommonMarker::default();
        assert!(options.set("hardbreaks") && options.set("UNSAFE") && !options.set("NOPE"));
        assert_eq!(commonmarker_html("a\n<i>b</i>\n", &options).html, "<p>a<br />\n<i>b</i></p>\n");
    }

    #[test]
    fn footnotes_are_numbered_by_reference() {
        let options = CommonMarker { footnotes: true, ..CommonMarker::default() };
        let html = commonmarker_html("a[^x]\n\n[^x]: note\n", &options).html;
        let section = "<section class=\"footnotes\">\n<ol>\n<li id=\"fn1\">\n<p>note \
            <a href=\"#fnref1\" class=\"footnote-backref\">↩</a></p>\n</li>\n</ol>\n</section>\n";
        let reference = "<sup class=\"footnote-ref\"><a href=\"#fn1\" id=\"fnref1\">1</a></sup>";
        assert_eq!(html, format!("<p>a{reference}</p>\n{section}"));
    }

    #[test]
    fn blocks_have_their_lines() {
        let options = CommonMarker { footnotes: true, smart: true, ..CommonMarker::default() };
        let text = "# a\nb \"c\"\nd[^1]\n\n[x]: /y\n[^1]: note\n\n---\n- e\n\n  f\n\n\n<hr>\ng\n";
        let output = commonmarker_html(text, &options);
        let found: Vec<_> = output.blocks.iter().map(|b| (b.lines.clone(), &output.html[b.html.clone()][..4])).collect();
        assert_eq!(found, [(1..2, "<h1>"), (2..4, "<p>b"), (8..9, "<hr "), (9..12, "<ul>"), (14..16, "<!--")]);
    }
}
