//! What do insurers pay in an average year? Worked out, not simulated.
//!
//! Of every event a policy pays its layer, whose mean is known for every set of controls that may
//! act on the event (`claim`). So where only events count, what is paid in a year is
//!
//! ```text
//! (1 − coinsurance) · Σ over risks events · Σ over sets of controls chance · E[layer]
//! ```
//!
//! Where the sum of a year counts too (annual retention, annual limit), the layers of a year are a
//! compound sum like any other: its distribution follows from transforms (`annual`). What we do not
//! know is averaged (`knowledge`). See `docs/model/insurance.md`.

mod annual;
mod change;
mod claim;
mod dates;
mod kept;
mod knowledge;
mod overlap;
mod parted;
mod present;
mod share;
mod spread;
mod terms;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::event::action_state;
use crate::engine::exact::atoms;
use crate::engine::exact::mix::{Drawn, EventMix, Laid};
use crate::engine::exact::range;
use crate::engine::loss::LossModel;
use crate::engine::system::Cluster;
use crate::engine::values::Values;
use crate::engine::world::{Knowledge, Unknown};
use crate::model::{ByPolicy, ByRisk, ControlId, EstimateId, PlanId, PolicyId, RiskId, Scenario};

pub use change::{Covers, over_changes};
use claim::Claim;
pub use kept::Memory;
use kept::{Asks, Found, Reads};
pub use knowledge::Care;
use knowledge::{Bounded, Figures};
use overlap::Shared;
pub use present::{Cover, Horizon, Recovered};
pub use share::{Share, shares};
use terms::Terms;

/// The strength of each control that is bought, at one moment, with the part of the year that it
/// stands for.
pub type Moment = (f64, Vec<(ControlId, f64)>);

/// What of the unknown is known to have the value that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing: everything that is not known is averaged.
    Nothing,
    /// One estimate; everything else that is not known is averaged.
    One(EstimateId),
    /// Everything: one world.
    Everything,
}

impl Known {
    /// The one estimate that is known, if it is one.
    fn one(self) -> Option<EstimateId> {
        match self {
            Self::One(id) => Some(id),
            Self::Nothing | Self::Everything => None,
        }
    }

    /// Whether an unknown has the value that it is given.
    fn holds(self, unknown: &Unknown) -> bool {
        self == Self::Everything || self.one() == Some(unknown.estimate)
    }
}

/// Risks whose losses are scaled, and by what.
pub type Scaled<'a> = Option<(&'a [RiskId], f64)>;

/// A year whose recoveries are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct YearSetting {
    /// The moments of the year; their parts add up to one.
    pub moments: Vec<Moment>,
    /// What multiplies rates.
    pub rates: f64,
    /// What multiplies amounts.
    pub money: ByRisk<f64>,
}

impl YearSetting {
    /// A full year at today's rates and prices, with these controls in full force.
    fn full(scenario: &Scenario, controls: impl Iterator<Item = ControlId>) -> Self {
        let moments = vec![(1.0, controls.map(|control| (control, 1.0)).collect())];
        Self { moments, rates: 1.0, money: scenario.risks().every(1.0) }
    }

    /// The year as some risks see it: without the controls that do nothing to them.
    fn seen_by(&self, acts: &dyn Fn(ControlId) -> bool) -> Self {
        let mut moments: Vec<Moment> = Vec::with_capacity(self.moments.len());
        for (part, strengths) in &self.moments {
            let strengths: Vec<_> = strengths.iter().copied().filter(|(control, _)| acts(*control)).collect();
            match moments.iter_mut().find(|(_, known)| *known == strengths) {
                Some((sum, _)) => *sum += part,
                None => moments.push((*part, strengths)),
            }
        }
        Self { moments, rates: self.rates, money: self.money.clone() }
    }

