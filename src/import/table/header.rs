//! Which rows of a sheet are headings, and what are the headings of each column?
//!
//! The row with the most known headings is the header. A row beneath it that holds headings only, or a row above it with
//! words such as "before" and "after", belongs to it; merged cells are filled. A sheet may hold several tables: a later
//! or an earlier row is a header too where all its cells are headings that name a risk or a measure and what is known of
//! it, below an empty row or a title.

use super::{HEADER_WITHIN, is_comment, is_number};
use crate::import::grid::{Cell, Row, Sheet};
use crate::import::heading::{Guess, Meaning, Phase, Role, guess, is_end_alone, is_of_levels, of_plan, split, year};
use crate::import::number::{heading_unit, is_blank_cell};
use crate::import::span::{Span, span};

/// The headings of a table.
#[derive(Debug)]
pub struct Header {
    /// The index of the first of its rows.
    pub first: usize,
    /// The headings by column, two rows joined.
    pub texts: Vec<String>,
    /// The index of the last of its rows.
    pub last: usize,
    /// Its row is known as headings only by standing in words below figures.
    pub is_foreign: bool,
}

/// The headings of every table of a sheet, from top to bottom.
pub fn headers(sheet: &Sheet) -> Vec<Header> {
    let candidates =
        sheet.rows.iter().enumerate().filter(|(_, row)| !row.is_empty() && !is_comment(row)).take(HEADER_WITHIN);
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
    let Some((best, _)) = best else { return Vec::new() };
    let best = best.checked_sub(1).filter(|above| are_groups(sheet, *above)).unwrap_or(best);
    let main = header(sheet, best);
    let mut found: Vec<Header> = Vec::new();
    for index in (0..sheet.rows.len()).filter(|index| !(main.first..=main.last).contains(index)) {
        let is_within = found.last().is_some_and(|before| index <= before.last);
        if is_within || !stands_apart(sheet, index) {
            continue;
        }
        let is_whole = is_whole(&sheet.rows[index]);
        if is_whole || is_foreign(sheet, &main, index) {
            let other = header(sheet, index);
            // A row above that has the main headings for its second row is no table of its own.
            if other.last < main.first || other.first > main.last {
                found.push(Header { is_foreign: !is_whole, ..other });
            }
        }
    }
    // What has no row below it is no table.
    let mut ends: Vec<usize> = found.iter().map(|other| other.first).chain([main.first, sheet.rows.len()]).collect();
    ends.sort_unstable();
    found.retain(|other| {
        let end = ends.iter().find(|end| **end > other.last).copied().unwrap_or(0);
        sheet.rows[other.last + 1..end].iter().any(|row| row.filled() > 1)
    });
    found.push(main);
    found.sort_by_key(|header| header.first);
    // The same headings on a second page go on with the table above.
    let mut tables: Vec<Header> = Vec::new();
    for header in found {
        if tables.last().is_none_or(|before| before.texts != header.texts) {
            tables.push(header);
        }
    }
    tables
}

/// Whether a row below the headings says only what its columns count in: `k€`, `per month`. Of several cells one may be
/// a unit that nobody here knows; as a word of its heading it is asked about.
fn is_units(headings: &[String], below: &Row) -> bool {
    let heading = |column: usize| headings.get(column).map_or("", String::as_str);
    let is_short = |text: &str| text.chars().count() < 24;
    let is_unit = |text: &str| {
        let bare: String = text.trim_start_matches("1/").chars().filter(char::is_ascii_digit).collect();
        let is_multiple = matches!(bare.trim_matches('0'), "" | "1") && heading_unit(text).0.is_some();
        let is_bare =
            bare.is_empty() && (text.contains('%') || heading_unit(text) != (None, None) || span(text) != Span::Unsaid);
        is_short(text) && (is_bare || is_multiple || is_letter(text) || is_yearly(text))
    };
    let is_named = |column: usize| match guess(heading(column)) {
        Guess::Clear(meaning) => matches!(meaning.role, Role::Name | Role::Id | Role::Control),
        _ => false,
    };
    let cells = || below.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let known = cells().filter(|(_, cell)| is_unit(&cell.text)).count();
    let may_be = |(column, cell): (usize, &Cell)| {
        cell.number.is_none() && !heading(column).is_empty() && !is_named(column) && is_short(&cell.text)
    };
    known > 0
        && cells().all(may_be)
        && (known == cells().count() || 2 * known >= cells().count() && !cells().any(|(_, cell)| is_number(&cell.text)))
}

/// A letter that is a multiple in a row of units.
fn is_letter(text: &str) -> bool {
    matches!(text.trim(), "k" | "K" | "T" | "M" | "m")
}

/// `p.a.`
fn is_yearly(text: &str) -> bool {
    split(text) == ["p", "a"]
}

