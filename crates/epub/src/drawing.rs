//! SVG within a page: what draws stays, what acts or leads outside does not.

use postferry_doc::{Attr, Inline, Namespace, Text, inline_text};

/// Elements that draw, or say what others draw with.
const ELEMENTS: [&str; 42] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "title",
    "desc",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "switch",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feTile",
    "feTurbulence",
];

/// Elements in which text shows.
const WITH_TEXT: [&str; 5] = ["text", "tspan", "textPath", "title", "desc"];

/// Attributes that place and shape; the values are free but for addresses.
const SHAPES: [&str; 63] = [
    "transform",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "points",
    "offset",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "preserveAspectRatio",
    "in",
    "in2",
    "result",
    "stdDeviation",
    "mode",
    "values",
    "operator",
    "k1",
    "k2",
    "k3",
    "k4",
    "radius",
    "tableValues",
    "slope",
    "intercept",
    "amplitude",
    "exponent",
    "baseFrequency",
    "numOctaves",
    "seed",
    "filterUnits",
    "primitiveUnits",
    "type",
    "xml:space",
];

/// Properties that are attributes, or stand in a style.
const PAINT: [&str; 42] = [
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "stroke-opacity",
    "opacity",
    "color",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "letter-spacing",
    "word-spacing",
    "text-decoration",
    "visibility",
    "display",
    "overflow",
    "clip-path",
    "clip-rule",
    "mask",
    "marker-start",
    "marker-mid",
    "marker-end",
    "stop-color",
    "stop-opacity",
    "flood-color",
    "flood-opacity",
    "filter",
    "shape-rendering",
    "text-rendering",
    "image-rendering",
    "pointer-events",
];

/// Makes the content of an SVG element one that a book may hold; gives the text of what had to go.
pub fn settle(attr: &mut Attr, content: &mut Vec<Inline>) -> String {
    let mut lost = String::new();
    keep_attributes("svg", attr);
    settle_children("svg", content, &mut lost);
    lost
}

fn settle_children(parent: &str, content: &mut Vec<Inline>, lost: &mut String) {
    let shows_text = WITH_TEXT.contains(&parent);
    let only_text = matches!(parent, "title" | "desc");
    content.retain_mut(|inline| match inline {
        Inline::Text(_) | Inline::SoftBreak if shows_text => true,
        Inline::Element { namespace: Namespace::Svg, name, attr, content } if !only_text => {
            if name == "a" {
                *name = if shows_text { "tspan".into() } else { "g".into() };
            }
            if !ELEMENTS.contains(&name.as_str()) || shows_text && !matches!(name.as_str(), "tspan" | "textPath" | "title") {
                say(lost, &inline_text(content));
                return false;
            }
            keep_attributes(name, attr);
            if !has_what_it_needs(name, attr) || !shows_text && matches!(name.as_str(), "tspan" | "textPath") {
                say(lost, &inline_text(content));
                return false;
            }
            settle_children(name, content, lost);
            true
        }
        Inline::Comment { .. } => false,
        other => {
            say(lost, &inline_text(std::slice::from_ref(other)));
            false
        }
    });
}

/// Says whether an element says what it draws.
fn has_what_it_needs(name: &str, attr: &Attr) -> bool {
    match name {
        "use" => attr.value("href").is_some() || attr.value("xlink:href").is_some(),
        "circle" => attr.value("r").is_some(),
        "ellipse" => attr.value("rx").is_some() && attr.value("ry").is_some(),
        "rect" => attr.value("width").is_some() && attr.value("height").is_some(),
        "path" => attr.value("d").is_some(),
        "polyline" | "polygon" => attr.value("points").is_some(),
        "stop" => attr.value("offset").is_some(),
        _ => true,
    }
}

fn say(lost: &mut String, text: &str) {
    if !text.trim().is_empty() {
        if !lost.is_empty() {
            lost.push(' ');
        }
        lost.push_str(text.trim());
    }
}

fn keep_attributes(element: &str, attr: &mut Attr) {
    let mut kept = Attr::new(attr.id().unwrap_or(""), attr.classes().iter().map(Text::as_str), []);
    for (name, value) in attr.pairs() {
        let good = match name.as_str() {
            "style" => {
                // A style is taken apart: what it paints are attributes as well.
                for (property, value) in value.split(';').filter_map(|part| part.split_once(':')) {
                    let (property, value) = (property.trim(), value.trim());
                    if PAINT.contains(&property) && stays_inside(value) {
                        kept.set(property, value);
                    }
                }
                false
            }
            "viewBox" => {
                let takes_one = matches!(element, "svg" | "symbol" | "marker" | "pattern");
                let numbers = value.split([' ', ',']).filter(|part| !part.is_empty());
                takes_one
                    && numbers.clone().count() == 4
                    && numbers.clone().all(|number| number.parse::<f32>().is_ok_and(f32::is_finite))
            }
            "width" | "height" => is_length(value),
            "href" | "xlink:href" => value.starts_with('#') && element != "svg",
            "role" => value == "img" && element == "svg",
            "aria-hidden" => matches!(value.as_str(), "true" | "false"),
            "aria-label" | "aria-labelledby" => element == "svg" && !value.trim().is_empty(),
            name => SHAPES.contains(&name) && element != "svg" || PAINT.contains(&name) || name == "preserveAspectRatio",
        };
        if good && stays_inside(value) {
            kept.set(name, value);
        }
    }
    *attr = kept;
}

/// Addresses in a value must be of this page, and nothing may act.
fn stays_inside(value: &str) -> bool {
    let mut addresses =
        value.match_indices("url(").map(|(at, word)| value[at + word.len()..].trim_start_matches(['"', '\'', ' ']));
    addresses.all(|address| address.starts_with('#')) && !value.contains(['{', '}', ';', '<', '\\', '@'])
}

fn is_length(value: &str) -> bool {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &value[..value.len() - unit.len()];
    number.parse::<f32>().is_ok() && matches!(unit, "" | "em" | "ex" | "px" | "pt" | "pc" | "cm" | "mm" | "in" | "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(name: &str, pairs: &[(&str, &str)], content: Vec<Inline>) -> Inline {
        Inline::Element { namespace: Namespace::Svg, name: name.into(), attr: Attr::new("", [], pairs.iter().copied()), content }
    }

    #[test]
    fn drawings_keep_what_draws() {
        let mut attr = Attr::new("", [], [("viewBox", "0 0,1 1"), ("width", "10x"), ("onload", "x()"), ("rowspan", "2")]);
        let path =
            element("path", &[("d", "M0 0"), ("style", "fill: red; stroke: url(#s); filter: url(x.svg#a); foo: b")], vec![]);
        let text = element(
            "text",
            &[("x", "1")],
            vec![Inline::text("shown"), element("a", &[("href", "/x")], vec![Inline::text("link")])],
        );
        let foreign = element("foreignObject", &[], vec![Inline::emphasis(vec![Inline::text("kept")])]);
        let mut content = vec![path, Inline::text(" stray "), text, foreign, element("use", &[("href", "b.svg#a")], vec![])];
        assert_eq!(settle(&mut attr, &mut content), "stray kept");
        assert_eq!(attr, Attr::new("", [], [("viewBox", "0 0,1 1")]));
        let link = element("tspan", &[], vec![Inline::text("link")]);
        let path = element("path", &[("d", "M0 0"), ("fill", "red"), ("stroke", "url(#s)")], vec![]);
        assert_eq!(content, [path, element("text", &[("x", "1")], vec![Inline::text("shown"), link])]);
    }
}
