//! How much does each assumption move the answer?
//!
//! The weight of an assumption is the change of a plan's value today when the assumption's mean
//! is a tenth higher and nothing else changes. Costs enter the value linearly, so their weight
//! is a tenth of what they cost; an assumption about loss is worked out again on the risks that
//! it touches.

use std::collections::BTreeMap;

use crate::model::{Change, EstimateId, EventRate, Plan, Scenario, ThreatEvents, Vulnerability};
use crate::units::{Figure, Kind};

use super::PlanAnalysis;
use super::cashflow::yearly_loss;
use super::loss::LossModel;
use super::values::Values;

/// By how much every assumption is raised.
const STEP: f64 = 0.1;

/// The change of a plan's net present value by assumption, in the order of the estimates.
pub fn weights(
    model: &LossModel<'_>,
    plan: &Plan,
    analysis: &PlanAnalysis,
    means: &Values<Figure>,
    factors: &[f64],
) -> Vec<f64> {
    let scenario = model.scenario();
    let mut values = means.to_f64();
    let mut weights = vec![0.0; scenario.estimates().len()];
    let today = Plan { controls: Vec::new(), drops: Vec::new(), ..plan.clone() };
    // Value of the loss avoided on one risk: growth and discount are in `factors`.
    let avoided = |risk: usize, values: &Values<f64>| -> f64 {
        let before = yearly_loss(model, &today, risk, values);
        let after = yearly_loss(model, plan, risk, values);
        before.iter().zip(&after).zip(factors).map(|((before, after), factor)| (before - after) * factor).sum()
    };
    let untouched: Vec<f64> = (0..scenario.risks().len()).map(|risk| avoided(risk, &values)).collect();
    for (id, risks) in touched(model) {
        let estimate = scenario.estimate(id);
        let mean = values.get(id);
        let raised = mean * (1.0 + STEP);
        let raised = if estimate.kind == Kind::Chance { raised.min(1.0) } else { raised };
        let old = values.replace(id, raised);
        let contest = is_contest(scenario, id);
        let kept = contest.then(|| values.clone());
        if contest {
            values.scale_contests(scenario, id, 1.0 + STEP);
        }
        weights[id.0] += risks.iter().map(|&risk| avoided(risk, &values) - untouched[risk]).sum::<f64>();
        if let Some(kept) = kept {
            values = kept;
        }
        values.replace(id, old);
    }
    for (id, cost) in &analysis.cost_by_estimate {
        weights[id.0] -= STEP * cost;
    }
    weights
}

/// Whether an estimate is a side of a contest, so that its mean alone says nothing.
fn is_contest(scenario: &Scenario, id: EstimateId) -> bool {
    scenario.estimate(id).kind == Kind::Chance
        && (scenario.risks().iter().any(|risk| {
            matches!(
                &risk.rate,
                EventRate::Threat { vulnerability: Vulnerability::Contest { capability, resistance }, .. }
                    if *capability == id || *resistance == id
            )
        }) || scenario
            .controls()
            .iter()
            .flat_map(|control| &control.effects)
            .any(|effect| effect.factor == crate::model::Factor::Resistance && effect.change == Change::Becomes(id)))
}

/// The risks whose loss an estimate enters.
fn touched(model: &LossModel<'_>) -> BTreeMap<EstimateId, Vec<usize>> {
    let scenario = model.scenario();
    let mut touched: BTreeMap<EstimateId, Vec<usize>> = BTreeMap::new();
    let mut add = |id: EstimateId, risk: usize| {
        let risks = touched.entry(id).or_default();
        if risks.last() != Some(&risk) {
            risks.push(risk);
        }
    };
    for (index, risk) in scenario.risks().iter().enumerate() {
        match &risk.rate {
            EventRate::Frequency(id) => add(*id, index),
            EventRate::Threat { events, vulnerability } => {
                match events {
                    ThreatEvents::Events(id) => add(*id, index),
                    ThreatEvents::Contacts { contacts, action } => {
                        add(*contacts, index);
                        add(*action, index);
                    }
                }
                match vulnerability {
                    Vulnerability::Chance(id) => add(*id, index),
                    Vulnerability::Contest { capability, resistance } => {
                        add(*capability, index);
                        add(*resistance, index);
                    }
                }
            }
        }
        risk.primary.iter().for_each(|loss| add(loss.amount, index));
        if let Some((value, exposure)) = risk.asset {
            add(value, index);
            add(exposure, index);
        }
        if let Some(outage) = risk.outage {
            add(outage.duration, index);
            let stream = risk.value_stream.map(|stream| &scenario.value_streams()[stream]);
            let priced = [outage.share, stream.and_then(|s| s.revenue), stream.and_then(|s| s.margin)];
            priced.into_iter().flatten().for_each(|id| add(id, index));
        }
        for secondary in &risk.secondary {
            add(secondary.chance, index);
            secondary.losses.iter().for_each(|loss| add(loss.amount, index));
        }
        for action in model.actions(index) {
            let control = &scenario.controls()[action.control];
            [control.coverage, control.reliability].into_iter().flatten().for_each(|id| add(id, index));
            for effect in &action.effects {
                let (Change::Reduction(id) | Change::Becomes(id)) = effect.change;
                add(id, index);
            }
        }
    }
    touched
}
