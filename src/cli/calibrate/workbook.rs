//! Which sheet of a workbook is read, and what is said of the others?

use std::path::Path;

use super::one;
use crate::calibrate::table::Table;
use crate::cli::{Failed, Terminal, files};

/// The table of a file: text, or a sheet of a workbook: that of this name, or the fullest.
pub(super) fn table(path: &Path, sheet: Option<&str>, terminal: &Terminal) -> Result<Table, Failed> {
    let (name, bytes) = files::bytes(path, terminal)?;
    if bytes.starts_with(b"PK") {
        return Ok(sheet_of(&name, &bytes, sheet, true, terminal)?.0);
    }
    one(Table::read(&name, &bytes), terminal)
}

/// A sheet of a workbook (`or_fullest`: where there is none of that name, the fullest), and what is to be said of its
/// other sheets.
#[cfg(feature = "xlsx")]
pub(super) fn sheet_of(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    or_fullest: bool,
    terminal: &Terminal,
) -> Result<(Table, Option<String>), Failed> {
    let sheets = crate::cli::sheets::Sheets::read(bytes).map_err(|fault| {
        terminal.fault(&format!("{name} cannot be read as a workbook: {fault}"), &["save it as CSV or XLSX anew"]);
        Failed
    })?;
    let others = |taken: &str| -> Vec<String> {
        sheets.with_rows().filter(|other| *other != taken).map(|other| format!("\"{other}\"")).collect()
    };
    let found = sheets.rows(sheet).or_else(|| sheets.rows(None).filter(|_| or_fullest));
    let Some((taken, rows)) = found else {
        let message = format!("{name} has no sheet \"{}\"", sheet.unwrap_or_default());
        terminal.fault(&message, &[&format!("sheets: {}", others("").join(", "))]);
        return Err(Failed);
    };
    let others = others(taken);
    let said = (!others.is_empty()).then(|| {
        format!("{name}: the sheet \"{taken}\" was read, and not {}: `--sheet` names another.", others.join(", "))
    });
    Ok((one(Table::of_rows(name, rows), terminal)?, said))
}

/// No workbook is read by this rosi.
#[cfg(not(feature = "xlsx"))]
pub(super) fn sheet_of(
    name: &str,
    bytes: &[u8],
    _: Option<&str>,
    _: bool,
    terminal: &Terminal,
) -> Result<(Table, Option<String>), Failed> {
    Ok((one(Table::read(name, bytes), terminal)?, None))
}
