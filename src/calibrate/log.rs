//! A log of incidents, whatever file it stands in: one event a row, or incident records.
//!
//! A row names at least the day of its event. Columns are found by their usual headings (English and
//! German) or named by the user. Whatever a cell says that cannot be read is a fault with its line.

use super::cell::{Amount, Moment, When, amount, moment, reading};
use super::table::Table;
use super::{fault, record};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::fit::Observation;
use crate::units::Currency;
use crate::units::reading::column::Style;

/// One incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Where it stands, such as `log.csv, line 5`.
    pub place: String,
    /// When it began.
    pub opened: Option<Moment>,
    /// When it was seen.
    pub detected: When,
    /// When it was stopped.
    pub contained: When,
    /// When the case was closed.
    pub closed: When,
    /// What it was.
    pub category: String,
    /// What it cost, in its own currency.
    pub amount: Amount,
    /// What came back.
    pub recovered: f64,
    /// The currency of the two.
    pub currency: String,
    /// Hours of standstill.
    pub outage: Option<Observation>,
    /// Hours from the beginning until it was seen, and until it was stopped, where a record tells them so.
    pub told_detection: Option<Observation>,
    /// See `told_detection`.
    pub told_containment: Option<Observation>,
}

impl Event {
    /// An event of which nothing is known but its place.
    #[must_use]
    pub fn at(place: String) -> Self {
        Self {
            place,
            opened: None,
            detected: When::Unknown,
            contained: When::Unknown,
            closed: When::Unknown,
            category: String::new(),
            amount: Amount::Unknown,
            recovered: 0.0,
            currency: String::new(),
            outage: None,
            told_detection: None,
            told_containment: None,
        }
    }
}

/// Which columns the user named.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The day of the event.
    pub date: Option<String>,
    /// What it cost.
    pub amount: Option<String>,
    /// What it was.
    pub category: Option<String>,
    /// How numbers are written.
    pub numbers: Option<Style>,
}

/// Incidents of one file or of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// The files' names.
    pub name: String,
    /// In the order of the file.
    pub events: Vec<Event>,
}

const OPENED: &[&str] = &[
    "opened",
    "occurred",
    "started",
    "start",
    "began",
    "date",
    "incident date",
    "eröffnet",
    "beginn",
    "datum",
    "eingetreten",
];
const DETECTED: &[&str] = &["detected", "discovered", "discovery", "seen", "entdeckt", "erkannt"];
const CONTAINED: &[&str] = &["contained", "containment", "stopped", "resolved", "eingedämmt", "behoben"];
const CLOSED: &[&str] = &["closed", "end", "ended", "geschlossen", "abgeschlossen"];
const CATEGORY: &[&str] = &["category", "type", "kind", "class", "incident type", "art", "kategorie", "typ"];
const AMOUNT: &[&str] =
    &["cost", "loss", "amount", "total cost", "gross loss", "impact", "schaden", "betrag", "kosten", "schadenhöhe"];
const RECOVERED: &[&str] = &["recovered", "recovery", "recoveries", "erstattet", "rückfluss"];
const CURRENCY: &[&str] = &["currency", "währung"];
const OUTAGE: &[&str] =
    &["outage hours", "downtime hours", "hours down", "downtime", "outage", "ausfall stunden", "ausfallstunden"];

/// Whether a sign or a code names this currency.
#[must_use]
pub fn names(sign: &str, code: &str) -> bool {
    sign == code || Currency::from_code(code).is_some_and(|currency| currency.is_written(sign))
}

impl Log {
    /// Reads one file: a table, or JSON with VERIS records or a DORA report.
    ///
    /// # Errors
    /// Every cell that cannot be read.
    pub fn read(name: &str, bytes: &[u8], columns: &Columns) -> Result<Self, Vec<Diagnostic>> {
        let begins = bytes.iter().find(|b| !b.is_ascii_whitespace() && **b != 0xef && **b != 0xbb && **b != 0xbf);
        if matches!(begins, Some(b'{' | b'[')) {
            return record::read(name, bytes);
        }
        let table = Table::read(name, bytes).map_err(|found| vec![found])?;
        Self::of_table(&table, columns)
    }

    /// Several files as one log.
    #[must_use]
    pub fn joined(logs: Vec<Self>) -> Self {
        let name = logs.iter().map(|log| log.name.as_str()).collect::<Vec<_>>().join(", ");
        Self { name, events: logs.into_iter().flat_map(|log| log.events).collect() }
    }

