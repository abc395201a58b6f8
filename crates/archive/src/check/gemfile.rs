//! The plugins that a site asks for: in its configuration, in its Gemfile, in its own folder of plugins.

use postferry::{Config, Value};

/// A plugin that a site asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub name: String,
    /// The file and the key that ask for it.
    pub by: String,
}

/// Lists the plugins of a configuration and a Gemfile, each once, in order.
pub(crate) fn plugins_asked(config: &Config, gemfile: &str) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    let mut add = |name: &str, by: String| {
        if !name.is_empty() && found.iter().all(|known| known.name != name) {
            found.push(Asked { name: name.to_owned(), by });
        }
    };
    for key in ["plugins", "gems", "whitelist"] {
        // A text in place of a list names a folder of Ruby files.
        if let Some(Value::List(names)) = config.map.get(key) {
            names.iter().filter_map(Value::as_str).for_each(|name| add(name, format!("_config: {key}")));
        }
    }
    gems(gemfile).for_each(|name| add(name, "Gemfile".to_owned()));
    found
}

/// The gems that Jekyll loads of itself: the group `jekyll_plugins`, and what brings plugins along.
fn gems(gemfile: &str) -> impl Iterator<Item = &str> {
    let mut in_group = false;
    gemfile.lines().filter_map(move |line| {
        let line = line.trim();
        let words = line.split('#').next().unwrap_or_default();
        if words.starts_with("group") && words.ends_with("do") || words.starts_with("group") && words.contains(" do") {
            in_group = words.contains(":jekyll_plugins");
            return None;
        }
        if words.trim() == "end" {
            in_group = false;
            return None;
        }
        let rest = words.strip_prefix("gem ").or_else(|| words.strip_prefix("gem("))?;
        let quote = rest.chars().find(|c| matches!(c, '"' | '\''))?;
        let name = rest.split(quote).nth(1)?;
        (in_group || words.contains(":jekyll_plugins") || name == "github-pages").then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_group_of_plugins_counts() {
        let text = "gem 'jekyll'\ngem \"github-pages\", group: :x\ngroup :jekyll_plugins do\n  gem \"jekyll-feed\", \"~> 0.6\" # x\n  # gem \"no\"\nend\ngem 'jekyll-toc', group: [:jekyll_plugins]\ngem 'rake'\n";
        assert_eq!(gems(text).collect::<Vec<_>>(), ["github-pages", "jekyll-feed", "jekyll-toc"]);
    }
}
