//! What stands around a page's content: the layouts and includes of a site, and the ids they bring.

use std::collections::{BTreeMap, BTreeSet};

use postferry::{Facts, Site, Value};

use super::ids::Ids;

/// A layout or an include.
pub(crate) struct TemplateFile {
    /// Its path within the site.
    pub path: String,
    /// The name it is asked for by.
    pub name: String,
    pub is_layout: bool,
    /// The line of the file at which the template begins.
    pub first_line: u32,
    pub facts: Facts,
    ids: Ids,
    /// The layout around this one.
    parent: Option<String>,
    has_base: bool,
}

/// The layouts of a site with the ids that each brings to a page.
#[derive(Default)]
pub(crate) struct Frames {
    layouts: BTreeMap<String, Option<Ids>>,
    /// Whether some template has a `<base>` element, which changes where relative links lead.
    pub has_base: bool,
}

impl TemplateFile {
    /// Looks what a template holds.
    pub fn read(site: &Site, path: &str, name: &str, is_layout: bool, text: &str) -> Self {
        let (head, body) = if is_layout { cut_head(text) } else { ("", text) };
        let mut ids = Ids::default();
        ids.add(body);
        let parent = head.lines().find_map(|line| line.strip_prefix("layout:"));
        let parent = parent.map(|name| name.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned());
        Self {
            path: path.to_owned(),
            name: name.to_owned(),
            is_layout,
            first_line: head.lines().count() as u32 + 1,
            facts: site.template_facts(body),
            ids,
            parent: parent.filter(|name| !name.is_empty() && name != "null" && name != "none"),
            has_base: body.contains("<base"),
        }
    }
}

impl Frames {
    /// Brings together what each layout, the layouts around it and all their includes hold.
    pub fn of(files: &[TemplateFile]) -> Self {
        let find = |name: &str, is_layout: bool| files.iter().find(|file| file.is_layout == is_layout && file.name == name);
        let all_includes = || files.iter().filter(|file| !file.is_layout);
        let mut frames = Self { has_base: files.iter().any(|file| file.has_base), ..Self::default() };
        for layout in files.iter().filter(|file| file.is_layout) {
            let mut ids = Some(Ids::default());
            let mut seen = BTreeSet::new();
            let mut open = vec![layout];
            while let Some(file) = open.pop() {
                if !seen.insert(file.path.as_str()) {
                    continue;
                }
                if let Some(ids) = &mut ids {
                    ids.extend(&file.ids);
                }
                if let Some(parent) = &file.parent {
                    match find(parent, true) {
                        Some(parent) => open.push(parent),
                        // It comes from elsewhere: its ids are not known.
                        None => ids = None,
                    }
                }
                if file.facts.includes_any {
                    open.extend(all_includes());
                }
                for include in &file.facts.includes {
                    match find(&include.name, false) {
                        Some(include) => open.push(include),
                        None => ids = None,
                    }
                }
            }
            frames.layouts.insert(layout.name.clone(), ids);
        }
        frames
    }

    /// Says whether the layout of a page with these data has or may have an id.
    pub fn may_have(&self, layout: Option<&Value>, id: &str) -> bool {
        match layout {
            None | Some(Value::Null | Value::Bool(false)) => false,
            Some(Value::String(name)) if matches!(name.as_str(), "none" | "nil" | "null" | "") => false,
            Some(Value::String(name)) => match self.layouts.get(name.as_str()) {
                Some(Some(ids)) => ids.may_have(id),
                // A layout that is not here comes from a theme.
                Some(None) | None => true,
            },
            Some(_) => true,
        }
    }
}

/// Cuts the head of a layout off; the head keeps both its fences.
fn cut_head(text: &str) -> (&str, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_fence = line.trim_end() == "---";
        if number == 0 && !is_fence {
            return ("", text);
        }
        at += line.len();
        if number > 0 && is_fence {
            return text.split_at(at);
        }
    }
    ("", text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use postferry::{MemoryFiles, ReadOptions};

    use super::*;

    #[test]
    fn ids_come_from_the_whole_chain() {
        let site = Site::open(Arc::new(MemoryFiles::default()), ReadOptions::default()).expect("the files are in memory");
        let file = |name: &str, is_layout: bool, text: &str| TemplateFile::read(&site, name, name, is_layout, text);
        let frames = Frames::of(&[
            file("base", true, "<main id=main>{{ content }}"),
            file("post", true, "---\nlayout: base # x\n---\n{% include c.html %}"),
            file("themed", true, "---\nlayout: theirs\n---\n"),
            file("c.html", false, "<p id=\"c-{{ page.id }}\">"),
        ]);
        let layout = Value::from("post");
        assert!(frames.may_have(Some(&layout), "main") && frames.may_have(Some(&layout), "c-1"));
        assert!(!frames.may_have(Some(&layout), "other") && !frames.may_have(None, "main"));
        assert!(frames.may_have(Some(&Value::from("themed")), "any") && frames.may_have(Some(&Value::from("theirs")), "any"));
    }
}
