//! What the writer and the proof must know of HTML's elements.

use postferry_doc::Attr;

use crate::AttributePolicy;

/// Elements that have no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr"
    )
}

/// Block elements that only group: their content says all that Markdown can say of them.
pub(crate) fn is_grouping(name: &str) -> bool {
    matches!(
        name,
        "div" | "section" | "article" | "main" | "header" | "footer" | "hgroup" | "nav" | "center" | "body" | "html"
    )
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

/// Elements whose content is text and not markup.
pub(crate) fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "xmp" | "noembed" | "noframes")
}

/// Says whether a generic element's attribute is written and compared.
pub(crate) fn keeps(policy: AttributePolicy, name: &str) -> bool {
    match policy {
        AttributePolicy::Essential | AttributePolicy::Html => true,
        AttributePolicy::Drop => !(matches!(name, "id" | "class" | "style") || name.starts_with("data-") || name.starts_with("on")),
    }
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
