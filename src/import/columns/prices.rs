//! May a column whose heading is not known hold what a measure costs?

use super::says_percent;
use crate::import::heading::{Role, is_one_of, speaks_of_other, words};
use crate::import::number::{Style, amount};
use crate::import::table::Table;

/// Whether a column names measures.
pub(super) fn has_measures(table: &Table<'_>) -> bool {
    table.has(|role| role == Role::Control)
}

/// Whether a column of a table with measures holds amounts that name their currency, and speaks of nothing else than
/// prices.
pub(super) fn is_priced(table: &Table<'_>, at: usize) -> bool {
    let column = &table.columns[at];
    let is_money = |text: &str| {
        let read = amount(text, column.reading.style).or_else(|_| amount(text, Some(Style::Point)));
        read.is_ok_and(|found| found.currency.is_some())
    };
    let mut cells = table.filled(column);
    has_measures(table) && !speaks_of_other(&column.heading) && (column.unit.1.is_some() || cells.all(is_money))
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
