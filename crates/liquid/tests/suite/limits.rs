//! Hostile templates end in an error or a text, soon and always in the same way.

use std::fmt::Write as _;
use std::time::Instant;

use postferry_liquid::{ErrorKind, Limits, Mode, ParseOptions, Template, Value};

use crate::site::Site;

/// What ends the rendering of a template, and that the text is the same in every rendering.
fn error_of(source: &str) -> Option<ErrorKind> {
    let site = Site::of_templates(&Value::Nil, &Value::Nil);
    let template = match Template::parse(source, &ParseOptions::strict()) {
        Ok(template) => template,
        Err(error) => return Some(error.kind),
    };
    let mut limits = Limits::default();
    limits.steps = 200_000;
    limits.bytes = 1 << 20;
    let rendered = template.render(&site, &site, Mode::Strict, &limits);
    let again = template.render(&site, &site, Mode::Strict, &limits);
    assert_eq!((&rendered.text, rendered.steps), (&again.text, again.steps));
    rendered.error.map(|error| error.kind)
}

#[test]
fn endless_work_ends() {
    let start = Instant::now();
    for source in [
        "{% for i in (1..1000000000) %}{% endfor %}",
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{% for i in (1..9223372036854775807) %}{{ i }}{% endfor %}",
        "{% for i in (1..10000) %}{% for j in (1..10000) %}{% endfor %}{% endfor %}",
        "{% tablerow i in (1..1000000000) %}{% endtablerow %}",
        "{{ (1..1000000000) | join: ',' }}",
        "{{ (1..1000000000) | where_exp: 'x', 'x > 1' }}",
        "{{ (1..1000000000) | sort }}",
        "{% assign a = 'x' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}",
        "{% assign a = 'x' %}{% for i in (1..100) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}",
        "{% assign a = 'x' %}{% for i in (1..100) %}{% assign a = a | replace: 'x', 'xx' %}{% endfor %}",
        "{% assign a = 'x' | split: '' %}{% for i in (1..100) %}{% assign a = a | concat: a %}{% endfor %}",
        "{% assign a = 2 %}{% for i in (1..100) %}{% assign a = a | times: a %}{% endfor %}",
        "{% assign a = 1.5 %}{% for i in (1..100) %}{% assign a = a | times: a %}{% endfor %}{{ a | append: '' | slice: 'x' }}",
        "{% assign a = 'x' | split: '' %}{% for i in (1..5000) %}{% assign b = '' | split: '' %}{% assign a = b | push: a %}{% endfor %}{{ a }}",
    ] {
        assert!(error_of(source).is_some(), "{source}");
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn deep_nesting_ends() {
    let repeat = |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count));
    assert_eq!(error_of(&repeat("{% if true %}", "{% endif %}", 101)), Some(ErrorKind::StackLevel));
    assert_eq!(error_of(&repeat("{% capture a %}", "{% endcapture %}", 100_000)), Some(ErrorKind::StackLevel));
    assert_eq!(error_of(&repeat("{% comment %}", "{% endcomment %}", 100_000)), Some(ErrorKind::StackLevel));
    assert_eq!(error_of(&repeat("{% if true %}", "{% endif %}", 99)), None);
    let include = format!("{}{{% include loop.html n=0 %}}", "{% capture a %}".repeat(98));
    assert_eq!(error_of(&(include + &"{% endcapture %}".repeat(98))), Some(ErrorKind::StackLevel));
    assert_eq!(error_of("{% include loop.html n=0 %}"), Some(ErrorKind::StackLevel));
    for markup in ["(", "[", "a[", "(1..", "a.", "'", "\"", "|", "a|b:", "-", "(a..(", "a[b]."] {
        for template in ["{{ X }}", "{% if X %}{% endif %}", "{% for i in X %}{% endfor %}", "{% assign a = X %}"] {
            let source = template.replace('X', &markup.repeat(20_000));
            let _ = error_of(&source);
        }
    }
}

