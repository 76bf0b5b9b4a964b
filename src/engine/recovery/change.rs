//! What do insurers pay as inputs change, in today's money?
//!
//! What is paid is no straight line in anything: not even in a rate, where the sum of a year counts. So each change
//! of an input is worked out over all that is not known, as the file's own case is, and held against that case in the
//! same worlds ([`super::Care::Change`]):
//!
//! ```text
//! paid(x) = paid · paid in a few worlds(x) / paid in the same worlds
//! ```
//!
//! Where a policy covers one amount of each event and nothing of a year there are no few worlds, and the two are equal.
//! What a change leaves alone is worked out once ([`Recoveries`]).

use crate::engine::values::Values;
use crate::engine::{ByOption, OptionId};
use crate::model::{PlanId, PlannedControl, PolicyId, RiskId};

use super::{Cover, Horizon, Known, Recoveries};

/// An option as far as insurers see it: policies and controls.
type Insurable = (Vec<PolicyId>, Vec<PlannedControl>);

/// What insurers pay under several plans, as a function of the inputs.
pub struct Covers<'m, 's> {
    recoveries: Recoveries<'m, 's>,
    horizon: Horizon,
    /// Options that differ for insurers; today is the first.
    options: Vec<Insurable>,
    /// By plan: its option.
    of_plan: ByOption<usize>,
    /// By option and part: what is paid over what is paid in the few worlds. What a plan leaves alone cancels only where
    /// its part has a ratio of its own.
    ratios: Vec<Vec<f64>>,
}

/// What a figure for [`super::Care::Change`] is multiplied by: what is paid, over the same as it is worked out there.
pub fn over_changes(paid: f64, here: f64) -> f64 {
    if here > 0.0 { paid / here } else { 1.0 }
}

impl<'m, 's> Covers<'m, 's> {
    /// For plans; none where no policy is ever in force.
    pub fn new(recoveries: &Recoveries<'m, 's>, plans: &[PlanId], values: &Values<f64>) -> Option<Self> {
        let scenario = recoveries.scenario();
        let mut options = vec![(recoveries.in_force(None), Vec::new())];
        let of_plan: ByOption<usize> = plans
            .iter()
            .map(|plan| {
                let policies = recoveries.in_force(Some(*plan));
                let controls = recoveries.acting(&policies, &scenario.plans()[*plan].controls);
                let option = (policies, controls);
                options.iter().position(|known| *known == option).unwrap_or_else(|| {
                    options.push(option);
                    options.len() - 1
                })
            })
            .collect();
        if options.iter().all(|(policies, _)| policies.is_empty()) {
            return None;
        }
        let (changes, horizon) = (recoveries.for_changes(), Horizon::new(scenario));
        let ratio = |(policies, controls): &Insurable| -> Vec<f64> {
            let of = |recoveries: &Recoveries<'_, '_>| {
                recoveries.over(&horizon, &Cover::new(policies, controls), values, Known::Nothing).by_part
            };
            of(recoveries).into_iter().zip(of(&changes)).map(|(paid, here)| over_changes(paid, here)).collect()
        };
        let ratios = options.iter().map(ratio).collect();
        Some(Self { recoveries: changes, horizon, options, of_plan, ratios })
    }

    /// Whether a policy covers any risk of a cluster under some option.
    pub fn insures(&self, risks: &[RiskId]) -> bool {
        let policies = self.options.iter().flat_map(|(policies, _)| policies);
        policies.into_iter().any(|policy| risks.iter().any(|risk| self.recoveries.terms[*policy].covers_any(*risk)))
    }

    /// What insurers pay under an option.
    fn paid(&self, option: usize, values: &Values<f64>, known: Known) -> f64 {
        let (policies, controls) = &self.options[option];
        let paid = self.recoveries.over(&self.horizon, &Cover::new(policies, controls), values, known).by_part;
        paid.iter().zip(&self.ratios[option]).map(|(paid, ratio)| ratio * paid).sum()
    }

    /// What insurers pay more than today under a plan, with these inputs.
    pub fn more_of(&self, plan: OptionId, values: &Values<f64>, known: Known) -> f64 {
        self.paid(self.of_plan[plan], values, known) - self.paid(0, values, known)
    }

    /// The same by plan.
    pub fn more(&self, values: &Values<f64>, known: Known) -> ByOption<f64> {
        let paid: Vec<f64> = (0..self.options.len()).map(|option| self.paid(option, values, known)).collect();
        self.of_plan.iter().map(|option| paid[*option] - paid[0]).collect()
    }
}
