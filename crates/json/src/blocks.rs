//! Blocks as objects with a `type`.

use postferry_doc::{Attr, Block, Definition, DefinitionItem, Inline, Level, List, ListItem, ListKind, Term};

use crate::output::Output;
use crate::read::Reader;
use crate::tape::At;
use crate::{ReadError, attributes, inlines, tables};

/// Writes an array of blocks.
pub fn write(out: &mut Output, blocks: &[Block]) {
    out.array(blocks, write_one);
}

/// Reads an array of blocks; a missing one is empty.
pub fn read(reader: &Reader<'_>, at: Option<At>, depth_left: usize) -> Result<Vec<Block>, ReadError> {
    let Some(at) = at else { return Ok(Vec::new()) };
    let mut items = reader.array(at)?.peekable();
    if items.peek().is_none() {
        return Ok(Vec::new());
    }
    let Some(depth_left) = depth_left.checked_sub(1) else {
        return Err(reader.error(at, "the tree is too deep"));
    };
    items.map(|item| read_block(reader, item, depth_left)).collect()
}

/// Writes a block.
pub fn write_one(out: &mut Output, block: &Block) {
    match block {
        Block::Paragraph { attr, content } => text_block(out, "paragraph", attr, content),
        Block::Plain { content } => text_block(out, "plain", &Attr::default(), content),
        Block::Heading { attr, level, generated_id, content } => out.object(|out| {
            out.node_type("heading");
            out.key("level");
            out.literal(&level.get().to_string());
            attributes::write(out, attr);
            if *generated_id {
                out.key("generated_id");
                out.literal("true");
            }
            out.key("content");
            inlines::write(out, content);
        }),
        Block::BlockQuote { attr, blocks } => container(out, "block_quote", attr, blocks),
        Block::CodeBlock { attr, language, text } => {
            leaf(out, "code_block", Some(attr), &[("language", language.as_deref()), ("text", Some(text))]);
        }
        Block::List(list) => write_list(out, list),
        Block::DefinitionList { attr, items } => out.object(|out| {
            out.node_type("definition_list");
            attributes::write(out, attr);
            out.key("items");
            out.array(items, write_definition_item);
        }),
        Block::Table(table) => tables::write(out, table),
        Block::Figure { attr, blocks, caption } => out.object(|out| {
            out.node_type("figure");
            attributes::write(out, attr);
            out.key("blocks");
            write(out, blocks);
            write_unless_empty(out, "caption", caption, write_one);
        }),
        Block::ThematicBreak { attr } => leaf(out, "thematic_break", Some(attr), &[]),
        Block::Math { attr, tex } => leaf(out, "math", Some(attr), &[("tex", Some(tex))]),
        Block::Division { attr, blocks } => container(out, "division", attr, blocks),
        Block::Element { namespace, name, attr, blocks } => out.object(|out| {
            out.node_type("element");
            inlines::write_namespace(out, *namespace);
            out.member("name", name);
            attributes::write(out, attr);
            out.key("blocks");
            write(out, blocks);
        }),
        Block::Comment { text } => leaf(out, "comment", None, &[("text", Some(text))]),
        Block::Raw { format, text } => leaf(out, "raw", None, &[("format", Some(format)), ("text", Some(text))]),
    }
}

fn leaf(out: &mut Output, kind: &'static str, attr: Option<&Attr>, members: &[(&'static str, Option<&str>)]) {
    out.flat_object(|out| {
        out.node_type(kind);
        if let Some(attr) = attr {
            attributes::write(out, attr);
        }
        for (key, text) in members {
            out.optional(key, *text);
        }
    });
}

fn text_block(out: &mut Output, kind: &'static str, attr: &Attr, content: &[Inline]) {
    out.object(|out| {
        out.node_type(kind);
        attributes::write(out, attr);
        out.key("content");
        inlines::write(out, content);
    });
}

