//! The simulated year against exact means, closed forms and its own laws.

mod dependence;
mod insurance;
mod jobs;
mod laws;
mod paths;
mod scenarios;

use super::case::Case;
use super::{Request, Years, annual, year};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::engine::world::Knowledge;
use crate::engine::year::{LEVELS, Year, YearLoss};
use crate::model::{PlanId, Scenario};
use crate::scenario::{Source, parse};

fn read(text: &str) -> Scenario {
    parse(&Source::new("test.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}")).scenario
}

/// Events of an average year today.
fn events(model: &LossModel<'_>, means: &Values<crate::units::Figure>) -> f64 {
    model.all_means(means, &|_| None).iter().map(|risk| risk.rate.to_f64()).sum()
}

/// The simulated year of a scenario under all its plans.
fn simulated(scenario: &Scenario, years: u64, amounts: &[f64]) -> Year {
    let model = LossModel::new(scenario);
    let means = Values::means(scenario);
    let plans: Vec<PlanId> = scenario.plans().ids().collect();
    let request = Request {
        events: events(&model, &means),
        plans: &plans,
        amounts,
        years: Years::Exactly(years),
        watch: &|_| (),
    };
    year(&Case::new(&model, &Knowledge::new(scenario, &means), 1), &request)
}

/// The loss of every year, by option: today, then every plan.
fn by_year(scenario: &Scenario, years: usize) -> Vec<Vec<f64>> {
    let model = LossModel::new(scenario);
    let knowledge = Knowledge::new(scenario, &Values::means(scenario));
    let options: Vec<Option<PlanId>> = std::iter::once(None).chain(scenario.plans().ids().map(Some)).collect();
    annual::losses(&Case::new(&model, &knowledge, 1), &options, years, &|_| ())
}

/// Within four standard errors.
#[track_caller]
fn near(found: f64, error: f64, expected: f64) {
    let off = (found - expected).abs();
    assert!(
        off <= 4.0 * error + 1e-9 * expected.abs(),
        "{found} ± {error} is not {expected}: {:.1} errors",
        off / error
    );
}

#[track_caller]
fn near_mean(loss: &YearLoss, expected: f64) {
    near(loss.mean, loss.errors.as_ref().unwrap().mean, expected);
}

#[track_caller]
fn near_quantiles(loss: &YearLoss, expected: [f64; LEVELS.len()]) {
    let errors = loss.errors.as_ref().unwrap();
    for ((found, error), expected) in loss.quantiles.iter().zip(&errors.quantiles).zip(expected) {
        near(found.unwrap(), error.unwrap(), expected);
    }
}

const HEAD: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n";

/// A scenario from its tables.
fn scenario(tables: &str) -> Scenario {
    read(&format!("{HEAD}{tables}"))
}
