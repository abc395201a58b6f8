//! What a site's documents are to Jekyll, a line each.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use postferry::{Folder, Outcome, ReadOptions, Site, SourceKind, export_line};

use crate::RunError;
use crate::job::threads;
use crate::post::catch;
use crate::window::{Window, run_ordered};

/// Writes one JSON line for each document of a site, in Jekyll's order, and says how many failed.
///
/// # Errors
/// A site that cannot be opened, or `out` that cannot be written.
pub fn export(site: &Path, options: ReadOptions, asked: Option<usize>, out: &mut (dyn Write + Send)) -> Result<usize, RunError> {
    let fail = |error: postferry::SiteError| RunError::Input { path: site.display().to_string(), why: error.to_string() };
    let opened = Site::open(Arc::new(Folder::new(site)), options).map_err(fail)?;
    let sources: Vec<_> = opened.sources().iter().filter(|source| source.kind != SourceKind::Asset).collect();
    let threads = threads(asked);
    let mut failed = 0;
    run_ordered(
        sources.len(),
        Window { threads, items: threads * 64, bytes: 64 << 20 },
        |n| {
            let read = catch(|| {
                let outcome = opened.read(sources[n]);
                (export_line(&opened, sources[n], &outcome), matches!(outcome, Outcome::Failed { .. }))
            });
            let (line, bad) = read
                .unwrap_or_else(|panic| (export_line(&opened, sources[n], &Outcome::Failed { diagnostics: vec![panic] }), true));
            (line.len(), (line, bad))
        },
        |_, (line, bad)| {
            failed += usize::from(bad);
            writeln!(out, "{line}").map_err(RunError::Output)
        },
    )?;
    out.flush()?;
    Ok(failed)
}
