//! Taking active content out of a document.

use postferry_doc::{Attr, Block, Diagnostic, Document, Inline, Origin, Text, walk};

/// What may stay.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Policy {
    /// Whether forms and their controls stay; default false: their text stays, they go.
    pub forms: bool,
    /// Whether `style` elements stay; default true.
    pub styles: bool,
    /// Whether frames and plug-ins (`iframe`, `object`, `embed`) stay; default true.
    pub frames: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { forms: false, styles: true, frames: true }
    }
}

/// Takes scripts, event handlers and active URLs out; each is an `html/sanitized` diagnostic.
///
/// ```
/// use postferry_doc::Document;
/// use postferry_html::{Policy, ReadOptions, WriteOptions, read, sanitize, write};
///
/// let reading = read("<p onclick=a()>x<script>b()</script></p>", &ReadOptions::default());
/// let mut document = Document { blocks: reading.blocks, ..Document::default() };
/// assert_eq!(sanitize(&mut document, &Policy::default()).len(), 2);
/// assert_eq!(write(&document.blocks, &[], &WriteOptions::default()).html, "<p>x</p>\n");
/// ```
pub fn sanitize(document: &mut Document, policy: &Policy) -> Vec<Diagnostic> {
    let mut cleaner = Cleaner { policy, diagnostics: Vec::new() };
    let goes: Vec<bool> = document.blocks.iter().map(|block| cleaner.goes(block)).collect();
    cleaner.blocks(&mut document.blocks, 0);
    for note in &mut document.notes {
        cleaner.blocks(&mut note.blocks, 0);
    }
    if goes.contains(&true) {
        shift(&mut document.origins, &goes);
    }
    cleaner.diagnostics
}

/// Counts blocks anew without those that go.
fn shift(origins: &mut [Origin], goes: &[bool]) {
    let mut place = 0;
    let mut places = vec![place];
    for goes in goes {
        place += u32::from(!goes);
        places.push(place);
    }
    let new = |number: u32| places.get(number as usize).copied().unwrap_or(place);
    for origin in origins {
        let end = new(origin.first_block.saturating_add(origin.blocks));
        origin.first_block = new(origin.first_block);
        origin.blocks = end - origin.first_block;
    }
}

struct Cleaner<'a> {
    policy: &'a Policy,
    diagnostics: Vec<Diagnostic>,
}

/// What happens to an element.
enum Fate {
    Stay,
    Go,
    Unwrap,
}

