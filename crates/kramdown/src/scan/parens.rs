//! The parentheses around the targets of links.

/// Where a target that begins with a parenthesis ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// At its closing parenthesis, whose position this is.
    Closed(usize),
    /// Before a title: the position of the white space before the quote.
    Title(usize),
    /// Nowhere.
    Open,
}

/// The matching parentheses of a region.
#[derive(Debug)]
pub(crate) struct Parens {
    /// Opening and closing positions, in the order of the opening ones.
    pairs: Vec<(usize, usize)>,
    /// White space before quotes.
    titles: Vec<usize>,
}

impl Parens {
    pub(crate) fn new(text: &[u8]) -> Self {
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        let mut titles = Vec::new();
        for pos in 0..text.len() {
            match text[pos] {
                b'(' => {
                    open.push(pairs.len());
                    pairs.push((pos, usize::MAX));
                }
                b')' => {
                    if let Some(index) = open.pop() {
                        pairs[index].1 = pos;
                    }
                }
                byte if is_title(text, pos, byte) => titles.push(pos),
                _ => {}
            }
        }
        Parens { pairs, titles }
    }

    pub(crate) fn target(&self, pos: usize) -> Target {
        let title = self.titles.get(self.titles.partition_point(|&title| title < pos)).copied();
        let close = self.pairs.binary_search_by_key(&pos, |pair| pair.0).map_or(usize::MAX, |index| self.pairs[index].1);
        match title {
            Some(title) if title < close => Target::Title(title),
            _ if close < usize::MAX => Target::Closed(close),
            _ => Target::Open,
        }
    }
}

fn is_title(text: &[u8], pos: usize, byte: u8) -> bool {
    crate::chars::is_space(byte) && matches!(text.get(pos + 1), Some(b'"' | b'\''))
}

/// Finds where the target ends whose parenthesis is at `pos`.
pub(crate) fn target(text: &[u8], parens: &mut Option<Parens>, pos: usize) -> Target {
    if let Some(parens) = parens {
        return parens.target(pos);
    }
    let mut depth = 0;
    for at in pos..text.len().min(pos + 512) {
        match text[at] {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Target::Closed(at);
                }
            }
            byte if is_title(text, at, byte) => return Target::Title(at),
            _ => {}
        }
    }
    parens.get_or_insert_with(|| Parens::new(text)).target(pos)
}
