//! Pages, and the collections' files of YAML.

use postferry_doc::{Diagnostic, Map, Value};
use postferry_frontmatter::{Mode, Status};

use crate::load::{Context, LoadError, Loaded, empty_head, failed};
use crate::merge::{is_true, merge};
use crate::source::SourceKind;
use crate::{date, name, parse_date, permalink, ruby};

impl Context {
    /// Reads a page. `path` is relative to the source.
    pub(crate) fn load_page(&self, path: &str) -> Result<Loaded, LoadError> {
        let extension = name::extension(path).to_owned();
        let mut diagnostics = Vec::new();
        let text = self.read_text(path, false, &mut diagnostics)?;
        let split = postferry_frontmatter::split(&text);
        let head = split.head.map(|head| postferry_frontmatter::read(head, self.options.yaml, split.head_line));
        let mut head = head.unwrap_or_else(empty_head);
        if let Some(error) = head.diagnostics.iter().find(|diagnostic| diagnostic.code.starts_with("limit/")) {
            return Err(LoadError::Failed(Box::new(error.clone())));
        }
        diagnostics.append(&mut head.diagnostics);
        match &head.status {
            Status::Invalid { message, line } if self.config.strict_front_matter || self.options.yaml == Mode::Strict => {
                return Err(failed(Diagnostic::error("yaml/invalid", message.clone()).at_line(*line)));
            }
            Status::NotAMap if self.is_strict() => {
                return Err(failed(Diagnostic::error("yaml/not-a-map", "the head of a page is not a map")));
            }
            _ => {}
        }
        let own = head.data();
        if own.get("permalink") == Some(&Value::from("")) {
            diagnostics.push(self.abort("yaml/value", "the permalink of a page is empty")?);
        }
        let mut data = self.defaults.all(path, Some("pages")).unwrap_or_default();
        let default_permalink = self.defaults.find(path, Some("pages"), "permalink").cloned();
        let set = own.get("permalink").cloned().or(default_permalink);
        merge(&mut data, &own);
        let skipped = (own.get("published").is_some_and(|value| !is_true(Some(value))) && !self.config.unpublished)
            .then(|| "published: false".to_owned());
        let output_extension = self.output_extension(&extension, set.as_ref());
        let url = self.page_url(path, set.as_ref().filter(|value| is_true(Some(value))), &output_extension);
        let date = match data.get("date") {
            Some(value) => parse_date(&date::date_text(value), &self.config.zone, &self.now),
            None => None,
        };
        Ok(Loaded {
            data,
            head,
            is_filled_in: true,
            source_bytes: text.len(),
            body: split.body.to_owned(),
            body_line: split.body_line,
            date,
            date_is_build_time: false,
            date_is_filled_in: false,
            url,
            url_error: None,
            extension,
            output_extension,
            is_draft: false,
            skipped,
            diagnostics,
        })
    }

    /// Reads a collection's file of YAML: all of it is the document's data, nothing is filled in.
    pub(crate) fn load_data_document(&self, path: &str, relative: &str, label: &str) -> Result<Loaded, LoadError> {
        let mut diagnostics = Vec::new();
        let text = self.read_text(path, true, &mut diagnostics)?;
        let data = match postferry_frontmatter::read_yaml(&text) {
            Ok(Value::Map(data)) => data,
            Ok(_) => Map::new(),
            Err(error) => return Err(failed(Diagnostic::error("yaml/invalid", error.message).at_line(error.line))),
        };
        let extension = name::extension(path).to_owned();
        let mut loaded = Loaded {
            skipped: self.reason_to_skip(&data, SourceKind::Document, &self.now),
            head: empty_head(),
            is_filled_in: false,
            source_bytes: 0,
            body: String::new(),
            body_line: 1,
            date: Some(self.now),
            date_is_build_time: true,
            date_is_filled_in: true,
            url: String::new(),
            url_error: None,
            output_extension: self.output_extension(&extension, data.get("permalink")),
            extension,
            is_draft: false,
            diagnostics,
            data,
        };
        if loaded.skipped.is_none() {
            self.set_url(&mut loaded, relative, label);
        }
        Ok(loaded)
    }

    fn page_url(&self, path: &str, permalink: Option<&Value>, output_extension: &str) -> String {
        let (folder, file) = crate::tree::split(path);
        let folder = if folder.is_empty() { String::new() } else { format!("/{folder}") };
        let base_name = file[..file.len() - name::extension(file).len()].trim_end_matches('.');
        let template = match permalink {
            Some(permalink) => ruby::to_s(permalink),
            None if !matches!(output_extension, ".html" | ".xhtml" | ".htm") => "/:path/:basename:output_ext".to_owned(),
            None if base_name == "index" => "/:path/".to_owned(),
            None => permalink::with_ending_of("/:path/:basename", &self.config.permalink),
        };
        permalink::page_url(&template, &folder, base_name, output_extension)
    }
}
