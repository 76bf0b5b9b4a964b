//! Which sheets, rows and cells does a workbook have?
//!
//! XLSX, XLS and ODS are read by `calamine`, which gives the results of formulas, once an archive is known to be within
//! bounds. Cells are taken one by one and counted; the distance between two cells costs nothing.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

use calamine::{CellErrorType, Data, DataRef, Font, Ods, Range, Reader, SheetVisible, Xls, Xlsx};
use quick_xml::events::Event;
use quick_xml::reader::Reader as XmlReader;
use rust_decimal::Decimal;

use crate::archive::{self, Archive, Refused};

use super::grid::{Cell, Row, Sheet};
use super::place::{Code, Finding, Place};
use super::shown::Shown;
use super::text::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS};
use super::{compound, heading, notes, opendocument};

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
        findings.push(Finding::note(
            Some(Place::file(file)),
            "an .xls does not tell how its numbers are shown: 50 shown as \"50 T€\" or \"$50\" counts as 50; saved as .xlsx it counts as shown",
        ));
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|why| broken(why.to_string()))?;
        return dense(&mut book, file, &BTreeMap::new());
    }
    let mut archive = bounded(bytes, file)?;
    let names: Vec<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    if names.iter().any(|name| name == "content.xml") {
        let marks = opendocument::marks(&entry(&mut archive, "content.xml").unwrap_or_default(), file)?;
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|why| broken(why.to_string()))?;
        return dense(&mut book, file, &marks);
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

