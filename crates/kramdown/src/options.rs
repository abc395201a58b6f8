//! What can be set: kramdown's own options, by kramdown's own names.

use std::sync::Arc;

use crate::yaml::{self, Value};
use crate::{Category, Rouge};

/// Which of the two parsers reads the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parser {
    /// GitHub's flavour (kramdown-parser-gfm 1.1), which Jekyll uses unless it is told otherwise.
    Gfm,
    /// kramdown's own.
    Kramdown,
    /// Jekyll's for its filter `smartify`: quotes, dashes, dots, entities and HTML, and nothing else of kramdown.
    SmartyPants,
}

/// Whose behaviour is followed where versions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 2.4, and 2.3 before it.
    V2_4,
    /// 2.5.
    V2_5,
}

/// How entities are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityOutput {
    /// As the character they stand for.
    AsChar,
    /// As they were written in the text.
    AsInput,
    /// As numbers.
    Numeric,
    /// As names.
    Symbolic,
}

/// What a smart quote becomes: the name of an entity, or a code point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteEntity {
    /// `lsquo`
    Name(String),
    /// `8216`
    Code(u32),
}

/// A link that is defined without being written in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDefinition {
    /// The label.
    pub id: String,
    /// Where it leads.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
}

/// The options of kramdown that matter for HTML.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of kramdown with the same name")]
pub struct Options {
    /// The parser. Jekyll: GFM; kramdown: its own.
    pub parser: Parser,
    /// The version followed. Default 2.4.
    pub version: Version,
    /// Whether headings get ids. Default true.
    pub auto_ids: bool,
    /// Whether markup is left out of what an id is made of. Default false; the GFM parser always does so.
    pub auto_id_stripping: bool,
    /// What every generated heading id begins with. Default empty.
    pub auto_id_prefix: String,
    /// Whether block HTML holds kramdown text without saying so. Default false.
    pub parse_block_html: bool,
    /// Whether span HTML holds kramdown text. Default true.
    pub parse_span_html: bool,
    /// Whether HTML elements become kramdown's own elements where there is one. Default false.
    pub html_to_native: bool,
    /// Links that are defined beforehand. Default none.
    pub link_defs: Vec<LinkDefinition>,
    /// The number of the first footnote. Default 1.
    pub footnote_nr: i64,
    /// The text of a footnote's mark, with `%s` for its number; only 2.5 knows it. Default `%s`.
    pub footnote_link_text: String,
    /// The text of the link back from a footnote; without it there is no link. Default `&#8617;`.
    pub footnote_backlink: String,
    /// Whether the link back goes into the last paragraph however deep it is. Default false.
    pub footnote_backlink_inline: bool,
    /// What every footnote's id begins with. Default empty.
    pub footnote_prefix: String,
    /// How entities are written. Default as characters.
    pub entity_output: EntityOutput,
    /// The levels of headings that a table of contents lists. Default 1 to 6.
    pub toc_levels: Vec<u8>,
    /// What the left single, right single, left double and right double quote become.
    pub smart_quotes: [QuoteEntity; 4],
    /// Texts for typographic symbols by name (`mdash`, `ndash`, `hellip`, `laquo`…). Default none.
    pub typographic_symbols: Vec<(String, String)>,
    /// What is added to the level of each heading when it is written. Default 0.
    pub header_offset: i64,
    /// Which engine formulas are written for: `mathjax` as `\(…\)`, others as dollars. Default `mathjax`.
    pub math_engine: Option<String>,
    /// What marks up code: `rouge` puts its elements and classes around it, every other name leaves it alone. Default none;
    /// kramdown itself has `rouge`, which marks up single tokens too.
    pub syntax_highlighter: Option<String>,
    /// How Rouge is set, shared by all texts. Default [`Rouge::default`].
    pub syntax_highlighter_opts: Arc<Rouge>,
    /// Whether newlines between Chinese or Japanese characters are dropped. Default false.
    pub remove_line_breaks_for_cjk: bool,
    /// Options that the text itself may not set. Default `template`.
    pub forbidden_inline_options: Vec<String>,
    /// Whether each newline is a line break; only with the GFM parser. Jekyll: false; kramdown: true.
    pub hard_wrap: bool,
    /// Whether blocks may begin right after a paragraph's line (GFM's quirk `paragraph_end`). Default true.
    pub paragraph_end: bool,
    /// Whether typographic symbols are left alone (GFM's quirk `no_auto_typographic`). Default false.
    pub no_auto_typographic: bool,
}

/// A value that an option cannot have, or a name that no option has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionError {
    /// kramdown has no option of this name.
    Unknown(String),
    /// The option cannot have this value.
    Invalid {
        /// The option.
        name: String,
        /// What it was to be.
        value: String,
    },
}

impl std::fmt::Display for OptionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OptionError::Unknown(name) => write!(f, "kramdown has no option `{name}`"),
            OptionError::Invalid { name, value } => {
                write!(f, "option `{name}` cannot be `{value}`")
            }
        }
    }
}

