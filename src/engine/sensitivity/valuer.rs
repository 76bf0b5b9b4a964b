//! What is every option worth, if the inputs have these values?
//!
//! The same value today as in the money by year, in floats and fast: the loss at a few moments
//! (`schedule`), and costs as products of their estimates. Options that do the same to a cluster of
//! risks are worked out once. What insurers pay moves with the inputs (`recovery::change`).

use crate::engine::cashflow::begins;
use crate::engine::discounted_growth;
use crate::engine::loss::LossModel;
use crate::engine::money::costs::control_costs;
use crate::engine::money::flows::Discounting;
use crate::engine::recovery::{Covers, Known};
use crate::engine::schedule::moments;
use crate::engine::system::{Cluster, ClusterId};
use crate::engine::values::Values;
use crate::model::{ControlId, EstimateId, PlanId, PlannedControl, Table};
use crate::units::Figure;

/// A moment of a set of controls: its weight, and how strong each control is.
type Standing = (f64, Vec<(ControlId, f64)>);

/// Every plan's value as a function of the inputs.
pub struct Valuer<'r, 'm, 's> {
    model: &'m LossModel<'s>,
    covers: Option<&'r Covers<'m, 's>>,
    clusters: Table<ClusterId, Variants>,
    /// By plan.
    costs: Vec<Vec<CostTerm>>,
    /// By plan: what no input changes, such as premiums.
    fixed: Vec<f64>,
}

/// What the plans do to one cluster.
#[derive(Debug)]
struct Variants {
    /// Each different set of controls on it, with the present value of one a year.
    sets: Vec<(f64, Vec<Standing>)>,
    /// By plan: which set; nothing where the plan leaves the cluster alone.
    of_plan: Vec<Option<usize>>,
}

/// A part of a plan's cost: a constant times one or two estimates.
#[derive(Debug)]
struct CostTerm {
    times: f64,
    estimates: Vec<EstimateId>,
}

impl<'r, 'm, 's> Valuer<'r, 'm, 's> {
    /// For plans; `values` are what each plan is worth with everything at its
    /// mean, insurance included.
    pub fn new(
        model: &'m LossModel<'s>,
        covers: Option<&'r Covers<'m, 's>>,
        plans: &[PlanId],
        means: &Values<f64>,
        values: &[f64],
    ) -> Self {
        let scenario = model.scenario();
        let planned = |plan: &PlanId| scenario.plans()[*plan].controls.as_slice();
        let clusters = model
            .clusters()
            .iter()
            .map(|cluster| {
                let mut known: Vec<Vec<PlannedControl>> = Vec::new();
                let mut sets = Vec::new();
                let of_plan = plans
                    .iter()
                    .map(|plan| {
                        let acting = acting(model, cluster, planned(plan));
                        if acting.is_empty() {
                            return None;
                        }
                        Some(known.iter().position(|set| *set == acting).unwrap_or_else(|| {
                            let begins = begins(model, &scenario.plans()[*plan], cluster);
                            let factors = discounted_growth(scenario, begins);
                            let whole = factors.iter().skip(1).sum();
                            sets.push((whole, standing(model, cluster, &acting, &factors)));
                            known.push(acting);
                            known.len() - 1
                        }))
                    })
                    .collect();
                Variants { sets, of_plan }
            })
            .collect();
        let costs = plans.iter().map(|plan| cost_terms(model, planned(plan), means)).collect();
        let mut valuer = Self { model, covers, clusters, costs, fixed: vec![0.0; plans.len()] };
        let bare = valuer.values(means, None);
        valuer.fixed = values.iter().zip(bare).map(|(value, bare)| value - bare).collect();
        valuer
    }

