//! Does every chance stay one, and does every doubt count?
//!
//! A risk that happens at most once a year has a chance, not a rate: growth, a threat of many tries or
//! a control's new value must not take its average above 1. A doubt about capability or resistance
//! would have two meanings, so it is refused.

use super::Check;
use super::factor::{growth_of_rates, yearly_events};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Change, Count, EstimateId, EventRate, Factor, Vulnerability};

impl Check<'_> {
    /// Chances of at most one event a year that would pass 1.
    pub(super) fn at_most_once(&mut self) {
        let scenario = self.scenario;
        let growth = growth_of_rates(scenario);
        for (index, risk) in scenario.risks.entries().filter(|(_, risk)| risk.count == Count::AtMostOne) {
            if self.unsure.has(&format!("risk.{}", risk.id)) || self.unsure.has("assumptions") {
                continue;
            }
            let today = yearly_events(scenario, risk);
            let path = format!("risk.{}.count", risk.id);
            if today > 1.0 {
                self.above_one(
                    format!("\"{}\" would happen {} times a year, and at most once is written", risk.id, shown(today)),
                    "write `events` and `vulnerability` whose product is 1 or less",
                    &path,
                );
                continue;
            }
            if today * growth > 1.0 {
                let horizon = scenario.assumptions.horizon;
                self.above_one(
                    format!(
                        "the chance of \"{}\" would grow from {}% to {}% by year {horizon}",
                        risk.id,
                        shown(100.0 * today),
                        shown(100.0 * today * growth)
                    ),
                    "lower `growth.rates` or the horizon",
                    &path,
                );
            }
            let effects = scenario.controls.iter().flat_map(|control| &control.effects);
            for effect in effects.filter(|effect| effect.risk == index) {
                let Change::Becomes(id) = effect.change else { continue };
                let old = super::factor::today_of(risk, effect.factor).map_or(1.0, |id| self.mean_of(id));
                let new = self.mean_of(id);
                let after = match effect.factor {
                    Factor::Frequency => new,
                    Factor::Contacts | Factor::Action | Factor::Events | Factor::Vulnerability if old > 0.0 => {
                        today * new / old
                    }
                    _ => continue,
                };
                if after * growth > 1.0 {
                    self.above_one(
                        format!("the chance of \"{}\" would become {}%", risk.id, shown(100.0 * after * growth)),
                        "write a new value that leaves it at 100% or less",
                        &scenario.estimate(id).path,
                    );
                }
            }
        }
    }

    fn above_one(&mut self, message: String, help: &str, path: &str) {
        self.report(
            Diagnostic::new(Code::ChanceAboveOne, message)
                .help("leave out `count = \"at most one\"`: events then follow one another as often as they come")
                .help(format!("or {help}")),
            path,
            "above 100%",
        );
    }

    fn mean_of(&self, id: EstimateId) -> f64 {
        self.scenario.estimate(id).mean().to_f64()
    }

    /// Doubts about the two sides of a contest.
    pub(super) fn doubts(&mut self) {
        let scenario = self.scenario;
        let sides = scenario.risks.iter().flat_map(|risk| match &risk.rate {
            EventRate::Threat { vulnerability: Vulnerability::Contest { capability, resistance }, .. } => {
                vec![*capability, *resistance]
            }
            _ => Vec::new(),
        });
        let new = scenario.controls.iter().flat_map(|control| &control.effects).filter_map(|effect| {
            match (effect.factor, effect.change) {
                (Factor::Resistance, Change::Becomes(id)) => Some(id),
                _ => None,
            }
        });
        let times = scenario.risks.iter().filter_map(|risk| risk.dwell).map(|dwell| dwell.time);
        let new_times = scenario.controls.iter().flat_map(|control| &control.effects).filter_map(|effect| {
            match (effect.factor, effect.change) {
                (Factor::Dwell, Change::Becomes(id)) => Some(id),
                _ => None,
            }
        });
        for id in times.chain(new_times).collect::<Vec<_>>() {
            let estimate = scenario.estimate(id);
            if estimate.doubt.is_some() {
                self.report(
                    Diagnostic::new(
                        Code::Contradiction,
                        "a `doubt` about the time to containment could mean all events or each one",
                    )
                    .help("leave `doubt` out and widen the range"),
                    &format!("{}.doubt", estimate.path),
                    "two readings",
                );
            }
        }
        for id in sides.chain(new).collect::<Vec<_>>() {
            let estimate = scenario.estimate(id);
            if estimate.doubt.is_none() {
                continue;
            }
            self.report(
                Diagnostic::new(
                    Code::Contradiction,
                    "a `doubt` about capability or resistance could mean all attackers or each one",
                )
                .help("leave `doubt` out and widen the range")
                .help("or state `vulnerability` in place of the two, with a range for what you do not know of it"),
                &format!("{}.doubt", estimate.path),
                "two readings",
            );
        }
    }
}

/// A figure with three digits.
fn shown(value: f64) -> String {
    let digits = (2 - libm::log10(value.max(1e-9)).floor() as i32).clamp(0, 9);
    let text = format!("{value:.*}", usize::try_from(digits).unwrap_or(0));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
