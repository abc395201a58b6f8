//! A body to HTML and to the tree, in Jekyll's order: Liquid, Markdown; then the excerpt the same way.

use std::sync::Arc;

use postferry_doc::{Diagnostic, Map, Origin, Value};
use postferry_html::{ReadOptions, read, read_pieces};
use postferry_liquid::{self as liquid, Template, Warning};

use crate::engine::Converted;
use crate::excerpt::excerpt_of;
use crate::host::{Globals, SiteHost};
use crate::kept::Marks;
use crate::merge::{is_true, truthy};
use crate::post::{Expanded, Post};
use crate::ruby;
use crate::saved_page;
use crate::site::Core;
use crate::source::{Source, SourceKind};
use crate::source_object::ExcerptObject;
use crate::templates::Part;

/// A text after Liquid, with marks in place of what was not rendered.
pub(crate) struct Marked {
    pub(crate) text: String,
    marks: Marks,
}

/// A text after Liquid and Markdown.
struct Rendered {
    converted: Converted,
    /// The text between the two, where Liquid was rendered.
    marked: Option<Marked>,
    diagnostics: Vec<Diagnostic>,
}

impl Core {
    /// Fills in a post's content, excerpt and tree.
    ///
    /// # Errors
    /// Says why the post fails: what ends Jekyll's build, where the options ask for that.
    pub(crate) fn render(&self, number: u32, post: &mut Post) -> Result<(), Vec<Diagnostic>> {
        let source = self.at(number);
        let page = self.object(number);
        let rendered = self.render_text((number, Part::Content), page.clone(), &post.body, &post.data, &post.extension);
        let Rendered { converted, mut marked, diagnostics } = rendered.map_err(|error| vec![*error])?;
        let is_expanded = marked.is_some();
        let in_file = |mut diagnostic: Diagnostic, first_line: u32| {
            diagnostic.place.line =
                diagnostic.place.line.filter(|_| diagnostic.place.path.is_empty()).map(|line| line + first_line - 1);
            diagnostic
        };
        let first_line = post.body_line;
        post.diagnostics.extend(diagnostics.into_iter().map(|diagnostic| in_file(diagnostic, first_line)));
        for (line, message) in &converted.warnings {
            let warning = |message: &str| Diagnostic::note("kramdown/warning", message);
            post.diagnostics.push(match line.filter(|_| !is_expanded) {
                Some(line) => warning(&without_line(message, line)).at_line(line + first_line - 1),
                None => warning(message),
            });
        }
        if post.collection == "posts" && post.body_line > 1 && post.body.trim().is_empty() {
            post.diagnostics.push(Diagnostic::note("post/empty", "the post has a head and no content"));
        }
        let mut options = ReadOptions::default();
        options.limits = self.context.options.limits.clone();
        let read_diagnostics = if self.context.options.whole_pages && saved_page::is_page(&converted.html) {
            saved_page::read_into(post, &converted.html, &options)
        } else {
            let reading = if converted.pieces.is_empty() {
                read(&converted.html, &options)
            } else {
                read_pieces(&converted.html, &converted.pieces, &options)
            };
            post.document.blocks = reading.blocks;
            post.document.notes = reading.notes;
            match &mut marked {
                Some(marked) => post.expanded = Some(marked.take_lines(reading.origins)),
                None => post.document.origins = reading.origins,
            }
            reading.diagnostics
        };
        post.diagnostics.extend(read_diagnostics);
        if let Some(marks) = marked.as_ref().map(|marked| &marked.marks).filter(|marks| !marks.kept.is_empty()) {
            marks.restore(&mut post.document.blocks);
            post.document.notes.iter_mut().for_each(|note| marks.restore(&mut note.blocks));
        }
        let (content, without_marks) = Rendered { converted, marked, diagnostics: Vec::new() }.into_html();
        post.content = content;
        if let Some(excerpt) = self.excerpt_source(source, post) {
            let (html, without_marks) = if excerpt == post.body && !is_expanded {
                (post.content.clone(), without_marks)
            } else {
                let page = liquid::Value::Object(Arc::new(ExcerptObject { document: page, text: excerpt.clone() }));
                let rendered = self.render_text((number, Part::Excerpt), page, &excerpt, &post.data, &post.extension);
                rendered.map_err(|error| vec![*error])?.into_html()
            };
            post.excerpt_html = Some(html);
            post.excerpt_without_marks = without_marks;
        }
        Ok(())
    }

