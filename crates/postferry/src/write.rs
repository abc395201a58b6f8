//! A post in a format.

use postferry_doc::{Diagnostic, Document, Value};
use postferry_jekyll::Post;
use postferry_markdown::{Dialect, SourceText};

use crate::{Format, head};

/// How posts are written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// How Markdown is written; its dialect is the format's.
    pub markdown: postferry_markdown::WriteOptions,
    /// Spells every block anew, even where the author's own lines could stay; default no.
    pub reformat: bool,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The file's text, UTF-8.
    pub text: String,
    /// What could not be written as it is.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes a post in a format: pure, the same post gives the same text. Books are made by [`epub`](crate::epub); as a
/// single text an EPUB is empty.
pub fn write(post: &Post, format: Format, options: &WriteOptions) -> Written {
    let mut written = match format {
        Format::Markdown(dialect) => write_markdown(post, dialect, options),
        Format::Json | Format::JsonLines => write_json(post, format == Format::Json),
        Format::Html => {
            let page = postferry_html::write_page(&post.document, &postferry_html::PageOptions::default());
            Written { text: page.html, diagnostics: page.diagnostics }
        }
        Format::Epub => Written::default(),
    };
    for diagnostic in &mut written.diagnostics {
        post.path.clone_into(&mut diagnostic.place.path);
    }
    written
}

/// Writes the content of a document as an HTML fragment.
pub fn content_html(document: &Document) -> String {
    postferry_html::write(&document.blocks, &document.notes, &postferry_html::WriteOptions::default()).html
}

fn write_markdown(post: &Post, dialect: Dialect, options: &WriteOptions) -> Written {
    let mut markdown = options.markdown.clone();
    markdown.dialect = dialect;
    let content = if options.reformat {
        postferry_markdown::write(&post.document, &markdown)
    } else {
        let (text, origins) = match &post.expanded {
            Some(expanded) => (&expanded.text, &expanded.origins),
            None => (&post.body, &post.document.origins),
        };
        postferry_markdown::write_with_source(&post.document, SourceText { text, origins }, &markdown)
    };
    let head = head::write(post);
    let mut text = String::with_capacity(head.len() + content.text.len() + 10);
    if !head.is_empty() {
        text.push_str("---\n");
        text.push_str(&head);
        text.push_str("---\n");
        if !content.text.is_empty() {
            text.push('\n');
        }
    }
    text.push_str(&content.text);
    Written { text, diagnostics: content.diagnostics }
}

fn write_json(post: &Post, pretty: bool) -> Written {
    let mut options = postferry_json::WriteOptions::default();
    options.pretty = pretty;
    options.fields = vec![
        ("path".to_owned(), Value::String(post.path.as_str().into())),
        ("collection".to_owned(), Value::String(post.collection.as_str().into())),
    ];
    let mut text = postferry_json::write(&post.document, &options);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Written { text, diagnostics: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ReadOptions;

    fn gfm(source: &str) -> String {
        let mut post = crate::read("2024-01-02-a.md", source.as_bytes(), &ReadOptions::default()).post().expect("it is a post");
        crate::prepare(&mut post);
        write(&post, Format::Markdown(Dialect::Gfm), &WriteOptions::default()).text
    }

    #[test]
    fn liquid_leaves_the_other_lines_alone() {
        let source = "---\ntitle: a\ndate: 2024-01-02\nimage: /a.png\n---\n\nIt's _his_ text --- \"here\".\n\n{% assign where = 'a' %}\n{% for i in (1..3) %}\n* {{ i }}\n{% endfor %}\n\n![that's it]({{ page.image }})\n\n{% if page.image %}\n+   One_more_ line's end\n{% endif %}\n";
        let written = gfm(source);
        for line in ["It's _his_ text --- \"here\".\n", "\n* 1\n", "\n![that's it](/a.png)\n", "\n+   One_more_ line's end\n"] {
            assert!(written.contains(line), "{line:?} in {written}");
        }
    }

    #[test]
    fn unknown_tags_of_many_lines_keep_the_lines_after_them() {
        let source =
            "---\ntitle: a\ndate: 2024-01-02\n---\n\n_One's_ {% nosuch\na\nb %} end\n\n{% nosuch\n c %}\n\n_Last's_ line\n";
        let written = gfm(source);
        assert!(written.ends_with("\n_Last's_ line\n"), "{written}");
        assert!(written.contains("{% nosuch\na\nb %}"), "{written}");
        assert!(written.contains("{% nosuch\n c %}"), "{written}");
    }

    #[test]
    fn scripts_that_go_leave_the_other_lines_alone() {
        let head = "---\ntitle: a\ndate: 2024-01-02\n---\n";
        let body = "It's _one_\n\n<script>a()</script>\n\nIt's _two_\n\n<script>b()</script>\n";
        let expected = "\nIt's _one_\n\nIt's _two_\n";
        for liquid in ["", "\n{% assign x = 1 %}\n"] {
            let written = gfm(&format!("{head}{body}{liquid}"));
            assert!(written.ends_with(expected), "{written}");
        }
    }
}