    /// The year with two moments at most for each stretch of it in which the same controls are on their way to full
    /// force: exact for what is of the third degree in time.
    fn with_few_moments(self) -> Self {
        let mut most: BTreeMap<ControlId, f64> = BTreeMap::new();
        for (control, strength) in self.moments.iter().flat_map(|(_, strengths)| strengths) {
            let known = most.entry(*control).or_insert(0.0);
            *known = known.max(*strength);
        }
        let standing = |(_, strengths): &Moment| -> Vec<(ControlId, bool)> {
            strengths.iter().map(|(control, strength)| (*control, *strength < most[control])).collect()
        };
        let mut stretches: Vec<Vec<Moment>> = Vec::new();
        for moment in self.moments {
            match stretches.iter_mut().find(|known| standing(&known[0]) == standing(&moment)) {
                Some(known) => known.push(moment),
                None => stretches.push(vec![moment]),
            }
        }
        let moments =
            stretches.into_iter().flat_map(|stretch| if stretch.len() > 2 { two_of(&stretch) } else { stretch });
        Self { moments: moments.collect(), ..self }
    }
}

/// Two moments in place of those of a stretch, in which every strength is a straight line in time.
fn two_of(stretch: &[Moment]) -> Vec<Moment> {
    let part: f64 = stretch.iter().map(|(part, _)| part).sum();
    let mean =
        |of: &dyn Fn(&Moment) -> f64| -> f64 { stretch.iter().map(|moment| moment.0 * of(moment)).sum::<f64>() / part };
    let controls = &stretch[0].1;
    let means: Vec<f64> = (0..controls.len()).map(|place| mean(&|(_, strengths)| strengths[place].1)).collect();
    let together = |one: usize, other: usize| {
        mean(&|(_, strengths)| (strengths[one].1 - means[one]) * (strengths[other].1 - means[other]))
    };
    // The control that moves most tells the time.
    let clock = (0..controls.len()).max_by(|a, b| together(*a, *a).total_cmp(&together(*b, *b)));
    let at = |side: f64| {
        let strength = |place: usize| {
            let moves = clock.filter(|clock| together(*clock, *clock) > 0.0);
            let away = moves.map_or(0.0, |clock| together(place, clock) / together(clock, clock).sqrt());
            (means[place] + side * away).clamp(0.0, 1.0)
        };
        (0.5 * part, controls.iter().enumerate().map(|(place, (control, _))| (*control, strength(place))).collect())
    };
    vec![at(-1.0), at(1.0)]
}

/// The events of the risks of a cluster in one world, by moment.
type Mixes = Vec<Vec<Option<EventMix>>>;

/// What insurers pay in a year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paid {
    /// In currency units, with a bound of its error.
    pub by_risk: ByRisk<Bounded>,
    /// What is not told by risk: of a change only the sum counts.
    unshared: Bounded,
    /// Each on its own: event by event for each cluster of risks, then year by year for each policy.
    by_part: Vec<f64>,
}

impl Paid {
    /// In all.
    pub fn total(&self) -> f64 {
        self.unshared.0 + self.by_risk.iter().map(|paid| paid.0).sum::<f64>()
    }

    /// A bound of its error.
    pub fn error(&self) -> f64 {
        self.unshared.1 + self.by_risk.iter().map(|paid| paid.1).sum::<f64>()
    }
}

/// Works out what insurers pay, and keeps what does not change from one question to the next.
pub struct Recoveries<'m, 's> {
    model: &'m LossModel<'s>,
    knowledge: &'m Knowledge<'s>,
    terms: Arc<ByPolicy<Terms>>,
    reads: Arc<Reads>,
    care: Care,
    /// How wide luck is at least beside what it is about.
    luck: f64,
    found: Arc<Found>,
}

impl<'m, 's> Recoveries<'m, 's> {
    /// For a scenario, with what is known already of the same events under the same policies.
    pub fn remembering(model: &'m LossModel<'s>, knowledge: &'m Knowledge<'s>, memory: &Memory) -> Self {
        let terms = Arc::new(Terms::all(model.scenario()));
        let found = memory.found();
        let (reads, care) = (Reads::all(model), Care::Figure);
        let mut recoveries = Self { model, knowledge, terms, reads, care, luck: 0.0, found };
        recoveries.luck = recoveries.luck_of(knowledge.means());
        recoveries
    }

