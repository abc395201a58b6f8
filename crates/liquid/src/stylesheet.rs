//! Converts plain stylesheets of Sass to CSS, for hosts that have no Sass of their own.
//!
//! It knows nested rules, `&`, variables, comments and plain declarations, which is what `sassify` and `scssify` meet in
//! templates; everything else is an error. Each rule stands on a line of its own, as in the style `compact`.

use crate::error::Error;

/// How deeply rules may nest.
const MAX_DEPTH: usize = 40;

/// How many selectors a rule may come to.
const MAX_SELECTORS: usize = 1000;

/// Converts SCSS, or with `indented` Sass' indented syntax, to CSS.
///
/// # Errors
///
/// What is more than nested rules, variables and plain declarations.
pub fn convert_stylesheet(source: &str, indented: bool) -> Result<String, Error> {
    let braced = if indented { with_braces(source)? } else { source.to_owned() };
    let mut sheet = Sheet::default();
    sheet.read(&braced)?;
    Ok(sheet.write())
}

fn unsupported(what: &str) -> Error {
    Error::argument(format!("`{}` is more of Sass than is converted here", what.trim()))
}

/// Lines that indent others become rules, other lines declarations.
fn with_braces(source: &str) -> Result<String, Error> {
    let lines: Vec<&str> = source
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with("//"))
        .collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        while open.last().is_some_and(|outer| indent(line) <= *outer) {
            open.pop();
            out.push('}');
        }
        let text = line.trim_start();
        if text.starts_with(['=', '+', '@']) {
            return Err(unsupported(text));
        }
        out.push_str(text);
        if lines.get(place + 1).is_some_and(|next| indent(next) > indent(line)) {
            open.push(indent(line));
            out.push('{');
        } else {
            out.push(';');
        }
    }
    out.push_str(&"}".repeat(open.len()));
    Ok(out)
}

/// A rule: its selectors, and its declarations and comments as they are written.
struct Rule {
    selectors: Vec<String>,
    items: Vec<String>,
}

#[derive(Default)]
struct Sheet {
    rules: Vec<Rule>,
    open: Vec<usize>,
    variables: Vec<(String, String)>,
}

impl Sheet {
    fn read(&mut self, source: &str) -> Result<(), Error> {
        let mut statement = String::new();
        let mut rest = source;
        while let Some(letter) = rest.chars().next() {
            let mut length = letter.len_utf8();
            if rest.starts_with("//") && !statement.ends_with(':') {
                length = rest.find('\n').unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                length = comment.find("*/").map(|end| end + 4).ok_or_else(|| unsupported("/*"))?;
                self.add(rest[..length].to_owned());
            } else if matches!(letter, '"' | '\'') {
                length = rest[1..].find(letter).map(|end| end + 2).ok_or_else(|| unsupported(rest))?;
                statement.push_str(&rest[..length]);
            } else if letter == '(' {
                length = rest.find(')').map(|end| end + 1).ok_or_else(|| unsupported(rest))?;
                statement.push_str(&rest[..length]);
            } else if letter == '{' && !statement.ends_with('#') {
                self.open_rule(&std::mem::take(&mut statement))?;
            } else if letter == ';' {
                self.declare(&std::mem::take(&mut statement))?;
            } else if letter == '}' {
                self.declare(&std::mem::take(&mut statement))?;
                self.open.pop().ok_or_else(|| unsupported("}"))?;
            } else {
                statement.push(letter);
            }
            rest = &rest[length..];
        }
        self.declare(&statement)?;
        if self.open.is_empty() { Ok(()) } else { Err(unsupported("{")) }
    }

    fn add(&mut self, item: String) {
        match self.open.last() {
            Some(place) => self.rules[*place].items.push(item),
            None => self.rules.push(Rule { selectors: Vec::new(), items: vec![item] }),
        }
    }

    fn open_rule(&mut self, selector: &str) -> Result<(), Error> {
        let selector = selector.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_plain = !selector.is_empty() && !selector.starts_with('@') && !selector.ends_with(':');
        if !is_plain || selector.contains(['$', '#']) && selector.contains("#{") || self.open.len() >= MAX_DEPTH {
            return Err(unsupported(&selector));
        }
        let root = [String::new()];
        let outer = self.open.last().map_or(&root[..], |place| &self.rules[*place].selectors);
        let mut selectors = Vec::new();
        for outer in outer {
            for part in selector.split(',').map(str::trim) {
                selectors.push(match (outer.as_str(), part.contains('&')) {
                    ("", true) => return Err(unsupported(part)),
                    ("", false) => part.to_owned(),
                    (_, true) => part.replace('&', outer),
                    (_, false) => format!("{outer} {part}"),
                });
            }
        }
        if selectors.len() > MAX_SELECTORS || selectors.iter().map(String::len).sum::<usize>() > 100_000 {
            return Err(Error::limit("a stylesheet has more selectors than the limit allows"));
        }
        self.open.push(self.rules.len());
        self.rules.push(Rule { selectors, items: Vec::new() });
        Ok(())
    }

