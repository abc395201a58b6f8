//! Elements of SVG and MathML: drawings and formulas that a book may hold, or their text.

use postferry_doc::{Attr, Block, Diagnostic, Inline, Namespace, Text, inline_text, plain_text, walk};

use crate::{drawing, formula};

/// Makes the drawings and formulas of a tree ones that a book may hold.
pub fn settle(blocks: &mut [Block], diagnostics: &mut Vec<Diagnostic>) {
    for block in blocks {
        if matches!(block, Block::Element { namespace: Namespace::Svg | Namespace::MathMl, .. }) {
            settle_block(block, diagnostics);
            continue;
        }
        walk::children_mut(block, &mut |part| match part {
            walk::PartMut::Blocks(inner) => settle(inner, diagnostics),
            walk::PartMut::Inlines(content) => settle_inlines(content, diagnostics),
        });
    }
}

fn settle_block(block: &mut Block, diagnostics: &mut Vec<Diagnostic>) {
    let Block::Element { namespace, name, attr, blocks } = block else { return };
    let content = match blocks.as_mut_slice() {
        [] => Vec::new(),
        [Block::Plain { content }] => std::mem::take(content),
        others => vec![Inline::Text(plain_text(others).into())],
    };
    let mut settled =
        vec![Inline::Element { namespace: *namespace, name: std::mem::take(name), attr: std::mem::take(attr), content }];
    settle_inlines(&mut settled, diagnostics);
    *block = match <[Inline; 1]>::try_from(settled) {
        Ok([Inline::Element { namespace, name, attr, content }]) => {
            let blocks = if content.is_empty() { Vec::new() } else { vec![Block::Plain { content }] };
            Block::Element { namespace, name, attr, blocks }
        }
        Ok([other]) => Block::paragraph(vec![other]),
        Err(several) => Block::paragraph(several),
    };
}

fn settle_inlines(content: &mut Vec<Inline>, diagnostics: &mut Vec<Diagnostic>) {
    let is_foreign = |inline: &Inline| matches!(inline, Inline::Element { namespace: Namespace::Svg | Namespace::MathMl, .. });
    if !content.iter().any(is_foreign) {
        for inner in content.iter_mut().filter_map(Inline::content_mut) {
            settle_inlines(inner, diagnostics);
        }
        return;
    }
    for mut inline in std::mem::take(content) {
        match inline {
            Inline::Element { namespace: Namespace::Svg, name, mut attr, content: mut inner } if name == "svg" => {
                let lost = drawing::settle(&mut attr, &mut inner);
                content.push(Inline::Element { namespace: Namespace::Svg, name, attr, content: inner });
                if !lost.is_empty() {
                    say(diagnostics, "a drawing holds what a book cannot; its text follows the drawing");
                    content.push(Inline::Text(lost.into()));
                }
            }
            Inline::Element { namespace: Namespace::MathMl, name, mut attr, content: mut inner } if name == "math" => {
                let text = inline_text(&inner);
                if formula::settle(&mut attr, &mut inner) {
                    content.push(Inline::Element { namespace: Namespace::MathMl, name, attr, content: inner });
                } else {
                    say(diagnostics, "a formula is not in order; its text was kept");
                    content.push(span(&attr, vec![Inline::Text(text.into())]));
                }
            }
            Inline::Element { namespace: Namespace::Svg | Namespace::MathMl, name, attr, content: mut inner } => {
                say(diagnostics, &format!("`{name}` stands outside its drawing or formula; its text was kept"));
                settle_inlines(&mut inner, diagnostics);
                content.push(span(&attr, inner));
            }
            _ => {
                if let Some(inner) = inline.content_mut() {
                    settle_inlines(inner, diagnostics);
                }
                content.push(inline);
            }
        }
    }
}

fn span(attr: &Attr, content: Vec<Inline>) -> Inline {
    Inline::Span { attr: Attr::new(attr.id().unwrap_or(""), attr.classes().iter().map(Text::as_str), []), content }
}

fn say(diagnostics: &mut Vec<Diagnostic>, message: &str) {
    diagnostics.push(Diagnostic::warning("lost/element", message));
}
