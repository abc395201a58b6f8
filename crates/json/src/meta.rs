//! Metadata: the typed keys at the top of the object, and `extra`.

use postferry_doc::{DateTime, Meta, Text};

use crate::output::Output;
use crate::read::Reader;
use crate::tape::{At, Kind};
use crate::{ReadError, date, values};

/// The keys that the schema itself uses at the top, in the order in which they are written.
pub const TOP_LEVEL: [&str; 18] = [
    "schema",
    "title",
    "date",
    "updated",
    "url",
    "slug",
    "categories",
    "tags",
    "authors",
    "language",
    "excerpt",
    "description",
    "aliases",
    "draft",
    "extra",
    "blocks",
    "notes",
    "origins",
];

/// Writes all keys of the metadata into the open object of the document.
pub fn write(out: &mut Output, meta: &Meta) {
    write_text(out, "title", meta.title.as_ref());
    write_date(out, "date", meta.date.as_ref());
    write_date(out, "updated", meta.updated.as_ref());
    write_text(out, "url", meta.url.as_ref());
    write_text(out, "slug", meta.slug.as_ref());
    write_texts(out, "categories", &meta.categories);
    write_texts(out, "tags", &meta.tags);
    write_texts(out, "authors", &meta.authors);
    write_text(out, "language", meta.language.as_ref());
    write_text(out, "excerpt", meta.excerpt.as_ref());
    write_text(out, "description", meta.description.as_ref());
    write_texts(out, "aliases", &meta.aliases);
    out.key("draft");
    out.literal(if meta.draft { "true" } else { "false" });
    out.key("extra");
    values::write_map(out, &meta.extra);
}

/// Reads the metadata from the values of [`TOP_LEVEL`], in its order.
pub fn read(reader: &Reader<'_>, fields: &[Option<At>; TOP_LEVEL.len()]) -> Result<Meta, ReadError> {
    let [
        _,
        title,
        date,
        updated,
        url,
        slug,
        categories,
        tags,
        authors,
        language,
        excerpt,
        description,
        aliases,
        draft,
        extra,
        ..,
    ] = *fields;
    let texts = |at| reader.list(at, Reader::text);
    Ok(Meta {
        title: read_text(reader, title)?,
        date: read_date(reader, date)?,
        updated: read_date(reader, updated)?,
        url: read_text(reader, url)?,
        slug: read_text(reader, slug)?,
        categories: texts(categories)?,
        tags: texts(tags)?,
        authors: texts(authors)?,
        language: read_text(reader, language)?,
        excerpt: read_text(reader, excerpt)?,
        description: read_text(reader, description)?,
        aliases: texts(aliases)?,
        draft: reader.truth(draft)?.unwrap_or(false),
        extra: extra.map(|at| values::read_map(reader, at)).transpose()?.unwrap_or_default(),
    })
}

fn write_text(out: &mut Output, key: &'static str, text: Option<&Text>) {
    out.key(key);
    match text {
        Some(text) => out.string(text),
        None => out.literal("null"),
    }
}

fn write_date(out: &mut Output, key: &'static str, time: Option<&DateTime>) {
    out.key(key);
    match time {
        Some(time) => out.string(&date::spell_time(time)),
        None => out.literal("null"),
    }
}

fn write_texts(out: &mut Output, key: &'static str, texts: &[Text]) {
    out.key(key);
    out.strings(texts.iter().map(Text::as_str));
}

fn present(reader: &Reader<'_>, at: Option<At>) -> Option<At> {
    at.filter(|at| reader.kind(*at) != Kind::Null)
}

fn read_text(reader: &Reader<'_>, at: Option<At>) -> Result<Option<Text>, ReadError> {
    present(reader, at).map(|at| reader.text(at)).transpose()
}

fn read_date(reader: &Reader<'_>, at: Option<At>) -> Result<Option<DateTime>, ReadError> {
    present(reader, at).map(|at| values::read_time(reader, at)).transpose()
}
