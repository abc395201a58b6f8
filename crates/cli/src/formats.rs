//! The table of formats.

use postferry::FORMATS;

/// Spells the table: a line a format; below several formats of the same options, each option in a line.
pub(crate) fn table() -> String {
    let width = FORMATS.iter().map(|info| info.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (number, info) in FORMATS.iter().enumerate() {
        text += &format!("{:width$}  .{:5}  {}\n", info.name, info.extension, info.about);
        if FORMATS.get(number + 1).is_none_or(|next| next.options != info.options) {
            for option in info.options {
                text += &format!("{:width$}          {option}\n", "");
            }
        }
    }
    text
}
