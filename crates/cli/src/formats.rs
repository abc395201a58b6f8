//! The table of formats.

use postferry::FORMATS;

/// Spells the table: a line a format, its options below.
pub(crate) fn table() -> String {
    let width = FORMATS.iter().map(|info| info.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for info in FORMATS {
        text += &format!("{:width$}  .{:5}  {}\n", info.name, info.extension, info.about);
        if !info.options.is_empty() {
            text += &format!("{:width$}          {}\n", "", info.options.join("  "));
        }
    }
    text
}
