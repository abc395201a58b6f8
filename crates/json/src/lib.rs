//! The document tree to JSON and back, with a numbered schema.
