//! Which engine makes HTML of a body, and how it is set.

use std::ops::Range;

use postferry_doc::{Diagnostic, Map, Value};
use postferry_html::Piece;
use postferry_markdown::{CommonMarker, commonmarker_html};

use crate::config::Config;
use crate::merge::truthy;
use crate::ruby;

/// A site's Markdown engine with its settings.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Kramdown(Box<kramdown::Options>),
    CommonMark(CommonMarker),
}

/// HTML with where it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Converted {
    /// Without a highlighter's marks.
    pub(crate) html: String,
    /// What Jekyll has where a highlighter marks up code.
    pub(crate) marked: Option<String>,
    /// The top-level blocks; none where the engine does not say.
    pub(crate) pieces: Vec<Piece>,
    /// kramdown's warnings with their lines in the body.
    pub(crate) warnings: Vec<(Option<u32>, String)>,
}

/// The engines of old that GitHub Pages and Jekyll 4 replace by kramdown.
const REPLACED: [&str; 4] = ["redcarpet", "rdiscount", "maruku", "kramdownparser"];

impl Engine {
    /// Reads the engine and its settings from the configuration; says where it cannot be had as it is asked for.
    ///
    /// `code_frames` says whether code gets a highlighter's frame.
    pub(crate) fn of(config: &Config, code_frames: bool) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let name = config.text("markdown").unwrap_or_default();
        match name.to_lowercase().as_str() {
            "commonmark" | "commonmarkghpages" | "commonmarker" => {
                return (Self::CommonMark(commonmarker(config, &mut diagnostics)), diagnostics);
            }
            "kramdown" => {}
            other => {
                let known = REPLACED.contains(&other);
                let message = format!(
                    "the Markdown engine `{name}` is {}; kramdown is used",
                    if known { "no longer part of Jekyll" } else { "not known" }
                );
                diagnostics.push(Diagnostic::warning("config/engine", message));
            }
        }
        let mut options = kramdown::Options::jekyll();
        let empty = Map::new();
        let settings = config.map.get("kramdown").and_then(Value::as_map).unwrap_or(&empty);
        let highlighting = highlighting(config, settings);
        for (key, value) in settings.iter().filter(|(key, _)| !key.starts_with("syntax_highlighter")).chain(highlighting.iter()) {
            if key == "input" {
                if let Some(parser) = parser(value) {
                    options.parser = parser;
                    continue;
                }
                diagnostics.push(Diagnostic::warning(
                    "config/engine",
                    format!("the input `{}` of kramdown is not known", ruby::to_s(value)),
                ));
            } else if let Err(kramdown::OptionError::Invalid { name, value }) = options.set(key, &yaml_text(value)) {
                diagnostics
                    .push(Diagnostic::warning("config/invalid", format!("kramdown's option `{name}` cannot be `{value}`")));
            }
        }
        if !code_frames {
            options.syntax_highlighter = None;
        }
        (Self::Kramdown(Box::new(options)), diagnostics)
    }

    /// Makes HTML of Markdown.
    pub(crate) fn convert(&self, text: &str) -> Converted {
        match self {
            Self::Kramdown(options) => {
                let (output, marked) = kramdown::to_html_with_marks(text, options);
                Converted {
                    html: output.html,
                    marked,
                    pieces: output.blocks.into_iter().map(|block| piece(block.html, &block.lines)).collect(),
                    warnings: output.warnings.into_iter().map(|warning| (warning.line, warning.message)).collect(),
                }
            }
            Self::CommonMark(options) => {
                let output = commonmarker_html(text, options);
                let pieces = output.blocks.into_iter().map(|block| piece(block.html, &block.lines)).collect();
                Converted { html: output.html, pieces, ..Converted::default() }
            }
        }
    }
}

impl Converted {
    /// The HTML that Jekyll has.
    pub(crate) fn into_html(self) -> String {
        self.marked.unwrap_or(self.html)
    }
}

fn piece(html: Range<usize>, lines: &Range<u32>) -> Piece {
    Piece { html, first_line: lines.start, lines: lines.end.saturating_sub(lines.start) }
}

impl Engine {
    /// Makes quotes, dashes and dots of a text typographic, and nothing else of it.
    pub(crate) fn smartify(&self, text: &str) -> String {
        let mut options = match self {
            Self::Kramdown(options) => (**options).clone(),
            Self::CommonMark(_) => kramdown::Options::jekyll(),
        };
        options.parser = kramdown::Parser::SmartyPants;
        let mut html = kramdown::to_html(text, &options).html;
        if html.ends_with('\n') {
            html.pop();
        }
        html
    }
}

/// kramdown's highlighter as Jekyll sets it up: the site's own unless kramdown has another, and plain text for a language
/// that is not named.
fn highlighting(config: &Config, settings: &Map) -> Map {
    let own = truthy(settings, "syntax_highlighter");
    let of_site = || truthy(&config.map, "highlighter").cloned().unwrap_or_else(|| Value::from("rouge"));
    let is_coderay = truthy(settings, "enable_coderay").is_some();
    let name = own.cloned().unwrap_or_else(|| if is_coderay { Value::from("coderay") } else { of_site() });
    let mut options = truthy(settings, "syntax_highlighter_opts").and_then(Value::as_map).cloned().unwrap_or_default();
    if truthy(&options, "default_lang").is_none() {
        options.insert("default_lang", Value::from("plaintext"));
    }
    options.insert("guess_lang", settings.get("guess_lang").cloned().unwrap_or_default());
    [("syntax_highlighter".into(), name), ("syntax_highlighter_opts".into(), Value::Map(options))].into_iter().collect()
}

/// The settings of `jekyll-commonmark`.
fn commonmarker(config: &Config, diagnostics: &mut Vec<Diagnostic>) -> CommonMarker {
    let mut options = CommonMarker::default();
    let settings = config.map.get("commonmark").and_then(Value::as_map);
    for key in ["options", "extensions"] {
        for name in settings.and_then(|settings| settings.get(key)).and_then(Value::as_list).unwrap_or_default() {
            let name = ruby::to_s(name);
            if !options.set(&name) {
                diagnostics.push(Diagnostic::warning("config/engine", format!("`{name}` of commonmark has no effect here")));
            }
        }
    }
    options
}

fn parser(input: &Value) -> Option<kramdown::Parser> {
    match ruby::to_s(input).to_lowercase().as_str() {
        "gfm" => Some(kramdown::Parser::Gfm),
        "kramdown" | "markdown" | "" => Some(kramdown::Parser::Kramdown),
        _ => None,
    }
}

/// A value as YAML on one line.
fn yaml_text(value: &Value) -> String {
    match value {
        Value::String(text) => serde_json::to_string(text.as_str()).unwrap_or_default(),
        Value::List(list) => format!("[{}]", list.iter().map(yaml_text).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let pair = |(key, value): (&str, &Value)| format!("{}: {}", yaml_text(&Value::from(key)), yaml_text(value));
            format!("{{{}}}", map.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        other => ruby::to_s(other),
    }
}
