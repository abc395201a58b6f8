//! The second writer: a run as pulldown-cmark-to-cmark spells it.

use postferry_doc::{Attr, Inline};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_to_cmark::{Options, SUPPORTED_PARSER_OPTIONS, cmark_with_options};

use crate::{element::is_void, settings::Settings};

/// Spells a run again; `None` where the second writer has no spelling for it either.
pub(crate) fn spell_again(content: &[Inline], settings: &Settings, depth: usize) -> Option<String> {
    if settings.is_kramdown() || settings.traits.jsx {
        return None;
    }
    let mut events = vec![Event::Start(Tag::Paragraph)];
    push(content, settings, depth, &mut events)?;
    events.push(Event::End(TagEnd::Paragraph));
    let mut out = String::new();
    let options = Options { emphasis_token: '*', strong_token: "**", ..Options::default() };
    cmark_with_options(events.iter(), &mut out, SUPPORTED_PARSER_OPTIONS, options).ok()?;
    let text = out.trim_matches('\n');
    (!text.is_empty() && !text.lines().any(|line| line.trim().is_empty())).then(|| text.to_owned())
}

fn push<'a>(content: &'a [Inline], settings: &Settings, depth: usize, events: &mut Vec<Event<'a>>) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    for inline in content {
        match inline {
            Inline::Text(text) => events.push(Event::Text(CowStr::Borrowed(text))),
            Inline::SoftBreak => events.push(Event::SoftBreak),
            Inline::LineBreak => events.push(Event::HardBreak),
            Inline::Emphasis { content, .. } => nest(Tag::Emphasis, content, settings, depth, events)?,
            Inline::Strong { content, .. } => nest(Tag::Strong, content, settings, depth, events)?,
            Inline::Strikethrough { content, .. } if settings.traits.strikethrough => {
                nest(Tag::Strikethrough, content, settings, depth, events)?;
            }
            Inline::Strikethrough { content, .. } => element("del", None, content, settings, depth, events)?,
            Inline::Superscript { attr, content } => element("sup", Some(attr), content, settings, depth, events)?,
            Inline::Subscript { attr, content } => element("sub", Some(attr), content, settings, depth, events)?,
            Inline::Code { text, .. } => events.push(Event::Code(CowStr::Borrowed(text))),
            Inline::Link { target, title, content, .. } => {
                let tag = Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: CowStr::Borrowed(target),
                    title: CowStr::Borrowed(title.as_deref().unwrap_or("")),
                    id: CowStr::Borrowed(""),
                };
                nest(tag, content, settings, depth, events)?;
            }
            Inline::Image { source, title, alt, attr } if attr.is_empty() => {
                events.push(Event::Start(Tag::Image {
                    link_type: LinkType::Inline,
                    dest_url: CowStr::Borrowed(source),
                    title: CowStr::Borrowed(title.as_deref().unwrap_or("")),
                    id: CowStr::Borrowed(""),
                }));
                events.push(Event::Text(CowStr::Borrowed(alt.as_deref().unwrap_or(""))));
                events.push(Event::End(TagEnd::Image));
            }
            Inline::Span { content, .. } => push(content, settings, depth, events)?,
            Inline::Element { name, attr, content, .. } => element(name, Some(attr), content, settings, depth, events)?,
            Inline::NoteReference { label } => events.push(Event::FootnoteReference(CowStr::Borrowed(label))),
            Inline::Comment { text } => events.push(Event::InlineHtml(settings.comment(text).into())),
            Inline::Image { .. } | Inline::Math { .. } | Inline::Raw { .. } => return None,
        }
    }
    Some(())
}

fn nest<'a>(tag: Tag<'a>, content: &'a [Inline], settings: &Settings, depth: usize, events: &mut Vec<Event<'a>>) -> Option<()> {
    let end = tag.to_end();
    events.push(Event::Start(tag));
    push(content, settings, depth, events)?;
    events.push(Event::End(end));
    Some(())
}

fn element<'a>(
    name: &str,
    attr: Option<&Attr>,
    content: &'a [Inline],
    settings: &Settings,
    depth: usize,
    events: &mut Vec<Event<'a>>,
) -> Option<()> {
    let mut tag = format!("<{name}");
    if let Some(attr) = attr {
        crate::element::for_each_attribute(attr, settings.attributes, &mut |name, value| {
            settings.push_attribute(&mut tag, name, value);
        });
    }
    tag.push('>');
    events.push(Event::InlineHtml(tag.into()));
    if !is_void(name) {
        push(content, settings, depth, events)?;
        events.push(Event::InlineHtml(format!("</{name}>").into()));
    }
    Some(())
}
