//! The text type of the tree.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use compact_str::CompactString;

/// A text of the tree: owned, and as large as three pointers.
///
/// Up to 24 bytes live inside the node. Longer parts of one source share one copy of it, made with [`Source`]; what is
/// changed becomes a text of its own.
///
/// ```
/// use postferry_doc::Text;
///
/// let mut text = Text::from("word");
/// text.push_str(" for word");
/// assert_eq!(text, "word for word");
/// ```
#[derive(Clone)]
pub struct Text(Repr);

#[derive(Clone)]
enum Repr {
    Own(CompactString),
    Part(Part),
}

/// The bytes of a source that are a text.
#[derive(Clone)]
struct Part {
    source: Arc<String>,
    from: u32,
    to: u32,
}

/// A source whose parts become texts without a copy of each.
///
/// ```
/// use postferry_doc::Source;
///
/// let html = "<p>a text that is longer than twenty-four bytes</p>";
/// let mut source = Source::new(html);
/// assert_eq!(source.text(&html[3..47]), "a text that is longer than twenty-four bytes");
/// assert_eq!(source.text("a text that stands somewhere else"), "a text that stands somewhere else");
/// ```
#[derive(Clone, Debug)]
pub struct Source<'a> {
    source: &'a str,
    /// The copy that the texts share, made when the first asks for it.
    copy: Option<Arc<String>>,
}

/// Bytes that a node holds itself.
const INSIDE: usize = size_of::<CompactString>();

impl<'a> Source<'a> {
    /// Makes a source of which nothing is a text yet.
    pub fn new(source: &'a str) -> Self {
        Self { source, copy: None }
    }

    /// Makes a text; where it is long and a part of the source itself, not only equal to one, it shares the copy.
    pub fn text(&mut self, part: &str) -> Text {
        if part.len() > INSIDE
            && let Some((from, to)) = self.place(part)
        {
            let source = self.copy.get_or_insert_with(|| Arc::new(self.source.to_owned()));
            return Text(Repr::Part(Part { source: Arc::clone(source), from, to }));
        }
        Text::from(part)
    }

    /// Adds a part at the end of a text; costs nothing where it is what follows the text in the source.
    pub fn push(&self, text: &mut Text, part: &str) {
        if let Repr::Part(old) = &mut text.0
            && let Some((from, to)) = self.place(part)
            && from == old.to
            && self.copy.as_ref().is_some_and(|copy| Arc::ptr_eq(copy, &old.source))
        {
            old.to = to;
            return;
        }
        text.push_str(part);
    }

    /// Where a part stands in the source, found by where it lies in memory.
    fn place(&self, part: &str) -> Option<(u32, u32)> {
        let from = part.as_ptr().addr().checked_sub(self.source.as_ptr().addr())?;
        let to = from.checked_add(part.len())?;
        let inside = to <= self.source.len() && u32::try_from(self.source.len()).is_ok();
        inside.then_some((from as u32, to as u32))
    }
}

impl Part {
    fn as_str(&self) -> &str {
        &self.source[self.from as usize..self.to as usize]
    }
}

impl Text {
    /// Makes an empty text.
    pub const fn new() -> Self {
        Self(Repr::Own(CompactString::const_new("")))
    }

