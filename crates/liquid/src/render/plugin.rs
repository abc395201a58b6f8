//! Renders the tags of plugins by what the table says of them.

use std::sync::Arc;

use super::Renderer;
use crate::error::Error;
use crate::octopress;
use crate::plugin::{Meaning, TagCall};
use crate::template::{Node, Plugin, Template};
use crate::value::{Map, Value};

impl Renderer<'_> {
    pub(super) fn render_plugin(
        &mut self,
        template: &Template,
        node: &Node,
        plugin: &Plugin,
        out: &mut String,
    ) -> Result<(), Error> {
        if matches!(plugin.tag.meaning, Meaning::Keep) {
            self.keep(template, node, &plugin.name, out);
            return Ok(());
        }
        let content = match &plugin.body {
            Some(body) => {
                let mut text = String::new();
                self.render_body(template, body, &mut text)?;
                Some(text)
            }
            None => None,
        };
        match &plugin.tag.meaning {
            Meaning::Drop | Meaning::Include | Meaning::Keep => {}
            Meaning::Content => out.push_str(content.as_deref().unwrap_or_default()),
            Meaning::Host => {
                let call = TagCall { name: &plugin.name, markup: &plugin.markup, content: content.as_deref(), line: node.line };
                match self.host.plugin_tag(&call) {
                    Some(text) => out.push_str(&text),
                    None => self.keep(template, node, &plugin.name, out),
                }
            }
            Meaning::Template(text) => {
                let tag = plugin_arguments(plugin, content);
                let inner = Arc::clone(text.parsed.as_ref().map_err(Clone::clone)?);
                self.in_scope(|renderer| {
                    renderer.scopes.set_word("tag", tag);
                    renderer.render_body(&inner, &inner.body, out)
                })?;
            }
        }
        Ok(())
    }
}

/// What a plugin's template sees as `tag`.
fn plugin_arguments(plugin: &Plugin, content: Option<String>) -> Value {
    let mut map = Map::new();
    for (name, value) in octopress::arguments(&plugin.name, &plugin.markup) {
        map.set(name, value);
    }
    for (name, value) in &plugin.arguments.named {
        map.set(name, value.as_str());
    }
    map.set("name", &*plugin.name);
    map.set("markup", &*plugin.markup);
    let words = plugin.arguments.words.iter().map(|word| Value::from(word.as_str())).collect();
    map.set("words", Value::list(words));
    if let Some(content) = content {
        if &*plugin.name == "pullquote" {
            map.set("pullquote", content.replace("{\" ", "").replace(" \"}", ""));
        }
        map.set("lines", content.trim_matches(['\n', '\r']));
        map.set("content", content);
    }
    Value::from(map)
}
