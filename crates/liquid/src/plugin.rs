//! Tags of plugins: a table that says what each means.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Error;
use crate::scan;
use crate::template::{ParseOptions, Template};

/// What becomes of a plugin's tag.
#[derive(Clone)]
pub enum Meaning {
    /// Nothing is written.
    Drop,
    /// The tag stays as it is written, for a target to map.
    Keep,
    /// A block whose content is written and whose tags are not.
    Content,
    /// A Liquid template is written: it sees `tag.markup`, `tag.words`, each named argument under its name, and for a
    /// block `tag.content` and `tag.lines` (without the first and last line ends).
    Template(PluginTemplate),
    /// As `include` with the same arguments.
    Include,
    /// The host is asked.
    Host,
}

/// A template that stands for a plugin's tag, parsed once.
#[derive(Clone)]
pub struct PluginTemplate {
    pub(crate) parsed: Result<Arc<Template>, Error>,
}

/// A plugin's tag: its meaning, and whether it has an end.
#[derive(Clone)]
pub struct PluginTag {
    /// What becomes of it.
    pub meaning: Meaning,
    /// Whether `{% name %}` goes on to `{% endname %}`.
    pub block: bool,
}

/// One use of a plugin's tag.
#[derive(Debug)]
pub struct TagCall<'a> {
    /// The tag's name.
    pub name: &'a str,
    /// What stands behind the name.
    pub markup: &'a str,
    /// What stands between the tag and its end, rendered, when it is a block.
    pub content: Option<&'a str>,
    /// The line of the template, from 1.
    pub line: u32,
}

/// The plugins' tags that are known, by name.
#[derive(Clone, Default)]
pub struct TagTable {
    tags: HashMap<String, PluginTag>,
}

const YOUTUBE: &str = "<iframe width=\"560\" height=\"315\" \
src=\"https://www.youtube.com/embed/{{ tag.id | default: tag.words[0] | split: 'v=' | last | split: '&' | first \
| split: 'youtu.be/' | last }}\" frameborder=\"0\" allowfullscreen></iframe>";

const VIMEO: &str = "<iframe src=\"https://player.vimeo.com/video/{{ tag.id | default: tag.words[0] | split: '/' | last \
}}\" width=\"640\" height=\"360\" frameborder=\"0\" allowfullscreen></iframe>";

const GIST: &str = "<script src=\"https://gist.github.com/{{ tag.words[0] }}.js\
{% if tag.words[1] %}?file={{ tag.words[1] }}{% endif %}\"> </script>";

const IMG: &str = "<img{% if tag.image_class %} class=\"{{ tag.image_class }}\"{% endif %} \
src=\"{{ tag.image_source }}\"{% if tag.image_width %} width=\"{{ tag.image_width }}\"{% endif %}\
{% if tag.image_height %} height=\"{{ tag.image_height }}\"{% endif %}\
{% if tag.image_title %} title=\"{{ tag.image_title | escape }}\"{% endif %}\
{% if tag.image_alt %} alt=\"{{ tag.image_alt | escape }}\"{% endif %}>";

const BLOCKQUOTE: &str = "<blockquote>{{ tag.content | strip | markdownify | strip }}\
{% if tag.quote_author %}<footer><strong>{{ tag.quote_author }}</strong>\
{% if tag.quote_url %} <cite><a href=\"{{ tag.quote_url }}\">{{ tag.quote_title | default: tag.quote_url }}</a></cite>\
{% elsif tag.quote_title %} <cite>{{ tag.quote_title }}</cite>{% endif %}</footer>{% endif %}</blockquote>";

const PULLQUOTE: &str = "<span class=\"pullquote\">{{ tag.pullquote }}</span>";

const CODEBLOCK: &str = "<figure class=\"highlight\">{% if tag.code_title %}<figcaption>{{ tag.code_title }}\
{% if tag.code_url %} <a href=\"{{ tag.code_url }}\">{{ tag.code_link }}</a>{% endif %}</figcaption>{% endif %}\
<pre><code{% if tag.code_language %} class=\"language-{{ tag.code_language }}\" data-lang=\"{{ tag.code_language }}\"\
{% endif %}>{{ tag.lines | escape }}</code></pre></figure>";

const VIDEO: &str = "<video controls{% if tag.words[2] %} width=\"{{ tag.words[1] }}\" height=\"{{ tag.words[2] }}\"\
{% endif %}{% if tag.words[3] %} poster=\"{{ tag.words[3] }}\"{% endif %}><source src=\"{{ tag.words[0] }}\"></video>";

const OEMBED: &str = "<a href=\"{{ tag.words[0] }}\">{{ tag.words[0] }}</a>";

