//! The elements that tidy HTML is made of, and how the standard's tree construction treats each.

use html5ever::{LocalName, local_name};

/// What an element's start and end tags do (HTML standard, 13.2.6.4.7 and the following).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<p>`
    Paragraph,
    /// Ends an open `<p>`; a search for an open item stops at it.
    Block,
    /// Ends an open `<p>`; a search for an open item goes on through it.
    Division,
    Heading,
    /// A line end right after its start tag is left out.
    Preformatted,
    /// `<li>`
    Item,
    /// `<dt>` and `<dd>`
    Definition,
    Formatting,
    /// `<a>`: formatting that cannot stand in itself.
    Link,
    /// Any other element of text.
    Plain,
    /// As `Plain`, but a search for an open item stops at it.
    Special,
    /// `<rt>` and the like.
    RubyPart,
    /// Has no end tag.
    Void,
    /// `<hr>`: has no end tag, and ends an open `<p>`.
    Rule,
    /// The tokenizer does not look into its text.
    Raw,
    Table,
    Caption,
    /// `<tbody>`, `<thead>`, `<tfoot>`
    Section,
    Row,
    Cell,
    /// `<colgroup>`
    Columns,
    /// `<col>`
    Column,
}

impl Kind {
    /// Says whether only white space and parts of the table may stand right in it.
    pub(super) fn is_structure(self) -> bool {
        matches!(self, Self::Table | Self::Section | Self::Row | Self::Columns)
    }

    pub(super) fn is_part_of_table(self) -> bool {
        matches!(self, Self::Caption | Self::Section | Self::Row | Self::Cell | Self::Columns | Self::Column)
    }

    pub(super) fn is_formatting(self) -> bool {
        matches!(self, Self::Formatting | Self::Link)
    }

    /// Says whether formatting outside of it is out of reach inside.
    pub(super) fn is_marker(self) -> bool {
        matches!(self, Self::Cell | Self::Caption)
    }

    /// Says whether its end tag may be left out before another's.
    pub(super) fn is_implied(self) -> bool {
        matches!(self, Self::Paragraph | Self::Item | Self::Definition | Self::RubyPart)
    }

    /// Says whether an item begins without a look at what is open around this element.
    pub(super) fn ends_search_for_item(self) -> bool {
        match self {
            Self::Paragraph | Self::Division | Self::Formatting | Self::Link | Self::Plain | Self::RubyPart => false,
            Self::Block
            | Self::Heading
            | Self::Preformatted
            | Self::Item
            | Self::Definition
            | Self::Special
            | Self::Void
            | Self::Rule
            | Self::Raw
            | Self::Table
            | Self::Caption
            | Self::Section
            | Self::Row
            | Self::Cell
            | Self::Columns
            | Self::Column => true,
        }
    }
}

