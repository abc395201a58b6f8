//! Inlines as objects with a `type`.

use postferry_doc::{Attr, Inline, Namespace};

use crate::output::Output;
use crate::read::Reader;
use crate::tape::At;
use crate::{ReadError, attributes};

/// Writes an array of inlines.
pub fn write(out: &mut Output, content: &[Inline]) {
    out.array(content, inline);
}

/// Writes the key of a namespace other than HTML's.
pub fn write_namespace(out: &mut Output, namespace: Namespace) {
    match namespace {
        Namespace::Html => {}
        Namespace::Svg => out.member("namespace", "svg"),
        Namespace::MathMl => out.member("namespace", "mathml"),
    }
}

/// Reads an array of inlines; a missing one is empty.
pub fn read(reader: &Reader<'_>, at: Option<At>, depth_left: usize) -> Result<Vec<Inline>, ReadError> {
    let Some(at) = at else { return Ok(Vec::new()) };
    let mut items = reader.array(at)?.peekable();
    if items.peek().is_none() {
        return Ok(Vec::new());
    }
    let Some(depth_left) = depth_left.checked_sub(1) else {
        return Err(reader.error(at, "the tree is too deep"));
    };
    items.map(|item| read_inline(reader, item, depth_left)).collect()
}

/// Reads a namespace; a missing one is HTML's.
pub fn read_namespace(reader: &Reader<'_>, at: Option<At>) -> Result<Namespace, ReadError> {
    let Some(at) = at else { return Ok(Namespace::Html) };
    match reader.text(at)?.as_str() {
        "html" => Ok(Namespace::Html),
        "svg" => Ok(Namespace::Svg),
        "mathml" => Ok(Namespace::MathMl),
        other => Err(reader.error(at, format!("`{other}` is no namespace"))),
    }
}

fn inline(out: &mut Output, inline: &Inline) {
    match inline {
        Inline::Text(text) => leaf(out, "text", None, &[("text", Some(text))]),
        Inline::SoftBreak => leaf(out, "soft_break", None, &[]),
        Inline::LineBreak => leaf(out, "line_break", None, &[]),
        Inline::Emphasis { attr, content } => container(out, "emphasis", attr, content),
        Inline::Strong { attr, content } => container(out, "strong", attr, content),
        Inline::Strikethrough { attr, content } => container(out, "strikethrough", attr, content),
        Inline::Superscript { attr, content } => container(out, "superscript", attr, content),
        Inline::Subscript { attr, content } => container(out, "subscript", attr, content),
        Inline::Code { attr, text } => leaf(out, "code", Some(attr), &[("text", Some(text))]),
        Inline::Link { attr, target, title, content } => out.object(|out| {
            out.node_type("link");
            attributes::write(out, attr);
            out.member("target", target);
            out.optional("title", title.as_deref());
            out.key("content");
            write(out, content);
        }),
        Inline::Image { attr, source, title, alt } => {
            leaf(out, "image", Some(attr), &[("source", Some(source)), ("title", title.as_deref()), ("alt", alt.as_deref())]);
        }
        Inline::NoteReference { label } => leaf(out, "note_reference", None, &[("label", Some(label))]),
        Inline::Math { attr, tex } => leaf(out, "math", Some(attr), &[("tex", Some(tex))]),
        Inline::Span { attr, content } => container(out, "span", attr, content),
        Inline::Element { namespace, name, attr, content } => out.object(|out| {
            out.node_type("element");
            write_namespace(out, *namespace);
            out.member("name", name);
            attributes::write(out, attr);
            out.key("content");
            write(out, content);
        }),
        Inline::Comment { text } => leaf(out, "comment", None, &[("text", Some(text))]),
        Inline::Raw { format, text } => leaf(out, "raw", None, &[("format", Some(format)), ("text", Some(text))]),
    }
}

fn leaf(out: &mut Output, kind: &'static str, attr: Option<&Attr>, members: &[(&'static str, Option<&str>)]) {
    out.flat_object(|out| {
        out.node_type(kind);
        if let Some(attr) = attr {
            attributes::write(out, attr);
        }
        for (key, text) in members {
            out.optional(key, *text);
        }
    });
}

