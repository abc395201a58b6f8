//! What is known about elements by their names.

use postferry_doc::Text;

/// A name as the tree can hold it: HTML lets quotes and angle brackets be part of one.
pub(crate) fn tag_name(name: &str) -> Text {
    let odd = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '<' | '>' | '\0' | '"' | '\'');
    if name.contains(odd) { name.replace(odd, "-").into() } else { name.into() }
}

/// Elements that show as blocks, with the parts of tables and lists.
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
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// The formatting elements of the HTML standard (13.2.4.2).
pub(crate) fn is_formatting(name: &str) -> bool {
    matches!(name, "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u")
}

/// Elements without an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose text the tokenizer does not look into.
pub(crate) fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext" | "textarea" | "title")
}

/// Elements that nothing can be nested in.
pub(crate) fn takes_no_elements(name: &str) -> bool {
    is_void(name) || is_raw_text(name)
}

/// Known elements of running text. Whatever is neither one of these nor a block may stand alone between blocks.
pub(crate) fn is_phrasing(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "area"
            | "b"
            | "basefont"
            | "bdi"
            | "bdo"
            | "big"
            | "blink"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "datalist"
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
            | "map"
            | "mark"
            | "meter"
            | "nobr"
            | "output"
            | "picture"
            | "progress"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "s"
            | "samp"
            | "select"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "textarea"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Elements that only set text: where blocks stand in one, it is put around the text of each block instead.
pub(crate) fn is_pushed_down(name: &str) -> bool {
    matches!(
        name,
        "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "big"
            | "blink"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// Elements that show nothing themselves.
pub(crate) fn is_invisible(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "link" | "meta" | "wbr" | "datalist" | "map" | "area")
}

/// Elements whose content is kept node by node and letter by letter: their own parsing rules are not those of text.
pub(crate) fn is_exact(name: &str) -> bool {
    is_raw_text(name) || matches!(name, "select" | "template" | "datalist")
}

/// Says whether a name is one that a tag can spell, so that what is written can be read again.
pub(crate) fn is_attribute_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '>' | '\0'))
}
