//! Flanking: how each mark of a run is spelled so that its delimiters are seen.

use unicode_general_category::{GeneralCategory, get_general_category};

use crate::{
    meaning::Mark,
    options::CjkEmphasis,
    settings::Settings,
    token::{Delimiter, Token},
};

/// The marks of a run, as places of their delimiters among the tokens.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    open: Vec<usize>,
    closed: Vec<(usize, usize)>,
}

/// Chooses the delimiters of a run, and which characters beside them are written as references.
pub(crate) fn choose_delimiters(tokens: &mut [Token<'_>], pairs: &mut Pairs, settings: &Settings) {
    if !tokens.iter().any(|t| matches!(t, Token::Open(_, Delimiter::Star))) {
        return;
    }
    let Pairs { open, closed } = pairs;
    open.clear();
    closed.clear();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(..) => open.push(at),
            Token::Close(..) => {
                if let Some(start) = open.pop() {
                    closed.push((start, at));
                }
            }
            _ => {}
        }
    }
    for &(start, end) in &*closed {
        if matches!(tokens[start], Token::Open(Mark::Emphasis, Delimiter::Star))
            && (beside_star(tokens, start) || beside_star(tokens, end))
            && is_apart(before(tokens, start))
            && is_apart(before_tildes(tokens, start, false))
            && is_apart(after(tokens, end))
            && is_apart(after_tildes(tokens, end, false))
        {
            tokens[start] = Token::Open(Mark::Emphasis, Delimiter::Underscore);
            tokens[end] = Token::Close(Mark::Emphasis, Delimiter::Underscore);
        }
    }
    if settings.is_kramdown() {
        return;
    }
    for &(start, end) in &*closed {
        if matches!(tokens[start], Token::Open(_, Delimiter::Tag)) {
            continue;
        }
        let (mut opens, mut closes) = (
            flanks(after_run(tokens, start), before_run(tokens, start)),
            flanks(before_run(tokens, end), after_run(tokens, end)),
        );
        if settings.traits.strikethrough && delimiter_char(&tokens[start]) != Some('~') {
            opens = opens && flanks(after_tildes(tokens, start, true), before_tildes(tokens, start, false));
            closes = closes && flanks(before_tildes(tokens, end, true), after_tildes(tokens, end, false));
        }
        if opens && closes {
            continue;
        }
        let reference = settings.cjk_emphasis != CjkEmphasis::Html;
        let cured = reference && (opens || refer_before(tokens, start)) && (closes || refer_after(tokens, end));
        if !cured && let (Token::Open(mark, delimiter), Token::Close(_, other)) = (tokens[start].clone(), tokens[end].clone()) {
            debug_assert_eq!(delimiter, other);
            tokens[start] = Token::Open(mark, Delimiter::Tag);
            tokens[end] = Token::Close(mark, Delimiter::Tag);
        }
    }
}

/// A delimiter flanks its content when the character inside is no white space, and no punctuation unless there is
/// white space or punctuation outside.
fn flanks(inside: char, outside: char) -> bool {
    !inside.is_whitespace() && (!may_be_punctuation(inside) || outside.is_whitespace() || is_punctuation(outside))
}

/// A character beside which every reader sees an underscore as a delimiter.
fn is_apart(c: char) -> bool {
    c.is_whitespace() || is_punctuation(c)
}

fn beside_star(tokens: &[Token<'_>], at: usize) -> bool {
    let star = |t: Option<&Token<'_>>| {
        matches!(
            t,
            Some(
                Token::Open(Mark::Strong | Mark::Emphasis, Delimiter::Star)
                    | Token::Close(Mark::Strong | Mark::Emphasis, Delimiter::Star)
            )
        )
    };
    star(at.checked_sub(1).and_then(|n| tokens.get(n))) || star(tokens.get(at + 1))
}

