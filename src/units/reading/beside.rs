//! Which columns say in what the numbers of their rows count, and what does a cell say together with one of them?

use super::cell::{a_year, is_per};
use super::column::{amount, is_blank_cell, range};

/// Headings of columns that name the currency of a row.
pub const CURRENCIES: &str = "currency|ccy|currency code|währung|waehrung|devise|monnaie|moneda|divisa|valuta|munt";
/// Headings of columns that name the multiple or the unit of a row.
pub const UNITS: &str =
    "unit|units|einheit|mengeneinheit|unité|unidad|unità|eenheid|magnitude|scale of amounts|unit of measure|maßeinheit";

/// Whether a column says so: by its heading, else by all of its cells.
pub fn is_of_units<'t>(heading: &str, cells: impl Iterator<Item = &'t str>) -> bool {
    let heading = heading.trim().to_lowercase();
    let is_known = [CURRENCIES, UNITS].iter().any(|list| list.split('|').any(|known| known == heading));
    let mut filled = cells.filter(|cell| !is_blank_cell(cell)).peekable();
    is_known || filled.peek().is_some() && filled.all(is_unit_of_money)
}

/// Whether a text is a currency, or a multiple of one, and nothing else: `k€`, `USD`, `thousand EUR`. A letter alone is
/// the mark of a level too.
pub fn is_unit_of_money(text: &str) -> bool {
    let text = text.trim();
    let is_word = text.chars().count() > 1 || !text.chars().all(char::is_alphanumeric);
    is_word
        && text.len() < 24
        && !text.contains(|c: char| c.is_ascii_digit() || c == '%')
        && amount(&format!("1 {text}"), None).is_ok_and(|one| one.currency.is_some() || one.scaled)
}

/// Whether a text is a unit of time and nothing else: `month`, `per quarter`, `/ year`, `jährlich`.
pub fn is_unit_of_time(text: &str) -> bool {
    let text = text.trim().trim_start_matches('/').trim_start().to_lowercase();
    let unit = text.split_once(' ').filter(|(per, _)| is_per(per)).map_or(text.as_str(), |(_, unit)| unit.trim());
    a_year(unit).is_some()
}

/// A cell with the unit of its row behind each of its numbers.
pub fn counted(cell: &str, unit: &str) -> String {
    if is_blank_cell(cell) || is_blank_cell(unit) {
        return cell.to_owned();
    }
    match range(cell) {
        Some((low, high)) => format!("{low} {unit} to {high} {unit}"),
        None => format!("{cell} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_units_is_known_by_its_heading_or_by_all_of_its_cells() {
        assert!(is_of_units("Einheit", ["min", "h"].into_iter()));
        assert!(is_of_units("In", ["thousand EUR", "k€", ""].into_iter()));
        assert!(is_of_units("Denomination", ["USD", "T€"].into_iter()));
        assert!(!is_of_units("Level", ["M", "K"].into_iter()));
        assert!(!is_of_units("Category", ["CAD", "phishing"].into_iter()));
        assert!(!is_of_units("Note", ["", "-"].into_iter()));
    }

    #[test]
    fn a_unit_of_time_is_known_with_and_without_its_per() {
        for text in ["month", "per quarter", "/year", "pro Monat", "monthly"] {
            assert!(is_unit_of_time(text), "{text}");
        }
        for text in ["monthly review", "2026", "per incident", "low", ""] {
            assert!(!is_unit_of_time(text), "{text}");
        }
    }

    #[test]
    fn a_unit_stands_behind_each_number_of_a_cell() {
        assert_eq!(counted("5", "k€"), "5 k€");
        assert_eq!(counted("10 to 50", "k€"), "10 k€ to 50 k€");
        assert_eq!(counted("n/a", "k€"), "n/a");
        assert_eq!(counted("5", ""), "5");
    }
}
