//! `postferry inspect`: one post, readable in a terminal.

use postferry::{Block, Document, Inline, Outcome, Post, Value, inline_text, walk};
use postferry_archive::{Input, RunError, read_bytes, read_post};

use crate::args::Inspect;
use crate::convert::input;
use crate::{Status, message, options, print};

/// Shows the metadata, the tree and the diagnostics of one post.
pub(crate) fn inspect(args: &Inspect) -> Result<Status, RunError> {
    let options = options::read(&args.read)?;
    let outcome = match input(&args.post, args.input_format)? {
        Input::File(path) => read_post(&path, &options),
        Input::Bytes { name, bytes } => read_bytes(&name, &bytes, &options),
        Input::Site(path) | Input::Folder(path) => {
            return Err(RunError::Usage(format!("`{}` is a folder; `inspect` shows one post", path.display())));
        }
    };
    match outcome {
        Outcome::Converted(post) => {
            for diagnostic in &post.diagnostics {
                message::say(&message::human(diagnostic, message::colours()));
            }
            print(&describe(&post))
        }
        Outcome::Skipped { reason } => {
            message::say(&format!("skipped: {reason}\n"));
            Ok(Status::SomeFailed)
        }
        Outcome::Failed { diagnostics } => {
            for diagnostic in &diagnostics {
                message::say(&message::human(diagnostic, message::colours()));
            }
            Ok(Status::SomeFailed)
        }
    }
}

fn describe(post: &Post) -> String {
    let mut out = metadata(&post.document);
    out += &format!("\n{} blocks, {} notes\n", post.document.blocks.len(), post.document.notes.len());
    blocks(&post.document.blocks, 0, &mut out);
    for note in &post.document.notes {
        out += &format!("note {}\n", note.label);
        blocks(&note.blocks, 1, &mut out);
    }
    out
}

fn metadata(document: &Document) -> String {
    let meta = &document.meta;
    let mut out = String::new();
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            out += &format!("{name:12} {}\n", clean(&value, 200));
        }
    };
    let text = |text: &Option<postferry::Text>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    field("title", text(&meta.title));
    field("date", meta.date.map(|date| date.to_string()).unwrap_or_default());
    field("updated", meta.updated.map(|date| date.to_string()).unwrap_or_default());
    field("url", text(&meta.url));
    field("slug", text(&meta.slug));
    field("categories", meta.categories.join(", "));
    field("tags", meta.tags.join(", "));
    field("authors", meta.authors.join(", "));
    field("language", text(&meta.language));
    field("description", text(&meta.description));
    field("aliases", meta.aliases.join(", "));
    field("draft", if meta.draft { "true".into() } else { String::new() });
    for (key, value) in meta.extra.iter() {
        field(key, spell(value));
    }
    out
}

fn spell(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::BigInt(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::String(text) => format!("{text:?}"),
        Value::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
        Value::Time(time) => time.to_string(),
        Value::List(list) => format!("[{}]", list.iter().map(spell).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            format!("{{{}}}", map.iter().map(|(k, v)| format!("{k}: {}", spell(v))).collect::<Vec<_>>().join(", "))
        }
    }
}

/// One line a block: its kind, its attributes, the beginning of its text.
fn blocks(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        let mut text = String::new();
        walk::children(block, &mut |part| {
            if let walk::Part::Inlines(content) = part {
                text += &inline_text(content);
                text += &marks(content);
            }
        });
        if let Block::CodeBlock { text: code, .. }
        | Block::Math { tex: code, .. }
        | Block::Comment { text: code }
        | Block::Raw { text: code, .. } = block
        {
            text = code.to_string();
        }
        *out += &format!("{}{} {}\n", "  ".repeat(depth + 1), kind(block), clean(&text, 90));
        walk::children(block, &mut |part| {
            if let walk::Part::Blocks(inner) = part {
                self::blocks(inner, depth + 1, out);
            }
        });
    }
}

fn kind(block: &Block) -> String {
    let mut name = match block {
        Block::Paragraph { .. } => "paragraph".into(),
        Block::Plain { .. } => "plain".into(),
        Block::Heading { level, .. } => format!("heading {}", level.get()),
        Block::BlockQuote { .. } => "quote".into(),
        Block::CodeBlock { language, .. } => format!("code {}", language.as_deref().unwrap_or("")).trim_end().to_owned(),
        Block::List(list) => match list.kind {
            postferry::ListKind::Bullet => format!("bullet list of {}", list.items.len()),
            postferry::ListKind::Ordered { start } => format!("numbered list of {} from {start}", list.items.len()),
        },
        Block::DefinitionList { .. } => "definition list".into(),
        Block::Table(table) => format!("table of {} columns", table.columns.len()),
        Block::Figure { .. } => "figure".into(),
        Block::ThematicBreak { .. } => "rule".into(),
        Block::Math { .. } => "math".into(),
        Block::Division { .. } => "division".into(),
        Block::Element { name, .. } => format!("<{name}>"),
        Block::Comment { .. } => "comment".into(),
        Block::Raw { format, .. } => format!("raw {format}"),
    };
    if let Some(attr) = block.attr() {
        attr.id().iter().for_each(|id| name += &format!(" #{id}"));
        attr.classes().iter().for_each(|class| name += &format!(" .{class}"));
        attr.pairs().iter().for_each(|(key, value)| name += &format!(" {key}={value:?}"));
    }
    name
}

/// What is in a line besides text, counted.
fn marks(content: &[Inline]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut count = |name| match counts.iter_mut().find(|(known, _)| *known == name) {
        Some((_, n)) => *n += 1,
        None => counts.push((name, 1)),
    };
    walk::content_of(content, &mut |inline| match inline {
        Inline::Emphasis { .. } => count("emphasis"),
        Inline::Strong { .. } => count("strong"),
        Inline::Strikethrough { .. } => count("strikethrough"),
        Inline::Superscript { .. } => count("superscript"),
        Inline::Subscript { .. } => count("subscript"),
        Inline::Code { .. } => count("code"),
        Inline::Link { .. } => count("link"),
        Inline::Image { .. } => count("image"),
        Inline::NoteReference { .. } => count("note"),
        Inline::Math { .. } => count("math"),
        Inline::Span { .. } => count("span"),
        Inline::Element { .. } => count("element"),
        Inline::Comment { .. } => count("comment"),
        Inline::Raw { .. } => count("raw"),
        Inline::LineBreak => count("break"),
        Inline::Text(_) | Inline::SoftBreak => {}
    });
    let list: Vec<String> = counts.iter().map(|(name, n)| format!("{n} {name}")).collect();
    if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) }
}

/// Makes a text fit for one line of a terminal.
fn clean(text: &str, limit: usize) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if flat.chars().count() <= limit { flat } else { flat.chars().take(limit - 1).chain(['…']).collect() }
}
