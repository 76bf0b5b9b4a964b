//! Do the ranges of the case hold what they were fitted to?
//!
//! One picture for each estimate that names its observations (`fitted_to`): their shares against the range as it
//! stands in the case today, whoever changed it since.

use crate::model::{Estimate, Scenario};
use crate::units::{Kind, Unit};

use super::super::chart::{Chart, DataAgainstFit};
use super::super::texts::{line, texts};

/// The pictures, in the order of the file.
pub fn charts(scenario: &Scenario) -> Vec<Chart> {
    scenario.estimates().iter().filter_map(|estimate| chart(estimate, scenario.unit())).collect()
}

fn chart(estimate: &Estimate, unit: Unit) -> Option<Chart> {
    let data = estimate.fitted_to.as_ref()?;
    let words = &texts(unit).titles;
    let (unit, caption) = match estimate.kind {
        Kind::Period => (Unit { currency: "", ..unit }, words.fit_hours.to_owned()),
        _ => (unit, line(words.fit_amount, &[("unit", &unit.currency)])),
    };
    let count = data.observations.len();
    let about = match &estimate.record.source {
        Some(source) => line(words.fit_about, &[("count", &count), ("source", source)]),
        None => line(words.fit_about_unsourced, &[("count", &count)]),
    };
    let id = format!("fit-{}", estimate.path.replace('.', "-"));
    let title = line(words.fit, &[("name", &estimate.name)]);
    Some(DataAgainstFit::new(unit, &caption, data, &estimate.distribution).into_chart(&id, &title, &about))
}
