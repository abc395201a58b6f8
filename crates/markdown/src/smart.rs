//! Typographic quotes, dashes and dots, as cmark's option `SMART` makes them.

use std::ops::Range;

/// The state of the single quotes of one run of inline text.
#[derive(Default)]
pub(crate) struct Quotes {
    /// Texts that were made typographic, by number, with the place of a single quote that may open.
    open: Vec<(usize, usize)>,
    /// How many of `open` are outside of the links that are open.
    outside: Vec<usize>,
}

/// A single quote that turned out to open: the number of its text and its place there.
pub(crate) type Opener = (usize, usize);

impl Quotes {
    /// A link begins: its quotes pair among themselves.
    pub(crate) fn enter_link(&mut self) {
        self.outside.push(self.open.len());
    }

    /// A link ends.
    pub(crate) fn leave_link(&mut self) {
        let outside = self.outside.pop().unwrap_or(0);
        self.open.truncate(outside);
    }

    /// Makes a text typographic. `source[range]` is where it stands; `number` is the caller's for it. What comes back besides
    /// are the quotes that turned out to open, in this text or an earlier one.
    pub(crate) fn write(&mut self, source: &str, range: Range<usize>, number: usize) -> (String, Vec<Opener>) {
        let text = &source[range.clone()];
        let mut out = String::with_capacity(text.len() + 16);
        let mut openers = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let at = range.start + text.len() - rest.len();
            match c {
                '"' | '\'' if !is_escaped(source, at) => {
                    let (can_open, can_close) = flanking(source, at);
                    if c == '"' {
                        out.push(if can_close { '”' } else { '“' });
                    } else {
                        let bottom = self.outside.last().copied().unwrap_or(0);
                        if can_close && self.open.len() > bottom {
                            openers.extend(self.open.pop());
                        } else if can_open {
                            self.open.push((number, out.len()));
                        }
                        out.push('’');
                    }
                    rest = &rest[1..];
                }
                '-' => {
                    let count = rest.bytes().take_while(|b| *b == b'-').count();
                    let (em, en) = match count {
                        1 => (0, 0),
                        _ if count % 3 == 0 => (count / 3, 0),
                        _ if count % 2 == 0 => (0, count / 2),
                        _ if count % 3 == 2 => ((count - 2) / 3, 1),
                        _ => ((count - 4) / 3, 2),
                    };
                    out.push_str(if count == 1 { "-" } else { "" });
                    out.extend(std::iter::repeat_n('—', em).chain(std::iter::repeat_n('–', en)));
                    rest = &rest[count..];
                }
                '.' if rest.starts_with("...") => {
                    out.push('…');
                    rest = &rest[3..];
                }
                c => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        (out, openers)
    }
}

fn is_escaped(source: &str, at: usize) -> bool {
    source[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

/// Whether a quote may open and may close.
fn flanking(source: &str, at: usize) -> (bool, bool) {
    let before = source[..at].chars().next_back().unwrap_or('\n');
    let after = source[at + 1..].chars().next().unwrap_or('\n');
    let left = !after.is_whitespace() && (!is_punctuation(after) || before.is_whitespace() || is_punctuation(before));
    let right = !before.is_whitespace() && (!is_punctuation(before) || after.is_whitespace() || is_punctuation(after));
    (left && !right && before != ']' && before != ')', right)
}

/// Punctuation to cmark 0.29: ASCII's and Unicode's, without symbols.
pub(crate) fn is_punctuation(c: char) -> bool {
    use unicode_general_category::{GeneralCategory as G, get_general_category};
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        get_general_category(c),
        G::ConnectorPunctuation
            | G::DashPunctuation
            | G::OpenPunctuation
            | G::ClosePunctuation
            | G::InitialPunctuation
            | G::FinalPunctuation
            | G::OtherPunctuation
    )
}
