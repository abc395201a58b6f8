//! The table of formats: what postferry can write, and how each is called.

use postferry_markdown::Dialect;

/// A format that posts can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown with a YAML head, in a dialect.
    Markdown(Dialect),
    /// One JSON document a post.
    Json,
    /// One JSON document a line, all posts in one file.
    JsonLines,
    /// A clean page a post.
    Html,
    /// Books of posts.
    Epub,
}

/// A line of the table of formats.
#[derive(Clone, Copy, Debug)]
pub struct FormatInfo {
    /// The format.
    pub format: Format,
    /// The name by which the command and [`Format::from_name`] know it.
    pub name: &'static str,
    /// The ending of its files, without the dot.
    pub extension: &'static str,
    /// Whether all posts go into one file (or one a volume).
    pub stream: bool,
    /// The crate that writes it.
    pub room: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// The command's options that bear on it.
    pub options: &'static [&'static str],
}

const MARKDOWN: &[&str] = &[
    "--no-proof",
    "--html keep|drop|convert",
    "--typography source|write",
    "--cjk-emphasis html|reference|move",
    "--attributes essential|html|drop",
    "--reformat",
    "--style KEY=VALUE",
];

/// Every format there is, in the order of the table that `postferry formats` prints.
pub const FORMATS: &[FormatInfo] = &[
    markdown(Dialect::Gfm, "markdown", "GitHub Flavored Markdown with a YAML head"),
    markdown(Dialect::Gfm, "gfm", "the same as `markdown`"),
    markdown(Dialect::CommonMark, "commonmark", "CommonMark 0.31, without any extension"),
    markdown(Dialect::Goldmark, "goldmark", "Markdown as Hugo's goldmark reads it"),
    markdown(Dialect::Kramdown, "kramdown", "Markdown as kramdown reads it"),
    markdown(Dialect::Obsidian, "obsidian", "Markdown as Obsidian reads it"),
    markdown(Dialect::Mdx, "mdx", "MDX: Markdown with JSX"),
    markdown(Dialect::PythonMarkdown, "python-markdown", "Markdown as Python-Markdown reads it (MkDocs, Pelican)"),
    markdown(Dialect::MarkdownIt, "markdown-it", "Markdown as markdown-it reads it (Eleventy, VitePress)"),
    FormatInfo {
        format: Format::Json,
        name: "json",
        extension: "json",
        stream: false,
        room: "json",
        about: "the document tree, one file a post (docs/schema/document-1.json)",
        options: &[],
    },
    FormatInfo {
        format: Format::JsonLines,
        name: "jsonl",
        extension: "jsonl",
        stream: true,
        room: "json",
        about: "the document tree, one line a post",
        options: &[],
    },
    FormatInfo {
        format: Format::Html,
        name: "html",
        extension: "html",
        stream: false,
        room: "html",
        about: "a clean page a post",
        options: &[],
    },
    FormatInfo {
        format: Format::Epub,
        name: "epub",
        extension: "epub",
        stream: true,
        room: "epub",
        about: "EPUB 3.3, one book or a shelf of volumes",
        options: &["--volumes none|post|year|category"],
    },
];

const fn markdown(dialect: Dialect, name: &'static str, about: &'static str) -> FormatInfo {
    FormatInfo {
        format: Format::Markdown(dialect),
        name,
        extension: "md",
        stream: false,
        room: "markdown",
        about,
        options: MARKDOWN,
    }
}

impl Format {
    /// Finds a format by its name in the table.
    ///
    /// ```
    /// use postferry::Format;
    ///
    /// assert_eq!(Format::from_name("json"), Some(Format::Json));
    /// assert_eq!(Format::from_name("docx"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        FORMATS.iter().find(|info| info.name == name).map(|info| info.format)
    }

    /// The format's line in the table.
    pub fn info(self) -> &'static FormatInfo {
        FORMATS.iter().find(|info| info.format == self).unwrap_or(&FORMATS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        for (n, info) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..n].iter().all(|other| other.name != info.name), "{}", info.name);
            assert_eq!(Format::from_name(info.name), Some(info.format));
            assert_eq!(info.format.info().format, info.format);
        }
    }

    #[test]
    fn every_room_with_a_writer_is_in_the_table() {
        for room in ["markdown", "json", "html", "epub"] {
            assert!(FORMATS.iter().any(|info| info.room == room), "{room}");
        }
    }
}
