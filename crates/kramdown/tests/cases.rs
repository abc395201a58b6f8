//! The cases of this crate: inputs by construct, each with the answer of kramdown 2.4.0 itself.
//!
//! `oracle.py cases --update` writes the answers.

mod common;

use common::Case;

#[test]
fn every_case_has_the_answer_of_kramdown() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the cases are part of the crate").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files {
        for line in std::fs::read_to_string(&file).expect("text").lines() {
            let case = Case::from_json(line);
            count += 1;
            let html = kramdown::to_html(&case.text, &case.options).html;
            if html != case.html {
                wrong.push(format!("{}: {:?}\n{html}", case.name, case.text));
            }
        }
    }
    assert!(count >= 400, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_blocks_cover_the_html_in_order() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    for entry in std::fs::read_dir(folder).expect("the cases are part of the crate") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
        for case in text.lines().map(Case::from_json) {
            let output = kramdown::to_html(&case.text, &case.options);
            let (mut end, mut line) = (0, 0);
            for block in &output.blocks {
                assert!(block.html.start >= end, "{}: {:?}", case.name, output.blocks);
                assert!(block.html.end <= output.html.len(), "{}", case.name);
                assert!(block.lines.start >= line, "{}: {:?}", case.name, output.blocks);
                assert!(block.lines.end > block.lines.start, "{}", case.name);
                assert!(output.html.is_char_boundary(block.html.start));
                let between = &output.html[end..block.html.start];
                assert!(between.trim().is_empty(), "{}: {between:?}", case.name);
                end = block.html.end;
                line = block.lines.start;
            }
        }
    }
}

#[test]
fn blocks_name_their_lines() {
    let lines = |text: &str| -> Vec<(u32, u32)> {
        let output = kramdown::to_html(text, &kramdown::Options::jekyll());
        output.blocks.iter().map(|block| (block.lines.start, block.lines.end)).collect()
    };
    assert_eq!(lines("# a\n\nb\nc\n\n* d\n\n* e\n\nf\n"), [(1, 2), (3, 5), (6, 9), (10, 11)]);
    assert_eq!(lines("a\n: b\n\nc\n"), [(1, 3), (4, 5)]);
    assert_eq!(lines("a\n{:.x}\n\n{:.y}\nb\n\n[r]: u\n\nc\n"), [(1, 3), (4, 6), (9, 10)]);
    assert_eq!(lines("<p>a</p> b\nc\n"), [(1, 2), (1, 3)]);
}