    /// The same for a case that differs in its dates only: what is known of events holds there too.
    pub fn for_dates<'o, 't>(&self, model: &'o LossModel<'t>, knowledge: &'o Knowledge<'t>) -> Recoveries<'o, 't> {
        let (terms, reads, found) = (Arc::clone(&self.terms), Arc::clone(&self.reads), Arc::clone(&self.found));
        Recoveries { model, knowledge, terms, reads, care: self.care, luck: self.luck, found }
    }

    /// The same for what changes do.
    pub fn for_changes(&self) -> Self {
        Self { care: Care::Change, ..self.for_dates(self.model, self.knowledge) }
    }

    /// The scenario.
    pub fn scenario(&self) -> &'s Scenario {
        self.model.scenario()
    }

    /// The policies that are in force with a plan.
    pub fn in_force(&self, plan: Option<PlanId>) -> Vec<PolicyId> {
        let policies = self.scenario().insurance().entries();
        policies.filter(|(_, policy)| policy.is_in_force(plan)).map(|(index, _)| index).collect()
    }

    /// What policies pay in an average year, over all that is not known but `known`.
    pub fn year(&self, policies: &[PolicyId], year: &YearSetting, values: &Values<f64>, known: Known) -> Paid {
        let clusters = self.model.clusters();
        let by_part = vec![0.0; clusters.len() + self.scenario().insurance().len()];
        let mut paid = Paid { by_risk: self.scenario().risks().every((0.0, 0.0)), unshared: (0.0, 0.0), by_part };
        if policies.is_empty() {
            return paid;
        }
        let by_event: Vec<PolicyId> =
            policies.iter().copied().filter(|policy| !self.terms[*policy].of.has_annual_terms()).collect();
        let annual: Vec<PolicyId> =
            policies.iter().copied().filter(|policy| self.terms[*policy].of.has_annual_terms()).collect();
        let plus = |sum: &mut Bounded, (value, error): Bounded| {
            sum.0 += value;
            sum.1 += error;
        };
        if !by_event.is_empty() {
            let layers = self.layers_of_year(&by_event, policies, year, values, known);
            for (policy, by_risk) in by_event.iter().zip(layers) {
                let share = self.terms[*policy].of.share;
                let shares = by_risk.into_iter().map(|(value, error)| (share * value, share * error));
                paid.by_risk.iter_mut().zip(shares).for_each(|(sum, more)| plus(sum, more));
            }
            for (part, cluster) in paid.by_part.iter_mut().zip(clusters) {
                *part = cluster.risks.iter().map(|risk| paid.by_risk[*risk].0).sum();
            }
        }
        for policy in annual {
            paid.by_part[clusters.len() + policy.0] = match self.care {
                Care::Change => {
                    let found = self.annual_change(policy, policies, year, values, known);
                    plus(&mut paid.unshared, found);
                    found.0
                }
                Care::Figure => {
                    let found = self.annual(policy, policies, year, values, known);
                    paid.by_risk.iter_mut().zip(&found).for_each(|(sum, more)| plus(sum, *more));
                    found.iter().map(|paid| paid.0).sum()
                }
            };
        }
        paid
    }

    /// The mean sum of a year's layers by policy.
    fn layers_of_year(
        &self,
        asked: &[PolicyId],
        policies: &[PolicyId],
        year: &YearSetting,
        values: &Values<f64>,
        known: Known,
    ) -> Vec<ByRisk<Bounded>> {
        let mut found = vec![self.scenario().risks().every((0.0, 0.0)); asked.len()];
        for (id, cluster) in self.model.clusters().entries() {
            let insured = |risk: &RiskId| asked.iter().any(|policy| self.terms[*policy].covers_any(*risk));
            if !cluster.risks.iter().any(insured) {
                continue;
            }
            let year = self.year_of(year, &[id]);
            let asks = Asks { clusters: &[id], asked, policies, year: &year, known };
            let means = self.kept(false, &asks, values, &|| self.layers_of_cluster(cluster, &asks, values));
            let size = cluster.risks.len();
            for (place, found) in found.iter_mut().enumerate() {
                cluster.risks.iter().zip(&means[place * size..]).for_each(|(risk, mean)| found[*risk] = *mean);
            }
        }
        found
    }

    /// The same of one cluster: by policy, by risk.
    fn layers_of_cluster(&self, cluster: &Cluster, asks: &Asks<'_>, values: &Values<f64>) -> Vec<Bounded> {
        let Asks { asked, policies, year, known, .. } = *asks;
        let bending = self.bending(&cluster.risks, asked, year, values, known);
        let (with, unknowns) = self.drawn_with_amounts(&cluster.risks, asked, policies, bending, values);
        let given = |values: &Values<f64>| {
            self.layers_given(cluster, asked, policies, year, values, &self.mixes(cluster, year, values), &with)
        };
        let figures = |values: &Values<f64>| -> Vec<Bounded> {
            if known == Known::Everything {
                return given(values);
            }
            let mut sum = vec![(0.0, 0.0); asked.len() * cluster.risks.len()];
            // What the risks of a chain share of the unknown stands in their rates.
            let acts = |control: ControlId| bought(&year.moments).contains(&control);
            self.model.at_points(cluster, values, known.one(), &acts, &mut |share, values| {
                sum.iter_mut().zip(given(values)).for_each(|(sum, (value, error)): (&mut Bounded, Bounded)| {
                    sum.0 += share * value;
                    sum.1 += share * error;
                });
            });
            sum
        };
        let axes = self.axes(unknowns);
        let figures = self.figures(&axes, values, &figures);
        // A world costs little where the layer of one amount counts: not where several add up, or policies cut each other.
        let is_one_amount = |risk: &RiskId| {
            let parts = self.scenario().risks()[*risk].parts().len();
            (0..parts).filter(|part| asked.iter().any(|policy| self.terms[*policy].covers(*risk, *part))).count() <= 1
        };
        let is_quick =
            with.is_empty() && cluster.risks.iter().all(is_one_amount) && !self.is_cut(&cluster.risks, asked, policies);
        if self.care == Care::Change && !is_quick {
            return figures.means_of_change(false);
        }
        figures.means()
    }

    /// Unknowns that change the size of what is seen of an event: what is paid bends with them.
    fn bending(
        &self,
        risks: &[RiskId],
        policies: &[PolicyId],
        year: &YearSetting,
        values: &Values<f64>,
        known: Known,
    ) -> Vec<Unknown> {
        if known == Known::Everything {
            return Vec::new();
        }
        let scenario = self.scenario();
        let bought: Vec<ControlId> = bought(&year.moments);
        let sizes = |values: &Values<f64>| -> Vec<u64> {
            let mut sizes = Vec::new();
            for &risk in risks {
                let seen = |part: usize| policies.iter().any(|policy| self.terms[*policy].covers(risk, part));
                let state = crate::engine::event::risk_state(scenario, risk, self.knowledge.means(), values);
                let amounts = state.amounts.iter().enumerate().filter(|(part, _)| seen(*part));
                sizes.extend(amounts.map(|(_, amount)| amount.scale.to_bits()));
                for action in self.model.actions(risk).iter().filter(|action| bought.contains(&action.control)) {
                    let change = action_state(scenario, risk, action, self.knowledge.means(), values);
                    for (_, change) in change.amounts.iter().enumerate().filter(|(part, _)| seen(*part)) {
                        sizes.push(change.factor.to_bits());
                        sizes.extend(change.becomes.map(|(_, scale)| scale.to_bits()));
                    }
                }
            }
            sizes
        };
        let before = sizes(values);
        let mut moved = values.clone();
        self.knowledge
            .unknowns()
            .iter()
            .filter(|unknown| !known.holds(unknown))
            .filter(|unknown| {
                let value = moved.replace(unknown.estimate, 0.75 * values.get(unknown.estimate));
                let bends = sizes(&moved) != before;
                moved.replace(unknown.estimate, value);
                bends
            })
            .copied()
            .collect()
    }

    /// The same in one world but for what is drawn `with` the amounts: by policy, by risk of the cluster.
    #[expect(clippy::too_many_arguments, reason = "a year of a cluster in a world")]
    fn layers_given(
        &self,
        cluster: &Cluster,
        asked: &[PolicyId],
        policies: &[PolicyId],
        year: &YearSetting,
        values: &Values<f64>,
        mixes: &Mixes,
        with: &[Unknown],
    ) -> Vec<Bounded> {
        let scenario = self.scenario();
        let mut sums = vec![(0.0, 0.0); asked.len() * cluster.risks.len()];
        for ((part, _), mixes) in year.moments.iter().zip(mixes) {
            let mut comes: BTreeMap<RiskId, f64> = BTreeMap::new();
            for cause in cluster.causes.iter().map(|cause| &scenario.shared_causes()[*cause]) {
                let rate = year.rates * values.get(cause.frequency);
                cause.strikes.iter().for_each(|risk| *comes.entry(*risk).or_insert(0.0) += rate);
            }
            for ((place, &risk), mix) in cluster.risks.iter().enumerate().zip(mixes) {
                let Some(mix) = mix else { continue };
                let brought = comes.get(&risk).copied().unwrap_or(0.0);
                let own = year.rates * mix.base;
                for outcome in &mix.outcomes {
                    let events = own * outcome.own + brought * outcome.brought;
                    if events <= 0.0 {
                        continue;
                    }
                    let seen = |drawn: &Drawn| self.sees(policies, drawn);
                    for (chance, amounts) in outcome.combinations(&seen) {
                        for (index, &policy) in asked.iter().enumerate() {
                            let (layer, error) = self.layer(policy, policies, &amounts, year.money[risk], with);
                            let sum = &mut sums[index * cluster.risks.len() + place];
                            sum.0 += part * events * chance * layer;
                            sum.1 += part * events * chance * error;
                        }
                    }
                }
                let events =
                    own * mix.outcomes.iter().map(|outcome| outcome.own).sum::<f64>() + brought * mix.lets_through;
                for chain in &scenario.risks()[risk].leads_to {
                    *comes.entry(chain.risk).or_insert(0.0) += events * values.get(chain.chance);
                }
            }
        }
        sums
    }

    /// The events of a cluster in one world.
    fn mixes(&self, cluster: &Cluster, year: &YearSetting, values: &Values<f64>) -> Mixes {
        let standing = bought(&year.moments);
        let stands = |control: ControlId| standing.contains(&control);
        let laid = |risk: &RiskId| Laid::out(self.model, *risk, self.knowledge.means(), values, &stands);
        let laid: Vec<Laid> = cluster.risks.iter().map(laid).collect();
        let of = |(_, strengths): &Moment| {
            let mix = |laid: &Laid| laid.mix(self.model, values, &strength_of(strengths), None);
            laid.iter().map(mix).collect()
        };
        year.moments.iter().map(of).collect()
    }

    /// Own events of a risk a year in one world.
    fn rate(&self, risk: RiskId, values: &Values<f64>, strengths: &[(ControlId, f64)]) -> f64 {
        self.model.own_rate(risk, values, &strength_of(strengths))
    }

    /// Figures whose means over some unknowns are asked for.
    fn figures<'a>(
        &'a self,
        axes: &'a [Vec<Unknown>],
        values: &'a Values<f64>,
        of: &'a (dyn Fn(&Values<f64>) -> Vec<Bounded> + Sync),
    ) -> Figures<'a> {
        Figures { knowledge: self.knowledge, points: &self.found.points, axes, values, of }
    }

    /// The mean layer that a policy pays of an event.
    fn layer(
        &self,
        policy: PolicyId,
        policies: &[PolicyId],
        amounts: &[Drawn],
        money: f64,
        with: &[Unknown],
    ) -> Bounded {
        let terms = &self.terms[policy];
        if !amounts.iter().any(|drawn| terms.covers(drawn.risk, drawn.part)) {
            return (0.0, 0.0);
        }
        let mut key = self.event_key(policy, policies, amounts, money, with);
        key.push(self.care as u64);
        self.found.layers.get(key, || {
            let claim = self.claim(policy, amounts, money, with);
            let mean = if claim.is_empty() { (0.0, 0.0) } else { claim.mean() };
            match self.shared(policy, policies, amounts, money).map(|shared| shared.cut(self.care)) {
                Some((cut, error)) => ((mean.0 - cut).max(0.0), mean.1 + error),
                None => mean,
            }
        })
    }
}