    /// Reads a table.
    ///
    /// # Errors
    /// Every cell that cannot be read.
    pub fn of_table(table: &Table, columns: &Columns) -> Result<Self, Vec<Diagnostic>> {
        let found = |named: &Option<String>, usual: &[&str]| match named {
            Some(name) => table.named(name).map(Some).map_err(|found| vec![found]),
            None => Ok(table.column(usual)),
        };
        let opened = found(&columns.date, OPENED)?;
        let Some(opened) = opened else {
            return Err(vec![fault(
                Code::Missing,
                format!("{} has no column with the day of each event", table.name),
                &[
                    &format!("columns: {}", table.headings.join(", ")),
                    "name it: `--date-column NAME`; usual headings are `opened`, `date`, `occurred`",
                ],
            )]);
        };
        let amounts = found(&columns.amount, AMOUNT)?;
        let category = found(&columns.category, CATEGORY)?;
        let (recovered, currency) = (table.column(RECOVERED), table.column(CURRENCY));
        let times = [DETECTED, CONTAINED, CLOSED].map(|usual| table.column(usual));
        let outage = table.column(OUTAGE);
        let reading_of = |column: Option<usize>| {
            reading(table.rows.iter().map(|(_, row)| table.cell(row, column)), columns.numbers, table.usual)
        };
        let (paid, back, hours) = (reading_of(amounts), reading_of(recovered), reading_of(outage));
        let mut faults = Vec::new();
        let mut events = Vec::new();
        for (line, row) in &table.rows {
            let place = format!("{}, line {line}", table.name);
            let mut event = Event::at(place.clone());
            let mut told = |problem: String, help: &str| {
                faults.push(fault(Code::BadQuantity, format!("{place}: {problem}"), &[help]));
            };
            const DAY: &str = "write the day as 2024-02-29, `never` where it has not come, or leave the cell empty";
            match moment(table.cell(row, Some(opened))) {
                Ok(When::At(at)) => event.opened = Some(at),
                Ok(_) => told(format!("\"{}\" is empty", table.headings[opened]), "each event needs its day"),
                Err(problem) => told(problem, DAY),
            }
            let slots = [&mut event.detected, &mut event.contained, &mut event.closed];
            for (slot, column) in slots.into_iter().zip(times) {
                match moment(table.cell(row, column)) {
                    Ok(when) => *slot = when,
                    Err(problem) => told(problem, DAY),
                }
            }
            const AMOUNTS: &str =
                "write an amount (`18,400`), an open one (`> 250,000`), a band (`10k to 50k`), or leave the cell empty";
            const STYLE: &str = "say how numbers are written: `--numbers 1,234.5`, or `--numbers 1.234,5`";
            let help = |problem: &str, usual: &'static str| if problem.contains("two ways") { STYLE } else { usual };
            event.currency = table.cell(row, currency).to_uppercase();
            let mut priced =
                |column: Option<usize>, reading, usual: &'static str| match amount(table.cell(row, column), reading) {
                    Ok(found) if found.is_share => {
                        told(format!("\"{}\" is a percentage", table.cell(row, column)), usual);
                        None
                    }
                    Ok(found) => {
                        match found.currency {
                            Some(sign) if event.currency.is_empty() => event.currency = sign,
                            Some(sign) if !names(&sign, &event.currency) => told(
                                format!(
                                    "\"{}\" is in {sign}, and the row in {}",
                                    table.cell(row, column),
                                    event.currency
                                ),
                                "write one currency in a row",
                            ),
                            _ => {}
                        }
                        Some(found.amount)
                    }
                    Err(problem) => {
                        told(problem.clone(), help(&problem, usual));
                        None
                    }
                };
            event.amount = priced(amounts, paid, AMOUNTS).unwrap_or(Amount::Unknown);
            match priced(recovered, back, "write the amount, or leave the cell empty") {
                Some(Amount::Known(Observation::Exact(x))) if x >= 0.0 => event.recovered = x,
                Some(Amount::Known(_)) => told(
                    format!("\"{}\" is no recovered amount", table.cell(row, recovered)),
                    "write the amount, or leave the cell empty",
                ),
                Some(Amount::Unknown) | None => {}
            }
            const HOURS: &str = "write hours of standstill, such as `36` or `> 48`";
            match amount(table.cell(row, outage), hours) {
                Ok(found) if found.currency.is_some() || found.is_share => {
                    told(format!("\"{}\" is no number of hours", table.cell(row, outage)), HOURS);
                }
                Ok(found) => {
                    event.outage = match found.amount {
                        Amount::Known(seen) => Some(seen),
                        Amount::Unknown => None,
                    }
                }
                Err(problem) => told(problem.clone(), help(&problem, HOURS)),
            }
            event.category = table.cell(row, category).to_owned();
            events.push(event);
        }
        if faults.is_empty() { Ok(Self { name: table.name.clone(), events }) } else { Err(faults) }
    }

    /// Only the events of one category; the words are compared without regard to case.
    ///
    /// # Errors
    /// No event has it; the categories are listed.
    pub fn of_category(mut self, category: &str) -> Result<Self, Diagnostic> {
        let key = |text: &str| text.trim().to_lowercase();
        let mut known: Vec<String> = self.events.iter().map(|event| event.category.clone()).collect();
        known.sort();
        known.dedup();
        known.retain(|category| !category.is_empty());
        self.events.retain(|event| key(&event.category) == key(category));
        if self.events.is_empty() && !known.iter().any(|other| key(other) == key(category)) {
            return Err(fault(
                Code::UnknownWord,
                format!("{} has no event of the category \"{category}\"", self.name),
                &[
                    &format!("categories: {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") }),
                    "an empty count is possible too: `--none` counts no event at all in the period",
                ],
            ));
        }
        Ok(self)
    }
}
