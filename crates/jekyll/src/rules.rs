//! What a caller says about the tags of plugins.

use postferry_liquid::{Meaning, ParseOptions, TagTable, Template};

/// What a plugin's tag means, in place of what the table of known tags says.
///
/// ```
/// use postferry_jekyll::{TagMeaning, TagRule};
///
/// let rule = TagRule { name: "note".into(), meaning: TagMeaning::Template("<p>{{ tag.content }}</p>".into()), block: true };
/// assert!(rule.check().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRule {
    /// The tag's name.
    pub name: String,
    /// What is written in its place.
    pub meaning: TagMeaning,
    /// Whether `{% name %}` goes on to `{% endname %}`.
    pub block: bool,
}

/// What is written in the place of a plugin's tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagMeaning {
    /// Nothing.
    Drop,
    /// The tag as it stands, for the target to make something of it.
    Keep,
    /// The content of a block, without its tags.
    Content,
    /// What `include` with the same arguments writes.
    Include,
    /// A Liquid template. It sees `tag.markup`, `tag.words`, each named argument under its name, and for a block
    /// `tag.content` and `tag.lines`.
    Template(String),
}

impl TagRule {
    /// Checks that a template can be parsed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        match &self.meaning {
            TagMeaning::Template(text) => {
                Template::parse(text, &ParseOptions::strict()).map(|_| ()).map_err(|error| error.to_string())
            }
            TagMeaning::Drop | TagMeaning::Keep | TagMeaning::Content | TagMeaning::Include => Ok(()),
        }
    }
}

/// Puts rules into the table, later ones over earlier ones.
pub(crate) fn apply(rules: &[TagRule], table: &mut TagTable) {
    for rule in rules {
        let meaning = match &rule.meaning {
            TagMeaning::Drop => Meaning::Drop,
            TagMeaning::Keep => Meaning::Keep,
            TagMeaning::Content => Meaning::Content,
            TagMeaning::Include => Meaning::Include,
            TagMeaning::Template(text) => Meaning::template(text),
        };
        table.set(&rule.name, meaning, rule.block);
    }
}
