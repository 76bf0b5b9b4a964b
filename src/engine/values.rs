//! One number for every estimate: the input of every calculation.
//!
//! With the means it gives expected figures; with one mean changed, a sensitivity; with a draw of
//! what we do not know, one simulated world. The chance that capability exceeds resistance is not
//! a function of two means, so it is worked out here once for each pair that a risk or a control
//! brings together (`docs/model/vulnerability.md`).

use std::collections::{BTreeMap, HashMap};

use crate::model::{ByEstimate, Change, EstimateId, EventRate, RiskId, Scenario, Taken, Vulnerability};
use crate::stats::distribution::laplace;
use crate::stats::{Distribution, chance_first_exceeds};
use crate::units::{Arithmetic, Figure};

use super::loss::{became, rate_terms};

/// A number for every estimate of a scenario, in its canonical unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Values<N> {
    numbers: ByEstimate<N>,
    contests: BTreeMap<(EstimateId, EstimateId), N>,
    /// The chance that a next stage comes within each time from break-in to containment.
    stages: BTreeMap<EstimateId, N>,
    /// Which part of the events that other risks bring a new rate lets through.
    kept: BTreeMap<(RiskId, EstimateId), N>,
    /// Absent in a world, where every number is what it is. Where the numbers are averages: the
    /// estimates that are known all the same.
    settled: Option<Vec<EstimateId>>,
}

impl Values<Figure> {
    /// The mean of every estimate, exact where its shape allows.
    pub fn means(scenario: &Scenario) -> Self {
        let numbers = scenario.estimates().iter().map(crate::model::Estimate::mean).collect();
        let mut known: HashMap<String, Figure> = HashMap::new();
        let contests = contests(scenario)
            .into_iter()
            .map(|pair| {
                let (capability, resistance) = (scenario.estimate(pair.0), scenario.estimate(pair.1));
                // Many risks share one threat: equal shapes are worked out once.
                let key = format!("{:?}/{:?}", capability.shape, resistance.shape);
                let chance = *known.entry(key).or_insert_with(|| {
                    Figure::approximate(contest(&capability.distribution, &resistance.distribution))
                });
                (pair, chance)
            })
            .collect();
        let stages = stages(scenario)
            .map(|(time, rate)| (time, Figure::approximate(stage(&scenario.estimate(time).distribution, rate))));
        let mut means = Self { numbers, contests, stages: stages.collect(), kept: BTreeMap::new(), settled: None };
        let less = |new: Figure, old: Figure| new.ratio(old).filter(|ratio| ratio.to_f64() < 1.0);
        means.kept = kept(scenario, &means, less);
        means
    }

    /// What a control costs in each full year from its start, without its initial cost; the last goes on.
    pub fn means_of_costs(scenario: &Scenario, control: &crate::model::Control) -> Vec<Figure> {
        let mean = |id: Option<EstimateId>| id.map_or(Figure::ZERO, |id| scenario.estimate(id).mean());
        let cost = &control.cost;
        let people = cost.people.map_or(Figure::ZERO, |people| mean(Some(people.time)) * mean(Some(people.rate)));
        let friction = cost.friction.map_or(Figure::ZERO, |friction| {
            Figure::exact(friction.users) * mean(Some(friction.time)) * mean(Some(friction.rate))
        });
        let even = people + friction - mean(cost.retired);
        let running: Vec<Figure> = cost.yearly.as_ref().map_or_else(Vec::new, |running| {
            let (amounts, of_year) = (running.estimates(), usize::try_from(running.a_year()).unwrap_or(1));
            let amount = |place: usize| mean(amounts.get(place).or(amounts.last()).copied());
            let years = 0..=amounts.len().saturating_sub(1).div_ceil(of_year);
            years.map(|year| (year * of_year..(year + 1) * of_year).map(amount).sum()).collect()
        });
        let mut years: Vec<Figure> = if running.is_empty() { vec![Figure::ZERO] } else { running };
        let sign = |yearly: Figure| if control.ends.is_some() { Figure::ZERO - yearly } else { yearly };
        years.iter_mut().for_each(|year| *year = sign(*year + even));
        while let [.., before, last] = years.as_slice()
            && before == last
        {
            years.pop();
        }
        years
    }

