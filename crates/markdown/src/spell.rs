//! Spelling: writes a run of tokens as Markdown.

use crate::{
    dialect::MathSyntax,
    line_start::{LineStart, line_marker},
    link::{Definitions, Place, write_destination, write_title},
    meaning::Mark,
    scan::longest_run,
    settings::Settings,
    text::{Reference, RunState, Surroundings, TextWriter},
    token::{Delimiter, Token},
    typography::StraightKinds,
};

/// Writes a run. Lines after the first begin with `prefix`.
pub(crate) struct Speller<'s, 'a> {
    pub out: &'s mut String,
    pub prefix: &'s str,
    pub tokens: &'s [Token<'a>],
    pub state: RunState,
    pub settings: &'s Settings,
    pub surroundings: Surroundings,
    /// The column at which the run begins.
    pub column: usize,
    /// Lines are broken with a backslash.
    pub backslash_break: bool,
    /// Typographic characters that are written straight.
    pub straight: StraightKinds,
    /// Collects the characters that were written as references.
    pub references: &'s mut Vec<Reference>,
    /// Collects the targets of links, where they stand at the end.
    pub definitions: Option<&'s mut Definitions>,
}

impl Speller<'_, '_> {
    /// Writes the run; gives its state back for its buffers.
    pub fn write(mut self) -> RunState {
        let mut line_start = true;
        let mut line = self.out.len() - self.column.min(self.out.len());
        let mut links = std::mem::take(&mut self.state.buffers.links);
        for index in 0..self.tokens.len() {
            match &self.tokens[index] {
                Token::Text { .. } => {
                    let item = index == 0 && self.surroundings == Surroundings::Item;
                    let place = LineStart { first: self.state.first_line, item };
                    let marks_lines =
                        line_start && self.surroundings != Surroundings::Cell && (index > 0 || self.has_line_start());
                    let mut writer = TextWriter {
                        out: self.out,
                        tokens: self.tokens,
                        state: &mut self.state,
                        settings: self.settings,
                        place,
                        straight: self.straight,
                        references: self.references,
                    };
                    writer.write(index, marks_lines);
                }
                Token::Blank(text) => self.out.push_str(text),
                Token::Space => {
                    if self.wraps(index, line) {
                        self.new_line();
                        line = self.out.len();
                        line_start = true;
                        continue;
                    }
                    self.out.push(' ');
                }
                Token::SoftBreak => {
                    if self.one_line()
                        || self.settings.style.wrap.is_some() && !self.wraps(index, line)
                        || self.would_mark(index + 1)
                        || self.settings.is_kramdown() && self.out.ends_with('\\')
                    {
                        self.out.push(' ');
                    } else {
                        self.new_line();
                        line = self.out.len();
                        line_start = true;
                        continue;
                    }
                }
                Token::Break => {
                    if self.one_line() {
                        self.out.push_str(if self.settings.traits.jsx { "<br />" } else { "<br>" });
                        line_start = false;
                        continue;
                    }
                    let after_blank = self.out.ends_with('\n') || self.out.ends_with(self.prefix) && self.ends_in_line_break();
                    // kramdown sees no backslash at a line's end in a strikethrough.
                    let backslash = self.backslash_break && !(self.settings.is_kramdown() && self.state.inside[2] > 0);
                    if after_blank && !backslash {
                        self.out.push_str("<br>");
                    } else {
                        self.out.push_str(if backslash { "\\" } else { "  " });
                    }
                    self.new_line();
                    line = self.out.len();
                    line_start = true;
                    continue;
                }
                Token::Open(mark, delimiter) => self.delimiter(*mark, *delimiter, false),
                Token::Close(mark, delimiter) => self.delimiter(*mark, *delimiter, true),
                Token::Code(text) => {
                    self.state.pass_code(text);
                    self.code(text);
                }
                Token::Verbatim(text)
                    if text.contains('|') && text.starts_with('<') && !text.starts_with("<!") && self.bars_count() =>
                {
                    self.out.push_str(&text.replace('|', "&#124;"));
                }
                Token::Verbatim(text) => self.out.push_str(text),
                Token::LinkOpen => {
                    self.state.enter_link();
                    links.push((self.out.len(), index));
                    self.out.push('[');
                }
                Token::LinkClose { target, title } => {
                    self.state.leave_link();
                    if let Some((start, first)) = links.pop() {
                        self.close_link(start, first, index, target, *title);
                    }
                }
                Token::Image { source, title, alt } => self.image(source, *title, alt),
                Token::Note(label) => {
                    self.out.push_str("[^");
                    self.out.push_str(label);
                    self.out.push(']');
                }
                Token::Math(tex) => self.math(tex),
            }
            line_start = false;
        }
        links.clear();
        self.state.buffers.links = links;
        self.state
    }

