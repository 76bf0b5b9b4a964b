//! The cited facts: a table beside the program (`assets/facts.csv`), read once.
//!
//! Whole tables only where they are free to restate; of other publishers single figures with their citation. Nothing
//! stands in it without a source. A figure is a word and its numbers: `share 0.43`, `quantile 0.95 4000` (chance, value),
//! `exceeds 100000 0.54` (value, chance), `mean 1600`, `per-year 0.0032`, `total 3046600000 24768` (sum, count),
//! `times 6`, `ceiling 20000000 0.04` (amount, share of turnover); several are parted by semicolons.

use std::sync::OnceLock;

use super::{Fact, Kind, Licence, Statistic};

const TABLE: &str = include_str!("../../../assets/facts.csv");

/// Every fact.
#[must_use]
pub fn facts() -> &'static [Fact] {
    static FACTS: OnceLock<Vec<Fact>> = OnceLock::new();
    FACTS.get_or_init(|| rows().filter_map(|row| fact(&row)).collect())
}

fn rows() -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(TABLE.as_bytes()).into_records().filter_map(Result::ok)
}

fn fact(row: &csv::StringRecord) -> Option<Fact> {
    let text = |column: usize| row.get(column).map(str::to_owned);
    let n = match row.get(8)? {
        "" => None,
        n => Some(n.parse().ok()?),
    };
    Some(Fact {
        id: text(0)?,
        kind: Kind::of_key(row.get(1)?)?,
        says: text(2)?,
        figures: row.get(3)?.split(';').map(|figure| statistic(figure.trim())).collect::<Option<_>>()?,
        unit: text(4)?,
        population: text(5)?,
        country: text(6)?,
        size: text(7)?,
        n,
        year: row.get(9)?.parse().ok()?,
        source: text(10)?,
        licence: if row.get(11)? == "citation" { Licence::Citation } else { Licence::Free(text(11)?) },
        warning: text(12)?,
        zero_inflated: row.get(13)? == "yes",
    })
}

fn statistic(text: &str) -> Option<Statistic> {
    let mut words = text.split_whitespace();
    let name = words.next()?;
    let numbers: Vec<f64> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
    Some(match (name, numbers.as_slice()) {
        ("share", [x]) => Statistic::Share(*x),
        ("per-year", [x]) => Statistic::PerYear(*x),
        ("mean", [x]) => Statistic::Mean(*x),
        ("quantile", [p, x]) => Statistic::Quantile(*p, *x),
        ("exceeds", [x, p]) => Statistic::Exceeds(*x, *p),
        ("total", [sum, count]) => Statistic::Total(*sum, *count),
        ("times", [x]) => Statistic::Times(*x),
        ("ceiling", [amount, share]) => Statistic::Ceiling(*amount, *share),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_fact_of_fourteen_columns() {
        let lines = csv::Reader::from_reader(TABLE.as_bytes()).into_records().count();
        assert_eq!(facts().len(), lines);
        assert!(lines >= 69, "{lines}");
        assert!(rows().all(|row| row.len() == 14));
    }
}
