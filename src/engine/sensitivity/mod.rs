//! What would change the answer?
//!
//! One input at a time, everything else at its mean: what every option is worth at the input's 10 %
//! and 90 % points; at which value an option is worth nothing; at which value another option is
//! better; and what it would be worth to know the input before deciding (`information`). The mean of
//! a value over everything else is the value at the means, for every unknown stands in a product
//! once; where a chain of risks makes it stand twice, the mean is taken over two points (`system`).
//! See `docs/model/sensitivity.md`.

mod curve;
mod followed;
mod information;
mod valuer;

use std::cmp::Ordering;

use rayon::prelude::*;

pub use curve::Curve;
use curve::Sketch;
use followed::Followed;
pub use information::Information;
use valuer::Valuer;

use super::loss::LossModel;
use super::recovery::{Covers, Known};
use super::system::{ClusterId, touched};
use super::values::Values;
use super::weight::is_contest;
use super::world::{Knowledge, Unknown};
use crate::engine::{ByOption, OptionId};
use crate::model::{EstimateId, PlanId, Role, Table};
use crate::units::{Figure, Kind};

/// What would change the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Every input that any plan's value depends on, in file order.
    pub inputs: Vec<Input>,
    /// What it would be worth to know everything that can be known.
    pub perfect: Information,
    /// By plan: the chance, over what is not known, that it is worth its cost once good and bad years
    /// are averaged, and its error. What the chance of paying back has besides is luck.
    pub worth_it: ByOption<(f64, f64)>,
    /// The smallest error in one input that changes the recommendation.
    pub tipping: Option<Tipping>,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its estimate.
    pub estimate: EstimateId,
    /// Its mean.
    pub mean: f64,
    /// Its 10 % and 90 % points (of its mean, where only that is in doubt), where it is not known.
    pub range: Option<(f64, f64)>,
    /// By plan: its value at these two points.
    pub swings: ByOption<Option<(f64, f64)>>,
    /// By plan: where the input makes the plan worth nothing.
    pub break_even: ByOption<Option<f64>>,
    /// What it would be worth to know it before deciding; nothing to know where it has no range.
    pub information: Option<f64>,
    /// Where it changes the recommendation.
    pub tipping: Option<Tipping>,
}

/// The smallest error in one input that changes the recommendation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tipping {
    /// The input.
    pub estimate: EstimateId,
    /// Its mean.
    pub mean: f64,
    /// Where the recommendation changes.
    pub at: f64,
    /// What is then better: a plan, or today.
    pub option: Option<OptionId>,
    /// Whether it lies between the input's 10 % and 90 % points; nothing where it has no range.
    pub is_likely: Option<bool>,
}

impl Tipping {
    /// The smaller change first. Of inputs that stand in one product none is nearer than another: the first in the file
    /// comes first, and rounding shall not choose among them.
    pub fn nearest_first(&self, other: &Self) -> Ordering {
        let distance = |tipping: &Self| (libm::log(tipping.at / tipping.mean).abs() * 1e9).round();
        distance(self).total_cmp(&distance(other)).then(self.estimate.cmp(&other.estimate))
    }
}

/// What the question is about.
#[derive(Debug)]
pub struct Request<'r> {
    /// The plans.
    pub plans: &'r [PlanId],
    /// By plan: its net present value.
    pub values: &'r [f64],
    /// The plan that is recommended; today where absent.
    pub recommended: Option<OptionId>,
    /// Names the points of the average over worlds.
    pub seed: u64,
}

