//! What XHTML asks of elements that stand in one another, where a tree can hold more.

use postferry_doc::{Attr, Block, Definition, DefinitionItem, Inline, ListKind, Namespace, Table, Term, Text, walk};

/// Makes the structure of a tree one that XHTML can spell; all text stays.
pub fn settle(blocks: &mut Vec<Block>) {
    for mut block in std::mem::take(blocks) {
        match &mut block {
            Block::Table(table) => blocks.extend(caption_before(table)),
            Block::DefinitionList { items, .. } => pair_definitions(items),
            Block::List(list) => {
                for item in &mut list.items {
                    let numbered = list.kind != ListKind::Bullet;
                    if !numbered || item.attr.value("value").is_some_and(|value| value.parse::<i32>().is_err()) {
                        item.attr.remove("value");
                    }
                }
            }
            Block::Element { namespace: Namespace::Html, name, attr, blocks } => match name.as_str() {
                "summary" => flatten(blocks),
                "ruby" | "rt" | "rp" | "rb" | "rtc" | "dfn" => {
                    block = Block::Division { attr: std::mem::take(attr), blocks: std::mem::take(blocks) };
                }
                _ => {}
            },
            _ => {}
        }
        walk::children_mut(&mut block, &mut |part| match part {
            walk::PartMut::Blocks(inner) => settle(inner),
            walk::PartMut::Inlines(content) => settle_inlines(content, false),
        });
        blocks.push(block);
    }
}

/// Takes a caption that holds a table itself out of its table: it stands before it then.
fn caption_before(table: &mut Table) -> Option<Block> {
    let mut has_table = false;
    walk::blocks(&table.caption, &mut |block| has_table |= matches!(block, Block::Table(_)));
    has_table.then(|| {
        let mut blocks = std::mem::take(&mut table.caption);
        settle(&mut blocks);
        Block::Division { attr: Attr::new("", ["caption"], []), blocks }
    })
}

/// Gives each group terms and definitions: definitions alone belong to the group before.
fn pair_definitions(items: &mut Vec<DefinitionItem>) {
    let mut paired: Vec<DefinitionItem> = Vec::with_capacity(items.len());
    for item in std::mem::take(items) {
        match paired.last_mut() {
            Some(before) if item.terms.is_empty() => before.definitions.extend(item.definitions),
            Some(before) if before.definitions.is_empty() => {
                before.terms.extend(item.terms);
                before.definitions.extend(item.definitions);
            }
            _ => paired.push(item),
        }
    }
    for item in &mut paired {
        if item.terms.is_empty() {
            item.terms.push(Term::default());
        }
        if item.definitions.is_empty() {
            item.definitions.push(Definition::default());
        }
    }
    *items = paired;
}

/// Makes one line of blocks.
fn flatten(blocks: &mut Vec<Block>) {
    if matches!(blocks.as_slice(), [] | [Block::Plain { .. } | Block::Heading { .. }]) {
        return;
    }
    let mut line = Vec::new();
    for mut block in std::mem::take(blocks) {
        gather(&mut block, &mut line);
    }
    blocks.push(Block::Plain { content: line });
}

/// Adds all inlines of a block to a line.
fn gather(block: &mut Block, line: &mut Vec<Inline>) {
    if !line.is_empty() {
        line.push(Inline::SoftBreak);
    }
    match block {
        Block::CodeBlock { text, .. } => line.push(Inline::Code { attr: Attr::default(), text: std::mem::take(text) }),
        Block::Math { tex, .. } => line.push(Inline::Math { attr: Attr::default(), tex: std::mem::take(tex) }),
        Block::Raw { format, text } => line.push(Inline::Raw { format: format.clone(), text: std::mem::take(text) }),
        _ => {}
    }
    walk::children_mut(block, &mut |part| match part {
        walk::PartMut::Blocks(inner) => inner.iter_mut().for_each(|block| gather(block, line)),
        walk::PartMut::Inlines(content) => line.append(content),
    });
}

fn settle_inlines(content: &mut Vec<Inline>, in_definition: bool) {
    for mut inline in std::mem::take(content) {
        let name = html_name(&inline).map(Text::from);
        match (name.as_deref(), &mut inline) {
            (Some("ruby"), Inline::Element { attr, content: parts, .. }) => {
                let after = settle_ruby(parts);
                for mut part in std::mem::take(parts) {
                    if html_name(&part) == Some("rt") {
                        part.content_mut().into_iter().for_each(|inner| settle_inlines(inner, in_definition));
                        parts.push(part);
                    } else {
                        let mut base = vec![part];
                        settle_inlines(&mut base, in_definition);
                        parts.append(&mut base);
                    }
                }
                if parts.is_empty() {
                    content.push(span(attr, Vec::new()));
                } else {
                    content.push(inline);
                }
                let at = content.len();
                content.extend(after);
                let mut rest = content.split_off(at);
                settle_inlines(&mut rest, in_definition);
                content.extend(rest);
                continue;
            }
            (Some("rt" | "rp" | "rb" | "rtc"), Inline::Element { attr, content: inner, .. }) => {
                inline = span(attr, std::mem::take(inner));
            }
            (Some("dfn"), Inline::Element { attr, content: inner, .. }) if in_definition => {
                inline = span(attr, std::mem::take(inner));
            }
            _ => {}
        }
        if let Some(inner) = inline.content_mut() {
            settle_inlines(inner, in_definition || name.as_deref() == Some("dfn"));
        }
        content.push(inline);
    }
}