/// Whether a row holds groups over the headings below it, `Frequency` over `low` and `high`, beside headings that
/// stand over both rows.
fn are_groups(sheet: &Sheet, above: usize) -> bool {
    let (above, row) = (&sheet.rows[above], &sheet.rows[above + 1]);
    let role = |text: &str| match guess(text) {
        Guess::Clear(meaning) => Some(meaning.role),
        _ => None,
    };
    let is_group = |column: usize| {
        role(above.text(column)).is_some_and(Role::is_numeric)
            && above.text(column + 1).is_empty()
            && [column, column + 1].iter().all(|column| !row.text(*column).is_empty())
    };
    let stands_over = |column: usize| {
        row.text(column).is_empty() && matches!(role(above.text(column)), Some(Role::Name | Role::Id | Role::Control))
    };
    let is_data = |row: &Row| row.cells.iter().any(|cell| cell.number.is_some() || is_number(&cell.text));
    let columns = 0..above.cells.len();
    above.number + 1 == row.number
        && !is_data(above)
        && columns.clone().any(is_group)
        && columns.into_iter().any(stands_over)
}

/// Whether a row begins the sheet, or stands below an empty row or one that holds a title alone.
fn stands_apart(sheet: &Sheet, index: usize) -> bool {
    let Some(above) = index.checked_sub(1).map(|above| &sheet.rows[above]) else { return true };
    above.number + 1 < sheet.rows[index].number || above.filled() <= 1
}

/// Whether every cell of a row is a heading, and they name a risk or a measure and what is known of it.
fn is_whole(row: &Row) -> bool {
    let mut roles = Vec::new();
    for cell in row.cells.iter().filter(|cell| !cell.is_empty()) {
        let is_words = cell.number.is_none() && cell.text.len() < 60 && !is_number(&cell.text);
        match guess(&cell.text) {
            Guess::Clear(meaning) if is_words => roles.push(meaning.role),
            Guess::Doubt(_) if is_words => {}
            _ => return false,
        }
    }
    let has = |wanted: fn(&Role) -> bool| roles.iter().any(wanted);
    has(|role| matches!(role, Role::Name | Role::Control | Role::ControlId))
        && has(|role| {
            matches!(
                role,
                Role::Frequency
                    | Role::Likelihood
                    | Role::Loss
                    | Role::Cost
                    | Role::CostOnce
                    | Role::CostYearly
                    | Role::Effect
                    | Role::Control
            )
        })
        && roles.len() > 1
        && roles.iter().any(|role| *role != roles[0])
}

