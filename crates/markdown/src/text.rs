//! Text: which characters of it would be read as markup, and are escaped.

use crate::{
    dialect::{MathSyntax, Traits},
    flanking::{after, before, flanking},
    link::is_pointed,
    meaning::straight,
    respell::LeafLevel,
    settings::Settings,
    token::{Delimiter, Token},
};

/// Characters that may be markup in a dialect, found by their bytes.
const BASE: &[u8] = b"\\`*_[]<>&|";

/// What is known about a run before its text is written.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "what a run holds")]
pub(crate) struct RunState {
    /// Whether any character of the run may be markup.
    pub any: bool,
    /// Marks that are open, by their delimiters: `*`, `_`, `~`.
    pub inside: [u32; 3],
    careful: bool,
    open: [bool; 3],
    ticks: Vec<u32>,
    brackets: Vec<(usize, usize)>,
    last_angle: Option<(usize, usize)>,
    /// The last span of code but one.
    code: Option<usize>,
    table: bool,
    math: bool,
    cell: bool,
    heading: bool,
    /// Whether a line of the run is still the first.
    pub first_line: bool,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surroundings {
    /// A paragraph or an item's text.
    Lines,
    /// The first text of a list item, which may look like a task.
    Item,
    /// A heading of one line.
    Heading,
    /// A cell of a pipe table.
    Cell,
}

impl RunState {
    /// Looks a run over.
    pub fn new(
        mut ticks: Vec<u32>,
        tokens: &[Token<'_>],
        settings: &Settings,
        level: LeafLevel,
        surroundings: Surroundings,
    ) -> Self {
        ticks.clear();
        let mut state = Self {
            careful: level > LeafLevel::Plain || !settings.daring,
            cell: surroundings == Surroundings::Cell,
            heading: surroundings == Surroundings::Heading,
            ticks,
            first_line: true,
            any: false,
            inside: [0; 3],
            open: [false; 3],
            brackets: Vec::new(),
            last_angle: None,
            code: None,
            table: false,
            math: false,
        };
        for token in tokens {
            if let Token::Text { text, .. } = token {
                state.any = state.any || may_be_markup(text, settings);
            }
        }
        if state.any {
            state.look_over(tokens);
        }
        state
    }

    /// Gives back the buffer.
    pub fn into_ticks(self) -> Vec<u32> {
        self.ticks
    }

    fn look_over(&mut self, tokens: &[Token<'_>]) {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut links: Vec<usize> = Vec::new();
        let mut dollars = 0;
        let mut last_code = None;
        for (n, token) in tokens.iter().enumerate() {
            match token {
                Token::Text { text, .. } => {
                    let bytes = text.as_bytes();
                    let mut at = 0;
                    while at < bytes.len() {
                        match bytes[at] {
                            b'`' => at += self.count_ticks(&bytes[at..]) - 1,
                            b'[' => open.push((n, at)),
                            b']' => {
                                let next = bytes.get(at + 1).copied().or_else(|| u8::try_from(after(tokens, n)).ok());
                                let floor = links.last().copied().unwrap_or(0);
                                match open.pop().filter(|_| open.len() >= floor) {
                                    Some(start) if next == Some(b'(') || self.careful => {
                                        self.brackets.push(start);
                                        if !links.is_empty() {
                                            self.brackets.push((n, at));
                                        }
                                    }
                                    Some(_) => {}
                                    None if !links.is_empty() || self.careful => self.brackets.push((n, at)),
                                    None => {}
                                }
                            }
                            b'>' => self.last_angle = Some((n, at)),
                            b'|' => self.table = true,
                            b'$' if bytes.get(at + 1) == Some(&b'$') => {
                                dollars += 1;
                                at += 1;
                            }
                            _ => {}
                        }
                        at += 1;
                    }
                }
                Token::Code(text) => {
                    self.code = last_code.replace(n).or(self.code);
                    let bytes = text.as_bytes();
                    let mut at = 0;
                    while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
                        at += found;
                        at += self.count_ticks(&bytes[at..]);
                    }
                    self.count_ticks(b"`");
                }
                Token::Verbatim(text) if text.contains('>') => self.last_angle = Some((n, 0)),
                Token::Open(_, Delimiter::Tag) | Token::Close(_, Delimiter::Tag) => self.last_angle = Some((n, 0)),
                Token::Image { source, title, alt }
                    if is_pointed(source) || alt.contains('>') || title.is_some_and(|t| t.contains('>')) =>
                {
                    self.last_angle = Some((n, 0));
                }
                Token::LinkOpen => links.push(open.len()),
                Token::LinkClose { target, title } => {
                    let label = n.checked_sub(1).map(|before| &tokens[before]);
                    let autolink = matches!(label, Some(Token::Text { text, .. }) if target.ends_with(text));
                    if is_pointed(target) || autolink || title.is_some_and(|t| t.contains('>')) {
                        self.last_angle = Some((n, 0));
                    }
                    if let Some(floor) = links.pop() {
                        self.brackets.extend(open.drain(floor.min(open.len())..));
                    }
                }
                _ => {}
            }
        }
        self.math = dollars > 1;
        self.brackets.sort_unstable();
    }

    /// Counts a run of backticks at the start of `bytes`; gives its length.
    fn count_ticks(&mut self, bytes: &[u8]) -> usize {
        let length = bytes.iter().take_while(|b| **b == b'`').count();
        let slot = length.min(63);
        if self.ticks.len() <= slot {
            self.ticks.resize(slot + 1, 0);
        }
        self.ticks[slot] += 1;
        length
    }
}

/// Writes text with what would be markup escaped.
pub(crate) struct TextWriter<'t, 'a> {
    pub out: &'t mut String,
    pub tokens: &'t [Token<'a>],
    pub state: &'t mut RunState,
    pub settings: &'t Settings,
    pub at_item_start: bool,
    /// Typographic characters are written straight.
    pub straight: bool,
    /// Collects the characters that were written as references for their neighbours' sake.
    pub references: &'t mut Vec<Reference>,
}

/// A character that is written as a reference so that a delimiter beside it is seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    /// Where the reference begins.
    pub start: usize,
    /// The character.
    pub character: char,
}