impl Cleaner<'_> {
    fn fate(&self, name: &str) -> Fate {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "script" | "base" | "meta" | "link" | "applet" | "animate" | "set" | "animatetransform" => Fate::Go,
            "style" if !self.policy.styles => Fate::Go,
            "iframe" | "frame" | "frameset" | "object" | "embed" | "param" if !self.policy.frames => Fate::Go,
            "input" | "select" | "datalist" if !self.policy.forms => Fate::Go,
            "form" | "fieldset" | "legend" | "button" | "label" | "textarea" | "output" if !self.policy.forms => Fate::Unwrap,
            _ => Fate::Stay,
        }
    }

    /// Whether nothing of a block stays.
    fn goes(&self, block: &Block) -> bool {
        match block {
            Block::Raw { format, .. } => format == "html",
            Block::Element { name, .. } => matches!(self.fate(name), Fate::Go),
            _ => false,
        }
    }

    fn note(&mut self, message: String) {
        self.diagnostics.push(Diagnostic::warning("html/sanitized", message));
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>, depth: usize) {
        let before = blocks.len();
        blocks.retain(|block| !matches!(block, Block::Raw { format, .. } if format == "html"));
        if blocks.len() < before {
            self.note("raw HTML was left out".into());
        }
        let holds = |block: &Block| matches!(block, Block::Element { .. });
        if blocks.iter().any(|b| holds(b) && !matches!(self.fate(name_of(b)), Fate::Stay)) {
            let old = std::mem::take(blocks);
            for block in old {
                match (self.fate(name_of(&block)), block) {
                    (Fate::Stay, block) => blocks.push(block),
                    (Fate::Go, Block::Element { name, .. }) => self.note(format!("`<{name}>` was left out")),
                    (Fate::Unwrap, Block::Element { name, attr, blocks: inner, .. }) => {
                        self.note(format!("`<{name}>` was left out, its content was kept"));
                        blocks.push(Block::Division { attr: without_pairs(&attr), blocks: inner });
                    }
                    (_, block) => blocks.push(block),
                }
            }
        }
        for block in blocks {
            self.block(block, depth);
        }
    }

    fn block(&mut self, block: &mut Block, depth: usize) {
        self.attributes_of(block);
        // Readers cap the depth of trees; what is deeper came from nowhere.
        if depth > 1024 {
            return;
        }
        walk::children_mut(block, &mut |part| match part {
            walk::PartMut::Blocks(inner) => self.blocks(inner, depth + 1),
            walk::PartMut::Inlines(content) => self.inlines(content, depth + 1),
        });
    }

    fn attributes_of(&mut self, block: &mut Block) {
        match block {
            Block::Paragraph { attr, .. }
            | Block::Heading { attr, .. }
            | Block::BlockQuote { attr, .. }
            | Block::CodeBlock { attr, .. }
            | Block::Figure { attr, .. }
            | Block::ThematicBreak { attr }
            | Block::Math { attr, .. }
            | Block::Division { attr, .. }
            | Block::Element { attr, .. } => self.attr(attr),
            Block::DefinitionList { attr, items } => {
                self.attr(attr);
                for item in items {
                    item.terms.iter_mut().for_each(|term| self.attr(&mut term.attr));
                    item.definitions.iter_mut().for_each(|definition| self.attr(&mut definition.attr));
                }
            }
            Block::List(list) => {
                self.attr(&mut list.attr);
                list.items.iter_mut().for_each(|item| self.attr(&mut item.attr));
            }
            Block::Table(table) => {
                self.attr(&mut table.attr);
                table.bodies.iter_mut().for_each(|body| self.attr(&mut body.attr));
                let bodies = table.bodies.iter_mut().flat_map(|body| &mut body.rows);
                for row in table.head.iter_mut().chain(bodies).chain(&mut table.foot) {
                    self.attr(&mut row.attr);
                    row.cells.iter_mut().for_each(|cell| self.attr(&mut cell.attr));
                }
            }
            Block::Plain { .. } | Block::Comment { .. } | Block::Raw { .. } => {}
        }
    }

    fn inlines(&mut self, content: &mut Vec<Inline>, depth: usize) {
        let before = content.len();
        content.retain(|inline| !matches!(inline, Inline::Raw { format, .. } if format == "html"));
        if content.len() < before {
            self.note("raw HTML was left out".into());
        }
        let name = |inline: &Inline| match inline {
            Inline::Element { name, .. } => name.clone(),
            _ => "".into(),
        };
        if content.iter().any(|inline| !matches!(self.fate(&name(inline)), Fate::Stay)) {
            let old = std::mem::take(content);
            for inline in old {
                match (self.fate(&name(&inline)), inline) {
                    (Fate::Go, Inline::Element { name, .. }) => self.note(format!("`<{name}>` was left out")),
                    (Fate::Unwrap, Inline::Element { name, attr, content: inner, .. }) => {
                        self.note(format!("`<{name}>` was left out, its content was kept"));
                        content.push(Inline::Span { attr: without_pairs(&attr), content: inner });
                    }
                    (_, inline) => content.push(inline),
                }
            }
        }
        for inline in content {
            self.inline(inline, depth);
        }
    }

    fn inline(&mut self, inline: &mut Inline, depth: usize) {
        match inline {
            Inline::Link { attr, target, .. } => {
                self.attr(attr);
                if is_active(target) {
                    self.note(format!("the link to `{target}` was left out"));
                    *target = "#".into();
                }
            }
            Inline::Image { attr, source, .. } => {
                self.attr(attr);
                if is_active(source) && !is_image_data(source) {
                    self.note(format!("the image `{source}` was left out"));
                    *source = "".into();
                }
            }
            Inline::Emphasis { attr, .. }
            | Inline::Strong { attr, .. }
            | Inline::Strikethrough { attr, .. }
            | Inline::Superscript { attr, .. }
            | Inline::Subscript { attr, .. }
            | Inline::Code { attr, .. }
            | Inline::Math { attr, .. }
            | Inline::Span { attr, .. }
            | Inline::Element { attr, .. } => self.attr(attr),
            Inline::Text(_)
            | Inline::SoftBreak
            | Inline::LineBreak
            | Inline::NoteReference { .. }
            | Inline::Comment { .. }
            | Inline::Raw { .. } => {}
        }
        if depth <= 1024
            && let Some(inner) = inline.content_mut()
        {
            self.inlines(inner, depth + 1);
        }
    }

    fn attr(&mut self, attr: &mut Attr) {
        let bad: Vec<_> = attr.pairs().iter().filter(|(name, value)| is_bad(name, value)).cloned().collect();
        for (name, value) in bad {
            self.note(format!("`{name}=\"{value}\"` was left out"));
            attr.remove(&name);
        }
    }
}

