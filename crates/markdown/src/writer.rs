//! The writer: blocks as Markdown, each construct spelled for its surroundings.

use std::collections::HashMap;

use postferry_doc::{Attr, Block, Inline, ListKind};

use crate::{
    dialect::{AttributeSyntax, MathSyntax},
    element::{for_each_attribute, is_carrier, is_grouping, is_raw_text, is_void},
    flanking::{Pairs, choose_delimiters},
    link::Definitions,
    markup::is_lone_tag,
    options::{AttributePolicy, RawHtml},
    raw::HtmlWriter,
    respell::LeafLevel,
    scan::longest_run,
    second::spell_again,
    settings::{Losses, Settings},
    spell::{Speller, write_literally},
    text::{Buffers, Reference, RunState, Surroundings},
    token::{Token, Tokenizer},
    tree_meaning::{heading_id, key_of},
    typography::StraightKinds,
};

/// Containers inside one another that Markdown is written with; readers take time for each at every line.
const CONTAINERS: usize = 100;

/// Writes blocks to a buffer.
#[allow(clippy::struct_excessive_bools, reason = "where the writer is")]
pub(crate) struct Writer<'a, 's> {
    pub out: String,
    pub settings: &'s Settings,
    pub losses: Losses,
    /// How far each run has been respelled, by its key.
    pub levels: &'s HashMap<usize, LeafLevel>,
    /// Levels of the tree that may still be entered.
    pub depth: usize,
    pub(crate) prefix: String,
    pub(crate) containers: usize,
    pub(crate) quotes: usize,
    /// The next list takes another marker, to stay apart from the one before it where comments cannot do that.
    pub(crate) other_marker: bool,
    /// Inside HTML kramdown reads its own Markdown, not GitHub's.
    pub(crate) plain_kramdown: bool,
    /// Typographic characters that are written straight.
    pub straight: StraightKinds,
    /// The characters that were written as references.
    pub references: Vec<Reference>,
    /// The targets of links, where they stand at the end.
    pub definitions: Definitions,
    /// The bullet or number that was just written, so that nothing in its line makes a thematic break of it.
    pub(crate) after_marker: bool,
    tokens: Vec<Token<'a>>,
    buffers: Buffers,
    pairs: Pairs,
}

/// Tokens of a run that most runs stay below.
const TOKENS: usize = 32;

impl<'a, 's> Writer<'a, 's> {
    /// Makes a writer.
    pub fn new(settings: &'s Settings, levels: &'s HashMap<usize, LeafLevel>, depth: usize) -> Self {
        Self {
            out: String::new(),
            settings,
            losses: Losses::default(),
            levels,
            depth,
            prefix: String::new(),
            containers: 0,
            quotes: 0,
            other_marker: false,
            plain_kramdown: false,
            straight: StraightKinds::default(),
            references: Vec::new(),
            definitions: Definitions::default(),
            after_marker: false,
            tokens: Vec::with_capacity(TOKENS),
            buffers: Buffers::default(),
            pairs: Pairs::default(),
        }
    }

    /// Writes blocks one below the other. `tight` leaves out blank lines where the blocks stay apart without them.
    pub fn blocks(&mut self, blocks: &'a [Block], tight: bool) {
        if self.depth == 0 || self.containers > CONTAINERS {
            self.losses.too_deep = true;
            let text = postferry_doc::plain_text(blocks);
            write_literally(&mut self.out, text.trim(), false);
            return;
        }
        self.depth -= 1;
        let mut last: Option<&Block> = None;
        for block in blocks {
            let before = self.out.len();
            if let Some(last) = last {
                self.separate(last, block, tight);
            }
            let start = self.out.len();
            let marker = self.after_marker;
            self.block(block);
            if self.out.len() == start {
                self.out.truncate(before);
                self.after_marker = marker;
            } else {
                self.after_marker = false;
                last = Some(block);
            }
        }
        self.depth += 1;
    }

