//! What Rouge puts around code: its elements and classes, without the marks of single tokens.

mod names;

use crate::yaml::Value;

/// How kramdown has Rouge mark up code: its option `syntax_highlighter_opts`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rouge {
    /// The language of code that names none; without one such code is left alone. Default none; Jekyll: `plaintext`.
    pub default_lang: Option<String>,
    /// Whether code in plain text is marked up too. Default false; Jekyll: true.
    pub guess_lang: bool,
    /// How blocks of code are framed.
    pub block: RougeFrame,
    /// How code in running text is framed: without the frame's wrapper.
    pub span: RougeFrame,
}

/// What stands around a piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RougeFrame {
    /// Whether code is left alone. Default false.
    pub disable: bool,
    /// Whether there is a `<div>` with a `<pre>` around it. Default true.
    pub wrap: bool,
    /// The class of that `<pre>`. Default `highlight`.
    pub css_class: String,
    /// Whether it becomes a table with a column of line numbers. Default false.
    pub line_numbers: bool,
    /// The number of the first line. Default 1.
    pub start_line: i64,
    /// The class of the table. Default `rouge-table`.
    pub table_class: String,
    /// The class of the cell with the numbers. Default `rouge-gutter`.
    pub gutter_class: String,
    /// The class of the cell with the code. Default `rouge-code`.
    pub code_class: String,
    /// The lines of the code that are marked, counted from 1. Default none.
    pub marked_lines: Vec<usize>,
}

impl Default for Rouge {
    fn default() -> Self {
        let span = RougeFrame { wrap: false, ..RougeFrame::default() };
        Self { default_lang: None, guess_lang: false, block: RougeFrame::default(), span }
    }
}

impl Default for RougeFrame {
    fn default() -> Self {
        Self {
            disable: false,
            wrap: true,
            css_class: "highlight".to_owned(),
            line_numbers: false,
            start_line: 1,
            table_class: "rouge-table".to_owned(),
            gutter_class: "rouge-gutter".to_owned(),
            code_class: "rouge-code".to_owned(),
            marked_lines: Vec::new(),
        }
    }
}

impl Rouge {
    /// Reads `syntax_highlighter_opts`: settings for all code, then those of `block` and `span`.
    pub(crate) fn read(pairs: &[(String, Value)]) -> Self {
        let mut rouge = Self::default();
        for (key, value) in pairs {
            match key.trim_start_matches(':') {
                "default_lang" => rouge.default_lang = Some(value.text()).filter(|_| is_true(value)),
                "guess_lang" => rouge.guess_lang = is_true(value),
                _ => {
                    rouge.block.set(key, value);
                    rouge.span.set(key, value);
                }
            }
        }
        for (key, value) in pairs {
            let frame = match key.trim_start_matches(':') {
                "block" => &mut rouge.block,
                "span" => &mut rouge.span,
                _ => continue,
            };
            if let Value::Map(pairs) = value {
                for (key, value) in pairs {
                    frame.set(key, value);
                }
            }
        }
        rouge.span.wrap = false;
        rouge
    }

    /// Marks up a block of code; nothing where Rouge leaves it to kramdown: it does not know the language.
    pub fn block(&self, code: &str, language: Option<&str>) -> Option<String> {
        self.takes(language, &self.block).then(|| self.block.write(code))
    }

    /// Marks up code in running text.
    pub fn span(&self, code: &str, language: Option<&str>) -> Option<String> {
        self.takes(language, &self.span).then(|| self.span.write(code))
    }

    fn takes(&self, language: Option<&str>, frame: &RougeFrame) -> bool {
        let Some(language) = language.or(self.default_lang.as_deref()) else { return self.guess_lang && !frame.disable };
        // Settings for the lexer follow a question mark.
        let name = language.split('?').next().unwrap_or_default();
        let is_plain = matches!(name, "plaintext" | "text");
        !frame.disable && (name == "guess" || names::is_known(name)) && (self.guess_lang || !is_plain)
    }
}

impl RougeFrame {
    /// What Jekyll's tag `highlight` asks for.
    pub fn of_highlight_tag(line_numbers: bool, marked_lines: Vec<usize>) -> Self {
        let (gutter_class, code_class) = ("gutter".to_owned(), "code".to_owned());
        Self { wrap: false, line_numbers, marked_lines, gutter_class, code_class, ..Self::default() }
    }

    fn set(&mut self, key: &str, value: &Value) {
        match key.trim_start_matches(':') {
            "disable" => self.disable = is_true(value),
            "wrap" => self.wrap = is_true(value),
            "css_class" if is_true(value) => self.css_class = value.text(),
            "line_numbers" => self.line_numbers = is_true(value),
            "start_line" => self.start_line = value.text().trim().parse().unwrap_or(self.start_line),
            "table_class" => self.table_class = value.text(),
            "gutter_class" => self.gutter_class = value.text(),
            "code_class" => self.code_class = value.text(),
            _ => {}
        }
    }

