//! Titles that are made of slugs, as Jekyll's `Utils` makes them.

use postferry_liquid::capitalize;

/// Makes a title of a slug: its words capitalised, the rest of each word lower-cased.
///
/// ```
/// assert_eq!(postferry_jekyll::titleize("Upper_Case.Dots-of-iOS"), "Upper_case.dots Of Ios");
/// ```
pub fn titleize(slug: &str) -> String {
    let slug = slug.trim_end_matches('-');
    let mut title = String::with_capacity(slug.len());
    for (at, word) in slug.split('-').enumerate() {
        if at > 0 {
            title.push(' ');
        }
        title.push_str(&capitalize(word));
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_drop_empty_words_only_at_the_end() {
        assert_eq!(titleize("a--b--"), "A  B");
        assert_eq!(titleize("-a"), " A");
        assert_eq!(titleize("---"), "");
    }
}
