//! What must hold for any input; the body of the fuzz target.

use std::collections::HashMap;

use postferry_doc::{Block, Diagnostic, Document, Inline, Limits, walk};

use crate::dom::{Data, Step};
use crate::lower::lower;
use crate::xml::{nesting_fault, xml_fault};
use crate::{NoteStyle, Policy, ReadOptions, Syntax, WriteOptions, parse, read, read_page, sanitize, write};

/// Elements that a parser can be tricked into nesting in ways that no markup spells (HTML standard, 13.3).
const UNSPELLABLE: &[&str] = &[
    "<annotation-xml",
    "<button",
    "<foreignobject",
    "<form",
    "<mi",
    "<mn",
    "<mo",
    "<ms",
    "<mtext",
    "<nobr",
    "<optgroup",
    "<option",
    "<select",
];

/// Parts of lists that an `<rt>` in a `<ruby>` ends before it begins, wherever they stand.
const ENDED_BY_RUBY: &[&str] = &["<ul", "<ol", "<li", "<dl", "<dt", "<dd", "<menu", "<dir"];

/// Reads any bytes and checks what must hold: a valid tree, and the same tree from what is written.
///
/// # Panics
/// If something does not hold.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let options = ReadOptions::default();
    let reading = read(&html, &options);
    let parsed = parse::parse_any_fragment(std::iter::once(html.as_ref()), &options.limits);
    assert_eq!(lower(&parsed, &html, &[], &options), reading, "the tidy reader reads it differently");
    let mut document = Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() };
    assert_eq!(document.validate(), Ok(()), "the tree is not valid");
    let written = write(&document.blocks, &document.notes, &WriteOptions::default());
    let again = read(&written.html, &options);
    let lower = html.to_ascii_lowercase();
    let holds = |names: &[&str]| names.iter().any(|name| lower.contains(name));
    let spellable = !(holds(UNSPELLABLE) || lower.contains("<ruby") && holds(ENDED_BY_RUBY));
    if spellable {
        assert_eq!(again.blocks, document.blocks, "the blocks read back differently from\n{}", written.html);
        assert_eq!(again.notes, document.notes, "the notes read back differently from\n{}", written.html);
    }

    let xhtml = WriteOptions { syntax: Syntax::Xhtml, notes: NoteStyle::Asides, ..WriteOptions::default() };
    // What XHTML cannot hold changes once or twice, and then no more.
    let mut xml = write(&document.blocks, &document.notes, &xhtml).html;
    for _ in 0..2 {
        let back = read(&xml, &options);
        xml = write(&back.blocks, &back.notes, &xhtml).html;
    }
    if spellable {
        let back = read(&xml, &options);
        let again = write(&back.blocks, &back.notes, &xhtml).html;
        assert_eq!(read(&again, &options).blocks, back.blocks, "XHTML reads back differently from\n{xml}");
    }

    assert_eq!(xml_fault(&xml), None, "XHTML is XML:\n{xml}");
    assert_eq!(nesting_fault(&xml), None, "XHTML nests as it may:\n{xml}");
    check_text(&html, &document, &reading.diagnostics);

    sanitize(&mut document, &Policy::default());
    assert_eq!(document.validate(), Ok(()), "what is sanitised is valid");
    assert_eq!(sanitize(&mut document, &Policy::default()), [], "something active was left");
    for options in [WriteOptions::default(), xhtml] {
        let written = write(&document.blocks, &document.notes, &options);
        let back = read(&written.html, &ReadOptions::default());
        let mut back = Document { blocks: back.blocks, notes: back.notes, ..Document::default() };
        assert_eq!(sanitize(&mut back, &Policy::default()), [], "something active came back from\n{}", written.html);
    }
    let (page, _) = read_page(&html, &options);
    assert_eq!(page.validate(), Ok(()), "the page's tree is not valid");
}

/// Every letter and digit of the page's text is in the tree, unless something is said to be lost. Notes and formulas have
/// marks that mean them, and these go.
fn check_text(html: &str, document: &Document, diagnostics: &[Diagnostic]) {
    let told = diagnostics.iter().any(|d| d.code.starts_with("lost/") || d.code.starts_with("limit/"));
    let mut meant = !document.notes.is_empty();
    let mut left: HashMap<char, i64> = HashMap::new();
    let mut count = |text: &str, n: i64| {
        text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *left.entry(c).or_default() += n);
    };
    walk::blocks(&document.blocks, &mut |block| match block {
        Block::CodeBlock { text, .. } | Block::Raw { text, .. } => count(text, 1),
        Block::Math { .. } => meant = true,
        _ => {}
    });
    walk::inlines(&document.blocks, &mut |inline| match inline {
        Inline::Text(text) | Inline::Code { text, .. } | Inline::Raw { text, .. } => count(text, 1),
        Inline::Math { .. } => meant = true,
        _ => {}
    });
    if told || meant {
        return;
    }
    let parsed = parse::parse_fragment(std::iter::once(html), &Limits::default());
    parsed.dom.descend(parsed.root, &mut |id, step| {
        if let (Data::Text(text), Step::Enter) = (&parsed.dom.node(id).data, step) {
            count(text, -1);
        }
    });
    let lost: String = left.iter().filter(|(_, n)| **n < 0).map(|(c, _)| *c).collect();
    assert_eq!(lost, "", "letters are lost without a word, of\n{html}");
}
