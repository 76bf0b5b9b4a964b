//! What do duties cost in an average year, what does each control do for them, and what is left open?
//!
//! The average is over all years, before insurers: the sum of the steps of each obligation over the risks that touch
//! it. A ceiling is a bound by law and no forecast. Page: `docs/model/obligations.md`.

use crate::engine::{Analysis, PlanAnalysis, RiskMeans};
use crate::figures::{Chance, DutyControl, DutyFigures};
use crate::model::{ControlId, Form, Obligation, ObligationId, Part, RiskId, Scenario};
use crate::units::{Figure, Language};

use super::assessment::by_plan;
use super::few::few;
use super::sections::subject_index;
use super::sentences::{loss_digits, name};
use super::texts::{line, texts};
use super::{Cell, Section, Table, Text};

/// What the steps of an obligation cost in an average year.
fn cost(
    scenario: &Scenario,
    duty: ObligationId,
    means: &[RiskMeans<Figure>],
    counted: impl Fn(Form) -> bool,
) -> Figure {
    let risks = scenario.risks().iter().zip(means);
    let parts = risks.flat_map(|(risk, means)| {
        let parts = risk.parts().into_iter().zip(&means.components);
        let own = parts.filter(move |(part, _)| match part {
            Part::Secondary(index, _) => risk.secondary[*index].duty == Some(duty),
            _ => false,
        });
        own.map(|(part, loss)| (part.form(), *loss)).collect::<Vec<_>>()
    });
    parts.filter(|(form, _)| counted(*form)).map(|(_, loss)| loss).sum()
}

/// Controls of an option that act on risks that touch an obligation, with those risks.
fn acting(scenario: &Scenario, obligation: &Obligation, plan: &PlanAnalysis) -> Vec<(ControlId, Vec<RiskId>)> {
    let controls = plan.controls.iter().map(|costs| costs.control);
    controls
        .filter_map(|control| {
            let effects = &scenario.controls()[control].effects;
            let touched = obligation.risks.iter().copied().filter(|risk| effects.iter().any(|e| e.risk == *risk));
            let touched: Vec<RiskId> = touched.collect();
            (!touched.is_empty()).then_some((control, touched))
        })
        .collect()
}

/// Risks that touch an obligation and on which no control of an option acts.
fn left_open(scenario: &Scenario, obligation: &Obligation, plan: &PlanAnalysis) -> Vec<RiskId> {
    let acting = acting(scenario, obligation, plan);
    obligation.risks.iter().copied().filter(|risk| !acting.iter().any(|(_, risks)| risks.contains(risk))).collect()
}

/// The chance that an event ends with a fine, on average.
fn chance_of_fine(scenario: &Scenario, obligation: &Obligation) -> Option<f64> {
    let mean = |id| scenario.estimate(id).mean().to_f64();
    Some(mean(obligation.reported) * mean(obligation.acts?) * mean(obligation.fined?))
}

/// The obligations for other programs.
pub(super) fn figures(scenario: &Scenario, analysis: &Analysis) -> Vec<DutyFigures> {
    let risk_ids =
        |risks: &[RiskId]| -> Vec<String> { risks.iter().map(|risk| scenario.risks()[*risk].id.clone()).collect() };
    let duties = scenario.obligations().entries().map(|(duty, obligation)| {
        let fine = |form: Form| form == Form::FinesAndJudgments;
        let controls = |plan: &PlanAnalysis| -> Vec<DutyControl> {
            let acting = acting(scenario, obligation, plan).into_iter();
            acting
                .map(|(control, risks)| DutyControl {
                    id: scenario.controls()[control].id.clone(),
                    risks: risk_ids(&risks),
                })
                .collect()
        };
        DutyFigures {
            id: obligation.id.clone(),
            name: obligation.name.clone(),
            regime: obligation.regime.word().to_owned(),
            risks: risk_ids(&obligation.risks),
            ceiling: obligation.ceiling.map(|ceiling| Figure::exact(ceiling).into()),
            ceiling_by: obligation.regime.says().to_owned(),
            base_rate: Chance::finite(obligation.regime.base_rate().map(|base| base.share)),
            chance_of_fine: Chance::finite(chance_of_fine(scenario, obligation)),
            today: cost(scenario, duty, &analysis.today, |_| true).into(),
            fines_today: cost(scenario, duty, &analysis.today, fine).into(),
            plans: by_plan(scenario, analysis, |plan, _| cost(scenario, duty, &plan.risks, |_| true).into()),
            fines: by_plan(scenario, analysis, |plan, _| cost(scenario, duty, &plan.risks, fine).into()),
            controls: by_plan(scenario, analysis, |plan, _| controls(plan)),
            left_open: by_plan(scenario, analysis, |plan, _| risk_ids(&left_open(scenario, obligation, plan))),
        }
    });
    duties.collect()
}

/// What duties cost, with a fine and without one, what the option does for each, and what it leaves open.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    if scenario.obligations().is_empty() {
        return None;
    }
    let words = &texts(scenario).parts;
    let digits = loss_digits(scenario);
    let subject = subject_index(analysis).map(|index| &analysis.plans[index]);
    let mut columns = [words.duty, words.without_fine, words.by_fines, words.ceiling].map(str::to_owned).to_vec();
    if let Some(plan) = subject {
        let plan = name(scenario, plan);
        columns.push(line(words.with_plan, &[("plan", &plan)]));
        columns.extend([words.done_by, words.left_open].map(str::to_owned));
    }
    let fine = |form: Form| form == Form::FinesAndJudgments;
    let joined =
        |names: Vec<&str>| if names.is_empty() { Cell::None } else { Cell::words(few(scenario, &names, "; ")) };
    let rows = scenario.obligations().entries().map(|(duty, obligation)| {
        let mut row = vec![
            Cell::words(&obligation.name),
            Cell::Money(cost(scenario, duty, &analysis.today, |form| !fine(form)), digits),
            if obligation.fine.is_some() {
                Cell::Money(cost(scenario, duty, &analysis.today, fine), digits)
            } else {
                Cell::None
            },
            obligation.ceiling.map_or(Cell::None, |ceiling| Cell::Money(Figure::exact(ceiling), digits)),
        ];
        if let Some(plan) = subject {
            let controls = acting(scenario, obligation, plan).into_iter();
            row.push(Cell::Money(cost(scenario, duty, &plan.risks, |_| true), digits));
            row.push(joined(controls.map(|(control, _)| scenario.controls()[control].name.as_str()).collect()));
            let open = left_open(scenario, obligation, plan);
            row.push(joined(open.iter().map(|risk| scenario.risks()[*risk].name.as_str()).collect()));
        }
        row
    });
    let table = Table { columns, rows: rows.collect(), emphasised: None };
    let mut notes = vec![Text::plain(words.obligations_note)];
    for obligation in scenario.obligations().iter().filter(|obligation| obligation.ceiling.is_some()) {
        let law = match scenario.voice().language {
            Language::English => obligation.regime.says().to_owned(),
            Language::German => scenario.voice().set(obligation.regime.says_in_german()),
        };
        notes.push(Text::plain(line(words.ceiling_note, &[("duty", &obligation.name), ("law", &law)])));
    }
    Some(Section { title: words.obligations.to_owned(), lead: None, table: Some(table), notes })
}
