//! What do insurers pay as inputs change, in today's money?
//!
//! Each question moves one input. What is paid is worked out at the means of everything else (one
//! world) and multiplied by what averaging over the unknown adds in the file's own case,
//!
//! ```text
//! paid(x) = paid averaged · paid(x, others at their means) / paid(all at their means) / E[the same ratio over x]
//! ```
//!
//! which is exact where what is paid is a product of what depends on the input and what does not
//! (rates, chances, the controls that prevent), and to the second order elsewhere.

use crate::engine::ByOption;
use crate::engine::values::Values;
use crate::engine::world::{Knowledge, Unknown};
use crate::model::{EstimateId, PlanId, PlannedControl, PolicyId, RiskId};
use crate::stats::special::{normal_cdf, normal_pdf};

use super::{Cover, Horizon, Known, Recoveries};

/// An option as far as insurers see it: policies and controls.
type Insurable = (Vec<PolicyId>, Vec<PlannedControl>);

/// What insurers pay under several plans, as a function of the inputs.
pub struct Covers<'r, 'm, 's> {
    recoveries: &'r Recoveries<'m, 's>,
    horizon: Horizon,
    /// Options that differ for insurers; today is the first.
    options: Vec<Insurable>,
    /// By plan: its option.
    of_plan: ByOption<usize>,
    /// By option: averaged over what is not known, and at the means.
    base: Vec<(f64, f64)>,
}

/// How what is paid answers to one unknown: by option, relative to its average, at equal steps of the normal quantile.
#[derive(Debug, Clone)]
pub struct Response {
    /// The unknown.
    pub estimate: EstimateId,
    steps: Vec<Vec<f64>>,
    /// By option: the mean over the unknown, relative to its value at the means.
    pub means: Vec<f64>,
}

/// Steps of the normal quantile in each direction, and their length.
const HALF: i32 = 5;
const STEP: f64 = 0.65;

impl<'r, 'm, 's> Covers<'r, 'm, 's> {
    /// For plans; none where no policy is ever in force.
    ///
    /// `averaged` are the worths of what is paid over the horizon in the file's own case: today, and by plan.
    pub fn new(
        recoveries: &'r Recoveries<'m, 's>,
        plans: &[PlanId],
        values: &Values<f64>,
        averaged: (f64, &ByOption<f64>),
    ) -> Option<Self> {
        let scenario = recoveries.scenario();
        let horizon = Horizon::new(scenario);
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
        let mut covers = Self { recoveries, horizon, options, of_plan, base: Vec::new() };
        let at_means = covers.worth(values, Known::Everything);
        let of_option = |option: usize| {
            let plan = covers.of_plan.position(|of| *of == option);
            if option == 0 { averaged.0 } else { plan.map_or(0.0, |plan| averaged.1[plan]) }
        };
        covers.base = at_means.into_iter().enumerate().map(|(option, means)| (of_option(option), means)).collect();
        Some(covers)
    }

    fn worth(&self, values: &Values<f64>, known: Known) -> Vec<f64> {
        let worth = |(policies, controls): &Insurable| {
            self.recoveries.over(&self.horizon, &Cover::new(policies, controls), values, known).worth
        };
        self.options.iter().map(worth).collect()
    }

    /// Whether a policy covers any risk of a cluster under some option.
    pub fn insures(&self, risks: &[RiskId]) -> bool {
        let policies = self.options.iter().flat_map(|(policies, _)| policies);
        policies.into_iter().any(|policy| risks.iter().any(|risk| self.recoveries.terms[*policy].covers_any(*risk)))
    }

    /// By option: what is paid in one world, relative to the world of means.
    fn relative(&self, values: &Values<f64>) -> Vec<f64> {
        let now = self.worth(values, Known::Everything);
        now.into_iter().zip(&self.base).map(|(now, (_, means))| if *means > 0.0 { now / means } else { 1.0 }).collect()
    }

    /// By plan: what is paid more than today, from what is paid by option relative to its average.
    fn by_plan(&self, relative: &[f64]) -> ByOption<f64> {
        let paid = |option: usize| self.base[option].0 * relative[option];
        self.of_plan.iter().map(|option| paid(*option) - paid(0)).collect()
    }

    /// By plan: what insurers pay more than today, in the file's own case.
    pub fn more(&self) -> ByOption<f64> {
        self.by_plan(&vec![1.0; self.options.len()])
    }

    /// By plan: the same with other inputs; `response` where one that is not known has the value that it is given.
    pub fn more_at(&self, values: &Values<f64>, response: Option<&Response>) -> ByOption<f64> {
        let mut relative = self.relative(values);
        if let Some(response) = response {
            let means = relative.iter_mut().zip(&response.means);
            means.filter(|(_, mean)| **mean > 0.0).for_each(|(relative, mean)| *relative /= mean);
        }
        self.by_plan(&relative)
    }

    /// How what is paid answers to an unknown.
    pub fn response(&self, knowledge: &Knowledge<'_>, unknown: &Unknown) -> Response {
        let mut values = knowledge.means().clone();
        let mut steps = Vec::new();
        let mut means = vec![0.0; self.options.len()];
        let mut weights = 0.0;
        for k in -HALF..=HALF {
            let z = f64::from(k) * STEP;
            values.replace(unknown.estimate, knowledge.value(unknown, normal_cdf(z)));
            let relative = self.relative(&values);
            let weight = normal_pdf(z);
            weights += weight;
            means.iter_mut().zip(&relative).for_each(|(mean, relative)| *mean += weight * relative);
            steps.push(relative);
        }
        means.iter_mut().for_each(|mean| *mean /= weights);
        Response { estimate: unknown.estimate, steps, means }
    }

    /// By plan: what insurers pay more than today in a world, from the normal quantile of each unknown.
    pub fn in_world(&self, responses: &[(usize, Response)], quantiles: &[f64]) -> ByOption<f64> {
        let mut relative = vec![1.0; self.options.len()];
        for (place, response) in responses {
            relative
                .iter_mut()
                .enumerate()
                .for_each(|(option, relative)| *relative *= response.at(option, quantiles[*place]));
        }
        self.by_plan(&relative)
    }
}

impl Response {
    /// Relative to the mean, at a normal quantile: straight between steps.
    fn at(&self, option: usize, z: f64) -> f64 {
        let last = self.steps.len() - 1;
        let place = (z / STEP + f64::from(HALF)).clamp(0.0, last as f64);
        let index = (place as usize).min(last - 1);
        let part = place - index as f64;
        let value = (1.0 - part) * self.steps[index][option] + part * self.steps[index + 1][option];
        if self.means[option] > 0.0 { value / self.means[option] } else { 1.0 }
    }
}