/// A control's own attributes mean nothing without it.
fn without_pairs(attr: &Attr) -> Attr {
    Attr::new(attr.id().unwrap_or(""), attr.classes().iter().map(Text::as_str), [])
}

fn name_of(block: &Block) -> &str {
    match block {
        Block::Element { name, .. } => name,
        _ => "",
    }
}

/// Attributes that run something: event handlers, and URLs of a kind that does.
pub(crate) fn is_bad(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let style = name == "style" && {
        let value = value.to_ascii_lowercase();
        ["expression(", "javascript:", "vbscript:", "-moz-binding", "behavior:"].iter().any(|bad| value.contains(bad))
    };
    name.starts_with("on") && name.len() > 2
        || style
        || name == "srcdoc"
        || (is_url_attribute(&name) && is_active(value) && !(name == "poster" && is_image_data(value)))
}

fn is_url_attribute(name: &str) -> bool {
    matches!(
        name,
        "href"
            | "src"
            | "action"
            | "formaction"
            | "data"
            | "poster"
            | "background"
            | "cite"
            | "longdesc"
            | "xlink:href"
            | "codebase"
            | "classid"
            | "ping"
            | "manifest"
            | "from"
            | "to"
            | "values"
    )
}

/// Says whether a URL runs something or carries its own content; browsers skip white space and controls in the scheme.
fn is_active(url: &str) -> bool {
    let scheme: String = url
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .take_while(|c| *c != ':')
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    matches!(scheme.as_str(), "javascript" | "vbscript" | "livescript" | "mocha" | "data") && url.contains(':')
}

pub(crate) fn is_image_data(url: &str) -> bool {
    url.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReadOptions, WriteOptions, read, write};

    fn clean(html: &str) -> (String, usize) {
        let reading = read(html, &ReadOptions::default());
        let mut document = Document { blocks: reading.blocks, ..Document::default() };
        let count = sanitize(&mut document, &Policy::default()).len();
        (write(&document.blocks, &[], &WriteOptions::default()).html, count)
    }

    #[test]
    fn scripts_and_handlers_go() {
        assert_eq!(clean("<script>x</script><p onmouseover=\"x()\" class=a>y"), ("<p class=\"a\">y</p>\n".into(), 2));
        assert_eq!(clean("<svg onload=x><script>y</script></svg>").1, 2);
        assert_eq!(clean("<table><tr onclick=x><td onclick=y>z").1, 2);
    }

    #[test]
    fn active_links_go() {
        assert_eq!(clean("<a href=' java\nscript:x'>y</a>"), ("<p><a href=\"#\">y</a></p>\n".into(), 1));
        let image = "<p><img src=\"data:image/png;base64,AA\" /></p>\n";
        assert_eq!(clean(image), (image.into(), 0));
        assert_eq!(clean("<a href='data:text/html,x'>y</a>").1, 1);
    }

    #[test]
    fn forms_leave_their_text() {
        assert_eq!(clean("<form action=x><p>a <label>b</label><input></p></form>").0, "<div>\n<p>a <span>b</span></p>\n</div>\n");
    }
}
