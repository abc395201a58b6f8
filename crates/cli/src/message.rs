//! Diagnostics, spelled for people and for programs.

use std::io::{IsTerminal, Write as _};

use postferry::{Diagnostic, Severity};

/// Whether standard error shows colours: on a terminal, unless `NO_COLOR` is set.
pub(crate) fn colours() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// Writes on standard error. It may be closed; there is nobody left to tell.
pub(crate) fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Spells a diagnostic as a compiler does: what, where, the source line, what to do.
pub(crate) fn human(diagnostic: &Diagnostic, colour: bool) -> String {
    let Diagnostic { code, severity, message, place, help } = diagnostic;
    let (on, bold, off) = match (colour, severity) {
        (false, _) => ("", "", ""),
        (true, Severity::Error) => ("\x1b[1;31m", "\x1b[1m", "\x1b[0m"),
        (true, Severity::Warning) => ("\x1b[1;33m", "\x1b[1m", "\x1b[0m"),
        (true, Severity::Note) => ("\x1b[1;36m", "\x1b[1m", "\x1b[0m"),
    };
    let mut text = format!("{on}{severity}[{code}]{off}{bold}: {}{off}\n", printable(message));
    let line = place.line.map(|n| n.to_string()).unwrap_or_default();
    let margin = " ".repeat(line.len());
    if !place.path.is_empty() {
        let colon = if line.is_empty() { "" } else { ":" };
        text += &format!("{margin}--> {}{colon}{line}\n", printable(&place.path));
    }
    if let Some(snippet) = &place.snippet {
        text += &format!("{margin} |\n{line} | {}\n{margin} |\n", printable(snippet));
    }
    if let Some(help) = help {
        text += &format!("{margin} = help: {}\n", printable(help));
    }
    text
}

/// Takes control characters out: a post must not steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// Spells a diagnostic as one JSON object on a line.
pub(crate) fn json(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, severity, message, place, help } = diagnostic;
    let mut object = serde_json::json!({
        "code": code, "severity": severity.to_string(), "message": message, "path": place.path,
    });
    if let Some(line) = place.line {
        object["line"] = line.into();
    }
    if let Some(snippet) = &place.snippet {
        object["snippet"] = snippet.as_str().into();
    }
    if let Some(help) = help {
        object["help"] = help.as_str().into();
    }
    object.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_reads_like_a_compilers() {
        let mut diagnostic =
            Diagnostic::warning("yaml/invalid", "the head is not valid YAML").at_line(12).snippet("title: a: b\u{1b}[2J");
        diagnostic = diagnostic.help("quote the value");
        diagnostic.place.path = "_posts/a.md".into();
        let text = human(&diagnostic, false);
        let expected = "warning[yaml/invalid]: the head is not valid YAML\n  --> _posts/a.md:12\n   |\n12 | title: a: b\u{fffd}[2J\n   |\n   = help: quote the value\n";
        assert_eq!(text, expected);
    }
}
