//! The postferry command: arguments, progress, messages.
//!
//! It does not know how anything is converted. Standard output is data, standard error is talk.

mod args;
mod check;
mod convert;
mod export;
mod formats;
mod inspect;
mod message;
mod options;
mod progress;
mod record;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use postferry_archive::RunError;

use crate::args::{Arguments, Command};

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// All was converted.
    Done = 0,
    /// Some posts failed.
    SomeFailed = 1,
    /// Wrong usage, or the run could not go on.
    CannotRun = 2,
    /// A diagnostic that `--deny` named.
    Denied = 3,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Convert(args) => convert::convert(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Check(args) => check::check(&args),
        Command::Export(args) => export::export(&args),
        Command::Formats => print(&formats::table()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "postferry", &mut script);
            print_bytes(&script)
        }
        Command::Man => {
            let mut page = Vec::new();
            let rendered = clap_mangen::Man::new(Arguments::command()).render(&mut page);
            rendered.map_err(RunError::Output).and_then(|()| print_bytes(&page))
        }
    };
    let status = done.unwrap_or_else(|error| {
        // A reader of standard output that has seen enough (`| head`) is no error worth a message.
        if !matches!(&error, RunError::Output(e) if e.kind() == io::ErrorKind::BrokenPipe) {
            message::say(&format!("error: {error}\n"));
        }
        Status::CannotRun
    });
    ExitCode::from(status as u8)
}

/// Prints data on standard output.
pub(crate) fn print(text: &str) -> Result<Status, RunError> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<Status, RunError> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(RunError::Output)?;
    Ok(Status::Done)
}
