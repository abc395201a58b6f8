//! The rules file: what a migration does in its own way.

use postferry_jekyll::{TagMeaning, TagRule};

/// Reads a rules file: TOML, a table for each tag of a plugin.
///
/// ```
/// let rules = r#"
/// [tags.youtube]
/// template = '<a href="https://youtu.be/{{ tag.words[0] }}">video</a>'
///
/// [tags.note]
/// block = true
/// meaning = "content"     # drop, keep, content or include
/// "#;
/// let tags = postferry::read_rules(rules)?;
/// assert_eq!((tags.len(), tags[0].name.as_str(), tags[0].block), (2, "note", true));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// What is wrong, with the tag it is about.
pub fn read_rules(text: &str) -> Result<Vec<TagRule>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let mut rules = Vec::new();
    for (key, value) in &table {
        let tags = value.as_table().filter(|_| key == "tags");
        let tags = tags.ok_or_else(|| format!("`{key}` is no part of a rules file; there is `[tags.NAME]`"))?;
        for (name, rule) in tags {
            rules.push(read_tag(name, rule).map_err(|why| format!("[tags.{name}]: {why}"))?);
        }
    }
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rules)
}

fn read_tag(name: &str, rule: &toml::Value) -> Result<TagRule, String> {
    let table = rule.as_table().ok_or("a table is needed")?;
    let (mut meaning, mut block) = (None, false);
    for (key, value) in table {
        match (key.as_str(), value) {
            ("block", toml::Value::Boolean(value)) => block = *value,
            ("template", toml::Value::String(text)) if meaning.is_none() => meaning = Some(TagMeaning::Template(text.clone())),
            ("meaning", toml::Value::String(word)) if meaning.is_none() => {
                meaning = Some(match word.as_str() {
                    "drop" => TagMeaning::Drop,
                    "keep" => TagMeaning::Keep,
                    "content" => TagMeaning::Content,
                    "include" => TagMeaning::Include,
                    _ => return Err(format!("`{word}` is no meaning; there are drop, keep, content and include")),
                });
            }
            ("template" | "meaning", toml::Value::String(_)) => return Err("`template` and `meaning` exclude each other".into()),
            (key, _) => return Err(format!("`{key}` is not known, or has the wrong type")),
        }
    }
    let rule = TagRule { name: name.to_owned(), meaning: meaning.ok_or("`template` or `meaning` is needed")?, block };
    rule.check()?;
    Ok(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named() {
        for (text, part) in [
            ("x = 1", "`x` is no part"),
            ("[tags.a]", "[tags.a]: `template` or `meaning`"),
            ("[tags.a]\nmeaning = 'fly'", "`fly` is no meaning"),
            ("[tags.a]\ntemplate = '{% if %}'", "[tags.a]: "),
            ("[tags.a]\nmeaning = 'drop'\ntemplate = ''", "exclude each other"),
            ("[tags.a]\nblocks = true", "`blocks` is not known"),
        ] {
            let error = read_rules(text).expect_err(text);
            assert!(error.contains(part), "{error}");
        }
    }
}
