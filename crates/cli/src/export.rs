//! `postferry export`.

use std::io::{self, BufWriter};

use postferry::{LiquidMode, YamlMode};
use postferry_archive::RunError;

use crate::Status;
use crate::args::Export;
use crate::options;

/// Writes a site's documents as Jekyll has them. Heads are read as Jekyll reads them unless something else is asked for.
pub(crate) fn export(args: &Export) -> Result<Status, RunError> {
    let mut read = options::read(&args.read)?;
    if args.read.yaml.is_none() {
        read.yaml = YamlMode::Jekyll;
    }
    read.liquid = LiquidMode::Jekyll;
    read.decode = false;
    read.code_frames = args.code_frames;
    let mut out = BufWriter::new(io::stdout());
    let failed = postferry_archive::export(&args.site, read, args.threads, &mut out)?;
    Ok(if failed > 0 { Status::SomeFailed } else { Status::Done })
}
