//! What does an event cost? One amount, a range in one cell or in several columns, or a score.

use rust_decimal::Decimal;

use super::ends::has_no_place;
use super::{Factor, Register};
use crate::import::draft::Value;
use crate::import::grid::Row;
use crate::import::heading::{Phase, Role};
use crate::import::number::{Amount, Misread, currency, heading_unit, is_blank_cell, range};
use crate::import::place::{Code, Finding, Place, shortened};
use crate::import::span::{Span, span};
use crate::import::table::{Column, is_date};
use crate::units::Currency;
use crate::units::reading::column::has_doubtful_unit;

/// Whether two names are of one currency: `$` and `USD`.
fn is_same(one: &str, other: &str) -> bool {
    let is = |code: &str, sign: &str| Currency::from_code(code).is_some_and(|code| code.is_written(sign));
    one == other || is(one, other) || is(other, one)
}

/// What a cell should hold, as faults name it, and what to write in its place.
pub(super) struct Wanted {
    what: &'static str,
    example: &'static str,
    /// What to write where one end is left open.
    open: &'static str,
}

const OPEN_AMOUNT: &str = "write both ends of the range, the lower one above zero, such as 1k - 5k";
const AMOUNT: Wanted = Wanted { what: "an amount", example: "an amount such as 250000 or 1.2M", open: OPEN_AMOUNT };
const ENDS: Wanted = Wanted {
    what: "a range of amounts",
    example: "both ends as amounts with their units, the lower one first",
    open: OPEN_AMOUNT,
};
/// How often.
pub(super) const FREQUENCY: Wanted = Wanted {
    what: "a frequency",
    example: "a frequency such as \"1 in 8 years\" or \"2 per year\"",
    open: "write both ends of the range, such as \"every 10-20 years\" or \"2-3 per year\"",
};
/// By how much.
pub(super) const PERCENTAGE: Wanted = Wanted {
    what: "a percentage",
    example: "a percentage such as 70%",
    open: "write one percentage, such as 70%: the part that the measure takes off on average",
};

impl Register<'_, '_> {
    /// An amount of a column; nothing where the cell is blank or a fault was told.
    pub(super) fn money(&mut self, row: &Row, column: &Column) -> Result<Option<Amount>, ()> {
        let place = self.table.place(row, column);
        if is_blank_cell(&place.text) {
            return Ok(None);
        }
        let (unit, counted) = self.terms(row, column)?;
        let cell = row.cells.get(column.index);
        let divided_by = cell.and_then(|cell| cell.divided_by);
        let read = match cell.and_then(|cell| cell.number) {
            Some(value) => Ok(Amount::plain(value, cell.is_some_and(|cell| cell.percent))),
            None => column.reading.amount(&place.text, true),
        };
        match read {
            Ok(mut found) => {
                if found.percent {
                    self.fault(Code::Cell, place, "a percentage is no amount".into(), "write an amount of money");
                    return Err(());
                }
                self.in_currency(found.currency.as_deref(), counted.as_deref(), column, &place)?;
                if let (Some(unit), Some(by)) = (unit, divided_by.filter(|by| unit.is_some_and(|unit| unit != *by))) {
                    let times = found.value.checked_mul(unit).unwrap_or(found.value);
                    let message = format!(
                        "the workbook shows the number divided by {by}, the heading counts in {unit}: {} or {times}",
                        found.value
                    );
                    self.fault(Code::TwoReadings, place, message, "show the number as the heading counts");
                    return Err(());
                }
                // Shown in thousands under a heading of thousands, it holds the whole amount.
                let unit = unit.filter(|_| divided_by.is_none());
                if let Some(unit) = unit.filter(|_| !found.scaled && found.currency.is_some()) {
                    // "€ 50,000" under a heading of thousands.
                    let times = found.value.checked_mul(unit).unwrap_or(found.value);
                    let message = format!(
                        "the heading counts in {unit}, the cell names its currency: {} or {times}",
                        found.value
                    );
                    let cure =
                        "write the bare number of the heading's unit, or the amount with its own unit, such as 50k";
                    self.fault(Code::TwoReadings, place, message, cure);
                    return Err(());
                }
                if let Some(unit) = unit.filter(|_| !found.scaled) {
                    found.value = found.value.checked_mul(unit).unwrap_or(found.value);
                }
                found.value = found.value.normalize();
                Ok(Some(found))
            }
            Err(fault) => {
                self.misread(fault, place, &AMOUNT);
                Err(())
            }
        }
    }

