//! Where in a sheet does the table begin, what are its headings, and which rows are data?
//!
//! The row with the most known headings is the header. A row beneath it that holds headings only, or a row above it with
//! words such as "before" and "after", belongs to it; merged cells are filled. Totals, remarks and `#` lines are left out
//! and told; hidden rows are taken and told.

use std::collections::HashMap;

use super::grid::{Row, Sheet};
use super::heading::{Guess, Meaning, Phase, Role, guess, words};
use super::number::{Misread, Reading, Style, Styles, amount, is_blank_cell, range};
use super::place::{Finding, Place, shortened};

/// How far down a header is looked for, in rows that hold something.
const HEADER_WITHIN: usize = 60;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// From 0.
    pub index: usize,
    /// The heading, two header rows joined.
    pub heading: String,
    /// What it could name.
    pub guess: Guess,
    /// What it was taken for.
    pub meaning: Option<Meaning>,
    /// How its numbers are read.
    pub reading: Reading,
    /// Its cells are scores.
    pub scored: bool,
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
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, without totals and remarks.
    pub rows: Vec<&'a Row>,
    /// Rows with totals.
    pub totals: Vec<&'a Row>,
}

impl Table<'_> {
    /// Where a cell stands.
    pub fn place(&self, row: &Row, column: &Column) -> Place {
        Place {
            file: self.file.into(),
            sheet: self.sheet.name.as_str().into(),
            row: row.number,
            column: column.index + 1,
            heading: column.heading.as_str().into(),
            text: row.text(column.index).to_owned(),
        }
    }

    /// Where a row stands.
    pub fn row_place(&self, row: &Row) -> Place {
        Place { file: self.file.into(), sheet: self.sheet.name.as_str().into(), row: row.number, ..Place::default() }
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

fn starts_with_word(text: &str, words: &[&str]) -> bool {
    let lower = text.trim().to_lowercase();
    words
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())))
}

const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sum",
    "subtotal",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "somme",
    "sous-total",
    "suma",
    "totale",
    "somma",
    "totaal",
    "som",
    "overall",
    "portfolio total",
];
const AVERAGES: &[&str] = &[
    "average",
    "mean",
    "durchschnitt",
    "mittelwert",
    "moyenne",
    "promedio",
    "valor medio",
    "valore medio",
    "gemiddelde",
];
/// Words that a total may be made of: "Grand total", "Summe aller Risiken".
const TOTAL_WORDS: &[&str] = &[
    "total",
    "totals",
    "grand",
    "overall",
    "sum",
    "subtotal",
    "sub",
    "all",
    "of",
    "risks",
    "portfolio",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "aller",
    "alle",
    "risiken",
    "somme",
    "sous",
    "total",
    "général",
    "générale",
    "general",
    "des",
    "risques",
    "suma",
    "totale",
    "generale",
    "somma",
    "totaal",
    "algemeen",
    "som",
    "eur",
    "usd",
    "chf",
    "gbp",
];
const REMARKS: &[&str] = &[
    "remark",
    "remarks",
    "note",
    "notes",
    "comment",
    "legend",
    "source",
    "bemerkung",
    "anmerkung",
    "hinweis",
    "legende",
    "quelle",
    "remarque",
    "nota",
    "osservazione",
    "opmerking",
    "*",
    "status:",
    "key",
];

fn is_number(text: &str) -> bool {
    // "€ 1,200" is a number, whichever of its readings holds; so is "€5,000 - €20,000".
    let figure = |text: &str| matches!(amount(text, None), Ok(_) | Err(Misread::TwoReadings(..)));
    text.chars().any(|c| c.is_ascii_digit())
        && (figure(text)
            || text.starts_with(|c: char| c.is_ascii_digit())
            || range(text).is_some_and(|(low, high)| figure(&low) && figure(&high)))
}