    /// The text as a string slice.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Own(text) => text,
            Repr::Part(part) => part.as_str(),
        }
    }

    /// Adds a string at the end.
    pub fn push_str(&mut self, more: &str) {
        self.own().push_str(more);
    }

    /// Adds a character at the end.
    pub fn push(&mut self, more: char) {
        self.own().push(more);
    }

    /// Takes the last character away, and gives it.
    pub fn pop(&mut self) -> Option<char> {
        let last = self.chars().next_back()?;
        match &mut self.0 {
            Repr::Own(text) => {
                text.pop();
            }
            Repr::Part(part) => part.to -= last.len_utf8() as u32,
        }
        Some(last)
    }

    /// Takes the character at that byte away, and gives it.
    ///
    /// # Panics
    /// If no character begins there.
    pub fn remove(&mut self, at: usize) -> char {
        if at == 0
            && let Repr::Part(part) = &mut self.0
            && let Some(first) = part.as_str().chars().next()
        {
            part.from += first.len_utf8() as u32;
            return first;
        }
        self.own().remove(at)
    }

    /// Puts a string in before that byte.
    ///
    /// # Panics
    /// If no character begins or ends there.
    pub fn insert_str(&mut self, at: usize, more: &str) {
        self.own().insert_str(at, more);
    }

    /// Cuts the text after that many bytes, which must be a boundary of a character; longer ones stay.
    pub fn truncate(&mut self, length: usize) {
        if length < self.len() {
            self.own().truncate(length);
        }
    }

    /// Makes it a string.
    pub fn into_string(self) -> String {
        match self.0 {
            Repr::Own(text) => text.into_string(),
            Repr::Part(part) => part.as_str().to_owned(),
        }
    }

    /// The text to be changed, which shares nothing.
    fn own(&mut self) -> &mut CompactString {
        if let Repr::Part(part) = &self.0 {
            self.0 = Repr::Own(CompactString::from(part.as_str()));
        }
        match &mut self.0 {
            Repr::Own(text) => text,
            Repr::Part(_) => unreachable!("it was replaced above"),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        self.push_str(more);
        Ok(())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// Compares texts with other strings, either side first.
macro_rules! equal_to {
    ($($other:ty),*) => {$(
        impl PartialEq<$other> for Text {
            fn eq(&self, other: &$other) -> bool {
                let other: &str = other.as_ref();
                self.as_str() == other
            }
        }

        impl PartialEq<Text> for $other {
            fn eq(&self, other: &Text) -> bool {
                other == self
            }
        }
    )*};
}

equal_to!(str, &str, String, Cow<'_, str>);

/// Makes texts of other strings.
macro_rules! made_from {
    ($($other:ty),*) => {$(
        impl From<$other> for Text {
            fn from(text: $other) -> Self {
                Self(Repr::Own(CompactString::from(text)))
            }
        }
    )*};
}

made_from!(&str, &String, String, Box<str>, Cow<'_, str>);

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.into_string()
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> Self {
        text.as_str().to_owned()
    }
}

impl FromIterator<char> for Text {
    fn from_iter<I: IntoIterator<Item = char>>(parts: I) -> Self {
        Self(Repr::Own(parts.into_iter().collect()))
    }
}

impl<'a> FromIterator<&'a str> for Text {
    fn from_iter<I: IntoIterator<Item = &'a str>>(parts: I) -> Self {
        Self(Repr::Own(parts.into_iter().collect()))
    }
}

impl Extend<char> for Text {
    fn extend<I: IntoIterator<Item = char>>(&mut self, parts: I) {
        self.own().extend(parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_three_pointers() {
        assert_eq!(size_of::<Text>(), 3 * size_of::<usize>());
        assert_eq!(size_of::<Option<Text>>(), 3 * size_of::<usize>());
    }

    #[test]
    fn parts_share_the_source() {
        let html = "<p>一二三四五六七八九十一二三四五六七八九十 <b>x</b></p>";
        let mut source = Source::new(html);
        let end = html.find(" <b>").expect("it is there");
        let mut text = source.text(&html[3..end]);
        assert!(matches!(text.0, Repr::Part(_)));
        source.push(&mut text, &html[end..=end]);
        assert!(matches!(text.0, Repr::Part(_)));
        assert_eq!(text, &html[3..=end]);
        assert_eq!((text.remove(0), text.pop(), text.pop()), ('一', Some(' '), Some('十')));
        let copy = text.clone();
        text.push('!');
        assert!(matches!((&text.0, &copy.0), (Repr::Own(_), Repr::Part(_))));
        assert_eq!(text.into_string(), format!("{copy}!"));
    }

    #[test]
    fn what_is_elsewhere_is_copied() {
        let mut source = Source::new("a text that is longer than twenty-four bytes");
        let elsewhere = "a text that is longer than twenty-four bytes!".to_owned();
        let mut text = source.text(&elsewhere);
        assert!(matches!(text.0, Repr::Own(_)));
        source.push(&mut text, "!");
        assert_eq!(text, "a text that is longer than twenty-four bytes!!");
        assert!(matches!(source.text("short").0, Repr::Own(_)));
    }

    #[test]
    fn texts_compare_as_strings() {
        let html = "b text that is longer than twenty-four bytes";
        let mut source = Source::new(html);
        let (shared, own) = (source.text(html), Text::from(html));
        assert_eq!(shared, own);
        let (less, more) = (Text::from("a"), Text::from("c"));
        assert!(less < shared && shared < more);
        let mut set = std::collections::HashSet::new();
        set.insert(shared);
        assert!(set.contains(html) && set.contains(&own));
    }
}
