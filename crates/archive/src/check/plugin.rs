//! Plugins that are known: what each would change of a site, and what postferry does about it.

/// What a plugin would have made that is not in the site's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Makes {
    /// Nothing that a link could lead to.
    Nothing,
    /// A feed.
    Feed,
    /// `sitemap.xml` and `robots.txt`.
    Sitemap,
    /// The pages of a list of posts.
    Pagination,
    /// Pages whose paths are not known.
    Pages,
    /// Files whose paths are not known: smaller images, packed styles.
    Files,
}

/// A plugin that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub name: &'static str,
    /// What it does to a site.
    pub does: &'static str,
    /// What postferry does in its place.
    pub here: &'static str,
    pub makes: Makes,
}

const NOT_CONTENT: &str = "nothing: no content depends on it";
const NOT_MADE: &str = "nothing: the pages are not made; links to them are told as such";
const TARGET: &str = "nothing: the target has its own";

const fn known(name: &'static str, does: &'static str, here: &'static str, makes: Makes) -> Known {
    Known { name, does, here, makes }
}

/// The plugins that are known, by name.
const KNOWN: &[Known] = &[
    known(
        "github-pages",
        "brings GitHub's set of plugins and settings",
        "reads the site as its files say; see the plugins of GitHub Pages",
        Makes::Nothing,
    ),
    known("jekyll-admin", "edits posts in a browser", NOT_CONTENT, Makes::Nothing),
    known("jekyll-algolia", "sends the content to a search engine", NOT_CONTENT, Makes::Nothing),
    known("jekyll-archives", "makes pages of categories, tags and dates", NOT_MADE, Makes::Pages),
    known("jekyll-asciidoc", "converts AsciiDoc", "posts in AsciiDoc are told as without a converter", Makes::Nothing),
    known(
        "jekyll-assets",
        "packs styles, scripts and images; tags `asset`, `img`",
        "`img` is written as an image; other tags stay in the text",
        Makes::Files,
    ),
    known("jekyll-auto-authors", "makes pages of authors", NOT_MADE, Makes::Pages),
    known("jekyll-avatar", "tag `avatar`", "writes the image", Makes::Nothing),
    known("jekyll-category-pages", "makes pages of categories", NOT_MADE, Makes::Pages),
    known("jekyll-coffeescript", "converts CoffeeScript", NOT_CONTENT, Makes::Nothing),
    known(
        "jekyll-commonmark",
        "converts Markdown as CommonMark says",
        "the same, where the site's `markdown` asks for it",
        Makes::Nothing,
    ),
    known(
        "jekyll-commonmark-ghpages",
        "converts Markdown as GitHub says",
        "the same, where the site's `markdown` asks for it",
        Makes::Nothing,
    ),
    known("jekyll-compose", "makes new posts at the command line", NOT_CONTENT, Makes::Nothing),
    known("jekyll-default-layout", "gives a layout to documents without one", NOT_CONTENT, Makes::Nothing),
    known(
        "jekyll-email-protect",
        "a filter that encodes mail addresses",
        "the filter is told as unknown; the value passes unchanged",
        Makes::Nothing,
    ),
    known("jekyll-feed", "makes a feed; tag `feed_meta`", "the tag writes nothing; the target makes its own feed", Makes::Feed),
    known("jekyll-gist", "tag `gist`", "writes the script and a link to the gist", Makes::Nothing),
    known("jekyll-github-metadata", "fills `site.github` from GitHub", "`site.github` is empty", Makes::Nothing),
    known("jekyll-include-cache", "tag `include_cached`", "renders it as `include`", Makes::Nothing),
    known("jekyll-katex", "tags and filters that render mathematics", "tags stay in the text", Makes::Nothing),
    known(
        "jekyll-last-modified-at",
        "dates of change from git; tag `last_modified_at`",
        "the tag writes nothing; only dates of heads are known",
        Makes::Nothing,
    ),
    known("jekyll-livereload", "reloads the browser", NOT_CONTENT, Makes::Nothing),
    known("jekyll-loading-lazy", "marks images as lazy", NOT_CONTENT, Makes::Nothing),
    known("jekyll-mentions", "makes links of `@name`", "`@name` stays text", Makes::Nothing),
    known("jekyll-minifier", "makes files smaller", NOT_CONTENT, Makes::Nothing),
    known("jekyll-multiple-languages-plugin", "builds the site once a language", "reads the site's own files once", Makes::Pages),
    known("jekyll-oembed", "tag `oembed`", "writes a link", Makes::Nothing),
    known("jekyll-optional-front-matter", "takes Markdown without a head for pages", "such files are not read", Makes::Pages),
    known("jekyll-paginate", "splits lists of posts into pages", TARGET, Makes::Pagination),
    known("jekyll-paginate-v2", "splits lists of posts into pages; pages of tags and categories", TARGET, Makes::Pages),
    known("jekyll-picture-tag", "tag `picture`; makes images of several sizes", "the tag stays in the text", Makes::Files),
    known("jekyll-polyglot", "builds the site once a language", "reads every language's files as they lie", Makes::Pages),
    known("jekyll-postfiles", "copies files beside posts", "such files are not copied", Makes::Files),
    known("jekyll-readme-index", "takes README for an index", "README is not read as an index", Makes::Pages),
    known(
        "jekyll-redirect-from",
        "makes pages that lead from old URLs to new ones",
        "old URLs become the post's aliases",
        Makes::Nothing,
    ),
    known(
        "jekyll-relative-links",
        "turns links to source files into links to pages",
        "links to source files stay; they are told",
        Makes::Nothing,
    ),
    known(
        "jekyll-remote-theme",
        "layouts, includes and styles from a repository",
        "includes of the theme are told as missing",
        Makes::Nothing,
    ),
    known(
        "jekyll-responsive-image",
        "tag `responsive_image`; makes images of several sizes",
        "the tag stays in the text",
        Makes::Files,
    ),
    known("jekyll-sass-converter", "converts Sass", NOT_CONTENT, Makes::Nothing),
    known("jekyll-scholar", "bibliographies; tags `cite`, `bibliography`", "the tags stay in the text", Makes::Pages),
    known(
        "jekyll-seo-tag",
        "tag `seo`: metadata in the page's head",
        "the tag writes nothing; the target has its own",
        Makes::Nothing,
    ),
    known("jekyll-sitemap", "makes `sitemap.xml`", TARGET, Makes::Sitemap),
    known(
        "jekyll-spaceship",
        "tables, mathematics, media and emoji beyond Markdown",
        "the text is read as kramdown reads it",
        Makes::Nothing,
    ),
    known("jekyll-swiss", "a theme", "its includes are told as missing", Makes::Nothing),
    known("jekyll-tagging", "makes pages of tags; filters for clouds of tags", NOT_MADE, Makes::Pages),
    known("jekyll-target-blank", "opens links to other sites in a new window", NOT_CONTENT, Makes::Nothing),
    known("jekyll-textile-converter", "converts Textile", "posts in Textile are told as without a converter", Makes::Nothing),
    known("jekyll-tidy", "makes HTML tidy", NOT_CONTENT, Makes::Nothing),
    known(
        "jekyll-timeago",
        "a filter that says how long ago",
        "the filter is told as unknown; the value passes unchanged",
        Makes::Nothing,
    ),
    known("jekyll-titles-from-headings", "titles from first headings", "titles come from heads and file names", Makes::Nothing),
    known("jekyll-toc", "filter `toc`; tag `toc`", "the tag writes nothing; the filter is told as unknown", Makes::Nothing),
    known("jekyll-twitter-plugin", "tag `twitter`", "the tag stays in the text", Makes::Nothing),
    known("jekyll-watch", "builds again when files change", NOT_CONTENT, Makes::Nothing),
    known("jekyll-webp-generator", "makes WebP images", NOT_CONTENT, Makes::Files),
    known("jekyll-youtube", "tag `youtube`", "writes the frame", Makes::Nothing),
    known("jekyll_picture_tag", "tag `picture`; makes images of several sizes", "the tag stays in the text", Makes::Files),
    known("jemoji", "makes images of `:name:`", "`:name:` stays text", Makes::Nothing),
    known("kramdown-parser-gfm", "GitHub's dialect for kramdown", "the same", Makes::Nothing),
    known(
        "liquid_pluralize",
        "a filter that counts nouns",
        "the filter is told as unknown; the value passes unchanged",
        Makes::Nothing,
    ),
    known("octopress-image-tag", "tag `img`", "writes the image", Makes::Nothing),
    known("rouge", "highlights code", NOT_CONTENT, Makes::Nothing),
    known("webrick", "serves the site", NOT_CONTENT, Makes::Nothing),
];

/// The plugin of a name, where it is known.
pub(crate) fn find(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plugins_are_sorted_and_there_once() {
        assert!(KNOWN.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert!(find("jekyll-feed").is_some_and(|known| known.makes == Makes::Feed) && find("x").is_none());
    }
}
