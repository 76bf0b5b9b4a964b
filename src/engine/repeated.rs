//! How is a product averaged in which one unknown stands several times?
//!
//! A control may act on several risks of one chain: then its coverage stands once for each of them
//! in the product that says how often the last one is struck, and E\[wᵏ\] is not E\[w\]ᵏ. Such a
//! product is a polynomial in w = coverage × reliability, of the degree k of the control's risks
//! along the chain, and ⌊k/2⌋ + 1 Gauss points of w give its mean exactly (Golub & Welsch 1969).
//! Different controls are independent, so their points are crossed.
//!
//! Controls that fail together are no polynomial: who fails is decided by which of their chances
//! of failure is greater. There the points of one reliability are parted where another lies.
//! See `docs/model/dependence.md`.

use std::collections::BTreeMap;

use crate::model::{Control, ControlId, EstimateId, RiskId, Role, Scenario};
use crate::stats::Distribution;
use crate::stats::gauss::{Nodes, compress};
use crate::stats::mixture::nodes;
use crate::stats::quadrature::GaussLegendre;
use crate::units::Arithmetic;

use super::failure::shared_reliabilities;
use super::loss::LossModel;
use super::system::Cluster;
use super::values::Values;

/// A control that acts on several risks of one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repeated {
    /// The control.
    control: ControlId,
    /// On how many risks of one chain at most.
    degree: usize,
}

/// The controls of which something unknown stands more than once along a chain of these risks, each
/// of which comes after those that lead to it.
pub(super) fn repeated(model: &LossModel<'_>, risks: &[RiskId]) -> Vec<Repeated> {
    let scenario = model.scenario();
    let mut acting: BTreeMap<ControlId, BTreeMap<RiskId, bool>> = BTreeMap::new();
    for &risk in risks {
        for action in model.actions(risk) {
            let control = &scenario.controls()[action.control];
            if [control.coverage, control.reliability].into_iter().flatten().any(|id| is_unknown(scenario, id)) {
                let on_rate = action.effects.iter().any(|effect| effect.factor.is_rate());
                acting.entry(action.control).or_default().insert(risk, on_rate);
            }
        }
    }
    acting.retain(|_, on| on.len() > 1);
    let degree = |on: &BTreeMap<RiskId, bool>| {
        // Along the chains that end before a risk: how often the control stands in their rates.
        let mut above: BTreeMap<RiskId, usize> = BTreeMap::new();
        let mut most = 0;
        for risk in risks {
            let before = above.get(risk).copied().unwrap_or(0);
            most = most.max(before + usize::from(on.contains_key(risk)));
            let through = before + usize::from(on.get(risk) == Some(&true));
            for chain in &scenario.risks()[*risk].leads_to {
                let reached = above.entry(chain.risk).or_insert(0);
                *reached = (*reached).max(through);
            }
        }
        most
    };
    let degrees = acting.iter().map(|(control, on)| Repeated { control: *control, degree: degree(on) });
    degrees.filter(|repeated| repeated.degree > 1).collect()
}

/// Whether controls of these risks fail together by chances that are not known.
pub(super) fn fail_by_unknown_chances(model: &LossModel<'_>, risks: &[RiskId]) -> bool {
    let controls = model.scenario().controls();
    let mut actions = risks.iter().flat_map(|risk| model.actions(*risk)).map(|action| &controls[action.control]);
    actions.any(|control| {
        control.fails_with.is_some() && control.reliability.is_some_and(|id| is_unknown(model.scenario(), id))
    })
}

fn is_unknown(scenario: &Scenario, id: EstimateId) -> bool {
    let estimate = scenario.estimate(id);
    estimate.role == Role::Knowledge && !estimate.is_fixed()
}

/// What some estimates may be together, each with its weight.
pub(super) type Points = Vec<(f64, Vec<(EstimateId, f64)>)>;

