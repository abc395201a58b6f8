//! A check of a whole book: the rules that hold it together, of those that epubcheck knows.

use std::collections::{HashMap, HashSet};

use crate::scan::{StartTag, scan};
use crate::unpack::unpack;
use crate::url;

/// Checks a book that was written here; gives the faults it finds, none where all is well.
///
/// It looks at the container, the package document, that pages are well-formed, at ids and at all links between files.
/// What an element may contain is not looked at.
pub fn check_book(book: &[u8]) -> Vec<String> {
    let members = match unpack(book) {
        Ok(members) => members,
        Err(fault) => return vec![fault],
    };
    let mut checker = Checker::default();
    checker.container(&members);
    checker.files(&members);
    checker.package();
    checker.references();
    checker.faults
}

/// The extension of a file of the book; names are ours, so they have one spelling.
fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// What was found in one XML file of the book.
#[derive(Default)]
struct File<'a> {
    tags: Vec<StartTag<'a>>,
    ids: HashSet<&'a str>,
}

#[derive(Default)]
struct Checker<'a> {
    faults: Vec<String>,
    names: HashSet<&'a str>,
    files: HashMap<&'a str, File<'a>>,
    /// Names of XML files in the order of the container.
    order: Vec<&'a str>,
    /// Files that the package document lists, with their media types and properties.
    manifest: HashMap<String, (&'a str, &'a str)>,
    spine: HashSet<String>,
}

const PACKAGE: &str = "EPUB/package.opf";

impl<'a> Checker<'a> {
    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    fn container(&mut self, members: &'a [(String, Vec<u8>)]) {
        match members.first() {
            Some((name, content)) if name == "mimetype" && content == b"application/epub+zip" => {}
            _ => self.fault("the first file is not the media type"),
        }
        for (name, _) in members {
            if !self.names.insert(name) {
                self.fault(format!("`{name}` is there twice"));
            }
            if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_".contains(&b)) {
                self.fault(format!("`{name}` is a name that some reader cannot open"));
            }
        }
    }

    fn files(&mut self, members: &'a [(String, Vec<u8>)]) {
        for (name, content) in members {
            if !matches!(extension(name), "xhtml" | "opf" | "ncx" | "xml") {
                continue;
            }
            let mut file = File::default();
            let mut twice = Vec::new();
            let text = std::str::from_utf8(content).unwrap_or("");
            let scanned = scan(text, &mut |tag| {
                if let Some(id) = tag.value("id")
                    && !file.ids.insert(id)
                {
                    twice.push(id);
                }
                file.tags.push(tag);
            });
            if scanned.is_none() {
                self.fault(format!("`{name}` is not well-formed"));
            }
            for id in twice {
                self.fault(format!("`{name}` has the id `{id}` twice"));
            }
            self.order.push(name);
            self.files.insert(name, file);
        }
    }

    fn package(&mut self) {
        let Some(package) = self.files.get(PACKAGE) else { return self.fault("there is no package document") };
        let mut by_id: HashMap<&str, String> = HashMap::new();
        let mut listed = Vec::new();
        let mut spine = Vec::new();
        let mut required: HashMap<&str, usize> = HashMap::new();
        for tag in &package.tags {
            match tag.name {
                "item" => {
                    let path = format!("EPUB/{}", tag.value("href").unwrap_or(""));
                    by_id.insert(tag.value("id").unwrap_or(""), path.clone());
                    listed.push((path, (tag.value("media-type").unwrap_or(""), tag.value("properties").unwrap_or(""))));
                }
                "itemref" => spine.push(tag.value("idref").unwrap_or("")),
                "dc:title" | "dc:language" | "dc:identifier" => *required.entry(tag.name).or_default() += 1,
                "meta" if tag.value("property") == Some("dcterms:modified") => *required.entry("modified").or_default() += 1,
                _ => {}
            }
        }
        for name in ["dc:title", "dc:language", "dc:identifier", "modified"] {
            if required.get(name) != Some(&1) {
                self.fault(format!("`{name}` is not there once"));
            }
        }
        for (path, item) in listed {
            if !self.names.contains(path.as_str()) {
                self.fault(format!("`{path}` is listed and not there"));
            }
            if self.manifest.insert(path.clone(), item).is_some() {
                self.fault(format!("`{path}` is listed twice"));
            }
        }
        for id in spine {
            match by_id.get(id) {
                Some(path) => {
                    if !self.spine.insert(path.clone()) {
                        self.fault(format!("`{path}` is twice in the spine"));
                    }
                }
                None => self.fault(format!("`{id}` is in the spine and not listed")),
            }
        }
        let mut unlisted: Vec<&str> = self.names.iter().copied().filter(|name| name.starts_with("EPUB/")).collect();
        unlisted.retain(|name| *name != PACKAGE && !self.manifest.contains_key(*name));
        unlisted.sort_unstable();
        for name in unlisted {
            self.fault(format!("`{name}` is there and not listed"));
        }
    }

    fn references(&mut self) {
        for name in self.order.clone() {
            let Some(file) = self.files.get(name) else { continue };
            if !name.starts_with("EPUB/") || name == PACKAGE {
                continue;
            }
            let mut faults = Vec::new();
            for tag in &file.tags {
                for (key, value) in &tag.attributes {
                    if matches!(*key, "href" | "src" | "data" | "poster" | "cite")
                        && let Some(fault) = self.fault_of_reference(name, tag.name, key, value)
                    {
                        faults.push(format!("`{name}`: `{value}` {fault}"));
                    }
                }
            }
            let has =
                |element: &str| file.tags.iter().any(|tag| tag.name == element || tag.name.ends_with(&format!(":{element}")));
            let (_, properties) = self.manifest.get(name).copied().unwrap_or_default();
            for (element, property) in [("svg", "svg"), ("math", "mathml"), ("script", "scripted")] {
                if extension(name) == "xhtml" && has(element) != properties.split(' ').any(|p| p == property) {
                    faults.push(format!("`{name}`: the property `{property}` is not as the page is"));
                }
            }
            self.faults.append(&mut faults);
        }
    }

    fn fault_of_reference(&self, file: &str, tag: &str, key: &str, value: &str) -> Option<&'static str> {
        let value = value.replace("&amp;", "&");
        if url::split_scheme(&value).is_some() {
            let is_link = matches!((tag, key), ("a" | "area", "href") | (_, "cite"));
            return match url::clean_absolute(&value) {
                _ if !is_link => Some("is outside the book"),
                Some(clean) if clean == value => None,
                _ => Some("is no URL that a book can hold"),
            };
        }
        let (path, fragment) = value.split_once('#').map_or((value.as_str(), None), |(path, id)| (path, Some(id)));
        let target = if path.is_empty() { file.to_owned() } else { format!("EPUB/{path}") };
        if !self.manifest.contains_key(&target) {
            return Some("is not in the book");
        }
        if matches!((tag, key), ("a", "href")) && file != "EPUB/nav.xhtml" && !self.spine.contains(&target) {
            return Some("is not a page of the book");
        }
        let fragment = fragment.map(url::decode)?;
        let known = self.files.get(target.as_str()).is_some_and(|file| file.ids.contains(fragment.as_str()));
        (!known).then_some("is a place that is not there")
    }
}
