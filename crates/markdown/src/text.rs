//! Text: which characters of it would be read as markup, and are escaped.

use crate::{
    dialect::{MathSyntax, Traits},
    flanking::{after, before, flanking},
    line_start::{LineStart, ascii, line_marker},
    link::is_pointed,
    markup::{is_reference, opens_markup},
    meaning::Mark,
    respell::LeafLevel,
    scan::{find_special, longest_run},
    settings::Settings,
    token::{Delimiter, Token},
    typography::StraightKinds,
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
    /// What is kept from run to run.
    pub buffers: Buffers,
    careful: bool,
    /// Literal delimiters that a later one could close.
    open: Openers,
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

/// What a run needs room for; kept from run to run so that the room is asked for once.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    /// Links that are open: where the text has their bracket, and their token.
    pub links: Vec<(usize, usize)>,
    /// How many runs of backticks there are still to come, by their length.
    ticks: Vec<u32>,
    /// Brackets that are escaped: their token and place in it.
    brackets: Vec<(usize, usize)>,
    /// What was open where the marks and links around began.
    outside: Vec<Openers>,
}

/// Literal delimiters that could open a mark, by their characters: `*`, `_`, `~`.
#[derive(Clone, Copy, Debug, Default)]
struct Openers {
    any: [bool; 3],
    /// Those of more than one character.
    long: [bool; 3],
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
        mut buffers: Buffers,
        tokens: &[Token<'_>],
        settings: &Settings,
        level: LeafLevel,
        surroundings: Surroundings,
    ) -> Self {
        buffers.ticks.clear();
        buffers.brackets.clear();
        buffers.outside.clear();
        let mut state = Self {
            careful: level > LeafLevel::Plain || !settings.daring,
            cell: surroundings == Surroundings::Cell,
            heading: surroundings == Surroundings::Heading,
            buffers,
            first_line: true,
            any: false,
            inside: [0; 3],
            open: Openers::default(),
            last_angle: None,
            code: None,
            table: false,
            math: false,
        };
        for token in tokens {
            if let Token::Text { text, .. } = token
                && !state.any
            {
                state.any = find_special(text.as_bytes(), 0, &settings.special, settings.usual) < text.len();
            }
        }
        if state.any {
            state.look_over(tokens, settings);
        }
        state
    }

