//! The language of a text, where its script alone tells it.

/// Guesses the language of a text by its script, as a BCP 47 tag; `None` where a script serves several languages (Latin,
/// Cyrillic, Arabic …) or there is no text.
///
/// ```
/// assert_eq!(postferry::guess_language("二〇二二年，县总工会"), Some("zh"));
/// assert_eq!(postferry::guess_language("これは日本語の文です"), Some("ja"));
/// assert_eq!(postferry::guess_language("Plain text"), None);
/// ```
pub fn guess_language(text: &str) -> Option<&'static str> {
    const SCRIPTS: usize = 7;
    let mut counts = [0_usize; SCRIPTS];
    let mut letters = 0_usize;
    for c in text.chars().take(100_000).filter(|c| c.is_alphabetic()) {
        letters += 1;
        let script = match c {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' => 0,
            '\u{3041}'..='\u{30FF}' => 1,
            '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' => 2,
            '\u{0E00}'..='\u{0E7F}' => 3,
            '\u{0370}'..='\u{03FF}' => 4,
            '\u{10A0}'..='\u{10FF}' => 5,
            '\u{0530}'..='\u{058F}' => 6,
            _ => continue,
        };
        counts[script] += 1;
    }
    let [han, kana, hangul, thai, greek, georgian, armenian] = counts;
    // Japanese is written with both; a Chinese text quotes a kana now and then.
    let (chinese, japanese) = if kana * 10 >= han.max(1) { (0, kana + han) } else { (han, 0) };
    let languages =
        [("zh", chinese), ("ja", japanese), ("ko", hangul), ("th", thai), ("el", greek), ("ka", georgian), ("hy", armenian)];
    let (language, count) = languages.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > letters).then_some(language)
}
