//! Which sheet of a workbook holds the log or the answers, and what is said of the rest?
//!
//! Workbooks (XLSX, XLS, ODS) are opened by the reader of the import, with its bounds: days come as `2024-03-02 22:40`,
//! lengths of time in hours, percentages with their sign.

use super::table::Table;
use crate::diagnostic::Diagnostic;

/// Which sheet is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet<'s> {
    /// That with the most cells.
    Fullest,
    /// That of this name.
    Named(&'s str),
    /// The first with one of these names, else that with the most cells.
    Usual(&'s [&'s str]),
}

/// The table of a workbook; nothing where the file is none, or where this rosi reads none.
#[cfg(not(feature = "import"))]
pub(super) fn table(_: &str, _: &[u8], _: Sheet<'_>) -> Option<Result<Table, Diagnostic>> {
    None
}

#[cfg(feature = "import")]
pub(super) use self::by_import::table;

#[cfg(feature = "import")]
mod by_import {
    use super::{Diagnostic, Sheet, Table};
    use crate::calibrate::fault;
    use crate::calibrate::remark::Remark;
    use crate::diagnostic::Code;
    use crate::import::{Cell, Finding, Row, Sheet as Cells, Weight, is_workbook, sheets};
    use crate::units::reading::unmistakable;

    /// The table of a workbook; nothing where the file is none.
    pub(in crate::calibrate) fn table(name: &str, bytes: &[u8], sheet: Sheet<'_>) -> Option<Result<Table, Diagnostic>> {
        is_workbook(bytes).then(|| opened(name, bytes, sheet))
    }

    fn opened(name: &str, bytes: &[u8], wanted: Sheet<'_>) -> Result<Table, Diagnostic> {
        let mut findings = Vec::new();
        let refused = |found: &Finding| {
            let place = found.place.as_ref().map_or_else(|| name.to_owned(), ToString::to_string);
            fault(Code::NotATable, format!("{place}: {}", found.message), &[&found.cure])
        };
        let sheets = sheets(bytes, name, &mut findings).map_err(|found| refused(&found))?;
        let filled = |sheet: &Cells| sheet.rows.iter().map(Row::filled).sum::<usize>();
        // A sheet that its owner hid is read only where it is named, or where there is no other.
        let fullest = || sheets.iter().rev().max_by_key(|sheet| (!sheet.hidden && filled(sheet) > 0, filled(sheet)));
        let named = |word: &str| sheets.iter().find(|sheet| sheet.name == word);
        let taken = match wanted {
            Sheet::Fullest => fullest(),
            Sheet::Named(word) => named(word),
            Sheet::Usual(words) => words.iter().find_map(|word| named(word)).or_else(fullest),
        };
        let others: Vec<String> = sheets
            .iter()
            .filter(|sheet| sheet.rows.len() > 1 && taken.is_none_or(|taken| taken.name != sheet.name))
            .map(|sheet| format!("\"{}\"", sheet.name))
            .collect();
        let Some(taken) = taken else {
            let word = if let Sheet::Named(word) = wanted { word } else { "" };
            return Err(fault(
                Code::UnknownWord,
                format!("{name} has no sheet \"{word}\""),
                &[&format!("sheets: {}", others.join(", "))],
            ));
        };
        let here = |found: &&Finding| {
            found.weight == Weight::Fault && found.place.as_ref().is_none_or(|place| *place.sheet == *taken.name)
        };
        if let Some(found) = findings.iter().find(here) {
            return Err(refused(found));
        }
        let is_told = |row: &&Row| !row.is_empty() && !row.text(0).starts_with('#');
        let rows: Vec<&Row> = taken.rows.iter().filter(is_told).collect();
        let mut table = Table::of_rows(
            name,
            rows.iter().map(|row| (row.number as u64, row.cells.iter().map(written).collect())).collect(),
        )?;
        if !others.is_empty() && matches!(wanted, Sheet::Fullest) {
            table.told.push(Remark::OtherSheets { file: name.to_owned(), sheet: taken.name.clone(), others });
        }
        let hidden = rows.iter().filter(|row| row.hidden).count();
        if hidden > 0 {
            table.told.push(Remark::Hidden { file: name.to_owned(), rows: hidden });
        }
        Ok(table)
    }

    /// A number that a workbook holds has one reading only; as a text it must have no other.
    fn written(cell: &Cell) -> String {
        match cell.number.filter(|_| !cell.percent) {
            Some(number) => unmistakable(number),
            None => cell.text.clone(),
        }
    }
}
