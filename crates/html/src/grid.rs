//! Which column a cell of a table stands in.

/// Columns that are looked at; HTML itself stops at 1000 for one cell.
pub(crate) const COLUMNS: usize = 1000;

/// Places the cells of a group of rows, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    row: usize,
    at: usize,
    /// For each column, the first row that no cell from above reaches into.
    free_from: Vec<usize>,
}

impl Grid {
    pub(crate) fn next_row(&mut self) {
        self.row += 1;
        self.at = 0;
    }

    /// Gives the first column of the next cell.
    pub(crate) fn place(&mut self, column_span: u16, row_span: u16) -> usize {
        while self.free_from.get(self.at).is_some_and(|from| *from > self.row) {
            self.at += 1;
        }
        let start = self.at;
        self.at += usize::from(column_span);
        if row_span > 1 {
            let end = self.at.min(COLUMNS);
            if self.free_from.len() < end {
                self.free_from.resize(end, 0);
            }
            for from in self.free_from.iter_mut().take(end).skip(start) {
                *from = self.row + usize::from(row_span);
            }
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_from_above_take_their_place() {
        let mut grid = Grid::default();
        grid.next_row();
        assert_eq!([grid.place(1, 1), grid.place(2, 2), grid.place(1, 1)], [0, 1, 3]);
        grid.next_row();
        assert_eq!([grid.place(1, 1), grid.place(1, 1)], [0, 3]);
        grid.next_row();
        assert_eq!([grid.place(1, 1), grid.place(1, 1)], [0, 1]);
    }
}
