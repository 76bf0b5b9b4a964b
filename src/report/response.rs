//! What do service levels promise of the time to containment, what is an hour of it worth, and what does a broken
//! promise cost?
//!
//! The promise is the time that holds nine times in ten. With θ = after/ln 2 and L the transform of the time, an hour
//! more of every event costs rate × (per_day/24 + loss × L × (1 − e^(−1 h/θ))) a year; a broken promise costs
//! E\[loss | D > q\] − E\[loss | D ≤ q\] an event. Page: `docs/model/dwell.md`.

use crate::engine::{Analysis, PlanAnalysis};
use crate::figures::{self, Hours, Money, ResponseFigures};
use crate::model::{Change, Dwell, EstimateId, Factor, RiskId, Scenario};
use crate::stats::Distribution;
use crate::stats::distribution::{Stage, Tilted, laplace};
use crate::units::Figure;

use super::assessment::by_plan;
use super::sections::subject_index;
use super::sentences::{loss_digits, name};
use super::texts::{line, texts};
use super::{Cell, Section, Table, Text};

/// How often a promise is to hold.
const PROMISED: f64 = 0.9;

/// The time to containment of a risk, with its money.
struct Response<'s> {
    time: &'s Distribution,
    per_hour: f64,
    stage: f64,
    rate: f64,
}

impl<'s> Response<'s> {
    fn new(scenario: &'s Scenario, dwell: &Dwell, time: EstimateId) -> Self {
        let mean = |id: Option<EstimateId>| id.map_or(0.0, |id| scenario.estimate(id).mean().to_f64());
        Self {
            time: &scenario.estimate(time).distribution,
            per_hour: mean(dwell.per_day) / 24.0,
            stage: mean(dwell.then.map(|then| then.loss)),
            rate: dwell.then.map_or(0.0, |then| then.rate()),
        }
    }

    /// The time that holds nine times in ten, in hours.
    fn promise(&self) -> f64 {
        self.time.quantile(PROMISED)
    }

    /// What an event costs by its time.
    fn loss(&self) -> f64 {
        self.per_hour * self.time.mean() + self.stage * (1.0 - laplace(self.time, self.rate))
    }

    /// What an hour more of an event costs.
    fn hour(&self) -> f64 {
        self.per_hour + self.stage * laplace(self.time, self.rate) * -libm::expm1(-self.rate)
    }

    /// What an event beyond the promise costs more than one within it; nothing where none lies beyond.
    fn breach(&self) -> Option<f64> {
        let promise = self.promise();
        let beyond = self.time.sf(promise);
        let within = self.time.cdf(promise);
        if !(beyond > 0.0 && within > 0.0) {
            return None;
        }
        let hours = self.time.limited_mean(promise) - promise * beyond;
        let kept = laplace(self.time, self.rate);
        let kept_within = kept * Tilted::of(self.time, self.rate, Stage::Kept).cdf(promise);
        let loss =
            |hours: f64, kept: f64, chance: f64| self.per_hour * hours / chance + self.stage * (1.0 - kept / chance);
        Some(loss(self.time.mean() - hours, kept - kept_within, beyond) - loss(hours, kept_within, within))
    }
}

/// The time that a plan promises for a risk: that of a control of it, else today's.
fn promised(scenario: &Scenario, risk: RiskId, dwell: &Dwell, plan: &PlanAnalysis) -> EstimateId {
    let controls = plan.controls.iter().map(|costs| &scenario.controls()[costs.control]);
    let new = controls.flat_map(|control| &control.effects).find_map(|effect| match effect.change {
        Change::Becomes(id) if effect.risk == risk && effect.factor == Factor::Dwell => Some(id),
        _ => None,
    });
    new.unwrap_or(dwell.time)
}

fn risks(scenario: &Scenario) -> impl Iterator<Item = (RiskId, Dwell)> + '_ {
    scenario.risks().entries().filter_map(|(risk, item)| Some((risk, item.dwell?)))
}

/// Times to containment for other programs; hours, and money before insurers.
pub(super) fn figures(scenario: &Scenario, analysis: &Analysis) -> Vec<ResponseFigures> {
    let list = risks(scenario).map(|(risk, dwell)| {
        let of = |time: EstimateId, rate: Figure| {
            let response = Response::new(scenario, &dwell, time);
            figures::Response {
                contained_9_in_10_hours: Hours::finite(response.promise()),
                loss_per_event: Money::approximate(response.loss()),
                hour_more_per_event: Money::approximate(response.hour()),
                hour_more_per_year: Money::approximate(rate.to_f64() * response.hour()),
                broken_promise_per_event: Money::approximate(response.breach()),
            }
        };
        ResponseFigures {
            risk: scenario.risks()[risk].id.clone(),
            today: of(dwell.time, analysis.today[risk].rate),
            plans: by_plan(scenario, analysis, |plan, _| {
                of(promised(scenario, risk, &dwell, plan), plan.risks[risk].rate)
            }),
        }
    });
    list.collect()
}

/// Service levels: what is promised of the time to containment, and what it is worth.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let words = &texts(scenario).parts;
    let digits = loss_digits(scenario);
    let subject = subject_index(analysis).map(|index| &analysis.plans[index]);
    let money = |value: f64| Cell::Money(Figure::approximate(value), digits);
    let mut columns = [words.risk, words.contained, words.hour_a_year].map(str::to_owned).to_vec();
    if let Some(plan) = subject {
        columns.push(line(words.contained_with, &[("plan", &name(scenario, plan))]));
        columns.extend([words.saved_an_event, words.broken].map(str::to_owned));
    }
    let rows: Vec<Vec<Cell>> = risks(scenario)
        .map(|(risk, dwell)| {
            let today = Response::new(scenario, &dwell, dwell.time);
            let mut row = vec![
                Cell::words(&scenario.risks()[risk].name),
                Cell::Duration(today.promise()),
                money(analysis.today[risk].rate.to_f64() * today.hour()),
            ];
            if let Some(plan) = subject {
                let new = Response::new(scenario, &dwell, promised(scenario, risk, &dwell, plan));
                row.push(Cell::Duration(new.promise()));
                row.push(money(today.loss() - new.loss()));
                row.push(new.breach().map_or(Cell::None, money));
            }
            row
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let table = Table { columns, rows, emphasised: None };
    let notes = vec![Text::plain(words.service_note)];
    Some(Section { title: words.service_levels.to_owned(), lead: None, table: Some(table), notes })
}
