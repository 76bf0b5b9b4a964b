//! May a column whose heading is not known hold what a measure costs?

use super::says_percent;
use crate::import::heading::{Role, is_one_of, speaks_of_other, words};
use crate::import::number::{Style, amount, currency};
use crate::import::table::Table;

/// Whether a column names measures.
pub(super) fn has_measures(table: &Table<'_>) -> bool {
    table.has(|role| role == Role::Control)
}

/// Whether a column of a table with measures holds amounts that name their currency, and speaks of nothing else than
/// prices.
pub(super) fn is_priced(table: &Table<'_>, at: usize) -> bool {
    let column = &table.columns[at];
    // "10.000 € + 1.200 €/año" is no amount that can be read, and money all the same.
    let is_money = |text: &str| {
        let read = amount(text, column.reading.style).or_else(|_| amount(text, Some(Style::Point)));
        read.is_ok_and(|found| found.currency.is_some()) || names_money(text)
    };
    let mut cells = table.filled(column).peekable();
    has_measures(table)
        && !speaks_of_other(&column.heading)
        && (column.unit.1.is_some() || cells.peek().is_some() && cells.all(is_money))
}

/// Whether a text has a number and the sign of a currency.
fn names_money(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().any(|c| currency(&c.to_string()).is_some())
}

/// Whether a column has percentages above amounts of money: what measures of its name take off, and their prices.
pub(super) fn is_of_one_measure(table: &Table<'_>, at: usize) -> bool {
    let cells = || table.filled(&table.columns[at]);
    let is_money =
        |text: &str| names_money(text) || amount(text, Some(Style::Point)).is_ok_and(|read| read.value > 100.into());
    let shares = cells().filter(|text| text.contains('%')).count();
    shares > 0 && shares < cells().count() && cells().all(|text| text.contains('%') || is_money(text))
}

/// Whether a column of a table with measures names what has to be paid to keep one.
pub(super) fn is_service(table: &Table<'_>, at: usize) -> bool {
    const SERVICES: &str = "licence|licences|license|licenses|lizenz|lizenzen|licencia|licencias|licenza|licenze|licentie|\
        licenties|maintenance|wartung|manutenzione|mantenimiento|onderhoud|support|hosting|subscription|abo|abonnement";
    has_measures(table) && words(&table.columns[at].heading).iter().any(|word| is_one_of(word, SERVICES))
}

/// Whether all cells of a column are percentages, by their signs or its heading.
pub(super) fn is_share(table: &Table<'_>, at: usize) -> bool {
    let column = &table.columns[at];
    let mut cells = table.filled(column).peekable();
    cells.peek().is_some() && (says_percent(&column.heading) || cells.all(|text| text.contains('%')))
}
