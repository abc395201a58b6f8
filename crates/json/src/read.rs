//! JSON to a document.

use postferry_doc::{Document, Limits, Note, Origin, Text};

use crate::meta::TOP_LEVEL;
use crate::tape::{At, Kind, Tape};
use crate::{ReadError, SCHEMA_VERSION, blocks, meta};

/// Reads a document that [`write`](crate::write) wrote, or that keeps to the schema.
///
/// Keys at the top that the schema does not know are passed over; elsewhere they are errors.
///
/// # Errors
/// The text is not JSON, is of another schema, breaks the schema or a rule of [`Document::validate`].
pub fn read(text: &str) -> Result<Document, ReadError> {
    let tape = Tape::new(text)?;
    let reader = Reader { tape: &tape };
    let root = At::ROOT;
    let fields = reader.known_fields(root, TOP_LEVEL)?;
    let [schema, .., block_list, notes, origins] = fields;
    check_schema(&reader, schema, root)?;
    let document = Document {
        meta: meta::read(&reader, &fields)?,
        blocks: blocks::read(&reader, block_list, Limits::default().depth)?,
        notes: reader.list(notes, read_note)?,
        origins: reader.list(origins, read_origin)?,
    };
    document.validate().map_err(|fault| reader.error(root, fault.0))?;
    Ok(document)
}

fn check_schema(reader: &Reader<'_>, schema: Option<At>, root: At) -> Result<(), ReadError> {
    let at = schema.ok_or_else(|| reader.error(root, "the key `schema` is missing"))?;
    let found = reader.spelling(at);
    if reader.kind(at) == Kind::Number && found == SCHEMA_VERSION.to_string() {
        return Ok(());
    }
    Err(reader.error(at, format!("schema `{found}` is not known; this version reads {SCHEMA_VERSION}")))
}

fn read_note(reader: &Reader<'_>, at: At) -> Result<Note, ReadError> {
    let [label, block_list] = reader.fields(at, ["label", "blocks"])?;
    let label = reader.text(reader.needed(at, label, "label")?)?;
    Ok(Note { label, blocks: blocks::read(reader, block_list, Limits::default().depth)? })
}

fn read_origin(reader: &Reader<'_>, at: At) -> Result<Origin, ReadError> {
    let names = ["first_block", "blocks", "first_line", "lines"];
    let fields = reader.fields(at, names)?;
    let mut numbers = [0; 4];
    for ((number, field), name) in numbers.iter_mut().zip(fields).zip(names) {
        *number = reader.number(reader.needed(at, field, name)?)?;
    }
    let [first_block, blocks, first_line, lines] = numbers;
    Ok(Origin { first_block, blocks, first_line, lines })
}

/// Reads typed things off the tape.
pub struct Reader<'a> {
    tape: &'a Tape<'a>,
}

/// The keys that any node may have.
pub struct Fields {
    pub id: Option<At>,
    pub classes: Option<At>,
    pub attributes: Option<At>,
}

