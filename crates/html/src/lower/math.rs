//! Mathematics in TeX, as kramdown, MathJax, KaTeX and pandoc leave it in HTML.

use html5ever::ns;
use postferry_doc::{Attr, Block, Inline, Text};

use super::Lower;
use crate::dom::{Data, Dom, Id, NONE, Step};
use crate::names;

impl Lower<'_> {
    /// Text between blocks: display mathematics alone there is a block, beside other text it stays in its line.
    pub(crate) fn flow_text(&mut self, id: Id, text: &str) {
        if self.options.math
            && self.run.is_flat()
            && self.run.is_empty()
            && let Some((before, tex, after)) = split_math(text, "\\[", "\\]")
            && before.trim_ascii().is_empty()
            && only_math(after)
            && self.ends_run(id)
        {
            self.push_block(Block::Math { attr: Attr::default(), tex: tex.into() });
            let mut rest = after;
            while let Some((_, tex, after)) = split_math(rest, "\\[", "\\]") {
                self.push_block(Block::Math { attr: Attr::default(), tex: tex.into() });
                rest = after;
            }
            return;
        }
        self.inline_text(text);
    }

    /// Says whether a node is the last of its run of text: a block or nothing follows.
    fn ends_run(&self, id: Id) -> bool {
        let dom = self.dom;
        let mut next = dom.node(id).next;
        while next != NONE && dom.is_blank(next) {
            next = dom.node(next).next;
        }
        next == NONE || names::is_block(dom.html_name(next))
    }

    pub(crate) fn inline_text(&mut self, text: &str) {
        let mut rest = text;
        if self.options.math && !self.run.is_exact() {
            while let Some((before, tex, after)) = split_math(rest, "\\(", "\\)") {
                self.run.text(&mut self.source, before);
                self.run.push(Inline::Math { attr: Attr::default(), tex: tex.into() });
                rest = after;
            }
        }
        self.run.text(&mut self.source, rest);
    }

    /// The only content of a paragraph, if that is display mathematics.
    pub(crate) fn lone_display_math(&self, id: Id) -> Option<Text> {
        if !self.options.math {
            return None;
        }
        let dom = self.dom;
        let mut shown = dom.children(id).filter(|child| !dom.is_blank(*child));
        let first = shown.next()?;
        if shown.next().is_some() {
            return None;
        }
        match &dom.node(first).data {
            Data::Text(text) => {
                let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
                let (before, tex, after) = split_math(text, "\\[", "\\]")?;
                (before.is_empty() && after.is_empty()).then(|| tex.into())
            }
            Data::Element(_) => math_of_element(dom, first).filter(|(_, display)| *display).map(|(tex, _)| tex),
            _ => None,
        }
    }

    /// Reads an element between blocks that is display mathematics; says whether it was one.
    pub(crate) fn flow_math(&mut self, id: Id, name: &str) -> bool {
        if !self.options.math || !matches!(name, "script" | "span") || !self.run.is_flat() {
            return false;
        }
        let Some((tex, true)) = math_of_element(self.dom, id) else { return false };
        self.push_block(Block::Math { attr: Attr::default(), tex });
        true
    }

    /// Reads an element in text that is mathematics; says whether it was one.
    pub(crate) fn inline_math(&mut self, id: Id) -> bool {
        if !self.options.math || self.run.is_exact() {
            return false;
        }
        let Some((tex, _)) = math_of_element(self.dom, id) else { return false };
        let attr = if self.dom.html_name(id) == "span" && self.dom.attr(id, "class").is_some_and(|c| c.contains("kdmath")) {
            self.attr_without_classes(id, |class| class == "kdmath")
        } else {
            Attr::default()
        };
        self.run.push(Inline::Math { attr, tex });
        true
    }

    /// Reads the `<div class="kdmath">` that kramdown writes without an engine; says whether it was one.
    pub(crate) fn division_of_math(&mut self, id: Id) -> bool {
        let dom = self.dom;
        if !self.options.math || !has_class(dom, id, "kdmath") || !only_text(dom, id) {
            return false;
        }
        let text = dom.text(id);
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let Some(tex) = text.strip_prefix("$$").and_then(|t| t.strip_suffix("$$")) else { return false };
        let tex = tex.strip_prefix('\n').unwrap_or(tex);
        let tex = tex.strip_suffix('\n').unwrap_or(tex).into();
        let attr = self.attr_without_classes(id, |class| class == "kdmath");
        self.push_block(Block::Math { attr, tex });
        true
    }
}

