//! What does a time let expect in which controls start and grow?
//!
//! The mean of rates and losses over the time, as the loss of a year in `cashflow`: between two dates on which a control
//! starts or is in full force they are polynomials in time, which Gauss points give exactly (`schedule`). What is not known
//! of rates is drawn by a lattice rule: worlds of equal chance.

use rayon::prelude::*;

use super::loss::{LossModel, RiskMeans};
use super::schedule::stretches;
use super::values::Values;
use super::world::{Knowledge, Unknown};
use crate::model::{ByRisk, ControlId, EventRate, Risk, Scenario};
use crate::stats::lattice_rule::LatticeRule;
use crate::units::{Arithmetic, Figure, Kind};

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
    let mut means: ByRisk<(f64, f64)> = scenario.risks().iter().map(|_| (0.0, 0.0)).collect();
    over(&model, controls, years, &values, &mut |share, found| {
        for (risk, found) in found.entries() {
            let (rate, loss) = means[risk];
            means[risk] = (rate + share * found.rate.to_f64(), loss + share * found.annual_loss.to_f64());
        }
    });
    means
}

/// What a rate may be.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct InWorld {
    /// The risk's own events a year on average over the time.
    pub own: f64,
    /// Those that other risks and shared causes bring.
    pub brought: f64,
    /// Its frequency today, where the case states one.
    pub frequency: Option<f64>,
}

/// Worlds where few rates, and where many, are asked for: primes.
const WORLDS: [(usize, u64); 2] = [(50, 1021), (usize::MAX, 251)];

/// By risk: what its rate may be on average over the time, in worlds of equal chance.
#[must_use]
pub fn worlds_over(scenario: &Scenario, controls: &[Since], years: f64) -> ByRisk<Vec<InWorld>> {
    let model = LossModel::new(scenario);
    let knowledge = Knowledge::of_averages(scenario, &Values::means(scenario));
    // Amounts are no part of a rate.
    let is_rate =
        |unknown: &&Unknown| matches!(knowledge.estimate(unknown.estimate).kind, Kind::Frequency | Kind::Chance);
    let unknowns: Vec<&Unknown> = knowledge.unknowns().iter().filter(is_rate).collect();
    let points = WORLDS.iter().find(|(most, _)| scenario.risks().len() <= *most).map_or(1, |(_, points)| *points);
    let points = if unknowns.is_empty() { 1 } else { points };
    let rule = LatticeRule::new(points, unknowns.len());
    let middle = vec![0.5 / points as f64; unknowns.len()];
    let world = |index: u64| {
        let mut values = knowledge.means().clone();
        for (&unknown, uniform) in unknowns.iter().zip(rule.point(index, &middle)) {
            values.replace(unknown.estimate, knowledge.value(unknown, uniform));
        }
        values.follow_rates(scenario);
        let stated = |risk: &Risk| match risk.rate {
            EventRate::Frequency(id) => Some(values.get(id)),
            EventRate::Threat { .. } => None,
        };
        let mut rates: ByRisk<InWorld> =
            scenario.risks().iter().map(|risk| InWorld { frequency: stated(risk), ..InWorld::default() }).collect();
        over(&model, controls, years, &values, &mut |share, found| {
            for (risk, found) in found.entries() {
                rates[risk].own += share * (found.rate - found.brought);
                rates[risk].brought += share * found.brought;
            }
        });
        rates
    };
    let worlds: Vec<ByRisk<InWorld>> = (0..points).into_par_iter().map(world).collect();
    scenario.risks().ids().map(|risk| worlds.iter().map(|rates| rates[risk]).collect()).collect()
}

/// The means of a time, piece by piece, each with the part of the time that it stands for.
fn over<N: Arithmetic>(
    model: &LossModel<'_>,
    controls: &[Since],
    years: f64,
    values: &Values<N>,
    add: &mut dyn FnMut(f64, &ByRisk<RiskMeans<N>>),
) {
    let scenario = model.scenario();
    let ramp = |control: ControlId| f64::from_decimal(scenario.controls()[control].ramp.years());
    let dates: Vec<(f64, f64)> =
        controls.iter().map(|since| (since.start, since.start + ramp(since.control))).collect();
    let depth = model.clusters().iter().map(|cluster| cluster.depth).max().unwrap_or(1);
    stretches(&dates, depth, (0.0, years), &mut |weight, strengths| {
        let strength = |control: ControlId| {
            let place = controls.iter().position(|since| since.control == control)?;
            Some(N::from_float(strengths[place])).filter(|strength| strength.float() > 0.0)
        };
        add(weight / years, &model.all_means(values, &strength));
    });
}
