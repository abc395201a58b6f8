//! Lists.

use postferry_doc::{Block, List, ListItem, ListKind};

use crate::writer::Writer;

impl<'a> Writer<'a, '_> {
    /// Writes a list, as HTML where the dialect cannot say its numbers.
    pub(crate) fn list(&mut self, block: &'a Block, list: &'a List) {
        if list.items.is_empty() {
            return;
        }
        let lists = self.settings.writes_lists();
        let spelled = match list.kind {
            ListKind::Bullet => true,
            ListKind::Ordered { start } => {
                let numbers = (0..999_999_999 - list.items.len() as i32).contains(&start);
                let plain = list.attr.value("reversed").is_none() && list.attr.value("type").is_none_or(|t| t == "1");
                numbers && (plain || lists) && (start == 1 || !self.settings.traits.starts_at_one || lists)
            }
        };
        if !spelled || self.kept_as_html(&list.attr) {
            self.html(block);
            return;
        }
        let loose = is_loose(&list.items);
        let other = self.other_marker;
        for (n, item) in list.items.iter().enumerate() {
            if n > 0 {
                if loose {
                    self.blank_line();
                } else {
                    self.new_line();
                }
            }
            self.item(list, n, item, loose, other);
            self.other_marker = other;
        }
        match list.kind {
            ListKind::Ordered { start } if self.settings.traits.starts_at_one && start != 1 => {
                let mut attr = list.attr.clone();
                attr.set("start", &start.to_string());
                self.attributes_after(&attr, "ol");
            }
            ListKind::Bullet => self.attributes_after(&list.attr, "ul"),
            ListKind::Ordered { .. } => self.attributes_after(&list.attr, "ol"),
        }
    }

    fn item(&mut self, list: &List, n: usize, item: &'a ListItem, loose: bool, other: bool) {
        self.losses.attributes(&item.attr, "li");
        let start = self.out.len();
        let after_marker = self.after_marker;
        match list.kind {
            ListKind::Bullet => self.out.push(match self.settings.style.bullet {
                '-' if other => '*',
                _ if other => '-',
                bullet => bullet,
            }),
            ListKind::Ordered { start } => {
                let number = i64::from(start) + n as i64;
                self.out.push_str(&number.to_string());
                self.out.push(if other { ')' } else { '.' });
            }
        }
        let marker = self.out.len();
        let width = if self.settings.traits.four_columns { (marker - start + 1).next_multiple_of(4) } else { marker - start + 1 };
        self.out.extend(std::iter::repeat_n(' ', width - (marker - start)));
        let content = self.out.len();
        self.indented(width, |writer| {
            if let Some(checked) = item.checked {
                let text = matches!(item.blocks.first(), Some(Block::Plain { .. } | Block::Paragraph { .. }));
                writer.task(checked, text && !after_marker);
            }
            writer.blocks(&item.blocks, !loose);
        });
        if self.out.len() == content {
            self.out.truncate(marker);
            if self.settings.is_kramdown() {
                // Without it kramdown sees no item.
                self.out.push(' ');
            }
        }
    }

    fn task(&mut self, checked: bool, seen: bool) {
        // cmark-gfm knows no tasks inside quotations, none without text and none after another marker in the line.
        if self.settings.traits.tasks && self.quotes == 0 && seen {
            self.out.push_str(if checked { "[x] " } else { "[ ] " });
        } else {
            self.out.push_str("<input type=\"checkbox\" ");
            if checked {
                self.out.push_str("checked ");
            }
            self.out.push_str("disabled");
            self.out.push_str(self.settings.void_end());
            self.out.push(' ');
        }
    }
}

/// Whether blank lines stand between the items: where one of them needs it, or most of them are paragraphs.
fn is_loose(items: &[ListItem]) -> bool {
    let mut paragraphs = 0;
    for item in items {
        if let Some(Block::Paragraph { attr, .. }) = item.blocks.first() {
            if item.blocks.len() > 1 || !attr.is_empty() {
                return true;
            }
            paragraphs += 1;
        }
    }
    // cmark-gfm puts the box of a task before its paragraph where the list is loose.
    paragraphs * 2 > items.len() && items.iter().all(|item| item.checked.is_none())
}