/// Says whether text is display mathematics and white space.
fn only_math(mut text: &str) -> bool {
    while let Some((before, _, after)) = split_math(text, "\\[", "\\]") {
        if !before.trim_ascii().is_empty() {
            return false;
        }
        text = after;
    }
    text.trim_ascii().is_empty()
}

/// Splits a text at its first mathematics: what comes before, the TeX, what comes after.
pub(crate) fn split_math<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, &'t str, &'t str)> {
    let mut from = 0;
    loop {
        let first = find(text, from, open)? + open.len();
        let end = find(text, first, close)?;
        // The innermost pair: TeX holds no other beginning.
        let inner = first + text[first..end].rfind(open).map_or(0, |at| at + open.len());
        let at = inner - open.len();
        let escaped = text[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        if !escaped && !text[inner..end].trim().is_empty() {
            return Some((&text[..at], &text[inner..end], &text[end + close.len()..]));
        }
        from = end;
    }
}

/// Finds a delimiter from a position on. Most text has no backslash, and a searcher for a string costs more to set up
/// than to look for one byte.
fn find(text: &str, from: usize, delimiter: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\\', &bytes[from..]).map(|at| from + at).find(|at| bytes[*at..].starts_with(delimiter.as_bytes()))
}

/// The TeX of an element, and whether it is set apart.
fn math_of_element(dom: &Dom, id: Id) -> Option<(Text, bool)> {
    let element = dom.element(id)?;
    if element.ns == ns!(mathml) && &*element.local == "math" {
        let display = dom.attr(id, "display").is_some_and(|d| d.eq_ignore_ascii_case("block"));
        return Some((annotation(dom, id)?, display));
    }
    match dom.html_name(id) {
        "script" => {
            let kind = dom.attr(id, "type")?.to_ascii_lowercase();
            let rest = kind.trim().strip_prefix("math/tex")?;
            Some((script_tex(&dom.text(id)), rest.contains("display")))
        }
        "span" => {
            if has_class(dom, id, "katex-display") || has_class(dom, id, "katex") {
                return Some((annotation(dom, id)?, has_class(dom, id, "katex-display")));
            }
            if !only_text(dom, id) {
                return None;
            }
            let text = dom.text(id);
            if has_class(dom, id, "kdmath") {
                let tex = text.strip_prefix('$')?.strip_suffix('$')?;
                return Some((tex.into(), false));
            }
            if has_class(dom, id, "math") {
                let (open, close, display) =
                    if has_class(dom, id, "display") { ("\\[", "\\]", true) } else { ("\\(", "\\)", false) };
                let (before, tex, after) = split_math(&text, open, close)?;
                return (before.is_empty() && after.is_empty()).then(|| (tex.into(), display));
            }
            None
        }
        _ => None,
    }
}

/// The TeX that a MathML formula carries beside itself.
fn annotation(dom: &Dom, id: Id) -> Option<Text> {
    let mut found = None;
    dom.descend(id, &mut |node, step| {
        if step == Step::Enter
            && found.is_none()
            && dom.element(node).is_some_and(|e| &*e.local == "annotation")
            && dom.attr(node, "encoding").is_some_and(|e| {
                matches!(e.to_ascii_lowercase().as_str(), "application/x-tex" | "tex" | "latex" | "application/x-latex")
            })
        {
            found = Some(dom.text(node).trim().into());
        }
    });
    found
}

/// The TeX of a script, without the marks that kramdown 1 puts around what XML could mistake.
fn script_tex(text: &str) -> Text {
    let text = text.trim();
    let text = text.strip_prefix("% <![CDATA[").unwrap_or(text);
    text.strip_suffix("%]]>").unwrap_or(text).trim().into()
}

fn has_class(dom: &Dom, id: Id, name: &str) -> bool {
    dom.attr(id, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class == name))
}

fn only_text(dom: &Dom, id: Id) -> bool {
    dom.children(id).all(|child| matches!(dom.node(child).data, Data::Text(_)))
}