    /// What insurers pay, where any policy is in force.
    pub fn covers(&self) -> Option<&'r Covers<'m, 's>> {
        self.covers
    }

    /// How many plans.
    pub fn plans(&self) -> usize {
        self.costs.len()
    }

    /// What every plan saves on one cluster, in today's money: the mean over what is not known, one
    /// estimate left out that is.
    pub fn saved(&self, cluster: ClusterId, values: &Values<f64>, known: Option<EstimateId>) -> Vec<f64> {
        let variants = &self.clusters[cluster];
        if variants.sets.is_empty() {
            return vec![0.0; self.plans()];
        }
        let cluster = &self.model.clusters()[cluster];
        let mut sum = vec![0.0; variants.sets.len()];
        let acts = |control: ControlId| {
            variants.sets.iter().flat_map(|(_, set)| set).any(|(_, set)| set.iter().any(|(id, _)| *id == control))
        };
        self.model.at_points(cluster, values, known, &acts, &mut |weight, values| {
            self.add_saved(cluster, variants, values, weight, &mut sum);
        });
        variants.by_plan(&sum)
    }

    /// What every plan saves on one cluster in one world.
    pub fn saved_in(&self, cluster: ClusterId, world: &Values<f64>) -> Vec<f64> {
        let variants = &self.clusters[cluster];
        let mut sum = vec![0.0; variants.sets.len()];
        if !sum.is_empty() {
            self.add_saved(&self.model.clusters()[cluster], variants, world, 1.0, &mut sum);
        }
        variants.by_plan(&sum)
    }

    fn add_saved(&self, cluster: &Cluster, variants: &Variants, values: &Values<f64>, share: f64, sum: &mut [f64]) {
        let loss = |strength: &dyn Fn(ControlId) -> Option<f64>| -> f64 {
            self.model.given(cluster, values, strength, &|_, _, _| true).iter().map(|risk| risk.annual_loss).sum()
        };
        let today = loss(&|_| None);
        for (sum, (whole, set)) in sum.iter_mut().zip(&variants.sets) {
            *sum += share * whole * today;
            for (weight, strengths) in set {
                *sum -= share
                    * weight
                    * loss(&|control| strengths.iter().find(|(known, _)| *known == control).map(|(_, part)| *part));
            }
        }
    }

    /// What every plan costs, premiums included.
    pub fn costs(&self, values: &Values<f64>) -> Vec<f64> {
        self.costs
            .iter()
            .zip(&self.fixed)
            .map(|(terms, fixed)| {
                let cost =
                    |term: &CostTerm| term.times * term.estimates.iter().map(|id| values.get(*id)).product::<f64>();
                terms.iter().map(cost).sum::<f64>() - fixed
            })
            .collect()
    }

    /// Whether an estimate is part of any plan's cost.
    pub fn is_cost(&self, id: EstimateId) -> bool {
        self.costs.iter().flatten().any(|term| term.estimates.contains(&id))
    }

    /// What every plan is worth in the file's own case.
    fn values(&self, values: &Values<f64>, known: Option<EstimateId>) -> Vec<f64> {
        let mut worth: Vec<f64> = self.costs(values).into_iter().map(|cost| -cost).collect();
        for cluster in self.clusters.ids() {
            worth.iter_mut().zip(self.saved(cluster, values, known)).for_each(|(worth, saved)| *worth += saved);
        }
        if let Some(covers) = self.covers {
            let known = known.map_or(Known::Nothing, Known::One);
            worth.iter_mut().zip(covers.more(values, known)).for_each(|(worth, more)| *worth += more);
        }
        worth
    }

    /// What every plan is worth in one world.
    pub fn values_in(&self, world: &Values<f64>) -> Vec<f64> {
        if self.model.is_stopped() {
            return vec![0.0; self.fixed.len()];
        }
        let mut worth: Vec<f64> = self.costs(world).into_iter().map(|cost| -cost).collect();
        for cluster in self.clusters.ids() {
            worth.iter_mut().zip(self.saved_in(cluster, world)).for_each(|(worth, saved)| *worth += saved);
        }
        if let Some(covers) = self.covers {
            worth.iter_mut().zip(covers.more(world, Known::Everything)).for_each(|(worth, more)| *worth += more);
        }
        worth
    }
}

impl Variants {
    fn by_plan(&self, saved: &[f64]) -> Vec<f64> {
        self.of_plan.iter().map(|set| set.map_or(0.0, |set| saved[set])).collect()
    }
}

/// The controls of a plan that act on a cluster, in the order of the file.
fn acting(model: &LossModel<'_>, cluster: &Cluster, planned: &[PlannedControl]) -> Vec<PlannedControl> {
    let acts = |control: ControlId| {
        cluster.risks.iter().any(|risk| model.actions(*risk).iter().any(|action| action.control == control))
    };
    let mut acting: Vec<PlannedControl> = planned.iter().copied().filter(|planned| acts(planned.control)).collect();
    acting.sort_by_key(|planned| planned.control);
    acting
}

fn standing(model: &LossModel<'_>, cluster: &Cluster, acting: &[PlannedControl], factors: &[f64]) -> Vec<Standing> {
    let controls = model.scenario().controls();
    let dated: Vec<_> = acting.iter().map(|planned| (*planned, &controls[planned.control])).collect();
    moments(&dated, cluster.depth, factors)
        .into_iter()
        .map(|moment| {
            let strengths = acting.iter().zip(moment.strengths).map(|(planned, part)| (planned.control, part));
            (moment.weight, strengths.collect())
        })
        .collect()
}

fn cost_terms(model: &LossModel<'_>, planned: &[PlannedControl], means: &Values<f64>) -> Vec<CostTerm> {
    let scenario = model.scenario();
    let discounting = Discounting::of(scenario.assumptions());
    let ones = means.mapped(|_, _| Figure::ONE, |_| Figure::ONE);
    let costs: Vec<_> = planned.iter().map(|planned| control_costs(scenario, *planned, &ones)).collect();
    let terms = costs.iter().flat_map(|costs| costs.terms(&discounting));
    terms.map(|(estimates, worth)| CostTerm { times: worth.to_f64(), estimates: estimates.to_vec() }).collect()
}
