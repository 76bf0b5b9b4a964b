//! What is the option worth in each of the cases that the file states: low, high?
//!
//! Each case is the file with its stated values in place of others, read and worked out as any other file, averages only.
//! So every figure of a row belongs to one set of assumptions that people agreed on, not to the extremes of all ranges,
//! which never come together. See `docs/paper.md`.

use crate::engine::{Analysis, PlanValuation, Valuation};
use crate::figures::{CaseFigures, CasePlanFigures};
use crate::model::{Scenario, StatedCase};
use crate::units::Figure;

use super::assessment::{plan_id, plan_or_today};
use super::sections::subject_index;
use super::sentences::{best_name, cost_digits, loss_digits, name, option_name, value_digits};
use super::texts::{line, say, texts};
use super::{Cell, Piece, Section, Table, Text};

/// Each stated case with its figures; one that cannot be worked out has none.
fn found<'s>(
    scenario: &'s Scenario,
    analysis: &'s Analysis,
) -> impl Iterator<Item = (&'s StatedCase, Option<&'s Valuation>)> {
    scenario.stated().iter().zip(analysis.stated(scenario).iter().map(Option::as_ref))
}

/// The table, where the file states cases and there is an option.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    if scenario.stated().is_empty() {
        return None;
    }
    let words = &texts(scenario).stated;
    let subject = subject_index(analysis)?;
    let plan = name(scenario, &analysis.plans[subject]);
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let row = |label: &str, today: Figure, plan: [Figure; 3], best: String| {
        let [with_plan, spent, worth] = plan;
        vec![
            Cell::words(label),
            Cell::Money(today, loss),
            Cell::Money(with_plan, loss),
            Cell::Money(spent, cost),
            Cell::Money(worth, value),
            Cell::words(best),
        ]
    };
    let base = &analysis.plans[subject];
    let figures = [base.loss, base.investment.present_cost, base.investment.net_present_value];
    let best = option_name(scenario, analysis, analysis.recommended);
    let mut rows = vec![row(words.base, analysis.loss_today, figures, best)];
    let mut notes = Vec::new();
    for (case, figures) in found(scenario, analysis) {
        rows.push(match figures {
            Some(found) => {
                let plan = found.plans[subject];
                let figures = [plan.loss, plan.present_cost, plan.net_present_value];
                row(&case.name, found.loss_today, figures, best_name(&case.scenario, found))
            }
            None => {
                vec![Cell::words(&case.name), Cell::None, Cell::None, Cell::None, Cell::None, Cell::words(words.none)]
            }
        });
        notes.push(stated(scenario, case));
    }
    let with_plan = line(texts(scenario).shared.with_plan, &[("plan", &plan)]);
    let columns = [words.case, words.today].map(str::to_owned).into_iter();
    let columns = columns.chain([with_plan, words.cost.to_owned(), words.value.to_owned(), words.best.to_owned()]);
    Some(Section {
        title: words.title.to_owned(),
        lead: Some(say(words.lead, &[("plan", Piece::Name(plan))])),
        table: Some(Table { columns: columns.collect(), rows, emphasised: Some(0) }),
        notes,
    })
}

/// What a case says otherwise, in the words of the paper, and why.
fn stated(scenario: &Scenario, case: &StatedCase) -> Text {
    let words = &texts(scenario).stated;
    let mut text = Text::plain("").name(case.name.clone()).and(": ");
    for (place, (key, value)) in case.set.iter().enumerate() {
        // As the case has it: in the language and with the marks of the paper.
        let estimate = case.scenario.estimates().iter().find(|estimate| estimate.path == *key);
        let (what, value) = match estimate {
            Some(estimate) => (
                Piece::Name(estimate.name.clone()),
                Piece::Figure(Cell::Estimate(estimate.shape.clone(), estimate.kind)),
            ),
            None => (assumption(scenario, key), general_value(case, key).unwrap_or_else(|| value.clone().into())),
        };
        let part = say(words.said, &[("what", what), ("value", value)]);
        text = text.and(if place == 0 { "" } else { "; " }).joined(part);
    }
    match &case.why {
        Some(why) => text.and(". ").and(why.trim_end_matches('.').to_owned()).and("."),
        None => text.and("."),
    }
}

/// What a key that is no estimate is called: most are of `[assumptions]`.
fn assumption(scenario: &Scenario, key: &str) -> Piece {
    general(scenario, key).map_or_else(|| Piece::Code(key.to_owned()), |name| Piece::Plain(name.to_owned()))
}

/// The value of a rate as the paper writes it; of what else is typed, nothing.
fn general_value(case: &StatedCase, key: &str) -> Option<Piece> {
    let assumptions = case.scenario.assumptions();
    match key.strip_prefix("assumptions.")? {
        "discount_rate" => Some(Cell::typed(assumptions.discount_rate).into()),
        "tax_rate" => Some(Cell::typed(assumptions.tax_rate).into()),
        _ => None,
    }
}

fn general(scenario: &Scenario, key: &str) -> Option<&'static str> {
    let words = &texts(scenario).defaults;
    Some(match key.strip_prefix("assumptions.")? {
        "horizon" => words.horizon,
        "discount_rate" => words.discount_rate,
        "tax_rate" => words.tax_rate,
        "timing" => words.timing,
        "working_days" => words.working_days,
        _ => return None,
    })
}

/// What people call the place of a file: the name of its assumption, or of what it belongs to and then the rest of it.
pub(super) fn called(scenario: &Scenario, key: &str) -> Option<String> {
    if let Some(name) = general(scenario, key) {
        return Some(name.to_owned());
    }
    let is_it = |path: &str| key.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if let Some(estimate) = scenario.estimates().iter().find(|estimate| is_it(&estimate.path)) {
        return Some(estimate.name.clone());
    }
    let risks = scenario.risks().iter().map(|risk| ("risk", &risk.id, &risk.name));
    let controls = scenario.controls().iter().map(|control| ("control", &control.id, &control.name));
    let plans = scenario.plans().iter().map(|plan| ("plan", &plan.id, &plan.name));
    risks.chain(controls).chain(plans).find_map(|(table, id, name)| {
        let rest = key.strip_prefix(&format!("{table}.{id}"))?;
        match rest.strip_prefix('.') {
            Some(rest) => Some(format!("{name}: {rest}")),
            None => rest.is_empty().then(|| name.clone()),
        }
    })
}

/// The same for other programs.
pub(super) fn figures(scenario: &Scenario, analysis: &Analysis) -> Vec<CaseFigures> {
    let of_plan = |plan: &PlanValuation| {
        let figures = CasePlanFigures {
            expected_annual_loss: plan.loss.into(),
            present_value_of_cost: plan.present_cost.into(),
            net_present_value: plan.net_present_value.into(),
        };
        (plan_id(scenario, plan.plan), figures)
    };
    let best = |found: &Valuation| plan_or_today(scenario, found.recommended.map(|index| found.plans[index].plan));
    let of_case = |(case, found): (&StatedCase, Option<&Valuation>)| CaseFigures {
        name: case.name.clone(),
        set: case.set.iter().map(|(key, value)| format!("{key}={value}")).collect(),
        expected_annual_loss: found.map(|found| found.loss_today.into()),
        recommended: found.map(best),
        plans: found.map(|found| found.plans.iter().map(of_plan).collect()),
    };
    found(scenario, analysis).map(of_case).collect()
}