    /// Writes code in its frame.
    pub fn write(&self, code: &str) -> String {
        let mut out = String::with_capacity(code.len() + code.len() / 8 + 64);
        if self.wrap {
            out.push_str("<div class=\"highlight\"><pre class=\"");
            out.push_str(&self.css_class);
            out.push_str("\"><code>");
        }
        if self.line_numbers {
            self.write_table(&mut out, code);
        } else {
            self.write_lines(&mut out, code);
        }
        if self.wrap {
            out.push_str("</code></pre></div>");
        }
        out
    }

    /// Rouge's `HTMLTable`.
    fn write_table(&self, out: &mut String, code: &str) {
        let is_ended = code.ends_with('\n');
        let lines = code.matches('\n').count() + usize::from(!is_ended);
        for part in ["<table class=\"", &self.table_class, "\"><tbody><tr><td class=\"", &self.gutter_class] {
            out.push_str(part);
        }
        out.push_str(" gl\"><pre class=\"lineno\">");
        for number in (self.start_line..).take(lines) {
            out.push_str(&number.to_string());
            out.push('\n');
        }
        for part in ["</pre></td><td class=\"", &self.code_class, "\"><pre>"] {
            out.push_str(part);
        }
        self.write_lines(out, code);
        out.push_str(if is_ended { "" } else { "\n" });
        out.push_str("</pre></td></tr></tbody></table>");
    }

    /// Rouge's `HTML`, or `HTMLLineHighlighter`, which ends every line.
    fn write_lines(&self, out: &mut String, code: &str) {
        if self.marked_lines.is_empty() {
            escape(out, code);
            return;
        }
        for (at, line) in code.lines().enumerate() {
            let is_marked = self.marked_lines.contains(&(at + 1));
            out.push_str(if is_marked { "<span class=\"hll\">" } else { "" });
            escape(out, line);
            out.push_str(if is_marked { "\n</span>" } else { "\n" });
        }
    }
}

/// Rouge escapes less than kramdown: quotes stay.
fn escape(out: &mut String, code: &str) {
    crate::render::escape(out, code, crate::render::Escape::All);
}

/// Ruby's truth of a value that YAML wrote.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Text(text) => !matches!(text.to_lowercase().as_str(), "false" | "no" | "off"),
        Value::List(_) | Value::Map(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::Options;

    fn html(settings: &str, text: &str) -> String {
        let mut options = Options::jekyll();
        options.set("syntax_highlighter", "rouge").expect("it is an option");
        options.set("syntax_highlighter_opts", settings).expect("they are settings");
        crate::to_html(text, &options).html
    }

    const JEKYLL: &str = "{default_lang: plaintext, guess_lang: true}";

    #[test]
    fn code_gets_rouges_frame() {
        let block = |class: &str, code: &str| {
            format!(
                "<div class=\"{class}\"><div class=\"highlight\"><pre class=\"highlight\"><code>{code}\n</code></pre></div></div>\n"
            )
        };
        for (text, expected) in [
            ("~~~\na < \"b\"\n~~~\n", block("language-plaintext highlighter-rouge", "a &lt; \"b\"")),
            ("~~~ ruby\nx\n~~~\n{: .k #i}\n", {
                block("language-ruby k highlighter-rouge", "x").replace("highlighter-rouge\">", "highlighter-rouge\" id=\"i\">")
            }),
            ("    x\n", block("language-plaintext highlighter-rouge", "x")),
            ("~~~ rust?a=b\nx\n~~~\n", block("language-rust highlighter-rouge", "x")),
            ("~~~ nosuch\nx\n~~~\n", "<pre><code class=\"language-nosuch\">x\n</code></pre>\n".to_owned()),
            ("`x`\n", "<p><code class=\"language-plaintext highlighter-rouge\">x</code></p>\n".to_owned()),
            ("`x`{: .k .language-c}\n", "<p><code class=\"language-c k language-c highlighter-rouge\">x</code></p>\n".to_owned()),
        ] {
            assert_eq!(html(JEKYLL, text), expected, "{text}");
        }
    }

    #[test]
    fn settings_are_rouges() {
        let table = "<div class=\"language-c highlighter-rouge\"><div class=\"highlight\"><pre class=\"n\"><code>\
            <table class=\"rouge-table\"><tbody><tr><td class=\"rouge-gutter gl\"><pre class=\"lineno\">3\n4\n</pre></td>\
            <td class=\"rouge-code\"><pre>a\nb\n</pre></td></tr></tbody></table></code></pre></div></div>\n";
        let settings = "{css_class: n, block: {line_numbers: true, start_line: 3}, span: {disable: true}}";
        assert_eq!(html(settings, "~~~ c\na\nb\n~~~\n"), table);
        assert_eq!(html(settings, "`x`\n"), "<p><code>x</code></p>\n");
        assert_eq!(html("{default_lang: text}", "`x`\n"), "<p><code>x</code></p>\n");
        assert_eq!(html("{disable: true}", "~~~ c\na\n~~~\n"), "<pre><code class=\"language-c\">a\n</code></pre>\n");
    }
}
