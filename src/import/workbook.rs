//! Which sheets, rows and cells does a workbook have?
//!
//! XLSX, XLS and ODS are read by `calamine`, which gives the results of formulas, once an archive is known to be within
//! bounds. Cells are taken one by one and counted; the distance between two cells costs nothing.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

use calamine::{CellErrorType, Data, DataRef, Ods, Range, Reader, SheetVisible, Xls, Xlsx};
use quick_xml::events::Event;
use quick_xml::reader::Reader as XmlReader;
use rust_decimal::Decimal;

use crate::archive::{self, Archive, Refused};

use super::compound;
use super::grid::{Cell, Row, Sheet};
use super::place::{Code, Finding, Place};
use super::text::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS};

/// The name of the thread in which workbooks are opened.
pub const READER: &str = "workbook";

/// The sheets of a workbook, or why there are none; what was noticed stands in `findings`.
pub fn sheets(bytes: &[u8], file: &str, findings: &mut Vec<Finding>) -> Result<Vec<Sheet>, Finding> {
    let (sheets, noticed) = guarded(file, || {
        let mut noticed = Vec::new();
        let sheets = opened(bytes, file, &mut noticed);
        Ok((sheets, noticed))
    })?;
    findings.extend(noticed);
    sheets
}

/// What reads a workbook in a thread of its own: the reader is another's, and a damaged file that it cannot bear ends
/// its thread, and is told.
pub(super) fn guarded<T: Send>(file: &str, read: impl FnOnce() -> Result<T, Finding> + Send) -> Result<T, Finding> {
    let outcome = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(READER.to_owned()).spawn_scoped(scope, read);
        thread.ok().and_then(|thread| thread.join().ok())
    });
    outcome.unwrap_or_else(|| {
        Err(Finding::fault(
            Code::Unreadable,
            Some(Place::file(file)),
            "the workbook is damaged",
            "open it in a spreadsheet program and save it anew as .xlsx, or save its sheet as CSV",
        ))
    })
}

fn opened(bytes: &[u8], file: &str, findings: &mut Vec<Finding>) -> Result<Vec<Sheet>, Finding> {
    let fault = |code: Code, message: String, cure: &str| Finding::fault(code, Some(Place::file(file)), message, cure);
    let broken = |why: String| {
        fault(
            Code::Unreadable,
            format!("the workbook cannot be opened: {why}"),
            "save it anew as .xlsx, or save its sheet as CSV",
        )
    };
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        if contains(bytes, &wide("EncryptedPackage")) {
            return Err(fault(
                Code::Unreadable,
                "the workbook is locked with a password".into(),
                "open it, take the password off (File, Info, Protect Workbook), and save it",
            ));
        }
        match compound::span(bytes) {
            None => return Err(broken("its parts do not hang together".into())),
            Some(cells) if cells > MAX_CELLS as u64 => {
                return Err(fault(
                    Code::TooBig,
                    format!("the sheets span {cells} cells: more than {MAX_CELLS} are not imported"),
                    "delete what stands far out, or save the table alone",
                ));
            }
            Some(_) => {}
        }
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|why| broken(why.to_string()))?;
        return dense(&mut book, file, &BTreeMap::new());
    }
    let mut archive = bounded(bytes, file)?;
    let names: Vec<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    if names.iter().any(|name| name == "content.xml") {
        let rows = ods_rows(&mut archive, file)?;
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|why| broken(why.to_string()))?;
        return dense(&mut book, file, &rows);
    }
    if !names.iter().any(|name| name == "xl/workbook.xml") {
        let what = if names.iter().any(|name| name.starts_with("word/")) {
            "a text document"
        } else {
            "an archive without a workbook"
        };
        return Err(fault(Code::Unreadable, format!("the file is {what}"), "save the table as .xlsx or CSV"));
    }
    if names.iter().any(|name| name.starts_with("xl/externalLinks/")) {
        findings.push(Finding::note(
            Some(Place::file(file)),
            "the workbook links to other files: the values that it holds from them were taken, no other file was opened",
        ));
    }
    xlsx(bytes, &mut archive, file, findings)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The archive, after every entry was inflated within the bounds.
