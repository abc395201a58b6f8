//! What is known about a post besides its content.

use crate::{DateTime, Map, Text};

/// A post's metadata: typed fields for what formats understand, an ordered map for the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The title as it shows.
    pub title: Option<Text>,
    /// The date of publication with its offset.
    pub date: Option<DateTime>,
    /// The date of the last change.
    pub updated: Option<DateTime>,
    /// The path of the page on its site, e.g. `/news/2022/01/11/title.html`.
    pub url: Option<Text>,
    /// The name of the page in its URL.
    pub slug: Option<Text>,
    /// The categories in order.
    pub categories: Vec<Text>,
    /// The tags in order.
    pub tags: Vec<Text>,
    /// The authors in order.
    pub authors: Vec<Text>,
    /// The language as a BCP 47 tag.
    pub language: Option<Text>,
    /// The excerpt as HTML; the reader of a site sees to it that it is not the whole post.
    pub excerpt: Option<Text>,
    /// What the author wrote as a summary.
    pub description: Option<Text>,
    /// Other paths at which the page was to be found (`redirect_from`).
    pub aliases: Vec<Text>,
    /// Whether the site would not show it yet (a draft, unpublished or in the future).
    pub draft: bool,
    /// The keys of the head that are none of the above, in their order.
    pub extra: Map,
}
