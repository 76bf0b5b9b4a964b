//! What does any set of controls leave of the loss, as a sum of products?
//!
//! Every part of an average loss is a product of factors (`loss`), and an independent control
//! multiplies it by one number. So with x = 1 for what is bought and 0 for the rest,
//!
//! ```text
//! loss(x) = Σ weight · Π (1 − x · reduction)
//! ```
//!
//! over the components of every risk, the states of shared failures, the paths by which events are
//! brought, and the moments of the horizon. The sum is worked out once; any set of the controls
//! then costs a few multiplications. Attribution and the search for the best set rest on it.
//! Today's loss is the sum of all weights of terms that need no control.

use std::collections::BTreeMap;

use super::loss::{Action, LossModel, Origin, Term, changed, part_terms, rate_terms};
use super::schedule::moments;
use super::system::Cluster;
use super::values::Values;
use crate::model::{ControlId, Factor, PlannedControl, RiskId};

/// One product of the sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Product<I> {
    /// What it is worth where nothing is bought.
    pub weight: f64,
    /// What each control multiplies it by, by control, rising.
    pub factors: Vec<(I, f64)>,
    /// Controls without all of which it does not exist: they make something of nothing.
    pub only_with: Vec<I>,
}

/// Controls that make something of nothing in one product, at most: 2⁸ sets of them are enough.
const MOST_OF_NOTHING: usize = 8;

/// What makes two products one: `(control, bits of its factor)`, and the controls that they need.
type Key = (Vec<(ControlId, u64)>, Vec<ControlId>);

/// A sum of products: of controls, or of the items of a search.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Products<I>(pub Vec<Product<I>>);

impl<I: Copy> Products<I> {
    /// The loss with a set of controls.
    pub fn loss(&self, bought: &dyn Fn(I) -> bool) -> f64 {
        self.0
            .iter()
            .filter(|product| product.only_with.iter().all(|control| bought(*control)))
            .map(|product| {
                let factors = product.factors.iter().filter(|(control, _)| bought(*control));
                product.weight * factors.map(|(_, factor)| factor).product::<f64>()
            })
            .sum()
    }
}

/// At full strength, before time comes in: what each control takes off, `(control, part)`; one
/// control stands here once for every risk on a path that it acts on.
#[derive(Debug, Clone)]
struct Path {
    weight: f64,
    taken: Vec<(ControlId, f64)>,
    only_with: Vec<ControlId>,
}

impl Path {
    fn then(&self, other: &Self, times: f64) -> Self {
        let join = |a: &[(ControlId, f64)], b: &[(ControlId, f64)]| a.iter().chain(b).copied().collect();
        let mut only_with: Vec<ControlId> = self.only_with.iter().chain(&other.only_with).copied().collect();
        only_with.sort_unstable();
        Self { weight: self.weight * other.weight * times, taken: join(&self.taken, &other.taken), only_with }
    }
}

/// The present value of the loss over the horizon, as a function of which of the planned controls
/// are bought; `factors` are growth times discount by year, for a cluster.
pub fn present_loss(
    model: &LossModel<'_>,
    values: &Values<f64>,
    planned: &[PlannedControl],
    factors: &dyn Fn(&Cluster) -> Vec<f64>,
) -> Products<ControlId> {
    over(model, values, planned, factors, |path, depth, factors| {
        let mut acting: Vec<ControlId> = path.taken.iter().map(|(control, _)| *control).collect();
        acting.extend(&path.only_with);
        acting.sort_unstable();
        acting.dedup();
        let dated: Vec<_> = acting
            .iter()
            .filter_map(|control| planned.iter().find(|planned| planned.control == *control))
            .map(|planned| (*planned, &model.scenario().controls()[planned.control]))
            .collect();
        moments(&dated, depth, factors)
            .into_iter()
            .map(|moment| {
                let strengths = acting.iter().copied().zip(moment.strengths).collect();
                (moment.weight, strengths)
            })
            .collect()
    })
}

/// The average loss of a full year with every control in full force, as a function of which of the
/// planned controls are bought.
pub fn full_year_loss(model: &LossModel<'_>, values: &Values<f64>, planned: &[PlannedControl]) -> Products<ControlId> {
    over(model, values, planned, &|_| Vec::new(), |_, _, _| vec![(1.0, Strengths::new())])
}

