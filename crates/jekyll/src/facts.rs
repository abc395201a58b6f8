//! What the templates of a site use, without rendering them.

use postferry_liquid::{Facts, Template};

use crate::site::Site;

impl Site {
    /// Says what a text's Liquid uses, with the tags that this site knows; nothing where the text cannot be parsed at all.
    pub fn template_facts(&self, text: &str) -> Facts {
        if !text.contains("{{") && !text.contains("{%") {
            return Facts::default();
        }
        Template::parse(text, &self.core.templates.options).map(|template| template.facts()).unwrap_or_default()
    }
}
