//! What does each control add, and is each step up in cost worth it? In tables and words.

use crate::engine::incremental::{Outcome, Step};
use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::model::Scenario;
use crate::units::Figure;

use super::adding;
use super::sentences::{cost_digits, name, option_name, value_digits};
use super::texts::{line, say, texts};
use super::{Cell, Piece, Section, Table, Text};

/// What each control of a plan adds, where there are several.
pub fn contributions(scenario: &Scenario, plan: &PlanAnalysis) -> Option<Section> {
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
    let words = &texts(scenario).worth;
    let mut notes = vec![Text::plain(words.columns)];
    let twice = alone - together;
    if twice.is_positive() && twice.to_f64() > 0.005 * together.to_f64().abs() {
        notes.push(say(words.claimed_twice, &[("twice", Cell::Money(twice, value).into())]));
    }
    for added in plan.contributions.iter().filter(|added| (Figure::ZERO - added.last_in).is_positive()) {
        let needed = plan.contributions.iter().any(|other| {
            other.control != added.control && scenario.controls()[other.control].requires.contains(&added.control)
        });
        let parts = [
            ("control", Piece::Name(scenario.controls()[added.control].name.clone())),
            ("more", Cell::Money(Figure::ZERO - added.last_in, value).into()),
        ];
        notes.push(say(if needed { words.without_required } else { words.without }, &parts));
    }
    if !plan.policies.is_zero() {
        notes.push(say(words.policies, &[("more", Cell::Money(plan.policies, value).into())]));
    }
    let columns = [texts(scenario).shared.control, words.cost, words.alone, words.left_out, words.fair_share];
    Some(Section {
        title: line(words.title, &[("plan", &name(scenario, plan))]),
        lead: None,
        table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None }),
        notes,
    })
}

/// Each option against the best of those that cost less, where there are several.
pub fn steps(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    if analysis.steps.len() < 2 {
        return None;
    }
    let (cost, value) = (cost_digits(scenario), value_digits(scenario));
    let (words, shared) = (&texts(scenario).steps, &texts(scenario).shared);
    let option = |plan: Option<OptionId>| option_name(scenario, analysis, plan);
    let verdict = |step: &Step| match step.outcome {
        Outcome::Better => words.better,
        Outcome::NotWorthIt => words.not_worth_it,
        Outcome::Dominated => words.dominated,
    };
    let rows = analysis
        .steps
        .iter()
        .map(|step| {
            vec![
                Cell::words(option(Some(step.plan))),
                Cell::words(option(step.against)),
                Cell::Money(step.cost, cost),
                Cell::Money(step.avoided + step.gains, value),
                Cell::Money(step.value, value),
                Cell::words(verdict(step)),
            ]
        })
        .collect();
    // A difference of two options is that of what is told of them.
    const COLUMNS: [usize; 3] = [2, 3, 4];
    let told = analysis.steps.iter().enumerate().flat_map(|(row, step)| {
        let of = |figure: &dyn Fn(OptionId) -> Figure| -> Vec<(Figure, f64)> {
            let against = step.against.map(|against| (figure(against), -1.0));
            std::iter::once((figure(step.plan), 1.0)).chain(against).collect()
        };
        let costs = of(&|plan| analysis.plans[plan].investment.present_cost);
        let worth = of(&|plan| analysis.plans[plan].investment.net_present_value);
        let brings = [costs.clone(), worth.clone()].concat();
        COLUMNS.into_iter().zip([costs, brings, worth]).map(move |(column, of)| adding::Told { row, column, of })
    });
    let told: Vec<adding::Told> = told.collect();
    let saves = analysis.steps.iter().any(|step| step.gains != Figure::ZERO);
    let brings = if saves { words.brings_more } else { words.avoids_more };
    let columns = [shared.option, words.against, words.costs_more, brings, words.worth_more, words.verdict];
    let section = Section {
        title: words.title.to_owned(),
        lead: Some(Text::plain(words.lead)),
        table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None }),
        notes: Vec::new(),
    };
    Some(section.with_sums_told(scenario.unit(), &told))
}
