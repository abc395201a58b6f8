//! Files that are copied as they are.

use crate::listing::Candidate;
use crate::load::Context;
use crate::permalink::{self, UrlParts};
use crate::{name, ruby};

/// The path on the site of a file that is copied; in a collection its template decides.
pub(crate) fn url(context: &Context, candidate: &Candidate) -> String {
    let extension = name::extension(&candidate.path);
    let relative = context.relative_path(&candidate.path);
    let Some(collection) = context.config.collections.get(usize::from(candidate.collection)) else {
        let path = &candidate.path[..candidate.path.len() - extension.len()];
        return format!("/{}{extension}", path.trim_end_matches('.'));
    };
    let template = collection
        .permalink
        .as_ref()
        .map_or_else(|| permalink::with_ending_of("/:collection/:path", &context.config.permalink), ruby::to_s);
    let template = template.replace(":output_ext", "").replace(":title", "");
    let parts = UrlParts {
        relative_path: relative,
        collection: &collection.label,
        slug: None,
        categories: &[],
        date: context.now,
        output_extension: "",
    };
    let url = permalink::document_url(&template, &parts).unwrap_or_default();
    format!("{}{extension}", url.trim_end_matches('/'))
}
