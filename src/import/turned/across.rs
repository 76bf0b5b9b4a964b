//! Do risks stand side by side, each in a column, with the headings to their left?
//!
//! Turned over its diagonal such a sheet is a table as any other. What stands between the labels and the risks, such as
//! `low` and `high` or a unit, belongs to the heading of its row.

use super::{Anew, Labels, MOST_CELLS, is_figure, is_of_labels, is_said, is_unit, label_of, told_of};
use crate::import::grid::{Cell, Origin, Row, Sheet};
use crate::import::heading::{Guess, Phase, Role, guess, is_end_alone, is_of_levels, is_one_of, whole};
use crate::import::place::{Finding, letters, shortened};
use crate::import::table::Line;
use crate::units::reading::beside::UNITS;

/// The sheet with a row for each of its risks; nothing where they do not stand side by side for sure.
pub(super) fn turned(file: &str, sheet: &Sheet, labels: &Labels, findings: &mut Vec<Finding>) -> Option<Sheet> {
    let names = Names::of(sheet, labels).filter(|_| labels.is_alone)?;
    let beside = beside(sheet, labels, &names);
    let first = if beside.is_empty() { labels.column + 1 } else { labels.column + 2 };
    let is_line = |row: &&Row| row.number >= names.top && row.filled() > 1;
    let (lines, others): (Vec<&Row>, Vec<&Row>) =
        sheet.rows.iter().filter(|row| !row.is_empty()).partition(|row| is_line(row));
    let end = names.last + 1;
    if lines.len().saturating_mul(end) > MOST_CELLS {
        return None;
    }
    let mut anew = Anew::of(sheet);
    let own = |row: usize, column: usize| Origin { sheet: sheet.name.as_str().into(), row, column };
    for row in others {
        let text = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
        if Line::of(row, file, sheet).is_some() {
            anew.row(0, vec![text], vec![own(row.number, 1)], own(row.number, 0));
        } else {
            let message = format!("a line beside the table was left out: {}", shortened(&text.text));
            findings.push(Finding::note(Some(sheet.row_place(file, row.number)), message));
        }
    }
    for row in lines.iter().filter(|row| row.text(labels.column).is_empty() && row.number != names.row) {
        if !beside.iter().any(|(number, _)| *number == row.number) {
            let message = "no heading stands at the left of this row: its cells were left out";
            findings.push(Finding::note(Some(sheet.row_place(file, row.number)), message));
        }
    }
    let mut group = String::new();
    let headings: Vec<Cell> = lines
        .iter()
        .map(|row| {
            let text = row.text(labels.column).trim().trim_end_matches(':').trim_end();
            if !text.is_empty() {
                text.clone_into(&mut group);
            }
            let is_names = row.number == names.row && names.is_unnamed;
            let heading = if is_names { "Risk" } else { group.as_str() };
            match beside.iter().find(|(number, _)| *number == row.number) {
                Some((_, text)) => Cell::text(&format!("{heading} {text}")),
                None if text.is_empty() && !is_names => Cell::default(),
                None => Cell::text(heading),
            }
        })
        .collect();
    let places = lines.iter().map(|row| own(row.number, labels.column + 1)).collect();
    anew.row(1, headings, places, own(0, labels.column + 1));
    anew.heads();
    let head = anew.sheet.rows.last().map_or(0, |row| row.number);
    for column in first..end {
        let cells: Vec<Cell> = lines.iter().map(|row| row.cells.get(column).cloned().unwrap_or_default()).collect();
        if cells.iter().all(Cell::is_empty) {
            continue;
        }
        let places = lines.iter().map(|row| own(row.number, column + 1)).collect();
        anew.row(0, cells, places, own(0, column + 1));
    }
    // A cell that is merged over several risks holds for each of them.
    let row_of = |column: usize| {
        let is_it = |row: &&Row| anew.origins.rows.get(&row.number).is_some_and(|at| at.column == column + 1);
        anew.sheet.rows.iter().find(is_it).map(|row| row.number).filter(|number| *number > head)
    };
    let mut merged = Vec::new();
    for (top, bottom, left, right) in &sheet.merged {
        let from = lines.iter().position(|row| row.number == *top);
        let to = lines.iter().rposition(|row| row.number <= *bottom);
        if let (Some(from), Some(to), Some(left), Some(right)) = (from, to, row_of(*left), row_of(*right)) {
            merged.push((left, right, from, to));
        }
    }
    anew.sheet.merged = merged;
    for row in lines.iter().filter(|row| row.hidden) {
        let message = "the row is hidden in the workbook; it was taken";
        findings.push(Finding::note(Some(sheet.row_place(file, row.number)), message));
    }
    let message = format!(
        "the headings stand below each other in column {}: each column to their right was read as one risk or measure",
        letters(labels.column + 1)
    );
    findings.push(told_of(sheet, file, labels.column, message));
    if names.is_unnamed {
        let message = "does this row name risks? Its first cell does not say; write \"Risk\" into it";
        findings.push(Finding::question(Some(sheet.row_place(file, names.row)), message));
    }
    Some(anew.done())
}