fn container(out: &mut Output, kind: &'static str, attr: &Attr, blocks: &[Block]) {
    out.object(|out| {
        out.node_type(kind);
        attributes::write(out, attr);
        out.key("blocks");
        write(out, blocks);
    });
}

fn write_list(out: &mut Output, list: &List) {
    out.object(|out| {
        out.node_type("list");
        attributes::write(out, &list.attr);
        match list.kind {
            ListKind::Bullet => out.member("kind", "bullet"),
            ListKind::Ordered { start } => {
                out.member("kind", "ordered");
                out.key("start");
                out.literal(&start.to_string());
            }
        }
        out.key("items");
        out.array(&list.items, |out, item| {
            out.object(|out| {
                if let Some(checked) = item.checked {
                    out.key("checked");
                    out.literal(if checked { "true" } else { "false" });
                }
                attributes::write(out, &item.attr);
                out.key("blocks");
                write(out, &item.blocks);
            });
        });
    });
}

fn write_definition_item(out: &mut Output, item: &DefinitionItem) {
    out.object(|out| {
        out.key("terms");
        out.array(&item.terms, |out, term| {
            out.object(|out| {
                attributes::write(out, &term.attr);
                out.key("content");
                inlines::write(out, &term.content);
            });
        });
        out.key("definitions");
        out.array(&item.definitions, |out, definition| {
            out.object(|out| {
                attributes::write(out, &definition.attr);
                out.key("blocks");
                write(out, &definition.blocks);
            });
        });
    });
}

/// Writes a key with an array, unless the array is empty.
pub fn write_unless_empty<T>(out: &mut Output, key: &'static str, items: &[T], item: fn(&mut Output, &T)) {
    if !items.is_empty() {
        out.key(key);
        out.array(items, item);
    }
}

fn read_block(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let kind = reader.node_type(at)?;
    match kind.as_str() {
        "paragraph" | "plain" => read_text_block(reader, at, &kind, depth_left),
        "heading" => read_heading(reader, at, depth_left),
        "block_quote" | "division" => read_container(reader, at, &kind, depth_left),
        "list" => read_list(reader, at, depth_left),
        "definition_list" => read_definition_list(reader, at, depth_left),
        "table" => tables::read(reader, at, depth_left),
        "figure" => read_figure(reader, at, depth_left),
        "element" => read_element(reader, at, depth_left),
        _ => read_leaf(reader, at, &kind),
    }
}

fn read_text_block(reader: &Reader<'_>, at: At, kind: &str, depth_left: usize) -> Result<Block, ReadError> {
    if kind == "plain" {
        let [_, content] = reader.fields(at, ["type", "content"])?;
        return Ok(Block::Plain { content: inlines::read(reader, content, depth_left)? });
    }
    let ([content], fields) = reader.node(at, ["content"])?;
    Ok(Block::Paragraph { attr: attributes::read(reader, &fields)?, content: inlines::read(reader, content, depth_left)? })
}

fn read_heading(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let ([level, generated_id, content], fields) = reader.node(at, ["level", "generated_id", "content"])?;
    let level_at = reader.needed(at, level, "level")?;
    let level: u8 = reader.number(level_at)?;
    if !(1..=6).contains(&level) {
        return Err(reader.error(level_at, format!("`{level}` is no level of a heading")));
    }
    Ok(Block::Heading {
        attr: attributes::read(reader, &fields)?,
        level: Level::new(level),
        generated_id: reader.truth(generated_id)?.unwrap_or(false),
        content: inlines::read(reader, content, depth_left)?,
    })
}

fn read_container(reader: &Reader<'_>, at: At, kind: &str, depth_left: usize) -> Result<Block, ReadError> {
    let ([blocks], fields) = reader.node(at, ["blocks"])?;
    let attr = attributes::read(reader, &fields)?;
    let blocks = read(reader, blocks, depth_left)?;
    Ok(if kind == "division" { Block::Division { attr, blocks } } else { Block::BlockQuote { attr, blocks } })
}

