//! What does one cell of a log say of an amount: so much, more than that, between two?
//!
//! Numbers are read as those of every other table ([`units::reading`](crate::units::reading)): all cells of a
//! column tell its decimal sign, and where a number keeps two readings it is a fault that shows both.

use super::moment::moment;
use crate::stats::fit::Observation;
use crate::units::Figure;
use crate::units::reading::cell::{self, CellFault};
use crate::units::reading::column::{self, Reading, Style, Styles};
use crate::units::reading::heading::heading_hours;

/// What a cell says of an amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Nothing.
    Unknown,
    /// So much, more than so much, or between the two.
    Known(Observation),
}

/// An amount with the currency that stands in its cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Priced {
    /// The amount.
    pub amount: Amount,
    /// The currency: a code, or a sign that several have.
    pub currency: Option<String>,
    /// It was written in percent.
    pub is_share: bool,
    /// A multiple or a percent sign stood in the cell.
    pub has_unit: bool,
}

impl Priced {
    /// The amount under a heading that counts in thousands or millions.
    ///
    /// # Errors
    /// The cell names its currency, and so perhaps counts in it.
    pub fn counted_in(mut self, unit: Option<f64>, text: &str) -> Result<Self, String> {
        let Some(unit) = unit.filter(|_| !self.has_unit) else { return Ok(self) };
        let Amount::Known(seen) = self.amount else { return Ok(self) };
        if self.currency.is_some() {
            return Err(format!(
                "\"{text}\" names its currency, and the heading counts in {unit}: is it {unit} times as much?"
            ));
        }
        self.amount = Amount::Known(match seen {
            Observation::Exact(x) => Observation::Exact(x * unit),
            Observation::Above(x) => Observation::Above(x * unit),
            Observation::Between(a, b) => Observation::Between(a * unit, b * unit),
        });
        Ok(self)
    }
}

/// How the cells of a column are read.
///
/// `stated` is what somebody said; `usual` the decimal sign that the file itself lets expect where no cell shows one:
/// a file with commas between its cells is of a program that writes points before decimals.
pub fn reading<'t>(cells: impl Iterator<Item = &'t str>, stated: Option<Style>, usual: Option<Style>) -> Reading {
    if stated.is_some() {
        return Reading { style: stated, stated: true, fine: true };
    }
    let mut styles = Styles::default();
    cells.filter(|cell| moment(cell, None).is_err()).for_each(|cell| styles.see(bare(cell).1));
    match styles.judge() {
        _ if styles.contradicts() => Reading::default(),
        None => Reading { style: usual, stated: false, fine: false },
        own => Reading { style: own, stated: false, fine: true },
    }
}

/// Whether what follows is a least amount, a most, or neither: `> 250,000`, `up to 10k`, `1M+`.
enum Bound {
    Least,
    Most,
    None,
}

const LEAST: &[&str] =
    &[">=", "≥", ">", "over ", "more than ", "at least ", "über ", "mehr als ", "mindestens ", "plus de "];
const MOST: &[&str] =
    &["<=", "≤", "<", "up to ", "below ", "less than ", "under ", "unter ", "bis ", "höchstens ", "moins de "];

fn bare(text: &str) -> (Bound, &str) {
    let text = text.trim();
    let lower = text.to_lowercase();
    // Cut by letters: lower case may have other bytes.
    let after = |marks: &[&str]| {
        let mark = marks.iter().find(|mark| lower.starts_with(**mark))?;
        let rest = text.char_indices().nth(mark.chars().count()).map_or("", |(at, _)| &text[at..]);
        Some(rest.trim())
    };
    if let Some(rest) = after(LEAST) {
        return (Bound::Least, rest);
    }
    if let Some(rest) = after(MOST) {
        return (Bound::Most, rest);
    }
    text.strip_suffix('+').map_or((Bound::None, text), |rest| (Bound::Least, rest.trim()))
}

/// One number with what stands around it; a percentage is a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The value.
    pub value: f64,
    /// The currency: a code, or a sign that several have.
    pub currency: Option<String>,
    /// It was written in percent.
    pub is_share: bool,
    /// A multiple or a percent sign stood there.
    pub has_unit: bool,
}

/// What an end of a range says with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// How much, in what the table counts.
    Much,
    /// How often: `1 in 20 years` is 0.05.
    Often,
    /// How long, in hours: `2 days` is 48.
    Long,
}

