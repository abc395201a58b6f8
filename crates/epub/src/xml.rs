//! XML text: escaping, and which characters may stand where.

/// Adds `text` as character data or the value of an attribute in double quotes; what XML cannot hold is left out.
pub fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if is_char(c) => out.push(c),
            _ => {}
        }
    }
}

/// Gives `text` as character data or the value of an attribute in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Says whether XML 1.0 can hold a character and Unicode has it as one.
pub fn is_char(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
        && u32::from(c) & 0xfffe != 0xfffe
        && !matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Gives the text on one line: white space is single spaces, ends are trimmed, what XML cannot hold is left out.
pub fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| is_char(*c)).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first character of a name (XML 1.0, production 4).
pub fn is_name_start(c: char) -> bool {
    matches!(c, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// A further character of a name (XML 1.0, production 4a).
pub fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_leaves_out_what_xml_cannot_hold() {
        assert_eq!(escape("a<b>&\"c\"\u{0}\u{b}\u{ffff}\n"), "a&lt;b&gt;&amp;&quot;c&quot;\n");
        assert_eq!(one_line(" a\n\t b\u{1}c "), "a bc");
    }
}
