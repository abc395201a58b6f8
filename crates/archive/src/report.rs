//! What became of every input.

use std::collections::BTreeMap;

use postferry::Diagnostic;

/// What became of one input: exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every format was written.
    Converted,
    /// It was left out, and why.
    Skipped(String),
    /// It could not be converted; its diagnostics say why.
    Failed,
}

/// One input's line in the record of a run.
#[derive(Clone, Debug)]
pub struct Record {
    /// The input's path, relative to the input it belongs to.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// Bytes read.
    pub bytes_in: u64,
    /// Bytes written, before any compression.
    pub bytes_out: u64,
}

/// What a run did, in numbers.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Inputs that were converted.
    pub converted: usize,
    /// Inputs that were left out, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Inputs that could not be converted.
    pub failed: usize,
    /// Diagnostics by code.
    pub diagnostics: BTreeMap<&'static str, usize>,
    /// Bytes of the converted inputs.
    pub bytes_in: u64,
    /// Bytes written, before any compression.
    pub bytes_out: u64,
}

impl Report {
    /// Counts a record in.
    pub(crate) fn add(&mut self, record: &Record) {
        match &record.outcome {
            Outcome::Converted => {
                self.converted += 1;
                self.bytes_in += record.bytes_in;
                self.bytes_out += record.bytes_out;
            }
            Outcome::Skipped(reason) => *self.skipped.entry(reason.clone()).or_default() += 1,
            Outcome::Failed => self.failed += 1,
        }
        record.diagnostics.iter().for_each(|diagnostic| self.add_diagnostic(diagnostic));
    }

    /// Counts a diagnostic in.
    pub(crate) fn add_diagnostic(&mut self, diagnostic: &Diagnostic) {
        *self.diagnostics.entry(diagnostic.code).or_default() += 1;
    }

    /// How many inputs there were.
    pub fn inputs(&self) -> usize {
        self.converted + self.failed + self.skipped.values().sum::<usize>()
    }

    /// Whether there was a diagnostic of this code or topic.
    pub fn has(&self, code_or_topic: &str) -> bool {
        let topic = |code: &str| code.split_once('/').is_some_and(|(topic, _)| topic == code_or_topic);
        self.diagnostics.keys().any(|code| *code == code_or_topic || topic(code))
    }
}

/// Is told about a run while it goes on; always on one thread at a time, records in the order of the inputs.
pub trait Observer: Send {
    /// The inputs are listed; so many records will come.
    fn planned(&mut self, inputs: usize);

    /// Something was noticed about a whole site.
    fn notice(&mut self, diagnostic: &Diagnostic);

    /// An input is done.
    fn record(&mut self, record: &Record);
}

/// Hears nothing.
impl Observer for () {
    fn planned(&mut self, _inputs: usize) {}

    fn notice(&mut self, _diagnostic: &Diagnostic) {}

    fn record(&mut self, _record: &Record) {}
}
