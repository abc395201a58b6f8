//! Attributes of a node.

use crate::Text;

/// The attributes of a node: an id, classes, and the other pairs in their order.
///
/// Takes eight bytes where a node has none, which is nearly every node.
///
/// ```
/// use postferry_doc::Attr;
///
/// let attr = Attr::new("intro", ["lead"], [("lang", "en")]);
/// assert_eq!(attr.id(), Some("intro"));
/// assert_eq!(attr.value("lang"), Some("en"));
/// assert!(Attr::default().is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attr(Option<Box<Parts>>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    id: Option<Text>,
    classes: Vec<Text>,
    pairs: Vec<(Text, Text)>,
}

impl Attr {
    /// Makes attributes; an empty `id` is none.
    pub fn new<'a>(
        id: &str,
        classes: impl IntoIterator<Item = &'a str>,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut attr = Self::default();
        if !id.is_empty() {
            attr.set_id(Some(id.into()));
        }
        for class in classes {
            attr.add_class(class);
        }
        for (name, value) in pairs {
            attr.set(name, value);
        }
        attr
    }

    /// Says whether there is no id, no class and no pair.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|p| p.id.is_none() && p.classes.is_empty() && p.pairs.is_empty())
    }

    /// The id, if there is one.
    pub fn id(&self) -> Option<&str> {
        self.0.as_ref().and_then(|p| p.id.as_deref())
    }

    /// The classes in their order.
    pub fn classes(&self) -> &[Text] {
        self.0.as_ref().map_or(&[], |p| &p.classes)
    }

    /// The pairs other than `id` and `class`, in their order.
    pub fn pairs(&self) -> &[(Text, Text)] {
        self.0.as_ref().map_or(&[], |p| &p.pairs)
    }

    /// The value of a pair.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs().iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Says whether `class` is among the classes.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes().iter().any(|c| c == class)
    }

    /// Sets or removes the id.
    pub fn set_id(&mut self, id: Option<Text>) {
        if id.is_some() || self.0.is_some() {
            self.parts().id = id;
            self.shrink();
        }
    }

    /// Adds a class at the end unless it is there.
    pub fn add_class(&mut self, class: &str) {
        if !self.has_class(class) {
            self.parts().classes.push(class.into());
        }
    }

    /// Removes a class.
    pub fn remove_class(&mut self, class: &str) {
        if let Some(parts) = &mut self.0 {
            parts.classes.retain(|c| c != class);
        }
        self.shrink();
    }

    /// Sets a pair, at its place if the name is there, else at the end.
    pub fn set(&mut self, name: &str, value: &str) {
        let parts = self.parts();
        match parts.pairs.iter_mut().find(|(n, _)| n == name) {
            Some(pair) => pair.1 = value.into(),
            None => parts.pairs.push((name.into(), value.into())),
        }
    }

    /// Takes a pair out and gives its value.
    pub fn remove(&mut self, name: &str) -> Option<Text> {
        let parts = self.0.as_mut()?;
        let at = parts.pairs.iter().position(|(n, _)| n == name)?;
        let (_, value) = parts.pairs.remove(at);
        self.shrink();
        Some(value)
    }

    fn parts(&mut self) -> &mut Parts {
        self.0.get_or_insert_with(Box::default)
    }

    /// Keeps one spelling of "no attributes", so that equal means equal.
    fn shrink(&mut self) {
        if self.is_empty() {
            self.0 = None;
        }
    }
}