#[test]
fn long_templates_take_time_in_proportion() {
    for piece in ["{", "{{", "{%", "}}", "{% if", "{{ a", "{% raw %}", "{% comment %}{{", "{{ 'a }}", "a {% b", "{{a}}\n"] {
        let start = Instant::now();
        let _ = error_of(&piece.repeat(100_000 / piece.len()));
        let tolerant = Template::parse(&piece.repeat(100_000 / piece.len()), &ParseOptions::tolerant(std::sync::Arc::default()));
        assert!(tolerant.is_ok(), "{piece}");
        assert!(start.elapsed().as_secs() < 20, "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn long_markup_takes_time_in_proportion() {
    let start = Instant::now();
    let spaces = " ".repeat(100_000);
    for markup in [
        format!("if ! a and{spaces}"),
        format!("if ! {spaces}a{spaces}or{spaces}b"),
        format!("if {}", "! and ".repeat(20_000)),
        format!("assign {}", "((a".repeat(30_000)),
        format!("assign {}=", "a)(".repeat(30_000)),
        format!("cycle {}", "'a'b:".repeat(20_000)),
        format!("cycle {}", "a:b".repeat(30_000)),
        format!("for i in {}", "a'b\"".repeat(20_000)),
        format!("for i of {}", "a:b ".repeat(20_000)),
        format!("tablerow {}", "a in ".repeat(20_000)),
        format!("case {}", "'\"".repeat(30_000)),
        format!("include {}", "{{ a ".repeat(20_000)),
        format!("include x {}", "a='b' ".repeat(2_000)),
        format!("highlight a {}", "b=\"1 ".repeat(20_000)),
        format!("post_url {}", "1-1/".repeat(20_000)),
        format!("link {}", "{{ a }}".repeat(10_000)),
    ] {
        let _ = error_of(&format!("{{% {markup} %}}"));
        let _ = error_of(&format!("{{{{ {markup} }}}}"));
    }
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn every_prefix_of_a_template_is_taken() {
    let mut source = String::from(
        "a{% assign x = page.t | split: ',' | map: 'a' %}{%- for i in x limit:2 offset:continue reversed -%}{{ i.b[0]['c'] | \
         date: '%Y', z: 1 }}{% cycle 'n': 1, 2 %}{% else %}{% endfor %}{% case x %}{% when 1 or 'é', 2 %}b{% endcase %}\
         {% include {{ x }}.html a=\"b\\\"\" c=d.e %}{% highlight c++ linenos=\"1 2\" %}c{% endhighlight %}{% link é %}",
    );
    let _ =
        write!(source, "{{% raw %}}{{{{ é }}}}{{% endraw %}}{{% tablerow i in (1..3) cols:2 %}}{{{{ 'é' }}}}{{% endtablerow %}}");
    for end in (0..=source.len()).filter(|end| source.is_char_boundary(*end)) {
        let _ = error_of(&source[..end]);
        let _ = error_of(&source[end..]);
    }
}

#[test]
fn numbers_at_the_edge_are_taken() {
    let numbers =
        ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "1.0e", "-0", "0.1", "'9e99'", "'1e400'"];
    let uses = [
        "{{ N | date: '%Y-%j %G-W%V %s %c' }}",
        "{{ N | date_to_xmlschema }}",
        "{{ 'abc' | slice: N }}{{ 'abc' | slice: 0, N }}",
        "{{ 'abc' | truncate: N }}{{ 'a b' | truncatewords: N }}",
        "{{ (N..N).size }}{{ (N..5) | size }}",
        "{{ N | plus: N }}{{ N | times: N }}{{ N | minus: 1 }}{{ N | divided_by: 3 }}{{ N | modulo: 7 }}{{ N | abs }}",
        "{{ N | round: 400 }}{{ 1.5 | round: N }}{{ N | ceil }}{{ N | floor }}{{ N | at_most: 1.5 }}",
        "{% assign l = 'a,b' | split: ',' %}{{ l[N] }}{{ l | pop: N }}{{ l | shift: N }}{{ l | sample: N }}",
        "{% for i in (1..3) limit:N offset:N %}{{ i }}{% endfor %}{% tablerow i in (1..3) cols:N %}{% endtablerow %}",
        "{{ N | jsonify }}{{ N | inspect }}{{ N | size }}{% if N > 1.5 %}{% endif %}{{ 'abc' | map: N }}{{ 5 | map: N }}",
    ];
    for template in uses {
        for number in numbers {
            let _ = error_of(&template.replace('N', number));
        }
    }
}
