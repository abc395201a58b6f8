//! What can be judged only when every document was read: links that lead to no file, ids on other pages, keys.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use postferry::{Folder, Outcome, SiteFiles};

use super::document::{Anchor, Context};
use super::finding::{Finding, Findings, FoundAt};
use super::index::{is_written, stem};
use super::links::PageIds;
use super::outside::{Origin, Outside};
use crate::RunError;
use crate::post::read_source;
use crate::window::{Window, run_ordered};

/// Reads the documents again that others link into, and tells the ids that are not there.
pub(crate) fn anchors(
    context: &Context<'_>,
    anchors: Vec<Anchor>,
    window: Window,
    findings: &mut Findings,
) -> Result<(), RunError> {
    let mut by_target: BTreeMap<u32, BTreeMap<String, Vec<FoundAt>>> = BTreeMap::new();
    for anchor in anchors {
        by_target.entry(anchor.target).or_default().entry(anchor.id).or_default().push(anchor.place);
    }
    let targets: Vec<(u32, BTreeMap<String, Vec<FoundAt>>)> = by_target.into_iter().collect();
    run_ordered(
        targets.len(),
        window,
        |n| {
            let (number, ids) = &targets[n];
            let source = &context.site.sources()[*number as usize];
            let Outcome::Converted(post) = read_source(context.site, source) else { return (0, Vec::new()) };
            let page = PageIds::of(&post);
            let missing: Vec<&String> = ids.keys().filter(|id| !page.may_have(context, id)).collect();
            (missing.len() * 16, missing)
        },
        |n, missing| {
            let (number, ids) = &targets[n];
            let url = &context.site.sources()[*number as usize].url;
            for id in missing {
                for place in &ids[id] {
                    findings.add("link/anchor", &format!("{url}#{id}"), place.clone());
                }
            }
            Ok(())
        },
    )
}

/// Goes through the links that lead to no file of the site: some lead to what is made without one.
pub(crate) fn links(
    context: &Context<'_>,
    files: &Folder,
    aliases: &HashSet<String>,
    outside: &Outside,
    findings: &mut Findings,
) {
    let mut broken = findings.take("link/broken");
    broken.extend(findings.take("asset/missing"));
    broken.retain(|finding| !aliases.contains(stem(&finding.subject)));
    let lower: HashSet<String> = broken.iter().map(|finding| stem(&finding.subject).to_lowercase()).collect();
    let mut other_case: HashMap<String, u32> = HashMap::new();
    for (path, number) in context.index.iter() {
        let path = stem(path).to_lowercase();
        if lower.contains(&path) {
            let known = other_case.entry(path).or_insert(number);
            *known = number.min(*known);
        }
    }
    let folders: HashSet<&str> = context.index.iter().filter_map(|(path, _)| Some(path[1..].split_once('/')?.0)).collect();
    for mut finding in broken {
        if let Some(number) = other_case.get(&stem(&finding.subject).to_lowercase()) {
            finding.code = "link/case";
            finding.note = Some(format!("the page is `{}`", context.site.sources()[*number as usize].url));
        } else {
            match outside.origin_of(&finding.subject) {
                Origin::Made => continue,
                Origin::Maybe(by) => {
                    finding.code = "link/maybe";
                    finding.note = Some(format!("may be made by {by}"));
                }
                Origin::Nothing => judge_missing(context, files, &folders, &mut finding),
            }
        }
        findings.put(finding);
    }
}

/// What is known of a path that leads nowhere: a file of the site may be there that Jekyll leaves out, or the whole folder is
/// none of the site's and another site of the same machine may have it.
fn judge_missing(context: &Context<'_>, files: &Folder, folders: &HashSet<&str>, finding: &mut Finding) {
    let path = finding.subject.trim_matches('/');
    let config = context.site.config();
    let full = if config.source.is_empty() { path.to_owned() } else { format!("{}/{path}", config.source) };
    if let Some(source) = context.site.source(&full) {
        let url = source.url.as_str();
        let is_shown = !url.is_empty() && is_written(context.site, source);
        finding.note = Some(if is_shown {
            format!("the page of this file is `{url}`")
        } else {
            "the file is left out of the site".to_owned()
        });
    } else if files.read(&full).is_ok() {
        finding.note = Some("the file is left out of the site".to_owned());
    } else if let Some((folder, _)) = finding.subject[1..].split_once('/').filter(|(folder, _)| !folders.contains(folder)) {
        finding.note = Some(format!("nothing of the site lies in `/{folder}/`"));
        // A relative link means a page of this site.
        let is_absolute = |place: &FoundAt| place.text.as_ref().is_some_and(|link| link.starts_with('/') || link.contains("://"));
        if finding.code == "link/broken" && finding.places.iter().all(is_absolute) {
            finding.code = "link/maybe";
            finding.note = Some(format!("nothing of the site lies in `/{folder}/`; another site may"));
        }
    } else if let (true, Some(theme)) = (finding.subject.starts_with("/assets/"), context.theme) {
        finding.note = Some(format!("unless the theme {theme} has it"));
    }
}

/// Says of each key of the heads whether a template of the site looks it up.
pub(crate) fn keys(read: &BTreeSet<Arc<str>>, has_theme: bool, findings: &mut Findings) {
    for mut finding in findings.take("head/key") {
        finding.note = Some(if read.contains(finding.subject.as_str()) {
            "templates of the site use it".to_owned()
        } else if has_theme {
            "no template of the site uses it; its theme may".to_owned()
        } else {
            "no template of the site uses it".to_owned()
        });
        findings.put(finding);
    }
}
