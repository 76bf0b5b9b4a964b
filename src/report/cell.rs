//! What can stand in a table or a sentence, before it is rounded and written?

use crate::model::Shape;
use crate::units::{Figure, Kind, Rate};

/// How many digits of an amount are supported by what went into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// Every unit: nothing uncertain went in.
    Whole,
    /// So many significant digits.
    Significant(u32),
}

/// One value of a table or a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Words(String),
    /// An amount of money.
    Money(Figure, Digits),
    /// An amount by which something changes: with its sign.
    Change(Figure, Digits),
    /// A share of one.
    Share(f64),
    /// A chance that is small: `1 in 33 (3.0 %)`.
    Chance(f64),
    /// The same of a chance that is known to this standard error: one digit where years did not tell more.
    ChanceAbout(f64, f64),
    /// A ratio, such as a return of 1.2 per unit spent.
    Ratio(f64),
    /// So many times as much: two digits.
    Times(f64),
    /// A factor that somebody multiplies by: to six digits after the point.
    Factor(f64),
    /// Years.
    Years(f64),
    /// Events a year.
    Rate(f64),
    /// A count.
    Count(u64),
    /// A length of time, in hours.
    Duration(f64),
    /// Hours a year.
    Hours(f64),
    /// An estimate as it was written.
    Estimate(Shape, Kind),
    /// There is no such figure.
    None,
}

impl Cell {
    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    /// A rate as the file has it, with every digit.
    pub fn typed(rate: Rate) -> Self {
        Self::Estimate(Shape::Fixed(rate.get()), Kind::Rate)
    }

    /// A cell for a figure that may not exist.
    pub fn or_none<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::None, cell)
    }

    /// Whether it is a number, and so written to the right.
    pub fn is_number(&self) -> bool {
        !matches!(self, Self::Words(_) | Self::Estimate(..))
    }
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words.
    Plain(String),
    /// A name from the file: text, never markup.
    Name(String),
    /// A figure, to be emphasised.
    Figure(Cell),
    /// Something to type.
    Code(String),
}

impl From<Cell> for Piece {
    fn from(figure: Cell) -> Self {
        Self::Figure(figure)
    }
}

impl From<String> for Piece {
    fn from(words: String) -> Self {
        Self::Plain(words)
    }
}

impl From<&str> for Piece {
    fn from(words: &str) -> Self {
        Self::Plain(words.to_owned())
    }
}

/// A sentence or a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text(pub Vec<Piece>);

impl Text {
    /// A sentence of words only.
    pub fn plain(words: impl Into<String>) -> Self {
        Self(vec![Piece::Plain(words.into())])
    }

    /// Adds another text as it is.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Adds words.
    #[must_use]
    pub fn and(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Plain(words.into()));
        self
    }

    /// Adds a name from the file.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.push(Piece::Name(name.into()));
        self
    }

    /// Adds a figure.
    #[must_use]
    pub fn figure(mut self, cell: Cell) -> Self {
        self.0.push(Piece::Figure(cell));
        self
    }

    /// Adds something to type.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.0.push(Piece::Code(code.into()));
        self
    }
}

/// A table with a heading row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// One heading a column.
    pub columns: Vec<String>,
    /// Rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// Index of a row to emphasise.
    pub emphasised: Option<usize>,
}

impl Table {
    /// Whether a column holds numbers, and so is written to the right.
    pub fn is_of_numbers(&self, column: usize) -> bool {
        self.rows.iter().filter_map(|row| row.get(column)).any(|cell| cell.is_number() && *cell != Cell::None)
    }
}

/// A part of the report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// One line that says how to read it.
    pub lead: Option<Text>,
    /// A table.
    pub table: Option<Table>,
    /// Lines under it.
    pub notes: Vec<Text>,
}
