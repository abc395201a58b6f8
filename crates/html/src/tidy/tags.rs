//! Tags and their attributes.

use html5ever::{LocalName, QualName, local_name, ns};

use super::elements::{self, Kind};
use super::{Reader, references};
use crate::dom::{Attribute, is_space};

/// Attributes of a tag at most: each is compared with those before it.
const ATTRIBUTES: usize = 32;

/// Letters of an element's name at most.
const NAME: usize = 12;

impl<'a> Reader<'a> {
    /// Reads a start tag.
    pub(super) fn start_tag(&mut self) -> Option<()> {
        let bytes = self.source.as_bytes();
        let from = self.at + 1;
        let end = end_of_name(bytes, from)?;
        let (name, kind) = find_element(&bytes[from..end])?;
        self.at = end;
        let first = self.dom.attrs.len();
        if bytes[end] == b'>' {
            self.at += 1;
        } else {
            self.attributes(first)?;
        }
        self.start(name, kind, first)
    }

    /// Reads an end tag without attributes.
    pub(super) fn end_tag(&mut self) -> Option<()> {
        let bytes = self.source.as_bytes();
        let from = self.at + 2;
        let end = end_of_name(bytes, from)?;
        let (name, kind) = find_element(&bytes[from..end])?;
        let close = end + bytes[end..].iter().position(|b| !is_space(*b))?;
        if bytes[close] != b'>' {
            return None;
        }
        self.at = close + 1;
        self.end(&name, kind)
    }

    /// Reads attributes up to the end of the tag.
    fn attributes(&mut self, first: usize) -> Option<()> {
        let bytes = self.source.as_bytes();
        loop {
            self.skip_space();
            match *bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(());
                }
                b'/' if bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Some(());
                }
                _ => self.attribute(first)?,
            }
        }
    }

    fn attribute(&mut self, first: usize) -> Option<()> {
        let source = self.source;
        let bytes = source.as_bytes();
        let from = self.at;
        let length = bytes[from..].iter().position(|b| !is_in_attribute_name(*b))?;
        if length == 0 {
            return None;
        }
        let local = attribute_name(&source[from..from + length]);
        self.at = from + length;
        self.skip_space();
        let value = if *bytes.get(self.at)? == b'=' {
            self.at += 1;
            self.skip_space();
            self.value()?
        } else {
            ""
        };
        // White space, or the end of the tag.
        if !is_space(bytes[self.at - 1]) && !matches!(*bytes.get(self.at)?, b' ' | b'\n' | b'\t' | b'\x0c' | b'/' | b'>') {
            return None;
        }
        let own = &self.dom.attrs[first..];
        if own.len() >= ATTRIBUTES.min(self.limits.attributes) || own.iter().any(|a| a.name.local == local) {
            return None;
        }
        let value = references::resolve(value, true)?;
        self.dom.attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
        Some(())
    }

    /// Reads a value as it is written.
    fn value(&mut self) -> Option<&'a str> {
        let source = self.source;
        let bytes = source.as_bytes();
        let from = self.at;
        if let quote @ (b'"' | b'\'') = *bytes.get(from)? {
            let length = memchr::memchr(quote, &bytes[from + 1..])?;
            self.at = from + length + 2;
            return Some(&source[from + 1..from + 1 + length]);
        }
        let length = bytes[from..].iter().position(|b| is_space(*b) || *b == b'>')?;
        let value = &source[from..from + length];
        if value.is_empty() || value.contains(['"', '\'', '<', '=', '`']) {
            return None;
        }
        self.at = from + length;
        Some(value)
    }

    fn skip_space(&mut self) {
        while self.source.as_bytes().get(self.at).is_some_and(|b| is_space(*b)) {
            self.at += 1;
        }
    }
}

/// The position after an element's name.
fn end_of_name(bytes: &[u8], from: usize) -> Option<usize> {
    let length = bytes[from..].iter().position(|b| is_space(*b) || matches!(b, b'>' | b'/'))?;
    (1..=NAME).contains(&length).then_some(from + length)
}

fn find_element(name: &[u8]) -> Option<(LocalName, Kind)> {
    if name.iter().any(u8::is_ascii_uppercase) {
        return elements::find(&name.to_ascii_lowercase());
    }
    elements::find(name)
}

fn is_in_attribute_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')
}

fn attribute_name(name: &str) -> LocalName {
    match name {
        "class" => local_name!("class"),
        "href" => local_name!("href"),
        "id" => local_name!("id"),
        "src" => local_name!("src"),
        "alt" => local_name!("alt"),
        "title" => local_name!("title"),
        "style" => local_name!("style"),
        "rel" => local_name!("rel"),
        "width" => local_name!("width"),
        "height" => local_name!("height"),
        "target" => local_name!("target"),
        _ if name.bytes().any(|b| b.is_ascii_uppercase()) => LocalName::from(name.to_ascii_lowercase()),
        _ => LocalName::from(name),
    }
}
