//! The year of risks that are bound together, in every world that has to be told apart.
//!
//! With Gₐ the loss that an event of A and all that it leads to bring, and H the same for an event
//! that is brought to a risk and may be stopped there:
//!
//! ```text
//! Gₐ = Xₐ · Π over chains (1 − q + q·H_b)        H_b = 1 − k + k·G_b
//! year = Π over risks countₐ(Gₐ) · Π over causes count(Π over struck H)
//! ```
//!
//! read as transforms, exactly. For the year of one risk alone the other X are one.

use std::sync::Mutex;

use rayon::prelude::*;

use crate::engine::loss::LossModel;
use crate::engine::system::ClusterId;
use crate::engine::values::Values;
use crate::engine::world::Knowledge;
use crate::model::{self, CauseId, ControlId, EstimateId, PlanId, RiskId};
use crate::stats::lattice::Count;
use crate::stats::lattice_rule::LatticeRule;
use crate::stats::linear::solve_symmetric;

use super::atoms::{Key, key};
use super::law::{Law, Moments};
use super::layer::{self, Terms};
use super::mix::{Drawn, EventMix, Events, Leaves, event_mix};
use super::rate::count;
use super::unknowns::{Group, Layout, Place};

/// Points of a lattice rule under each of its shifts: a prime number.
pub const POINTS: u64 = 37;
/// Independent shifts: their spread is the error.
pub const SHIFTS: u64 = 8;
/// Worlds for each condition on their weights.
const CONDITIONS: usize = 8;

/// Means that differ by no more than this part of themselves are the same.
const SAME: f64 = 1e-9;
/// The most that a weight may be changed by, as a part of it.
const MOST_TILT: f64 = 0.9;

/// A group in every world.
#[derive(Debug, Clone)]
pub struct GroupYear<'m> {
    model: &'m LossModel<'m>,
    clusters: Vec<ClusterId>,
    worlds: Vec<World>,
    /// Whether several worlds are averaged.
    pub averaged: bool,
}

/// A group's numbers in one world.
#[derive(Debug, Clone, PartialEq)]
struct World {
    weight: f64,
    /// By cluster, by risk in the cluster's order.
    risks: Vec<Vec<(EventMix, Count)>>,
    /// By cluster, by cause.
    causes: Vec<Vec<Count>>,
    /// By cluster, by risk: the chance of each of its chains.
    chains: Vec<Vec<Vec<f64>>>,
}

/// What is needed to lay out a group.
#[derive(Clone, Copy)]
pub struct Setting<'a, 'm> {
    /// The risks and what acts on them.
    pub model: &'m LossModel<'m>,
    /// What is not known.
    pub knowledge: &'a Knowledge<'a>,
    /// The plan, or today.
    pub plan: Option<PlanId>,
    /// The controls of the option.
    pub bought: &'a (dyn Fn(ControlId) -> bool + Sync),
    /// The seed of the shifts.
    pub seed: u64,
}

impl<'m> GroupYear<'m> {
    /// Lays out a group. None where too many controls limit the loss of one risk.
    pub fn new(setting: Setting<'_, 'm>, layout: &Layout, group: &Group) -> Option<Self> {
        let means = setting.knowledge.means();
        let worlds = if group.unknowns.is_empty() {
            vec![World::new(setting, layout, group, means, 1.0)?]
        } else {
            let rule = LatticeRule::new(POINTS, group.unknowns.len());
            let shifts: Vec<Vec<f64>> = (0..SHIFTS).map(|n| rule.shift(setting.seed.wrapping_add(n))).collect();
            let weight = 1.0 / (SHIFTS * rule.points()) as f64;
            (0..SHIFTS * rule.points())
                .into_par_iter()
                .map(|index| {
                    let point = rule.point(index % rule.points(), &shifts[(index / rule.points()) as usize]);
                    let mut values = means.clone();
                    for (unknown, uniform) in group.unknowns.iter().zip(point) {
                        values.replace(unknown.estimate, setting.knowledge.value(unknown, uniform));
                    }
                    World::new(setting, layout, group, &values, weight)
                })
                .collect::<Option<Vec<World>>>()?
        };
        let averaged = !group.unknowns.is_empty();
        Some(Self { model: setting.model, clusters: group.clusters.clone(), worlds, averaged })
    }

