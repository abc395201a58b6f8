//! Looks through a whole site and says what a conversion will meet; writes nothing.

mod address;
mod document;
mod finding;
mod frame;
mod gemfile;
mod ids;
mod index;
mod judge;
mod links;
mod outside;
mod plugin;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use postferry::{Folder, ReadOptions, Site, SiteFiles, Source, SourceKind};

use crate::RunError;
use crate::job::threads;
use crate::window::{Window, run_ordered};
use address::Hosts;
use document::{Anchor, Context, Fate, Seen, alias_stem, look_at, uses};
use finding::Findings;
pub use finding::{FINDINGS, Finding, FoundAt, meaning_of};
use frame::{Frames, TemplateFile};
use index::Index;
use outside::{Outside, REDIRECTS};

/// Links to ids of other pages that are looked at.
const ANCHORS: usize = 100_000;

/// What was found in a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Documents that can be converted, by collection.
    pub converted: BTreeMap<String, usize>,
    /// Documents that Jekyll leaves out, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Documents that cannot be converted.
    pub failed: usize,
    /// Files that are copied as they are.
    pub files: usize,
    /// The plugins that the site asks for.
    pub plugins: Vec<Plugin>,
    /// What was found, topic by topic.
    pub findings: Vec<Finding>,
}

/// A plugin that a site asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// Its name.
    pub name: String,
    /// The file, and the key in it, that asks for it.
    pub asked_by: String,
    /// What it does to a site; nothing where it is not known.
    pub does: Option<&'static str>,
    /// What postferry does in its place.
    pub here: Option<&'static str>,
}

impl Check {
    /// Whether there was a finding of this code or topic.
    pub fn has(&self, code_or_topic: &str) -> bool {
        let is_it = |code: &str| code == code_or_topic || code.split('/').next() == Some(code_or_topic);
        self.findings.iter().any(|finding| is_it(finding.code))
    }
}

/// Looks through a site. The answer is the same for any number of threads.
///
/// # Errors
/// A site that cannot be opened.
pub fn check(folder: &Path, options: ReadOptions, asked: Option<usize>) -> Result<Check, RunError> {
    let fail = |why: String| RunError::Input { path: folder.display().to_string(), why };
    let files = Folder::new(folder);
    let site = Site::open(Arc::new(files.clone()), options).map_err(|error| fail(error.to_string()))?;
    let listing = files.list().map_err(|error| fail(error.to_string()))?;
    let around = Around::read(&site, &files, listing.iter().map(|entry| entry.path.as_str()));

    let mut findings = Findings::default();
    let mut check = Check { files: count_files(&site), plugins: around.plugins(), ..Check::default() };
    for diagnostic in site.diagnostics().iter().filter(|diagnostic| diagnostic.code != "url/collision") {
        findings.add_diagnostic(diagnostic);
    }
    let index = Index::of(&site);
    for (path, first, later) in &index.collisions {
        for number in [first, later] {
            let source = &site.sources()[*number as usize];
            findings.add("url/collision", path, FoundAt { path: source.path.to_string(), ..FoundAt::default() });
        }
    }
    let frames = Frames::of(&around.templates);
    let includes = around.templates.iter().filter(|file| !file.is_layout).map(|file| file.name.as_str()).collect();
    let context = Context {
        site: &site,
        index: &index,
        hosts: &around.hosts,
        frames: &frames,
        includes: &includes,
        theme: around.theme.as_deref(),
        github: around.github_templates(),
    };
    let mut read_keys = BTreeSet::new();
    for file in &around.templates {
        read_keys.extend(file.facts.keys.iter().cloned());
        for found in uses(&context, &file.facts, &file.path, file.first_line) {
            findings.add(found.code, &found.subject, found.place).note = found.note;
        }
    }

    let sources: Vec<&Source> = site.sources().iter().filter(|source| source.kind != SourceKind::Asset).collect();
    let threads = threads(asked);
    let window = Window { threads, items: threads * 64, bytes: 64 << 20 };
    let mut aliases = HashSet::new();
    let mut anchors: Vec<Anchor> = Vec::new();
    run_ordered(
        sources.len(),
        window,
        |n| {
            let seen = look_at(&context, sources[n]);
            (seen.held_bytes(), seen)
        },
        |n, seen: Seen| {
            match seen.fate {
                Fate::Converted(collection) => *check.converted.entry(collection).or_default() += 1,
                Fate::Skipped(reason) => *check.skipped.entry(reason).or_default() += 1,
                Fate::Failed => check.failed += 1,
            }
            for found in seen.found {
                findings.add(found.code, &found.subject, found.place).note = found.note;
            }
            seen.diagnostics.iter().for_each(|diagnostic| findings.add_diagnostic(diagnostic));
            for (key, line) in seen.keys {
                let place = FoundAt { path: sources[n].path.to_string(), line: Some(line), text: None };
                findings.add("head/key", &key, place);
            }
            read_keys.extend(seen.read_keys);
            aliases.extend(seen.aliases.iter().map(|alias| alias_stem(alias)));
            let room = ANCHORS.saturating_sub(anchors.len());
            for anchor in seen.anchors.iter().skip(room) {
                findings.add("link/anchor", "(others)", anchor.place.clone()).note = Some("too many; not looked at".to_owned());
            }
            anchors.extend(seen.anchors.into_iter().take(room));
            Ok::<(), RunError>(())
        },
    )?;
    judge::anchors(&context, anchors, window, &mut findings)?;
    let outside = Outside::of(site.config(), &around.asked, &around.own_plugins, &around.redirects);
    judge::links(&context, &files, &aliases, &outside, &mut findings);
    judge::keys(&read_keys, around.theme.is_some(), &mut findings);
    check.findings = findings.finish();
    Ok(check)
}

