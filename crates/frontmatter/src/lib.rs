//! Cuts the head off a Jekyll post, reads its YAML as SafeYAML does, writes heads in YAML and TOML.
//!
//! This crate does not know what the keys mean, and no file, site or clock.

mod error;
mod events;
mod head;
mod number;
mod recover;
mod scalar;
mod split;
mod time;
mod tree;
mod yaml;

#[cfg(test)]
mod conformance;

pub use error::YamlError;
pub use events::Style;
pub use head::{Entry, Head, Mode, Status, read};
pub use scalar::resolve_scalar;
pub use split::{Split, has_yaml_header, split, strip_bom};
pub use tree::read_yaml;
