//! The small site that the templates of the conformance suites are rendered in.

use std::collections::HashMap;
use std::sync::Arc;

use postferry_liquid::{Clock, Date, Host, Included, Includes, Map, Object, ParseOptions, Time, Value, Zone, relative_url, text};

pub mod json;

use json::{get, json};

/// Something with keys, made before the templates are rendered; later keys are added as documents that know each other.
pub struct Hashed {
    pairs: Map,
    text: &'static str,
    late: std::sync::OnceLock<Vec<(&'static str, Value)>>,
}

impl Hashed {
    fn new(pairs: Map) -> Arc<Self> {
        Self::named("{}", pairs)
    }

    /// As a drop, which shows itself as the name of its class.
    fn named(text: &'static str, pairs: Map) -> Arc<Self> {
        Arc::new(Self { pairs, text, late: std::sync::OnceLock::new() })
    }
}

impl Object for Hashed {
    fn get(&self, key: &str) -> Option<Value> {
        let late = self.late.get().and_then(|late| late.iter().find(|(name, _)| *name == key));
        late.map(|(_, value)| value.clone()).or_else(|| self.pairs.get(key).cloned())
    }

    fn keys(&self) -> Vec<Arc<str>> {
        self.pairs.entries().iter().map(|(key, _)| Arc::from(text(key))).collect()
    }

    fn to_text(&self) -> String {
        self.text.to_owned()
    }
}

/// A site: its configuration, its documents, and what it includes.
pub struct Site {
    config: Value,
    includes: Includes,
    files: Vec<(&'static str, &'static str)>,
    links: HashMap<&'static str, String>,
    globals: Map,
}

impl Object for Site {
    fn get(&self, key: &str) -> Option<Value> {
        self.globals.get(key).cloned()
    }

    fn keys(&self) -> Vec<Arc<str>> {
        Vec::new()
    }

