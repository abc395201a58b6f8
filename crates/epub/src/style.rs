//! Style attributes: what a book can show of them, and nothing that a reader would stumble over.

/// Properties that carry meaning in a post's text. Positions, sizes of boxes, colours and fonts belong to the reader.
const KEPT: [&str; 12] = [
    "text-align",
    "text-indent",
    "text-decoration",
    "font-style",
    "font-weight",
    "font-variant",
    "vertical-align",
    "white-space",
    "list-style-type",
    "width",
    "max-width",
    "text-transform",
];

/// The declarations of a style attribute that stay, and the direction that it asks for (`dir` is the way to say that).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub kept: String,
    pub direction: Option<&'static str>,
    /// Whether something was left out.
    pub lost: bool,
}

/// Reads a style attribute.
pub fn read(text: &str) -> Style {
    let mut style = Style::default();
    for declaration in text.split(';').filter(|declaration| !declaration.trim().is_empty()) {
        let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim().to_ascii_lowercase();
        match (property.as_str(), value.as_str()) {
            ("direction", "rtl") => style.direction = Some("rtl"),
            ("direction", "ltr") => style.direction = Some("ltr"),
            (property, value) if KEPT.contains(&property) && is_plain(value) => {
                if !style.kept.is_empty() {
                    style.kept.push_str("; ");
                }
                style.kept.push_str(property);
                style.kept.push_str(": ");
                style.kept.push_str(value);
            }
            _ => style.lost = true,
        }
    }
    style
}

/// Words, and numbers with their units.
fn is_plain(value: &str) -> bool {
    !value.is_empty()
        && value.split(' ').filter(|word| !word.is_empty()).all(|word| {
            let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let number = &word[..word.len() - unit.len()];
            let is_word = number.is_empty() && unit.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            let is_number = number.parse::<f32>().is_ok()
                && !number.ends_with('.')
                && matches!(unit, "" | "px" | "em" | "rem" | "pt" | "%" | "ex" | "ch");
            is_word && unit.starts_with(|c: char| c.is_ascii_lowercase()) || is_number
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_book_shows_stays() {
        let style =
            read("TEXT-ALIGN: Center; color: red; width:50.5% ; background:url(a.png); direction: rtl; width: calc(1px); x");
        assert_eq!(style, Style { kept: "text-align: center; width: 50.5%".into(), direction: Some("rtl"), lost: true });
        assert_eq!(read(";; "), Style::default());
        assert_eq!(read("text-align: -; text-align: 1.; text-align: {"), Style { lost: true, ..Style::default() });
    }
}