/// The row that names what stands in each column.
struct Names {
    /// Its number.
    row: usize,
    /// The number of the first row of the table.
    top: usize,
    /// Nothing to its left says what it names.
    is_unnamed: bool,
    /// The last column that has a name.
    last: usize,
}

impl Names {
    fn of(sheet: &Sheet, labels: &Labels) -> Option<Self> {
        let is_label = |row: &Row| whole(label_of(row.text(labels.column)));
        // The levels of a scale, each with its frequency and its amount, are no risks.
        if sheet.rows.iter().take(super::WITHIN).any(|row| {
            let text = row.text(labels.column);
            !text.is_empty() && is_of_levels(text) && !is_of_labels(text)
        }) {
            return None;
        }
        let figures: Vec<&Row> = sheet
            .rows
            .iter()
            .filter(|row| is_label(row).is_some_and(|meaning| meaning.role.is_numeric()))
            .filter(|row| row.cells.iter().skip(labels.column + 1).all(|cell| cell.text.chars().count() < 60))
            .collect();
        let with_digits = figures.iter().filter(|row| holds_figures(row, labels.column + 1)).count();
        if figures.len() < 2 || with_digits == 0 {
            return None;
        }
        let names = |row: &&Row| row.cells.iter().skip(labels.column + 1).filter(|cell| is_said(cell)).count() > 1;
        let by_role = |wanted: Role| {
            sheet.rows.iter().filter(names).find(|row| is_label(row).is_some_and(|meaning| meaning.role == wanted))
        };
        let named = by_role(Role::Name)
            .or_else(|| by_role(Role::Id))
            .or_else(|| by_role(Role::Control).filter(|_| !labels.has(|role| role.is_often() || role.is_loss())));
        let first = sheet.rows.iter().position(|row| is_label(row).is_some())?;
        let above = || {
            let row = first.checked_sub(1).map(|above| &sheet.rows[above])?;
            let label = row.text(labels.column);
            (label.is_empty() || is_of_labels(label)).then_some(row)
        };
        let (row, is_unnamed) = named.map(|row| (row, false)).or_else(|| above().map(|row| (row, true)))?;
        let cells = || row.cells.iter().enumerate().skip(labels.column + 1).filter(|(_, cell)| is_said(cell));
        let names = cells().filter(|(_, cell)| !is_end_alone(&cell.text) && !is_of_labels(&cell.text)).count();
        // One name is that of a form; years, levels and "Before" above a row that is not said to hold names are none.
        let is_name = |text: &str| {
            let phase = guess(&format!("{text} likelihood"));
            let is_phase = matches!(phase, Guess::Clear(meaning) if meaning.phase != Phase::Unsaid);
            text.contains(char::is_alphabetic) && !is_end_alone(text) && !is_phase
        };
        let least = if is_unnamed { 2 } else { 3 };
        // Figures to the right of "Risk" are its score, or a row of a table.
        let has_letters = named.is_none_or(|row| {
            whole(label_of(row.text(labels.column))).is_some_and(|meaning| meaning.role != Role::Name)
        }) || cells().any(|(_, cell)| cell.text.contains(char::is_alphabetic));
        if !has_letters
            || names < 2
            || labels.meanings.len() < least
            || is_unnamed && !cells().all(|(_, cell)| is_name(&cell.text))
        {
            return None;
        }
        let widest = figures.iter().map(|row| row.cells.len()).max()?.max(row.cells.len());
        let top = sheet.rows[first].number.min(row.number);
        Some(Self { row: row.number, top, is_unnamed, last: widest.checked_sub(1)? })
    }
}

/// Whether a row holds a figure from some column on.
fn holds_figures(row: &Row, from: usize) -> bool {
    row.cells.iter().skip(from).any(is_figure)
}

/// What stands right beside the labels and belongs to them, by the number of the row: `low`, `(EUR)`.
fn beside(sheet: &Sheet, labels: &Labels, names: &Names) -> Vec<(usize, String)> {
    let column = labels.column + 1;
    let rows = || sheet.rows.iter().filter(|row| row.number != names.row && row.filled() > 1);
    let cells = || rows().map(|row| (row.number, row.text(column))).filter(|(_, text)| !text.is_empty());
    let belongs = |text: &str| is_end_alone(text) || is_unit(text);
    let head = sheet.rows.iter().find(|row| row.number == names.row).map_or("", |row| row.text(column));
    let is_free = head.is_empty() || is_unit(head) || is_of_labels(head) || is_one_of(&head.to_lowercase(), UNITS);
    if !is_free || cells().next().is_none() || !cells().all(|(_, text)| belongs(text)) {
        return Vec::new();
    }
    cells()
        .map(|(number, text)| (number, if is_end_alone(text) { text.to_owned() } else { format!("({text})") }))
        .collect()
}
