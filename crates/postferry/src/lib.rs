//! Carries an archive of Jekyll posts to Markdown, JSON and EPUB.
