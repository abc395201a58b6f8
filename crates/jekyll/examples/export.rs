//! Writes every document of a site as one line of JSON: `export SITE [--time 2026-11-23T00:00:00Z] [--tolerant]`.
//! It reads as Jekyll does, or with `--tolerant` goes on where Jekyll throws a head or a post away.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use postferry_doc::DateTime;
use postferry_frontmatter::Mode;
use postferry_jekyll::{FileEntry, LiquidMode, Site, SiteFiles, SiteOptions, SourceKind, export_line};

struct Folder(PathBuf);

impl SiteFiles for Folder {
    fn list(&self) -> io::Result<Vec<FileEntry>> {
        let mut entries = Vec::new();
        let mut open = vec![self.0.clone()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                let Ok(metadata) = path.metadata() else { continue };
                if metadata.is_dir() {
                    open.push(path);
                    continue;
                }
                let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                entries.push(FileEntry {
                    path: relative(&path, &self.0),
                    size: metadata.len(),
                    modified: modified.map(|time| time.as_secs() as i64),
                });
            }
        }
        Ok(entries)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.0.join(path))
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut options = SiteOptions::default();
    options.yaml = Mode::Jekyll;
    options.liquid = LiquidMode::Jekyll;
    options.decode = false;
    let mut root = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--time" => {
                let time = arguments.next().unwrap_or_default();
                options.time = DateTime::parse(&time).ok_or("--time takes a time such as 2026-11-23T00:00:00Z")?;
            }
            "--tolerant" => {
                options.yaml = Mode::Recover;
                options.liquid = LiquidMode::Tolerant;
                options.decode = true;
            }
            _ => root = Some(PathBuf::from(argument)),
        }
    }
    let folder = Folder(root.ok_or("usage: export SITE [--time TIME] [--tolerant]")?);
    let site = Site::open(Arc::new(folder), options)?;
    for diagnostic in site.diagnostics() {
        eprintln!("{} {}: {}", diagnostic.severity, diagnostic.place.path, diagnostic.message);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for source in site.sources().iter().filter(|source| source.kind != SourceKind::Asset) {
        writeln!(out, "{}", export_line(&site, source, &site.read(source)))?;
    }
    out.flush()?;
    Ok(())
}
