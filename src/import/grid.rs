//! What does a table look like, whatever file it came from?

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::place::Place;

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
    /// The workbook shows it struck through.
    pub is_struck: bool,
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

    /// Whether all that is written in it is struck through.
    pub fn is_struck(&self) -> bool {
        !self.is_empty() && self.cells.iter().all(|cell| cell.is_empty() || cell.is_struck)
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
    /// Where its cells stand in the file, where its rows are not those of the file.
    pub origins: Option<Origins>,
}

impl Sheet {
    /// Where a cell stands, by the number of its row and its column from 0; of row 0 the heading of the column.
    pub fn place(&self, file: &str, row: usize, column: usize) -> Place {
        let own = || Origin { sheet: self.name.as_str().into(), row, column: column + 1 };
        let origin = match &self.origins {
            Some(origins) => origins.cells.get(&(row, column)).cloned().unwrap_or_else(own),
            None => own(),
        };
        Place { sheet: origin.sheet, row: origin.row, column: origin.column, ..Place::file(file) }
    }

    /// Where a row stands.
    pub fn row_place(&self, file: &str, row: usize) -> Place {
        let own = || Origin { sheet: self.name.as_str().into(), row, column: 0 };
        let origin = match &self.origins {
            Some(origins) => origins.rows.get(&row).cloned().unwrap_or_else(own),
            None => own(),
        };
        Place { sheet: origin.sheet, row: origin.row, column: origin.column, ..Place::file(file) }
    }
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The sheet of a workbook.
    pub sheet: Arc<str>,
    /// The row, from 1; 0 for a whole column.
    pub row: usize,
    /// The column, from 1; 0 for a whole row.
    pub column: usize,
}

/// Where the cells of a sheet stand that was read by columns or by forms.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Origins {
    /// By the number of the row, 0 for the headings, and by the column from 0.
    pub cells: HashMap<(usize, usize), Origin>,
    /// Whole rows, by number.
    pub rows: HashMap<usize, Origin>,
    /// The number of the row and the column of each cell of the file.
    pub back: HashMap<Origin, (usize, usize)>,
}

impl Origins {
    /// The number of the row and the column from 0 of what stands at a place.
    pub fn cell(&self, place: &Place) -> Option<(usize, usize)> {
        let origin = Origin { sheet: place.sheet.clone(), row: place.row, column: place.column };
        self.back.get(&origin).copied()
    }
}
