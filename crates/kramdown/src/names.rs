//! The names of HTML elements, and what kramdown knows about each.

use crate::ContentModel;

/// What kramdown knows about an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// The name in lower case.
    pub lower: &'static str,
    model: ContentModel,
    span: bool,
    block: bool,
    /// Whether the element has no content.
    pub void: bool,
}

const SPAN: u8 = 1;
const BLOCK: u8 = 2;
const VOID: u8 = 4;

const fn name(name: &'static str, model: ContentModel, flags: u8) -> Name {
    Name { lower: name, model, span: flags & SPAN != 0, block: flags & BLOCK != 0, void: flags & VOID != 0 }
}

use ContentModel::{Block as B, Raw as R, Span as S};

/// All known elements, sorted by name.
static NAMES: &[Name] = &[
    name("a", S, SPAN),
    name("abbr", S, SPAN),
    name("acronym", S, SPAN),
    name("address", B, BLOCK),
    name("applet", B, BLOCK),
    name("area", R, VOID),
    name("article", B, BLOCK),
    name("aside", B, BLOCK),
    name("b", S, SPAN),
    name("base", R, VOID),
    name("bdo", S, SPAN),
    name("big", S, SPAN),
    name("blockquote", B, BLOCK),
    name("body", B, BLOCK),
    name("br", R, SPAN | VOID),
    name("button", S, SPAN),
    name("caption", S, BLOCK),
    name("cite", S, SPAN),
    name("code", R, SPAN),
    name("col", R, BLOCK | VOID),
    name("colgroup", R, BLOCK),
    name("command", R, VOID),
    name("dd", B, BLOCK),
    name("del", S, SPAN),
    name("details", B, 0),
    name("dfn", S, SPAN),
    name("div", B, BLOCK),
    name("dl", B, BLOCK),
    name("dt", S, BLOCK),
    name("em", S, SPAN),
    name("embed", R, VOID),
    name("fieldset", B, BLOCK),
    name("figcaption", B, BLOCK),
    name("figure", B, 0),
    name("footer", B, BLOCK),
    name("form", B, BLOCK),
    name("h1", S, BLOCK),
    name("h2", S, BLOCK),
    name("h3", S, BLOCK),
    name("h4", S, BLOCK),
    name("h5", S, BLOCK),
    name("h6", S, BLOCK),
    name("head", R, BLOCK),
    name("header", B, BLOCK),
    name("hgroup", B, BLOCK),
    name("hr", R, BLOCK | VOID),
    name("html", R, BLOCK),
    name("i", S, SPAN),
    name("iframe", B, BLOCK),
    name("img", R, SPAN | VOID),
    name("input", R, SPAN | VOID),
    name("ins", S, SPAN),
    name("kbd", R, SPAN),
    name("keygen", R, VOID),
    name("label", S, SPAN),
    name("legend", S, BLOCK),
    name("li", B, BLOCK),
    name("link", R, VOID),
    name("main", B, BLOCK),
    name("map", B, BLOCK),
    name("mark", R, SPAN),
    name("math", R, 0),
    name("menu", B, BLOCK),
    name("meta", R, VOID),
    name("nav", B, BLOCK),
    name("noscript", B, 0),
    name("object", B, 0),
    name("ol", R, BLOCK),
    name("optgroup", S, BLOCK),
    name("option", R, SPAN),
    name("p", S, BLOCK),
    name("param", R, VOID),
    name("pre", R, BLOCK),
    name("q", S, SPAN),
    name("rb", S, SPAN),
    name("rbc", S, SPAN),
    name("rp", S, SPAN),
    name("rt", S, SPAN),
    name("rtc", S, SPAN),
    name("ruby", S, SPAN),
    name("samp", R, SPAN),
    name("script", R, 0),
    name("section", B, BLOCK),
    name("select", S, SPAN),
    name("small", S, SPAN),
    name("source", R, VOID),
    name("span", S, SPAN),
    name("strong", S, SPAN),
    name("style", R, 0),
    name("sub", S, SPAN),
    name("summary", B, BLOCK),
    name("sup", S, SPAN),
    name("table", R, BLOCK),
    name("tbody", R, BLOCK),
    name("td", B, BLOCK),
    name("textarea", R, 0),
    name("tfoot", R, BLOCK),
    name("th", S, BLOCK),
    name("thead", R, BLOCK),
    name("time", R, SPAN),
    name("tr", R, BLOCK),
    name("track", R, VOID),
    name("tt", S, SPAN),
    name("u", R, SPAN),
    name("ul", R, BLOCK),
    name("var", R, SPAN),
    name("wbr", R, VOID),
];

/// The longest name in the table.
const LONGEST: usize = 10;

/// The known element of this name in lower case.
fn find(name: &str) -> Option<&'static Name> {
    NAMES.binary_search_by(|known| known.lower.cmp(name)).ok().map(|index| &NAMES[index])
}

/// The known element of this name, in any case of letters.
///
/// `time` is one that only 2.5 knows.
pub(crate) fn known(name: &str, time: bool) -> Option<&'static Name> {
    if name.len() > LONGEST {
        return None;
    }
    let found = if name.bytes().any(|byte| byte.is_ascii_uppercase()) { find(&name.to_ascii_lowercase()) } else { find(name) };
    found.filter(|known| time || known.lower != "time")
}

/// Whether an element, in any case of letters, belongs inside a line.
pub(crate) fn is_span(name: &str, time: bool) -> bool {
    known(name, time).is_some_and(|known| known.span)
}

/// Whether an element is a block; the name is in lower case.
pub(crate) fn is_block(name: &str) -> bool {
    find(name).is_some_and(|known| known.block)
}

/// Whether an element has no content; the name is in lower case.
pub(crate) fn is_void(name: &str) -> bool {
    find(name).is_some_and(|known| known.void)
}

/// How the content of an element is read; the name is in lower case.
pub(crate) fn model(name: &str) -> ContentModel {
    find(name).map_or(ContentModel::Raw, |known| known.model)
}

/// Whether the name at `pos` is one that does not end a lazy line: span elements and `script`, in lower case.
pub(crate) fn stays_in_line(text: &[u8], pos: usize, time: bool) -> bool {
    let mut end = pos;
    while end < text.len() && end - pos <= LONGEST && text[end].is_ascii_alphanumeric() {
        end += 1;
    }
    if crate::chars::char_at(text, end).is_some_and(crate::chars::is_unicode_word) {
        return false;
    }
    std::str::from_utf8(&text[pos..end])
        .is_ok_and(|name| name == "script" || find(name).is_some_and(|known| known.span && (time || name != "time")))
}