/// One end of a range.
///
/// # Errors
/// What is wrong with the text.
pub fn end(text: &str, reading: Reading) -> Result<(Number, Says), String> {
    let read = number(text, reading);
    if read.is_err()
        && let Some(found) = length(text, reading)
    {
        return Ok((found, Says::Long));
    }
    match cell::often(text, reading.style.map(Style::decimal)) {
        Ok(cell::Often::Rate(rate)) if read.is_err() => match rate.value() {
            Some(value) => {
                let value = Figure::exact(value).to_f64();
                Ok((Number { value, currency: None, is_share: false, has_unit: false }, Says::Often))
            }
            None => read.map(|read| (read, Says::Much)),
        },
        _ => read.map(|read| (read, Says::Much)),
    }
}

/// A number with a unit of time behind it, in hours.
fn length(text: &str, reading: Reading) -> Option<Number> {
    let text = text.trim();
    let (count, unit) = text.split_at(text.find(char::is_alphabetic)?);
    let hours = if unit.chars().all(char::is_alphabetic) { heading_hours(unit)? } else { return None };
    let count = number(count.trim(), reading).ok().filter(|count| count.currency.is_none() && !count.has_unit)?;
    Some(Number { value: count.value * Figure::exact(hours).to_f64(), ..count })
}

/// A length without the word for its hours, where it has one.
fn without_unit(text: &str) -> &str {
    let unit = ["hours", "hour", "hrs", "stunden", "std.", "std", "h"]
        .into_iter()
        .find(|unit| text.len() > unit.len() && text.to_ascii_lowercase().ends_with(unit));
    unit.map_or(text, |unit| text[..text.len() - unit.len()].trim_end())
}

/// A length of time in hours, below a heading that counts in so many hours each. What the cell counts in weighs more.
///
/// # Errors
/// What is wrong with the text.
pub fn lasted(text: &str, reading: Reading, counts: Option<f64>) -> Result<Priced, String> {
    let (bound, rest) = bare(text);
    if let Some(found) = length(rest, reading) {
        let seen = match bound {
            Bound::Least => Some(Observation::Above(found.value)),
            Bound::None => Some(Observation::Exact(found.value)),
            Bound::Most => None,
        };
        if let Some(seen) = seen {
            return Ok(Priced { amount: Amount::Known(seen), currency: None, is_share: false, has_unit: false });
        }
    }
    let bare = without_unit(text);
    amount(bare, reading)?.counted_in(counts.filter(|_| bare == text), text)
}

/// One number of a cell.
///
/// # Errors
/// What is wrong with the text.
pub fn number(text: &str, reading: Reading) -> Result<Number, String> {
    let found = reading.amount(text, true).map_err(|fault| match fault {
        CellFault::TwoReadings(one, other) if column::has_doubtful_unit(text) => format!(
            "the unit of \"{text}\" has two readings, {} or {}: write k for thousands, or the number in full",
            one.normalize(),
            other.normalize()
        ),
        CellFault::TwoReadings(one, other) => {
            format!("\"{text}\" can be read in two ways: as {} or as {}", one.normalize(), other.normalize())
        }
        CellFault::OtherStyle => format!("\"{text}\" is written in another way than the rest of its column"),
        CellFault::Strange(word) => format!("\"{text}\" is no amount: \"{word}\" has no meaning here"),
        CellFault::TooLarge => format!("\"{text}\" has more digits than are computed with"),
        CellFault::Blank | CellFault::NotANumber => format!("\"{text}\" is no amount"),
    })?;
    if found.a_year.is_some() {
        return Err(format!("\"{text}\" is an amount for a time, not of one event"));
    }
    Ok(Number {
        value: Figure::exact(found.value).to_f64(),
        currency: found.currency,
        is_share: found.percent,
        has_unit: found.scaled || found.percent,
    })
}

/// An amount, "> 250,000", "100k to 250k", "below 10k", or nothing.
///
/// # Errors
/// The text, where it is neither.
pub fn amount(text: &str, reading: Reading) -> Result<Priced, String> {
    if column::is_blank_cell(text) {
        return Ok(Priced { amount: Amount::Unknown, currency: None, is_share: false, has_unit: false });
    }
    let (bound, rest) = bare(text);
    let one = |found: Number, seen: fn(f64) -> Observation| Priced {
        amount: Amount::Known(seen(found.value)),
        currency: found.currency,
        is_share: found.is_share,
        has_unit: found.has_unit,
    };
    match bound {
        Bound::Least => Ok(one(number(rest, reading)?, Observation::Above)),
        Bound::Most => Ok(one(number(rest, reading)?, |x| Observation::Between(0.0, x))),
        Bound::None => match (number(rest, reading), column::range(rest)) {
            (Ok(found), _) => Ok(one(found, Observation::Exact)),
            (Err(_), Some((low, high))) => band(text, number(&low, reading)?, number(&high, reading)?),
            (Err(problem), None) => Err(problem),
        },
    }
}

