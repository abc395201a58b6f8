//! Where a link leads: into the site, to the same page, or elsewhere.

/// A site's own addresses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hosts {
    /// The names of the site's machine, lower-cased, with the port if there is one.
    names: Vec<String>,
    /// The site's `baseurl` with its leading slash and without one at its end; empty if there is none.
    base: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// Out of the site, or nowhere that could be checked.
    Elsewhere,
    /// To an id of the page itself.
    SamePage(String),
    /// To a path of the site, decoded, and an id there.
    Site { path: String, fragment: Option<String> },
    /// To a path that begins with a slash but not with the site's base URL.
    WithoutBase(String),
}

impl Hosts {
    /// Takes the names from `url`, `baseurl` and the text of the file `CNAME`.
    pub fn new(url: &str, base_url: &str, cname: &str) -> Self {
        let mut names = Vec::new();
        let mut base = base_url.trim_matches('/').to_owned();
        if let Some((_, rest)) = url.split_once("//") {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            names.push(host.to_lowercase());
            // Some sites put the folder into `url`; then it is part of every absolute link.
            if base.is_empty() {
                path.trim_matches('/').clone_into(&mut base);
            }
        }
        names.extend(cname.split_whitespace().map(str::to_lowercase));
        names.retain(|name| !name.is_empty() && !name.starts_with("localhost"));
        if !base.is_empty() {
            base.insert(0, '/');
        }
        Self { names, base }
    }

    /// Says where a link of a page leads.
    pub fn resolve(&self, link: &str, page_url: &str) -> Address {
        let link = link.trim();
        if link.is_empty() || link.contains("{{") || link.contains("{%") || link.contains(char::is_control) {
            return Address::Elsewhere;
        }
        let (rest, fragment) = match link.split_once('#') {
            Some((rest, fragment)) => (rest, Some(decode(fragment))),
            None => (link, None),
        };
        let path = rest.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return fragment.map_or(Address::Elsewhere, Address::SamePage);
        }
        if let Some((host, path)) = split_host(path) {
            let own = self.names.contains(&host.to_lowercase()).then(|| simplify(&decode(path)));
            return match own.and_then(|path| self.below_base(&path)) {
                Some(path) => Address::Site { path, fragment },
                None => Address::Elsewhere,
            };
        }
        if has_scheme(path) {
            return Address::Elsewhere;
        }
        if path.starts_with('/') {
            let path = simplify(&decode(path));
            return match self.below_base(&path) {
                Some(path) => Address::Site { path, fragment },
                None => Address::WithoutBase(path),
            };
        }
        let folder = &page_url[..page_url.rfind('/').map_or(0, |slash| slash + 1)];
        let path = format!("{}{}", decode(folder), decode(path));
        // Above the root of a site with a base URL lies something else.
        if !self.base.is_empty() && climbs_out(&path) {
            return Address::Elsewhere;
        }
        Address::Site { path: simplify(&path), fragment }
    }

    fn below_base(&self, path: &str) -> Option<String> {
        if self.base.is_empty() {
            return Some(path.to_owned());
        }
        match path.strip_prefix(self.base.as_str())? {
            "" => Some("/".to_owned()),
            rest => rest.starts_with('/').then(|| rest.to_owned()),
        }
    }
}

/// The host and the path of an absolute link.
fn split_host(link: &str) -> Option<(&str, &str)> {
    let after =
        |scheme: &str| link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)).then_some(scheme.len());
    let start = after("https://").or_else(|| after("http://")).or_else(|| after("//"))?;
    let (host, path) = link[start..].split_at(link[start..].find('/').unwrap_or(link.len() - start));
    Some((host, if path.is_empty() { "/" } else { path }))
}

/// Takes `%XX` for what it stands for; what is not UTF-8 then stays as it is.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Takes `.`, `..` and doubled slashes out of a path.
fn simplify(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for part in path.split(['/', '\\']) {
        ends_in_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut out = String::from("/");
    out.push_str(&parts.join("/"));
    if ends_in_folder && !parts.is_empty() {
        out.push('/');
    }
    out
}

fn climbs_out(path: &str) -> bool {
    let mut depth = 0_i32;
    path.split('/').any(|part| {
        depth += match part {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    })
}

fn has_scheme(link: &str) -> bool {
    let end = link.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(link.len());
    link[end..].starts_with(':') && link.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &str) -> Address {
        Address::Site { path: path.into(), fragment: None }
    }

    #[test]
    fn links_are_resolved_as_browsers_do() {
        let hosts = Hosts::new("https://example.org", "", "www.example.org\n");
        let resolve = |link: &str| hosts.resolve(link, "/news/2022/a.html");
        assert_eq!(resolve("b.html?x=1"), site("/news/2022/b.html"));
        assert_eq!(resolve("../"), site("/news/"));
        assert_eq!(resolve("../../../x"), site("/x"));
        assert_eq!(resolve("/a%20b//c/./d"), site("/a b/c/d"));
        assert_eq!(resolve("HTTP://www.Example.org/x"), site("/x"));
        assert_eq!(resolve("//example.org"), site("/"));
        assert_eq!(resolve("#a%C3%A9"), Address::SamePage("aé".into()));
        assert_eq!(resolve("b#c"), Address::Site { path: "/news/2022/b".into(), fragment: Some("c".into()) });
        for elsewhere in
            ["https://example.com/x", "mailto:a@example.org", "//cdn.net/x", "{{ x }}", "", "?page=2", "javascript:x"]
        {
            assert_eq!(resolve(elsewhere), Address::Elsewhere, "{elsewhere}");
        }
    }

    #[test]
    fn a_base_url_bounds_the_site() {
        let hosts = Hosts::new("https://example.org", "/blog", "");
        let resolve = |link: &str| hosts.resolve(link, "/a/");
        assert_eq!(resolve("/blog/x"), site("/x"));
        assert_eq!(resolve("https://example.org/blog"), site("/"));
        assert_eq!(resolve("https://example.org/other"), Address::Elsewhere);
        assert_eq!(resolve("/blogs"), Address::WithoutBase("/blogs".into()));
        assert_eq!(resolve("../../x"), Address::Elsewhere);
    }
}
