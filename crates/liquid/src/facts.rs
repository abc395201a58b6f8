//! What a template uses, without rendering it: tags, filters, includes, keys.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::condition::Condition;
use crate::expression::{Expression, Key};
use crate::filtered::Filtered;
use crate::plugin::Meaning;
use crate::template::{Body, CycleName, NodeKind, Offset, Template, Wording};
use crate::value::Value;

/// What a template uses. Lists are in the order of the text; what stands in comments and in `raw` is not used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// Tags that nobody knows.
    pub unknown_tags: Vec<Use>,
    /// Tags of plugins that the table knows, with what becomes of each.
    pub plugin_tags: Vec<(Use, TagFate)>,
    /// Filters that nobody knows.
    pub unknown_filters: Vec<Use>,
    /// Files that `include` names in plain text; names that hold outputs are not here.
    pub includes: Vec<Use>,
    /// Whether some include's name is known only when the template is rendered.
    pub includes_any: bool,
    /// Every key that is looked up or named in a text that is given to a filter.
    pub keys: BTreeSet<Arc<str>>,
}

/// Something that a template uses, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Its name.
    pub name: Arc<str>,
    /// The line of the template, from 1.
    pub line: u32,
}

/// What becomes of a plugin's tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TagFate {
    /// Nothing is written.
    Dropped,
    /// It stays as it is written.
    Kept,
    /// HTML is written in its place.
    Replaced,
    /// It is rendered as the plugin would.
    Rendered,
}

impl Template {
    /// Says what the template uses. Only templates that were parsed in tolerant mode can hold unknown tags.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for warning in self.warnings() {
            let list = match warning.code {
                "liquid/unknown-filter" => &mut facts.unknown_filters,
                "liquid/unknown-tag" => &mut facts.unknown_tags,
                _ => continue,
            };
            let name = warning.message.split('`').nth(1).unwrap_or_default();
            list.push(Use { name: Arc::from(name), line: warning.line });
        }
        facts.body(&self.body);
        facts
    }
}

impl Facts {
    /// Goes through a body; the parser bounds how deeply bodies nest.
    fn body(&mut self, body: &Body) {
        for node in &body.nodes {
            match &node.kind {
                NodeKind::Text
                | NodeKind::Raw(_)
                | NodeKind::Comment
                | NodeKind::Count { .. }
                | NodeKind::Break
                | NodeKind::Continue
                | NodeKind::Kept(_)
                | NodeKind::PostUrl(_) => {}
                NodeKind::Output(value) | NodeKind::Assign { value, .. } => self.filtered(value),
                NodeKind::Capture { body, .. } | NodeKind::IfChanged(body) | NodeKind::Highlight { body, .. } => self.body(body),
                NodeKind::If { branches, .. } => {
                    for branch in branches {
                        branch.condition.iter().for_each(|condition| self.condition(condition));
                        self.body(&branch.body);
                    }
                }
                NodeKind::Case(case) => {
                    self.expression(&case.value);
                    for arm in &case.arms {
                        arm.values.iter().flatten().for_each(|value| self.expression(value));
                        self.body(&arm.body);
                    }
                }
                NodeKind::For(tag) => {
                    self.expression(&tag.collection);
                    tag.limit.iter().for_each(|limit| self.expression(limit));
                    if let Offset::At(offset) = &tag.offset {
                        self.expression(offset);
                    }
                    self.body(&tag.body);
                    tag.otherwise.iter().for_each(|body| self.body(body));
                }
                NodeKind::TableRow(tag) => {
                    self.expression(&tag.collection);
                    let numbers = [&tag.columns, &tag.offset, &tag.limit];
                    numbers.into_iter().flatten().for_each(|number| self.expression(number));
                    self.body(&tag.body);
                }
                NodeKind::Cycle(cycle) => {
                    if let CycleName::Given(name) = &cycle.name {
                        self.expression(name);
                    }
                    cycle.values.iter().for_each(|value| self.expression(value));
                }
                NodeKind::Include(include) => {
                    match &include.file {
                        Wording::Plain(name) if !include.relative => {
                            self.includes.push(Use { name: Arc::from(&**name), line: node.line });
                        }
                        Wording::Plain(_) => {}
                        Wording::Template(template) => {
                            self.includes_any = true;
                            if let Ok(template) = template {
                                self.body(&template.body);
                            }
                        }
                    }
                    include.parameters.iter().flatten().for_each(|(_, value)| self.expression(value));
                }
                NodeKind::Link(wording) => {
                    if let Wording::Template(Ok(template)) = wording {
                        self.body(&template.body);
                    }
                }
                NodeKind::Plugin(plugin) => {
                    let tag = Use { name: Arc::from(&*plugin.name), line: node.line };
                    let fate = match &plugin.tag.meaning {
                        Meaning::Drop => TagFate::Dropped,
                        Meaning::Keep => TagFate::Kept,
                        Meaning::Content | Meaning::Template(_) => TagFate::Replaced,
                        Meaning::Include | Meaning::Host => TagFate::Rendered,
                    };
                    self.plugin_tags.push((tag, fate));
                    plugin.body.iter().for_each(|body| self.body(body));
                }
            }
        }
    }

