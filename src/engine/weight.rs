//! How much does each assumption move the answer?
//!
//! The weight of an assumption is the change of a plan's value today when the assumption's mean
//! is a tenth higher and nothing else changes. Costs enter the value linearly, so their weight
//! is a tenth of what they cost; an assumption about loss is worked out again on the risks that
//! it touches, and on those bound to them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::engine::OptionId;
use crate::model::{
    ByEstimate, Change, EstimateId, EventRate, Plan, Scenario, Table, Taken, Vulnerability, grows_without,
};
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
    // What these values change, all else at its mean.
    let change = |values: &Values<f64>, clusters: &BTreeSet<ClusterId>| -> f64 {
        let feel =
            |covers: &Covers<'_, '_>| clusters.iter().any(|cluster| covers.insures(&model.clusters()[*cluster].risks));
        let paid = insured
            .filter(|(covers, _)| feel(covers))
            .map_or(0.0, |(covers, place)| covers.more_of(place, values, Known::Nothing) - more_now);
        clusters.iter().map(|&cluster| avoided(cluster, values) - untouched[cluster]).sum::<f64>() + paid
    };
    let touching = touched(model);
    for (id, values, effects) in raised_ends(scenario, plan, &means) {
        let clusters = effects.iter().filter_map(|effect| touching.get(effect)).flatten().copied().collect();
        weights[id] += change(&values, &clusters);
    }
    let touched: Vec<(EstimateId, BTreeSet<ClusterId>)> = touching.into_iter().collect();
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
            changes.push((*id, change(&values, clusters)));
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

/// What decides how much a control in place takes off, each a tenth higher, with the values that follow where a plan ends
/// that control, and what of these is worked out from it: no figure of today knows it.
fn raised_ends(
    scenario: &Scenario,
    plan: &Plan,
    means: &Values<f64>,
) -> Vec<(EstimateId, Values<f64>, Vec<EstimateId>)> {
    let mut raised = Vec::new();
    let endings = plan.controls.iter().map(|planned| &scenario.controls()[planned.control]);
    for (ending, old) in endings.filter_map(|ending| Some((ending, &scenario.controls()[ending.ends?]))) {
        let of = |ended: EstimateId| {
            let path = scenario.estimate(ended).path.strip_suffix(".ended")?;
            old.effects.iter().find_map(|effect| match effect.change {
                Change::Reduction(id) if scenario.estimate(id).path == path => Some((ended, id)),
                _ => None,
            })
        };
        let ends = || {
            ending.effects.iter().filter_map(|effect| match effect.change {
                Change::Reduction(ended) => of(ended),
                Change::Becomes(_) => None,
            })
        };
        let acts = [old.coverage, old.reliability].into_iter().flatten();
        for id in acts.clone().chain(ends().map(|(_, reduction)| reduction)) {
            let mut values = means.clone();
            values.replace(id, (means.get(id) * (1.0 + STEP)).min(1.0));
            let acts: f64 = acts.clone().map(|id| values.get(id)).product();
            for (ended, reduction) in ends() {
                if let Some(more) = grows_without(acts, values.get(reduction)) {
                    values.replace(ended, 1.0 - more);
                }
            }
            raised.push((id, values, ends().map(|(ended, _)| ended).collect()));
        }
    }
    raised
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
