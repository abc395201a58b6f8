//! The runs of backticks that delimit code spans.

use super::memo::find_byte;

/// The runs of backticks of a region, each with the longest run from it on.
#[derive(Debug)]
pub(crate) struct Ticks {
    runs: Vec<Run>,
}

#[derive(Debug)]
struct Run {
    start: usize,
    len: usize,
    longest: usize,
}

impl Ticks {
    pub(crate) fn new(text: &[u8], from: usize) -> Self {
        let mut runs = Vec::new();
        let mut pos = from;
        while let Some(start) = find_byte(text, b'`', pos) {
            let len = run_len(text, start);
            runs.push(Run { start, len, longest: 0 });
            pos = start + len;
        }
        let mut longest = 0;
        for run in runs.iter_mut().rev() {
            longest = longest.max(run.len);
            run.longest = longest;
        }
        Ticks { runs }
    }

    /// The first place at or after `pos`, which is not inside a run, of at least `len` backticks.
    pub(crate) fn find(&self, pos: usize, len: usize) -> Option<usize> {
        let first = self.runs.partition_point(|run| run.start < pos);
        let rest = &self.runs[first..];
        if rest.first()?.longest < len {
            return None;
        }
        rest.iter().find(|run| run.len >= len).map(|run| run.start)
    }
}

/// The length of the run of backticks at `pos`.
pub(crate) fn run_len(text: &[u8], pos: usize) -> usize {
    text[pos..].iter().take_while(|&&byte| byte == b'`').count()
}

/// What a run of backticks turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Text up to this position.
    Text(usize),
    /// A code span: its content, where it ends, and the length of its delimiter.
    Span { content: (usize, usize), end: usize },
}

/// Reads the code span whose delimiter begins at `pos` of the region that begins at `start`.
pub(crate) fn code_span(text: &[u8], ticks: &mut Option<Ticks>, start: usize, pos: usize) -> Code {
    let len = run_len(text, pos);
    let after = pos + len;
    let space_after = text.get(after).copied().is_some_and(crate::chars::is_space);
    if len == 1 && space_after {
        let space_before = pos == start || crate::chars::is_space(text[pos - 1]);
        if space_before {
            return Code::Text(after);
        }
    }
    let ticks = ticks.get_or_insert_with(|| Ticks::new(text, pos));
    let Some(close) = ticks.find(after, len) else {
        return Code::Text(after);
    };
    let (mut from, mut to) = (after, close);
    if len > 1 {
        if from < to && text[from] == b' ' {
            from += 1;
        }
        if from < to && text[to - 1] == b' ' {
            to -= 1;
        }
    }
    Code::Span { content: (from, to), end: close + len }
}
