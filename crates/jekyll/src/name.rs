//! What a file's name says: date, slug, extension.

/// A name with a date, as Jekyll's `DATE_FILENAME_MATCHER` finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DatedName<'a> {
    /// `2022-01-11`, unchecked: month and day can be out of range, the year can have two digits.
    pub(crate) date: &'a str,
    /// What stands between the date and the extension.
    pub(crate) slug: &'a str,
    /// The extension with its dot.
    pub(crate) extension: &'a str,
}

/// Finds the date in a path's name: `\d{2,4}-\d{1,2}-\d{1,2}-slug.ext`.
pub(crate) fn dated_name(path: &str) -> Option<DatedName<'_>> {
    // The expression may match from the path's beginning, or after its last slash.
    dated(path).or_else(|| path.rfind('/').and_then(|at| dated(&path[at + 1..])))
}

fn dated(name: &str) -> Option<DatedName<'_>> {
    let mut at = digits(name, 0, 2, 4)?;
    at = digits(name, hyphen(name, at)?, 1, 2)?;
    at = digits(name, hyphen(name, at)?, 1, 2)?;
    let rest = &name[hyphen(name, at)?..];
    // `([^/]*)(\.[^.]+)$`: the last dot with something after it begins the extension; no slash before it.
    let dot = rest.rfind('.').filter(|dot| dot + 1 < rest.len() && !rest[..*dot].contains('/'))?;
    Some(DatedName { date: &name[..at], slug: &rest[..dot], extension: &rest[dot..] })
}

fn hyphen(name: &str, at: usize) -> Option<usize> {
    (name.as_bytes().get(at) == Some(&b'-')).then_some(at + 1)
}

fn digits(name: &str, at: usize, least: usize, most: usize) -> Option<usize> {
    let count = name.as_bytes()[at..].iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    (count >= least).then_some(at + count)
}

/// Finds slug and extension of a name without a date, as `DATELESS_FILENAME_MATCHER` does.
pub(crate) fn dateless_name(path: &str) -> Option<(&str, &str)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let dot = name.rfind('.').filter(|dot| dot + 1 < name.len())?;
    Some((&name[..dot], &name[dot..]))
}

/// Ruby's `File.extname`: the extension with its dot, empty for a name that has none, only begins with dots, or ends in one.
pub(crate) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.trim_start_matches('.');
    match stem.rfind('.') {
        Some(dot) if dot > 0 && dot + 1 < stem.len() => &stem[dot..],
        Some(dot) if dot > 0 => &stem[stem.len() - 1..],
        _ => "",
    }
}

/// The name without the folders before it.
pub(crate) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Ruby's `File.basename(path, ".*")`.
pub(crate) fn stem(path: &str) -> &str {
    let name = base_name(path);
    &name[..name.len() - extension(name).len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_where_jekyll_finds_them() {
        for (path, expected) in [
            ("_posts/2022-01-11-a.b.md", Some(("2022-01-11", "a.b", ".md"))),
            ("x/_posts/20-1-2-.md", Some(("20-1-2", "", ".md"))),
            ("2019-01-01-a.d/b", Some(("2019-01-01", "a", ".d/b"))),
            ("_posts/2-1-3-x.md", None),
            ("_posts/20222-1-3-x.md", None),
            ("_posts/2022-01-11-x", None),
            ("_posts/2022-01-11-x.", None),
            ("_posts/-2022-01-11-x.md", None),
        ] {
            let found = dated_name(path).map(|n| (n.date, n.slug, n.extension));
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn extensions_are_rubys() {
        for (path, expected) in
            [("a.md", ".md"), (".htaccess", ""), ("a", ""), ("a.", "."), ("..a.b", ".b"), ("x.y/z", ""), ("a..", "."), ("..", "")]
        {
            assert_eq!(extension(path), expected, "{path}");
        }
    }
}