    /// The same numbers as floats.
    pub fn to_f64(&self) -> Values<f64> {
        Values {
            numbers: self.numbers.iter().map(|figure| figure.to_f64()).collect(),
            contests: self.contests.iter().map(|(pair, figure)| (*pair, figure.to_f64())).collect(),
            stages: self.stages.iter().map(|(time, figure)| (*time, figure.to_f64())).collect(),
            kept: self.kept.iter().map(|(effect, figure)| (*effect, figure.to_f64())).collect(),
            settled: self.settled.clone(),
        }
    }
}

impl<N: Arithmetic> Values<N> {
    /// The number of an estimate.
    pub fn get(&self, id: EstimateId) -> N {
        self.numbers[id]
    }

    /// The number of an estimate, or one where there is none.
    pub fn or_one(&self, id: Option<EstimateId>) -> N {
        id.map_or(N::ONE, |id| self.get(id))
    }

    /// The number of an estimate, or nothing where there is none.
    pub fn or_zero(&self, id: Option<EstimateId>) -> N {
        id.map_or(N::ZERO, |id| self.get(id))
    }

    /// P(capability > resistance).
    pub fn contest(&self, capability: EstimateId, resistance: EstimateId) -> N {
        self.contests.get(&(capability, resistance)).copied().unwrap_or(N::ZERO)
    }

    /// The chance that the next stage comes within this time: 1 − E\[2^(−time/after)\].
    pub fn stage(&self, time: EstimateId) -> N {
        self.stages.get(&time).copied().unwrap_or(N::ZERO)
    }

    /// Which part of brought events a factor of a risk's rate lets through that becomes this
    /// estimate: the new mean over the old one, at most all. Events that come from elsewhere have
    /// no rate here that could be replaced.
    pub fn kept(&self, risk: RiskId, new: EstimateId) -> N {
        self.kept.get(&(risk, new)).copied().unwrap_or(N::ONE)
    }

    /// From now on these are averages of what is not known, but for one estimate that is.
    pub(super) fn spread(&mut self, known: Option<EstimateId>) {
        self.settled = Some(known.into_iter().collect());
    }

    /// From now on the number of an estimate is known.
    pub(super) fn settle(&mut self, id: EstimateId) {
        self.settled.iter_mut().filter(|settled| !settled.contains(&id)).for_each(|settled| settled.push(id));
    }

    /// Whether the number of an estimate is an average of what it may be.
    pub(super) fn is_average(&self, id: EstimateId) -> bool {
        self.settled.as_ref().is_some_and(|settled| !settled.contains(&id))
    }

    /// Puts another number in the place of an estimate's; returns the old one.
    pub fn replace(&mut self, id: EstimateId, number: N) -> N {
        std::mem::replace(&mut self.numbers[id], number)
    }
}

impl Values<f64> {
    /// The same with other numbers: of an estimate by its id and mean, of all else by its value.
    pub fn mapped<N: Arithmetic>(&self, number: impl Fn(EstimateId, f64) -> N, known: impl Fn(f64) -> N) -> Values<N> {
        Values {
            numbers: self.numbers.entries().map(|(id, mean)| number(id, *mean)).collect(),
            contests: self.contests.iter().map(|(pair, chance)| (*pair, known(*chance))).collect(),
            stages: self.stages.iter().map(|(time, chance)| (*time, known(*chance))).collect(),
            kept: self.kept.iter().map(|(effect, share)| (*effect, known(*share))).collect(),
            settled: self.settled.clone(),
        }
    }