/// Strengths by control; one that is absent is at full strength.
type Strengths = BTreeMap<ControlId, f64>;

fn over(
    model: &LossModel<'_>,
    values: &Values<f64>,
    planned: &[PlannedControl],
    factors: &dyn Fn(&Cluster) -> Vec<f64>,
    moments: impl Fn(&Path, usize, &[f64]) -> Vec<(f64, Strengths)>,
) -> Products<ControlId> {
    let considered = |control: ControlId| planned.iter().any(|planned| planned.control == control);
    let mut merged: BTreeMap<Key, f64> = BTreeMap::new();
    for cluster in model.clusters() {
        let factors_by_year = factors(cluster);
        for path in paths(model, cluster, values, &considered) {
            for (weight, strengths) in moments(&path, cluster.depth, &factors_by_year) {
                let strength = |control: ControlId| strengths.get(&control).copied().unwrap_or(1.0);
                let mut factors: BTreeMap<ControlId, f64> = BTreeMap::new();
                for (control, taken) in &path.taken {
                    *factors.entry(*control).or_insert(1.0) *= 1.0 - strength(*control) * taken;
                }
                // What exists only with a control grows with its strength.
                let there: f64 = path.only_with.iter().map(|control| strength(*control)).product();
                let key = factors.into_iter().filter(|(_, factor)| *factor != 1.0);
                let key = (key.map(|(control, factor)| (control, factor.to_bits())).collect(), path.only_with.clone());
                *merged.entry(key).or_insert(0.0) += path.weight * weight * there;
            }
        }
    }
    let products = merged.into_iter().filter(|(_, weight)| *weight != 0.0).map(|((factors, mut only_with), weight)| {
        only_with.dedup();
        let factors = factors.into_iter().map(|(control, bits)| (control, f64::from_bits(bits))).collect();
        Product { weight, factors, only_with }
    });
    Products(products.collect())
}

/// Every path of loss through a cluster: averaged over what its risks share of the unknown.
fn paths(
    model: &LossModel<'_>,
    cluster: &Cluster,
    values: &Values<f64>,
    considered: &dyn Fn(ControlId) -> bool,
) -> Vec<Path> {
    let mut found = Vec::new();
    model.at_points(cluster, values, None, considered, &mut |share, values| {
        let paths = paths_given(model, cluster, values, considered);
        found.extend(paths.into_iter().map(|path| Path { weight: path.weight * share, ..path }));
    });
    merged(found)
}

fn paths_given(
    model: &LossModel<'_>,
    cluster: &Cluster,
    values: &Values<f64>,
    considered: &dyn Fn(ControlId) -> bool,
) -> Vec<Path> {
    let scenario = model.scenario();
    let mut brought: BTreeMap<RiskId, Vec<Path>> = BTreeMap::new();
    for cause in cluster.causes.iter().map(|cause| &scenario.shared_causes()[*cause]) {
        for risk in &cause.strikes {
            let path = Path { weight: values.get(cause.frequency), taken: Vec::new(), only_with: Vec::new() };
            brought.entry(*risk).or_default().push(path);
        }
    }
    let mut found = Vec::new();
    for &risk in &cluster.risks {
        let comes = merged(brought.remove(&risk).unwrap_or_default());
        let through = |paths: Vec<Path>| -> Vec<Path> {
            comes.iter().flat_map(|path| paths.iter().map(|next| path.then(next, 1.0))).collect()
        };
        let own = RiskPaths::new(model, risk, Origin::Own, values, considered);
        let other = RiskPaths::new(model, risk, Origin::Brought, values, considered);
        found.extend(own.losses());
        found.extend(through(other.losses()));
        let leads_to = &scenario.risks()[risk].leads_to;
        if leads_to.is_empty() {
            continue;
        }
        let mut rates = own.rates();
        rates.extend(through(other.rates()));
        for chain in leads_to {
            let chance = values.get(chain.chance);
            let entry = brought.entry(chain.risk).or_default();
            entry.extend(rates.iter().map(|path| Path { weight: path.weight * chance, ..path.clone() }));
        }
    }
    merged(found)
}

