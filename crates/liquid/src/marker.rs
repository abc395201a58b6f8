//! What was kept as it is written: marks in the rendered text that Markdown leaves alone.
//!
//! A mark is one private-use character, a number, and another private-use character. The two characters are chosen so
//! that neither occurs in the template or, outside of marks, in the text that was rendered.

/// A construct that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The tag's name; empty for an output.
    pub name: String,
    /// What is written in the template.
    pub source: String,
    /// The line, from 1.
    pub line: u32,
    /// The include it stands in, when it is one.
    pub template: Option<String>,
}

/// The two characters around the numbers of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Before the number.
    pub open: char,
    /// After the number.
    pub close: char,
}

/// A piece of text with marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text without marks.
    Text(&'a str),
    /// The place of a mark's construct in the list of what was kept.
    Kept(usize),
}

impl Marker {
    /// The marker of the `turn`th try, from the last private-use plane.
    pub(crate) fn candidate(turn: u32) -> Self {
        let letter = |place: u32| char::from_u32(0x10_F000 + place % 0xF00).unwrap_or('\u{10F000}');
        Self { open: letter(turn * 2), close: letter(turn * 2 + 1) }
    }

    /// Whether one of the two characters occurs in a text.
    pub fn occurs_in(self, text: &str) -> bool {
        text.contains([self.open, self.close])
    }

    pub(crate) fn write(self, number: usize, out: &mut String) {
        out.push(self.open);
        out.push_str(&number.to_string());
        out.push(self.close);
    }

    /// Cuts a text at its marks; `count` is how many constructs were kept.
    pub fn pieces(self, text: &str, count: usize) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut text_start = 0;
        let mut from = 0;
        while let Some(open) = text[from..].find(self.open) {
            let open = from + open;
            let digits = open + self.open.len_utf8();
            let digits_end = digits + text[digits..].bytes().take_while(u8::is_ascii_digit).count();
            from = digits;
            if let Ok(number) = text[digits..digits_end].parse::<usize>()
                && number < count
                && text[digits_end..].starts_with(self.close)
            {
                if open > text_start {
                    pieces.push(Piece::Text(&text[text_start..open]));
                }
                pieces.push(Piece::Kept(number));
                from = digits_end + self.close.len_utf8();
                text_start = from;
            }
        }
        if text_start < text.len() {
            pieces.push(Piece::Text(&text[text_start..]));
        }
        pieces
    }

    /// Whether the two characters occur in a text only as marks.
    pub(crate) fn is_clean(self, text: &str, count: usize) -> bool {
        self.pieces(text, count).iter().all(|piece| match piece {
            Piece::Text(text) => !self.occurs_in(text),
            Piece::Kept(_) => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_again() {
        let marker = Marker::candidate(0);
        let mut text = String::from("a ");
        marker.write(1, &mut text);
        text.push_str(" b");
        assert_eq!(marker.pieces(&text, 2), [Piece::Text("a "), Piece::Kept(1), Piece::Text(" b")]);
        assert!(marker.is_clean(&text, 2));
        assert!(!marker.is_clean(&text, 1));
    }
}
