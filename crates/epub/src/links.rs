//! Where links lead: to a chapter, to the web, or nowhere.

use std::collections::HashMap;

use crate::url;

/// The map of a site: which page is which chapter, and where the rest of the site is to be found.
///
/// ```
/// let mut links = postferry_epub::Links::new(Some("https://example.org"), "/blog");
/// links.insert("/2022/01/11/hello.html", 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Links {
    site_url: Option<String>,
    base_path: String,
    exact: HashMap<String, u32>,
    loose: HashMap<String, u32>,
    anchors: HashMap<u32, HashMap<String, String>>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A place on the same page; the fragment is decoded.
    Here(String),
    /// A chapter, and the id of a place in it where that place is known to exist.
    Chapter(usize, Option<String>),
    /// An absolute URL.
    Web(String),
    /// A path of a site whose address is not known.
    Nowhere,
    /// A URL that no book can hold: another scheme, an impossible host.
    Refused,
}

impl Links {
    /// Makes an empty map of the site at that address (scheme and host, e.g. `https://example.org`), whose pages all lie
    /// below `base_path` (`/blog`, or empty).
    pub fn new(site_url: Option<&str>, base_path: &str) -> Self {
        let site_url = site_url.and_then(|site| url::clean_absolute(&url::trim(site)));
        let base_path = base_path.trim_matches('/');
        Self {
            site_url: site_url.map(|site| site.trim_end_matches('/').to_owned()),
            base_path: if base_path.is_empty() { String::new() } else { format!("/{base_path}") },
            ..Self::default()
        }
    }

    /// Says that the page at that path of the site (without the base path) is a chapter. Of two pages at one path the
    /// first one stays.
    pub fn insert(&mut self, path: &str, chapter: usize) {
        let path = url::decode(path);
        self.loose.entry(loosen(&path).to_owned()).or_insert(chapter as u32);
        self.exact.entry(path).or_insert(chapter as u32);
    }

    /// Names the places of a chapter's first file that links may lead to (see [`Chapter::anchors`](crate::Chapter)).
    /// Without them a link to a place in another chapter leads to its beginning.
    pub fn insert_anchors(&mut self, chapter: usize, anchors: &[(String, String)]) {
        self.anchors.entry(chapter as u32).or_default().extend(anchors.iter().cloned());
    }

    /// Finds where a URL on the page at `page` leads.
    pub fn find(&self, target: &str, page: &str) -> Target {
        let target = url::trim(target);
        if let Some(fragment) = target.strip_prefix('#') {
            return Target::Here(url::decode(fragment));
        }
        let Some(site_path) = self.site_path(&target, page) else {
            return url::clean_absolute(&absolute(&target)).map_or(Target::Refused, Target::Web);
        };
        let (path, fragment) = match site_path.split_once('#') {
            Some((path, fragment)) => (path, Some(url::decode(fragment))),
            None => (site_path.as_str(), None),
        };
        let decoded = url::decode(path.split('?').next().unwrap_or(""));
        if let Some(chapter) = self.exact.get(&decoded).or_else(|| self.loose.get(loosen(&decoded))) {
            let known = self.anchors.get(chapter);
            let id = fragment.and_then(|fragment| known?.get(&fragment).cloned());
            return Target::Chapter(*chapter as usize, id);
        }
        match &self.site_url {
            Some(site) => Target::Web(format!("{site}{}{}", self.base_path, url::clean_path(&site_path))),
            None => Target::Nowhere,
        }
    }

    /// The path on the site (from its root, below the base path) that a URL names; `None` where it is elsewhere.
    pub fn site_path(&self, target: &str, page: &str) -> Option<String> {
        let full = absolute(target);
        let path = if let Some((scheme, rest)) = url::split_scheme(&full) {
            let site = self.site_url.as_deref()?;
            let (_, host) = url::split_scheme(site)?;
            let after = rest.strip_prefix(host).filter(|after| after.is_empty() || after.starts_with(['/', '?', '#']))?;
            matches!(scheme.as_str(), "http" | "https").then_some(())?;
            url::join("/", if after.is_empty() { "/" } else { after })
        } else {
            url::join(&format!("{}{page}", self.base_path), &full)
        };
        match path.strip_prefix(self.base_path.as_str()) {
            Some("") => Some("/".into()),
            Some(rest) if rest.starts_with(['/', '?', '#']) => Some(rest.into()),
            _ => Some(path),
        }
    }
}

/// Gives a URL without a scheme that begins with a host the scheme that a reader of books has for it.
fn absolute(target: &str) -> String {
    match target.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => target.to_owned(),
    }
}

/// `/a`, `/a/`, `/a.html` and `/a/index.html` are one page on most hosts.
fn loosen(path: &str) -> &str {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    path.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(site: Option<&str>) -> Links {
        let mut links = Links::new(site, "/blog/");
        links.insert("/2022/a.html", 0);
        links.insert("/%E4%B8%AD/", 1);
        links.insert_anchors(1, &[("部".to_owned(), "id".to_owned())]);
        links
    }

    #[test]
    fn pages_are_found_however_they_are_spelled() {
        let links = links(Some("https://example.org/"));
        for target in [
            "/2022/a.html",
            "/2022/a",
            "../2022/a/",
            "/blog/2022/a.html?x",
            "https://example.org/blog/2022/a",
            "//example.org/2022/a#x",
        ] {
            assert_eq!(links.find(target, "/2021/b.html"), Target::Chapter(0, None), "{target}");
        }
        assert_eq!(links.find("/中/#%E9%83%A8", ""), Target::Chapter(1, Some("id".into())));
        assert_eq!(links.find("/中/#other", ""), Target::Chapter(1, None));
        assert_eq!(links.find("#%E9%83%A8", ""), Target::Here("部".into()));
    }

    #[test]
    fn the_rest_of_the_site_is_on_the_web_or_nowhere() {
        let about = |site| links(site).find("about us/", "/2021/");
        assert_eq!(about(Some("https://example.org")), Target::Web("https://example.org/blog/2021/about%20us/".into()));
        assert_eq!(about(None), Target::Nowhere);
    }

    #[test]
    fn other_addresses_stay_or_are_refused() {
        let links = links(Some("https://example.org"));
        assert_eq!(links.find("http://example.org.evil/2022/a", ""), Target::Web("http://example.org.evil/2022/a".into()));
        assert_eq!(links.find("mailto:a@b", ""), Target::Web("mailto:a@b".into()));
        assert_eq!(links.find("java\nscript:alert(1)", ""), Target::Refused);
    }
}
