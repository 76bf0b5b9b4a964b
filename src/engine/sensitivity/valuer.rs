//! What is every option worth, if the inputs have these values?
//!
//! The same value today as in the money by year, in floats and fast: the loss at a few moments
//! (`schedule`), and costs as products of their estimates. Options that do the same to a cluster of
//! risks are worked out once. What insurers pay is held at its mean.

use crate::engine::cashflow::control_costs;
use crate::engine::loss::LossModel;
use crate::engine::schedule::moments;
use crate::engine::system::Cluster;
use crate::engine::values::Values;
use crate::model::{EstimateId, PlannedControl};
use crate::units::Figure;

/// A moment of a set of controls: its weight, and how strong each control is.
type Standing = (f64, Vec<(usize, f64)>);

/// Every plan's value as a function of the inputs.
#[derive(Debug)]
pub struct Valuer<'m, 's> {
    model: &'m LossModel<'s>,
    clusters: Vec<Variants>,
    /// By plan.
    costs: Vec<Vec<CostTerm>>,
    /// By plan: what insurers and premiums add to its value.
    insured: Vec<f64>,
    /// Present value of one a year.
    whole: f64,
}

/// What the plans do to one cluster.
#[derive(Debug)]
struct Variants {
    /// Each different set of controls on it.
    sets: Vec<Vec<Standing>>,
    /// By plan: which set; nothing where the plan leaves the cluster alone.
    of_plan: Vec<Option<usize>>,
}

/// A part of a plan's cost: a constant times one or two estimates.
#[derive(Debug)]
struct CostTerm {
    times: f64,
    estimates: Vec<EstimateId>,
}

impl<'m, 's> Valuer<'m, 's> {
    /// For plans (indices into the scenario); `factors` are growth times discount by year, `values`
    /// what each plan is worth with everything at its mean, insurance included.
    pub fn new(
        model: &'m LossModel<'s>,
        plans: &[usize],
        factors: &[f64],
        discount: &[Figure],
        means: &Values<f64>,
        values: &[f64],
    ) -> Self {
        let scenario = model.scenario();
        let planned = |plan: &usize| scenario.plans()[*plan].controls.as_slice();
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
                            sets.push(standing(model, cluster, &acting, factors));
                            known.push(acting);
                            known.len() - 1
                        }))
                    })
                    .collect();
                Variants { sets, of_plan }
            })
            .collect();
        let costs = plans.iter().map(|plan| cost_terms(model, planned(plan), discount, means)).collect();
        let mut valuer =
            Self { model, clusters, costs, insured: vec![0.0; plans.len()], whole: factors.iter().skip(1).sum() };
        let bare = valuer.values(means, None);
        valuer.insured = values.iter().zip(bare).map(|(value, bare)| value - bare).collect();
        valuer
    }

    /// How many plans.
    pub fn plans(&self) -> usize {
        self.costs.len()
    }

    /// What every plan saves on one cluster, in today's money: the mean over what is not known, one
    /// estimate left out that is.
    pub fn saved(&self, cluster: usize, values: &Values<f64>, known: Option<EstimateId>) -> Vec<f64> {
        let variants = &self.clusters[cluster];
        if variants.sets.is_empty() {
            return vec![0.0; self.plans()];
        }
        let cluster = &self.model.clusters()[cluster];
        let mut sum = vec![0.0; variants.sets.len()];
        let acts =
            |control: usize| variants.sets.iter().flatten().any(|(_, set)| set.iter().any(|(id, _)| *id == control));
        self.model.at_points(cluster, values, known, &acts, &mut |weight, values| {
            self.add_saved(cluster, variants, values, weight, &mut sum);
        });
        variants.by_plan(&sum)
    }

    /// What every plan saves on one cluster in one world.
    pub fn saved_in(&self, cluster: usize, world: &Values<f64>) -> Vec<f64> {
        let variants = &self.clusters[cluster];
        let mut sum = vec![0.0; variants.sets.len()];
        if !sum.is_empty() {
            self.add_saved(&self.model.clusters()[cluster], variants, world, 1.0, &mut sum);
        }
        variants.by_plan(&sum)
    }

    fn add_saved(&self, cluster: &Cluster, variants: &Variants, values: &Values<f64>, share: f64, sum: &mut [f64]) {
        let loss = |strength: &dyn Fn(usize) -> Option<f64>| -> f64 {
            self.model.given(cluster, values, strength, &|_, _, _| true).iter().map(|risk| risk.annual_loss).sum()
        };
        let today = loss(&|_| None);
        for (sum, set) in sum.iter_mut().zip(&variants.sets) {
            *sum += share * self.whole * today;
            for (weight, strengths) in set {
                *sum -= share
                    * weight
                    * loss(&|control| strengths.iter().find(|(known, _)| *known == control).map(|(_, part)| *part));
            }
        }
    }

    /// What every plan costs, less what insurance adds.
    pub fn costs(&self, values: &Values<f64>) -> Vec<f64> {
        self.costs
            .iter()
            .zip(&self.insured)
            .map(|(terms, insured)| {
                let cost =
                    |term: &CostTerm| term.times * term.estimates.iter().map(|id| values.get(*id)).product::<f64>();
                terms.iter().map(cost).sum::<f64>() - insured
            })
            .collect()
    }

    /// Whether an estimate is part of any plan's cost.
    pub fn is_cost(&self, id: EstimateId) -> bool {
        self.costs.iter().flatten().any(|term| term.estimates.contains(&id))
    }

    /// What every plan is worth.
    pub fn values(&self, values: &Values<f64>, known: Option<EstimateId>) -> Vec<f64> {
        let mut worth: Vec<f64> = self.costs(values).into_iter().map(|cost| -cost).collect();
        for cluster in 0..self.clusters.len() {
            worth.iter_mut().zip(self.saved(cluster, values, known)).for_each(|(worth, saved)| *worth += saved);
        }
        worth
    }

    /// What every plan is worth in one world.
    pub fn values_in(&self, world: &Values<f64>) -> Vec<f64> {
        let mut worth: Vec<f64> = self.costs(world).into_iter().map(|cost| -cost).collect();
        for cluster in 0..self.clusters.len() {
            worth.iter_mut().zip(self.saved_in(cluster, world)).for_each(|(worth, saved)| *worth += saved);
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
    let acts = |control: usize| {
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

fn cost_terms(
    model: &LossModel<'_>,
    planned: &[PlannedControl],
    discount: &[Figure],
    means: &Values<f64>,
) -> Vec<CostTerm> {
    let scenario = model.scenario();
    let ones = means.mapped(|_, _| Figure::ONE, |_| Figure::ONE);
    let mut terms = Vec::new();
    for planned in planned {
        let control = &scenario.controls()[planned.control];
        let costs = control_costs(scenario.assumptions(), control, *planned, &ones).after_tax();
        let parts = costs.parts(control).into_iter();
        terms.extend(parts.map(|part| CostTerm { times: part.worth(discount), estimates: part.estimates }));
    }
    terms
}
