//! Preparing: what a tree from HTML may hold and Markdown has another form for.

use postferry_doc::{Attr, Block, Document, Inline, List, ListItem, ListKind, Text, walk};

use crate::{element::is_carrier, options::CjkEmphasis, settings::Settings};

/// Gives the document in the form in which it is written, if it must be changed for that.
///
/// Links around blocks go into the blocks; where the dialect has no footnotes, notes become links and a list; with
/// [`CjkEmphasis::Move`], punctuation leaves the marks that it would hide.
pub(crate) fn prepare(document: &Document, settings: &Settings) -> Option<Document> {
    let mut needed = settings.traits.jsx
        || settings.cjk_emphasis == CjkEmphasis::Move
        || !document.notes.is_empty() && !settings.traits.footnotes;
    if !needed {
        let mut look = |block: &Block| needed |= linked_blocks(block).is_some() || bare_code(block).is_some();
        walk::blocks(&document.blocks, &mut look);
        for note in &document.notes {
            walk::blocks(&note.blocks, &mut look);
        }
    }
    if !needed {
        return None;
    }
    let mut document = document.clone();
    prepare_blocks(&mut document.blocks, settings);
    for note in &mut document.notes {
        prepare_blocks(&mut note.blocks, settings);
    }
    if !settings.traits.footnotes {
        spell_notes(&mut document);
    }
    Some(document)
}

/// How many elements have a style, which preparing for JSX takes away.
pub(crate) fn count_styles(document: &Document) -> usize {
    let mut count = 0;
    for blocks in std::iter::once(&document.blocks).chain(document.notes.iter().map(|note| &note.blocks)) {
        walk::blocks(blocks, &mut |block| {
            count += usize::from(matches!(block, Block::Element { attr, .. } if attr.value("style").is_some()));
        });
        walk::inlines(blocks, &mut |inline| {
            if let Inline::Element { attr, .. } | Inline::Superscript { attr, .. } | Inline::Subscript { attr, .. } = inline {
                count += usize::from(attr.value("style").is_some());
            }
        });
    }
    count
}

fn prepare_blocks(blocks: &mut Vec<Block>, settings: &Settings) {
    settle_blocks(blocks);
    walk::blocks_mut(blocks, &mut |block| {
        walk::children_mut(block, &mut |part| {
            if let walk::PartMut::Blocks(blocks) = part {
                settle_blocks(blocks);
            }
        });
    });
    if settings.traits.jsx {
        // JSX takes a style as an expression only.
        walk::blocks_mut(blocks, &mut |block| {
            if let Block::Element { attr, .. } = block {
                attr.remove("style");
            }
        });
        walk::inlines_mut(blocks, &mut |inline| {
            if let Inline::Element { attr, .. } | Inline::Superscript { attr, .. } | Inline::Subscript { attr, .. } = inline {
                attr.remove("style");
            }
        });
    }
    if settings.cjk_emphasis == CjkEmphasis::Move {
        walk::blocks_mut(blocks, &mut |block| {
            walk::children_mut(block, &mut |part| {
                if let walk::PartMut::Inlines(content) = part {
                    move_punctuation(content);
                }
            });
        });
    }
}

/// The blocks inside a link, if each can hold a link itself.
fn linked_blocks(block: &Block) -> Option<&[Block]> {
    match block {
        Block::Element { name, attr, blocks, .. } if name == "a" && attr.value("href").is_some() && !blocks.is_empty() => {
            let line = |b: &Block| matches!(b, Block::Paragraph { .. } | Block::Plain { .. } | Block::Heading { .. });
            blocks.iter().all(line).then_some(blocks)
        }
        _ => None,
    }
}

/// Preformatted text without marks, as a block of code.
fn bare_code(block: &Block) -> Option<Block> {
    let Block::Element { name, attr, blocks, .. } = block else { return None };
    let [Block::Plain { content } | Block::Paragraph { content, .. }] = blocks.as_slice() else { return None };
    if name != "pre" {
        return None;
    }
    let mut text = String::new();
    collect_code(content, &mut text)?;
    let named = |class: &Text| class.strip_prefix("language-").or_else(|| class.strip_prefix("brush:")).map(Text::from);
    let language = attr.classes().iter().find_map(named).map(|name| Text::from(name.trim_end_matches(';')));
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Some(Block::CodeBlock { attr: Attr::default(), language, text: text.into() })
}

fn collect_code(content: &[Inline], text: &mut String) -> Option<()> {
    for inline in content {
        match inline {
            Inline::Text(part) | Inline::Code { text: part, .. } => text.push_str(part),
            Inline::SoftBreak | Inline::LineBreak => text.push('\n'),
            Inline::Span { content, .. } => collect_code(content, text)?,
            Inline::Element { name, content, .. } if is_carrier(name) => collect_code(content, text)?,
            _ => return None,
        }
    }
    Some(())
}

