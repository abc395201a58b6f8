//! Opens a made-up site of many posts and says what its index costs: `index [POSTS]` (default 100,000). Linux only, for its
//! measure of memory.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use postferry_doc::DateTime;
use postferry_jekyll::{FileEntry, Site, SiteFiles, SiteOptions};

/// Posts that are made when they are read.
struct MadeUp(usize);

impl SiteFiles for MadeUp {
    fn list(&self) -> io::Result<Vec<FileEntry>> {
        Ok((0..self.0).map(|number| FileEntry { path: path(number), size: 0, modified: None }).collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let number = path.rsplit(['-', '.']).nth(1).unwrap_or_default();
        let mut text = format!("---\ntitle: \"Post number {number} of many\"\ntags: [news, week-{}]\n", number.len());
        let _ = write!(text, "categories: notes\nauthor: somebody\n---\n{}", "A line of text.\n\n".repeat(40));
        Ok(text.into_bytes())
    }
}

fn path(number: usize) -> String {
    format!("_posts/20{:02}-{:02}-{:02}-post-number-{number}.md", number % 20, number % 12 + 1, number % 28 + 1)
}

/// Bytes of memory that the process holds.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<usize>().ok()).unwrap_or(0) * 1024
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let mut options = SiteOptions::default();
    options.time = DateTime::parse("2026-11-23T00:00:00Z").ok_or("it is a date")?;
    let files = MadeUp(count);
    let before = resident();
    let start = Instant::now();
    let site = Site::open(Arc::new(files), options)?;
    let time = start.elapsed();
    let cost = resident().saturating_sub(before);
    let text: usize = site.sources().iter().map(|source| source.path.len() + source.url.len() + source.title.len()).sum();
    println!(
        "{} sources in {time:.2?}; {} bytes a post, of which {} are path, URL and title",
        site.sources().len(),
        cost / count,
        text / count
    );
    Ok(())
}
