//! What EPUB's XHTML5 cannot hold, and what stands for it.

mod attributes;
mod element;
mod style;
mod url;

pub(super) use attributes::xml_id;
pub(super) use url::clean_url;

use super::Writer;

impl Writer<'_> {
    /// Spells the target of a link; `None` where a book cannot link there.
    pub(super) fn xhtml_target(&mut self, target: &str) -> Option<String> {
        if let Some(fragment) = target.strip_prefix('#').filter(|f| !f.is_empty()) {
            return Some(format!("#{}", xml_id(&url::decode(fragment))));
        }
        match clean_url(target) {
            Ok(url) => Some(url),
            Err("active") => {
                self.note("html/sanitized", format!("the link to `{target}` was left out"));
                None
            }
            Err(_) => {
                self.note("link/broken", format!("`{target}` is no address that a book can link to"));
                None
            }
        }
    }

    /// Spells the source of an image; `None` where there can be no image.
    pub(super) fn xhtml_source(&mut self, source: &str) -> Option<String> {
        let data = ["image/png", "image/gif", "image/jpeg", "image/webp", "image/svg+xml"]
            .iter()
            .any(|kind| source.trim().strip_prefix("data:").is_some_and(|rest| rest.starts_with(kind)));
        if data {
            return Some(source.trim().replace(|c: char| c.is_ascii_whitespace(), ""));
        }
        let clean = clean_url(source).ok().filter(|url| !url.is_empty());
        if clean.is_none() {
            self.note("link/broken", format!("`{source}` is no address of an image"));
        }
        clean
    }
}
