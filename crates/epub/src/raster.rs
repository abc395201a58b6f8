//! Raster images: their kind by their first bytes, and whether they are whole as far as their outline tells.

/// The media type and the extension of an image that readers can show; `None` for other kinds and for broken ones.
pub fn kind(data: &[u8]) -> Option<(&'static str, &'static str)> {
    if data.starts_with(b"GIF87a") || data.starts_with(b"GIF89a") {
        is_whole_gif(data).then_some(("image/gif", "gif"))
    } else if data.starts_with(b"\xff\xd8\xff") {
        is_whole_jpeg(data).then_some(("image/jpeg", "jpg"))
    } else if data.starts_with(b"\x89PNG\r\n\x1a\n") {
        is_whole_png(data).then_some(("image/png", "png"))
    } else if data.starts_with(b"RIFF") && data.get(8..12) == Some(b"WEBP") {
        is_whole_webp(data).then_some(("image/webp", "webp"))
    } else {
        None
    }
}

/// A header, then at least one frame whose blocks all end.
fn is_whole_gif(data: &[u8]) -> bool {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 * (2 << (flags & 7)) };
    let Some(flags) = data.get(10) else { return false };
    let mut at = 13 + table(*flags);
    loop {
        match data.get(at) {
            Some(0x21) => match blocks_end(data, at + 2) {
                Some(end) => at = end,
                None => return false,
            },
            Some(0x2c) => {
                let flags = data.get(at + 9).copied().unwrap_or(0);
                return blocks_end(data, at + 11 + table(flags)).is_some();
            }
            _ => return false,
        }
    }
}

/// The place after the sub-blocks of a GIF that begin at `at`.
fn blocks_end(data: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match data.get(at)? {
            0 => return Some(at + 1),
            length => at += usize::from(*length) + 1,
        }
    }
}

/// Segments up to a frame header and the beginning of the picture.
fn is_whole_jpeg(data: &[u8]) -> bool {
    let mut at = 2;
    let mut has_frame = false;
    loop {
        while data.get(at) == Some(&0xff) && data.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(marker), Some(high), Some(low)) =
            (data.get(at), data.get(at + 1), data.get(at + 2), data.get(at + 3))
        else {
            return false;
        };
        match marker {
            0xda => return has_frame,
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => has_frame = true,
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
}

/// Chunks from `IHDR` over `IDAT` to `IEND`, none cut off.
fn is_whole_png(data: &[u8]) -> bool {
    let mut at = 8;
    let mut has_picture = false;
    loop {
        let Some(header) = data.get(at..at + 8) else { return false };
        let length = u32::from_be_bytes([header[0], header[1], header[2], header[3]]) as usize;
        let kind = &header[4..];
        if (at == 8) != (kind == b"IHDR") || length > data.len() {
            return false;
        }
        has_picture |= kind == b"IDAT";
        at += 12 + length;
        if kind == b"IEND" {
            return has_picture && at <= data.len();
        }
    }
}

fn is_whole_webp(data: &[u8]) -> bool {
    let size = data.get(4..8).map(|s| u32::from_le_bytes([s[0], s[1], s[2], s[3]]) as usize);
    size.is_some_and(|size| size >= 12 && size + 8 <= data.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIF: &[u8] =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
        \0\0\0\x0dIDATx\xdac\xcc\xf0\x9f\xa1\x1e\0\x07\x82\x02\x7f\x3d\xc8\x48\xef\0\0\0\0IEND\xaeB`\x82";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x03\x08\xff\xff\xda\0\x02xy\xff\xd9";
    const WEBP: &[u8] = b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0";

    #[test]
    fn whole_images_are_known_and_broken_ones_are_not() {
        for (data, extension, shortest) in
            [(GIF, "gif", GIF.len() - 1), (PNG, "png", PNG.len()), (JPEG, "jpg", 18), (WEBP, "webp", WEBP.len())]
        {
            assert_eq!(kind(data).map(|(_, extension)| extension), Some(extension));
            for end in 0..data.len() {
                assert_eq!(kind(&data[..end]).is_some(), end >= shortest, "{extension} of {end} bytes");
            }
        }
        assert_eq!(kind(b"GIF89a this is a text that begins like an image"), None);
    }
}
