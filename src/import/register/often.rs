//! How often does it happen, as a row says it under its heading?

use rust_decimal::Decimal;

use super::amounts::FREQUENCY;
use super::{Bare, Factor, Figure, Register, often_text};
use crate::import::draft::Value;
use crate::import::frequency::{Often, often};
use crate::import::grid::Row;
use crate::import::heading::{Phase, Role};
use crate::import::number::{Misread, is_blank_cell};
use crate::import::place::{Code, Place};
use crate::import::span::Span;
use crate::import::table::Column;
use crate::units::reading::cell;

/// What a cell says under a heading: a bare number has its meaning from the column.
fn under(read: Often, bare: Bare, span: Span, is_rate: bool) -> Often {
    match read {
        Often::Number(value) if bare == Bare::Percent => {
            Often::Chance(value.checked_div(Decimal::ONE_HUNDRED).unwrap_or(value))
        }
        Often::Number(value) if bare == Bare::Part => Often::Chance(value),
        // "1/10" under "ARO" is a rate.
        Often::Chance(value) if is_rate => {
            Often::Rate(cell::Rate { count: value, of: Decimal::ONE, a_year: 1, seen: false })
        }
        // "Once every … years: 18"
        Often::Number(value) if matches!(span, Span::Between(_)) && value > Decimal::ZERO => {
            let a_year = if let Span::Between(a_year) = span { a_year } else { 1 };
            Often::Rate(cell::Rate { count: Decimal::ONE, of: value, a_year, seen: false })
        }
        Often::Number(value) => {
            let (of, a_year, seen) = match span {
                Span::Between(_) | Span::Unsaid | Span::Bare(_) => (1, 1, false),
                Span::Unit(a_year) => (1, a_year, false),
                Span::Many { count, a_year, counted } => (count, a_year, counted && value.is_integer()),
            };
            Often::Rate(cell::Rate { count: value, of: Decimal::from(of), a_year, seen })
        }
        read => read,
    }
}

/// How the chance of a year follows from that of another time.
fn of_a_year(span: Span) -> String {
    match span {
        Span::Many { count, a_year: 1, .. } => {
            format!("which is 1 − (1 − p)^(1 ÷ {count}) of a chance p in {count} years")
        }
        Span::Many { count, a_year, .. } => {
            format!("which is 1 − (1 − p)^({a_year} ÷ {count}) of a chance p in that time")
        }
        Span::Unit(times) | Span::Bare(times) | Span::Between(times) => {
            format!("which is 1 − (1 − p)^{times} of a chance p in a time that a year has {times} of")
        }
        Span::Unsaid => String::new(),
    }
}

