//! The first page of a book.

use std::fmt::Write;

use crate::book::Index;
use crate::labels::{labels, spell_day};
use crate::page;
use crate::xml::{escape, one_line};

/// Writes the title page: title, authors, the time that the posts cover, what the book is about.
pub fn write(index: &Index) -> String {
    let book = &index.book;
    let words = labels(&book.language);
    let title = one_line(&book.title);
    let mut body = String::from("<section class=\"title-page\" epub:type=\"titlepage\">\n");
    let mut line = |tag: &str, class: &str, text: &str| {
        let text = escape(&one_line(text));
        if !text.is_empty() {
            writeln!(body, "<{tag} class=\"{class}\">{text}</{tag}>").expect("writing to a String cannot fail");
        }
    };
    line("h1", "book-title", &title);
    if let Some((series, number)) = &book.collection {
        line("p", "book-series", &format!("{series} {number}"));
    }
    line("p", "book-authors", &book.authors.join(", "));
    if let (Some(oldest), Some(newest)) = (index.oldest, index.newest) {
        let first = spell_day(words.date, oldest.year, oldest.month, oldest.day);
        let last = spell_day(words.date, newest.year, newest.month, newest.day);
        line("p", "book-dates", &if first == last { first } else { format!("{first} – {last}") });
    }
    line("p", "book-description", book.description.as_deref().unwrap_or(""));
    line("p", "book-publisher", book.publisher.as_deref().unwrap_or(""));
    line("p", "book-site", book.site_url.as_deref().unwrap_or(""));
    body.push_str("</section>\n");
    page::write(&book.language, &title, &body)
}
