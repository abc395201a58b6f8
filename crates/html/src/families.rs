//! The families of input that html5ever alone takes badly: what they cost doubles when they double, no text is lost.

use postferry_doc::{Limits, plain_text};

use crate::dom::{Dom, NONE, Step};
use crate::{ReadOptions, Syntax, WriteOptions, parse, read, write};

/// A name, and the text of `n` units; each unit holds `x` as often as the third value says.
type Family = (&'static str, fn(usize) -> String, usize);

const FAMILIES: &[Family] = &[
    ("open divs", |n| "<div>x".repeat(n), 1),
    ("closed divs", |n| "<div>".repeat(n) + "x" + &"</div>".repeat(n), 0),
    ("lists", |n| "<ul><li>x".repeat(n), 1),
    ("lists in paragraphs", |n| "<p><ul><li>x".repeat(n), 1),
    ("paragraphs in divs", |n| "<div>".repeat(n) + &"<p>x</p>".repeat(n), 1),
    ("ends of paragraphs", |n| "<div>".repeat(n) + &"</p>x".repeat(n), 1),
    ("unknown ends", |n| "<div>".repeat(n) + &"</x>x".repeat(n), 1),
    ("ends of the body", |n| "<div>".repeat(n) + &"</body>x".repeat(n), 1),
    ("ends of rows", |n| "<table><tr><td>".to_owned() + &"<div>".repeat(n) + &"</tr>x".repeat(n), 1),
    ("different b", |n| numbered(n, "<b id=", ">x"), 1),
    ("misnested div", |n| "<b><i><div>x</b>".repeat(n), 1),
    ("a and b", |n| "<a><b>x".repeat(n), 1),
    ("a then i", |n| "<a>".repeat(n) + &"<i>x".repeat(n) + &"</a>".repeat(n), 1),
    ("a around div", |n| "<a><div>x".repeat(n), 1),
    ("fonts, then paragraphs", |n| numbered(n, "<font size=", ">") + &"<p>x".repeat(n), 1),
    ("fonts in paragraphs", |n| numbered(n, "<p><font size=", ">x"), 1),
    ("attributes", |n| "<p".to_owned() + &numbered(n, " a", "=1") + ">x", 0),
    ("attributes of html", |n| numbered(n, "<html a", "=1>x"), 1),
    ("text in a table", |n| "<table>".to_owned() + &"x<br>".repeat(n), 1),
    ("templates", |n| "<template>x".repeat(n), 0),
    ("cells with b", |n| "<table>".to_owned() + &"<tr><td><b>x".repeat(n), 1),
    ("svg", |n| "<svg><foreignObject><p>x".repeat(n), 1),
    ("links", |n| "<a href=y><p>x".repeat(n), 1),
    ("spans around paragraphs", |n| "<span>".repeat(500) + &"<p>x".repeat(n), 1),
    ("stray items", |n| "<li>x".repeat(n), 1),
    ("stray definitions", |n| "<dt>x<dd>x".repeat(n), 2),
];

/// Repeats `before` and `after` with a number between them.
fn numbered(n: usize, before: &str, after: &str) -> String {
    let mut out = String::new();
    for i in 0..n {
        out.push_str(before);
        out.push_str(&i.to_string());
        out.push_str(after);
    }
    out
}

fn depth_of(dom: &Dom) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    dom.descend(crate::dom::ROOT, &mut |_, step| match step {
        Step::Enter => {
            depth += 1;
            most = most.max(depth);
        }
        Step::Leave => depth -= 1,
    });
    most
}

#[test]
fn nodes_double_with_the_input() {
    for (name, make, _) in FAMILIES {
        let count = |n| parse::parse_fragment(std::iter::once(make(n).as_str()), &Limits::default()).dom.nodes.len();
        let (one, two) = (count(4_000), count(8_000));
        assert!(two <= one * 23 / 10 + 1_000, "{name}: {one} nodes, then {two}");
    }
}

#[test]
fn depth_stays_bounded() {
    for (name, make, _) in FAMILIES {
        let html = make(4_000);
        let parsed = parse::parse_fragment(std::iter::once(html.as_str()), &Limits::default());
        let depth = depth_of(&parsed.dom);
        // The adoption agency may move a subtree below another.
        assert!(depth <= 4 * Limits::default().depth, "{name}: {depth} levels");
        assert!(parsed.dom.node(parsed.root).first != NONE, "{name}: nothing is there");
    }
}

#[test]
fn no_text_is_lost_and_the_tree_is_valid() {
    for (name, make, units) in FAMILIES {
        let n = 2_000;
        let reading = read(&make(n), &ReadOptions::default());
        let document = postferry_doc::Document { blocks: reading.blocks, ..Default::default() };
        assert_eq!(document.validate(), Ok(()), "{name}");
        let text = plain_text(&document.blocks);
        if *units > 0 {
            assert_eq!(text.matches('x').count(), n * units, "{name}");
        }
    }
}

/// On a thread's ordinary stack of 2 MiB, without optimisation.
#[test]
fn deep_trees_are_written() {
    for unit in ["<div>", "<ul><li>", "<b><p>", "<span>", "<table><tr><td>", "<svg><g>", "<dl><dd>", "<my-el><div>"] {
        let reading = read(&(unit.repeat(2_000) + "x"), &ReadOptions::default());
        for syntax in [Syntax::Html, Syntax::Xhtml] {
            let options = WriteOptions { syntax, ..WriteOptions::default() };
            let html = write(&reading.blocks, &reading.notes, &options).html;
            assert!(html.contains('x'), "{unit}");
            assert!(plain_text(&read(&html, &ReadOptions::default()).blocks).contains('x'), "{unit}");
        }
    }
}

#[test]
fn blocks_below_the_limit_stay_apart() {
    let html = "<div>".repeat(600) + "<p>x<p>y";
    let text = plain_text(&read(&html, &ReadOptions::default()).blocks);
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn what_was_left_out_is_said() {
    let codes = |html: &str| -> Vec<&str> { read(html, &ReadOptions::default()).diagnostics.iter().map(|d| d.code).collect() };
    assert_eq!(codes(&"<div>".repeat(600)), ["limit/depth"]);
    assert_eq!(codes(&numbered(100, "<b id=", ">x")), ["limit/formatting"]);
    assert_eq!(codes(&("<p".to_owned() + &numbered(300, " a", "") + ">x")), ["limit/attributes"]);
    assert_eq!(codes("<p><b>x</b></p>"), Vec::<&str>::new());
}

#[test]
fn closed_cells_do_not_count_as_open_formatting() {
    let html = "<table>".to_owned() + &"<tr><td><b>x".repeat(500) + "</table><b>y</b>";
    assert_eq!(read(&html, &ReadOptions::default()).diagnostics, []);
}
