//! Cuts the head off a Jekyll post, reads its YAML as SafeYAML does, writes heads in YAML and TOML.
//!
//! This crate does not know what the keys mean, and no file, site or clock.

mod error;
mod fuzz;
mod head;
mod number;
mod parse;
mod recover;
mod respell;
mod scalar;
mod second;
mod split;
mod time;
mod toml;
mod tree;
mod yaml;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod mutations;

pub use error::YamlError;
#[doc(hidden)]
pub use fuzz::{check_any_bytes, check_any_map};
pub use head::{Entry, Head, Mode, Status, read};
pub use parse::Style;
pub use respell::{HeadPart, WrittenHead, write_head};
pub use scalar::resolve_scalar;
pub use split::{Split, has_yaml_header, split, strip_bom};
pub use toml::write_toml;
pub use tree::read_yaml;
pub use yaml::write_yaml;
