//! What lies where on the site: every page and file that Jekyll writes, by its path.

use std::collections::HashMap;

use postferry::{Site, Source, SourceKind, SourceState};

use super::address::decode;

/// The written files of a site by their paths, decoded.
pub(crate) struct Index {
    by_path: HashMap<String, u32>,
    /// Sources that would be written to a path that another one has: the path, the first, the later.
    pub collisions: Vec<(String, u32, u32)>,
}

/// What a path of the site leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A source.
    Source(u32),
    /// A source whose page a server finds only if it tries other spellings of the path.
    Near(u32),
    /// Nothing.
    Nothing,
}

impl Index {
    /// Goes through the sources of a site.
    pub fn of(site: &Site) -> Self {
        let mut index = Self { by_path: HashMap::new(), collisions: Vec::new() };
        for (number, source) in site.sources().iter().enumerate() {
            if !is_written(site, source) {
                continue;
            }
            let (path, number) = (destination(source), number as u32);
            match index.by_path.get(&path) {
                // Jekyll itself lets a page stand in a file's place.
                Some(first) if source.kind != SourceKind::Asset => index.collisions.push((path, *first, number)),
                Some(_) => {}
                None => drop(index.by_path.insert(path, number)),
            }
        }
        index
    }

    /// Looks for a path, as servers of static files do.
    pub fn find(&self, path: &str) -> Found {
        let get = |path: &str| self.by_path.get(path).copied();
        let exact = if path.ends_with('/') {
            ["index.html", "index.htm", "index.xhtml"].iter().find_map(|name| get(&format!("{path}{name}")))
        } else {
            get(path).or_else(|| get(&format!("{path}.html"))).or_else(|| get(&format!("{path}/index.html")))
        };
        if let Some(number) = exact {
            return Found::Source(number);
        }
        let stem = stem(path);
        let near = get(&format!("{stem}.html")).or_else(|| get(&format!("{stem}/index.html"))).or_else(|| get(stem));
        near.map_or(Found::Nothing, Found::Near)
    }

    /// The paths and numbers, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.by_path.iter().map(|(path, number)| (path.as_str(), *number))
    }
}

/// Says whether Jekyll writes a page or a file for a source.
pub(crate) fn is_written(site: &Site, source: &Source) -> bool {
    let is_shown = source.state == SourceState::Shown && !source.url.is_empty();
    let label = site.collection_of(source);
    is_shown && label.and_then(|label| site.config().collection(label)).is_none_or(|collection| collection.output)
}

/// The path of the file that is written for a source.
fn destination(source: &Source) -> String {
    let path = decode(&source.url);
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() {
        format!("{path}index.html")
    } else if source.kind == SourceKind::Asset || name.contains('.') {
        path
    } else {
        format!("{path}.html")
    }
}

/// A path without what servers may add or leave out.
pub(crate) fn stem(path: &str) -> &str {
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
    let path = path.trim_end_matches('/');
    path.strip_suffix("/index").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use postferry::{MemoryFiles, ReadOptions};

    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|(path, text)| (*path, text.as_bytes().to_vec())).collect::<MemoryFiles>();
        let mut options = ReadOptions::default();
        options.future = true;
        Site::open(Arc::new(files), options).expect("the files are in memory")
    }

    #[test]
    fn paths_are_found_as_servers_find_them() {
        let site = site(&[
            ("_config.yml", "permalink: pretty\ncollections: [hidden]\n"),
            ("_posts/2022-01-02-a b.md", "---\n---\n"),
            ("_hidden/h.md", "---\n---\n"),
            ("about.html", "---\npermalink: /about.html\n---\n"),
            ("x.pdf", ""),
        ]);
        let index = Index::of(&site);
        assert!(matches!(index.find("/2022/01/02/a-b/"), Found::Source(_)));
        assert!(matches!(index.find("/2022/01/02/a-b"), Found::Source(_)));
        assert!(matches!(index.find("/2022/01/02/a-b.html"), Found::Near(_)));
        assert!(matches!(index.find("/about"), Found::Source(_)));
        assert!(matches!(index.find("/about/"), Found::Near(_)));
        assert!(matches!(index.find("/x.pdf"), Found::Source(_)));
        for nothing in ["/hidden/h", "/hidden/h.html", "/x", "/2022/01/"] {
            assert_eq!(index.find(nothing), Found::Nothing, "{nothing}");
        }
    }

    #[test]
    fn two_pages_on_one_path_collide_and_hidden_ones_do_not() {
        let site = site(&[
            ("_config.yml", "collections: [hidden]\n"),
            ("_hidden/a.md", "---\npermalink: /a/\n---\n"),
            ("a.md", "---\npermalink: /a/\n---\n"),
            ("b.md", "---\npermalink: /a/index.html\n---\n"),
        ]);
        let index = Index::of(&site);
        let paths: Vec<&str> = index.collisions.iter().map(|(path, ..)| path.as_str()).collect();
        assert_eq!(paths, ["/a/index.html"]);
    }
}
