//! Whole archives: list, convert in parallel, write in order, report.