    /// All numbers that are no estimate's own but follow from several.
    pub fn derived(&self) -> impl Iterator<Item = f64> + '_ {
        self.contests.values().chain(self.stages.values()).chain(self.kept.values()).copied()
    }

    /// Works out again which part of brought events each new rate lets through.
    pub fn follow_rates(&mut self, scenario: &Scenario) {
        if self.has_new_rates() {
            self.kept = kept(scenario, self, |new, old| (new < old).then(|| new / old));
        }
    }

    /// Whether a rate that becomes another lets a part of brought events through.
    pub fn has_new_rates(&self) -> bool {
        !self.kept.is_empty()
    }

    /// Works out again every contest and every next stage of an estimate, with its distribution multiplied by `factor`.
    pub fn scale_contests(&mut self, scenario: &Scenario, id: EstimateId, factor: f64) {
        for (&(capability, resistance), chance) in &mut self.contests {
            if capability != id && resistance != id {
                continue;
            }
            let scaled = |other: EstimateId| {
                let distribution = &scenario.estimate(other).distribution;
                if other == id { distribution.scaled(factor) } else { distribution.clone() }
            };
            *chance = contest(&scaled(capability), &scaled(resistance));
        }
        if let Some(chance) = self.stages.get_mut(&id)
            && let Some((_, rate)) = stages(scenario).find(|(time, _)| *time == id)
        {
            *chance = stage(&scenario.estimate(id).distribution.scaled(factor), rate);
        }
    }
}

fn contest(capability: &Distribution, resistance: &Distribution) -> f64 {
    chance_first_exceeds(capability, resistance).0
}

fn stage(time: &Distribution, rate: f64) -> f64 {
    1.0 - laplace(time, rate)
}

/// Every time that a next stage may take, with how often an hour it comes: today's and each new one.
fn stages(scenario: &Scenario) -> impl Iterator<Item = (EstimateId, f64)> + '_ {
    let today = scenario.risks().iter().filter_map(|risk| risk.dwell);
    let today = today.filter_map(|dwell| Some((dwell.time, dwell.then?.rate())));
    let effects = scenario.controls().iter().flat_map(|control| &control.effects);
    let new = effects.filter_map(move |effect| match (effect.factor.taken(), effect.change) {
        (Taken::AsTimeOfNextStage, Change::Becomes(time)) => {
            Some((time, scenario.risks()[effect.risk].dwell?.then?.rate()))
        }
        _ => None,
    });
    today.chain(new)
}

/// The part of brought events that each new rate lets through.
fn kept<N: Arithmetic>(
    scenario: &Scenario,
    means: &Values<N>,
    ratio: impl Fn(N, N) -> Option<N>,
) -> BTreeMap<(RiskId, EstimateId), N> {
    let mut kept = BTreeMap::new();
    for effect in scenario.controls().iter().flat_map(|control| &control.effects).filter(|e| e.factor.is_rate()) {
        let Change::Becomes(new) = effect.change else { continue };
        let risk = &scenario.risks()[effect.risk];
        let replaced = effect.factor.replaced();
        let old = rate_terms(risk, means).into_iter().find(|(factor, _)| *factor == Some(replaced));
        let less = old.and_then(|(_, old)| ratio(became(risk, effect.factor, new, means), old));
        kept.insert((effect.risk, new), less.unwrap_or(N::ONE));
    }
    kept
}

/// Every pair of capability and resistance that can meet: today's, and with each new resistance.
fn contests(scenario: &Scenario) -> Vec<(EstimateId, EstimateId)> {
    let mut pairs = Vec::new();
    for risk in scenario.risks() {
        if let EventRate::Threat { vulnerability: Vulnerability::Contest { capability, resistance }, .. } = &risk.rate {
            pairs.push((*capability, *resistance));
        }
    }
    for effect in scenario.controls().iter().flat_map(|control| &control.effects) {
        let EventRate::Threat { vulnerability: Vulnerability::Contest { capability, .. }, .. } =
            &scenario.risks()[effect.risk].rate
        else {
            continue;
        };
        if let (Taken::AgainstCapability, Change::Becomes(resistance)) = (effect.factor.taken(), effect.change) {
            pairs.push((*capability, resistance));
        }
    }
    pairs
}
