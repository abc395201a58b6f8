//! Tables, whose rows and cells may leave their end tags out.

use html5ever::{LocalName, local_name};

use super::Reader;
use super::elements::Kind;

impl Reader<'_> {
    /// Starts a part of a table in the part that is open.
    pub(super) fn start_in_table(&mut self, name: LocalName, kind: Kind, first: usize) -> Option<()> {
        if !self.top_kind()?.is_structure() {
            // The start of a part ends the cell before it.
            self.close_implied();
            if self.top_kind()? != Kind::Cell {
                return None;
            }
            self.close();
        }
        if kind == Kind::Column {
            if self.top_kind()? != Kind::Columns {
                return None;
            }
            self.insert(name, first);
            return Some(());
        }
        let own = self.dom.attrs.len();
        match kind {
            Kind::Cell => {
                self.close_if(Kind::Columns);
                if self.top_kind()? == Kind::Table {
                    self.open(local_name!("tbody"), Kind::Section, own)?;
                }
                if self.top_kind()? == Kind::Section {
                    self.open(local_name!("tr"), Kind::Row, own)?;
                }
                self.expect(Kind::Row)?;
            }
            Kind::Row => {
                self.close_if(Kind::Columns);
                self.close_if(Kind::Row);
                if self.top_kind()? == Kind::Table {
                    self.open(local_name!("tbody"), Kind::Section, own)?;
                }
                self.expect(Kind::Section)?;
            }
            _ => {
                self.close_if(Kind::Columns);
                self.close_if(Kind::Row);
                self.close_if(Kind::Section);
                self.expect(Kind::Table)?;
            }
        }
        // An element that was put in between has no attributes: those read before it are this one's.
        self.open(name, kind, first)
    }

    /// Closes what is open in a part of a table whose end tag comes.
    pub(super) fn end_in_table(&mut self, kind: Kind) -> Option<()> {
        if matches!(kind, Kind::Cell | Kind::Caption) {
            self.close_implied();
            return Some(());
        }
        if !self.top_kind()?.is_structure() {
            self.close_implied();
            self.expect(Kind::Cell)?;
            self.close();
        }
        if matches!(kind, Kind::Section | Kind::Table) {
            self.close_if(Kind::Row);
        }
        if kind == Kind::Table {
            self.close_if(Kind::Section);
            self.close_if(Kind::Columns);
        }
        Some(())
    }

    fn close_if(&mut self, kind: Kind) {
        if self.top_kind() == Some(kind) {
            self.close();
        }
    }

    fn expect(&self, kind: Kind) -> Option<()> {
        (self.top_kind()? == kind).then_some(())
    }
}