impl std::error::Error for OptionError {}

/// Options that are accepted because a configuration may hold them, and have no effect on HTML here.
const WITHOUT_EFFECT: &[&str] = &[
    "coderay_bold_every",
    "coderay_css",
    "coderay_default_lang",
    "coderay_line_number_start",
    "coderay_line_numbers",
    "coderay_tab_width",
    "coderay_wrap",
    "enable_coderay",
    "gfm_emojis",
    "gfm_emoji_opts",
    "guess_lang",
    "input",
    "latex_headers",
    "line_width",
    "list_indent",
    "math_engine_opts",
    "remove_block_html_tags",
    "remove_span_html_tags",
    "show_warnings",
    "template",
    "transliterated_header_ids",
];

impl Default for Options {
    fn default() -> Self {
        Options::jekyll()
    }
}

impl Options {
    /// What Jekyll sets: the GFM parser without hard wraps.
    pub fn jekyll() -> Self {
        Options { parser: Parser::Gfm, hard_wrap: false, ..Options::kramdown() }
    }

    /// kramdown's own defaults.
    pub fn kramdown() -> Self {
        let quote = |name: &str| QuoteEntity::Name(name.to_owned());
        Options {
            parser: Parser::Kramdown,
            version: Version::V2_4,
            auto_ids: true,
            auto_id_stripping: false,
            auto_id_prefix: String::new(),
            parse_block_html: false,
            parse_span_html: true,
            html_to_native: false,
            link_defs: Vec::new(),
            footnote_nr: 1,
            footnote_link_text: "%s".to_owned(),
            footnote_backlink: "&#8617;".to_owned(),
            footnote_backlink_inline: false,
            footnote_prefix: String::new(),
            entity_output: EntityOutput::AsChar,
            toc_levels: vec![1, 2, 3, 4, 5, 6],
            smart_quotes: [quote("lsquo"), quote("rsquo"), quote("ldquo"), quote("rdquo")],
            typographic_symbols: Vec::new(),
            header_offset: 0,
            math_engine: Some("mathjax".to_owned()),
            syntax_highlighter: None,
            syntax_highlighter_opts: Arc::default(),
            remove_line_breaks_for_cjk: false,
            forbidden_inline_options: vec!["template".to_owned()],
            hard_wrap: true,
            paragraph_end: true,
            no_auto_typographic: false,
        }
    }

    /// Sets an option by kramdown's name for it; the value is written as YAML writes it.
    ///
    /// # Errors
    /// The option is not one of kramdown's, or cannot have this value. Nothing is changed then.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), OptionError> {
        let invalid = || OptionError::Invalid { name: name.to_owned(), value: value.to_owned() };
        let data = yaml::parse(value).ok_or_else(invalid)?;
        let text = || match &data {
            Value::List(_) | Value::Map(_) => value.to_owned(),
            scalar => scalar.text(),
        };
        let flag = || {
            let text = data.text();
            !text.is_empty() && text.trim().to_lowercase() != "false"
        };
        let integer = || parse_integer(&data.text()).ok_or_else(invalid);
        match name {
            "auto_ids" => self.auto_ids = flag(),
            "auto_id_stripping" => self.auto_id_stripping = flag(),
            "auto_id_prefix" => self.auto_id_prefix = text(),
            "parse_block_html" => self.parse_block_html = flag(),
            "parse_span_html" => self.parse_span_html = flag(),
            "html_to_native" => self.html_to_native = flag(),
            "link_defs" => self.link_defs = parse_link_defs(&data).ok_or_else(invalid)?,
            "footnote_nr" => self.footnote_nr = integer()?,
            "footnote_link_text" => {
                let text = text();
                if !text.contains("%s") {
                    return Err(invalid());
                }
                self.footnote_link_text = text;
            }
            "footnote_backlink" => self.footnote_backlink = text(),
            "footnote_backlink_inline" => self.footnote_backlink_inline = flag(),
            "footnote_prefix" => self.footnote_prefix = text(),
            "entity_output" => {
                self.entity_output = match symbol(&data).as_deref() {
                    Some("as_char") => EntityOutput::AsChar,
                    Some("as_input") => EntityOutput::AsInput,
                    Some("symbolic") => EntityOutput::Symbolic,
                    // kramdown takes any other word for `numeric`.
                    _ => EntityOutput::Numeric,
                }
            }
            "toc_levels" => self.toc_levels = parse_levels(&data).ok_or_else(invalid)?,
            "smart_quotes" => self.smart_quotes = parse_quotes(&data).ok_or_else(invalid)?,
            "typographic_symbols" => {
                let Value::Map(pairs) = data.clone().reparsed() else {
                    return Err(invalid());
                };
                self.typographic_symbols =
                    pairs.into_iter().map(|(key, value)| (key.trim_start_matches(':').to_owned(), value.text())).collect();
            }
            "header_offset" => self.header_offset = integer()?,
            "math_engine" => self.math_engine = symbol(&data),
            "syntax_highlighter" => self.syntax_highlighter = symbol(&data),
            "syntax_highlighter_opts" => {
                let Value::Map(pairs) = data.clone().reparsed() else {
                    return Err(invalid());
                };
                self.syntax_highlighter_opts = Arc::new(Rouge::read(&pairs));
            }
            "remove_line_breaks_for_cjk" => self.remove_line_breaks_for_cjk = flag(),
            "forbidden_inline_options" => {
                self.forbidden_inline_options = words(&data).ok_or_else(invalid)?;
            }
            "hard_wrap" => self.hard_wrap = flag(),
            "gfm_quirks" => {
                let quirks = words(&data).ok_or_else(invalid)?;
                self.paragraph_end = quirks.iter().any(|quirk| quirk == "paragraph_end");
                self.no_auto_typographic = quirks.iter().any(|quirk| quirk == "no_auto_typographic");
            }
            _ if WITHOUT_EFFECT.contains(&name) => {}
            _ => return Err(OptionError::Unknown(name.to_owned())),
        }
        Ok(())
    }

    /// How code is marked up, if it is.
    pub(crate) fn rouge(&self) -> Option<&Rouge> {
        (self.syntax_highlighter.as_deref() == Some("rouge")).then_some(&*self.syntax_highlighter_opts)
    }

    /// Whether headings' ids are made of the text without its markup.
    pub(crate) fn strips_ids(&self) -> bool {
        self.auto_id_stripping || self.parser == Parser::Gfm
    }
}

