//! Names of output files: each input's own path, and never two on one name.

use std::collections::{HashMap, HashSet};

/// Gives out names that differ even where a file system ignores case or composes letters.
///
/// ```
/// use postferry::Names;
///
/// let mut names = Names::default();
/// assert_eq!(names.take("_posts/a.md"), "_posts/a.md");
/// assert_eq!(names.take("_posts/A.md"), "_posts/A-2.md");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The number to try next for a name that was taken, so that a thousand equal names cost no more than others.
    next: HashMap<String, usize>,
}

impl Names {
    /// Gives a name, with `-2`, `-3`, … before its ending where it is taken.
    pub fn take(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_lowercase()) {
            return wanted.to_owned();
        }
        let dot = wanted.rfind('.').filter(|dot| !wanted[*dot..].contains('/')).unwrap_or(wanted.len());
        let (stem, ending) = wanted.split_at(dot);
        let number = self.next.entry(wanted.to_lowercase()).or_insert(2);
        loop {
            let name = format!("{stem}-{number}{ending}");
            *number += 1;
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

/// Makes a path that every file system can hold: no empty, `.` or `..` parts, no control characters and none of
/// `< > : " \ | ? *`, no part that ends in a dot or a blank or is a device to Windows (`con`), and no part longer than
/// 200 bytes.
///
/// ```
/// assert_eq!(postferry::safe_path("a/../b/c?.md"), "a/b/c-.md");
/// ```
pub fn safe_path(path: &str) -> String {
    let parts = path.split('/').map(safe_part).filter(|part| !part.is_empty());
    let safe = parts.collect::<Vec<_>>().join("/");
    if safe.is_empty() { "post".to_owned() } else { safe }
}

/// The names that are devices on Windows in every folder.
fn is_device(part: &str) -> bool {
    let name = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let numbered =
        |start: &str| name.strip_prefix(start).is_some_and(|n| n.len() == 1 && n != "0" && n.as_bytes()[0].is_ascii_digit());
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

fn safe_part(part: &str) -> String {
    let part: String = part
        .chars()
        .map(|c| if c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '\\' | '|' | '?' | '*') { '-' } else { c })
        .collect();
    let part = part.trim_end_matches(['.', ' ']);
    if is_device(part) {
        return format!("{part}-");
    }
    if part.len() <= 200 {
        return part.to_owned();
    }
    let dot = part.rfind('.').filter(|dot| part.len() - dot <= 20).unwrap_or(part.len());
    let mut cut = 200 - (part.len() - dot);
    while !part.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}{}", &part[..cut], &part[dot..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_of_one_name_stay_apart() {
        let mut names = Names::default();
        assert_eq!([names.take("x"), names.take("x"), names.take("x-2"), names.take("x")], ["x", "x-2", "x-2-2", "x-3"]);
        assert_eq!([names.take("a.b/x"), names.take("a.b/x")], ["a.b/x", "a.b/x-2"]);
    }

    #[test]
    fn long_parts_keep_their_ending() {
        let path = safe_path(&format!("{}.md", "长".repeat(100)));
        assert!(path.len() <= 200 && path.ends_with("长.md"), "{path}");
    }
}
