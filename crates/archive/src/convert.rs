//! A whole run: every item read once, written in every format, told about in order.

use std::path::Path;
use std::sync::Arc;

use postferry::{Diagnostic, Folder, Format, Outcome as Reading, Post, Site, SiteError, write};

use crate::books::{BookPiece, Books};
use crate::plan::{Item, Origin, plan};
use crate::post::{catch, read_below, read_bytes, read_file, read_source, unreadable};
use crate::sink::{Place, Stream};
use crate::window::{Window, run_ordered};
use crate::{Input, Job, Observer, Outcome, Record, Report, RunError, Volumes};

/// Bytes of results that wait for their turn.
const BYTES_IN_FLIGHT: usize = 64 << 20;

/// Converts all that a job names. Records come to the observer in the order of the inputs, the sites in Jekyll's order.
///
/// # Errors
/// Where the run cannot go on: an input that cannot be opened, an output that cannot be written. Posts that fail are no
/// errors: the [`Report`] counts them.
pub fn convert(job: &Job, observer: &mut dyn Observer) -> Result<Report, RunError> {
    let folders: Vec<Folder> = job.inputs.iter().filter_map(site_folder).map(Folder::new).collect();
    let sites = folders.iter().map(|folder| open(folder, job)).collect::<Result<Vec<_>, _>>()?;
    let items = plan(job, &sites, &folders)?;
    let run = Run { job, sites: &sites, items: &items, place: place(job, &items)?, layout: Layout::of(&job.formats) };
    let mut books = if job.formats.contains(&Format::Epub) { Some(Books::plan(&run)) } else { None };

    observer.planned(items.len());
    let mut report = Report::default();
    for diagnostic in sites.iter().flat_map(Site::diagnostics) {
        report.add_diagnostic(diagnostic);
        observer.notice(diagnostic);
    }
    let mut lines = if job.formats.contains(&Format::JsonLines) { Some(run.place.open("posts.jsonl")?) } else { None };
    let threads = job.threads();
    let window = Window { threads, items: threads * 64, bytes: BYTES_IN_FLIGHT };
    let shelf = books.as_ref().map(Books::shelf);
    run_ordered(
        items.len(),
        window,
        |n| {
            let done = run.convert_item(&items[n], n, shelf.as_deref());
            (done.as_ref().map_or(0, Done::held_bytes), done)
        },
        |n, done| {
            let done = done?;
            report.add(&done.record);
            observer.record(&done.record);
            if let (Some(out), Some(line)) = (&mut lines, &done.line) {
                std::io::Write::write_all(out, line.as_bytes())?;
            }
            if let Some(books) = &mut books {
                books.add(&run, n, done.piece)?;
            }
            Ok::<(), RunError>(())
        },
    )?;
    lines.map_or(Ok(()), Stream::finish)?;
    if let Some(books) = books {
        books.finish()?;
    }
    Ok(report)
}

fn site_folder(input: &Input) -> Option<&Path> {
    match input {
        Input::Site(path) => Some(path),
        Input::Folder(_) | Input::File(_) | Input::Bytes { .. } => None,
    }
}

fn open(folder: &Folder, job: &Job) -> Result<Site, RunError> {
    let fail = |error: SiteError| RunError::Input { path: folder.root().display().to_string(), why: error.to_string() };
    Site::open(Arc::new(folder.clone()), job.read.clone()).map_err(fail)
}

/// Decides where outputs go, which depends on how many files there will be.
fn place(job: &Job, items: &[Item]) -> Result<Place, RunError> {
    let posts = items.iter().filter(|item| !matches!(item.origin, Origin::Skipped(_))).count();
    let single = match job.formats.as_slice() {
        [] => return Err(RunError::Usage("no format to write".into())),
        [Format::JsonLines] => Some("jsonl"),
        [Format::Epub] if job.volumes == Volumes::None => Some("epub"),
        [format] if posts == 1 => Some(format.info().extension),
        _ => None,
    };
    Place::decide(&job.target, single)
}

/// How the files of several formats lie beside one another.
pub(crate) struct Layout {
    /// Formats whose ending another one has, too: they get folders of their own.
    apart: Vec<Format>,
}

impl Layout {
    fn of(formats: &[Format]) -> Self {
        let shares = |format: &&Format| {
            let ending = format.info().extension;
            formats.iter().filter(|other| other.info().extension == ending).count() > 1
        };
        Self { apart: formats.iter().filter(shares).copied().collect() }
    }

