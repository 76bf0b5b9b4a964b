//! Which letters do these bytes stand for, and which cells does a separated text have?
//!
//! Encodings: UTF-8 with and without a mark, UTF-16, else Windows-1252. The separator is the one that cuts the first
//! lines into rows of the same length.

use encoding_rs::{MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::grid::{Cell, Row, Sheet};
use super::place::{Code, Finding, Place};

/// The most rows that an import takes.
pub const MAX_ROWS: usize = 1_000_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 4_096;
/// The most cells.
pub const MAX_CELLS: usize = 5_000_000;

/// The text of some bytes and the name of its encoding.
pub fn decode(bytes: &[u8]) -> (String, &'static str) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return (String::from_utf8_lossy(rest).into_owned(), "UTF-8");
    }
    if bytes.starts_with(b"\xff\xfe") {
        return (UTF_16LE.decode(bytes).0.into_owned(), "UTF-16");
    }
    if bytes.starts_with(b"\xfe\xff") {
        return (UTF_16BE.decode(bytes).0.into_owned(), "UTF-16");
    }
    // Without a mark, the zero bytes of Latin letters tell.
    let head = &bytes[..bytes.len().min(400)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    if head.len() >= 4 && zeros(1) * 4 > head.len() && zeros(0) == 0 {
        return (UTF_16LE.decode(bytes).0.into_owned(), "UTF-16");
    }
    if head.len() >= 4 && zeros(0) * 4 > head.len() && zeros(1) == 0 {
        return (UTF_16BE.decode(bytes).0.into_owned(), "UTF-16");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), "UTF-8"),
        Err(_) if is_macintosh(bytes) => (MACINTOSH.decode(bytes).0.into_owned(), "Mac OS Roman"),
        Err(_) => (WINDOWS_1252.decode(bytes).0.into_owned(), "Windows-1252"),
    }
}

/// Whether letters within words stand where Mac OS Roman has them and Windows-1252 has signs.
fn is_macintosh(bytes: &[u8]) -> bool {
    // Not those that are quotes, dashes and the euro in Windows-1252.
    let is_sign = |byte: u8| {
        matches!(byte, 0x80 | 0x82 | 0x84 | 0x85 | 0x91..=0x97 | 0x99 | 0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f)
    };
    let (mut old, mut western, mut either) = (0, 0, 0);
    for three in bytes.windows(3).filter(|three| three[0].is_ascii_alphabetic() || three[2].is_ascii_alphabetic()) {
        match three[1] {
            0xc0..=0xff => western += 1,
            0x80..=0x9f if !is_sign(three[1]) => old += 1,
            // Š, Ž and Œ in the middle of a word of small letters.
            0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f
                if three[2].is_ascii_lowercase() && three[0].is_ascii_lowercase() =>
            {
                either += 1
            }
            _ => {}
        }
    }
    old + either > western
}

/// The sign that separates the cells of a text.
pub fn separator(text: &str) -> char {
    // Excel's own line.
    if let Some(sep) = text.lines().next().and_then(|line| line.strip_prefix("sep=")) {
        return sep.chars().next().unwrap_or(',');
    }
    let mut best = (0, ',');
    for candidate in ['\t', ';', ',', '|'] {
        let sample = rows(text, candidate, 20);
        let lengths: Vec<usize> = sample
            .iter()
            .filter(|row| !row.cells[0].starts_with('#') && row.cells.iter().any(|cell| !cell.is_empty()))
            .map(|row| row.cells.len())
            .collect();
        let Some(&longest) = lengths.iter().max() else { continue };
        if longest < 2 {
            continue;
        }
        // How many rows have the most common length, weighed by that length.
        let common =
            lengths.iter().map(|length| lengths.iter().filter(|other| *other == length).count() * (length - 1)).max();
        let score = common.unwrap_or(0);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

struct Raw {
    cells: Vec<String>,
    /// A quote in it is not closed.
    is_open: bool,
}

/// The first rows of a text, cut at a sign outside of quotes.
fn rows(text: &str, separator: char, most: usize) -> Vec<Raw> {
    let mut found = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    let mut any = false;
    while let Some(c) = chars.next() {
        any = true;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                found.push(Raw { cells: std::mem::take(&mut cells), is_open: false });
                any = false;
                if found.len() >= most {
                    return found;
                }
            }
            c if c == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if any {
        cells.push(cell);
        found.push(Raw { cells, is_open: quoted });
    }
    found
}

/// A cell without the apostrophe that keeps a spreadsheet from working out what begins like a formula.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// The one sheet of a separated text.
pub fn sheet(text: &str, separator: char) -> Result<Sheet, Finding> {
    let raw = rows(text, separator, MAX_ROWS + 1);
    let too_big = |what: String| Finding::fault(Code::TooBig, None, what, "cut the file down to its table of risks");
    if raw.len() > MAX_ROWS {
        return Err(too_big(format!("the file has more than {MAX_ROWS} rows")));
    }
    if raw.last().is_some_and(|row| row.is_open) {
        let place = Place { row: raw.len(), ..Place::default() };
        let message = "a quote begins in this row and is not closed: all rows below it would be one cell";
        return Err(Finding::fault(Code::Row, Some(place), message, "close the quote, or take it out"));
    }
    let mut cells = 0;
    let mut sheet = Sheet::default();
    for (index, row) in raw.into_iter().enumerate() {
        let length = row.cells.len();
        cells += length;
        if length > MAX_COLUMNS || cells > MAX_CELLS {
            return Err(too_big(format!(
                "row {} brings the file over {MAX_COLUMNS} columns or {MAX_CELLS} cells",
                index + 1
            )));
        }
        if index == 0 && row.cells[0].starts_with("sep=") {
            continue;
        }
        let cells = row.cells.into_iter().map(|text| Cell::text(unguarded(text.trim()))).collect();
        sheet.rows.push(Row { number: index + 1, hidden: false, length, cells });
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_comes_out_of_five_encodings() {
        let text = "Risiko;Häufigkeit\nGröße;5 €\n";
        let wide = |big: bool, mark: bool| -> Vec<u8> {
            let mark = if mark { "\u{feff}" } else { "" };
            format!("{mark}{text}")
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let marked = format!("\u{feff}{text}").into_bytes();
        let western = WINDOWS_1252.encode(text).0.into_owned();
        for bytes in
            [text.as_bytes().to_vec(), marked, wide(false, true), wide(true, true), wide(false, false), western]
        {
            assert_eq!(decode(&bytes).0, text);
        }
    }

    #[test]
    fn the_separator_is_the_one_that_cuts_rows_alike() {
        assert_eq!(separator("a;b;c\n1,5;2,5;3,5\n"), ';');
        assert_eq!(separator("a,b\n\"1;2;3\",x\n"), ',');
        assert_eq!(separator("a\tb\n1,000\t2\n"), '\t');
        assert_eq!(separator("sep=;\na;b\n"), ';');
    }

    #[test]
    fn quotes_hold_separators_lines_and_quotes() {
        let sheet = sheet("a,\"b, \"\"c\"\"\nd\",e\n\nf", ',').unwrap();
        assert_eq!(sheet.rows[0].cells[1].text, "b, \"c\"\nd");
        assert_eq!((sheet.rows.len(), sheet.rows[2].number), (3, 3));
    }
}
