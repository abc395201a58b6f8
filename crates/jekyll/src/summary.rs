//! A summary of a post where Jekyll's excerpt is none.

use postferry_doc::{Block, Inline, Text, plain_text, walk};
use postferry_html::WriteOptions;

use crate::Post;

/// Characters after which a summary ends with the paragraph.
const ENOUGH: usize = 200;

/// Gives the excerpt that formats show, as HTML: what the head says, or Jekyll's. Jekyll cuts at the first blank line, so
/// of a post without one its excerpt is the whole post, or nearly; then it is the first paragraphs, up to some 200
/// characters.
pub(crate) fn excerpt(post: &Post) -> Option<Text> {
    let jekylls = post.excerpt_without_marks.as_deref().or(post.excerpt_html.as_deref())?;
    let is_most = jekylls.len() * 2 > post.content.len() && post.document.blocks.len() > 1;
    if post.excerpt_is_given || !is_most {
        return Some(jekylls.into());
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut length = 0;
    for block in post.document.blocks.iter().filter(|block| matches!(block, Block::Paragraph { .. })) {
        let characters = plain_text(std::slice::from_ref(block)).chars().count();
        if characters > 0 {
            blocks.push(block.clone());
            length += characters;
        }
        if length >= ENOUGH {
            break;
        }
    }
    if blocks.is_empty() {
        return Some(jekylls.into());
    }
    for block in &mut blocks {
        walk::children_mut(block, &mut |part| {
            if let walk::PartMut::Inlines(content) = part {
                // The notes stay with the post.
                content.retain(|inline| !matches!(inline, Inline::NoteReference { .. }));
            }
        });
    }
    let html = postferry_html::write(&blocks, &[], &WriteOptions::default()).html;
    Some(html.as_str().into())
}

#[cfg(test)]
mod tests {
    use crate::{SiteOptions, read_loose};

    fn excerpt(source: &str) -> String {
        let post = read_loose("2024-01-02-a.md", source.as_bytes(), &SiteOptions::default()).post().expect("it is a post");
        post.document.meta.excerpt.expect("it has an excerpt").to_string()
    }

    #[test]
    fn a_whole_post_becomes_its_first_paragraphs() {
        let long = "字".repeat(250);
        let source = format!("---\ntitle: A\n---\n<p>By Ann</p>\n <p>{long}</p>\n <p>{long}</p>\n");
        assert_eq!(excerpt(&source), format!("<p>By Ann</p>\n<p>{long}</p>\n"));
    }

    #[test]
    fn jekylls_own_stays_where_it_is_one() {
        let rest = "more\n\n".repeat(50);
        assert_eq!(excerpt(&format!("---\ntitle: A\n---\nFirst *one*.\n\n{rest}")), "<p>First <em>one</em>.</p>\n");
        assert_eq!(excerpt("---\nexcerpt: Given\n---\nA\n"), "Given");
    }
}
