//! Where in a sheet does the table begin, what are its headings, and which rows are data?
//!
//! The row with the most known headings is the header. A row beneath it that holds headings only, or a row above it with
//! words such as "before" and "after", belongs to it; merged cells are filled. Totals, remarks and `#` lines are left out
//! and told; hidden rows are taken and told.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::grid::{Row, Sheet};
use super::heading::{Guess, Meaning, Phase, Role, guess};
use super::number::{Amount, Misread, Reading, Style, Styles, amount, heading_unit, is_blank_cell, range};
use super::place::{Finding, Place, letters, shortened};
use super::span::{Span, span};
use crate::units::Currency;
use crate::units::reading::column::is_average;

mod beside;
mod counts;
mod header;
mod total;

pub use beside::parts;
pub use counts::Line;
use header::{Header, headers};
pub use total::starts_with_word;
use total::{REMARKS, Totals, is_beside, is_rule, is_summary};

/// How far down a header is looked for, in rows that hold something.
const HEADER_WITHIN: usize = 60;

/// A column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// From 0.
    pub index: usize,
    /// The heading, two header rows joined.
    pub heading: String,
    /// What it could name.
    pub guess: Guess,
    /// The time that it speaks of.
    pub span: Span,
    /// The multiple and the currency that it counts in.
    pub unit: (Option<Decimal>, Option<String>),
    /// What it was taken for.
    pub meaning: Option<Meaning>,
    /// How its numbers are read.
    pub reading: Reading,
    /// Its cells are scores.
    pub scored: bool,
    /// The column of measures that its price or effect belongs to, where each has its own.
    pub of: Option<usize>,
    /// The currencies that its cells name.
    pub currencies: Vec<String>,
    /// What somebody who typed its cells shows of the decimal sign.
    pub typed: Styles,
    /// What its heading says and nobody here understands: a doubt, or a question about each figure.
    pub doubt: Option<String>,
}

/// A table within a sheet.
#[derive(Debug)]
pub struct Table<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Which of its tables this is, from 1.
    pub number: usize,
    /// It begins below another one, and its headings are not all known.
    pub is_foreign: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, without totals and remarks.
    pub rows: Vec<&'a Row>,
    /// Rows with totals.
    pub totals: Vec<&'a Row>,
    /// What lines outside of the table say of its figures.
    pub lines: Vec<Line>,
    /// What lines of other sheets say of amounts.
    pub others: Vec<Line>,
    /// The multiple and the currency that they state of all amounts.
    pub counts: (Option<Decimal>, Option<String>),
    /// Its cells that are struck through, by sheet, row and column.
    pub struck: HashSet<(Arc<str>, usize, usize)>,
    /// How many cells a whole row has; nothing where another table holds the rest of it.
    pub width: Option<usize>,
}

impl Table<'_> {
    /// Where a cell stands.
    pub fn place(&self, row: &Row, column: &Column) -> Place {
        Place {
            heading: column.heading.as_str().into(),
            text: row.text(column.index).to_owned(),
            ..self.sheet.place(self.file, row.number, column.index)
        }
    }

    /// Where the heading of a column stands; of several rows of headings none is named.
    pub fn heading_place(&self, column: &Column) -> Place {
        Place { heading: column.heading.as_str().into(), ..self.sheet.place(self.file, 0, column.index) }
    }

    /// Whether a place is that of a cell of a column.
    pub fn is_in(&self, place: &Place, column: &Column) -> bool {
        match &self.sheet.origins {
            Some(origins) => origins.cell(place).is_some_and(|(_, index)| index == column.index),
            None => place.column == column.index + 1,
        }
    }

    /// The column of a place.
    pub fn column_of(&self, place: &Place) -> Option<&Column> {
        self.columns.iter().find(|column| self.is_in(place, column))
    }

    /// The row of the table that a place stands in.
    pub fn row_of(&self, place: &Place) -> Option<&Row> {
        let number = match &self.sheet.origins {
            Some(origins) => origins.cell(place)?.0,
            None => Some(place.row).filter(|_| place.sheet.as_ref() == self.sheet.name.as_str())?,
        };
        self.rows.iter().find(|row| row.number == number).copied()
    }

    /// Whether what stands at a place is struck through.
    pub fn is_struck(&self, place: &Place) -> bool {
        !self.struck.is_empty() && self.struck.contains(&(place.sheet.clone(), place.row, place.column))
    }

    /// How a column is named to whoever looks for it: `C`, or `row 5` where risks stand side by side.
    pub fn name_of(&self, column: &Column) -> String {
        let place = self.sheet.place(self.file, 0, column.index);
        if place.row > 0 { format!("row {}", place.row) } else { letters(place.column) }
    }

    /// Where a row stands.
    pub fn row_place(&self, row: &Row) -> Place {
        self.sheet.row_place(self.file, row.number)
    }

    /// The cells of a column that hold something, from the top.
    pub fn filled<'t>(&'t self, column: &'t Column) -> impl Iterator<Item = &'t str> + Clone {
        self.rows.iter().map(|row| row.text(column.index)).filter(|text| !is_blank_cell(text))
    }

    /// Whether a column was taken for such a role.
    pub fn has(&self, wanted: impl Fn(Role) -> bool) -> bool {
        self.columns.iter().any(|column| column.meaning.is_some_and(|meaning| wanted(meaning.role)))
    }

    /// The columns of a meaning.
    pub fn of(&self, role: Role, phases: &[Phase]) -> impl Iterator<Item = &Column> {
        let found = phases.iter().flat_map(move |phase| {
            let wanted = Meaning { role, phase: *phase };
            self.columns.iter().filter(move |column| column.meaning == Some(wanted))
        });
        found.collect::<Vec<_>>().into_iter()
    }
}