fn container(out: &mut Output, kind: &'static str, attr: &Attr, content: &[Inline]) {
    out.object(|out| {
        out.node_type(kind);
        attributes::write(out, attr);
        out.key("content");
        write(out, content);
    });
}

fn read_inline(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Inline, ReadError> {
    let kind = reader.node_type(at)?;
    match kind.as_str() {
        "emphasis" | "strong" | "strikethrough" | "superscript" | "subscript" | "span" => {
            read_container(reader, at, &kind, depth_left)
        }
        "link" => read_link(reader, at, depth_left),
        "element" => read_element(reader, at, depth_left),
        _ => read_leaf(reader, at, &kind),
    }
}

fn read_container(reader: &Reader<'_>, at: At, kind: &str, depth_left: usize) -> Result<Inline, ReadError> {
    let ([content], fields) = reader.node(at, ["content"])?;
    let attr = attributes::read(reader, &fields)?;
    let content = read(reader, content, depth_left)?;
    Ok(match kind {
        "emphasis" => Inline::Emphasis { attr, content },
        "strong" => Inline::Strong { attr, content },
        "strikethrough" => Inline::Strikethrough { attr, content },
        "superscript" => Inline::Superscript { attr, content },
        "subscript" => Inline::Subscript { attr, content },
        _ => Inline::Span { attr, content },
    })
}

fn read_link(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Inline, ReadError> {
    let ([target, title, content], fields) = reader.node(at, ["target", "title", "content"])?;
    Ok(Inline::Link {
        attr: attributes::read(reader, &fields)?,
        target: reader.text(reader.needed(at, target, "target")?)?,
        title: reader.optional_text(title)?,
        content: read(reader, content, depth_left)?,
    })
}

fn read_element(reader: &Reader<'_>, at: At, depth_left: usize) -> Result<Inline, ReadError> {
    let ([namespace, name, content], fields) = reader.node(at, ["namespace", "name", "content"])?;
    Ok(Inline::Element {
        namespace: read_namespace(reader, namespace)?,
        name: reader.text(reader.needed(at, name, "name")?)?,
        attr: attributes::read(reader, &fields)?,
        content: read(reader, content, depth_left)?,
    })
}

fn read_leaf(reader: &Reader<'_>, at: At, kind: &str) -> Result<Inline, ReadError> {
    let text = |name| reader.fields(at, ["type", name]).and_then(|[_, value]| reader.text(reader.needed(at, value, name)?));
    match kind {
        "text" => text("text").map(Inline::Text),
        "soft_break" => reader.fields(at, ["type"]).map(|_| Inline::SoftBreak),
        "line_break" => reader.fields(at, ["type"]).map(|_| Inline::LineBreak),
        "note_reference" => text("label").map(|label| Inline::NoteReference { label }),
        "comment" => text("text").map(|text| Inline::Comment { text }),
        "code" => {
            let ([text], fields) = reader.node(at, ["text"])?;
            let text = reader.text(reader.needed(at, text, "text")?)?;
            Ok(Inline::Code { attr: attributes::read(reader, &fields)?, text })
        }
        "math" => {
            let ([tex], fields) = reader.node(at, ["tex"])?;
            let tex = reader.text(reader.needed(at, tex, "tex")?)?;
            Ok(Inline::Math { attr: attributes::read(reader, &fields)?, tex })
        }
        "image" => {
            let ([source, title, alt], fields) = reader.node(at, ["source", "title", "alt"])?;
            Ok(Inline::Image {
                attr: attributes::read(reader, &fields)?,
                source: reader.text(reader.needed(at, source, "source")?)?,
                title: reader.optional_text(title)?,
                alt: reader.optional_text(alt)?,
            })
        }
        "raw" => {
            let [_, format, text] = reader.fields(at, ["type", "format", "text"])?;
            Ok(Inline::Raw {
                format: reader.text(reader.needed(at, format, "format")?)?,
                text: reader.text(reader.needed(at, text, "text")?)?,
            })
        }
        _ => Err(reader.error(at, format!("`{kind}` is no type of an inline"))),
    }
}
