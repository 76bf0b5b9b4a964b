//! Which risks bring each other, and what do they cost together in an average year?
//!
//! A shared cause brings one event to each of several risks, on top of their own; an event of one
//! risk may lead to one of another. Events that are brought meet the controls of the risk that
//! they come to, like its own. Upstream first, with k the part of brought events that the
//! controls let through:
//!
//! ```text
//! brought(B) = k(B) · (Σ causes + Σ events(A) · chance(A → B))
//! events(B)  = own(B) + brought(B)
//! ```
//!
//! A control may act on A and on B: then what we do not know of it stands twice in a product, whose
//! mean is taken over points (`repeated`). See `docs/model/dependence.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    ByRisk, CauseId, Change, ControlId, EstimateId, EventRate, Factor, Risk, RiskId, Scenario, Table, ThreatEvents,
    Vulnerability, ids,
};
use crate::units::Arithmetic;

use super::joined::Joined;
use super::loss::{Action, LossModel, Origin, RiskMeans};
use super::repeated::{Repeated, fail_by_unknown_chances, repeated};
use super::values::Values;

ids! {
    /// The place of a cluster in [`LossModel::clusters`].
    ClusterId;
}

/// Risks that are bound together by chains and shared causes; a risk of its own is one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its risks, each after those that lead to it.
    pub risks: Vec<RiskId>,
    /// The shared causes that strike it.
    pub causes: Vec<CauseId>,
    /// The longest chain, in risks.
    pub depth: usize,
    /// Controls of which something unknown stands several times along a chain.
    pub(super) repeated: Vec<Repeated>,
    /// Whether controls fail together by chances that are not known.
    pub(super) spread: bool,
}

/// Groups the risks of a scenario.
pub(super) fn clusters(model: &LossModel<'_>) -> Table<ClusterId, Cluster> {
    let scenario = model.scenario();
    let risks = scenario.risks();
    let mut joined = Joined::apart(risks.ids());
    for (index, risk) in risks.entries() {
        risk.leads_to.iter().for_each(|chain| joined.join(index, chain.risk));
    }
    for cause in scenario.shared_causes() {
        cause.strikes.windows(2).for_each(|pair| joined.join(pair[0], pair[1]));
    }
    let mut causes: BTreeMap<RiskId, Vec<CauseId>> = BTreeMap::new();
    for (index, cause) in scenario.shared_causes().entries() {
        if let Some(&first) = cause.strikes.first() {
            causes.entry(joined.first(first)).or_default().push(index);
        }
    }
    joined
        .groups()
        .into_iter()
        .map(|(first, members)| {
            let (risks, depth) = upstream_first(scenario, &members);
            let repeated = if depth > 1 { repeated(model, &risks) } else { Vec::new() };
            let spread = fail_by_unknown_chances(model, &risks);
            Cluster { risks, causes: causes.remove(&first).unwrap_or_default(), depth, repeated, spread }
        })
        .collect()
}

/// The members in an order in which none leads to an earlier one, and the longest chain.
fn upstream_first(scenario: &Scenario, members: &[RiskId]) -> (Vec<RiskId>, usize) {
    let mut waiting: BTreeMap<RiskId, usize> = members.iter().map(|risk| (*risk, 0)).collect();
    for chain in members.iter().flat_map(|risk| &scenario.risks()[*risk].leads_to) {
        if let Some(count) = waiting.get_mut(&chain.risk) {
            *count += 1;
        }
    }
    let mut level: BTreeMap<RiskId, usize> = BTreeMap::new();
    let mut ready: Vec<RiskId> = members.iter().copied().filter(|risk| waiting[risk] == 0).rev().collect();
    let mut order = Vec::with_capacity(members.len());
    while let Some(risk) = ready.pop() {
        order.push(risk);
        let own = level.get(&risk).copied().unwrap_or(1);
        for chain in &scenario.risks()[risk].leads_to {
            let reached = level.entry(chain.risk).or_insert(1);
            *reached = (*reached).max(own + 1);
            if let Some(count) = waiting.get_mut(&chain.risk) {
                *count -= 1;
                if *count == 0 {
                    ready.push(chain.risk);
                }
            }
        }
    }
    (order, level.values().copied().max().unwrap_or(1))
}