/// The element of that name in lower case; nothing if it is none of tidy HTML's.
pub(super) fn find(name: &[u8]) -> Option<(LocalName, Kind)> {
    use Kind::{
        Block, Caption, Cell, Column, Columns, Definition, Division, Formatting, Heading, Item, Link, Paragraph, Plain,
        Preformatted, Raw, Row, RubyPart, Rule, Section, Special, Table, Void,
    };
    Some(match name {
        b"p" => (local_name!("p"), Paragraph),
        b"a" => (local_name!("a"), Link),
        b"b" => (local_name!("b"), Formatting),
        b"i" => (local_name!("i"), Formatting),
        b"s" => (local_name!("s"), Formatting),
        b"u" => (local_name!("u"), Formatting),
        b"q" => (local_name!("q"), Plain),
        b"br" => (local_name!("br"), Void),
        b"dd" => (local_name!("dd"), Definition),
        b"dl" => (local_name!("dl"), Block),
        b"dt" => (local_name!("dt"), Definition),
        b"em" => (local_name!("em"), Formatting),
        b"h1" => (local_name!("h1"), Heading),
        b"h2" => (local_name!("h2"), Heading),
        b"h3" => (local_name!("h3"), Heading),
        b"h4" => (local_name!("h4"), Heading),
        b"h5" => (local_name!("h5"), Heading),
        b"h6" => (local_name!("h6"), Heading),
        b"hr" => (local_name!("hr"), Rule),
        b"li" => (local_name!("li"), Item),
        b"ol" => (local_name!("ol"), Block),
        b"rp" => (local_name!("rp"), RubyPart),
        b"rt" => (local_name!("rt"), RubyPart),
        b"td" => (local_name!("td"), Cell),
        b"th" => (local_name!("th"), Cell),
        b"tr" => (local_name!("tr"), Row),
        b"tt" => (local_name!("tt"), Formatting),
        b"ul" => (local_name!("ul"), Block),
        b"bdi" => (local_name!("bdi"), Plain),
        b"bdo" => (local_name!("bdo"), Plain),
        b"big" => (local_name!("big"), Formatting),
        b"col" => (local_name!("col"), Column),
        b"del" => (local_name!("del"), Plain),
        b"dfn" => (local_name!("dfn"), Plain),
        b"div" => (local_name!("div"), Division),
        b"img" => (local_name!("img"), Void),
        b"ins" => (local_name!("ins"), Plain),
        b"kbd" => (local_name!("kbd"), Plain),
        b"nav" => (local_name!("nav"), Block),
        b"pre" => (local_name!("pre"), Preformatted),
        b"sub" => (local_name!("sub"), Plain),
        b"sup" => (local_name!("sup"), Plain),
        b"var" => (local_name!("var"), Plain),
        b"wbr" => (local_name!("wbr"), Void),
        b"abbr" => (local_name!("abbr"), Plain),
        b"cite" => (local_name!("cite"), Plain),
        b"code" => (local_name!("code"), Formatting),
        b"font" => (local_name!("font"), Formatting),
        b"link" => (local_name!("link"), Void),
        b"main" => (local_name!("main"), Block),
        b"mark" => (local_name!("mark"), Plain),
        b"menu" => (local_name!("menu"), Block),
        b"ruby" => (local_name!("ruby"), Plain),
        b"samp" => (local_name!("samp"), Plain),
        b"span" => (local_name!("span"), Plain),
        b"time" => (local_name!("time"), Plain),
        b"aside" => (local_name!("aside"), Block),
        b"audio" => (local_name!("audio"), Plain),
        b"embed" => (local_name!("embed"), Void),
        b"input" => (local_name!("input"), Void),
        b"label" => (local_name!("label"), Plain),
        b"small" => (local_name!("small"), Formatting),
        b"style" => (local_name!("style"), Raw),
        b"table" => (local_name!("table"), Table),
        b"tbody" => (local_name!("tbody"), Section),
        b"tfoot" => (local_name!("tfoot"), Section),
        b"thead" => (local_name!("thead"), Section),
        b"track" => (local_name!("track"), Void),
        b"video" => (local_name!("video"), Plain),
        b"canvas" => (local_name!("canvas"), Plain),
        b"center" => (local_name!("center"), Block),
        b"figure" => (local_name!("figure"), Block),
        b"footer" => (local_name!("footer"), Block),
        b"header" => (local_name!("header"), Block),
        b"hgroup" => (local_name!("hgroup"), Block),
        b"iframe" => (local_name!("iframe"), Raw),
        b"script" => (local_name!("script"), Raw),
        b"source" => (local_name!("source"), Void),
        b"strike" => (local_name!("strike"), Formatting),
        b"strong" => (local_name!("strong"), Formatting),
        b"acronym" => (local_name!("acronym"), Plain),
        b"address" => (local_name!("address"), Division),
        b"article" => (local_name!("article"), Block),
        b"caption" => (local_name!("caption"), Caption),
        b"details" => (local_name!("details"), Block),
        b"picture" => (local_name!("picture"), Plain),
        b"section" => (local_name!("section"), Block),
        b"summary" => (local_name!("summary"), Block),
        b"colgroup" => (local_name!("colgroup"), Columns),
        b"fieldset" => (local_name!("fieldset"), Block),
        b"noscript" => (local_name!("noscript"), Special),
        b"blockquote" => (local_name!("blockquote"), Block),
        b"figcaption" => (local_name!("figcaption"), Block),
        _ => return None,
    })
}
