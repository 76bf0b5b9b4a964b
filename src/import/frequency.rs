//! How often is that? Phrases of six languages, as rosi writes them.
//!
//! `alle 8 Jahre` is `1 in 8 years`, `2 mal pro Jahr` is `2 per year`. A percentage is a chance, not a rate. The words
//! are those of [`crate::units::reading`].

use rust_decimal::Decimal;

use super::number::{Misread, Style, is_blank_cell, range};
use super::table::is_date;
use crate::units::reading::{between, cell};

/// How often something happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Often {
    /// So many in so much time.
    Rate(cell::Rate),
    /// A chance, as a part of one.
    Chance(Decimal),
    /// A bare number: its column tells what it is.
    Number(Decimal),
    /// From, to.
    Range(Box<(Often, Often)>),
}

impl Often {
    /// Events a year, or the chance of one.
    pub fn a_year(&self) -> Option<Decimal> {
        match self {
            Self::Chance(value) | Self::Number(value) => Some(*value),
            Self::Range(_) => None,
            Self::Rate(rate) => rate.value(),
        }
    }

    /// Whether it happens more often only because a shorter time lies between two events: `every 5-10 years`. `10-3` is
    /// a slip.
    pub fn is_more_often(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Rate(one), Self::Rate(other))
            if one.count == other.count && one.a_year == other.a_year && one.of < other.of)
    }
}

/// Reads a cell as a frequency, a chance or a bare number.
pub fn often(text: &str, style: Option<Style>) -> Result<Often, Misread> {
    if is_blank_cell(text) {
        return Err(Misread::Blank);
    }
    if is_day(text) || is_of_years(text) {
        return Err(Misread::NotANumber);
    }
    let fault = match cell::often(text, style.map(Style::decimal)) {
        Ok(cell::Often::Rate(rate)) => return Ok(Often::Rate(rate)),
        // "50/50" says nothing of how often, and "3/5" is a level of five as well as a chance. "1/20" is one in twenty.
        Ok(cell::Often::Chance(_)) if text.contains('/') && !text.trim_start().starts_with("1/") => {
            return Err(Misread::NotANumber);
        }
        Ok(cell::Often::Chance(value)) => return Ok(Often::Chance(value)),
        Ok(cell::Often::Number(value)) => return Ok(Often::Number(value)),
        Err(fault @ Misread::TwoReadings(..)) => return Err(fault),
        Err(fault) => fault,
    };
    // "every 5-10 years": either end is a whole frequency, of which the larger number may be the rarer.
    if let Some((one, other)) = between::ends(text)
        && let (Ok(one), Ok(other)) = (often(&one, style), often(&other, style))
        && !matches!((&one, &other), (Often::Range(_), _) | (_, Often::Range(_)))
    {
        return Ok(Often::Range(Box::new(if one.is_more_often(&other) { (other, one) } else { (one, other) })));
    }
    let Some((low, high)) = range(text) else { return Err(fault) };
    let high_read = often(&high, style)?;
    let low_read = match often(&low, style)? {
        // "2-3 per year": the unit belongs to both.
        Often::Number(value) => match &high_read {
            Often::Rate(high) if high.of == Decimal::ONE => Often::Rate(cell::Rate { count: value, ..*high }),
            Often::Rate(_) => return Err(Misread::NotANumber),
            Often::Chance(_) => Often::Chance(value.checked_div(Decimal::ONE_HUNDRED).ok_or(Misread::TooLarge)?),
            _ => Often::Number(value),
        },
        // "3 in 5 - 7": what of?
        read if matches!(high_read, Often::Number(_)) && matches!(read, Often::Rate(_)) => return Err(fault),
        read => read,
    };
    Ok(Often::Range(Box::new((low_read, high_read))))
}

/// Whether a text counts in years of the calendar: `3 in 2020-2024`, `2 in 2023`.
fn is_of_years(text: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u32| (2001..2100).contains(&year));
    let words: Vec<&str> = text.split([' ', '-', '–', '/']).filter(|word| !word.is_empty()).collect();
    words.len() > 2 && words.last().is_some_and(|last| is_year(last))
}

/// Whether a text is a day, or the month of a year: `02-03-2026`, `12/2026`.
fn is_day(text: &str) -> bool {
    let is_month = text.trim().split_once(['/', '-', '.']).is_some_and(|(month, year)| {
        let is_year = year.len() == 4 && year.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
        is_year && month.parse().is_ok_and(|month: u32| (1..=12).contains(&month))
    });
    is_month || is_date(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_of_five_languages_are_written_as_rosi_reads_them() {
        for (text, expected) in [
            ("alle 8 Jahre", "1 in 8 years"),
            ("2 mal pro Jahr", "2 per year"),
            ("1x in 20 Jahren", "1 in 20 years"),
            ("monthly", "1 per month"),
            ("every 6 months", "1 in 6 months"),
            ("twice a year", "2 per year"),
            ("1 per 20 years", "1 in 20 years"),
            ("4 events in 6 years", "4 in 6 years"),
            ("tous les 5 ans", "1 in 5 years"),
            ("3 fois par an", "3 per year"),
            ("cada 4 años", "1 in 4 years"),
            ("2 veces al año", "2 per year"),
            ("ogni 10 anni", "1 in 10 years"),
            ("2 volte l'anno", "2 per year"),
            ("elke 3 jaar", "1 in 3 years"),
            ("2 keer per jaar", "2 per year"),
            ("once a week", "1 per week"),
            ("einmal im Monat", "1 per month"),
            ("12 p.a.", "12 per year"),
            ("0,5 pro Jahr", "0.5 per year"),
            ("1 in 20 years", "1 in 20 years"),
            ("jährlich", "1 per year"),
            ("1 / year", "1 per year"),
            ("every other year", "1 in 2 years"),
            ("2x jährlich", "2 per year"),
            ("une fois par an", "1 per year"),
            ("halbjährlich", "1 in 6 months"),
            ("1 vez cada 3 años", "1 in 3 years"),
            ("eens per 8 jaar", "1 in 8 years"),
            ("ca. 2x pro Jahr", "2 per year"),
        ] {
            let Ok(Often::Rate(rate)) = often(text, None) else { panic!("{text}: {:?}", often(text, None)) };
            assert_eq!(rate.text(), expected, "{text}");
        }
    }

    #[test]
    fn a_percentage_is_a_chance_and_a_bare_number_is_left_to_its_column() {
        assert_eq!(often("20 %", None), Ok(Often::Chance(Decimal::new(2, 1))));
        assert_eq!(often("20 % pro Jahr", None), Ok(Often::Chance(Decimal::new(2, 1))));
        assert_eq!(often("1 in 20", None), Ok(Often::Chance(Decimal::new(5, 2))));
        assert_eq!(often("3", None), Ok(Often::Number(Decimal::from(3))));
        assert!(matches!(often("2-3 per year", None), Ok(Often::Range(_))));
        for no in ["Possible", "L", "", "1 in 0 years", "often"] {
            assert!(often(no, None).is_err(), "{no}");
        }
    }
}
