//! Names made from content: the identifier of a book and the names of its images, the same on every machine.

use std::fmt::Write;

/// The namespace of URLs (RFC 9562, section 6.6).
const URL_NAMESPACE: [u8; 16] = [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];

/// Makes the version 5 UUID of a name, as `urn:uuid:…` (RFC 9562, section 5.5).
pub fn uuid_urn(name: &[u8]) -> String {
    let mut hash = Sha1::default();
    hash.update(&URL_NAMESPACE);
    hash.update(name);
    let mut bytes = hash.finish();
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut out = String::from("urn:uuid:");
    for (at, byte) in bytes[..16].iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        write!(out, "{byte:02x}").expect("writing to a String cannot fail");
    }
    out
}

/// Gives sixteen hexadecimal digits that tell one content from another.
pub fn content_name(data: &[u8]) -> String {
    let mut hash = Sha1::default();
    hash.update(data);
    let mut out = String::new();
    for byte in &hash.finish()[..8] {
        write!(out, "{byte:02x}").expect("writing to a String cannot fail");
    }
    out
}

/// SHA-1 (RFC 3174), as UUIDs of version 5 ask for it; nothing here relies on it being hard to forge.
#[derive(Clone, Debug)]
pub struct Sha1 {
    state: [u32; 5],
    block: Vec<u8>,
    length: u64,
}

impl Default for Sha1 {
    fn default() -> Self {
        let state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
        Self { state, block: Vec::with_capacity(64), length: 0 }
    }
}

impl Sha1 {
    pub fn update(&mut self, data: &[u8]) {
        self.length += data.len() as u64;
        let mut rest = data;
        if !self.block.is_empty() {
            let (head, tail) = rest.split_at(rest.len().min(64 - self.block.len()));
            self.block.extend_from_slice(head);
            rest = tail;
            if self.block.len() < 64 {
                return;
            }
            let block = std::mem::take(&mut self.block);
            self.compress(&block);
        }
        let mut blocks = rest.chunks_exact(64);
        for block in &mut blocks {
            self.compress(block);
        }
        self.block.extend_from_slice(blocks.remainder());
    }

    pub fn finish(mut self) -> [u8; 20] {
        let bits = self.length * 8;
        let padding = 1 + (119 - self.length as usize % 64) % 64;
        let mut end = vec![0; padding];
        end[0] = 0x80;
        end.extend_from_slice(&bits.to_be_bytes());
        self.update(&end);
        let mut out = [0; 20];
        for (bytes, word) in out.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        out
    }

    #[expect(clippy::many_single_char_names, reason = "the names of RFC 3174")]
    fn compress(&mut self, block: &[u8]) {
        let mut words = [0u32; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
        for t in 16..80 {
            words[t] = (words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = self.state;
        for (t, word) in words.iter().enumerate() {
            let (mix, constant) = match t {
                0..20 => (b & c | !b & d, 0x5a82_7999),
                20..40 => (b ^ c ^ d, 0x6ed9_eba1),
                40..60 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6u32),
            };
            let next = a.rotate_left(5).wrapping_add(mix).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
        }
        for (state, value) in self.state.iter_mut().zip([a, b, c, d, e]) {
            *state = state.wrapping_add(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hashes() {
        for (text, hash) in [
            (String::new(), "da39a3ee5e6b4b0d"),
            ("abc".into(), "a9993e364706816a"),
            ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".into(), "84983e441c3bd26e"),
            ("a".repeat(1_000_000), "34aa973cd4c4daa4"),
        ] {
            assert_eq!(content_name(text.as_bytes()), hash);
        }
        let mut pieces = Sha1::default();
        "a".repeat(1000).as_bytes().chunks(7).for_each(|piece| pieces.update(piece));
        let mut whole = Sha1::default();
        whole.update("a".repeat(1000).as_bytes());
        assert_eq!(pieces.finish(), whole.finish());
    }

    #[test]
    fn known_uuid() {
        assert_eq!(uuid_urn(b"https://www.example.com/"), "urn:uuid:3d3ed9d2-aa3d-5fa6-90e8-ed662e90f559");
    }
}
