//! Writes a head anew and leaves what its author wrote where other readers understand it as Jekyll does.

use postferry_doc::{Map, Text, Value};

use crate::parse::{Event, Events, Spanned};
use crate::second::{agrees, as_second_reader};
use crate::yaml::{inline, looks_special, write_pair};
use crate::{Entry, Style};

/// A part of a head to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum HeadPart<'a> {
    /// An entry of the source, with its value.
    Source(&'a Entry),
    /// Lines of the source that belong to no entry ([`Head::rest`](crate::Head::rest)): comments, blank lines.
    Rest(&'a str),
    /// A pair that the source does not have.
    Written {
        /// The key.
        key: Text,
        /// The value.
        value: Value,
    },
}

/// A head that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHead {
    /// The YAML, without `---` lines.
    pub text: String,
    /// How many source entries stand in it exactly as their author wrote them.
    pub kept: usize,
    /// How many source entries were spelled anew.
    pub respelled: usize,
}

/// Writes a head as YAML, in the order of its parts.
///
/// A source entry stays as its author wrote it, with its quotes and comments, if a reader of YAML 1.2's core schema
/// (serde_yaml) understands its lines as SafeYAML does, and no other common reader is known to take one of its plain
/// texts for something else. The others (`yes`, `0012`, `12:30`, times without an offset, keys that come twice,
/// recovered lines, aliases) are spelled anew; their comments stay. Lines end as those of the source do. What was
/// written is read back and compared before it goes out; should it differ, every entry is spelled anew.
pub fn write_head(parts: &[HeadPart]) -> WrittenHead {
    let mut head = WrittenHead { text: String::new(), kept: 0, respelled: 0 };
    let source = |part: &HeadPart| matches!(part, HeadPart::Source(entry) if entry.raw.ends_with("\r\n"));
    let line_end = if parts.iter().any(source) { "\r\n" } else { "\n" };
    for part in parts {
        match part {
            HeadPart::Source(entry) if is_portable(entry) => {
                head.kept += 1;
                push_lines(&mut head.text, &entry.raw, line_end);
            }
            HeadPart::Source(entry) => {
                head.respelled += 1;
                push_lines(&mut head.text, &with_line_ends(respell(entry), line_end), line_end);
            }
            HeadPart::Rest(lines) => push_lines(&mut head.text, lines, line_end),
            HeadPart::Written { key, value } => head.text.push_str(&with_line_ends(write_pair(key, value), line_end)),
        }
    }
    if reads_back(&head.text, &wanted(parts)) {
        return head;
    }
    let text = parts.iter().map(|part| match part {
        HeadPart::Source(entry) => write_pair(&entry.key, &entry.value),
        HeadPart::Rest(_) => String::new(),
        HeadPart::Written { key, value } => write_pair(key, value),
    });
    WrittenHead { text: text.collect(), kept: 0, respelled: head.kept + head.respelled }
}

fn with_line_ends(text: String, line_end: &str) -> String {
    if line_end == "\n" { text } else { text.replace("\r\n", "\n").replace('\n', line_end) }
}

fn wanted(parts: &[HeadPart]) -> Map {
    let mut map = Map::new();
    for part in parts {
        match part {
            HeadPart::Source(entry) => map.push(entry.key.clone(), entry.value.clone()),
            HeadPart::Written { key, value } => map.push(key.clone(), value.clone()),
            HeadPart::Rest(_) => {}
        }
    }
    map
}

fn reads_back(text: &str, map: &Map) -> bool {
    let want = Value::Map(map.clone());
    let first = crate::read_yaml(text);
    (map.is_empty() || first.as_ref() == Ok(&want)) && as_second_reader(text).is_some_and(|second| agrees_as_map(map, &second))
}

fn agrees_as_map(map: &Map, second: &serde_yaml::Value) -> bool {
    map.is_empty() || agrees(&Value::Map(map.clone()), second)
}

/// Says whether an entry's own lines mean its value to SafeYAML and to the second reader.
fn is_portable(entry: &Entry) -> bool {
    if entry.raw.is_empty() || entry.recovered {
        return false;
    }
    let mut map = Map::new();
    map.push(entry.key.clone(), entry.value.clone());
    reads_back(&entry.raw, &map) && plain_texts_are_safe(&entry.raw)
}

/// Says whether every unquoted scalar that SafeYAML takes for a text is one to all readers.
fn plain_texts_are_safe(text: &str) -> bool {
    let mut events = Events::new(text);
    while let Ok(Some(Spanned { event, .. })) = events.next_event() {
        match event {
            Event::Scalar { text, style: Style::Plain, .. } => {
                // `y` and `n` are truth values in YAML 1.1's text and in none of its common readers.
                let is_text = text.len() > 1 && matches!(crate::resolve_scalar(&text), Value::String(_));
                if is_text && looks_special(&text) {
                    return false;
                }
            }
            // What other lines name is not this entry's own.
            Event::Alias(_) => return false,
            _ => {}
        }
    }
    true
}