    /// The same with weights of the worlds, as near to equal as can be, under which every risk has
    /// the mean that is known without them (calibration: Deville & Särndal 1992). What is left of the
    /// error of few worlds is what their means do not tell.
    pub fn calibrated(mut self, leaves: Leaves<'_, Moments>, mean: &(dyn Fn(RiskId) -> f64 + Sync)) -> Self {
        let risks: Vec<RiskId> = self.risks().filter(|risk| mean(*risk) > 0.0).collect();
        if self.worlds.len() < 2 {
            return self;
        }
        // By world, by risk: its mean there, relative to what is known.
        let means: Vec<Vec<f64>> = self
            .worlds
            .par_iter()
            .map(|world| {
                let of =
                    |risk: &RiskId| self.world_year(world, Some(*risk), &Moments::NONE, leaves).first / mean(*risk);
                risks.iter().map(of).collect()
            })
            .collect();
        // Few worlds cannot carry many conditions: then only all risks together.
        let columns: Vec<Vec<f64>> = if CONDITIONS * risks.len() <= self.worlds.len() {
            means
        } else {
            let whole: f64 = risks.iter().map(|risk| mean(*risk)).sum();
            let share =
                |row: &Vec<f64>| row.iter().zip(&risks).map(|(part, risk)| part * mean(*risk)).sum::<f64>() / whole;
            means.iter().map(|row| vec![share(row)]).collect()
        };
        let weights: Vec<f64> = self.worlds.iter().map(|world| world.weight).collect();
        let sum = |of: &dyn Fn(usize) -> f64| weights.iter().enumerate().map(|(w, weight)| weight * of(w)).sum::<f64>();
        // What is the same in all worlds is no condition on their weights.
        let all = columns.first().map_or(0, Vec::len);
        let centre: Vec<f64> = (0..all).map(|i| sum(&|w| columns[w][i])).collect();
        let with = |i: usize, j: usize| sum(&|w| (columns[w][i] - centre[i]) * (columns[w][j] - centre[j]));
        let kept: Vec<usize> = (0..all).filter(|i| with(*i, *i) > SAME * SAME).collect();
        let covariance: Vec<Vec<f64>> = kept.iter().map(|i| kept.iter().map(|j| with(*i, *j)).collect()).collect();
        let gap = kept.iter().map(|i| 1.0 - centre[*i]).collect();
        let Some(factors) = solve_symmetric(covariance, gap) else { return self };
        let tilt = |row: &Vec<f64>| -> f64 { kept.iter().zip(&factors).map(|(i, f)| f * (row[*i] - centre[*i])).sum() };
        let tilts: Vec<f64> = columns.iter().map(tilt).collect();
        // Weights that would have to change so much tell that the conditions contradict each other.
        if tilts.iter().all(|tilt| tilt.abs() < MOST_TILT) {
            self.worlds.iter_mut().zip(&tilts).for_each(|(world, tilt)| world.weight *= 1.0 + tilt);
        }
        self
    }

