//! What do insurers pay over the horizon, year by year and in today's money?

use crate::engine::money::costs::growth;
use crate::engine::money::flows::Discounting;
use crate::engine::schedule::moments;
use crate::engine::values::Values;
use crate::model::{ControlId, PlannedControl, PolicyId, RiskId, Scenario};
use crate::units::Arithmetic;

use super::dates::{Dated, alike};
use super::{Known, Moment, Paid, Recoveries, Scaled, YearSetting};

/// The years of the horizon.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// By year, index 0 is now: what multiplies rates and amounts.
    pub(super) growth: Vec<(f64, f64)>,
    /// By year: what one paid then is worth today, after tax.
    pub(super) worth: Vec<f64>,
    /// Years in a row in which every control that any plan buys, or that could be bought now, is as strong.
    pub(super) alike: Vec<Vec<usize>>,
}

impl Horizon {
    /// Of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let assumptions = scenario.assumptions();
        let rates = growth(assumptions.growth.rates.get(), assumptions.horizon);
        let losses = growth(assumptions.growth.losses.get(), assumptions.horizon);
        let discount = Discounting::of(assumptions).by_year();
        let kept = 1.0 - f64::from_decimal(assumptions.tax_rate.get());
        Self {
            growth: rates.iter().zip(&losses).map(|(rates, losses)| (rates.to_f64(), losses.to_f64())).collect(),
            worth: discount.iter().map(|factor| factor.to_f64() * kept).collect(),
            alike: alike(scenario, discount.len()),
        }
    }

    /// How many years, and now.
    pub fn len(&self) -> usize {
        self.worth.len()
    }
}

/// An option, as far as insurers see it.
#[derive(Clone, Copy)]
pub struct Cover<'a> {
    /// The policies in force.
    pub policies: &'a [PolicyId],
    /// The controls that are bought.
    pub controls: &'a [PlannedControl],
    /// What the strength of a control is multiplied by: with less than one, it is there with that chance, event by event.
    pub bought: &'a dyn Fn(ControlId) -> f64,
    /// Risks whose losses are scaled.
    pub scaled: Scaled<'a>,
}

impl<'a> Cover<'a> {
    /// Policies with controls that are all bought.
    pub fn new(policies: &'a [PolicyId], controls: &'a [PlannedControl]) -> Self {
        Self { policies, controls, bought: &|_| 1.0, scaled: None }
    }
}

/// What insurers pay under one option.
#[derive(Debug, Clone, Default)]
pub struct Recovered {
    /// By year, index 0 is now; of what a change does by date.
    pub by_year: Vec<Paid>,
    /// In today's money, after tax.
    pub worth: f64,
    /// A bound of its error.
    pub error: f64,
    /// In today's money, after tax, each part on its own: event by event for each cluster, then year by year for each
    /// policy.
    pub by_part: Vec<f64>,
}

impl Recoveries<'_, '_> {
    /// What policies pay in a full year with every control in force, at today's rates and prices.
    pub fn full_year(&self, policies: &[PolicyId], controls: &[PlannedControl], values: &Values<f64>) -> Paid {
        let acting = self.acting(policies, controls);
        let year = YearSetting::full(self.scenario(), acting.iter().map(|planned| planned.control));
        self.year(policies, &year, values, Known::Nothing)
    }

    /// What policies pay over the horizon.
    pub fn over(&self, horizon: &Horizon, option: &Cover<'_>, values: &Values<f64>, known: Known) -> Recovered {
        let Cover { policies, scaled, .. } = *option;
        let mut found = Recovered { by_year: vec![Paid::default()], ..Recovered::default() };
        let mut known_years: Vec<(YearSetting, Paid)> = Vec::new();
        for Dated { worth, growth: (rates, money), moments } in self.dates(horizon, option) {
            let size =
                |risk: RiskId| scaled.filter(|(risks, _)| risks.contains(&risk)).map_or(1.0, |(_, factor)| factor);
            let money = self.scenario().risks().ids().map(|risk| money * size(risk)).collect();
            let year = YearSetting { moments, rates, money };
            let paid = match known_years.iter().find(|(known, _)| *known == year) {
                Some((_, paid)) => paid.clone(),
                None => {
                    let paid = self.year(policies, &year, values, known);
                    known_years.push((year, paid.clone()));
                    paid
                }
            };
            found.worth += worth * paid.total();
            found.by_part.resize(paid.by_part.len(), 0.0);
            found.by_part.iter_mut().zip(&paid.by_part).for_each(|(sum, part)| *sum += worth * part);
            found.error += worth * paid.error();
            found.by_year.push(paid);
        }
        found
    }

    /// The planned controls that act on any risk that these policies cover, or on one that leads to it.
    pub fn acting(&self, policies: &[PolicyId], controls: &[PlannedControl]) -> Vec<PlannedControl> {
        let insured = |risk: &RiskId| policies.iter().any(|policy| self.terms[*policy].covers_any(*risk));
        let clusters: Vec<_> =
            self.model.clusters().iter().filter(|cluster| cluster.risks.iter().any(insured)).collect();
        let acts = |control: ControlId| {
            let on = |risk: &RiskId| self.model.actions(*risk).iter().any(|action| action.control == control);
            clusters.iter().any(|cluster| cluster.risks.iter().any(on))
        };
        let mut acting: Vec<PlannedControl> =
            controls.iter().copied().filter(|planned| acts(planned.control)).collect();
        acting.sort_by_key(|planned| planned.control);
        acting
    }

    pub(super) fn moments(
        &self,
        policies: &[PolicyId],
        controls: &[PlannedControl],
        t: usize,
        bought: &dyn Fn(ControlId) -> f64,
    ) -> Vec<Moment> {
        let acting = self.acting(policies, controls);
        let dated: Vec<_> =
            acting.iter().map(|planned| (*planned, &self.scenario().controls()[planned.control])).collect();
        let depth = self.model.clusters().iter().map(|cluster| cluster.depth).max().unwrap_or(1);
        let mut only = vec![0.0; t + 1];
        only[t] = 1.0;
        let mut found: Vec<Moment> = Vec::new();
        for moment in moments(&dated, depth, &only).into_iter().filter(|moment| moment.weight > 0.0) {
            let strengths = acting
                .iter()
                .zip(moment.strengths)
                .map(|(planned, part)| (planned.control, part * bought(planned.control)));
            // What is not there yet does nothing.
            let strengths: Vec<(ControlId, f64)> = strengths.filter(|(_, part)| *part > 0.0).collect();
            match found.iter_mut().find(|(_, known)| *known == strengths) {
                Some((weight, _)) => *weight += moment.weight,
                None => found.push((moment.weight, strengths)),
            }
        }
        found
    }
}
