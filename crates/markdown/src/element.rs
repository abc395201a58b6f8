//! What the writer and the proof must know of HTML's elements.

use std::borrow::Cow;

use postferry_doc::{Attr, Inline};

use crate::AttributePolicy;

/// Elements that have no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Block elements that only group: their content says all that Markdown can say of them.
pub(crate) fn is_grouping(name: &str) -> bool {
    matches!(name, "div" | "section" | "article" | "main" | "header" | "footer" | "hgroup" | "nav" | "center" | "body" | "html")
}

/// Inline elements that only carry a look.
pub(crate) fn is_carrier(name: &str) -> bool {
    matches!(name, "span" | "font" | "nobr" | "o:p")
}

/// Elements that stand as blocks of their own in HTML; CommonMark starts an HTML block at their tags.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frame"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "link"
            | "main"
            | "menu"
            | "menuitem"
            | "nav"
            | "noframes"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "param"
            | "pre"
            | "script"
            | "search"
            | "section"
            | "style"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "track"
            | "ul"
            | "video"
            | "audio"
    )
}

/// Elements that stand in a line of text; all others break it.
pub(crate) fn is_phrasing(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "meter"
            | "output"
            | "progress"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Elements in which kramdown reads Markdown where they stand in a line; in all others it reads HTML.
pub(crate) fn is_span_to_kramdown(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdo"
            | "big"
            | "button"
            | "cite"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "label"
            | "q"
            | "rb"
            | "rbc"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "select"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
    )
}

/// The text of an element that is code in another form: `tt`, or `code` with nothing but text in it.
pub(crate) fn as_code<'a>(name: &str, content: &'a [Inline]) -> Option<Cow<'a, str>> {
    if !matches!(name, "tt" | "code") {
        return None;
    }
    if let [Inline::Text(text)] = content {
        return Some(text.as_str().into());
    }
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text(part) => text.push_str(part),
            Inline::SoftBreak => text.push(' '),
            Inline::Span { content, .. } => text.push_str(&as_code("code", content)?),
            _ => return None,
        }
    }
    Some(text.into())
}

/// Elements whose content is text and not markup.
pub(crate) fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "xmp" | "noembed" | "noframes")
}

/// Says whether a generic element's attribute is written and compared.
pub(crate) fn keeps(policy: AttributePolicy, name: &str) -> bool {
    is_attribute_name(name)
        && match policy {
            AttributePolicy::Essential | AttributePolicy::Html => true,
            AttributePolicy::Drop => {
                !(matches!(name, "id" | "class" | "style") || name.starts_with("data-") || name.starts_with("on"))
            }
        }
}

/// A name that Markdown's readers take for an attribute's.
pub(crate) fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'))
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
}

/// Calls `visit` for each attribute of a generic element that is written: the id, the classes as one, the pairs.
pub(crate) fn for_each_attribute(attr: &Attr, policy: AttributePolicy, visit: &mut dyn FnMut(&str, &str)) {
    if let Some(id) = attr.id().filter(|_| keeps(policy, "id")) {
        visit("id", id);
    }
    if !attr.classes().is_empty() && keeps(policy, "class") {
        visit("class", &attr.classes().join(" "));
    }
    for (name, value) in attr.pairs() {
        if keeps(policy, name) {
            visit(name, value);
        }
    }
}