    /// The content or the excerpt of a document, for templates that show it; nothing where it cannot be rendered.
    pub(crate) fn part_html(&self, number: u32, part: Part) -> Option<Arc<str>> {
        if let Some(known) = self.templates.rendered.get(&(number, part)) {
            return Some(known);
        }
        let shelved = self.shelved(number)?;
        let loaded = &shelved.loaded;
        let given = truthy(&loaded.data, "excerpt").map(ruby::to_s);
        let (text, page) = match part {
            Part::Content => (loaded.body.clone(), self.object(number)),
            Part::Excerpt if given.is_some() => return given.map(Arc::from),
            Part::Excerpt if !loaded.is_filled_in => return Some(Arc::from("")),
            Part::Excerpt => {
                let separator = self.separator(&loaded.data);
                if separator.is_empty() {
                    return Some(Arc::from(""));
                }
                let text = excerpt_of(&loaded.body, &separator);
                let page = ExcerptObject { document: self.object(number), text: text.clone() };
                (text, liquid::Value::Object(Arc::new(page)))
            }
        };
        let rendered = self.render_text((number, part), page, &text, &loaded.data, &loaded.extension).ok()?;
        let html: Arc<str> = rendered.into_html().0.into();
        self.templates.rendered.keep((number, part), Arc::clone(&html), html.len() + 64);
        Some(html)
    }

    fn render_text(
        &self,
        (number, part): (u32, Part),
        page: liquid::Value,
        text: &str,
        data: &Map,
        extension: &str,
    ) -> Result<Rendered, Box<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let marked = self.expand((number, part), page, text, data, extension, &mut diagnostics)?;
        let text = marked.as_ref().map_or(text, |marked| marked.text.as_str());
        let converted = if self.context.config.is_markdown(extension) {
            self.engine.convert(text)
        } else {
            Converted { html: text.to_owned(), ..Converted::default() }
        };
        Ok(Rendered { converted, marked, diagnostics })
    }

    /// Renders the Liquid of a text; nothing where it holds none.
    pub(crate) fn expand(
        &self,
        (number, part): (u32, Part),
        page: liquid::Value,
        text: &str,
        data: &Map,
        extension: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Option<Marked>, Box<Diagnostic>> {
        let has_liquid = text.contains("{{") || text.contains("{%");
        let is_off = data.get("render_with_liquid") == Some(&Value::Bool(false));
        // Of documents these are never templates; of pages every one may be.
        let is_data = self.at(number).kind != SourceKind::Page && matches!(extension, ".coffee" | ".yml" | ".yaml");
        if !has_liquid || is_off || is_data {
            return Ok(None);
        }
        let templates = &self.templates;
        let Some(_entered) = templates.enter(number, part) else { return Ok(None) };
        let template = Template::parse(text, &templates.options).map_err(|error| Box::new(self.failure(&error)))?;
        let source = self.at(number);
        let host = SiteHost { core: self, folder: crate::tree::split(&source.path).0 };
        let is_markdown = self.context.config.is_markdown(extension);
        let globals = Globals { site: self.site_object(), page, layout: self.layout_of(data), is_markdown };
        let rendered = template.render(&globals, &host, templates.mode, &templates.limits);
        if let Some(error) = &rendered.error {
            let failure = self.failure(error);
            if self.is_strict() {
                return Err(Box::new(failure));
            }
            diagnostics.push(failure);
            return Ok(None);
        }
        for warning in template.warnings().iter().chain(&rendered.warnings) {
            if self.is_strict() && self.is_refused(warning) {
                return Err(Box::new(self.placed(
                    Diagnostic::error("liquid/error", warning.message.clone()),
                    warning.line,
                    None,
                )));
            }
            diagnostics.push(self.diagnostic_of(warning));
        }
        Ok(Some(Marked { text: rendered.text, marks: Marks { marker: rendered.marker, kept: rendered.kept } }))
    }

    /// Says whether the site's `liquid` options have a build end at what is only odd otherwise.
    fn is_refused(&self, warning: &Warning) -> bool {
        let options = self.context.config.map.get("liquid").and_then(Value::as_map);
        let option = |key: &str| options.and_then(|options| options.get(key));
        match warning.code {
            "liquid/unknown-filter" => is_true(option("strict_filters")),
            "liquid/lax-syntax" => option("error_mode").and_then(Value::as_str) == Some("strict"),
            _ => false,
        }
    }

    fn is_strict(&self) -> bool {
        self.context.is_strict()
    }

    fn failure(&self, error: &liquid::Error) -> Diagnostic {
        let code = match error.kind {
            liquid::ErrorKind::Limit => "limit/liquid",
            liquid::ErrorKind::UnknownTag => "liquid/unknown-tag",
            _ => "liquid/error",
        };
        let message = error.message.clone();
        let diagnostic = if self.is_strict() { Diagnostic::error(code, message) } else { Diagnostic::warning(code, message) };
        self.placed(diagnostic, error.line, error.template.as_deref())
    }

    fn diagnostic_of(&self, warning: &Warning) -> Diagnostic {
        let message = warning.message.clone();
        let diagnostic = match warning.code {
            "liquid/unknown-filter" => Diagnostic::warning("liquid/unknown-filter", message),
            "liquid/unknown-tag" => Diagnostic::warning("liquid/unknown-tag", message),
            "limit/liquid" => Diagnostic::warning("limit/liquid", message),
            "liquid/lax-syntax" => Diagnostic::note("liquid/error", message),
            _ => Diagnostic::warning("liquid/error", message),
        };
        self.placed(diagnostic, warning.line, warning.template.as_deref())
    }

    /// Says where: a line of the body, or of an include.
    fn placed(&self, mut diagnostic: Diagnostic, line: u32, template: Option<&str>) -> Diagnostic {
        diagnostic.place.line = Some(line).filter(|line| *line > 0);
        if let Some(template) = template {
            let folder = self.context.config.text("includes_dir").unwrap_or_default();
            let folder = crate::tree::join(&self.context.config.source, folder.trim_matches('/'));
            diagnostic.place.path =
                template.strip_prefix("./").map_or_else(|| crate::tree::join(&folder, template), str::to_owned);
        }
        diagnostic
    }

    /// What the head of the document's layout says.
    fn layout_of(&self, data: &Map) -> liquid::Value {
        let Some(Value::String(name)) = data.get("layout") else { return liquid::Value::Nil };
        let folder = self.context.config.text("layouts_dir").unwrap_or_default();
        let prefix = format!("{}/{name}.", folder.trim_matches('/'));
        let Some(path) = self.context.tree.first_with(&prefix) else { return liquid::Value::Nil };
        let Ok(bytes) = self.context.files.read(&crate::tree::join(&self.context.config.source, path)) else {
            return liquid::Value::Nil;
        };
        let text = String::from_utf8_lossy(&bytes);
        let head = postferry_frontmatter::split(&text).head.unwrap_or_default();
        let head = postferry_frontmatter::read(head, postferry_frontmatter::Mode::Jekyll, 1);
        crate::liquid_value::map_to_liquid(&head.data()).into()
    }

    /// The excerpt before rendering, where the head gives none and one is to be made.
    fn excerpt_source(&self, source: &Source, post: &Post) -> Option<String> {
        if post.excerpt_is_given || !post.is_filled_in {
            return None;
        }
        if source.kind == SourceKind::Page && !is_true(self.context.config.map.get("page_excerpts")) {
            return None;
        }
        let separator = self.separator(&post.data);
        (!separator.is_empty()).then(|| excerpt_of(&post.body, &separator))
    }

    /// Where an excerpt ends; empty where none is made.
    pub(crate) fn separator(&self, data: &Map) -> String {
        truthy(data, "excerpt_separator").map_or_else(|| self.context.config.excerpt_separator.clone(), ruby::to_s)
    }
}

