//! The record of a run: a line of JSON for each input.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use postferry_archive::{Outcome, Record};

/// Writes `{"path","outcome","reason","codes"}` lines, in the order of the inputs.
pub(crate) struct RecordFile {
    out: BufWriter<File>,
    error: Option<io::Error>,
}

impl RecordFile {
    /// Creates the file.
    pub fn create(path: &Path) -> io::Result<Self> {
        let about = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", path.display()));
        Ok(Self { out: BufWriter::new(File::create(path).map_err(about)?), error: None })
    }

    /// Adds a line; an error is kept until [`RecordFile::finish`].
    pub fn add(&mut self, record: &Record) {
        let (outcome, reason) = match &record.outcome {
            Outcome::Converted => ("converted", None),
            Outcome::Skipped(reason) => ("skipped", Some(reason)),
            Outcome::Failed => ("failed", None),
        };
        let codes: Vec<&str> = record.diagnostics.iter().map(|d| d.code).collect();
        let mut line = serde_json::json!({"path": record.path, "outcome": outcome, "codes": codes});
        if let Some(reason) = reason {
            line["reason"] = reason.as_str().into();
        }
        if let (None, Err(error)) = (&self.error, writeln!(self.out, "{line}")) {
            self.error = Some(error);
        }
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// The first error there was.
    pub fn finish(mut self) -> io::Result<()> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }
}
