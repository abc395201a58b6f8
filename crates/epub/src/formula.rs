//! MathML: the part of it that books may hold (EPUB 3.3, section 6.1.3: presentation markup).

use postferry_doc::{Attr, Inline, Namespace, Text, inline_text};

use crate::xml::one_line;

/// Elements that hold text and nothing else.
const TOKENS: [&str; 5] = ["mi", "mn", "mo", "ms", "mtext"];

/// Attributes with the values that they may have, where those are few.
const WORDS: [(&str, &[&str]); 16] = [
    ("display", &["block", "inline"]),
    ("stretchy", BOOLEAN),
    ("symmetric", BOOLEAN),
    ("fence", BOOLEAN),
    ("separator", BOOLEAN),
    ("accent", BOOLEAN),
    ("accentunder", BOOLEAN),
    ("largeop", BOOLEAN),
    ("movablelimits", BOOLEAN),
    ("displaystyle", BOOLEAN),
    ("form", &["prefix", "infix", "postfix"]),
    ("mathvariant", VARIANTS),
    ("columnalign", &["left", "center", "right"]),
    ("rowalign", &["top", "bottom", "center", "baseline", "axis"]),
    ("columnlines", LINES),
    ("rowlines", LINES),
];

const BOOLEAN: &[&str] = &["true", "false"];
const LINES: &[&str] = &["none", "solid", "dashed"];
const VARIANTS: &[&str] = &[
    "normal",
    "bold",
    "italic",
    "bold-italic",
    "double-struck",
    "script",
    "bold-script",
    "fraktur",
    "bold-fraktur",
    "sans-serif",
    "bold-sans-serif",
    "sans-serif-italic",
    "sans-serif-bold-italic",
    "monospace",
];

/// Attributes whose value is a length.
const LENGTHS: [&str; 10] =
    ["width", "height", "depth", "lspace", "rspace", "minsize", "maxsize", "linethickness", "columnspacing", "rowspacing"];

/// Makes the `math` element one that a book may hold, with a text for those who do not see it; says whether it could.
pub fn settle(attr: &mut Attr, content: &mut Vec<Inline>) -> bool {
    let spoken = one_line(&inline_text(content));
    let own = attr.value("alttext").map(one_line).filter(|text| !text.is_empty());
    if spoken.is_empty() || !settle_children("math", content) || content.is_empty() {
        return false;
    }
    keep_attributes("math", attr);
    attr.set("alttext", &own.unwrap_or(spoken));
    true
}

fn settle_element(inline: &mut Inline) -> bool {
    let Inline::Element { namespace: Namespace::MathMl, name, attr, content } = inline else { return false };
    keep_attributes(name, attr);
    settle_children(name, content)
}

fn settle_children(name: &str, content: &mut Vec<Inline>) -> bool {
    if TOKENS.contains(&name) {
        content.retain(|inline| !matches!(inline, Inline::Comment { .. }));
        return content.iter().all(|inline| matches!(inline, Inline::Text(_) | Inline::SoftBreak));
    }
    content.retain(|inline| match inline {
        Inline::Text(text) => !text.trim().is_empty(),
        Inline::SoftBreak | Inline::Comment { .. } => false,
        _ => true,
    });
    if name == "semantics" {
        // Annotations are for programs; what is shown comes first.
        content.truncate(1);
    }
    let children = |allowed: &[&str]| {
        content.iter().all(|inline| matches!(inline, Inline::Element { name, .. } if allowed.contains(&name.as_str())))
    };
    let good = match name {
        "math" | "mrow" | "mstyle" | "merror" | "mpadded" | "mphantom" | "msqrt" | "mtd" => true,
        "mspace" => content.is_empty(),
        "mfrac" | "mroot" | "msub" | "msup" | "munder" | "mover" => content.len() == 2,
        "msubsup" | "munderover" => content.len() == 3,
        "semantics" => content.len() == 1,
        "mtable" => children(&["mtr"]),
        "mtr" => children(&["mtd"]),
        _ => false,
    };
    let row = |child: &Inline| matches!(child, Inline::Element { name, .. } if matches!(name.as_str(), "mtr" | "mtd" | "math"));
    let placed = matches!(name, "mtable" | "mtr") || !content.iter().any(row);
    good && placed && content.iter_mut().all(settle_element)
}

fn keep_attributes(element: &str, attr: &mut Attr) {
    let mut kept = Attr::new(attr.id().unwrap_or(""), attr.classes().iter().map(Text::as_str), []);
    for (name, value) in attr.pairs() {
        let word = WORDS.iter().find(|(known, _)| known == name).is_some_and(|(_, words)| words.contains(&value.as_str()));
        let length = LENGTHS.contains(&name.as_str()) && is_length(value);
        let placed = match name.as_str() {
            "display" => element == "math",
            "displaystyle" => element == "mstyle",
            "mathvariant" => TOKENS.contains(&element),
            "columnalign" | "rowalign" | "columnlines" | "rowlines" | "columnspacing" | "rowspacing" => element == "mtable",
            "width" | "height" | "depth" => matches!(element, "mspace" | "mpadded"),
            "accent" => element == "mover",
            "accentunder" => element == "munder",
            "linethickness" => element == "mfrac",
            _ => element == "mo",
        };
        if (word || length) && placed {
            kept.set(name, value);
        }
    }
    *attr = kept;
}

fn is_length(value: &str) -> bool {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &value[..value.len() - unit.len()];
    number.starts_with(|c: char| c.is_ascii_digit())
        && !number.ends_with('.')
        && number.matches('.').count() < 2
        && matches!(unit, "em" | "ex" | "px" | "pt" | "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(name: &str, content: Vec<Inline>) -> Inline {
        Inline::Element { namespace: Namespace::MathMl, name: name.into(), attr: Attr::default(), content }
    }

    fn token(name: &str) -> Inline {
        element(name, vec![Inline::text(name)])
    }

    #[test]
    fn formulas_stay_where_they_are_in_order() {
        let mut attr = Attr::new("f", ["c"], [("display", "block"), ("onclick", "x()"), ("width", "1em")]);
        let mut content = vec![
            Inline::text(" "),
            element("mfrac", vec![token("mi"), Inline::SoftBreak, element("mrow", vec![token("mn"), token("mo")])]),
            element("mtable", vec![element("mtr", vec![element("mtd", vec![token("mi")])])]),
            element("semantics", vec![token("mi"), element("annotation", vec![Inline::text("x")])]),
        ];
        assert!(settle(&mut attr, &mut content));
        assert_eq!(attr, Attr::new("f", ["c"], [("display", "block"), ("alttext", "mi mnmomimix")]));
        assert_eq!(content.len(), 3);
    }

    #[test]
    fn what_is_no_formula_is_told() {
        for content in [
            vec![],
            vec![Inline::text("x")],
            vec![element("mfrac", vec![token("mi")])],
            vec![element("mi", vec![token("mi")])],
            vec![element("mtd", vec![token("mi")])],
            vec![element("math", vec![token("mi")])],
            vec![element("blink", vec![token("mi")])],
            vec![Inline::emphasis(vec![Inline::text("x")])],
        ] {
            assert!(!settle(&mut Attr::default(), &mut content.clone()), "{content:?}");
        }
    }
}
