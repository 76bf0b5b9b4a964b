//! What is bought with the option that the paper is about: each control and each policy by its whole name, with what it
//! costs and when it begins.

use crate::engine::{Analysis, PlanAnalysis};
use crate::model::{Insurance, Scenario};
use crate::units::Figure;

use super::super::few::few_within;
use super::super::insurance::policies;
use super::super::sections::{cost_a_year, cost_at_once, subject};
use super::super::sentences::{cost_digits, name};
use super::super::tasks::{begins, from};
use super::super::texts::{line, say, texts};
use super::super::{Cell, Digits, Piece, Section, Table, Text};
use super::tabled;

/// Letters of names in the decision; the table has all of them.
const LETTERS: usize = 240;

/// The policies that a plan brings.
fn new_policies<'a>(scenario: &'a Scenario, plan: &PlanAnalysis) -> impl Iterator<Item = &'a Insurance> {
    policies(scenario, Some(plan.plan)).filter(|policy| !policy.is_in_force(None))
}

/// What the table is called.
pub(super) fn title(scenario: &Scenario, analysis: &Analysis) -> String {
    let plan = subject(analysis).map(|plan| name(scenario, plan)).unwrap_or_default();
    line(texts(scenario).controls.bought, &[("plan", &plan)])
}

/// The table.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let plan = subject(analysis)?;
    let (words, digits) = (&texts(scenario).controls, cost_digits(scenario));
    let planned = &scenario.plans()[plan.plan].controls;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for costs in &plan.controls {
        let Some(planned) = planned.iter().find(|planned| planned.control == costs.control) else { continue };
        let control = &scenario.controls()[costs.control];
        rows.push(vec![
            Cell::words(&control.name),
            Cell::Money(cost_at_once(costs), digits),
            Cell::Money(cost_a_year(scenario, control), digits),
            Cell::words(begins(scenario, planned)),
        ]);
    }
    for policy in new_policies(scenario, plan) {
        rows.push(vec![
            Cell::words(&policy.name),
            Cell::None,
            Cell::Money(Figure::exact(policy.premium.get()), Digits::Whole),
            Cell::words(texts(scenario).money.now),
        ]);
    }
    if rows.is_empty() {
        return None;
    }
    let columns = [texts(scenario).shared.control, words.once, words.per_year, texts(scenario).tasks.begins];
    let table = Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None };
    let mut section = tabled(&title(scenario, analysis), table);
    section.notes.push(Text::plain(words.per_year_is));
    Some(section)
}

/// The controls that are bought, each with when it begins, and the policies.
fn names(scenario: &Scenario, plan: &PlanAnalysis) -> [Vec<String>; 2] {
    let words = &texts(scenario).front;
    let controls = scenario.plans()[plan.plan].controls.iter().map(|planned| {
        let control = &scenario.controls()[planned.control].name;
        match from(scenario, planned) {
            None => control.clone(),
            Some(time) => line(words.after, &[("control", control), ("time", &time)]),
        }
    });
    [controls.collect(), new_policies(scenario, plan).map(|policy| policy.name.clone()).collect()]
}

/// As many of them as the decision has room for.
fn few(scenario: &Scenario, names: &[String], between: &str) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    few_within(scenario, &names, between, LETTERS)
}

/// Whether the decision has room for all of them.
pub(super) fn is_all_told(scenario: &Scenario, analysis: &Analysis) -> bool {
    subject(analysis).is_none_or(|plan| {
        let told = names(scenario, plan).map(|names| few(scenario, &names, "; ") == names.join("; "));
        told == [true, true]
    })
}

/// The same in a sentence of the decision: names as far as there is room, and what policies cost.
pub(super) fn told(scenario: &Scenario, plan: &PlanAnalysis) -> Option<Text> {
    let words = &texts(scenario).front;
    told_as(scenario, plan, [words.buys, words.buys_policies, words.buys_both])
}

/// The same in these words: of controls, of policies, of both.
pub(super) fn told_as(scenario: &Scenario, plan: &PlanAnalysis, words: [&'static str; 3]) -> Option<Text> {
    let [only_controls, only_policies, both] = words;
    let [controls, policies] = names(scenario, plan);
    let premium = Figure::exact(new_policies(scenario, plan).map(|policy| policy.premium.get()).sum());
    let parts = [
        ("plan", Piece::Name(name(scenario, plan))),
        ("controls", few(scenario, &controls, "; ").into()),
        ("policies", few(scenario, &policies, ", ").into()),
        ("premium", Cell::Money(premium, Digits::Whole).into()),
    ];
    let template = match (controls.is_empty(), policies.is_empty()) {
        (true, true) => return None,
        (false, true) => only_controls,
        (true, false) => only_policies,
        (false, false) => both,
    };
    Some(say(template, &parts))
}
