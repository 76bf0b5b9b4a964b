//! What is the chance of losing more than any amount in a year with one option?

use super::AgreedLimit;
use crate::engine::YearLoss;
use crate::engine::year::{LEVELS, is_within};

/// The chances of the lines across a picture, and the rows of its table.
pub const LADDER: [f64; 10] = [1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/// Below one in a thousand years nothing is drawn.
pub const LEAST_CHANCE: f64 = 0.001;

/// One option's chances.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceedanceCurve {
    /// Name of the option.
    pub name: String,
    /// Chance of any loss in a year, 0 to 1.
    pub chance_of_loss: f64,
    /// Losses in currency units, rising, and the chance of losing more in a year, falling. Two points of one loss are a
    /// step. About 200 points make a smooth line.
    pub points: Vec<(f64, f64)>,
}

impl ExceedanceCurve {
    /// A curve from its points, in falling order of chance.
    pub fn new(name: &str, chance_of_loss: f64, points: Vec<(f64, f64)>) -> Self {
        Self { name: name.to_owned(), chance_of_loss, points }
    }

    /// The points from no loss on, the first at the chance of any loss.
    pub fn path(&self) -> Vec<(f64, f64)> {
        std::iter::once((0.0, self.chance_of_loss)).chain(self.points.iter().copied()).collect()
    }

    /// The loss that is passed with at most this chance: between two points along the straight line on the picture's
    /// axis of chance. None where the points end above it.
    pub fn loss_at(&self, chance: f64) -> Option<f64> {
        let path = self.path();
        if is_within(self.chance_of_loss, chance) {
            return Some(0.0);
        }
        path.windows(2).find_map(|pair| {
            let ((x0, c0), (x1, c1)) = (pair[0], pair[1]);
            is_within(c1, chance).then(|| {
                // A line to a chance of nothing has no logarithm and is followed as it is.
                let part =
                    if c1 > 0.0 { libm::log(c0 / chance) / libm::log(c0 / c1) } else { (c0 - chance) / (c0 - c1) };
                x0 + (x1 - x0) * part.clamp(0.0, 1.0)
            })
        })
    }

    /// The chance of losing more than an amount, between two points along the same line; nothing beyond the last.
    pub fn chance_above(&self, loss: f64) -> f64 {
        let path = self.path();
        // Of the points at one loss the last tells the chance of losing more.
        let Some(index) = path.iter().rposition(|(at, _)| *at <= loss) else { return self.chance_of_loss };
        let (x0, c0) = path[index];
        let Some((x1, c1)) = path.get(index + 1).copied() else { return if loss > x0 { 0.0 } else { c0 } };
        let part = (loss - x0) / (x1 - x0);
        if c0 > 0.0 && c1 > 0.0 { c0 * libm::pow(c1 / c0, part) } else { c0 + (c1 - c0) * part }
    }

    /// The loss that is passed once in a thousand years, or the last one where the points end before.
    pub fn far_loss(&self) -> f64 {
        self.loss_at(LEAST_CHANCE).or_else(|| self.points.last().map(|(loss, _)| *loss)).unwrap_or(0.0)
    }
}

