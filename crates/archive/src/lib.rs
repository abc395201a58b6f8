//! Whole archives: list, convert in parallel, write in order, report.
//!
//! All files and all threads are here; this crate does not know what a format is.

mod file;
mod window;
