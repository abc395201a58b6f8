//! `postferry convert`.

use std::io::Read as _;
use std::path::Path;

use postferry::{CODES, Diagnostic, Format};
use postferry_archive::{Input, Job, Observer, Record, Report, RunError, Target};

use crate::Status;
use crate::args::{Convert, InputFormat};
use crate::options;
use crate::progress::Progress;
use crate::record::RecordFile;

/// Converts what was asked for.
pub(crate) fn convert(args: &Convert) -> Result<Status, RunError> {
    let formats = formats(&args.to)?;
    for code in &args.talk.deny {
        if !CODES.iter().any(|(known, _)| known == code || known.split('/').next() == Some(code)) {
            return Err(RunError::Usage(format!("`{code}` is no diagnostic and no topic of diagnostics")));
        }
    }
    let inputs = args.inputs.iter().map(|path| input(path, args.input_format)).collect::<Result<_, _>>()?;
    let mut job = Job::new(Target::from_path(&args.out));
    job.inputs = inputs;
    job.formats = formats;
    job.read = options::read(&args.read)?;
    job.write = options::write(&args.write);
    job.volumes = options::volumes(args.volumes);
    job.pages = args.pages;
    job.threads = args.threads;
    let record = args.report.as_deref().map(RecordFile::create).transpose()?;
    let mut watcher = Watcher { progress: Progress::new(args.talk.quiet, args.talk.diagnostics), record };
    let report = postferry_archive::convert(&job, &mut watcher)?;
    watcher.progress.finish(&report);
    if let Some(record) = watcher.record {
        record.finish()?;
    }
    Ok(status(&report, &args.talk.deny))
}

struct Watcher {
    progress: Progress,
    record: Option<RecordFile>,
}

impl Observer for Watcher {
    fn planned(&mut self, inputs: usize) {
        self.progress.planned(inputs);
    }

    fn notice(&mut self, diagnostic: &Diagnostic) {
        self.progress.notice(diagnostic);
    }

    fn record(&mut self, record: &Record) {
        if let Some(file) = &mut self.record {
            file.add(record);
        }
        self.progress.record(record);
    }
}

fn status(report: &Report, deny: &[String]) -> Status {
    if deny.iter().any(|code| report.has(code)) {
        Status::Denied
    } else if report.failed > 0 {
        Status::SomeFailed
    } else {
        Status::Done
    }
}

fn formats(names: &[String]) -> Result<Vec<Format>, RunError> {
    let mut formats = Vec::new();
    for name in names {
        let format = Format::from_name(name.trim());
        let format = format.ok_or_else(|| RunError::Usage(format!("`{name}` is no format; `postferry formats` lists them")))?;
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// Looks what an input is; `-` is standard input.
pub(crate) fn input(path: &Path, format: Option<InputFormat>) -> Result<Input, RunError> {
    if path != Path::new("-") {
        return Input::find(path);
    }
    let mut bytes = Vec::new();
    let fail = |e: std::io::Error| RunError::Input { path: "-".into(), why: e.to_string() };
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(fail)?;
    let html = match format {
        Some(InputFormat::Html) => true,
        Some(InputFormat::Markdown) => false,
        None => postferry::looks_like_html(&bytes),
    };
    Ok(Input::Bytes { name: if html { "stdin.html" } else { "stdin.md" }.into(), bytes })
}
