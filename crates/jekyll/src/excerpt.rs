//! Jekyll's excerpts: what stands before the first separator.

/// Liquid's blocks: a tag of these that the excerpt opens and does not close is closed at its end.
const BLOCKS: [&str; 10] = ["capture", "case", "comment", "for", "highlight", "if", "ifchanged", "raw", "tablerow", "unless"];

/// Cuts the excerpt out of a body that is not rendered yet. Definitions of links and footnotes whose label occurs in it are
/// added; a Liquid block that was cut is closed. Without a separator the excerpt is the whole body.
pub(crate) fn excerpt_of(body: &str, separator: &str) -> String {
    let Some((head, tail)) = body.split_once(separator).filter(|(_, tail)| !tail.is_empty()) else {
        return body.split_once(separator).map_or(body, |(head, _)| head).to_owned();
    };
    let mut excerpt = head.to_owned();
    if excerpt.contains("{%") {
        close_blocks(&mut excerpt);
    }
    let definitions: Vec<&str> =
        tail.split('\n').filter(|line| definition_label(line).is_some_and(|label| excerpt.contains(label))).collect();
    if !definitions.is_empty() {
        excerpt.push_str("\n\n");
        for (at, definition) in definitions.iter().enumerate() {
            excerpt.push_str(if at > 0 { "\n" } else { "" });
            excerpt.push_str(definition.trim_start_matches(' '));
        }
    }
    excerpt
}

/// `^ {0,3}(\[[^\]]+\])(:.+)$`
fn definition_label(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    if line.len() - rest.len() > 3 || !rest.starts_with('[') {
        return None;
    }
    let close = rest.find(']').filter(|close| *close > 1)?;
    rest[close + 1..].strip_prefix(':').filter(|after| !after.is_empty())?;
    Some(&rest[..=close])
}

fn close_blocks(excerpt: &mut String) {
    let mut tags = Vec::new();
    let mut rest = excerpt.as_str();
    while let Some(start) = rest.find("{%") {
        let after = rest[start + 2..].trim_start_matches('-').trim_start();
        let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
        let close = rest[start + 2..].find("%}");
        let Some(close) = close else { break };
        if end > 0 {
            tags.push(after[..end].to_owned());
        }
        rest = &rest[start + 2 + close + 2..];
    }
    for tag in tags.iter().rev().filter(|tag| BLOCKS.contains(&tag.as_str())) {
        if !has_end(excerpt, tag) {
            excerpt.push_str("\n{% end");
            excerpt.push_str(tag);
            excerpt.push_str(" %}");
        }
    }
}

/// Says whether the tag that ends a block of that name is there.
fn has_end(text: &str, tag: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find("{%") {
        rest = &rest[start + 2..];
        let inside = rest.strip_prefix('-').unwrap_or(rest).trim_start();
        if inside.strip_prefix("end").is_some_and(|name| name.starts_with(tag)) && rest.contains("%}") {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_at_the_separator() {
        assert_eq!(excerpt_of("a\n\nb\n", "\n\n"), "a");
        assert_eq!(excerpt_of("a\nb\n", "\n\n"), "a\nb\n");
        assert_eq!(excerpt_of("a\r\n\r\nb", "\n\n"), "a\r\n\r\nb");
        assert_eq!(excerpt_of("a\n\n", "\n\n"), "a");
    }

    #[test]
    fn definitions_come_with_it() {
        let body = "See [x] and y[^1].\n\nmore\n\n[x]: /u\n  [^1]: note\n[z]: /v\n";
        assert_eq!(excerpt_of(body, "\n\n"), "See [x] and y[^1].\n\n[x]: /u\n[^1]: note");
    }

    #[test]
    fn cut_blocks_are_closed() {
        let body = "{% highlight ruby %}\n{% if a %}\n\nx{% endif %}{% endhighlight %}\n";
        assert_eq!(excerpt_of(body, "\n\n"), "{% highlight ruby %}\n{% if a %}\n{% endif %}\n{% endhighlight %}");
        assert_eq!(excerpt_of("{% raw %}a{% endraw %}\n\nb", "\n\n"), "{% raw %}a{% endraw %}");
    }
}
