//! Converts a folder of posts with a rule of the caller's own: every heading one level down, because the page that will
//! show the posts has a heading of its own.
//!
//! ```sh
//! cargo run -p postferry --example library -- examples/newspaper target/library
//! ```

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use postferry::{Block, Dialect, Folder, Format, Level, ReadOptions, Site, WriteOptions, walk};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = arguments.next().unwrap_or_else(|| "examples/newspaper".to_owned());
    let out = arguments.next().unwrap_or_else(|| "target/library".to_owned());

    let mut options = ReadOptions::default();
    options.future = true;
    let site = Site::open(Arc::new(Folder::new(source)), options)?;
    for source in site.sources() {
        let Some(mut post) = site.read(source).post() else { continue };
        walk::blocks_mut(&mut post.document.blocks, &mut |block| {
            if let Block::Heading { level, .. } = block {
                *level = Level::new(level.get() + 1);
            }
        });
        // The tree is no longer what the author's lines say, so they must not be given back.
        post.document.origins.clear();
        let written = postferry::write(&post, Format::Markdown(Dialect::Gfm), &WriteOptions::default());
        for diagnostic in post.diagnostics.iter().chain(&written.diagnostics) {
            eprintln!("{}: {}: {}", post.path, diagnostic.code, diagnostic.message);
        }
        let path = Path::new(&out).join(&post.path).with_extension("md");
        std::fs::create_dir_all(path.parent().expect("a post is in a folder"))?;
        std::fs::write(path, written.text)?;
    }
    Ok(())
}