impl<'m, 's> Recoveries<'m, 's> {
    /// What tells the layer that a policy pays of an event from others: also what only other policies see of the event,
    /// for they may cut it.
    fn event_key(
        &self,
        policy: PolicyId,
        policies: &[PolicyId],
        amounts: &[Drawn],
        money: f64,
        with: &[Unknown],
    ) -> Vec<u64> {
        let mut key = Vec::with_capacity(8 + policies.len() + 9 * amounts.len());
        key.extend([policy.0 as u64, money.to_bits(), policies.len() as u64]);
        key.extend(policies.iter().map(|policy| policy.0 as u64));
        for drawn in amounts.iter().filter(|drawn| self.sees(policies, drawn)) {
            key.extend(key_of(drawn));
            key.extend(self.ids(drawn, with));
        }
        key
    }

    /// What a policy sees of an event.
    fn claim(&self, policy: PolicyId, amounts: &[Drawn], money: f64, with: &[Unknown]) -> Claim<'_> {
        let range = |drawn: &Drawn| (self.range(drawn, with), self.ids(drawn, with));
        Claim::new(&self.found.amounts, &self.terms[policy], &range, amounts, money)
    }

    /// What tells what is drawn with an amount from what is not.
    fn ids(&self, drawn: &Drawn, with: &[Unknown]) -> Vec<u64> {
        if with.is_empty() {
            return vec![u64::MAX];
        }
        let ids = self.factors(drawn, with).map(|unknown| unknown.estimate.0 as u64);
        ids.chain([u64::MAX]).collect()
    }

    /// Whether any of these policies covers an amount.
    fn sees(&self, policies: &[PolicyId], drawn: &Drawn) -> bool {
        policies.iter().any(|policy| self.terms[*policy].covers(drawn.risk, drawn.part))
    }

    /// An event that others pay for too, where that may cut what a policy pays.
    fn shared(&self, policy: PolicyId, policies: &[PolicyId], amounts: &[Drawn], money: f64) -> Option<Shared<'_>> {
        let scenario = self.scenario();
        let others = policies.iter().filter(|other| **other != policy).map(|other| &self.terms[*other]);
        let form = |drawn: &Drawn| scenario.risks()[drawn.risk].parts()[drawn.part].form();
        let column = |drawn: &Drawn, place: usize| {
            let unscaled = Drawn { scale: 1.0, price: None, ..*drawn };
            let mut key: Vec<u64> = key_of(&unscaled).into();
            key.push(place as u64);
            self.found.columns.get(key, || Arc::new(overlap::column(&range(scenario, &unscaled), place)))
        };
        Shared::new(&self.terms[policy], others, &column, &form, amounts, money)
    }
}

/// What tells an amount from others.
fn key_of(drawn: &Drawn) -> [u64; 7] {
    let (risk, severity, scale, tilt) = atoms::key(drawn);
    let (stage, rate) = tilt.map_or((2, 0), |(came, rate)| (u64::from(came), rate));
    let id = severity.map_or(u64::MAX, |id| id.0 as u64);
    [risk.0 as u64, drawn.part as u64, id, scale, drawn.price.unwrap_or(0.0).to_bits(), stage, rate]
}

/// How strong each control is at a moment.
fn strength_of(strengths: &[(ControlId, f64)]) -> impl Fn(ControlId) -> Option<f64> + '_ {
    move |control| strengths.iter().find(|(known, _)| *known == control).map(|(_, part)| *part)
}

/// The controls that stand at any moment.
fn bought(moments: &[Moment]) -> Vec<ControlId> {
    let mut controls: Vec<ControlId> =
        moments.iter().flat_map(|(_, strengths)| strengths).map(|(control, _)| *control).collect();
    controls.sort_unstable();
    controls.dedup();
    controls
}
