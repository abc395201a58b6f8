//! kramdown text to HTML, exactly as kramdown 2.x with its GFM parser does.
