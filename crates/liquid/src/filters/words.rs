//! `number_of_words`.

use super::strings::split_words;
use super::{Filter, filter};
use crate::error::Error;
use crate::evaluate::length;
use crate::number::is_space;
use crate::render::Renderer;
use crate::value::Value;

pub(super) const FILTERS: &[Filter] = &[filter("number_of_words", 0, 1, number_of_words)];

fn number_of_words(_: &mut Renderer<'_>, input: &Value, arguments: &[Value]) -> Result<Value, Error> {
    let Value::Str(input) = input else {
        return Err(Error::no_method("split", input));
    };
    let count = match arguments.first().and_then(Value::as_str) {
        Some("cjk") => count_characters(input) + count_words(input),
        Some("auto") => match count_characters(input) {
            0 => split_words(input).len(),
            characters => characters + count_words(input),
        },
        _ => split_words(input).len(),
    };
    Ok(Value::Int(length(count)))
}

fn count_characters(text: &str) -> usize {
    text.chars().filter(|letter| is_cjk(*letter)).count()
}

/// Runs of what is neither white space nor a character that counts as a word.
fn count_words(text: &str) -> usize {
    text.split(|letter| is_space(letter) || is_cjk(letter)).filter(|word| !word.is_empty()).count()
}

/// The scripts Han, Katakana, Hiragana and Hangul of Unicode 13.
pub(crate) fn is_cjk(letter: char) -> bool {
    const RANGES: [(u32, u32); 45] = [
        (0x1100, 0x11FF),
        (0x2E80, 0x2E99),
        (0x2E9B, 0x2EF3),
        (0x2F00, 0x2FD5),
        (0x3005, 0x3005),
        (0x3007, 0x3007),
        (0x3021, 0x3029),
        (0x302E, 0x302F),
        (0x3038, 0x303B),
        (0x3041, 0x3096),
        (0x309D, 0x309F),
        (0x30A1, 0x30FA),
        (0x30FD, 0x30FF),
        (0x3131, 0x318E),
        (0x31F0, 0x321E),
        (0x3260, 0x327E),
        (0x32D0, 0x32FE),
        (0x3300, 0x3357),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFC),
        (0xA960, 0xA97C),
        (0xAC00, 0xD7A3),
        (0xD7B0, 0xD7C6),
        (0xD7CB, 0xD7FB),
        (0xF900, 0xFA6D),
        (0xFA70, 0xFAD9),
        (0xFF66, 0xFF6F),
        (0xFF71, 0xFF9D),
        (0xFFA0, 0xFFBE),
        (0xFFC2, 0xFFC7),
        (0xFFCA, 0xFFCF),
        (0xFFD2, 0xFFD7),
        (0xFFDA, 0xFFDC),
        (0x16FF0, 0x16FF1),
        (0x1B000, 0x1B11E),
        (0x1B150, 0x1B152),
        (0x1B164, 0x1B167),
        (0x1F200, 0x1F200),
        (0x20000, 0x2A6DD),
        (0x2A700, 0x2B734),
        (0x2B740, 0x2B81D),
        (0x2B820, 0x2CEA1),
        (0x2CEB0, 0x2EBE0),
        (0x2F800, 0x2FA1D),
        (0x30000, 0x3134A),
    ];
    let code = letter as u32;
    code >= 0x1100 && RANGES.iter().any(|(first, last)| (*first..=*last).contains(&code))
}
