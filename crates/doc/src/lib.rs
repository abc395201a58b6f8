//! The document tree, metadata and diagnostics that every room of postferry shares.
