//! Every diagnostic is explained in `docs/diagnostics.md`, and nothing else is.

#[test]
fn the_document_lists_every_code() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics.md")).expect("the document is there");
    let documented: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("## `")).filter_map(|l| l.strip_suffix('`')).collect();
    let codes: Vec<&str> = postferry::CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(documented, codes);
}