/// Writes the character before a delimiter as a reference, if it is text.
fn refer_before(tokens: &mut [Token<'_>], start: usize) -> bool {
    let mut at = start;
    while at > 0 && matches!(tokens[at - 1], Token::Open(..)) {
        at -= 1;
    }
    match at.checked_sub(1).and_then(|n| tokens.get_mut(n)) {
        Some(Token::Text { last, .. }) => {
            *last = true;
            true
        }
        _ => false,
    }
}

/// Writes the character after a delimiter as a reference, if it is text.
fn refer_after(tokens: &mut [Token<'_>], end: usize) -> bool {
    let mut at = end + 1;
    while matches!(tokens.get(at), Some(Token::Close(..))) {
        at += 1;
    }
    match tokens.get_mut(at) {
        Some(Token::Text { first, .. }) => {
            *first = true;
            true
        }
        _ => false,
    }
}

fn delimiter_char(token: &Token<'_>) -> Option<char> {
    match token {
        Token::Open(Mark::Strikethrough, Delimiter::Star) | Token::Close(Mark::Strikethrough, Delimiter::Star) => Some('~'),
        Token::Open(_, Delimiter::Star) | Token::Close(_, Delimiter::Star) => Some('*'),
        Token::Open(_, Delimiter::Underscore) | Token::Close(_, Delimiter::Underscore) => Some('_'),
        _ => None,
    }
}

/// The character after the run of delimiters at `at`.
fn after_run(tokens: &[Token<'_>], at: usize) -> char {
    let own = delimiter_char(&tokens[at]);
    let mut last = at;
    while tokens.get(last + 1).is_some_and(|t| delimiter_char(t) == own) {
        last += 1;
    }
    after(tokens, last)
}

/// The character before the run of delimiters at `at`.
fn before_run(tokens: &[Token<'_>], at: usize) -> char {
    let own = delimiter_char(&tokens[at]);
    let mut first = at;
    while first > 0 && delimiter_char(&tokens[first - 1]) == own {
        first -= 1;
    }
    before(tokens, first)
}

/// The character after the run of delimiters at `at` and the tildes after it: cmark-gfm looks through them. In a mark
/// those of the text are escaped.
fn after_tildes(tokens: &[Token<'_>], at: usize, inside: bool) -> char {
    let own = delimiter_char(&tokens[at]);
    let mut last = at;
    while tokens.get(last + 1).is_some_and(|t| delimiter_char(t) == own) {
        last += 1;
    }
    loop {
        match tokens.get(last + 1) {
            Some(Token::Text { text, first: false, .. }) if inside && text.starts_with('~') => return '~',
            Some(Token::Text { text, first: false, .. }) => match text.trim_start_matches('~').chars().next() {
                Some(c) => return c,
                None => last += 1,
            },
            Some(token) if delimiter_char(token) == Some('~') => last += 1,
            _ => return after(tokens, last),
        }
    }
}

/// The character before the run of delimiters at `at` and the tildes before it.
fn before_tildes(tokens: &[Token<'_>], at: usize, inside: bool) -> char {
    let own = delimiter_char(&tokens[at]);
    let mut first = at;
    while first > 0 && delimiter_char(&tokens[first - 1]) == own {
        first -= 1;
    }
    loop {
        match first.checked_sub(1).map(|n| &tokens[n]) {
            Some(Token::Text { text, last: false, .. }) if inside && text.ends_with('~') => return '~',
            Some(Token::Text { text, last: false, .. }) => match text.trim_end_matches('~').chars().next_back() {
                Some(c) => return c,
                None => first -= 1,
            },
            Some(token) if delimiter_char(token) == Some('~') => first -= 1,
            _ => return before(tokens, first),
        }
    }
}

/// The first character that is written after the token at `at`; a space where the line ends.
pub(crate) fn after(tokens: &[Token<'_>], at: usize) -> char {
    match tokens.get(at + 1) {
        None | Some(Token::Space | Token::SoftBreak | Token::Break) => ' ',
        Some(Token::Text { first: true, .. }) => '&',
        Some(Token::Text { text, .. } | Token::Blank(text)) => text.chars().next().unwrap_or(' '),
        Some(Token::Verbatim(text)) => text.chars().next().unwrap_or(' '),
        Some(token @ (Token::Open(..) | Token::Close(..))) => delimiter_char(token).unwrap_or('<'),
        Some(Token::Code(_)) => '`',
        Some(Token::LinkOpen | Token::Note(_)) => '[',
        Some(Token::LinkClose { .. }) => ']',
        Some(Token::Image { .. }) => '!',
        Some(Token::Math(_)) => '\\',
    }
}

/// The last character that is written before the token at `at`; a space where the line begins.
pub(crate) fn before(tokens: &[Token<'_>], at: usize) -> char {
    match at.checked_sub(1).and_then(|n| tokens.get(n)) {
        None | Some(Token::Space | Token::SoftBreak | Token::Break) => ' ',
        Some(Token::Text { last: true, .. }) => ';',
        Some(Token::Text { text, .. } | Token::Blank(text)) => text.chars().next_back().unwrap_or(' '),
        Some(Token::Verbatim(text)) => text.chars().next_back().unwrap_or(' '),
        Some(token @ (Token::Open(..) | Token::Close(..))) => delimiter_char(token).unwrap_or('>'),
        Some(Token::Code(_)) => '`',
        Some(Token::LinkOpen) => '[',
        Some(Token::LinkClose { .. } | Token::Image { .. } | Token::Math(_)) => ')',
        Some(Token::Note(_)) => ']',
    }
}

/// Punctuation for every reader: older ones do not count symbols.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { matches!(category(c), Category::Punctuation) }
}

/// Punctuation for some reader: newer ones count symbols too.
fn may_be_punctuation(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { !matches!(category(c), Category::Other) }
}

enum Category {
    Punctuation,
    Symbol,
    Other,
}

fn category(c: char) -> Category {
    match get_general_category(c) {
        GeneralCategory::ConnectorPunctuation
        | GeneralCategory::DashPunctuation
        | GeneralCategory::OpenPunctuation
        | GeneralCategory::ClosePunctuation
        | GeneralCategory::InitialPunctuation
        | GeneralCategory::FinalPunctuation
        | GeneralCategory::OtherPunctuation => Category::Punctuation,
        GeneralCategory::MathSymbol
        | GeneralCategory::CurrencySymbol
        | GeneralCategory::ModifierSymbol
        | GeneralCategory::OtherSymbol => Category::Symbol,
        _ => Category::Other,
    }
}

/// Whether a literal `*`, `_` or `~` between two characters can open and can close.
pub(crate) fn flanking(c: char, before: char, after: char) -> (bool, bool) {
    let left = flanks(after, before);
    let right = flanks(before, after);
    let loose = |inside: char, outside: char| !inside.is_whitespace() && (!is_punctuation(inside) || !outside.is_alphanumeric());
    let left = left || loose(after, before);
    let right = right || loose(before, after);
    if c == '_' { (left && !before.is_alphanumeric(), right && !after.is_alphanumeric()) } else { (left, right) }
}
