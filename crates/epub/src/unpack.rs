//! Takes a book apart from its beginning, as the strictest readers do: without its directory.

use libdeflater::Decompressor;

/// Gives the members of a book, names and contents, in their order.
///
/// # Errors
/// What a strict reader would stumble over.
pub fn unpack(book: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut members = Vec::new();
    let mut rest = book;
    while rest.starts_with(b"PK\x03\x04") {
        let header = rest.get(..30).ok_or("a header is cut off")?;
        let short = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let long = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let (name_length, extra_length) = (short(26), short(28));
        let name = rest.get(30..30 + name_length).ok_or("a name is cut off")?;
        let name = std::str::from_utf8(name).map_err(|_| "a name is not UTF-8")?.to_owned();
        if short(6) != 0 || extra_length != 0 {
            return Err(format!("`{name}` has flags or an extra field"));
        }
        let (crc, packed, size) = (long(14), long(18) as usize, long(22) as usize);
        let data = rest.get(30 + name_length..30 + name_length + packed).ok_or_else(|| format!("`{name}` is cut off"))?;
        let content = match short(8) {
            0 => data.to_vec(),
            8 => inflate(data, size).ok_or_else(|| format!("`{name}` cannot be inflated"))?,
            method => return Err(format!("`{name}` is packed by the method {method}")),
        };
        if content.len() != size || crc32fast::hash(&content) != crc {
            return Err(format!("`{name}` is not what its header says"));
        }
        rest = &rest[30 + name_length + packed..];
        members.push((name, content));
    }
    if rest.starts_with(b"PK\x01\x02") { Ok(members) } else { Err("the directory does not follow the members".into()) }
}

fn inflate(data: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut out = vec![0; size];
    let length = Decompressor::new().deflate_decompress(data, &mut out).ok()?;
    (length == size).then_some(out)
}
