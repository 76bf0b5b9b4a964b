//! What does a column hold that is headed by the risk itself: its name, its number, a rating, or money?
//!
//! Beside the names of risks, `Risk` with numbers is a score or the product of likelihood and impact, and `Residual
//! risk (EUR)` beside the loss of an event is what a year costs. A net loss beside what insurers pay is no level with
//! the measures.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{NOW, confirmed};
use crate::import::grid::Row;
use crate::import::heading::{Guess, Meaning, Phase, Role, is_one_of, speaks_of_insurance, words};
use crate::import::mapping::Mapping;
use crate::import::number::amount;
use crate::import::table::{Content, Table};

pub(super) const RISKS: &str = "risk|risks|riskid|risiko|risiken|risque|risques|riesgo|riesgos|rischio|rischi|risico";

/// The number of a cell.
fn number(table: &Table<'_>, row: &Row, at: usize) -> Option<Decimal> {
    let column = &table.columns[at];
    let cell = row.cells.get(column.index)?;
    cell.number.or_else(|| amount(&cell.text, column.reading.style).ok().map(|found| found.value))
}

/// Settles what the columns of a table hold whose headings name the risk.
pub fn settle(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping, doubts: &mut Vec<usize>) {
    let open: Vec<usize> = (0..table.columns.len()).filter(|at| !confirmed(table, mapping, *at)).collect();
    for at in &open {
        if let Some(role) = numbered(table, contents, *at) {
            table.columns[*at].meaning = Some(Meaning { role, phase: Phase::Unsaid });
        }
    }
    let names_risk = |at: usize| words(&table.columns[at].heading).iter().any(|word| is_one_of(word, RISKS));
    let is_loss = |at: &usize| {
        let role = table.columns[*at].meaning.map(|meaning| meaning.role);
        role.is_some_and(Role::is_loss) && !names_risk(*at)
    };
    let has_loss = (0..table.columns.len()).any(|at| is_loss(&at));
    let is_money_of_risk = |at: &usize| {
        let column = &table.columns[*at];
        column.meaning.is_some_and(|meaning| meaning.role == Role::Loss)
            && matches!(column.guess, Guess::Clear(Meaning { role: Role::Score, .. }))
    };
    // What the risk costs, beside what one event costs: a year of it.
    let of_a_year: Vec<usize> = open.iter().copied().filter(|at| has_loss && is_money_of_risk(at)).collect();
    for at in of_a_year {
        if let Some(meaning) = table.columns[at].meaning.as_mut() {
            meaning.role = Role::Expected;
        }
    }
    net(table, &open, doubts);
}

/// What the numbers below `Risk` are beside the names of the risks; nothing where they may number them.
fn numbered(table: &Table<'_>, contents: &[Content], at: usize) -> Option<Role> {
    let is_name = |at: usize| matches!(table.columns[at].guess, Guess::Clear(Meaning { role: Role::Name, .. }));
    let heading = words(&table.columns[at].heading);
    let names_risks = |at: usize| {
        matches!(contents[at], Content::Words | Content::Scores)
            && table.rows.iter().any(|row| row.text(table.columns[at].index).starts_with(char::is_alphabetic))
    };
    let has_other = (0..table.columns.len()).any(|other| other != at && is_name(other) && names_risks(other));
    let is_plain = heading.len() == 1 && is_one_of(&heading[0], RISKS);
    if !(is_plain && is_name(at) && has_other && matches!(contents[at], Content::Figures | Content::Scores)) {
        return None;
    }
    let of = |wanted: fn(Role) -> bool| {
        let is_of = |meaning: Meaning| wanted(meaning.role) && NOW.contains(&meaning.phase);
        (0..table.columns.len()).find(|at| table.columns[*at].meaning.is_some_and(is_of))
    };
    let figures: Vec<Decimal> = table.rows.iter().filter_map(|row| number(table, row, at)).collect();
    let factors = of(|role| matches!(role, Role::Frequency | Role::Likelihood)).zip(of(|role| role == Role::Loss));
    let is_product = factors.is_some_and(|(often, loss)| {
        let mut known = table.rows.iter().filter_map(|row| {
            let product = number(table, row, often)?.checked_mul(number(table, row, loss)?)?;
            Some((number(table, row, at)? - product).abs() <= product.abs() * Decimal::new(1, 2))
        });
        known.next() == Some(true) && known.all(|agrees| agrees)
    });
    match factors {
        Some((often, _)) if is_product && contents[often] == Content::Figures => Some(Role::Expected),
        _ if is_product || figures.iter().collect::<HashSet<_>>().len() < figures.len() => Some(Role::Score),
        _ => None,
    }
}

/// A net loss beside what insurers pay may be what is left of it, and no level with the measures.
fn net(table: &mut Table<'_>, open: &[usize], doubts: &mut Vec<usize>) {
    const NET: &str = "net|netto|nette|nets|neto|neta|netta|nettoschaden";
    let Some(insured) = table.columns.iter().find(|column| speaks_of_insurance(&column.heading)) else { return };
    let insured = insured.heading.clone();
    for at in open {
        let column = &mut table.columns[*at];
        let is_after =
            |meaning: Meaning| matches!(meaning.role, Role::Loss | Role::Expected) && meaning.phase == Phase::After;
        if column.meaning.is_some_and(is_after) && words(&column.heading).iter().any(|word| is_one_of(word, NET)) {
            let message = format!("beside \"{insured}\": is this what insurers leave, or what the measures leave?");
            let role = column.meaning.map_or(Role::Loss, |meaning| meaning.role);
            super::apart::doubt(column, message, vec![role, Role::Ignore], doubts);
        }
    }
}
