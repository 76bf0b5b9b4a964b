//! What does a time let expect in which controls start and grow?
//!
//! The mean of rates and losses over the time, as the loss of a year in `cashflow`: between two dates on which a control
//! starts or is in full force they are polynomials in time, which Gauss points give exactly (`schedule`).

use super::loss::LossModel;
use super::schedule::stretches;
use super::values::Values;
use crate::model::{ByRisk, ControlId, Scenario};
use crate::units::{Arithmetic, Figure};

/// A control in a time: when it starts, in years from the beginning of that time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Since {
    /// The control.
    pub control: ControlId,
    /// Below zero where it was there before.
    pub start: f64,
}

/// By risk: events a year and loss a year before insurers, on average over so many years with these controls.
#[must_use]
pub fn means_over(scenario: &Scenario, controls: &[Since], years: f64) -> ByRisk<(f64, f64)> {
    let model = LossModel::new(scenario);
    let values: Values<Figure> = Values::means(scenario);
    let ramp = |control: ControlId| f64::from_decimal(scenario.controls()[control].ramp.years());
    let dates: Vec<(f64, f64)> =
        controls.iter().map(|since| (since.start, since.start + ramp(since.control))).collect();
    let depth = model.clusters().iter().map(|cluster| cluster.depth).max().unwrap_or(1);
    let mut means: ByRisk<(f64, f64)> = scenario.risks().iter().map(|_| (0.0, 0.0)).collect();
    stretches(&dates, depth, (0.0, years), &mut |weight, strengths| {
        let strength = |control: ControlId| {
            let place = controls.iter().position(|since| since.control == control)?;
            Some(Figure::approximate(strengths[place])).filter(|strength| strength.is_positive())
        };
        for (risk, found) in model.all_means(&values, &strength).entries() {
            let (rate, loss) = means[risk];
            let share = weight / years;
            means[risk] = (rate + share * found.rate.to_f64(), loss + share * found.annual_loss.to_f64());
        }
    });
    means
}
