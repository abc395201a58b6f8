//! Attributes of elements.

use postferry_doc::{Attr, Diagnostic};

use super::Lower;
use crate::dom::{Attribute, Id};
use crate::names;

impl Lower<'_> {
    /// The attributes of an element without those named.
    pub(crate) fn attr(&mut self, id: Id, without: &[&str]) -> Attr {
        let mut attr = Attr::default();
        let dom = self.dom;
        let Some(element) = dom.element(id) else { return attr };
        for Attribute { name, value } in dom.attrs_of(element) {
            let prefix = name.prefix.as_ref().filter(|prefix| !prefix.is_empty());
            match (prefix, &*name.local) {
                // The tree knows the namespace of an element.
                (_, "xmlns") => {}
                (Some(prefix), _) if &**prefix == "xmlns" => {}
                (None, local) if without.contains(&local) => {}
                (None, "id") => {
                    if !value.is_empty() {
                        attr.set_id(Some((**value).into()));
                    }
                }
                (None, "class") => {
                    // Each class is compared with those before it.
                    for (n, class) in value.split_ascii_whitespace().enumerate() {
                        if n == self.options.limits.attributes {
                            self.met.attributes = true;
                            break;
                        }
                        attr.add_class(class);
                    }
                }
                (None, local) if !names::is_attribute_name(local) => {
                    let message = format!("`{local}` is no name of an attribute");
                    self.diagnostics.push(Diagnostic::warning("html/attribute", message));
                }
                (None, local) => attr.set(local, value),
                (Some(prefix), local) => attr.set(&format!("{prefix}:{local}"), value),
            }
        }
        attr
    }
}

/// Takes a declaration out of a `style`, and gives its value; takes the `style` away when nothing is left.
pub(crate) fn take_style(attr: &mut Attr, property: &str) -> Option<String> {
    let style = attr.value("style")?.to_owned();
    let mut found = None;
    let mut rest = Vec::new();
    for declaration in style.split(';') {
        match declaration.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case(property) => {
                found = Some(value.trim().to_ascii_lowercase());
            }
            _ if declaration.trim().is_empty() => {}
            _ => rest.push(declaration.trim()),
        }
    }
    found.as_ref()?;
    if rest.is_empty() {
        attr.remove("style");
    } else {
        attr.set("style", &rest.join("; "));
    }
    found
}
