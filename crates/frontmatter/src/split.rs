//! Where the head of a post ends: Jekyll's regular expression, by hand.

/// A post cut at its front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// The head with its opening `---` line and without the closing line, as Jekyll hands it to the YAML parser;
    /// none if the text does not begin with front matter.
    pub head: Option<&'a str>,
    /// The line of the text where the head begins, counted from 1.
    pub head_line: u32,
    /// What comes after the closing line and the blank lines that follow it; all of the text if there is no head.
    pub body: &'a str,
    /// The line of the text where the body begins, counted from 1.
    pub body_line: u32,
}

/// Cuts a text at its front matter, as `Document::YAML_FRONT_MATTER_REGEXP` of Jekyll 4 does:
/// `/\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)/m`.
///
/// The text is decoded; of a post or a collection's document the caller takes one byte order mark away before
/// ([`strip_bom`]), as Jekyll reads those files.
///
/// ```
/// let split = postferry_frontmatter::split("---\ntitle: A\n---\n\nText\n");
/// assert_eq!(split.head, Some("---\ntitle: A\n"));
/// assert_eq!((split.body, split.body_line), ("Text\n", 5));
/// ```
pub fn split(text: &str) -> Split<'_> {
    let whole = Split { head: None, head_line: 1, body: text, body_line: 1 };
    let Some(opener) = first_line(text).filter(|line| is_opener(line)) else { return whole };
    let mut at = opener.len();
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("---") || rest.starts_with("...") {
            let blank = rest[3..].bytes().take_while(|b| is_space(*b)).count();
            let run = &rest[..3 + blank];
            let end = if run.len() == rest.len() { Some(run.len()) } else { run.rfind('\n').map(|n| n + 1) };
            if let Some(end) = end {
                let body_line = 1 + count_lines(&text[..at + end]);
                return Split { head: Some(&text[..at]), head_line: 1, body: &rest[end..], body_line };
            }
        }
        at += rest.find('\n').map_or(rest.len(), |n| n + 1);
    }
    whole
}

/// Says whether Jekyll takes a file outside its post folders for a page: its first line is `---`
/// (`Utils.has_yaml_header?`). A byte order mark is not skipped: such a file is a static one.
pub fn has_yaml_header(text: &str) -> bool {
    first_line(text).is_some_and(is_opener)
}

/// The text without one leading byte order mark.
pub fn strip_bom(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// The first line with its line feed; none if the text has none.
fn first_line(text: &str) -> Option<&str> {
    text.find('\n').map(|end| &text[..=end])
}

fn is_opener(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.bytes().all(is_space))
}

/// Ruby's `\s`.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0B | 0x0C)
}

fn count_lines(text: &str) -> u32 {
    text.bytes().filter(|b| *b == b'\n').count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_after_the_closer_are_swallowed() {
        let split = split("---\na: 1\n...  \n \n\n  code\n");
        assert_eq!(split.body, "  code\n");
        assert_eq!(split.body_line, 6);
    }

    #[test]
    fn what_does_not_close_is_body() {
        for text in ["---\na: 1\n", "---\na: 1\n ---\n", "----\na: 1\n---\n", "---\u{A0}\na: 1\n---\n", "", "---", "\n---\n---\n"]
        {
            assert_eq!(split(text), Split { head: None, head_line: 1, body: text, body_line: 1 }, "{text:?}");
        }
    }

    #[test]
    fn closer_may_be_the_last_line() {
        assert_eq!(split("---\n---").head, Some("---\n"));
        assert_eq!(split("---\r\na: 1\r\n---").body, "");
    }
}