pub(super) fn bounded<'a>(bytes: &'a [u8], file: &str) -> Result<Archive<'a>, Finding> {
    archive::bounded(bytes, |_, _| ()).map_err(|why| {
        let (code, cure) = match why {
            Refused::Damaged(_) => (Code::Unreadable, "save the workbook anew"),
            Refused::TooBig(_) => (Code::TooBig, "save the sheet with the risks alone, as .xlsx or CSV"),
        };
        Finding::fault(code, Some(Place::file(file)), why.to_string(), cure)
    })
}

fn entry(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Calls `see` with every element and its attributes.
fn elements(xml: &str, mut see: impl FnMut(&str, &dyn Fn(&str) -> Option<String>, bool)) {
    let mut reader = XmlReader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_owned();
                let attribute = |key: &str| {
                    start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == key).map(
                        |attribute| {
                            let raw = attribute.value.clone().into_owned();
                            quick_xml::escape::unescape(&raw).map_or(raw.clone(), std::borrow::Cow::into_owned)
                        },
                    )
                };
                see(&name, &attribute, true);
            }
            Ok(Event::End(end)) => {
                let name = end.local_name().as_ref().to_owned();
                see(&name, &|_| None, false);
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// What calamine does not tell of a sheet.
#[derive(Debug, Default)]
struct Marks {
    hidden: HashSet<usize>,
    /// Cells with a formula and no value.
    unresolved: Vec<String>,
}

fn marks(xml: &str) -> Marks {
    let mut marks = Marks::default();
    let (mut cell, mut formula, mut value) = (String::new(), false, false);
    elements(xml, |name, attribute, starts| match (name, starts) {
        ("row", true) if matches!(attribute("hidden").as_deref(), Some("1" | "true")) => {
            marks.hidden.extend(attribute("r").and_then(|row| row.parse::<usize>().ok()));
        }
        ("c", true) => {
            cell = attribute("r").unwrap_or_default();
            (formula, value) = (false, false);
        }
        ("f", true) => formula = true,
        ("v" | "is", true) => value = true,
        ("c", false) if formula && !value && marks.unresolved.len() < 100 => marks.unresolved.push(cell.clone()),
        _ => {}
    });
    marks
}

/// The entry of each sheet, by name.
fn sheet_entries(archive: &mut Archive<'_>) -> BTreeMap<String, String> {
    let workbook = entry(archive, "xl/workbook.xml").unwrap_or_default();
    let relations = entry(archive, "xl/_rels/workbook.xml.rels").unwrap_or_default();
    let mut targets = BTreeMap::new();
    elements(&relations, |name, attribute, starts| {
        if starts
            && name == "Relationship"
            && let (Some(id), Some(target)) = (attribute("Id"), attribute("Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, path);
        }
    });
    let mut entries = BTreeMap::new();
    elements(&workbook, |name, attribute, starts| {
        if starts
            && name == "sheet"
            && let (Some(name), Some(path)) =
                (attribute("name"), attribute("id").and_then(|id| targets.get(&id).cloned()))
        {
            entries.insert(name, path);
        }
    });
    entries
}

fn xlsx(
    bytes: &[u8],
    archive: &mut Archive<'_>,
    file: &str,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Sheet>, Finding> {
    let broken = |why: String| {
        let message = format!("the workbook cannot be opened: {why}");
        Finding::fault(
            Code::Unreadable,
            Some(Place::file(file)),
            message,
            "save it anew as .xlsx, or save its sheet as CSV",
        )
    };
    let entries = sheet_entries(archive);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|why| broken(why.to_string()))?;
    let metadata = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    let mut total = 0;
    for known in metadata.iter().filter(|known| entries.contains_key(&known.name)) {
        let marks = entry(archive, &entries[&known.name]).map(|xml| marks(&xml)).unwrap_or_default();
        let mut sheet =
            Sheet { name: known.name.clone(), hidden: known.visible != SheetVisible::Visible, ..Sheet::default() };
        let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
        // A chart sheet has no cells.
        let Ok(mut reader) = book.worksheet_cells_reader(&known.name) else { continue };
        let percents: Vec<bool> = reader
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
            .collect();
        loop {
            let cell =
                reader.next_cell_with_style_id().map_err(|why| broken(format!("sheet \"{}\": {why}", known.name)))?;
            let Some((cell, style)) = cell else { break };
            let (row, column) = cell.get_position();
            let mut value = of_xlsx(cell.get_value());
            // What a workbook shows as 20 % it holds as 0.2.
            if percents.get(style) == Some(&true) {
                value = as_percent(&value);
            }
            if value.is_empty() {
                continue;
            }
            total += 1;
            check_size(row, column, total, &sheet.name, file)?;
            rows.entry(row).or_default().insert(column, value);
        }
        drop(reader);
        for cell in &marks.unresolved {
            let place = Place { sheet: known.name.as_str().into(), ..Place::file(file) };
            findings.push(Finding::fault(
                Code::Cell,
                Some(place),
                format!("the formula in {cell} has no result in the file"),
                "open the workbook in a spreadsheet program, let it calculate, and save it",
            ));
        }
        sheet.rows = grown(rows, &marks.hidden);
        sheet.merged = book
            .merge_cells_by_sheet_name(&known.name)
            .unwrap_or_default()
            .iter()
            .map(|merged| {
                let (from, to) = (merged.start, merged.end);
                (from.0 as usize + 1, to.0 as usize + 1, from.1 as usize, to.1 as usize)
            })
            .collect();
        sheets.push(sheet);
    }
    Ok(sheets)
}

pub(super) fn check_size(row: u32, column: u32, cells: usize, sheet: &str, file: &str) -> Result<(), Finding> {
    if column as usize >= MAX_COLUMNS || row as usize >= MAX_ROWS || cells > MAX_CELLS {
        let place =
            Place { sheet: sheet.into(), row: row as usize + 1, column: column as usize + 1, ..Place::file(file) };
        return Err(Finding::fault(
            Code::TooBig,
            Some(place),
            format!("a table of more than {MAX_COLUMNS} columns, {MAX_ROWS} rows or {MAX_CELLS} cells is not imported"),
            "delete what stands far out, or save the table alone",
        ));
    }
    Ok(())
}

/// Rows of the cells that hold something.
fn grown(rows: BTreeMap<u32, BTreeMap<u32, Cell>>, hidden: &HashSet<usize>) -> Vec<Row> {
    rows.into_iter()
        .map(|(row, cells)| {
            let number = row as usize + 1;
            let width = cells.keys().next_back().map_or(0, |last| *last as usize + 1);
            let mut filled = vec![Cell::default(); width];
            for (column, cell) in cells {
                filled[column as usize] = cell;
            }
            Row { number, hidden: hidden.contains(&number), length: width, cells: filled }
        })
        .collect()
}

/// A number of a workbook, with no more digits than it needs.
pub(super) fn decimal(number: f64) -> Option<Decimal> {
    let text = format!("{number}");
    text.parse().ok().or_else(|| Decimal::from_scientific(&format!("{number:e}")).ok())
}

fn of_number(number: f64) -> Cell {
    match decimal(number) {
        Some(value) => Cell { text: value.normalize().to_string(), number: Some(value.normalize()), percent: false },
        None => Cell::text(&number.to_string()),
    }
}

/// A number that is shown as a percentage.
fn as_percent(cell: &Cell) -> Cell {
    match cell.number.and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED)) {
        Some(value) => Cell { text: format!("{}%", value.normalize()), percent: true, ..cell.clone() },
        None => cell.clone(),
    }
}

