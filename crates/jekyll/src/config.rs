//! A site's configuration: Jekyll's defaults under what the site's files say.

use postferry_doc::{Diagnostic, Map, Value};
use postferry_frontmatter::read_yaml;

use crate::merge::{is_true, merge};
use crate::options::{SiteError, SiteOptions};
use crate::{SiteFiles, Zone, ruby};

/// Where Jekyll looks for a configuration if none is named.
const DEFAULT_FILES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// The extensions that are Markdown to Jekyll.
pub(crate) const MARKDOWN_EXTENSIONS: &str = "markdown,mkdown,mkdn,mkd,md";

/// What Jekyll leaves out whatever the site says.
const ALWAYS_EXCLUDED: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// A site's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Every key, Jekyll's defaults included.
    pub map: Map,
    /// The folder of the sources within the site, without slashes at its ends; empty for the site's root.
    pub source: String,
    /// The folder of all collections within the source; empty if there is none.
    pub collections_dir: String,
    /// Patterns of files to leave out.
    pub exclude: Vec<String>,
    /// Patterns of files to read all the same.
    pub include: Vec<String>,
    /// The collections in their order, `posts` first.
    pub collections: Vec<Collection>,
    /// The permalink style or template of the site.
    pub permalink: String,
    /// The extensions that are Markdown, lower-cased, without dots.
    pub markdown_extensions: Vec<String>,
    /// Where an excerpt ends.
    pub excerpt_separator: String,
    /// Whether drafts are read.
    pub drafts: bool,
    /// Whether posts of the future are shown.
    pub future: bool,
    /// Whether posts with `published: false` are shown.
    pub unpublished: bool,
    /// Whether an invalid head fails its post.
    pub strict_front_matter: bool,
    /// How many of the latest posts are read; 0 for all.
    pub limit_posts: usize,
    /// The site's zone.
    pub zone: Zone,
}

/// A collection's settings.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// Its name.
    pub label: String,
    /// Whether its documents have pages of their own.
    pub output: bool,
    /// The template of its documents' URLs, if it has one of its own; of `posts` always.
    pub permalink: Option<Value>,
    /// The key to sort its documents by.
    pub sort_by: Option<String>,
    /// Its documents' order, by their paths within the collection.
    pub order: Vec<String>,
    /// All its settings.
    pub metadata: Map,
}

impl Config {
    /// Reads a site's configuration files.
    ///
    /// # Errors
    /// Where a file that the options name is not there.
    pub(crate) fn read(
        files: &dyn SiteFiles,
        listed: &dyn Fn(&str) -> bool,
        options: &SiteOptions,
    ) -> Result<(Self, Vec<Diagnostic>), SiteError> {
        let mut diagnostics = Vec::new();
        let mut map = defaults();
        let names: Vec<&str> = if options.config.is_empty() {
            DEFAULT_FILES.into_iter().find(|name| listed(name)).into_iter().collect()
        } else {
            options.config.iter().map(String::as_str).collect()
        };
        for name in names {
            if !listed(name) {
                return Err(SiteError::NoConfig(name.to_owned()));
            }
            let bytes = files.read(name).map_err(SiteError::Files)?;
            match parse(name, &String::from_utf8_lossy(&bytes)) {
                Ok(Value::Map(over)) => merge(&mut map, &over),
                Ok(Value::Null) => {}
                Ok(_) => diagnostics.push(problem(name, "the configuration is not a map; it is not used")),
                Err((message, line)) => {
                    let mut diagnostic = problem(name, &message);
                    diagnostic.place.line = line;
                    diagnostics.push(diagnostic);
                }
            }
        }
        let config = Self::from_map(map, options, &mut diagnostics);
        Ok((config, diagnostics))
    }

    fn from_map(map: Map, options: &SiteOptions, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let text = |key: &str| map.get(key).filter(|value| is_true(Some(value))).map(ruby::to_s).unwrap_or_default();
        let flag = |key: &str| is_true(map.get(key));
        let mut exclude = strings(&map, "exclude", diagnostics);
        exclude.extend(ALWAYS_EXCLUDED.iter().map(|&name| name.to_owned()));
        let zone_name = text("timezone");
        let zone = if zone_name.is_empty() { &options.machine_zone } else { &zone_name };
        let zone = Zone::by_name(zone).unwrap_or_else(|| {
            diagnostics.push(problem("", &format!("there is no time zone `{zone}`; UTC is used")));
            Zone::utc()
        });
        let permalink = text("permalink");
        let mut config = Self {
            source: clean_folder(&text("source")),
            collections_dir: clean_folder(&text("collections_dir")),
            include: strings(&map, "include", diagnostics),
            exclude,
            collections: collections(&map, &permalink),
            permalink,
            markdown_extensions: text("markdown_ext").split(',').map(str::to_lowercase).collect(),
            excerpt_separator: map.get("excerpt_separator").map(ruby::to_s).unwrap_or_default(),
            drafts: options.drafts || flag("show_drafts"),
            future: options.future || flag("future"),
            unpublished: options.unpublished || flag("unpublished"),
            strict_front_matter: flag("strict_front_matter"),
            limit_posts: match map.get("limit_posts") {
                Some(Value::Int(count)) => usize::try_from(*count).unwrap_or(0),
                _ => 0,
            },
            zone,
            map,
        };
        config.exclude.retain(|pattern| !config.include.contains(pattern));
        config
    }

    /// A text of the configuration; none where it is missing, null or false.
    pub fn text(&self, key: &str) -> Option<String> {
        self.map.get(key).filter(|value| is_true(Some(value))).map(ruby::to_s)
    }

