//! What does an ODS say of its cells that the library does not tell: hidden rows, and what stands beside a number?
//!
//! OpenDocument 1.3, part 3, 9.1: a cell holds its value as an attribute and what is shown as text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::place::{Code, Finding, Place};
use super::shown::Shown;
use super::text::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS};
use super::workbook::elements;

/// What is known of a sheet beside its values.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Rows that are hidden, from 1.
    pub hidden: HashSet<usize>,
    /// How numbers are shown, by row and column from 0.
    pub shown: HashMap<(usize, usize), Shown>,
    /// Cells over several rows or columns, as [`super::Sheet::merged`] has them.
    pub merged: Vec<(usize, usize, usize, usize)>,
}

/// A number with the text that is shown for it.
struct Seen {
    value: Decimal,
    is_percent: bool,
    text: String,
}

impl Seen {
    fn of(attribute: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let kind = attribute("value-type")?;
        let value = attribute("value").filter(|_| matches!(kind.as_str(), "float" | "currency" | "percentage"))?;
        let value = value.parse().or_else(|_| Decimal::from_scientific(&value)).ok()?;
        Some(Self { value, is_percent: kind == "percentage", text: String::new() })
    }
}

/// The marks of each sheet, by its name.
///
/// # Errors
/// Repeated cells would fill the memory.
pub(super) fn marks(xml: &str, file: &str) -> Result<BTreeMap<String, Marks>, Finding> {
    const BLOCK: usize = 4_096;
    let mut marks: BTreeMap<String, Marks> = BTreeMap::new();
    let mut seen: Vec<(String, Range<usize>, Range<usize>, Shown)> = Vec::new();
    let mut number: Option<Seen> = None;
    let mut in_remark = false;
    let mut sheet = String::new();
    let (mut row, mut repeats, mut column, mut width) = (0_usize, 1_usize, 0_usize, 1_usize);
    let (mut in_cell, mut worst, mut last) = (false, (0_usize, 0_usize), 0_usize);
    let (mut total, mut reach) = (0_usize, (0_usize, 0_usize));
    elements(xml, |name, attribute, starts| {
        let times = |key: &str| attribute(key).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        match (name, starts) {
            ("table", true) => {
                sheet = attribute("name").unwrap_or_default();
                (row, last) = (0, 0);
            }
            ("table", false) => {
                // Of all sheets together: each alone may be within the bounds.
                total = total.saturating_add(worst.0.saturating_mul(worst.1));
                reach = (reach.0.max(worst.0), reach.1.max(worst.1));
                worst = (0, 0);
            }
            ("table-row", true) => {
                repeats = times("number-rows-repeated");
                column = 0;
                if repeats <= BLOCK && matches!(attribute("visibility").as_deref(), Some("collapse" | "filter")) {
                    marks.entry(sheet.clone()).or_default().hidden.extend(row + 1..=row + repeats);
                }
                row = row.saturating_add(repeats);
            }
            ("table-cell" | "covered-table-cell", true) => {
                width = times("number-columns-repeated");
                column = column.saturating_add(width);
                // A cell with a value: what is repeated counts.
                if attribute("value-type").is_some() {
                    (in_cell, last) = (true, last.max(column));
                    worst = (worst.0.max(row), worst.1.max(last));
                }
                let spans = |key: &str| times(key).clamp(1, MAX_ROWS);
                let (down, across) = (spans("number-rows-spanned"), spans("number-columns-spanned"));
                if down * across > 1 {
                    let (first, left) = (row - repeats.min(row) + 1, column - width.min(column));
                    let merged = (first, first + down - 1, left, left + across - 1);
                    marks.entry(sheet.clone()).or_default().merged.push(merged);
                }
                number = Seen::of(attribute);
            }
            ("p", true) if !in_cell => worst = (worst.0.max(row), worst.1.max(column)),
            ("annotation", starts) => in_remark = starts,
            ("#text", true) if !in_remark => number.iter_mut().for_each(|seen| seen.text.extend(attribute(""))),
            ("table-cell", false) => {
                in_cell = false;
                let shown = number.take().map(|seen| Shown::by_sight(&seen.text, seen.value, seen.is_percent));
                if let Some(shown) = shown.filter(|shown| *shown != Shown::default()) {
                    let (rows, columns) = (row.saturating_sub(repeats)..row, column.saturating_sub(width)..column);
                    seen.push((sheet.clone(), rows, columns, shown));
                }
            }
            _ => {}
        }
    });
    if reach.1 > MAX_COLUMNS || reach.0 > MAX_ROWS || total > MAX_CELLS {
        return Err(Finding::fault(
            Code::TooBig,
            Some(Place::file(file)),
            format!("the sheets reach to row {} and column {}: more than {MAX_CELLS} cells", reach.0, reach.1),
            "delete what stands far out, or save the table alone",
        ));
    }
    for (sheet, rows, columns, shown) in seen {
        let marks = marks.entry(sheet).or_default();
        for row in rows {
            marks.shown.extend(columns.clone().map(|column| ((row, column), shown.clone())));
        }
    }
    Ok(marks)
}