/// A band: "10k to 50k", "€ 10,000 to 50,000".
fn band(text: &str, low: Number, high: Number) -> Result<Priced, String> {
    if high.has_unit && !low.has_unit {
        return Err(format!("\"{}\" leaves open whether its unit is of both ends: write it at both", text.trim()));
    }
    let currency = match (low.currency, high.currency) {
        (Some(one), Some(other)) if one != other => return Err(format!("\"{}\" has two currencies", text.trim())),
        (one, other) => one.or(other),
    };
    if high.value <= low.value {
        return Err(format!("\"{}\" is no band: its second end is not above the first", text.trim()));
    }
    let amount = Amount::Known(Observation::Between(low.value, high.value));
    Ok(Priced { amount, currency, is_share: low.is_share, has_unit: low.has_unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str], usual: Option<Style>) -> Reading {
        reading(cells.iter().copied(), None, usual)
    }

    fn value(text: &str, reading: Reading) -> Result<f64, String> {
        number(text, reading).map(|found| found.value)
    }

    #[test]
    fn a_column_decides_what_its_marks_mean_and_a_number_with_two_readings_is_never_guessed() {
        let comma = column(&["12.400,00", "185.000"], None);
        assert_eq!(value("185.000", comma), Ok(185_000.0));
        assert_eq!(value("12.400,00", comma), Ok(12_400.0));
        assert_eq!(value("18,400", column(&["18,400", "7.5"], None)), Ok(18_400.0));
        // Commas between the cells: no comma stands before decimals.
        let separated = column(&["18,400", "310,000"], Some(Style::Point));
        assert_eq!(value("18,400", separated), Ok(18_400.0));
        for (text, reading) in [
            ("18,400", column(&["18,400", "310,000"], None)),
            ("185.000", column(&["185.000", "7.000"], None)),
            ("18.400", separated),
            ("18.400", column(&["18.400", "1,5", "1.5"], None)),
        ] {
            let problem = value(text, reading).unwrap_err();
            assert!(
                problem.contains("two ways: as 18400 or as 18.4")
                    || problem.contains("as 185 or as 185000")
                    || problem.contains("as 18.4 or as 18400")
                    || problem.contains("as 185000 or as 185"),
                "{problem}"
            );
        }
        // Five cells of one style are no reason to read the sixth, of the other, by a factor of ten.
        let both = column(&["1,5", "2,5", "3,5", "4,5", "1.5"], None);
        assert_eq!(value("1.5", both), Ok(1.5));
        assert_eq!(value("3,5", both), Ok(3.5));
        let stated = reading(["185.000"].into_iter(), Some(Style::Comma), None);
        assert_eq!(value("185.000", stated), Ok(185_000.0));
    }

    #[test]
    fn numbers_are_those_of_every_other_table() {
        let plain = Reading::default();
        for (text, expected) in [
            ("0.125", 0.125),
            ("1.234.567", 1_234_567.0),
            ("$8,000.00", 8000.0),
            ("15 T€", 15_000.0),
            ("0,2 Mio. €", 200_000.0),
            ("12%", 0.12),
            (".10", 0.1),
            ("3 lakh", 300_000.0),
            ("12 MM", 12_000_000.0),
        ] {
            assert_eq!(value(text, plain), Ok(expected), "{text}");
        }
        assert_eq!(number("$8,000.00", plain).unwrap().currency.as_deref(), Some("$"));
        assert_eq!(number("15 T€", plain).unwrap().currency.as_deref(), Some("EUR"));
        for text in ["high", "5k per month", "3 apples"] {
            assert!(number(text, plain).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_may_be_open_or_in_bands() {
        let known = |text| amount(text, Reading::default()).unwrap();
        assert_eq!(known("> 250000").amount, Amount::Known(Observation::Above(250_000.0)));
        assert_eq!(known("> 250000 €").currency.as_deref(), Some("EUR"));
        assert_eq!(known("100k to 250k").amount, Amount::Known(Observation::Between(1e5, 2.5e5)));
        assert_eq!(known("Up to 10k").amount, Amount::Known(Observation::Between(0.0, 1e4)));
        assert_eq!(known("1M+").amount, Amount::Known(Observation::Above(1e6)));
        assert_eq!(known("€ 10,000.00 bis 50,000.00").currency.as_deref(), Some("EUR"));
        assert_eq!(known(" - ").amount, Amount::Unknown);
        for text in ["a lot", "10-50k", "50k to 10k", "10 USD to 50 EUR"] {
            assert!(amount(text, Reading::default()).is_err(), "{text}");
        }
    }
}