/// How well the cells of a row are headings.
fn score(row: &Row) -> (usize, usize) {
    let (mut clear, mut known) = (0, 0);
    for cell in row.cells.iter().take(200).filter(|cell| !cell.is_empty()) {
        if cell.number.is_some() || cell.text.len() > 80 {
            continue;
        }
        match guess(&cell.text) {
            Guess::Clear(Meaning { role: Role::Remark, .. }) => known += 1,
            Guess::Clear(_) => clear += 1,
            Guess::Doubt(_) => known += 1,
            Guess::Unknown => {}
        }
    }
    (clear, known)
}

/// The table of a sheet, if it has one.
pub fn find<'a>(file: &'a str, sheet: &'a Sheet, findings: &mut Vec<Finding>) -> Option<Table<'a>> {
    let comment = |row: &Row| row.text(0).starts_with('#') && row.filled() <= 2 || row.text(0).starts_with("# ");
    let candidates =
        sheet.rows.iter().enumerate().filter(|(_, row)| !row.is_empty() && !comment(row)).take(HEADER_WITHIN);
    let mut best: Option<(usize, usize)> = None;
    for (index, row) in candidates {
        let numbers = row.cells.iter().filter(|cell| cell.number.is_some() || is_number(&cell.text)).count();
        let (clear, known) = score(row);
        if clear == 0 || clear + known < 2 || numbers * 2 > row.filled() {
            continue;
        }
        let points = 2 * clear + known;
        if best.is_none_or(|(_, most)| points > most) {
            best = Some((index, points));
        }
    }
    let (header, _) = best?;
    let (first, headings, last) = headings(sheet, header);
    let mut columns: Vec<Column> = headings
        .into_iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty())
        .map(|(index, heading)| {
            let guess = guess(&heading);
            Column { index, heading, guess, meaning: None, reading: Reading::default(), scored: false, doubt: None }
        })
        .collect();
    let place =
        |row: &Row| Place { file: file.into(), sheet: sheet.name.as_str().into(), row: row.number, ..Place::default() };
    let mut table = Table { file, sheet, columns: Vec::new(), rows: Vec::new(), totals: Vec::new() };
    let of = |wanted: [Role; 2]| -> Vec<usize> {
        let is_wanted = |guess: &Guess| matches!(guess, Guess::Clear(meaning) if wanted.contains(&meaning.role));
        columns.iter().filter(|column| is_wanted(&column.guess)).map(|column| column.index).collect()
    };
    let (names, often) = (of([Role::Name, Role::Control]), of([Role::Frequency, Role::Likelihood]));
    let above: Vec<&Row> = sheet.rows[..first].iter().filter(|row| !row.is_empty()).collect();
    if let Some((row, rest)) = above.split_first() {
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        let text = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
        let message = format!("what stands above the headings was left out: {}{more}", shortened(text));
        findings.push(Finding::note(Some(place(row)), message));
    }
    for row in &sheet.rows[last + 1..] {
        if row.is_empty() {
            continue;
        }
        let first = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
        let named = names.iter().any(|name| !row.text(*name).is_empty());
        let repeated = columns.iter().filter(|column| row.text(column.index) == column.heading).count() >= 2;
        if comment(row) {
            findings.push(Finding::note(Some(place(row)), format!("a line that begins with # was left out: {first}")));
        } else if starts_with_word(first, TOTALS)
            // "Total loss of the building" is a risk, and happens.
            && (words(first).iter().all(|word| TOTAL_WORDS.contains(&word.as_str())) || often.iter().all(|column| is_blank_cell(row.text(*column))))
        {
            table.totals.push(row);
            findings.push(Finding::note(Some(place(row)), "a total was left out"));
        } else if starts_with_word(first, AVERAGES) && words(first).len() == 1 {
            findings.push(Finding::note(Some(place(row)), "an average of the rows was left out"));
        } else if repeated {
            findings.push(Finding::note(Some(place(row)), "the headings stand here again: left out"));
        } else if row.filled() == 1 && (!named || starts_with_word(first, REMARKS)) {
            findings.push(Finding::note(Some(place(row)), format!("a remark was left out: {first}")));
        } else {
            if row.hidden {
                findings.push(Finding::note(Some(place(row)), "the row is hidden in the workbook; it was taken"));
            }
            table.rows.push(row);
        }
    }
    styles(&table.rows, &mut columns, None);
    table.columns = columns;
    Some(table)
}

