//! Shell patterns, as Ruby's `File.fnmatch` and `Dir.glob` read them.

/// `File.fnmatch` without flags: `*` and `?` match slashes too.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    run(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>(), false)
}

/// `Dir.glob` on one path: `*` and `?` stay within a name and do not match a leading dot, `**/` matches folders,
/// `{a,b}` either.
pub(crate) fn matches_path(pattern: &str, path: &str) -> bool {
    alternatives(pattern).iter().any(|pattern| {
        let pattern: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let path: Vec<&str> = path.split('/').collect();
        matches_parts(&pattern, &path)
    })
}

/// Part by part, with the set of places in the pattern that may come next: linear in the product of both lengths.
fn matches_parts(pattern: &[&str], path: &[&str]) -> bool {
    let mut open = vec![false; pattern.len() + 1];
    open[0] = true;
    for part in path {
        let mut next = vec![false; pattern.len() + 1];
        for at in 0..pattern.len() {
            if !open[at] {
                continue;
            }
            if pattern[at] == "**" && at + 1 < pattern.len() {
                // No folder, so that the next part is tried in its place.
                open[at + 1] = true;
                next[at] |= !part.starts_with('.');
            } else {
                let hidden = part.starts_with('.') && !pattern[at].starts_with('.');
                let (pattern, part): (Vec<char>, Vec<char>) = (pattern[at].chars().collect(), part.chars().collect());
                next[at + 1] |= !hidden && run(&pattern, &part, true);
            }
        }
        open = next;
    }
    open[pattern.len()]
}

/// Spells out the first levels of `{a,b}`, up to 64 patterns.
fn alternatives(pattern: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        let inner = pattern.rfind('{').and_then(|start| Some((start, start + pattern[start..].find('}')?)));
        match inner {
            Some((start, end)) if open.len() + done.len() < 64 => {
                open.extend(
                    pattern[start + 1..end].split(',').map(|word| format!("{}{word}{}", &pattern[..start], &pattern[end + 1..])),
                );
            }
            _ => done.push(pattern),
        }
    }
    done
}

/// One star at a time: where the rest does not fit, the last star takes one character more.
fn run(pattern: &[char], text: &[char], within_name: bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some('?') => (!within_name || text[t] != '/').then_some(1),
            Some('[') => class(&pattern[p..], text[t]),
            Some('\\') if p + 1 < pattern.len() => (pattern[p + 1] == text[t]).then_some(2),
            Some(c) => (*c == text[t]).then_some(1),
            None => None,
        };
        match (step, star) {
            (Some(length), _) => {
                p += length;
                t += 1;
            }
            (None, Some((after, from))) if !(within_name && text[from] == '/') => {
                star = Some((after, from + 1));
                p = after;
                t = from + 1;
            }
            (None, _) => return false,
        }
    }
    pattern[p.min(pattern.len())..].iter().all(|c| *c == '*')
}

/// The length of `[a-z]` where it holds the character.
fn class(pattern: &[char], c: char) -> Option<usize> {
    let close = pattern.iter().skip(2).position(|p| *p == ']')? + 2;
    let negated = matches!(pattern[1], '!' | '^');
    let set = &pattern[1 + usize::from(negated)..close];
    let mut at = 0;
    let mut found = false;
    while at < set.len() {
        if at + 2 < set.len() && set[at + 1] == '-' {
            found |= (set[at]..=set[at + 2]).contains(&c);
            at += 3;
        } else {
            found |= set[at] == c;
            at += 1;
        }
    }
    (found != negated).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnmatch_crosses_slashes() {
        for (pattern, text, expected) in [
            ("a/*.md", "a/b/c.md", true),
            ("*", "a/.b", true),
            ("a?c", "abc", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("a\\*", "a*", true),
            ("*a*a*a*a*b", &"a".repeat(200), false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn glob_stays_within_names() {
        for (pattern, path, expected) in [
            ("a/*.md", "a/b/c.md", false),
            ("a/**/*.md", "a/b/c/d.md", true),
            ("a/**/*.md", "a/d.md", true),
            ("a/**/*.md", "a/.b/d.md", false),
            ("*", ".a", false),
            ("{a,b}/*", "b/x", true),
            ("a/**", "a/b", true),
            ("a/**", "a/b/c", false),
        ] {
            assert_eq!(matches_path(pattern, path), expected, "{pattern} {path}");
        }
    }
}