    fn has_line_start(&self) -> bool {
        self.surroundings != Surroundings::Heading
    }

    /// Whether any bar would be read as a cell's end.
    fn bars_count(&self) -> bool {
        self.surroundings == Surroundings::Cell || self.settings.is_kramdown()
    }

    fn one_line(&self) -> bool {
        matches!(self.surroundings, Surroundings::Heading | Surroundings::Cell)
    }

    fn ends_in_line_break(&self) -> bool {
        let before = &self.out[..self.out.len() - self.prefix.len()];
        before.is_empty() || before.ends_with('\n')
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.prefix);
        self.state.first_line = false;
    }

    /// Whether what comes next would have to be escaped at the start of a line.
    fn would_mark(&self, index: usize) -> bool {
        match self.tokens.get(index) {
            Some(Token::Text { .. }) => {
                line_marker(self.tokens, index, LineStart { first: false, item: false }).is_some()
                    || matches!(&self.tokens[index], Token::Text { text, .. } if text.starts_with(['`', '~', '|', '#']))
            }
            Some(Token::Verbatim(text)) => text.starts_with('<'),
            Some(Token::Open(_, Delimiter::Tag)) => true,
            Some(Token::Code(text)) => text.contains("``"),
            _ => false,
        }
    }

    /// Whether the line must be wrapped before the token that follows `index`.
    fn wraps(&self, index: usize, line: usize) -> bool {
        let Some(width) = self.settings.style.wrap else { return false };
        if self.one_line() || self.would_mark(index + 1) {
            return false;
        }
        let next = match self.tokens.get(index + 1) {
            Some(Token::Text { text, .. }) => text.len(),
            Some(Token::Code(text)) => text.len() + 2,
            _ => 1,
        };
        self.out.len() - line + 1 + next > width
    }

    fn delimiter(&mut self, mark: Mark, delimiter: Delimiter, close: bool) {
        let slot = match (mark, delimiter) {
            (Mark::Strikethrough, _) => 2,
            (_, Delimiter::Underscore) => 1,
            _ => 0,
        };
        if close {
            self.state.leave_mark(slot, mark, delimiter == Delimiter::Tag);
        } else {
            self.state.enter_mark(slot);
        }
        let text = match (mark, delimiter) {
            (Mark::Emphasis, Delimiter::Star) => "*",
            (Mark::Emphasis, Delimiter::Underscore) => "_",
            (Mark::Strong, Delimiter::Star) => "**",
            (Mark::Strong, Delimiter::Underscore) => "__",
            (Mark::Strikethrough, Delimiter::Star | Delimiter::Underscore) => "~~",
            (Mark::Emphasis, Delimiter::Tag) => ["<em>", "</em>"][usize::from(close)],
            (Mark::Strong, Delimiter::Tag) => ["<strong>", "</strong>"][usize::from(close)],
            (Mark::Strikethrough, Delimiter::Tag) => ["<del>", "</del>"][usize::from(close)],
        };
        self.out.push_str(text);
    }

    fn code(&mut self, text: &str) {
        // kramdown takes a backtick with blanks around it for text.
        let text = if self.settings.is_kramdown() { text.trim_ascii() } else { text };
        // Longer than any run inside: kramdown ends a span at the first run that is long enough.
        let ticks = longest_run(text, b'`') + 1;
        let padded = text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') && text.ends_with(' ');
        self.out.extend(std::iter::repeat_n('`', ticks));
        if padded {
            self.out.push(' ');
        }
        let mut done = 0;
        for (at, byte) in text.bytes().enumerate() {
            let spelling = match byte {
                b'\n' | b'\r' => " ",
                b'|' if self.surroundings == Surroundings::Cell => "\\|",
                _ => continue,
            };
            self.out.push_str(&text[done..at]);
            self.out.push_str(spelling);
            done = at + 1;
        }
        self.out.push_str(&text[done..]);
        if padded {
            self.out.push(' ');
        }
        self.out.extend(std::iter::repeat_n('`', ticks));
    }

    fn close_link(&mut self, start: usize, first: usize, index: usize, target: &str, title: Option<&str>) {
        if title.is_none()
            && index == first + 2
            && !self.settings.traits.jsx
            && let Token::Text { text, .. } = &self.tokens[first + 1]
        {
            let email = target.strip_prefix("mailto:").is_some_and(|address| address == *text && is_email(address));
            if email || *text == target && is_uri(target) {
                self.out.truncate(start);
                self.out.push('<');
                self.out.push_str(text);
                self.out.push('>');
                return;
            }
        }
        if let Some(definitions) = &mut self.definitions {
            let number = definitions.number(target, title);
            self.out.push_str("][");
            self.out.push_str(&number.to_string());
            self.out.push(']');
            return;
        }
        self.out.push_str("](");
        let place = self.place();
        write_destination(self.out, target, place);
        if let Some(title) = title {
            self.out.push(' ');
            write_title(self.out, title, place);
        }
        self.out.push(')');
    }

    fn place(&self) -> Place {
        if self.settings.is_kramdown() {
            Place::Kramdown
        } else if self.surroundings == Surroundings::Cell {
            Place::Cell
        } else {
            Place::Line
        }
    }

    fn image(&mut self, source: &str, title: Option<&str>, alt: &str) {
        let place = self.place();
        self.out.push_str("![");
        for (n, word) in alt.split_ascii_whitespace().enumerate() {
            if n > 0 {
                self.out.push(' ');
            }
            write_alternative(self.out, word, place != Place::Line);
        }
        self.out.push_str("](");
        write_destination(self.out, source, place);
        if let Some(title) = title.filter(|t| !t.is_empty()) {
            self.out.push(' ');
            write_title(self.out, title, place);
        }
        self.out.push(')');
    }

    fn math(&mut self, tex: &str) {
        match self.settings.traits.math {
            MathSyntax::Dollars => {
                self.out.push('$');
                self.out.push_str(tex.trim());
                self.out.push('$');
            }
            MathSyntax::DoubleDollars => {
                // Alone it would be a block.
                self.out.push_str(if self.tokens.len() == 1 { "\\$$" } else { "$$" });
                self.out.push_str(tex);
                self.out.push_str("$$");
            }
            MathSyntax::Text => {
                self.out.push_str("\\\\(");
                write_literally(self.out, tex, self.surroundings == Surroundings::Cell);
                self.out.push_str("\\\\)");
            }
        }
    }
}

