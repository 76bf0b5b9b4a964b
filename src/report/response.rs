//! What do service levels promise of the time to containment, and what is an hour of it worth?
//!
//! The figures are those of `engine::response`.

use crate::engine::loss::LossModel;
use crate::engine::response::Response;
use crate::engine::{Analysis, PlanAnalysis, Values};
use crate::figures::{self, Hours, Money, ResponseFigures};
use crate::model::{ControlId, Dwell, RiskId, Scenario};
use crate::units::Figure;

use super::assessment::by_plan;
use super::sections::subject_index;
use super::sentences::{loss_digits, name};
use super::texts::{line, texts};
use super::{Cell, Section, Table, Text};

/// The response to a risk today, and with a plan.
struct Times<'s> {
    model: LossModel<'s>,
    means: Values<f64>,
}

impl<'s> Times<'s> {
    fn new(scenario: &'s Scenario) -> Self {
        Self { model: LossModel::new(scenario), means: Values::means(scenario).to_f64() }
    }

    fn today(&self, risk: RiskId, dwell: &Dwell) -> Option<Response<'s>> {
        Response::new(&self.model, &self.means, risk, dwell, &|_| false)
    }

    fn with(&self, risk: RiskId, dwell: &Dwell, plan: &PlanAnalysis) -> Option<Response<'s>> {
        let bought = |control: ControlId| plan.controls.iter().any(|costs| costs.control == control);
        Response::new(&self.model, &self.means, risk, dwell, &bought)
    }
}

fn risks(scenario: &Scenario) -> impl Iterator<Item = (RiskId, Dwell)> + '_ {
    scenario.risks().entries().filter_map(|(risk, item)| Some((risk, item.dwell?)))
}

/// Times to containment for other programs; hours, and money before insurers.
pub(super) fn figures(scenario: &Scenario, analysis: &Analysis) -> Vec<ResponseFigures> {
    if risks(scenario).next().is_none() {
        return Vec::new();
    }
    let times = Times::new(scenario);
    let list = risks(scenario).map(|(risk, dwell)| {
        let of = |response: Option<Response<'_>>, rate: Figure| {
            let money = |of: &dyn Fn(&Response<'_>) -> f64| Money::approximate(response.as_ref().map(of));
            figures::Response {
                contained_9_in_10_hours: Hours::finite(response.as_ref().map(Response::promise)),
                loss_per_event: money(&|response| response.loss()),
                hour_more_per_event: money(&|response| response.hour()),
                hour_more_per_year: money(&|response| rate.to_f64() * response.hour()),
                broken_promise_per_event: Money::approximate(response.as_ref().and_then(Response::breach)),
            }
        };
        ResponseFigures {
            risk: scenario.risks()[risk].id.clone(),
            today: of(times.today(risk, &dwell), analysis.today[risk].rate),
            plans: by_plan(scenario, analysis, |plan, _| of(times.with(risk, &dwell, plan), plan.risks[risk].rate)),
        }
    });
    list.collect()
}

/// Service levels: what is promised of the time to containment, and what it is worth.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    risks(scenario).next()?;
    let words = &texts(scenario).parts;
    let digits = loss_digits(scenario);
    let subject = subject_index(analysis).map(|index| &analysis.plans[index]);
    let money = |value: f64| Cell::Money(Figure::approximate(value), digits);
    let mut columns = [words.risk, words.contained, words.hour_a_year].map(str::to_owned).to_vec();
    if let Some(plan) = subject {
        columns.push(line(words.contained_with, &[("plan", &name(scenario, plan))]));
        columns.extend([words.saved_an_event, words.broken].map(str::to_owned));
    }
    let times = Times::new(scenario);
    let rows: Vec<Vec<Cell>> = risks(scenario)
        .map(|(risk, dwell)| {
            let today = times.today(risk, &dwell);
            let time = |response: &Option<Response<'_>>| {
                response.as_ref().map_or(Cell::None, |response| Cell::Duration(response.promise()))
            };
            let hour = today.as_ref().map(|today| analysis.today[risk].rate.to_f64() * today.hour());
            let name = Cell::words(&scenario.risks()[risk].name);
            let mut row = vec![name, time(&today), hour.map_or(Cell::None, money)];
            if let Some(plan) = subject {
                let new = times.with(risk, &dwell, plan);
                let saved = today.as_ref().zip(new.as_ref()).map(|(today, new)| today.loss() - new.loss());
                row.push(time(&new));
                row.push(saved.map_or(Cell::None, money));
                row.push(new.as_ref().and_then(Response::breach).map_or(Cell::None, money));
            }
            row
        })
        .collect();
    let table = Table { columns, rows, emphasised: None };
    let notes = vec![Text::plain(words.service_note)];
    Some(Section { title: words.service_levels.to_owned(), lead: None, table: Some(table), notes })
}
