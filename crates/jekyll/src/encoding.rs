//! Turns a file's bytes into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use postferry_doc::Diagnostic;

/// Decodes a file. UTF-8 is the rule; other bytes are decoded by their byte order mark, by `declared` (the site's
/// `encoding`), or where a detector is sure of them and the result holds no control characters of ISO 8859. One byte order
/// mark at the beginning is left in the text: whether it is skipped depends on the kind of file.
///
/// # Errors
/// The diagnostic says where the first byte is that is not UTF-8.
pub(crate) fn decode(bytes: Vec<u8>, declared: &str) -> Result<(String, Option<Diagnostic>), Box<Diagnostic>> {
    let declared = Encoding::for_label(declared.as_bytes()).filter(|encoding| *encoding != UTF_8);
    if declared.is_none() && !has_utf16_mark(&bytes) {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Ok((text, None)),
            Err(error) => error.into_bytes(),
        };
        return decode_guessed(&bytes);
    }
    let encoding = if bytes.starts_with(b"\xff\xfe") {
        UTF_16LE
    } else if bytes.starts_with(b"\xfe\xff") {
        UTF_16BE
    } else {
        declared.unwrap_or(UTF_8)
    };
    decode_as(&bytes, encoding, "declared").ok_or_else(|| Box::new(undecodable(&bytes)))
}

fn has_utf16_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

fn decode_guessed(bytes: &[u8]) -> Result<(String, Option<Diagnostic>), Box<Diagnostic>> {
    if is_damaged_utf8(bytes) {
        return Err(Box::new(undecodable(bytes)));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let decoded = decode_as(bytes, encoding, "detected").filter(|(text, _)| is_plausible(text, encoding));
    decoded.ok_or_else(|| Box::new(undecodable(bytes)))
}

/// Says whether most of what is not ASCII has the shape of UTF-8: a file that was cut or mixed, not one in another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let is_continuation = |byte: &u8| (0x80..0xc0).contains(byte);
    let (mut shaped, mut stray, mut at) = (0_usize, 0_usize, 0);
    while at < bytes.len() {
        let more = match bytes[at] {
            0..0x80 => 0,
            0x80..0xc0 => {
                stray += 1;
                0
            }
            lead => {
                let expected = if lead < 0xe0 {
                    1
                } else if lead < 0xf0 {
                    2
                } else {
                    3
                };
                let found = bytes[at + 1..].iter().take(expected).take_while(|byte| is_continuation(byte)).count();
                if found == expected || at + 1 + found == bytes.len() {
                    shaped += 1;
                } else {
                    stray += 1;
                }
                found
            }
        };
        at += 1 + more;
    }
    shaped >= stray
}

/// Says whether a text looks like one that somebody wrote: in East Asian encodings mostly letters of East Asia, in the others
/// letters within words and the usual punctuation.
fn is_plausible(text: &str, encoding: &'static Encoding) -> bool {
    let others: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    if encoding.is_single_byte() {
        let usual = |c: &char| c.is_alphabetic() || "\u{a0}‘’‚“”„–—…«»‹›°©®€£§•·´¡¿ªº½¼¾²³™×".contains(*c);
        let mut letters = 0;
        let mut before = ' ';
        for c in text.chars() {
            if !c.is_ascii() && c.is_alphabetic() && before.is_alphabetic()
                || c.is_ascii_alphabetic() && !before.is_ascii() && before.is_alphabetic()
            {
                letters += 1;
            }
            before = c;
        }
        return letters > 0 && others.iter().all(usual);
    }
    let east_asian = |c: &&char| matches!(**c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}');
    others.len() >= 2 && others.iter().filter(east_asian).count() * 10 >= others.len() * 8
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, how: &str) -> Option<(String, Option<Diagnostic>)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(without_utf16_mark(bytes))?.into_owned();
    if text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c) && c != '\u{85}') {
        return None;
    }
    let message = format!("the file is not UTF-8; it was decoded as {} ({how})", encoding.name());
    let diagnostic = Diagnostic::warning("encoding/decoded", message).help("save the file as UTF-8; Jekyll leaves it out");
    Some((text, Some(diagnostic)))
}

fn without_utf16_mark(bytes: &[u8]) -> &[u8] {
    if has_utf16_mark(bytes) { &bytes[2..] } else { bytes }
}

/// Says where a file stops being UTF-8.
fn undecodable(bytes: &[u8]) -> Diagnostic {
    let offset = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let line = bytes[..offset].split(|byte| *byte == b'\n').count();
    Diagnostic::error("encoding/undecodable", format!("byte {offset} is not UTF-8 and no encoding is sure"))
        .at_line(line as u32)
        .help("set `encoding` in the site's configuration, or save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_found() {
        for (label, text) in [
            ("gbk", "关于“双碳”的思考：中文标题测试，第一期。"),
            ("big5", "關於這個標題的測試，第一期的內容在這裡。"),
            ("shift_jis", "これは日本語のタイトルです。テストの記事。"),
            ("euc-kr", "이것은 한국어 제목입니다. 시험 기사입니다."),
            ("windows-1252", "Un café, s'il vous plaît — déjà vu à la fenêtre."),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("a known label");
            let (bytes, _, _) = encoding.encode(text);
            let (found, diagnostic) = decode(bytes.into_owned(), "utf-8").unwrap_or_else(|d| panic!("{label}: {}", d.message));
            assert_eq!(found, text);
            assert!(diagnostic.is_some_and(|d| d.code == "encoding/decoded"));
        }
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain("中 a".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(utf16, "utf-8").map(|(text, _)| text), Ok("中 a".to_owned()));
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_something_else() {
        let mut cut = "中文标题测试".as_bytes().to_vec();
        cut.truncate(16);
        for bytes in [cut, b"a\xc0\xaf".to_vec(), b"a\xed\xa0\x80".to_vec(), b"a\x81b\x8d".to_vec()] {
            let found = decode(bytes.clone(), "utf-8");
            assert!(found.is_err(), "{bytes:?} {found:?}");
        }
    }

    #[test]
    fn a_declared_encoding_is_used() {
        let (text, _) = decode(b"caf\xe9".to_vec(), "iso-8859-1").expect("it is Latin-1");
        assert_eq!(text, "café");
    }
}
