//! Tolerant mode: what Jekyll would end the build for stays in the text, and the rest goes on.

use std::sync::Arc;

use postferry_liquid::{Limits, Mode, ParseOptions, Piece, Rendered, TagTable, Template, Value};

use crate::site::Site;

fn render_with(source: &str, tags: TagTable) -> (Template, Rendered) {
    let site = Site::of_templates(&Value::Nil, &crate::site::json::json(r#"{"title": "T", "n": 5}"#));
    let template = Template::parse(source, &ParseOptions::tolerant(Arc::new(tags))).expect("tolerant parsing never fails");
    let rendered = template.render(&site, &site, Mode::Tolerant, &Limits::default());
    (template, rendered)
}

/// The text with its marks replaced by what they stand for.
fn whole(rendered: &Rendered) -> String {
    let pieces = rendered.marker.pieces(&rendered.text, rendered.kept.len());
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Kept(number) => format!("«{}»", rendered.kept[*number].source),
        })
        .collect()
}

fn render(source: &str) -> (String, Vec<&'static str>) {
    let (template, rendered) = render_with(source, TagTable::empty());
    assert_eq!(rendered.error, None);
    let codes = template.warnings().iter().chain(&rendered.warnings).map(|warning| warning.code).collect();
    (whole(&rendered), codes)
}

#[test]
fn what_cannot_be_parsed_stays() {
    for (source, text, codes) in [
        ("a {% nosuch x %} {{ page.n }}", "a «{% nosuch x %}» 5", &["liquid/unknown-tag"][..]),
        (
            "{% tabs %}{% if true %}{% tab %}b{% endtab %}{% endif %}{% endtabs %}",
            "«{% tabs %}»«{% tab %}»b«{% endtab %}»«{% endtabs %}»",
            &["liquid/unknown-tag", "liquid/unknown-tag"],
        ),
        ("a {% endif %} {{ page.n }}", "a «{% endif %}» 5", &["liquid/syntax"]),
        ("a {% if %}b {{ page.n }}{% endif %} c", "a «{% if %}»b 5«{% endif %}» c", &["liquid/syntax"]),
        ("{% if true %}{% if %}b{% endif %}c{% endif %}d", "«{% if %}»b«{% endif %}»cd", &["liquid/syntax"]),
        ("a {{ b", "a {{ b", &["liquid/syntax"]),
        ("a {% b", "a «{%» b", &["liquid/syntax"]),
        ("{{ page.n }}{% if true %}b", "5«{% if true %}»b", &["liquid/syntax"]),
        ("a{% for x in none %}b{% if false %}c{% endif %}d", "a«{% for x in none %}»bd", &["liquid/syntax"]),
        (
            "{% for x in none %}a{% if false %}b{% case 1 %}c",
            "«{% for x in none %}»a«{% if false %}»b«{% case 1 %}»c",
            &["liquid/syntax", "liquid/syntax", "liquid/syntax"],
        ),
        ("{% raw %}{{ a }}", "{{ a }}", &["liquid/syntax"]),
        ("{% highlight %}x{% endhighlight %}", "«{% highlight %}»x«{% endhighlight %}»", &["liquid/syntax"]),
        ("{% case 1 %}{% when %}a{% else %}b{% endcase %}", "b", &["liquid/syntax"]),
        ("{% if false %}a{% elsif %}b{% else %}c{% endif %}", "c", &["liquid/syntax"]),
        (
            "{% post_url x %}{% include x.html a= %}",
            "«{% post_url x %}»«{% include x.html a= %}»",
            &["liquid/missing-post", "liquid/failed"],
        ),
    ] {
        assert_eq!(render(source), (text.to_owned(), codes.to_vec()), "{source}");
    }
}

#[test]
fn what_cannot_be_rendered_stays() {
    for (source, text, codes) in [
        ("a {{ 1 | divided_by: 0 }} {{ page.n }}", "a «{{ 1 | divided_by: 0 }}» 5", &["liquid/failed"][..]),
        ("{% include zzz.html %}b", "«{% include zzz.html %}»b", &["liquid/missing-include"]),
        ("{% include /sub/y.html %}b", "Sb", &[]),
        ("{% include bad.html %}b", "«{% include bad.html %}»b", &["liquid/syntax"]),
        ("{% link nope.md %}b", "«{% link nope.md %}»b", &["liquid/missing-link"]),
        ("{% if 1 < 'b' %}a{% endif %}b", "«{% if 1 < 'b' %}a{% endif %}»b", &["liquid/failed"]),
        ("{% assign x = 1 | plus %}[{{ x }}]", "«{% assign x = 1 | plus %}»[]", &["liquid/failed"]),
        (
            "{% for i in (1..2) %}{{ i | divided_by: 0 }}{% endfor %}",
            "«{{ i | divided_by: 0 }}»«{{ i | divided_by: 0 }}»",
            &["liquid/failed", "liquid/failed"],
        ),
        ("{{ page.n | nofilter }}", "5", &["liquid/unknown-filter"]),
    ] {
        assert_eq!(render(source), (text.to_owned(), codes.to_vec()), "{source}");
    }
}

