//! Renders Jekyll's tags.

use std::borrow::Cow;
use std::sync::Arc;

use super::Renderer;
use crate::display;
use crate::error::{Error, ErrorKind};
use crate::evaluate::evaluate;
use crate::host::HighlightOptions;
use crate::tags;
use crate::template::{Body, Include, Template, Wording};
use crate::value::{Map, Value};

impl Renderer<'_> {
    fn wording<'t>(&mut self, wording: &'t Wording) -> Result<Cow<'t, str>, Error> {
        match wording {
            Wording::Plain(text) => Ok(Cow::Borrowed(text)),
            Wording::Template(Ok(template)) => {
                let mut text = String::new();
                self.render_body(template, &template.body, &mut text)?;
                Ok(Cow::Owned(text))
            }
            Wording::Template(Err(error)) => Err(error.clone()),
        }
    }

    pub(super) fn render_include(&mut self, include: &Include, out: &mut String) -> Result<(), Error> {
        let name = self.wording(&include.file)?;
        if !tags::is_include_name(&name) {
            return Err(tags::tag_argument(format!("`{name}` cannot be the name of an include")));
        }
        let path = name.strip_prefix('/').unwrap_or(&name);
        let found = if include.relative { self.host.include_relative(path) } else { self.host.include(path) };
        let template =
            found.ok_or_else(|| Error::new(ErrorKind::MissingInclude, format!("the included file `{name}` is not there")))??;
        self.in_scope(|renderer| {
            if let Some(parameters) = &include.parameters {
                let mut map = Map::new();
                for (name, expression) in parameters {
                    let value = evaluate(expression, &renderer.scopes)?;
                    map.insert(Value::Str(Arc::clone(name)), value);
                }
                renderer.scopes.set_word("include", Value::from(map));
            }
            renderer.render_body(&template, &template.body, out)
        })
        .map_err(|error| error.within(&template.name))
    }

    pub(super) fn render_link(&mut self, path: &Wording, out: &mut String) -> Result<(), Error> {
        let path = self.wording(path)?;
        let url = self
            .host
            .link(&path)
            .ok_or_else(|| Error::new(ErrorKind::MissingLink, format!("the document `{path}` that `link` names is not there")))?;
        out.push_str(&url);
        Ok(())
    }

    pub(super) fn render_post_url(&mut self, name: &str, out: &mut String) -> Result<(), Error> {
        let url = self
            .host
            .post_url(name)
            .ok_or_else(|| Error::new(ErrorKind::MissingPost, format!("the post `{name}` that `post_url` names is not there")))?;
        out.push_str(&url);
        Ok(())
    }

    pub(super) fn render_highlight(
        &mut self,
        template: &Template,
        language: &str,
        options: &HighlightOptions,
        body: &Body,
        out: &mut String,
    ) -> Result<(), Error> {
        let mut code = String::new();
        self.render_body(template, body, &mut code)?;
        if body.blank {
            return Ok(());
        }
        display::write_text(&self.scopes.find("highlighter_prefix"), out);
        let marked_up = self.host.highlight(code.trim_matches(['\n', '\r']), options);
        out.push_str("<figure class=\"highlight\"><pre><code class=\"language-");
        out.push_str(&language.replace('+', "-"));
        out.push_str("\" data-lang=\"");
        out.push_str(language);
        out.push_str("\">");
        out.push_str(without_line_end(&marked_up));
        out.push_str("</code></pre></figure>");
        display::write_text(&self.scopes.find("highlighter_suffix"), out);
        Ok(())
    }
}

/// Ruby's `chomp`.
fn without_line_end(text: &str) -> &str {
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r'])).unwrap_or(text)
}