/// A warning without its line, which counts in the body: the diagnostic names the line of the file.
fn without_line(message: &str, line: u32) -> String {
    let phrases = [format!(" on line {line}"), format!(" (line {line})")];
    let found = phrases.iter().filter_map(|phrase| Some((message.rfind(phrase)?, phrase.len()))).max();
    found.map_or_else(|| message.to_owned(), |(at, length)| [&message[..at], &message[at + length..]].concat())
}

impl Marked {
    /// Takes the text, with what its marks stand for; `origins` count lines in the text with marks.
    fn take_lines(&mut self, mut origins: Vec<Origin>) -> Expanded {
        if self.marks.kept.is_empty() {
            return Expanded { text: std::mem::take(&mut self.text), origins };
        }
        self.marks.shift_lines(&self.text, &mut origins);
        Expanded { text: self.marks.spelled_out(&self.text), origins }
    }
}

impl Rendered {
    /// The HTML that Jekyll has, and the HTML without a highlighter's marks where that differs.
    fn into_html(self) -> (String, Option<String>) {
        let spelled_out = |html: String| match &self.marked {
            Some(Marked { marks, .. }) if !marks.kept.is_empty() => marks.spelled_out(&html),
            _ => html,
        };
        match self.converted.marked {
            Some(marked) => (spelled_out(marked), Some(spelled_out(self.converted.html))),
            None => (spelled_out(self.converted.html), None),
        }
    }
}
