//! Images: what kinds a book may hold, and where they come from.

use crate::container::Member;
use crate::identifier::content_name;
use crate::raster;
use crate::scan::is_well_formed;
use crate::url;

/// Where the files of a site come from.
pub trait Assets: Sync {
    /// Gives a file of the site; `path` begins at the site's root with a slash (below its base path), without escapes
    /// and without a query.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// An image of the book.
#[derive(Clone, Debug)]
pub struct Image {
    pub member: Member,
    pub media_type: &'static str,
}

/// Makes a member of an image; its name comes of its content, so that one image is there once. `None` where it is of
/// no kind that every reader shows (EPUB 3.3, section 3.2).
pub fn make(data: &[u8]) -> Option<Image> {
    let (media_type, extension) = kind(data)?;
    let name = format!("EPUB/images/{}.{extension}", content_name(data));
    let member = if extension == "svg" { Member::compressed(name, data) } else { Member::stored(name, data.to_vec()) };
    Some(Image { member, media_type })
}

/// The media type and the extension of an image, told by its content.
fn kind(data: &[u8]) -> Option<(&'static str, &'static str)> {
    let svg = || std::str::from_utf8(data).ok().filter(|text| is_safe_svg(text)).map(|_| ("image/svg+xml", "svg"));
    raster::kind(data).or_else(svg)
}

/// Says whether a text is an SVG that stands alone: well-formed, without scripts and without files of its own.
fn is_safe_svg(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let root =
        text.find("<svg").filter(|at| text[..*at].trim_start_matches('\u{feff}').trim_start().starts_with('<') || *at == 0);
    let foreign = ["<script", "<foreignobject", "javascript:", "@import", "<!entity", "<image", "<?xml-stylesheet", " onload"];
    root.is_some()
        && lower.contains("http://www.w3.org/2000/svg")
        && !foreign.iter().any(|part| lower.contains(part))
        && links_stay_inside(&lower)
        && is_well_formed(text)
}

fn links_stay_inside(lower: &str) -> bool {
    let hrefs = lower.match_indices("href").map(|(at, word)| lower[at + word.len()..].trim_start());
    let mut values = hrefs.filter_map(|rest| rest.strip_prefix('=')).map(str::trim_start);
    values.all(|value| value.starts_with("\"#") || value.starts_with("'#"))
        && lower
            .match_indices("url(")
            .all(|(at, word)| lower[at + word.len()..].trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// Takes the data out of a `data:` URL, in base64 or with escapes.
pub fn decode_data_url(address: &str) -> Option<Vec<u8>> {
    let rest = address.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:")).map(|_| &address[5..])?;
    let (kind, data) = rest.split_once(',')?;
    if !kind.to_ascii_lowercase().ends_with(";base64") {
        return Some(url::decode_bytes(data));
    }
    let mut out = Vec::with_capacity(data.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in url::decode_bytes(data) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            byte if byte.is_ascii_whitespace() => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        let svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><path id=\"a\"/><use href=\"#a\"/></svg>";
        assert_eq!(kind(svg.as_bytes()), Some(("image/svg+xml", "svg")));
        for bad in ["<script/>", "<use href=\"b.svg#a\"/>", "<image href=\"#a\"/>", "<g>", "<g style=\"fill:url(b.png)\"/>"] {
            assert_eq!(kind(svg.replace("<path id=\"a\"/>", bad).as_bytes()), None, "{bad}");
        }
        assert_eq!(kind(b"<html><body>not found</body></html>"), None);
    }

    #[test]
    fn data_urls_are_decoded() {
        assert_eq!(decode_data_url("data:image/png;base64,iVBO Rw0K%0A").as_deref(), Some(&b"\x89PNG\r\n"[..]));
        assert_eq!(decode_data_url("data:text/plain,a%20b").as_deref(), Some(&b"a b"[..]));
        assert_eq!(decode_data_url("data:image/gif,GIF89a%80%ff").as_deref(), Some(&b"GIF89a\x80\xff"[..]));
        assert_eq!(decode_data_url("data:;base64,*"), None);
        assert_eq!(decode_data_url("http://a"), None);
    }
}