impl<'a> Register<'a, '_> {
    /// How often, from the columns of a time.
    pub(super) fn often(&mut self, row: &Row, phases: &[Phase]) -> Option<(Figure<'a>, Place)> {
        let table = self.table;
        let columns: Vec<&Column> = phases
            .iter()
            .flat_map(|phase| [Role::Frequency, Role::Likelihood].map(|role| table.of(role, &[*phase]).next()))
            .flatten()
            .collect();
        let column = columns.iter().find(|column| !column.scored).or(columns.first()).copied()?;
        self.often_column(row, column)
    }

    /// How often, from one column.
    pub(super) fn often_column(&mut self, row: &Row, column: &Column) -> Option<(Figure<'a>, Place)> {
        let place = self.table.place(row, column);
        if is_blank_cell(&place.text) {
            return None;
        }
        if column.scored {
            return self.level(Factor::Likelihood, column, place).map(|(level, place)| (Figure::Level(level), place));
        }
        let cell = row.cells.get(column.index);
        let read = match cell.and_then(|cell| cell.number) {
            Some(value) if cell.is_some_and(|cell| cell.percent) => Ok(Often::Chance(value)),
            Some(value) => Ok(Often::Number(value)),
            None => match column.reading.amount(&place.text, false) {
                Err(Misread::TwoReadings(a, b)) => Err(Misread::TwoReadings(a, b)),
                _ => often(&place.text, column.reading.style_for(&place.text, false)),
            },
        };
        let bare = self.bare.get(&column.index).copied().unwrap_or(Bare::Rate);
        let is_doubtful = |read: &Often| match read {
            Often::Range(ends) => matches!(**ends, (Often::Number(_), _)),
            read => matches!(read, Often::Number(_)),
        };
        if bare == Bare::Doubt && read.as_ref().is_ok_and(is_doubtful) {
            self.doubtful(place, false);
            return None;
        }
        let span = column.span;
        let is_bare = match &read {
            Ok(Often::Number(_)) => true,
            Ok(Often::Range(ends)) => matches!(**ends, (Often::Number(_), Often::Number(_))),
            _ => false,
        };
        let role = column.meaning.map(|meaning| meaning.role);
        if role == Some(Role::Likelihood) && place.text.contains(':') && matches!(read, Ok(Often::Rate(_))) {
            self.fault(
                Code::TwoReadings,
                place,
                "a chance, or once in so many years?".into(),
                "write \"1 in 20 years\" or \"5%\"",
            );
            return None;
        }
        let is_rate = place.text.contains('/') && role == Some(Role::Frequency);
        let read = read.map(|read| match read {
            Often::Range(ends) => {
                let (one, other) = *ends;
                let (one, other) = (under(one, bare, span, is_rate), under(other, bare, span, is_rate));
                // What is long between two events is rare.
                Often::Range(Box::new(if one.is_more_often(&other) { (other, one) } else { (one, other) }))
            }
            read => under(read, bare, span, is_rate),
        });
        let is_chance = |read: &Often| match read {
            Often::Chance(_) => true,
            Often::Range(ends) => matches!(**ends, (Often::Chance(_), Often::Chance(_))),
            _ => false,
        };
        match read {
            Ok(_) if is_bare && matches!(span, Span::Bare(_)) => {
                let unit = match span {
                    Span::Bare(12) => "month",
                    Span::Bare(52) => "week",
                    Span::Bare(365) => "day",
                    _ => "year",
                };
                let message = format!("{0} under this heading: {0} a {unit}, or one in {0} {unit}s?", place.text);
                let cure = format!("write \"per {unit}\" or \"1 in … {unit}s\" into the cells of this column");
                self.fault(Code::TwoReadings, place, message, &cure);
                None
            }
            Ok(read)
                if is_chance(&read) && matches!(span, Span::Many { .. })
                    || is_chance(&read) && matches!(span, Span::Unit(times) if times != 1) =>
            {
                self.fault(
                    Code::Cell,
                    place,
                    "the heading states the chance for another time than a year".into(),
                    &format!("write the chance of a year, {}", of_a_year(span)),
                );
                None
            }
            Ok(Often::Chance(value)) if value > Decimal::ONE || value.is_sign_negative() => {
                self.fault(
                    Code::Cell,
                    place,
                    "a chance lies between 0% and 100%".into(),
                    "write a frequency such as 1.5 per year",
                );
                None
            }
            Ok(read) if read.a_year().is_some_and(|value| value.is_sign_negative()) => {
                self.fault(
                    Code::Cell,
                    place,
                    "a frequency is not below zero".into(),
                    "write how often it happens a year",
                );
                None
            }
            Ok(read) => {
                let chance = is_chance(&read);
                Some((Figure::Often(read, chance), place))
            }
            Err(fault) => {
                self.misread(fault, place, &FREQUENCY);
                None
            }
        }
    }

    pub(super) fn often_value(&self, figure: Figure<'_>, place: &Place) -> Value {
        match figure {
            Figure::Often(Often::Range(ends), _) => {
                let (low, high) = (often_text(&ends.0), often_text(&ends.1));
                Value::keys(vec![("low", low), ("high", high)], vec![place.clone()])
                    .ask("the cell is a range: it was taken to hold nine cases in ten")
            }
            Figure::Often(Often::Rate(rate), _) => Value::one(rate.counted_text(), place),
            Figure::Often(read, _) => Value::one(often_text(&read), place),
            Figure::Level(level) => self.level_value(level, place),
            Figure::Money(value) => Value::one(value.to_string(), place),
        }
    }
}
