//! Our tree sink against html5ever's own: the same tree, node by node.

use std::fmt::Write;

use html5ever::driver::{ParseOpts, parse_document, parse_fragment};
use html5ever::interface::QualName;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{local_name, ns};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use postferry_doc::Limits;

use crate::dom::{Data, Dom, Id, NONE};
use crate::parse;

/// Cases of our own for what a sink can get wrong: moves, foster parents, templates, foreign content, attributes.
const CASES: &[&str] = &[
    "",
    "text <!-- c --> more<p>a<p>b",
    "<b><p>x</b>y</p>z",
    "<b>1<i>2<div>3</b>4</i>5</div>6",
    "<a href=1>x<a href=2>y<div><a href=3>z",
    "<table>x<br>y<tr><td>1<td>2</table>z",
    "<table><caption>c<tr>f<b>o<td>o</table>",
    "<table><tr><td><table><tr>x<td>y</table>z</table>",
    "<template><tr><td>x</td></tr></template><template>a<template>b",
    "<svg viewbox=1 xlink:href=x><foreignObject><p>x</p></foreignObject><title>t</title></svg>",
    "<math><annotation-xml encoding=text/html><p>x</p></annotation-xml><mi>y</math>",
    "<math><annotation-xml><p>x</p></annotation-xml></math>",
    "<p id=1 class='a b' id=2>x</p><body class=c><html lang=en>",
    "<select><option>1<option>2</select><textarea>\n<b></textarea>",
    "<script>a<b</script><style>p{}</style><noscript><img src=x></noscript><iframe><p></iframe>",
    "<ul><li>1<li>2<ul><li>3</ul></ul><dl><dt>t<dd>d<dt>u</dl>",
    "<h1>a<h2>b</h1>c<form><form>x</form><button><button>y",
    "<pre>\n\nx</pre>a&amp;b&nbsp;&#0;&notin;\r\nc\0d",
    "<ruby>a<rt>b<rp>c</ruby><nobr>x<nobr>y<applet><b>z</applet>w",
    "<p><b><b><b><b>x<p>y<frameset><frame></p>z",
    "<!doctype html><title>t</title><meta charset=utf-8><body><p>x</body>y<!-- z -->",
    "<?pi x><![CDATA[y]]><svg><![CDATA[z]]></svg></br></p>",
];

/// Limits that nothing here meets.
fn no_limits() -> Limits {
    let mut limits = Limits::default();
    limits.depth = 100_000;
    limits.formatting = 100_000;
    limits.attributes = 100_000;
    limits
}

fn options() -> ParseOpts {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

fn add(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string takes everything");
}

fn dump_ours(dom: &Dom, id: Id, depth: usize, out: &mut String) {
    let mut next = dom.node(id).first;
    while next != NONE {
        let child = next;
        next = dom.node(child).next;
        out.push_str(&" ".repeat(depth));
        match &dom.node(child).data {
            Data::Text(text) => add(out, format_args!("{:?}\n", &**text)),
            Data::Comment(text) => add(out, format_args!("<!--{:?}\n", &**text)),
            Data::Element(element) => {
                add(out, format_args!("{:?}", QualName::new(None, element.ns.clone(), element.local.clone())));
                for attr in dom.attrs_of(element) {
                    add(out, format_args!(" {:?}={:?}", attr.name, &*attr.value));
                }
                out.push('\n');
                if element.contents != NONE {
                    out.push_str("contents\n");
                    dump_ours(dom, element.contents, depth + 1, out);
                }
            }
            Data::Document | Data::Contents(_) | Data::Other => out.push_str("other\n"),
        }
        dump_ours(dom, child, depth + 1, out);
    }
}

fn dump_theirs(handle: &Handle, depth: usize, out: &mut String) {
    for child in handle.children.borrow().iter() {
        out.push_str(&" ".repeat(depth));
        match &child.data {
            NodeData::Text { contents } => add(out, format_args!("{:?}\n", &**contents.borrow())),
            NodeData::Comment { contents } => add(out, format_args!("<!--{:?}\n", &**contents)),
            NodeData::Element { name, attrs, template_contents, .. } => {
                add(out, format_args!("{name:?}"));
                for attr in attrs.borrow().iter() {
                    add(out, format_args!(" {:?}={:?}", attr.name, &*attr.value));
                }
                out.push('\n');
                if let Some(contents) = &*template_contents.borrow() {
                    out.push_str("contents\n");
                    dump_theirs(contents, depth + 1, out);
                }
            }
            NodeData::Doctype { .. } => {
                // Ours keeps none.
                out.truncate(out.len() - depth);
            }
            NodeData::Document | NodeData::ProcessingInstruction { .. } => out.push_str("other\n"),
        }
        dump_theirs(child, depth + 1, out);
    }
}

fn compare(html: &str) {
    let ours = parse::parse_fragment(std::iter::once(html), &no_limits());
    let name = QualName::new(None, ns!(html), local_name!("body"));
    let theirs = parse_fragment(RcDom::default(), options(), name, Vec::new(), false).one(html);
    let (mut one, mut two) = (String::new(), String::new());
    dump_ours(&ours.dom, crate::dom::ROOT, 0, &mut one);
    dump_theirs(&theirs.document, 0, &mut two);
    assert_eq!(one, two, "as a fragment: {html}");

    let ours = parse::parse_document(html, &no_limits());
    let theirs = parse_document(RcDom::default(), options()).one(html);
    let (mut one, mut two) = (String::new(), String::new());
    dump_ours(&ours.dom, crate::dom::ROOT, 0, &mut one);
    dump_theirs(&theirs.document, 0, &mut two);
    assert_eq!(one, two, "as a document: {html}");
}

#[test]
fn our_cases_give_the_same_tree() {
    for html in CASES {
        compare(html);
    }
}

#[test]
fn pieces_give_the_same_tree() {
    for html in CASES {
        let whole = parse::parse_fragment(std::iter::once(*html), &no_limits());
        let chars: Vec<String> = html.chars().map(String::from).collect();
        let pieces = parse::parse_fragment(chars.iter().map(String::as_str), &no_limits());
        assert_eq!(whole.dom.text(whole.root), pieces.dom.text(pieces.root), "{html}");
    }
}

/// Every tenth post of the development sites; all of them with `POSTFERRY_ALL` set.
#[test]
fn real_posts_give_the_same_tree() {
    let shared = std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into(), std::path::PathBuf::from);
    let Ok(sites) = std::fs::read_dir(shared.join("corpora/dev")) else {
        println!("no shared data: nothing to do");
        return;
    };
    let step = if std::env::var_os("POSTFERRY_ALL").is_some() { 1 } else { 10 };
    let mut count = 0;
    for site in sites.flatten() {
        let text = std::fs::read_to_string(site.path().join("oracle.jsonl")).unwrap_or_default();
        for line in text.lines() {
            let content = serde_json::from_str::<serde_json::Value>(line).ok();
            let content = content.as_ref().and_then(|value| value["content"].as_str());
            if let Some(content) = content {
                count += 1;
                if count % step == 0 {
                    compare(content);
                }
            }
        }
    }
}