fn is_number(text: &str) -> bool {
    // "€ 1,200" is a number, whichever of its readings holds; so is "€5,000 - €20,000".
    let figure = |text: &str| matches!(amount(text, None), Ok(_) | Err(Misread::TwoReadings(..)));
    text.starts_with(|c: char| c.is_ascii_digit())
        || text.bytes().any(|byte| byte.is_ascii_digit())
            && (figure(text) || range(text).is_some_and(|(low, high)| figure(&low) && figure(&high)))
}

/// Whether a row is a remark of whoever keeps the file: it begins with `#`.
fn is_comment(row: &Row) -> bool {
    row.text(0).starts_with('#') && row.filled() <= 2 || row.text(0).starts_with("# ")
}

/// The tables of a sheet, from top to bottom.
pub fn find<'a>(file: &'a str, sheet: &'a Sheet, findings: &mut Vec<Finding>) -> Vec<Table<'a>> {
    let headers = headers(sheet);
    let ends: Vec<usize> = headers.iter().skip(1).map(|next| next.first).chain([sheet.rows.len()]).collect();
    let begins = headers.first().map_or(0, |first| first.first);
    let place = |row: &Row| sheet.row_place(file, row.number);
    let above: Vec<&Row> = sheet.rows[..begins].iter().filter(|row| !row.is_empty()).collect();
    let said = |row: &Row| Line::of(row, file, sheet);
    let mut lines: Vec<Line> = Line::of_name(file, sheet).into_iter().collect();
    lines.extend(above.iter().filter_map(|row| said(row)));
    let left: Vec<&&Row> = above.iter().filter(|row| said(row).is_none()).collect();
    if let Some((row, rest)) = left.split_first() {
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        let text = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
        let message = format!("what stands above the headings was left out: {}{more}", shortened(text));
        findings.push(Finding::note(Some(place(row)), message));
    }
    let mut tables: Vec<Table<'a>> = Vec::new();
    for (header, end) in headers.into_iter().zip(ends) {
        if !tables.is_empty() {
            let message = "another table begins here: it was read by its own headings";
            findings.push(Finding::note(Some(place(&sheet.rows[header.first])), message));
        }
        tables.extend(beside::apart(table(file, sheet, header, end, &mut lines, findings)));
    }
    if !tables.is_empty() {
        findings.extend(lines.iter().filter_map(Line::note));
    }
    for (place, table) in tables.iter_mut().enumerate() {
        table.lines.clone_from(&lines);
        table.number = place + 1;
    }
    tables
}

/// What the lines of a sheet without a table say of figures.
pub fn lines(file: &str, sheet: &Sheet) -> Vec<Line> {
    // A row of a table has more cells.
    let lines = sheet.rows.iter().filter(|row| (1..=2).contains(&row.filled()));
    lines.filter_map(|row| Line::of(row, file, sheet)).map(Line::elsewhere).collect()
}

/// Whether the first cell of a row is merged across others.
fn spans(sheet: &Sheet, row: &Row) -> bool {
    let Some(column) = row.cells.iter().position(|cell| !cell.is_empty()) else { return false };
    let is_own =
        |merged: &&(usize, usize, usize, usize)| merged.0 == row.number && merged.1 == row.number && merged.2 == column;
    sheet.merged.iter().find(is_own).is_some_and(|merged| merged.3 > merged.2)
}

/// Whether a row goes on with one above it, with which it shares a merged cell.
fn continues(sheet: &Sheet, row: &Row) -> bool {
    sheet.merged.iter().any(|merged| merged.0 < row.number && row.number <= merged.1)
}