/// The factors of how often a risk strikes by itself, with their estimates: none for a contest.
pub(crate) fn own_rate(risk: &Risk) -> Vec<(Factor, EstimateId)> {
    match &risk.rate {
        EventRate::Frequency(id) => vec![(Factor::Frequency, *id)],
        EventRate::Threat { events, vulnerability } => {
            let mut factors = match events {
                ThreatEvents::Events(id) => vec![(Factor::Events, *id)],
                ThreatEvents::Contacts { contacts, action } => {
                    vec![(Factor::Contacts, *contacts), (Factor::Action, *action)]
                }
            };
            if let Vulnerability::Chance(id) = vulnerability {
                factors.push((Factor::Vulnerability, *id));
            }
            factors
        }
    }
}

/// The estimates that enter how often a risk strikes.
fn rate_estimates(model: &LossModel<'_>, risk: RiskId) -> Vec<EstimateId> {
    let item = &model.scenario().risks()[risk];
    let mut ids: Vec<EstimateId> = own_rate(item).into_iter().map(|(_, id)| id).collect();
    if let EventRate::Threat { vulnerability: Vulnerability::Contest { capability, resistance }, .. } = &item.rate {
        ids.extend([*capability, *resistance]);
    }
    ids.extend(model.actions(risk).iter().flat_map(|action| action_estimates(model, action, &Factor::is_rate)));
    ids
}

/// The estimates of what a control does to a risk, as far as these factors are counted.
pub(super) fn action_estimates(
    model: &LossModel<'_>,
    action: &Action<'_>,
    counted: &dyn Fn(Factor) -> bool,
) -> Vec<EstimateId> {
    let effects = action.effects.iter().filter(|effect| counted(effect.factor));
    let mut ids: Vec<EstimateId> = effects
        .map(|effect| match effect.change {
            Change::Reduction(id) | Change::Becomes(id) => id,
        })
        .collect();
    if !ids.is_empty() {
        let control = &model.scenario().controls()[action.control];
        ids.extend([control.coverage, control.reliability].into_iter().flatten());
    }
    ids
}

