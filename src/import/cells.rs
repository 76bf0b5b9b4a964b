//! What stands in the cells of a workbook of rosi's own that came back: values, and formulas beside their results?
//!
//! Formulas that a program keeps once for many cells are told of each. The bounds are those of every workbook that is
//! read; nothing in it is believed to be a scenario.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use rust_decimal::Decimal;

use super::place::{Code, Finding, Place};
use super::workbook::{bounded, check_size, decimal, guarded};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Content {
    /// Its value, or the result of its formula.
    pub value: Held,
    /// Without blanks and the sign before it; empty where there is none.
    pub formula: String,
}

/// A value of a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Held {
    /// None.
    #[default]
    Nothing,
    /// A number, whatever it is shown as: 20 % is 0.2.
    Number(f64),
    /// Words.
    Words(String),
    /// What is no quantity: a day, a yes or no, the mark of a fault; as people call it.
    Other(&'static str),
}

impl Held {
    /// A number with no more digits than it needs; nothing where it is none, or too large or small to be kept.
    pub fn decimal(&self) -> Option<Decimal> {
        let Self::Number(number) = self else { return None };
        decimal(*number).filter(|value| value.is_zero() == (*number == 0.0))
    }
}

/// The cells of a sheet that hold something, by row and column from 0.
pub type Cells = BTreeMap<(u32, u32), Content>;

/// The sheets of a workbook in their order.
///
/// # Errors
/// A file that is no workbook, is damaged, or unpacks to more than a workbook holds.
pub fn cells(bytes: &[u8], file: &str) -> Result<Vec<(String, Cells)>, Finding> {
    guarded(file, || {
        let broken = |why: String| {
            let message = format!("the workbook cannot be opened: {why}");
            Finding::fault(Code::Unreadable, Some(Place::file(file)), message, "save it anew as .xlsx")
        };
        let archive = bounded(bytes, file)?;
        if !archive.file_names().flatten().any(|name| name == "xl/workbook.xml") {
            return Err(broken("it is no .xlsx".to_owned()));
        }
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|why| broken(why.to_string()))?;
        let names = book.sheet_names();
        let (mut sheets, mut total) = (Vec::new(), 0);
        for name in names {
            // A chart sheet has no cells.
            let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
            let mut cells = Cells::new();
            loop {
                let cell = reader.next_cell_with_formula().map_err(|why| broken(format!("sheet \"{name}\": {why}")))?;
                let Some(cell) = cell else { break };
                let formula = cell.formula.unwrap_or_default();
                let formula = formula.trim_start_matches('=').chars().filter(|c| !c.is_whitespace()).collect();
                let content = Content { value: held(&cell.value), formula };
                if content == Content::default() {
                    continue;
                }
                total += 1;
                check_size(cell.pos.0, cell.pos.1, total, &name, file)?;
                cells.insert(cell.pos, content);
            }
            sheets.push((name, cells));
        }
        Ok(sheets)
    })
}

fn held(value: &DataRef<'_>) -> Held {
    let words = |text: &str| if text.trim().is_empty() { Held::Nothing } else { Held::Words(text.trim().to_owned()) };
    match value {
        DataRef::Int(number) => Held::Number(*number as f64),
        DataRef::Float(number) => Held::Number(*number),
        DataRef::String(text) => words(text),
        DataRef::SharedString(text) => words(text),
        DataRef::Bool(_) => Held::Other("a yes or no"),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => Held::Other("a day or a time"),
        DataRef::DurationIso(_) => Held::Other("a time"),
        DataRef::Error(_) => Held::Other("a fault"),
        DataRef::Empty => Held::Nothing,
    }
}
