//! A file of rows: headings, and cells with the line that they stand on.
//!
//! Separators `,` `;` and tab are told apart by the first lines; lines that begin with `#`
//! are remarks. Text is UTF-8, UTF-16 with its mark or without, or else Windows-1252, as Excel saves it.

use super::fault;
use super::remark::Remark;
use super::workbook::{self, Sheet};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::Figure;
use crate::units::reading::aside::aside;
use crate::units::reading::beside::is_of_units;
use crate::units::reading::column::{self, Style};
use crate::units::reading::heading::{heading_hours, heading_unit};

/// Headings and rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The file's name.
    pub name: String,
    /// As they are written, without blanks around.
    pub headings: Vec<String>,
    /// Each with its line in the file.
    pub rows: Vec<(u64, Vec<String>)>,
    /// The style of numbers that the file itself lets expect: a program that writes commas between cells writes none
    /// before decimals.
    pub usual: Option<Style>,
    /// What was read where something else could have been.
    pub told: Vec<Remark>,
    /// A line outside of the table that says what its amounts count in.
    pub aside: Option<String>,
    /// Whether signs between its cells keep them apart, which a cell may hold too.
    pub is_separated: bool,
}

/// A line that says in which multiple amounts are counted: `All amounts in k€`.
fn counts(line: &str) -> Option<String> {
    aside(line).filter(|said| said.unit.is_some()).map(|_| line.trim_matches(['#', ' ', ',', ';']).to_owned())
}

/// The most bytes of a file.
const MOST_BYTES: usize = 64 << 20;

/// The text of a file.
///
/// # Errors
/// A workbook or another file that is no text.
pub fn text(name: &str, bytes: &[u8]) -> Result<String, Diagnostic> {
    if bytes.len() > MOST_BYTES {
        return Err(fault(Code::TooBig, format!("{name} has more than 64 MB"), &["leave out what is not needed"]));
    }
    let wide = is_utf16(bytes);
    if bytes.starts_with(b"PK") || wide.is_none() && bytes.iter().take(4096).any(|b| *b == 0) {
        return Err(fault(
            Code::Encoding,
            format!("{name} is no text file"),
            &["save the sheet as CSV (UTF-8) and name that file"],
        ));
    }
    if let Some(little) = wide {
        let units = bytes.chunks_exact(2).map(|pair| {
            if little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) }
        });
        let text = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}'));
        return Ok(text.skip_while(|c| *c == '\u{feff}').collect());
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Windows-1252: what Excel writes without being asked.
        Err(_) => bytes.iter().map(|b| windows(*b)).collect(),
    })
}

/// Whether the text is UTF-16, and then whether its lower bytes come first: by its mark, else by the zero bytes of
/// Latin letters.
fn is_utf16(bytes: &[u8]) -> Option<bool> {
    let head = &bytes[..bytes.len().min(400)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let is_wide = |high: usize| head.len() >= 4 && zeros(high) * 4 > head.len() && zeros(1 - high) == 0;
    match bytes {
        [0xff, 0xfe, ..] => Some(true),
        [0xfe, 0xff, ..] => Some(false),
        _ if is_wide(1) => Some(true),
        _ if is_wide(0) => Some(false),
        _ => None,
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 | 0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        byte => char::from(byte),
    }
}

/// What most often stands equally often in the first lines: a title above the headings has none of it.
fn separator(text: &str) -> char {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')).take(30).collect();
    let score = |c: char| {
        let counts: Vec<usize> = lines.iter().map(|line| line.matches(c).count()).collect();
        counts.iter().map(|count| count * counts.iter().filter(|other| *other == count).count()).max()
    };
    [';', '\t', ','].into_iter().max_by_key(|c| (score(*c), *c == ',')).unwrap_or(',')
}

/// Counts the lines of a text from front to back.
struct Lines<'t> {
    text: &'t [u8],
    /// How far was counted, and the breaks up to there.
    seen: usize,
    breaks: usize,
}

impl Lines<'_> {
    /// The line on which the row after this byte begins: empty lines and remarks before it are no rows. Bytes must not
    /// fall.
    fn of(&mut self, byte: u64) -> u64 {
        let start = usize::try_from(byte).unwrap_or(0).clamp(self.seen, self.text.len());
        self.breaks += self.text[self.seen..start].iter().filter(|byte| **byte == b'\n').count();
        self.seen = start;
        let rows = self.text[start..].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        let skipped = rows.take_while(|row| row.is_empty() || row.starts_with(b"#")).count();
        (self.breaks + skipped + 1) as u64
    }
}

