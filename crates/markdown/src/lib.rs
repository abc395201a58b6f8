//! The document tree to Markdown in every dialect, with proof; CommonMark and GFM to HTML.