    fn look_over(&mut self, tokens: &[Token<'_>], settings: &Settings) {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut links: Vec<usize> = Vec::new();
        let mut dollars = 0;
        let mut last_code = None;
        for (n, token) in tokens.iter().enumerate() {
            match token {
                Token::Text { text, .. } => {
                    let bytes = text.as_bytes();
                    let mut at = 0;
                    loop {
                        at = find_special(bytes, at, &settings.special, settings.usual);
                        let Some(byte) = bytes.get(at) else { break };
                        match byte {
                            b'`' => at += self.count_ticks(&bytes[at..]) - 1,
                            b'[' => open.push((n, at)),
                            b']' => {
                                let next = bytes.get(at + 1).copied().or_else(|| u8::try_from(after(tokens, n)).ok());
                                let floor = links.last().copied().unwrap_or(0);
                                match open.pop().filter(|_| open.len() >= floor) {
                                    Some(start) if next == Some(b'(') && may_be_target(tokens, n, at) || self.careful => {
                                        self.buffers.brackets.push(start);
                                        if !links.is_empty() {
                                            self.buffers.brackets.push((n, at));
                                        }
                                    }
                                    Some(_) => {}
                                    None if !links.is_empty() || self.careful => self.buffers.brackets.push((n, at)),
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
                    for_each_tick_run(text, |length| self.count(length));
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
                    let autolink = matches!(&tokens[n - 1], Token::Text { text, .. } if target.ends_with(text));
                    if is_pointed(target) || autolink || title.is_some_and(|t| t.contains('>')) {
                        self.last_angle = Some((n, 0));
                    }
                    if let Some(floor) = links.pop() {
                        self.buffers.brackets.extend(open.drain(floor.min(open.len())..));
                    }
                }
                _ => {}
            }
        }
        self.math = dollars > 1;
        self.buffers.brackets.sort_unstable();
    }

    /// Counts a run of backticks at the start of `bytes`; gives its length.
    fn count_ticks(&mut self, bytes: &[u8]) -> usize {
        let length = bytes.iter().take_while(|b| **b == b'`').count();
        self.count(length);
        length
    }

    fn count(&mut self, length: usize) {
        let slot = length.min(63);
        if self.buffers.ticks.len() <= slot {
            self.buffers.ticks.resize(slot + 1, 0);
        }
        self.buffers.ticks[slot] += 1;
    }

    /// Takes a run of backticks off those that are still to come.
    fn pass_ticks(&mut self, length: usize) {
        if let Some(n) = self.buffers.ticks.get_mut(length.min(63)) {
            *n = n.saturating_sub(1);
        }
    }

    /// Goes past a span of code.
    pub fn pass_code(&mut self, text: &str) {
        if self.any {
            for_each_tick_run(text, |length| self.pass_ticks(length));
        }
    }

    /// Goes into a mark.
    pub fn enter_mark(&mut self, slot: usize) {
        self.inside[slot] += 1;
        self.buffers.outside.push(self.open);
    }

    /// Goes out of a mark. What was open in an emphasis has become text, though not for kramdown in a longer mark, nor if it
    /// is longer itself.
    pub fn leave_mark(&mut self, slot: usize, mark: Mark, tag: bool) {
        self.inside[slot] = self.inside[slot].saturating_sub(1);
        let Some(outside) = self.buffers.outside.pop() else { return };
        if mark == Mark::Emphasis && !tag {
            for slot in 0..3 {
                self.open.any[slot] = outside.any[slot] || self.open.long[slot];
            }
        }
    }

    /// Goes into a link, whose text closes nothing outside.
    pub fn enter_link(&mut self) {
        self.buffers.outside.push(std::mem::take(&mut self.open));
    }

    /// Goes out of a link. What is open in it has become text, though not for kramdown.
    pub fn leave_link(&mut self) {
        let Some(outside) = self.buffers.outside.pop() else { return };
        for slot in 0..3 {
            self.open.any[slot] |= outside.any[slot];
            self.open.long[slot] |= outside.long[slot];
        }
    }
}

/// Writes text with what would be markup escaped.
pub(crate) struct TextWriter<'t, 'a> {
    pub out: &'t mut String,
    pub tokens: &'t [Token<'a>],
    pub state: &'t mut RunState,
    pub settings: &'t Settings,
    pub place: LineStart,
    /// Typographic characters that are written straight.
    pub straight: StraightKinds,
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
        let marker = if line_start { line_marker(self.tokens, index, self.place) } else { None };
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
        }
        self.slice(index, text, start, end, marker);
        if last
            && start <= end
            && let Some(c) = text[end..].chars().next()
        {
            self.reference(c);
        }
    }

    /// Writes text without markup in it.
    fn plain(&mut self, text: &str) {
        if self.straight.is_empty() || text.is_ascii() {
            self.out.push_str(text);
            return;
        }
        for c in text.chars() {
            match self.straight.spelling(c) {
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
        let mut run_end = start;
        while at < end {
            let stop = marker.filter(|marker| *marker >= at).unwrap_or(end).min(end);
            at = find_special(&bytes[..stop], at, &self.settings.special, self.settings.usual);
            if at >= end {
                break;
            }
            let byte = bytes[at];
            if marker == Some(at) {
                if byte == b'`' {
                    // The rest of it is a run of its own.
                    let run = bytes[at..].iter().take_while(|b| **b == byte).count();
                    self.state.pass_ticks(run);
                    self.state.count(run - 1);
                }
                self.plain(&text[done..at]);
                self.out.push('\\');
                done = at;
                at += 1;
                continue;
            }
            // Inside of a run its end is known: each run is counted once.
            if at >= run_end {
                run_end = at + bytes[at..end].iter().take_while(|b| **b == byte).count();
            }
            let run = run_end - at;
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
                if follows.is_ascii_punctuation() || at + 1 == bytes.len() && self.breaks_line(index) {
                    Escape::Backslash
                } else {
                    Escape::None
                }
            }
            b'`' => {
                self.state.pass_ticks(run);
                // kramdown ends a span of code at a longer run, too.
                let later = self.state.buffers.ticks.iter().skip(run.min(63)).any(|n| *n > 0);
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
                self.delimiter(char::from(c), run, left, right)
            }
            b'[' | b']' => {
                let noted = bytes[at] == b'[' && next(1) == b'^' && traits.footnotes && self.settings.notes;
                let wiki = traits.math == MathSyntax::Dollars && bytes[at] == b'[' && next(1) == b'[';
                if noted || wiki || self.state.buffers.brackets.binary_search(&(index, at)).is_ok() {
                    Escape::Backslash
                } else {
                    Escape::None
                }
            }
            b'<' => {
                let last = self.state.last_angle.filter(|last| *last > (index, at));
                let goes_on = last.is_some_and(|(token, _)| token > index);
                let markup = (careful || last.is_some()) && opens_markup(&text[at + 1..], goes_on, careful);
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
    fn delimiter(&mut self, c: char, run: usize, left: char, right: char) -> Escape {
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
        if closes && self.state.open.any[slot] {
            return Escape::Run;
        }
        self.state.open.any[slot] |= opens;
        self.state.open.long[slot] |= opens && run > 1;
        Escape::NoneOfRun
    }

    /// Whether a line end of the same text may follow, which a backslash would make a break that shows.
    fn breaks_line(&self, index: usize) -> bool {
        match self.tokens.get(index + 1) {
            Some(Token::SoftBreak | Token::Break) => true,
            Some(Token::Space) => self.settings.style.wrap.is_some(),
            _ => false,
        }
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

/// Calls `visit` with the length of each run of backticks in a span of code, and of its delimiter.
fn for_each_tick_run(code: &str, mut visit: impl FnMut(usize)) {
    let bytes = code.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
        at += found;
        let length = bytes[at..].iter().take_while(|b| **b == b'`').count();
        visit(length);
        at += length;
    }
    visit(longest_run(code, b'`') + 1);
}

/// So far a target's end is looked for; links of more are few.
const TARGET: usize = 512;

/// Whether the parenthesis after the bracket at `at` may enclose a target: it is closed, or what follows may close it.
fn may_be_target(tokens: &[Token<'_>], index: usize, at: usize) -> bool {
    let Token::Text { text, .. } = &tokens[index] else { return true };
    let rest = &text.as_bytes()[at + 1..];
    let mut depth = 0_u32;
    for byte in rest.iter().take(TARGET) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return true,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    rest.len() > TARGET || index + 1 < tokens.len()
}