impl Reference {
    /// How the reference is written.
    pub fn spelling(character: char) -> String {
        format!("&#x{:X};", u32::from(character))
    }
}

impl TextWriter<'_, '_> {
    /// Writes the text token at `index`; `line_start` says that a line begins with it.
    pub fn write(&mut self, index: usize, line_start: bool) {
        let Token::Text { text, first, last } = &self.tokens[index] else { return };
        let (text, first, last) = (*text, *first, *last);
        let marker = if line_start { line_marker(self.tokens, index, self.at_item_start) } else { None };
        if !self.state.any && marker.is_none() && !first && !last {
            self.plain(text);
            return;
        }
        let end = if last { text.char_indices().next_back().map_or(0, |(at, _)| at) } else { text.len() };
        let mut start = 0;
        if first {
            let c = text.chars().next().unwrap_or(' ');
            start = c.len_utf8();
            self.reference(c);
            if start > end {
                return;
            }
        }
        self.slice(index, text, start, end, marker);
        if last && let Some(c) = text[end..].chars().next() {
            self.reference(c);
        }
    }

    /// Writes text without markup in it.
    fn plain(&mut self, text: &str) {
        if !self.straight || text.is_ascii() {
            self.out.push_str(text);
            return;
        }
        for c in text.chars() {
            match straight(c) {
                Some(straight) => self.out.push_str(straight),
                None => self.out.push(c),
            }
        }
    }

    fn reference(&mut self, c: char) {
        self.references.push(Reference { start: self.out.len(), character: c });
        self.out.push_str(&Reference::spelling(c));
    }

