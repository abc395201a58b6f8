//! What a check finds: counted, with the first places of each.

use std::collections::BTreeMap;

use postferry::{CODES, Diagnostic};

/// Places that are kept of one finding.
const PLACES: usize = 1000;

/// Findings of one code that are kept apart; the rest is counted together.
const SUBJECTS: usize = 5000;

/// The same for links that lead to no file: many of them may turn out well when everything was read.
const LINKS: usize = 100_000;

/// The codes that a check has besides those of a conversion, or gives a meaning of their own.
pub const FINDINGS: &[(&str, &str)] = &[
    ("post/converter", "posts in a markup that nothing here reads; they would be carried as they stand"),
    ("liquid/missing-include", "includes that are not in the site"),
    ("liquid/theme-include", "includes that are not in the site; its theme may bring them"),
    ("liquid/plugin-tag", "tags of known plugins, and what becomes of them"),
    ("asset/missing", "images and files that are not in the site"),
    ("link/broken", "links to pages that are not in the site"),
    ("link/anchor", "links to an id that neither the page nor its layouts have"),
    ("link/baseurl", "links that leave the site because the base URL is missing in them"),
    ("link/case", "links that differ from a page's URL in case only"),
    ("link/form", "links that lead to a page only where the server mends URLs"),
    ("link/maybe", "links to what may be made outside of the site's files"),
    ("head/key", "keys of heads that are the site's own"),
];

/// The order of topics: what loses content first.
const TOPICS: [&str; 16] = [
    "internal", "read", "yaml", "encoding", "date", "post", "limit", "url", "liquid", "link", "asset", "config", "html", "lost",
    "kramdown", "head",
];

/// Something that was found, as often as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// The code: one of [`FINDINGS`] or of [`postferry::CODES`].
    pub code: &'static str,
    /// What it is about: a tag, a key, the path of a page; empty where each place has its own text.
    pub subject: String,
    /// What else is known of it.
    pub note: Option<String>,
    /// How often it was found.
    pub count: usize,
    /// The first places, in the order of the site.
    pub places: Vec<FoundAt>,
}

/// A place of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundAt {
    /// The file within the site.
    pub path: String,
    /// The line, counted from 1 in the file.
    pub line: Option<u32>,
    /// What was found there, where the subject does not say it.
    pub text: Option<String>,
}

/// What a code means.
pub fn meaning_of(code: &str) -> &'static str {
    FINDINGS.iter().chain(CODES).find(|(known, _)| *known == code).map_or("", |(_, meaning)| meaning)
}

/// Findings while they are collected.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    by_code: BTreeMap<&'static str, BTreeMap<String, Finding>>,
}

impl Findings {
    /// Counts one in.
    pub fn add(&mut self, code: &'static str, subject: &str, place: FoundAt) -> &mut Finding {
        let subjects = self.by_code.entry(code).or_default();
        let most = if matches!(code, "link/broken" | "asset/missing") { LINKS } else { SUBJECTS };
        let subject = if subjects.len() < most || subjects.contains_key(subject) { subject } else { "(others)" };
        if !subjects.contains_key(subject) {
            subjects.insert(subject.to_owned(), Finding { code, subject: subject.to_owned(), ..Finding::default() });
        }
        let finding = subjects.entry(subject.to_owned()).or_default();
        finding.count += 1;
        if finding.places.len() < PLACES {
            finding.places.push(place);
        }
        finding
    }

    /// Counts a diagnostic in.
    pub fn add_diagnostic(&mut self, diagnostic: &Diagnostic) {
        let place = |text| FoundAt { path: diagnostic.place.path.clone(), line: diagnostic.place.line, text };
        // The messages of these topics are the same in many places.
        if matches!(diagnostic.topic(), "html" | "lost" | "config") {
            self.add(diagnostic.code, &diagnostic.message, place(None));
        } else {
            self.add(diagnostic.code, "", place(Some(diagnostic.message.clone())));
        }
    }

    /// Puts a whole finding in.
    pub fn put(&mut self, finding: Finding) {
        self.by_code.entry(finding.code).or_default().insert(finding.subject.clone(), finding);
    }

    /// Takes all findings of a code out.
    pub fn take(&mut self, code: &str) -> Vec<Finding> {
        self.by_code.remove(code).map(|subjects| subjects.into_values().collect()).unwrap_or_default()
    }

    /// All findings: topic by topic, the most frequent of a code first.
    pub fn finish(self) -> Vec<Finding> {
        let topic = |code: &str| TOPICS.iter().position(|topic| code.split('/').next() == Some(topic)).unwrap_or(TOPICS.len());
        let mut all: Vec<Finding> = self.by_code.into_values().flat_map(BTreeMap::into_values).collect();
        // The sort is stable: subjects of one count stay in their own order.
        all.sort_by(|a, b| topic(a.code).cmp(&topic(b.code)).then(a.code.cmp(b.code)).then(b.count.cmp(&a.count)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded() {
        let mut findings = Findings::default();
        for number in 0..SUBJECTS + 10 {
            findings.add("head/key", &number.to_string(), FoundAt::default());
        }
        for _ in 0..PLACES + 5 {
            findings.add("link/case", "/a", FoundAt::default());
        }
        let all = findings.finish();
        assert_eq!((all[0].code, all[0].count, all[0].places.len()), ("link/case", PLACES + 5, PLACES));
        assert_eq!((all[1].subject.as_str(), all[1].count), ("(others)", 10));
        assert_eq!(all.len(), SUBJECTS + 2);
    }

    #[test]
    fn every_code_has_a_meaning() {
        assert!(FINDINGS.iter().chain(CODES).all(|(code, _)| !meaning_of(code).is_empty()));
        assert_eq!(meaning_of("link/broken"), "links to pages that are not in the site");
    }
}
