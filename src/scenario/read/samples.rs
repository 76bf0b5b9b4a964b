//! Observed values: a list in the file, or the column of a table beside it.
//!
//! A table is CSV with commas, semicolons or tabs. Its cells are read as amounts of the file are; what a cell leaves
//! open (`1.200`) the other cells of the column tell, or `numbers` at the head of the file. A cell that cannot be read
//! is a fault with its line and column, never left out.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::cursor::{Cursor, wrong_kind};
use super::quantity::Terms;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::stays_inside;
use crate::scenario::syntax::{MAX_BYTES, Node, Value};
use crate::units::reading::beside::{counted, is_of_units};
use crate::units::reading::column::{is_open, is_total, is_wider};
use crate::units::reading::heading::{doubtful_unit, heading_hours, heading_time, heading_unit, other_quantity};
use crate::units::reading::{Misread, Settings, decimal_shown, read};
use crate::units::{Kind, Numbers};

/// Faults of one table that are told.
const MOST_FAULTS: usize = 5;

/// Which column of a table.
enum Column<'t> {
    /// The only one.
    Only,
    /// The one with this heading.
    Named(&'t str),
    /// The one at this place, from 1 on.
    At(usize),
}

impl Cursor<'_, '_> {
    /// The values at `samples`.
    pub fn samples(&self, terms: Terms) -> Option<Vec<Decimal>> {
        let node = self.node("samples")?;
        let path = self.path_of("samples");
        // Counts of years could be taken for rates: a frequency says its unit.
        let terms = Terms { bare: terms.bare || terms.kind != Kind::Frequency, ..terms };
        let values = match &node.value {
            Value::List(nodes) => {
                if let Some(fault) = self.yearly_counts(nodes, node, terms) {
                    self.reader.report(fault.path(path));
                    return None;
                }
                let values: Vec<Option<Decimal>> =
                    nodes.iter().map(|node| self.quantity(node, "samples", terms)).collect();
                values.into_iter().collect::<Option<_>>()?
            }
            Value::Text(name) => self.table_of_samples(node, name, &Column::Only, terms)?,
            Value::Table(table) => {
                let file = table
                    .get("file")
                    .and_then(|node| if let Value::Text(name) = &node.value { Some(name) } else { None });
                let column = table.get("column").and_then(|node| match &node.value {
                    Value::Text(name) => Some(Column::Named(name)),
                    Value::Number(text) => text.parse().ok().filter(|place| *place > 0).map(Column::At),
                    _ => None,
                });
                let odd = table.entries.iter().find(|entry| !["file", "column"].contains(&entry.key.as_str()));
                let (Some(file), Some(column), None) = (file, column, odd) else {
                    let place = odd.map_or(node.span, |entry| entry.key_span);
                    self.reader.report(
                        Diagnostic::new(
                            Code::BadSamples,
                            "`samples` as a table has `file` and `column`, and nothing else",
                        )
                        .at(place, "not so")
                        .help("write `samples = { file = \"losses.csv\", column = \"loss\" }`")
                        .path(path),
                    );
                    return None;
                };
                self.table_of_samples(node, file, &column, terms)?
            }
            _ => {
                self.reader.report(
                    wrong_kind(node, "`samples` is a list of values or the name of a CSV file", &path)
                        .help("write `samples = [\"12k\", \"30k\"]` or `samples = \"losses.csv\"`"),
                );
                return None;
            }
        };
        if values.len() < 2 {
            let message =
                if values.is_empty() { "there are no samples" } else { "one sample is not enough for a range" };
            self.reader.report(
                Diagnostic::new(Code::BadSamples, message)
                    .at(node.span, "too few")
                    .help("give two or more; one known value is written `value = …`")
                    .path(path),
            );
            return None;
        }
        Some(values)
    }