/// The words of a row.
fn text_of(row: &Row) -> String {
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

/// The table below a header.
fn table<'a>(
    file: &'a str,
    sheet: &'a Sheet,
    header: Header,
    end: usize,
    lines: &mut Vec<Line>,
    findings: &mut Vec<Finding>,
) -> Table<'a> {
    let mut columns: Vec<Column> = header
        .texts
        .into_iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty())
        .map(|(index, heading)| Column {
            guess: guess(&heading),
            span: span(&heading),
            unit: heading_unit(&heading),
            index,
            heading,
            ..Column::default()
        })
        .collect();
    let place = |row: &Row| sheet.row_place(file, row.number);
    let mut table = Table {
        file,
        sheet,
        number: 1,
        is_foreign: header.is_foreign,
        columns: Vec::new(),
        rows: Vec::new(),
        totals: Vec::new(),
        lines: Vec::new(),
        others: Vec::new(),
        counts: (None, None),
        struck: HashSet::new(),
        width: columns.last().map(|column| column.index + 1),
    };
    let said = |row: &Row| Line::of(row, file, sheet).or_else(|| Line::of_section(row, file, sheet));
    let before = lines.len();
    let rows = &sheet.rows[header.last + 1..end];
    // Ids such as `#1` are no remarks.
    let has_marked_ids = rows.iter().filter(|row| row.filled() > 2).all(|row| row.text(0).starts_with('#'));
    let mut totals = Totals::of(&columns);
    totals.learn(rows);
    // Where most rows hold figures, one that holds a name alone is a heading or a footer.
    let alone = rows.iter().filter(|row| row.filled() == 1).count();
    let has_figures = 2 * alone <= rows.iter().filter(|row| !row.is_empty()).count();
    let is_title = |row: &Row| has_figures && row.filled() == 1 && !continues(sheet, row);
    let (mut last, mut is_behind_gap) = (0, false);
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let first = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
        is_behind_gap |= !table.rows.is_empty() && row.number > last + 1;
        last = row.number;
        let named = totals.names.iter().any(|name| !row.text(*name).is_empty());
        let repeated = columns.iter().filter(|column| row.text(column.index) == column.heading).count() >= 2;
        if row.text(0).starts_with('#') && !(has_marked_ids && row.filled() > 2) {
            lines.extend(said(row));
            let message = format!("a line that begins with # was left out: {}", shortened(&text_of(row)));
            findings.push(Finding::note(Some(place(row)), message));
        } else if row.is_struck() {
            let message = format!(
                "all of this row is struck through: it was left out; if it still holds, take the stroke away: {}",
                shortened(&text_of(row))
            );
            findings.push(Finding::question(Some(place(row)), message));
        } else if is_rule(row) {
            findings.push(Finding::note(Some(place(row)), "a line that rules the table was left out"));
        } else if totals.is_total(row) {
            table.totals.push(row);
            findings.push(Finding::note(Some(place(row)), "a total was left out"));
        } else if row.filled() == 1 && spans(sheet, row) && said(row).is_none() {
            let message = format!("a heading between the rows was left out: {}", shortened(first));
            findings.push(Finding::note(Some(place(row)), message));
        } else if is_average(first) {
            findings.push(Finding::note(Some(place(row)), "an average of the rows was left out"));
        } else if !table.rows.is_empty() && is_summary(if named { totals.name(row) } else { first }) {
            findings.push(Finding::note(Some(place(row)), "a row that sums up the others was left out"));
        } else if !table.rows.is_empty() && is_beside(totals.name(row), is_behind_gap) {
            let message = format!(
                "\"{}\" names a level of a scale, a limit, a sample, a footer or a setting, and no risk: the row was left out",
                shortened(totals.name(row))
            );
            findings.push(Finding::question(Some(place(row)), message));
        } else if repeated {
            findings.push(Finding::note(Some(place(row)), "the headings stand here again: left out"));
        } else if is_title(row) && totals.names_risk(row) && !starts_with_word(first, REMARKS) && said(row).is_none() {
            let message = format!(
                "nothing but \"{}\" stands in this row: a heading or a remark? It was left out; if it is a risk, write how often it strikes and what it costs",
                shortened(first)
            );
            findings.push(Finding::question(Some(place(row)), message));
        } else if let Some(id) = totals.whole(row).filter(|_| row.filled() == 2 && named) {
            let message = format!(
                "nothing but a name stands beside \"{id}\", of which other rows are parts: it was left out; if it is a risk of its own, write how often it strikes and what it costs"
            );
            findings.push(Finding::question(Some(place(row)), message));
        } else if row.filled() == 1 && (!named || starts_with_word(first, REMARKS) || said(row).is_some())
            || row.filled() == 2 && starts_with_word(first, REMARKS) && first.ends_with(':')
        {
            match said(row) {
                Some(line) => lines.push(line),
                None => {
                    findings.push(Finding::note(Some(place(row)), format!("a remark was left out: {}", text_of(row))));
                }
            }
        } else {
            if row.hidden {
                findings.push(Finding::note(Some(place(row)), "the row is hidden in the workbook; it was taken"));
            }
            for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.is_struck && !cell.is_empty()) {
                let at = sheet.place(file, row.number, column);
                table.struck.insert((at.sheet.clone(), at.row, at.column));
                let message = "the cell is struck through, and was taken: does it still hold? If not, empty it";
                findings.push(Finding::question(Some(Place { text: cell.text.clone(), ..at }), message));
            }
            if let Some(id) = totals.whole(row) {
                let message = format!(
                    "other rows are parts of \"{id}\": are its figures their sum? All of them were taken as risks; delete the row or its parts where they say the same"
                );
                findings.push(Finding::question(Some(place(row)), message));
            }
            // What was said between the rows is not said of all of them.
            if !table.rows.is_empty() {
                lines[before..].iter_mut().for_each(Line::is_of_some);
            }
            totals.add(row);
            table.rows.push(row);
        }
    }
    styles(&table.rows, &mut columns, None);
    table.columns = columns;
    table
}

