//! Which figures of a distribution on a grid are shown, and what may each be off by?
//!
//! The difference to a grid of half the cells, the rounding of the transform, and what the steps of a grid add to the known
//! variance where losses are very many. See `docs/model/annual-loss.md`.

use crate::engine::year::{LEVELS, TAILS, VERY_BAD, YearErrors, YearLoss};
use crate::stats::lattice::AnnualLoss;
use crate::stats::steps::Steps;

use super::Request;

/// The error as a part of the difference to half the cells: a third where the distribution is smooth, all of it where
/// a density jumps, and a half more to be sure.
const HALVED: f64 = 1.5;
/// The part of the years with a loss that steps over rare losses leave out.
const RARE: f64 = 0.05;
/// What sums of closed forms may be off by, relative to themselves.
const ROUNDING: f64 = 1e-12;

/// The figures that are shown, with what they may be off by: the difference to a grid of half the
/// cells, and the rounding of the transform.
pub fn describe(loss: &AnnualLoss, coarse: Option<&AnnualLoss>, request: &Request<'_>, points: usize) -> YearLoss {
    let held = loss.held();
    let chance_of_loss = loss.chance_of_loss();
    // Chances fall evenly on a logarithmic scale, from a loss at all to one year in ten thousand.
    let mut curve: Vec<(f64, f64)> = (0..points)
        .filter_map(|index| {
            let chance = chance_of_loss * libm::pow(1e-4 / chance_of_loss, index as f64 / (points - 1) as f64);
            (1.0 - chance <= held).then(|| loss.quantile(1.0 - chance).map(|amount| (amount, chance))).flatten()
        })
        .collect();
    // Where an amount has a chance of its own the curve falls by all of it.
    for place in (1..curve.len()).rev() {
        let (amount, chance) = curve[place - 1];
        let above = loss.exceedance(amount);
        if curve[place].0 > amount && above < chance * (1.0 - 1e-9) {
            curve.insert(place, (amount, above));
        }
    }
    let gap = |of: &dyn Fn(&AnnualLoss) -> Option<f64>| {
        let (fine, coarse) = (of(loss), coarse.and_then(of));
        fine.zip(coarse).map_or(0.0, |(fine, coarse)| HALVED * (fine - coarse).abs())
    };
    let widening = loss.widening();
    // What lies so far from the mean would lie nearer, were the distribution as wide as it is.
    let too_far = |amount: f64| ((amount - loss.mean()).abs() * (1.0 - 1.0 / widening)).max(loss.blunted(amount));
    let too_likely = |amount: f64| {
        let narrow = loss.mean() + widening * (amount - loss.mean());
        let wide = if widening > 1.0 { (loss.exceedance(amount) - loss.exceedance(narrow)).abs() } else { 0.0 };
        let off = loss.blunted(amount);
        let blunt = if off > 0.0 { loss.exceedance(amount - off) - loss.exceedance(amount + off) } else { 0.0 };
        wide.max(blunt)
    };
    let quantile_error = |level: f64| {
        let found = loss.quantile(level)?;
        let unsure = loss.uncertain(found) + 1e-13;
        let near = |chance: f64| loss.quantile(chance).map_or(0.0, |other| (other - found).abs());
        let gap = gap(&|loss| loss.quantile(level)).max(too_far(found));
        Some(gap.max(near(level + unsure)).max(near(level - unsure)))
    };
    let error = YearErrors {
        mean: ROUNDING * loss.mean(),
        standard_deviation: ROUNDING * loss.variance().sqrt(),
        chance_of_loss: ROUNDING * chance_of_loss,
        quantiles: LEVELS.map(quantile_error),
        tail_means: TAILS
            .map(|level| loss.tail_mean(level).map(|found| gap(&|loss| loss.tail_mean(level)).max(too_far(found)))),
        chance_above: request
            .amounts
            .iter()
            .map(|amount| {
                gap(&|loss| Some(loss.exceedance(*amount))).max(too_likely(*amount)) + loss.uncertain(*amount)
            })
            .collect(),
    };
    // Where losses are rarer than very bad years, up to most of them.
    let rare = || loss.quantile(1.0 - RARE * chance_of_loss);
    let far = loss.quantile(LEVELS[VERY_BAD]).filter(|_| points > 0);
    let far = if far == Some(0.0) { rare() } else { far };
    let steps = far.and_then(Steps::over).map_or_else(Vec::new, |steps| {
        let above = |edge: f64| if edge > 0.0 { loss.exceedance(edge) } else { chance_of_loss };
        steps.edges().map(|edge| (edge, above(edge))).collect()
    });
    YearLoss {
        mean: loss.mean(),
        standard_deviation: loss.variance().sqrt(),
        chance_of_loss,
        quantiles: LEVELS.map(|level| loss.quantile(level)),
        tail_means: TAILS.map(|level| loss.tail_mean(level)),
        chance_above: request.amounts.iter().map(|amount| loss.exceedance(*amount)).collect(),
        curve,
        steps,
        errors: None,
        error: Some(error),
        grid_gap: None,
    }
}
