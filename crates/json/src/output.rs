//! JSON text as it grows.

/// Indentation stops growing here, so that a deep tree does not become a square of spaces.
const DEEPEST_INDENT: usize = 32;

/// Writes JSON, on one line or one member a line.
pub struct Output {
    buf: String,
    pretty: bool,
    level: usize,
    flat: usize,
    first: bool,
}

impl Output {
    pub fn new(pretty: bool) -> Self {
        Self { buf: String::new(), pretty, level: 0, flat: 0, first: true }
    }

    pub fn finish(mut self) -> String {
        if self.pretty {
            self.buf.push('\n');
        }
        self.buf
    }

    /// Writes an object; `members` writes its keys and values.
    pub fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.open('{');
        members(self);
        self.close('}');
    }

    /// Writes an object that stays on one line.
    pub fn flat_object(&mut self, members: impl FnOnce(&mut Self)) {
        self.flat += 1;
        self.object(members);
        self.flat -= 1;
    }

    /// Writes an array of what `write` makes of each item.
    pub fn array<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.open('[');
        for item in items {
            self.separate();
            write(self, item);
        }
        self.close(']');
    }

    /// Writes an array of texts on one line.
    pub fn strings<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) {
        self.flat += 1;
        self.array(items, Self::string);
        self.flat -= 1;
    }

    /// Writes a key of the schema, which needs no escapes; its value is to follow.
    pub fn key(&mut self, key: &'static str) {
        self.separate();
        self.word(key);
        self.colon();
    }

    /// Writes any key; its value is to follow.
    pub fn any_key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.colon();
    }

    /// Writes the type of a node.
    pub fn node_type(&mut self, name: &'static str) {
        self.key("type");
        self.word(name);
    }

    /// Writes a key of the schema with a text.
    pub fn member(&mut self, key: &'static str, text: &str) {
        self.key(key);
        self.string(text);
    }

    /// Writes a key with a text, or nothing at all.
    pub fn optional(&mut self, key: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.member(key, text);
        }
    }

    /// Writes what is JSON already: a number, `true`, `null`.
    pub fn literal(&mut self, literal: &str) {
        self.buf.push_str(literal);
    }

    /// Writes a text. Line separators that are not JSON's own are escaped too, so that one line stays one line in
    /// every language.
    pub fn string(&mut self, text: &str) {
        self.buf.push('"');
        let bytes = text.as_bytes();
        let mut from = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if !may_need_escape(byte) {
                continue;
            }
            let (escape, length) = match byte {
                b'"' => ("\\\"", 1),
                b'\\' => ("\\\\", 1),
                b'\n' => ("\\n", 1),
                b'\r' => ("\\r", 1),
                b'\t' => ("\\t", 1),
                0xc2 if bytes[at + 1] == 0x85 => ("\\u0085", 2),
                0xe2 if bytes[at + 1..].starts_with(&[0x80, 0xa8]) => ("\\u2028", 3),
                0xe2 if bytes[at + 1..].starts_with(&[0x80, 0xa9]) => ("\\u2029", 3),
                0xc2 | 0xe2 => continue,
                _ => ("", 1),
            };
            self.buf.push_str(&text[from..at]);
            if escape.is_empty() {
                self.buf.push_str("\\u00");
                self.buf.push(if byte < 0x10 { '0' } else { '1' });
                self.buf.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
            } else {
                self.buf.push_str(escape);
            }
            from = at + length;
        }
        self.buf.push_str(&text[from..]);
        self.buf.push('"');
    }

    /// Writes a text that needs no escapes.
    fn word(&mut self, word: &'static str) {
        self.buf.push('"');
        self.buf.push_str(word);
        self.buf.push('"');
    }

    fn colon(&mut self) {
        self.buf.push_str(if self.pretty { ": " } else { ":" });
    }

    fn open(&mut self, bracket: char) {
        self.buf.push(bracket);
        self.level += 1;
        self.first = true;
    }

    fn close(&mut self, bracket: char) {
        self.level -= 1;
        if !self.first {
            self.line();
        }
        self.buf.push(bracket);
        self.first = false;
    }

    fn separate(&mut self) {
        if !self.first {
            self.buf.push(',');
            if self.pretty && self.flat > 0 {
                self.buf.push(' ');
            }
        }
        self.line();
        self.first = false;
    }

    fn line(&mut self) {
        if self.pretty && self.flat == 0 {
            self.buf.push('\n');
            for _ in 0..self.level.min(DEEPEST_INDENT) {
                self.buf.push_str("  ");
            }
        }
    }
}

fn may_need_escape(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, b'"' | b'\\' | 0xc2 | 0xe2)
}
