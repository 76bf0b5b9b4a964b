//! What does a table look like, whatever file it came from?

use rust_decimal::Decimal;

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What is written in it.
    pub text: String,
    /// The number that a workbook holds: no style to judge.
    pub number: Option<Decimal>,
    /// The workbook shows the number as a percentage.
    pub percent: bool,
    /// The workbook shows the number divided by so much.
    pub divided_by: Option<Decimal>,
    /// The text was made of a number: nobody wrote its decimal sign.
    pub is_made: bool,
}

impl Cell {
    /// A cell of text.
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Whether nothing is written in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its number, from 1.
    pub number: usize,
    /// It is hidden in the workbook.
    pub hidden: bool,
    /// How many cells were written.
    pub length: usize,
    /// Its cells from the first column on.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The text of a column, from 0.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// Whether nothing is written in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }

    /// How many cells hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; empty for a text.
    pub name: String,
    /// It is hidden in the workbook.
    pub hidden: bool,
    /// Its rows; empty ones may be left out.
    pub rows: Vec<Row>,
    /// Merged cells: first row, last row (from 1), first column, last column (from 0).
    pub merged: Vec<(usize, usize, usize, usize)>,
}