/// Writes an image's alternative: text in which nothing is markup.
fn write_alternative(out: &mut String, word: &str, cell: bool) {
    for (at, c) in word.char_indices() {
        let intraword = || {
            let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            alphanumeric(word[..at].chars().next_back()) && alphanumeric(word[at + 1..].chars().next())
        };
        match c {
            '\\' | '[' | ']' | '*' | '`' | '<' => out.push('\\'),
            '_' if !intraword() => out.push('\\'),
            '|' if cell => out.push('\\'),
            '&' => {
                out.push_str("&amp;");
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
}

/// Writes TeX as text: every character that could be markup where it stands is escaped, lines are joined. (A backslash
/// before a letter and a `_` inside a word are text to every reader.)
pub(crate) fn write_literally(out: &mut String, text: &str, cell: bool) {
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        let inside_word = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        before = Some(c);
        match c {
            '\\' if next.is_some_and(|next| !next.is_ascii_punctuation() && !matches!(next, '\n' | '\r')) => out.push(c),
            '&' if next.is_none_or(|next| next != '#' && !next.is_ascii_alphanumeric()) => out.push(c),
            '_' if inside_word => out.push(c),
            '<' if next.is_none_or(|n| n == ' ' || n.is_ascii_digit()) => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '#' => {
                out.push('\\');
                out.push(c);
            }
            '|' if cell => out.push_str("\\|"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
        && !rest.is_empty()
        && !rest.contains(|c: char| c.is_ascii_control() || matches!(c, ' ' | '<' | '>' | '|' | '\\'))
        && matches!(scheme, "http" | "https" | "ftp" | "mailto" | "irc")
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let label = |l: &str| {
        !l.is_empty()
            && l.len() < 64
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    !local.is_empty()
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-'))
        && domain.contains('.')
        && domain.split('.').all(label)
}