impl LossModel<'_> {
    /// Calls with every combination of points of what stands several times in the products of a
    /// cluster, and with its weight; one estimate is left out that is known, and controls that do
    /// not act.
    pub(super) fn at_points<N: Arithmetic>(
        &self,
        cluster: &Cluster,
        values: &Values<N>,
        known: Option<EstimateId>,
        acts: &dyn Fn(ControlId) -> bool,
        call: &mut dyn FnMut(N, &Values<N>),
    ) {
        let crossed = self.crossed(cluster, values, known, acts);
        if crossed.is_empty() && !cluster.spread {
            return call(N::ONE, values);
        }
        let mut values = values.clone();
        values.spread(known);
        let all: usize = crossed.iter().map(Vec::len).product();
        for mut place in 0..all {
            let mut weight = N::ONE;
            for points in &crossed {
                let (part, numbers) = &points[place % points.len()];
                place /= points.len();
                weight = weight * N::from_float(*part);
                for (id, number) in numbers {
                    values.replace(*id, N::from_float(*number));
                    values.settle(*id);
                }
            }
            call(weight, &values);
        }
    }

    /// Independent sets of points.
    fn crossed<N: Arithmetic>(
        &self,
        cluster: &Cluster,
        values: &Values<N>,
        known: Option<EstimateId>,
        acts: &dyn Fn(ControlId) -> bool,
    ) -> Vec<Points> {
        let scenario = self.scenario();
        let mut crossed = Vec::new();
        let mut together: BTreeMap<&str, Vec<EstimateId>> = BTreeMap::new();
        for Repeated { control, degree } in cluster.repeated.iter().filter(|repeated| acts(repeated.control)) {
            let control = &scenario.controls()[*control];
            // The points of an estimate, moved to the mean that is asked for.
            let of = |id: EstimateId| -> Nodes {
                let distribution = &scenario.estimate(id).distribution;
                let moved = values.get(id).float() - distribution.mean();
                let points = nodes(distribution, degree / 2 + 1);
                points.into_iter().map(|(x, weight)| (x + moved, weight)).collect()
            };
            let spread = |id: &EstimateId| Some(*id) != known && is_unknown(scenario, *id);
            let (covers, works) = (control.coverage.filter(spread), control.reliability.filter(spread));
            let works = match (works, &control.fails_with) {
                (Some(id), Some(failure)) if self.has_partner(cluster, control, acts) => {
                    together.entry(failure.group.as_str()).or_default().push(id);
                    None
                }
                (works, _) => works,
            };
            crossed.push(match (covers, works) {
                (Some(covers), Some(works)) => {
                    // Only their product matters: as many points carry it as carry each of them.
                    let works = (works, of(works));
                    let cross =
                        of(covers).into_iter().flat_map(|(x, p)| works.1.iter().map(move |(y, q)| (x * y, p * q)));
                    let product = compress(&cross.collect::<Vec<_>>(), degree / 2 + 1);
                    product.into_iter().map(|(w, weight)| (weight, vec![(covers, w), (works.0, 1.0)])).collect()
                }
                (Some(id), None) | (None, Some(id)) => {
                    of(id).into_iter().map(|(x, weight)| (weight, vec![(id, x)])).collect()
                }
                (None, None) => continue,
            });
        }
        crossed.extend(together.into_values().map(|ids| parted(scenario, values, &ids, rule_of(ids.len()))));
        crossed
    }

    /// Whether another control that acts on the cluster shares failures with this one.
    fn has_partner(&self, cluster: &Cluster, control: &Control, acts: &dyn Fn(ControlId) -> bool) -> bool {
        let group = control.fails_with.as_ref().map(|failure| failure.group.as_str());
        let controls = self.scenario().controls();
        cluster.risks.iter().flat_map(|risk| self.actions(*risk)).any(|action| {
            let other = &controls[action.control];
            other.id != control.id
                && acts(action.control)
                && other.fails_with.as_ref().map(|failure| failure.group.as_str()) == group
        })
    }
}

