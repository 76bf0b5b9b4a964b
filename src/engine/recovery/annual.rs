//! What does a policy pay whose terms speak of the sum of a year?
//!
//! The layers of a year's events add up to S, a compound sum: its transform follows from those of
//! the layers by the same steps as the loss of a year (`exact::group`), controls averaged over the
//! moments of the year in which an event may fall. The policy pays min(max(S − annual retention, 0),
//! annual limit), which is the mean layers less what the annual terms leave out:
//!
//! ```text
//! E[paid] = E[S] − E[S − min(max(S − annual retention, 0), annual limit)]
//! ```
//!
//! The first mean is exact (`layers_of_year`); only the second needs a grid, and bends with what we
//! do not know. What is paid is shared by the risks in proportion to their layers of the year.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::exact::law::Law as _;
use crate::engine::exact::mix::{Drawn, EventMix};
use crate::engine::exact::rate::count;
use crate::engine::exact::unknowns::{Layout, Place, layout};
use crate::engine::policy::PolicyTerms;
use crate::engine::system::ClusterId;
use crate::engine::values::Values;
use crate::engine::world::Unknown;
use crate::model::{self, ByRisk, EstimateId, PolicyId, RiskId};
use crate::stats::lattice::{Count, Grid, Spectrum, common_divisor, weigh};

use super::knowledge::Bounded;
use super::{Asks, Care, Known, Mixes, Recoveries, YearSetting, bought};

/// Steps up to the end of the annual terms: of the finer of two grids, and the most where these do not agree, as where
/// layers of single events are small beside a step.
const STEPS: f64 = 128.0;
const MOST_STEPS: f64 = 8192.0;
/// What the error may be in parts of all layers before the steps are halved.
const MISSED: f64 = 2e-6;
/// Events a year from which on their layers keep their first moments on a grid: of a figure, and where two years are
/// held against each other.
const MANY: f64 = 200.0;
const MANY_OF_CHANGE: f64 = 20.0;
/// Steps, at least, of what n of them spread about, which is the sum of a year divided by √n; steps of one of them where
/// years are held against each other; and the most of all.
const STEPS_OF_SPREAD: f64 = 16.0;
const STEPS_OF_ONE: f64 = 2.0;
const MOST_OF_MANY: f64 = 524_288.0;
const MOST_OF_CHANGE: f64 = 131_072.0;
/// So many times what is paid stands for the layers where what is paid is little beside them.
const LITTLE: f64 = 64.0;
/// The steps where two years are held against each other: what one grid misses is alike in both.
const STEPS_OF_CHANGE: f64 = 64.0;
/// So many fixed layers may lie on the steps of a grid.
const MOST_FIXED: usize = 64;

/// A policy whose year is worked out.
pub(super) struct Pool<'a> {
    pub(super) policy: PolicyId,
    /// All that are in force.
    pub(super) policies: &'a [PolicyId],
    pub(super) year: &'a YearSetting,
    layout: Layout,
    /// Clusters of risks that it covers.
    pub(super) clusters: Vec<ClusterId>,
    known: Known,
}

impl Recoveries<'_, '_> {
    /// What a policy pays in a year, by risk.
    pub(super) fn annual(
        &self,
        policy: PolicyId,
        policies: &[PolicyId],
        year: &YearSetting,
        values: &Values<f64>,
        known: Known,
    ) -> ByRisk<Bounded> {
        let layers = self.layers_of_year(&[policy], policies, year, values, known).swap_remove(0);
        let sum: f64 = layers.iter().map(|layer| layer.0).sum();
        if sum <= 0.0 || self.terms[policy].of.share <= 0.0 {
            return layers.every((0.0, 0.0));
        }
        let clusters = self.clusters_with(|risk| layers[risk].0 > 0.0);
        let year = &self.year_of(year, &clusters);
        let asks = Asks { clusters: &clusters, asked: &[policy], policies, year, known };
        self.kept(true, &asks, values, &|| self.annual_of(policy, &asks, &layers, values)).iter().copied().collect()
    }

