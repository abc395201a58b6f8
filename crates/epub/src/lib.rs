//! Documents to EPUB 3.3 volumes.
