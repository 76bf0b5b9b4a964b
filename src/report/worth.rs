//! What does each control add, and is each step up in cost worth it? In tables and words.

use crate::engine::incremental::{Outcome, Step};
use crate::engine::{Analysis, PlanAnalysis};
use crate::model::Scenario;
use crate::units::Figure;

use super::insurance::is_insured;
use super::sentences::{cost_digits, name, value_digits};
use super::{Cell, Section, Table, Text};

/// What each control of a plan adds, where there are several.
pub fn contributions(scenario: &Scenario, analysis: &Analysis, plan: &PlanAnalysis) -> Option<Section> {
    if plan.contributions.len() < 2 {
        return None;
    }
    let (cost, value) = (cost_digits(scenario), value_digits(scenario));
    let rows = plan
        .contributions
        .iter()
        .map(|added| {
            vec![
                Cell::words(&scenario.controls()[added.control].name),
                Cell::Money(added.cost, cost),
                Cell::Money(added.alone, value),
                Cell::Money(added.last_in, value),
                Cell::Money(added.shapley, value),
            ]
        })
        .collect();
    let sum = |figure: &dyn Fn(usize) -> Figure| -> Figure { (0..plan.contributions.len()).map(figure).sum() };
    let alone = sum(&|index| plan.contributions[index].alone);
    let together = sum(&|index| plan.contributions[index].shapley);
    let mut notes = vec![Text::plain(
        "Alone: what it is worth if nothing else is bought. If left out: what the option would lose without it. Fair share: its part of the option's value, the mean over every order of buying (Shapley value); the parts add up.",
    )];
    let twice = alone - together;
    if twice.is_positive() && twice.to_f64() > 0.005 * together.to_f64().abs() {
        notes.push(
            Text::plain("Added up, the controls alone would claim ")
                .figure(Cell::Money(twice, value))
                .and(" more than they bring together: they save in part the same loss."),
        );
    }
    for added in plan.contributions.iter().filter(|added| (Figure::ZERO - added.last_in).is_positive()) {
        let needed = plan.contributions.iter().any(|other| {
            other.control != added.control && scenario.controls()[other.control].requires.contains(&added.control)
        });
        let line = Text::plain("Without ")
            .name(&scenario.controls()[added.control].name)
            .and(" the option would be worth ")
            .figure(Cell::Money(Figure::ZERO - added.last_in, value))
            .and(" more");
        notes.push(line.and(if needed { ", but another control of it requires it." } else { "." }));
    }
    if is_insured(scenario, analysis) {
        notes.push(Text::plain("Before insurers pay."));
    }
    Some(Section {
        title: format!("What each control adds: {}", name(scenario, plan)),
        lead: None,
        table: Some(Table {
            columns: ["Control", "Cost", "Alone", "If left out", "Fair share"].map(str::to_owned).to_vec(),
            rows,
            emphasised: None,
        }),
        notes,
    })
}

/// Each option against the best of those that cost less, where there are several.
pub fn steps(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    if analysis.steps.len() < 2 {
        return None;
    }
    let (cost, value) = (cost_digits(scenario), value_digits(scenario));
    let option = |plan: Option<usize>| {
        plan.map_or_else(|| "Do nothing more".to_owned(), |plan| name(scenario, &analysis.plans[plan]))
    };
    let verdict = |step: &Step| match step.outcome {
        Outcome::Better => "worth the step".to_owned(),
        Outcome::NotWorthIt => "not worth the step".to_owned(),
        Outcome::Dominated => "out: costs no less, avoids no more".to_owned(),
    };
    let rows = analysis
        .steps
        .iter()
        .map(|step| {
            vec![
                Cell::words(option(Some(step.plan))),
                Cell::words(option(step.against)),
                Cell::Money(step.cost, cost),
                Cell::Money(step.avoided, value),
                Cell::Money(step.value, value),
                Cell::words(verdict(step)),
            ]
        })
        .collect();
    let columns = ["Option", "Against", "Costs more", "Avoids more loss", "Worth more", "Verdict"];
    Some(Section {
        title: "One step at a time".into(),
        lead: Some(Text::plain(
            "Options by rising cost, each against the best so far: is what it costs more worth what it avoids more? Today's money.",
        )),
        table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None }),
        notes: Vec::new(),
    })
}
