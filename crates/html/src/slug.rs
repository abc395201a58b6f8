//! The ids that kramdown makes of a heading's text.

/// Says whether `id` is what kramdown, or its GFM parser, makes of `text`, with or without a number at the end.
///
/// See `generate_gfm_header_id` in kramdown-parser-gfm and `Converter::Base#generate_id` in kramdown.
pub(crate) fn is_generated(id: &str, text: &str) -> bool {
    let text = text.trim();
    [gfm(text), basic(text)].iter().any(|made| {
        id.strip_prefix(made.as_str()).is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        })
    })
}

fn gfm(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\t'))
        .map(|c| if matches!(c, ' ' | '\t') { '-' } else { c })
        .collect()
}

fn basic(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let id: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'))
        .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
        .collect();
    if id.is_empty() { "section".into() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rules_are_known() {
        assert!(is_generated("hello-world-12", "Hello, World! 1.2"));
        assert!(is_generated("hello-world-12-1", "Hello, World! 1.2"));
        assert!(is_generated("中文-标题测试", "中文 标题：测试"));
        assert!(is_generated("section", "中文"));
        assert!(!is_generated("custom", "Hello"));
        assert!(!is_generated("hello-x", "Hello"));
    }
}
