//! What is known already of what policies pay: what a question depends on, and what was worked out of it.
//!
//! Plans, dates, sets of controls and inputs that are moved ask for the same years again and again. What is kept stands
//! under everything that tells one question from another, so that a moved input touches its own clusters alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::loss::LossModel;
use crate::engine::system::{ClusterId, action_estimates, touched};
use crate::engine::values::Values;
use crate::engine::world::Unknown;
use crate::model::{ControlId, EstimateId, PolicyId, RiskId, Table};
use crate::stats::Distribution;
use crate::stats::gauss::Nodes;
use crate::stats::lattice::{Count, Spectrum};

use super::claim::Laws;
use super::knowledge::Bounded;
use super::overlap::Column;
use super::{Known, Recoveries, YearSetting, bought};

/// What is asked about some clusters.
#[derive(Clone, Copy)]
pub(super) struct Asks<'a> {
    pub clusters: &'a [ClusterId],
    /// What is paid by these,
    pub asked: &'a [PolicyId],
    /// where these are in force.
    pub policies: &'a [PolicyId],
    /// The year as the clusters see it.
    pub year: &'a YearSetting,
    pub known: Known,
}

/// What the events of every cluster depend on.
#[derive(Debug, Default)]
pub(super) struct Reads(Table<ClusterId, Read>);

/// What the events of a cluster depend on.
#[derive(Debug, Default)]
struct Read {
    /// Estimates, each with the control whose effect it is part of.
    estimates: Vec<(EstimateId, Option<ControlId>)>,
    controls: Vec<ControlId>,
}

impl Reads {
    /// Of a case; nothing where nothing is insured, for nobody asks.
    pub fn all(model: &LossModel<'_>) -> Arc<Self> {
        if model.scenario().insurance().is_empty() {
            return Arc::default();
        }
        let mut reads: Table<ClusterId, Read> = model.clusters().ids().map(|_| Read::default()).collect();
        let mut control_of: BTreeMap<EstimateId, ControlId> = BTreeMap::new();
        for (id, cluster) in model.clusters().entries() {
            for action in cluster.risks.iter().flat_map(|risk| model.actions(*risk)) {
                reads[id].controls.push(action.control);
                let of_action = action_estimates(model, action, &|_| true);
                control_of.extend(of_action.into_iter().map(|estimate| (estimate, action.control)));
            }
        }
        for (estimate, clusters) in touched(model) {
            let control = control_of.get(&estimate).copied();
            clusters.into_iter().for_each(|cluster| reads[cluster].estimates.push((estimate, control)));
        }
        Arc::new(Self(reads))
    }

    /// Whether an estimate enters a cluster.
    pub fn enters(&self, cluster: ClusterId, estimate: EstimateId) -> bool {
        self.0[cluster].estimates.iter().any(|(read, _)| *read == estimate)
    }

    /// The estimates that some clusters read where these controls stand.
    fn of(&self, clusters: &[ClusterId], standing: &[ControlId]) -> BTreeSet<EstimateId> {
        let all = clusters.iter().flat_map(|cluster| &self.0[*cluster].estimates);
        let read = all.filter(|(_, control)| control.is_none_or(|control| standing.contains(&control)));
        read.map(|(estimate, _)| *estimate).collect()
    }
}

/// What does not change from one question to the next.
#[derive(Default)]
pub(super) struct Found {
    /// The mean layer of an event.
    pub layers: Kept<Bounded>,
    /// The layer of an event on a grid.
    pub spectra: Kept<Arc<Spectrum>>,
    /// One amount on a grid.
    pub amounts: Laws,
    /// Values of a range at the points at which overlaps are averaged.
    pub columns: Kept<Arc<Column>>,
    /// Ranges of amounts together with what is drawn with them.
    pub ranges: Kept<Arc<Distribution>>,
    /// What policies pay in a year of some clusters: plans, dates, sets of controls and changes of an input elsewhere
    /// ask for the same years.
    pub years: Kept<Arc<Vec<Bounded>>>,
    /// With what of the unknown annual terms bend what is paid, and whether too much for a few points.
    pub decided: Kept<(Arc<Vec<Unknown>>, bool)>,
    /// Counts of events, averaged over what is not known of their rate.
    pub counts: Kept<Arc<Count>>,
    /// Points that stand for an axis of the unknown.
    pub points: Kept<Arc<Nodes>>,
}

/// What is known of the insured years of a case. It holds for every case with the same risks, controls and policies:
/// with other plans, dates, growth or rates of discount.
#[derive(Clone, Default)]
pub struct Memory(Arc<Found>);

impl Memory {
    /// What it holds.
    pub(super) fn found(&self) -> Arc<Found> {
        Arc::clone(&self.0)
    }
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory")
    }
}

/// What was worked out, by what tells it from others: so much of it that memory stays bounded.
pub(super) struct Kept<T>(Mutex<HashMap<Vec<u64>, T>>);

/// So many are kept of each kind.
const MOST_KEPT: usize = 8192;

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Kept<T> {
    /// What is kept under a key, or made now.
    pub fn get(&self, key: Vec<u64>, make: impl FnOnce() -> T) -> T {
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let made = make();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEPT {
            all.clear();
        }
        all.insert(key, made.clone());
        made
    }
}

impl YearSetting {
    /// What tells a year under these policies from others, for some risks.
    fn key(&self, risks: impl Iterator<Item = RiskId>, policies: &[PolicyId]) -> Vec<u64> {
        let mut key = vec![self.rates.to_bits()];
        key.extend(risks.flat_map(|risk| [risk.0 as u64, self.money[risk].to_bits()]));
        key.extend(policies.iter().map(|policy| policy.0 as u64));
        for (part, strengths) in &self.moments {
            key.extend([u64::MAX, part.to_bits()]);
            key.extend(strengths.iter().flat_map(|(control, strength)| [control.0 as u64, strength.to_bits()]));
        }
        key
    }
}

impl Recoveries<'_, '_> {
    /// A year as some clusters see it.
    pub(super) fn year_of(&self, year: &YearSetting, clusters: &[ClusterId]) -> YearSetting {
        year.seen_by(&|control| clusters.iter().any(|cluster| self.reads.0[*cluster].controls.contains(&control)))
    }

    /// What is kept of a question, or is worked out now.
    pub(super) fn kept(
        &self,
        annual: bool,
        asks: &Asks<'_>,
        values: &Values<f64>,
        make: &dyn Fn() -> Vec<Bounded>,
    ) -> Arc<Vec<Bounded>> {
        self.found.years.get(self.key(annual, asks, values), || Arc::new(make()))
    }

    /// What tells a question from others.
    pub(super) fn key(&self, annual: bool, asks: &Asks<'_>, values: &Values<f64>) -> Vec<u64> {
        let Asks { clusters, asked, policies, year, known } = *asks;
        let risks = clusters.iter().flat_map(|cluster| &self.model.clusters()[*cluster].risks);
        let mut key = year.key(risks.copied(), policies);
        // One world is told from the mean over all of them.
        key.extend([u64::MAX, u64::from(annual), self.care as u64, u64::from(known == Known::Everything)]);
        key.extend(asked.iter().map(|policy| policy.0 as u64));
        key.push(u64::MAX);
        let read = self.reads.of(clusters, &bought(&year.moments));
        key.extend(known.one().filter(|id| read.contains(id)).map(|id| id.0 as u64));
        key.push(u64::MAX);
        key.extend(read.into_iter().map(|id| values.get(id).to_bits()));
        key.extend(values.derived().map(f64::to_bits));
        key
    }
}
