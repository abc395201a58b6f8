//! What must hold for any input; the body of the fuzz target.

use postferry_doc::Document;

use crate::lower::lower;
use crate::parse::parse_any_fragment;
use crate::{NoteStyle, Policy, ReadOptions, Syntax, WriteOptions, read, read_page, sanitize, write};

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

/// Reads any bytes and checks what must hold: a valid tree, and the same tree from what is written.
///
/// # Panics
/// If something does not hold.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let options = ReadOptions::default();
    let reading = read(&html, &options);
    let parsed = parse_any_fragment(std::iter::once(html.as_ref()), &options.limits);
    assert_eq!(lower(&parsed, &html, &[], &options), reading, "the tidy reader reads it differently");
    let mut document = Document { blocks: reading.blocks, notes: reading.notes, ..Document::default() };
    assert_eq!(document.validate(), Ok(()), "the tree is not valid");
    let written = write(&document.blocks, &document.notes, &WriteOptions::default());
    let again = read(&written.html, &options);
    let lower = html.to_ascii_lowercase();
    if !UNSPELLABLE.iter().any(|name| lower.contains(name)) {
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
    if !UNSPELLABLE.iter().any(|name| lower.contains(name)) {
        let back = read(&xml, &options);
        let again = write(&back.blocks, &back.notes, &xhtml).html;
        assert_eq!(read(&again, &options).blocks, back.blocks, "XHTML reads back differently from\n{xml}");
    }

    sanitize(&mut document, &Policy::default());
    assert_eq!(sanitize(&mut document, &Policy::default()), [], "something active was left");
    let (page, _) = read_page(&html, &options);
    assert_eq!(page.validate(), Ok(()), "the page's tree is not valid");
}
