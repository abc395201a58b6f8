//! Rules of Ruby and Liquid that show in few templates, each with the answer that `oracle.py` found.

use postferry_liquid::{Limits, Mode, ParseOptions, Template};

use crate::site::Site;
use crate::site::json::json;

const PAGE: &str = r#"{"n": 5, "f": 2.5, "w": ["b", "a"], "s": "abc"}"#;

/// The text of a template, or that it ends in an error.
fn render(source: &str) -> Option<String> {
    let site = Site::of_templates(&json("null"), &json(PAGE));
    let template = Template::parse(source, &ParseOptions::strict()).ok()?;
    let rendered = template.render(&site, &site, Mode::Strict, &Limits::default());
    rendered.error.is_none().then_some(rendered.text)
}

#[test]
fn templates_render_as_in_jekyll() {
    let cases = [
        ("{% if (1..page.n) contains page.f %}in{% endif %}", Some("in")),
        ("{% if (1..2) contains page.f %}in{% endif %}", Some("")),
        ("{{ empty | map: 'x' }}", Some("")),
        ("{{ empty | map: nil }}", None),
        ("{{ page.s | map: 1.9 }}", Some("b")),
        ("{{ page.w | group_by_exp: 'i', nil }}", None),
        ("{{ page.w | where_exp: 'i', 3 }}", None),
        ("{{ page.n | where_exp: 'i', 3 }}", Some("5")),
        ("{% cycle nil, 'a', 'b' %}{% cycle nil, 'a', 'b' %}", Some("ab")),
        (
            "{{ 0.0 | times: -1 }} {{ '-0.0' | times: 0 }} {{ 0 | divided_by: -2.0 }} {{ 0 | times: -1 }}",
            Some("-0.0 -0.0 -0.0 0"),
        ),
        ("{{ 2.56 | round: 1.0 }} {{ 5 | round: 3.0 }} {{ -0.04 | round: 1 }}", Some("2.6 5 -0.0")),
        ("{{ '/a#b\nc' | relative_url }}", Some("/b/a#b")),
        ("{% highlight ruby \n hl_lines=\"2\" %}x{% endhighlight %}", Some(HIGHLIGHTED)),
    ];
    for (source, expected) in cases {
        assert_eq!(render(source).as_deref(), expected, "{source}");
    }
}

const HIGHLIGHTED: &str =
    "\n<figure class=\"highlight\"><pre><code class=\"language-ruby\" data-lang=\"ruby\">x</code></pre></figure>\n";