/// Whether a row below the main table begins another one: it holds words alone, a heading among them, and words where the
/// rows above hold figures.
fn is_foreign(sheet: &Sheet, main: &Header, index: usize) -> bool {
    if index <= main.last {
        return false;
    }
    let row = &sheet.rows[index];
    // "Loss of data, rare, high" is a risk whose figures cannot be read.
    let is_words = |cell: &Cell| {
        let has_digit = cell.text.contains(|c: char| c.is_ascii_digit());
        cell.number.is_none() && cell.text.len() < 60 && !has_digit && !is_end_alone(&cell.text)
    };
    let cells = || row.cells.iter().filter(|cell| !cell.is_empty());
    let is_known =
        |cell: &Cell| matches!(guess(&cell.text), Guess::Clear(_) | Guess::Doubt(_)) || is_of_levels(&cell.text);
    if row.filled() < 2 || !cells().all(is_words) {
        return false;
    }
    let above = &sheet.rows[main.last + 1..index];
    let holds_figures = |column: usize| {
        let filled = || above.iter().filter(move |row| !is_blank_cell(row.text(column)));
        let figures = filled().filter(|row| row.cells[column].number.is_some() || is_number(row.text(column))).count();
        figures > 0 && 2 * figures >= filled().count()
    };
    let of_figures = (0..main.texts.len()).filter(|column| holds_figures(*column));
    match of_figures.filter(|column| !is_blank_cell(row.text(*column))).count() {
        0 => false,
        1 => cells().all(is_known),
        _ => true,
    }
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

/// The headings by column, between the indices of the first and the last header row; what a row below them says that
/// they count in stands behind each.
fn header(sheet: &Sheet, at: usize) -> Header {
    let Header { first, texts, last, is_foreign } = joined(sheet, at);
    let below = sheet.rows.get(last + 1).filter(|below| below.number == sheet.rows[last].number + 1);
    let Some(below) = below.filter(|below| is_units(&texts, below)) else {
        return Header { first, texts, last, is_foreign };
    };
    let texts = texts.into_iter().enumerate().map(|(column, text)| match below.text(column) {
        "" => text,
        // A letter alone says nothing in a heading.
        "k" | "K" => format!("{text} (thousand)"),
        unit => format!("{text} ({unit})"),
    });
    Header { first, texts: texts.collect(), last: last + 1, is_foreign }
}

/// Whether the cells of a row are words that stand below groups alone, each merged over several columns of the row above.
fn stands_below_groups(sheet: &Sheet, row: &Row, below: &Row) -> bool {
    let is_below = |column: usize| {
        let is_over = |merged: &(usize, usize, usize, usize)| (merged.2..=merged.3).contains(&column);
        sheet.merged.iter().any(|merged| merged.0 == row.number && merged.3 > merged.2 && is_over(merged))
    };
    let is_word = |cell: &Cell| cell.number.is_none() && cell.text.len() < 60 && !is_number(&cell.text);
    below.filled() > 1
        && below.cells.iter().enumerate().all(|(column, cell)| cell.is_empty() || is_below(column) && is_word(cell))
}

/// Whether the cells of a row are following years that stand below the heading of a price.
fn are_years(row: &Row, below: &Row) -> bool {
    let cells = || below.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let years: Option<Vec<u64>> = cells().map(|(_, cell)| of_plan(&cell.text).or_else(|| year(&cell.text))).collect();
    let Some((first, years)) = cells().next().map(|(column, _)| column).zip(years) else { return false };
    let heading = row.cells.iter().take(first + 1).rfind(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
    let is_cost = |role: Role| matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly);
    years.len() > 1
        && years.windows(2).all(|pair| pair[1] == pair[0] + 1)
        && matches!(guess(heading), Guess::Clear(meaning) if is_cost(meaning.role))
}

/// The headings by column, two header rows joined.
fn joined(sheet: &Sheet, at: usize) -> Header {
    let row = &sheet.rows[at];
    let number = row.number;
    let filled = |row: &Row, below: Option<&Row>| -> Vec<String> {
        let merged: Vec<_> =
            sheet.merged.iter().filter(|merged| merged.0 <= row.number && row.number <= merged.1).collect();
        // What is merged at the end of a row has no cells of its own.
        let reaches = merged.iter().map(|merged| merged.3 + 1).max().unwrap_or(0);
        let width = row.cells.len().max(reaches).max(below.map_or(0, |below| below.cells.len()));
        let mut texts: Vec<String> = (0..width).map(|column| row.text(column).to_owned()).collect();
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
    let next = sheet.rows.get(at + 1).filter(|below| below.number == number + 1);
    let own: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
    if next.is_some_and(|below| is_units(&own, below)) {
        return Header { first: at, texts: own, last: at, is_foreign: false };
    }
    if let Some(below) =
        next.filter(|below| heading_like(below) || stands_below_groups(sheet, row, below) || are_years(row, below))
    {
        let grouped =
            below.cells.iter().enumerate().any(|(column, cell)| !cell.is_empty() && row.text(column).is_empty())
                || sheet.merged.iter().any(|merged| merged.0 == number && merged.3 > merged.2);
        if grouped && below.filled() < row.cells.len().max(below.cells.len()) {
            let groups = filled(row, Some(below));
            let texts = groups.iter().enumerate().map(|(column, group)| join(group, below.text(column))).collect();
            return Header { first: at, texts, last: at + 1, is_foreign: false };
        }
    }
    let above = at.checked_sub(1).and_then(|index| sheet.rows.get(index));
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
            return Header { first: at - 1, texts, last: at, is_foreign: false };
        }
    }
    // A heading over both rows, beside groups of headings: merged cells, or the lower one left empty.
    let mut texts = filled(row, None);
    let groups = above.filter(|above| {
        let is_data = above.cells.iter().any(|cell| cell.number.is_some() || is_number(&cell.text));
        above.number + 1 == number && above.filled() >= 2 && !is_data
    });
    let mut first = at;
    for (column, cell) in groups.into_iter().flat_map(|above| above.cells.iter().enumerate()) {
        let is_free = texts.get(column).is_none_or(String::is_empty);
        if is_free && !cell.is_empty() && matches!(guess(&cell.text), Guess::Clear(_)) {
            texts.resize(texts.len().max(column + 1), String::new());
            texts[column].clone_from(&cell.text);
            first = at - 1;
        }
    }
    Header { first, texts, last: at, is_foreign: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_reach_into_others_begin_no_table_of_their_own() {
        let text =
            ";Frequency;;Loss (EUR);;Measure A;Loss (EUR)\n;low;high;low;high;Threat;low\nFire;0.1;0.3;5;9;1;5\n";
        let sheet = crate::import::text::sheet(text, ';').unwrap();
        let found = headers(&sheet);
        assert!(found.windows(2).all(|pair| pair[0].last < pair[1].first), "{found:?}");
    }

    #[test]
    fn groups_that_are_merged_over_their_headings_reach_to_the_end_of_the_row() {
        let row = |number: usize, texts: &[&str]| Row {
            number,
            length: texts.len(),
            cells: texts.iter().map(|text| Cell::text(text)).collect(),
            ..Row::default()
        };
        let sheet = Sheet {
            name: "Sheet".to_owned(),
            rows: vec![
                row(1, &["Risk", "Frequency (per year)", "", "", "Loss (k€)"]),
                row(2, &["", "min", "likely", "max", "min", "likely", "max"]),
                row(3, &["A", "0.1", "0.2", "0.5", "10", "50", "200"]),
            ],
            merged: vec![(1, 1, 1, 3), (1, 1, 4, 6)],
            ..Sheet::default()
        };
        let texts = headers(&sheet).remove(0).texts;
        assert_eq!(
            texts[1..4],
            ["Frequency (per year) min", "Frequency (per year) likely", "Frequency (per year) max"]
        );
        assert_eq!(texts[4..], ["Loss (k€) min", "Loss (k€) likely", "Loss (k€) max"]);
    }
}
