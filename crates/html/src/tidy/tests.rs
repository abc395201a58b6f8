//! The tidy reader against html5ever: node for node the same, or nothing.

use postferry_doc::Limits;

use crate::dom::{Data, Dom, Id};
use crate::parse::{self, Parsed};

/// What generated texts are made of besides elements.
const BITS: &[&str] = &[
    "x",
    "字",
    " ",
    "\n",
    "\n\n",
    "a b",
    " &amp; ",
    "&lt;",
    "&nbsp;",
    "&hellip;",
    "&#39;",
    "&#x4e2d;",
    "&notin;",
    "&",
    "&x",
    "&amp",
    "&copy=",
    "&#0;",
    "&#10;",
    "<!-- c -->",
    "<!---->",
    "<!-->",
    "<!--a--b-->",
    "<!-- ",
    "<",
    "</",
    "<?x>",
    "<!x>",
    "]]>",
    "é",
    "\u{feff}",
    "<br>",
    "<br/>",
    "<BR />",
    "<hr>",
    "<img src=x alt=\"y\">",
    "<img src='a.png' alt>",
    "<input type=checkbox checked>",
    "<wbr>",
    "<col>",
    "<p/>",
    "<svg>",
    "</br>",
    "</p>",
    "</ul>",
    "</x>",
    "<form>",
    "<nobr>",
    "<button>",
    "\0",
    "\r\n",
    "<iframe src=\"x\"></iframe>",
    "<iframe>a</b></iframe>",
    "<script>if (a < b) x(\"</div>\")</script>",
    "<script><!-- a</script>",
    "<style>a > b {}</style>",
    "<source src=x>",
];

const ELEMENTS: &[&str] = &[
    "p",
    "p",
    "p",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "code",
    "span",
    "span",
    "div",
    "div",
    "ul",
    "ol",
    "li",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "table",
    "tbody",
    "thead",
    "tr",
    "tr",
    "td",
    "td",
    "th",
    "caption",
    "colgroup",
    "figure",
    "figcaption",
    "section",
    "ruby",
    "rt",
    "rp",
    "sup",
    "del",
    "kbd",
    "address",
    "noscript",
    "center",
    "details",
    "summary",
    "video",
    "P",
    "Em",
    "my-element",
    "option",
    "object",
];

const ATTRIBUTES: &[&str] = &[
    "",
    "",
    "",
    "",
    " ",
    " class=\"a b\"",
    " id=x",
    " href=\"?a=1&b=2&amp;c\"",
    " title='\"'",
    " data-x",
    " CLASS=a",
    " a=1 a=2",
    " a = \"1\" ",
    " b=\"\n\"",
    " href=x/",
    " /",
    " a\"b",
    " a=\"1\"b=2",
    " title=\"&copy\"",
    " title=\"&lt;x&gt;\"",
    " xml:lang=en",
    " a=b'c",
    " a=",
    " é=1",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    /// Adds a few elements, mostly nested as they should be.
    fn content(&mut self, out: &mut String, depth: usize) {
        for _ in 0..self.roll(4) {
            if depth > 5 || self.roll(3) == 0 {
                let bits = if self.roll(24) > 0 { &BITS[..12] } else { BITS };
                out.push_str(self.pick(bits));
                continue;
            }
            let name = self.pick(ELEMENTS);
            let attributes = if self.roll(6) > 0 { "" } else { self.pick(ATTRIBUTES) };
            out.push_str(&format!("<{name}{attributes}>"));
            match name {
                "table" => self.table(out, depth),
                "ul" | "ol" => self.list(out, depth),
                _ => self.content(out, depth + 1),
            }
            if self.roll(40) > 0 {
                out.push_str(&format!("</{name}>"));
            }
        }
    }

    fn list(&mut self, out: &mut String, depth: usize) {
        for _ in 0..self.roll(4) {
            out.push_str(if self.roll(2) > 0 { "\n<li>" } else { "<li><p>" });
            self.content(out, depth + 2);
            out.push_str(["</li>", "", "</p></li>\n"][self.roll(3)]);
        }
    }

    fn table(&mut self, out: &mut String, depth: usize) {
        out.push_str(["", "\n", "<thead>", "<tbody>\n", "<caption>x</caption>", "<colgroup><col></colgroup>\n"][self.roll(6)]);
        for _ in 0..self.roll(3) {
            out.push_str(["<tr>", "\n<tr>\n", "</tbody><tbody><tr>", ""][self.roll(4)]);
            for _ in 0..self.roll(3) {
                out.push_str(["<td>", "<th align=left>"][self.roll(2)]);
                self.content(out, depth + 3);
                out.push_str(["</td>", "", "</th>\n"][self.roll(3)]);
            }
            out.push_str(["</tr>", "</tr>\n", ""][self.roll(3)]);
        }
        out.push_str(["", "</tbody>", "</thead>"][self.roll(3)]);
    }
}

