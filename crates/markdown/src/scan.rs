//! Scanning: looks for the few bytes that matter, many bytes at a time.
//!
//! The loops are without branches inside, so that the compiler makes vector instructions of them.

/// Bytes that are looked at together.
const LANE: usize = 32;

/// Whether the byte is one of ``\`*_[]<>&|!${~`` or one of the few beside them that one comparison takes along.
fn may_be_usual(byte: u8) -> bool {
    // `[ \ ] ^ _` and, with the bit of the case, `{ | } ~`.
    (byte & 0xdf).wrapping_sub(b'[') < 5 || byte == b'`' || byte | 2 == b'>' || byte | 2 == b'&' || byte == b'*' || byte == b'!'
}

/// Finds the first special byte in `bytes[from..]`; gives its place, or the end. `usual` says that all the special bytes are
/// among ``\`*_[]<>&|!${~``.
pub(crate) fn find_special(bytes: &[u8], from: usize, special: &[bool; 256], usual: bool) -> usize {
    let mut at = from.min(bytes.len());
    if usual {
        let (lanes, _) = bytes[at..].as_chunks::<LANE>();
        let plain = |lane: &&[u8; LANE]| lane.iter().fold(0, |found, byte| found | u8::from(may_be_usual(*byte))) == 0;
        at += LANE * lanes.iter().take_while(plain).count();
    }
    bytes[at..].iter().position(|byte| special[usize::from(*byte)]).map_or(bytes.len(), |found| at + found)
}

/// The length of the longest run of a byte.
pub(crate) fn longest_run(text: &str, byte: u8) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut longest) = (0, 0);
    while let Some(found) = memchr::memchr(byte, &bytes[at..]) {
        at += found;
        let run = bytes[at..].iter().take_while(|b| **b == byte).count();
        longest = longest.max(run);
        at += run;
    }
    longest
}

/// Whether a text has no white space but single spaces.
pub(crate) fn is_collapsed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((last, most)) = bytes.split_last() else { return true };
    let bad = most.iter().zip(&bytes[1..]).fold(0, |found, (a, b)| found | u8::from(a | b == b' ') | u8::from(*a < b' '));
    bad == 0 && *last >= b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_bytes_are_found_wherever_they_stand() {
        let mut special = [false; 256];
        for byte in b"\\`*_[]<>&|!${~" {
            special[usize::from(*byte)] = true;
            assert!(may_be_usual(*byte));
            for at in 0..70 {
                let mut text = vec![b'^'; at];
                text.push(*byte);
                text.extend([b'x'; 40]);
                assert_eq!(find_special(&text, 0, &special, true), at);
                assert_eq!(find_special(&text, 0, &special, false), at);
                assert_eq!(find_special(&text, at + 1, &special, true), text.len());
            }
        }
        assert!((0x80..=0xff).all(|byte| !may_be_usual(byte)), "no byte of a longer character");
    }

    #[test]
    fn collapsed_texts_are_told() {
        for (text, collapsed) in [
            ("", true),
            (" a b ", true),
            ("甲 乙", true),
            ("a  b", false),
            ("a\nb", false),
            ("a\n", false),
            (" ", true),
            ("  ", false),
            ("a\u{a0} b", true),
        ] {
            assert_eq!(is_collapsed(text), collapsed, "{text:?}");
        }
    }
}
