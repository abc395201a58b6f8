//! A body to HTML and to the tree, in Jekyll's order: Liquid, Markdown; then the excerpt the same way.

use postferry_doc::{Diagnostic, Value};
use postferry_html::{ReadOptions, read, read_pieces};

use crate::engine::Converted;
use crate::excerpt::excerpt_of;
use crate::post::Post;
use crate::source::{Source, SourceKind};
use crate::{Site, ruby};

impl Site<'_> {
    /// Fills in a post's content, excerpt and tree.
    ///
    /// # Errors
    /// Says why the post fails: what ends Jekyll's build, where the options ask for that.
    pub(crate) fn render(&self, source: &Source, post: &mut Post) -> Result<(), Vec<Diagnostic>> {
        let body = std::mem::take(&mut post.body);
        let text = self.expand(source, post, &body)?;
        let converted = self.convert(text.as_deref().unwrap_or(&body), &post.extension);
        let excerpt = self.excerpt_source(source, post, &body);
        if let Some(excerpt) = excerpt {
            post.excerpt_html = Some(if excerpt == body {
                converted.html.clone()
            } else {
                let text = self.expand(source, post, &excerpt)?;
                self.convert(text.as_deref().unwrap_or(&excerpt), &post.extension).html
            });
        }
        post.is_expanded = text.is_some();
        post.body = body;
        for (line, message) in converted.warnings {
            let diagnostic = Diagnostic::note("kramdown/warning", message);
            post.diagnostics.push(match line.filter(|_| !post.is_expanded) {
                Some(line) => diagnostic.at_line(line + post.body_line - 1),
                None => diagnostic,
            });
        }
        let mut options = ReadOptions::default();
        options.limits = self.context.options.limits.clone();
        let reading = if converted.pieces.is_empty() || post.is_expanded {
            read(&converted.html, &options)
        } else {
            read_pieces(&converted.html, &converted.pieces, &options)
        };
        post.document.blocks = reading.blocks;
        post.document.notes = reading.notes;
        post.document.origins = reading.origins;
        post.diagnostics.extend(reading.diagnostics);
        post.content = converted.html;
        Ok(())
    }

    /// Renders the Liquid of a body; nothing where it holds none.
    fn expand(&self, _source: &Source, post: &mut Post, text: &str) -> Result<Option<String>, Vec<Diagnostic>> {
        let has_liquid = text.contains("{{") || text.contains("{%");
        let is_off = post.data.get("render_with_liquid") == Some(&Value::Bool(false));
        if !has_liquid || is_off || matches!(post.extension.as_str(), ".coffee" | ".yml" | ".yaml") {
            return Ok(None);
        }
        Ok(None)
    }

    /// Makes HTML of a text by the extension of its file; what is not Markdown stays as it is.
    fn convert(&self, text: &str, extension: &str) -> Converted {
        if self.config().is_markdown(extension) {
            return self.engine.convert(text);
        }
        Converted { html: text.to_owned(), ..Converted::default() }
    }

    /// The excerpt before rendering, where the head gives none and one is to be made.
    fn excerpt_source(&self, source: &Source, post: &Post, body: &str) -> Option<String> {
        if post.excerpt_is_given || !post.is_filled_in {
            return None;
        }
        if source.kind == SourceKind::Page && !crate::merge::is_true(self.config().map.get("page_excerpts")) {
            return None;
        }
        let own = crate::merge::truthy(&post.data, "excerpt_separator").map(ruby::to_s);
        let separator = own.unwrap_or_else(|| self.config().excerpt_separator.clone());
        (!separator.is_empty()).then(|| excerpt_of(body, &separator))
    }
}
