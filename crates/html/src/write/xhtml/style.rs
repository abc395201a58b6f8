//! Style: what presentational attributes say in CSS, and CSS that no reading system stumbles over.

/// Gives the declarations that stand for a presentational attribute; `None` where it is not one.
pub(super) fn of_attribute(element: &str, name: &str, value: &str) -> Option<String> {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let word = lower.as_str();
    let css = match (name, element) {
        ("align", "img" | "table") => match word {
            "left" | "right" => format!("float: {word}"),
            "center" => "margin-left: auto; margin-right: auto".into(),
            "top" | "middle" | "bottom" => format!("vertical-align: {word}"),
            _ => String::new(),
        },
        ("align", "hr") => match word {
            "left" => "margin-left: 0".into(),
            "right" => "margin-right: 0".into(),
            _ => String::new(),
        },
        ("align", _) => match word {
            "left" | "right" | "center" | "justify" => format!("text-align: {word}"),
            "middle" => "text-align: center".into(),
            _ => String::new(),
        },
        ("valign", _) => match word {
            "top" | "middle" | "bottom" | "baseline" => format!("vertical-align: {word}"),
            _ => String::new(),
        },
        ("bgcolor", _) => color(value).map_or(String::new(), |c| format!("background-color: {c}")),
        ("color", _) => color(value).map_or(String::new(), |c| format!("color: {c}")),
        ("width" | "height", _) => length(word).map_or(String::new(), |l| format!("{name}: {l}")),
        ("size", "hr") => length(word).map_or(String::new(), |l| format!("height: {l}")),
        ("size", "font") => match word {
            "1" | "-2" => "font-size: x-small".into(),
            "2" => "font-size: small".into(),
            "-1" => "font-size: smaller".into(),
            "3" => "font-size: medium".into(),
            "4" => "font-size: large".into(),
            "+1" => "font-size: larger".into(),
            "5" | "+2" => "font-size: x-large".into(),
            "6" | "7" | "+3" | "+4" => "font-size: xx-large".into(),
            _ => String::new(),
        },
        ("face", "font") => {
            let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-'));
            let starts = value.split(',').all(|f| f.trim().starts_with(char::is_alphabetic));
            if plain && starts { format!("font-family: {value}") } else { String::new() }
        }
        ("border", _) => match length(word).as_deref() {
            Some("0px") | None => String::new(),
            Some(width) => format!("border: {width} solid"),
        },
        ("hspace", _) => length(word).map_or(String::new(), |l| format!("margin-left: {l}; margin-right: {l}")),
        ("vspace", _) => length(word).map_or(String::new(), |l| format!("margin-top: {l}; margin-bottom: {l}")),
        ("nowrap", _) => "white-space: nowrap".into(),
        ("clear", "br") => match word {
            "left" | "right" | "both" => format!("clear: {word}"),
            "all" => "clear: both".into(),
            _ => String::new(),
        },
        ("type", "ul" | "li") => match word {
            "disc" | "circle" | "square" => format!("list-style-type: {word}"),
            _ => String::new(),
        },
        ("cellspacing", _) => length(word).map_or(String::new(), |l| format!("border-spacing: {l}")),
        _ => return None,
    };
    Some(css)
}

/// Keeps the declarations that are well-formed, look at nothing outside, and are not forbidden in EPUB.
pub(super) fn clean(style: &str) -> String {
    let mut out = String::new();
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        let plain_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        // EPUB says direction in markup, and a book has no window to fix anything to.
        let forbidden = matches!(name.as_str(), "direction" | "unicode-bidi" | "position" | "behavior" | "-moz-binding");
        if plain_name && !forbidden && !name.starts_with("--") && is_plain_value(value) {
            if !out.is_empty() {
                out.push_str("; ");
            }
            out.push_str(&name);
            out.push_str(": ");
            out.push_str(value);
        }
    }
    out
}

/// The direction of writing, which EPUB wants in an attribute.
pub(super) fn direction(style: &str) -> Option<&'static str> {
    style.split(';').filter_map(|d| d.split_once(':')).find(|(name, _)| name.trim().eq_ignore_ascii_case("direction")).and_then(
        |(_, value)| match value.trim().to_ascii_lowercase().as_str() {
            "rtl" => Some("rtl"),
            "ltr" => Some("ltr"),
            _ => None,
        },
    )
}

fn is_plain_value(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let outside = ["url(", "expression(", "var(", "@", "\\", "/*", "javascript:"].iter().any(|bad| lower.contains(bad));
    let odd = value.contains(|c: char| matches!(c, '{' | '}' | '<' | '>' | '[' | ']' | '\u{0}'..='\u{1f}' | ':' | '=' | '*'));
    let quotes = |q: char| value.matches(q).count().is_multiple_of(2);
    let opened = value.matches('(').count();
    let important = value.find('!').is_none_or(|at| value[at + 1..].trim().eq_ignore_ascii_case("important"));
    !value.is_empty()
        && !outside
        && !odd
        && important
        && quotes('"')
        && quotes('\'')
        && opened == value.matches(')').count()
        && value.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '-' | '+' | '.' | '"' | '\''))
}

fn color(value: &str) -> Option<String> {
    let hex = value.strip_prefix('#').unwrap_or(value);
    if matches!(hex.len(), 3 | 6) && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(format!("#{hex}"));
    }
    (!value.is_empty() && value.bytes().all(|b| b.is_ascii_alphabetic())).then(|| value.to_ascii_lowercase())
}

fn length(value: &str) -> Option<String> {
    let (number, unit) = match value.strip_suffix('%') {
        Some(number) => (number, "%"),
        None => (value.strip_suffix("px").unwrap_or(value), "px"),
    };
    let number = number.trim();
    (!number.is_empty() && number.len() < 6 && number.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{number}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_attributes_become_css() {
        assert_eq!(of_attribute("td", "align", "CENTER").as_deref(), Some("text-align: center"));
        assert_eq!(of_attribute("table", "width", "100%").as_deref(), Some("width: 100%"));
        assert_eq!(of_attribute("font", "color", "f00").as_deref(), Some("color: #f00"));
        assert_eq!(of_attribute("p", "foo", "f00"), None);
    }

    #[test]
    fn broken_and_forbidden_css_goes() {
        assert_eq!(
            clean("color: red; direction: rtl;; width:{{ x }}; margin:0 auto !important"),
            "color: red; margin: 0 auto !important"
        );
        assert_eq!(clean("background: url(http://x/a.png)"), "");
    }
}