/// Puts blocks into the forms that Markdown has for them.
fn settle_blocks(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        if let Some(code) = bare_code(block) {
            *block = code;
        }
    }
    if !blocks.iter().any(|b| linked_blocks(b).is_some()) {
        return;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        if linked_blocks(&block).is_none() {
            out.push(block);
            continue;
        }
        let Block::Element { mut attr, blocks: inner, .. } = block else { continue };
        let target = attr.remove("href").unwrap_or_default();
        let title = attr.remove("title");
        let mut linked = Vec::with_capacity(inner.len());
        for mut block in inner {
            if let Block::Paragraph { content, .. } | Block::Plain { content } | Block::Heading { content, .. } = &mut block {
                let inside = std::mem::take(content);
                content.push(Inline::Link { attr: attr.clone(), target: target.clone(), title: title.clone(), content: inside });
            }
            linked.push(block);
        }
        // Blocks are counted: one becomes one.
        out.push(match linked.pop() {
            Some(only) if linked.is_empty() => only,
            last => Block::Division { attr: Attr::default(), blocks: linked.into_iter().chain(last).collect() },
        });
    }
    *blocks = out;
}

/// Moves punctuation at the edges of a mark out of it where a letter follows or comes before.
fn move_punctuation(content: &mut Vec<Inline>) {
    let mut at = 0;
    while at < content.len() {
        let next_is_letter = edge_is_letter(content.get(at + 1), true);
        let last_is_letter = at.checked_sub(1).is_some_and(|n| edge_is_letter(content.get(n), false));
        if let Inline::Emphasis { content: inner, .. } | Inline::Strong { content: inner, .. } = &mut content[at] {
            let tail = next_is_letter.then(|| cut(inner, false)).flatten();
            let head = last_is_letter.then(|| cut(inner, true)).flatten();
            if let Some(tail) = tail {
                content.insert(at + 1, Inline::text(&tail));
            }
            if let Some(head) = head {
                content.insert(at, Inline::text(&head));
                at += 1;
            }
        }
        at += 1;
    }
}

fn edge_is_letter(inline: Option<&Inline>, first: bool) -> bool {
    let Some(Inline::Text(text)) = inline else { return false };
    let edge = if first { text.chars().next() } else { text.chars().next_back() };
    edge.is_some_and(char::is_alphanumeric)
}

/// Cuts punctuation off the start or the end of text, if text remains.
fn cut(content: &mut [Inline], start: bool) -> Option<String> {
    let edge = if start { content.first_mut() } else { content.last_mut() };
    let Some(Inline::Text(text)) = edge else { return None };
    let is_edge = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let rest = if start { text.trim_start_matches(is_edge) } else { text.trim_end_matches(is_edge) };
    if rest.is_empty() || rest.len() == text.len() {
        return None;
    }
    let cut = if start { text[..text.len() - rest.len()].to_owned() } else { text[rest.len()..].to_owned() };
    *text = rest.into();
    Some(cut)
}

/// Turns notes into a list at the end, and references into links to it.
fn spell_notes(document: &mut Document) {
    let labels: Vec<_> = document.notes.iter().map(|note| note.label.clone()).collect();
    let number_of = |label: &str| labels.iter().position(|l| l == label).map_or(0, |n| n + 1);
    let mut link = |inline: &mut Inline| {
        if let Inline::NoteReference { label } = inline {
            let text = Inline::text(&number_of(label).to_string());
            let content = vec![Inline::link(&format!("#fn:{label}"), vec![text])];
            *inline = Inline::Superscript { attr: Attr::new(&format!("fnref:{label}"), [], []), content };
        }
    };
    walk::inlines_mut(&mut document.blocks, &mut link);
    if document.notes.is_empty() {
        return;
    }
    let mut items = Vec::new();
    for mut note in document.notes.drain(..) {
        walk::inlines_mut(&mut note.blocks, &mut link);
        let anchor = Inline::Element {
            namespace: postferry_doc::Namespace::Html,
            name: "a".into(),
            attr: Attr::new(&format!("fn:{}", note.label), [], []),
            content: Vec::new(),
        };
        let back = Inline::link(&format!("#fnref:{}", note.label), vec![Inline::text("↩")]);
        if let Some(Block::Paragraph { content, .. } | Block::Plain { content }) = note.blocks.first_mut() {
            content.insert(0, anchor);
        } else {
            note.blocks.insert(0, Block::paragraph(vec![anchor]));
        }
        if let Some(Block::Paragraph { content, .. } | Block::Plain { content }) = note.blocks.last_mut() {
            content.push(Inline::text(" "));
            content.push(back);
        } else {
            note.blocks.push(Block::paragraph(vec![back]));
        }
        items.push(ListItem { blocks: note.blocks, ..ListItem::default() });
    }
    document.blocks.push(Block::List(Box::new(List { attr: Attr::default(), kind: ListKind::Ordered { start: 1 }, items })));
}
