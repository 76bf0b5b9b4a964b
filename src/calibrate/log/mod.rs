//! A log of incidents, whatever file it stands in: one event a row, or incident records.
//!
//! A row names at least the day of its event. Columns are found by their usual headings (English and
//! German) or named by the user; titles above them are left out. Whatever a cell says that cannot be read is a fault
//! with its line.

use std::collections::BTreeMap;

use super::cell::{self, Amount, amount, reading};
use super::moment::{Moment, When, day_part, moment};
use super::remark::{Place, Remark, Row};
use super::table::Table;
use super::workbook::Sheet;
use super::{fault, record};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::fit::Observation;
use crate::units::reading::beside::{self, is_unit_of_money};
use crate::units::reading::column::{self, Style};
use crate::units::reading::heading::{doubtful_unit, heading_hours, heading_unit};
use crate::units::reading::{DayOrder, Undated, day};
use crate::units::{Currency, Figure};

/// One incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Where it stands.
    pub place: Place,
    /// What its incident record calls it.
    pub record: Option<String>,
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
    pub fn at(place: Place) -> Self {
        Self {
            place,
            record: None,
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
    /// How days are written.
    pub dates: Option<DayOrder>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// That there is no event at all is known.
    pub may_be_empty: bool,
    /// What is asked of the log.
    pub asked: Wanted,
}

/// What is asked of a log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// All of it, amounts too.
    #[default]
    All,
    /// How long things lasted: amounts are not read.
    Lengths,
    /// How many there were, and when: amounts are not read, and a row may stand for several events.
    Counts,
}

/// Incidents of one file or of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// The files' names.
    pub name: String,
    /// In the order of the file.
    pub events: Vec<Event>,
    /// How the file was read where it could be read otherwise.
    pub told: Vec<Remark>,
    /// The headings, where none of them was taken for what the events cost, or for how long they lasted.
    pub without: Without,
}

/// The headings of a log in which none was taken for what is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Without {
    /// None for what an event cost.
    pub amounts: Option<String>,
    /// None for the hours of standstill.
    pub outage: Option<String>,
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
    &["total cost", "gross loss", "cost", "loss", "amount", "impact", "schaden", "betrag", "kosten", "schadenhöhe"];
const RECOVERED: &[&str] = &["recovered", "recovery", "recoveries", "erstattet", "rückfluss"];
const ID: &[&str] = &[
    "id",
    "no",
    "nr",
    "number",
    "ticket",
    "case",
    "case id",
    "incident",
    "incident id",
    "incident number",
    "incident no",
    "vorfall",
    "vorfallsnummer",
    "nummer",
];
const STATUS: &[&str] = &["status", "state", "resolution", "outcome", "stand", "ergebnis"];
/// What a status calls a row that is no event, or none of its own.
const NO_EVENT: &[&str] = &[
    "false positive",
    "false alarm",
    "false-positive",
    "duplicate",
    "no incident",
    "not an incident",
    "rejected",
    "cancelled",
    "invalid",
    "fehlalarm",
    "duplikat",
    "dublette",
    "kein vorfall",
    "abgelehnt",
    "verworfen",
];
const COUNT: &[&str] = &[
    "count",
    "number of events",
    "number of incidents",
    "events",
    "incidents",
    "occurrences",
    "quantity",
    "anzahl",
    "anzahl vorfälle",
    "anzahl ereignisse",
    "vorfälle",
    "ereignisse",
    "fälle",
];
const OUTAGE: &[&str] =
    &["outage hours", "downtime hours", "hours down", "downtime", "outage", "ausfall stunden", "ausfallstunden"];

/// Whether a sign or a code names this currency.
#[must_use]
pub fn names(sign: &str, code: &str) -> bool {
    sign == code || Currency::from_code(code).is_some_and(|currency| currency.is_written(sign))
}

impl Log {
    /// Reads one file: a table (a text or a workbook), or JSON with VERIS records or a DORA report.
    ///
    /// # Errors
    /// Every cell that cannot be read.
    pub fn read(name: &str, bytes: &[u8], columns: &Columns) -> Result<Self, Vec<Diagnostic>> {
        let begins = bytes.iter().find(|b| !b.is_ascii_whitespace() && **b != 0xef && **b != 0xbb && **b != 0xbf);
        if matches!(begins, Some(b'{' | b'[')) {
            return record::read(name, bytes);
        }
        let sheet = columns.sheet.as_deref().map_or(Sheet::Fullest, Sheet::Named);
        let table = Table::read(name, bytes, sheet).map_err(|found| vec![found])?;
        let table = if columns.may_be_empty { table } else { table.filled().map_err(|found| vec![found])? };
        Self::of_table(&table, columns)
    }

