//! At which dates is a year worked out, so that the horizon is known?
//!
//! A figure asks for every year. Where only what a change does is asked for ([`Care::Change`]), years of the same controls
//! that differ in nothing but growth are not all worked out: what is paid is smooth in time where luck is wide beside
//! growth, so that a few dates, the points of a Gauss rule over these years with what one paid then is worth, stand for
//! all of them.

use crate::engine::event::severity;
use crate::engine::values::Values;
use crate::model::{Change, EstimateId, Part, RiskId, Scenario};
use crate::stats::gauss;
use crate::units::Arithmetic;

use super::{Care, Cover, Horizon, Moment, Recoveries};

/// What money and rates may grow by, in logs, within years for which one date stands, and two.
const ONE_DATE: f64 = 0.03;
const TWO_DATES: f64 = 0.5;
/// Luck that is at least this part of the growth rounds off the kinks of what is paid.
const WIDE: f64 = 0.5;

/// A year, or a date that stands for several.
pub(super) struct Dated {
    /// What one paid then is worth today, after tax.
    pub worth: f64,
    /// What multiplies rates and amounts.
    pub growth: (f64, f64),
    /// The moments of the year.
    pub moments: Vec<Moment>,
}

/// The years of a horizon, those in a row together in which nothing begins and nothing is on its way to full force,
/// whatever is bought: options that share their dates also share what these miss.
pub(super) fn alike(scenario: &Scenario, years: usize) -> Vec<Vec<usize>> {
    let now = scenario.controls().ids().map(|control| (control, 0.0));
    let planned = scenario.plans().iter().flat_map(|plan| &plan.controls);
    let planned = planned.map(|planned| (planned.control, f64::from_decimal(planned.start)));
    let ramp = |control| f64::from_decimal(scenario.controls()[control].ramp.years());
    let dates: Vec<(f64, f64)> = now.chain(planned).map(|(control, start)| (start, start + ramp(control))).collect();
    let mut alike: Vec<Vec<usize>> = Vec::new();
    for t in 1..years {
        let (from, to) = (t as f64 - 2.0, t as f64);
        let goes_on = dates.iter().all(|(start, full)| *full <= from || *start >= to);
        match alike.last_mut().filter(|_| goes_on) {
            Some(years) => years.push(t),
            None => alike.push(vec![t]),
        }
    }
    alike
}

impl Horizon {
    /// What multiplies rates and amounts at a date between two years.
    fn growth_at(&self, date: f64) -> (f64, f64) {
        let year = (date.floor() as usize).min(self.len() - 1);
        let next = (year + 1).min(self.len() - 1);
        let part = date - date.floor();
        let between = |a: f64, b: f64| libm::pow(a, 1.0 - part) * libm::pow(b, part);
        let (from, to) = (self.growth[year], self.growth[next]);
        (between(from.0, to.0), between(from.1, to.1))
    }

    /// What rates and amounts grow by from the first of some years to the last, in logs.
    fn spread(&self, years: &[usize]) -> f64 {
        let (Some(first), Some(last)) = (years.first(), years.last()) else { return 0.0 };
        let (from, to) = (self.growth[*first], self.growth[*last]);
        libm::log(to.0 / from.0).abs() + libm::log(to.1 / from.1).abs()
    }
}

impl Recoveries<'_, '_> {
    /// The years of the horizon under an option; of a change the dates that stand for them.
    pub(super) fn dates(&self, horizon: &Horizon, option: &Cover<'_>) -> Vec<Dated> {
        let moments = |t: usize| self.moments(option.policies, option.controls, t, option.bought);
        let year = |t: usize| Dated { worth: horizon.worth[t], growth: horizon.growth[t], moments: moments(t) };
        if self.care == Care::Figure {
            return (1..horizon.len()).map(year).collect();
        }
        let mut dates = Vec::new();
        for years in &horizon.alike {
            let spread = horizon.spread(years);
            let count = if spread <= ONE_DATE { 1 } else { 2 + usize::from(spread > TWO_DATES) };
            // Years that do not differ are worked out once in any case.
            if spread == 0.0 || count >= years.len() || self.luck < WIDE * spread {
                dates.extend(years.iter().map(|t| year(*t)));
                continue;
            }
            let points: Vec<(f64, f64)> = years.iter().map(|t| (*t as f64, horizon.worth[*t])).collect();
            let whole: f64 = points.iter().map(|(_, worth)| worth).sum();
            let moments = moments(years[0]);
            dates.extend(gauss::compress(&points, count).into_iter().map(|(date, weight)| Dated {
                worth: whole * weight,
                growth: horizon.growth_at(date),
                moments: moments.clone(),
            }));
        }
        dates
    }

    /// How wide luck is at least, in parts of what it is about: of an event of any insured risk, with and without
    /// controls, and of a year, whose sum is as good as known where events are many.
    pub(super) fn luck_of(&self, means: &Values<f64>) -> f64 {
        let scenario = self.scenario();
        let insured = |risk: RiskId| self.terms.iter().any(|terms| terms.covers_any(risk));
        let risks: Vec<RiskId> = scenario.risks().ids().filter(|risk| insured(*risk)).collect();
        let own: f64 = risks.iter().map(|risk| self.rate(*risk, means, &[])).sum();
        let causes: f64 = scenario.shared_causes().iter().map(|cause| means.get(cause.frequency)).sum();
        let of_year = 1.0 / (own + causes).sqrt();
        risks.into_iter().map(|risk| self.luck_of_event(risk)).fold(of_year, f64::min)
    }

    /// The same of an event of one risk: of the widest of its amounts that always come and that every policy sees.
    fn luck_of_event(&self, risk: RiskId) -> f64 {
        let scenario = self.scenario();
        let of = |id: EstimateId| {
            let range = &scenario.estimate(id).distribution;
            if range.is_atomic() { 0.0 } else { range.variance().sqrt() / range.mean() }
        };
        let effects = || self.model.actions(risk).iter().flat_map(|action| &action.effects);
        let seen = |place: usize| self.terms.iter().all(|terms| terms.covers(risk, place) || !terms.covers_any(risk));
        let parts = scenario.risks()[risk].parts();
        let comes = |part: Part| !matches!(part, Part::Secondary(..) | Part::Next);
        let widths =
            parts.into_iter().enumerate().filter(|(place, part)| comes(*part) && seen(*place)).map(|(_, part)| {
                let new =
                    effects().filter(|effect| effect.factor.reduces(part)).filter_map(|effect| match effect.change {
                        Change::Becomes(new) => Some(of(new)),
                        Change::Reduction(_) => None,
                    });
                new.fold(severity(scenario, risk, part).map_or(0.0, of), f64::min)
            });
        widths.fold(0.0, f64::max)
    }
}