#[test]
fn warnings_name_their_lines_and_includes() {
    let (template, rendered) = render_with("a\n\n{% nosuch %}\n{% if true %}\n{{ 1 | plus }}{% endif %}", TagTable::empty());
    assert_eq!(template.warnings()[0].line, 3);
    assert_eq!(rendered.warnings[0].line, 5);
    assert_eq!(rendered.kept[0].name, "nosuch");
    assert_eq!(rendered.kept[0].line, 3);
    let (_, rendered) = render_with("\n{% include bad.html %}", TagTable::empty());
    assert_eq!(rendered.warnings[0].line, 2);
}

#[test]
fn marks_are_told_from_the_same_characters_in_the_text() {
    let (_, plain) = render_with("{% nosuch %}", TagTable::empty());
    let mut source = String::from("{% nosuch %} x ");
    for letter in [plain.marker.open, plain.marker.close] {
        source.push(letter);
    }
    source.push('0');
    let (_, rendered) = render_with(&source, TagTable::empty());
    assert_ne!(rendered.marker, plain.marker);
    assert_eq!(whole(&rendered), source.replacen("{% nosuch %}", "«{% nosuch %}»", 1));
    let escaped = "{% nosuch %}{{ '%F4%8F%80%80' | url_decode }}";
    let (_, rendered) = render_with(escaped, TagTable::empty());
    assert_eq!(whole(&rendered), "«{% nosuch %}»\u{10f000}");
}

#[test]
fn tags_of_plugins_have_their_meaning() {
    let text = |source: &str| {
        let (template, rendered) = render_with(source, TagTable::common());
        assert!(template.warnings().is_empty(), "{:?}", template.warnings());
        assert!(rendered.warnings.is_empty(), "{:?}", rendered.warnings);
        whole(&rendered)
    };
    assert_eq!(text("a{% seo %}b{% toc %}"), "ab");
    assert_eq!(
        text("{% youtube \"https://www.youtube.com/watch?v=abc&t=1\" %}"),
        "<iframe width=\"560\" height=\"315\" src=\"https://www.youtube.com/embed/abc\" frameborder=\"0\" \
         allowfullscreen></iframe>"
    );
    assert_eq!(text("{% gist u/123 a.rb %}"), "<script src=\"https://gist.github.com/u/123.js?file=a.rb\"> </script>");
    assert_eq!(
        text("{% img left /a.png 350 'A title' %}"),
        "<img class=\"left\" src=\"/a.png\" width=\"350\" title=\"A title\" alt=\"A title\">"
    );
    assert_eq!(text("{% include_cached x.html a=1 %}"), "INC[1||T]");
    assert_eq!(
        text("{% codeblock Title lang:ruby %}\na < {{ page.n }}\n{% endcodeblock %}"),
        "<figure class=\"highlight\"><figcaption>Title</figcaption><pre><code class=\"language-ruby\" data-lang=\"ruby\">\
         a &lt; 5</code></pre></figure>"
    );
    assert_eq!(text("{% pullquote %}a {\" b \"} c{% endpullquote %}"), "<span class=\"pullquote\">a b c</span>");
    assert_eq!(text("{% render_partial a.md %}"), "«{% render_partial a.md %}»");
}

#[test]
fn a_caller_says_what_tags_mean() {
    use postferry_liquid::Meaning;
    let mut tags = TagTable::empty();
    tags.set("note", Meaning::template("<b>{{ tag.kind }}: {{ tag.content }}</b>"), true);
    tags.set("tabs", Meaning::Content, true);
    tags.set("gone", Meaning::Drop, true);
    tags.set("bad", Meaning::template("{% if %}"), false);
    let (_, rendered) = render_with(
        "{% note kind=tip %}{{ page.n }}{% endnote %}{% tabs %}x{% endtabs %}{% gone %}y{% endgone %}{% bad %}",
        tags,
    );
    assert_eq!(whole(&rendered), "<b>tip: 5</b>x«{% bad %}»");
}

#[test]
fn marks_survive_markdown() {
    let source = "# {% a %} b\n\n{% c 1 %}\n\nd {% e %} *{% f %}* `{% g %}` [{% h %}](/{% i %} \"{% j %}\")\n\n\
                  * {% k %}\n\n```\n{% l %}\n```\n\n| {% m %} | n |\n\n<div title=\"{% o %}\">{% p %}</div>\n\n\"{% q %}\" {% r %}'s\n";
    let (_, rendered) = render_with(source, TagTable::empty());
    let html = kramdown::to_html(&rendered.text, &kramdown::Options::jekyll()).html;
    let mut found: Vec<usize> = Vec::new();
    for piece in rendered.marker.pieces(&html, rendered.kept.len()) {
        match piece {
            Piece::Kept(number) => found.push(number),
            Piece::Text(text) => assert!(!rendered.marker.occurs_in(text), "{text}"),
        }
    }
    found.sort_unstable();
    assert_eq!(found, (0..rendered.kept.len()).collect::<Vec<_>>(), "{html}");
}

#[test]
fn blocks_without_end_cost_a_bounded_number_of_readings() {
    let source = "{% if false %}x".repeat(5_000);
    let (text, codes) = render(&source);
    assert_eq!((text.matches('x').count(), codes.len()), (5_000, 5_000));
}