    /// Several files as one log.
    ///
    /// # Errors
    /// Several records of one incident.
    pub fn joined(logs: Vec<Self>) -> Result<Self, Vec<Diagnostic>> {
        let name = logs.iter().map(|log| log.name.as_str()).collect::<Vec<_>>().join(", ");
        let mut joined = Self { name, events: Vec::new(), told: Vec::new(), without: Without::default() };
        for log in logs {
            joined.events.extend(log.events);
            joined.told.extend(log.told);
            joined.without.amounts = joined.without.amounts.or(log.without.amounts);
            joined.without.outage = joined.without.outage.or(log.without.outage);
        }
        let faults = record::told_twice(&joined.events);
        if faults.is_empty() { Ok(joined) } else { Err(faults) }
    }

    /// Reads a table.
    ///
    /// # Errors
    /// Every cell that cannot be read.
    pub fn of_table(table: &Table, columns: &Columns) -> Result<Self, Vec<Diagnostic>> {
        let date = columns.date.as_deref();
        let table = &table.clone().headed_by(&date.map_or_else(|| OPENED.to_vec(), |name| vec![name]));
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
        if columns.amount.is_none() && columns.asked == Wanted::All {
            one_amount(table).map_err(|found| vec![found])?;
        }
        let currencies: Vec<&str> = beside::CURRENCIES.split('|').collect();
        let asked = |column: Option<usize>| column.filter(|_| columns.asked == Wanted::All);
        let amounts = match &columns.amount {
            Some(name) => Some(table.named(name).map_err(|found| vec![found])?),
            None => table.amounts(AMOUNT).first().copied(),
        };
        let amounts = asked(amounts);
        let category = found(&columns.category, CATEGORY)?;
        let (recovered, currency) = (asked(table.amounts(RECOVERED).first().copied()), table.column(&currencies));
        let times = [DETECTED, CONTAINED, CLOSED].map(|usual| table.column(usual));
        let lengths = table.lengths(OUTAGE);
        if let ([_, _, ..], Wanted::Lengths) = (&lengths[..], columns.asked) {
            let names: Vec<&str> = lengths.iter().map(|(column, _)| table.headings[*column].as_str()).collect();
            let message = format!("{}: several columns could hold the standstill: {}", table.name, names.join(", "));
            return Err(vec![fault(Code::Contradiction, message, &["rename all but one of them"])]);
        }
        let (outage, status) = (lengths.first().map(|(column, _)| *column), table.column(STATUS));
        let moments: Vec<usize> = times.into_iter().flatten().chain([opened]).collect();
        let taken: Vec<Option<usize>> = moments
            .iter()
            .map(|column| Some(*column))
            .chain([amounts, category, recovered, currency, outage, table.column(ID)])
            .collect();
        let unit = table.units(&taken).first().copied().filter(|_| columns.asked != Wanted::Counts);
        let (order, mut remarks) = days(table, &moments, columns.dates);
        remarks.extend(repeated(table));
        remarks.extend(table.told.iter().cloned());
        let reading_of = |column: Option<usize>| {
            reading(table.rows.iter().map(|(_, row)| table.cell(row, column)), columns.numbers, table.usual)
        };
        let counted = |column: Option<usize>| {
            let (unit, money) = column.map(|column| heading_unit(&table.headings[column])).unwrap_or_default();
            (unit.map(|unit| Figure::exact(unit).to_f64()), money)
        };
        let headed = counted(amounts).1.or(counted(recovered).1);
        let (paid, back, hours) = (reading_of(amounts), reading_of(recovered), reading_of(outage));
        let mut faults = table.wider();
        faults.extend(against(table, &moments, columns.dates));
        for heading in [amounts, recovered].into_iter().flatten().map(|column| &table.headings[column]) {
            if let Some(unit) = doubtful_unit(heading).filter(|_| columns.asked != Wanted::Counts) {
                faults.push(fault(
                    Code::BadQuantity,
                    format!("{}: \"{unit}\" in the heading \"{heading}\" may be a multiple", table.name),
                    &["write it out in the heading, such as `Cost (thousand EUR)`"],
                ));
            }
        }
        if let (Some(line), Some(column)) = (&table.aside, amounts.filter(|column| counted(Some(*column)).0.is_none()))
        {
            let heading = &table.headings[column];
            faults.push(fault(
                Code::BadQuantity,
                format!(
                    "{}: \"{line}\" stands beside the table, and its heading \"{heading}\" names no unit",
                    table.name
                ),
                &[&format!("write the unit into the heading, such as `{heading} (k€)`, and take the line out")],
            ));
        }
        let headings = |column: Option<usize>| column.is_none().then(|| table.headings.join(", "));
        let without = Without { amounts: headings(amounts), outage: headings(outage) };
        let (mut events, mut several) = (Vec::new(), 0);
        for (line, row) in &table.rows {
            let place = Place { file: table.name.clone(), row: Row::Line(*line) };
            let mut event = Event::at(place.clone());
            let mut told = |problem: String, help: &str| {
                faults.push(fault(Code::BadQuantity, format!("{place}: {problem}"), &[help]));
            };
            const ORDER: &str = "say what stands first: `--dates 31/12/2026`, or `--dates 12/31/2026`";
            const DAY: &str = "write the day as 2024-02-29, `never` where it has not come, or leave the cell empty";
            let day_help = |problem: &str| if problem.contains("two ways") { ORDER } else { DAY };
            let first = row.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str);
            if column::is_total(first) {
                told("the row adds up others: it is no event".to_owned(), "take the row out of the log");
                continue;
            }
            let written = table.cell(row, table.column(COUNT));
            let many = stands_for(written, columns.asked).unwrap_or_else(|(problem, help)| {
                told(problem, help);
                1
            });
            match moment(table.cell(row, Some(opened)), order) {
                Ok(When::At(at)) => event.opened = Some(at),
                Ok(_) => told(format!("\"{}\" is empty", table.headings[opened]), "each event needs its day"),
                Err(problem) => told(problem.clone(), day_help(&problem)),
            }
            let slots = [&mut event.detected, &mut event.contained, &mut event.closed];
            for (slot, column) in slots.into_iter().zip(times) {
                match moment(table.cell(row, column), order) {
                    Ok(when) => *slot = when,
                    Err(problem) => told(problem.clone(), day_help(&problem)),
                }
            }
            const AMOUNTS: &str =
                "write an amount (`18,400`), an open one (`> 250,000`), a band (`10k to 50k`), or leave the cell empty";
            const STYLE: &str = "say how numbers are written: `--numbers 1,234.5`, or `--numbers 1.234,5`";
            let help = |problem: &str, usual: &'static str| if problem.contains("two ways") { STYLE } else { usual };
            event.currency = match table.cell(row, currency) {
                "" => headed.clone().unwrap_or_default(),
                word => word.to_uppercase(),
            };
            let one = table.cell(row, unit);
            let of_money = if is_unit_of_money(one) { one } else { "" };
            let mut priced = |column: Option<usize>, reading, usual: &'static str| {
                let text = beside::counted(table.cell(row, column), of_money);
                match amount(&text, reading).and_then(|found| found.counted_in(counted(column).0, &text)) {
                    Ok(found) if found.is_share => {
                        told(format!("\"{text}\" is a percentage"), usual);
                        None
                    }
                    Ok(found) => {
                        match found.currency {
                            Some(sign) if event.currency.is_empty() => event.currency = sign,
                            Some(sign) if !names(&sign, &event.currency) => told(
                                format!("\"{text}\" is in {sign}, and the row in {}", event.currency),
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
            let lasted = table.cell(row, outage);
            let counts = lengths.first().map(|(_, hours)| *hours).filter(|hours| *hours != 1.0);
            match cell::lasted(lasted, hours, counts) {
                // `45m` are minutes to some, months to others, and never millions of hours.
                Ok(found) if found.currency.is_some() || found.has_unit => {
                    told(format!("\"{lasted}\" is no number of hours"), HOURS);
                }
                Ok(found) => {
                    event.outage = match found.amount {
                        Amount::Known(seen) => Some(seen),
                        Amount::Unknown => None,
                    }
                }
                Err(problem) => told(problem.clone(), help(&problem, HOURS)),
            }
            let is_of_other = !one.is_empty() && of_money.is_empty();
            if is_of_other && event.outage.is_some() && (heading_hours(one) != Some(1.into()) || counts.is_some()) {
                told(format!("the length counts in \"{one}\""), HOURS);
            } else if is_of_other && event.outage.is_none() && event.amount != Amount::Unknown {
                told(
                    format!("the amount counts in \"{one}\", which is no currency and no multiple of one"),
                    "write it there as k€ or USD, or take the column out",
                );
            }
            let status = table.cell(row, status);
            if NO_EVENT.contains(&status.to_lowercase().as_str()) {
                told(
                    format!("its status is \"{status}\": it is no event of its own"),
                    "take the row out of the log, or mend its status",
                );
            }
            event.category = table.cell(row, category).to_owned();
            several += usize::from(many > 1);
            if events.len() + many > MOST_EVENTS {
                faults.push(fault(
                    Code::TooLarge,
                    format!("{place}: with its {many} events the log holds more than {MOST_EVENTS}"),
                    &["count a shorter period, or mend the count of the row"],
                ));
                break;
            }
            events.extend(std::iter::repeat_n(event, many));
        }
        if several > 0 {
            remarks.push(Remark::Several { file: table.name.clone(), rows: several, events: events.len() });
        }
        if faults.is_empty() {
            Ok(Self { name: table.name.clone(), events, told: remarks, without })
        } else {
            Err(faults)
        }
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

/// The most events that a log may come to, so that a slip in a count fills no memory.
const MOST_EVENTS: usize = 1_000_000;

/// How many events a row stands for. Where amounts or lengths are asked for, one is said of all of them, and which part
/// is whose is not known.
fn stands_for(written: &str, asked: Wanted) -> Result<usize, (String, &'static str)> {
    let Ok(found) = column::amount(written, None) else { return Ok(1) };
    let value = found.value;
    if value == 1.into() {
        return Ok(1);
    }
    let problem = format!("the row stands for {written} events");
    if value == 0.into() {
        return Err((problem, "take the row out: a log has a line for what happened"));
    }
    if asked != Wanted::Counts {
        return Err((problem, "write one line for each event, with its day"));
    }
    let whole = value.is_integer() && !value.is_sign_negative() && !found.percent && found.currency.is_none();
    let many = whole.then(|| usize::try_from(value).ok()).flatten();
    many.ok_or((problem, "write a whole number of events"))
}

/// What stands first in the days of a log: what somebody said, or what all days show that have one reading only.
fn days(table: &Table, columns: &[usize], stated: Option<DayOrder>) -> (Option<DayOrder>, Vec<Remark>) {
    if stated.is_some() {
        return (stated, Vec::new());
    }
    let cells =
        || table.rows.iter().flat_map(|(_, row)| columns.iter().map(|column| day_part(table.cell(row, Some(*column)))));
    let shown = |order| cells().find(|cell| DayOrder::shown_by(cell) == Some(order));
    let (order, witness) = match (shown(DayOrder::DayFirst), shown(DayOrder::MonthFirst)) {
        (Some(day), None) => (DayOrder::DayFirst, day),
        (None, Some(day)) => (DayOrder::MonthFirst, day),
        _ => return (None, Vec::new()),
    };
    let open = cells().find(|cell| matches!(day(cell), Err(Undated::TwoReadings(_))));
    let told = open.map(|cell| Remark::DayOrder {
        file: table.name.clone(),
        day_first: order == DayOrder::DayFirst,
        open: cell.to_owned(),
        witness: witness.to_owned(),
    });
    (Some(order), told.into_iter().collect())
}

/// Days that are written in another order than the one that was stated.
fn against(table: &Table, columns: &[usize], stated: Option<DayOrder>) -> Vec<Diagnostic> {
    let Some(stated) = stated else { return Vec::new() };
    let cells = table
        .rows
        .iter()
        .flat_map(|(line, row)| columns.iter().map(move |column| (line, day_part(table.cell(row, Some(*column))))));
    let other = cells.filter(|(_, cell)| DayOrder::shown_by(cell).is_some_and(|shown| shown != stated));
    let told = other.map(|(line, cell)| {
        fault(
            Code::BadQuantity,
            format!("{}, line {line}: \"{cell}\" has its day in another place than `--dates` says", table.name),
            &["write the day as 2024-02-29, or mend `--dates`"],
        )
    });
    told.collect()
}

/// Incidents that stand in several rows: each row counts as an event of its own.
fn repeated(table: &Table) -> Option<Remark> {
    let column = table.column(ID)?;
    let mut lines: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (line, row) in &table.rows {
        lines.entry(table.cell(row, Some(column))).or_default().push(*line);
    }
    lines.retain(|name, lines| !name.is_empty() && lines.len() > 1);
    // Where nearly all repeat, a column "incident" holds kinds of incidents, not their names.
    let rows: usize = lines.values().map(Vec::len).sum();
    let may_be_kinds = ["incident", "case", "vorfall"].contains(&Table::key(&table.headings[column]).as_str());
    let (name, at) = lines.iter().next().filter(|_| !may_be_kinds || 2 * rows <= table.rows.len().max(4))?;
    Some(Remark::Repeated {
        file: table.name.clone(),
        name: (*name).to_owned(),
        lines: at.clone(),
        others: lines.len() - 1,
    })
}

/// Several columns could hold what an event cost, and none is named.
fn one_amount(table: &Table) -> Result<(), Diagnostic> {
    let found = table.amounts(AMOUNT);
    // What it cost in all is not one of its parts.
    let total = found
        .iter()
        .any(|column| ["total cost", "gross loss"].contains(&Table::key_of_amount(&table.headings[*column]).as_str()));
    if found.len() < 2 || total {
        return Ok(());
    }
    let names: Vec<&str> = found.iter().map(|column| table.headings[*column].as_str()).collect();
    Err(fault(
        Code::Contradiction,
        format!("{}: several columns could hold what an event cost: {}", table.name, names.join(", ")),
        &["name one: `--amount-column NAME`; where two have the same heading, rename one of them"],
    ))
}

#[cfg(test)]
mod tests;
