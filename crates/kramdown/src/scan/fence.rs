//! The fences of code blocks.

use super::lines::{line_end, rest_blank};

/// The lines of a region that can close a fenced code block.
#[derive(Debug)]
pub(crate) struct Fences {
    closers: Vec<Closer>,
}

#[derive(Debug)]
struct Closer {
    start: usize,
    end: usize,
    run: (usize, usize),
    /// The longest run of this and all later closers, for runs of backticks, of tildes, and of both mixed.
    longest: [usize; 3],
}

/// A fenced code block.
#[derive(Debug)]
pub(crate) struct Fenced {
    pub info: (usize, usize),
    pub code: (usize, usize),
    pub end: usize,
}

fn class(run: &[u8]) -> usize {
    if run.iter().all(|&byte| byte == b'`') {
        0
    } else if run.iter().all(|&byte| byte == b'~') {
        1
    } else {
        2
    }
}

/// Where a fence's run of characters begins and ends.
pub(crate) fn fence_run(text: &[u8], pos: usize, gfm: bool) -> Option<(usize, usize)> {
    let mut start = pos;
    if gfm {
        while start < pos + 3 && text.get(start) == Some(&b' ') {
            start += 1;
        }
    }
    let mut end = start;
    while let Some(&byte) = text.get(end) {
        if byte == b'~' || gfm && byte == b'`' {
            end += 1;
        } else {
            break;
        }
    }
    (end - start >= 3).then_some((start, end))
}

impl Fences {
    fn new(text: &[u8], from: usize, gfm: bool) -> Self {
        let mut closers = Vec::new();
        let mut pos = from;
        while pos < text.len() {
            if let Some(run) = fence_run(text, pos, gfm)
                && let Some(end) = rest_blank(text, run.1)
            {
                closers.push(Closer { start: pos, end, run, longest: [0; 3] });
            }
            pos = line_end(text, pos);
        }
        let mut longest = [0; 3];
        for closer in closers.iter_mut().rev() {
            let class = class(&text[closer.run.0..closer.run.1]);
            longest[class] = longest[class].max(closer.run.1 - closer.run.0);
            closer.longest = longest;
        }
        Fences { closers }
    }

    /// The longest run that closes a fence after `pos`.
    fn longest(&self, pos: usize, class: usize) -> usize {
        let first = self.closers.partition_point(|closer| closer.start < pos);
        self.closers.get(first).map_or(0, |closer| closer.longest[class])
    }

    /// The first line after `pos` that closes a fence of these characters.
    fn closer(&self, text: &[u8], pos: usize, fence: &[u8]) -> Option<&Closer> {
        let first = self.closers.partition_point(|closer| closer.start < pos);
        let class = class(fence);
        let rest = &self.closers[first..];
        if rest.first()?.longest[class] < fence.len() {
            return None;
        }
        let last = *fence.last()?;
        rest.iter().find(|closer| {
            let run = &text[closer.run.0..closer.run.1];
            run.starts_with(fence) && run[fence.len()..].iter().all(|&byte| byte == last)
        })
    }
}

/// Reads a fenced code block that begins at `pos`.
///
/// A run that is longer than any that could close it is tried again as a shorter one whose other characters are the
/// language, as kramdown's expression does.
pub(crate) fn fenced(text: &[u8], fences: &mut Option<Fences>, pos: usize, gfm: bool) -> Option<Fenced> {
    let (start, run_end) = fence_run(text, pos, gfm)?;
    let next = line_end(text, pos);
    if next == text.len() && text.last() != Some(&b'\n') {
        return None;
    }
    let line = &text[run_end..next];
    let info = line.trim_ascii();
    let has_inner_space = info.iter().any(|&byte| crate::chars::is_space(byte));
    if has_inner_space {
        return None;
    }
    let info_start = run_end + (line.len() - line.trim_ascii_start().len());
    let glued = info.is_empty() || info_start == run_end;
    let fences = fences.get_or_insert_with(|| Fences::new(text, pos, gfm));
    let whole = run_end - start;
    let mut len = whole;
    while len >= 3 {
        let fence = &text[start..start + len];
        if let Some(closer) = fences.closer(text, next, fence) {
            let info = if len < whole {
                (start + len, info_start.max(run_end) + info.len())
            } else {
                (info_start, info_start + info.len())
            };
            return Some(Fenced { info, code: (next, closer.start), end: closer.end });
        }
        if !glued {
            return None;
        }
        let class = class(fence);
        len = if class < 2 { fences.longest(next, class).min(len - 1) } else { len.min(MAX_MIXED) - 1 };
    }
    None
}

/// The longest fence of backticks and tildes mixed that is tried again as a shorter one.
const MAX_MIXED: usize = 16;