    fn slice(&mut self, index: usize, text: &str, start: usize, end: usize, marker: Option<usize>) {
        let bytes = text.as_bytes();
        let mut done = start;
        let mut at = start;
        while at < end {
            let byte = bytes[at];
            if marker == Some(at) {
                self.plain(&text[done..at]);
                self.out.push('\\');
                done = at;
                at += 1;
                continue;
            }
            if !self.settings.special[usize::from(byte)] {
                at += 1;
                continue;
            }
            let run = bytes[at..end].iter().take_while(|b| **b == byte).count();
            match self.decide(index, text, at, run) {
                Escape::None => at += 1,
                Escape::NoneOfRun => at += run,
                Escape::Backslash => {
                    self.plain(&text[done..at]);
                    self.out.push('\\');
                    done = at;
                    at += 1;
                }
                Escape::First => {
                    self.plain(&text[done..at]);
                    self.out.push('\\');
                    done = at;
                    at += run;
                }
                Escape::Run => {
                    self.plain(&text[done..at]);
                    for _ in 0..run {
                        self.out.push('\\');
                        self.out.push(char::from(byte));
                    }
                    at += run;
                    done = at;
                }
                Escape::Entity => {
                    self.plain(&text[done..at]);
                    self.out.push_str("&amp;");
                    at += 1;
                    done = at;
                }
            }
        }
        self.plain(&text[done..end]);
    }

    fn decide(&mut self, index: usize, text: &str, at: usize, run: usize) -> Escape {
        let bytes = text.as_bytes();
        let traits = &self.settings.traits;
        let next = |offset: usize| bytes.get(at + offset).copied().unwrap_or_else(|| ascii(after(self.tokens, index)));
        let careful = self.state.careful;
        match bytes[at] {
            b'\\' => {
                let follows = next(1);
                if follows.is_ascii_punctuation() || at + 1 == bytes.len() && self.ends_line(index) {
                    Escape::Backslash
                } else {
                    Escape::None
                }
            }
            b'`' => {
                let slot = run.min(63);
                let later = self.state.ticks.get_mut(slot).is_some_and(|n| {
                    *n = n.saturating_sub(1);
                    *n > 0
                });
                // cmark forgets where spans of code end once it has looked in vain for the end of one.
                let spans = self.state.code.is_some_and(|last_but_one| last_but_one > index);
                if careful || self.settings.is_kramdown() || later && run == 1 || spans {
                    Escape::Run
                } else if later {
                    Escape::First
                } else {
                    Escape::NoneOfRun
                }
            }
            c @ (b'*' | b'_' | b'~') => {
                if c == b'~' && run > 2 {
                    // cmark-gfm loses an emphasis in which tildes stand alone.
                    let marked = self.state.inside.iter().any(|n| *n > 0);
                    return if marked { Escape::Run } else { Escape::NoneOfRun };
                }
                let left = text[..at].chars().next_back().unwrap_or_else(|| before(self.tokens, index));
                let right = text[at + run..].chars().next().unwrap_or_else(|| after(self.tokens, index));
                self.delimiter(char::from(c), left, right)
            }
            b'[' | b']' => {
                let noted = bytes[at] == b'[' && next(1) == b'^' && traits.footnotes && self.settings.notes;
                let wiki = traits.math == MathSyntax::Dollars && bytes[at] == b'[' && next(1) == b'[';
                if noted || wiki || self.state.brackets.binary_search(&(index, at)).is_ok() {
                    Escape::Backslash
                } else {
                    Escape::None
                }
            }
            b'<' => {
                let closes = self.state.last_angle.is_some_and(|last| last > (index, at));
                let markup =
                    if careful { opens_markup(&text[at + 1..], true) } else { closes && opens_markup(&text[at + 1..], false) };
                let follows = next(1).is_ascii_alphabetic() || matches!(next(1), b'/' | b'!' | b'?');
                if traits.jsx || markup && follows || traits.smart && next(1) == b'<' { Escape::Backslash } else { Escape::None }
            }
            b'>' => {
                if traits.smart && next(1) == b'>' {
                    Escape::Backslash
                } else {
                    Escape::None
                }
            }
            b'&' => {
                if is_reference(&bytes[at..]) {
                    Escape::Entity
                } else {
                    Escape::None
                }
            }
            b'|' => {
                let row = self.state.first_line && !self.state.heading && self.state.table;
                if self.state.cell || row || careful && !self.state.heading { Escape::Backslash } else { Escape::None }
            }
            b'!' => {
                if at + 1 == bytes.len() && next(1) == b'[' {
                    Escape::Backslash
                } else {
                    Escape::None
                }
            }
            b'$' => {
                let dollars = traits.math == MathSyntax::Dollars;
                if dollars || self.state.math && next(1) == b'$' { Escape::Backslash } else { Escape::None }
            }
            b'{' => {
                let braces = traits.jsx
                    || traits.shortcodes && next(1) == b'{' && matches!(next(2), b'<' | b'%')
                    || next(1) == b':'
                    || self.state.heading && text.ends_with('}');
                if braces {
                    if traits.shortcodes && next(1) == b'{' { Escape::Run } else { Escape::Backslash }
                } else {
                    Escape::None
                }
            }
            b'"' | b'\'' => Escape::Backslash,
            b'.' => match run {
                0..=2 => Escape::NoneOfRun,
                3 => Escape::First,
                _ => Escape::Run,
            },
            b'-' | b'=' | b'%' => match run {
                0 | 1 => Escape::None,
                2 => Escape::First,
                _ => Escape::Run,
            },
            b'#' => {
                let starts = at == 0 || bytes[at - 1].is_ascii_whitespace();
                if starts && (next(1).is_ascii_alphabetic() || next(1) >= 0x80) { Escape::Backslash } else { Escape::None }
            }
            _ => Escape::None,
        }
    }

