//! One file's head and body, as Jekyll has them before it renders anything.

use std::sync::Arc;

use postferry_doc::{DateTime, Diagnostic, Map, Value};
use postferry_frontmatter::{Head, Mode, Status};

use crate::config::Config;
use crate::defaults::Defaults;
use crate::merge::{is_true, merge};
use crate::options::{LiquidMode, SiteOptions};
use crate::permalink::UrlParts;
use crate::source::SourceKind;
use crate::tree::Tree;
use crate::{SiteFiles, categories, date, encoding, name, parse_date, permalink, ruby, title};

/// What files are read with.
pub(crate) struct Context {
    pub(crate) files: Arc<dyn SiteFiles>,
    pub(crate) options: SiteOptions,
    pub(crate) config: Config,
    pub(crate) defaults: Defaults,
    pub(crate) tree: Tree,
    /// The site's time in its zone.
    pub(crate) now: DateTime,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The head with the defaults under it; of documents with title, slug, extension, date, categories and tags filled in.
    pub(crate) data: Map,
    pub(crate) head: Head,
    /// Whether the head could be used; if not, Jekyll fills nothing in.
    pub(crate) is_filled_in: bool,
    /// The size of the file's text, in bytes.
    pub(crate) source_bytes: usize,
    /// The body, not rendered.
    pub(crate) body: String,
    /// The line of the file where the body begins, counted from 1.
    pub(crate) body_line: u32,
    pub(crate) date: Option<DateTime>,
    /// Whether the date is only the site's time.
    pub(crate) date_is_build_time: bool,
    /// Whether neither the head nor the name gives a date: it is the site's time or that of the file.
    pub(crate) date_is_filled_in: bool,
    pub(crate) url: String,
    /// Why Jekyll cannot make a URL; it ends the build, the document itself can be read.
    pub(crate) url_error: Option<String>,
    /// The extension of the file with its dot.
    pub(crate) extension: String,
    /// The extension of the page that is written.
    pub(crate) output_extension: String,
    pub(crate) is_draft: bool,
    /// Why Jekyll leaves it out.
    pub(crate) skipped: Option<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn failed(diagnostic: Diagnostic) -> LoadError {
    LoadError::Failed(Box::new(diagnostic))
}

/// Why a file gives no document.
#[derive(Debug)]
pub(crate) enum LoadError {
    Skipped(String),
    Failed(Box<Diagnostic>),
}

impl Context {
    /// Reads a file of a collection. `path` is relative to the source.
    pub(crate) fn load_document(&self, path: &str, kind: SourceKind, label: &str) -> Result<Loaded, LoadError> {
        let relative = self.relative_path(path).to_owned();
        let extension = name::extension(path).to_owned();
        if matches!(extension.as_str(), ".yml" | ".yaml") && kind != SourceKind::Document {
            return Err(LoadError::Skipped("the file is YAML, which Jekyll reads as data without content".to_owned()));
        }
        let mut diagnostics = Vec::new();
        if matches!(extension.as_str(), ".yml" | ".yaml") {
            return self.load_data_document(path, &relative, label);
        }
        let own_folder = format!("_{label}");
        let mut data = Map::new();
        let is_draft_by_path = label == "posts" && !relative.contains("_posts");
        data.push("draft", Value::Bool(is_draft_by_path));
        let special = if is_draft_by_path { "_drafts" } else { &own_folder };
        data.push("categories", Value::List(categories::categories_of_path(&relative, special)));

        let defaults = self.defaults.all(&relative, Some(label));
        let mut defaults = match defaults {
            Ok(defaults) => defaults,
            Err(error) if error.fatal => {
                diagnostics.push(self.abort("config/invalid", &error.message)?);
                Map::new()
            }
            Err(error) if self.is_strict() => {
                return Err(LoadError::Skipped(format!("the defaults cannot be used: {}", error.message)));
            }
            Err(error) => {
                diagnostics.push(Diagnostic::warning("config/invalid", error.message));
                Map::new()
            }
        };
        if categories::unite_categories(&data, &mut defaults).is_err() {
            let message = "the defaults have `categories` that are neither a text nor a list";
            if self.is_strict() {
                return Err(LoadError::Skipped(message.to_owned()));
            }
            diagnostics.push(Diagnostic::warning("config/invalid", message));
            defaults.remove("categories");
        }
        merge(&mut data, &defaults);
        let mut date = self.date_of(&mut data, "defaults", &mut diagnostics)?;

        let text = self.read_text(path, true, &mut diagnostics)?;
        let split = postferry_frontmatter::split(&text);
        let head = split.head.map(|head| postferry_frontmatter::read(head, self.options.yaml, split.head_line));
        let body = split.body.to_owned();
        let mut is_filled_in = true;
        let mut head = head.unwrap_or_else(empty_head);
        if let Some(error) = head.diagnostics.iter().find(|diagnostic| diagnostic.code.starts_with("limit/")) {
            return Err(LoadError::Failed(Box::new(error.clone())));
        }
        diagnostics.append(&mut head.diagnostics);
        match &head.status {
            Status::Invalid { message, line } => {
                is_filled_in = false;
                if self.config.strict_front_matter || self.options.yaml == Mode::Strict {
                    return Err(failed(Diagnostic::error("yaml/invalid", message.clone()).at_line(*line)));
                }
            }
            Status::NotAMap => is_filled_in = false,
            Status::Empty | Status::Parsed | Status::Recovered => {}
        }
        if is_filled_in {
            let mut own = head.data();
            match categories::unite_categories(&data, &mut own) {
                Ok(()) => {}
                Err(categories::NotAList(text)) if self.is_strict() => {
                    is_filled_in = false;
                    diagnostics.push(not_a_list(&text));
                }
                Err(categories::NotAList(text)) => {
                    diagnostics.push(not_a_list(&text));
                    own.insert("categories", Value::String(text.into()));
                    // A text can always be united.
                    let _ = categories::unite_categories(&data, &mut own);
                }
            }
            if is_filled_in {
                merge(&mut data, &own);
                if own.get("date").is_some() || date.is_some() {
                    date = self.date_of(&mut data, "head", &mut diagnostics)?;
                }
            }
        }
        let is_draft = is_true(data.get("draft"));
        if is_filled_in {
            self.fill_in(&mut data, &mut date, &relative, &mut diagnostics)?;
        }
        let date_is_filled_in = date.is_none();
        let mut date_is_build_time = false;
        let date = date.unwrap_or_else(|| {
            let modified = if is_draft { self.tree.modified(path) } else { None };
            date_is_build_time = modified.is_none();
            modified.map_or(self.now, |seconds| self.config.zone.at(seconds))
        });
        data.insert("date", Value::Time(date));

        let mut loaded = Loaded {
            skipped: self.reason_to_skip(&data, kind, &date),
            head,
            is_filled_in,
            source_bytes: text.len(),
            body,
            body_line: split.body_line,
            date: Some(date),
            date_is_build_time,
            date_is_filled_in,
            url: String::new(),
            url_error: None,
            output_extension: self.output_extension(&extension, data.get("permalink")),
            extension,
            is_draft,
            diagnostics,
            data,
        };
        if loaded.skipped.is_none() {
            self.set_url(&mut loaded, &relative, label);
        }
        Ok(loaded)
    }