impl Reader<'_> {
    pub fn kind(&self, at: At) -> Kind {
        self.tape.kind(at)
    }

    pub fn spelling(&self, at: At) -> &str {
        self.tape.spelling(at)
    }

    pub fn error(&self, at: At, message: impl Into<String>) -> ReadError {
        self.tape.error(at, message)
    }

    /// The values of the named keys; no other key may be there, and none twice.
    pub fn fields<const N: usize>(&self, at: At, names: [&str; N]) -> Result<[Option<At>; N], ReadError> {
        self.select(at, names, true)
    }

    /// The values of the named keys, whatever else is there.
    pub fn known_fields<const N: usize>(&self, at: At, names: [&str; N]) -> Result<[Option<At>; N], ReadError> {
        self.select(at, names, false)
    }

    /// The values of the named keys of a node: `type` and the attributes' keys may be there too.
    pub fn node<const N: usize>(&self, at: At, names: [&str; N]) -> Result<([Option<At>; N], Fields), ReadError> {
        let mut found = [None; N];
        let mut fields = Fields { id: None, classes: None, attributes: None };
        for (name, value) in self.members(at)? {
            let key = self.tape.string(name)?;
            let slot = match &*key {
                "type" => continue,
                "id" => &mut fields.id,
                "classes" => &mut fields.classes,
                "attributes" => &mut fields.attributes,
                key => self.slot(name, key, names, &mut found)?,
            };
            if slot.replace(value).is_some() {
                return Err(self.error(name, format!("`{key}` is there twice")));
            }
        }
        Ok((found, fields))
    }

    /// The `type` of a node.
    pub fn node_type(&self, at: At) -> Result<Text, ReadError> {
        for (name, value) in self.members(at)? {
            if self.tape.string(name)? == "type" {
                return self.text(value);
            }
        }
        Err(self.error(at, "the key `type` is missing"))
    }

    pub fn members(&self, at: At) -> Result<impl Iterator<Item = (At, At)>, ReadError> {
        self.expect(at, Kind::Object)?;
        Ok(self.tape.members(at))
    }

    pub fn array(&self, at: At) -> Result<impl Iterator<Item = At>, ReadError> {
        self.expect(at, Kind::Array)?;
        Ok(self.tape.children(at))
    }

    /// Reads each item of an array; a missing array is empty.
    pub fn list<T>(&self, at: Option<At>, mut item: impl FnMut(&Self, At) -> Result<T, ReadError>) -> Result<Vec<T>, ReadError> {
        match at {
            Some(at) => self.array(at)?.map(|at| item(self, at)).collect(),
            None => Ok(Vec::new()),
        }
    }

    pub fn text(&self, at: At) -> Result<Text, ReadError> {
        self.expect(at, Kind::String)?;
        Ok(self.tape.string(at)?.into())
    }

    pub fn optional_text(&self, at: Option<At>) -> Result<Option<Text>, ReadError> {
        at.map(|at| self.text(at)).transpose()
    }

    pub fn number<T: std::str::FromStr>(&self, at: At) -> Result<T, ReadError> {
        self.expect(at, Kind::Number)?;
        let spelling = self.spelling(at);
        spelling.parse().map_err(|_| self.error(at, format!("`{spelling}` is out of range here")))
    }

    pub fn truth(&self, at: Option<At>) -> Result<Option<bool>, ReadError> {
        match at.map(|at| (at, self.kind(at))) {
            None => Ok(None),
            Some((_, Kind::True)) => Ok(Some(true)),
            Some((_, Kind::False)) => Ok(Some(false)),
            Some((at, other)) => Err(self.error(at, format!("expected `true` or `false`, found {}", other.describe()))),
        }
    }

    /// The value of a key that must be there.
    pub fn needed(&self, parent: At, value: Option<At>, name: &str) -> Result<At, ReadError> {
        value.ok_or_else(|| self.error(parent, format!("the key `{name}` is missing")))
    }

    fn select<const N: usize>(&self, at: At, names: [&str; N], strict: bool) -> Result<[Option<At>; N], ReadError> {
        let mut found = [None; N];
        for (name, value) in self.members(at)? {
            let key = self.tape.string(name)?;
            if !strict && !names.contains(&&*key) {
                continue;
            }
            if self.slot(name, &key, names, &mut found)?.replace(value).is_some() {
                return Err(self.error(name, format!("`{key}` is there twice")));
            }
        }
        Ok(found)
    }

    fn slot<'s, const N: usize>(
        &self,
        at: At,
        key: &str,
        names: [&str; N],
        found: &'s mut [Option<At>; N],
    ) -> Result<&'s mut Option<At>, ReadError> {
        match names.iter().position(|name| *name == key) {
            Some(index) => Ok(&mut found[index]),
            None => Err(self.error(at, format!("the key `{key}` is not known here"))),
        }
    }

    fn expect(&self, at: At, kind: Kind) -> Result<(), ReadError> {
        let found = self.kind(at);
        if found == kind {
            return Ok(());
        }
        Err(self.error(at, format!("expected {}, found {}", kind.describe(), found.describe())))
    }
}