/// What the cells of a column say of its style, all of them and those that somebody typed, and the currencies that they
/// name. What stands there again says nothing new, and what has no digit nothing at all.
fn said(rows: &[&Row], column: usize) -> (Styles, Styles, Vec<String>) {
    let (mut styles, mut typed, mut named) = (Styles::default(), Styles::default(), Vec::new());
    let mut known: HashSet<&str> = HashSet::new();
    for cell in rows.iter().filter_map(|row| row.cells.get(column)) {
        let text = cell.text.as_str();
        let has_digit = text.len() <= 60 && text.bytes().any(|byte| byte.is_ascii_digit());
        if !has_digit || !known.insert(text) {
            continue;
        }
        if cell.number.is_none() && is_number(text) && !is_date(text) {
            styles.see(text);
            if !cell.is_made {
                typed.see(text);
            }
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            // Whatever the marks of "$1,000" mean, it is in dollars.
            let read = amount(text, None).or_else(|_| amount(text, Some(Style::Point)));
            named.extend(read.or_else(|_| amount(text, Some(Style::Comma))).ok().and_then(|read| read.currency));
        }
    }
    (styles, typed, named)
}

/// Judges the style of each column by its cells, else by those of the others; a stated style holds.
pub fn styles(rows: &[&Row], columns: &mut [Column], stated: Option<Style>) {
    let mut all = Styles::default();
    let seen: Vec<(Styles, Styles, Vec<String>)> = columns
        .iter()
        .map(|column| {
            let found = said(rows, column.index);
            all = all.with(found.0);
            found
        })
        .collect();
    for (column, (styles, typed, mut named)) in columns.iter_mut().zip(seen) {
        column.typed = typed;
        named.sort_unstable();
        named.dedup();
        // `$` beside USD is no second one.
        let codes: Vec<Currency> = named.iter().filter_map(|code| Currency::from_code(code)).collect();
        named.retain(|name| Currency::from_code(name).is_some() || !codes.iter().any(|code| code.is_written(name)));
        column.currencies = named;
        column.reading = match stated {
            Some(style) => Reading { style: Some(style), stated: true, fine: true },
            None if styles.contradicts() => Reading::default(),
            None => {
                let own = styles.judge();
                Reading { style: own.or(all.judge()), stated: false, fine: own.is_some() && styles.is_fine() }
            }
        };
    }
}

