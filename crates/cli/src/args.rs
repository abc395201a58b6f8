//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Carries an archive of Jekyll posts to Markdown, JSON and EPUB.
#[derive(Debug, Parser)]
#[command(name = "postferry", version, about, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Convert posts, folders of posts and Jekyll sites.
    Convert(Convert),
    /// Show the metadata, the tree and the diagnostics of one post.
    Inspect(Inspect),
    /// Look through a site and tell what a conversion will meet; writes nothing.
    Check(Check),
    /// Write what a site's documents are to Jekyll, one JSON line each.
    Export(Export),
    /// List the formats with their options.
    Formats,
    /// Print the completions of a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// A post, a folder of posts, a Jekyll site (a folder with `_config.yml` or `_posts`), or `-` for standard input.
    #[arg(required = true)]
    pub inputs: Vec<PathBuf>,
    /// The formats, separated by commas; `postferry formats` lists them.
    #[arg(long, required = true, value_delimiter = ',', value_name = "FORMAT")]
    pub to: Vec<String>,
    /// A folder; or a file, where one format makes just one; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// What standard input is; told by its head and first bytes unless said.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    #[command(flatten)]
    pub read: Read,
    #[command(flatten)]
    pub write: Write,
    /// How posts are put into books.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub volumes: Volumes,
    /// Convert the pages of a site too, not only its posts and collections.
    #[arg(long)]
    pub pages: bool,
    /// Threads; as many as there are processors unless said.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Write a line of JSON for each input: its path, its outcome, its diagnostics' codes.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub talk: Talk,
}

/// How posts are read.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Take in drafts (`_drafts`).
    #[arg(long)]
    pub drafts: bool,
    /// Take in posts whose date is still to come.
    #[arg(long)]
    pub future: bool,
    /// Take in posts with `published: false`.
    #[arg(long)]
    pub unpublished: bool,
    /// What happens to a head that is not valid YAML: recovered entry by entry, thrown away as Jekyll does, or the post fails.
    #[arg(long, value_enum, value_name = "HOW")]
    pub yaml: Option<Yaml>,
    /// The site's configuration files, separated by commas, relative to the site.
    #[arg(long, value_delimiter = ',', value_name = "FILE")]
    pub config: Vec<String>,
    /// A file of rules, e.g. what the tags of plugins mean (docs/rules.md).
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// The moment the site is built at, e.g. `2026-01-01T00:00:00Z`; now unless said.
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
}

/// How posts are written.
#[derive(Debug, Args)]
pub(crate) struct Write {
    /// Do not read Markdown back before it is written out.
    #[arg(long)]
    pub no_proof: bool,
    /// Give Markdown one style throughout, even where the author's own lines could stay.
    #[arg(long)]
    pub reformat: bool,
    /// What becomes of HTML that Markdown has no spelling for.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub html: RawHtml,
    /// Whether typographic quotes stay as their author typed them or are written out.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub typography: Typography,
    /// How emphasis is spelled where a dialect cannot see it beside Chinese, Japanese and Korean punctuation.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub cjk_emphasis: CjkEmphasis,
    /// What becomes of classes, ids and the like that a dialect has no spelling for.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub attributes: Attributes,
    /// The look of Markdown where its author's own lines do not stay, separated by commas: `bullet=-|*|+`,
    /// ``fence=`|~``, `headings=atx|underlined`, `wrap=COLUMN|none`, `links=inline|reference`.
    #[arg(long, value_delimiter = ',', value_parser = style, value_name = "KEY=VALUE")]
    pub style: Vec<StyleChoice>,
}

/// One choice of `--style`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StyleChoice {
    Bullet(char),
    Fence(char),
    UnderlinedHeadings(bool),
    Wrap(Option<usize>),
    ReferenceLinks(bool),
}

/// Narrower lines would hold hardly a word.
const NARROWEST: usize = 20;

fn style(typed: &str) -> Result<StyleChoice, String> {
    let wrong = |choices: &str| Err(format!("expected {choices}"));
    let (key, value) = typed.split_once('=').unwrap_or((typed, ""));
    match (key, value) {
        ("bullet", "-" | "*" | "+") => Ok(StyleChoice::Bullet(value.chars().next().unwrap_or('-'))),
        ("bullet", _) => wrong("`bullet=-`, `bullet=*` or `bullet=+`"),
        ("fence", "`" | "~") => Ok(StyleChoice::Fence(value.chars().next().unwrap_or('`'))),
        ("fence", _) => wrong("``fence=` `` or `fence=~`"),
        ("headings", "atx" | "underlined") => Ok(StyleChoice::UnderlinedHeadings(value == "underlined")),
        ("headings", _) => wrong("`headings=atx` or `headings=underlined`"),
        ("wrap", "none") => Ok(StyleChoice::Wrap(None)),
        ("wrap", _) => match value.parse() {
            Ok(column) if column >= NARROWEST => Ok(StyleChoice::Wrap(Some(column))),
            _ => wrong("`wrap=none` or a column from 20 on, as in `wrap=80`"),
        },
        ("links", "inline" | "reference") => Ok(StyleChoice::ReferenceLinks(value == "reference")),
        ("links", _) => wrong("`links=inline` or `links=reference`"),
        _ => wrong("`bullet`, `fence`, `headings`, `wrap` or `links`, then `=` and a value"),
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Attributes {
    /// Sizes of images and ids that links lead to stay as HTML; the rest is left out, with a diagnostic.
    #[default]
    Essential,
    /// All stay, as HTML.
    Html,
    /// All are left out, with a diagnostic.
    Drop,
}

/// What is said while it works.
#[derive(Debug, Args)]
pub(crate) struct Talk {
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
    /// How diagnostics are shown on standard error; `human` shows the first ten of each code.
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub diagnostics: Diagnostics,
    /// End with status 3 if there is a diagnostic of this code or topic.
    #[arg(long, value_delimiter = ',', value_name = "CODE|TOPIC")]
    pub deny: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The post, or `-` for standard input.
    pub post: PathBuf,
    /// What standard input is; told by its head and first bytes unless said.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    #[command(flatten)]
    pub read: Read,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The site's folder.
    pub site: PathBuf,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    pub json: bool,
    /// Show everything, not only the first findings and places of each kind.
    #[arg(long)]
    pub all: bool,
    /// End with status 3 if there is a finding of this code or topic.
    #[arg(long, value_delimiter = ',', value_name = "CODE|TOPIC")]
    pub deny: Vec<String>,
    #[command(flatten)]
    pub read: Read,
    /// Threads; as many as there are processors unless said.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The site's folder.
    pub site: PathBuf,
    /// Put Rouge's frame around code, as kramdown and Jekyll do; its tokens are not marked.
    #[arg(long)]
    pub code_frames: bool,
    #[command(flatten)]
    pub read: Read,
    /// Threads; as many as there are processors unless said.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum InputFormat {
    Markdown,
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Yaml {
    Recover,
    Jekyll,
    Strict,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Volumes {
    /// One book of all posts.
    #[default]
    None,
    /// A book a post.
    Post,
    /// A book a year.
    Year,
    /// A book for each first category.
    Category,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Diagnostics {
    #[default]
    Human,
    /// All of them, not only the first ten of each code.
    Full,
    /// One JSON object a line.
    Json,
    None,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum RawHtml {
    Keep,
    Drop,
    #[default]
    Convert,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Typography {
    #[default]
    Source,
    Write,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CjkEmphasis {
    Html,
    #[default]
    Reference,
    Move,
}