    /// The multiple and the currency of the bare numbers of a column in a row: by its heading, by other columns of the
    /// row, else by a line outside of the table.
    fn terms(&mut self, row: &Row, column: &Column) -> Result<(Option<Decimal>, Option<String>), ()> {
        let own = column.unit.clone();
        let is_bare = row.cells.get(column.index).is_some_and(|cell| {
            cell.number.is_some()
                || cell.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | ' '))
        });
        let of_row = self.of_row(row, is_bare && own == (None, None))?;
        let said = if own == (None, None) { self.table.counts.clone() } else { (None, None) };
        Ok((own.0.or(of_row.0).or(said.0), own.1.or(of_row.1).or(said.1)))
    }

    /// Whether an amount is in the currency of the case, by its cell and by what its column says; a fault was told where
    /// it is not.
    fn in_currency(
        &mut self,
        written: Option<&str>,
        counted: Option<&str>,
        column: &Column,
        place: &Place,
    ) -> Result<(), ()> {
        if let Some(written) = written.or(counted)
            && let Some(currency) = self.currency.filter(|currency| !currency.is_written(written))
        {
            let message = format!("the amount is in {written}, the case in {currency}");
            self.fault(Code::Currency, place.clone(), message, &format!("write the amount in {currency}"));
            return Err(());
        }
        if let (Some(written), Some(counted)) = (written, counted)
            && !is_same(written, counted)
        {
            let message = format!("the cell is in {written}, its column in {counted}");
            self.fault(Code::Currency, place.clone(), message, "write the amount in the currency of the column");
            return Err(());
        }
        if written.is_none() && counted.is_none() && column.currencies.len() > 1 {
            let message =
                format!("the column has amounts in {}, and this cell names none", column.currencies.join(" and "));
            self.fault(Code::Currency, place.clone(), message, "write the currency into the cell");
            return Err(());
        }
        Ok(())
    }

    /// The multiple and the currency that columns of the table name for the amounts of a row; where an amount is bare, a
    /// row that names none among others that do is a fault.
    fn of_row(&mut self, row: &Row, is_bare: bool) -> Result<(Option<Decimal>, Option<String>), ()> {
        let table = self.table;
        let mut said = (None, None);
        for role in [Role::Unit, Role::Currency] {
            let Some(column) = table.of(role, &[Phase::Unsaid]).next() else { continue };
            let place = self.merged_place(row, column);
            if is_blank_cell(&place.text) {
                let is_said = |other: &&Row| !is_blank_cell(other.text(column.index));
                if is_bare && table.rows.iter().any(is_said) {
                    let message = "other rows say what their amounts are counted in, this one does not".to_owned();
                    self.fault(Code::Cell, place, message, "write a currency such as EUR, or a unit such as k€");
                    return Err(());
                }
                continue;
            }
            // "per month" is said of the frequency.
            if span(&place.text) != Span::Unsaid {
                continue;
            }
            let (unit, money) = heading_unit(&place.text);
            let money = money.or_else(|| currency(&place.text.to_uppercase()));
            if unit.is_none() && money.is_none() {
                let cure = "write a currency such as EUR, or a unit such as k€";
                self.fault(Code::Cell, place, "the amounts of the row are counted in something unknown".into(), cure);
                return Err(());
            }
            said = (said.0.or(unit), money.or(said.1));
        }
        Ok(said)
    }

    pub(super) fn misread(&mut self, fault: Misread, place: Place, wanted: &Wanted) {
        let Wanted { what, example, open } = wanted;
        let (code, message, cure) = match fault {
            Misread::TwoReadings(a, b) if has_doubtful_unit(&place.text) => (
                Code::TwoReadings,
                format!("the unit has two readings: {a} or {b}"),
                "write k for thousands, or the number in full".to_owned(),
            ),
            Misread::TwoReadings(a, b) => (
                Code::TwoReadings,
                format!("the number has two readings: {a} or {b}"),
                "say how numbers are written, with `numbers = \"1.234,5\"` or `\"1,234.5\"` in the mapping or --numbers".to_owned(),
            ),
            Misread::OtherStyle => (
                Code::Cell,
                "the number is written in another style than its column".to_owned(),
                "write it as the other cells of the column".to_owned(),
            ),
            Misread::TooLarge => (Code::Cell, "the number is too large".to_owned(), format!("write {example}")),
            Misread::Strange(word) if place.text.starts_with('=') => {
                let _ = word;
                (Code::Cell, "the cell is a formula, not its result".to_owned(), format!("write {example}"))
            }
            Misread::Strange(word) if matches!(word.as_str(), ">" | "<" | "≥" | "≤") => (
                Code::Cell,
                format!("\"{word}\" leaves one end open"),
                (*open).to_owned(),
            ),
            Misread::Strange(word) => {
                (Code::Cell, format!("\"{}\" cannot be read", shortened(&word)), format!("write {example}"))
            }
            Misread::Blank | Misread::NotANumber => {
                (Code::Cell, format!("this cannot be read as {what}"), format!("write {example}"))
            }
        };
        self.fault(code, place, message, &cure);
    }

    /// The loss of an event; an error where the row is refused.
    pub(super) fn loss(&mut self, row: &Row, phases: &[Phase]) -> Result<Option<Value>, ()> {
        let table = self.table;
        let one = |role: Role| table.of(role, &[Phase::Unsaid]).next();
        let ranges = [Role::LossMin, Role::LossLow, Role::LossLikely, Role::LossMax, Role::LossHigh].map(one);
        // A column that only says "loss" between the least and the most is the most likely, unless somebody objects.
        let between =
            table.of(Role::Loss, phases).find(|column| !column.scored && !is_blank_cell(row.text(column.index)));
        let is_guess = ranges[0].is_some() && ranges[2].is_none() && ranges[3].is_some() && between.is_some();
        // Where the ends of a row are empty, its plain loss is all that it says.
        let is_empty = |column: &Column| is_blank_cell(row.text(column.index));
        let points = [Role::LossP10, Role::LossP50, Role::LossP90].map(one);
        let is_plain = between.is_some() && ranges.iter().chain(&points).flatten().all(|column| is_empty(column));
        let is_range = phases != [Phase::After] && !is_plain;
        if is_range && ranges.iter().flatten().count() >= 2 {
            let taken = if is_guess { [ranges[0], ranges[1], between, ranges[3], ranges[4]] } else { ranges };
            let question = "is the loss beside the least and the most the most likely one? It was taken so";
            let value = self.range(row, taken).map(|value| if is_guess { value.ask(question) } else { value });
            let value = value.map(|value| self.without_points(row, value));
            return Ok(value.map(|value| self.beside_range(row, value, between.filter(|_| !is_guess))));
        }
        if is_range && let Some(value) = self.loss_points(row) {
            return Ok(Some(self.beside_range(row, value, between)));
        }
        let losses: Vec<&Column> = table.of(Role::Loss, phases).collect();
        let likely = ranges[2].filter(|_| phases != [Phase::After]);
        let column = losses.iter().find(|column| !column.scored).copied().or(likely).or(losses.first().copied());
        let Some(column) = column else { return Ok(None) };
        let place = table.place(row, column);
        if column.scored {
            if is_blank_cell(&place.text) {
                return Ok(None);
            }
            let level = self.level(Factor::Impact, column, place);
            return Ok(level.map(|(level, place)| self.level_value(level, &place)));
        }
        if is_date(&place.text) && row.cells.get(column.index).is_some_and(|cell| cell.number.is_none()) {
            self.fault(Code::Cell, place, "the cell is a day".into(), "write an amount such as 250000 or 1.2M");
            return Ok(None);
        }
        if let Some((low, high)) = range(&place.text).filter(|_| column.reading.amount(&place.text, true).is_err()) {
            let ends = (column.reading.amount(&low, true), column.reading.amount(&high, true));
            let (low, high) = match ends {
                (Ok(low), Ok(high)) => (low, high),
                (Err(why), _) | (_, Err(why)) => {
                    self.misread(why, place, &ENDS);
                    return Ok(None);
                }
            };
            if low.percent || high.percent {
                self.fault(
                    Code::Cell,
                    place,
                    "a percentage is no amount".into(),
                    "write both ends as amounts of money",
                );
                return Ok(None);
            }
            if low.value.is_zero() && high.value > Decimal::ZERO {
                self.fault(
                    Code::Cell,
                    place,
                    "the lower end of a range that holds nine cases in ten is above zero".into(),
                    "write the least that one case in twenty costs, such as 1k - 5k; no loss at all belongs in the frequency",
                );
                return Ok(None);
            }
            if low.scaled != high.scaled || low.value >= high.value || low.value <= Decimal::ZERO {
                self.misread(Misread::NotANumber, place, &ENDS);
                return Ok(None);
            }
            let Ok((unit, counted)) = self.terms(row, column) else { return Ok(None) };
            for end in [&low, &high] {
                let named = end.currency.as_deref().or(high.currency.as_deref()).or(low.currency.as_deref());
                if self.in_currency(named, counted.as_deref(), column, &place).is_err() {
                    return Ok(None);
                }
            }
            let unit = unit.filter(|_| !low.scaled).unwrap_or(Decimal::ONE);
            let text = |value: Decimal| value.checked_mul(unit).unwrap_or(value).normalize().to_string();
            let keys = vec![("low", text(low.value)), ("high", text(high.value))];
            return Ok(Some(
                Value::keys(keys, vec![place]).ask("the cell is a range: it was taken to hold nine cases in ten"),
            ));
        }
        match self.money(row, column) {
            Ok(Some(found)) if found.value.is_sign_negative() => {
                let message = format!(
                    "an amount below zero is a gain ({}): rosi counts losses, so the row is left out",
                    found.value
                );
                self.fault(
                    Code::Gain,
                    place,
                    message,
                    "write losses without the minus; take the chance of a gain into a business case of its own",
                );
                Err(())
            }
            Ok(Some(found)) => {
                let value = Value::one(found.value.to_string(), &place);
                Ok(Some(if found.a_year.is_some() {
                    value.ask("the cell states an amount for a time: is this what one event costs?")
                } else if column.span != Span::Unsaid {
                    value.ask("the heading states an amount for a time: is this what one event costs?")
                } else {
                    value
                }))
            }
            Ok(None) | Err(()) => Ok(None),
        }
    }

    /// A range of its two ends, and the question about points between them that have no place beside these.
    fn without_points(&mut self, row: &Row, value: Value) -> Value {
        let points = [Role::LossP10, Role::LossP50, Role::LossP90];
        let columns = points.iter().filter_map(|role| self.table.of(*role, &[Phase::Unsaid]).next());
        let Some(place) = columns.map(|column| self.table.place(row, column)).find(|place| !is_blank_cell(&place.text))
        else {
            return value;
        };
        if value.asked.is_some() { value } else { value.ask(has_no_place(&place)) }
    }

    /// A range, and the question about a plain loss beside it that has no place there.
    fn beside_range(&self, row: &Row, value: Value, plain: Option<&Column>) -> Value {
        let is_inherent = |column: &Column| column.meaning.is_some_and(|meaning| meaning.phase == Phase::Inherent);
        match plain.filter(|column| value.asked.is_none() && !is_inherent(column)) {
            Some(column) => value.ask(has_no_place(&self.table.place(row, column))),
            None => value,
        }
    }

    /// A range of several columns: least and most, with or without the most likely.
    fn range(&mut self, row: &Row, columns: [Option<&Column>; 5]) -> Option<Value> {
        let table = self.table;
        let mut read = [None, None, None, None, None];
        for (at, column) in columns.iter().enumerate() {
            let Some(column) = column else { continue };
            match self.money(row, column) {
                Ok(found) => read[at] = found.map(|found| (found.value, table.place(row, column))),
                Err(()) => return None,
            }
        }
        // Beside the points of nine cases in ten, the least and the most have no place.
        let is_double = [1, 4].into_iter().all(|at| read[at].is_some()) && (read[0].is_some() || read[3].is_some());
        let aside = if is_double { [read[0].take(), read[3].take()].into_iter().flatten().next() } else { None };
        let columns = if is_double { [None, columns[1], columns[2], None, columns[4]] } else { columns };
        let [min, low, likely, max, high] = &read;
        let missing =
            |column: Option<&Column>, found: &Option<(Decimal, Place)>| column.filter(|_| found.is_none()).is_some();
        let empty = read.iter().all(Option::is_none);
        if empty {
            return None;
        }
        if let Some(column) =
            columns.iter().zip(&read).find_map(|(column, found)| column.filter(|_| missing(*column, found)))
        {
            let present: Vec<String> = read.iter().flatten().map(|(value, _)| value.to_string()).collect();
            let place = table.place(row, column);
            self.fault(
                Code::Row,
                place,
                format!(
                    "this end of the range is missing beside {}: the loss stands as an example",
                    present.join(" and ")
                ),
                "write the missing amount",
            );
            return None;
        }
        if [min, low].into_iter().all(Option::is_none) || [max, high].into_iter().all(Option::is_none) {
            let place = read.iter().flatten().next().map(|(_, place)| place.clone()).unwrap_or_default();
            self.fault(Code::Row, place, "one end of the range has no column".into(), "add the least and the most");
            return None;
        }
        let values: Vec<Decimal> =
            [min, low, likely, high, max].into_iter().flatten().map(|(value, _)| *value).collect();
        let places: Vec<Place> = read.iter().flatten().map(|(_, place)| place.clone()).collect();
        if !values.is_sorted() || values.iter().any(Decimal::is_sign_negative) {
            let place = places.first().cloned().unwrap_or_default();
            self.fault(
                Code::Row,
                place,
                "the amounts of the range do not rise from least to most".into(),
                "put them in order",
            );
            return None;
        }
        if values.first() == values.last() {
            return places.first().map(|place| Value::one(values[0].to_string(), place));
        }
        let text = |found: &Option<(Decimal, Place)>| found.as_ref().map(|(value, _)| value.to_string());
        let (ends, likely) = (text(min).or(text(low)).zip(text(max).or(text(high))), text(likely));
        match (ends, likely) {
            (Some((from, to)), Some(likely)) if low.is_none() && high.is_none() => {
                Some(Value::keys(vec![("min", from), ("likely", likely), ("max", to)], places))
            }
            (Some((from, to)), likely) => {
                if from == "0" {
                    self.fault(
                        Code::Row,
                        places[0].clone(),
                        "the lower end of a range that holds nine cases in ten is above zero".into(),
                        "write the least that one case in twenty costs, or add a column with the most likely amount",
                    );
                    return None;
                }
                let value = Value::keys(vec![("low", from), ("high", to)], places);
                Some(match (likely, aside) {
                    (_, Some((_, place))) => value.ask(has_no_place(&place)),
                    (Some(likely), None) => value.ask(format!(
                        "the source also states {likely} as the most likely, which has no place beside the two ends: does the range fit it?"
                    )),
                    (None, None) if low.is_some() && high.is_some() => value,
                    (None, None) if low.is_some() || high.is_some() => value.ask(
                        "one end is the least or the most, the other is not: they were taken as the ends of nine cases in ten",
                    ),
                    (None, None) => value.ask(
                        "only the least and the most are stated: they were taken as the ends of nine cases in ten",
                    ),
                })
            }
            (None, _) => None,
        }
    }

    /// Tells of a column with one end of a range where the other has none: it is not used.
    pub(super) fn lone_end(&mut self) {
        let ends = [[Role::LossMin, Role::LossLow], [Role::LossMax, Role::LossHigh]]
            .map(|roles| roles.into_iter().find_map(|role| self.table.of(role, &[Phase::Unsaid]).next()));
        let ([Some(column), None] | [None, Some(column)]) = ends else { return };
        if self.table.of(Role::LossLikely, &[Phase::Unsaid]).next().is_none() {
            let place = self.table.heading_place(column);
            let message = "the other end of the range has no column: this one was not used. What is it?";
            self.draft.findings.push(Finding::question(Some(place), message));
        }
    }
}