    /// The fault of bare whole numbers where frequencies are due: they may be what was seen in each year.
    fn yearly_counts(&self, nodes: &[Node], node: &Node, terms: Terms) -> Option<Diagnostic> {
        if terms.kind != Kind::Frequency || terms.bare {
            return None;
        }
        let counts: Option<Vec<Decimal>> = nodes
            .iter()
            .map(|node| match &node.value {
                Value::Number(text) => text.parse().ok().filter(Decimal::is_integer),
                _ => None,
            })
            .collect();
        let counts = counts.filter(|counts| !counts.is_empty())?;
        let (events, years) = (counts.iter().sum::<Decimal>(), counts.len());
        let rates: Vec<String> = counts.iter().take(3).map(|count| format!("\"{count} per year\"")).collect();
        let more = if years > 3 { ", …" } else { "" };
        let key = self.path.rsplit('.').next().unwrap_or("frequency");
        Some(
            Diagnostic::new(Code::NoUnit, "whole numbers may be the events of each year, or rates that are possible")
                .at(node.span, "which of the two?")
                .help(format!(
                    "for {events} events in {years} years write `{key} = {{ events = {events}, years = {years} }}`"
                ))
                .help(format!("for rates write `samples = [{}{more}]`", rates.join(", "))),
        )
    }

    /// The values of a column of a table beside the file.
    fn table_of_samples(&self, node: &Node, name: &str, column: &Column<'_>, terms: Terms) -> Option<Vec<Decimal>> {
        let path = self.path_of("samples");
        let fault =
            |message: String| Diagnostic::new(Code::BadSamples, message).at(node.span, "this file").path(path.clone());
        let Some(bytes) = self.reader.attachment(name) else {
            let help = if stays_inside(name) {
                "put a CSV file of that name into the folder of the scenario"
            } else {
                "put the file into the folder of the scenario and write its name alone: no path out of it is followed"
            };
            self.reader.report(fault(format!("the samples \"{name}\" cannot be read")).help(help));
            return None;
        };
        match values(bytes, column, terms, self.reader.settings(), name) {
            Ok(values) => Some(values),
            Err(faults) => {
                for (message, help) in faults {
                    self.reader.report(fault(format!("\"{name}\": {message}")).help(help));
                }
                None
            }
        }
    }
}

/// A fault of a table, and its cure.
type TableFault = (String, String);

/// The rows of a table: the line on which each begins, and its cells.
type Rows = Vec<(u64, Vec<String>)>;