    fn to_text(&self) -> String {
        String::new()
    }
}

fn day(year: i64, month: u32, day: u32) -> Value {
    let date = Date::new(year, month, day).expect("a day of the site");
    Value::time(Time { zone: Zone::Named("UTC".into()), ..Time::utc(date.days() * 86_400) })
}

/// A post: its keys as JSON, and its date.
fn post(keys: &str, date: Value) -> Arc<Hashed> {
    let Value::Hash(keys) = json(keys) else { unreachable!("a post's keys are a hash") };
    let mut pairs: Map = keys.entries().iter().cloned().collect();
    pairs.set("date", date);
    pairs.set("collection", "posts");
    Hashed::new(pairs)
}

fn chain(posts: &[Arc<Hashed>]) {
    for (place, post) in posts.iter().enumerate() {
        let neighbour = |place: Option<usize>| match place.and_then(|place| posts.get(place)) {
            Some(post) => Value::Object(Arc::clone(post) as Arc<dyn Object>),
            None => Value::Nil,
        };
        let late = vec![("previous", neighbour(place.checked_sub(1))), ("next", neighbour(Some(place + 1)))];
        assert!(post.late.set(late).is_ok(), "a post is chained once");
    }
}

/// kramdown's options in Jekyll, without a highlighter.
fn options() -> kramdown::Options {
    kramdown::Options::jekyll()
}

fn object(object: &Arc<Hashed>) -> Value {
    Value::Object(Arc::clone(object) as Arc<dyn Object>)
}

fn hash(pairs: &[(&str, Value)]) -> Value {
    Value::from(pairs.iter().map(|(key, value)| (*key, value.clone())).collect::<Map>())
}

fn hashed(pairs: &[(&str, Value)]) -> Arc<Hashed> {
    Hashed::new(pairs.iter().map(|(key, value)| (*key, value.clone())).collect())
}

impl Site {
    /// The site of `liquid.jsonl`; `overrides` replace keys of its configuration, `page` is the page's front matter.
    pub fn of_templates(overrides: &Value, page: &Value) -> Self {
        let posts = [
            post(
                r#"{"title": "Other", "url": "/k/2020/01/02/other.html", "id": "/k/2020/01/02/other", "tags": ["a", "b"],
                "categories": ["k"], "content": "One *two*\n\nthree\n", "excerpt": "<p>One <em>two</em></p>\n"}"#,
                day(2020, 1, 2),
            ),
            post(
                r#"{"title": "Second", "rank": 2, "author": {"name": "Z"}, "url": "/2020/01/03/second.html",
                "id": "/2020/01/03/second", "tags": [], "categories": [], "content": "2nd\n", "excerpt": "<p>2nd</p>\n"}"#,
                day(2020, 1, 3),
            ),
            post(
                r#"{"title": "Third 三", "rank": 1, "url": "/2020/01/04/third.html", "id": "/2020/01/04/third", "tags": [],
                "categories": [], "content": "3rd\n", "excerpt": "<p>3rd</p>\n"}"#,
                day(2020, 1, 4),
            ),
        ];
        chain(&posts);
        let mut config = Map::new();
        let base = json(
            r#"{"title": "Site & Co", "url": "https://x.example", "baseurl": "/b", "highlighter": "none", "num": 7,
            "nothing": null, "list": ["b", "a", "C", null], "members": [
            {"name": "Ann", "age": 31, "team": "red", "tags": ["x", "y"]}, {"name": "Bob", "age": 7, "team": "blue"},
            {"name": "cyd", "age": null, "team": "red", "tags": ["y"]}, {"name": "Dee", "team": null, "tags": "x"}],
            "data": {"people": [{"name": "Jo", "langs": ["ru", "中文"]}, {"name": "Al"}],
            "sub": {"conf": {"k": {"v": 1}, "on": true}}, "rows": [{"id": "1", "name": "Ada"}, {"id": "2", "name": "B, C"}]}}"#,
        );
        for value in [&base, overrides] {
            let Value::Hash(map) = value else { continue };
            for (key, value) in map.entries() {
                config.insert(key.clone(), value.clone());
            }
        }
        let config = Value::from(config);
        let newest_first: Vec<Value> = posts.iter().rev().map(object).collect();
        let note = hashed(&[("title", Value::from("N1")), ("url", Value::from("/notes/n1.html"))]);
        let file = |path: &str, extension: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let base = name.strip_suffix(extension).unwrap_or(name);
            object(&hashed(&[
                ("path", Value::from(path)),
                ("extname", Value::from(extension)),
                ("basename", Value::from(base)),
                ("name", Value::from(name)),
            ]))
        };
        let collection =
            |label: &str, docs: &[Value]| hash(&[("label", Value::from(label)), ("docs", Value::list(docs.to_vec()))]);
        let mut documents = vec![object(&note)];
        documents.extend(posts.iter().map(object));
        let oldest = object(&posts[0]);
        let site_keys = vec![
            ("posts", Value::list(newest_first.clone())),
            ("pages", Value::list(vec![Value::Nil])),
            ("documents", Value::list(documents)),
            ("collections", Value::list(vec![collection("notes", &[object(&note)]), collection("posts", &newest_first)])),
            ("static_files", Value::list(vec![file("/assets/p q.png", ".png"), file("/rel.txt", ".txt")])),
            ("tags", hash(&[("a", Value::list(vec![oldest.clone()])), ("b", Value::list(vec![oldest.clone()]))])),
            ("categories", hash(&[("k", Value::list(vec![oldest]))])),
            ("time", day(2026, 11, 23)),
        ];
        let Value::Hash(config_pairs) = &config else { unreachable!("the configuration is a hash") };
        let site = Hashed::named("Jekyll::Drops::SiteDrop", config_pairs.entries().iter().cloned().collect());
        assert!(site.late.set(site_keys).is_ok(), "the site is made once");
        let mut page_keys = Map::new();
        if let Value::Hash(map) = page {
            page_keys = map.entries().iter().cloned().collect();
        }
        for (key, value) in [("url", "/t.html"), ("path", "t.md"), ("name", "t.md"), ("dir", "/")] {
            page_keys.set(key, value);
        }
        let jekyll = hash(&[("version", Value::from("4.4.1")), ("environment", Value::from("development"))]);
        let mut globals = Map::new();
        globals.set("site", object(&site));
        globals.set("page", Value::from(page_keys));
        globals.set("jekyll", jekyll);
        globals.set("highlighter_prefix", "\n");
        globals.set("highlighter_suffix", "\n");
        Self {
            config,
            includes: Includes::default(),
            files: vec![
                ("_includes/x.html", "INC[{{ include.a }}|{{ include.b }}|{{ page.title }}]"),
                ("_includes/sub/y.html", "S"),
                ("_includes/loop.html", "{{ include.n }}{% include loop.html n=1 %}"),
                ("_includes/head.html", "---\nt: 1\n---\nH\n"),
                ("_includes/bad.html", "{% if %}"),
                ("_includes/set.html", "{% assign leak = 'in' %}{% for i in include.items %}<{{ i }}>{% endfor %}"),
                ("rel.txt", "REL {{ include.p }}"),
            ],
            links: HashMap::from([
                ("_posts/2020-01-02-other.md", "/k/2020/01/02/other.html".to_owned()),
                ("_posts/2020-01-03-second.md", "/2020/01/03/second.html".to_owned()),
                ("_posts/sub/2020-01-04-third.md", "/2020/01/04/third.html".to_owned()),
                ("_notes/n1.md", "/notes/n1.html".to_owned()),
                ("t.md", "/t.html".to_owned()),
                ("/rel.txt", "/rel.txt".to_owned()),
                ("/assets/p q.png", "/assets/p q.png".to_owned()),
            ]),
            globals,
        }
    }

    fn file(&self, path: &str) -> Option<Included> {
        self.includes.get(path, &ParseOptions::strict(), || {
            self.files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned())
        })
    }

    fn url(&self, path: &str) -> Option<String> {
        let url = self.links.get(path)?;
        Some(relative_url(url, self.base_url().as_deref()).expect("the site's URLs are valid"))
    }
}

impl Clock for Site {
    fn local_offset(&self, _seconds: i64) -> (i32, Arc<str>) {
        (0, Arc::from("UTC"))
    }

    fn now(&self) -> Time {
        Time::utc(1_795_392_000)
    }
}

impl Host for Site {
    fn include(&self, name: &str) -> Option<Included> {
        self.file(&format!("_includes/{name}"))
    }

    fn include_relative(&self, name: &str) -> Option<Included> {
        self.file(name)
    }

    fn link(&self, path: &str) -> Option<String> {
        self.url(path).or_else(|| self.url(&format!("/{}", path.trim_start_matches('/'))))
    }

    fn post_url(&self, name: &str) -> Option<String> {
        self.url(&format!("_posts/{}.md", name.trim_start_matches('/')))
    }

    fn site_url(&self) -> Option<String> {
        get(&self.config, "url").as_str().map(str::to_owned)
    }

    fn base_url(&self) -> Option<String> {
        get(&self.config, "baseurl").as_str().map(str::to_owned)
    }

    fn markdownify(&self, text: &str) -> String {
        kramdown::to_html(text, &options()).html
    }

    fn smartify(&self, text: &str) -> String {
        let mut options = options();
        options.parser = kramdown::Parser::SmartyPants;
        let html = kramdown::to_html(text, &options).html;
        html.strip_suffix('\n').unwrap_or(&html).to_owned()
    }
}
