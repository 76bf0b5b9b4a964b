//! At which moments must the loss be known, so that its present value over the horizon is?
//!
//! Under a plan the loss of a moment is a polynomial in the strengths of its controls, and each
//! strength is a straight line between two dates (a start, the end of a ramp). Between such dates
//! the loss is a polynomial in time, whose mean over the stretch n Gauss points give exactly up to
//! degree 2n − 1. All stretches with the same strengths are one moment, however many years they
//! last. So the present value is a short sum over moments,
//!
//! ```text
//! Σ weight · loss(strengths)      weight: time × growth of losses × discount
//! ```
//!
//! with the same value as the yearly flows of `cashflow`, which are worked out in decimals.

use crate::model::{Control, PlannedControl};
use crate::stats::gauss::jacobi;
use crate::units::Arithmetic;

/// One moment of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Years that it stands for, each with growth and discount.
    pub weight: f64,
    /// How strong each control is, in the order of the plan's controls that were asked about.
    pub strengths: Vec<f64>,
}

/// Gauss points of one stretch at most: exact up to 23 controls that ramp up together, and right
/// to the last digits beyond, for the coefficients of high powers are tiny.
const MOST_POINTS: usize = 12;

/// The moments of a set of controls.
///
/// `depth` is the longest chain that a control may act on more than once; `factors` are growth
/// times discount by year, index 0 unused.
pub fn moments(acting: &[(PlannedControl, &Control)], depth: usize, factors: &[f64]) -> Vec<Moment> {
    let dates: Vec<(f64, f64)> = acting
        .iter()
        .map(|(planned, control)| {
            let start = f64::from_decimal(planned.start);
            (start, start + f64::from_decimal(control.ramp.years()))
        })
        .collect();
    let mut found: Vec<Moment> = Vec::new();
    let mut add = |weight: f64, strengths: Vec<f64>| match found.iter_mut().find(|known| known.strengths == strengths) {
        Some(known) => known.weight += weight,
        None => found.push(Moment { weight, strengths }),
    };
    for (year, factor) in factors.iter().enumerate().skip(1) {
        let (from, to) = (year as f64 - 1.0, year as f64);
        stretches(&dates, depth, (from, to), &mut |weight, strengths| add(factor * weight, strengths));
    }
    found
}

/// The moments of a time, each with its weight in years: every control starts on one date and is in full force on another.
pub fn stretches(dates: &[(f64, f64)], depth: usize, (from, to): (f64, f64), add: &mut dyn FnMut(f64, Vec<f64>)) {
    let strength = |(start, full): (f64, f64), time: f64| {
        if time <= start {
            0.0
        } else if time >= full {
            1.0
        } else {
            (time - start) / (full - start)
        }
    };
    let mut cuts = vec![from, to];
    cuts.extend(dates.iter().flat_map(|(start, full)| [*start, *full]).filter(|cut| *cut > from && *cut < to));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    for stretch in cuts.windows(2) {
        let (a, b) = (stretch[0], stretch[1]);
        let ramping = dates.iter().filter(|(start, full)| *start < b && a < *full).count();
        let points = ((ramping * depth.max(1)) / 2 + 1).min(MOST_POINTS);
        // Inside the stretch: at its ends a control without ramp jumps.
        for (place, weight) in jacobi(1.0, 1.0, points) {
            let time = a + (b - a) * place;
            add((b - a) * weight, dates.iter().map(|date| strength(*date, time)).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PlanId;
    use crate::scenario::{Source, parse};

    #[test]
    fn moments_that_do_not_change_are_one_and_a_ramp_is_integrated_exactly() {
        let text = r#"
            schema = 1
            title = "T"
            currency = "EUR"
            [[risk]]
            id = "r"
            name = "R"
            frequency = "1 per year"
            loss.response = "1k"
            [[control]]
            id = "a"
            name = "A"
            ramp = "6 months"
            effect = [{ risk = "r", on = "frequency", reduction = "50%" }]
            cost = {}
            [[control]]
            id = "b"
            name = "B"
            effect = [{ risk = "r", on = "loss", reduction = "50%" }]
            cost = {}
            [[plan]]
            id = "p"
            name = "P"
            controls = ["a", { id = "b", start = "month 4" }]
        "#;
        let scenario = parse(&Source::new("t.toml", text)).unwrap().scenario;
        let acting: Vec<_> =
            scenario.plans()[PlanId(0)].controls.iter().map(|p| (*p, &scenario.controls()[p.control])).collect();
        let found = moments(&acting, 1, &[1.0, 0.9, 0.8, 0.7]);
        // Two stretches of the ramp, one point each (degree 1), and full strength.
        assert_eq!(found.len(), 3);
        let total: f64 = found.iter().map(|moment| moment.weight).sum();
        assert!((total - 2.4).abs() < 1e-14);
        let full = found.iter().find(|moment| moment.strengths == [1.0, 1.0]).unwrap();
        assert!((full.weight - (0.45 + 0.8 + 0.7)).abs() < 1e-14);
        // The first quarter: a is on average at a quarter, b not there yet.
        assert!((found[0].weight - 0.225).abs() < 1e-14 && (found[0].strengths[0] - 0.25).abs() < 1e-14);
    }
}