/// Ruby's `Integer()`: signs and underscores, octal, hexadecimal and binary.
fn parse_integer(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.replace('_', "").to_lowercase();
    let number = if let Some(hex) = lower.strip_prefix("0x") {
        i64::from_str_radix(hex, 16).ok()?
    } else if let Some(binary) = lower.strip_prefix("0b") {
        i64::from_str_radix(binary, 2).ok()?
    } else if lower.len() > 1 && lower.starts_with('0') {
        i64::from_str_radix(lower.trim_start_matches("0o"), 8).ok()?
    } else {
        lower.parse().ok()?
    };
    Some(if negative { -number } else { number })
}

/// A word with or without Ruby's colon; `nil` and nothing are no word.
fn symbol(value: &Value) -> Option<String> {
    let text = value.text();
    let text = text.trim();
    let text = text.strip_prefix(':').unwrap_or(text);
    (!text.is_empty() && text != "nil").then(|| text.to_owned())
}

fn words(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::List(items) => Some(items.iter().filter_map(symbol).collect()),
        Value::Text(text) => Some(text.split(',').filter_map(|word| symbol(&Value::Text(word.to_owned()))).collect()),
        Value::Null => Some(Vec::new()),
        Value::Map(_) => None,
    }
}

fn parse_levels(value: &Value) -> Option<Vec<u8>> {
    let numbers: Vec<u8> = match value {
        Value::List(items) => items.iter().map(|item| item.text().trim().parse().ok()).collect::<Option<_>>()?,
        Value::Text(text) => {
            if let Some((first, last)) = text.split_once("..") {
                (first.parse().ok()?..=last.parse().ok()?).collect()
            } else {
                text.split(',').map(|word| word.parse().ok()).collect::<Option<_>>()?
            }
        }
        Value::Null | Value::Map(_) => return None,
    };
    numbers.iter().all(|level| (1..=6).contains(level)).then_some(numbers)
}

fn parse_quotes(value: &Value) -> Option<[QuoteEntity; 4]> {
    let names: Vec<String> = match value {
        Value::List(items) => items.iter().map(Value::text).collect(),
        Value::Text(text) => text.split(',').map(str::to_owned).collect(),
        Value::Null | Value::Map(_) => return None,
    };
    let quotes: Vec<QuoteEntity> = names
        .into_iter()
        .map(|name| match parse_integer(&name) {
            Some(code) => QuoteEntity::Code(u32::try_from(code).unwrap_or(0xfffd)),
            None => QuoteEntity::Name(name),
        })
        .collect();
    quotes.try_into().ok()
}

fn parse_link_defs(value: &Value) -> Option<Vec<LinkDefinition>> {
    let Value::Map(pairs) = value.clone().reparsed() else {
        return None;
    };
    pairs
        .into_iter()
        .map(|(id, target)| {
            let Value::List(parts) = target else {
                return None;
            };
            let mut parts = parts.into_iter();
            let url = parts.next()?.text();
            let title = parts.next().and_then(|title| match title {
                Value::Null => None,
                other => Some(other.text()),
            });
            parts.next().is_none().then_some(LinkDefinition { id, url, title })
        })
        .collect()
}

/// Whether kramdown knows an option of this name, so that a text may try to set it.
pub(crate) fn is_known(name: &str) -> bool {
    matches!(Options::kramdown().set(name, "''"), Ok(()) | Err(OptionError::Invalid { .. }))
}

impl Category {
    pub(crate) fn is_block(self) -> bool {
        self == Category::Block
    }
}
