//! Front matter defaults: the configuration's `defaults`, by path and type.

use postferry_doc::{DateTime, Map, Value};

use crate::merge::merge;
use crate::{Zone, glob, parse_date, ruby};

/// The sets of a site, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    sets: Vec<Set>,
    collections_dir: String,
}

#[derive(Clone, Debug)]
struct Set {
    scope: Option<Scope>,
    values: Map,
    /// Why Jekyll cannot use the set.
    fault: Option<DefaultsError>,
}

#[derive(Clone, Debug, Default)]
struct Scope {
    /// The path as it is written; empty for every path.
    path: String,
    kind: Option<String>,
    /// Whether there is a type that is not a text, at which Jekyll raises an error.
    wrong_kind: bool,
    /// What a path with a star stands for: the beginnings of paths.
    globbed: Option<Vec<String>>,
}

impl Defaults {
    /// Reads the sets. `paths` are all paths of the source, folders too, for scopes with a star.
    pub(crate) fn read(
        config: &Map,
        collections_dir: &str,
        paths: &dyn Fn() -> Vec<String>,
        zone: &Zone,
        now: &DateTime,
    ) -> Self {
        let mut sets = Vec::new();
        let mut all_paths = None;
        for set in config.get("defaults").and_then(Value::as_list).unwrap_or_default() {
            let Some(values) = set.as_map().and_then(|set| set.get("values")).and_then(Value::as_map) else { continue };
            let scope = set.as_map().and_then(|set| set.get("scope"));
            let mut scope = scope.map(Scope::read);
            if let Some(scope) = &mut scope
                && scope.path.contains('*')
            {
                let paths = all_paths.get_or_insert_with(paths);
                let hits = paths.iter().filter(|path| glob::matches_path(&scope.path, path));
                scope.globbed = Some(hits.map(|path| without_folder(path, collections_dir).to_owned()).collect());
            }
            let mut values = values.clone();
            let fault = set_date(&mut values, zone, now);
            sets.push(Set { scope, values, fault });
        }
        Self { sets, collections_dir: collections_dir.to_owned() }
    }

    /// All values for a path, relative to the source or the collections' folder, of a type: a collection's label or
    /// `pages`.
    ///
    /// # Errors
    /// Says why Jekyll can read none of the files that a wrong set applies to.
    pub(crate) fn all(&self, path: &str, kind: Option<&str>) -> Result<Map, DefaultsError> {
        let mut all = Map::new();
        let mut last: Option<&Set> = None;
        for set in self.matching(path, kind)? {
            if has_precedence(last, set)? {
                merge(&mut all, &set.values);
                last = Some(set);
            } else {
                let mut under = set.values.clone();
                merge(&mut under, &all);
                all = under;
            }
        }
        Ok(all)
    }

    /// The value of one key, as a page finds it.
    pub(crate) fn find(&self, path: &str, kind: Option<&str>, key: &str) -> Option<&Value> {
        let mut found = None;
        let mut last: Option<&Set> = None;
        for set in self.matching(path, kind).unwrap_or_default() {
            if let Some(value) = set.values.get(key)
                && has_precedence(last, set).unwrap_or(false)
            {
                found = Some(value);
                last = Some(set);
            }
        }
        found
    }

    fn matching(&self, path: &str, kind: Option<&str>) -> Result<Vec<&Set>, DefaultsError> {
        if let Some(fault) = self.sets.iter().find_map(|set| set.fault.as_ref()) {
            return Err(fault.clone());
        }
        let mut sets = Vec::new();
        for set in &self.sets {
            let applies = match &set.scope {
                None => true,
                Some(scope) => scope.applies(path, kind, &self.collections_dir)?,
            };
            if applies {
                sets.push(set);
            }
        }
        Ok(sets)
    }
}

/// Why the defaults for a file cannot be had.
#[derive(Clone, Debug)]
pub(crate) struct DefaultsError {
    pub(crate) message: String,
    /// Whether Jekyll ends the build for it.
    pub(crate) fatal: bool,
}

fn error(message: &str) -> DefaultsError {
    DefaultsError { message: message.to_owned(), fatal: false }
}

impl Scope {
    fn read(scope: &Value) -> Self {
        let Some(scope) = scope.as_map() else { return Self { wrong_kind: true, ..Self::default() } };
        let kind = scope.get("type").map(|kind| match kind.as_str() {
            Some("page") => Some("pages"),
            Some("post") => Some("posts"),
            Some("draft") => Some("drafts"),
            kind => kind,
        });
        Self {
            path: scope.get("path").and_then(Value::as_str).unwrap_or_default().to_owned(),
            wrong_kind: kind.is_some_and(|kind| kind.is_none()),
            kind: kind.flatten().map(str::to_owned),
            globbed: None,
        }
    }

    fn applies(&self, path: &str, kind: Option<&str>, collections_dir: &str) -> Result<bool, DefaultsError> {
        if self.wrong_kind {
            return Err(error("a scope of the defaults has a type that is not a text"));
        }
        if self.kind.as_deref().is_some_and(|own| kind != Some(own)) {
            return Ok(false);
        }
        let path = sanitize(path);
        Ok(match &self.globbed {
            _ if self.path.is_empty() => true,
            Some(prefixes) => prefixes.iter().any(|prefix| path.starts_with(prefix.as_str())),
            None => path.starts_with(without_folder(&self.path, collections_dir)),
        })
    }
}

/// The more specific of two sets: the longer path, then the one with a type, then the later.
fn has_precedence(last: Option<&Set>, set: &Set) -> Result<bool, DefaultsError> {
    let Some(last) = last else { return Ok(true) };
    // Jekyll takes a set without scope for "none yet".
    let Some(old) = &last.scope else { return Ok(true) };
    let Some(new) = &set.scope else { return Err(error("a set of the defaults has no scope and comes after one that has")) };
    let (new_length, old_length) = (sanitize(&new.path).chars().count(), sanitize(&old.path).chars().count());
    Ok(if new_length == old_length { new.kind.is_some() || old.kind.is_none() } else { new_length > old_length })
}

/// A path without its leading slash.
fn sanitize(path: &str) -> &str {
    path.strip_prefix('/').unwrap_or(path)
}

fn without_folder<'a>(path: &'a str, folder: &str) -> &'a str {
    if folder.is_empty() {
        return path;
    }
    path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

/// A date among the values has to be a text or a time.
fn set_date(values: &mut Map, zone: &Zone, now: &DateTime) -> Option<DefaultsError> {
    let value = values.get_mut("date")?;
    let text = match value {
        Value::Time(_) => return None,
        Value::String(text) => text,
        other => return Some(error(&format!("the defaults have a date that is not a text: `{}`", ruby::to_s(other)))),
    };
    let Some(date) = parse_date(text, zone, now) else {
        let message = format!("the defaults have an invalid date `{text}`");
        return Some(DefaultsError { message, fatal: true });
    };
    *value = Value::Time(date);
    None
}