const AVATAR: &str = "<img class=\"avatar avatar-small\" alt=\"{{ tag.user | default: tag.words[0] }}\" \
width=\"{{ tag.size | default: 40 }}\" height=\"{{ tag.size | default: 40 }}\" \
src=\"https://avatars.githubusercontent.com/{{ tag.user | default: tag.words[0] }}?s={{ tag.size | default: 40 }}\">";

impl Meaning {
    /// A Liquid template that is written in the tag's place; an error in it shows where the tag is used.
    pub fn template(text: &str) -> Self {
        let parsed = Template::parse(text, &ParseOptions::strict()).map(Arc::new);
        Self::Template(PluginTemplate { parsed })
    }
}

impl TagTable {
    /// A table that knows no tag.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The tags seen in the wild: those of Jekyll's plugins and of Octopress.
    pub fn common() -> Self {
        let mut table = Self::default();
        let template = Meaning::template;
        for name in ["seo", "feed_meta", "toc", "paginator", "google_analytics", "disqus", "last_modified_at"] {
            table.set(name, Meaning::Drop, false);
        }
        table.set("include_cached", Meaning::Include, false);
        table.set("gist", template(GIST), false);
        table.set("youtube", template(YOUTUBE), false);
        table.set("vimeo", template(VIMEO), false);
        table.set("img", template(IMG), false);
        table.set("video", template(VIDEO), false);
        table.set("oembed", template(OEMBED), false);
        table.set("avatar", template(AVATAR), false);
        table.set("blockquote", template(BLOCKQUOTE), true);
        table.set("pullquote", template(PULLQUOTE), true);
        table.set("codeblock", template(CODEBLOCK), true);
        for name in ["include_code", "render_partial", "jsfiddle", "tweet", "twitter", "figure", "image", "picture"] {
            table.set(name, Meaning::Keep, false);
        }
        table
    }

    /// Says what a tag means, in place of what was said before.
    pub fn set(&mut self, name: &str, meaning: Meaning, block: bool) {
        self.tags.insert(name.to_owned(), PluginTag { meaning, block });
    }

    /// What a tag means.
    pub fn get(&self, name: &str) -> Option<&PluginTag> {
        self.tags.get(name)
    }
}

/// The arguments of a plugin's tag: words in order, and names with values, as templates see them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// What has no name, without quotes.
    pub words: Vec<String>,
    /// What has a name, `name="value"`, `name=value` or `name: value`, without quotes.
    pub named: Vec<(String, String)>,
}

impl Arguments {
    /// Cuts the text behind a tag's name into arguments.
    pub fn parse(markup: &str) -> Self {
        let mut arguments = Self::default();
        let mut place = scan::skip_spaces(markup, 0);
        while place < markup.len() {
            let name_end = name_end(markup, place);
            let bytes = markup.as_bytes();
            let separated = name_end > place
                && (bytes.get(name_end) == Some(&b'=')
                    || (bytes.get(name_end) == Some(&b':') && bytes.get(name_end + 1).is_none_or(|byte| *byte != b'/')));
            if separated {
                let value_start = scan::skip_spaces(markup, name_end + 1);
                let value_end = word_end(markup, value_start);
                arguments.named.push((markup[place..name_end].to_owned(), unquote(&markup[value_start..value_end])));
                place = value_end;
            } else {
                let end = word_end(markup, place);
                arguments.words.push(unquote(&markup[place..end]));
                place = end;
            }
            while place < markup.len() && (scan::is_space(markup.as_bytes()[place]) || markup.as_bytes()[place] == b',') {
                place += 1;
            }
        }
        arguments
    }
}

fn name_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut place = from;
    while place < bytes.len() && (scan::is_word(bytes[place]) || bytes[place] == b'-') {
        place += 1;
    }
    place
}

fn word_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(from).copied()
        && let Some(close) = memchr::memchr(quote, &bytes[from + 1..])
    {
        return from + 1 + close + 1;
    }
    let mut place = from;
    while place < bytes.len() && !scan::is_space(bytes[place]) && (bytes[place] != b',' || place == from) {
        place += 1;
    }
    place
}

fn unquote(text: &str) -> String {
    let bytes = text.as_bytes();
    if bytes.len() >= 2 && bytes[0] == bytes[bytes.len() - 1] && matches!(bytes[0], b'"' | b'\'') {
        return text[1..text.len() - 1].to_owned();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_words_and_names() {
        let arguments = Arguments::parse("abc \"d e\" size=40 user: 'x y' https://a.b/c ");
        assert_eq!(arguments.words, ["abc", "d e", "https://a.b/c"]);
        assert_eq!(arguments.named, [("size".to_owned(), "40".to_owned()), ("user".to_owned(), "x y".to_owned())]);
    }
}