    /// A literal delimiter: harmless when it can neither open nor close, or has no partner.
    fn delimiter(&mut self, c: char, left: char, right: char) -> Escape {
        let slot = match c {
            '*' => 0,
            '_' => 1,
            _ => 2,
        };
        let (mut opens, mut closes) = flanking(c, left, right);
        if self.settings.traits.strikethrough && (left == '~' || right == '~') {
            // What is beyond the tildes decides for cmark-gfm.
            (opens, closes) = (true, true);
        }
        if !opens && !closes {
            return Escape::NoneOfRun;
        }
        // cmark-gfm loses an emphasis in which a tilde stands alone.
        let marked = self.state.inside[slot] > 0 || slot == 2 && self.state.inside.iter().any(|n| *n > 0);
        if self.state.careful || marked || self.settings.is_kramdown() {
            return Escape::Run;
        }
        if closes && self.state.open[slot] {
            return Escape::Run;
        }
        self.state.open[slot] |= opens;
        Escape::NoneOfRun
    }

    fn ends_line(&self, index: usize) -> bool {
        matches!(self.tokens.get(index + 1), None | Some(Token::SoftBreak | Token::Break))
    }
}

enum Escape {
    None,
    NoneOfRun,
    Backslash,
    First,
    Run,
    Entity,
}

/// Whether text holds a character that may be markup; the usual set is looked for many bytes at a time.
fn may_be_markup(text: &str, settings: &Settings) -> bool {
    if settings.traits.smart || settings.traits.math == MathSyntax::Dollars {
        return text.bytes().any(|b| settings.special[usize::from(b)]);
    }
    let set = *b"\\`*_[]<>&|!${~";
    text.bytes().fold(0, |found, b| set.iter().fold(found, |found, c| found | u8::from(b == *c))) != 0
}

/// The bytes that may be markup in text.
pub(crate) fn special_bytes(traits: &Traits) -> [bool; 256] {
    let mut special = [false; 256];
    let mut add = |bytes: &[u8]| bytes.iter().for_each(|b| special[usize::from(*b)] = true);
    add(BASE);
    add(b"!${");
    if traits.strikethrough {
        add(b"~");
    }
    if traits.smart {
        add(b"\"'.-");
    }
    if traits.math == MathSyntax::Dollars {
        add(b"=%#");
    }
    special
}

