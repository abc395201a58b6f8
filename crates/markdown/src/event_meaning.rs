//! The meaning of what pulldown-cmark reads.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::{
    AttributePolicy,
    html_meaning::HtmlMeaning,
    meaning::{Mark, Meaning, PARAGRAPH, PLAIN},
    tree_meaning::{image, list_fields, open_cell, open_link},
};

/// Pushes a parser's events into a [`Meaning`].
pub(crate) struct EventMeaning<'m> {
    html: HtmlMeaning<'m>,
    block: String,
    in_html_block: bool,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    row_start: usize,
    image: Option<Image>,
    in_code: bool,
}

/// An image whose alternative text is being read.
struct Image {
    source: String,
    title: String,
    alt: String,
    depth: usize,
}

impl<'m> EventMeaning<'m> {
    /// Makes one that pushes into `meaning`.
    pub fn new(meaning: &'m mut Meaning, policy: AttributePolicy) -> Self {
        Self {
            html: HtmlMeaning::new(meaning, policy),
            block: String::new(),
            in_html_block: false,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            row_start: 0,
            image: None,
            in_code: false,
        }
    }

    /// The meaning so far.
    pub fn meaning(&mut self) -> &mut Meaning {
        self.html.meaning
    }

    /// Pushes an event.
    pub fn event(&mut self, event: Event<'_>) {
        if let Some(image) = &mut self.image {
            match event {
                Event::Start(_) => image.depth += 1,
                Event::End(_) if image.depth > 0 => image.depth -= 1,
                Event::End(_) => self.end_image(),
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if self.in_code => self.html.meaning.verbatim(&text),
            Event::Text(text) => self.html.text(&text),
            Event::Code(text) => self.html.code(&text),
            Event::InlineMath(tex) => self.html.meaning.math("math", &tex),
            Event::DisplayMath(tex) => self.html.meaning.math("display-math", &tex),
            Event::Html(html) if self.in_html_block => self.block.push_str(&html),
            Event::Html(html) | Event::InlineHtml(html) => self.html.feed(&html),
            Event::FootnoteReference(label) => {
                self.html.meaning.atom("note");
                self.html.meaning.field(&label);
            }
            Event::SoftBreak => self.html.text("\n"),
            Event::HardBreak => self.html.meaning.line_break(),
            Event::Rule => {
                self.html.meaning.open("hr");
                self.html.meaning.close();
            }
            Event::TaskListMarker(done) => self.html.meaning.open_inline(if done { "done" } else { "todo" }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.html.meaning.begin_run(PARAGRAPH, 0),
            Tag::Heading { level, id, .. } => {
                let meaning = &mut *self.html.meaning;
                meaning.open("h");
                meaning.verbatim(["1", "2", "3", "4", "5", "6"][level as usize - 1]);
                if let Some(id) = id {
                    meaning.field(&id);
                }
                meaning.begin_run(PLAIN, 0);
            }
            Tag::BlockQuote(_) => self.html.meaning.open("blockquote"),
            Tag::CodeBlock(kind) => {
                let meaning = &mut *self.html.meaning;
                meaning.open("pre");
                meaning.field(match &kind {
                    CodeBlockKind::Fenced(info) => info.split_ascii_whitespace().next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                });
                meaning.field("");
                self.in_code = true;
            }
            Tag::HtmlBlock => {
                self.in_html_block = true;
                self.block.clear();
            }
            Tag::List(None) => self.html.meaning.open("ul"),
            Tag::List(Some(start)) => {
                self.html.meaning.open("ol");
                self.html.meaning.field(&start.to_string());
                list_fields(self.html.meaning, None, false);
            }
            Tag::Item => self.html.meaning.open("li"),
            Tag::FootnoteDefinition(label) => {
                self.html.meaning.open("note");
                self.html.meaning.field(&label);
            }
            Tag::DefinitionList => self.html.meaning.open("dl"),
            Tag::DefinitionListTitle => self.html.meaning.open("dt"),
            Tag::DefinitionListDefinition => self.html.meaning.open("dd"),
            Tag::Table(alignments) => {
                self.html.meaning.open("table");
                self.alignments = alignments;
            }
            Tag::TableHead | Tag::TableRow => {
                self.in_head = matches!(tag, Tag::TableHead);
                self.column = 0;
                self.row_start = self.html.meaning.text.len();
                self.html.meaning.open("tr");
            }
            Tag::TableCell => {
                let align = match self.alignments.get(self.column) {
                    Some(Alignment::Left) => "left",
                    Some(Alignment::Center) => "center",
                    Some(Alignment::Right) => "right",
                    Some(Alignment::None) | None => "",
                };
                open_cell(self.html.meaning, self.in_head, align, 1, 1);
                self.column += 1;
            }
            Tag::Emphasis => self.html.meaning.mark(Mark::Emphasis),
            Tag::Strong => self.html.meaning.mark(Mark::Strong),
            Tag::Strikethrough => self.html.meaning.mark(Mark::Strikethrough),
            Tag::Superscript => self.html.meaning.open_inline("sup"),
            Tag::Subscript => self.html.meaning.open_inline("sub"),
            Tag::Link { link_type, dest_url, title, .. } => {
                if link_type == LinkType::Email {
                    open_link(self.html.meaning, &format!("mailto:{dest_url}"), &title);
                } else {
                    open_link(self.html.meaning, &dest_url, &title);
                }
            }
            Tag::Image { dest_url, title, .. } => {
                self.image =
                    Some(Image { source: dest_url.into_string(), title: title.into_string(), alt: String::new(), depth: 0 });
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.html.meaning.end_run(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.html.meaning.drop_line_end();
                self.html.meaning.close();
            }
            TagEnd::HtmlBlock => {
                self.in_html_block = false;
                let block = std::mem::take(&mut self.block);
                self.html.feed(&block);
                self.block = block;
            }
            TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableCell => self.html.meaning.close(),
            TagEnd::TableHead | TagEnd::TableRow => {
                self.html.meaning.close();
                self.html.meaning.drop_empty_row(self.row_start, self.in_head);
            }
            TagEnd::Emphasis => self.html.meaning.unmark(Mark::Emphasis),
            TagEnd::Strong => self.html.meaning.unmark(Mark::Strong),
            TagEnd::Strikethrough => self.html.meaning.unmark(Mark::Strikethrough),
            TagEnd::Superscript => self.html.meaning.close_inline("sup"),
            TagEnd::Subscript => self.html.meaning.close_inline("sub"),
            TagEnd::Link => self.html.meaning.close_inline("a"),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_image(&mut self) {
        if let Some(found) = self.image.take() {
            image(self.html.meaning, &found.source, &found.alt, &found.title, "", "");
        }
    }
}