/// Works out what would change the answer; nothing where there is no plan.
pub fn sensitivity<'m>(
    model: &'m LossModel<'m>,
    covers: Option<&'m Covers<'m, 'm>>,
    means: &Values<Figure>,
    request: &Request<'_>,
) -> Option<Sensitivity> {
    if request.plans.is_empty() {
        return None;
    }
    let scenario = model.scenario();
    let knowledge = Knowledge::of_averages(scenario, means);
    let means = knowledge.means();
    let valuer = Valuer::new(model, covers, request.plans, means, request.values);
    let touched = touched(model);
    let base = Base {
        saved: model.clusters().ids().map(|cluster| valuer.saved(cluster, means, None)).collect(),
        costs: valuer.costs(means),
    };
    let ids: Vec<EstimateId> =
        (scenario.estimates().ids()).filter(|id| touched.contains_key(id) || valuer.is_cost(*id)).collect();
    let paid_now = valuer.covers().map(|covers| covers.more(means, Known::Nothing));
    let found: Vec<Found> = ids
        .par_iter()
        .map(|&id| {
            let clusters: Vec<ClusterId> = touched.get(&id).into_iter().flatten().copied().collect();
            let contest = is_contest(scenario, id);
            let mean = means.get(id);
            // What a side of a contest is has no worlds of its own: it is luck.
            let unknown = knowledge.unknowns().iter().find(|unknown| unknown.estimate == id).filter(|_| !contest);
            let insured = valuer
                .covers()
                .filter(|covers| clusters.iter().any(|cluster| covers.insures(&model.clusters()[*cluster].risks)));
            let known = unknown.map_or(Known::Nothing, |_| Known::One(id));
            let with = |number: f64| {
                let mut values = means.clone();
                values.replace(id, number);
                if contest && mean > 0.0 {
                    values.scale_contests(scenario, id, number / mean);
                }
                values.follow_rates(scenario);
                values
            };
            let paid_at = |number: f64| match insured {
                Some(covers) if !model.is_stopped() => covers.more(&with(number), known).to_vec(),
                _ => Vec::new(),
            };
            // In one world what insurers pay goes the same way.
            let in_one = |number: f64| match insured {
                Some(covers) if !model.is_stopped() => covers.more(&with(number), Known::Everything).to_vec(),
                _ => Vec::new(),
            };
            let minus = |a: Vec<f64>, b: Vec<f64>| -> Vec<f64> { a.into_iter().zip(b).map(|(a, b)| a - b).collect() };
            let gap_at = |number: f64| minus(paid_at(number), in_one(number));
            let is_chance = scenario.estimate(id).kind == Kind::Chance;
            let cheap = Followed::new(mean, is_chance, &in_one);
            let cheap_at = |number: f64| cheap.at(number);
            let gap = Followed::of_gap(mean, is_chance, &gap_at, &cheap_at);
            let followed = |number: f64| -> Vec<f64> {
                cheap.at(number).into_iter().zip(gap.at(number)).map(|(cheap, gap)| cheap + gap).collect()
            };
            let worth_at = |number: f64, paid: &dyn Fn(f64) -> Vec<f64>| -> Vec<f64> {
                if model.is_stopped() {
                    return request.values.to_vec();
                }
                let values = with(number);
                let mut worth = request.values.to_vec();
                let costs = valuer.costs(&values);
                worth.iter_mut().zip(&base.costs).zip(costs).for_each(|((worth, before), now)| *worth -= now - before);
                for &cluster in &clusters {
                    let saved = valuer.saved(cluster, &values, Some(id));
                    let before = &base.saved[cluster];
                    worth.iter_mut().zip(before).zip(saved).for_each(|((worth, before), now)| *worth += now - before);
                }
                if let (Some(_), Some(before)) = (insured, &paid_now) {
                    let now = paid(number);
                    worth.iter_mut().zip(before).zip(now).for_each(|((worth, before), now)| *worth += now - before);
                }
                worth
            };
            let at = |number: f64| worth_at(number, &followed);
            let like = |number: f64| worth_at(number, &cheap_at);
            let sketch = Sketch { at: &at, like: insured.map(|_| &like as _) };
            // Pinned at its mean, an input that insurers feel is not worth what it is worth on average.
            let base = if insured.is_some() && unknown.is_some() { at(mean) } else { request.values.to_vec() };
            found(&knowledge, request, id, unknown, &base, &sketch)
        })
        .collect();
    let mut worlds: Vec<(Unknown, f64)> = found.iter().filter_map(|found| found.moves).collect();
    // The points of a lattice are spread best in the first unknowns: they shall be those that matter.
    worlds.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.estimate.cmp(&b.0.estimate)));
    let unknowns: Vec<Unknown> = worlds.into_iter().map(|(unknown, _)| unknown).collect();
    let information::Worlds { information: mut perfect, worth_it } =
        information::of_all(&knowledge, &valuer, &unknowns, request.values, request.seed);
    if unknowns.len() == 1 {
        // All that can be known is one thing, of which the mean is exact.
        perfect = Information::default();
    }
    // To know everything is worth at least as much as to know one thing.
    let most = found.iter().filter_map(|found| found.input.information).fold(0.0, f64::max);
    perfect.value = perfect.value.max(most);
    let tipping = found.iter().filter_map(|found| found.input.tipping).min_by(Tipping::nearest_first);
    Some(Sensitivity {
        inputs: found.into_iter().map(|found| found.input).collect(),
        perfect,
        worth_it: worth_it.into(),
        tipping,
    })
}

