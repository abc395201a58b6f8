//! HTML to the document tree and back, XHTML for EPUB, sanitising.