    /// The risks of the group.
    pub fn risks(&self) -> impl Iterator<Item = RiskId> + '_ {
        self.clusters.iter().flat_map(|cluster| self.model.clusters()[*cluster].risks.iter().copied())
    }

    /// The single world's risk, where nothing binds it to others and nothing has to be averaged.
    pub fn single(&self) -> Option<(RiskId, &EventMix, &Count)> {
        let ([cluster], [world]) = (self.clusters.as_slice(), self.worlds.as_slice()) else { return None };
        let cluster = &self.model.clusters()[*cluster];
        let ([risk], []) = (cluster.risks.as_slice(), cluster.causes.as_slice()) else { return None };
        let (mix, count) = &world.risks[0][0];
        Some((*risk, mix, count))
    }

    /// Whether chains or causes bind risks of the group to each other.
    pub fn is_bound(&self) -> bool {
        self.clusters.iter().any(|cluster| {
            let cluster = &self.model.clusters()[*cluster];
            cluster.risks.len() > 1
        })
    }

    /// How many worlds are told apart.
    pub fn count_worlds(&self) -> usize {
        self.worlds.len()
    }

    /// The same with one of `step` worlds.
    pub fn thinned(&self, step: usize) -> Self {
        let mut worlds: Vec<World> = self.worlds.iter().step_by(step).cloned().collect();
        let total: f64 = worlds.iter().map(|world| world.weight).sum();
        worlds.iter_mut().for_each(|world| world.weight /= total);
        Self { worlds, ..self.clone() }
    }

    /// The layer that is paid of a risk's events, if any.
    pub fn terms(&self, risk: RiskId) -> Option<&Terms> {
        let world = self.worlds.first()?;
        self.clusters.iter().zip(&world.risks).find_map(|(cluster, risks)| {
            let place = self.model.clusters()[*cluster].risks.iter().position(|member| *member == risk)?;
            risks[place].0.terms.as_ref()
        })
    }

    /// The amounts that are the same in more than one world, rising: what does not move with anything unknown.
    pub fn fixed(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for world in &self.worlds {
            let mixes = world.risks.iter().flatten();
            let mut here: Vec<Key> = mixes.flat_map(|(mix, _)| mix.drawn().map(key)).collect();
            here.sort_unstable();
            here.dedup();
            keys.extend(here);
        }
        keys.sort_unstable();
        let mut fixed: Vec<Key> = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        fixed.dedup();
        fixed
    }

    /// Whether the year is the same as in another group.
    pub fn is_like(&self, other: &Self) -> bool {
        self.clusters == other.clusters && self.worlds == other.worlds
    }

    /// What the transform of the year, or of one risk's, costs a cell, about.
    pub fn work(&self, only: Option<RiskId>) -> f64 {
        let Some(world) = self.worlds.first() else { return 0.0 };
        let mut work = 0.0;
        for (place, cluster) in self.clusters.iter().enumerate() {
            let members = &self.model.clusters()[*cluster].risks;
            for ((mix, count), risk) in world.risks[place].iter().zip(members) {
                work += count.work();
                work += if only.is_none_or(|only| only == *risk) { mix.work() } else { 0.0 };
            }
            work += world.causes[place].iter().map(|count| count.work()).sum::<f64>();
            // A brought event is copied, thinned and multiplied.
            work += 4.0 * world.chains[place].iter().map(Vec::len).sum::<usize>() as f64;
        }
        work * self.worlds.len() as f64
    }

    /// The same of so many years, each with its own count of strikes: every world copies, multiplies and adds each.
    pub fn work_given(&self, counts: usize) -> f64 {
        self.work(None) + (3 * counts * self.worlds.len()) as f64
    }

    /// Every amount that a risk's events may cost, in every world.
    pub fn drawn(&self, risk: Option<RiskId>) -> impl Iterator<Item = (f64, &Drawn)> + '_ {
        self.worlds.iter().flat_map(move |world| {
            world.risks.iter().zip(&self.clusters).flat_map(move |(risks, cluster)| {
                let members = &self.model.clusters()[*cluster].risks;
                risks
                    .iter()
                    .zip(members)
                    .filter(move |(_, member)| risk.is_none_or(|risk| risk == **member))
                    .flat_map(|((mix, count), _)| mix.drawn().map(|drawn| (count.moments().mean, drawn)))
            })
        })
    }

    /// The year given how often each of the held causes strikes, by count: E over the worlds of φ · Π fᵢ^nᵢ, φ the year
    /// without them and fᵢ what one strike brings.
    pub fn given<L: Law + Send + Sync>(
        &self,
        held: &[CauseId],
        counts: &[Vec<usize>],
        half: Option<u64>,
        nothing: &L,
        leaves: Leaves<'_, L>,
    ) -> Vec<L> {
        let most = |cause: usize| counts.iter().map(|count| count[cause]).max().unwrap_or(0);
        let of = |world: &World| -> Vec<L> {
            let (year, strikes) = self.world_parts(world, None, held, nothing, leaves);
            let powers: Vec<Vec<L>> = strikes
                .iter()
                .enumerate()
                .map(|(cause, strike)| {
                    let mut powers = vec![nothing.clone()];
                    for n in 0..most(cause) {
                        let mut next = powers[n].clone();
                        next.and(strike);
                        powers.push(next);
                    }
                    powers
                })
                .collect();
            let with = |count: &Vec<usize>| {
                let mut year = year.clone();
                count.iter().zip(&powers).filter(|(n, _)| **n > 0).for_each(|(n, powers)| year.and(&powers[*n]));
                year
            };
            counts.iter().map(with).collect()
        };
        let (worlds, scale) = self.worlds_of(half);
        let mut sums = vec![nothing.zero(); counts.len()];
        for world in worlds {
            sums.iter_mut().zip(of(world)).for_each(|(sum, year)| sum.add(scale * world.weight, &year));
        }
        sums
    }

    /// The worlds of one shift, or all, and what makes their weights add up to one.
    fn worlds_of(&self, half: Option<u64>) -> (&[World], f64) {
        let size = self.worlds.len() / SHIFTS as usize;
        match half.filter(|_| size > 0) {
            Some(shift) => {
                let worlds = &self.worlds[shift as usize * size..(shift as usize + 1) * size];
                (worlds, 1.0 / worlds.iter().map(|world| world.weight).sum::<f64>())
            }
            None => (self.worlds.as_slice(), 1.0),
        }
    }

    /// The causes that strike risks of the group.
    pub fn causes(&self) -> impl Iterator<Item = CauseId> + '_ {
        self.clusters.iter().flat_map(|cluster| self.model.clusters()[*cluster].causes.iter().copied())
    }

    /// The year of the group, or of one of its risks; of one half of the worlds if asked.
    pub fn year<L: Law + Send + Sync>(
        &self,
        only: Option<RiskId>,
        half: Option<u64>,
        nothing: &L,
        leaves: Leaves<'_, L>,
    ) -> L {
        // Parts of a fixed size, added in their order: the same bits on any number of threads.
        const CHUNK: usize = 16;
        let of = |world: &World| self.world_year(world, only, nothing, leaves);
        if let [world] = self.worlds.as_slice() {
            return of(world);
        }
        let (worlds, scale) = self.worlds_of(half);
        let parts: Vec<L> = worlds
            .par_chunks(CHUNK)
            .map(|worlds| {
                let mut sum = nothing.zero();
                worlds.iter().for_each(|world| sum.add(scale * world.weight, &of(world)));
                sum
            })
            .collect();
        let mut sum = nothing.zero();
        parts.iter().for_each(|part| sum.add(1.0, part));
        sum
    }

    fn world_year<L: Law + Send>(&self, world: &World, only: Option<RiskId>, nothing: &L, leaves: Leaves<'_, L>) -> L {
        self.world_parts(world, only, &[], nothing, leaves).0
    }

    /// The year without the strikes of the held causes, and what one strike of each of these brings.
    fn world_parts<L: Law + Send>(
        &self,
        world: &World,
        only: Option<RiskId>,
        held: &[CauseId],
        nothing: &L,
        leaves: Leaves<'_, L>,
    ) -> (L, Vec<L>) {
        let mut strikes = vec![nothing.clone(); held.len()];
        let scenario = self.model.scenario();
        // The same amounts stand in many outcomes of one world: they are worked out once.
        let known: Mutex<Vec<(Vec<Drawn>, bool, L)>> = Mutex::default();
        let once = |amounts: &[Drawn], is_layer: bool, work: &dyn Fn() -> L| {
            let found = known.lock().ok().and_then(|known| {
                let same = |entry: &&(Vec<Drawn>, bool, L)| entry.0 == amounts && entry.1 == is_layer;
                known.iter().find(same).map(|entry| entry.2.clone())
            });
            found.unwrap_or_else(|| {
                let law = work();
                if let Ok(mut known) = known.lock() {
                    known.push((amounts.to_vec(), is_layer, law.clone()));
                }
                law
            })
        };
        let amount = |drawn: &Drawn| once(&[*drawn], false, &|| (leaves.amount)(drawn));
        let layer = |covered: &[Drawn], terms: &Terms| once(covered, true, &|| (leaves.layer)(covered, terms));
        let leaves = Leaves { amount: &amount, layer: &layer };
        let mut year = nothing.clone();
        for (place, cluster) in self.clusters.iter().enumerate() {
            let cluster = &self.model.clusters()[*cluster];
            let at = |risk: RiskId| cluster.risks.iter().position(|member| *member == risk);
            let lets_through = |risk: RiskId| at(risk).map_or(0.0, |index| world.risks[place][index].0.lets_through);
            // What an event that gets through to each risk comes to; none where that is nothing.
            let mut brought: Vec<Option<L>> = cluster.risks.iter().map(|_| None).collect();
            let alone = cluster.risks.len() == 1 && cluster.causes.is_empty();
            for (index, &risk) in cluster.risks.iter().enumerate().rev() {
                let (mix, count) = &world.risks[place][index];
                let counted = only.is_none_or(|only| only == risk);
                let mut after: Option<L> = None;
                for (chain, chance) in scenario.risks()[risk].leads_to.iter().zip(&world.chains[place][index]) {
                    if let Some(next) = at(chain.risk).and_then(|next| brought[next].as_ref()) {
                        let mut event = next.clone();
                        event.times(*chance * lets_through(chain.risk));
                        and(&mut after, event);
                    }
                }
                let with_after = |events: Events| -> Option<L> {
                    let mut event = counted.then(|| mix.loss(events, nothing, leaves));
                    match (&mut event, &after) {
                        (Some(event), Some(after)) => event.and(after),
                        (None, Some(after)) => event = Some(after.clone()),
                        (_, None) => {}
                    }
                    event
                };
                if let Some(mut own) = with_after(Events::Own) {
                    own.compound(count);
                    year.and(&own);
                }
                if !alone {
                    brought[index] = with_after(Events::Brought);
                }
            }
            for (cause, count) in cluster.causes.iter().zip(&world.causes[place]) {
                let mut strike: Option<L> = None;
                for risk in &scenario.shared_causes()[*cause].strikes {
                    if let Some(mut event) = at(*risk).and_then(|index| brought[index].clone()) {
                        event.times(lets_through(*risk));
                        and(&mut strike, event);
                    }
                }
                match (strike, held.iter().position(|held| held == cause)) {
                    (Some(strike), Some(place)) => strikes[place].and(&strike),
                    (Some(mut strike), None) => {
                        strike.compound(count);
                        year.and(&strike);
                    }
                    (None, _) => {}
                }
            }
        }
        (year, strikes)
    }
}

