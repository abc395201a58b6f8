//! Comparing two documents by their meaning, for checks.

use postferry_doc::Document;

use crate::{
    Dialect, WriteOptions,
    meaning::{Meaning, first_difference, same_but_for_looseness},
    prepare::prepare,
    settings::Settings,
    tree_meaning::TreeMeaning,
};

/// Says where the meanings of two documents part: a piece of each from there on. `None` where they mean the same to a
/// reader of the dialect.
#[doc(hidden)]
pub fn difference(a: &Document, b: &Document, dialect: Dialect) -> Option<(String, String)> {
    let (a, b) = (meaning_of(a, dialect), meaning_of(b, dialect));
    if same_but_for_looseness(&a, &b) {
        return None;
    }
    let at = first_difference(&a, &b);
    let piece = |text: &str| {
        let start = (0..=at.saturating_sub(40)).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0);
        text.get(start..).unwrap_or("").chars().take(120).collect()
    };
    Some((piece(&a), piece(&b)))
}

fn meaning_of(document: &Document, dialect: Dialect) -> String {
    let options = WriteOptions::new(dialect);
    let settings = Settings::new(&options, !document.notes.is_empty());
    let prepared = prepare(document, &settings);
    let mut meaning = Meaning::new(false, false);
    let mut tree = TreeMeaning {
        meaning: &mut meaning,
        traits: settings.traits,
        policy: settings.attributes,
        drop: false,
        depth: options.limits.depth,
    };
    tree.blocks(&prepared.as_ref().unwrap_or(document).blocks);
    meaning.end_run();
    meaning.text
}
