//! Pages that no file of the site becomes: feeds, lists in pages, what plugins and servers make.

use std::collections::HashSet;

use postferry::{Config, Value};

use super::address::decode;
use super::gemfile::Asked;
use super::plugin::{Makes, find};

/// Files in which redirects are written down for servers.
pub(crate) const REDIRECTS: [&str; 6] =
    ["_redirects", ".htaccess", "netlify.toml", "vercel.json", "firebase.json", "staticwebapp.config.json"];

/// What may lie on the site besides its files.
#[derive(Default)]
pub(crate) struct Outside {
    /// Paths that are surely made; `*` stands for anything.
    made: Vec<String>,
    /// Plugins that make pages of unknown paths.
    pages: Vec<String>,
    /// Plugins and themes that make files of unknown paths.
    files: Vec<String>,
    redirects: Vec<Redirects>,
}

/// The paths that a file of redirects names.
struct Redirects {
    file: String,
    paths: HashSet<String>,
    /// Folders of which all is led elsewhere.
    folders: HashSet<String>,
}

/// How a path may come to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is surely made.
    Made,
    /// It may be made, by this.
    Maybe(String),
    /// Nothing that is known makes it.
    Nothing,
}

impl Outside {
    /// Looks what the plugins make. `own_plugins` are the Ruby files of the site itself.
    pub fn of(config: &Config, asked: &[Asked], own_plugins: &[String], redirects: &[(String, String)]) -> Self {
        let redirects = redirects.iter().map(|(file, text)| Redirects::read(file.clone(), text)).collect();
        let mut outside = Self { redirects, ..Self::default() };
        for plugin in asked {
            outside.add_plugin(config, &plugin.name);
        }
        if let Some(path) = config.text("paginate").and(config.text("paginate_path")) {
            let path = format!("/{}", path.trim_matches('/'));
            outside.made.push(format!("{}*", path.split(":num").next().unwrap_or_default()));
        }
        if let Some(first) = own_plugins.first() {
            outside.pages.push(format!("the site's own plugin {first}"));
            outside.files.push(format!("the site's own plugin {first}"));
        }
        outside
    }

    fn add_plugin(&mut self, config: &Config, name: &str) {
        match find(name).map(|known| known.makes) {
            Some(Makes::Feed) => {
                let own =
                    config.map.get("feed").and_then(Value::as_map).and_then(|feed| feed.get("path")).and_then(Value::as_str);
                self.made.push(format!("/{}", own.unwrap_or("feed.xml").trim_start_matches('/')));
                self.made.push("/feed/*".to_owned());
            }
            Some(Makes::Sitemap) => self.made.extend(["/sitemap.xml".to_owned(), "/robots.txt".to_owned()]),
            Some(Makes::Pages) => self.pages.push(name.to_owned()),
            Some(Makes::Files) => self.files.push(name.to_owned()),
            // What an unknown plugin makes is not known.
            None => {
                self.pages.push(name.to_owned());
                self.files.push(name.to_owned());
            }
            Some(Makes::Nothing | Makes::Pagination) => {}
        }
    }

    /// Says how a path of the site may come to be that no file becomes.
    pub fn origin_of(&self, path: &str) -> Origin {
        let fits = |pattern: &String| match pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == pattern,
        };
        if self.made.iter().any(fits) {
            return Origin::Made;
        }
        if let Some(redirects) = self.redirects.iter().find(|redirects| redirects.name(path)) {
            return Origin::Maybe(format!("the redirects in {}", redirects.file));
        }
        let makers = if is_file(path) { &self.files } else { &self.pages };
        makers.first().map_or(Origin::Nothing, |by| Origin::Maybe(by.clone()))
    }
}

impl Redirects {
    /// Takes every word that looks like a path or an address, whatever the file's own language is.
    fn read(file: String, text: &str) -> Self {
        let mut redirects = Self { file, paths: HashSet::new(), folders: HashSet::new() };
        for word in text.split(|c: char| c.is_whitespace() || "\"'^$(),;".contains(c)) {
            let path = match word.split_once("://") {
                Some((_, rest)) => &rest[rest.find('/').unwrap_or(rest.len())..],
                None => word,
            };
            if !path.starts_with('/') {
                continue;
            }
            let end = path.find(['*', ':', '[', '\\']).or_else(|| path.find("/."));
            match end.map(|end| path[..end].trim_end_matches('.').trim_end_matches('/')) {
                Some(folder) if !folder.is_empty() => drop(redirects.folders.insert(decode(folder))),
                Some(_) => {}
                None => drop(redirects.paths.insert(decode(path.trim_end_matches('/')))),
            }
        }
        redirects
    }

    fn name(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        !path.is_empty()
            && (self.paths.contains(path) || path.match_indices('/').any(|(slash, _)| self.folders.contains(&path[..slash])))
    }
}

/// Whether a path has the ending of a file that is no page.
pub(crate) fn is_file(path: &str) -> bool {
    const FILES: [&str; 44] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tif", "tiff", "pdf", "zip", "gz", "tgz", "tar", "rar",
        "7z", "mp3", "mp4", "m4a", "m4v", "ogg", "ogv", "oga", "wav", "webm", "mov", "avi", "swf", "doc", "docx", "xls", "xlsx",
        "ppt", "pptx", "csv", "js", "css", "woff", "woff2", "ttf", "exe", "key",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_found_by_path_and_by_folder() {
        let text = "/old /new\n/blog/* /news/:splat\nRewriteRule ^/a/(.*)$ https://x.org/b/c\n/* /404 404\n";
        let redirects = vec![Redirects::read("_redirects".to_owned(), text)];
        let outside = Outside { redirects, made: vec!["/feed.xml".into(), "/page*".into()], ..Outside::default() };
        assert_eq!(outside.origin_of("/old/"), Origin::Maybe("the redirects in _redirects".into()));
        assert_eq!(outside.origin_of("/blog/a/b"), Origin::Maybe("the redirects in _redirects".into()));
        assert_eq!(outside.origin_of("/b/c"), Origin::Maybe("the redirects in _redirects".into()));
        assert_eq!(outside.origin_of("/page2/"), Origin::Made);
        assert_eq!(outside.origin_of("/feed.xml"), Origin::Made);
        assert_eq!(outside.origin_of("/other"), Origin::Nothing);
    }

    #[test]
    fn files_are_told_by_their_endings() {
        assert!(is_file("/a/b.PNG") && !is_file("/a/b.html") && !is_file("/v1.2") && !is_file("/a.png/"));
    }
}
