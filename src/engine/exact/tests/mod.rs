//! The exact year against closed forms, against answers from elsewhere, and against its own laws.

mod jobs;

use super::{Request, year};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::engine::year::Year;
use crate::scenario::{Source, parse};

/// The exact year of a scenario under all its plans.
fn exact_year(text: &str, amounts: &[f64]) -> Year {
    let source = Source::new("test.toml", text);
    let scenario = parse(&source).unwrap_or_else(|faults| panic!("{faults:#?}")).scenario;
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let plans: Vec<usize> = (0..scenario.plans().len()).collect();
    year(&model, &means, &Request { plans: &plans, amounts, seed: 1 }).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{found} is not {expected} to {tolerance:e}");
}
