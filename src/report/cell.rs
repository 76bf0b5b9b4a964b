//! What can stand in a table or a sentence, before it is rounded and written?

use super::adding;
use super::texts::{line, texts};
use crate::drawing::text::in_letters;
use crate::model::Shape;
use crate::units::{Currency, Figure, Kind, Rate, Unit};

/// How many digits of an amount are supported by what went into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// Every unit: nothing uncertain went in.
    Whole,
    /// So many significant digits.
    Significant(u32),
    /// In thousands or millions, as the table says: divided by ten to this power, with so many digits after the point;
    /// of a simulated figure no more significant ones than `most`.
    In {
        /// Three for thousands, six for millions.
        power: u32,
        /// Digits after the point.
        decimals: u32,
        /// Significant digits at most.
        most: Option<u32>,
    },
    /// In the unit of the table and so that its columns add up: so many of the last digit.
    As {
        /// Three for thousands, six for millions.
        power: u32,
        /// Digits after the point.
        decimals: u32,
        /// The amount as it is shown, without the point.
        count: i64,
    },
    /// In full, with as many digits as the table beside it shows: to this power of ten, or to three digits where these
    /// say more.
    Beside {
        /// The power of the last digit.
        place: i32,
    },
}

/// One value of a table or a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Words(String),
    /// An amount of money.
    Money(Figure, Digits),
    /// An amount in its own size, three digits: `516k`.
    Short(Figure),
    /// An amount by which something changes: with its sign.
    Change(Figure, Digits),
    /// A share of one.
    Share(f64),
    /// A chance that is small: `1 in 33 (3 %)`.
    Chance(f64),
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

    /// Tells its estimates with the digits that they have in this table, so that one figure reads the same in both.
    pub(super) fn beside(&mut self, table: Option<&Table>) {
        let Some(place) = table.and_then(Table::place) else { return };
        for piece in &mut self.0 {
            if let Piece::Figure(Cell::Money(_, digits @ Digits::Significant(SUPPORTED))) = piece {
                *digits = Digits::Beside { place };
            }
        }
    }

    /// The same for a sentence whose exact amounts stand in this table too.
    pub(super) fn wholly_beside(&mut self, table: Option<&Table>) {
        let Some(place) = table.and_then(Table::place) else { return };
        self.beside(table);
        for piece in &mut self.0 {
            if let Piece::Figure(Cell::Money(_, digits @ Digits::Whole)) = piece {
                *digits = Digits::Beside { place };
            }
        }
    }

    /// The same for the last amount of a sentence: what all the others come to in today's money.
    pub(super) fn last_beside(&mut self, table: Option<&Table>) {
        let is_money = |piece: &Piece| matches!(piece, Piece::Figure(Cell::Money(..)));
        let Some(last) = self.0.iter().rposition(is_money) else { return };
        let mut text = Self(self.0.split_off(last));
        text.wholly_beside(table);
        self.0.append(&mut text.0);
    }

    /// Cuts the names in it down to so many letters.
    pub(super) fn shorten_names(&mut self, most: usize) {
        for piece in &mut self.0 {
            if let Piece::Name(name) = piece {
                *name = in_letters(name, most);
            }
        }
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
    /// Whether its amounts stand in thousands or millions.
    pub(super) fn is_in_one_unit(&self) -> bool {
        self.place().is_some()
    }

    /// The power of ten of the last digit of its amounts, where they stand in thousands or millions.
    pub(super) fn place(&self) -> Option<i32> {
        self.rows.iter().flatten().find_map(|cell| match cell {
            Cell::Money(_, Digits::In { power, decimals, .. }) => Some(power.cast_signed() - decimals.cast_signed()),
            _ => None,
        })
    }

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

/// Amounts up to these are written in full, to the unit, in thousands or in millions; above them in billions.
pub(super) const SIZES: [(f64, u32); 3] = [(1e5, 0), (1e8, 3), (1e11, 6)];
/// Amounts below this one are told to the unit where they are no parts of sums.
const TO_THE_UNIT: f64 = 1e4;
/// Three digits are what an average supports; fewer are those of simulated years.
const SUPPORTED: u32 = 3;

impl Table {
    /// Cuts the names of its rows down to so many letters.
    pub(super) fn shorten_names(&mut self, most: usize) {
        for first in self.rows.iter_mut().filter_map(|row| row.first_mut()) {
            if let Cell::Words(words) = first {
                *words = in_letters(words, most);
            }
        }
    }
}

impl Section {
    /// The same with all amounts of its table in one unit, which the lead then names.
    #[must_use]
    pub fn in_one_unit(self, unit: Unit) -> Self {
        let adds = self.table.as_ref().is_some_and(adding::has_sums);
        self.in_unit(unit, adds, adding::last_row)
    }

    /// The same for flows by year: both ways add up.
    #[must_use]
    pub(super) fn of_flows(self, unit: Unit, sums: &[adding::Sum], years: &std::ops::Range<usize>) -> Self {
        self.in_unit(unit, true, |table, shown| adding::flows(table, shown, sums, years))
    }

    /// The same where cells are sums of figures that stand here or elsewhere: they read as the sums of what is told.
    #[must_use]
    pub(super) fn with_sums_told(self, unit: Unit, told: &[adding::Told]) -> Self {
        let adds = !told.is_empty() || self.table.as_ref().is_some_and(adding::has_sums);
        self.in_unit(unit, adds, |table, shown| adding::as_told(table, shown, told))
    }

    /// In one unit, and with what lets its amounts `add` up where `adds` says that some are sums of others.
    fn in_unit(mut self, unit: Unit, adds: bool, add: impl Fn(&mut Table, adding::Unit) -> bool) -> Self {
        let found = self.table.as_ref().and_then(|table| unit_of(table, unit, adds));
        let Some((found, table)) = found.zip(self.table.as_mut()) else { return self };
        if let Some(unit) = found.adding {
            for cell in table.rows.iter_mut().flatten() {
                if let Cell::Money(_, digits) | Cell::Change(_, digits) = cell {
                    let most = match *digits {
                        Digits::Significant(count) if count < SUPPORTED => Some(count),
                        _ => None,
                    };
                    *digits = Digits::In { power: unit.power, decimals: unit.decimals, most };
                }
            }
        }
        // Exact amounts are shown to the unit of the currency, and add up in it.
        let whole = found.is_exact.then_some(adding::Unit { power: found.power, decimals: 0 });
        let shown = found.adding.or(whole);
        let is_moved = shown.is_some_and(|shown| add(table, shown));
        if let Some(shown) = shown {
            adding::changes(table, shown);
        }
        let words = &texts(unit).shared;
        let template = match found.power {
            0 => words.in_units,
            3 => words.in_thousands,
            6 => words.in_millions,
            _ => words.in_billions,
        };
        let mut said = Text::plain(line(template, &[("currency", &unit.currency)]));
        let is_said = self.lead.as_ref().is_some_and(|lead| lead.0.starts_with(&said.0));
        if is_moved {
            said = said.and(words.adds_up);
        }
        self.lead = Some(match self.lead {
            // Said already, where a table went through here before.
            Some(lead) if is_said => lead,
            Some(lead) => said.and(" ").joined(lead),
            None => said,
        });
        self
    }
}

/// The unit of a table.
struct TableUnit {
    power: u32,
    /// Where amounts are shown in it; else they keep their own digits.
    adding: Option<adding::Unit>,
    /// Nothing uncertain went into any amount.
    is_exact: bool,
}

/// The unit that the amounts of a table call for; none where it has no amounts or has its unit already. Where some are
/// sums of others, small amounts have a digit more, so that what rounding moves is small beside them.
fn unit_of(table: &Table, unit: Unit, adds: bool) -> Option<TableUnit> {
    let money = |cell: &Cell| match cell {
        Cell::Money(figure, digits) | Cell::Change(figure, digits) => Some((figure.to_f64().abs(), *digits)),
        _ => None,
    };
    let found: Vec<(f64, Digits)> = table.rows.iter().flatten().filter_map(money).collect();
    if found.is_empty() || found.iter().any(|(_, digits)| matches!(digits, Digits::In { .. } | Digits::As { .. })) {
        return None;
    }
    let is_exact = found.iter().all(|(_, digits)| *digits == Digits::Whole);
    let amounts = || found.iter().map(|(amount, _)| *amount).filter(|amount| *amount > 0.0 && amount.is_finite());
    let largest = amounts().fold(0.0, f64::max);
    // Without sums to hold, three digits of an estimate are enough: 12.1 thousand, as beside a picture, not 12,104.
    let power = match SIZES.iter().find(|(most, _)| largest < *most).map_or(9, |(_, power)| *power) {
        0 if !adds && largest >= TO_THE_UNIT => 3,
        power => power,
    };
    // What nothing uncertain went into keeps every unit, as long as a column holds it.
    let power = if is_exact && largest < 1e8 { 0 } else { power };
    if power == 0 {
        // Below a thousand cents count, in every amount alike.
        let cents = Currency::from_code(unit.currency).map_or(2, Currency::decimals);
        let has_cents = largest < 1e3 && cents > 0 && amounts().any(|amount| amount.fract() != 0.0);
        let decimals = if has_cents { cents } else { 0 };
        let adding = (has_cents || !is_exact).then_some(adding::Unit { power, decimals });
        return Some(TableUnit { power, adding, is_exact });
    }
    let of_unit = |amount: f64| amount / libm::pow(10.0, f64::from(power));
    let smallest = of_unit(amounts().fold(f64::INFINITY, f64::min));
    let largest = of_unit(largest);
    // Small amounts are told to two digits; beside large ones a second digit after the point says nothing.
    let decimals = match smallest {
        10.0.. => u32::from((adds && smallest < 100.0 && largest < 1e3) || largest < 100.0),
        1.0.. => u32::from(adds || largest < 1e3),
        _ if smallest >= 0.1 || largest >= 100.0 => 1,
        _ => 2,
    };
    Some(TableUnit { power, adding: Some(adding::Unit { power, decimals }), is_exact })
}