    /// What a policy pays in a year in all, to be held against the same of another year.
    pub(super) fn annual_change(
        &self,
        policy: PolicyId,
        policies: &[PolicyId],
        year: &YearSetting,
        values: &Values<f64>,
        known: Known,
    ) -> Bounded {
        let clusters = self.clusters_with(|risk| self.terms[policy].covers_any(risk));
        if clusters.is_empty() || self.terms[policy].of.share <= 0.0 {
            return (0.0, 0.0);
        }
        let year = &self.year_of(year, &clusters).with_few_moments();
        let asks = Asks { clusters: &clusters, asked: &[policy], policies, year, known };
        self.kept(true, &asks, values, &|| vec![self.annual_of_change(policy, &asks, values)])[0]
    }

    /// Clusters that hold a risk of this kind.
    fn clusters_with(&self, is_one: impl Fn(RiskId) -> bool) -> Vec<ClusterId> {
        let clusters = self.model.clusters().entries();
        clusters.filter(|(_, cluster)| cluster.risks.iter().any(|risk| is_one(*risk))).map(|(id, _)| id).collect()
    }

    /// What is asked for, with where everything unknown enters.
    fn pool<'a>(&self, asks: &Asks<'a>, policy: PolicyId) -> Pool<'a> {
        let Asks { policies, year, known, .. } = *asks;
        let standing = bought(&year.moments);
        let mut layout = layout(self.model, self.knowledge, &|control| standing.contains(&control));
        layout.counts.values_mut().for_each(|unknowns| unknowns.retain(|unknown| !known.holds(unknown)));
        Pool { policy, policies, year, layout, clusters: asks.clusters.to_vec(), known }
    }

    /// The mean layers of a year in one world.
    fn layers_in_world(&self, pool: &Pool<'_>, values: &Values<f64>, mixes: &[Mixes]) -> Bounded {
        let clusters = pool.clusters.iter().map(|cluster| &self.model.clusters()[*cluster]).zip(mixes);
        let layers = clusters.flat_map(|(cluster, mixes)| {
            self.layers_given(cluster, &[pool.policy], pool.policies, pool.year, values, mixes, &[])
        });
        layers.fold((0.0, 0.0), |sum, layer| (sum.0 + layer.0, sum.1 + layer.1))
    }

    /// What is paid from the layers of a year, by risk.
    fn annual_of(
        &self,
        policy: PolicyId,
        asks: &Asks<'_>,
        layers: &ByRisk<Bounded>,
        values: &Values<f64>,
    ) -> Vec<Bounded> {
        let terms = &self.terms[policy].of;
        let sum: f64 = layers.iter().map(|layer| layer.0).sum();
        let pool = self.pool(asks, policy);
        let unknowns = self.unknowns(&pool, values);
        let left_out = |values: &Values<f64>| -> Vec<Bounded> {
            let mixes = self.all_mixes(&pool, values);
            let (sum, error) = self.layers_in_world(&pool, values, &mixes);
            let (paid, rough) = self.paid_of_sum(&pool, sum, values, &mixes);
            vec![((sum - paid).max(0.0), error + rough)]
        };
        let axes = self.axes(unknowns);
        let (found, bends) = self.figures(&axes, values, &left_out).means_and_bends();
        let (left_out, error) = found[0];
        let error = error + layers.iter().map(|layer| layer.1).sum::<f64>();
        let by_risk = self.parted(&pool, layers, left_out.min(sum), &axes, bends, values);
        by_risk.into_iter().map(|paid| (terms.share * paid, terms.share * error * paid / sum)).collect()
    }

    fn annual_of_change(&self, policy: PolicyId, asks: &Asks<'_>, values: &Values<f64>) -> Bounded {
        let terms = &self.terms[policy].of;
        let pool = self.pool(asks, policy);
        let of = |pool: &Pool<'_>, values: &Values<f64>| vec![self.paid_in_world(pool, values)];
        let (unknowns, bends) = if pool.known == Known::Everything {
            (Arc::default(), false)
        } else {
            // A full year of the same controls decides, in the file's own case, so that all years of an option and all
            // that is held against them are worked out in the same way.
            let year = YearSetting::full(self.scenario(), bought(&asks.year.moments).into_iter());
            let full = Asks { year: &year, known: Known::Nothing, ..*asks };
            let means = self.knowledge.means();
            let key = self.key(true, &full, means);
            let decide = || {
                let pool = self.pool(&full, policy);
                let axes = self.axes(self.unknowns(&pool, means));
                let (bending, bends) = self.figures(&axes, means, &|values| of(&pool, values)).bending();
                (Arc::new(bending), bends)
            };
            self.found.decided.get(key, decide)
        };
        let axes = self.axes(unknowns.iter().filter(|unknown| !pool.known.holds(unknown)).copied().collect());
        let (paid, error) = self.figures(&axes, values, &|values| of(&pool, values)).means_of_change(bends)[0];
        (terms.share * paid.clamp(0.0, terms.annual_limit), terms.share * error)
    }

    /// What is paid in one world.
    fn paid_in_world(&self, pool: &Pool<'_>, values: &Values<f64>) -> Bounded {
        let mixes = self.all_mixes(pool, values);
        // Up to a limit the distribution says it all.
        let sum = match self.terms[pool.policy].of.annual_limit.is_finite() {
            true => 0.0,
            false => self.layers_in_world(pool, values, &mixes).0,
        };
        self.paid_of_sum(pool, sum, values, &mixes)
    }

    /// The events of every cluster in one world, as many of them as there are on average over what is averaged where
    /// events are counted.
    pub(super) fn all_mixes(&self, pool: &Pool<'_>, values: &Values<f64>) -> Vec<Mixes> {
        let clusters = pool.clusters.iter().map(|cluster| &self.model.clusters()[*cluster]);
        let mut mixes: Vec<Mixes> = clusters.map(|cluster| self.mixes(cluster, pool.year, values)).collect();
        for (place, unknowns) in &pool.layout.counts {
            let Place::Count(risk) = place else { continue };
            // In all else the rate is a straight line, so that its mean is the rate at the means.
            let counted = |id: &EstimateId| unknowns.iter().any(|unknown| unknown.estimate == *id);
            let shared = self.knowledge.shared_reliabilities();
            if !shared.iter().any(counted) {
                continue;
            }
            let mut averages = values.clone();
            averages.spread(None);
            shared.iter().filter(|id| !counted(id)).for_each(|id| averages.settle(*id));
            for (cluster, mixes) in pool.clusters.iter().zip(&mut mixes) {
                let risks = &self.model.clusters()[*cluster].risks;
                let Some(at) = risks.iter().position(|of| of == risk) else { continue };
                for ((_, strengths), mixes) in pool.year.moments.iter().zip(mixes) {
                    let rates = [values, &averages].map(|values| self.rate(*risk, values, strengths));
                    if let Some(mix) = mixes[at].as_mut().filter(|_| rates[0] > 0.0) {
                        mix.base *= rates[1] / rates[0];
                        mix.rate *= rates[1] / rates[0];
                    }
                }
            }
        }
        mixes
    }

    /// What is averaged over worlds: all that enters these clusters, but for what is averaged where events are counted.
    fn unknowns(&self, pool: &Pool<'_>, values: &Values<f64>) -> Vec<Unknown> {
        let sum = |values: &Values<f64>| self.layers_in_world(pool, values, &self.all_mixes(pool, values)).0;
        let counted: Vec<EstimateId> = pool.layout.counts.values().flatten().map(|unknown| unknown.estimate).collect();
        let base = sum(values);
        let mut moved = values.clone();
        let enters = |unknown: &&Unknown| {
            let id = unknown.estimate;
            if pool.known.holds(unknown) {
                return false;
            }
            let here = pool.clusters.iter().any(|cluster| self.reads.enters(*cluster, id));
            if !here || counted.contains(&id) {
                return false;
            }
            // What one value leaves alone, where layers are full, another may not.
            let value = values.get(id);
            let matters = [0.02, 0.25, 0.75, 0.98].into_iter().any(|chance| {
                moved.replace(id, self.knowledge.value(unknown, chance));
                sum(&moved) != base
            });
            moved.replace(id, value);
            matters
        };
        self.knowledge.unknowns().iter().filter(enters).copied().collect()
    }

    /// Events a year in one world, where they are very many: the number says how fine a grid has to be.
    pub(super) fn many(&self, pool: &Pool<'_>, values: &Values<f64>, mixes: &[Mixes]) -> Option<f64> {
        let of_moment = |(part, _): &super::Moment, mixes: &[Option<EventMix>]| {
            part * mixes.iter().flatten().map(|mix| mix.rate).sum::<f64>()
        };
        let own =
            mixes.iter().flat_map(|mixes| pool.year.moments.iter().zip(mixes).map(|(at, mix)| of_moment(at, mix)));
        let causes = pool.clusters.iter().flat_map(|cluster| &self.model.clusters()[*cluster].causes);
        let struck = causes.map(|cause| values.get(self.scenario().shared_causes()[*cause].frequency));
        let events = pool.year.rates * (own.sum::<f64>() + struck.sum::<f64>());
        let least = match self.care {
            Care::Figure => MANY,
            Care::Change => MANY_OF_CHANGE,
        };
        (events >= least).then_some(events)
    }

    /// What is paid of the year's layers, which add up to `sum` on average.
    fn paid_of_sum(&self, pool: &Pool<'_>, sum: f64, values: &Values<f64>, mixes: &[Mixes]) -> Bounded {
        let terms = &self.terms[pool.policy].of;
        let end = end_of(terms);
        // What a change does is worked out on one grid in all worlds.
        let fixed = if self.care == Care::Change { Vec::new() } else { self.fixed_layers(pool, mixes) };
        let unit = common_step(terms, &fixed);
        let usual = match self.care {
            Care::Figure => STEPS,
            Care::Change => STEPS_OF_CHANGE,
        };
        let many = self.many(pool, values, mixes);
        // Years with other rates share the laws of their layers where they have a step in common.
        let wanted = many.map_or(usual, |events| {
            let spread = STEPS_OF_SPREAD * events.sqrt();
            let (steps, most) = match self.care {
                Care::Figure => (spread, MOST_OF_MANY),
                Care::Change => (spread.max(STEPS_OF_ONE * events), MOST_OF_CHANGE),
            };
            (steps.clamp(usual, most).ceil() as usize).next_power_of_two() as f64
        });
        let most = if fixed.is_empty() { 4.0 * wanted } else { MOST_STEPS.max(4.0 * wanted) };
        let unit_steps = unit.map(|unit| end / unit).filter(|steps| *steps <= most);
        let steps = unit_steps.map_or(wanted, |steps| {
            let times = (wanted / even(steps)).ceil().max(1.0);
            // Fixed layers lie on the coarser of the two grids, too.
            even(steps) * if fixed.is_empty() { times } else { 2.0 * (0.5 * times).ceil() }
        });
        // The sum of very many layers spreads over many steps, unless all of them lie on these.
        let spreads = many.is_some() && (fixed.is_empty() || unit_steps.is_none());
        let within = |sum: f64| (sum - terms.annual_retention).max(0.0).min(terms.annual_limit);
        let on = |steps: f64| {
            // Up to half of its cells a grid is free of the rounding of its transform.
            let grid = Grid::new(end / steps, 2 * steps as usize).keeping_moments(many.is_some());
            let cells = self.year_of_layers(pool, values, mixes, &grid, None).into_cells();
            let paid = |sum: f64| if terms.annual_limit.is_finite() { within(sum) } else { sum.min(end) };
            let top = paid(end);
            let mut below: f64 = cells
                .iter()
                .take(steps as usize)
                .enumerate()
                .map(|(k, mass)| mass * (top - paid(k as f64 * grid.step())))
                .sum();
            if spreads {
                below += bend(&grid, &cells, end);
                if terms.annual_limit.is_finite() && terms.annual_retention > 0.0 {
                    below -= bend(&grid, &cells, terms.annual_retention);
                }
            }
            // No sum of chances is no number: that would be taken for nothing left out.
            debug_assert!(below.is_finite());
            if terms.annual_limit.is_finite() { top - below } else { sum - (top - below) }
        };
        if self.care == Care::Change {
            return (on(steps), 0.0);
        }
        let (mut steps, mut fine, mut coarse) = (steps, on(steps), on(0.5 * steps));
        // Fixed layers that lie between steps miss as much as they like: no rule tells how it falls.
        let is_smooth = fixed.is_empty() && many.is_none();
        let missed = if is_smooth { 15.0 * MISSED } else { 4.0 * MISSED };
        let counts = |paid: f64| if many.is_some() { sum.min(LITTLE * paid.max(0.0)) } else { sum };
        let most = if many.is_some() { MOST_OF_MANY } else { MOST_STEPS };
        while (fine - coarse).abs() > missed * counts(fine) + 1e-11 * sum && steps < most {
            steps *= 2.0;
            (fine, coarse) = (on(steps), fine);
        }
        let gap = (fine - coarse).abs();
        if is_smooth {
            (fine + (fine - coarse) / 3.0, gap / 15.0 + 1e-11 * sum)
        } else {
            (fine, 1.5 * gap + 1e-11 * sum)
        }
    }

    /// The layers of events that cost nothing but single amounts, where few differ.
    pub(super) fn fixed_layers(&self, pool: &Pool<'_>, mixes: &[Mixes]) -> Vec<f64> {
        let is_fixed = |drawn: &Drawn| {
            drawn.tilt.is_none() && drawn.severity.is_none_or(|id| self.scenario().estimate(id).is_fixed())
        };
        let seen = |drawn: &Drawn| self.sees(pool.policies, drawn);
        let covers = |drawn: &Drawn| self.terms[pool.policy].covers(drawn.risk, drawn.part);
        let mut found: Vec<f64> = Vec::new();
        for outcome in mixes.iter().flatten().flatten().flatten().flat_map(|mix| &mix.outcomes) {
            for (_, amounts) in outcome.combinations(&seen) {
                if !amounts.iter().any(covers) {
                    continue;
                }
                let money = pool.year.money[amounts[0].risk];
                let layers = if self.shared(pool.policy, pool.policies, &amounts, money).is_none() {
                    self.claim(pool.policy, &amounts, money, &[]).single_layers().unwrap_or_default()
                } else if amounts.iter().all(is_fixed) {
                    vec![self.layer(pool.policy, pool.policies, &amounts, money, &[])]
                } else {
                    Vec::new()
                };
                for (layer, _) in layers {
                    if layer > 0.0 && !found.contains(&layer) && found.len() < MOST_FIXED {
                        found.push(layer);
                    }
                }
            }
        }
        found
    }

    /// The transform of the sum of a year's layers in one world; the layers of one risk may weigh more
    /// than others.
    pub(super) fn year_of_layers(
        &self,
        pool: &Pool<'_>,
        values: &Values<f64>,
        mixes: &[Mixes],
        grid: &Grid,
        weighs: Option<(RiskId, f64)>,
    ) -> Spectrum {
        let mut all = Spectrum::of_nothing(grid);
        for (cluster, mixes) in pool.clusters.iter().zip(mixes) {
            all.multiply(&self.cluster_layers(pool, *cluster, values, mixes, grid, weighs));
        }
        all
    }

    fn cluster_layers(
        &self,
        pool: &Pool<'_>,
        cluster: ClusterId,
        values: &Values<f64>,
        mixes: &Mixes,
        grid: &Grid,
        weighs: Option<(RiskId, f64)>,
    ) -> Spectrum {
        let scenario = self.scenario();
        let cluster = &self.model.clusters()[cluster];
        let year = pool.year;
        let place: BTreeMap<RiskId, usize> =
            cluster.risks.iter().enumerate().map(|(place, risk)| (*risk, place)).collect();
        let mut own: Vec<(f64, Spectrum)> = cluster.risks.iter().map(|_| (0.0, Spectrum::zero(grid))).collect();
        let mut strikes: Vec<Spectrum> = cluster.causes.iter().map(|_| Spectrum::zero(grid)).collect();
        let none = |law: &Option<Spectrum>| law.clone().unwrap_or_else(|| Spectrum::of_nothing(grid));
        for ((part, _), mixes) in year.moments.iter().zip(mixes) {
            // How many of the events that are brought to each risk get through, and what one of them comes to;
            // none where that is nothing.
            let mut brought: Vec<Option<(f64, Spectrum)>> = cluster.risks.iter().map(|_| None).collect();
            for (index, &risk) in cluster.risks.iter().enumerate().rev() {
                let Some(mix) = &mixes[index] else { continue };
                let mut after: Option<Spectrum> = None;
                for chain in &scenario.risks()[risk].leads_to {
                    if let Some((through, mut next)) = place.get(&chain.risk).and_then(|next| brought[*next].clone()) {
                        next.times(values.get(chain.chance) * through);
                        match &mut after {
                            Some(after) => after.multiply(&next),
                            None => after = Some(next),
                        }
                    }
                }
                let law = |weight: &dyn Fn(&crate::engine::exact::mix::Outcome) -> f64| {
                    let covered = self.event_layers(pool, risk, mix, weight, grid, weighs);
                    match (&after, covered) {
                        (None, covered) => covered,
                        (Some(after), None) => Some(after.clone()),
                        (Some(after), Some(mut covered)) => {
                            covered.multiply(after);
                            Some(covered)
                        }
                    }
                };
                if mix.rate > 0.0 {
                    let law = law(&|outcome| outcome.own);
                    own[index].0 += part * mix.rate;
                    own[index].1.add_scaled(part * mix.rate, &none(&law));
                }
                if mix.lets_through > 0.0 {
                    brought[index] = law(&|outcome| outcome.brought).map(|law| (mix.lets_through, law));
                }
            }
            for (strike, cause) in strikes.iter_mut().zip(&cluster.causes) {
                let struck = scenario.shared_causes()[*cause]
                    .strikes
                    .iter()
                    .filter_map(|risk| brought[*place.get(risk)?].clone());
                let mut law = Spectrum::of_nothing(grid);
                struck.for_each(|(through, mut brought)| {
                    brought.times(through);
                    law.multiply(&brought);
                });
                strike.add_scaled(*part, &law);
            }
        }
        let mut all = Spectrum::of_nothing(grid);
        for (&risk, (rate, law)) in cluster.risks.iter().zip(own) {
            if rate <= 0.0 {
                continue;
            }
            let mut event = Spectrum::zero(grid);
            event.add_scaled(1.0 / rate, &law);
            let rate_at = |values: &Values<f64>| {
                let at = |(part, strengths): &super::Moment| part * self.rate(risk, values, strengths);
                year.rates * year.moments.iter().map(at).sum::<f64>()
            };
            self.count(pool, Place::Count(risk), values, year.rates * rate, &rate_at).compound(&mut event);
            all.multiply(&event);
        }
        for (cause, mut strike) in cluster.causes.iter().zip(strikes) {
            let frequency = scenario.shared_causes()[*cause].frequency;
            let rate_at = |values: &Values<f64>| year.rates * values.get(frequency);
            self.count(pool, Place::Cause(*cause), values, rate_at(values), &rate_at).compound(&mut strike);
            all.multiply(&strike);
        }
        all
    }

    /// The layer of one event that happens; none where it is nothing.
    fn event_layers(
        &self,
        pool: &Pool<'_>,
        risk: RiskId,
        mix: &EventMix,
        weight: &dyn Fn(&crate::engine::exact::mix::Outcome) -> f64,
        grid: &Grid,
        weighs: Option<(RiskId, f64)>,
    ) -> Option<Spectrum> {
        let terms = &self.terms[pool.policy];
        let all: f64 = mix.outcomes.iter().map(weight).sum();
        if !terms.covers_any(risk) || all <= 0.0 {
            return None;
        }
        // What others pay for may cut the layer.
        let seen = |drawn: &Drawn| self.sees(pool.policies, drawn);
        let mut sum = Spectrum::zero(grid);
        for outcome in mix.outcomes.iter().filter(|outcome| weight(outcome) > 0.0) {
            for (chance, amounts) in outcome.combinations(&seen) {
                sum.add_scaled(chance * weight(outcome) / all, &self.layer_on(pool, risk, &amounts, grid, weighs));
            }
        }
        Some(sum)
    }

    fn layer_on(
        &self,
        pool: &Pool<'_>,
        risk: RiskId,
        amounts: &[Drawn],
        grid: &Grid,
        weighs: Option<(RiskId, f64)>,
    ) -> Arc<Spectrum> {
        let more = weighs.filter(|(of, _)| *of == risk).map_or(0.0, |(_, more)| more);
        let money = pool.year.money[risk];
        let mut key = self.event_key(pool.policy, pool.policies, amounts, money, &[]);
        key.extend(grid.key());
        key.push(more.to_bits());
        self.found.spectra.get(key, || {
            let claim = self.claim(pool.policy, amounts, money, &[]);
            let mut cells = match self.shared(pool.policy, pool.policies, amounts, money) {
                _ if claim.is_empty() => vec![1.0],
                Some(shared) => shared.paid(grid),
                None => claim.paid(grid),
            };
            if more != 0.0 {
                weigh(&mut cells, more / grid.cells() as f64);
            }
            Arc::new(Spectrum::of(&cells, grid))
        })
    }

    /// The count of a year's events of a risk or cause. Worlds that differ in nothing that enters their rate share it:
    /// its value at the means, and where every unknown is moved, tells the rate from others.
    fn count(
        &self,
        pool: &Pool<'_>,
        place: Place,
        values: &Values<f64>,
        rate: f64,
        rate_at: &dyn Fn(&Values<f64>) -> f64,
    ) -> Arc<Count> {
        let all = pool.layout.counts.get(&place).into_iter().flatten();
        let unknowns: Vec<Unknown> = all.copied().collect();
        let risks = self.scenario().risks();
        let (index, kind) = match place {
            Place::Count(risk) | Place::Event(risk) => (risk.0, risks[risk].count),
            Place::Cause(cause) => (risks.len() + cause.0, model::Count::Poisson),
        };
        let of = || Arc::new(count(self.knowledge, kind, &unknowns, values, rate, rate_at));
        if unknowns.is_empty() {
            return of();
        }
        let mut key = vec![index as u64, rate.to_bits()];
        key.extend(unknowns.iter().map(|unknown| unknown.estimate.0 as u64));
        let mut moved = values.clone();
        for (place, unknown) in unknowns.iter().enumerate() {
            // Each by a part of its own, so that no two unknowns pass for each other.
            let part = 0.5 + 0.3 * libm::fmod(0.618_033_988_75 * place as f64, 1.0);
            moved.replace(unknown.estimate, part * self.knowledge.means().get(unknown.estimate));
        }
        key.push(rate_at(&moved).to_bits());
        self.found.counts.get(key, of)
    }
}

