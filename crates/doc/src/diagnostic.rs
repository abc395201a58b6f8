//! Diagnostics: about a place in a post; the post goes on.

use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Something came out other than the author may expect.
    Warning,
    /// The post could not be converted.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something that was noticed while a post was read or written.
///
/// Messages are lower case without a full stop and put values in backticks; `help` says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `<topic>/<what>`, one of [`CODES`]; never changes its meaning.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Makes a warning without a place; see [`Diagnostic::at_line`] and [`Diagnostic::help`].
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// Makes a note without a place.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    /// Makes an error without a place: the post fails.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        debug_assert!(CODES.iter().any(|(c, _)| *c == code), "`{code}` is missing in the table of codes");
        Self { code, severity, message: message.into(), place: Place::default(), help: None }
    }

    /// Sets the line, counted from 1 in the file.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.place.line = Some(line);
        self
    }

    /// Sets the piece of source text that the message is about; only its first line is kept, and of that 160 characters.
    #[must_use]
    pub fn snippet(mut self, text: &str) -> Self {
        let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").trim_end();
        self.place.snippet = (!line.is_empty()).then(|| line.chars().take(160).collect());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The part of the code before the slash.
    pub fn topic(&self) -> &'static str {
        self.code.split('/').next().unwrap_or(self.code)
    }
}

/// Where a diagnostic points to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the site; empty until the caller who knows it fills it in.
    pub path: String,
    /// The line, counted from 1 in the file.
    pub line: Option<u32>,
    /// The source text it is about, one line.
    pub snippet: Option<String>,
}

/// A code with its meaning.
pub type Topic = (&'static str, &'static str);

/// Every code there is, with what it means; `docs/diagnostics.md` says the same at more length.
pub const CODES: &[Topic] = &[
    ("asset/missing", "an image or file that the post shows is not in the site"),
    ("asset/undescribed", "an image has no text alternative; the name of its file stands for it"),
    ("config/engine", "the site asks for a Markdown engine that is not known; kramdown is used"),
    ("config/invalid", "a setting of the site cannot be used as it stands"),
    ("config/plugin", "the site asks for a plugin that changes what is shown"),
    ("date/invalid", "a date that Jekyll cannot read"),
    ("encoding/decoded", "the file is not UTF-8 and was decoded"),
    ("encoding/undecodable", "the file is not UTF-8 and no encoding fits"),
    ("html/attribute", "an attribute that no reader would understand was left out"),
    ("html/outside", "what stands outside of a saved page's article was left out"),
    ("html/sanitized", "active content (scripts, event handlers, javascript: links) was left out"),
    ("internal/panic", "a bug of postferry; the post failed, the others go on"),
    ("kramdown/warning", "kramdown itself warns about this text"),
    ("limit/attributes", "an element has too many attributes; the rest was left out"),
    ("limit/bytes", "the file is too large"),
    ("limit/depth", "elements are nested too deep; the text was kept, the nesting was not"),
    ("limit/formatting", "too much formatting is open at once; the text was kept, the formatting was not"),
    ("limit/liquid", "a template takes too many steps or writes too much"),
    ("limit/nodes", "misnested formatting would multiply; the text was kept, the formatting was not"),
    ("limit/yaml", "a head is nested too deep or its aliases repeat too much; the post fails"),
    ("link/broken", "a link inside the site leads nowhere"),
    ("liquid/error", "a Liquid construct at which Jekyll ends the build"),
    ("liquid/tag", "Liquid that was not rendered stays in the text"),
    ("liquid/unknown-filter", "a filter that Jekyll does not know; the value passes unchanged"),
    ("liquid/unknown-tag", "a tag of a plugin that is not known"),
    ("lost/attribute", "the target format cannot hold an attribute"),
    ("lost/comment", "the target format cannot hold a comment"),
    ("lost/element", "the target format cannot hold an element; its text was kept"),
    ("lost/media", "the target format cannot hold a sound, film or frame; a link stands for it"),
    ("lost/metadata", "the target format cannot hold a metadata value"),
    ("lost/remote-image", "an image on another machine cannot be part of a book; a link stands for it"),
    ("lost/spelling", "the target format has no spelling that reads back the same"),
    ("output/collision", "two posts would be written to one name; the later one got another name"),
    ("post/empty", "the post has no content"),
    ("read/failed", "the file cannot be read"),
    ("url/collision", "two documents have the same URL"),
    ("yaml/invalid", "the head is not valid YAML; Jekyll throws all of it away"),
    ("yaml/not-a-map", "the head is a list or a single value; Jekyll throws it away"),
    ("yaml/recovered", "the head is broken; its readable entries were recovered"),
    ("yaml/value", "a value of the head that Jekyll cannot use"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn snippet_is_one_short_line() {
        let diagnostic = Diagnostic::warning("yaml/invalid", "x").snippet(&format!("\n{}\nsecond", "é".repeat(200)));
        assert_eq!(diagnostic.place.snippet.map(|s| s.chars().count()), Some(160));
    }
}
