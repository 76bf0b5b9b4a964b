//! One figure, one form: how is an amount told elsewhere whose last digit a table moved, so that its columns add up?
//!
//! The table has the word. Other tables show the same count of the same unit; a sentence and a picture tell the amount
//! that the table shows, to their own digits. So 42,460 that a table in thousands shows as 42.4 is 42.4k in the picture, and
//! not 42.5k.

use super::adding::Unit;
use super::{Cell, Digits, Piece, Table, Text};
use crate::units::Figure;

/// What the tables of a paper show of figures that are parts of sums or sums of parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(Vec<Form>);

/// One figure as a table shows it.
#[derive(Debug, Clone, Copy)]
struct Form {
    figure: f64,
    power: u32,
    decimals: u32,
    count: i64,
}

impl Form {
    /// Whether this is the same figure, but for arithmetic.
    fn is_of(&self, amount: f64) -> bool {
        (self.figure - amount).abs() <= 1e-9 * self.figure.abs()
    }

    /// Whether both read the same, or stand in units that differ.
    fn is_shown_as(&self, other: &Self) -> bool {
        (self.power, self.decimals) != (other.power, other.decimals) || self.count == other.count
    }

    /// The amount that the table shows.
    fn amount(&self) -> f64 {
        self.count as f64 * libm::pow(10.0, f64::from(self.power) - f64::from(self.decimals))
    }

    /// Whether the figure, rounded on its own, would read otherwise.
    fn is_moved(&self) -> bool {
        let size = libm::pow(10.0, f64::from(self.decimals) - f64::from(self.power));
        // A half goes up by itself; a table may have left it down.
        libm::round(self.figure * size) as i64 != self.count
    }
}

/// What a table says that moved amounts.
fn forms(table: &Table) -> Vec<Form> {
    let cells = || table.rows.iter().flatten();
    let form = |cell: &Cell| match *cell {
        Cell::Money(figure, Digits::As { power, decimals, count }) => {
            Some(Form { figure: figure.to_f64(), power, decimals, count })
        }
        Cell::Money(figure, Digits::In { power, decimals, most: None }) => {
            let unit = Unit { power, decimals };
            let count = libm::round(unit.count(cell)?) as i64;
            Some(Form { figure: figure.to_f64(), power, decimals, count })
        }
        _ => None,
    };
    if !cells().any(|cell| matches!(cell, Cell::Money(_, Digits::As { .. }))) {
        return Vec::new();
    }
    let mut found: Vec<Form> = cells().filter_map(form).collect();
    found.sort_by(|a, b| a.figure.total_cmp(&b.figure));
    let same = found.chunk_by(|a, b| a.is_of(b.figure));
    same.filter(|same| same.windows(2).all(|pair| pair[0].is_shown_as(&pair[1]))).flatten().copied().collect()
}

impl Shown {
    /// What these tables show. Where a table shows one amount in two ways, two figures happen to be the same: half of a
    /// loss remains and the other half is avoided. Then it speaks for neither.
    pub fn of<'a>(tables: impl Iterator<Item = &'a Table>) -> Self {
        Self(tables.flat_map(forms).collect())
    }

    /// The amount as it is shown, where a table moved it; else as it is.
    pub fn amount(&self, amount: f64) -> f64 {
        let found = self.0.iter().find(|form| form.is_of(amount));
        found.filter(|form| form.is_moved()).map_or(amount, Form::amount)
    }

    /// Lets the cells of a table that has no sums of its own read as another table shows the same figures.
    pub fn tell(&self, table: &mut Table) {
        for cell in table.rows.iter_mut().flatten() {
            let Cell::Money(figure, digits) = cell else { continue };
            let unit = match *digits {
                Digits::In { power, decimals, most: None } => Unit { power, decimals },
                Digits::Whole if figure.to_f64().abs() >= 1e3 => Unit { power: 0, decimals: 0 },
                _ => continue,
            };
            let Some(own) = unit.count(&Cell::Money(*figure, *digits)) else { continue };
            let is_it = |form: &&Form| {
                form.decimals == unit.decimals && form.is_of(figure.to_f64()) && (form.count as f64 - own).abs() < 2.0
            };
            if let Some(form) = self.0.iter().find(is_it) {
                *digits = Digits::As { power: unit.power, decimals: unit.decimals, count: form.count };
            }
        }
    }

    /// The same in a sentence, whose amounts are in full.
    pub fn say(&self, text: &mut Text) {
        for piece in &mut text.0 {
            if let Piece::Figure(Cell::Money(figure, Digits::Whole | Digits::Significant(_) | Digits::Beside { .. })) =
                piece
            {
                let told = self.amount(figure.to_f64());
                if told != figure.to_f64() {
                    *figure = Figure::approximate(told);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_that_a_table_rounded_down_is_told_so_elsewhere() {
        // Of 1,028.5, 706.6 and 137.5, which make 1,872.6, a table of whole units shows 137.
        let cell = Cell::Money(Figure::approximate(137.5), Digits::As { power: 0, decimals: 0, count: 137 });
        let table = Table { columns: vec![String::new()], rows: vec![vec![cell]], emphasised: None };
        let shown = Shown::of(std::iter::once(&table));
        assert_eq!(shown.amount(137.5), 137.0);
        assert_eq!(shown.amount(138.5), 138.5);
    }

    #[test]
    fn two_figures_that_happen_to_be_the_same_keep_their_own_forms() {
        // Of 94.95 half remains, 47.47, and 47.48 are avoided, as the table has it: the sentence keeps 47.47.
        let half = Figure::approximate(47.474);
        let row = vec![
            Cell::Money(half, Digits::In { power: 0, decimals: 2, most: None }),
            Cell::Money(half, Digits::As { power: 0, decimals: 2, count: 4748 }),
        ];
        let table = Table { columns: vec![String::new(); 2], rows: vec![row], emphasised: None };
        assert_eq!(Shown::of(std::iter::once(&table)).amount(47.474), 47.474);
    }
}
