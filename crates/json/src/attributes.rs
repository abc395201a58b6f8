//! Attributes: `id`, `classes` and `attributes` of a node's object.

use postferry_doc::{Attr, Text};

use crate::ReadError;
use crate::output::Output;
use crate::read::{Fields, Reader};
use crate::tape::At;

/// More classes or pairs than this on one node are refused: adding each looks through the others.
const MOST: usize = 1000;

/// Writes the keys of attributes into an open object; none where there are none.
pub fn write(out: &mut Output, attr: &Attr) {
    if attr.is_empty() {
        return;
    }
    out.optional("id", attr.id());
    if !attr.classes().is_empty() {
        out.key("classes");
        out.strings(attr.classes().iter().map(Text::as_str));
    }
    if !attr.pairs().is_empty() {
        out.key("attributes");
        out.flat_object(|out| {
            for (name, value) in attr.pairs() {
                out.any_key(name);
                out.string(value);
            }
        });
    }
}

/// Reads the attributes of a node.
pub fn read(reader: &Reader<'_>, fields: &Fields) -> Result<Attr, ReadError> {
    let mut attr = Attr::default();
    if let Some(at) = fields.id {
        attr.set_id(Some(reader.text(at)?));
    }
    if let Some(at) = fields.classes {
        for class in reader.array(at)?.take(MOST) {
            attr.add_class(&reader.text(class)?);
        }
        check_count(reader, at, reader.array(at)?.count())?;
    }
    if let Some(at) = fields.attributes {
        for (name, value) in reader.members(at)?.take(MOST) {
            attr.set(&reader.text(name)?, &reader.text(value)?);
        }
        check_count(reader, at, reader.members(at)?.count())?;
    }
    Ok(attr)
}

fn check_count(reader: &Reader<'_>, at: At, count: usize) -> Result<(), ReadError> {
    if count > MOST { Err(reader.error(at, format!("more than {MOST} on one node"))) } else { Ok(()) }
}