/// So many points that the work stays bounded: two reliabilities are right to ten digits, three to six; of more than
/// three, the others stand at three points each.
fn rule_of(count: usize) -> &'static GaussLegendre {
    match count {
        0..=2 => GaussLegendre::nodes_20(),
        3 => GaussLegendre::nodes_12(),
        _ => GaussLegendre::nodes_8(),
    }
}

/// Points of reliabilities, each parted where those before it lie, where ranges end and where the others that share
/// failures stand: between them, what depends on which is the greater is smooth.
pub(super) fn parted<N: Arithmetic>(
    scenario: &Scenario,
    values: &Values<N>,
    ids: &[EstimateId],
    rule: &GaussLegendre,
) -> Points {
    let others = shared_reliabilities(scenario).into_iter().filter(|id| !ids.contains(id));
    let ranges = ids.iter().map(|id| (*id, &scenario.estimate(*id).distribution));
    let mut ends: Vec<f64> = ranges
        .flat_map(|(id, range)| {
            let moved = values.get(id).float() - range.mean();
            [range.support().0 + moved, range.support().1 + moved]
        })
        .collect();
    ends.extend(others.map(|id| values.get(id).float()));
    let mut points: Points = vec![(1.0, Vec::new())];
    for (place, id) in ids.iter().enumerate() {
        let distribution = &scenario.estimate(*id).distribution;
        let moved = values.get(*id).float() - distribution.mean();
        let mut finer = Points::new();
        for (weight, before) in &points {
            let cuts = before.iter().map(|(_, x)| *x).chain(ends.iter().copied()).map(|x| x - moved).collect();
            let points = if place < 3 { pieces(distribution, cuts, rule) } else { nodes(distribution, 3) };
            for (x, part) in points {
                let mut numbers = before.clone();
                numbers.push((*id, x + moved));
                finer.push((weight * part, numbers));
            }
        }
        points = finer;
    }
    points
}

/// Points of a range that is cut at some values: of each stretch by its density, and by its quantiles where
/// the density grows without end.
fn pieces(range: &Distribution, mut cuts: Vec<f64>, rule: &GaussLegendre) -> Nodes {
    let (low, high) = range.support();
    let inside = (high - low) * 1e-9;
    let by_density = [low + inside, high - inside].iter().all(|x| range.pdf(*x) * (high - low) < 50.0);
    if !by_density || range.is_atomic() {
        cuts = cuts.into_iter().map(|x| range.cdf(x)).collect();
        cuts.extend([0.0, 1.0]);
        cuts.sort_by(f64::total_cmp);
        let stretches = cuts.windows(2).filter(|pair| pair[0] < pair[1]);
        let points = stretches.flat_map(|pair| smooth(rule, pair[0], pair[1]));
        return points.map(|(chance, weight)| (range.quantile(chance), weight)).collect();
    }
    cuts.retain(|x| *x > low && *x < high);
    cuts.extend([low, high]);
    cuts.sort_by(f64::total_cmp);
    let mut points = Nodes::new();
    for stretch in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
        let here: Nodes = smooth(rule, stretch[0], stretch[1]).map(|(x, part)| (x, part * range.pdf(x))).collect();
        let (sum, mass) =
            (here.iter().map(|point| point.1).sum::<f64>(), range.cdf(stretch[1]) - range.cdf(stretch[0]));
        if sum > 0.0 {
            points.extend(here.into_iter().map(|(x, part)| (x, part * mass / sum)));
        }
    }
    points
}

/// Points of a stretch, close together at its ends, where a quantile or a chance may rise like a root.
pub(super) fn smooth(rule: &GaussLegendre, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
    rule.over(0.0, 1.0).map(move |(s, weight)| {
        let place = s * s * s * (10.0 + s * (6.0 * s - 15.0));
        (low + (high - low) * place, (high - low) * weight * 30.0 * s * s * (1.0 - s) * (1.0 - s))
    })
}
