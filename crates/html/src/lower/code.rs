//! Preformatted text, and the wrappers that highlighters put around it.

use std::borrow::Cow;
use std::mem;

use postferry_doc::{Attr, Block, Inline, Namespace, Text};

use super::Lower;
use super::run::LineEnds;
use crate::dom::{Data, Dom, Id, Step};
use crate::names;

impl Lower<'_> {
    pub(crate) fn preformatted(&mut self, id: Id) {
        if !is_code(self.dom, id) {
            let run = self.run.exact_below();
            let content = self.inlines_in(run, id);
            let mut text = String::new();
            if text_of_code(&content, &mut text) {
                let mut attr = self.attr(id, &["data-lang"]);
                let own = self.dom.attr(id, "data-lang").map(Text::from);
                let language = take_language(&mut attr).or(own);
                self.push_code(attr, language, &text);
                return;
            }
            let attr = self.attr(id, &[]);
            let blocks = vec![Block::Plain { content }];
            self.push_block(Block::Element { namespace: Namespace::Html, name: "pre".into(), attr, blocks });
            return;
        }
        let mut attr = self.attr(id, &["data-lang"]);
        let own = self.dom.attr(id, "data-lang").map(Text::from);
        let language = take_language(&mut attr).or(own);
        self.code_block(id, attr, language);
    }

    /// Reads a `<pre>` with what its wrappers say.
    fn code_block(&mut self, pre: Id, mut attr: Attr, mut language: Option<Text>) {
        let dom = self.dom;
        let mut inner = pre;
        if let Some(code) = only_element(dom, pre).filter(|code| dom.html_name(*code) == "code") {
            inner = code;
            let mut own = self.attr(code, &["data-lang"]);
            let lang = take_language(&mut own).or_else(|| dom.attr(code, "data-lang").map(Text::from));
            language = lang.or(language);
            merge(&mut attr, &own);
        }
        let text = code_text(dom, inner);
        self.push_code(attr, language, &text);
    }

    fn push_code(&mut self, mut attr: Attr, language: Option<Text>, text: &str) {
        let text = self.source.text(text.strip_suffix('\n').unwrap_or(text));
        attr.remove_class("highlight");
        let language = language.filter(|l| !l.is_empty());
        self.push_block(Block::CodeBlock { attr, language, text });
    }

    /// Reads a highlighter's wrapper around one `<pre>`; says whether it was one.
    ///
    /// Rouge in kramdown writes `div.language-x.highlighter-rouge > div.highlight > pre.highlight > code`, Jekyll's
    /// `highlight` tag `figure.highlight > pre > code`, GitHub `div.highlight.highlight-source-x > pre`.
    pub(crate) fn highlighted(&mut self, id: Id) -> bool {
        let dom = self.dom;
        let is_wrapper = |id| dom.attr(id, "class").is_some_and(|c| c.split_ascii_whitespace().any(is_wrapper_class));
        if !is_wrapper(id) {
            return false;
        }
        let mut wrappers = vec![id];
        let mut at = id;
        let pre = loop {
            let Some(child) = only_element(dom, at) else { return false };
            match dom.html_name(child) {
                "pre" => break child,
                "div" | "figure" if wrappers.len() < 4 => wrappers.push(child),
                "table" => match code_cell(dom, child).and_then(|cell| descend_to_pre(dom, cell)) {
                    Some(pre) => break pre,
                    None => return false,
                },
                _ => return false,
            }
            at = child;
        };
        if !is_code(dom, pre) {
            return false;
        }
        let rouge = wrappers.iter().any(|w| dom.attr(*w, "class").is_some_and(|c| c.contains("highlighter-rouge")));
        let mut attr = Attr::default();
        let mut language = None;
        for wrapper in wrappers.into_iter().chain([pre]) {
            let own = dom.attr(wrapper, "data-lang").map(Text::from);
            let mut more = self.attr_without_classes(wrapper, |class| WRAPPERS.contains(&class));
            more.remove("data-lang");
            language = language.or_else(|| take_language(&mut more)).or(own);
            merge(&mut attr, &more);
        }
        // Rouge's name for code that says no language.
        language = language.filter(|l| !(rouge && l == "plaintext"));
        self.flush();
        self.code_block(pre, attr, language);
        true
    }
}

/// Takes a highlighter's wrapper off a block of code that was read with it.
pub(crate) fn unwrap_code(wrapper: &Attr, blocks: &mut [Block]) -> Option<Block> {
    let [Block::CodeBlock { attr, language, text }] = blocks else { return None };
    if !wrapper.classes().iter().any(|class| is_wrapper_class(class)) {
        return None;
    }
    let mut all = wrapper.clone();
    let named = take_language(&mut all).or_else(|| all.remove("data-lang"));
    for class in WRAPPERS {
        all.remove_class(class);
    }
    all.remove("data-lang");
    merge(&mut all, attr);
    let language = language.take().or(named);
    Some(Block::CodeBlock { attr: all, language, text: mem::take(text) })
}

/// Collects the text of content that is code with a highlighter's marks only; says whether it is.
fn text_of_code(content: &[Inline], out: &mut String) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) => {
            out.push_str(text);
            true
        }
        Inline::SoftBreak | Inline::LineBreak => {
            out.push('\n');
            true
        }
        Inline::Code { attr, text } if attr.id().is_none() => {
            out.push_str(text);
            true
        }
        Inline::Span { attr, content } if attr.id().is_none() => text_of_code(content, out),
        Inline::Element { namespace: Namespace::Html, name, attr, content } if attr.id().is_none() => match &**name {
            "code" | "font" => text_of_code(content, out),
            "a" => attr.value("href").is_none() && text_of_code(content, out),
            "br" => {
                out.push('\n');
                true
            }
            "wbr" => true,
            _ => false,
        },
        _ => false,
    })
}