fn of_error(error: &CellErrorType) -> Cell {
    Cell::text(&error.to_string())
}

fn of_date(date: &calamine::ExcelDateTime) -> Cell {
    if date.is_duration() {
        return of_number(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Cell::text(&format!("{year:04}-{month:02}-{day:02}"))
}

fn of_xlsx(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => of_number(*number as f64),
        DataRef::Float(number) => of_number(*number),
        DataRef::String(text) => Cell::text(text.trim()),
        DataRef::SharedString(text) => Cell::text(text.trim()),
        DataRef::Bool(flag) => Cell::text(if *flag { "yes" } else { "no" }),
        DataRef::DateTime(date) => of_date(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(error) => of_error(error),
        DataRef::Empty => Cell::default(),
    }
}

fn of_dense(value: &Data) -> Cell {
    match value {
        Data::Int(number) => of_number(*number as f64),
        Data::Float(number) => of_number(*number),
        Data::String(text) => Cell::text(text.trim()),
        Data::Bool(flag) => Cell::text(if *flag { "yes" } else { "no" }),
        Data::DateTime(date) => of_date(date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::text(text),
        Data::Error(error) => of_error(error),
        Data::Empty => Cell::default(),
        #[allow(unreachable_patterns, reason = "calamine adds kinds of cells behind features")]
        _ => Cell::default(),
    }
}

/// The sheets of a workbook that calamine reads whole.
fn dense<'a, R>(book: &mut R, file: &str, hidden: &BTreeMap<String, HashSet<usize>>) -> Result<Vec<Sheet>, Finding>
where
    R: Reader<Cursor<&'a [u8]>>,
{
    let mut sheets = Vec::new();
    let mut total = 0;
    for known in book.sheets_metadata().to_vec() {
        let Ok(range): Result<Range<Data>, _> = book.worksheet_range(&known.name) else { continue };
        let start = range.start().unwrap_or_default();
        let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
        for (row, column, value) in range.used_cells() {
            let cell = of_dense(value);
            if cell.is_empty() {
                continue;
            }
            let (row, column) = (start.0 + row as u32, start.1 + column as u32);
            total += 1;
            check_size(row, column, total, &known.name, file)?;
            rows.entry(row).or_default().insert(column, cell);
        }
        sheets.push(Sheet {
            name: known.name.clone(),
            hidden: known.visible != SheetVisible::Visible,
            rows: grown(rows, hidden.get(&known.name).unwrap_or(&HashSet::new())),
            merged: Vec::new(),
        });
    }
    Ok(sheets)
}

/// The hidden rows of each sheet of an ODS; a fault where repeated cells would fill the memory.
fn ods_rows(archive: &mut Archive<'_>, file: &str) -> Result<BTreeMap<String, HashSet<usize>>, Finding> {
    const BLOCK: usize = 4_096;
    let xml = entry(archive, "content.xml").unwrap_or_default();
    let mut hidden: BTreeMap<String, HashSet<usize>> = BTreeMap::new();
    let mut sheet = String::new();
    let (mut row, mut repeats, mut column, mut width) = (0_usize, 1_usize, 0_usize, 1_usize);
    let (mut in_cell, mut worst, mut last) = (false, (0_usize, 0_usize), 0_usize);
    elements(&xml, |name, attribute, starts| {
        let number = |key: &str| attribute(key).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        match (name, starts) {
            ("table", true) => {
                sheet = attribute("name").unwrap_or_default();
                (row, last) = (0, 0);
            }
            ("table-row", true) => {
                repeats = number("number-rows-repeated");
                column = 0;
                if repeats <= BLOCK && matches!(attribute("visibility").as_deref(), Some("collapse" | "filter")) {
                    hidden.entry(sheet.clone()).or_default().extend(row + 1..=row + repeats);
                }
                row = row.saturating_add(repeats);
            }
            ("table-cell" | "covered-table-cell", true) => {
                width = number("number-columns-repeated");
                column = column.saturating_add(width);
                // A cell with a value: what is repeated counts.
                if attribute("value-type").is_some() {
                    (in_cell, last) = (true, last.max(column));
                    worst = (worst.0.max(row), worst.1.max(last));
                }
            }
            ("p", true) if !in_cell => worst = (worst.0.max(row), worst.1.max(column)),
            ("table-cell", false) => in_cell = false,
            _ => {}
        }
    });
    if worst.1 > MAX_COLUMNS || worst.0 > MAX_ROWS || worst.0.saturating_mul(worst.1) > MAX_CELLS {
        return Err(Finding::fault(
            Code::TooBig,
            Some(Place::file(file)),
            format!("the sheets reach to row {} and column {}: more than {MAX_CELLS} cells", worst.0, worst.1),
            "delete what stands far out, or save the table alone",
        ));
    }
    Ok(hidden)
}