/// Every plan with everything at its mean.
struct Base {
    /// By cluster and plan.
    saved: Table<ClusterId, Vec<f64>>,
    /// By plan.
    costs: Vec<f64>,
}

/// What is found about one input.
struct Found {
    input: Input,
    /// How far it moves a value, where it is not known.
    moves: Option<(Unknown, f64)>,
}

fn found(
    knowledge: &Knowledge<'_>,
    request: &Request<'_>,
    id: EstimateId,
    unknown: Option<&Unknown>,
    base: &[f64],
    sketch: &Sketch<'_>,
) -> Found {
    let at = sketch.at;
    let estimate = knowledge.estimate(id);
    let mean = knowledge.means().get(id);
    let curve = Curve::new(mean, base, estimate.kind == Kind::Chance, sketch);
    let range = unknown.map(|unknown| (knowledge.value(unknown, 0.1), knowledge.value(unknown, 0.9)));
    let plans = request.plans.len();
    let ends = range.map(|(from, to)| (curve.at(from, at), curve.at(to, at)));
    let swings: ByOption<Option<(f64, f64)>> = match ends {
        Some((low, high)) => low.into_iter().zip(high).map(Some).collect(),
        None => vec![None; plans].into(),
    };
    let information = match unknown {
        Some(unknown) => Some(information::of_one(knowledge, unknown, &curve, at)),
        None if estimate.role == Role::Luck => None,
        None => Some(0.0),
    };
    let moves = unknown.map(|unknown| {
        let most = swings.iter().flatten().map(|(low, high)| (high - low).abs()).fold(0.0, f64::max);
        (*unknown, most)
    });
    let worth = |values: &[f64], option: Option<OptionId>| option.map_or(0.0, |plan| values[plan.0]);
    let others = std::iter::once(None).chain(swings.ids().map(Some)).filter(|other| *other != request.recommended);
    let tipping = others
        .filter_map(|other| {
            let ahead = |values: &[f64]| worth(values, request.recommended) - worth(values, other);
            curve.nearest_crossing(&ahead, at).filter(|at| *at > 0.0 && mean > 0.0).map(|at| (other, at))
        })
        .min_by(|a, b| libm::log(a.1 / mean).abs().total_cmp(&libm::log(b.1 / mean).abs()))
        .map(|(option, at)| Tipping {
            estimate: id,
            mean,
            at,
            option,
            is_likely: range.map(|(from, to)| (from..=to).contains(&at)),
        });
    let break_even = (0..plans).map(|plan| curve.nearest_crossing(&|values| values[plan], at)).collect();
    Found { input: Input { estimate: id, mean, range, swings, break_even, information, tipping }, moves }
}
