//! Data files: `_data/…` in YAML, JSON, CSV and TSV.

use postferry_doc::{Map, Text, Value};
use postferry_frontmatter::read_yaml;

use crate::load::Context;
use crate::name;
use crate::tree::join;

/// A folder of data files.
#[derive(Clone, Debug, Default)]
pub(crate) struct DataFolder {
    /// What is in it by key, in the order of reading; of a key that comes twice the last one stays.
    pub(crate) entries: Vec<(String, DataEntry)>,
}

/// What a key of the data stands for.
#[derive(Clone, Debug)]
pub(crate) enum DataEntry {
    Folder(DataFolder),
    /// The path of a file, relative to the source.
    File(String),
}

/// Lists the data files below a folder.
pub(crate) fn list(context: &Context, folder: &str) -> DataFolder {
    list_within(context, folder, 0)
}

fn list_within(context: &Context, folder: &str, depth: usize) -> DataFolder {
    let mut found = DataFolder::default();
    if depth > 64 {
        return found;
    }
    let (files, folders) = context.tree.entries(folder);
    for extension in [".yaml", ".yml", ".json", ".csv", ".tsv"] {
        for file in &files {
            if !file.starts_with('.') && file.ends_with(extension) {
                found.set(key_of(name::stem(file)), DataEntry::File(join(folder, file)));
            }
        }
    }
    for below in folders.into_iter().filter(|name| !name.starts_with('.')) {
        found.set(key_of(below), DataEntry::Folder(list_within(context, &join(folder, below), depth + 1)));
    }
    found
}

impl DataFolder {
    fn set(&mut self, key: String, entry: DataEntry) {
        match self.entries.iter_mut().find(|(old, _)| *old == key) {
            Some(slot) => slot.1 = entry,
            None => self.entries.push((key, entry)),
        }
    }

    /// The entry of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&DataEntry> {
        self.entries.iter().find(|(own, _)| own == key).map(|(_, entry)| entry)
    }
}

/// Reads a data file; null where it cannot be read.
pub(crate) fn read(context: &Context, path: &str) -> Value {
    let Ok(bytes) = context.files.read(&join(&context.config.source, path)) else { return Value::Null };
    let text = String::from_utf8_lossy(&bytes);
    let text = postferry_frontmatter::strip_bom(&text);
    match name::extension(path).to_lowercase().as_str() {
        ".csv" => read_table(text, b','),
        ".tsv" => read_table(text, b'\t'),
        _ => read_yaml(text).unwrap_or_default(),
    }
}

/// Reads rows under a line of headers; an empty field is null.
fn read_table(text: &str, separator: u8) -> Value {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let headers: Vec<Text> = reader.headers().map(|row| row.iter().map(Text::from).collect()).unwrap_or_default();
    let row_of = |record: csv::StringRecord| {
        let field = |at: usize| record.get(at).filter(|field| !field.is_empty()).map_or(Value::Null, Value::from);
        let row: Map = headers.iter().enumerate().map(|(at, header)| (header.clone(), field(at))).collect();
        Value::Map(row)
    };
    Value::List(reader.records().map_while(Result::ok).map(row_of).collect())
}

/// The key of a file or folder: ASCII letters, digits, `_` and `-`; runs of white space become `_`.
fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut in_space = false;
    for c in name.trim_start().chars() {
        if c.is_whitespace() && !in_space {
            key.push('_');
        } else if c.is_ascii_alphanumeric() || c == '_' || c == '-' {
            key.push(c);
        }
        in_space = c.is_whitespace();
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_cleaned() {
        for (name, key) in [("a b", "a_b"), (" a  b", "a_b"), ("中文-x.y", "-xy"), ("Team_List", "Team_List")] {
            assert_eq!(key_of(name), key);
        }
    }

    #[test]
    fn tables_have_headers() {
        let Value::List(rows) = read_table("a,b\n1,\n\"x, y\",z\n", b',') else { panic!("it is a list") };
        let row = |at: usize| rows.get(at).and_then(Value::as_map).expect("a row");
        assert_eq!((row(0).get("a"), row(0).get("b")), (Some(&Value::from("1")), Some(&Value::Null)));
        assert_eq!(row(1).get("a"), Some(&Value::from("x, y")));
    }
}
