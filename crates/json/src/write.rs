//! A document to JSON.

use postferry_doc::{Document, Note, Origin, Value};

use crate::output::Output;
use crate::{SCHEMA_VERSION, blocks, meta, values};

/// How a document is written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// One member a line, and a line end after the last; default is one line without a line end, for JSON Lines.
    pub pretty: bool,
    /// More keys at the top, after `schema`, e.g. the `path` of the post. A name that the schema itself uses is left
    /// out. Default none.
    pub fields: Vec<(String, Value)>,
}

/// Writes a document as JSON; the same document gives the same bytes.
///
/// The tree must be as [`Document::validate`] wants it, or it will not be read again.
pub fn write(document: &Document, options: &WriteOptions) -> String {
    let mut out = Output::new(options.pretty);
    out.object(|out| {
        out.key("schema");
        out.literal(&SCHEMA_VERSION.to_string());
        for (name, value) in &options.fields {
            if !meta::TOP_LEVEL.contains(&name.as_str()) {
                out.any_key(name);
                values::write(out, value);
            }
        }
        meta::write(out, &document.meta);
        out.key("blocks");
        blocks::write(out, &document.blocks);
        out.key("notes");
        out.array(&document.notes, write_note);
        out.key("origins");
        out.array(&document.origins, write_origin);
    });
    out.finish()
}

fn write_note(out: &mut Output, note: &Note) {
    out.object(|out| {
        out.member("label", &note.label);
        out.key("blocks");
        blocks::write(out, &note.blocks);
    });
}

fn write_origin(out: &mut Output, origin: &Origin) {
    let Origin { first_block, blocks, first_line, lines } = *origin;
    out.flat_object(|out| {
        for (key, number) in [("first_block", first_block), ("blocks", blocks), ("first_line", first_line), ("lines", lines)] {
            out.key(key);
            out.literal(&number.to_string());
        }
    });
}
