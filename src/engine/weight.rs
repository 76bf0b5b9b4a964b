//! How much does each assumption move the answer?
//!
//! The weight of an assumption is the change of a plan's value today when the assumption's mean
//! is a tenth higher and nothing else changes. Costs enter the value linearly, so their weight
//! is a tenth of what they cost; an assumption about loss is worked out again on the risks that
//! it touches, and on those bound to them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::engine::OptionId;
use crate::model::{ByEstimate, Change, EstimateId, EventRate, Plan, Scenario, Table, Taken, Vulnerability};
use crate::units::{Figure, Kind};

use super::cashflow::{begins, yearly_loss};
use super::loss::LossModel;
use super::recovery::{Covers, Known};
use super::system::{ClusterId, touched};
use super::values::Values;
use super::{PlanAnalysis, discounted_growth};

/// By how much every assumption is raised.
const STEP: f64 = 0.1;

/// The change of a plan's net present value by assumption, in the order of the estimates; after insurers pay, with
/// what they pay and the place of the plan there.
pub fn weights(
    model: &LossModel<'_>,
    plan: &Plan,
    analysis: &PlanAnalysis,
    means: &Values<Figure>,
    insured: Option<(&Covers<'_, '_>, OptionId)>,
) -> ByEstimate<f64> {
    let scenario = model.scenario();
    let means = means.to_f64();
    let mut weights = scenario.estimates().every(0.0);
    let today = Plan { controls: Vec::new(), drops: Vec::new(), ..plan.clone() };
    let clusters = model.clusters().iter();
    let factors: Table<ClusterId, Vec<f64>> =
        clusters.map(|cluster| discounted_growth(scenario, begins(model, plan, cluster))).collect();
    // Value of the loss avoided on one cluster: growth and discount are in `factors`.
    let avoided = |cluster: ClusterId, values: &Values<f64>| -> f64 {
        let factors = &factors[cluster];
        let cluster = &model.clusters()[cluster];
        let before = yearly_loss(model, &today, cluster, values);
        let after = yearly_loss(model, plan, cluster, values);
        before.iter().zip(&after).zip(factors).map(|((before, after), factor)| (before - after) * factor).sum()
    };
    let untouched: Table<ClusterId, f64> = (model.clusters().ids()).map(|cluster| avoided(cluster, &means)).collect();
    let more_now = insured.map_or(0.0, |(covers, place)| covers.more_of(place, &means, Known::Nothing));
    let touched: Vec<(EstimateId, BTreeSet<ClusterId>)> = touched(model).into_iter().collect();
    // In parts, each with numbers of its own to change and to change back.
    let size = (touched.len() / 32).max(8);
    let changes = touched.par_chunks(size).flat_map_iter(|part| {
        let mut values = means.clone();
        let mut changes = Vec::with_capacity(part.len());
        for (id, clusters) in part {
            let estimate = scenario.estimate(*id);
            let raised = values.get(*id) * (1.0 + STEP);
            let raised = if estimate.kind == Kind::Chance { raised.min(1.0) } else { raised };
            let old = values.replace(*id, raised);
            let contest = is_contest(scenario, *id);
            let kept = (contest || values.has_new_rates()).then(|| values.clone());
            if contest {
                values.scale_contests(scenario, *id, 1.0 + STEP);
            }
            values.follow_rates(scenario);
            let change: f64 = clusters.iter().map(|&cluster| avoided(cluster, &values) - untouched[cluster]).sum();
            let feel = |covers: &Covers<'_, '_>| {
                clusters.iter().any(|cluster| covers.insures(&model.clusters()[*cluster].risks))
            };
            let paid = insured
                .filter(|(covers, _)| feel(covers))
                .map_or(0.0, |(covers, place)| covers.more_of(place, &values, Known::Nothing) - more_now);
            changes.push((*id, change + paid));
            if let Some(kept) = kept {
                values = kept;
            }
            values.replace(*id, old);
        }
        changes
    });
    changes.collect::<Vec<_>>().into_iter().for_each(|(id, change)| weights[id] += change);
    // What is left of two equal sums that are subtracted is rounding, not weight.
    let noise = 1e-12 * untouched.iter().map(|avoided| avoided.abs()).sum::<f64>();
    weights.iter_mut().filter(|weight| weight.abs() <= noise).for_each(|weight| *weight = 0.0);
    for (id, cost) in &analysis.cost_by_estimate {
        weights[*id] -= STEP * cost;
    }
    weights
}

/// Whether an estimate is a side of a contest, or a time within which a next stage may come, so that its mean alone
/// says nothing.
pub(super) fn is_contest(scenario: &Scenario, id: EstimateId) -> bool {
    if scenario.estimate(id).kind == Kind::Period {
        return scenario.risks().iter().any(|risk| risk.dwell.is_some_and(|dwell| dwell.time == id))
            || scenario.controls().iter().flat_map(|control| &control.effects).any(|effect| {
                effect.factor.taken() == Taken::AsTimeOfNextStage && effect.change == Change::Becomes(id)
            });
    }
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
            .any(|effect| effect.factor.taken() == Taken::AgainstCapability && effect.change == Change::Becomes(id)))
}