fn assert_same(one: &Parsed, two: &Parsed, html: &str) {
    assert_eq!(one.root, two.root, "{html}");
    assert_eq!(one.before, two.before, "{html}");
    assert_eq!(one.diagnostics, two.diagnostics, "{html}");
    for id in 0..one.dom.nodes.len().max(two.dom.nodes.len()) as Id {
        assert_eq!(describe(&one.dom, id), describe(&two.dom, id), "node {id} of {html:?}");
    }
}

fn describe(dom: &Dom, id: Id) -> String {
    let Some(node) = dom.nodes.get(id as usize) else { return "nothing".to_owned() };
    let data = match &node.data {
        Data::Document => "document".to_owned(),
        Data::Contents(id) => format!("contents {id}"),
        Data::Element(element) => {
            let mut out = format!("{:?} {:?} {} {}", element.ns, element.local, element.contents, element.integration_point);
            for attr in dom.attrs_of(element) {
                out.push_str(&format!(" {:?}={:?}", attr.name, &*attr.value));
            }
            out
        }
        Data::Text(text) => format!("text {:?}", &**text),
        Data::Comment(text) => format!("comment {:?}", &**text),
        Data::Other => "other".to_owned(),
    };
    format!("{} {} {} {} {} {} {data}", node.parent, node.previous, node.next, node.first, node.last, node.depth)
}

/// Compares, and says whether the text was tidy.
fn compare(pieces: &[&str]) -> bool {
    let limits = Limits::default();
    let Some(tidy) = super::read(pieces.iter().copied(), &limits) else { return false };
    assert_same(&tidy, &parse::parse_any_fragment(pieces.iter().copied(), &limits), &pieces.concat());
    true
}

#[test]
fn generated_texts_are_read_alike() {
    let mut dice = Dice(20_220_111);
    let (mut all, mut tidy) = (0, 0);
    while all < 40_000 {
        let mut html = String::new();
        dice.content(&mut html, 0);
        if html.len() < 12 {
            continue;
        }
        all += 1;
        let mut at = dice.roll(html.len() + 1);
        while !html.is_char_boundary(at) {
            at -= 1;
        }
        tidy += usize::from(compare(&[&html]));
        compare(&[&html[..at], &html[at..]]);
        // A byte gone, and a part twice.
        compare(&[&html[at..]]);
        compare(&[&html[at..], &html[..at], &html[at..]]);
    }
    println!("{tidy} of {all} generated texts are tidy");
    assert!(tidy * 5 > all, "{tidy} of {all} generated texts are tidy");
}

#[test]
fn tidy_is_what_posts_are_made_of() {
    let tidy = [
        "<p>x</p>\n<p class=\"a\" id='b'>y <strong>z</strong> &amp; <a href=\"/?a=1&b=2\">w</a></p>",
        "<p>x<p>y<ul><li>1<li>2<p>z</ul>",
        "<h1 id=\"x\">a</h1><pre><code class=\"language-rust\">\n&lt;b&gt;\n</code></pre><hr /><blockquote><p>q</p></blockquote>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<div class=x><img src=\"a.png\" alt=\"\"><br>c</div><!--more--><dl><dt>t<dd>d</dl>",
        "<iframe src=\"https://example.org\" allowfullscreen></iframe><script>a < b</script>",
    ];
    for html in tidy {
        assert!(compare(&[html]), "{html}");
    }
    for html in
        ["<b><p>x</b>", "<table>x</table>", "<svg></svg>", "<p>a & b&c</p>", "<a><a>", "x\0", "</ul>", "<p", "<p a=1 a=2>"]
    {
        assert!(!compare(&[html]), "{html}");
    }
}

/// Every fifth body of the development sites, and how many of them are tidy; all of them with `POSTFERRY_ALL` set.
#[test]
fn real_posts_are_read_alike() {
    let shared = std::env::var_os("POSTFERRY_SHARED")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into(), std::path::PathBuf::from);
    let Ok(sites) = std::fs::read_dir(shared.join("corpora/dev")) else {
        println!("no shared data: nothing to do");
        return;
    };
    let step = if std::env::var_os("POSTFERRY_ALL").is_some() { 1 } else { 5 };
    let (mut all, mut tidy) = (0, 0);
    for site in sites.flatten() {
        let text = std::fs::read_to_string(site.path().join("oracle.jsonl")).unwrap_or_default();
        let (mut here, mut tidy_here) = (0, 0);
        for line in text.lines().step_by(step) {
            let content = serde_json::from_str::<serde_json::Value>(line).ok();
            if let Some(content) = content.as_ref().and_then(|value| value["content"].as_str()) {
                here += 1;
                tidy_here += usize::from(compare(&[content]));
            }
        }
        println!("{}: {tidy_here} of {here} bodies are tidy", site.file_name().display());
        all += here;
        tidy += tidy_here;
    }
    println!("{tidy} of {all} bodies are tidy");
    assert!(tidy * 2 > all, "{tidy} of {all} bodies are tidy");
}