/// Keeps pairs of bases and annotations in a `ruby`, without the parentheses for readers that know none; gives what
/// comes after the last annotation. Where a base is missing all is given.
fn settle_ruby(parts: &mut Vec<Inline>) -> Vec<Inline> {
    let is_annotation = |part: &Inline| html_name(part) == Some("rt");
    let has_pairs = parts.iter().any(is_annotation);
    if has_pairs {
        parts.retain(|part| html_name(part) != Some("rp"));
    }
    for part in parts.iter_mut() {
        if let Some("rb" | "rtc") = html_name(part)
            && let Inline::Element { attr, content, .. } = part
        {
            *part = span(attr, std::mem::take(content));
        }
    }
    match parts.iter().rposition(is_annotation) {
        Some(last) if !is_annotation(&parts[0]) => parts.split_off(last + 1),
        _ => std::mem::take(parts),
    }
}

fn html_name(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Element { namespace: Namespace::Html, name, .. } => Some(name),
        _ => None,
    }
}

fn span(attr: &mut Attr, content: Vec<Inline>) -> Inline {
    Inline::Span { attr: std::mem::take(attr), content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postferry_doc::plain_text;

    fn element(name: &str, content: Vec<Inline>) -> Inline {
        Inline::Element { namespace: Namespace::Html, name: name.into(), attr: Attr::default(), content }
    }

    fn spanned(content: Vec<Inline>) -> Inline {
        Inline::Span { attr: Attr::default(), content }
    }

    fn settled(content: Vec<Inline>) -> Vec<Inline> {
        let mut blocks = vec![Block::paragraph(content)];
        settle(&mut blocks);
        match blocks.pop() {
            Some(Block::Paragraph { content, .. }) => content,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn ruby_keeps_its_pairs() {
        let (base, rt, rp) =
            (|| Inline::text("漢"), || element("rt", vec![Inline::text("かん")]), || element("rp", vec![Inline::text("(")]));
        let ruby = element("ruby", vec![base(), rp(), rt(), rp(), Inline::text("tail")]);
        assert_eq!(settled(vec![ruby]), [element("ruby", vec![base(), rt()]), Inline::text("tail")]);
        let unpaired = element("ruby", vec![rt(), base()]);
        let annotation = spanned(vec![Inline::text("かん")]);
        assert_eq!(settled(vec![unpaired]), [spanned(Vec::new()), annotation.clone(), base()]);
        assert_eq!(settled(vec![rt()]), [annotation]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_lost(document in postferry_doc::arbitrary::document()) {
            let mut blocks = document.blocks;
            let names = ["summary", "ruby", "rt", "dfn", "rb"];
            let mut next = 0;
            walk::blocks_mut(&mut blocks, &mut |block| if let Block::Element { name, .. } = block {
                *name = names[next % names.len()].into();
                next += 1;
            });
            walk::inlines_mut(&mut blocks, &mut |inline| if let Inline::Element { name, .. } = inline {
                *name = names[next % names.len()].into();
                next += 1;
            });
            let letters = |blocks: &[Block]| {
                let mut letters: Vec<char> = plain_text(blocks).chars().filter(|c| !c.is_whitespace()).collect();
                letters.sort_unstable();
                letters
            };
            let before = letters(&blocks);
            settle(&mut blocks);
            proptest::prop_assert_eq!(before, letters(&blocks));
        }
    }

    #[test]
    fn definitions_do_not_nest_and_come_in_pairs() {
        let inner = || vec![Inline::text("x")];
        assert_eq!(settled(vec![element("dfn", vec![element("dfn", inner())])]), [element("dfn", vec![spanned(inner())])]);
        let (term, definition) = (|| vec![Term::default()], || vec![Definition::default()]);
        let mut items = vec![
            DefinitionItem { terms: Vec::new(), definitions: definition() },
            DefinitionItem { terms: term(), definitions: Vec::new() },
            DefinitionItem { terms: term(), definitions: definition() },
            DefinitionItem { terms: Vec::new(), definitions: definition() },
            DefinitionItem { terms: term(), definitions: Vec::new() },
        ];
        pair_definitions(&mut items);
        let counts: Vec<_> = items.iter().map(|item| (item.terms.len(), item.definitions.len())).collect();
        assert_eq!(counts, [(1, 1), (2, 2), (1, 1)]);
    }
}
