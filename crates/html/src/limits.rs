//! The diagnostics that say which limit was met.

use postferry_doc::Diagnostic;

pub(crate) fn attributes(limit: usize) -> Diagnostic {
    Diagnostic::warning("limit/attributes", format!("an element has more than {limit} attributes"))
}

pub(crate) fn depth(limit: usize) -> Diagnostic {
    Diagnostic::warning("limit/depth", format!("elements are nested more than {limit} deep"))
}

pub(crate) fn formatting(limit: usize) -> Diagnostic {
    Diagnostic::warning("limit/formatting", format!("more than {limit} formatting elements are open at once"))
}

pub(crate) fn nodes() -> Diagnostic {
    Diagnostic::warning("limit/nodes", "misnested formatting would multiply without end")
}