const WRAPPERS: &[&str] = &["highlighter-rouge", "highlight", "sourceCode", "highlighter-coderay", "CodeRay", "codehilite"];

fn is_wrapper_class(class: &str) -> bool {
    WRAPPERS.contains(&class) || class.starts_with("highlight-source-") || class.starts_with("highlight-text-")
}

/// Takes the class that names the language.
fn take_language(attr: &mut Attr) -> Option<Text> {
    let classes = attr.classes();
    if let Some(at) = classes.iter().position(|c| c == "brush:") {
        let language = classes.get(at + 1).map(|c| Text::from(c.trim_end_matches(';')));
        let gone: Vec<Text> = classes.iter().skip(at).take(2).cloned().collect();
        for class in &gone {
            attr.remove_class(class);
        }
        return language;
    }
    let prefixes = ["language-", "lang-", "highlight-source-", "highlight-text-", "brush:"];
    let found = classes.iter().find_map(|class| {
        let language = prefixes.iter().find_map(|p| class.strip_prefix(p))?.trim_end_matches(';');
        (!language.is_empty()).then(|| (class.clone(), Text::from(language)))
    });
    if let Some((class, language)) = found {
        attr.remove_class(&class);
        return Some(language);
    }
    // pandoc names it beside `sourceCode`.
    if attr.has_class("sourceCode") {
        let language = classes.iter().find(|c| *c != "sourceCode").cloned();
        attr.remove_class("sourceCode");
        if let Some(language) = &language {
            attr.remove_class(language);
        }
        return language;
    }
    None
}

/// Adds what `more` has and `attr` lacks.
fn merge(attr: &mut Attr, more: &Attr) {
    if attr.id().is_none() && more.id().is_some() {
        attr.set_id(more.id().map(Text::from));
    }
    for class in more.classes() {
        attr.add_class(class);
    }
    for (name, value) in more.pairs() {
        if attr.value(name).is_none() {
            attr.set(name, value);
        }
    }
}

/// The only thing below a node, if that is an element.
fn only_element(dom: &Dom, id: Id) -> Option<Id> {
    let mut shown = dom.children(id).filter(|child| !dom.is_blank(*child));
    let first = shown.next()?;
    (shown.next().is_none() && matches!(dom.node(first).data, Data::Element(_))).then_some(first)
}

/// The cell of a table with line numbers in which the code stands.
fn code_cell(dom: &Dom, table: Id) -> Option<Id> {
    let mut found = None;
    dom.descend(table, &mut |id, step| {
        if step == Step::Enter && dom.html_name(id) == "td" && has_class(dom, id, &["code", "rouge-code"]) {
            found.get_or_insert(id);
        }
    });
    found
}

fn descend_to_pre(dom: &Dom, mut id: Id) -> Option<Id> {
    for _ in 0..4 {
        id = only_element(dom, id)?;
        if dom.html_name(id) == "pre" {
            return Some(id);
        }
    }
    None
}

fn has_class(dom: &Dom, id: Id, names: &[&str]) -> bool {
    dom.attr(id, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|class| names.contains(&class)))
}

/// Says whether a node is a highlighter's column or mark of line numbers.
fn is_line_number(dom: &Dom, id: Id) -> bool {
    has_class(dom, id, &["lineno", "linenos", "gutter", "rouge-gutter", "line-numbers", "linenodiv"])
}

/// Says whether a `<pre>` holds text and a highlighter's marks only.
fn is_code(dom: &Dom, pre: Id) -> bool {
    let mut plain = true;
    let table = has_table_of_code(dom, pre);
    dom.descend(pre, &mut |id, step| {
        if step == Step::Leave {
            return;
        }
        plain &= match &dom.node(id).data {
            Data::Text(_) | Data::Other | Data::Document | Data::Contents(_) => true,
            Data::Comment(_) => false,
            Data::Element(_) => match dom.html_name(id) {
                "span" | "code" | "font" => dom.attr(id, "id").is_none(),
                "a" => dom.attr(id, "href").is_none() && dom.attr(id, "id").is_none(),
                "br" | "wbr" => true,
                "div" => true,
                "table" | "tbody" | "tr" | "td" | "pre" | "thead" => table,
                _ => false,
            },
        };
    });
    plain
}

fn has_table_of_code(dom: &Dom, pre: Id) -> bool {
    let inner = only_element(dom, pre).filter(|id| dom.html_name(*id) == "code").unwrap_or(pre);
    only_element(dom, inner).is_some_and(|id| dom.html_name(id) == "table" && code_cell(dom, id).is_some())
}

/// The text of code: without line numbers, with a line end for each line that an element stands for.
fn code_text<'a>(dom: &'a Dom<'a>, id: Id) -> Cow<'a, str> {
    if let Some(text) = dom.lone_text(id) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut ends = LineEnds::default();
    let mut hidden = 0_usize;
    dom.descend(id, &mut |node, step| {
        if is_line_number(dom, node) {
            match step {
                Step::Enter => hidden += 1,
                Step::Leave => hidden -= 1,
            }
            return;
        }
        if hidden > 0 {
            return;
        }
        let text = match (&dom.node(node).data, step) {
            (Data::Text(text), Step::Enter) => text,
            (Data::Element(_), Step::Enter) if dom.html_name(node) == "br" => "\n",
            (Data::Element(_), _) if names::is_block(dom.html_name(node)) => {
                ends.block();
                return;
            }
            _ => return,
        };
        if ends.text(text) {
            out.push('\n');
        }
        out.push_str(text);
    });
    Cow::Owned(out)
}