/// Columns whose own table leaves their style open are read as the other tables of the file are written.
pub fn share_style(tables: &mut [Table<'_>]) {
    let all =
        tables.iter().flat_map(|table| &table.columns).fold(Styles::default(), |all, column| all.with(column.typed));
    let Some(style) = all.judge().filter(|_| !all.contradicts()) else { return };
    let columns = tables.iter_mut().flat_map(|table| &mut table.columns);
    for column in columns.filter(|column| column.reading.style.is_none() && !column.typed.contradicts()) {
        column.reading.style = Some(style);
    }
}

/// What a line beside one table says of amounts may hold on the other sheets too.
pub fn share_lines(tables: &mut [Table<'_>]) {
    let all: Vec<(String, Line)> = tables
        .iter()
        .flat_map(|table| table.lines.iter().map(|line| (table.sheet.name.clone(), line.clone())))
        .filter(|(_, line)| line.counts())
        .collect();
    for table in tables {
        let others =
            all.iter().filter(|(sheet, _)| *sheet != table.sheet.name).map(|(_, line)| line.clone().elsewhere());
        let mut new: Vec<Line> = others.collect();
        new.dedup();
        table.others = new;
    }
}

/// Whether a text is a day, with or without its time: three groups of digits between equal signs.
pub fn is_date(text: &str) -> bool {
    let text = text.trim();
    let is_time = |text: &str| {
        let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | 'z' | '+');
        text.contains(':') && text.chars().all(is_sign)
    };
    let text = match text.split_once([' ', 'T', 't']) {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    };
    let parts: Vec<&str> = text.split(['.', '-', '/']).collect();
    let signs = text.chars().filter(|c| matches!(c, '.' | '-' | '/')).count();
    let digits = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3
        && signs == 2
        && parts.iter().all(digits)
        && parts.iter().filter(|part| part.len() > 2).count() <= 1
        && (parts[0].len() == 4
            || parts[2].len() == 4
            || (parts[0].len() <= 2 && parts[1].len() <= 2 && parts[2].len() == 2))
}

/// Whether a text is a level with its word, such as `4 - Likely`; no figure reads so.
fn is_level(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let word = rest.trim_start_matches([' ', '-', '–', ':', '=', '.', ')', '(']);
    (1..=2).contains(&digits)
        && word.len() < rest.len()
        && word.starts_with(char::is_alphabetic)
        && !word.contains(|c: char| c.is_ascii_digit())
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing is written.
    Empty,
    /// Whole numbers from 1 to 10, or words for levels.
    Scores,
    /// Numbers, amounts, percentages, frequencies.
    Figures,
    /// Anything else.
    Words,
}

/// What one cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Day,
    Whole,
    Figure,
    Word,
}

/// What a cell is that is not blank.
fn kind(text: &str, known: Option<Decimal>, style: Option<Style>) -> Kind {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let read = if has_digit && known.is_none() { amount(text, style).ok() } else { None };
    let is_bare = |found: &&Amount| !found.percent && found.currency.is_none() && !found.scaled;
    let number = known.or_else(|| read.as_ref().filter(is_bare).map(|found| found.value));
    if is_date(text) {
        Kind::Day
    } else if number.is_some_and(|value| value.is_integer() && value >= 1.into() && value <= 10.into()) {
        Kind::Whole
    } else if number.is_some()
        || read.is_some()
        || super::frequency::often(text, style).is_ok()
        // Two readings, or a figure with a fault.
        || is_number(text) && !is_level(text)
        || has_digit && text.starts_with(['<', '>', '≤', '≥'])
    {
        Kind::Figure
    } else {
        Kind::Word
    }
}

/// Looks through the cells of a column.
pub fn content(table: &Table<'_>, column: &Column) -> Content {
    let (mut whole, mut figures, mut words, mut dates) = (0, 0, 0, 0);
    let mut distinct: HashSet<String> = HashSet::new();
    // Most columns say the same again and again.
    let mut kinds: HashMap<&str, Kind> = HashMap::new();
    for row in &table.rows {
        let Some(cell) = row.cells.get(column.index) else { continue };
        if is_blank_cell(&cell.text) {
            continue;
        }
        let of_text = |number| kind(&cell.text, number, column.reading.style);
        let kind = match cell.number {
            Some(_) if cell.percent => Kind::Figure,
            Some(number) => of_text(Some(number)),
            None => *kinds.entry(&cell.text).or_insert_with(|| of_text(None)),
        };
        match kind {
            Kind::Day => dates += 1,
            Kind::Whole => whole += 1,
            Kind::Figure => figures += 1,
            Kind::Word => {
                words += 1;
                if distinct.len() <= LEVELS {
                    distinct.insert(cell.text.to_lowercase());
                }
            }
        }
    }
    let total = whole + figures + words + dates;
    if total == 0 {
        Content::Empty
    } else if figures == 0
        && dates == 0
        && whole + words == total
        && (words == 0 || distinct.len() <= LEVELS && short(&distinct))
    {
        Content::Scores
    } else if figures + whole > words + dates {
        Content::Figures
    } else {
        Content::Words
    }
}

/// The most names of levels that a scale has.
const LEVELS: usize = 12;

/// Whether all words are as short as the names of levels.
fn short(words: &HashSet<String>) -> bool {
    words.iter().all(|word| word.chars().count() <= 24)
}