impl Table {
    /// Reads a table: a text, or a sheet of a workbook.
    ///
    /// # Errors
    /// A file that is neither or has no rows.
    pub fn read(name: &str, bytes: &[u8], sheet: Sheet<'_>) -> Result<Self, Diagnostic> {
        if let Some(read) = workbook::table(name, bytes, sheet) {
            return read;
        }
        let whole = text(name, bytes)?;
        // Excel's own first line says what stands between the cells.
        let stated = whole.lines().next().and_then(|line| line.strip_prefix("sep="));
        let between = stated.and_then(|rest| rest.trim_end().chars().next()).filter(char::is_ascii);
        let text = if between.is_some() { format!("#{whole}") } else { whole };
        let separator = between.unwrap_or_else(|| separator(&text));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(u8::try_from(separator).unwrap_or(b','))
            .comment(Some(b'#'))
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        let mut lines = Lines { text: text.as_bytes(), seen: 0, breaks: 0 };
        for record in reader.records() {
            let record = record.map_err(|found| {
                fault(
                    Code::Syntax,
                    format!("{name} cannot be read as a table: {found}"),
                    &["check the quotes of that line"],
                )
            })?;
            let line = record.position().map_or(0, |position| lines.of(position.byte()));
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push((line, cells));
            }
        }
        if let Some((line, _)) = rows.last().filter(|(_, last)| column::is_open(&text, last)) {
            return Err(fault(
                Code::Syntax,
                format!(
                    "{name}, line {line}: a quote begins here and is not closed: all lines below it would be one cell"
                ),
                &["close the quote, or take it out"],
            ));
        }
        let aside = text.lines().filter(|line| line.starts_with('#')).find_map(counts);
        let table = Self::of_rows(name, rows)?;
        Ok(Self { usual: (separator == ',').then_some(Style::Point), aside, is_separated: true, ..table })
    }

    /// The table, which has a row below its headings.
    ///
    /// # Errors
    /// It has none.
    pub fn filled(self) -> Result<Self, Diagnostic> {
        if self.rows.is_empty() {
            return Err(fault(
                Code::NotATable,
                format!("{} holds no row below its headings", self.name),
                &[
                    "the first line names the columns, each line below it is one event or one answer",
                    "where nothing happened, say so: `rosi calibrate frequency LOG --none` counts no event",
                ],
            ));
        }
        Ok(self)
    }

    /// A table of rows with their lines; the first holds the headings.
    ///
    /// # Errors
    /// No row at all.
    pub fn of_rows(name: &str, mut rows: Vec<(u64, Vec<String>)>) -> Result<Self, Diagnostic> {
        if rows.is_empty() {
            return Err(fault(
                Code::NotATable,
                format!("{name} is empty"),
                &["the first line names the columns, each line below it is one event or one answer"],
            ));
        }
        let (_, headings) = rows.remove(0);
        Ok(Self {
            name: name.to_owned(),
            headings,
            rows,
            usual: None,
            told: Vec::new(),
            aside: None,
            is_separated: false,
        })
    }

    /// The same from the first row on that holds one of these headings beside another: what stands above is a title.
    #[must_use]
    pub fn headed_by(mut self, usual: &[&str]) -> Self {
        const TITLES: usize = 30;
        let is_heading = |cell: &String| usual.iter().any(|word| Self::key(cell) == Self::key(word));
        let is_head =
            |row: &[String]| row.iter().any(is_heading) && row.iter().filter(|cell| !cell.is_empty()).count() > 1;
        if self.headings.iter().any(is_heading) {
            return self;
        }
        let found = self.rows.iter().take(TITLES).position(|(_, row)| is_head(row));
        if let Some(at) = found.filter(|at| at + 1 < self.rows.len()) {
            let titles = [&self.headings].into_iter().chain(self.rows[..at].iter().map(|(_, row)| row));
            let aside = titles.map(|row| row.join(" ")).find_map(|row| counts(row.trim()));
            self.aside = self.aside.or(aside);
            self.headings = self.rows.drain(..=at).next_back().map(|(_, row)| row).unwrap_or_default();
        }
        self
    }

    /// Rows with more cells than the headings: a separator within a cell moves what stands behind it.
    pub(super) fn wider(&self) -> Vec<Diagnostic> {
        const MOST: usize = 5;
        let width = self.headings.len();
        let wider = self.rows.iter().filter(|(_, row)| self.is_separated && column::is_wider(row, width));
        let told = wider.take(MOST).map(|(line, row)| {
            let cells = row.len();
            fault(
                Code::Syntax,
                format!(
                    "{}, line {line}: the row has {cells} cells, the headings {width}: a separator within a cell?",
                    self.name
                ),
                &["put the cell that holds it in quotes, or give every column a heading"],
            )
        });
        told.collect()
    }

    /// A heading without what two writers of it may do otherwise.
    pub(super) fn key(heading: &str) -> String {
        heading.to_lowercase().replace(['_', '-'], " ").trim().to_owned()
    }

    /// The same without what it counts in: `Cost (k€)` is `cost`.
    pub(super) fn key_of_amount(heading: &str) -> String {
        let bare = heading.split_once(['(', '[']).filter(|_| heading_unit(heading) != (None, None));
        Self::key(bare.map_or(heading, |(bare, _)| bare))
    }

    /// A heading without the time that it counts in: `Outage (min)` and `outage_days` are `outage`.
    fn key_of_length(heading: &str) -> String {
        let bare = heading.split(['(', '[']).next().unwrap_or_default();
        let key = Self::key(if heading_hours(heading).is_some() { bare } else { heading });
        let words: Vec<&str> = key.split_whitespace().collect();
        let last = words.iter().rposition(|word| *word != "in" && heading_hours(word).is_none());
        words[..last.map_or(0, |last| last + 1)].join(" ")
    }

    /// The columns with lengths of time that are headed by one of these words, each with the hours of one that it counts.
    pub(super) fn lengths(&self, usual: &[&str]) -> Vec<(usize, f64)> {
        let is_one = |heading: &str| {
            usual.iter().any(|word| Self::key(heading) == *word || Self::key_of_length(heading) == *word)
        };
        let hours = |heading: &str| heading_hours(heading).map_or(1.0, |hours| Figure::exact(hours).to_f64());
        let found = self.headings.iter().enumerate().filter(|(_, heading)| is_one(heading));
        found.map(|(column, heading)| (column, hours(heading))).collect()
    }

    /// The columns with amounts that are headed by one of these words, the first word first.
    pub(super) fn amounts(&self, usual: &[&str]) -> Vec<usize> {
        let keys: Vec<String> = self.headings.iter().map(|heading| Self::key_of_amount(heading)).collect();
        let of =
            |word: &&str| keys.iter().enumerate().filter(|(_, key)| *key == *word).map(|(column, _)| column).collect();
        usual.iter().flat_map(|word| -> Vec<usize> { of(word) }).collect()
    }

    /// The columns that are headed by one of these words.
    pub(super) fn columns(&self, usual: &[&str]) -> Vec<usize> {
        let is_one = |heading: &String| usual.iter().any(|word| Self::key(heading) == Self::key(word));
        self.headings.iter().enumerate().filter(|(_, heading)| is_one(heading)).map(|(column, _)| column).collect()
    }

    /// The column of this name, or the first that is headed by one of the usual words.
    #[must_use]
    pub fn column(&self, usual: &[&str]) -> Option<usize> {
        usual.iter().find_map(|word| self.headings.iter().position(|heading| Self::key(heading) == Self::key(word)))
    }

    /// The column that the user named.
    ///
    /// # Errors
    /// There is none; the headings are listed.
    pub fn named(&self, name: &str) -> Result<usize, Diagnostic> {
        match self.columns(&[name])[..] {
            [column] => Ok(column),
            [] => Err(fault(
                Code::UnknownWord,
                format!("{} has no column \"{name}\"", self.name),
                &[&format!("columns: {}", self.headings.join(", "))],
            )),
            _ => Err(fault(
                Code::Contradiction,
                format!("{} has several columns \"{name}\"", self.name),
                &["rename one of them"],
            )),
        }
    }

    /// The columns, beside those that hold other things, that say in what the numbers of their rows count.
    pub(super) fn units(&self, others: &[Option<usize>]) -> Vec<usize> {
        let is_of = |column: &usize| {
            let cells = self.rows.iter().map(|(_, row)| self.cell(row, Some(*column)));
            is_of_units(&self.headings[*column], cells)
        };
        (0..self.headings.len()).filter(|column| !others.contains(&Some(*column))).filter(is_of).collect()
    }

    /// A cell, empty where the row is too short.
    #[must_use]
    pub fn cell<'t>(&self, row: &'t [String], column: Option<usize>) -> &'t str {
        column.and_then(|column| row.get(column)).map_or("", |cell| cell.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Table, Diagnostic> {
        Table::read("a.csv", bytes, Sheet::Fullest)
    }

    #[test]
    fn separators_remarks_and_encodings_are_told_apart() {
        let table = read("Er\u{f6}ffnet;Art\n#x\n1;2\n\n3;4,5\n".as_bytes()).unwrap();
        assert_eq!(table.headings, ["Eröffnet", "Art"]);
        assert_eq!(table.rows[1], (5, vec!["3".to_owned(), "4,5".to_owned()]));
        let windows = read(b"Er\xf6ffnet;\x80\n1;2\n").unwrap();
        assert_eq!(windows.headings, ["Eröffnet", "€"]);
        assert_eq!(windows.column(&["opened", "eröffnet"]), Some(0));
        assert_eq!(read(b"\x00\x01\x02\x03").unwrap_err().code, Code::Encoding);
        assert_eq!(read(b"only,headings\n").and_then(Table::filled).unwrap_err().code, Code::NotATable);
        assert_eq!(read(b" \n#x\n").unwrap_err().code, Code::NotATable);
        for (wide, text) in [(true, "\u{feff}opened,cost\n1,2\n"), (false, "opened,cost\n1,2\n")] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(read(&bytes).unwrap().headings, ["opened", "cost"], "{wide}");
        }
        let stated = read(b"sep=;\r\nopened;cost, gross\r\n1;2\r\n").unwrap();
        assert_eq!((stated.headings[1].as_str(), stated.rows[0].0), ("cost, gross", 3));
        assert!(table.named("nothing").unwrap_err().help[0].contains("Art"));
    }
}