fn values(
    bytes: &[u8],
    column: &Column<'_>,
    terms: Terms,
    settings: &Settings,
    name: &str,
) -> Result<Vec<Decimal>, Vec<TableFault>> {
    let one = |message: String, help: &str| Err(vec![(message, help.to_owned())]);
    if bytes.len() > MAX_BYTES {
        let help = "keep the column that is needed, or a sample of its rows";
        return one(format!("the file is larger than {} MB", MAX_BYTES / 1_000_000), help);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return one("the file is not in UTF-8".into(), "save it as CSV in UTF-8");
    };
    let text = text.trim_start_matches('\u{feff}');
    // Some programs end a line by a return alone.
    let text = &if text.contains('\n') { Cow::Borrowed(text) } else { Cow::Owned(text.replace('\r', "\n")) };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // One column of amounts such as `12,5` or `1,200` has no separator.
    let may_be_one = matches!(column, Column::Only)
        && !text.contains(['"', ';', '\t'])
        && lines
            .iter()
            .enumerate()
            .all(|(index, line)| is_amount(line, terms, settings) || index == 0 && is_heading(line));
    let is_one_column = match commas(&lines) {
        // A heading with a comma is of two columns, whatever the rows could be.
        Commas::InHeading => false,
        Commas::Everywhere if may_be_one && settings.numbers.is_none() => {
            return one(
                "every line has one comma: two columns, or one of decimals?".to_owned(),
                &format!(
                    "for two columns write which: `samples = {{ file = \"{name}\", column = 2 }}`; for one of decimals give the column a heading"
                ),
            );
        }
        Commas::Everywhere | Commas::Odd => may_be_one,
    };
    let rows: Rows = if is_one_column {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        lines.map(|(line, number)| (number, vec![line.trim().to_owned()])).collect()
    } else {
        let head = lines.first().copied().unwrap_or_default();
        let separator = [b';', b'\t', b','].into_iter().max_by_key(|sign| head.matches(char::from(*sign)).count());
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(separator.unwrap_or(b','))
            .from_reader(text.as_bytes());
        let read: Result<Rows, String> = reader
            .records()
            .map(|row| {
                let row = row.map_err(|fault| fault.to_string())?;
                let line = row.position().map_or(0, csv::Position::line);
                Ok((line, row.iter().map(str::to_owned).collect()))
            })
            .collect();
        match read {
            Ok(rows) => rows.into_iter().filter(|(_, row)| row.iter().any(|cell| !cell.is_empty())).collect(),
            Err(message) => return one(message, "save it as CSV anew"),
        }
    };
    let Some((_, first)) = rows.first() else { return Ok(Vec::new()) };
    let widest = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let (place, skipped) = match column {
        Column::Only if widest > 1 => {
            let all_words = first.iter().all(|cell| is_heading(cell) || cell.is_empty());
            let (known, asked) = if all_words {
                let amounts = |place: usize| {
                    rows.get(1).and_then(|(_, row)| row.get(place)).is_some_and(|cell| is_amount(cell, terms, settings))
                };
                let likely = (0..first.len()).rev().find(|place| amounts(*place)).and_then(|place| first.get(place));
                (first.join(", "), format!("\"{}\"", likely.map_or("loss", String::as_str)))
            } else {
                ("without headings".to_owned(), widest.to_string())
            };
            let help = format!("write which: `samples = {{ file = \"{name}\", column = {asked} }}`");
            return Err(vec![(format!("the file has {widest} columns: {known}"), help)]);
        }
        Column::Only => (0, usize::from(is_heading(&first[0]))),
        Column::At(place) if *place > widest => {
            return one(
                format!("there is no column {place}: the widest row has {widest}"),
                "columns are counted from 1",
            );
        }
        Column::At(place) => (place - 1, usize::from(first.get(place - 1).is_some_and(|cell| is_heading(cell)))),
        Column::Named(wanted) => {
            let fits: Vec<usize> =
                (0..first.len()).filter(|place| first[*place].trim().eq_ignore_ascii_case(wanted.trim())).collect();
            match fits.as_slice() {
                [place] => (*place, 1),
                [] => {
                    let known: Vec<String> = first.iter().map(|heading| format!("\"{heading}\"")).collect();
                    return one(format!("no column is called \"{wanted}\""), &format!("columns: {}", known.join(", ")));
                }
                _ => {
                    return one(
                        format!("several columns are called \"{wanted}\""),
                        "name the column by its number, from 1",
                    );
                }
            }
        }
    };
    let sums = rows
        .iter()
        .skip(skipped)
        .find(|(_, row)| row.iter().find(|cell| !cell.is_empty()).is_some_and(|cell| is_total(cell)));
    if let Some((line, _)) = sums {
        return one(format!("line {line} adds up others: it is no observation"), "take the row out");
    }
    if let Some((line, _)) = rows.last().filter(|(_, last)| is_open(text, last)) {
        return one(format!("a quote begins in line {line} and is not closed"), "close the quote, or take it out");
    }
    if let Some((line, row)) = rows.iter().skip(1).find(|(_, row)| is_wider(row, first.len())) {
        let message = if skipped == 1 {
            format!("line {line} has {} cells, the headings {}: a separator within a cell?", row.len(), first.len())
        } else {
            format!("line {line} has {} cells, the first {}: a separator within a cell?", row.len(), first.len())
        };
        return one(message, "put the cell that holds it in quotes, or give every column a heading");
    }
    let cells: Vec<(u64, &str)> =
        rows.iter().skip(skipped).map(|(line, row)| (*line, row.get(place).map_or("", String::as_str))).collect();
    let heading = if skipped == 1 { first.get(place).map_or("", String::as_str) } else { "" };
    let units = units_beside(&rows, skipped, place);
    let cells: Vec<(u64, &str)> = cells.iter().zip(&units).map(|((line, _), cell)| (*line, cell.as_str())).collect();
    let unit = match counted_in(heading, terms, settings) {
        Ok(unit) => unit,
        Err(fault) => return Err(vec![fault]),
    };
    let settings = settings.clone().with_numbers(marks(&cells, settings.numbers));
    let mut values = Vec::with_capacity(cells.len());
    let mut faults = Vec::new();
    for (line, cell) in cells {
        let at = if widest > 1 { format!("line {line}, column {}", place + 1) } else { format!("line {line}") };
        let names_its_own = unit.is_some() && !is_bare(cell, &settings);
        match amount(cell, terms, &settings) {
            // The unit of a length is in no doubt; a second multiple of an amount is.
            Ok(value) if names_its_own && terms.kind == Kind::Period => values.push(value),
            Ok(_) if names_its_own => faults.push((
                format!("{at}: \"{cell}\" names its own unit below the heading \"{heading}\""),
                "write the unit in the heading or in the cells, not in both".to_owned(),
            )),
            Ok(value) if terms.kind == Kind::Chance && value > Decimal::ONE => {
                faults.push((format!("{at}: {cell} is above 1, and these are chances from 0 to 1"), "write 0.25 or 25%".to_owned()));
            }
            // A minute is no decimal part of an hour.
            Ok(value) => match value.checked_mul(unit.unwrap_or(Decimal::ONE)).map(|value| value.round_dp(20)) {
                Some(value) => values.push(value),
                None => faults.push((format!("{at}: {cell} is larger than what is computed with"), "mend the cell".to_owned())),
            },
            Err(Misread::Empty) if widest == 1 => {}
            Err(Misread::Empty) => faults.push((format!("{at} is empty"), "write the value, or take the row out".into())),
            Err(Misread::Negative) => {
                faults.push((format!("{at}: {cell} is below zero"), "take the row out, if it is no loss".into()));
            }
            Err(Misread::TwoReadings([(one, _), (other, _)])) => faults.push((
                format!("{at}: \"{cell}\" can be read in two ways, as {one} or {other}"),
                "say at the head of the scenario how numbers are written: `numbers = \"1,234.5\"` or `numbers = \"1.234,5\"`".into(),
            )),
            Err(_) => faults.push((format!("{at}: \"{cell}\" is not {}", terms.kind.name()), cure_of(terms.kind).into())),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

/// How a cell is to be written that cannot be read.
fn cure_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Frequency => "write each with its time: `3 per month`",
        Kind::Chance => "write 0.25 or 25%",
        Kind::Period => "write a length with its unit: `12h`",
        _ => "write a number in the unit of the key, or an amount such as 12k",
    }
}

/// The cells of a column, each with what another column of its row says that it counts in.
fn units_beside(rows: &Rows, skipped: usize, place: usize) -> Vec<String> {
    fn cell(row: &[String], column: usize) -> &str {
        row.get(column).map_or("", String::as_str)
    }
    let heads: &[String] = if skipped == 1 { &rows[0].1 } else { &[] };
    let data = || rows.iter().skip(skipped).map(|(_, row)| row.as_slice());
    let is_of = |column: &usize| is_of_units(cell(heads, *column), data().map(|row| cell(row, *column)));
    let widest = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let columns: Vec<usize> = (0..widest).filter(|column| *column != place).filter(is_of).collect();
    let with = |row: &[String]| {
        columns.iter().fold(cell(row, place).to_owned(), |text, column| counted(&text, cell(row, *column)))
    };
    data().map(with).collect()
}

/// Where the commas of a text stand that has no other separator.
enum Commas {
    /// In the first line, over rows that have some too.
    InHeading,
    /// One in each line, and no line is a heading.
    Everywhere,
    /// In some lines, or several in one.
    Odd,
}

fn commas(lines: &[&str]) -> Commas {
    let Some((head, rest)) = lines.split_first() else { return Commas::Odd };
    if is_heading(head) && head.contains(',') && rest.iter().any(|line| line.contains(',')) {
        Commas::InHeading
    } else if !rest.is_empty() && lines.iter().all(|line| line.matches(',').count() == 1 && !is_heading(line)) {
        Commas::Everywhere
    } else {
        Commas::Odd
    }
}

/// What one of a column's numbers is in the unit of the key, where its heading says so: `loss (k€)`, `downtime (min)`.
fn counted_in(heading: &str, terms: Terms, settings: &Settings) -> Result<Option<Decimal>, TableFault> {
    match terms.kind {
        Kind::Money | Kind::YearlyMoney => {
            if let Some(unit) = doubtful_unit(heading) {
                return Err((
                    format!("\"{unit}\" in the heading \"{heading}\" may be a multiple"),
                    format!("write it out in the heading, such as `loss (thousand {})`", settings.currency.code()),
                ));
            }
            if let Some(time) = heading_time(heading).filter(|time| terms.kind == Kind::Money || *time != "year") {
                let own = if terms.kind == Kind::Money { "an amount of no time" } else { "the amount of a year" };
                return Err((
                    format!("the heading \"{heading}\" is per {time}, and the key asks for {own}"),
                    "bring the column to what the key asks for, under a heading without a time".to_owned(),
                ));
            }
            if let Some(other) = other_quantity(heading) {
                return Err((
                    format!(
                        "\"{other}\" in the heading \"{heading}\" speaks of something else than what one event costs"
                    ),
                    "name the column of the amounts, or give this one a heading such as `loss` if it holds them"
                        .to_owned(),
                ));
            }
            let (multiple, currency) = heading_unit(heading);
            let rate = match currency.filter(|currency| !settings.currency.is_written(currency)) {
                None => Decimal::ONE,
                Some(other) => {
                    let rate = settings.rates.iter().find(|(currency, _)| currency.is_written(&other));
                    rate.map(|(_, rate)| *rate).ok_or_else(|| {
                        let own = settings.currency.code();
                        (
                            format!("the column \"{heading}\" is in {other}, the case in {own}"),
                            format!("convert the column to {own}, or state the rate at the head of the case: `exchange_rates = {{ {other} = \"…\" }}`"),
                        )
                    })?
                }
            };
            let one = multiple.unwrap_or(Decimal::ONE) * rate;
            Ok(Some(one).filter(|one| *one != Decimal::ONE))
        }
        Kind::Period => Ok(heading_hours(heading).filter(|hours| *hours != Decimal::ONE)),
        _ => Ok(None),
    }
}

/// Whether a cell holds a number and nothing else.
fn is_bare(cell: &str, settings: &Settings) -> bool {
    read(cell.trim(), Kind::Number, settings).is_ok()
}

/// How the numbers of a column are written: as the file says and the cells show, where they agree.
fn marks(cells: &[(u64, &str)], stated: Option<Numbers>) -> Option<Numbers> {
    let shown = |sign: char| cells.iter().any(|(_, cell)| decimal_shown(cell) == Some(sign));
    let of_cells = match (shown('.'), shown(',')) {
        (true, false) => Some('.'),
        (false, true) => Some(','),
        _ => None,
    };
    match (stated, of_cells) {
        (Some(stated), Some(sign)) if stated.decimal() != sign => None,
        (Some(stated), _) => Some(stated),
        (None, sign) => sign.map(Numbers::with_decimal),
    }
}

fn amount(cell: &str, terms: Terms, settings: &Settings) -> Result<Decimal, Misread> {
    let reading = read(cell.trim(), terms.kind, settings);
    let reading = if terms.bare && matches!(reading, Err(Misread::NoUnit(_))) {
        read(cell.trim(), Kind::Number, settings)
    } else {
        reading
    };
    reading.map(|reading| reading.value)
}

fn is_amount(cell: &str, terms: Terms, settings: &Settings) -> bool {
    matches!(amount(cell, terms, settings), Ok(_) | Err(Misread::TwoReadings(_) | Misread::Negative))
}

/// Whether a cell is a word over a column: it begins with a letter and is no amount.
fn is_heading(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !cell.contains(|c: char| c.is_ascii_digit() && cell.len() < 3)
        && decimal_shown(cell).is_none()
}
