//! Which controls fail together?
//!
//! A control fails on an event with chance f = 1 − reliability. Of two controls that fail on their
//! own, f₁·f₂ is the chance that both do; of two that stand on the same directory, the weaker
//! fails whenever the stronger does: min(f₁, f₂). A share b of their failures is of the second
//! kind (the beta-factor of reliability engineering, IEC 61508-6):
//!
//! ```text
//! P(both fail) = b · min(f₁, f₂) + (1 − b) · f₁ · f₂
//! ```
//!
//! For any number of controls, and shares of their own: one number V per event decides who is in
//! common mode (V < bᵢ), one number U which of these fail (U < fᵢ); the others fail on their own.
//! Every control keeps its own chance of failure.
//!
//! Where the chances of failure are not known, the mean of the lesser is not the lesser of the
//! means. Given U = u the controls are independent again, each failing with P(fᵢ > u): so the
//! states are then points of u, by Gauss–Legendre between the ends of the ranges.
//! See `docs/model/controls.md`.

use std::collections::BTreeMap;

use crate::model::{EstimateId, FailureGroup, Scenario};
use crate::stats::Distribution;
use crate::stats::quadrature::GaussLegendre;
use crate::units::Arithmetic;

use super::repeated::smooth;

/// The part of what a range may be in which most of it lies, where it is narrow.
const NARROW: f64 = 0.5;
/// So many single values of a chance to work are told apart.
const MOST_JUMPS: usize = 256;

/// A control as far as its failures go.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a, N> {
    /// With whom it fails, if with anyone.
    pub failure: Option<&'a FailureGroup>,
    /// The chance that it works: its average where it is not known.
    pub works: N,
    /// Where it is not known: its range, and how much higher the average lies than that of the range.
    pub range: Option<(&'a Distribution, f64)>,
}

impl<N: Arithmetic> Member<'_, N> {
    /// The chance that it works in common mode where U = u.
    fn works_at(&self, u: f64) -> N {
        match self.range {
            Some((range, moved)) => N::from_float(range.sf(1.0 - u - moved)),
            None if u < 1.0 - self.works.float() => N::ZERO,
            None => N::ONE,
        }
    }

    /// The numbers u between which it fails more or less often.
    fn ends(&self) -> (f64, f64) {
        match self.range {
            Some((range, moved)) => {
                let (low, high) = range.support();
                (1.0 - high - moved, 1.0 - low - moved)
            }
            None => (1.0 - self.works.float(), 1.0 - self.works.float()),
        }
    }

    /// The numbers u at which how often it fails jumps or bends: of single values no more than is worth telling apart.
    fn bends(&self) -> Vec<f64> {
        let Some((range, moved)) = self.range else { return Vec::new() };
        let atoms = range.atoms();
        let step = atoms.len().div_ceil(MOST_JUMPS).max(1);
        let jumps = atoms.iter().step_by(step).map(|(value, _)| *value);
        jumps.chain(range.kinks()).chain(narrow(range)).map(|value| 1.0 - value - moved).collect()
    }

    /// Whether it fails as often everywhere between two such numbers.
    fn is_even(&self, from: f64, to: f64) -> bool {
        let (low, high) = self.ends();
        let is_told = self.range.is_some_and(|(range, _)| range.is_atomic() && range.atoms().len() <= MOST_JUMPS);
        is_told || high <= from || to <= low
    }
}

/// Where a range lies, if most of it lies in a small part of what it may be: points over the whole would miss it.
fn narrow(range: &Distribution) -> Vec<f64> {
    let (low, high) = range.support();
    let inner = [0.01, 0.99].map(|chance| range.quantile(chance));
    let is_narrow = !range.is_atomic() && inner[1] - inner[0] < NARROW * (high - low);
    if is_narrow { vec![inner[0], range.quantile(0.5), inner[1]] } else { Vec::new() }
}

/// The reliabilities of controls that share failures with another one: where they are not known, rates are no straight
/// lines in them.
pub fn shared_reliabilities(scenario: &Scenario) -> Vec<EstimateId> {
    let shared = || scenario.controls().iter().filter_map(|control| Some((control, control.fails_with.as_ref()?)));
    let mut members: BTreeMap<&str, usize> = BTreeMap::new();
    shared().for_each(|(_, failure)| *members.entry(failure.group.as_str()).or_default() += 1);
    let with_others = shared().filter(|(_, failure)| members[failure.group.as_str()] > 1);
    with_others.filter_map(|(control, _)| control.reliability).collect()
}

