//! Random tag soup: the tree is valid, what is written reads back the same, and XHTML is well-formed.

use postferry_doc::Document;
use postferry_html::{NoteStyle, ReadOptions, Syntax, WriteOptions, check_any_bytes, nesting_fault, read, write, xml_fault};
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

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