    /// The name of an item's file in a format.
    pub fn name(&self, format: Format, stem: &str) -> String {
        let info = format.info();
        let folder = if self.apart.contains(&format) { format!("{}/", info.name) } else { String::new() };
        format!("{folder}{stem}.{}", info.extension)
    }
}

/// All that the workers look at.
pub(crate) struct Run<'a> {
    pub job: &'a Job,
    pub sites: &'a [Site],
    pub items: &'a [Item],
    pub place: Place,
    pub layout: Layout,
}

/// What a worker hands on.
struct Done {
    record: Record,
    line: Option<String>,
    piece: Option<BookPiece>,
}

impl Done {
    fn held_bytes(&self) -> usize {
        self.line.as_ref().map_or(0, String::len) + self.piece.as_ref().map_or(0, BookPiece::held_bytes)
    }
}

impl Run<'_> {
    /// Reads an item.
    pub fn read(&self, item: &Item) -> Reading<Post> {
        match &item.origin {
            Origin::Site { site, source } => read_source(&self.sites[*site], &self.sites[*site].sources()[*source]),
            Origin::File(path) => read_file(path, &item.path, &self.job.read),
            Origin::Below(folder) => read_below(folder, &item.path, &self.job.read),
            Origin::Unreadable(why) => unreadable(&item.path, &format!("the folder cannot be looked into: {why}")),
            Origin::Bytes(input) => match &self.job.inputs[*input] {
                Input::Bytes { bytes, .. } => read_bytes(&item.path, bytes, &self.job.read),
                Input::Site(_) | Input::Folder(_) | Input::File(_) => Reading::Skipped { reason: String::new() },
            },
            Origin::Skipped(reason) => Reading::Skipped { reason: reason.clone() },
        }
    }

    fn convert_item(&self, item: &Item, number: usize, shelf: Option<&crate::books::Shelf>) -> Result<Done, RunError> {
        let record = |outcome, diagnostics| Record { path: item.path.clone(), outcome, diagnostics, bytes_in: 0, bytes_out: 0 };
        let post = match self.read(item) {
            Reading::Converted(post) => post,
            Reading::Skipped { reason } => {
                return Ok(Done { record: record(Outcome::Skipped(reason), Vec::new()), line: None, piece: None });
            }
            Reading::Failed { diagnostics } => {
                return Ok(Done { record: record(Outcome::Failed, diagnostics), line: None, piece: None });
            }
        };
        let written = catch(|| self.write(item, number, &post, shelf));
        match written {
            Ok(written) => {
                let mut done = written?;
                done.record.diagnostics.splice(0..0, post.diagnostics);
                if item.renamed {
                    let message = format!("another post has this name; written as `{}`", item.stem);
                    let mut diagnostic = Diagnostic::warning("output/collision", message);
                    diagnostic.place.path.clone_from(&item.path);
                    done.record.diagnostics.push(diagnostic);
                }
                Ok(done)
            }
            Err(mut panic) => {
                panic.place.path.clone_from(&item.path);
                let mut diagnostics = post.diagnostics;
                diagnostics.push(panic);
                Ok(Done { record: record(Outcome::Failed, diagnostics), line: None, piece: None })
            }
        }
    }

    /// Spells a post in every format before the first file is written: a post that fails leaves nothing behind.
    fn write(&self, item: &Item, number: usize, post: &Post, shelf: Option<&crate::books::Shelf>) -> Result<Done, RunError> {
        let mut diagnostics = Vec::new();
        let (mut files, mut line, mut piece) = (Vec::new(), None, None);
        let mut bytes_out = 0;
        for format in &self.job.formats {
            if let (Format::Epub, Some(shelf)) = (format, shelf) {
                let (made, mut found) = shelf.piece(self, number, post);
                bytes_out += made.held_bytes() as u64;
                diagnostics.append(&mut found);
                piece = Some(made);
                continue;
            }
            let mut written = write(post, *format, &self.job.write);
            bytes_out += written.text.len() as u64;
            diagnostics.append(&mut written.diagnostics);
            if *format == Format::JsonLines {
                line = Some(written.text);
            } else {
                files.push((self.layout.name(*format, &item.stem), written.text));
            }
        }
        for (name, text) in files {
            self.place.write(&name, text.as_bytes())?;
        }
        if let Some(BookPiece::Book(name, bytes)) = &piece {
            self.place.write(name, bytes)?;
        }
        let bytes_in = post.source_bytes as u64;
        let record = Record { path: item.path.clone(), outcome: Outcome::Converted, diagnostics, bytes_in, bytes_out };
        Ok(Done { record, line, piece })
    }
}