/// The same sum with equal products put together.
fn merged(paths: Vec<Path>) -> Vec<Path> {
    let mut known: BTreeMap<Key, f64> = BTreeMap::new();
    for mut path in paths {
        path.taken.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let taken = path.taken.iter().map(|(control, taken)| (*control, taken.to_bits())).collect();
        *known.entry((taken, path.only_with)).or_insert(0.0) += path.weight;
    }
    known
        .into_iter()
        .filter(|(_, weight)| *weight != 0.0)
        .map(|((taken, only_with), weight)| {
            let taken = taken.into_iter().map(|(control, bits)| (control, f64::from_bits(bits))).collect();
            Path { weight, taken, only_with }
        })
        .collect()
}

/// The events of one risk, of its own or brought to it.
struct RiskPaths<'m, 's> {
    model: &'m LossModel<'s>,
    risk: RiskId,
    origin: Origin,
    values: &'m Values<f64>,
    /// By state of shared failures: its chance, and each considered action with its chance to act.
    states: Vec<(f64, Vec<(&'m Action<'s>, f64)>)>,
}

impl<'m, 's> RiskPaths<'m, 's> {
    fn new(
        model: &'m LossModel<'s>,
        risk: RiskId,
        origin: Origin,
        values: &'m Values<f64>,
        considered: &dyn Fn(ControlId) -> bool,
    ) -> Self {
        // Common failures have one law for all controls, bought or not: leaving some out leaves the
        // law of the others as it is, so every set of them can be read off these states.
        let states = model.acting(risk, values, &|control| considered(control).then_some(1.0));
        Self { model, risk, origin, values, states }
    }

    fn rate_terms(&self) -> Vec<Term<f64>> {
        let mut terms = rate_terms(&self.model.scenario().risks()[self.risk], self.values);
        if self.origin == Origin::Brought {
            terms.iter_mut().for_each(|term| term.1 = 1.0);
        }
        terms
    }

    /// How often.
    fn rates(&self) -> Vec<Path> {
        self.product(&self.rate_terms(), &Factor::is_rate)
    }

    /// What it costs, by component.
    fn losses(&self) -> Vec<Path> {
        let scenario = self.model.scenario();
        let item = &scenario.risks()[self.risk];
        item.parts()
            .into_iter()
            .flat_map(|part| {
                let mut terms = self.rate_terms();
                terms.extend(part_terms(scenario, item, part, self.values));
                self.product(&terms, &|factor| factor.reduces(part))
            })
            .collect()
    }

    /// A product of factors, in every state of shared failures.
    fn product(&self, terms: &[Term<f64>], reduced: &dyn Fn(Factor) -> bool) -> Vec<Path> {
        let mut paths = Vec::new();
        let became = |factor, id| self.model.became(self.risk, self.origin, factor, id, self.values);
        for (chance, acting) in &self.states {
            let mut taken = Vec::new();
            let mut of_nothing = Vec::new();
            for (action, acts) in acting {
                let Some(change) = changed(action, terms, 0, &became, self.values, reduced) else { continue };
                if change.old == 0.0 && change.new != 0.0 {
                    of_nothing.push((action.control, acts, change));
                } else {
                    let left = if change.old == 0.0 { change.kept } else { change.new / change.old * change.kept };
                    taken.push((action.control, acts * (1.0 - left)));
                }
            }
            // Without any of them, then with each set of those that make something of nothing.
            for set in 0..1_usize << of_nothing.len().min(MOST_OF_NOTHING) {
                let inside =
                    || of_nothing.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, c)| c);
                let rest = terms.iter().enumerate();
                let rest = rest.filter(|(index, _)| !inside().any(|(_, _, change)| change.replaced >> index & 1 == 1));
                let made: f64 = inside().map(|(_, acts, change)| **acts * change.new * change.kept).product();
                let weight = chance * made * rest.map(|(_, term)| term.1).product::<f64>();
                if weight != 0.0 {
                    let only_with = inside().map(|(control, ..)| *control).collect();
                    paths.push(Path { weight, taken: taken.clone(), only_with });
                }
            }
        }
        paths
    }
}