    /// Says whether what ends Jekyll's build fails the post.
    pub(crate) fn is_strict(&self) -> bool {
        self.options.liquid == LiquidMode::Jekyll
    }

    /// At what Jekyll ends the build: the post fails, or goes on with a warning.
    pub(crate) fn abort(&self, code: &'static str, message: &str) -> Result<Diagnostic, LoadError> {
        if self.is_strict() {
            return Err(failed(Diagnostic::error(code, message)));
        }
        Ok(Diagnostic::warning(code, message).help("Jekyll ends the build here"))
    }

    /// The path within the collections' folder.
    pub(crate) fn relative_path<'p>(&self, path: &'p str) -> &'p str {
        let folder = &self.config.collections_dir;
        if folder.is_empty() {
            return path;
        }
        path.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
    }

    /// Reads a file's text; of documents without its byte order mark.
    pub(crate) fn read_text(
        &self,
        path: &str,
        is_document: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<String, LoadError> {
        let full = crate::tree::join(&self.config.source, path);
        let bytes = match self.files.read(&full) {
            Ok(bytes) => bytes,
            Err(error) => {
                return Err(failed(Diagnostic::error("read/failed", format!("the file cannot be read: {error}"))));
            }
        };
        let limit = self.options.limits.post_bytes;
        if bytes.len() > limit {
            let message = format!("the file has {} bytes; the limit is {limit}", bytes.len());
            return Err(failed(Diagnostic::error("limit/bytes", message)));
        }
        if !self.options.decode && std::str::from_utf8(&bytes).is_err() {
            if is_document {
                return Err(LoadError::Skipped("the file is not valid UTF-8".to_owned()));
            }
            diagnostics.push(Diagnostic::warning("encoding/undecodable", "the file is not UTF-8; its head is not read"));
            // A mark before the opening line keeps the head part of the body.
            return Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)));
        }
        if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
            let message = "the file holds only NUL bytes, as after a crash of the file system";
            return Err(LoadError::Failed(Box::new(Diagnostic::error("encoding/undecodable", message))));
        }
        let declared = self.config.text("encoding").unwrap_or_default();
        match encoding::decode(bytes, &declared) {
            Ok((text, diagnostic)) => {
                diagnostics.extend(diagnostic);
                Ok(if is_document { postferry_frontmatter::strip_bom(&text).to_owned() } else { text })
            }
            Err(diagnostic) => Err(LoadError::Failed(diagnostic)),
        }
    }

    /// Reads `date` of the data, as Jekyll does after each step of reading.
    fn date_of(&self, data: &mut Map, place: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<DateTime>, LoadError> {
        let Some(value) = data.get("date") else { return Ok(None) };
        let text = date::date_text(value);
        let Some(found) = parse_date(&text, &self.config.zone, &self.now) else {
            diagnostics.push(self.abort("date/invalid", &format!("`{text}` in the {place} is not a date"))?);
            data.remove("date");
            return Ok(None);
        };
        data.insert("date", Value::Time(found));
        Ok(Some(found))
    }

    /// Fills in what Jekyll takes from the file's name, and categories and tags.
    fn fill_in(
        &self,
        data: &mut Map,
        date: &mut Option<DateTime>,
        relative: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(), LoadError> {
        let (slug, extension) = match name::dated_name(relative) {
            Some(dated) => {
                if date.is_none_or(|date| date.unix_seconds() == self.now.unix_seconds()) {
                    match parse_date(dated.date, &self.config.zone, &self.now) {
                        Some(found) => *date = Some(found),
                        None => diagnostics
                            .push(self.abort("date/invalid", &format!("`{}` in the file's name is not a date", dated.date))?),
                    }
                }
                (dated.slug, Some(dated.extension))
            }
            None => match name::dateless_name(relative) {
                Some((slug, extension)) => (slug, Some(extension)),
                None => (name::stem(relative), None),
            },
        };
        let slug = slug.trim_end_matches('.');
        set_unless_true(data, "title", || Value::String(title::titleize(slug).into()));
        set_unless_true(data, "slug", || Value::from(slug));
        set_unless_true(data, "ext", || extension.map_or(Value::Null, Value::from));
        categories::populate(data);
        Ok(())
    }

    pub(crate) fn reason_to_skip(&self, data: &Map, kind: SourceKind, date: &DateTime) -> Option<String> {
        let published = data.get("published");
        let hidden = match kind {
            SourceKind::Document => published == Some(&Value::Bool(false)),
            _ => published.is_some_and(|value| !is_true(Some(value))),
        };
        if hidden && !self.config.unpublished {
            return Some("published: false".to_owned());
        }
        let is_future = kind != SourceKind::Document && !self.config.future && date.unix_seconds() > self.now.unix_seconds();
        is_future.then(|| "future date".to_owned())
    }

    /// The extension of what is written: the permalink's if it has one, else the converter's.
    pub(crate) fn output_extension(&self, extension: &str, permalink: Option<&Value>) -> String {
        if let Some(Value::String(permalink)) = permalink {
            let own = name::extension(permalink);
            if !permalink.ends_with('/') && !own.is_empty() {
                return own.to_owned();
            }
        }
        if self.config.is_markdown(extension) {
            return ".html".to_owned();
        }
        match extension.to_lowercase().as_str() {
            ".scss" | ".sass" => ".css".to_owned(),
            ".coffee" => ".js".to_owned(),
            _ => extension.to_owned(),
        }
    }

    pub(crate) fn set_url(&self, loaded: &mut Loaded, relative: &str, label: &str) {
        let collection = self.config.collection(label);
        let own = loaded.data.get("permalink").filter(|value| is_true(Some(value)));
        let slug = loaded.data.get("slug").filter(|slug| **slug != Value::Null);
        let mut problems = Vec::new();
        if slug.is_some_and(|slug| slug.as_str().is_none()) {
            problems.push("`slug` is not a text".to_owned());
        }
        let template = match (own, collection.and_then(|collection| collection.permalink.as_ref())) {
            (Some(Value::String(own)), _) => own.to_string(),
            (Some(other), _) => {
                problems.push("`permalink` is not a text".to_owned());
                ruby::to_s(other)
            }
            (None, Some(Value::String(template))) => template.to_string(),
            (None, _) => permalink::with_ending_of("/:collection/:path", &self.config.permalink),
        };
        let parts = UrlParts {
            relative_path: relative,
            collection: label,
            slug,
            categories: loaded.data.get("categories").and_then(Value::as_list).unwrap_or_default(),
            date: loaded.date.unwrap_or(self.now),
            output_extension: &loaded.output_extension,
        };
        let url = permalink::document_url(&template, &parts).or_else(|key| {
            problems.push(format!("the permalink `{template}` has the unknown placeholder `:{key}`"));
            permalink::document_url(permalink::template_of_style("date"), &parts)
        });
        loaded.url = url.unwrap_or_default();
        if self.is_strict() && !problems.is_empty() {
            loaded.url.clear();
            loaded.url_error = Some(problems.join("; "));
            return;
        }
        for problem in problems {
            loaded.diagnostics.push(Diagnostic::warning("yaml/value", problem).help("Jekyll ends the build here"));
        }
    }
}

fn set_unless_true(data: &mut Map, key: &str, value: impl FnOnce() -> Value) {
    if !is_true(data.get(key)) {
        data.insert(key, value());
    }
}

fn not_a_list(text: &str) -> Diagnostic {
    Diagnostic::warning("yaml/value", format!("`categories` is neither a text nor a list: `{text}`"))
        .help("Jekyll throws the head away")
}

pub(crate) fn empty_head() -> Head {
    postferry_frontmatter::read("", Mode::Jekyll, 1)
}
