//! Random tag soup: the tree is valid, what is written reads back the same, and XHTML is well-formed.

use std::collections::HashSet;

use postferry_doc::Document;
use postferry_html::{NoteStyle, ReadOptions, Syntax, WriteOptions, check_any_bytes, read, write};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Pieces of HTML that go wrong together.
const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div class='a b' id=x>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<em class=e>",
    "</em>",
    "<strong>",
    "</strong>",
    "<a href='u v'>",
    "<a name=n>",
    "</a>",
    "<span>",
    "<span style='color: red'>",
    "</span>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<li value=2>",
    "<dl>",
    "</dl>",
    "<dt>",
    "<dd>",
    "</dd>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th align=right>",
    "</td>",
    "<td colspan=2 rowspan=2 style='text-align:left'>",
    "<thead>",
    "<tbody class=t>",
    "<tfoot>",
    "<caption>",
    "<col align=left>",
    "<h1>",
    "</h1>",
    "<h2 id=h>",
    "</h2>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<code class=language-rust>",
    "<blockquote>",
    "</blockquote>",
    "<hr>",
    "<br>",
    "<br clear=all>",
    "<img src=i alt=t>",
    "<img data-src=l>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<sup>",
    "</sup>",
    "<sub>",
    "</sub>",
    "<del>",
    "</del>",
    "<kbd>",
    "</kbd>",
    "<u>",
    "</u>",
    "<font color=red size=2>",
    "</font>",
    "<center>",
    "</center>",
    "<svg>",
    "</svg>",
    "<circle r=1>",
    "<foreignObject>",
    "</foreignObject>",
    "<math>",
    "</math>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<iframe src=f>",
    "</iframe>",
    "<video>",
    "</video>",
    "<source src=s>",
    "<my-el>",
    "</my-el>",
    "<o:p>",
    "</o:p>",
    "<input type=checkbox disabled>",
    "<input>",
    "<textarea>",
    "</textarea>",
    "<template>",
    "</template>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<noscript>",
    "</noscript>",
    "<object>",
    "</object>",
    "<label>",
    "</label>",
    "<section>",
    "</section>",
    "<header>",
    "</header>",
    "<!-- c -->",
    "<!-- a -- b -->",
    "<!--more-->",
    "<!-->",
    "\\(x_1\\)",
    "\\[y\\]",
    "\\(",
    "\\]",
    "<sup id=fnref:1><a href=#fn:1 class=footnote>1</a></sup>",
    "<div class=footnotes><ol><li id=fn:1><p>n <a class=reversefootnote href=#fnref:1>b</a></ol></div>",
    "<div class='language-c highlighter-rouge'><div class=highlight>",
    "<span class=kdmath>$z$</span>",
    "<p align=center>",
    "<input type=checkbox class=c checked disabled>",
    "<li class=task-list-item>",
    "text",
    " ",
    "\n",
    "a b",
    " c\n d ",
    "中文",
    "&amp;",
    "&lt;p&gt;",
    "&nbsp;",
    "\u{a0}",
    "\t",
    "é",
    "-",
    "\u{b}",
    "'\"",
    "<p id=1x>",
    "<p onclick=y>",
    "<td width=10 valign=top>",
    "<s>",
    "</s>",
    "<ins>",
    "</ins>",
    "<abbr title=t>",
    "</abbr>",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PARTS), 0..24).prop_map(|parts| parts.concat())
}

fn xhtml() -> WriteOptions<'static> {
    let mut options = WriteOptions::default();
    options.syntax = Syntax::Xhtml;
    options.notes = NoteStyle::Asides;
    options
}

/// Finds the first rule of XML that a fragment breaks.
fn xml_fault(xml: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = xml;
    if let Some(c) = xml.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\u{7f}'..='\u{9f}')) {
        return Some(format!("the character {c:?}"));
    }
    while let Some(at) = rest.find('<') {
        if let Some(fault) = entity_fault(&rest[..at]) {
            return Some(fault);
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("--")?;
            if !comment[end..].starts_with("-->") {
                return Some(format!("a comment with two dashes: {}", &comment[..end]));
            }
            rest = &comment[end + 3..];
            continue;
        }
        let Some(end) = rest.find('>') else { return Some("a tag without end".into()) };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut names = HashSet::new();
        let closed = attributes.ends_with('/') || name.ends_with('/');
        attributes = attributes.strip_suffix('/').unwrap_or(attributes).trim();
        while !attributes.is_empty() {
            let Some((key, value)) = attributes.split_once("=\"") else { return Some(format!("attributes {attributes}")) };
            let Some((value, next)) = value.split_once('"') else { return Some(format!("the value of {key}")) };
            if !names.insert(key) {
                return Some(format!("{key} twice in {tag}"));
            }
            if let Some(fault) = entity_fault(value) {
                return Some(fault);
            }
            if key == "id" && (!ids.insert(value) || !value.starts_with(|c: char| c.is_alphabetic() || c == '_')) {
                return Some(format!("the id {value}"));
            }
            attributes = next.trim_start();
        }
        if !closed {
            open.push(name);
        }
    }
    entity_fault(rest).or_else(|| open.pop().map(|name| format!("<{name}> is not closed")))
}

fn entity_fault(text: &str) -> Option<String> {
    text.split('&').skip(1).find_map(|after| {
        let entity = after.split(';').next().unwrap_or_default();
        let known = matches!(entity, "amp" | "lt" | "gt" | "quot") || entity.starts_with('#');
        (!known || !after.contains(';')).then(|| format!("the entity {entity}"))
    })
}

/// Says what XHTML has that EPUB's content model forbids wherever it stands.
fn nesting_fault(xml: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1).filter(|t| !t.starts_with('!')) {
        let inner = tag.split('>').next().unwrap_or_default();
        if inner.starts_with('/') {
            open.pop();
            continue;
        }
        let name = inner.split([' ', '/']).next().unwrap_or_default();
        let foreign = open.iter().any(|n| matches!(*n, "svg" | "math"));
        let block = matches!(name, "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "dl" | "pre" | "figure" | "h1" | "h2");
        let text_only = open.iter().rfind(|n| !matches!(**n, "a" | "ins" | "del")).copied().unwrap_or_default();
        if !foreign && block && matches!(text_only, "p" | "h1" | "h2" | "span" | "em" | "strong" | "dt" | "sup" | "code") {
            return Some(format!("<{name}> in <{text_only}>"));
        }
        if !foreign && name == "a" && open.contains(&"a") {
            return Some("<a> in <a>".into());
        }
        if !inner.ends_with('/') {
            open.push(name);
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn soup_holds_to_the_rules(html in soup()) {
        check_any_bytes(html.as_bytes());
    }

    #[test]
    fn soup_becomes_xml(html in soup()) {
        let reading = read(&html, &ReadOptions::default());
        let written = write(&reading.blocks, &reading.notes, &xhtml()).html;
        prop_assert_eq!(xml_fault(&written), None, "{}", written);
        prop_assert_eq!(nesting_fault(&written), None, "{}", written);
    }

    #[test]
    fn any_text_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_any_bytes(&bytes);
    }
}

#[test]
fn limits_are_the_readers_own() {
    let mut options = ReadOptions::default();
    options.limits.depth = 20;
    let reading = read(&"<div>".repeat(40), &options);
    let document = Document { blocks: reading.blocks, ..Document::default() };
    assert!(document.validate().is_ok());
    assert_eq!(reading.diagnostics.len(), 1);
}