/// The points of a year's curve together with its quantiles and its chances of passing the agreed limits, so that the
/// picture and the tables read the same; as chances fall. Around an amount that many years share the curve has steps.
pub(in crate::report) fn points(year: &YearLoss, limits: &[AgreedLimit]) -> Vec<(f64, f64)> {
    // 0.05 and not what is left of 1 beside the float 0.95.
    let chances = LEVELS.map(|level| ((1.0 - level) * 1e6).round() / 1e6);
    let quantiles = chances.iter().zip(&year.quantiles).filter_map(|(chance, loss)| Some(((*loss)?, *chance)));
    let limits = limits.iter().zip(&year.chance_above).map(|(limit, chance)| (limit.loss, *chance));
    let mut all: Vec<(f64, f64)> = year.curve.iter().copied().chain(quantiles).chain(limits).collect();
    all.retain(|(loss, chance)| loss.is_finite() && *chance > 0.0 && *chance <= year.chance_of_loss);
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(all.len());
    for (loss, chance) in all {
        let least = points.last().map_or(0.0, |(least, _)| *least);
        points.push((loss.max(least), chance));
    }
    let is_shared = |loss: f64| {
        let at: Vec<f64> = points.iter().filter(|(other, _)| *other == loss).map(|(_, chance)| *chance).collect();
        at.first() > at.last()
    };
    let mut stepped: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    let mut before = (0.0, year.chance_of_loss);
    for point in &points {
        if point.0 > before.0 && point.1 < before.1 {
            if is_shared(point.0) {
                stepped.push((point.0, before.1));
            } else if before.0 > 0.0 && is_shared(before.0) {
                stepped.push((before.0, point.1));
            }
        }
        stepped.push(*point);
        before = *point;
    }
    stepped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::year::BAD;

    #[test]
    fn a_loss_is_read_off_the_curve_between_its_points() {
        let curve = ExceedanceCurve::new("a", 0.4, vec![(100.0, 0.1), (1000.0, 0.001), (2000.0, 0.0)]);
        assert_eq!(curve.loss_at(0.5), Some(0.0));
        assert_eq!(curve.loss_at(0.4), Some(0.0));
        assert_eq!(curve.loss_at(0.1), Some(100.0));
        assert!((curve.loss_at(0.01).unwrap() - 550.0).abs() < 1e-9);
        assert!((curve.loss_at(0.000_5).unwrap() - 1500.0).abs() < 1e-9);
        assert_eq!(ExceedanceCurve::new("b", 0.4, vec![(7.0, 0.2)]).loss_at(0.1), None);
        // A single size of loss: the chance falls in one step.
        let step = ExceedanceCurve::new("c", 0.3, vec![(0.0, 0.3), (5.0, 0.3), (5.0, 0.0)]);
        assert_eq!((step.loss_at(0.2), step.far_loss()), (Some(5.0), 5.0));
        // And back again.
        for chance in [0.3, 0.1, 0.03, 0.01, 0.001] {
            assert!((curve.chance_above(curve.loss_at(chance).unwrap()) - chance).abs() < 1e-12);
        }
        assert_eq!([0.0, 4.0, 5.0, 6.0].map(|loss| step.chance_above(loss)), [0.3, 0.3, 0.0, 0.0]);
    }

    fn year(chance_of_loss: f64, curve: Vec<(f64, f64)>) -> YearLoss {
        YearLoss {
            mean: 0.0,
            standard_deviation: 0.0,
            chance_of_loss,
            quantiles: [None; 5],
            tail_means: [None; 2],
            chance_above: Vec::new(),
            curve,
            steps: Vec::new(),
            errors: None,
            error: None,
            grid_gap: None,
        }
    }

    #[test]
    fn where_many_years_share_an_amount_the_curve_has_a_step() {
        let curve = vec![(5.0, 0.3), (5.0, 0.2), (9.0, 0.1), (9.0, 0.05)];
        let points = points(&year(0.4, curve), &[]);
        assert_eq!(points, [(5.0, 0.4), (5.0, 0.3), (5.0, 0.2), (9.0, 0.2), (9.0, 0.1), (9.0, 0.05)]);
    }

    #[test]
    fn the_curve_goes_through_the_quantiles_and_the_limits() {
        let mut year = year(0.5, vec![(1.0, 0.4), (3.0, 0.2), (9.0, 0.01)]);
        year.quantiles[BAD] = Some(5.5);
        year.chance_above = vec![0.12];
        let limit = AgreedLimit { name: "l".into(), loss: 4.0, chance: 0.05, chances: vec![0.12], errors: vec![] };
        let curve = ExceedanceCurve::new("a", 0.5, points(&year, &[limit]));
        assert_eq!((curve.loss_at(0.05), curve.loss_at(0.12)), (Some(5.5), Some(4.0)));
    }
}
