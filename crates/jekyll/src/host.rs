//! What Jekyll's tags and filters ask of the site.

use std::sync::Arc;

use postferry_doc::Value;
use postferry_liquid::{self as liquid, Clock, HighlightOptions, Host, Included, Time, relative_url};

use crate::date::ZoneClock;
use crate::site::Core;
use crate::source::{SourceKind, SourceState};
use crate::tree::join;

/// The site, as the templates of one file see it.
pub(crate) struct SiteHost<'a> {
    pub(crate) core: &'a Core,
    /// The folder of the file, within the site.
    pub(crate) folder: &'a str,
}

impl SiteHost<'_> {
    fn template(&self, path: &str, key: &str) -> Option<Included> {
        let templates = &self.core.templates;
        templates.includes.get(key, &templates.options, || {
            let bytes = self.core.context.files.read(path).ok()?;
            Some(postferry_frontmatter::strip_bom(&String::from_utf8_lossy(&bytes)).to_owned())
        })
    }

    fn clock(&self) -> ZoneClock<'_> {
        let context = &self.core.context;
        ZoneClock { zone: &context.config.zone, now: &context.now }
    }

    fn with_base_url(&self, url: &str) -> String {
        relative_url(url, self.base_url().as_deref()).unwrap_or_else(|_| url.to_owned())
    }
}

/// Says whether a template's name of a file stays below the folder it starts from.
fn is_below(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('/') && name.split('/').all(|part| !part.is_empty() && part != ".." && part != ".")
}

impl Clock for SiteHost<'_> {
    fn local_offset(&self, seconds: i64) -> (i32, Arc<str>) {
        self.clock().local_offset(seconds)
    }

    fn now(&self) -> Time {
        self.clock().now()
    }
}

impl Host for SiteHost<'_> {
    fn include(&self, name: &str) -> Option<Included> {
        let config = &self.core.context.config;
        if !is_below(name) {
            return None;
        }
        let folder = config.text("includes_dir").unwrap_or_default();
        let path = join(&join(&config.source, folder.trim_matches('/')), name);
        self.template(&path, name)
    }

    fn include_relative(&self, name: &str) -> Option<Included> {
        if !is_below(name) {
            return None;
        }
        let path = join(self.folder, name);
        // The key cannot be the name of an include.
        self.template(&path, &format!("./{path}"))
    }

    fn link(&self, path: &str) -> Option<String> {
        let core = self.core;
        let config = &core.context.config;
        let path = path.strip_prefix('/').unwrap_or(path);
        let collections = join(&config.source, &config.collections_dir);
        let found = [join(&config.source, path), join(&collections, path)].into_iter().find_map(|path| {
            let source = core.at(core.number_of(&path)?);
            let is_written = match source.kind {
                SourceKind::Page => true,
                SourceKind::Post | SourceKind::Draft => true,
                SourceKind::Document | SourceKind::Asset => {
                    config.collections.get(usize::from(source.collection)).is_none_or(|collection| collection.output)
                }
            };
            (is_written && source.state == SourceState::Shown).then_some(source)
        })?;
        Some(self.with_base_url(&found.url))
    }

    fn post_url(&self, name: &str) -> Option<String> {
        let number = self.core.post_named(name)?;
        Some(self.with_base_url(&self.core.at(number).url))
    }

    fn site_url(&self) -> Option<String> {
        self.core.context.config.text("url")
    }

    fn base_url(&self) -> Option<String> {
        self.core.context.config.text("baseurl")
    }

    fn markdownify(&self, text: &str) -> String {
        self.core.engine.convert(text).into_html()
    }

    fn highlight(&self, code: &str, options: &HighlightOptions) -> String {
        let context = &self.core.context;
        match context.config.map.get("highlighter").filter(|_| context.options.code_frames) {
            // Jekyll renders with Rouge what asks for Pygments.
            Some(Value::String(name)) if matches!(&**name, "rouge" | "pygments") => {
                kramdown::RougeFrame::of_highlight_tag(options.line_numbers, options.marked_lines.clone()).write(code)
            }
            _ => liquid::escape_code(code),
        }
    }

    fn smartify(&self, text: &str) -> String {
        self.core.engine.smartify(text)
    }
}

impl Core {
    /// The post that `post_url` names: by its path, else by its date and slug.
    fn post_named(&self, name: &str) -> Option<u32> {
        let name = name.strip_prefix('/').unwrap_or(name);
        let (folder, file) = crate::tree::split(name);
        let bytes = file.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        // `(\d+-\d+-\d+)-(.*)`
        let mut at = 0;
        for _ in 0..3 {
            let count = digits(at);
            if count == 0 || bytes.get(at + count) != Some(&b'-') {
                return None;
            }
            at += count + 1;
        }
        let (date, slug) = (&file[..at - 1], &file[at..]);
        let config = &self.context.config;
        let root = join(&config.source, &config.collections_dir);
        let folders = [join(&join(&root, "_posts"), folder), join(&join(&root, folder), "_posts")];
        let by_path = folders.iter().find_map(|folder| {
            let prefix = format!("{}/{file}.", folder.trim_end_matches('/'));
            self.numbers_below(&prefix).find(|number| {
                let source = self.at(*number);
                source.is_shown() && source.kind == SourceKind::Post && source.path.len() > prefix.len()
            })
        });
        by_path.or_else(|| {
            let zone = &config.zone;
            let day = crate::parse_date(date, zone, &self.context.now)?;
            let is_same = |seconds: i64| {
                let other = zone.at(seconds);
                (other.year, other.month, other.day) == (day.year, day.month, day.day)
            };
            let mut same = self.posts_by_slug(slug).iter().filter(|number| is_same(self.at(**number).date));
            same.next().copied()
        })
    }
}

/// What templates reach without a name before it: `site`, `page`, `jekyll`, `layout`.
pub(crate) struct Globals {
    pub(crate) site: liquid::Value,
    pub(crate) page: liquid::Value,
    pub(crate) layout: liquid::Value,
    /// Whether the text goes to Markdown, whose converter has code stand on lines of its own.
    pub(crate) is_markdown: bool,
}

impl liquid::Object for Globals {
    fn get(&self, key: &str) -> Option<liquid::Value> {
        Some(match key {
            "site" => self.site.clone(),
            "page" => self.page.clone(),
            "layout" => self.layout.clone(),
            "jekyll" => {
                let pairs = [("version", "4.4.1".into()), ("environment", "development".into())];
                pairs.into_iter().collect::<liquid::Map>().into()
            }
            "highlighter_prefix" | "highlighter_suffix" if self.is_markdown => "\n".into(),
            _ => return None,
        })
    }

    fn keys(&self) -> Vec<Arc<str>> {
        ["jekyll", "site", "page", "layout", "highlighter_prefix", "highlighter_suffix"].map(Arc::from).into()
    }

    fn to_text(&self) -> String {
        "Jekyll::Drops::UnifiedPayloadDrop".to_owned()
    }
}
