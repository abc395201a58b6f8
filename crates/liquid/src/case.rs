//! Letter case as Ruby changes it.

/// Ruby's `String#capitalize`: the first letter in title case, the rest in lower case.
pub fn capitalize(word: &str) -> String {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return String::new() };
    title_case(first) + &letters.as_str().to_lowercase()
}

/// The title case of a letter: `ß` becomes `Ss`, the digraphs their own titles.
fn title_case(letter: char) -> String {
    match letter {
        // Title case differs from upper case for these; the standard library knows only upper case.
        'Ǆ' | 'ǅ' | 'ǆ' => "ǅ".to_owned(),
        'Ǉ' | 'ǈ' | 'ǉ' => "ǈ".to_owned(),
        'Ǌ' | 'ǋ' | 'ǌ' => "ǋ".to_owned(),
        'Ǳ' | 'ǲ' | 'ǳ' => "ǲ".to_owned(),
        // Georgian letters keep their form: Mkhedruli has no title case.
        '\u{10d0}'..='\u{10ff}' => letter.to_string(),
        _ => {
            let mut upper = letter.to_uppercase();
            upper.next().into_iter().chain(upper.flat_map(char::to_lowercase)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitalize_lowers_the_rest() {
        for (word, expected) in
            [("iOS", "Ios"), ("", ""), ("ßa", "Ssa"), ("ÉCOLE", "École"), ("中文", "中文"), ("ǆx", "ǅx"), ("ﬃx", "Ffix")]
        {
            assert_eq!(capitalize(word), expected);
        }
    }
}