    fn filtered(&mut self, filtered: &Filtered) {
        self.expression(&filtered.start);
        for call in &filtered.filters {
            for argument in call.arguments.iter().chain(call.named.iter().map(|(_, value)| value)) {
                self.expression(argument);
                if let Expression::Literal(Value::Str(text)) = argument {
                    // `where_exp: "post", "post.author == page.name"` names its keys in a text.
                    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
                    self.keys.extend(words.filter(|word| !word.is_empty()).map(Arc::from));
                }
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        for (comparison, _) in &condition.parts {
            self.expression(&comparison.left);
            comparison.right.iter().for_each(|(_, right)| self.expression(right));
        }
    }

    /// Goes through an expression; its parser bounds how deeply it nests.
    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Literal(_) => {}
            Expression::Range(ends) => {
                self.expression(&ends.0);
                self.expression(&ends.1);
            }
            Expression::Path(path) => {
                if let Key::Bracket(inside) = &path.name {
                    self.expression(inside);
                }
                for key in &path.keys {
                    match key {
                        Key::Word(word) | Key::Command(word) => {
                            self.keys.insert(Arc::clone(word));
                        }
                        Key::Bracket(Expression::Literal(Value::Str(word))) => {
                            self.keys.insert(Arc::clone(word));
                        }
                        Key::Bracket(inside) => self.expression(inside),
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plugin::TagTable;
    use crate::template::ParseOptions;

    fn facts(text: &str) -> Facts {
        let options = ParseOptions::tolerant(Arc::new(TagTable::common()));
        Template::parse(text, &options).expect("the mode is tolerant").facts()
    }

    fn names(uses: &[Use]) -> Vec<(&str, u32)> {
        uses.iter().map(|found| (&*found.name, found.line)).collect()
    }

    #[test]
    fn what_is_unknown_is_named_with_its_lines() {
        let found =
            facts("{% nope a %}\n{{ x | strange }}\n{% if y %}{% nope %}{% endif %}{% comment %}{% never %}{% endcomment %}");
        assert_eq!(names(&found.unknown_tags), [("nope", 1), ("nope", 3)]);
        assert_eq!(names(&found.unknown_filters), [("strange", 2)]);
    }

    #[test]
    fn includes_and_plugins_tags_are_found() {
        let found =
            facts("{% include a.html x=page.b %}\n{% include_cached c.html %}{% include {{ d }} %}{% gist 1 %}{% img /x.png %}");
        assert_eq!(names(&found.includes), [("a.html", 1), ("c.html", 2)]);
        assert!(found.includes_any);
        let fates: Vec<_> = found.plugin_tags.iter().map(|(tag, fate)| (&*tag.name, *fate)).collect();
        assert_eq!(fates, [("gist", TagFate::Replaced), ("img", TagFate::Replaced)]);
    }

    #[test]
    fn keys_are_those_that_are_looked_up() {
        let found =
            facts("{{ page.a.b['c d'] }}{% for p in site.posts %}{% if p.e %}{% endif %}{% endfor %}{{ x | where: 'f', 1 }}");
        let keys: Vec<&str> = found.keys.iter().map(|key| &**key).collect();
        assert_eq!(keys, ["a", "b", "c d", "e", "f", "posts"]);
    }
}
