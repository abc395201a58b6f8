//! Whole archives: list, convert in parallel, write in order, report.
//!
//! All files and all threads are here; this crate does not know what a format is.
//!
//! ```no_run
//! use postferry::Format;
//! use postferry_archive::{Input, Job, Target, convert};
//!
//! let mut job = Job::new(Target::from_path("out".as_ref()));
//! job.inputs.push(Input::find("my-blog".as_ref())?);
//! job.formats.push(Format::Json);
//! let report = convert(&job, &mut ())?;
//! println!("{} converted, {} failed", report.converted, report.failed);
//! # Ok::<(), postferry_archive::RunError>(())
//! ```

mod books;
mod check;
mod convert;
mod error;
mod export;
mod file;
mod input;
mod job;
mod plan;
mod post;
mod report;
mod sink;
mod window;

pub use check::{Check, FINDINGS, Finding, FoundAt, Plugin, check, meaning_of};
pub use convert::convert;
pub use error::RunError;
pub use export::export;
pub use input::Input;
pub use job::{Job, Target, Volumes};
pub use post::{read_bytes, read_post};
pub use report::{Observer, Outcome, Record, Report};