/// The entry with its value spelled anew. Where the value stands on one line, only it is replaced.
fn respell(entry: &Entry) -> String {
    let spelled = write_pair(&entry.key, &entry.value);
    if entry.raw.is_empty() || entry.recovered {
        return spelled;
    }
    if let (Some(value), Some(old)) = (inline(&entry.value), entry.raw.get(entry.value_at.clone()))
        && !old.is_empty()
        && !old.contains('\n')
    {
        let text = format!("{}{value}{}", &entry.raw[..entry.value_at.start], &entry.raw[entry.value_at.end..]);
        let mut map = Map::new();
        map.push(entry.key.clone(), entry.value.clone());
        if reads_back(&text, &map) {
            return text;
        }
    }
    // Comments between the lines of a list or a map move above it; in a text of many lines `#` is no comment.
    let above = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    let lead: String = entry.raw.split_inclusive('\n').take_while(above).collect();
    let inner = entry.raw[lead.len()..].lines().skip(1).map(str::trim).filter(|line| line.starts_with('#'));
    let inner = if has_lines(&entry.value) { Vec::new() } else { inner.flat_map(|line| [line, "\n"]).collect() };
    lead + &inner.concat() + &spelled
}

/// Says whether there is a text of many lines in a value.
fn has_lines(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\n'),
        Value::List(items) => items.iter().any(has_lines),
        Value::Map(map) => map.iter().any(|(_, value)| has_lines(value)),
        _ => false,
    }
}

fn push_lines(out: &mut String, lines: &str, line_end: &str) {
    out.push_str(lines);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(line_end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mode, read};

    fn rewrite(text: &str) -> WrittenHead {
        let head = read(text, Mode::Recover, 1);
        let parts: Vec<HeadPart> = head.entries.iter().map(HeadPart::Source).collect();
        write_head(&parts)
    }

    #[test]
    fn what_others_understand_stays_as_written() {
        let text = "# about\ntitle:   'A'  # the title\n\nversion: 1.10\ndate: 2022-01-11 09:16:54 +0800\ntags: [a,  b]\n# list\nlist:\n- x\n-   y: |\n      z\n";
        let head = rewrite(text);
        assert_eq!((head.text.as_str(), head.kept, head.respelled), (text, 5, 0));
    }

    #[test]
    fn what_others_misunderstand_is_respelled() {
        for (text, want) in [
            ("a:  yes # sure\n", "a:  true # sure\n"),
            ("# id\nid: 0012\n", "# id\nid: 10\n"),
            ("a: 1\nb: 2\na: 3\n", "a: 3\nb: 2\n"),
            ("date: 2022-01-11 09:16:54\n", "date: 2022-01-11T09:16:54+00:00\n"),
            ("t: 1e3\n", "t: \"1e3\"\n"),
            ("t: 2022-1-1\n", "t: \"2022-1-1\"\n"),
            ("a: &x [no]\nb: *x\n", "a:\n  - false\nb:\n  - false\n"),
            ("t: Foo: bar\nu: ok # fine\n", "t: \"Foo: bar\"\nu: ok # fine\n"),
            ("t: ! '2020'\n", "t: 2020\n"),
            ("12: x\n", "\"12\": x\n"),
            ("{a: 1, b: x}\n", "a: 1\nb: x\n"),
            ("a: yes\r\nb: x\r\n", "a: true\r\nb: x\r\n"),
            ("l:\n- yes\n# why\n- no # not\n", "# why\nl:\n  - true\n  - false\n"),
        ] {
            assert_eq!(rewrite(text).text, want);
        }
    }

    #[test]
    fn lines_that_are_no_entry_can_stay() {
        let head = read("a: 1\n\n# the end\n", Mode::Recover, 1);
        let parts = [HeadPart::Source(&head.entries[0]), HeadPart::Rest(&head.rest)];
        assert_eq!(write_head(&parts).text, "a: 1\n\n# the end\n");
    }

    #[test]
    fn new_pairs_stand_where_they_are_asked_for() {
        let head = read("a: 1 # one\nb: 2\n", Mode::Recover, 1);
        let new = HeadPart::Written { key: "url".into(), value: Value::from("/x/") };
        let parts = [HeadPart::Source(&head.entries[1]), new, HeadPart::Source(&head.entries[0])];
        assert_eq!(write_head(&parts).text, "b: 2\nurl: /x/\na: 1 # one\n");
    }
}