/// Judges the style of each column by its cells, else by those of the others; a stated style holds.
pub fn styles(rows: &[&Row], columns: &mut [Column], stated: Option<Style>) {
    let mut all = Styles::default();
    let seen: Vec<Styles> = columns
        .iter()
        .map(|column| {
            let mut styles = Styles::default();
            for row in rows {
                let typed = row.cells.get(column.index).is_none_or(|cell| cell.number.is_some());
                let text = row.text(column.index);
                if !typed && text.len() <= 60 && is_number(text) && !is_date(text) {
                    styles.see(text);
                }
            }
            all = all.with(styles);
            styles
        })
        .collect();
    for (column, styles) in columns.iter_mut().zip(seen) {
        column.reading = match stated {
            Some(style) => Reading { style: Some(style), stated: true, own: true },
            None if styles.contradicts() => Reading::default(),
            None => {
                let own = styles.judge();
                Reading { style: own.or(all.judge()), stated: false, own: own.is_some() }
            }
        };
    }
}

/// Whether a text is a day: three groups of digits between equal signs.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['.', '-', '/']).collect();
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

/// The headings by column, two header rows joined, between the indices of the first and the last header row.
fn headings(sheet: &Sheet, header: usize) -> (usize, Vec<String>, usize) {
    let row = &sheet.rows[header];
    let number = row.number;
    let filled = |row: &Row, below: Option<&Row>| -> Vec<String> {
        let width = row.cells.len().max(below.map_or(0, |below| below.cells.len()));
        let mut texts: Vec<String> = (0..width).map(|column| row.text(column).to_owned()).collect();
        let merged: Vec<_> =
            sheet.merged.iter().filter(|merged| merged.0 <= row.number && row.number <= merged.1).collect();
        for (_, _, from, to) in merged {
            let text = texts.get(*from).cloned().unwrap_or_default();
            texts.iter_mut().take(*to + 1).skip(*from).for_each(|merged| merged.clone_from(&text));
        }
        // Without merged cells, a group reaches to the next one where the row below goes on.
        if sheet.merged.is_empty()
            && let Some(below) = below
        {
            let mut group = texts.first().cloned().unwrap_or_default();
            for (column, text) in texts.iter_mut().enumerate().skip(1) {
                if text.is_empty() && !below.text(column).is_empty() && row.text(column).is_empty() {
                    text.clone_from(&group);
                }
                group.clone_from(text);
            }
        }
        texts
    };
    let heading_like = |row: &Row| {
        row.filled() > 0
            && row.cells.iter().filter(|cell| !cell.is_empty()).all(|cell| {
                cell.number.is_none() && cell.text.len() < 60 && !matches!(guess(&cell.text), Guess::Unknown)
            })
    };
    let join = |group: &str, own: &str| match (group.trim(), own.trim()) {
        ("", own) => own.to_owned(),
        (group, "") => group.to_owned(),
        (group, own) if group == own => own.to_owned(),
        (group, own) => format!("{group} {own}"),
    };
    if let Some(below) = sheet.rows.get(header + 1).filter(|below| below.number == number + 1 && heading_like(below)) {
        let grouped =
            below.cells.iter().enumerate().any(|(column, cell)| !cell.is_empty() && row.text(column).is_empty())
                || sheet.merged.iter().any(|merged| merged.0 == number && merged.3 > merged.2);
        if grouped && below.filled() < row.cells.len().max(2) {
            let groups = filled(row, Some(below));
            let texts = groups.iter().enumerate().map(|(column, group)| join(group, below.text(column))).collect();
            return (header, texts, header + 1);
        }
    }
    let above = header.checked_sub(1).and_then(|index| sheet.rows.get(index));
    if let Some(above) = above.filter(|above| above.number + 1 == number) {
        let phased = above.cells.iter().filter(|cell| !cell.is_empty()).any(|cell| {
            matches!(guess(&format!("{} likelihood", cell.text)), Guess::Clear(Meaning { phase, .. }) if phase != Phase::Unsaid)
        });
        let is_data = above.cells.iter().any(|cell| cell.number.is_some() || is_number(&cell.text));
        // What stands above has its own column, or is a group over the headings below.
        let is_apart = above.cells.iter().enumerate().all(|(column, cell)| {
            cell.is_empty() || row.text(column).is_empty() || !matches!(guess(&cell.text), Guess::Clear(_))
        });
        if phased && above.filled() >= 2 && (above.filled() <= row.filled() || is_apart) && !is_data {
            let groups = filled(above, Some(row));
            let width = row.cells.len().max(groups.len());
            let texts = (0..width)
                .map(|column| join(groups.get(column).map_or("", String::as_str), row.text(column)))
                .collect();
            return (header - 1, texts, header);
        }
    }
    // A heading over both rows, beside groups of headings: merged cells, or the lower one left empty.
    let mut texts = filled(row, None);
    let groups = above.filter(|above| {
        let is_data = above.cells.iter().any(|cell| cell.number.is_some() || is_number(&cell.text));
        above.number + 1 == number && above.filled() >= 2 && !is_data
    });
    let mut first = header;
    for (column, cell) in groups.into_iter().flat_map(|above| above.cells.iter().enumerate()) {
        let is_free = texts.get(column).is_none_or(String::is_empty);
        if is_free && !cell.is_empty() && matches!(guess(&cell.text), Guess::Clear(_)) {
            texts.resize(texts.len().max(column + 1), String::new());
            texts[column].clone_from(&cell.text);
            first = header - 1;
        }
    }
    (first, texts, header)
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

/// Looks through the cells of a column.
pub fn content(table: &Table<'_>, column: &Column) -> Content {
    let (mut whole, mut figures, mut words, mut dates) = (0, 0, 0, 0);
    let mut distinct: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let text = row.text(column.index);
        if is_blank_cell(text) {
            continue;
        }
        let cell = &row.cells[column.index];
        let number = cell.number.or_else(|| {
            amount(text, column.reading.style)
                .ok()
                .filter(|found| !found.percent && found.currency.is_none() && !found.scaled)
                .map(|found| found.value)
        });
        if cell.percent {
            figures += 1;
        } else if is_date(text) {
            dates += 1;
        } else if number.is_some_and(|value| value.is_integer() && value >= 1.into() && value <= 10.into()) {
            whole += 1;
        } else if number.is_some()
            || amount(text, column.reading.style).is_ok()
            || super::frequency::often(text, column.reading.style).is_ok()
        {
            figures += 1;
        } else if is_number(text) && !is_level(text) {
            // Two readings, or a figure with a fault.
            figures += 1;
        } else {
            words += 1;
            *distinct.entry(text.to_lowercase()).or_default() += 1;
        }
    }
    let total = whole + figures + words + dates;
    if total == 0 {
        Content::Empty
    } else if figures == 0
        && dates == 0
        && whole + words == total
        && (words == 0 || distinct.len() <= 12 && short(&distinct))
    {
        Content::Scores
    } else if figures + whole > words + dates {
        Content::Figures
    } else {
        Content::Words
    }
}

/// Whether all words are as short as the names of levels.
fn short(words: &HashMap<String, usize>) -> bool {
    words.keys().all(|word| word.chars().count() <= 24)
}
