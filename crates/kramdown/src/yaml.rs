//! The little YAML that an option's value can be: scalars, and lists and maps in flow style or one pair a line.

/// A value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value as Ruby's `to_s` of a scalar gives it.
    pub(crate) fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Null => String::new(),
            Value::List(items) => items.iter().map(Value::text).collect::<Vec<_>>().join(","),
            Value::Map(_) => String::new(),
        }
    }

    /// A map that was quoted into a string is read once more, as kramdown does.
    pub(crate) fn reparsed(self) -> Value {
        match self {
            Value::Text(text) if text.trim_start().starts_with('{') => parse(&text).unwrap_or(Value::Text(text)),
            Value::Text(text) => parse_lines(&text).unwrap_or(Value::Text(text)),
            Value::Null => Value::Map(Vec::new()),
            other => other,
        }
    }
}

/// Reads a value; `None` when brackets or quotes do not match.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let trimmed = text.trim();
    if trimmed.starts_with(['[', '{', '"', '\'']) {
        let mut reader = Reader { rest: trimmed, depth: 0 };
        let value = reader.value()?;
        return reader.rest.trim().is_empty().then_some(value);
    }
    Some(scalar(trimmed))
}

fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        _ => Value::Text(text.to_owned()),
    }
}

fn parse_lines(text: &str) -> Option<Value> {
    let mut pairs = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once(": ")?;
        pairs.push((key.trim().to_owned(), parse_flow(value.trim())?));
    }
    (!pairs.is_empty()).then_some(Value::Map(pairs))
}

fn parse_flow(text: &str) -> Option<Value> {
    if text.starts_with(['[', '{', '"', '\'']) {
        let mut reader = Reader { rest: text, depth: 0 };
        return reader.value();
    }
    Some(scalar(text))
}

struct Reader<'a> {
    rest: &'a str,
    depth: u32,
}

const MAX_DEPTH: u32 = 16;

impl Reader<'_> {
    fn value(&mut self) -> Option<Value> {
        self.rest = self.rest.trim_start();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let value = match self.rest.as_bytes().first()? {
            b'[' => self.list(),
            b'{' => self.map(),
            b'"' | b'\'' => self.quoted().map(Value::Text),
            _ => Some(scalar(self.plain(&[',', ']', '}']).trim())),
        };
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<Value> {
        self.rest = self.rest[1..].trim_start();
        let mut items = Vec::new();
        while !self.rest.starts_with(']') {
            items.push(self.value()?);
            self.separator(']')?;
        }
        self.rest = &self.rest[1..];
        Some(Value::List(items))
    }

    fn map(&mut self) -> Option<Value> {
        self.rest = self.rest[1..].trim_start();
        let mut pairs = Vec::new();
        while !self.rest.starts_with('}') {
            let key = if self.rest.starts_with(['"', '\'']) {
                self.quoted()?
            } else {
                let colon = self.rest.find(": ").or_else(|| self.rest.find(':'))?;
                let key = self.rest[..colon].trim().to_owned();
                self.rest = &self.rest[colon..];
                key
            };
            self.rest = self.rest.trim_start().strip_prefix(':')?;
            pairs.push((key, self.value()?));
            self.separator('}')?;
        }
        self.rest = &self.rest[1..];
        Some(Value::Map(pairs))
    }

    fn separator(&mut self, end: char) -> Option<()> {
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest.trim_start();
            return Some(());
        }
        self.rest.starts_with(end).then_some(())
    }

    fn plain(&mut self, ends: &[char]) -> String {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let text = self.rest[..end].to_owned();
        self.rest = &self.rest[end..];
        text
    }

    fn quoted(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let mut text = String::new();
        let mut chars = self.rest[1..].char_indices();
        while let Some((index, c)) = chars.next() {
            if c == '\\' && quote == '"' {
                match chars.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    other => text.push(other),
                }
            } else if c == quote {
                if quote == '\'' && self.rest[index + 2..].starts_with('\'') {
                    chars.next();
                    text.push('\'');
                    continue;
                }
                self.rest = &self.rest[index + 2..];
                return Some(text);
            } else {
                text.push(c);
            }
        }
        None
    }
}
