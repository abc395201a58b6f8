//! What must hold for any bytes: the body of the fuzz target.

use std::sync::Arc;

use crate::{Clock, Error, ErrorKind, Host, Included, Limits, Mode, Object, ParseOptions, TagTable, Template, Time, Value};

/// Parses and renders any bytes in both modes, on a site that has nothing.
///
/// # Panics
/// Panics where something does not hold: that is what a fuzzer looks for.
#[doc(hidden)]
pub fn check_any_bytes(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let limits = Limits { steps: 20_000, bytes: 1 << 20, warnings: 10 };
    let tolerant = Template::parse(&source, &ParseOptions::tolerant(Arc::new(TagTable::empty())));
    let tolerant = tolerant.expect("tolerant parsing never fails");
    let rendered = tolerant.render(&Nothing, &Nothing, Mode::Tolerant, &limits);
    assert!(rendered.text.len() <= 2 * limits.bytes + source.len(), "the limit on bytes holds");
    if let Some(error) = &rendered.error {
        assert!(is_limit(error), "only a limit ends a tolerant rendering: {error:?}");
    }
    for (number, kept) in rendered.kept.iter().enumerate() {
        assert!(!kept.source.is_empty(), "what is kept is there: {number}");
    }
    if let Ok(strict) = Template::parse(&source, &ParseOptions::default()) {
        let _ = strict.render(&Nothing, &Nothing, Mode::Strict, &limits);
    }
}

fn is_limit(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Limit | ErrorKind::StackLevel)
}

/// A site without anything.
struct Nothing;

impl Clock for Nothing {
    fn local_offset(&self, _seconds: i64) -> (i32, Arc<str>) {
        (0, "UTC".into())
    }

    fn now(&self) -> Time {
        Time::utc(0)
    }
}

impl Host for Nothing {
    fn include(&self, _name: &str) -> Option<Included> {
        None
    }

    fn include_relative(&self, _name: &str) -> Option<Included> {
        None
    }

    fn link(&self, _path: &str) -> Option<String> {
        None
    }

    fn post_url(&self, _name: &str) -> Option<String> {
        None
    }

    fn site_url(&self) -> Option<String> {
        None
    }

    fn base_url(&self) -> Option<String> {
        None
    }

    fn markdownify(&self, text: &str) -> String {
        text.to_owned()
    }

    fn smartify(&self, text: &str) -> String {
        text.to_owned()
    }
}

impl Object for Nothing {
    fn get(&self, _key: &str) -> Option<Value> {
        None
    }

    fn keys(&self) -> Vec<Arc<str>> {
        Vec::new()
    }

    fn to_text(&self) -> String {
        String::new()
    }
}