    /// The collection of that name.
    pub fn collection(&self, label: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.label == label)
    }

    /// Says whether files with that extension (with its dot) are Markdown.
    pub fn is_markdown(&self, extension: &str) -> bool {
        let extension = extension.strip_prefix('.').unwrap_or(extension).to_lowercase();
        self.markdown_extensions.contains(&extension)
    }
}

/// Reads a configuration file by its extension; says what is wrong with it, and on which line.
fn parse(name: &str, text: &str) -> Result<Value, (String, Option<u32>)> {
    if crate::name::extension(name).eq_ignore_ascii_case(".toml") {
        let table = crate::toml::read(text);
        return table
            .map(Value::Map)
            .map_err(|(message, line)| (format!("the configuration is not valid TOML: {message}"), line));
    }
    read_yaml(text).map_err(|error| (format!("the configuration is not valid YAML: {}", error.message), Some(error.line)))
}

fn problem(path: &str, message: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::warning("config/invalid", message);
    path.clone_into(&mut diagnostic.place.path);
    diagnostic
}

/// A list of texts; Jekyll refuses anything else.
fn strings(map: &Map, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    match map.get(key) {
        Some(Value::List(values)) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        None | Some(Value::Null) => Vec::new(),
        Some(other) => {
            diagnostics.push(problem("", &format!("`{key}` has to be a list; Jekyll refuses this configuration")));
            other.as_str().map(|text| text.split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
        }
    }
}

/// A folder without `./` before it and slashes around it.
pub(crate) fn clean_folder(folder: &str) -> String {
    let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    parts.join("/")
}

fn collections(map: &Map, permalink: &str) -> Vec<Collection> {
    let mut settings = Map::new();
    settings.push("posts", Value::Map(Map::new()));
    match map.get("collections") {
        Some(Value::List(labels)) => {
            for label in labels {
                settings.insert(ruby::to_s(label), Value::Map(Map::new()));
            }
        }
        Some(Value::Map(collections)) => merge(&mut settings, collections),
        _ => {}
    }
    let read = |(label, value): (&str, &Value)| {
        let metadata = value.as_map().cloned().unwrap_or_default();
        let mut collection = Collection {
            label: label.chars().filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c)).collect(),
            output: is_true(metadata.get("output")),
            permalink: metadata.get("permalink").cloned(),
            sort_by: metadata.get("sort_by").and_then(Value::as_str).map(str::to_owned),
            order: metadata
                .get("order")
                .and_then(Value::as_list)
                .map(|paths| paths.iter().map(ruby::to_s).collect())
                .unwrap_or_default(),
            metadata,
        };
        if label == "posts" {
            collection.output = true;
            if !permalink.is_empty() && !is_true(collection.permalink.as_ref()) {
                collection.permalink = Some(Value::from(crate::permalink::template_of_style(permalink)));
            }
        }
        collection
    };
    settings.iter().map(read).collect()
}

/// Jekyll's own configuration, without what only its server and its commands look at.
fn defaults() -> Map {
    let text = |text: &str| Value::from(text);
    let list = |items: &[&str]| Value::List(items.iter().map(|item| Value::from(*item)).collect());
    let map = |pairs: Vec<(&str, Value)>| Value::Map(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect());
    let pairs = vec![
        ("source", text("")),
        ("destination", text("_site")),
        ("collections_dir", text("")),
        ("cache_dir", text(".jekyll-cache")),
        ("plugins_dir", text("_plugins")),
        ("layouts_dir", text("_layouts")),
        ("data_dir", text("_data")),
        ("includes_dir", text("_includes")),
        ("collections", map(Vec::new())),
        ("safe", Value::Bool(false)),
        ("include", list(&[".htaccess"])),
        ("exclude", list(&[])),
        ("keep_files", list(&[".git", ".svn"])),
        ("encoding", text("utf-8")),
        ("markdown_ext", text(MARKDOWN_EXTENSIONS)),
        ("strict_front_matter", Value::Bool(false)),
        ("show_drafts", Value::Null),
        ("limit_posts", Value::Int(0)),
        ("future", Value::Bool(false)),
        ("unpublished", Value::Bool(false)),
        ("whitelist", list(&[])),
        ("plugins", list(&[])),
        ("markdown", text("kramdown")),
        ("highlighter", text("rouge")),
        ("lsi", Value::Bool(false)),
        ("excerpt_separator", text("\n\n")),
        ("incremental", Value::Bool(false)),
        ("detach", Value::Bool(false)),
        ("port", text("4000")),
        ("host", text("127.0.0.1")),
        ("baseurl", Value::Null),
        ("show_dir_listing", Value::Bool(false)),
        ("permalink", text("date")),
        ("paginate_path", text("/page:num")),
        ("timezone", Value::Null),
        ("quiet", Value::Bool(false)),
        ("verbose", Value::Bool(false)),
        ("defaults", list(&[])),
        (
            "liquid",
            map(vec![
                ("error_mode", text("warn")),
                ("strict_filters", Value::Bool(false)),
                ("strict_variables", Value::Bool(false)),
            ]),
        ),
        (
            "kramdown",
            map(vec![
                ("auto_ids", Value::Bool(true)),
                ("toc_levels", Value::List((1..=6).map(Value::Int).collect())),
                ("entity_output", text("as_char")),
                ("smart_quotes", text("lsquo,rsquo,ldquo,rdquo")),
                ("input", text("GFM")),
                ("hard_wrap", Value::Bool(false)),
                ("guess_lang", Value::Bool(true)),
                ("footnote_nr", Value::Int(1)),
                ("show_warnings", Value::Bool(false)),
            ]),
        ),
    ];
    pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()
}
