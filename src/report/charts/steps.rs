//! From today's average loss to a plan's, one control at a time.
//!
//! The controls join in the order of the plan. Controls that act on the same factor share what they take off, so each
//! step is what a control adds to those before it; the ends do not depend on the order. Insurers come last: they pay of
//! what the controls leave.

use crate::engine::{Analysis, LossModel, OptionId, Values};
use crate::model::{ControlId, Scenario};
use crate::units::Figure;

use super::super::chart::{Chart, ChartOption, Waterfall, WaterfallStep};
use super::super::sections::subject_index;
use super::super::sentences::name;
use super::super::texts::{line, texts};
use crate::units::Unit;

const ID: &str = "from-today-step-by-step";

/// The steps of the plan that the paper is about.
pub(super) fn chart(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Option<Chart> {
    let index = subject_index(analysis)?;
    let plan = &analysis.plans[index];
    let steps = steps(scenario, analysis, index);
    if steps.is_empty() {
        return None;
    }
    let words = &texts(scenario).titles;
    let name = name(scenario, plan);
    let title = line(words.steps, &[("plan", &name)]);
    let gross: Figure = analysis.today.iter().map(|risk| risk.annual_loss).sum();
    let data = Waterfall::new(unit, ChartOption::plan(&name, index.0), gross.to_f64(), steps);
    let is_insured = analysis.recovered_today.iter().any(|paid| !paid.is_zero());
    if !is_insured {
        return Some(data.into_chart(ID, &title));
    }
    let today = data.scale.amount_with_currency(analysis.loss_today.to_f64());
    let note = line(words.insured, &[("amount", &today)]);
    Some(data.before_insurers().into_chart(ID, &title).with_note(&note))
}

fn steps(scenario: &Scenario, analysis: &Analysis, index: OptionId) -> Vec<WaterfallStep> {
    let plan = &analysis.plans[index];
    let model = LossModel::new(scenario);
    let means = Values::means(scenario);
    let planned: Vec<ControlId> = scenario.plans()[plan.plan].controls.iter().map(|planned| planned.control).collect();
    let loss_with = |first: usize| -> Figure {
        let bought =
            |control: ControlId| planned.iter().take(first).any(|other| *other == control).then_some(Figure::ONE);
        model.all_means(&means, &bought).iter().map(|risk| risk.annual_loss).sum()
    };
    let gross: Figure = analysis.today.iter().map(|risk| risk.annual_loss).sum();
    let mut before = gross;
    let mut steps: Vec<WaterfallStep> = planned
        .iter()
        .enumerate()
        .map(|(place, control)| {
            let after = loss_with(place + 1);
            let reduction = (before - after).to_f64();
            before = after;
            WaterfallStep { name: scenario.controls()[*control].name.clone(), reduction, is_insurance: false }
        })
        .collect();
    // What insurers pay is asked of the loss that the controls leave.
    let paid: Figure = plan.recovered.iter().copied().sum();
    if !paid.is_zero() {
        steps.push(WaterfallStep {
            name: texts(scenario).titles.insurers_pay.to_owned(),
            reduction: paid.to_f64(),
            is_insurance: true,
        });
    }
    steps
}
