//! Typographic characters: which of them a smart engine made of straight ones.

/// The straight spelling of a typographic character.
pub(crate) fn straight(c: char) -> Option<&'static str> {
    kind_of(c).map(|(_, straight)| straight)
}

/// The kind of a typographic character, as a bit, and its straight spelling. Both quotes of a pair are of one kind: half a
/// pair of each would read badly.
fn kind_of(c: char) -> Option<(u8, &'static str)> {
    Some(match c {
        '“' | '”' => (1, "\""),
        '‘' | '’' => (2, "'"),
        '…' => (4, "..."),
        '–' => (8, "--"),
        '—' => (16, "---"),
        '«' => (32, "<<"),
        '»' => (32, ">>"),
        _ => return None,
    })
}

/// The kinds of typographic characters that are written straight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StraightKinds(u8);

impl StraightKinds {
    /// The kinds that an author did not use, neither as such nor as references: an engine made what there is of them.
    pub fn not_in(source: &str) -> Self {
        let mut written = 0;
        for c in source.chars().filter(|c| !c.is_ascii()) {
            written |= kind_of(c).map_or(0, |(kind, _)| kind);
        }
        for (at, _) in source.match_indices('&') {
            let character = character_of(&source[at + 1..]);
            written |= character.and_then(kind_of).map_or(0, |(kind, _)| kind);
        }
        Self(!written)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The straight spelling of a character, where it is to be written so.
    pub fn spelling(self, c: char) -> Option<&'static str> {
        kind_of(c).filter(|(kind, _)| self.0 & kind != 0).map(|(_, straight)| straight)
    }
}

/// The character of a reference without its ampersand, if it may be a typographic one.
fn character_of(reference: &str) -> Option<char> {
    // The longest is `&#x0002013;`.
    let end = reference.bytes().take(12).position(|byte| byte == b';')?;
    let name = &reference[..end];
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "laquo" => '«',
        "raquo" => '»',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        let kinds = StraightKinds::not_in("a & b – c&#8217;s &hellip; &#x201D &lt;&amp;ldquo;");
        let spelled: Vec<_> = "“’…–—«".chars().map(|c| kinds.spelling(c)).collect();
        assert_eq!(spelled, [Some("\""), None, None, None, Some("---"), Some("<<")]);
        assert!(StraightKinds::default().is_empty());
    }
}
