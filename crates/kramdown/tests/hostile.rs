//! Inputs that are not meant well: no panic, bounded output, and the same answer twice.

mod common;

use kramdown::{Options, Parser, Version};
use serde_json::Value;

/// The families whose growth `doubling.py` measures.
const FAMILIES: &str = include_str!("families.json");

fn text(family: &Value, size: usize) -> String {
    let part = |name: &str| family[name].as_str().unwrap_or_default();
    let (unit, end) = (part("unit"), part("end"));
    let mut middle = String::new();
    let mut number = 0;
    while middle.len() + number * end.len() < size {
        let piece = unit.replace("{i}", &number.to_string());
        middle.push_str(&piece.replace("{n}", &(number + 1).to_string()));
        number += 1;
    }
    [part("begin"), &middle, &end.repeat(number), part("after")].concat()
}

#[test]
fn every_family_ends_and_stays_bounded() {
    let families: Value = serde_json::from_str(FAMILIES).expect("JSON");
    let families = families.as_object().expect("families by name");
    assert!(families.len() >= 40);
    for (name, family) in families {
        let text = text(family, 16_384);
        let html = kramdown::to_html(&text, &Options::jekyll()).html;
        assert!(html.len() < 100 * text.len() + (1 << 20), "{name}: {}", html.len());
    }
}

#[test]
fn no_prefix_of_a_case_panics() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut all = Options::jekyll();
    all.html_to_native = true;
    all.parse_block_html = true;
    all.version = Version::V2_5;
    let mut own = Options::kramdown();
    own.hard_wrap = false;
    for entry in std::fs::read_dir(folder).expect("the cases are part of the crate") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
        for case in text.lines().map(common::Case::from_json) {
            for (end, _) in case.text.char_indices() {
                let prefix = &case.text[..end];
                for options in [&case.options, &all, &own] {
                    kramdown::to_html(prefix, options);
                }
            }
        }
    }
}

/// Texts glued together at random, from a fixed seed.
#[test]
fn no_mixture_of_cases_panics_and_all_have_one_answer() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut pieces: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the cases are part of the crate") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
        pieces.extend(text.lines().map(|line| common::Case::from_json(line).text));
    }
    pieces.sort();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).expect("below the limit")
    };
    for round in 0..3000 {
        let mut text = String::new();
        for _ in 0..=random(5) {
            let piece = &pieces[random(pieces.len())];
            let skipped = random(piece.chars().count() + 1);
            text.extend(piece.chars().skip(skipped));
            text.push_str(["", "\n", "\n\n"][random(3)]);
        }
        let mut options = Options::jekyll();
        options.parser = if round % 3 == 0 { Parser::Kramdown } else { Parser::Gfm };
        let once = kramdown::to_html(&text, &options);
        assert_eq!(once, kramdown::to_html(&text, &options));
        for block in &once.blocks {
            assert!(once.html.get(block.html.clone()).is_some(), "{text:?}");
        }
    }
}