    fn declare(&mut self, statement: &str) -> Result<(), Error> {
        let statement = statement.trim();
        if statement.is_empty() {
            return Ok(());
        }
        let (name, value) = statement.split_once(':').ok_or_else(|| unsupported(statement))?;
        let (name, value) = (name.trim(), self.value(value.trim())?);
        if let Some(variable) = name.strip_prefix('$') {
            self.variables.retain(|(known, _)| known != variable);
            self.variables.push((variable.to_owned(), value));
        } else if self.open.is_empty() || name.starts_with('@') {
            return Err(unsupported(statement));
        } else {
            self.add(format!("{name}: {value};"));
        }
        Ok(())
    }

    /// A value with its variables; what would have to be calculated is an error.
    fn value(&self, value: &str) -> Result<String, Error> {
        const FUNCTIONS: [&str; 7] = ["url", "rgb", "rgba", "hsl", "hsla", "var", "calc"];
        let outside: String = value.split(['"', '\'']).step_by(2).collect();
        let calls = outside
            .match_indices('(')
            .map(|(place, _)| outside[..place].rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next());
        let known = calls.flatten().all(|name| FUNCTIONS.contains(&name));
        let operators = outside.split('(').next().unwrap_or_default();
        if !known || operators.contains(['+', '*']) || operators.contains(" - ") || outside.contains("#{") || value.is_empty() {
            return Err(unsupported(value));
        }
        let mut out = String::new();
        let mut rest = value;
        while let Some(dollar) = rest.find('$') {
            out.push_str(&rest[..dollar]);
            let name: String =
                rest[dollar + 1..].chars().take_while(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect();
            let (_, known) = self.variables.iter().find(|(known, _)| *known == name).ok_or_else(|| unsupported(rest))?;
            out.push_str(known);
            if out.len() > 100_000 {
                return Err(Error::limit("a value of a stylesheet is too long"));
            }
            rest = &rest[dollar + 1 + name.len()..];
        }
        out.push_str(rest);
        Ok(out)
    }

    fn write(&self) -> String {
        let mut out = String::new();
        let mut before_is_rule = false;
        for rule in self.rules.iter().filter(|rule| !rule.items.is_empty()) {
            if before_is_rule {
                out.push('\n');
            }
            before_is_rule = !rule.selectors.is_empty();
            let items = rule.items.join(" ");
            out.push_str(&if before_is_rule { format!("{} {{ {items} }}\n", rule.selectors.join(", ")) } else { items + "\n" });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_unfolded() {
        for (source, css) in [
            ("a{b{color:red}}", "a b { color: red; }\n"),
            ("a{color:red;b{c:d;e:f}}\n.x{y:z}", "a { color: red; }\n\na b { c: d; e: f; }\n\n.x { y: z; }\n"),
            ("$c: red;\na{color:$c; &:hover{x:y}}", "a { color: red; }\n\na:hover { x: y; }\n"),
            ("a,b{c,d{e:f}}", "a c, a d, b c, b d { e: f; }\n"),
            ("/* c */\na{b:c}", "/* c */\na { b: c; }\n"),
            ("// c\na{b:c;/* d */e:f}", "a { b: c; /* d */ e: f; }\n"),
            ("a{ b{} }", ""),
            ("a{b:url(x;y);content:\"{;}\"}", "a { b: url(x;y); content: \"{;}\"; }\n"),
            ("a{b{c:d} e:f}", "a { e: f; }\n\na b { c: d; }\n"),
        ] {
            assert_eq!(convert_stylesheet(source, false).as_deref(), Ok(css), "{source}");
        }
        assert_eq!(
            convert_stylesheet("a\n  b: c\n  d\n    e: f\ng\n  h: i\n", true).as_deref(),
            Ok("a { b: c; }\n\na d { e: f; }\n\ng { h: i; }\n")
        );
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for source in ["a{x:1px+2px}", "@media print{a{b:c}}", "a{b:darken(red, 1%)}", "a{b:#{c}}", "a{", "a{b:$c}", "}", "a{b}"]
        {
            assert!(convert_stylesheet(source, false).is_err(), "{source}");
        }
    }
}
