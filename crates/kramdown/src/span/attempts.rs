//! What was tried in a text and failed, so that it is not tried again.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::emphasis::Delimiter;

/// Which elements are open around a position, which decides what may be opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Open {
    pub em: bool,
    pub strong: bool,
    pub link: bool,
}

/// What is tried at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    Emphasis(Delimiter),
    Link,
}

/// The attempts that failed, and the brackets that were seen to match.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    failed: HashSet<u64, BuildHasherDefault<Mixer>>,
    brackets: HashMap<u64, usize, BuildHasherDefault<Mixer>>,
}

/// A table that has grown beyond this is given back when the text ends.
const MAX_KEPT: usize = 1024;

impl Attempts {
    pub(crate) fn clear(&mut self) {
        if self.failed.capacity() > MAX_KEPT || self.brackets.capacity() > MAX_KEPT {
            *self = Attempts::default();
        } else {
            self.failed.clear();
            self.brackets.clear();
        }
    }

    /// Remembers that what begins at `pos`, after its delimiter, with `open` inside, does not end.
    pub(crate) fn fail(&mut self, pos: usize, attempt: Attempt, open: Open) {
        self.failed.insert(key(pos, Some(attempt), open));
    }

    pub(crate) fn has_failed(&self, pos: usize, attempt: Attempt, open: Open) -> bool {
        !self.failed.is_empty() && self.failed.contains(&key(pos, Some(attempt), open))
    }

    /// Remembers the closing bracket of an opening one, which ends at `pos`.
    pub(crate) fn set_close(&mut self, pos: usize, open: Open, close: usize) {
        self.brackets.insert(key(pos, None, open), close);
    }

    pub(crate) fn close(&self, pos: usize, open: Open) -> Option<usize> {
        if self.brackets.is_empty() {
            return None;
        }
        self.brackets.get(&key(pos, None, open)).copied()
    }
}

fn key(pos: usize, attempt: Option<Attempt>, open: Open) -> u64 {
    let attempt = match attempt {
        None => 0,
        Some(Attempt::Link) => 1,
        Some(Attempt::Emphasis(delimiter)) => delimiter.number(),
    };
    let open = u64::from(open.em) | u64::from(open.strong) << 1 | u64::from(open.link) << 2;
    pos as u64 | attempt << 52 | open << 48
}

/// A hash for keys that are positions: what is near in the text stays near in the table.
#[derive(Debug, Default)]
pub(crate) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(self.0 << 8 | u64::from(byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // The upper bits tell apart what falls into one place of the table.
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) & 0xffff_0000_0000_0000;
        self.0 = mixed | number & 0x0000_ffff_ffff_ffff;
    }
}
