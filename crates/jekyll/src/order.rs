//! The order of a site's files: as Jekyll sorts them when it has read them.

use std::cmp::Ordering;

use postferry_doc::Value;

use crate::config::Config;
use crate::name;
use crate::source::{Source, SourceKind};

/// A file with what it is sorted by.
pub(crate) struct Entry {
    pub(crate) source: Source,
    /// The date that its head or its name gives, in seconds since 1970; of posts always one.
    pub(crate) date: Option<i64>,
    /// The value of its collection's `sort_by`.
    pub(crate) key: Option<Value>,
}

/// Sorts files: collection by collection, then pages, files to copy, and those of collections.
pub(crate) fn sort(mut entries: Vec<Entry>, config: &Config) -> Vec<Source> {
    // The order of reading, on which the order of what is not comparable depends.
    entries.sort_by(|a, b| {
        group(a).cmp(&group(b)).then_with(|| match a.source.kind {
            SourceKind::Page => folders_first(&a.source.path, &b.source.path),
            SourceKind::Post | SourceKind::Draft => as_posts(&a.source).cmp(&as_posts(&b.source)),
            _ => a.source.path.split('/').cmp(b.source.path.split('/')),
        })
    });
    let mut sorted: Vec<Source> = Vec::with_capacity(entries.len());
    let mut rest = entries.into_iter().peekable();
    while let Some(first) = rest.next() {
        let own_group = group(&first);
        let mut own = vec![first];
        while let Some(next) = rest.next_if(|next| group(next) == own_group) {
            own.push(next);
        }
        match own_group {
            (0, number) => {
                // What is not shown is never compared with the rest.
                let (shown, hidden) = own.into_iter().partition(|entry: &Entry| entry.source.is_shown());
                own = shown;
                let collection = config.collections.get(usize::from(number));
                let order = collection.map(|collection| collection.order.as_slice()).filter(|_| number > 0).unwrap_or_default();
                let has_key = number > 0 && order.is_empty() && collection.is_some_and(|collection| collection.sort_by.is_some());
                own = if has_key { merge_sort(own, &by_key) } else { merge_sort(own, &by_date) };
                if let Some(collection) = collection.filter(|_| !order.is_empty()) {
                    arrange(&mut own, &collection.label, order);
                }
                own.extend::<Vec<Entry>>(hidden);
            }
            (1, _) => own.sort_by(|a, b| name::base_name(&a.source.path).cmp(name::base_name(&b.source.path))),
            (2, 0) => own.sort_by(|a, b| a.source.path.cmp(&b.source.path)),
            _ => {}
        }
        sorted.extend(own.into_iter().map(|entry| entry.source));
    }
    sorted
}

/// How posts are read: those of a folder's `_posts`, its drafts, then those of its folders.
fn as_posts(source: &Source) -> (Vec<&str>, bool, Vec<&str>) {
    let is_draft = source.kind == SourceKind::Draft;
    let special = if is_draft { "_drafts/" } else { "_posts/" };
    let at = source.path.find(special).unwrap_or(0);
    let (folder, inside) = source.path.split_at(at);
    (folder.split_terminator('/').collect(), is_draft, inside.split('/').collect())
}

fn group(entry: &Entry) -> (u8, u16) {
    match entry.source.kind {
        SourceKind::Post | SourceKind::Draft | SourceKind::Document => (0, entry.source.collection),
        SourceKind::Page => (1, 0),
        // Outside of collections there is no number, which comes out as 0.
        SourceKind::Asset => (2, entry.source.collection.wrapping_add(1)),
    }
}

/// `Document#<=>`: by date where both have one, else by path.
fn by_date(a: &Entry, b: &Entry) -> Ordering {
    let dates = match (a.date, b.date) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => Ordering::Equal,
    };
    dates.then_with(|| a.source.path.cmp(&b.source.path))
}

/// `Collection#sort_docs_by_key!`: those without the key come last; what cannot be compared goes by date and path.
fn by_key(a: &Entry, b: &Entry) -> Ordering {
    compare_values(a.key.as_ref(), b.key.as_ref()).then_with(|| by_date(a, b))
}

/// Ruby's `<=>`; what cannot be compared is equal.
fn compare_values(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    #[allow(clippy::cast_precision_loss, reason = "a sort key beyond 2^53 may tie")]
    let number = |value: &Value| match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    };
    let a = a.filter(|value| **value != Value::Null);
    let b = b.filter(|value| **value != Value::Null);
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(Value::String(a)), Some(Value::String(b))) => a.cmp(b),
        (Some(Value::Time(a)), Some(Value::Time(b))) => a.unix_seconds().cmp(&b.unix_seconds()),
        (Some(Value::Date { year, month, day }), Some(Value::Date { year: y, month: m, day: d })) => {
            (year, month, day).cmp(&(y, m, d))
        }
        (Some(Value::List(a)), Some(Value::List(b))) => {
            let pairs = a.iter().zip(b.iter()).map(|(a, b)| compare_values(Some(a), Some(b)));
            pairs.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
        }
        (Some(a), Some(b)) => match (number(a), number(b)) {
            (Some(a), Some(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            _ => Ordering::Equal,
        },
    }
}

/// Moves the documents that a collection's `order` names before the others, in that order.
fn arrange(entries: &mut [Entry], label: &str, order: &[String]) {
    let folder = format!("_{label}/");
    let place = |entry: &Entry| {
        let path = &entry.source.path;
        // The last such folder: the collection's own stands right in the folder of all collections.
        let inside = path.find(&folder).map_or(path.as_str(), |at| &path[at + folder.len()..]);
        order.iter().position(|wanted| wanted == inside).unwrap_or(usize::MAX)
    };
    entries.sort_by_cached_key(place);
}

/// The order in which pages are read: those in a folder's folders come before its own.
fn folders_first(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('/').peekable(), b.split('/').peekable());
    loop {
        match (a.next(), b.next()) {
            (Some(left), Some(right)) => {
                let (left_is_file, right_is_file) = (a.peek().is_none(), b.peek().is_none());
                let order = left_is_file.cmp(&right_is_file).then_with(|| left.cmp(right));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (left, right) => return left.is_some().cmp(&right.is_some()),
        }
    }
}

/// Merges halves, as glibc's `qsort_r` does, which Ruby sorts with: dates that only some documents have are no total order, so
/// the result depends on which are compared.
fn merge_sort<T>(mut items: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    if items.len() < 2 {
        return items;
    }
    let right = items.split_off(items.len() / 2);
    let (left, right) = (merge_sort(items, compare), merge_sort(right, compare));
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        merged.extend(if compare(a, b) == Ordering::Greater { right.next() } else { left.next() });
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_is_stable_and_bears_contradictions() {
        let sorted = merge_sort(vec![3, 1, 2, 9, 8, 1], &|a: &i32, b: &i32| (a / 2).cmp(&(b / 2)));
        assert_eq!(sorted, [1, 1, 3, 2, 9, 8]);
        // A beats B beats C beats A.
        let beats = |a: &i32, b: &i32| if (a + 1) % 3 == *b { Ordering::Less } else { Ordering::Greater };
        assert_eq!(merge_sort(vec![0, 1, 2], &beats).len(), 3);
    }

    #[test]
    fn files_of_folders_come_first() {
        let mut paths = ["index.md", "z/index.md", "a/index.md", "a/b/index.md"];
        paths.sort_by(|a, b| folders_first(a, b));
        assert_eq!(paths, ["a/b/index.md", "a/index.md", "z/index.md", "index.md"]);
    }
}