fn and<L: Law>(product: &mut Option<L>, factor: L) {
    match product {
        Some(product) => product.and(&factor),
        None => *product = Some(factor),
    }
}

impl World {
    fn new(
        setting: Setting<'_, '_>,
        layout: &Layout,
        group: &Group,
        values: &Values<f64>,
        weight: f64,
    ) -> Option<Self> {
        let scenario = setting.model.scenario();
        let means = setting.knowledge.means();
        let mut world = World { weight, risks: Vec::new(), causes: Vec::new(), chains: Vec::new() };
        for cluster in group.clusters.iter().map(|cluster| &setting.model.clusters()[*cluster]) {
            let mut risks = Vec::with_capacity(cluster.risks.len());
            for &risk in &cluster.risks {
                // What a policy pays otherwise than in layers was refused before.
                let terms = layer::terms(scenario, risk, setting.plan).ok().flatten();
                let mix = event_mix(setting.model, risk, means, values, &setting.bought, terms.as_ref())?;
                let rate = |values: &Values<f64>| {
                    event_mix(setting.model, risk, means, values, &setting.bought, None)
                        .map_or(f64::NAN, |mix| mix.rate)
                };
                let unknowns = layout.counts.get(&Place::Count(risk)).map_or(&[][..], Vec::as_slice);
                let count = count(setting.knowledge, scenario.risks()[risk].count, unknowns, values, mix.rate, &rate);
                risks.push((mix, count));
            }
            let causes = cluster.causes.iter().map(|&cause| {
                let frequency = scenario.shared_causes()[cause].frequency;
                let unknowns = layout.counts.get(&Place::Cause(cause)).map_or(&[][..], Vec::as_slice);
                let rate = |values: &Values<f64>| values.get(frequency);
                count(setting.knowledge, model::Count::Poisson, unknowns, values, values.get(frequency), &rate)
            });
            world.causes.push(causes.collect());
            let chains = cluster
                .risks
                .iter()
                .map(|risk| scenario.risks()[*risk].leads_to.iter().map(|chain| values.get(chain.chance)).collect());
            world.chains.push(chains.collect());
            world.risks.push(risks);
        }
        Some(world)
    }
}

/// The estimates behind the amounts of an event.
pub fn severities<'a>(drawn: impl Iterator<Item = &'a Drawn>) -> Vec<EstimateId> {
    let mut ids: Vec<EstimateId> = drawn.filter_map(|drawn| drawn.severity).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