/// The next even number.
fn even(steps: f64) -> f64 {
    if steps.round() % 2.0 == 0.0 { steps.round() } else { 2.0 * steps.round() }
}

/// What a sum over steps h misses of E\[max(K − S, 0)\] where S has a density f: ½·h²·B₂(s)·f(K) by the rule of Euler and
/// Maclaurin, with the Bernoulli polynomial B₂(s) = s² − s + 1/6 of the place s of K between two steps.
fn bend(grid: &Grid, cells: &[f64], at: f64) -> f64 {
    let place = at / grid.step();
    let low = (place + 1e-9).floor();
    let share = (place - low).max(0.0);
    let mass = |k: usize| cells.get(k).copied().unwrap_or_default();
    let density = (1.0 - share) * mass(low as usize) + share * mass(low as usize + 1);
    0.5 * grid.step() * (share * share - share + 1.0 / 6.0) * density
}

/// Where the annual terms end; without an annual limit where they begin to pay.
fn end_of(terms: &PolicyTerms) -> f64 {
    terms.annual_retention + if terms.annual_limit.is_finite() { terms.annual_limit } else { 0.0 }
}

/// A step on which the end of the annual terms lies, with the amounts at which what is paid bends and these layers.
pub(super) fn common_step(terms: &PolicyTerms, layers: &[f64]) -> Option<f64> {
    let bends = [terms.annual_retention, terms.annual_limit, terms.limit].into_iter();
    let mut bends = bends.chain(layers.iter().copied()).filter(|amount| *amount > 0.0 && amount.is_finite());
    bends.try_fold(end_of(terms), common_divisor)
}
