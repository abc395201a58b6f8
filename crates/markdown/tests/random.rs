//! Random fragments: marks, code, links, lists, quotations and tables around text that looks like Markdown. Whatever is
//! written must read back as the tree it came from, and most of it without the proof's help.

use postferry_doc::Document;
use postferry_html::{ReadOptions, read};
use postferry_markdown::{Dialect, WriteOptions, difference, to_html, write};

const WORDS: &[&str] = &[
    "a",
    "word",
    "中文",
    "工作。",
    "「引用」",
    "é",
    "💻",
    "שלום",
    "\u{a0}",
    "\u{200b}",
    "—",
    "3.14",
    "1986.",
    "1.",
    "- i",
    "+",
    "* i",
    "*",
    "**b**",
    "_a_",
    "__init__",
    "a_b_c",
    "2*3",
    "~~s~~",
    "~~~",
    "~",
    "`",
    "``c``",
    "```",
    "\\",
    "\\*",
    "#",
    "## h ##",
    "---",
    "===",
    "|",
    "a|b",
    "|---|",
    "[",
    "]",
    "[a]: b",
    "[a](b)",
    "![",
    "[^1]",
    "[ ] t",
    "{:.c}",
    ": d",
    "&amp;amp;",
    "&amp;copy;",
    "&lt;b>",
    "&lt;!D",
    "&lt;!-- c -->",
    "&lt;?p ?>",
    "&lt;http://a.b>",
    ">",
    "http://a.b",
    "me@ex.com",
    "$$x$$",
    "\\(x\\)",
    "\\[x\\]",
    "\"q\"",
    "!",
    "code\ttab",
];
const URLS: &[&str] = &["/a", "/a(b", "/a b", "", "#f", "/x?a=b&amp;c=d", "/é", "/a*b*", "/a|b", "mailto:me@ex.com"];
const TITLES: &[&str] = &["", "", "t", "a &quot;q&quot;", "it's", "\\", "a|b"];
const CODES: &[&str] = &["x", "`", "a``b", " a ", "&lt;b>", "a|b", "\\", "*x*", "&amp;amp;"];

/// A small generator of numbers (xorshift), so that every run sees the same fragments.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }

    fn text(&mut self, depth: usize, link: bool) -> String {
        let mut out = String::new();
        for _ in 0..=self.below(4) {
            let part = match self.below(if depth == 0 { 5 } else { 12 }) {
                5 => format!("<strong>{}</strong>", self.text(depth - 1, link)),
                6 => format!("<em>{}</em>", self.text(depth - 1, link)),
                7 => format!("<del>{}</del>", self.text(depth - 1, link)),
                8 => format!("<code>{}</code>", self.pick(CODES)),
                9 if !link => {
                    let (url, title) = (self.pick(URLS), self.pick(TITLES));
                    format!("<a href=\"{url}\" title=\"{title}\">{}</a>", self.text(depth - 1, true))
                }
                10 => format!("<img src=\"{}\" alt=\"{}\">", self.pick(URLS), self.pick(&["", "x", "a [b]", "a|b", "*"])),
                11 => "<br>".to_owned(),
                _ => self.pick(WORDS).to_owned(),
            };
            out.push_str(&part);
            out.push_str(self.pick(&["", " ", " ", "\n"]));
        }
        out
    }

    fn blocks(&mut self, depth: usize) -> String {
        (0..=self.below(3)).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 6 } else { 10 }) {
            4 => format!("<h2>{}</h2>", self.text(2, false)),
            5 => format!("<pre><code>{}\n{}</code></pre>", self.pick(WORDS), self.pick(WORDS)),
            6 => format!("<blockquote>{}</blockquote>", self.blocks(depth - 1)),
            7 | 8 => {
                let name = self.pick(&["ul", "ol"]);
                let items: String = (0..=self.below(3))
                    .map(|_| match self.below(3) {
                        0 => format!("<li>{}</li>", self.blocks(depth - 1)),
                        _ => format!("<li>{}</li>", self.text(2, false)),
                    })
                    .collect();
                format!("<{name}>{items}</{name}>")
            }
            9 => {
                let row = |dice: &mut Self, name: &str| {
                    let (first, second) = (dice.text(1, false), dice.text(1, false));
                    format!("<tr><{name}>x{first}</{name}><{name}>x{second}</{name}></tr>")
                };
                format!("<table>{}{}</table>", row(self, "th"), row(self, "td"))
            }
            _ => format!("<p>{}</p>", self.text(3, false)),
        }
    }
}

fn document(html: &str) -> Document {
    let reading = read(html, &ReadOptions::default());
    Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() }
}

/// So many fragments are tried.
const FRAGMENTS: usize = 300;

#[test]
fn random_fragments_read_back_the_same() {
    let dialect = Dialect::CommonMark;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut unproven = 0;
    for _ in 0..FRAGMENTS {
        let html = dice.blocks(2);
        let tree = document(&html);
        let mut options = WriteOptions::new(dialect);
        let text = write(&tree, &options).text;
        let found = difference(&tree, &document(&to_html(&text, dialect)), dialect);
        assert!(found.is_none(), "{}: {html}\n{text}\n{found:?}", dialect.name());
        options.proof = false;
        let text = write(&tree, &options).text;
        unproven += usize::from(difference(&tree, &document(&to_html(&text, dialect)), dialect).is_none());
    }
    assert!(unproven * 100 >= FRAGMENTS * 80, "{}: without proof {unproven} of {FRAGMENTS}", dialect.name());
    eprintln!("{}: without proof {unproven} of {FRAGMENTS}", dialect.name());
}

#[test]
fn random_fragments_are_written_in_every_dialect() {
    let mut dice = Dice(0x0123_4567_89ab_cdef);
    for _ in 0..FRAGMENTS / 6 {
        let html = dice.blocks(2);
        let tree = document(&html);
        for dialect in Dialect::ALL {
            let written = write(&tree, &WriteOptions::new(dialect));
            assert!(
                written.diagnostics.iter().all(|d| d.code != "lost/spelling"),
                "{}: {html}\n{}",
                dialect.name(),
                written.text
            );
        }
    }
}
