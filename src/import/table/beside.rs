//! Do two tables stand side by side: risks, and to their right measures that name the risks they act on?
//!
//! A row then holds a risk and a measure that have nothing to do with each other. The measures are read as a table of
//! their own, joined by the column that names the risks: `Risk`, `For risk`, `Risk ID`, `Acts on`.

use std::collections::HashSet;

use super::{Column, Table};
use crate::import::grid::Row;
use crate::import::heading::{Guess, Meaning, Phase, Role};
use crate::import::number::is_blank_cell;

/// The parts of a cell that may name several things.
pub fn parts(text: &str) -> Vec<&str> {
    text.split([',', ';', '/', '|', '\n', '&', '+']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn role(column: &Column) -> Option<Role> {
    if let Guess::Clear(meaning) = column.guess { Some(meaning.role) } else { None }
}

/// The index among the columns of the first that belongs to the measures, and of the one that names their risks.
fn boundary(table: &Table<'_>) -> Option<(usize, usize)> {
    let at = |wanted: &dyn Fn(Role) -> bool| -> Vec<usize> {
        let columns = table.columns.iter().enumerate();
        columns.filter(|(_, column)| role(column).is_some_and(wanted)).map(|(at, _)| at).collect()
    };
    let names = at(&|role| matches!(role, Role::Name | Role::Id));
    let control = *at(&|role| matches!(role, Role::Control | Role::ControlId)).first()?;
    let of_risks = at(&|role| role.is_often() || role.is_loss() || role == Role::Expected);
    // Of an unknown heading, such as "Protects against", the cells tell.
    let mut refers = at(&|role| matches!(role, Role::Name | Role::Id | Role::ActsOn));
    let unknown = table.columns.iter().enumerate().filter(|(_, column)| column.guess == Guess::Unknown);
    refers.extend(unknown.map(|(at, _)| at));
    refers.into_iter().find_map(|refers| {
        let first = control.min(refers);
        let own: Vec<usize> = names.iter().copied().filter(|name| *name < first).collect();
        let is_apart = !own.is_empty() && of_risks.iter().all(|at| *at < first);
        (is_apart && names_others(table, &own, refers)).then_some((first, refers))
    })
}

/// Whether most cells of a column name risks of the columns of names, and one of them not that of its own row.
fn names_others(table: &Table<'_>, names: &[usize], refers: usize) -> bool {
    let fold = |text: &str| text.trim().to_lowercase();
    let text = |row: &Row, at: usize| fold(row.text(table.columns[at].index));
    let known: HashSet<String> = table.rows.iter().flat_map(|row| names.iter().map(|name| text(row, *name))).collect();
    let (mut all, mut found, mut differs) = (0, 0, false);
    for row in &table.rows {
        let cell = text(row, refers);
        if is_blank_cell(&cell) {
            continue;
        }
        all += 1;
        let is_known = known.contains(&cell) || parts(&cell).into_iter().all(|part| known.contains(part));
        found += usize::from(is_known);
        differs |= is_known && names.iter().all(|name| text(row, *name) != cell);
    }
    differs && 2 * found >= all
}

/// The table, or the tables that it holds side by side.
pub fn apart(mut table: Table<'_>) -> Vec<Table<'_>> {
    let Some((first, refers)) = boundary(&table) else { return vec![table] };
    table.columns[refers].guess = Guess::Clear(Meaning { role: Role::Name, phase: Phase::Unsaid });
    let columns = table.columns.split_off(first);
    let holds = |columns: &[Column], row: &Row| columns.iter().any(|column| !is_blank_cell(row.text(column.index)));
    let measures = Table {
        file: table.file,
        sheet: table.sheet,
        number: table.number,
        is_foreign: table.is_foreign,
        rows: table.rows.iter().copied().filter(|row| holds(&columns, row)).collect(),
        columns,
        totals: Vec::new(),
        lines: Vec::new(),
        others: Vec::new(),
        counts: (None, None),
        struck: table.struck.clone(),
        width: None,
    };
    table.rows.retain(|row| holds(&table.columns, row));
    vec![table, measures]
}
