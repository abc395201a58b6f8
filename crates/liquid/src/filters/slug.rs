//! `slugify`, by Jekyll's `Utils.slugify`.

use unicode_general_category::{GeneralCategory, get_general_category};

use super::{Filter, filter};
use crate::display::text;
use crate::error::Error;
use crate::number::is_space;
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[filter("slugify", 0, 1, slugify_filter)];

fn slugify_filter(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Value::Str(input) = input else {
        return if input.is_nil() { Ok(Value::Nil) } else { Err(Error::no_method("gsub", input)) };
    };
    let mode = match arguments.first() {
        None | Some(Value::Nil | Value::Bool(false)) => "default".to_owned(),
        Some(mode) => text(mode),
    };
    Ok(Value::from(slugify(input, &mode, false)))
}

/// Makes a slug of a text, as Jekyll's `Utils.slugify` does.
///
/// `mode` is `default`, `raw`, `pretty`, `ascii` or `latin`; any other only changes the case. `cased` keeps the case.
pub fn slugify(input: &str, mode: &str, cased: bool) -> String {
    let lower = |text: &str| if cased { text.to_owned() } else { text.to_lowercase() };
    let (input, kept): (String, fn(char) -> bool) = match mode {
        "raw" => (input.to_owned(), |letter| !is_space(letter)),
        "pretty" => (input.to_owned(), |letter| {
            is_letter(letter)
                || matches!(letter, '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '+' | ',' | ';' | '=' | '@')
        }),
        "ascii" => (input.to_owned(), |letter| letter.is_ascii_alphanumeric()),
        "latin" => (transliterate(input), is_letter),
        "default" => (input.to_owned(), is_letter),
        _ => return lower(input),
    };
    let mut slug = String::with_capacity(input.len());
    let mut in_gap = false;
    for letter in input.chars() {
        if kept(letter) {
            slug.push(letter);
            in_gap = false;
        } else if !in_gap {
            slug.push('-');
            in_gap = true;
        }
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    lower(slug.strip_suffix('-').unwrap_or(slug))
}

/// Letters, marks and decimal digits.
fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    matches!(
        get_general_category(letter),
        GeneralCategory::UppercaseLetter
            | GeneralCategory::LowercaseLetter
            | GeneralCategory::TitlecaseLetter
            | GeneralCategory::ModifierLetter
            | GeneralCategory::OtherLetter
            | GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark
            | GeneralCategory::DecimalNumber
    )
}

/// Latin letters without their accents; every other letter outside of ASCII becomes `?`.
fn transliterate(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
        } else {
            out.push_str(approximation(letter));
        }
    }
    out
}

fn approximation(letter: char) -> &'static str {
    match letter {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'Æ' => "AE",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'Ð' | 'Ď' | 'Đ' => "D",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        '×' => "x",
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'Ý' | 'Ŷ' | 'Ÿ' => "Y",
        'Þ' => "Th",
        'ß' => "ss",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ð' | 'ď' | 'đ' => "d",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'þ' => "th",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ĥ' | 'Ħ' => "H",
        'ĥ' | 'ħ' => "h",
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'Ĵ' => "J",
        'ĵ' => "j",
        'Ķ' => "K",
        'ķ' | 'ĸ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ŉ' => "'n",
        'Ŋ' => "NG",
        'ŋ' => "ng",
        'Œ' => "OE",
        'œ' => "oe",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' => "S",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'Ţ' | 'Ť' | 'Ŧ' => "T",
        'ţ' | 'ť' | 'ŧ' => "t",
        'Ŵ' => "W",
        'ŵ' => "w",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hyphen_goes_at_each_end() {
        assert_eq!(slugify("--a--b--", "raw", false), "-a--b-");
        assert_eq!(slugify("--a--b--", "default", false), "a-b");
        assert_eq!(slugify("Ünï Cödé ß Æ", "latin", false), "uni-code-ss-ae");
        assert_eq!(slugify("①½ x 中文", "default", false), "x-中文");
    }
}
