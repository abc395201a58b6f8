//! Renders Jekyll's Liquid: its tags, filters and includes.
//!
//! It knows no Markdown, no HTML, no sites and no files; what lies outside comes through [`Host`] and [`Object`].
//! The reference is Liquid 4.0.4 in Jekyll 4.4.1, with `error_mode: warn`.

mod case;
mod compare;
mod condition;
mod display;
mod error;
mod evaluate;
mod expression;
mod facts;
mod filtered;
mod filters;
mod fuzz;
mod host;
mod json;
mod marker;
mod number;
mod octopress;
mod parse;
mod parse_time;
mod plugin;
mod render;
mod scan;
mod scope;
mod slug;
mod strftime;
mod stylesheet;
mod syntax;
mod tags;
mod template;
mod time;
mod token;
mod uri;
mod value;

pub use case::capitalize;
pub use compare::{compare, equal};
pub use display::{float_text, inspect, quoted, text};
pub use error::{Error, ErrorKind, Warning};
pub use facts::{Facts, TagFate, Use};
#[doc(hidden)]
pub use fuzz::check_any_bytes;
pub use host::{Clock, HighlightOptions, Host, Included, Includes, escape_code, local_time, localize};
pub use json::to_json;
pub use marker::{Kept, Marker, Piece};
pub use parse_time::parse_time;
pub use plugin::{Arguments, Meaning, PluginTag, PluginTemplate, TagCall, TagTable};
pub use render::{Limits, Rendered};
pub use slug::{SlugMode, slugify};
pub use strftime::{strftime, strftime_date};
pub use stylesheet::convert_stylesheet;
pub use template::{Mode, ParseOptions, Template};
pub use time::{Civil, Date, Time, Zone, days_from_civil, days_in_month, offset_text};
pub use uri::{absolute_url, relative_url};
pub use value::{List, MAX_VALUE_DEPTH, Map, Object, Value, object_pairs};