    /// Keeps two blocks apart.
    pub fn separate(&mut self, last: &Block, next: &Block, tight: bool) {
        if tight && matches!(last, Block::Plain { .. }) && interrupts(next) {
            self.new_line();
            return;
        }
        self.blank_line();
        let same = match (last, next) {
            (Block::List(last), Block::List(next)) => {
                self.settings.is_kramdown() || matches!(last.kind, ListKind::Bullet) == matches!(next.kind, ListKind::Bullet)
            }
            (Block::DefinitionList { .. }, Block::DefinitionList { .. }) => true,
            _ => false,
        };
        self.other_marker = same && self.settings.traits.jsx && !self.other_marker;
        if same && !self.settings.traits.jsx {
            self.out.push_str("<!-- -->");
            self.blank_line();
        }
    }

    pub(crate) fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
    }

    pub(crate) fn blank_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.prefix.trim_end());
        self.new_line();
    }

    /// Writes a block.
    pub fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph { attr, content } => self.paragraph(block, attr, content),
            Block::Plain { content } => self.plain(block, content),
            Block::Heading { attr, level, generated_id, content } => {
                self.heading(block, attr, level.get(), *generated_id, content);
            }
            Block::BlockQuote { attr, blocks } => {
                if self.kept_as_html(attr) {
                    self.html(block);
                    return;
                }
                self.quote(blocks);
                self.attributes_after(attr, "blockquote");
            }
            Block::CodeBlock { attr, language, text } => self.code_block(attr, language.as_deref(), text),
            Block::List(list) => self.list(block, list),
            Block::DefinitionList { attr, items } => {
                if self.settings.traits.definitions && !self.kept_as_html(attr) && !items.is_empty() {
                    self.definitions(items);
                    self.attributes_after(attr, "dl");
                } else {
                    self.html(block);
                }
            }
            Block::Table(table) => self.table(block, table),
            Block::Figure { blocks, caption, .. } => {
                if self.settings.html == RawHtml::Drop {
                    self.losses.element("figure");
                    self.blocks(blocks, false);
                    if !caption.is_empty() {
                        self.blank_line();
                        self.blocks(caption, false);
                    }
                } else {
                    self.html(block);
                }
            }
            Block::ThematicBreak { attr } => {
                self.losses.attributes(attr, "hr");
                let in_list = self.after_marker || self.prefix.ends_with(' ');
                self.out.push_str(if in_list { "***" } else { "---" });
            }
            Block::Math { attr, tex } => {
                self.losses.attributes(attr, "math");
                self.math(tex);
            }
            Block::Division { attr, blocks } => {
                if self.settings.wraps(attr) {
                    self.wrapped("div", attr, blocks);
                } else {
                    self.losses.attributes(attr, "div");
                    self.blocks(blocks, false);
                }
            }
            Block::Element { name, attr, blocks, .. } => self.element(block, name, attr, blocks),
            Block::Comment { text } => {
                if self.settings.html != RawHtml::Drop {
                    let comment = self.settings.comment(text);
                    self.lines_of(&comment);
                }
            }
            Block::Raw { text, .. } => self.lines_of(text.trim_end()),
        }
    }

    /// Whether the attributes make a block stay HTML.
    pub(crate) fn kept_as_html(&self, attr: &Attr) -> bool {
        self.settings.attributes == AttributePolicy::Html && !attr.is_empty() && !self.settings.writes_lists()
    }

    /// Where text stands.
    pub(crate) fn lines(&self) -> Surroundings {
        if self.after_marker { Surroundings::Item } else { Surroundings::Lines }
    }

    fn paragraph(&mut self, block: &'a Block, attr: &'a Attr, content: &'a [Inline]) {
        if self.kept_as_html(attr) {
            self.html(block);
            return;
        }
        let start = self.out.len();
        self.run(content, self.lines());
        if self.lines_or_html(block, start) && self.out.len() > start {
            self.attributes_after(attr, "p");
        }
    }

    fn plain(&mut self, block: &'a Block, content: &'a [Inline]) {
        let start = self.out.len();
        self.run(content, self.lines());
        if self.containers == 0 {
            self.lines_or_html(block, start);
        }
    }

    /// Alone in its line a tag begins an HTML block, without a paragraph around it; then the block becomes HTML.
    fn lines_or_html(&mut self, block: &'a Block, start: usize) -> bool {
        if !is_lone_tag(&self.out[start..]) {
            return true;
        }
        self.out.truncate(start);
        self.html(block);
        false
    }

    /// Writes attributes below a block, or notes their loss.
    pub(crate) fn attributes_after(&mut self, attr: &Attr, name: &str) {
        if attr.is_empty() {
            return;
        }
        if let Some(list) = self.settings.attribute_list(attr) {
            self.new_line();
            self.out.push_str(&list);
        } else {
            self.losses.attributes(attr, name);
        }
    }

    fn heading(&mut self, block: &'a Block, attr: &'a Attr, level: u8, generated: bool, content: &'a [Inline]) {
        let id = heading_id(attr, generated, self.settings.attributes);
        let syntax = self.settings.traits.attributes;
        if id.is_some() && syntax == AttributeSyntax::None || !generated && self.kept_as_html(attr) {
            self.html(block);
            return;
        }
        let start = self.out.len();
        let underlined = self.settings.style.underlined_headings && level <= 2;
        if !underlined {
            self.out.extend(std::iter::repeat_n('#', usize::from(level)));
            self.out.push(' ');
        }
        let text_start = self.out.len();
        self.run(content, Surroundings::Heading);
        if self.out.len() == text_start {
            self.out.truncate(start);
            self.out.extend(std::iter::repeat_n('#', usize::from(level)));
            return;
        }
        if underlined {
            let width = (self.out.len() - text_start).clamp(3, 72);
            self.new_line();
            self.out.extend(std::iter::repeat_n(if level == 1 { '=' } else { '-' }, width));
            return;
        }
        self.escape_closing_hashes(text_start);
        if let Some(id) = id {
            self.out.push_str(" {#");
            self.out.push_str(id);
            self.out.push('}');
        }
        if !attr.classes().is_empty() || !attr.pairs().is_empty() {
            let mut rest = attr.clone();
            rest.set_id(None);
            self.attributes_after(&rest, "heading");
        }
    }

    /// Hashes at the end of a heading's text would close it; to Python-Markdown even those that touch it.
    fn escape_closing_hashes(&mut self, text_start: usize) {
        let text = &self.out[text_start..];
        let core = text.trim_end_matches('#').len();
        let apart = core == 0 || text[..core].ends_with(' ') || self.settings.traits.four_columns;
        if core < text.len() && apart && !text[..core].ends_with('\\') {
            self.out.insert(text_start + core, '\\');
        }
    }

    fn quote(&mut self, blocks: &'a [Block]) {
        self.containers += 1;
        self.quotes += 1;
        let outer = self.prefix.len();
        let start = self.out.len();
        self.prefix.push_str("> ");
        self.out.push_str("> ");
        self.after_marker = false;
        let text_start = self.out.len();
        self.blocks(blocks, false);
        if self.out.len() == text_start {
            self.out.truncate(start);
            self.out.push('>');
        }
        self.prefix.truncate(outer);
        self.quotes -= 1;
        self.containers -= 1;
    }

    fn code_block(&mut self, attr: &Attr, language: Option<&str>, text: &str) {
        let language = language.unwrap_or("");
        let fence = if language.contains('`') || self.plain_kramdown { '~' } else { self.settings.style.fence };
        let longest = longest_run(text, u8::try_from(fence).unwrap_or(b'`'));
        let length = if longest < 3 { 3 } else { longest + 1 };
        self.out.extend(std::iter::repeat_n(fence, length));
        for (n, part) in language.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.out.push_str(if n > 0 { "-" } else { "" });
            self.out.push_str(part);
        }
        if !text.is_empty() {
            for line in text.split('\n') {
                if line.is_empty() {
                    self.out.push('\n');
                    self.out.push_str(self.prefix.trim_end());
                } else {
                    self.new_line();
                    self.out.push_str(line);
                }
            }
        }
        self.new_line();
        self.out.extend(std::iter::repeat_n(fence, length));
        self.attributes_after(attr, "code");
    }

    fn definitions(&mut self, items: &'a [postferry_doc::DefinitionItem]) {
        for (n, item) in items.iter().enumerate() {
            if n > 0 {
                self.blank_line();
            }
            for (n, term) in item.terms.iter().enumerate() {
                if n > 0 {
                    self.new_line();
                }
                self.losses.attributes(&term.attr, "dt");
                self.run(&term.content, Surroundings::Heading);
            }
            for definition in &item.definitions {
                self.losses.attributes(&definition.attr, "dd");
                if matches!(definition.blocks.first(), Some(Block::Plain { .. }) | None) {
                    self.new_line();
                } else {
                    self.blank_line();
                }
                self.out.push_str(":   ");
                self.indented(4, |writer| writer.blocks(&definition.blocks, true));
            }
        }
    }

    /// Writes inside a container whose lines are indented.
    pub(crate) fn indented(&mut self, columns: usize, write: impl FnOnce(&mut Self)) {
        self.containers += 1;
        let outer = self.prefix.len();
        self.prefix.extend(std::iter::repeat_n(' ', columns));
        self.after_marker = true;
        write(self);
        self.after_marker = false;
        self.prefix.truncate(outer);
        self.containers -= 1;
    }

    fn math(&mut self, tex: &str) {
        match self.settings.traits.math {
            MathSyntax::Text => {
                self.out.push_str("\\\\[");
                write_literally(&mut self.out, tex, false);
                self.out.push_str("\\\\]");
            }
            MathSyntax::Dollars if !tex.contains('%') && tex.trim().lines().any(may_begin_block) => {
                self.out.push_str("$$");
                self.out.push_str(&tex.split_whitespace().collect::<Vec<_>>().join(" "));
                self.out.push_str("$$");
            }
            MathSyntax::Dollars | MathSyntax::DoubleDollars => {
                self.out.push_str("$$");
                self.new_line();
                self.lines_of(tex.trim());
                self.new_line();
                self.out.push_str("$$");
            }
        }
    }

    fn element(&mut self, block: &'a Block, name: &str, attr: &'a Attr, blocks: &'a [Block]) {
        if is_grouping(name) || is_carrier(name) {
            if !is_grouping(name) || name != "div" {
                self.losses.element(name);
            }
            self.losses.attributes(attr, name);
            self.blocks(blocks, false);
            return;
        }
        if self.settings.html == RawHtml::Drop {
            self.losses.element(name);
            if !is_raw_text(name) {
                self.blocks(blocks, false);
            }
            return;
        }
        let markdown_inside = matches!(name, "details" | "aside" | "dialog" | "address" | "fieldset" | "form")
            && !self.settings.is_kramdown()
            && !self.settings.traits.four_columns
            && !is_void(name)
            && !blocks.is_empty();
        if markdown_inside {
            self.wrapped(name, attr, blocks);
        } else {
            self.html(block);
        }
    }

    /// Writes Markdown between a start and an end tag.
    fn wrapped(&mut self, name: &str, attr: &Attr, blocks: &'a [Block]) {
        self.out.push('<');
        self.out.push_str(name);
        let mut tag = String::new();
        for_each_attribute(attr, self.settings.attributes, &mut |name, value| {
            self.settings.push_attribute(&mut tag, name, value);
        });
        self.out.push_str(&tag);
        if self.settings.is_kramdown() || self.settings.traits.four_columns {
            self.out.push_str(" markdown=\"1\"");
        }
        self.out.push('>');
        let mut rest = blocks;
        if let Some((summary @ Block::Element { name, .. }, after)) = blocks.split_first()
            && name == "summary"
        {
            self.new_line();
            self.html(summary);
            rest = after;
        }
        let outer = std::mem::replace(&mut self.plain_kramdown, self.settings.is_kramdown());
        if !rest.is_empty() {
            self.blank_line();
            self.blocks(rest, false);
        }
        self.plain_kramdown = outer;
        self.blank_line();
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes a block as HTML.
    pub fn html(&mut self, block: &Block) {
        // Text alone begins no HTML block.
        let bare = matches!(block, Block::Plain { .. });
        if bare {
            self.out.push_str("<p>");
        }
        let mut writer = HtmlWriter {
            out: &mut self.out,
            prefix: &self.prefix,
            settings: self.settings,
            losses: &mut self.losses,
            depth: self.depth,
            indent: 0,
        };
        writer.block(block);
        if bare {
            self.out.push_str("</p>");
        }
    }

    /// Writes text as it is, line by line.
    pub(crate) fn lines_of(&mut self, text: &str) {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.out.push('\n');
                self.out.push_str(if line.trim().is_empty() { self.prefix.trim_end() } else { &self.prefix });
            }
            self.out.push_str(line);
        }
    }

    /// Writes a run of inlines.
    pub fn run(&mut self, content: &'a [Inline], surroundings: Surroundings) {
        let level = if self.levels.is_empty() { LeafLevel::Plain } else { self.level_of(content) };
        if level == LeafLevel::Second
            && matches!(surroundings, Surroundings::Lines | Surroundings::Item)
            && let Some(text) = spell_again(content, self.settings, self.depth)
        {
            self.lines_of(&text);
            return;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        let mut tokens = Tokenizer::new(tokens, self.settings, &mut self.losses, level, self.depth).run(content);
        choose_delimiters(&mut tokens, &mut self.pairs, self.settings);
        if let ([Token::Text { text: "^", first, .. }], true) = (tokens.as_mut_slice(), self.settings.is_kramdown()) {
            // Alone in its line it would end the block before it.
            *first = true;
        }
        let state = RunState::new(std::mem::take(&mut self.buffers), &tokens, self.settings, level, surroundings);
        let speller = Speller {
            out: &mut self.out,
            prefix: &self.prefix,
            tokens: &tokens,
            state,
            settings: self.settings,
            surroundings,
            column: self.prefix.len(),
            backslash_break: self.settings.traits.backslash_break && !self.plain_kramdown,
            straight: self.straight,
            references: &mut self.references,
            definitions: self.settings.style.reference_links.then_some(&mut self.definitions),
        };
        self.buffers = speller.write().buffers;
        self.tokens = tokens;
    }

    fn level_of(&self, content: &[Inline]) -> LeafLevel {
        self.levels.get(&key_of(content)).copied().unwrap_or_default()
    }
}

/// Whether a block may follow a line of text without a blank line.
fn interrupts(block: &Block) -> bool {
    match block {
        Block::List(list) => {
            let first = list.items.first().and_then(|item| item.blocks.first());
            let starts = matches!(list.kind, ListKind::Bullet | ListKind::Ordered { start: 1 });
            starts && list.attr.is_empty() && matches!(first, Some(Block::Plain { .. } | Block::Paragraph { .. }))
        }
        Block::CodeBlock { .. } | Block::BlockQuote { .. } => true,
        _ => false,
    }
}

/// Whether a line of TeX would end a paragraph: to such a reader, mathematics is text. TeX takes a line's end for a blank,
/// but for that of a comment.
fn may_begin_block(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty()
        || line.starts_with(['-', '+', '*', '#', '>', '=', '<', '`', '~', ':', '|'])
        || line.starts_with(char::is_numeric)
}
