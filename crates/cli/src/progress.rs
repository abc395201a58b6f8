//! What is said while a run goes on, and at its end.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use postferry::{Diagnostic, Severity};
use postferry_archive::{Observer, Record, Report};

use crate::args::Diagnostics;
use crate::message;

/// Shows a bar on a terminal, a line now and then elsewhere, and diagnostics as they come.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    quiet: bool,
    diagnostics: Diagnostics,
    colour: bool,
    shown: HashMap<&'static str, usize>,
    start: Instant,
    last: Instant,
    planned: usize,
    done: usize,
    bytes: u64,
}

/// Diagnostics of one code that are shown in full, unless all are asked for.
const SHOWN: usize = 10;

/// How often a line is written where there is no terminal.
const INTERVAL: Duration = Duration::from_secs(5);

impl Progress {
    pub fn new(quiet: bool, diagnostics: Diagnostics) -> Self {
        let now = Instant::now();
        Self {
            bar: None,
            quiet,
            diagnostics,
            colour: message::colours(),
            shown: HashMap::new(),
            start: now,
            last: now,
            planned: 0,
            done: 0,
            bytes: 0,
        }
    }

    /// Writes the summary of a run.
    pub fn finish(&mut self, report: &Report) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if self.quiet {
            return;
        }
        let seconds = self.start.elapsed().as_secs_f64();
        let skipped: usize = report.skipped.values().sum();
        let mut text = format!("{} converted, {skipped} skipped, {} failed", report.converted, report.failed);
        let megabytes = megabytes(report.bytes_in);
        text += &format!("; {megabytes:.1} MB in {seconds:.2} s ({:.1} MB/s)\n", megabytes / seconds.max(1e-9));
        for (reason, count) in &report.skipped {
            text += &format!("  {count:>7}  skipped: {reason}\n");
        }
        for (code, count) in &report.diagnostics {
            text += &format!("  {count:>7}  {code}\n");
        }
        self.say(&text);
    }

    fn say(&self, text: &str) {
        let write = || message::say(text);
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Observer for Progress {
    fn planned(&mut self, inputs: usize) {
        self.planned = inputs;
        if !self.quiet && std::io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::stderr_with_hz(10));
            let style = "{bar:32} {pos}/{len} posts, {per_sec}, {eta} left";
            bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar = Some(bar);
        }
    }

    fn notice(&mut self, diagnostic: &Diagnostic) {
        let error = diagnostic.severity == Severity::Error;
        let shown = self.shown.entry(diagnostic.code).or_default();
        *shown += 1;
        let shown = *shown;
        match self.diagnostics {
            Diagnostics::None => {}
            Diagnostics::Json => self.say(&format!("{}\n", message::json(diagnostic))),
            Diagnostics::Human | Diagnostics::Full if self.quiet && !error => {}
            Diagnostics::Human if !error && shown > SHOWN => {
                if shown == SHOWN + 1 {
                    let code = diagnostic.code;
                    self.say(&format!("note: more of {code} are only counted (`--diagnostics full` shows them)\n"));
                }
            }
            Diagnostics::Human | Diagnostics::Full => self.say(&message::human(diagnostic, self.colour)),
        }
    }

    fn record(&mut self, record: &Record) {
        self.done += 1;
        self.bytes += record.bytes_in;
        record.diagnostics.iter().for_each(|diagnostic| self.notice(diagnostic));
        if let Some(bar) = &self.bar {
            bar.set_position(self.done as u64);
        } else if !self.quiet && self.last.elapsed() >= INTERVAL {
            self.last = Instant::now();
            let rate = megabytes(self.bytes) / self.start.elapsed().as_secs_f64();
            self.say(&format!("{}/{} posts, {rate:.1} MB/s\n", self.done, self.planned));
        }
    }
}

/// Bytes in megabytes, to the kilobyte below.
fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1e3
}
