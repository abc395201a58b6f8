//! The kinds of elements, each with an example.

use std::borrow::Cow;

use crate::{Alignment, Category, ContentModel, Mark, Quote, Span, Symbol};

/// What an element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The whole text.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a</p>\n");
    /// ```
    Root,
    /// Blank lines; whether it is one line without spaces.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a\n\nb\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a</p>\n\n<p>b</p>\n");
    /// ```
    Blank {
        /// Whether it is exactly one newline.
        bare: bool,
    },
    /// A paragraph.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a\nb\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a\nb</p>\n");
    /// ```
    Paragraph {
        /// Whether it is written without `<p>`, as in a tight list item.
        transparent: bool,
    },
    /// A heading.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("## A b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<h2 id=\"a-b\">A b</h2>\n");
    /// ```
    Header {
        /// 1 to 6.
        level: u8,
        /// The text an id is made of.
        raw_text: String,
    },
    /// A quote.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("> a\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<blockquote>\n  <p>a</p>\n</blockquote>\n");
    /// ```
    Blockquote,
    /// A code block.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("```ruby\nputs 1\n```\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<pre><code class=\"language-ruby\">puts 1\n</code></pre>\n");
    /// ```
    Codeblock {
        /// The code.
        code: Span,
    },
    /// An unordered list.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("* a\n* b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n");
    /// ```
    Ul,
    /// An ordered list.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("1. a\n2. b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<ol>\n  <li>a</li>\n  <li>b</li>\n</ol>\n");
    /// ```
    Ol,
    /// An item of a list.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("* a\n\n  b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<ul>\n  <li>\n    <p>a</p>\n\n    <p>b</p>\n  </li>\n</ul>\n");
    /// ```
    Li,
    /// A definition list.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a\n: b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<dl>\n  <dt>a</dt>\n  <dd>b</dd>\n</dl>\n");
    /// ```
    Dl,
    /// A term.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a\nb\n: c\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<dl>\n  <dt>a</dt>\n  <dt>b</dt>\n  <dd>c</dd>\n</dl>\n");
    /// ```
    Dt {
        /// The text an id is made of.
        raw_text: String,
    },
    /// A definition.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a\n\n: b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<dl>\n  <dt>a</dt>\n  <dd>\n    <p>b</p>\n  </dd>\n</dl>\n");
    /// ```
    Dd,
    /// A rule.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("---\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<hr />\n");
    /// ```
    Hr,
    /// A table.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("| a |\n|--:|\n| b |\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<table>\n  <thead>\n    <tr>\n      <th style=\"text-align: right\">a</th>\n    </tr>\n  </thead>\n  <tbody>\n    <tr>\n      <td style=\"text-align: right\">b</td>\n    </tr>\n  </tbody>\n</table>\n");
    /// ```
    Table {
        /// The alignment of each column.
        alignment: Vec<Alignment>,
    },
    /// The head of a table.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("| a |\n|---|\n| b |\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<table>\n  <thead>\n    <tr>\n      <th>a</th>\n    </tr>\n  </thead>\n  <tbody>\n    <tr>\n      <td>b</td>\n    </tr>\n  </tbody>\n</table>\n");
    /// ```
    Thead,
    /// A body of a table.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("| a |\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<table>\n  <tbody>\n    <tr>\n      <td>a</td>\n    </tr>\n  </tbody>\n</table>\n");
    /// ```
    Tbody,
    /// The foot of a table.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("| a |\n|===|\n| b |\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<table>\n  <tbody>\n    <tr>\n      <td>a</td>\n    </tr>\n  </tbody>\n  <tfoot>\n    <tr>\n      <td>b</td>\n    </tr>\n  </tfoot>\n</table>\n");
    /// ```
    Tfoot,
    /// A row.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a | b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<table>\n  <tbody>\n    <tr>\n      <td>a</td>\n      <td>b</td>\n    </tr>\n  </tbody>\n</table>\n");
    /// ```
    Tr,
    /// A cell.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("| *a* |\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<table>\n  <tbody>\n    <tr>\n      <td><em>a</em></td>\n    </tr>\n  </tbody>\n</table>\n");
    /// ```
    Td,
    /// A formula.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("$$x < y$$\n", &Options::jekyll()).html;
    /// assert_eq!(html, "\\[x &lt; y\\]\n");
    /// ```
    Math {
        /// TeX.
        tex: Span,
        /// Block or span.
        category: Category,
    },
    /// An HTML element.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("<div markdown=\"1\">\n*a*\n</div>\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<div>\n  <p><em>a</em></p>\n</div>\n");
    /// ```
    HtmlElement {
        /// Its name.
        name: Cow<'static, str>,
        /// Block or span.
        category: Category,
        /// How its content was read.
        model: ContentModel,
        /// Whether the tag was closed by itself (`/>`).
        closed: bool,
    },
    /// An HTML comment or processing instruction, with its delimiters.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("<!-- a -->\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<!-- a -->\n");
    /// ```
    Markup {
        /// The markup.
        text: Span,
        /// Block or span.
        category: Category,
    },
    /// A comment of `{::comment}`.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("{::comment}\na\n{:/comment}\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<!-- a -->\n");
    /// ```
    Comment {
        /// What it says.
        text: Span,
        /// Block or span.
        category: Category,
    },
    /// Output of `{::nomarkdown}`, as it is.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("{::nomarkdown}\n<b>*a*</b>\n{:/}\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<b>*a*</b>\n");
    /// ```
    Raw {
        /// The output.
        text: Span,
        /// Block or span.
        category: Category,
        /// Whether it is for HTML.
        html: bool,
    },
    /// Text.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a & b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a &amp; b</p>\n");
    /// ```
    Text(Span),
    /// Text of a script or style element, written as it is.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("<script>a < b</script>\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<script>a < b</script>\n\n");
    /// ```
    Verbatim(Span),
    /// Text whose spans have not been parsed yet; not in a finished tree.
    Unparsed(Span),
    /// A link.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("[a](b \"c\")\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p><a href=\"b\" title=\"c\">a</a></p>\n");
    /// ```
    A,
    /// An image.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("![a](b)\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p><img src=\"b\" alt=\"a\" /></p>\n");
    /// ```
    Img,
    /// A code span.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("`a < b`\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p><code>a &lt; b</code></p>\n");
    /// ```
    Codespan(Span),
    /// A line break.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a  \nb\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a<br />\nb</p>\n");
    /// ```
    Br,
    /// Emphasis.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("*a*\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p><em>a</em></p>\n");
    /// ```
    Em,
    /// Strong emphasis.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("**a**\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p><strong>a</strong></p>\n");
    /// ```
    Strong,
    /// A reference to a footnote; its number among the definitions.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a[^1]\n\n[^1]: b\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" rel=\"footnote\">1</a></sup></p>\n\n<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol>\n    <li id=\"fn:1\" role=\"doc-endnote\">\n      <p>b <a href=\"#fnref:1\" class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n    </li>\n  </ol>\n</div>\n");
    /// ```
    Footnote(u32),
    /// An entity.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("&copy; &lt;\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>© &lt;</p>\n");
    /// ```
    Entity {
        /// Its code point.
        code: u32,
        /// As it was written.
        original: Option<Span>,
    },
    /// A typographic symbol.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("a -- b...\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>a – b…</p>\n");
    /// ```
    Symbol(Symbol),
    /// A smart quote.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("\"a\" 'b'\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>“a” ‘b’</p>\n");
    /// ```
    SmartQuote(Quote),
    /// An abbreviation.
    ///
    /// ```
    /// # use kramdown::{Options, to_html};
    /// let html = to_html("An A.\n\n*[A]: letter\n", &Options::jekyll()).html;
    /// assert_eq!(html, "<p>An <abbr title=\"letter\">A</abbr>.</p>\n\n");
    /// ```
    Abbreviation {
        /// Its number among the definitions.
        definition: u32,
        /// As it is in the text.
        text: Span,
    },
    /// A line that says something about others; not in a finished tree.
    Eob(Mark),
}