/// Whether the text after a `<` could go on to be a tag, a comment or an autolink.
fn opens_markup(rest: &str, careful: bool) -> bool {
    let bytes = rest.as_bytes();
    match bytes.first() {
        Some(b'/') => bytes.get(1).is_none_or(u8::is_ascii_alphabetic),
        Some(b'!') => true,
        Some(b'?') => careful || rest.get(1..).is_some_and(|rest| rest.contains("?>")),
        Some(first) if first.is_ascii_alphabetic() => {
            let name = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
            match bytes.get(name) {
                None | Some(b' ' | b'\t' | b'\n' | b'/' | b'>') => true,
                // An autolink goes on to its end without a space.
                Some(b':' | b'@' | b'.' | b'+' | b'_') => {
                    careful || rest.find([' ', '<', '>']).is_none_or(|end| bytes[end] == b'>')
                }
                Some(_) => careful,
            }
        }
        Some(_) => false,
        None => true,
    }
}

fn ascii(c: char) -> u8 {
    u8::try_from(c).unwrap_or(0x80)
}

/// Whether a character reference begins here.
fn is_reference(bytes: &[u8]) -> bool {
    let inner = &bytes[1..bytes.len().min(40)];
    let Some(end) = memchr::memchr(b';', inner) else { return false };
    let name = &inner[..end];
    match name {
        [b'#', b'x' | b'X', hex @ ..] => !hex.is_empty() && hex.len() <= 8 && hex.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.len() <= 8 && digits.iter().all(u8::is_ascii_digit),
        [first, ..] => first.is_ascii_alphabetic() && name.len() > 1 && name.iter().all(u8::is_ascii_alphanumeric),
        [] => false,
    }
}

/// Where a line that begins with the text at `index` must be escaped so that it begins no block.
pub(crate) fn line_marker(tokens: &[Token<'_>], index: usize, item_start: bool) -> Option<usize> {
    let Token::Text { text, first: false, .. } = &tokens[index] else { return None };
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_alphabetic() || first >= 0x80 {
        return None;
    }
    let only = |allowed: &[u8]| bytes.iter().all(|b| allowed.contains(b)) && rest_is_blank(tokens, index, allowed);
    let run = bytes.iter().take_while(|b| **b == first).count();
    let then = bytes.get(run).copied().unwrap_or_else(|| ascii(after(tokens, index)));
    let second = bytes.get(1).copied().unwrap_or_else(|| ascii(after(tokens, index)));
    let escape = match first {
        b'#' => run <= 6 && then == b' ',
        b'>' => true,
        b'-' => second == b' ' || only(b"- ") || (text.contains('|') || only(b"-: ")) && only(b"-|: "),
        b'+' => second == b' ',
        b'*' => second == b' ' || only(b"* ") || second == b'[' && text.contains("]:"),
        b'_' => run >= 3 && only(b"_ "),
        b'=' => only(b"= "),
        b'~' => run >= 3,
        b'`' => run >= 3,
        b'<' => second.is_ascii_alphabetic() || matches!(second, b'/' | b'!' | b'?'),
        b'[' => text.contains("]:") || item_start && is_task(bytes),
        b':' => second == b' ' || only(b"-|: ") && text.contains('-'),
        b'|' => only(b"-|: ") && text.contains('-'),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            let next = bytes.get(digits + 1).copied().unwrap_or_else(|| ascii(after(tokens, index)));
            let ends = digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')')) && next == b' ';
            return ends.then_some(digits);
        }
        _ => false,
    };
    escape.then_some(0)
}

/// Whether the line goes on with nothing but some characters.
fn rest_is_blank(tokens: &[Token<'_>], index: usize, allowed: &[u8]) -> bool {
    for token in &tokens[index + 1..] {
        match token {
            Token::SoftBreak | Token::Break => return true,
            Token::Space => {}
            Token::Text { text, .. } if text.bytes().all(|b| allowed.contains(&b)) => {}
            _ => return false,
        }
    }
    true
}

fn is_task(bytes: &[u8]) -> bool {
    matches!(bytes, [b'[', b' ' | b'x' | b'X', b']', ..])
}