/// Every estimate that enters the loss of a risk's events, its own rate included.
pub(super) fn risk_estimates(model: &LossModel<'_>, risk: RiskId) -> Vec<EstimateId> {
    let scenario = model.scenario();
    let item = &scenario.risks()[risk];
    let mut ids = rate_estimates(model, risk);
    ids.extend(item.primary.iter().map(|loss| loss.amount));
    if let Some((value, exposure)) = item.asset {
        ids.extend([value, exposure]);
    }
    if let Some(outage) = item.outage {
        let stream = item.value_stream.map(|stream| &scenario.value_streams()[stream]);
        let priced = [outage.share, stream.and_then(|s| s.revenue), stream.and_then(|s| s.margin)];
        ids.push(outage.duration);
        ids.extend(priced.into_iter().flatten());
    }
    if let Some(dwell) = item.dwell {
        ids.push(dwell.time);
        ids.extend(dwell.per_day.into_iter().chain(dwell.then.map(|then| then.loss)));
    }
    for secondary in &item.secondary {
        ids.extend(&secondary.chance);
        ids.extend(secondary.losses.iter().map(|loss| loss.amount));
    }
    ids.extend(model.actions(risk).iter().flat_map(|action| action_estimates(model, action, &|f| !f.is_rate())));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The clusters whose loss each estimate enters.
pub(super) fn touched(model: &LossModel<'_>) -> BTreeMap<EstimateId, BTreeSet<ClusterId>> {
    let scenario = model.scenario();
    let mut touched: BTreeMap<EstimateId, BTreeSet<ClusterId>> = BTreeMap::new();
    for (index, cluster) in model.clusters().entries() {
        for &risk in &cluster.risks {
            let chains = scenario.risks()[risk].leads_to.iter().map(|chain| chain.chance);
            for id in risk_estimates(model, risk).into_iter().chain(chains) {
                touched.entry(id).or_default().insert(index);
            }
        }
        for &cause in &cluster.causes {
            touched.entry(scenario.shared_causes()[cause].frequency).or_default().insert(index);
        }
    }
    touched
}

impl LossModel<'_> {
    /// The mean figures of every risk of a cluster, in the cluster's order.
    ///
    /// `strength` tells, by control, which part of its effect is in force; `counted` which
    /// effects are counted (risk, control, factor).
    pub fn means<N: Arithmetic>(
        &self,
        cluster: &Cluster,
        values: &Values<N>,
        strength: &dyn Fn(ControlId) -> Option<N>,
        counted: &dyn Fn(RiskId, ControlId, Factor) -> bool,
    ) -> Vec<RiskMeans<N>> {
        let mut sum: Option<Vec<RiskMeans<N>>> = None;
        let acts = |control: ControlId| strength(control).is_some();
        self.at_points(cluster, values, None, &acts, &mut |weight, values| {
            let mut here = self.given(cluster, values, strength, counted);
            match &mut sum {
                Some(sum) => sum.iter_mut().zip(&here).for_each(|(sum, here)| sum.add(weight, here)),
                None => {
                    here.iter_mut().for_each(|means| means.scale(weight));
                    sum = Some(here);
                }
            }
        });
        sum.unwrap_or_default()
    }

    /// The same in a world whose unknowns have these values.
    pub fn given<N: Arithmetic>(
        &self,
        cluster: &Cluster,
        values: &Values<N>,
        strength: &dyn Fn(ControlId) -> Option<N>,
        counted: &dyn Fn(RiskId, ControlId, Factor) -> bool,
    ) -> Vec<RiskMeans<N>> {
        let scenario = self.scenario();
        let mut brought: BTreeMap<RiskId, N> = BTreeMap::new();
        let bring = |brought: &mut BTreeMap<RiskId, N>, risk: RiskId, rate: N| {
            let sum = brought.entry(risk).or_insert(N::ZERO);
            *sum = *sum + rate;
        };
        for cause in cluster.causes.iter().map(|cause| &scenario.shared_causes()[*cause]) {
            cause.strikes.iter().for_each(|risk| bring(&mut brought, *risk, values.get(cause.frequency)));
        }
        cluster
            .risks
            .iter()
            .map(|&risk| {
                let counted = |control, factor| counted(risk, control, factor);
                let mut means = self.events(risk, Origin::Own, values, strength, &counted);
                if let Some(&rate) = brought.get(&risk) {
                    let each = self.events(risk, Origin::Brought, values, strength, &counted);
                    means.brought = rate * each.rate;
                    means.add(rate, &RiskMeans { brought: N::ZERO, vulnerability: None, ..each });
                }
                for chain in &scenario.risks()[risk].leads_to {
                    bring(&mut brought, chain.risk, means.rate * values.get(chain.chance));
                }
                means
            })
            .collect()
    }

    /// The mean figures of every risk, in file order.
    pub fn all_means<N: Arithmetic>(
        &self,
        values: &Values<N>,
        strength: &dyn Fn(ControlId) -> Option<N>,
    ) -> ByRisk<RiskMeans<N>> {
        let mut by_risk: ByRisk<Option<RiskMeans<N>>> = self.scenario().risks().iter().map(|_| None).collect();
        for cluster in self.clusters() {
            let means = self.means(cluster, values, strength, &|_, _, _| true);
            cluster.risks.iter().zip(means).for_each(|(risk, means)| by_risk[*risk] = Some(means));
        }
        by_risk.into_iter().flatten().collect()
    }

    /// Whether any of these controls acts on a risk itself.
    pub fn is_acted_on(&self, risk: RiskId, acts: &dyn Fn(ControlId) -> bool) -> bool {
        self.actions(risk).iter().any(|action| acts(action.control))
    }
}

impl<N: Arithmetic> RiskMeans<N> {
    /// Adds `times` times the figures of other events of the same risk.
    fn add(&mut self, times: N, other: &Self) {
        self.rate = self.rate + times * other.rate;
        self.brought = self.brought + times * other.brought;
        if let (Some(sum), Some(more)) = (&mut self.vulnerability, other.vulnerability) {
            *sum = *sum + times * more;
        }
        self.annual_loss = self.annual_loss + times * other.annual_loss;
        for (sum, more) in self.components.iter_mut().zip(&other.components) {
            *sum = *sum + times * *more;
        }
    }

    fn scale(&mut self, factor: N) {
        self.rate = self.rate * factor;
        self.brought = self.brought * factor;
        self.vulnerability = self.vulnerability.map(|chance| chance * factor);
        self.annual_loss = self.annual_loss * factor;
        self.components.iter_mut().for_each(|component| *component = *component * factor);
    }
}
