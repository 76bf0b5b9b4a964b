//! Who does what, and by when: the owner, the begin and the milestones of each control of the option.

use rust_decimal::Decimal;

use crate::engine::Analysis;
use crate::model::{PlannedControl, Scenario};

use super::paper::day;
use super::sections::subject;
use super::sentences::name;
use super::texts::{line, texts};
use super::{Cell, Section, Table};

/// The table, where the file names an owner or a milestone of a control that is bought.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let plan = subject(analysis)?;
    let words = &texts(scenario).tasks;
    let planned = &scenario.plans()[plan.plan].controls;
    let bought = || planned.iter().map(|planned| (planned, &scenario.controls()[planned.control]));
    if bought().all(|(_, control)| control.owner.is_none() && control.milestones.is_empty()) {
        return None;
    }
    let rows = bought().map(|(planned, control)| {
        let milestones = control.milestones.iter().map(|milestone| {
            line(words.milestone, &[("day", &day(scenario, milestone.by)), ("what", &milestone.name)])
        });
        let milestones = milestones.collect::<Vec<_>>().join("; ");
        vec![
            Cell::words(&control.name),
            control.owner.as_deref().map_or(Cell::None, Cell::words),
            Cell::words(begins(scenario, planned)),
            if milestones.is_empty() { Cell::None } else { Cell::words(milestones) },
        ]
    });
    let columns = [words.control, words.owner, words.begins, words.milestones].map(str::to_owned).to_vec();
    Some(Section {
        title: line(words.title, &[("plan", &name(scenario, plan))]),
        lead: None,
        table: Some(Table { columns, rows: rows.collect(), emphasised: None }),
        notes: Vec::new(),
    })
}

/// When a control begins, as a cell: now, or with a year or a month of the plan.
pub(super) fn begins(scenario: &Scenario, planned: &PlannedControl) -> String {
    let words = [texts(scenario).money.year, texts(scenario).tasks.month];
    later(scenario, planned, words).unwrap_or_else(|| texts(scenario).money.now.to_owned())
}

/// The same in a sentence; nothing where it begins now.
pub(super) fn from(scenario: &Scenario, planned: &PlannedControl) -> Option<String> {
    let words = &texts(scenario).tasks;
    later(scenario, planned, [words.from_year, words.from_month])
}

/// The year or the month of the plan, the year by its own number where the file has it.
fn later(scenario: &Scenario, planned: &PlannedControl, [by_year, by_month]: [&str; 2]) -> Option<String> {
    if planned.start.is_zero() {
        return None;
    }
    let months = planned.start * Decimal::from(12);
    let whole = |number: Decimal| number.round_dp(6).normalize();
    let year = whole(planned.start + Decimal::ONE);
    Some(match scenario.proposal().first_year {
        Some(first) if year.is_integer() => whole(year + Decimal::from(first) - Decimal::ONE).to_string(),
        None if year.is_integer() => line(by_year, &[("year", &year)]),
        _ => line(by_month, &[("month", &whole(months + Decimal::ONE))]),
    })
}