fn count_files(site: &Site) -> usize {
    site.sources().iter().filter(|source| source.kind == SourceKind::Asset).count()
}

/// What lies around the documents of a site.
struct Around {
    hosts: Hosts,
    asked: Vec<gemfile::Asked>,
    templates: Vec<TemplateFile>,
    /// The Ruby files of the site's own plugins.
    own_plugins: Vec<String>,
    /// The files of redirects with their texts.
    redirects: Vec<(String, String)>,
    theme: Option<String>,
}

impl Around {
    fn read<'p>(site: &Site, files: &Folder, paths: impl Iterator<Item = &'p str>) -> Self {
        let config = site.config();
        let below = |folder: &str| {
            let parts = [config.source.as_str(), folder.trim_matches('/')];
            format!("{}/", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
        };
        let folder = |key: &str| below(&config.text(key).unwrap_or_default());
        let (layouts, includes, plugins) = (folder("layouts_dir"), folder("includes_dir"), folder("plugins_dir"));
        let text = |path: &str| files.read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let mut around = Self {
            hosts: Hosts::default(),
            asked: gemfile::plugins_asked(config, &text("Gemfile")),
            templates: Vec::new(),
            own_plugins: Vec::new(),
            redirects: Vec::new(),
            theme: config.text("theme").or_else(|| config.text("remote_theme")),
        };
        let mut cname = String::new();
        for path in paths {
            if let Some(name) = path.strip_prefix(&layouts) {
                let stem = name.rfind('.').map_or(name, |dot| &name[..dot]);
                around.templates.push(TemplateFile::read(site, path, stem, true, &text(path)));
            } else if let Some(name) = path.strip_prefix(&includes) {
                around.templates.push(TemplateFile::read(site, path, name, false, &text(path)));
            } else if path.starts_with(&plugins) && Path::new(path).extension().is_some_and(|ending| ending == "rb") {
                around.own_plugins.push(path.to_owned());
            } else {
                let name = path.strip_prefix(&config.source).map_or(path, |rest| rest.trim_start_matches('/'));
                if name == "CNAME" || path == "CNAME" {
                    cname = text(path);
                } else if REDIRECTS.contains(&name) || REDIRECTS.contains(&path) {
                    around.redirects.push((path.to_owned(), text(path)));
                }
            }
        }
        let url = config.text("url").unwrap_or_default();
        around.hosts = Hosts::new(&url, &config.text("baseurl").unwrap_or_default(), &cname);
        around
    }

    /// The templates that look `site.github` up, where a plugin would fill it.
    fn github_templates(&self) -> Option<BTreeSet<&str>> {
        let fills = |name: &str| matches!(name, "jekyll-github-metadata" | "github-pages");
        self.asked.iter().any(|asked| fills(&asked.name)).then(|| {
            self.templates.iter().filter(|file| file.facts.keys.contains("github")).map(|file| file.path.as_str()).collect()
        })
    }

    fn plugins(&self) -> Vec<Plugin> {
        let asked = self.asked.iter().map(|asked| {
            let known = plugin::find(&asked.name);
            Plugin {
                name: asked.name.clone(),
                asked_by: asked.by.clone(),
                does: known.map(|known| known.does),
                here: known.map(|known| known.here),
            }
        });
        let own = self.own_plugins.iter().map(|path| Plugin {
            name: path.clone(),
            asked_by: "the site's own Ruby".to_owned(),
            does: None,
            here: Some("nothing: Ruby is not run"),
        });
        asked.chain(own).collect()
    }
}
