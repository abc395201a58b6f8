//! The arguments of Octopress' tags, which have an order of their own.

use crate::plugin::Arguments;

/// Named arguments that a tag of Octopress has besides those every tag has.
pub(crate) fn arguments(name: &str, markup: &str) -> Vec<(&'static str, String)> {
    match name {
        "img" => image(markup),
        "blockquote" => quote(markup),
        "codeblock" => code(markup),
        _ => Vec::new(),
    }
}

fn is_address(word: &str) -> bool {
    word.starts_with('/') || word.starts_with("http://") || word.starts_with("https://") || word.starts_with("./")
}

/// `[class names] address [width [height]] [title ["alternative text"]]`.
fn image(markup: &str) -> Vec<(&'static str, String)> {
    let words = Arguments::parse(markup).words;
    let place = words
        .iter()
        .position(|word| is_address(word))
        .or_else(|| words.iter().position(|word| word.contains(['.', '/'])))
        .unwrap_or(0);
    let mut found = Vec::new();
    if words.is_empty() {
        return found;
    }
    if place > 0 {
        found.push(("image_class", words[..place].join(" ")));
    }
    found.push(("image_source", words[place].clone()));
    let mut rest = &words[place + 1..];
    for size in ["image_width", "image_height"] {
        if let Some(number) = rest.first().filter(|word| is_size(word)) {
            found.push((size, number.clone()));
            rest = &rest[1..];
        }
    }
    let quoted: Vec<&str> = markup.split('"').skip(1).step_by(2).collect();
    match quoted.as_slice() {
        [title, text, ..] => {
            found.push(("image_title", (*title).to_owned()));
            found.push(("image_alt", (*text).to_owned()));
        }
        _ if !rest.is_empty() => {
            let title = rest.join(" ");
            found.push(("image_alt", title.clone()));
            found.push(("image_title", title));
        }
        _ => {}
    }
    found
}

fn is_size(word: &str) -> bool {
    let number = word.strip_suffix("px").or_else(|| word.strip_suffix('%')).unwrap_or(word);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `author[, title] [address [title of the address]]`.
fn quote(markup: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let markup = markup.trim();
    if markup.is_empty() {
        return found;
    }
    let words: Vec<&str> = markup.split_whitespace().collect();
    let place = words.iter().position(|word| is_address(word)).unwrap_or(words.len());
    let before = words[..place].join(" ");
    let (author, source) = match before.split_once(',') {
        Some((author, source)) => (author.trim().to_owned(), source.trim().to_owned()),
        None => (before, String::new()),
    };
    found.push(("quote_author", author));
    if let Some(address) = words.get(place) {
        found.push(("quote_url", (*address).to_owned()));
    }
    let title = words.get(place + 1..).map(|rest| rest.join(" ")).unwrap_or_default();
    let title = if title.is_empty() { source } else { title };
    if !title.is_empty() {
        found.push(("quote_title", title));
    }
    found
}

/// `[title] [lang:language] [address [text of the link]]`.
fn code(markup: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut words = Vec::new();
    for word in markup.split_whitespace() {
        match word.split_once(':') {
            Some(("lang", language)) => found.push(("code_language", language.to_owned())),
            Some(("linenos" | "start" | "mark" | "range", _)) => {}
            _ => words.push(word),
        }
    }
    let place = words.iter().position(|word| is_address(word)).unwrap_or(words.len());
    if place > 0 {
        found.push(("code_title", words[..place].join(" ")));
    }
    if let Some(address) = words.get(place) {
        found.push(("code_url", (*address).to_owned()));
        let text = words[place + 1..].join(" ");
        found.push(("code_link", if text.is_empty() { "link".to_owned() } else { text }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_arguments_are_told_apart() {
        assert_eq!(
            image("left /a.png 350 200 Place Kitten"),
            [
                ("image_class", "left".to_owned()),
                ("image_source", "/a.png".to_owned()),
                ("image_width", "350".to_owned()),
                ("image_height", "200".to_owned()),
                ("image_alt", "Place Kitten".to_owned()),
                ("image_title", "Place Kitten".to_owned()),
            ]
        );
    }

    #[test]
    fn quotes_name_their_source() {
        assert_eq!(
            quote("Douglas Adams, The Guide http://a.b c d"),
            [
                ("quote_author", "Douglas Adams".to_owned()),
                ("quote_url", "http://a.b".to_owned()),
                ("quote_title", "c d".to_owned())
            ]
        );
    }
}
