//! Ids: names that XML knows, each there once in a chapter.

use std::collections::{HashMap, HashSet};

use postferry_doc::{Block, Note, Text};

use crate::attributes::each_attr;
use crate::xml::{is_name_char, is_name_start};

/// What the ids of a chapter became: from the author's spelling to the book's.
#[derive(Debug, Default)]
pub struct Ids {
    renamed: HashMap<Text, Text>,
    /// How often each name of the book was asked for.
    used: HashMap<Text, u32>,
}

impl Ids {
    /// Keeps a name for the book's own use; author's ids of that name get another one.
    pub fn reserve(&mut self, name: &str) {
        self.used.insert(name.into(), 1);
    }

    /// Lets links to an author's id lead to a place of the book's own.
    pub fn redirect(&mut self, id: &str, name: &str) {
        self.renamed.entry(id.into()).or_insert_with(|| name.into());
    }

    /// The book's name for an author's id, where the chapter has it.
    pub fn find(&self, id: &str) -> Option<&Text> {
        self.renamed.get(id)
    }

    /// The author's ids whose places are on a page of XHTML, sorted, each with the book's name for it.
    pub fn on_page(&self, page: &str) -> Vec<(String, String)> {
        let there: HashSet<&str> = page.match_indices(" id=\"").map(|(at, key)| id_value(&page[at + key.len()..])).collect();
        let found = self.renamed.iter().filter(|(_, name)| there.contains(name.as_str()));
        let mut found: Vec<(String, String)> = found.map(|(id, name)| (id.to_string(), name.to_string())).collect();
        found.sort_unstable();
        found
    }

    /// Gives all ids of a tree names that XML knows. Of two nodes with one id the first keeps it, as it is the one that
    /// links lead to. An anchor's `name` is its id.
    pub fn rename(&mut self, blocks: &mut [Block], notes: &mut [Note]) {
        let mut visit = |tag: &str, attr: &mut postferry_doc::Attr| {
            let name = if tag == "a" || tag == "map" { attr.remove("name") } else { None };
            let Some(id) = attr.id().map(Text::from).or(name) else { return };
            let new = if self.renamed.contains_key(&id) { None } else { self.name_for(&id) };
            attr.set_id(new.clone());
            if let Some(new) = new {
                self.renamed.insert(id, new);
            }
        };
        each_attr(blocks, &mut visit);
        for note in notes {
            each_attr(&mut note.blocks, &mut visit);
        }
    }

    fn name_for(&mut self, id: &str) -> Option<Text> {
        if id.trim().is_empty() {
            return None;
        }
        let mut name: Text = id.chars().map(|c| if is_name_char(c) && c != ':' { c } else { '-' }).collect();
        if !name.starts_with(|c| is_name_start(c) && c != ':') {
            name.insert_str(0, "id-");
        }
        loop {
            let count = self.used.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                return Some(name);
            }
            name = format!("{name}-{count}").into();
        }
    }
}

fn id_value(rest: &str) -> &str {
    rest.split('"').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use postferry_doc::{Attr, Inline};

    #[test]
    fn ids_become_names() {
        let mut ids = Ids::default();
        ids.reserve("own");
        let mut blocks: Vec<Block> = ["1abc 2", "1abc-2", "own", "own", "", " ", "fn:1", "中文"]
            .iter()
            .map(|id| {
                let mut attr = Attr::default();
                attr.set_id(Some((*id).into()));
                Block::Division { attr, blocks: Vec::new() }
            })
            .collect();
        let anchor =
            Inline::Link { attr: Attr::new("", [], [("name", "n1")]), target: "".into(), title: None, content: Vec::new() };
        blocks.push(Block::paragraph(vec![anchor]));
        ids.rename(&mut blocks, &mut []);
        let found: Vec<Option<&str>> = blocks.iter().filter_map(Block::attr).map(Attr::id).collect();
        let expected = ["id-1abc-2", "id-1abc-2-2", "own-2", "", "", "", "fn-1", "中文", ""];
        assert_eq!(found, expected.map(|id| (!id.is_empty()).then_some(id)));
        assert_eq!(ids.find("n1").map(Text::as_str), Some("n1"));
        assert_eq!(ids.find("1abc 2").map(Text::as_str), Some("id-1abc-2"));
    }
}
