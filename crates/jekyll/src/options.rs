//! How a site is read.

use std::fmt;

use postferry_doc::{DateTime, Limits};
use postferry_frontmatter::Mode;

use crate::TagRule;

/// How a site is read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SiteOptions {
    /// The site's time, Jekyll's `site.time`: posts after it are hidden, documents without a date take it. It comes in
    /// as a value so that the same files always give the same answers; default 1970-01-01T00:00:00Z, which hides all posts
    /// unless `future` is set.
    pub time: DateTime,
    /// The zone in which dates without an offset are read where the site's configuration sets no `timezone`; default
    /// `UTC`.
    pub machine_zone: String,
    /// Reads `_drafts` too, as Jekyll's `--drafts` does; default false.
    pub drafts: bool,
    /// Shows posts of the future too, as `--future` does; default false.
    pub future: bool,
    /// Shows posts with `published: false` too, as `--unpublished` does; default false.
    pub unpublished: bool,
    /// What to make of a head that is not valid YAML; default [`Mode::Recover`].
    pub yaml: Mode,
    /// What to make of what ends Jekyll's build; default [`LiquidMode::Tolerant`].
    pub liquid: LiquidMode,
    /// Decodes files that are not UTF-8, which Jekyll drops; default true.
    pub decode: bool,
    /// What tags of plugins mean, over the table of known tags; default none.
    pub tags: Vec<TagRule>,
    /// The configuration files, later ones over earlier ones; default none, which means `_config.yml`.
    pub config: Vec<String>,
    /// Puts what kramdown and Jekyll put around code for their highlighter (`<div class="highlighter-rouge">` and so on)
    /// into posts' content; default false: code is what its author wrote, as with the highlighter off.
    pub code_frames: bool,
    /// What one post may cost.
    pub limits: Limits,
    /// Whether HTML that is a page of its own is read whole; only for files outside of sites.
    pub(crate) whole_pages: bool,
}

/// What to make of a post at which Jekyll ends the build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiquidMode {
    /// The post fails.
    Jekyll,
    /// The post goes on with the best value there is and a diagnostic; unknown tags stay in the text; default.
    #[default]
    Tolerant,
}

impl Default for SiteOptions {
    fn default() -> Self {
        Self {
            time: DateTime::from_unix(0, 0, 0),
            machine_zone: "UTC".to_owned(),
            drafts: false,
            future: false,
            unpublished: false,
            code_frames: false,
            yaml: Mode::default(),
            liquid: LiquidMode::default(),
            decode: true,
            tags: Vec::new(),
            config: Vec::new(),
            limits: Limits::default(),
            whole_pages: false,
        }
    }
}

/// Why a site cannot be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum SiteError {
    /// Its files cannot be listed, or a configuration file that was asked for cannot be read.
    Files(std::io::Error),
    /// A configuration file that was asked for is not there.
    NoConfig(String),
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(error) => write!(f, "cannot read the site: {error}"),
            Self::NoConfig(path) => write!(f, "there is no configuration file `{path}`"),
        }
    }
}

impl std::error::Error for SiteError {}