pub(super) fn entry(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Calls `see` with every element and its attributes, and with every text as `#text`.
pub(super) fn elements(xml: &str, mut see: impl FnMut(&str, &dyn Fn(&str) -> Option<String>, bool)) {
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
            Ok(Event::Text(text)) => see("#text", &|_| Some(text.to_string()), true),
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
    let (mut within, mut is_text) = (false, false);
    elements(xml, |name, attribute, starts| match (name, starts) {
        ("row", true) if matches!(attribute("hidden").as_deref(), Some("1" | "true")) => {
            marks.hidden.extend(attribute("r").and_then(|row| row.parse::<usize>().ok()));
        }
        ("c", true) => {
            cell = attribute("r").unwrap_or_default();
            (formula, value, within) = (false, false, false);
            is_text = attribute("t").as_deref() == Some("str");
        }
        ("f", true) => formula = true,
        ("is", true) => value = true,
        // A result that is no text is written, or there is none: `<v/>`.
        ("v", true) => (within, value) = (true, is_text),
        ("v", false) => within = false,
        ("#text", true) if within => value = true,
        ("c", false) if formula && !value && marks.unresolved.len() < 100 => marks.unresolved.push(cell.clone()),
        _ => {}
    });
    marks
}

/// What a spreadsheet program does not write and readers take in different ways: a cell twice, or a comment within one.
fn unclear(xml: &str) -> Option<String> {
    let mut reader = XmlReader::from_str(xml);
    let (mut seen, mut cell) = (HashSet::new(), None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == "c" => {
                let named = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "r");
                let Some(name) = named.map(|attribute| attribute.value.to_string()) else { continue };
                if !seen.insert(name.clone()) {
                    return Some(format!("the cell {name} stands twice in the workbook"));
                }
                cell = Some(name);
            }
            Ok(Event::End(end)) if end.local_name().as_ref() == "c" => cell = None,
            Ok(Event::Comment(_) | Event::PI(_) | Event::CData(_)) => {
                if let Some(name) = &cell {
                    return Some(format!("the cell {name} has a hidden part that readers take in different ways"));
                }
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
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
        let xml = entry(archive, &entries[&known.name]).unwrap_or_default();
        if let Some(why) = unclear(&xml) {
            let place = Place { sheet: known.name.as_str().into(), ..Place::file(file) };
            let cure = "open it in a spreadsheet program, check that cell, and save it anew";
            return Err(Finding::fault(Code::Unreadable, Some(place), why, cure));
        }
        let marks = marks(&xml);
        let mut sheet =
            Sheet { name: known.name.clone(), hidden: known.visible != SheetVisible::Visible, ..Sheet::default() };
        let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
        // A chart sheet has no cells.
        let Ok(mut reader) = book.worksheet_cells_reader(&known.name) else { continue };
        let formats: Vec<Shown> = reader
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref())
            .map(|format| format.map_or_else(Shown::default, |format| Shown::of(&format.format_code, format.format_id)))
            .collect();
        let struck: Vec<bool> =
            reader.styles().iter().map(|style| style.font.as_ref().is_some_and(Font::has_strikethrough)).collect();
        loop {
            let cell =
                reader.next_cell_with_style_id().map_err(|why| broken(format!("sheet \"{}\": {why}", known.name)))?;
            let Some((cell, style)) = cell else { break };
            let (row, column) = cell.get_position();
            let value = of_xlsx(cell.get_value());
            // What a workbook shows as 20 % it holds as 0.2.
            let value = match formats.get(style) {
                Some(shown) => shown.cell(value),
                None => value,
            };
            let value = Cell { is_struck: struck.get(style) == Some(&true), ..value };
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
        if !sheet.hidden {
            let place = |cell: &str| {
                let (row, column) = notes::position(cell);
                let own = sheet.rows.iter().find(|known| known.number == row);
                let text = own.map_or("", |own| own.text(column.saturating_sub(1))).to_owned();
                Place { sheet: sheet.name.as_str().into(), row, column, text, ..Place::file(file) }
            };
            let is_heading = |place: &Place| heading::guess(&place.text) != heading::Guess::Unknown;
            findings.extend(notes::told(archive, &entries[&known.name], place, is_heading));
        }
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
        Some(value) => Cell { text: value.normalize().to_string(), number: Some(value.normalize()), ..Cell::default() },
        None => Cell::text(&number.to_string()),
    }
}

fn of_error(error: &CellErrorType) -> Cell {
    Cell::text(&error.to_string())
}

/// A day, with its time where it has one, or a length of time: a bare number would leave open of what.
fn of_date(date: &calamine::ExcelDateTime) -> Cell {
    let days = date.as_f64();
    if date.is_duration() {
        return of_hours(days * 24.0);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = match second {
        0 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    Cell::text(&match time.as_str() {
        // Before the first day there is a time of the day alone.
        _ if (0.0..1.0).contains(&days) => time,
        "00:00" => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    })
}

/// A length of time, to the second.
fn of_hours(hours: f64) -> Cell {
    let hours = decimal(hours).map_or(Decimal::ZERO, |hours| hours.round_dp(4).normalize());
    Cell { is_made: true, ..Cell::text(&format!("{hours} hours")) }
}

/// A day of an ODS, with its time where it has one: `2024-03-02T22:40:00`.
fn of_iso_day(text: &str) -> Cell {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let time = time.strip_suffix(":00").unwrap_or(time);
    Cell::text(if matches!(time, "" | "00:00") { day.to_owned() } else { format!("{day} {time}") }.as_str())
}

/// A length of time of an ODS: `PT36H30M00S`.
fn of_iso_length(text: &str) -> Cell {
    let mut rest = text.trim_start_matches("PT");
    let mut hours = 0.0;
    for (unit, share) in [('H', 1.0), ('M', 60.0), ('S', 3600.0)] {
        let Some((number, behind)) = rest.split_once(unit) else { continue };
        let Ok(number) = number.replace(',', ".").parse::<f64>() else { return Cell::text(text) };
        (hours, rest) = (hours + number / share, behind);
    }
    if rest.is_empty() { of_hours(hours) } else { Cell::text(text) }
}

fn of_xlsx(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => of_number(*number as f64),
        DataRef::Float(number) => of_number(*number),
        DataRef::String(text) => Cell::text(text.trim()),
        DataRef::SharedString(text) => Cell::text(text.trim()),
        DataRef::Bool(flag) => Cell::text(if *flag { "yes" } else { "no" }),
        DataRef::DateTime(date) => of_date(date),
        DataRef::DateTimeIso(text) => of_iso_day(text),
        DataRef::DurationIso(text) => of_iso_length(text),
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
        Data::DateTimeIso(text) => of_iso_day(text),
        Data::DurationIso(text) => of_iso_length(text),
        Data::Error(error) => of_error(error),
        Data::Empty => Cell::default(),
        #[allow(unreachable_patterns, reason = "calamine adds kinds of cells behind features")]
        _ => Cell::default(),
    }
}

/// The sheets of a workbook that calamine reads whole.
fn dense<'a, R>(book: &mut R, file: &str, marks: &BTreeMap<String, opendocument::Marks>) -> Result<Vec<Sheet>, Finding>
where
    R: Reader<Cursor<&'a [u8]>>,
{
    let mut sheets = Vec::new();
    let mut total = 0;
    for known in book.sheets_metadata().to_vec() {
        let Ok(range): Result<Range<Data>, _> = book.worksheet_range(&known.name) else { continue };
        let start = range.start().unwrap_or_default();
        let marks = marks.get(&known.name);
        let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
        for (row, column, value) in range.used_cells() {
            let cell = of_dense(value);
            if cell.is_empty() {
                continue;
            }
            let (row, column) = (start.0 + row as u32, start.1 + column as u32);
            total += 1;
            check_size(row, column, total, &known.name, file)?;
            let shown = marks.and_then(|marks| marks.shown.get(&(row as usize, column as usize)));
            let cell = match shown {
                Some(shown) => shown.cell(cell),
                None => cell,
            };
            rows.entry(row).or_default().insert(column, cell);
        }
        sheets.push(Sheet {
            name: known.name.clone(),
            hidden: known.visible != SheetVisible::Visible,
            rows: grown(rows, marks.map_or(&HashSet::new(), |marks| &marks.hidden)),
            merged: marks.map_or_else(Vec::new, |marks| marks.merged.clone()),
            origins: None,
        });
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_two_readers_read_in_two_ways_is_told() {
        let cells = |inner: &str| unclear(&format!("<sheetData><row r=\"2\">{inner}</row></sheetData>"));
        assert_eq!(cells("<c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>50</v></c>"), None);
        assert!(cells("<c r=\"D2\"><v>50<!-- x -->00</v></c>").is_some_and(|why| why.contains("the cell D2")));
        assert!(cells("<c r=\"D2\"><v>1</v></c><c r=\"D2\"><v>2</v></c>").is_some_and(|why| why.contains("twice")));
        assert_eq!(unclear("<!-- by a program --><sheetData/>"), None);
    }
}
