//! From what was typed to what it means.

use std::time::{SystemTime, UNIX_EPOCH};

use postferry::{AttributePolicy, CjkEmphasis, DateTime, ReadOptions, Typography, WriteOptions, YamlMode};
use postferry_archive::{RunError, Volumes};

use crate::args;

/// How posts are read.
///
/// # Errors
/// A time that is none.
pub(crate) fn read(typed: &args::Read) -> Result<ReadOptions, RunError> {
    let mut options = ReadOptions::default();
    options.drafts = typed.drafts;
    options.future = typed.future;
    options.unpublished = typed.unpublished;
    options.config.clone_from(&typed.config);
    options.time = match &typed.time {
        Some(text) => DateTime::parse(text)
            .ok_or_else(|| RunError::Usage(format!("`{text}` is no time; write it as `2026-01-01T00:00:00Z`")))?,
        None => now(),
    };
    if let Some(zone) = std::env::var("TZ").ok().filter(|zone| postferry::Zone::by_name(zone).is_some()) {
        options.machine_zone = zone;
    }
    if let Some(path) = &typed.rules {
        let fail = |why: String| RunError::Input { path: path.display().to_string(), why };
        let text = std::fs::read_to_string(path).map_err(|e| fail(e.to_string()))?;
        options.tags = postferry::read_rules(&text).map_err(fail)?;
    }
    if let Some(yaml) = typed.yaml {
        options.yaml = match yaml {
            args::Yaml::Recover => YamlMode::Recover,
            args::Yaml::Jekyll => YamlMode::Jekyll,
            args::Yaml::Strict => YamlMode::Strict,
        };
    }
    Ok(options)
}

fn now() -> DateTime {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    DateTime::from_unix(seconds as i64, 0, 0)
}

/// How posts are written.
pub(crate) fn write(typed: &args::Write) -> WriteOptions {
    let mut options = WriteOptions::default();
    options.reformat = typed.reformat;
    options.markdown.proof = !typed.no_proof;
    options.markdown.html = match typed.html {
        args::RawHtml::Keep => postferry::RawHtml::Keep,
        args::RawHtml::Drop => postferry::RawHtml::Drop,
        args::RawHtml::Convert => postferry::RawHtml::Convert,
    };
    options.markdown.typography = match typed.typography {
        args::Typography::Source => Typography::Source,
        args::Typography::Write => Typography::Write,
    };
    options.markdown.cjk_emphasis = match typed.cjk_emphasis {
        args::CjkEmphasis::Html => CjkEmphasis::Html,
        args::CjkEmphasis::Reference => CjkEmphasis::Reference,
        args::CjkEmphasis::Move => CjkEmphasis::Move,
    };
    options.markdown.attributes = match typed.attributes {
        args::Attributes::Essential => AttributePolicy::Essential,
        args::Attributes::Html => AttributePolicy::Html,
        args::Attributes::Drop => AttributePolicy::Drop,
    };
    for choice in &typed.style {
        let style = &mut options.markdown.style;
        match *choice {
            args::StyleChoice::Bullet(bullet) => style.bullet = bullet,
            args::StyleChoice::Fence(fence) => style.fence = fence,
            args::StyleChoice::UnderlinedHeadings(are) => style.underlined_headings = are,
            args::StyleChoice::Wrap(column) => style.wrap = column,
            args::StyleChoice::ReferenceLinks(are) => style.reference_links = are,
        }
    }
    options
}

/// How posts are put into books.
pub(crate) fn volumes(typed: args::Volumes) -> Volumes {
    match typed {
        args::Volumes::None => Volumes::None,
        args::Volumes::Post => Volumes::Post,
        args::Volumes::Year => Volumes::Year,
        args::Volumes::Category => Volumes::Category,
    }
}