fn read_figure(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let ([blocks, caption], fields) = reader.node(at, ["blocks", "caption"])?;
    Ok(Block::Figure {
        attr: attributes::read(reader, &fields)?,
        blocks: read(reader, blocks, depth_left)?,
        caption: read(reader, caption, depth_left)?,
    })
}

fn read_element(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let ([namespace, name, blocks], fields) = reader.node(at, ["namespace", "name", "blocks"])?;
    Ok(Block::Element {
        namespace: inlines::read_namespace(reader, namespace)?,
        name: reader.text(reader.needed(at, name, "name")?)?,
        attr: attributes::read(reader, &fields)?,
        blocks: read(reader, blocks, depth_left)?,
    })
}

fn read_list(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let ([kind, start, items], fields) = reader.node(at, ["kind", "start", "items"])?;
    let kind_at = reader.needed(at, kind, "kind")?;
    let kind = match (reader.text(kind_at)?.as_str(), start) {
        ("bullet", None) => ListKind::Bullet,
        ("ordered", None) => ListKind::Ordered { start: 1 },
        ("ordered", Some(start)) => ListKind::Ordered { start: reader.number(start)? },
        (other, _) => return Err(reader.error(kind_at, format!("`{other}` is no kind of list, or has no `start`"))),
    };
    let items = reader.list(items, |reader, at| {
        let ([checked, blocks], fields) = reader.node(at, ["checked", "blocks"])?;
        let blocks = read(reader, blocks, depth_left)?;
        Ok(ListItem { attr: attributes::read(reader, &fields)?, checked: reader.truth(checked)?, blocks })
    })?;
    Ok(Block::List(Box::new(List { attr: attributes::read(reader, &fields)?, kind, items })))
}

fn read_definition_list(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Block, ReadError> {
    let ([items], fields) = reader.node(at, ["items"])?;
    let items = reader.list(items, |reader, at| {
        let [terms, definitions] = reader.fields(at, ["terms", "definitions"])?;
        let terms = reader.list(terms, |reader, at| {
            let ([content], fields) = reader.node(at, ["content"])?;
            Ok(Term { attr: attributes::read(reader, &fields)?, content: inlines::read(reader, content, depth_left)? })
        })?;
        let definitions = reader.list(definitions, |reader, at| {
            let ([blocks], fields) = reader.node(at, ["blocks"])?;
            Ok(Definition { attr: attributes::read(reader, &fields)?, blocks: read(reader, blocks, depth_left)? })
        })?;
        Ok(DefinitionItem { terms, definitions })
    })?;
    Ok(Block::DefinitionList { attr: attributes::read(reader, &fields)?, items })
}

fn read_leaf(reader: &Reader<'_>, at: At, kind: &str) -> Result<Block, ReadError> {
    match kind {
        "code_block" => {
            let ([language, text], fields) = reader.node(at, ["language", "text"])?;
            Ok(Block::CodeBlock {
                attr: attributes::read(reader, &fields)?,
                language: reader.optional_text(language)?,
                text: reader.text(reader.needed(at, text, "text")?)?,
            })
        }
        "thematic_break" => {
            let ([], fields) = reader.node(at, [])?;
            Ok(Block::ThematicBreak { attr: attributes::read(reader, &fields)? })
        }
        "math" => {
            let ([tex], fields) = reader.node(at, ["tex"])?;
            let tex = reader.text(reader.needed(at, tex, "tex")?)?;
            Ok(Block::Math { attr: attributes::read(reader, &fields)?, tex })
        }
        "comment" => {
            let [_, text] = reader.fields(at, ["type", "text"])?;
            Ok(Block::Comment { text: reader.text(reader.needed(at, text, "text")?)? })
        }
        "raw" => {
            let [_, format, text] = reader.fields(at, ["type", "format", "text"])?;
            Ok(Block::Raw {
                format: reader.text(reader.needed(at, format, "format")?)?,
                text: reader.text(reader.needed(at, text, "text")?)?,
            })
        }
        _ => Err(reader.error(at, format!("`{kind}` is no type of a block"))),
    }
}
