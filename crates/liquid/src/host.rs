//! What lies outside of Liquid: the site, its files, Markdown, Sass and the clock.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::error::{Error, Warning};
use crate::filters::html::escape_html;
use crate::number::is_space;
use crate::plugin::TagCall;
use crate::stylesheet::convert_stylesheet;
use crate::template::{ParseOptions, Template};
use crate::time::{Time, Zone};
use crate::value::Value;

/// What the tag `highlight` says besides the language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HighlightOptions {
    /// Whether lines are numbered: `linenos`.
    pub line_numbers: bool,
    /// The lines that are marked, counted from 1: `mark_lines`.
    pub marked_lines: Vec<usize>,
}

/// An included template, parsed, or the error that its parsing ended in.
pub type Included = Result<Arc<Template>, Error>;

/// The time of the build and the site's time zone.
pub trait Clock {
    /// The offset in seconds east of UTC, and the abbreviation, of the site's time zone at an instant.
    fn local_offset(&self, seconds: i64) -> (i32, Arc<str>);

    /// The time of the build.
    fn now(&self) -> Time;
}

/// The code of the tag `highlight` without a highlighter: escaped, without white space around it.
pub fn escape_code(code: &str) -> String {
    escape_html(code).trim_matches(|letter: char| letter == '\0' || is_space(letter)).to_owned()
}

/// What Jekyll's tags and filters ask of the site.
///
/// Every method must answer the same for the same question during one rendering.
pub trait Host: Clock + Sync {
    /// The parsed include of this name below `_includes`, `None` when there is no such file.
    ///
    /// [`Includes`] keeps what was parsed, so that each file is parsed once a site.
    fn include(&self, name: &str) -> Option<Included>;

    /// The parsed file of this name beside the page that is rendered.
    fn include_relative(&self, name: &str) -> Option<Included>;

    /// The URL with `baseurl` of the document whose path in the site is given, as the `link` tag names it.
    fn link(&self, path: &str) -> Option<String>;

    /// The URL with `baseurl` of the post that the `post_url` tag names: `2020-01-02-name`, perhaps below a folder.
    fn post_url(&self, name: &str) -> Option<String>;

    /// `site.url`, `None` when it is not set.
    fn site_url(&self) -> Option<String>;

    /// `site.baseurl`, `None` when it is not set.
    fn base_url(&self) -> Option<String>;

    /// Converts Markdown to HTML as the site is set up to.
    fn markdownify(&self, text: &str) -> String;

    /// Makes quotes, dashes and dots of one line typographic, as `smartify` does.
    fn smartify(&self, text: &str) -> String;

    /// Marks up the code of the tag `highlight` as the site's highlighter does; by default as Jekyll does without one.
    fn highlight(&self, code: &str, _options: &HighlightOptions) -> String {
        escape_code(code)
    }

    /// Converts SCSS, or Sass in its indented syntax, to CSS; by default only what [`convert_stylesheet`] knows.
    ///
    /// # Errors
    ///
    /// What the converter does not take.
    fn sassify(&self, text: &str, indented: bool) -> Result<String, Error> {
        convert_stylesheet(text, indented)
    }

    /// Renders a plugin's tag whose meaning in the table is [`Meaning::Host`](crate::Meaning::Host); `None` keeps it.
    fn plugin_tag(&self, _call: &TagCall<'_>) -> Option<String> {
        None
    }

    /// Applies a filter that is neither Liquid's nor Jekyll's; `None` when the site has no such filter.
    fn filter(&self, _name: &str, _input: &Value, _arguments: &[Value]) -> Option<Result<Value, Error>> {
        None
    }
}

/// The time in the site's zone at which a clock there shows these seconds since 1970-01-01T00:00:00.
///
/// A time that a clock change skips is taken as after the change, of one that comes twice the second is taken, as Ruby's
/// `Time.local` does.
pub fn local_time(clock: &dyn Clock, clock_seconds: i64) -> Time {
    // No offset is as long as a day, so these are the offsets before and after a change near that time.
    let offset_near = |days: i64| i64::from(clock.local_offset(clock_seconds.saturating_add(days * 86_400)).0);
    let (before, after) = (offset_near(-1), offset_near(1));
    let (first, last) = (clock_seconds.saturating_sub(before.max(after)), clock_seconds.saturating_sub(before.min(after)));
    let is_shown = |seconds: i64| seconds.saturating_add(i64::from(clock.local_offset(seconds).0)) == clock_seconds;
    let seconds = if first != last && is_shown(first) && !is_shown(last) { first } else { last };
    localize(clock, &Time::utc(seconds))
}

/// The same instant as the site's zone shows it.
pub fn localize(clock: &dyn Clock, time: &Time) -> Time {
    let (offset, name) = clock.local_offset(time.seconds);
    time.with_offset(offset, Zone::Named(name))
}

/// The includes of a site that were parsed, kept for all threads.
#[derive(Default)]
pub struct Includes {
    parsed: RwLock<HashMap<String, Option<Included>>>,
}

impl Includes {
    /// What parsing found in all includes that were asked for, in the order of their keys.
    pub fn warnings(&self) -> Vec<Warning> {
        let parsed = self.parsed.read().unwrap_or_else(PoisonError::into_inner);
        let mut templates: Vec<_> =
            parsed.iter().filter_map(|(key, included)| Some((key, included.as_ref()?.as_ref().ok()?))).collect();
        templates.sort_by_key(|(key, _)| *key);
        templates.into_iter().flat_map(|(_, template)| template.warnings().to_vec()).collect()
    }

    /// The parsed include of this key; `read` gives its text when it is asked for the first time.
    pub fn get(&self, key: &str, options: &ParseOptions, read: impl FnOnce() -> Option<String>) -> Option<Included> {
        if let Some(known) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return known.clone();
        }
        let included =
            read().map(|text| Template::parse_named(&text, key, options).map(Arc::new).map_err(|error| error.within(key)));
        let mut parsed = self.parsed.write().unwrap_or_else(PoisonError::into_inner);
        parsed.entry(key.to_owned()).or_insert(included).clone()
    }
}
