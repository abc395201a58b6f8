//! One walk over the attributes of all nodes, each with the name of the element that it will be.

use postferry_doc::{Attr, Block, Inline, Row, walk};

/// Calls `visit` for the attributes of every node, in the order of the text.
pub fn each_attr(blocks: &mut [Block], visit: &mut dyn FnMut(&str, &mut Attr)) {
    for block in blocks {
        own_attrs(block, visit);
        walk::children_mut(block, &mut |part| match part {
            walk::PartMut::Blocks(inner) => each_attr(inner, visit),
            walk::PartMut::Inlines(content) => each_inline_attr(content, visit),
        });
    }
}

fn own_attrs(block: &mut Block, visit: &mut dyn FnMut(&str, &mut Attr)) {
    match block {
        Block::Paragraph { attr, .. } => visit("p", attr),
        Block::Heading { attr, .. } => visit("h1", attr),
        Block::BlockQuote { attr, .. } => visit("blockquote", attr),
        Block::CodeBlock { attr, .. } => visit("pre", attr),
        Block::List(list) => {
            visit("ul", &mut list.attr);
            list.items.iter_mut().for_each(|item| visit("li", &mut item.attr));
        }
        Block::DefinitionList { attr, items } => {
            visit("dl", attr);
            for item in items {
                item.terms.iter_mut().for_each(|term| visit("dt", &mut term.attr));
                item.definitions.iter_mut().for_each(|definition| visit("dd", &mut definition.attr));
            }
        }
        Block::Table(table) => {
            visit("table", &mut table.attr);
            rows(&mut table.head, visit);
            for body in &mut table.bodies {
                visit("tbody", &mut body.attr);
                rows(&mut body.rows, visit);
            }
            rows(&mut table.foot, visit);
        }
        Block::Figure { attr, .. } => visit("figure", attr),
        Block::ThematicBreak { attr } => visit("hr", attr),
        Block::Math { attr, .. } | Block::Division { attr, .. } => visit("div", attr),
        Block::Element { name, attr, .. } => visit(name, attr),
        Block::Plain { .. } | Block::Comment { .. } | Block::Raw { .. } => {}
    }
}

fn rows(rows: &mut [Row], visit: &mut dyn FnMut(&str, &mut Attr)) {
    for row in rows {
        visit("tr", &mut row.attr);
        row.cells.iter_mut().for_each(|cell| visit("td", &mut cell.attr));
    }
}

fn each_inline_attr(content: &mut [Inline], visit: &mut dyn FnMut(&str, &mut Attr)) {
    for inline in content {
        match inline {
            Inline::Emphasis { attr, .. } => visit("em", attr),
            Inline::Strong { attr, .. } => visit("strong", attr),
            Inline::Strikethrough { attr, .. } => visit("del", attr),
            Inline::Superscript { attr, .. } => visit("sup", attr),
            Inline::Subscript { attr, .. } => visit("sub", attr),
            Inline::Code { attr, .. } => visit("code", attr),
            Inline::Link { attr, .. } => visit("a", attr),
            Inline::Image { attr, .. } => visit("img", attr),
            Inline::Math { attr, .. } | Inline::Span { attr, .. } => visit("span", attr),
            Inline::Element { name, attr, .. } => visit(name, attr),
            Inline::Text(_)
            | Inline::SoftBreak
            | Inline::LineBreak
            | Inline::NoteReference { .. }
            | Inline::Comment { .. }
            | Inline::Raw { .. } => {}
        }
        if let Some(inner) = inline.content_mut() {
            each_inline_attr(inner, visit);
        }
    }
}
