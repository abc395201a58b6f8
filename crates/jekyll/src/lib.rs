//! Reads a Jekyll site: encodings, configuration, defaults, collections, permalinks, dates; one source file to one document.
