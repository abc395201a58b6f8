//! A configuration in TOML.

use postferry_doc::{DateTime, Map, Value};

/// Reads a table.
///
/// # Errors
/// Says what is wrong and on which line.
pub(crate) fn read(text: &str) -> Result<Map, (String, Option<u32>)> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() as u32 + 1);
        (error.message().to_owned(), line)
    })?;
    Ok(map_of(&table))
}

fn map_of(table: &toml::Table) -> Map {
    table.iter().map(|(key, value)| (key.as_str().into(), value_of(value))).collect()
}

fn value_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::Int(*number),
        toml::Value::Float(number) => Value::Float(*number),
        toml::Value::Boolean(truth) => Value::Bool(*truth),
        toml::Value::Datetime(time) => {
            let text = time.to_string();
            DateTime::parse(&text).map_or_else(|| Value::from(text.as_str()), Value::Time)
        }
        toml::Value::Array(list) => Value::List(list.iter().map(value_of).collect()),
        toml::Value::Table(table) => Value::Map(map_of(table)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_maps() {
        let map =
            read("title = \"T\"\nn = 2\n[kramdown]\nhard_wrap = true\n[[defaults]]\nvalues = { a = [1] }\n").expect("it is TOML");
        assert_eq!(map.get("title"), Some(&Value::from("T")));
        let kramdown = map.get("kramdown").and_then(Value::as_map);
        assert_eq!(kramdown.and_then(|map| map.get("hard_wrap")), Some(&Value::Bool(true)));
        assert_eq!(map.get("defaults").and_then(Value::as_list).map(<[Value]>::len), Some(1));
        assert_eq!(read("a = 1\nb = \n").map_err(|(_, line)| line), Err(Some(2)));
    }
}