/// The states of common failure: the chance of each, and each member's chance to work in it.
pub fn failure_states<N: Arithmetic>(members: &[Member<'_, N>]) -> Vec<(N, Vec<N>)> {
    let mut states = vec![(N::ONE, members.iter().map(|member| member.works).collect::<Vec<N>>())];
    if members.iter().filter(|member| member.failure.is_some()).count() < 2 {
        return states;
    }
    let mut groups: Vec<&str> = members.iter().filter_map(|m| m.failure).map(|f| f.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        let inside: Vec<usize> =
            (0..members.len()).filter(|&i| members[i].failure.is_some_and(|f| f.group == group)).collect();
        // Alone in this plan, it has nobody to fail with.
        if inside.len() < 2 {
            continue;
        }
        let of_group = group_states(members, &inside);
        states = states
            .into_iter()
            .flat_map(|(chance, works)| {
                of_group.iter().map(move |(of, changed)| {
                    let mut works = works.clone();
                    changed.iter().for_each(|(member, now)| works[*member] = *now);
                    (chance * *of, works)
                })
            })
            .collect();
    }
    states
}

/// The states of one group: who is in common mode, and how many of these fail.
fn group_states<N: Arithmetic>(members: &[Member<'_, N>], inside: &[usize]) -> Vec<(N, Vec<(usize, N)>)> {
    let share = |i: usize| N::from_decimal(members[i].failure.map_or_else(Default::default, |f| f.share.get()));
    let mut by_share = inside.to_vec();
    by_share.sort_by(|&a, &b| share(b).float().total_cmp(&share(a).float()));
    let mut states = Vec::new();
    // V between two neighbouring shares: the first `common` members are in common mode.
    for common in 0..=by_share.len() {
        let upper = if common == 0 { N::ONE } else { share(by_share[common - 1]) };
        let lower = by_share.get(common).map_or(N::ZERO, |&i| share(i));
        let chance = upper - lower;
        if chance.float() <= 0.0 {
            continue;
        }
        if common < 2 {
            states.push((chance, Vec::new()));
            continue;
        }
        let mut together = by_share[..common].to_vec();
        if together.iter().any(|&i| members[i].range.is_some()) {
            for (part, u) in places(members, &together) {
                let works = together.iter().map(|&i| (i, members[i].works_at(u)));
                states.push((chance * N::from_float(part), works.collect()));
            }
            continue;
        }
        together.sort_by(|&a, &b| members[a].works.float().total_cmp(&members[b].works.float()));
        // U between two neighbouring chances of failure: the first `failed` members fail.
        for failed in 0..=together.len() {
            let reach = |i: usize| N::ONE - members[i].works;
            let upper = if failed == 0 { N::ONE } else { reach(together[failed - 1]) };
            let lower = together.get(failed).map_or(N::ZERO, |&i| reach(i));
            let part = upper - lower;
            if part.float() <= 0.0 {
                continue;
            }
            let works =
                together.iter().enumerate().map(|(place, &i)| (i, if place < failed { N::ZERO } else { N::ONE }));
            states.push((chance * part, works.collect()));
        }
    }
    states
}

/// Points of u with their weights: one where nothing changes in a stretch.
fn places<N: Arithmetic>(members: &[Member<'_, N>], together: &[usize]) -> Vec<(f64, f64)> {
    let ends = together.iter().map(|&i| members[i].ends()).flat_map(|(low, high)| [low, high]);
    let bends = together.iter().flat_map(|&i| members[i].bends());
    let mut cuts: Vec<f64> = ends.chain(bends).filter(|u| *u > 0.0 && *u < 1.0).collect();
    cuts.extend([0.0, 1.0]);
    cuts.sort_by(f64::total_cmp);
    let mut points = Vec::new();
    for stretch in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
        let (from, to) = (stretch[0], stretch[1]);
        if together.iter().any(|&i| !members[i].is_even(from, to)) {
            points.extend(smooth(GaussLegendre::nodes_32(), from, to).map(|(u, weight)| (weight, u)));
        } else {
            points.push((to - from, 0.5 * (from + to)));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Probability;
    use rust_decimal::Decimal;

    fn group(name: &str, percent: i64) -> FailureGroup {
        FailureGroup { group: name.into(), share: Probability::new(Decimal::new(percent, 2)).unwrap() }
    }

    fn chance_that_fail(states: &[(f64, Vec<f64>)], who: &[usize]) -> f64 {
        states.iter().map(|(p, works)| p * who.iter().map(|&i| 1.0 - works[i]).product::<f64>()).sum()
    }

    #[test]
    fn every_control_keeps_its_own_chance_of_failure_and_pairs_fail_by_the_formula() {
        let (g, h) = (group("a", 15), group("a", 60));
        let other = group("b", 100);
        let members = [
            Member { failure: Some(&g), works: 0.98, range: None },
            Member { failure: Some(&h), works: 0.9, range: None },
            Member { failure: None, works: 0.7, range: None },
            Member { failure: Some(&other), works: 0.5, range: None },
            Member { failure: Some(&other), works: 0.8, range: None },
            Member { failure: Some(&h), works: 0.95, range: None },
        ];
        let states = failure_states(&members);
        assert!((states.iter().map(|s| s.0).sum::<f64>() - 1.0).abs() < 1e-15);
        for (i, member) in members.iter().enumerate() {
            assert!((chance_that_fail(&states, &[i]) - (1.0 - member.works)).abs() < 1e-15, "{i}");
        }
        let near = |who: &[usize], expected: f64| {
            let found = chance_that_fail(&states, who);
            assert!((found - expected).abs() < 1e-15, "{who:?}: {found} against {expected}");
        };
        near(&[0, 1], 0.15 * 0.02 + 0.85 * 0.02 * 0.1);
        near(&[1, 5], 0.6 * 0.05 + 0.4 * 0.1 * 0.05);
        near(&[3, 4], 0.2);
        near(&[0, 2], 0.02 * 0.3);
        near(&[0, 1, 5], 0.15 * 0.02 + 0.45 * 0.02 * 0.05 + 0.4 * 0.02 * 0.1 * 0.05);
    }

    #[test]
    fn who_has_nobody_to_fail_with_fails_alone() {
        let alone = group("a", 100);
        let members = [
            Member { failure: Some(&alone), works: 0.9, range: None },
            Member { failure: None, works: 0.8, range: None },
        ];
        assert_eq!(failure_states(&members), [(1.0, vec![0.9, 0.8])]);
    }
}
